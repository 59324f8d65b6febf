"""Writes the page of changes, where <!-- hooks/changes.py --> stands, from one small file for each change.

Files, because two proposals that add a line at the same place would not fit together. A file is data/changes/
2026-11-27-a-few-words.md; its text begins with "Added:" or "Corrected:" and is Markdown, its links as on docs/about/.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from guidekit import problems
from guidekit.clock import MONTHS
from guidekit.data import not_utf8
from guidekit.limits import page as within_limits
from guidekit.problems import Problem, nearest

FOLDER, MARKER = "data/changes", "<!-- hooks/changes.py -->"
KINDS = ("Added", "Corrected")  # in the order of the page
MOST = 80  # words
NAME = re.compile(r"\d{4}-\d{2}-\d{2}-[a-z0-9-]+\.md")


@dataclass(frozen=True)
class Change:
    """day: on which it was made; kind: one of KINDS; text: Markdown, without its kind."""

    day: datetime.date
    kind: str
    text: str


def read(name: str, text: str) -> tuple[Change | None, list[Problem]]:
    """(the change, problems) in the file `name` of the folder."""
    path = f"{FOLDER}/{name}"
    mend = "name it by its day and a few words, as in 2026-11-27-new-page-on-sleep.md"
    try:
        day = datetime.date.fromisoformat(name[:10])
    except ValueError:
        return None, [Problem(path, 1, "the name of this change has no day", mend)]
    if not NAME.fullmatch(name):
        what = "the name of this change is not made of small letters, digits and hyphens with .md behind them"
        return None, [Problem(path, 1, what, f"name it {_name(name)}")]
    text, found = within_limits(text, path)
    kind, colon, words = text.strip().partition(":")
    if kind not in KINDS or not colon:
        close = nearest(kind, KINDS) or "Added"
        found.append(Problem(path, 1, "this change does not say what it is", f"begin it with '{close}: '"))
    elif not words.strip():
        found.append(Problem(path, 1, "this change says nothing", "write one sentence about what readers find"))
    elif len(words.split()) > MOST:
        found.append(Problem(path, 1, f"this change has {len(words.split())} words", f"shorten it to {MOST}"))
    return (None if found else Change(day, kind, words.strip())), found


def _name(name: str) -> str:
    """The right name for a file whose name begins with a day."""
    words = re.sub(r"[^a-z0-9]+", "-", Path(name[10:]).stem.lower()).strip("-")
    return f"{name[:10]}-{words or 'a-few-words'}.md"


def listing(changes: Iterable[Change]) -> str:
    """The Markdown of the list: months, newest first; in each what was added, then what was corrected."""
    parts = []
    newest = sorted(changes, key=lambda change: (change.day, change.text), reverse=True)
    for (year, month), group in groupby(newest, key=lambda change: (change.day.year, change.day.month)):
        name, there = MONTHS[month - 1], list(group)
        parts.append(f"## {name} {year} {{ #{name.lower()}-{year} }}")
        for kind in KINDS:
            if texts := [change.text for change in there if change.kind == kind]:
                parts.append(f"{kind}:")
                parts.append("\n".join("- " + text.replace("\n", "\n  ") for text in texts))
    return "\n\n".join(parts)


def load(files: Mapping[str, bytes]) -> tuple[list[Change], list[Problem]]:
    """(changes, problems) of the files of the folder, name -> content."""
    changes, found = [], []
    for name, content in sorted(files.items()):
        try:
            change, told = read(name, content.decode("utf-8"))
        except UnicodeDecodeError as error:
            change, told = None, [not_utf8(error, f"{FOLDER}/{name}")]
        changes += [change] if change else []
        found += told
    return changes, found


_changes: list[Change] = []


def on_config(config, **kwargs):
    folder = Path(config.config_file_path).parent / FOLDER
    _changes[:], found = load({path.name: path.read_bytes() for path in folder.glob("*") if path.is_file()})
    problems.add(found)


def on_page_markdown(markdown, *, page, config, files, **kwargs):
    return markdown.replace(MARKER, listing(_changes)) if MARKER in markdown else None
