import faq
import pytest
from golden_cases import told
from sites import ROOT

GOOD = """---
title: Is it safe?
kind: faq
---
Short answers.

## Can it harm my bladder? { #bladder }

Heavy use can.[^winstock2012]

Read more: [Side effects](../safety/side-effects.md#bladder).

## What you can do next { #next }

- Ask.
"""
OTHER = """---
title: Does it work?
kind: faq
---
## How soon does it work? { #how-soon }

Within a day, for some.[^han2016]

Read more: [Depression](../conditions/treatment-resistant-depression.md).
"""


def problems(text, other=OTHER):
    return told(faq.check([*faq.questions(text, "faq/safe.md"), *faq.questions(other, "faq/works.md")]))


def test_right():
    assert problems(GOOD) == []


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        (
            "my bladder?",
            "my bladder",
            "docs/faq/safe.md:7: 'Can it harm my bladder' is a heading of level 2 and no question. To mend: end it with a question mark, or use level 3.",
        ),
        (
            " { #bladder }",
            "",
            "docs/faq/safe.md:7: the question 'Can it harm my bladder?' has no permanent id. To mend: write ## Can it harm my bladder? { #can-it-harm-my-bladder }.",
        ),
        (
            "Heavy use can.",
            "Heavy use can. " * 41,
            "docs/faq/safe.md:7: the answer to 'Can it harm my bladder?' has 127 words. To mend: shorten it to 120, or move the rest to the page that it leads to.",
        ),
        (
            "[^winstock2012]",
            "",
            "docs/faq/safe.md:7: the answer to 'Can it harm my bladder?' names no source. To mend: put one behind its first fact, as in [^murrough2013-ajp].",
        ),
        (
            "../safety/side-effects.md#bladder",
            "the-day.md",
            "docs/faq/safe.md:7: the answer to 'Can it harm my bladder?' leads to no fuller page. To mend: end it with a line such as Read more: [Side effects](../safety/side-effects.md).",
        ),
        (
            "#bladder }",
            "#how-soon }",
            "docs/faq/works.md:5: the id 'how-soon' is also that of docs/faq/safe.md:7. To mend: give the question an id that no other page of questions has.",
        ),
        (
            "Can it harm my bladder?",
            "How soon does it work then?",
            "docs/faq/works.md:5: 'How soon does it work?' asks nearly the same as docs/faq/safe.md:7. To mend: keep one of the two, or say in the heading how they differ.",
        ),
        (
            "Heavy use can.[^winstock2012]\n\nRead more: [Side effects](../safety/side-effects.md#bladder).\n",
            "",
            "docs/faq/safe.md:7: the question 'Can it harm my bladder?' has no answer. To mend: write one, or delete the question.",
        ),
    ],
)
def test_wrong(old, new, line):
    assert old in GOOD
    assert problems(GOOD.replace(old, new, 1)) == [line]


def test_code_and_comments_are_not_words():
    assert problems(GOOD.replace("Heavy use can.", f"Heavy use can.<!-- {'word ' * 200}-->")) == []


def test_index_repeats_the_ids_in_the_order_of_the_nav():
    found = [*faq.questions(OTHER, "faq/works.md"), *faq.questions(GOOD, "faq/safe.md")]
    assert faq.index({"faq/works.md": "Does it work?", "faq/safe.md": "Is it safe?"}, found, "faq/index.md") == (
        "## [Does it work?](works.md) { #page-works }\n\n"
        "- [How soon does it work?](works.md#how-soon){ #how-soon }\n\n"
        "## [Is it safe?](safe.md) { #page-safe }\n\n"
        "- [Can it harm my bladder?](safe.md#bladder){ #bladder }\n"
    )


def test_what_it_means_stands_before_the_first_question():
    text = faq.with_it("# Title\n\nShort.\n\n## One? { #one }\n\nYes.\n\n## Two? { #two }\n\nNo.\n")
    assert text.startswith(f"# Title\n\nShort.\n\n{faq.IT}\n\n## One? {{ #one }}") and text.count(faq.IT) == 1


def test_pages_of_questions_are_known_by_their_kind():
    assert faq.is_faq(GOOD) and not faq.is_faq(GOOD.replace("kind: faq", "kind: about"))
    assert faq.title_of(GOOD, "x.md") == "Is it safe?" and faq.title_of("No front matter.", "x.md") == "x.md"


def test_the_site_answers_what_people_ask():
    pages = sorted((ROOT / "docs/faq").glob("*.md"))
    found = [question for page in pages for question in faq.questions(page.read_text(encoding="utf-8"), page.name)]
    assert len(found) >= 60


def test_a_page_of_questions_without_one():
    assert faq.questions("---\nkind: faq\n---\nText only.\n", "faq/a.md") == []
