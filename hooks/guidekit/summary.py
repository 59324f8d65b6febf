"""What the checks found, in plain words and by file, for the page of a proposal's checks (Markdown)."""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Iterable

from guidekit.problems import Problem

MOST = 200  # lines of it; the log has all
ELSEWHERE = "This proposal does not change this file: what stands here was there before, or rests on what you changed."


def markdown(problems: Iterable[Problem], notes: Iterable[Problem], changed: Collection[str] | None = None) -> str:
    """The summary. changed: the files of the proposal, from the repository root; None where that is not known."""
    problems, notes = sorted(set(problems)), sorted(set(notes))
    parts = ["## What the checks found", _verdict(len(problems), len(notes))]
    files = sorted({one.path for one in problems + notes}, key=lambda path: (not mine(path, changed), path))
    lines = 0
    for path in files:
        parts.append(f"### {_plain(path)}")
        if not mine(path, changed):
            parts.append(ELSEWHERE)
        for name, found in (("Problems", problems), ("Notes", notes)):
            here = [one for one in found if one.path == path]
            shown, lines = here[: max(MOST - lines, 0)], lines + len(here)
            if shown:
                parts.append(f"**{name}**")
                parts.append(
                    "\n".join(f"- Line {one.line}: {_plain(one.what)}. To mend: {_plain(one.mend)}." for one in shown)
                )
    if lines > MOST:
        parts.append(f"{lines - MOST} more stand in the log of this run.")
    return "\n\n".join(parts) + "\n"


def mine(path: str, changed: Collection[str] | None) -> bool:
    """Whether the proposal changes the file; true for all where its files are not known."""
    return changed is None or path in changed


def _verdict(problems: int, notes: int) -> str:
    if problems:
        must = "1 problem must" if problems == 1 else f"{problems} problems must"
        words = f"**{must} be mended first**, because a reader would be misled or a page would break."
    else:
        words = "**No problems.**"
    if notes:
        words += " 1 note is about style, and holds nothing up." if notes == 1 else ""
        words += f" {notes} notes are about style, and hold nothing up." if notes > 1 else ""
    return words


def _plain(text: str) -> str:
    # What an editor wrote is quoted in it: no link, picture, tag or name to call comes out of it.
    text = "".join(char if char.isprintable() else " " for char in text)
    return re.sub(r"([\\`*_{}\[\]()#!|~@])", r"\\\1", html.escape(text, quote=False))
