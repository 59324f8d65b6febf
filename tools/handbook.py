"""Writes the whole guide as one PDF from a built site: `python tools/handbook.py site handbook.pdf`.

Chromium and pikepdf: a pass over the same 57 pages took 18 s and 3.0 MB, with what `make test` has and one wheel.
WeasyPrint 70 took 88 s and 3.3 MB and needs Pango from the system; Chromium with pypdf, or alone, makes over 9 MB.
Chromium knows no target-counter(): a first pass finds the page numbers for the contents, the second prints them.
"""

from __future__ import annotations

import io
import re
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from dataclasses import dataclass, field
from html import escape
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

import browser
from mkdocs.utils import yaml_load
from selectolax.lexbor import LexborHTMLParser, LexborNode

REFERENCES = "evidence/references/"  # the page whose place the references at the end take
LEFT_OUT = (REFERENCES, "evidence/references-practice/", "decide/downloads/")  # the latter offers this very file
OUTSIDE = ("https:", "tel:", "sms:", "mailto:")  # links out of the handbook; any other becomes plain text
DROPPED = "script, noscript, button, [hidden], .on-page, .letters, .corrections, .term-note, .back"
HELP = ".admonition.help:has(a[href^='tel:'])"  # stands on the cover; sheets, printed alone, keep theirs, and so do
NUMBERS_ABOVE = re.compile(r"\bnumbers (?:are )?(?:above|at the top)\b")  # pages that speak of it
ID_LISTS = ("for", "headers", "list", "form", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns")


class Chapter(NamedTuple):
    """part: the section of the menu that it stands in, or ""; text: HTML, one element."""

    slug: str
    part: str
    title: str
    text: str


@dataclass
class Book:
    """The handbook. sources: HTML of each, in the order of first use; help: HTML; reviews: day (ISO) -> in words."""

    title: str
    about: str
    chapters: list[Chapter] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    help: str = ""
    reviews: dict[str, str] = field(default_factory=dict)
    no_clinician: bool = False


def pages(nav: Iterable[Any], part: str = "") -> Iterator[tuple[str, str]]:
    """(address under the site's root, part) of the pages of a menu as mkdocs.yml has it, in order."""
    for entry in nav:
        name, value = next(iter(entry.items())) if isinstance(entry, dict) else ("", entry)
        if isinstance(value, list):
            yield from pages(value, part or name)
        elif value.endswith(".md"):
            yield re.sub(r"(^|/)index/$", r"\1", f"{value.removesuffix('.md')}/"), part


def slug_of(address: str) -> str:
    """What the ids of a page begin with."""
    return address.strip("/").replace("/", "-") or "home"


def place(href: str, address: str, anchors: Mapping[str, set[str]]) -> str | None:
    """Where a link on the page at `address` leads in the handbook; None: nowhere, so it becomes plain text.

    anchors: the ids on each page of the handbook, by address.
    """
    if href.startswith(OUTSIDE):
        return href
    parts = urlsplit(urljoin(f"https://guide.invalid/{address}", href))
    to, name = parts.path.removeprefix("/").removesuffix("index.html"), unquote(parts.fragment)
    if parts.netloc != "guide.invalid" or to not in anchors:
        return None
    return f"#{slug_of(to)}--{name}" if name in anchors[to] else f"#{slug_of(to)}"


def element(text: str) -> LexborNode:
    """One element from HTML."""
    return LexborHTMLParser(text).body.first_child


def words(node: LexborNode) -> str:
    """The text of a node without the marks of sources."""
    copy = node.clone()
    for mark in copy.css("sup:has(.footnote-ref)"):
        mark.decompose()
    return " ".join(copy.text(separator=" ").split())


def fold(guide: LexborNode, slug: str, seen: MutableMapping[str, str]) -> None:
    """Put a link in the place of "When to call" where an earlier page has it in the same words.

    seen: the slug of the page that has them, by their words.
    """
    if not (heading := guide.css_first("h2#when-to-call")):
        return
    nodes, after = [heading], heading.next
    while after and after.tag != "h2":
        nodes.append(after)
        after = after.next
    first = seen.setdefault(" ".join(words(node) for node in nodes if node.is_element_node), slug)
    if first != slug:
        name, title = f"{first}--when-to-call", f"<strong>{escape(words(heading))}</strong>"
        link = f'<a data-done href="#{name}">the signs, page {number_of(name)}</a>'
        heading.insert_before(element(f'<p id="when-to-call">{title}: {link}</p>'))
        for node in nodes:
            node.remove()


def cite(guide: LexborNode, sources: list[str]) -> None:
    """Give a page's marks the handbook's numbers, and move its list of sources to the end of `sources`."""
    items = {
        f"#{item.id}": re.sub(r"(?:\s|&nbsp;)+(?=</p>)", "", (item.inner_html or "").strip())
        for item in guide.css(".footnote li[id]")
    }
    for link in guide.css("sup > a.footnote-ref"):
        source = items[unquote(link.attributes["href"] or "")]
        if source not in sources:
            sources.append(source)
        at, before = sources.index(source) + 1, link.parent.prev
        comma = ",\u00a0" if before and before.tag == "sup" and before.css_first("[data-done]") else ""
        if not comma:
            link.parent.insert_before("\u2060")  # no line begins with a number
        mark = f'<sup>{comma}<a data-done href="#source-{at}" aria-label="Source {at}">{at}</a></sup>'
        link.parent.replace_with(element(mark))
    for node in guide.css("h2#sources:has(+ .footnote), .footnote"):
        node.decompose()


def localize(guide: LexborNode, address: str, anchors: Mapping[str, set[str]], base: str) -> None:
    """Begin the ids of a page with its slug, and lead its links into the handbook. base: the built site's address."""
    prefix = f"{slug_of(address)}--"
    for node in guide.css("*"):
        for name, value in node.attributes.items():
            if name in ID_LISTS:
                node.attrs[name] = " ".join(prefix + part for part in (value or "").split() if part in anchors[address])
            elif name in ("id", "name"):
                node.attrs[name] = f"{prefix}{value}"
            elif name == "src":
                node.attrs[name] = urljoin(f"{base}{address}", value or "")
            elif name in ("href", "xlink:href") and node.tag != "a":
                node.attrs[name] = re.sub("^#", f"#{prefix}", value or "")
            elif value and "url(#" in value:
                node.attrs[name] = value.replace("url(#", f"url(#{prefix}")
    for link in guide.css("a[href]:not([data-done])"):
        if to := place(link.attributes["href"] or "", address, anchors):
            link.attrs["href"] = to
            away = to.startswith("#") and to[1:].partition("--")[0] != slug_of(address)
            if away and "term" not in (link.attributes.get("class") or "").split():
                # For paper. A glossary word is marked as one, and the glossary has its own alphabet.
                link.insert_after(element(f'<span class="page-ref"> (page {number_of(to[1:])})</span>'))
        else:
            link.unwrap()


def combine(
    texts: Mapping[str, str], menu: Iterable[tuple[str, str]], title: str, about: str = "", base: str = ""
) -> Book:
    """The handbook from the built pages' HTML by address. Raises KeyError for a page or a source that is not there."""
    book, guides, seen = Book(title, about), {}, {}
    for address, part in menu:
        guide = LexborHTMLParser(texts[address]).css_first("div.guide")
        for node in guide.css(DROPPED):
            node.decompose()
        for node in guide.css("details"):
            node.attrs["open"] = ""
        for line in guide.css(".review-line:has(time)"):
            day = line.css_first("time")
            book.reviews[day.attributes["datetime"] or ""] = words(day)
            book.no_clinician |= "not reviewed by a clinician" in words(line)
        if address not in LEFT_OUT:
            fold(guide, slug_of(address), seen)
            cite(guide, book.sources)
            guides[address, part] = guide
    anchors = {address: {node.id or "" for node in guide.css("[id]")} for (address, _), guide in guides.items()}
    anchors |= {REFERENCES: set()} if book.sources else {}
    for (address, part), guide in guides.items():
        localize(guide, address, anchors, base)
        alone = "guide--sheet" in (guide.attributes["class"] or "") or NUMBERS_ABOVE.search(words(guide))
        for box in guide.css(HELP):
            book.help = book.help or box.inner_html or ""
            if not alone and box.inner_html == book.help:
                name = f"<strong>{escape(words(box.css_first('.admonition-title')))}</strong>"
                box.replace_with(element(f'<p>{name}: <a href="#cover">the help lines, page 1</a></p>'))
        guide.attrs["id"] = slug_of(address)
        # guide.css condenses some kinds to leaflets and hides their marks.
        guide.attrs["class"] = f"chapter {(guide.attributes['class'] or '').replace('guide--', 'kind-')}"
        book.chapters.append(Chapter(slug_of(address), part, words(guide.css_first("h1")), guide.html or ""))
    if book.sources:
        items = "".join(f'<li id="source-{at}">{source}</li>' for at, source in enumerate(book.sources, 1))
        intro = 'In the order in which the pages first cite them. "Read in a secondary copy" marks what we saw only '
        text = f"<h1>References</h1><p>{intro}through another page.</p><ol>{items}</ol>"
        text = f'<div class="chapter references" id="{slug_of(REFERENCES)}">{text}</div>'
        book.chapters.append(Chapter(slug_of(REFERENCES), "", "References", text))
    return book


def number_of(name: str) -> str:
    """A place for the number of the page that an id is on; `paged` fills it."""
    return f'<span data-page-of="{name}">000</span>'


def paged(text: str, numbers: Mapping[str, int]) -> str:
    """The HTML with the page numbers filled in, as far as they are known."""
    return re.sub(r'(data-page-of="([^"]+)">)\d+', lambda match: f"{match[1]}{numbers.get(match[2], '000')}", text)


def row(name: str, title: str, below: str = "") -> str:
    """A line of the contents. name: the id it leads to; below: HTML."""
    return f'<li><a href="#{name}">{escape(title)}</a><i></i>{number_of(name)}{below}</li>'


def whole(book: Book, styles: Iterable[str]) -> tuple[str, list[int]]:
    """The handbook as HTML, and how deep among the bookmarks each title of a part or a chapter stands, in order."""
    toc, body, feet, depths = "", "", "", [0]
    for at, (part, group) in enumerate(groupby(book.chapters, key=lambda chapter: chapter.part)):
        chapters = list(group)
        listed = "".join(row(chapter.slug, chapter.title) for chapter in chapters)
        toc += row(f"part-{at}", part, f"<ol>{listed}</ol>") if part else listed
        if part:
            body += f'<div class="part" id="part-{at}"><h1>{escape(part)}</h1><ol class="contents">{listed}</ol></div>'
            depths.append(0)
        for slug, _, title, text in chapters:
            foot = re.sub(r'["\\<]', lambda match: f"\\{ord(match[0]):x} ", f"{book.title} · {title}")
            feet += f'@page in-{slug} {{ @bottom-left {{ content: "{foot}" }} }} #{slug} {{ page: in-{slug} }}\n'
            body += text
            depths.append(1 if part else 0)
    day = max(book.reviews, default="")
    cover = [f'<p class="title">{escape(book.title)}</p>', f'<p class="about">{escape(book.about)}</p>']
    cover += [f"<p>Compared with its sources up to {book.reviews[day]}; each chapter says when.</p>"] if day else []
    cover += ["<p><strong>Not reviewed by a clinician.</strong></p>"] if book.no_clinician else []
    cover += [f'<div class="admonition help">{book.help}</div>'] if book.help else []
    hint = f"Small raised numbers lead to page {number_of(slug_of(REFERENCES))}, the references." * bool(book.sources)
    links = "".join(f'<link rel="stylesheet" href="{escape(style)}">' for style in styles)
    text = (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(book.title)}</title>{links}'
        f'<style>{feet}</style></head><body class="md-typeset"><div class="cover" id="cover">{"".join(cover)}</div>'
        f'<div class="front"><h1>Contents</h1><ol class="contents">{toc}</ol><p>{hint}</p></div>{body}</body></html>'
    )
    return text, depths


