"""The library of sources, data/sources.yml: read and checked once a build, for every hook that needs it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from guidekit import entries
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
    found = entries.load(loaded, FILE, "references", "source id", schemas, "source")
    library.lines, library.problems = found.lines, found.problems
    library.items = {**dict.fromkeys(found.lines), **{item["id"]: item for item in found.items}}
    return library


def read(root: Path) -> Library:
    """The library of the project in `root`; the same one until the file or a schema changes. Not to be changed."""
    inputs = (root / FILE, *sorted((root / "data/schema").glob("*.json")))
    return _read(root, tuple(path.read_bytes() if path.is_file() else b"" for path in inputs))


@lru_cache(maxsize=1)
def _read(root: Path, contents: tuple[bytes, ...]) -> Library:
    return load(read_yaml(root / FILE, FILE), load_schemas(root / "data/schema"))


def mend(key: str, keys: Iterable[str], mark: str = "'{}'") -> str:
    """How to mend a `key` that is not among the `keys` of the library; mark: how a key is written there."""
    close = nearest(key, keys, SURE)
    return f"write {mark.format(close)}" if close else f"correct it, or add the source to {FILE}"


def unknown_sources(path: str, line: int, named: Iterable[str], sources: Collection[str], who: str) -> list[Problem]:
    """Problems for keys that no source has; none while the library is empty. who: the entry that names them."""
    return [
        Problem(path, line, f"{who}: '{key}' is not in {FILE}", mend(key, sources))
        for key in named
        if sources and key not in sources
    ]
