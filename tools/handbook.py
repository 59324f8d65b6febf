"""Writes the whole guide as one PDF from a built site: `python tools/handbook.py site out.pdf`.

Chromium (`make test` has it) and pikepdf, because on the same 57 pages in November 2026 they took 18 s and 3.0 MB;
WeasyPrint 70 took 88 s and 3.3 MB, needs Pango from the system and reads less of the site's CSS. Chromium alone made
9.2 MB. It knows no target-counter(), so a first pass finds out on which page what is; pikepdf packs and dates the file.
"""

from __future__ import annotations

import html
import io
import re
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

import browser
from mkdocs.utils import yaml_load
from selectolax.lexbor import LexborHTMLParser, LexborNode

ROOT = Path(__file__).parent.parent
REFERENCES = "evidence/references/"  # the page whose place the references at the end take
OUTSIDE = ("https:", "tel:", "sms:", "mailto:")  # links out of the handbook; any other becomes plain text
DROPPED = "script, noscript, button, [hidden], .headerlink, .corrections, .term-note, .footnote-backref"
ID_LISTS = ("for", "headers", "list", "form", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns")


@dataclass(frozen=True)
class Page:
    """A page of the menu. address: under the site's root, such as "safety/side-effects/"; part: its section."""

    address: str
    part: str = ""

    @property
    def slug(self) -> str:
        """What its ids begin with."""
        return self.address.strip("/").replace("/", "-") or "home"


@dataclass
class Book:
    """The handbook. chapters: (slug, part, title, HTML); sources: HTML of each, in order of first use; help: HTML."""

    title: str
    about: str
    chapters: list[tuple[str, str, str, str]] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    help: str = ""
    reviews: dict[str, str] = field(default_factory=dict)  # day of review (ISO) -> in words
    unchecked: bool = False  # whether a page says that no clinician has reviewed it


def pages(nav: Iterable[Any], part: str = "") -> Iterator[Page]:
    """The pages of a menu as mkdocs.yml has it, in order; a section inside a section belongs to the outer one."""
    for entry in nav:
        name, value = next(iter(entry.items())) if isinstance(entry, dict) else ("", entry)
        if isinstance(value, list):
            yield from pages(value, part or name)
        elif value.endswith(".md"):
            yield Page(re.sub(r"(^|/)index/$", r"\1", f"{value.removesuffix('.md')}/"), part)


def place(href: str, address: str, anchors: Mapping[str, set[str]]) -> str | None:
    """Where a link on the page at `address` leads in the handbook; None: nowhere, so it becomes plain text.

    anchors: the ids on each page of the handbook, by address.
    """
    if href.startswith(OUTSIDE):
        return href
    parts = urlsplit(urljoin(f"https://guide.invalid/{address}", href))
    to = parts.path.removeprefix("/").removesuffix("index.html")
    if parts.netloc != "guide.invalid" or to not in anchors:
        return None
    slug, name = Page(to).slug, unquote(parts.fragment)
    return f"#{slug}--{name}" if name in anchors[to] else f"#{slug}"


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
    """Leave out what an earlier page has in the same words: the help box, and "When to call", which becomes a link.

    The first help box is marked for the cover. seen: the slug of the page that has them, by their words.
    """
    for box in guide.css(".admonition.help"):
        if words(box) in seen:
            box.decompose()
        elif "" not in seen:
            seen[words(box)] = seen[""] = slug
            box.attrs["data-cover"] = ""
    if not (heading := guide.css_first("h2#when-to-call")):
        return
    nodes, after = [heading], heading.next
    while after and after.tag != "h2":
        nodes.append(after)
        after = after.next
    first = seen.setdefault(" ".join(words(node) for node in nodes if node.is_element_node), slug)
    if first != slug:
        link = f'<a data-done href="#{first}--when-to-call">the signs to know</a>, {page_of(first + "--when-to-call")}'
        heading.insert_before(element(f'<p id="when-to-call"><strong>{heading.text(strip=True)}</strong>: {link}</p>'))
        for node in nodes:
            node.remove()


def number(guide: LexborNode, sources: list[str]) -> None:
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
        comma = ", " if before and before.tag == "sup" and before.css_first("[data-done]") else ""
        mark = f'<sup>{comma}<a data-done href="#source-{at}" aria-label="Source {at}">{at}</a></sup>'
        link.parent.replace_with(element(mark))
    for heading in guide.css("h2#sources:has(+ .footnote)"):
        heading.decompose()
    for node in guide.css(".footnote"):
        node.decompose()


def localize(guide: LexborNode, page: Page, anchors: Mapping[str, set[str]], base: str) -> None:
    """Begin the ids of a page with its slug, and lead its links into the handbook. base: the built site's address."""
    for node in guide.css("*"):
        for name, value in node.attributes.items():
            if name in ID_LISTS:
                known = [f"{page.slug}--{part}" for part in (value or "").split() if part in anchors[page.address]]
                node.attrs[name] = " ".join(known)
            elif name in ("id", "name"):
                node.attrs[name] = f"{page.slug}--{value}"
            elif name == "src":
                node.attrs[name] = urljoin(f"{base}{page.address}", value or "")
            elif name in ("href", "xlink:href") and node.tag != "a":
                node.attrs[name] = re.sub("^#", f"#{page.slug}--", value or "")
            elif value and "url(#" in value:
                node.attrs[name] = value.replace("url(#", f"url(#{page.slug}--")
    for link in guide.css("a[href]:not([data-done])"):
        to = place(link.attributes["href"] or "", page.address, anchors)
        if to:
            link.attrs["href"] = to
        else:
            link.unwrap()


def combine(texts: Mapping[str, str], title: str, about: str, menu: Iterable[Page], base: str) -> Book:
    """The handbook from the built pages' HTML by address. Raises KeyError for a page or a source that is not there."""
    book, seen, guides = Book(title, about), {}, []
    for page in menu:
        guide = LexborHTMLParser(texts[page.address]).css_first("div.guide")
        for node in guide.css(DROPPED):
            node.decompose()
        for node in guide.css("details"):
            node.attrs["open"] = ""
        for line in guide.css(".review-line"):
            day = line.css_first("time")
            book.reviews[day.attributes["datetime"] or ""] = day.text(strip=True)
            book.unchecked |= "not reviewed by a clinician" in words(line)
        if page.address != REFERENCES:
            fold(guide, page.slug, seen)
            number(guide, book.sources)
            guides.append((page, guide))
    anchors = {page.address: {node.id or "" for node in guide.css("[id]")} for page, guide in guides}
    anchors |= {REFERENCES: set()} if book.sources else {}
    for page, guide in guides:
        localize(guide, page, anchors, base)
        for box in guide.css("[data-cover]"):
            book.help = box.inner_html or ""
            box.decompose()
        guide.attrs["id"] = page.slug
        guide.attrs["class"] = f"chapter {guide.attributes['class']}"
        book.chapters.append((page.slug, page.part, words(guide.css_first("h1")), guide.html or ""))
    if book.sources:
        items = "".join(f'<li id="source-{at}">{source}</li>' for at, source in enumerate(book.sources, 1))
        intro = 'In the order in which they are first cited. "Read in a secondary copy" marks what we saw only through '
        text = f"<h1>References</h1><p>{intro}another page.</p><ol>{items}</ol>"
        slug = Page(REFERENCES).slug
        book.chapters.append((slug, "", "References", f'<div class="chapter references" id="{slug}">{text}</div>'))
    return book


def page_of(name: str) -> str:
    """A place for the number of the page where an id is; `paged` fills it."""
    return f'<span class="page">page <span data-of="{name}">000</span></span>'


def paged(text: str, numbers: Mapping[str, int]) -> str:
    """The HTML with the page numbers filled in, as far as they are known."""
    return re.sub(r'(data-of="([^"]+)">)\d+', lambda match: f"{match[1]}{numbers.get(match[2], '000')}", text)


def whole(book: Book, styles: Iterable[str]) -> tuple[str, list[int]]:
    """The handbook as HTML, and how deep each of its chapters' and parts' titles stands among the bookmarks."""

    def rows(chapters: Iterable[tuple[str, ...]]) -> str:
        return "".join(
            f'<li><a href="#{slug}">{html.escape(title)}</a><i></i>{page_of(slug)}</li>'
            for slug, _, title, _ in chapters
        )

    toc, body, feet, depths = "", "", "", [0]
    for at, (part, group) in enumerate(groupby(book.chapters, key=lambda chapter: chapter[1])):
        chapters = list(group)
        if part:
            title, listed = html.escape(part), rows(chapters)
            toc += f'<li><a href="#part-{at}"><strong>{title}</strong></a><i></i>{page_of(f"part-{at}")}<ol>{listed}</ol></li>'
            body += f'<section class="part" id="part-{at}"><h1>{title}</h1><ol class="contents">{listed}</ol></section>'
            depths.append(0)
        else:
            toc += rows(chapters)
        for slug, _, title, text in chapters:
            name = re.sub(r'["\\<]', lambda match: f"\\{ord(match[0]):x} ", f"{book.title} · {title}")
            feet += f'@page p-{slug} {{ @bottom-left {{ content: "{name}" }} }} #{slug} {{ page: p-{slug} }}\n'
            body += text
            depths.append(1 if part else 0)
    day = max(book.reviews, default="")
    review = "Not reviewed by a clinician. " if book.unchecked else ""
    state = f"As of {book.reviews[day]}, the newest day on which a page was compared with its sources." if day else ""
    title, about = html.escape(book.title), html.escape(book.about)
    links = "".join(f'<link rel="stylesheet" href="{style}">' for style in styles)
    hints = f"Small raised numbers lead to the references, {page_of(Page(REFERENCES).slug)}." if book.sources else ""
    text = (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>{links}<style>{feet}</style>'
        f'</head><body class="md-typeset"><div class="cover"><p class="title">{title}</p><p class="about">{about}</p>'
        f"<p>{state}</p><p><strong>{review}</strong>General information, not advice about your own care.</p>"
        f'<div class="admonition help">{book.help}</div></div><div class="front"><h1>Contents</h1>'
        f'<ol class="contents">{toc}</ol><p>{hints}</p></div>{body}</body></html>'
    )
    return text, depths


def printed(text: str, chromium: str) -> bytes:
    """The HTML as a PDF, with page numbers in its contents. Raises ValueError when they do not settle."""
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        file, numbers = Path(folder) / "handbook.html", {}
        launched = playwright.chromium.launch(executable_path=chromium)
        page = launched.new_context(java_script_enabled=False, offline=True).new_page()
        for last in (False, True, True):
            file.write_text(paged(text, numbers), encoding="utf-8")
            page.goto(file.as_uri())
            pdf = page.pdf(tagged=last, outline=last, prefer_css_page_size=True, print_background=True)
            if numbers == (numbers := page_numbers(pdf)) and last:
                return pdf
    raise ValueError("the page numbers do not settle")


def page_numbers(pdf: bytes) -> dict[str, int]:
    """The page of each id that a link of the PDF leads to, from 1."""
    import pikepdf

    with pikepdf.open(io.BytesIO(pdf)) as file:
        numbers = {page.objgen: at for at, page in enumerate(file.pages, 1)}
        return {name[1:]: numbers[place[0].objgen] for name, place in file.Root.get("/Dests", {}).items()}


def finished(pdf: bytes, depths: list[int], day: str) -> bytes:
    """The PDF with its bookmarks under their parts and a fixed date, packed: the same from the same site."""
    import pikepdf

    with pikepdf.open(io.BytesIO(pdf)) as file:
        with file.open_outline() as outline:
            titles = list(outline.root)
            if len(titles) == len(depths):
                outline.root.clear()
                for title, depth in zip(titles, depths, strict=True):
                    title.is_closed = True
                    (outline.root[-1].children if depth else outline.root).append(title)
        for name in ("/ModDate", "/Creator"):
            del file.docinfo[name]
        file.docinfo["/CreationDate"] = f"D:{day.replace('-', '') or '20000101'}000000Z"
        file.Root.PageMode = pikepdf.Name.UseOutlines
        out = io.BytesIO()
        file.save(
            out, object_stream_mode=pikepdf.ObjectStreamMode.generate, recompress_flate=True, deterministic_id=True
        )
        return out.getvalue()


def main(arguments: list[str]) -> int:
    """Write the handbook of the built site to a file; returns 1 and says why when it cannot."""
    if len(arguments) != 2:
        print("Say which: python tools/handbook.py site handbook.pdf")
        return 1
    site, target = Path(arguments[0]).resolve(), Path(arguments[1])
    config = yaml_load((site.parent / "mkdocs.yml").read_text(encoding="utf-8"))
    menu = list(pages(config["nav"]))
    if not (chromium := browser.there()):
        print(f"The handbook needs a browser. To mend, type: {browser.command()}")
        return 1
    try:
        texts = {page.address: (site / page.address / "index.html").read_text(encoding="utf-8") for page in menu}
        book = combine(texts, config["site_name"], config["site_description"], menu, f"{site.as_uri()}/")
        styles = [(site / "assets/guide.css").as_uri(), (ROOT / "tools/handbook.css").as_uri()]
        text, depths = whole(book, styles)
        target.write_bytes(finished(printed(text, chromium), depths, max(book.reviews, default="")))
    except (OSError, KeyError, ValueError) as error:
        print(f"The handbook cannot be written: {error}. Is {arguments[0]} there and new? Next: make build")
        return 1
    print(f"{target}: {len(book.chapters)} chapters, {target.stat().st_size / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
