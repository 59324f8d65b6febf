"""Tells all problems of a build at once, sorted, so that `--strict` fails and `serve` keeps going.

It must stand first in mkdocs.yml: it empties the list before any other hook writes to it. On GitHub the same stands
beside the lines of a proposal, and in a summary; CHANGED in the environment names a file that lists what it changes.
"""

from __future__ import annotations

import logging
import os
from pathlib import Path

from mkdocs.plugins import event_priority

from guidekit import problems, summary

# Only loggers below `mkdocs` count for --strict.
log = logging.getLogger("mkdocs.guide")


def changed_files(listed: str | None) -> set[str] | None:
    """The files that a proposal changes, one to a line of the file `listed`; None where there is none."""
    if not listed or not Path(listed).is_file():
        return None
    return set(Path(listed).read_text(encoding="utf-8", errors="replace").splitlines())


def _tell() -> None:
    github, changed = os.environ.get("GITHUB_ACTIONS") == "true", changed_files(os.environ.get("CHANGED"))
    problems.report_notes(problems.notes, log, github=github, changed=changed)
    problems.report(problems.collected, log, github=github, changed=changed)
    if github and (page := os.environ.get("GITHUB_STEP_SUMMARY")):
        with Path(page).open("a", encoding="utf-8") as file:
            file.write(summary.markdown(problems.collected, problems.notes, changed))


@event_priority(100)
def on_config(config, **kwargs):
    problems.collected.clear()
    problems.notes.clear()


@event_priority(-100)
def on_post_build(config, **kwargs):
    _tell()


@event_priority(-100)
def on_build_error(error, **kwargs):
    # A build that breaks off still tells what was found; --strict breaks off after on_post_build has told it.
    if type(error).__name__ != "Abort":
        _tell()
