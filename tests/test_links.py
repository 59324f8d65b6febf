import links
import pytest
from golden_cases import cases, told

from guidekit.problems import Problem

HEAD = """---
title: Side effects
description: What people feel during and after an infusion, and how often.
kind: safety
reviewed: 2026-11-22
review_every: 12 months
clinical_review: none
---
"""
FILES = {
    "docs/page.md": f"""{HEAD}See [how](other.md#how-lng) and [here](#nope).
A [gone](gone.md) page, [no](othr.md), [abs](/other/), [dir](../other/), [web](www.example.org).
In `[code](gone.md)` it counts not.

## How {{ #how }}
""",
    "docs/other.md": f"{HEAD}## How long {{ #how-long }}\n\n## Who {{ #who }}\n",
    "mkdocs.yml": "nav:\n  - Home: index.md\n  - Old: old.md\n  - Draft: draft.md\n",
}
PAGES = ["index.md", "page.md", "other.md", "safety/side-effects.md"]


def test_a_link_in_text_that_the_build_made_of_a_data_file():
    message = "Doc file 'page.md' contains a link 'sleep.md', but the target is not found among documentation files."
    data = {"data/changes/2026-11-28-a.md": "Added: x\n[a page](sleep.md)", "data/b.yml": "a: b"}
    (problem,) = links.explain(message, FILES.__getitem__, PAGES, data)
    assert (problem.path, problem.line) == ("data/changes/2026-11-28-a.md", 2)


def test_what_was_told_of_a_data_file_is_not_told_again():
    what = "docs/other.md has no heading with the id 'drip'"
    link = Problem("docs/page.md", 1, f"this links to 'other.md#drip', but {what}", "m")
    written = Problem("docs/page.md", 9, f"this links to 'other.md#drip', but {what}", "m")
    told = [Problem("data/claims.yml", 9, f"a: {what}", "m")]
    assert links.untold([link, written], told) == [written]
    assert links.untold([link], []) == [link]


@pytest.mark.parametrize("case", cases("links"))
def test_golden_messages_of_mkdocs(case):
    problems = links.explain(case["message"], FILES.__getitem__, PAGES)
    assert (problems if problems is None else told(problems)) == case["problems"], case["why"]


# The wordings above are MkDocs' own: a real build must still use them.
PAGE = """Text [a](gone.md), [b](#nope), [c](other.md#nope), [d](/other/), [e](../other/), [f](hidden.md).

## Here { #here }
"""
TOLD = [
    "docs/orphan.md:1: no entry of the nav leads to this page. To mend: add the page to 'nav:' in mkdocs.yml, or delete the file.",
    "docs/page.md:9: this links to '#nope', but this page has no heading with the id 'nope'. To mend: use one of these ids: here.",
    "docs/page.md:9: this links to '../other/', which is not a page or file in docs/. To mend: write 'other.md'.",
    "docs/page.md:9: this links to '/other/', which works only where the site stands at the root of its host. To mend: write 'other.md'.",
    "docs/page.md:9: this links to 'gone.md', which is not a page or file in docs/. To mend: write the path from this file to the other, as in ../safety/side-effects.md.",
    "docs/page.md:9: this links to 'other.md#nope', but docs/other.md has no heading with the id 'nope'. To mend: use one of these ids: there are none.",
    "docs/page.md:9: this links to hidden.md, which is excluded from the site. To mend: link to a page that readers can open.",
    "mkdocs.yml:12: the nav names 'old.md', which does not exist in docs/. To mend: correct the path, or remove the line.",
]


def test_a_real_build_tells_each_once_and_nothing_twice(tiny):
    pages = {"index.md": "Text.", "page.md": PAGE, "other.md": "Text.", "orphan.md": "Text.", "hidden.md": "Text."}
    built = tiny(pages, nav=["index.md", "page.md", "other.md", "old.md"], settings="exclude_docs: hidden.md\n")
    assert not built.ok
    assert built.problems == TOLD
    assert not [line for line in built.lines if "Doc file" in line or "'nav' configuration" in line]
