"""What a page may hold, as the browser reads it: elements, attributes, classes, ids and addresses. README.md tells it.

Nothing else passes, from whatever Markdown, attribute list, extension or hook it comes. tests/test_markup.py holds
the lists to what the real pages use.
"""

from __future__ import annotations

import posixpath
import re
from urllib.parse import unquote, urlsplit

# Everywhere. `style` and whatever begins with `on` stand nowhere.
GLOBAL = frozenset("id class role aria-describedby aria-hidden aria-label aria-labelledby".split())  # noqa: SIM905
SVG_ELEMENTS = frozenset(
    "svg title desc defs g use path rect circle ellipse line polyline polygon text tspan".split()  # noqa: SIM905
)
SVG_ATTRIBUTES = frozenset(
    "id class role viewBox xmlns x y x1 x2 y1 y2 cx cy r rx ry d points dx dy width height fill fill-rule stroke "  # noqa: SIM905
    "stroke-width stroke-linecap stroke-linejoin stroke-dasharray font-size font-weight text-anchor transform opacity "
    "href".split()
)
# Element -> its own attributes.
ELEMENTS: dict[str, frozenset[str]] = {
    **dict.fromkeys("h1 h2 h3 h4 p br hr ul li strong em sub sup code pre blockquote".split(), frozenset()),  # noqa: SIM905
    **dict.fromkeys("table thead tbody tr div nav figure figcaption label".split(), frozenset()),  # noqa: SIM905
    "a": frozenset({"href"}),
    "img": frozenset({"src", "alt"}),
    "ol": frozenset({"start"}),
    "th": frozenset({"scope"}),
    "td": frozenset({"data-label"}),
    "span": frozenset({"data-search-exclude"}),
    "strong": frozenset({"data-overdue", "data-search-exclude", "hidden"}),
    "time": frozenset({"datetime"}),
    "input": frozenset({"type", "name", "value"}),
}
# Attribute -> what it may say, wherever it stands.
VALUES = {
    "role": re.compile(r"img|status|tooltip"),
    "type": re.compile(r"checkbox|radio"),
    "name": re.compile(r"choice-\d{1,3}"),
    "scope": re.compile(r"col|row"),
    "start": re.compile(r"\d{1,4}"),
    "hidden": re.compile(r""),
    "data-search-exclude": re.compile(r""),
    "data-overdue": re.compile(r"\d{4}-\d\d-\d\d"),
    "datetime": re.compile(r"\d{4}-\d\d-\d\d"),
    "id": re.compile(r"[a-z0-9][a-z0-9:_-]{0,199}", re.I),
}
SVG_VALUE = re.compile(r"(?!.*(?:url|image|src)\s*\()[^\\]*", re.I | re.S)
# Ids that templates and scripts find the frame by (overrides/, docs/assets/); the theme's begin with two underscores.
FRAME_IDS = frozenset({"content", "menu", "near", "search"})
BOXES = ("ask", "caution", "evidence", "help", "key-points", "note", "unknown", "warning")
# Class -> the elements it may stand on; "" for any. None of the frame (skip, menu, help-strip ...) is among them, or
# text could be laid over it.
CLASSES: dict[str, str] = {
    **{kind: "div" for kind in (*BOXES, "admonition", "when-to-call", "footnote", "highlight")},
    **{
        name: "svg g path rect circle line" for name in ("body", "bar", "dot", "dots", "edge", "ground", "half", "head")
    },
    **{name: "figure" for name in ("certainty", "diagram", "dot-range", "figure", "icon-array", "timeline")},
    **{name: "figure" for name in ("certainty", "diagram", "dot-range", "figure", "icon-array", "timeline")},
    **dict.fromkeys("bar body dot dots edge ground half head hollow solid".split(), "svg path rect circle line"),  # noqa: SIM905
    "admonition-title": "p",
    "back": "a p",
    "choice": "label",
    "claim": "p",
    "data-table": "table",
    "everyday": "h3",
    "figure__groups": "div",
    "figure__table": "table",
    "footnote-ref": "a",
    "letters": "nav",
    "line": "span",
    "small": "p",
    "term": "a",
    "term-group": "span",
    "term-note": "span",
    "tick": "li",
    "values-result": "div",
    "write": "span",
}
# Those that an editor may write, in { } or in HTML; the others are set by the build.
WRITTEN = frozenset({"back", "everyday", "small", "values-result"})
SCHEMES = ("https", "mailto", "tel")
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.I)


def address(value: str, page: str, *, picture: bool = False) -> str | None:
    """What is wrong with an address in a link or of a picture, in words, or None. page: its own, from the site's root.

    Read as browsers do (WHATWG URL): without control characters and spaces around it, without line ends inside.
    """
    url = re.sub(r"[\t\n\r]", "", value).strip("".join(map(chr, range(33))))
    if "\\" in url or re.search(r"[\x00-\x1f\x7f]", url):
        return "holds a character that has no place in an address"
    if scheme := _SCHEME.match(url):
        name = scheme[1].lower()
        if picture or name not in SCHEMES:
            return "is a picture from elsewhere" if picture else f"begins with {name}:"
        try:
            parts = urlsplit(url)
        except ValueError:
            return "cannot be read"
        if name == "https" and "@" in parts.netloc:
            return "names a user before its host"
        return "names no host" if name == "https" and not parts.hostname else None
    if url.startswith("//"):
        return "begins with two slashes, which lead to another host"
    if url.startswith("/"):
        return None  # hooks/links.py tells it, with the right path
    path = unquote(url.partition("#")[0].partition("?")[0])
    # "%2e%2e/" climbs as well.
    if "\\" in path or f"/{posixpath.normpath(posixpath.join(posixpath.dirname(page), path))}/".startswith("/../"):
        return "leads out of the site"
    return None
