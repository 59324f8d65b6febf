"""Makes the first use of a glossary term on a page a link to its entry, with the entry's first sentence as a note.

docs/glossary.md is the only place: a heading, a line `Also:`, one plain sentence, then as much as helps.
Terms are marked in the parsed page, so that code, links, headings and boxes' titles are left alone.
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from xml.etree import ElementTree

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from guidekit import problems
from guidekit.markdown_text import HEADING, line_of, mask, split_front_matter
from guidekit.problems import Problem

FILE = "glossary.md"
MOST_NOTES = 8
NO_NOTES = ("home", "help", "glossary")  # kinds of page: calm first; the glossary would point at itself
LONGEST_NOTE = 25
SKIPPED = {"a", "code", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "th", "script", "style", "sup", "svg", "title"}


@dataclass(frozen=True)
class Term:
    """name: as in its heading; names: all spellings that are marked; note: the first sentence; line: in the file."""

    id: str
    name: str
    names: tuple[str, ...]
    note: str
    everyday: bool
    line: int


def load(text: str) -> list[Term]:
    """The terms of the glossary's source text, in order."""
    _, body = split_front_matter(text)
    masked = mask(body)
    found = [match for match in HEADING.finditer(masked) if len(match["marks"]) == 3]
    terms = []
    for match, after in zip(found, [*found[1:], None], strict=True):
        entry = body[match.end() : after.start() if after else len(body)].strip()
        entry = re.split(r"^#", entry, maxsplit=1, flags=re.M)[0].strip()
        also = re.match(r"Also:(.*)\n", f"{entry}\n")
        others = [name.strip() for name in also[1].split(",") if name.strip()] if also else []
        rest = entry[also.end() :].strip() if also else entry
        note = _plain(re.split(r"\n\s*\n", rest, maxsplit=1)[0])
        attrs = match["attrs"] or ""
        name = match["text"].strip()
        explicit = re.search(r"#([\w-]+)", attrs)
        bare = re.sub(r"\s*\([^)]*\)$", "", name)
        terms.append(
            Term(
                id=explicit[1] if explicit else "",
                name=name,
                names=tuple(dict.fromkeys([bare, *others])),
                note=note,
                everyday=".everyday" in attrs,
                line=line_of(body, match.start()),
            )
        )
    return terms


def check(terms: Iterable[Term], path: str) -> list[Problem]:
    """Problems of the glossary itself: terms twice, no id, no sentence, a sentence too long for a note."""
    found: list[Problem] = []
    seen: dict[str, Term] = {}
    for term in terms:
        if not term.id:
            mend = f"write ### {term.name} {{ #{re.sub(r'[^a-z0-9]+', '-', term.name.lower()).strip('-')} }}"
            found.append(Problem(path, term.line, f"the term '{term.name}' has no permanent id", mend))
        for name in term.names:
            other = seen.setdefault(name.casefold(), term)
            if other is not term:
                what = f"the term '{name}' also stands in the entry '{other.name}' (line {other.line})"
                found.append(Problem(path, term.line, what, "keep it in one of the two"))
        words = len(term.note.split())
        if not term.note:
            found.append(
                Problem(path, term.line, f"the term '{term.name}' is not explained", "write one plain sentence")
            )
        elif words > LONGEST_NOTE:
            what = f"the note of '{term.name}' has {words} words"
            found.append(
                Problem(
                    path,
                    term.line,
                    what,
                    f"say it in one sentence of at most {LONGEST_NOTE} words; more can follow in a new paragraph",
                )
            )
    return found


def pattern(terms: Iterable[Term]) -> re.Pattern[str] | None:
    """Finds any name of the terms as whole words, longest first, plurals too; None without terms.

    Names with a capital inside (ECT, NMDA) match as written, others in any case.
    """
    names = sorted({name for term in terms for name in term.names}, key=lambda name: (-len(name), name))
    choices = [
        f"{re.escape(name)}(?:s|es)?" if _has_capitals(name) else f"(?i:{re.escape(name)}(?:s|es)?)" for name in names
    ]
    return re.compile(rf"(?<![\w-])(?:{'|'.join(choices)})(?![\w-])") if choices else None


def index(terms: Iterable[Term]) -> dict[str, Term]:
    """The terms by each spelling that may be met, folded."""
    return {
        form: term
        for term in terms
        for name in term.names
        for form in (_fold(name), _fold(f"{name}s"), _fold(f"{name}es"))
    }


def mark(root: ElementTree.Element, terms: Iterable[Term], address: str, frequency: Counter[str]) -> None:
    """Turn the first use of up to MOST_NOTES terms in a parsed page into links, in place.

    address: of the glossary, from the page; frequency: on how many pages a term stands (the rarest are marked first).
    """
    usable = [term for term in terms if not term.everyday]
    finder, by_name = pattern(usable), index(usable)
    if finder is None:
        return
    linked = {a.get("href", "").rpartition("#")[2] for a in root.iter("a") if FILE in (a.get("href") or "")}
    first: dict[str, None] = {}
    for _, _, text in _texts(root):
        for match in finder.finditer(text):
            first.setdefault(by_name[_fold(match[0])].id)
    rarest = sorted(
        (key for key in first if key not in linked), key=lambda key: (frequency[key], list(first).index(key))
    )
    wanted = set(rarest[:MOST_NOTES])
    for parent, child, text in list(_texts(root)):
        pieces, last = [], 0
        for match in finder.finditer(text):
            term = by_name[_fold(match[0])]
            if term.id in wanted:
                wanted.discard(term.id)
                link = ElementTree.Element("a", {"href": f"{address}#{term.id}"})
                link.text = AtomicString(match[0])
                pieces.append((text[last : match.start()], link))
                last = match.end()
        if pieces:
            _insert(parent, child, pieces, text[last:])


