"""Checks the Markdown of each page: headings, ids, alternative text, boxes, references, footnotes, conflict markers.

Footnotes that are sources are the business of sources.py; links between pages that of links.py.
"""

from __future__ import annotations

import re
from functools import lru_cache

from guidekit import mark_rules, problems
from guidekit.allowed import BOXES
from guidekit.markdown_text import (
    ALL_PAGES,
    FENCE,
    INLINE_CODE,
    blank,
    headings,
    line_of,
    mask,
    split_front_matter,
)
from guidekit.markers import MARKERS
from guidekit.problems import Problem, nearest

CONFLICT = re.compile(r"^(<{7}|={7}|>{7}|\|{7})(?: .*)?$", re.M)
IMAGE = re.compile(r"!\[(?P<alt>[^\]]*)\]\s*[(\[]")
RAW_IMAGE = re.compile(r"<img\b[^>]*>", re.I)
ADMONITION = re.compile(r"^ *(?:!!!|\?\?\?\+?) +(?P<kind>[\w-]+)(?P<rest>[^\n]*)$", re.M)
HOLDS = re.compile(r" {0,3}(?:!!!|\?\?\?|[-*+] |\d+[.)] |\[\^|: |>|<)")  # what indented lines can belong to
ID = re.compile(r"^[a-z][a-z0-9-]*$")
RESERVED = ("clinic-articles", "sources", "top", "when-to-call")
# What tools/new.py puts where an editor is to write: in the text, and behind a key of the front matter.
TO_WRITE = re.compile(r"<!--\s*write:\s*(?P<hint>.*?)\s*-->", re.S)
KEY_TO_WRITE = re.compile(r"^(?P<key>[\w-]+):[^\n]*[ \t]#[ \t]*write:[ \t]*(?P<hint>[^\n]*?)[ \t]*$", re.M)


def check(text: str, path: str) -> list[Problem]:
    """Problems of a page's source `text`; path: from the repository root."""
    _, body = split_front_matter(text)
    masked = mask(body)
    return [
        *_to_write(text, path),
        *_conflicts(text, path),
        *_open(masked, path),
        *_markers(body, path),
        *_headings(masked, path),
        *_images(masked, path),
        *_boxes(masked, path),
        *_code(masked, path),
        *mark_rules.check(masked, path),
    ]


def _to_write(text: str, path: str) -> list[Problem]:
    """What tools/new.py left to the editor: half a page is not published."""
    front, body = split_front_matter(text)
    found = []
    for match in KEY_TO_WRITE.finditer(front or ""):
        what = f"the front-matter key '{match['key']}' is still to be set ({match['hint']})"
        line = line_of(text, text.index(front or "")) + line_of(front or "", match.start()) - 1
        found.append(Problem(path, line, what, "set it, and delete the comment behind it"))
    for pattern in (FENCE, INLINE_CODE):  # where the comment is shown, not meant
        body = blank(body, [match.span() for match in pattern.finditer(body)])
    for match in TO_WRITE.finditer(body):
        what = f"this part is still to be written ({' '.join(match['hint'].split())})"
        mend = "write it in place of the comment, or delete the part if the page does not need it"
        found.append(Problem(path, line_of(body, match.start()), what, mend))
    return found


def _conflicts(text: str, path: str) -> list[Problem]:
    marks = [match for match in CONFLICT.finditer(text)]
    # A lone line of equals signs is a heading's underline, not a conflict.
    if not any(match[1][0] in "<>" for match in marks):
        return []
    mend = "keep one of the two versions and delete the lines that begin with <<<<<<<, ======= and >>>>>>>"
    return [Problem(path, line_of(text, marks[0].start()), "this is a merge conflict marker", mend)]


def _open(masked: str, path: str) -> list[Problem]:
    found = []
    for match in re.finditer(r"^[ ]*(?:`{3,}|~{3,})[^`\n]*$|<!--", masked, re.M):
        comment = match[0] == "<!--"
        what = "this comment is never closed" if comment else "this code block is never closed"
        mend = "write --> behind it" if comment else "write a line with the same marks behind it"
        found.append(Problem(path, line_of(masked, match.start()), what, mend))
    return found


def _markers(body: str, path: str) -> list[Problem]:
    found = []
    for match in re.finditer(r"<!--\s*(?:hooks|overrides)/[^>]*-->", body):
        if match[0] not in MARKERS:
            close = nearest(match[0], MARKERS)
            mend = f"write {close}" if close else "remove it"
            found.append(
                Problem(path, line_of(body, match.start()), f"the build does not know the marker {match[0]}", mend)
            )
    return found