def page_numbers(pdf: bytes) -> dict[str, int]:
    """The page, from 1, of each id that a link of the PDF leads to."""
    import pikepdf

    with pikepdf.open(io.BytesIO(pdf)) as file:
        numbers = {page.objgen: at for at, page in enumerate(file.pages, 1)}
        return {name[1:]: numbers[to[0].objgen] for name, to in file.Root.get("/Dests", {}).items()}


def printed(text: str, chromium: str) -> bytes:
    """The HTML as a PDF, with page numbers in its contents. Raises ValueError when they do not settle."""
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        file, numbers = Path(folder) / "handbook.html", {}
        with playwright.chromium.launch(executable_path=chromium) as running:
            page = running.new_context(offline=True).new_page()
            for tagged in (False, True, True):
                file.write_text(paged(text, numbers), encoding="utf-8")
                page.goto(file.as_uri())
                pdf = page.pdf(tagged=tagged, outline=tagged, prefer_css_page_size=True, print_background=True)
                before, numbers = numbers, page_numbers(pdf)
                if tagged and numbers == before:
                    return pdf
    raise ValueError("the page numbers do not settle")


def finished(pdf: bytes, depths: list[int], headings: Iterable[str], day: str) -> bytes:
    """The PDF packed, with its bookmarks under their parts and its date from `day`: the same from the same site.

    headings: of the handbook; Chromium loses the space where a line ends.
    """
    import pikepdf

    names = {"".join(heading.split()): heading for heading in headings}
    with pikepdf.open(io.BytesIO(pdf)) as file:
        with file.open_outline() as outline:
            titles = list(outline.root)
            outline.root.clear()
            for title, depth in zip(titles, depths, strict=True):
                (outline.root[-1].children if depth else outline.root).append(title)
            below = list(outline.root)
            for title in below:  # grows
                title.title = names.get("".join(title.title.split()), title.title)
                title.is_closed = True
                below += title.children
        for name in ("/ModDate", "/Creator"):
            del file.docinfo[name]
        file.docinfo["/CreationDate"] = f"D:{day.replace('-', '')}000000Z"
        file.Root.PageMode = pikepdf.Name.UseOutlines
        packed = io.BytesIO()
        pikepdf.settings.set_flate_compression_level(9)
        streams = pikepdf.ObjectStreamMode.generate
        file.save(packed, object_stream_mode=streams, recompress_flate=True, deterministic_id=True)
        return packed.getvalue()


