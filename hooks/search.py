"""Makes the search find what readers type: keywords from data/search.yml, aliases and other names; no sources.

It works on search/search_index.json, once the theme's plugin has written it; a build without search has none.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from itertools import groupby
from pathlib import Path
from typing import Any

from guidekit import lookup, problems, terms
from guidekit.data import read_yaml
from guidekit.lookup import Lookup, Page
from guidekit.schema import load_schemas

INDEX = "search/search_index.json"
GLOSSARY = "glossary.md"
# What the build repeats on page after page; claims stand on the page of all claims.
LEFT_OUT = ("clinic-articles", "sources")
# The same words on many pages, kept on one of them.
ONCE = {"when-to-call": "safety/side-effects.md"}
# Long lists of what stands elsewhere: found by their titles alone.
LISTS = ("a-to-z.md", "evidence/references.md", "evidence/references-practice.md", "faq/index.md")
NOT_READ = re.compile(r"<sup>\d+</sup>|[ ]*↩+")  # the marks of sources

Doc = dict[str, Any]


def keywords(pages: Iterable[Page], names: Mapping[str, Iterable[str]], known: Lookup) -> dict[str, list[str]]:
    """What leads to each place (path, or path#anchor) beside its title. names: those of the terms, by anchor."""
    found = {page.path: list(page.aliases) for page in pages}
    found |= {f"{GLOSSARY}#{anchor}": list(others) for anchor, others in names.items()}
    for place in known.places:
        found.setdefault(place.to, []).extend([*place.listed, *place.words])
    return found


def spellings(title: str, words: Iterable[str], known: Lookup) -> str:
    """The keywords of an entry: its words, then plurals and wrong spellings of them and of its title."""
    empty = set(known.dropped)
    given = list(dict.fromkeys(word for text in words for word in text.casefold().split() if word not in empty))
    text = " ".join([title, *given])
    plain = [word for word in re.findall(r"[a-z]{3,}", text.casefold()) if word not in empty]
    more = [form for word in plain if (form := other_number(word))]
    more += lookup.misspellings(" ".join([text, *more]), known.misspelt)
    there = set(re.findall(r"[\w'’]+", text.casefold()))
    return " ".join([*given, *(word for word in dict.fromkeys(more) if word not in there)])


def other_number(word: str) -> str:
    """The plural of a word, which the search would not find by it; the singular of one in -ies; or ''."""
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    if word.endswith("s"):
        return ""
    if re.search(r"[^aeiou]y$", word):
        return f"{word[:-1]}ies"
    return f"{word}es" if re.search(r"(?:x|ch|sh)$", word) else f"{word}s"


def dropped(words: Iterable[str]) -> str:
    """A regular expression, for JavaScript, of words that say nothing, with a capital or not; "" for none.

    The worker adds a wildcard to each word of a question, so that its own stop words never apply and "can" finds
    "cannabis". What its separator matches is no word at all.
    """
    groups = []
    for initial, group in groupby(sorted({word.casefold() for word in words}), key=lambda word: word[0]):
        rests = "|".join(re.escape(word[1:]).replace("'", "['’]?") for word in group)
        groups.append(f"[{initial.upper()}{initial}](?:{rests})")
    return rf"\b(?:{'|'.join(groups)})(?![\w'’])" if groups else ""


def better(docs: Iterable[Doc], places: Mapping[str, str], words: Mapping[str, list[str]], known: Lookup) -> list[Doc]:
    """The entries of the index without what only repeats, and with their keywords and weights.

    places: address of a page -> its path; words: as from `keywords`.
    """
    kept = []
    for doc in docs:
        address, _, anchor = doc["location"].partition("#")
        path = places.get(address, "")
        if anchor in LEFT_OUT or ONCE.get(anchor, path) != path or (anchor and path in LISTS):
            continue
        text = "" if path in LISTS else NOT_READ.sub("", doc["text"])
        entry = {**doc, "text": text}
        if found := spellings(doc["title"], words.get(f"{path}#{anchor}" if anchor else path, []), known):
            entry["keywords"] = found
        if path in known.weights:
            entry["boost"] = known.weights[path]
        kept.append(entry)
    return kept


_pages: dict[str, Page] = {}
_addresses: dict[str, str] = {}
_names: dict[str, tuple[str, ...]] = {}
_known = Lookup()


def on_nav(nav, *, config, files, **kwargs):
    global _known, _names
    # Not only what the menu names: a page missing from it is told already.
    sources = {file.src_uri: file.content_string for file in files.documentation_pages()}
    _pages.clear()
    _pages.update({name: lookup.page(name, "", source) for name, source in sources.items()})
    _addresses.clear()
    _addresses.update({page.url: page.file.src_uri for page in nav.pages})
    _names = {term.id: term.names for term in terms.load(sources.get(GLOSSARY, ""))}
    root = Path(config.config_file_path).parent
    _known, found = lookup.load(read_yaml(root / lookup.FILE, lookup.FILE), load_schemas(root / "data/schema"), _pages)
    problems.add(found)


def on_post_build(config, **kwargs):
    path = Path(config.site_dir) / INDEX
    if not path.is_file():
        return
    index = json.loads(path.read_text(encoding="utf-8"))
    if words := dropped(_known.dropped):
        index["config"]["separator"] += f"|{words}"
    index["docs"] = better(index["docs"], _addresses, keywords(_pages.values(), _names, _known), _known)
    path.write_text(json.dumps(index, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
