"""Makes the first use of a glossary term on a page a link to its entry, with the entry's first sentence as a note.

docs/glossary.md is the only place: a heading, a line `Also:`, one plain sentence, then as much as helps.
Terms are marked in the parsed page, so that code, links, headings and boxes' titles are left alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from html import escape
from xml.etree import ElementTree

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from guidekit import problems
from guidekit.markdown_text import relative
from guidekit.terms import Term, check, finder, frequencies, load

FILE = "glossary.md"
MOST_NOTES = 8
# Kinds of page: calm first; paper shows no notes; the glossary, and the A to Z beside it, would point at themselves.
NO_NOTES = ("home", "help", "glossary", "index", "sheet")
PLAIN = {"footnote", "admonition-title", "help", "when-to-call"}  # classes: nothing to look up in an emergency
SKIPPED = {"a", "code", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "th", "script", "style", "sup", "svg", "title"}


def mark(root: ElementTree.Element, terms: Iterable[Term], address: str, frequency: Counter[str]) -> None:
    """Turn the first use of up to MOST_NOTES terms in a parsed page into links, in place.

    address: of the glossary, from the page; frequency: on how many pages a term stands (the rarest are marked first).
    """
    find = finder(tuple(term for term in terms if not term.everyday)).find
    linked = {a.get("href", "").rpartition("#")[2] for a in root.iter("a") if FILE in (a.get("href") or "")}
    found = [(*place, hits) for place in _texts(root) if (hits := list(find(place[2])))]
    first = list(dict.fromkeys(term.id for *_, hits in found for _, _, term in hits))
    rarest = sorted((key for key in first if key not in linked), key=lambda key: (frequency[key], first.index(key)))
    wanted = set(rarest[:MOST_NOTES])
    for parent, child, text, hits in found:
        pieces, last = [], 0
        for start, end, term in hits:
            if term.id in wanted:
                wanted.discard(term.id)
                link = ElementTree.Element("a", {"href": f"{address}#{term.id}"})
                link.text = AtomicString(text[start:end])
                pieces.append((text[last:start], link))
                last = end
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


def _texts(element: ElementTree.Element) -> Iterable[tuple[ElementTree.Element, ElementTree.Element | None, str]]:
    """(parent, child or None, text): the parent's own text or the tail behind one of its children."""
    classes = (element.get("class") or "").split()
    if element.tag in SKIPPED or PLAIN.intersection(classes):
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


class TermMarker(Extension):
    """A Python-Markdown extension that marks terms on one page at a time; `page` is set before each page."""

    def __init__(self) -> None:
        super().__init__()
        self.terms: list[Term] = []
        self.frequency: Counter[str] = Counter()
        self.page = ""
        self.active = False

    def __repr__(self) -> str:
        return f"TermMarker({self.terms}, {sorted(self.frequency.items())})"  # hooks/rendered.py compares it

    def extendMarkdown(self, md: Markdown) -> None:
        """Register the marker: Python-Markdown's own name and contract."""
        marker = self

        class Marker(Treeprocessor):
            def run(self, root: ElementTree.Element) -> None:
                if marker.active:
                    mark(root, marker.terms, relative(FILE, marker.page), marker.frequency)

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
    if page.file.src_uri == FILE:
        return html.replace("<p>Also: ", '<p class="small">Also: ')  # quieter than the meaning
    return html if page.meta.get("kind") in NO_NOTES else add_notes(html, _marker.terms)
