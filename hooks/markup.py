"""Holds each page's HTML, as a browser would read it, to a short list of what a page may hold: guidekit/allowed.py.

It looks at what comes out, last of all, so that nothing can pass by an attribute list, an extension or a code block.
A page that holds anything else is not shown: what is wrong stands in its place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from html import escape, unescape
from pathlib import Path
from typing import Any

from mkdocs.plugins import event_priority
from mkdocs.structure.toc import TableOfContents
from selectolax.lexbor import LexborNode

from guidekit import browser, limits, problems
from guidekit.allowed import (
    CLASSES,
    ELEMENTS,
    FRAME_IDS,
    GLOBAL,
    SVG_ATTRIBUTES,
    SVG_ELEMENTS,
    SVG_VALUE,
    VALUES,
    WRITTEN,
    address,
)
from guidekit.markdown_text import line_of, masked_body
from guidekit.problems import Problem

DEEPEST = 40
# What people write in HTML and Markdown has a mark for.
MARKDOWN = {"b": "**words**", "i": "*words*", "h5": "## words", "h6": "## words"}
SHOWN = 20
# What the theme's search takes out of a page with a pattern, inside of quotation marks as well.
SEARCH = re.compile(r"data-search-\w+=", re.I)


@dataclass(frozen=True)
class Wrong:
    """what, mend: as in a Problem; near: patterns to look for in the source, the surest first."""

    what: str
    mend: str
    near: tuple[str, ...]


def check(html: str, source: str, path: str, url: str, data: Mapping[str, str] | None = None) -> list[Problem]:
    """Problems of a page's rendered HTML, at each line that holds what is wrong.

    source: its Markdown; path: from the repository root; url: from the site's; data: other files that pages are made
    from, by path. Standard: the parser of the HTML Standard (Lexbor), the URL Standard.
    """
    written = list(_written(masked_body(source)))
    named = tuple(w.what.partition(" is not")[0].removeprefix("the ") for w in written)
    rendered = [w for w in _wrong(html, url) if not w.what.endswith(named or "\n")]  # a class is told once
    told = dict.fromkeys([*rendered, *written])
    return [Problem(*place, w.what, w.mend) for w in told for place in _places(w.near, source, path, data or {})]


def _wrong(html: str, url: str) -> Iterator[Wrong]:
    if SEARCH.search(html):
        yield Wrong("'data-search-...=' may not stand on a page", "delete it", (r"data-search-\w+\s*=",))
    root = browser.parse(html)
    if not browser.whole(html, root):
        mend = "write Markdown instead, or close each tag that is opened, and no other"
        near = (r"</[a-z][^>]*>", r"<!--|<[a-z!/?]")
        yield Wrong("the HTML of this page is not whole", mend, near)
    todo: list[tuple[LexborNode, int, bool]] = [(root, 0, False)]
    while todo:  # not recursive: a page may be deep
        node, depth, drawn = todo.pop()
        if depth == DEEPEST:
            mend = "write it with fewer boxes, lists, quotations and tags inside of each other"
            yield Wrong("this page is nested too deep", mend, (r"^(?: {12}|>>)", "<[a-z]"))
            continue
        tag = node.tag or "?"
        drawn = drawn or tag == "svg"
        if tag in browser.TAGS:
            if node.attributes or depth > 3:
                yield _element(tag)
        elif tag == "-text":
            if unseen := limits.unfit(node.text_content or ""):
                what = f"this page holds what nobody sees: {limits.named(unseen[0])}"
                yield Wrong(what, "delete it", (re.escape(unseen[0]), r"&#?\w+;"))
        elif not tag.startswith("-"):
            yield from _node(node, tag, drawn, url)
        for child in browser.children(node):
            todo.append((child, depth + 1, drawn and tag not in ("title", "desc")))


def _element(tag: str) -> Wrong:
    near = (rf"<\s*{re.escape(tag)}(?![\w-])",)
    mend = f"write {MARKDOWN[tag]} instead" if tag in MARKDOWN else "delete it, or write Markdown"
    return Wrong(f"<{tag[:30]}> may not stand on a page", mend, near)


def _node(node: LexborNode, tag: str, drawn: bool, url: str) -> Iterator[Wrong]:
    if tag not in (SVG_ELEMENTS if drawn else ELEMENTS):
        yield _element(tag)
        return
    for name, raw in node.attributes.items():
        value = raw or ""
        at = rf"(?<![\w-]){re.escape(name)}"
        near = (re.escape(value.strip()[:40]), rf"{at}\s*=") if value.strip() else (rf"{at}\s*=", at)
        if name not in GLOBAL and name not in (SVG_ATTRIBUTES if drawn else ELEMENTS[tag]):
            what = f"<{tag}> may not have the attribute '{name[:40]}'"
            yield Wrong(what, "delete it", (rf"{at}\s*=", at, rf"<\s*{tag}\b"))
        elif (name in VALUES and not VALUES[name].fullmatch(value)) or (drawn and not SVG_VALUE.fullmatch(value)):
            yield Wrong(f"{name}='{value[:40]}' may not stand on a page", "delete it", near)
        elif name == "id" and (value.lower() in FRAME_IDS):
            mend = "give the heading another id, as in { #another-id }"
            near = (rf"#{re.escape(value)}(?![\w-])|id\s*=.?{re.escape(value)}", rf"^#+.*{re.escape(value)}")
            yield Wrong(f"the id '{value}' belongs to the frame of the page", mend, near)
        elif name in ("href", "src"):
            wrong = "leads out of the picture" if drawn and not value.startswith("#") else None
            if wrong := wrong or address(value, url, picture=name == "src"):
                mend = "write https://..., or the path of a page or picture of this site"
                yield Wrong(f"the address '{value[:60]}' {wrong}", mend, near)
        elif name == "class":
            for one in value.split():
                code = tag == "span" and re.fullmatch(r"[a-z]{1,2}\d?", one)  # as Pygments colors code
                if not code and tag not in CLASSES.get(one, "").split():
                    word = rf"(?<![\w-]){re.escape(one)}(?![\w-])"
                    near = (rf"(?:^[ \t]*(?:!!!|\?\?\?)|class\s*=|\{{)[^\n]*{word}", word)
                    yield Wrong(f"<{tag}> may not have the class '{one[:40]}'", "delete it", near)


def _written(masked: str) -> Iterator[Wrong]:
    """Classes that an editor has written, and that only the build sets."""
    lists = re.findall(r"\{[^{}\n]*\}", masked)
    names = [name for text in lists for name in re.findall(r"(?:^\{:?|\s)\.([\w-]+)", text)]
    for text in lists + re.findall(r"<[a-z][^<>]*\bclass\s*=[^<>]*", masked, re.I):
        for quoted, bare in re.findall(r"\bclass\s*=\s*(?:[\"']([^\"']*)|([^\s\"'>}]+))", text, re.I):
            names += (quoted or bare).split()
    for name in dict.fromkeys(names):
        if name not in WRITTEN:
            mend = f"delete it, or use one of {', '.join(sorted(WRITTEN))}"
            near = (rf"(?:\{{[^}}\n]*\.|class\s*=[^>}}\n]*){re.escape(name)}(?![\w-])",)
            yield Wrong(f"the class '{name[:40]}' is not one that pages write", mend, near)


def _places(near: tuple[str, ...], source: str, path: str, data: Mapping[str, str]) -> list[tuple[str, int]]:
    """Where the source matches: its text, its text with entities read, its code, the data; else its first line."""
    body = masked_body(source)
    texts = [(path, body), (path, "\n".join(map(unescape, body.split("\n")))), (path, source), *data.items()]
    for pattern in near:
        for of, text in texts:
            lines = {line_of(text, match.start()) for match in re.finditer(pattern, text, re.I | re.M)}
            if lines:
                return [(of, line) for line in sorted(lines)[:SHOWN]]
    return [(path, next((at for at, line in enumerate(body.split("\n"), 1) if line.strip()), 1))]


def instead(title: str, found: list[Problem]) -> str:
    """What is shown in the place of a page that may not be shown."""
    lines = "".join(f"<li>{escape(str(problem))}</li>" for problem in sorted(found)[:SHOWN])
    words = "This page is not shown, because of what stands in it:"
    return f'<h1 id="top">{escape(title)}</h1>\n<p>{words}</p>\n<ul>{lines}</ul>'


def untold(found: Iterable[Problem], collected: Iterable[Problem]) -> list[Problem]:
    """The problems without those that other hooks have told, in the same line and with a better mend."""
    at: dict[str, set[tuple[str, int]]] = {"address": set(), "box": set()}
    for problem in collected:
        for word in at:
            if word in problem.what:
                at[word].add((problem.path, problem.line))
    told = {"begins with http:": "address", "cannot be read": "address", "may not have the class": "box"}
    return [
        one
        for one in found
        if not any(part in one.what and (one.path, one.line) in at[by] for part, by in told.items())
    ]


def unconverted(error: BaseException, path: str) -> Problem:
    """The problem of a page at which the Markdown converter broke off."""
    what = f"this page cannot be converted ({type(error).__name__}: {str(error)[:80]})"
    return Problem(path, 1, what, "undo the last change to it, and make it again in smaller steps")


def _guarded(page: Any, render: Callable[..., None], config: Any, files: Any) -> None:
    try:
        render(config, files)
    except Exception as error:  # whatever it is, the other pages are to be checked in the same run
        problems.add([found := unconverted(error, f"docs/{page.file.src_uri}")])
        page.content, page.toc = instead(str(page.meta.get("title")), [found]), TableOfContents([])


_data: dict[str, str] = {}


def on_config(config, **kwargs):
    folder = Path(config.config_file_path).parent / "data"
    _data.clear()
    for path in sorted(folder.glob("*.yml")):
        if path.is_file() and path.stat().st_size <= limits.DATA_BYTES:
            _data[f"data/{path.name}"] = path.read_text(encoding="utf-8", errors="replace")


@event_priority(-100)  # after hooks/rendered.py
def on_page_markdown(markdown, *, page, config, files, **kwargs):
    page.render = partial(_guarded, page, page.render)


@event_priority(-100)  # whatever other hooks have put into the page is looked at as well
def on_page_content(html, *, page, config, files, **kwargs):
    found = check(html, page.file.content_string, f"docs/{page.file.src_uri}", page.url, _data)
    if not found:
        return html
    problems.add(untold(found, problems.collected))
    page.toc = TableOfContents([])
    return instead(str(page.meta.get("title")), found)
