"""Mends what has one right form and no other meaning: `make fix`, which mends the style of the code too.

In pages and data: blanks at line ends, line ends and the last one, tabs and hard blanks where a line begins, letters
made of two characters (to Unicode's form NFC), the order of the keys at the head of a page (that of its schema), and
the order of the lists in SORTED, moved as lines, so that comments and quotation marks survive. A file whose content
would change is left alone, and told. Long lines are told, never split: where a sentence ends is for a person to say.
"""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from guidekit import blocks, schema
from guidekit.data import load_yaml, not_utf8
from guidekit.markdown_text import FENCE, blank, split_front_matter
from guidekit.problems import Problem
from guidekit.schema import Schemas

FILES = ("docs/**/*.md", "data/**/*.yml", "data/**/*.json", "*.md", "mkdocs.yml")
# Lists that stand in the order of their ids (tests/test_data.py); the others have an order of their own.
SORTED = {"data/sources.yml": "references", "data/dated.yml": "facts", "data/studies.yml": "studies"}
LONGEST = 400  # characters of a line, tables and code apart: twice the longest sentence that the checks let pass
HARD = "\u00a0\u2007\u202f"  # no-break blanks, which Markdown and YAML do not take for blanks
# Where a line begins, up to its text: in Markdown a heading, an item or a box, in YAML an item or a key.
MARKDOWN = re.compile(rf"(?P<indent>[ \t{HARD}]*)(?:(?:#{{1,6}}|[-*]|\d+\.|!!!)[ {HARD}]+)?")
YAML = re.compile(rf"(?P<indent>[ \t{HARD}]*)(?:-[ {HARD}]+)?(?:[\w-]+:[ {HARD}]+)?")
ALONE = "left alone, because to mend it would change what it says"


def mended(text: str, path: str, schemas: Schemas) -> tuple[str, list[str]]:
    """(the text in its right form, what was done to it in a few words each).

    path: from the repository root, by which it is a page, data or other text; schemas: those of pages, by kind.
    Done twice, the second time changes nothing. A text whose content would change stays as it is: (text, [ALONE]).
    """
    done: list[str] = []
    now = text
    steps: list[tuple[str, Callable[[str], str]]] = [
        ("line ends", lambda t: re.sub(r"\r\n?", "\n", t)),
        ("a mark at the start of the file", lambda t: t.lstrip("\ufeff")),
        ("letters made of two characters", lambda t: unicodedata.normalize("NFC", t)),
        ("tabs and hard blanks at the start of lines", lambda t: _starts(t, path)),
        ("blanks at line ends", lambda t: _ends(t, path)),
        ("the end of the file", lambda t: f"{t.rstrip()}\n" if t.strip() else ""),
        ("the order of the keys at the head", lambda t: keys_in_order(t, schemas) if _page(path) else t),
        ("the order of the entries", lambda t: entries_in_order(t, path)),
    ]
    for what, step in steps:
        after = step(now)
        if after != now:
            done.append(what)
        now = after
    return (now, done) if _same(text, now, path) else (text, [ALONE])


def keys_in_order(text: str, schemas: Schemas) -> str:
    """A page with the keys of its front matter in the order of its kind's schema, unknown ones last.

    A key takes the comments right above it along. A head that cannot be read stays as it is.
    """
    head, _ = split_front_matter(text)
    loaded = load_yaml(head or "", "")
    if not head or loaded.problems or not isinstance(loaded.value, dict) or loaded.value.get("kind") not in schemas:
        return text
    order = list(schema.properties(schemas, loaded.value["kind"]))
    lines = head.removesuffix("\n").split("\n")
    starts = {}
    for key in loaded.value:
        start = loaded.line(key) - 1
        while start and lines[start - 1].lstrip().startswith("#"):
            start -= 1
        starts[str(key)] = start
    ends = [*list(starts.values())[1:], len(lines)]
    if len(set(starts.values())) < len(starts):  # {title: ..., kind: ...} in one line
        return text
    parts = {key: lines[start:end] for (key, start), end in zip(starts.items(), ends, strict=True)}
    first = lines[: next(iter(starts.values()))]
    ranked = sorted(parts, key=lambda key: order.index(key) if key in order else len(order))
    inside = "\n".join([*first, *(line for key in ranked for line in parts[key])])
    return text.replace(head, f"{inside}\n", 1)


def entries_in_order(text: str, path: str) -> str:
    """A data file with its list in the order of the ids, where SORTED says so and the file can be read."""
    listed = blocks.split(text, load_yaml(text, path), SORTED[path]) if path in SORTED else None
    return listed.sorted().text() if listed else text


