"""How a browser reads a page's HTML, by the HTML Standard's parser, and whether that is what is written there."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

# As overrides/main.html and partials/content.html place it, and a paragraph behind it.
FRAME = "<!doctype html><html><head></head><body><main><article><div>{}<p>.</p></div></article></main></body></html>"
TAGS = ("html", "head", "body", "main", "article")
TAG = re.compile(r"""<(?P<end>/?)(?P<name>[a-z][a-z0-9]*)(?=[\s/>])(?:"[^"]*"|'[^']*'|[^'"<>])*>""", re.I)
VOID = tuple("area base br col embed hr img input link meta param source track wbr".split())  # noqa: SIM905


def parse(html: str) -> LexborNode:
    """The page's HTML in its place, as a browser reads it."""
    return LexborHTMLParser(FRAME.format(html)).root


def children(node: LexborNode | None) -> Iterator[LexborNode]:
    child = node.first_child if node is not None else None
    while child is not None:
        yield child
        child = child.next


def _in_place(root: LexborNode) -> bool:
    """Whether the page's part of the frame is as it was made: nothing of it before, behind or around."""
    body = root.last_child
    main = body.first_child if body else None
    article = main.first_child if main else None
    shape = [[node.tag for node in children(of)] for of in (root, root.first_child, body, main, article)]
    if shape != [["head", "body"], [], ["main"], ["article"], ["div"]]:
        return False
    last = article.first_child.last_child
    return last.tag == "p" and last.first_child.tag == "-text" and last.text() == "."


def _as_written(html: str, root: LexborNode) -> bool:
    """Whether the browser makes of the page just what is written: each tag opened and closed, none added or dropped.

    Other readers, such as hooks/minify.py, could make something else of what browsers mend.
    """
    bare = re.sub(r"<!--.*?-->", "", html, flags=re.S)
    opened, closed = Counter(), Counter()
    for tag in TAG.finditer(bare):
        (closed if tag["end"] else opened)[tag["name"].lower()] += 1
        if not tag["end"] and (tag["name"].lower() in VOID or tag[0].endswith("/>")):
            closed[tag["name"].lower()] += 1
    tags = [(node.tag or "?").lower() for node in root.traverse()]
    read = Counter(tag for tag in tags if not tag.startswith("-"))
    read.subtract(["html", "head", "body", "main", "article", "div", "p"])
    return "<" not in TAG.sub("", bare) and opened == +read and opened == closed


def whole(html: str, root: LexborNode) -> bool:
    """Whether a page's HTML stays in its place and is read just as it is written; root: as `parse` gives it."""
    return _in_place(root) and _as_written(html, root)
