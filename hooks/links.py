"""Gives MkDocs' own warnings about links, anchors and the nav a file, a line and a mend.

MkDocs names no line. What it does not look at is the business of written_links.py.
"""

from __future__ import annotations

import logging
import posixpath
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from urllib.parse import urlsplit

from guidekit import problems
from guidekit.markdown_text import headings, line_of, mask, masked_body, relative
from guidekit.problems import SURE, Problem, nearest

# The wordings of MkDocs 1.6.1 (structure/pages.py, nav.py, files.py); a real build in tests/test_links.py holds them.
LINK = re.compile(
    r"Doc file '(?P<page>.+?)' contains an? (?:unrecognized relative |absolute )?link '(?P<url>.+?)', (?P<rest>.*)",
    re.S,
)
EXCLUDED = re.compile(
    r"Doc file '(?P<page>.+?)' contains a link to '(?P<target>.+?)' which is excluded from the built site"
)
SUGGESTION = re.compile(r"Did you mean '(?P<url>[^']+)'")
NAV_MISSING = re.compile(r"A reference to '(?P<page>.+?)' is included in the 'nav' configuration, (?P<rest>.*)", re.S)
NAV_OMITTED = re.compile(
    r"The following pages exist in the docs directory, but are not included in the \"nav\"[^\n]*\n(?P<pages>.*)", re.S
)
CONFLICT = re.compile(r"Excluding '(?P<page>.+?)' from the site because it conflicts with '(?P<other>.+?)'")

Read = Callable[[str], str]


def explain(
    message: str, read: Read, pages: Collection[str], data: Mapping[str, str] = MappingProxyType({})
) -> list[Problem] | None:
    """Problems for a message that MkDocs logged, or None when the message is not about links or the nav.

    read: the source of `docs/...` or `mkdocs.yml`; pages: the files in docs/, pictures too; data: path -> text of the
    files of which parts of pages are made.
    """
    if match := LINK.match(message):
        return _link(match, read, pages, data)
    if match := EXCLUDED.match(message):
        path, what = f"docs/{match['page']}", f"this links to {match['target']}, which is excluded from the site"
        lines = _lines(mask(read(path)), re.escape(posixpath.basename(match["target"])))
        return [Problem(path, line, what, "link to a page that readers can open") for line in lines]
    if match := NAV_OMITTED.match(message):
        mend = "add the page to 'nav:' in mkdocs.yml, or delete the file"
        names = [line.strip().removeprefix("- ") for line in match["pages"].splitlines() if line.strip()]
        return [Problem(f"docs/{name}", 1, "no entry of the nav leads to this page", mend) for name in names]
    if match := NAV_MISSING.match(message):
        name = match["page"]
        why = "which is excluded from the site" if "excluded" in match["rest"] else "which does not exist in docs/"
        close = nearest(name, pages, SURE)
        mend = f"write '{close}'" if close and close != name else "correct the path, or remove the line"
        lines = _lines(read("mkdocs.yml"), re.escape(name))
        return [Problem("mkdocs.yml", line, f"the nav names '{name}', {why}", mend) for line in lines]
    if match := CONFLICT.match(message):
        what = f"this file and {match['other']} would have the same address"
        return [Problem(f"docs/{match['page']}", 1, what, "delete or rename one of the two")]
    return None


