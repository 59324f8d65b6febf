"""Holds the options of the decision aid to equal detail, and draws the short table of all of them.

The options stand under the heading { #options } of one page of kind decision: a heading of level 3 each, and under it
one table with every question of QUESTIONS, in that order. The short table, where <!-- hooks/decision.py --> stands,
takes the first sentence of four answers. Standard: IPDAS minimum criteria (Joseph-Williams and others 2014).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from guidekit import problems
from guidekit.markdown_text import headings, masked_body, relative, split_front_matter
from guidekit.problems import Problem, nearest

MARKER = "<!-- hooks/decision.py -->"
QUESTIONS = (
    "What it is",
    "How it is thought to work",
    "What you do",
    "How many get better",
    "How soon",
    "How long it lasts",
    "Common unwanted effects",
    "How many stop because of it",
    "Serious or lasting harm",
    "Living with it: body",
    "Living with it: mind",
    "Living with it: other people, work, money",
    "Who should not, or must take care",
    "Access and cost",
    "How sure we are",
    "What is not known",
)
SHORT = ("How many get better", "Common unwanted effects", "Serious or lasting harm", "How sure we are")
NO_FIGURE = "We found no reliable figure."
FEWEST, MOST = 10, 75  # words of an answer: about the same room for each


@dataclass
class Option:
    """name, id and line of its heading; answers: question -> (the Markdown of the answer, its line), in order."""

    name: str
    id: str
    line: int
    answers: dict[str, tuple[str, int]] = field(default_factory=dict)


def options(source: str) -> list[Option]:
    """The options in the source of a page of kind decision, in order; none where no heading has the id `options`."""
    if not re.search(r"^kind:[ ]*decision[ ]*$", split_front_matter(source)[0] or "", re.M):
        return []
    masked = masked_body(source)
    found: list[Option] = []
    inside = False
    lines = masked.split("\n")
    marks = {heading.line: heading for heading in headings(masked)}
    for number, line in enumerate(lines, 1):
        heading = marks.get(number)
        if heading and heading.level <= 2:
            inside = heading.id == "options"
        elif heading and heading.level == 3 and inside:
            found.append(Option(heading.text, heading.id, number))
        elif inside and found and (row := re.match(r"\|(?P<question>[^|]+)\|(?P<answer>[^|]*)\|[ ]*$", line)):
            question = row["question"].strip()
            if question != "Question" and not re.fullmatch(r":?-+:?", question):
                found[-1].answers.setdefault(question, (row["answer"].strip(), number))
    return found


def check(found: list[Option], path: str) -> list[Problem]:
    """Problems of the options: questions missing, unknown or out of order, answers without a source or too long."""
    told = []
    for option in found:
        for question, (answer, line) in option.answers.items():
            name = f"{option.name}, '{question}'"
            if question not in QUESTIONS:
                close = nearest(question, QUESTIONS)
                mend = f"write '{close}'" if close else f"use these, in order: {', '.join(QUESTIONS)}"
                told.append(Problem(path, line, f"{name} is none of the questions of every option", mend))
                continue
            words = len(re.sub(r"\[\^[^\]]+\]", "", answer).split())
            if "[^" not in answer and not answer.startswith(NO_FIGURE):
                mend = f"put one behind its first fact, or write '{NO_FIGURE}'"
                told.append(Problem(path, line, f"{name} names no source", mend))
            elif not answer.startswith(NO_FIGURE) and not FEWEST <= words <= MOST:
                told.append(
                    Problem(path, line, f"{name} has {words} words", f"write {FEWEST} to {MOST}, as for the others")
                )
        missing = [question for question in QUESTIONS if question not in option.answers]
        if missing:
            what = f"{option.name} does not answer '{missing[0]}'"
            mend = f"add a row for it; where nothing is known, the answer is '{NO_FIGURE}'"
            told.append(Problem(path, option.line, what, mend))
        elif [question for question in option.answers if question in QUESTIONS] != list(QUESTIONS):
            what = f"{option.name} answers the questions in another order"
            told.append(Problem(path, option.line, what, f"follow this order: {', '.join(QUESTIONS)}"))
    return told


def without_options(source: str, path: str) -> list[Problem]:
    """The problem of a page that shows the short table while no page has options."""
    if MARKER not in source:
        return []
    mend = "give them the heading ## ... { #options } on a page of kind decision"
    line = source.count("\n", 0, source.find(MARKER)) + 1
    return [Problem(path, line, "no page has options for this table", mend)]


def short_table(found: list[Option], page: str, here: str) -> str:
    """The Markdown of the short table; empty without options.

    page: where the options stand; here: where the table stands; both from docs/.
    """
    if not found:
        return ""
    link = relative(page, here)
    lines = [f"| Option | {' | '.join(SHORT)} |", f"|{' --- |' * (len(SHORT) + 1)}"]
    for option in found:
        cells = [first_sentence(option.answers.get(question, ("", 0))[0]) for question in SHORT]
        lines.append(f"| [{option.name}]({link}#{option.id}) | {' | '.join(cells)} |")
    return "\n".join(lines)


def first_sentence(text: str) -> str:
    """The first sentence of a text with the footnote marks behind it."""
    match = re.match(r".+?[.?](?:\[\^[^\]]+\])*(?=\s+[A-Z\"]|$)", text)
    return match[0] if match else text


_page = ""
_options: list[Option] = []


def on_files(files, *, config, **kwargs):
    global _page
    _page, _options[:] = "", []
    for file in files.documentation_pages():
        if found := options(file.content_string):
            _page, _options[:] = file.src_uri, found
            problems.add(check(found, f"docs/{file.src_uri}"))


def on_page_markdown(markdown, *, page, config, files, **kwargs):
    if not _options:
        problems.add(without_options(page.file.content_string, f"docs/{page.file.src_uri}"))
    if MARKER in markdown:
        return markdown.replace(MARKER, short_table(_options, _page, page.file.src_uri))
