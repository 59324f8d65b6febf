"""Writes .github/MISTAKES.md, what editors get wrong and what they are told, from the golden cases in tests/golden/.

Each message in it is one that a test demands word for word. `make fix` calls this.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

GOLDEN, PAGE = Path("tests/golden"), Path(".github/MISTAKES.md")
# Heading: the folders whose cases stand under it.
PARTS: Mapping[str, tuple[str, ...]] = {
    "The head of a page": ("front_matter",),
    "Headings, boxes, pictures, footnotes": ("page_checks",),
    "Links": ("links", "raw_links"),
    "Sources": ("sources",),
    "The glossary": ("glossary", "glossary_checks", "glossary_notes"),
    "Pictures of numbers": ("figures",),
    "Words and sentences": ("prose", "prose_pages"),
    "HTML": ("markup",),
    "Sizes and characters": ("limits",),
}
MOST = 3  # messages of one case that differ only in their words
HEAD = """# What editors get wrong, and what they are told

Each message begins with the file and the line, as in `docs/safety/side-effects.md:12:`, left out here.
A message in *slanted letters* is a note: it never holds a change up.
This page is written from the cases that the tests hold (`tests/golden/`), by `make fix`.
"""


def told(case: Mapping[str, Any]) -> Iterator[tuple[str, bool]]:
    """(message without file and line, whether it is a note) of a golden case, each once."""
    groups = [(case.get("problems") or [], False), (case.get("notes") or [], True)]
    for bad in case.get("bad") or []:
        groups.append((bad.get("told") or [], bool(case.get("note"))))
    seen = set()
    for messages, note in groups:
        for message in messages:
            words = re.sub(r"^[^\s:]+:\d+: ", "", str(message))
            if words not in seen:
                seen.add(words)
                yield words, note


def row(message: str, note: bool, why: str) -> str:
    """A row of the table: the message as it is, and why it is one."""
    shown = " ".join(message.split()).replace("|", "\\|").replace("<", "&lt;")
    shown = re.sub(r"([*_`\[\]])", r"\\\1", shown)
    return f"| {'*' + shown + '*' if note else shown} | {' '.join(why.split()).replace('|', chr(92) + '|')} |"


def page(golden: Path) -> str:
    """The whole page. Raises KeyError where a folder of cases stands under no heading."""
    missing = {folder.name for folder in golden.iterdir() if folder.is_dir()} - {
        n for names in PARTS.values() for n in names
    }
    if missing:
        raise KeyError(f"no heading for the cases in {sorted(missing)}")
    parts = [HEAD]
    for heading, folders in PARTS.items():
        rows: dict[str, str] = {}  # message: its row; one that several cases hold stands once
        for path in sorted(path for name in folders for path in (golden / name).glob("*.yml")):
            case = yaml.safe_load(path.read_text(encoding="utf-8"))
            for message, note in list(told(case))[:MOST]:
                rows.setdefault(message, row(message, note, str(case.get("why", ""))))
        parts.append("\n".join([f"## {heading}\n", "| What is told | Why |", "| --- | --- |", *rows.values()]) + "\n")
    return "\n".join(parts)


if __name__ == "__main__":
    PAGE.write_text(page(GOLDEN), encoding="utf-8")
