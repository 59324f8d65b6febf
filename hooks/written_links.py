"""Checks the links that MkDocs does not look at: in HTML, to http:, unreadable, and with words that say nothing."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection
from urllib.parse import unquote, urlsplit

from guidekit import problems
from guidekit.markdown_text import line_of, masked_body
from guidekit.problems import Problem

RAW_TARGET = re.compile(
    r"<(?:a|img|source|link|area)\b[^>]*?\b(?:href|src)\s*=\s*(?:\"(?P<q>[^\"]*)\"|'(?P<a>[^']*)'|(?P<n>[^\s\"'>]+))",
    re.I | re.S,
)
# Words that do not say where they lead, to someone who hears or lists the links alone (WCAG 2.4.9).
VAGUE = re.compile(
    r"(?<!!)\[(?P<words>(?:click |see |read )?"
    r"(?:here|this|that|it|more|there|below|above|link|page|(?:this|that|the) (?:page|section|link)))\]\(",
    re.I,
)
PLAIN_HTTP = re.compile(r"\bhttp://[^\s\"'<>)\]]+")


def check(text: str, path: str, url: str, targets: Collection[str]) -> list[Problem]:
    """Problems of links that MkDocs does not look at, in a page's source `text`.

    path: from the repository root; url: the page's address from the site's root; targets: addresses of pages and files.
    """
    masked = masked_body(text)
    found = []
    for match in RAW_TARGET.finditer(masked):
        target = match["q"] or match["a"] or match["n"] or ""
        try:
            parts = urlsplit(target)
        except ValueError:
            found.append(_unreadable(path, line_of(masked, match.start()), target))
            continue
        if parts.scheme or parts.netloc or not parts.path:
            continue
        address = posixpath.normpath(posixpath.join("/", url, unquote(parts.path))).lstrip("/")
        if target.startswith("/") or not {address, f"{address}/", address.removesuffix("index.html")} & set(targets):
            line = line_of(masked, match.start())
            mend = "write it in Markdown, with the path of the file, as in [words](../safety/side-effects.md)"
            found.append(
                Problem(path, line, f"this HTML leads to '{target}', which is not a page or file of the site", mend)
            )
    for match in VAGUE.finditer(masked):
        what = f"the words '{match['words']}' do not say where the link leads"
        mend = "name what is there, as in [side effects](../safety/side-effects.md)"
        found.append(Problem(path, line_of(masked, match.start()), what, mend))
    for match in PLAIN_HTTP.finditer(masked):
        mend = f"write {match[0].replace('http:', 'https:', 1).rstrip('.,;')}"
        found.append(
            Problem(
                path,
                line_of(masked, match.start()),
                "this address begins with http:, which anyone on the way can change",
                mend,
            )
        )
    return found


def unreadable(masked: str, path: str) -> list[tuple[str, Problem]]:
    """(address, problem) for each Markdown link whose address Python cannot read; MkDocs would break off at it."""
    found = []
    for match in re.finditer(r"\]\(\s*<?(?P<url>[^\s)>]+)|^ {0,3}\[[^\]]+\]:\s*<?(?P<ref>[^\s>]+)", masked, re.M):
        url = match["url"] or match["ref"]
        try:
            urlsplit(url)
        except ValueError:
            found.append((url, _unreadable(path, line_of(masked, match.start()), url)))
    return found


def _unreadable(path: str, line: int, url: str) -> Problem:
    return Problem(path, line, f"the address '{url}' cannot be read", "copy it again from the browser")


_targets: set[str] = set()


def on_files(files, *, config, **kwargs):
    _targets.clear()
    _targets.update("" if file.url == "./" else file.url for file in files)


def on_page_markdown(markdown, *, page, config, files, **kwargs):
    source = masked_body(page.file.content_string)
    for url, problem in unreadable(source, f"docs/{page.file.src_uri}"):
        problems.add([problem])
        markdown = markdown.replace(url, "#top")
    problems.add(check(page.file.content_string, f"docs/{page.file.src_uri}", page.url, _targets))
    return markdown
