"""The library of sources, data/sources.yml: read and checked once a build, for every hook that needs it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from guidekit import schema
from guidekit.data import Loaded, read_yaml
from guidekit.problems import SURE, Problem, nearest
from guidekit.schema import Schemas, load_schemas

FILE = "data/sources.yml"


@dataclass
class Library:
    """items: the sources by id, None for one that is not right; lines: where each stands; problems: of the file."""

    items: dict[str, dict[str, Any] | None] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def load(loaded: Loaded, schemas: Schemas) -> Library:
    """The library in a loaded CSL-YAML file (a mapping with the list `references`, as pandoc and Zotero write it).

    schemas: holds `source`, the JSON Schema of one entry. Entries that break it are told and left out.
    """
    library = Library(problems=list(loaded.problems))
    references = loaded.value.get("references") if isinstance(loaded.value, dict) else None
    if not isinstance(references, list):
        if not library.problems:
            what = "this file has no list of sources"
            library.problems.append(Problem(FILE, 1, what, "begin it with 'references:' and a list under it"))
        return library
    for index, item in enumerate(references):
        line = loaded.line("references", index)
        key = str(item.get("id")) if isinstance(item, dict) else ""
        library.lines.setdefault(key, line)
        if key in library.items:
            what = f"the source id '{key}' is given twice (first in line {library.lines[key]})"
            library.problems.append(Problem(FILE, line, what, "keep one of the two"))
            continue
        found = schema.check(item, loaded, FILE, schemas, "source", at=("references", index))
        found = [replace(problem, what=f"{key}: {problem.what}") for problem in found]
        library.problems += found
        library.items[key] = item if not found else None
    return library


def read(root: Path) -> Library:
    """The library of the project in `root`; the same one until the file or a schema changes. Not to be changed."""
    inputs = (root / FILE, *sorted((root / "data/schema").glob("*.json")))
    return _read(root, tuple(path.read_bytes() if path.exists() else b"" for path in inputs))


@lru_cache(maxsize=1)
def _read(root: Path, contents: tuple[bytes, ...]) -> Library:
    return load(read_yaml(root / FILE, FILE), load_schemas(root / "data/schema"))


def mend(key: str, keys: Iterable[str], mark: str = "'{}'") -> str:
    """How to mend a `key` that is not among the `keys` of the library; mark: how a key is written there."""
    close = nearest(key, keys, SURE)
    return f"write {mark.format(close)}" if close else f"correct it, or add the source to {FILE}"