def told(text: str, path: str) -> list[Problem]:
    """What only a person can mend in a page: lines that are too long, and blanks that break a line."""
    if not _page(path):
        return []
    _, body = split_front_matter(text)
    body = blank(body, [match.span() for match in FENCE.finditer(body)])
    found = []
    for number, line in enumerate(body.split("\n"), 1):
        if not line.strip():
            continue
        if len(line) > LONGEST and not line.lstrip().startswith("|"):
            what = f"a line of {len(line)} characters"
            found.append(Problem(path, number, what, "put each sentence on a line of its own"))
        if line.endswith("  "):
            what = "two blanks at the end of the line, which break it for readers"
            found.append(Problem(path, number, what, "delete them, or begin a new paragraph"))
    return found


def _page(path: str) -> bool:
    return path.startswith("docs/") and path.endswith(".md")


def _fenced(text: str) -> set[int]:
    """The numbers, from 0, of the lines of fenced code: it stays as it is."""
    found: set[int] = set()
    for match in FENCE.finditer(text):
        start = text.count("\n", 0, match.start())
        found.update(range(start, start + match[0].count("\n") + 1))
    return found


def _starts(text: str, path: str) -> str:
    """Blanks in place of tabs (four, as Markdown reads them; two in YAML) and of hard blanks that hide a mark."""
    if path.endswith(".json"):
        return text
    markdown = path.endswith(".md")
    front = (split_front_matter(text)[0] or "").count("\n") if markdown else 0
    fenced = _fenced(text) if markdown else set()
    lines = text.split("\n")
    for number, line in enumerate(lines):
        prose = markdown and not 0 < number <= front
        match = (MARKDOWN if prose else YAML).match(line)
        if match and number not in fenced:
            mark = re.sub(f"[{HARD}]", " ", match[0][match.end("indent") :])
            indent = re.sub(f"[{HARD}]", " ", match["indent"]).expandtabs(4 if prose else 2)
            lines[number] = indent + mark + line[match.end() :]
    return "\n".join(lines)


def _ends(text: str, path: str) -> str:
    """Lines without blanks at their ends; in Markdown two of them inside of a paragraph are a line break, and stay."""
    lines = text.split("\n")
    fenced = _fenced(text) if path.endswith(".md") else set()
    head = split_front_matter(text)[0] if path.endswith(".md") else text
    body = head.count("\n") + 2 if head is not None else 0  # the first line that is Markdown
    for number, line in enumerate(lines):
        bare = line.rstrip(f" \t{HARD}")
        following = lines[number + 1] if number + 1 < len(lines) else ""
        breaks = number >= body and line[len(bare) :].startswith("  ") and bare.strip() and following.strip()
        if number not in fenced:
            lines[number] = f"{bare}  " if breaks and not bare.lstrip().startswith(("#", "|")) else bare
    return "\n".join(lines)


def _same(before: str, after: str, path: str) -> bool:
    """Whether two texts of a file say the same: the same data, where it could be read before, and the same words."""
    (data, words), (other_data, other_words) = _content(before, path), _content(after, path)
    return data in (None, other_data) and words == other_words


def _content(text: str, path: str) -> tuple[Any, list[str]]:
    """(the data of a file or of a page's head, None where it cannot be read; the words), whatever their form."""
    text = unicodedata.normalize("NFC", re.sub(r"\r\n?", "\n", text).lstrip("\ufeff"))
    if path.endswith(".md"):
        head, body = split_front_matter(text)
        loaded = load_yaml(head or "", path)
        return (None if loaded.problems else loaded.value), body.split()
    loaded = load_yaml(text, path)
    value = loaded.value
    if path not in SORTED:  # mkdocs.yml cannot be read: its tags are no plain YAML
        return (None if loaded.problems else value), text.split()
    if isinstance(value, dict) and isinstance(value.get(SORTED[path]), list):
        ordered = sorted(value[SORTED[path]], key=lambda entry: json.dumps(entry, sort_keys=True))
        value = {**value, SORTED[path]: ordered}
    return (None if loaded.problems else value), sorted(text.split())


def main(root: Path = Path()) -> int:
    """Mend all FILES below `root` and say what was done, a line a file; returns 1 where one cannot be read."""
    schemas = schema.load_schemas(root / "data/schema/pages")
    left: list[Problem] = []
    unread: list[Problem] = []
    for path in _files(root):
        shown = path.relative_to(root).as_posix()
        raw = path.read_bytes()
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError as error:
            unread.append(not_utf8(error, shown))
            continue
        now, done = mended(text, shown, schemas)
        if now != text:
            path.write_bytes(now.encode("utf-8"))
        if done:
            print(f"{shown}: {done[0] if done == [ALONE] else 'mended ' + ', '.join(done)}.")
        left += told(now, shown)
    for problem in sorted([*unread, *left]):
        print(problem)
    return 1 if unread else 0


def _files(root: Path) -> Iterable[Path]:
    return sorted({path for pattern in FILES for path in root.glob(pattern) if path.is_file()})


if __name__ == "__main__":
    sys.exit(main())