def _link(match: re.Match[str], read: Read, pages: Collection[str], data: Mapping[str, str]) -> list[Problem]:
    path, url, rest = f"docs/{match['page']}", match["url"], match["rest"]
    if url.startswith("#fnref:"):
        return []  # page_checks.py tells of footnotes that are never used, with their line.
    link = rf"(?<![\w/.-]){re.escape(url)}(?![\w/.-])"
    places = [(path, line_of(text, m.start())) for text in [mask(read(path))] for m in re.finditer(link, text)]
    if not places:  # what the build wrote into the page stands in a data file
        places = [(of, line_of(text, m.start())) for of, text in data.items() for m in re.finditer(link, text)]
    suggestion = SUGGESTION.search(rest)
    if "anchor" in rest:
        page = re.search(r"the doc '(.+?)'", rest)
        target = f"docs/{page[1]}" if page else path
        anchor = url.partition("#")[2]
        ids = [heading.id for heading in headings(masked_body(read(target)))]
        close = nearest(anchor, ids)
        what = f"this links to '{url}', but {target if page else 'this page'} has no heading with the id '{anchor}'"
        mend = (
            f"write '{url.partition('#')[0]}#{close}'"
            if close
            else f"use one of these ids: {', '.join(ids) or 'there are none'}"
        )
    else:
        what = f"this links to '{url}', which is not a page or file in docs/"
        if url.startswith("/"):
            what = f"this links to '{url}', which works only where the site stands at the root of its host"
        others = [name for name in pages if name != match["page"]]
        target = posixpath.normpath(posixpath.join(posixpath.dirname(match["page"]), urlsplit(url).path))
        close = nearest(target, others, SURE)
        if suggestion:
            mend = f"write '{suggestion['url']}'"
        elif close:
            mend = f"write '{relative(close, match['page'])}'"
        elif url.lower().startswith("www."):
            mend = f"write 'https://{url}'"
        else:
            mend = "write the path from this file to the other, as in ../safety/side-effects.md"
    return [Problem(of, line, what, mend) for of, line in places or [(path, 1)]]


def untold(found: Iterable[Problem], collected: Iterable[Problem]) -> list[Problem]:
    """The problems without those that a hook has told of a data file: no link stands in line 1 of a page."""
    told = [problem.what for problem in collected if problem.path.startswith("data/")]
    ends = {one: one.what.partition(", but ")[2] for one in found}
    return [one for one, end in ends.items() if one.line > 1 or not end or not any(end in what for what in told)]


def _lines(text: str, pattern: str) -> list[int]:
    return [line_of(text, match.start()) for match in re.finditer(pattern, text)] or [1]


class _Filter(logging.Filter):
    """Takes MkDocs' messages about links out of the log and keeps them as problems."""

    def __init__(self) -> None:
        super().__init__()
        self.messages: list[str] = []

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        mine = any(p.match(message) for p in (LINK, EXCLUDED, NAV_MISSING, NAV_OMITTED, CONFLICT))
        if mine:
            self.messages.append(message)
        return not mine


_filter = _Filter()
_pages: list[str] = []
# ProperDocs, its fork, says the same under its own name.
LOGGERS = [f"{program}.structure.{part}" for program in ("mkdocs", "properdocs") for part in ("pages", "nav", "files")]


def on_config(config, **kwargs):
    _filter.messages.clear()
    for name in LOGGERS:
        logger = logging.getLogger(name)
        # Another site built in this process (as the tests do) has left its own there, which would swallow the messages.
        for old in [f for f in logger.filters if type(f).__name__ == _Filter.__name__]:
            logger.removeFilter(old)
        logger.addFilter(_filter)


def on_files(files, *, config, **kwargs):
    _pages[:] = [file.src_uri for file in files if file.src_dir == config.docs_dir]


def on_env(env, *, config, files, **kwargs):
    # For templates: pages are folders on the web and files in the offline copy.
    def address(page: str) -> str:
        file = files.src_uris.get(page)
        return file.url if file else page.removesuffix(".md").removesuffix("index").rstrip("/") + "/"

    env.filters["address"] = address
    return env


def on_post_build(config, **kwargs):
    root = posixpath.dirname(config.config_file_path)

    def read(path: str) -> str:
        with open(posixpath.join(root, path), encoding="utf-8", errors="replace") as file:
            return file.read()

    made_of = [*Path(root, "data").glob("*.yml"), *Path(root, "data").glob("*/*.md")] if _filter.messages else []
    data = {path.relative_to(root).as_posix(): read(str(path)) for path in sorted(made_of)}
    for message in _filter.messages:
        problems.add(untold(explain(message, read, _pages, data) or [], problems.collected))
