"""What a text may hold before anything reads it: how much, how long, how deep, and which characters.

Each limit is about twice the most that a real page or data file needs. Beyond it programs slow down, or break off.
"""

from __future__ import annotations

import re
import unicodedata

from guidekit.problems import Problem

PAGE_BYTES, DATA_BYTES = 120_000, 2_000_000
MOST_LINES, LONGEST_LINE = 4_000, 1_500
DEEPEST_INDENT = 24  # spaces
MOST_QUOTES, MOST_BRACKETS, MOST_MARKS, MOST_FENCES = 3, 8, 200, 100
MOST_OPEN = 10  # tags that end in another line
DEEPEST_YAML = 40
# Seen as nothing, though their category is that of a letter or a mark.
UNSEEN = "\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\ufffd\U000e0100-\U000e01ef"
_UNSEEN = re.compile(f"[{UNSEEN}]")
# Category by category (Unicode Standard, 4.5): control, format (all bidirectional marks), surrogate, private use, ends.
REFUSED = ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")
PLAIN = re.compile(r"[\n\t\x20-\x7e\xa0-\xac\xae-\u02ff‐-‧‰-⁞←-⇿−]*\Z")
# Combining marks (Unicode Standard, 7.9), as letters carry one or two of.
MARKS = r"\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
PILE = re.compile(rf"[{MARKS}]{{3,}}")


def unfit(text: str) -> list[str]:
    """The characters of a text that readers cannot see, or that turn its order around; each once."""
    if PLAIN.match(text):
        return []
    found = [c for c in dict.fromkeys(text) if c not in "\n\t" and unicodedata.category(c) in REFUSED]
    return found + list(dict.fromkeys(_UNSEEN.findall(text)))


def named(char: str) -> str:
    """A character as a problem names it, never as itself."""
    name = unicodedata.name(char, "")
    return f"U+{ord(char):04X}{f' ({name.lower()})' if name else ''}"


def characters(text: str, path: str, first_line: int = 1) -> tuple[str, list[Problem]]:
    """(the text without characters that may not stand in it, a problem for each line that held some)."""
    if PLAIN.match(text):
        return text, []
    lines, found = text.split("\n"), []
    for at, line in enumerate(lines):
        wrong = unfit(line)
        pile = PILE.search(line)
        if pile:
            what = "this line has marks piled on one letter, which cover what stands around it"
            found.append(Problem(path, at + first_line, what, "delete them, or type the word again"))
            lines[at] = line = PILE.sub("", line)
        if wrong:
            what = f"this line holds what nobody sees: {', '.join(map(named, wrong[:3]))}"
            mend = f"delete it behind '{_before(line, wrong)}', or type the line again"
            found.append(Problem(path, at + first_line, what, mend))
            lines[at] = "".join(c for c in line if c not in wrong)
    return "\n".join(lines), found


def _before(line: str, wrong: list[str]) -> str:
    at = min((line.find(c) for c in wrong if c in line), default=0)
    return line[:at][-20:].strip()


def page(text: str, path: str) -> tuple[str, list[Problem]]:
    """(the page's source without what may not stand in it: same lines; problems). path: from the repository root.

    A line that is too long or too deep is left empty, so that the rest can be checked in the same run.
    """
    text, found = characters(text, path)
    lines = text.split("\n")
    if len(lines) > MOST_LINES:
        found.append(Problem(path, MOST_LINES, f"this page has more than {MOST_LINES} lines", "make two pages of it"))
        del lines[MOST_LINES:]
    fences = [at for at, line in enumerate(lines) if line.lstrip(" >").startswith(("```", "~~~"))][MOST_FENCES:]
    if fences:
        what = f"this page has more than {MOST_FENCES // 2} blocks of code or figures"
        found.append(Problem(path, fences[0] + 1, what, "make two pages of it"))
        gone = set(fences)
        lines = ["" if at in gone else line for at, line in enumerate(lines)]
    # Python's HTML parser looks for the end of each anew, for minutes.
    tags = [at for at, line in enumerate(lines) if re.search(r"<[a-zA-Z/][^<>]*$", line)][MOST_OPEN:]
    if tags:
        what = f"this page has more than {MOST_OPEN} lines that open a tag and do not close it"
        found.append(Problem(path, tags[0] + 1, what, "end each tag with > in its own line"))
        gone = set(tags)
        lines = ["" if at in gone else line for at, line in enumerate(lines)]
    for at, line in enumerate(lines):
        if told := _too_much(line):
            found.append(Problem(path, at + 1, *told))
            lines[at] = ""
    front = re.match(r"-{3}[ \t]*\n(.*?)^(?:\.{3}|-{3})[ \t]*$", "\n".join(lines), re.S | re.M)
    if front and deep_yaml(front[1]):
        found.append(Problem(path, 2, "the front matter is nested too deep", "write 'key: value', one to a line"))
        lines[1 : front[0].count("\n")] = [""] * (front[0].count("\n") - 1)
    return "\n".join(lines), found


def _too_much(line: str) -> tuple[str, str] | None:
    if len(line) > LONGEST_LINE:
        return f"this line has {len(line)} characters, more than {LONGEST_LINE}", "write one sentence to a line"
    start = re.match(r"(?:[ \t>]|[-*+](?= )|\d{1,9}[.)](?= ))*", line)[0]
    conflict = re.match(r">{7} ", line)  # which hooks/page_checks.py tells
    if len(start.expandtabs(4)) > DEEPEST_INDENT or (start.count(">") > MOST_QUOTES and not conflict):
        return "this line is nested too deep", "write it with fewer spaces, list marks and > before it"
    if sum(map(line.count, "[({<")) > MOST_BRACKETS and _depth(line) > MOST_BRACKETS:
        return f"this line has more than {MOST_BRACKETS} brackets inside of each other", "write it with fewer brackets"
    # Emphasis inside of emphasis, and links that never end, take the parser minutes.
    if len(line) > MOST_MARKS and sum(map(line.count, "*_`~^![<&\\")) > MOST_MARKS:
        return f"this line has more than {MOST_MARKS} marks such as * _ ` [ and <", "write it as several lines"
    return None


def _depth(line: str) -> int:
    deepest = depth = 0
    for char in line:
        depth += (char in "[({<") - (depth > 0 and char in "])}>")
        deepest = max(deepest, depth)
    return deepest


def deep_yaml(text: str) -> bool:
    """Whether YAML may be nested so deep that the reader written in C would end the whole program.

    Never too late: brackets in quotation marks count as well.
    """
    blocks = max((len(start) for start in re.findall(r"^[ \t\-?:]+", text, re.M)), default=0)
    if blocks > 2 * DEEPEST_YAML:
        return True
    for _ in range(DEEPEST_YAML):
        text, changed = re.subn(r"[\[{][^\[\]{}]*[\]}]", "", text)
        if not changed:
            break
    return max(text.count("["), text.count("{")) > 5 * DEEPEST_YAML