def main(arguments: list[str]) -> int:
    """Write the handbook of a built site; returns 1 and says why when it cannot."""
    if len(arguments) != 2:
        print("Say which: python tools/handbook.py site handbook.pdf")
        return 1
    site, target = Path(arguments[0]).resolve(), Path(arguments[1])
    if not (chromium := browser.there()):
        print(f"The handbook needs a browser. To mend, type: {browser.command()}")
        return 1
    try:
        config = yaml_load(Path("mkdocs.yml").read_text(encoding="utf-8"))
        menu = list(pages(config["nav"]))
        texts = {address: (site / address / "index.html").read_text(encoding="utf-8") for address, _ in menu}
        book = combine(texts, menu, config["site_name"], config["site_description"], f"{site.as_uri()}/")
        styles = (Path("docs/assets/guide.css").resolve(), Path(__file__).with_suffix(".css").resolve())
        text, depths = whole(book, [style.as_uri() for style in styles])
        headings = [words(heading) for heading in LexborHTMLParser(text).css("h1, h2, h3, h4, h5, h6")]
        day = max(book.reviews, default="2000-01-01")
        new = target.with_suffix(".new")
        new.write_bytes(finished(printed(text, chromium), depths, headings, day))
        new.replace(target)
    except (OSError, KeyError, ValueError) as error:
        print(f"The handbook cannot be written: {error}. Is the site there and new? Next: make build")
        return 1
    print(f"{target}: {len(book.chapters)} chapters, {target.stat().st_size / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
