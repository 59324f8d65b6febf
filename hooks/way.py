"""Where to go from a page: the pages before and after it in its part of the guide, and three others on the same matter.

"Related" needs no upkeep: it is worked out from what pages cite and where they link.
"""

from __future__ import annotations

import math
import posixpath
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from guidekit.markdown_text import footnotes, masked_body

# Kinds of page that are not about one matter.
APART = frozenset({"home", "help", "about", "glossary", "index", "brief", "doctors"})
LINK = re.compile(r"\]\(<?([\w./-]+\.md)(?:#[\w-]*)?>?\)")
MOST = 3
LEAST = 0.12  # below it two pages have little in common
LINKED = 0.2  # what a link from one to the other counts


@dataclass
class Matter:
    """What a page is about: the keys of its sources and the pages that it links to, as paths below docs/."""

    sources: frozenset[str]
    links: frozenset[str]


def matter(text: str, path: str) -> Matter:
    """What the page with the source `text` is about. path: below docs/."""
    body = masked_body(text)
    here = posixpath.dirname(path)
    links = {posixpath.normpath(posixpath.join(here, match[1])) for match in LINK.finditer(body)}
    return Matter(frozenset(footnotes(text)[0]), frozenset(links - {path}))


def related(pages: Mapping[str, Matter]) -> dict[str, list[str]]:
    """For each page the paths of the others that are nearest to it, the nearest first.

    Nearness is the cosine of the sources that both cite, rare ones weighing more (inverse document frequency), and of
    links between the two.
    """
    often = Counter(key for page in pages.values() for key in page.sources)
    weight = {key: math.log(len(pages) / count) ** 2 for key, count in often.items()}
    size = {path: math.sqrt(sum(weight[key] for key in page.sources)) for path, page in pages.items()}
    found = {}
    for path, page in pages.items():
        near = []
        for other, its in pages.items():
            if other == path:
                continue
            shared = sum(weight[key] for key in page.sources & its.sources)
            score = shared / (size[path] * size[other]) if shared else 0.0
            score += LINKED * ((other in page.links) + (path in its.links))
            if score >= LEAST:
                near.append((-score, other))
        found[path] = [other for _, other in sorted(near)]
    return found


def neighbors(parts: list[tuple[Any, list[Any]]]) -> list[tuple[Any, Any, Any]]:
    """(a page, the page before it, the page after it): inside of its part, and from its end to the next part.

    parts: (the part, or None for a page that stands alone; its pages) in the order of the menu.
    """
    found = []
    for at, (part, pages) in enumerate(parts):
        following = next((later[0] for other, later in parts[at + 1 :] if other), None)
        for number, page in enumerate(pages):
            before = pages[number - 1] if part and number else None
            after = pages[number + 1] if part and number + 1 < len(pages) else following if part else None
            found.append((page, before, after))
    return found


_pages: dict[str, Matter] = {}


def on_nav(nav, *, config, files, **kwargs):
    _pages.clear()
    parts = [(item, list(item.children)) if item.children else (None, [item]) for item in nav.items]
    for page, before, after in neighbors(parts):
        page.previous_page, page.next_page = before, after


def on_page_markdown(markdown, *, page, config, files, **kwargs):
    if page.meta.get("kind") not in APART:
        _pages[page.file.src_uri] = matter(page.file.content_string, page.file.src_uri)


def on_env(env, *, config, files, **kwargs):
    near = related(_pages)
    for path, others in near.items():
        page = files.src_uris[path].page
        turns = (page.previous_page, page.next_page)
        pages = [files.src_uris[other].page for other in others]
        page.meta["related"] = [other for other in pages if other not in turns][:MOST]
