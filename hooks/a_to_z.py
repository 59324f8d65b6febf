"""Writes the A to Z at the marker <!-- hooks/a_to_z.py -->: pages, everyday words, questions and glossary, by letter.

It is the way in for readers who search in vain, or have no script. A name stands under its first letter; names that
lead to the same place share a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from pathlib import Path

from guidekit import lookup, terms
from guidekit.data import read_yaml
from guidekit.lookup import Lookup, Page
from guidekit.markdown_text import relative
from guidekit.schema import load_schemas
from guidekit.terms import Term

MARKER = "<!-- hooks/a_to_z.py -->"
GLOSSARY = "glossary.md"
IN_GLOSSARY = "glossary"
SAME = 0.8  # likeness of two words (difflib) from which one is a spelling of the other
MOST_WORDS = 3
# An alias that holds one of these is what people type, and nothing to look up under a letter.
TYPED = frozenset(
    re.findall(
        r"\w+",
        "am after before can did do does for how is it ketamine made my myself near on should the to vs we what when "
        "who while with years",
    )
)


@dataclass(frozen=True)
class Entry:
    """name: what a reader looks up; to: path or path#anchor, from docs/; of: what stands there, "" for the name."""

    name: str
    to: str
    of: str = ""


def entries(pages: Iterable[Page], listed: Iterable[Term], known: Lookup) -> Iterator[Entry]:
    """Everything that can be looked up, not yet in order. listed: the glossary's terms."""
    pages = list(pages)
    by_path = {page.path: page for page in pages}
    for page in pages:
        yield Entry(page.title, page.path)
        for alias in worth_listing(page, known):
            yield Entry(alias, page.path, page.title)
    for place in known.places:
        page = by_path[place.page]
        of = page.anchors[place.anchor] if place.anchor and page.kind == "faq" else page.title
        for word in place.listed:
            yield Entry(word, place.to, of)
    for term in listed:
        for name in dict.fromkeys([term.name, *term.names[1:]]):
            of = IN_GLOSSARY if name == term.name else f"{term.name}, {IN_GLOSSARY}"
            yield Entry(name, f"{GLOSSARY}#{term.id}", of)


def worth_listing(page: Page, known: Lookup) -> list[str]:
    """The aliases of a page that a reader would look up: short, spelt right, nothing that its title or words say."""
    wrong = {word.casefold() for words in known.misspelt.values() for word in words}
    seen = _words(page.title)
    for place in known.places:
        seen |= _words(" ".join(place.listed)) if place.page == page.path else set()
    kept = []
    for alias in page.aliases:
        words = _words(alias)
        said = all(any(_alike(word, other) for other in seen) for word in words)
        if len(words) <= MOST_WORDS and not said and not words & (wrong | TYPED) and alias.casefold() not in wrong:
            kept.append(alias)
            seen |= words
    return kept


def unlisted(pages: Iterable[Page], known: Lookup) -> list[Entry]:
    """The questions that no listed word leads to."""
    there = {place.to for place in known.places if place.listed}
    return [
        Entry(question, f"{page.path}#{anchor}")
        for page in pages
        if page.kind == "faq"
        for anchor, question in page.anchors.items()
        if question.endswith("?") and f"{page.path}#{anchor}" not in there
    ]


def lines(found: Iterable[Entry], here: str) -> dict[str, list[str]]:
    """Letter -> its lines of Markdown, both in order. here: the page they stand on.

    Under a letter each place stands once: by its own name, or else by all the names for it.
    """
    made: dict[str, list[str]] = {}
    for letter, group in groupby(sorted(found, key=_order), key=lambda entry: _letter(entry.name)):
        places: dict[str, list[Entry]] = {}
        for entry in group:
            places.setdefault(entry.to, []).append(entry)
        shown = [[entry for entry in names if entry.of in ("", IN_GLOSSARY)][:1] or names for names in places.values()]
        made[letter] = [_line(names, here) for names in sorted(shown, key=lambda names: _order(names[0]))]
    return made


def page_of(letters: Mapping[str, list[str]], more: Iterable[Entry], here: str) -> str:
    """The Markdown of the whole list, the row of letters first. more: questions without a word of their own."""
    row = "\n".join(f'<a href="#{_id(letter)}">{letter}</a>' for letter in letters)
    parts = [f'<nav class="letters" aria-label="Letters">\n{row}\n</nav>']
    for letter, shown in letters.items():
        parts.append(f"## {letter} {{ #{_id(letter)} }}\n\n" + "\n".join(shown))
    if rest := [_line([entry], here) for entry in more]:
        parts.append("## More questions { #more-questions }\n\n" + "\n".join(rest))
    return "\n\n".join(parts)


def _line(names: list[Entry], here: str) -> str:
    path, _, anchor = names[0].to.partition("#")
    text = ", ".join(dict.fromkeys(_capital(entry.name) for entry in names))
    of = f" ({names[0].of})" if names[0].of else ""
    return f"- [{text}]({relative(path, here)}{f'#{anchor}' if anchor else ''}){of}"


def _order(entry: Entry) -> tuple[str, str, bool, str]:
    name = re.sub(r"^(?:the|a|an) ", "", entry.name.casefold())
    return _letter(entry.name), re.sub(r"[^\w ]", "", name), entry.to.startswith(GLOSSARY), entry.to


def _letter(name: str) -> str:
    first = re.sub(r"^(?:the|a|an) |[^\w]", "", name, flags=re.I)[:1].upper()
    return first if "A" <= first <= "Z" else "0 to 9"


def _id(letter: str) -> str:
    return letter.lower() if len(letter) == 1 else "numbers"


def _capital(name: str) -> str:
    # Not of a name such as mTOR.
    first = next(iter(name.split()), "")
    return name[:1].upper() + name[1:] if first == first.lower() else name


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))


def _alike(one: str, other: str) -> bool:
    return one == other or SequenceMatcher(None, one, other).ratio() >= SAME


_text = ""


def on_nav(nav, *, config, files, **kwargs):
    global _text
    here = next((page.file.src_uri for page in nav.pages if MARKER in page.file.content_string), None)
    if here is None:
        return
    root = Path(config.config_file_path).parent
    pages = {p.file.src_uri: lookup.page(p.file.src_uri, title_of(p), p.file.content_string) for p in nav.pages}
    known, _ = lookup.load(read_yaml(root / lookup.FILE, lookup.FILE), load_schemas(root / "data/schema"), pages)
    glossary = files.get_file_from_path(GLOSSARY)
    listed = terms.load(glossary.content_string) if glossary else []
    del pages[here]
    _text = page_of(lines(entries(pages.values(), listed, known), here), unlisted(pages.values(), known), here)


def title_of(page):
    # A title such as "Overview" says nothing without the section that it stands in.
    return f"{page.parent.title}: {page.title}" if page.parent and page.title == "Overview" else page.title or ""


def on_page_markdown(markdown, *, page, config, files, **kwargs):
    return markdown.replace(MARKER, _text)
