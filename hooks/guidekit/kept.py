"""Texts that take long to make, kept from one build to the next in a small JSON file. To lose it costs only time."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Callable, Mapping
from hashlib import blake2b
from pathlib import Path

MOST = 2000  # texts in the file: those of entries that were changed or deleted fall out in time


class Kept:
    """path: the file; depends: all that the texts rest on apart from what they are made of, such as versions.

    A file that is missing, damaged or made by other versions is as good as none. Nothing here ever raises.
    """

    def __init__(self, path: Path, *depends: str) -> None:
        self._path = path
        self._depends = blake2b(json.dumps(depends).encode(), digest_size=16)
        self._before: Mapping[str, str] | None = None
        self._now: dict[str, str] = {}

    def get(self, made_of: str, make: Callable[[], str]) -> str:
        """The text made of `made_of`: from this process, from the file, or by `make`."""
        digest = self._depends.copy()
        digest.update(made_of.encode())
        key = digest.hexdigest()
        if key not in self._now:
            if self._before is None:
                self._before = _read(self._path)
            self._now[key] = self._before[key] if key in self._before else make()
        return self._now[key]

    def save(self) -> None:
        """Write the file if there is anything new, as a whole or not at all."""
        before = self._before or {}
        if self._now.keys() <= before.keys():
            return
        older = {key: text for key, text in before.items() if key not in self._now}
        self._before = dict([*older.items(), *self._now.items()][-MOST:])
        with contextlib.suppress(OSError):  # a folder that cannot be written to
            self._path.parent.mkdir(parents=True, exist_ok=True)
            new = self._path.with_name(f"{self._path.name}.{os.getpid()}")
            new.write_text(json.dumps({"sum": _sum(self._before), "texts": self._before}), encoding="utf-8")
            new.replace(self._path)


def _read(path: Path) -> Mapping[str, str]:
    try:
        whole = json.loads(path.read_text(encoding="utf-8"))
        return whole["texts"] if whole["sum"] == _sum(whole["texts"]) else {}
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return {}


def _sum(texts: Mapping[str, str]) -> str:
    return blake2b(json.dumps(dict(texts), sort_keys=True).encode(), digest_size=16).hexdigest()