def add_notes(html: str, terms: Iterable[Term]) -> str:
    """The page's HTML with a note after each link into the glossary, the editor's own links too; each note once a page.

    WAI-ARIA: the link is described by the note (role tooltip), which CSS shows on hover and focus.
    """
    by_id = {term.id: term for term in terms}
    done: set[str] = set()

    def replace(match: re.Match[str]) -> str:
        term = by_id.get(match["id"])
        if term is None or term.id in done:
            return match[0]
        done.add(term.id)
        link = f'<a class="term" aria-describedby="note-{term.id}" href="{match["href"]}">{match["text"]}</a>'
        note = f'role="tooltip" id="note-{term.id}" data-search-exclude>{escape(term.note)}'
        return f'<span class="term-group">{link}<span class="term-note" {note}</span></span>'

    return re.sub(r'<a href="(?P<href>[^"]*glossary(?:/|\.html)#(?P<id>[\w-]+))">(?P<text>[^<]*)</a>', replace, html)


def frequencies(pages: Iterable[str], terms: Iterable[Term]) -> Counter[str]:
    """On how many of the pages (Markdown sources) each term stands, by id."""
    terms = list(terms)
    finder, by_name, counts = pattern(terms), index(terms), Counter()
    for text in pages if finder else ():
        counts.update({by_name[_fold(match[0])].id for match in finder.finditer(mask(split_front_matter(text)[1]))})
    return counts


def _texts(element: ElementTree.Element) -> Iterable[tuple[ElementTree.Element, ElementTree.Element | None, str]]:
    """(parent, child or None, text): the parent's own text or the tail behind one of its children."""
    classes = (element.get("class") or "").split()
    if element.tag in SKIPPED or "footnote" in classes or "admonition-title" in classes or "help" in classes:
        return
    if element.text and not isinstance(element.text, AtomicString):
        yield element, None, element.text
    for child in list(element):
        yield from _texts(child)
        if child.tail:
            yield element, child, child.tail


def _insert(parent: ElementTree.Element, child: ElementTree.Element | None, pieces: list, rest: str) -> None:
    before = pieces[0][0]
    if child is None:
        parent.text, position = before, 0
    else:
        child.tail, position = before, list(parent).index(child) + 1
    tails = [text for text, _ in pieces[1:]] + [rest]
    for (_, link), tail in zip(pieces, tails, strict=True):
        link.tail = tail
        parent.insert(position, link)
        position += 1


def _plain(text: str) -> str:
    text = re.sub(r"\[\^[^\]]*\]", "", text)
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    return " ".join(re.sub(r"[*_`]", "", text).split())


def _fold(name: str) -> str:
    return " ".join(name.split()).casefold()


def _has_capitals(name: str) -> bool:
    return bool(re.search(r"[A-Z]", name[1:]))


class TermMarker(Extension):
    """A Python-Markdown extension that marks terms on one page at a time; `page` is set before each page."""

    def __init__(self) -> None:
        super().__init__()
        self.terms: list[Term] = []
        self.frequency: Counter[str] = Counter()
        self.page = ""
        self.active = False

    def extendMarkdown(self, md: Markdown) -> None:
        """Register the marker: Python-Markdown's own name and contract."""
        marker = self

        class Marker(Treeprocessor):
            def run(self, root: ElementTree.Element) -> None:
                if marker.active:
                    address = posixpath.relpath(FILE, posixpath.dirname(marker.page) or ".")
                    mark(root, marker.terms, address, marker.frequency)

        # After inline Markdown (20), attribute lists (8) and contents (5); before MkDocs makes links relative (0).
        md.treeprocessors.register(Marker(), "glossary", 3)


_marker = TermMarker()


def on_config(config, **kwargs):
    if _marker not in config.markdown_extensions:
        config.markdown_extensions.append(_marker)


def on_files(files, *, config, **kwargs):
    file = files.get_file_from_path(FILE)
    text = file.content_string if file else ""
    _marker.terms = load(text)
    _marker.frequency = frequencies((f.content_string for f in files.documentation_pages()), _marker.terms)
    problems.add(check(_marker.terms, f"docs/{FILE}"))


def on_page_markdown(markdown, *, page, config, files, **kwargs):
    _marker.page, _marker.active = page.file.src_uri, page.meta.get("kind") not in NO_NOTES


def on_page_content(html, *, page, config, files, **kwargs):
    return html if page.meta.get("kind") in NO_NOTES else add_notes(html, _marker.terms)
