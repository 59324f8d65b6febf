"""Reads the words of each page: selling and unsafe words, figures without a source, missing sections, hard reading.

What would mislead a reader is a problem and blocks; style is a note and never does. Words in quotation marks pass on
pages of kind evidence and in boxes of warning signs; the words themselves stand in guidekit/house_words.py.
"""

from __future__ import annotations

import re
from functools import lru_cache

from guidekit import problems
from guidekit.house_words import british, wrong
from guidekit.markdown_text import ALL_PAGES, fences, headings, line_of, masked_body, split_front_matter
from guidekit.problems import Problem
from guidekit.prose_text import grade, lines, plain, sentences

SMALL = "(?:one|two|three|four|five|six|seven|eight|nine)"
FIGURE = re.compile(
    r"\d+(?:\.\d+)? ?(?:%|percent\b)|\b\d[\d,]* (?:in|of|out of) (?:every |about )?\d[\d,]*\b"
    r"|\b(?:half|thirds?|quarters?) of\b"
    r"|\btimes as\b|[$£€]\s?\d|\b\d[\d.,]* ?(?:dollars|pounds|euros|USD|GBP|mg|mmHg)\b"
    rf"|\b{SMALL} (?:in|out of) (?:every )?(?:{SMALL}|ten|twenty|a hundred|\d+)\b",
    re.I,
)
# A figure that only explains how figures are written, or counts what stands on the page itself.
NO_SOURCE_NEEDED = re.compile(r"^(?:Example|That makes)\b")

DENIAL = re.compile(
    r"\b(?:not|no|nobody|never|only|figures? of speech|words?|says?|said|claims?|calls?|may read|may hear)\b", re.I
)

KEY_POINTS = ("key points", r"^!!! key-points\b", 'add a box: !!! key-points "Key points" and 3 to 5 facts')
UNKNOWN = (
    "what is not known",
    r"^(?:##+ |!!! unknown \").*(?:not know|not known|unknown|nobody knows)",
    "add a section: ## What we do not know { #not-known }",
)
NEXT = ("something to do", r"^## .*\{ #next \}", "add a last section: ## What you can do next { #next }")
ASK = ("what to ask", r'^!!! ask "', 'add a box: !!! ask "Questions to ask the clinic"')
COUNTRIES = ("what holds in each country", r"\{ #by-country \}", "add a section with the id #by-country")
SECTIONS = {
    "explainer": [UNKNOWN, NEXT],
    "condition": [
        KEY_POINTS,
        ("how sure we are", r"^!!! evidence\b", 'add a box: !!! evidence "How sure we are: low (our judgment)"'),
        ("benefit in numbers", r"\{ #benefits \}", "add a section with the id #benefits"),
        ("harms", r"\{ #harms \}", "add a section with the id #harms"),
        UNKNOWN,
        NEXT,
    ],
    "treatment": [KEY_POINTS, UNKNOWN, ASK, NEXT],
    "safety": [KEY_POINTS, UNKNOWN, NEXT],
    "access": [KEY_POINTS, COUNTRIES, UNKNOWN, ASK, NEXT],
    "doctors": [UNKNOWN, NEXT],
    "brief": [UNKNOWN, NEXT],
    "evidence": [NEXT],
    "decision": [UNKNOWN, NEXT],
    "sheet": [NEXT],
}
MOST_WORDS = 25
# (kind or "" for reader pages): note over, problem over.
GRADES = {"": (8.0, 10.0), "evidence": (11.0, 11.0), "doctors": (11.0, 11.0)}


def check(source: str, path: str, kind: str) -> tuple[list[Problem], list[Problem]]:
    """(problems, notes) of a page's source. path: from the repository root; kind: as in its front matter."""
    found, notes = [], []
    masked = masked_body(source).split("\n")
    box = ""
    for number, line in enumerate(masked, 1):
        if match := re.match(r"!!! ([\w-]+)", line):
            box = match[1]
        elif line.strip() and not line.startswith("    "):
            box = ""
        # A link's words count, its target and the keys of sources do not.
        text = plain(line)
        quoted_pass = kind == "evidence" or box in ("warning", "ask") or _denies(text)
        shown = re.sub(r"[\"“][^\"”]*[\"”]", " ", text) if quoted_pass else text
        if text.endswith("?") and len(sentences(text)) == 1:  # a question is in the reader's words
            shown = ""
        found += wrong(shown, path, number)
        if not text.startswith("Also:"):  # spellings that readers search for
            notes += british(text, path, number)
        figure = None if "[^" in line or line.startswith(("#", "!!!")) else FIGURE.search(text)
        if figure and not NO_SOURCE_NEEDED.match(text):
            what = f"the figure '{figure[0]}' has no source"
            found.append(Problem(path, number, what, "put its source behind the sentence, as in [^murrough2013-ajp]"))
    for fence in fences(source):
        for number, line in enumerate(fence.text.split("\n"), fence.line + 1):
            found += wrong(line, path, number)
            notes += british(line, path, number)
    found += _sections("\n".join(masked), split_front_matter(source)[1], path, kind)
    for number, text in lines(source):
        for sentence in sentences(text):
            count = len(sentence.split())
            if count > MOST_WORDS and not re.search(r"[\"“]", sentence):
                what = f"a sentence of {count} words: '{' '.join(sentence.split()[:6])} ...'"
                notes.append(Problem(path, number, what, f"make two of it, each of at most {MOST_WORDS} words"))
    note_over, problem_over = GRADES.get(kind, GRADES[""])
    reached = round(grade(source), 1)
    if reached > note_over:
        what = f"the reading grade is {reached} (Flesch-Kincaid, on sentences and list items)"
        mend = f"shorten sentences and write verbs instead of nouns, down to {note_over:g}"
        (found if reached > problem_over else notes).append(Problem(path, 1, what, mend))
    return found, notes


def _denies(text: str) -> bool:
    """Whether a line speaks about a word rather than with it: "reset" is only a figure of speech."""
    return bool(DENIAL.search(text))


def _sections(masked: str, body: str, path: str, kind: str) -> list[Problem]:
    """Sections that the kind must have and the page has not, or has without a word. body: not masked, of one length."""
    last = max((heading.line for heading in headings(masked)), default=1)
    found = []
    for name, pattern, mend in SECTIONS.get(kind, []):
        match = re.search(pattern, masked, re.M | re.I)
        if not match:
            found.append(Problem(path, last, f"a page of kind {kind} needs {name}", mend))
        elif _bare(body, match.start()):
            what = f"a page of kind {kind} needs {name}, and nothing stands there"
            found.append(Problem(path, line_of(masked, match.start()), what, "write it under this line"))
    return found


def _bare(body: str, start: int) -> bool:
    """Whether the section or box with a line at `start` holds nothing: no text, no comment for the build, no part."""
    head, _, rest = body[body.rfind("\n", 0, start) + 1 :].partition("\n")
    following = next((line for line in rest.split("\n") if line.strip()), "")
    if head.startswith("!!!"):
        return not following or following.startswith(("#", "!!!"))  # hooks/page_checks.py tells of text not indented
    level = len(head) - len(head.lstrip("#"))
    deeper = re.match(r"#+", following)
    return not following or bool(deeper and len(deeper[0]) <= level)


_check_once = lru_cache(maxsize=ALL_PAGES)(check)  # while serving, only for the pages that were edited


def on_page_markdown(markdown, *, page, config, files, **kwargs):
    found, notes = _check_once(page.file.content_string, f"docs/{page.file.src_uri}", str(page.meta.get("kind")))
    problems.add(found)
    problems.add_notes(notes)
