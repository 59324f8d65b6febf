"""A reader of what was built, apart from hooks/markup.py and with rules of its own: what could do harm is named."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from selectolax.lexbor import LexborHTMLParser

FORBIDDEN = set(
    [
        "iframe",
        "object",
        "embed",
        "applet",
        "base",
        "frame",
        "frameset",
        "style",
        "template",
        "noscript",
        "math",
        "foreignobject",
        "animate",
        "animatemotion",
        "animatetransform",
        "set",
        "image",
        "portal",
        "audio",
        "video",
        "source",
        "track",
        "marquee",
        "plaintext",
        "xmp",
        "textarea",
        "select",
        "link",
        "meta",
        "area",
        "map",
        "canvas",
        "slot",
        "textarea",
        "dialog",
        "form",
    ]
)
ADDRESSES = {
    "href",
    "src",
    "action",
    "formaction",
    "data",
    "poster",
    "xlink:href",
    "ping",
    "cite",
    "background",
    "srcset",
    "srcdoc",
    "manifest",
}
OURS = re.compile(r"(?:\.\./)*(?:\./)?assets/(?:guide|aid|404)(?:\.[0-9a-f]+)?(?:\.min)?\.js")
SITE_FILES = re.compile(
    r"(?:[\w-]+/)*index\.html|404\.html|search/search_index\.json|evidence/references\.(?:json|bib)|reviews\.json"
    r"|assets/(?:first|rest|search|aid|404|guide)(?:\.[0-9a-f]+)?(?:\.min)?\.(?:js|css)|assets/favicon\.svg"
    r"|data/(?:schema/)?[\w-]+\.json|_headers|robots\.txt|assets/diagrams/[\w-]+\.svg|assets/(?:javascripts|stylesheets|images)/.*"
)
INDEX_TAG = re.compile(r"</?(?:p|code|pre|li|ol|ul|sub|sup)>")
SHAPE = Any


def harm(html: str) -> Iterator[str]:
    """What could do harm in a whole page."""
    tree = LexborHTMLParser(html)
    articles = tree.css("article")
    if len(articles) != 1 or articles[0].parent.tag != "main" or articles[0].parent.parent.parent.tag != "body":
        yield "the article does not stand where it belongs"
    for node in tree.root.traverse():
        tag = (node.tag or "").lower()
        if tag.startswith("-"):
            continue
        attributes = {name.lower(): value or "" for name, value in node.attributes.items()}
        inside = {parent.tag for parent in _above(node)}
        ids = {parent.attributes.get("id") for parent in _above(node) if parent.tag == "dialog"}
        if tag in FORBIDDEN and not (
            (tag in ("meta", "link") and inside >= {"head"})
            or (tag == "dialog" and attributes.get("id") == "search" and "article" not in inside)
            or (tag == "form" and ids == {"search"})
        ):
            yield f"<{tag}>"
        if tag == "script" and not (OURS.fullmatch(attributes.get("src", "")) and not node.text()):
            yield f"<script> {attributes}"
        if tag == "script" and "article" in inside:
            yield "<script> in the text"
        if tag == "meta" and attributes.get("http-equiv", "").lower() not in ("", "content-security-policy"):
            yield f"<meta http-equiv={attributes['http-equiv']}>"
        if (
            tag == "link"
            and re.match(r"\s*(?:[a-z]+:|//)", attributes.get("href", ""))
            and attributes.get("rel") != "canonical"
        ):
            yield f"<link href={attributes['href']}>"
        for name, value in attributes.items():
            if name.startswith("on") or name in ("style", "srcdoc", "formaction", "action", "srcset", "ping", "target"):
                yield f"{name}={value[:60]!r} on <{tag}>"
            bare = re.sub(r"[\t\n\r]", "", value).strip("".join(map(chr, range(33)))).lower()
            if name in ADDRESSES and re.match(r"(?!https:|mailto:|tel:|sms:)[a-z][a-z0-9+.-]*:|[/\\]{2}|.*\\", bare):
                yield f"{name}={value[:60]!r} on <{tag}>"
            if tag == "img" and name == "src" and re.match(r"[a-z]+:|/", bare):
                yield f"a foreign image {value[:60]!r}"
            if re.search(r"url\s*\((?!#)", value, re.I):
                yield f"{name}={value[:60]!r} on <{tag}>"
    for char in set(tree.root.text()):
        if unicodedata.category(char) in ("Cf", "Co", "Cs") or (
            unicodedata.category(char) == "Cc" and char not in "\n\t"
        ):
            yield f"the character U+{ord(char):04X}"


def frame(html: str) -> set[str]:
    """What stands around the text: each element with its class, id and the names of its attributes."""
    tree = LexborHTMLParser(html)
    for article in tree.css("article"):
        article.decompose(recursive=True)
    return {
        f"{node.tag}.{node.attributes.get('class')}#{node.attributes.get('id')}{sorted(node.attributes)}"
        for node in tree.root.traverse()
        if not node.tag.startswith("-")
    }


def index(text: str) -> Iterator[str]:
    """What could do harm in the search index: the theme puts title and text into the page as HTML."""
    for doc in json.loads(text)["docs"]:
        for key in ("title", "text"):
            if "<" in INDEX_TAG.sub("", doc[key]):
                yield f"markup in the {key} of {doc['location']}: {doc[key][:80]!r}"
        if re.match(r"[a-z]+:|//|.*[\"'<>\\]", doc["location"], re.I):
            yield f"the location {doc['location']!r}"


def drawing(text: str) -> Iterator[str]:
    """What could do harm in an SVG that is opened by itself."""
    for match in re.finditer(
        r"<(?:\w+:)?(?:script|style|foreignObject|image|a|set|animate)\b|\bon\w+\s*=|javascript:|<!DOCTYPE|<!ENTITY|<\?xml-|CDATA"
        r"|href\s*=\s*[\"'](?!#)|url\s*\((?!#)|\\",
        text,
        re.I,
    ):
        yield f"{match[0]!r} in a drawing"


def site(root: Path, known: set[str]) -> Iterator[str]:
    """What could do harm in a built site. known: what may stand around the text, as from `frame`."""
    for path in sorted(path for path in root.rglob("*") if path.is_file()):
        name = path.relative_to(root).as_posix()
        if not SITE_FILES.fullmatch(name):
            yield f"{name}: a file that does not belong there"
        found: list[str] = []
        if name.endswith(".html"):
            text = path.read_text(encoding="utf-8")
            found = [*harm(text), *(f"around the text: {one}" for one in frame(text) - known)]
        elif name == "search/search_index.json":
            found = list(index(path.read_text(encoding="utf-8")))
        elif name.startswith("assets/diagrams/"):
            found = list(drawing(path.read_text(encoding="utf-8", errors="replace")))
        yield from (f"{name}: {one}" for one in dict.fromkeys(found))


def _above(node: Any) -> Iterator[Any]:
    while node.parent is not None:
        node = node.parent
        yield node
