"""Begins a page: `make new KIND=condition TITLE="Ketamine for tinnitus"`.

Writes the file with its head and the sections that its kind must have, and enters it in the menu. What is left to the
editor stands in comments, `<!-- write: ... -->` and `# write: ...`, which the checks tell one by one
(hooks/page_checks.py): a page that nobody has finished, or compared with its sources, is never published.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import page_checks
import yaml
from markdown.extensions.toc import slugify

from guidekit import clock
from guidekit.data import load_yaml
from guidekit.markdown_text import split_front_matter
from guidekit.problems import Problem, nearest
from guidekit.schema import Schemas, check, load_schemas

ANSWER = ("", "two sentences that answer the title, with the sources of their facts, as in [^murrough2013-ajp]")
POINTS = ('!!! key-points "Key points"', "3 to 5 points, each a whole fact with its source")
UNKNOWN = ("## What we do not know { #not-known }", "what no study has shown yet, one point a line")
ASK = ('!!! ask "Questions to ask the clinic"', "3 to 5 questions in the reader's words")
NEXT = ("## What you can do next { #next }", "what the reader can do now: a question to ask, a sheet, a page to read")


@dataclass(frozen=True)
class Kind:
    """folder: below docs/; due: `review_every`; parts: (heading or box, what belongs there) in order.

    helps: whether the help box stands under the title, as where a page speaks of suicide.
    """

    folder: str
    due: str
    parts: tuple[tuple[str, str], ...]
    helps: bool = False


# The sections that hooks/prose.py asks for, and those that the pages of a kind have in common.
KINDS = {
    "condition": Kind(
        "conditions",
        "12 months",
        (
            ANSWER,
            POINTS,
            (
                '!!! evidence "How sure we are"',
                "complete the title, as in: How sure we are: low (our judgment); then how many people, the largest "
                "trial, and why not surer",
            ),
            (
                "## Benefits in numbers { #benefits }",
                "a table: what was counted, with ketamine, comparison group, when, people, how sure",
            ),
            ("## Harms { #harms }", "a table of the same form, in the same detail as the benefits"),
            ("## Who was studied { #who }", "which people took part, and who was left out"),
            ("## How long it lasts { #how-long }", "the longest time with a comparison group, and what came after"),
            ("## Other treatments to ask about { #other-treatments }", "the usual treatments, in numbers too"),
            UNKNOWN,
            ASK,
            NEXT,
        ),
        helps=True,
    ),
    "treatment": Kind(
        "treatment",
        "3 months",
        (
            ANSWER,
            POINTS,
            ("## Step by step { #steps }", "the steps in order, each with its time"),
            (
                "## What you do, and what staff do { #who-does-what }",
                "a table: when, what you do, what staff do",
            ),
            UNKNOWN,
            ASK,
            NEXT,
        ),
        helps=True,
    ),
    "safety": Kind(
        "safety",
        "12 months",
        (
            ANSWER,
            POINTS,
            ("## What can happen { #effects }", "a table: what, how often, how long, what to do"),
            ("## Over years { #long-term }", "what long use has shown, and in whom"),
            ("## Who should not have it { #who-should-not }", "who must not, who must take care, and why"),
            UNKNOWN,
            NEXT,
        ),
        helps=True,
    ),
    "explainer": Kind(
        "basics",
        "12 months",
        (
            ANSWER,
            POINTS,
            ("## What is shown in people { #in-people }", "what was seen in people, with its source"),
            ("## What is shown only in animals or theory { #in-theory }", "what is an idea so far, and whose"),
            UNKNOWN,
            NEXT,
        ),
    ),
    "access": Kind(
        "access",
        "3 months",
        (
            ANSWER,
            POINTS,
            (
                "## Country by country { #by-country }",
                "United States, United Kingdom, European Union, Canada, Australia; each figure with its year",
            ),
            ("## What it means for you { #for-you }", "what follows for the reader"),
            UNKNOWN,
            ASK,
            NEXT,
        ),
    ),
    "decision": Kind(
        "decide",
        "3 months",
        (
            ANSWER,
            POINTS,
            ("## The decision { #decision }", "who has to decide what, and by when"),
            ("## The choices { #choices }", "every option, with benefits and harms in the same detail"),
            ("## What matters to you { #values }", "questions by which the reader finds out"),
            UNKNOWN,
            ('!!! ask "Questions to ask your doctor"', "3 to 5 questions in the reader's words"),
            NEXT,
        ),
        helps=True,
    ),
    "sheet": Kind(
        "decide",
        "12 months",
        (
            ("", "two sentences: what the sheet is for, and who fills it in"),
            ("## How to fill it in { #how }", "how, and how often"),
            ("## The sheet { #sheet }", "boxes to tick (- [ ] words) and lines to write on (____)"),
            NEXT,
        ),
        helps=True,
    ),
    "evidence": Kind(
        "evidence",
        "6 months",
        (
            ANSWER,
            POINTS,
            ("## How this was judged { #how-judged }", "which sources, how found, who judged"),
            ("## The results { #results }", "a table or a picture, with how sure anyone is"),
            ("## Limits, and what we do not know { #limits }", "what the sources cannot show"),
            NEXT,
        ),
    ),
    "faq": Kind(
        "faq",
        "3 months",
        (
            ("", "two sentences that answer the title for this worry as a whole"),
            (
                "",
                "the questions, each a heading such as '## How long does it last? { #how-long-does-it-last }' with an "
                "answer of at most 120 words, a source, and 'Read more:' with a link",
            ),
            NEXT,
        ),
    ),
    "about": Kind("about", "12 months", (("", "two sentences that answer the title"), POINTS, NEXT)),
}
# Kinds of which there is one page, and what to do instead of writing another.
ONLY_ONE = {
    "home": "change docs/index.md",
    "help": "add a service to data/crisis-lines.yml",
    "brief": "change docs/five-minutes.md",
    "doctors": "change docs/for-doctors.md",
    "glossary": "add the term to docs/glossary.md",
    "index": "the build writes that list; a word that readers look for goes to data/search.yml",
}
HEAD = """---
{title}
description: One sentence for search results, which says what this page answers. # write: 40 to 160 characters
kind: {kind}
reviewed: {day} # write: the day on which somebody compared the finished page with its sources
review_every: {due}
clinical_review: none
{helps}aliases: [] # write: other words that readers search for, in the brackets, with commas between
---
"""
# As hooks/page_checks.py tells what is left.
PART_LEFT = "this part is still to be written "
KEY_LEFT = re.compile(r"the front-matter key '([\w-]+)' is still to be set \((.*)\)")
NAV_ENTRY = r"^(?P<indent>[ ]+)- [^\n]*?:[ ]+{folder}/[\w-]+\.md[ ]*(?:#[^\n]*)?\n"


def slug(title: str) -> str:
    """The file name of a page without its ending: the title in small letters with hyphens, without accents."""
    return slugify(title, "-").replace("_", "-").strip("-")


def page(kind: str, title: str, day: str) -> str:
    """The source of a new page. day: of today, ISO 8601; it stands as `reviewed` until a person sets it."""
    known = KINDS[kind]
    helps = "help_box: true # write: delete this line where the page does not speak of suicide\n"
    head = HEAD.format(
        title=_yaml({"title": title}),
        kind=kind,
        day=day,
        due=known.due,
        helps=helps if known.helps else "",
    )
    parts = []
    for heading, hint in known.parts:
        comment = f"<!-- write: {hint} -->"
        parts.append(f"{heading}\n\n{'    ' if heading.startswith('!!!') else ''}{comment}" if heading else comment)
    return head + "\n\n".join(parts) + "\n"


def in_nav(config: str, folder: str, title: str, path: str) -> str | None:
    """The text of mkdocs.yml with an entry for the page behind the last one of its folder; all else stays.

    path: of the page from docs/. None where the menu has no page of the folder.
    """
    start = re.search(r"^nav:", config, re.M)
    if not start:
        return None
    end = re.search(r"^\w", config[start.end() :], re.M)
    until = start.end() + end.start() if end else len(config)
    entries = list(re.finditer(NAV_ENTRY.format(folder=folder), config[start.end() : until], re.M))
    if not entries:
        return None
    at = start.end() + entries[-1].end()
    return f"{config[:at]}{entries[-1]['indent']}- {_yaml({title: path})}\n{config[at:]}"


def refused(kind: str, title: str, titles: Mapping[str, str], files: Iterable[str], schemas: Schemas) -> str:
    """Why there can be no such page, as one or two plain sentences; "" where there can.

    titles: of the pages there are -> their file; files: the pages there are, from docs/; schemas: of pages, by kind.
    """
    kinds = ", ".join(KINDS)
    if not kind or not title:
        return f'Say which page: make new KIND=condition TITLE="Ketamine for tinnitus". KIND is one of {kinds}.'
    if kind in ONLY_ONE:
        return f"There is one page of kind {kind}. To mend: {ONLY_ONE[kind]}."
    if kind not in KINDS:
        close = nearest(kind, KINDS)
        return f"'{kind}' is no kind of page. To mend: write {f'KIND={close}' if close else f'one of {kinds}'}."
    head = split_front_matter(page(kind, title, clock.today().isoformat()))[0] or ""
    loaded = load_yaml(head, "TITLE")
    wrong = loaded.problems or check(loaded.value, loaded, "TITLE", schemas, kind)
    if wrong or not slug(title):
        about = schemas["common"]["properties"]["title"]["description"]
        return f"The title '{title}' cannot be used. To mend: write {about}, with Latin letters."
    same = {known.casefold(): file for known, file in titles.items()}.get(title.casefold())
    if same:
        return f"The title '{title}' is that of {same} already. To mend: give this one another."
    name = f"{KINDS[kind].folder}/{slug(title)}.md"
    if name in files or slug(title) in ("index", "readme"):
        there = f"docs/{name} is there already" if name in files else f"docs/{name} would stand for its whole folder"
        return f"{there}. To mend: give the page another title."
    return ""


def _yaml(value: dict[str, str]) -> str:
    return yaml.safe_dump(value, allow_unicode=True, width=10_000).strip()


def _titles(root: Path) -> dict[str, str]:
    found = {}
    for path in sorted((root / "docs").rglob("*.md")):
        head, _ = split_front_matter(path.read_text(encoding="utf-8", errors="replace"))
        meta = load_yaml(head or "", path.name).value
        if isinstance(meta, dict):
            found[str(meta.get("title", ""))] = path.relative_to(root).as_posix()
    return found


def next_steps(file: str, left: list[Problem]) -> str:
    """What the editor is told. left: what is still to be written, as the checks tell it."""
    shown = ((p.line, KEY_LEFT.sub(r"`\1:` \2", p.what).removeprefix(PART_LEFT).strip("()")) for p in left)
    lines = [f"  line {line}: {hint}" for line, hint in shown]
    return "\n".join(
        [
            f"{file} is begun, and the menu in mkdocs.yml leads to it.",
            "Still to write, each in place of the comment that stands there:",
            *lines,
            "",
            f"1. Open {file} and write. A source is cited as [^its-id]; `make cite` adds one.",
            "2. `make serve` shows the page as you write.",
            "3. `make check` tells what is missing. Until nothing is, the site is not built.",
            "4. A menu entry may be shorter than the title: it stands in mkdocs.yml, under 'nav:'.",
        ]
    )


def main(settings: Mapping[str, str], root: Path = Path()) -> int:
    """Begin the page that KIND and TITLE in `settings` ask for; returns 1 and says why where there can be none."""
    kind, title = settings.get("KIND", "").strip(), " ".join(settings.get("TITLE", "").split())
    schemas = load_schemas(root / "data/schema/pages")
    files = {path.relative_to(root / "docs").as_posix() for path in (root / "docs").rglob("*.md")}
    if why := refused(kind, title, _titles(root), files, schemas):
        print(why)
        return 1
    folder, name = KINDS[kind].folder, f"{KINDS[kind].folder}/{slug(title)}.md"
    config = root / "mkdocs.yml"
    menu = in_nav(config.read_text(encoding="utf-8"), folder, title, name)
    if menu is None:
        print(f"The menu in mkdocs.yml names no page of docs/{folder}/. To mend: add one under 'nav:', then try again.")
        return 1
    text = page(kind, title, clock.today().isoformat())
    (root / "docs" / name).write_text(text, encoding="utf-8", newline="\n")
    config.write_text(menu, encoding="utf-8", newline="\n")
    print(next_steps(f"docs/{name}", sorted(page_checks.check(text, f"docs/{name}"))))
    return 0


if __name__ == "__main__":
    sys.exit(main(os.environ))
