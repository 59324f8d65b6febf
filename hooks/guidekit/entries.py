"""Lists of entries in data/: each is checked against its schema, has an `id` of its own and is told by it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from guidekit import schema
from guidekit.data import Loaded
from guidekit.problems import Problem
from guidekit.schema import Schemas


@dataclass
class Entries:
    """items: the right entries in order; lines: id -> line, of all; problems: of the file."""

    items: list[dict[str, Any]] = field(default_factory=list)
    lines: dict[str, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def load(loaded: Loaded, path: str, key: str, noun: str, schemas: Schemas, name: str) -> Entries:
    """The entries under `key` of a loaded file. noun: what one is called; schemas: hold `name`, the schema of one.

    Entries that break the schema, or repeat an id, are told and left out.
    """
    found = Entries(problems=list(loaded.problems))
    listed = loaded.value.get(key) if isinstance(loaded.value, dict) else None
    if not isinstance(listed, list):
        mend = f"begin it with '{key}:' and a list under it"
        found.problems = found.problems or [Problem(path, 1, f"this file has no list of {key}", mend)]
        return found
    check = schema.checker(schemas, name)
    for index, entry in enumerate(listed):
        line = loaded.line(key, index)
        own = str(entry.get("id")) if isinstance(entry, dict) else ""
        if own in found.lines:
            what = f"the {noun} '{own}' is given twice (first in line {found.lines[own]})"
            found.problems.append(Problem(path, line, what, "keep one of the two"))
            continue
        found.lines[own] = line
        wrong = check(entry, loaded, path, (key, index))
        found.problems += [replace(problem, what=f"{own}: {problem.what}") for problem in wrong]
        if not wrong:
            found.items.append(entry)
    return found
