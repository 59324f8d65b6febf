"""What is wrong with the marks of links and footnotes: defined nowhere, never used, or printed as they stand."""

from __future__ import annotations

import re

from guidekit.markdown_text import FOOTNOTE_DEFINITION, footnotes, line_of
from guidekit.problems import Problem, nearest

REFERENCE = re.compile(r"(?<![\]\\!])\[(?P<text>[^\[\]^][^\[\]]*)\]\[(?P<label>[^\[\]]*)\]")
LINK_WITH_BLANK = re.compile(
    r"(?P<words>\[[^\[\]^\n][^\[\]\n]*\])[ \t]+(?P<address>\((?:https?://|mailto:|tel:|#|[\w./-]+\.(?:md|svg)\b)[^()\s]*\))"
)
DEFINITION = re.compile(r"^ {0,3}\[(?P<label>[^\]^][^\]]*)\]:", re.M)


def check(masked: str, path: str) -> list[Problem]:
    """Problems of a page's masked text (guidekit.markdown_text.mask); path: from the repository root."""
    return [*_references(masked, path), *_blanks(masked, path), *_footnotes(masked, path)]


def _references(masked: str, path: str) -> list[Problem]:
    defined = {match["label"].casefold() for match in DEFINITION.finditer(masked)}
    found = []
    for match in REFERENCE.finditer(masked):
        label = match["label"] or match["text"]
        if label.casefold() not in defined and not label.startswith("^"):
            close = nearest(label, defined)
            what = f"the link [{match['text']}][{match['label']}] has no definition"
            mend = (
                f"write [{close}]" if close else f"add a line '[{label}]: page.md', or write [{match['text']}](page.md)"
            )
            found.append(Problem(path, line_of(masked, match.start()), what, mend))
    return found


def _blanks(masked: str, path: str) -> list[Problem]:
    """Links with a blank between words and address, which are printed as they stand."""
    return [
        Problem(
            path,
            line_of(masked, match.start()),
            f"'{match[0]}' is printed as it stands",
            f"delete the blank: {match['words']}{match['address']}",
        )
        for match in LINK_WITH_BLANK.finditer(masked)
    ]


def _footnotes(masked: str, path: str) -> list[Problem]:
    defined: dict[str, int] = {}
    found = []
    for match in re.finditer(r"\[\^(?![^\]\s]+\])[^\]\n]{0,40}\]?|\^\[", masked):
        what = f"'{match[0]}' is not a footnote mark"
        found.append(
            Problem(path, line_of(masked, match.start()), what, "write it as in [^murrough2013-ajp], without blanks")
        )
    for match in FOOTNOTE_DEFINITION.finditer(masked):
        line = line_of(masked, match.start())
        if match["key"] in defined:
            what = f"the footnote '{match['key']}' is defined twice (first in line {defined[match['key']]})"
            found.append(Problem(path, line, what, "keep one of the two"))
        defined.setdefault(match["key"], line)
    used, _ = footnotes(masked)
    for key in defined.keys() - used.keys():
        mend = f"write [^{key}] in the text, or delete this line"
        found.append(Problem(path, defined[key], f"the footnote '{key}' is never used", mend))
    return found
