"""Looks at each file of docs/ before anything reads it: what may lie there, how large, how deep, which characters.

Left out of the site, or read without its offending lines, a file cannot stop the build: the rest is checked in the
same run. The limits stand in guidekit/limits.py.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from mkdocs.exceptions import ConfigurationError
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File

from guidekit import limits, problems
from guidekit.data import not_utf8
from guidekit.problems import Problem

# Beside pages and drawings. A script or a sheet is code: whoever adds one writes it down here, too.
ASSETS = ("404.js", "aid.js", "card.png", "favicon.svg", "guide.css", "guide.js", "search.js")
DRAWINGS = "assets/diagrams/"
TAKEN = ("404", "assets", "search")
NAME = re.compile(r"(?:[a-z0-9][a-z0-9-]{0,60}/){0,4}[a-z0-9][a-z0-9-]{0,60}\.(?:md|svg)")


def place(name: str) -> list[Problem]:
    """Problems of a file's name (from docs/): only pages, drawings and the known assets may lie there."""
    path = f"docs/{name}"
    if name.startswith("assets/") and name.removeprefix("assets/") in ASSETS:
        return []
    ending = name.rpartition(".")[2]
    if ending not in ("md", "svg"):
        mend = f"delete it: docs/ holds pages (.md) and drawings (docs/{DRAWINGS}*.svg)"
        return [Problem(path, 1, "this file may not lie in docs/", mend)]
    if ending == "svg" and name.rpartition("/")[0] + "/" != DRAWINGS:
        return [Problem(path, 1, "this drawing does not lie where drawings are checked", f"move it to docs/{DRAWINGS}")]
    if not NAME.fullmatch(name):
        mend = "rename it, with small letters, digits and hyphens, as in side-effects.md"
        return [Problem(path, 1, "this name cannot be an address", mend)]
    if ending == "md" and re.split(r"[./]", name)[0] in TAKEN:
        return [Problem(path, 1, "the site itself uses this address", "give the page another name")]
    return []


def read(content: bytes, path: str) -> tuple[str | None, list[Problem]]:
    """(a stand-in for a page's source, or None where it may stay as it is; problems). path: from the repository root.

    Standard: UTF-8, with or without a byte order mark; line ends of any system.
    """
    found: list[Problem] = []
    if len(content) > limits.PAGE_BYTES:
        what = f"this page is larger than {limits.PAGE_BYTES // 1000} KB"
        found.append(Problem(path, 1, what, "make two pages of it"))
        content = content[: limits.PAGE_BYTES].rpartition(b"\n")[0]
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        found.append(not_utf8(error, path))
        # Told once: not as a character, too.
        text = content.decode("utf-8-sig", errors="replace").replace("\ufffd", "?")
    text, more = limits.page(re.sub(r"\r\n?", "\n", text), path)
    found += more
    return (text if found else None), found


def linked(root: Path) -> Iterator[Problem]:
    """Problems of links in docs/ and data/ that lead to other files, which could be any of the machine."""
    for top in ("docs", "data"):
        for folder, folders, files in os.walk(root / top):
            for name in sorted(folders + files):
                path = Path(folder, name)
                if path.is_symlink():
                    mend = "delete it, and put the file itself in its place"
                    yield Problem(path.relative_to(root).as_posix(), 1, "this is a link to another file", mend)


@event_priority(50)  # before any other hook reads a file, after report.py
def on_config(config, **kwargs):
    if found := list(linked(Path(config.config_file_path).parent)):
        # MkDocs follows such links, in circles too: it must not begin.
        raise ConfigurationError("\n".join(map(str, found)))


@event_priority(100)
def on_files(files, *, config, **kwargs):
    for file in list(files):
        if file.src_dir != config.docs_dir or file.inclusion.is_excluded():
            continue
        path = f"docs/{file.src_uri}"
        if found := place(file.src_uri):
            problems.add(found)
            files.remove(file)
        elif file.is_documentation_page():
            with open(file.abs_src_path, "rb") as source:
                stand_in, found = read(source.read(limits.PAGE_BYTES + 1), path)
            if stand_in is not None:
                problems.add(found)
                files.remove(file)
                files.append(File.generated(config, file.src_uri, content=stand_in))
    return files
