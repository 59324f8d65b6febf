"""How a mistake is told: `path:line: what. To mend: how.`"""

from __future__ import annotations

import difflib
import logging
import os
from collections.abc import Collection, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Problem:
    """A mistake that would mislead a reader or break a page.

    path: file from the repository root; line: 1 or more, in the file as committed;
    what, mend: without a final full stop.
    """

    path: str
    line: int
    what: str
    mend: str

    def __str__(self) -> str:
        return _one_line(f"{self.path}:{self.line}: {self.what}. To mend: {self.mend}.")

    def annotation(self, level: str = "error", changed: Collection[str] | None = None) -> str:
        """The same as a GitHub Actions workflow command: level "error", or "notice" for a note.

        changed: the files of the proposal; of any other file it says that it is none of them.
        """
        text = _one_line(f"{self.what}. To mend: {self.mend}.").replace("%", "%25")
        if changed is not None and self.path not in changed:
            text += " (This proposal does not change this file.)"
        path = _one_line(self.path).replace("%", "%25").replace(",", "%2C").replace(":", "%3A")
        return f"::{level} file={path},line={self.line}::{text}"


def _one_line(text: str) -> str:
    # What an editor wrote is quoted in messages: it must not begin a line that CI takes for a command, nor hide.
    return "".join(c if c.isprintable() else " " if c.isspace() else "?" for c in text)


SURE = 0.8

# One list for all hooks, so that everything is told in one run, sorted. `hooks/report.py` empties and tells it.
collected: set[Problem] = set()
# Notes are about style: told, but they never fail a build.
notes: set[Problem] = set()


def add(problems: Iterable[Problem]) -> None:
    """Remember problems for the report; the same problem twice counts once."""
    collected.update(problems)


def add_notes(found: Iterable[Problem]) -> None:
    """Remember notes for the report."""
    notes.update(found)


def add_past(found: Iterable[Problem]) -> None:
    """Remember what is due, as by a past date: a note, so that no build breaks by itself; a problem in `make dates`."""
    (add if os.environ.get("PAST_DATES") == "fail" else add_notes)(found)


def nearest(word: str, choices: Iterable[str], cutoff: float = 0.6) -> str | None:
    """The choice that looks most like `word`, or None when none is close (difflib's ratio, at least `cutoff`).

    Where a wrong guess would mislead, as with sources and pages, ask for SURE.
    """
    folded = {choice.casefold(): choice for choice in choices}
    match = difflib.get_close_matches(word.casefold(), folded, n=1, cutoff=cutoff)
    return folded[match[0]] if match else None


def report_notes(
    found: Iterable[Problem], log: logging.Logger, *, github: bool = False, changed: Collection[str] | None = None
) -> int:
    """Log every note as information, sorted; print annotations too when `github`. Returns how many."""
    ordered = sorted(set(found))
    for note in ordered:
        log.info("note: %s", note)
        if github:
            print(note.annotation("notice", changed), flush=True)
    return len(ordered)


def report(
    problems: Iterable[Problem], log: logging.Logger, *, github: bool = False, changed: Collection[str] | None = None
) -> int:
    """Log every problem as a warning, sorted; print annotations too when `github`. Returns how many."""
    ordered = sorted(set(problems))
    for problem in ordered:
        log.warning("%s", problem)
        if github:
            print(problem.annotation(changed=changed), flush=True)
    return len(ordered)
