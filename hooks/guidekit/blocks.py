"""Lists of entries in data/ as text: an entry is moved or added line by line, so that comments and quotes survive."""

from __future__ import annotations

from dataclasses import dataclass

from guidekit.data import Loaded


@dataclass(frozen=True)
class Block:
    """An entry: its id, and its lines with the comments right above it; each line ends with a line end."""

    id: str
    text: str


@dataclass(frozen=True)
class Listed:
    """A file as text: what stands before the entries of one list, the entries, and what stands after them."""

    before: str
    blocks: tuple[Block, ...]
    after: str

    def text(self) -> str:
        """The file, as it was, with a line end at its end."""
        return self.before + "".join(block.text for block in self.blocks) + self.after

    def sorted(self) -> Listed:
        """The same with the entries in the order of their ids, as Python compares text; equal ones keep theirs."""
        return Listed(self.before, tuple(sorted(self.blocks, key=lambda block: block.id)), self.after)


def split(text: str, loaded: Loaded, key: str) -> Listed | None:
    """The list under `key` of a file; loaded: the file's text, read by load_yaml.

    None where there is no such list, an entry has no id, or one does not begin a line with "- ". A blank line ends the
    comments that belong to the entry below them; comments and blank lines behind the last entry are not its own.
    """
    entries = loaded.value.get(key) if isinstance(loaded.value, dict) else None
    if loaded.problems or not isinstance(entries, list) or not entries:
        return None
    lines = [f"{line}\n" for line in text.removesuffix("\n").split("\n")]
    starts = [loaded.line(key, index) - 1 for index in range(len(entries))]
    if not all(isinstance(entry, dict) and isinstance(entry.get("id"), str) for entry in entries):
        return None
    if len(set(starts)) < len(starts) or not all(lines[start].lstrip().startswith("- ") for start in starts):
        return None
    later = [line - 1 for keys, line in loaded.lines.items() if len(keys) == 1 and line - 1 > starts[-1]]
    end = min(later) if later else len(lines)
    while not lines[end - 1].strip() or lines[end - 1].lstrip().startswith("#"):
        end -= 1
    starts = [_above(lines, start) for start in starts]
    ends = [*starts[1:], end]
    blocks = [
        Block(entry["id"], "".join(lines[start:stop])) for entry, start, stop in zip(entries, starts, ends, strict=True)
    ]
    return Listed("".join(lines[: starts[0]]), tuple(blocks), "".join(lines[end:]))


def _above(lines: list[str], start: int) -> int:
    """Where the comments right above a line begin."""
    while start and lines[start - 1].lstrip().startswith("#"):
        start -= 1
    return start