def _headings(masked: str, path: str) -> list[Problem]:
    found: list[Problem] = []
    level, ids = 1, {}
    for match in re.finditer(r"^[ ]+#{1,6}[ \t]+(?P<words>[^\n]+)$|<h[1-6]\b", masked, re.M):
        what = f"the heading '{match['words'] or match[0]}' stands inside of a box or of HTML"
        found.append(Problem(path, line_of(masked, match.start()), what, "begin the line with ##, without spaces"))
    for heading in headings(masked):
        if heading.level == 1:
            what = f"'{heading.text}' is a second H1: the title in the front matter is the page's one H1"
            found.append(Problem(path, heading.line, what, "begin the line with ## instead of #"))
        elif heading.level > level + 1:
            what = f"'{heading.text}' is a heading of level {heading.level} under one of level {level}"
            found.append(Problem(path, heading.line, what, f"begin the line with {'#' * (level + 1)}"))
        level = max(heading.level, 2) if heading.level == 1 else heading.level
        if heading.id in RESERVED or heading.id.startswith("fn"):
            what = f"the heading id '{heading.id}' is used by the build itself"
            found.append(Problem(path, heading.line, what, "give the heading another id, as in { #another-id }"))
        elif heading.explicit and not ID.match(heading.id):
            what = f"the heading id '{heading.id}' is not made of small letters, digits and hyphens"
            found.append(Problem(path, heading.line, what, "write one such as { #how-long-it-lasts }"))
        elif heading.id in ids:
            what = f"the heading id '{heading.id}' is also that of line {ids[heading.id]}"
            found.append(Problem(path, heading.line, what, "give the heading an id of its own, as in { #another-id }"))
        ids.setdefault(heading.id, heading.line)
    return found


def _images(masked: str, path: str) -> list[Problem]:
    mend = "say in words what the picture shows"
    found = [
        Problem(
            path,
            line_of(masked, m.start()),
            "this image has no alternative text",
            f"{mend}, as in ![words](picture.svg)",
        )
        for m in IMAGE.finditer(masked)
        if not m["alt"].strip()
    ]
    for match in RAW_IMAGE.finditer(masked):
        if not re.search(r"\balt\s*=\s*(\"[^\"]*\S[^\"]*\"|'[^']*\S[^']*'|[^\s\"'>]+)", match[0], re.I):
            line = line_of(masked, match.start())
            found.append(Problem(path, line, "this image has no alternative text", f'{mend}, as in alt="words"'))
    return found


def _boxes(masked: str, path: str) -> list[Problem]:
    found = []
    for match in ADMONITION.finditer(masked):
        line, kind = line_of(masked, match.start()), match["kind"]
        if kind not in BOXES:
            mend = f"write '{nearest(kind, BOXES)}'" if nearest(kind, BOXES) else f"use one of {', '.join(BOXES)}"
            found.append(Problem(path, line, f"unknown box '{kind}'", mend))
        if not re.match(r' +"[^"\n]+" *$', match["rest"]):
            what, mend = "this box has no title", f'write one in quotation marks, as in !!! {kind} "A title"'
            if title := match["rest"].strip(" \"'“”„‘’"):
                what, mend = "the title of this box has no straight quotation marks", f'write !!! {kind} "{title}"'
            found.append(Problem(path, line, what, mend))
        after = masked[match.end() :].lstrip("\n").split("\n", 1)[0]
        indent = len(match[0]) - len(match[0].lstrip())
        if after.strip() and len(after) - len(after.lstrip()) < indent + 4:
            found.append(
                Problem(path, line, "the text of this box is not indented", "begin each of its lines with four spaces")
            )
    return found


def _code(masked: str, path: str) -> list[Problem]:
    """Paragraphs that begin with four spaces or a tab and belong to no box, list or note: shown as program code."""
    found, lines = [], masked.expandtabs(4).split("\n")
    held = []  # for each line: whether it belongs to a box, a list or a note
    for number, line in enumerate(lines, 1):
        before = lines[number - 2] if number > 1 else ""
        if not line.strip():
            held.append(held[-1] if held else False)
        elif not line.startswith("    "):
            follows = bool(before.strip()) and held[-1] and not line.startswith(("#", "!!!"))
            held.append(bool(HOLDS.match(line)) or follows)
        elif held and held[-1]:
            held.append(True)
        else:
            if not before.strip():
                what = "this line begins with four spaces or a tab, and is shown as program code"
                found.append(Problem(path, number, what, "delete the blanks before its first word"))
            held.append(False)
    return found


_check_once = lru_cache(maxsize=ALL_PAGES)(check)  # while serving, only for the pages that were edited


def on_page_markdown(markdown, *, page, config, files, **kwargs):
    problems.add(_check_once(page.file.content_string, f"docs/{page.file.src_uri}"))
