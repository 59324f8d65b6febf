"""The floor: the words of a page as one HTML file with a line of CSS and no script. Nothing can weigh much less."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from html.parser import HTMLParser
from pathlib import Path

# About 230 bytes.
CSS = (
    "body{max-width:40em;margin:auto;padding:1em;font:1em/1.5 system-ui,sans-serif;color:#222}"
    "a{color:#05c}h1,h2,h3{line-height:1.2}table{border-collapse:collapse}td,th{border:1px solid #bbb;padding:.3em;"
    "text-align:left;vertical-align:top}"
)
KEPT = re.compile(
    r"a|article|blockquote|br|caption|d[dlt]|details|em|fig(?:ure|caption)|h[1-6]|hr|li|ol|p|strong|su[bp]|summary"
    r"|table|tbody|td|th|thead|tr|ul"
)
# With all that is in them: pictures, scripts and controls.
DROPPED = {"button", "noscript", "script", "select", "style", "svg", "template"}
SINGLE = {"br", "hr", "img", "input"}


class _Article(HTMLParser):
    """Collects the first <article> of a page with plain elements and no attributes but the links' addresses."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.inside = 0
        self.done = False
        # The element that is being left out, and how many of its name are open.
        self.dropping, self.open = "", 0

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        if self.dropping:
            self.open += tag == self.dropping
            return
        if tag == "article" and not self.done:
            self.inside += 1
        if not self.inside:
            return
        if (tag in DROPPED or "hidden" in given or given.get("role") == "tooltip") and tag not in SINGLE:
            self.dropping, self.open = tag, 1
        elif KEPT.fullmatch(tag):
            address = given.get("href") if tag == "a" else None
            self.parts.append(f'<{tag} href="{escape(address)}">' if address else f"<{tag}>")

    def handle_endtag(self, tag: str) -> None:
        if self.dropping:
            self.open -= tag == self.dropping
            if not self.open:
                self.dropping = ""
            return
        if self.inside and KEPT.fullmatch(tag) and tag not in SINGLE:
            self.parts.append(f"</{tag}>")
        if tag == "article" and self.inside:
            self.inside -= 1
            self.done = not self.inside

    def handle_data(self, data: str) -> None:
        if self.inside and not self.dropping:
            self.parts.append(escape(re.sub(r"\s+", " ", data), quote=False))


def article(html: str) -> str:
    """The first <article> of a page: its words, headings, lists, tables and links; "" where there is none."""
    parser = _Article()
    parser.feed(html)
    parser.close()
    return "".join(parser.parts)


def page(html: str) -> str:
    """The floor of a built page. Raises ValueError where the page has no <article>."""
    words = article(html)
    if not words:
        raise ValueError("the page has no <article>")
    title = re.search(r"<title>(.*?)</title>", html, re.S)
    head = f'<meta charset=utf-8><meta name=viewport content="width=device-width"><title>{title[1] if title else ""}</title>'
    return f"<!doctype html><html lang=en>{head}<style>{CSS}</style>{words}</html>\n"


def write(site: Path, pages: Iterable[str], folder: Path) -> None:
    """Write the floor of some pages (addresses with a slash at their end) of the built `site` to `folder`."""
    for address in pages:
        file = folder / address / "index.html"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(page((site / address / "index.html").read_text(encoding="utf-8")), encoding="utf-8")
