import datetime

import front_matter
import pytest
from golden_cases import cases, told
from sites import ROOT

from guidekit.schema import load_schemas

SCHEMAS = load_schemas(ROOT / "data/schema/pages")


@pytest.mark.parametrize("case", cases("front_matter"))
def test_golden(case):
    _, problems = front_matter.check(case["in"], "docs/page.md", SCHEMAS, datetime.date(2026, 11, 23))
    assert told(problems) == case["problems"], case["why"]


def test_every_kind_accepts_its_own_page():
    text = (
        "---\ntitle: A title\ndescription: A sentence that is long enough for a result page.\nkind: {}\n"
        "reviewed: 2026-11-22\nreview_every: 3 months\nclinical_review: none\n---\n"
    )
    for kind in SCHEMAS.keys() - {"common", "index"}:
        meta, problems = front_matter.check(text.format(kind), "docs/page.md", SCHEMAS, datetime.date(2026, 11, 23))
        assert not problems
        assert meta["kind"] == kind


def test_same_titles_are_told_on_the_second_page():
    titles = {"docs/b.md": ("Side Effects", 2), "docs/a.md": ("Side effects", 3), "docs/c.md": ("Other", 2)}
    assert told(front_matter.same_titles(titles)) == [
        "docs/b.md:2: the title 'Side Effects' is also the title of docs/a.md. To mend: give each page a title of its own."
    ]


def test_title_becomes_the_one_h1():
    assert front_matter.with_title("Text.", "A title") == "# A title { #top }\n\nText."


@pytest.mark.parametrize(
    ("lines", "shown"),
    [
        ("title: Right", {"title": "Right", "kind": "about"}),
        ('title: "<script>alert(1)</script>"', {"title": "page", "kind": "about"}),
        ("title: [a]", {"title": "page", "kind": "about"}),
        ("title: Right\ntemplate: 404.html\nsearch: [a]", {"title": "Right", "kind": "about"}),
        ("title: Right\nkind: a b", {"title": "page"}),
    ],
)
def test_templates_see_nothing_that_is_not_right(lines, shown):
    kind = "" if "kind:" in lines else "\nkind: about"
    meta, problems = front_matter.check(
        f"---\n{lines}{kind}\n---\n", "docs/page.md", SCHEMAS, datetime.date(2026, 11, 23)
    )
    expected = shown if "kind" in shown else {"title": "Right"}
    assert problems and front_matter.shown(meta, problems, "page", SCHEMAS) == expected


def test_a_broken_front_matter_does_not_break_the_build(tiny):
    head = "---\ntitle: {}\ndescription: A page that exists only while this test runs.\nkind: about\n{}\n---\nText."
    built = tiny(
        {
            "a.md": head.format("'</title><script>alert(1)</script>'", "search: [a]"),
            "b.md": head.format("[a]", "template: ../x.html"),
            "c.md": head.format("Third page", "reviewed: [a]\nreview_every: 9999999 months"),
        }
    )
    assert "<script>alert" not in built.page("a") and "Text." in built.page("b") and "Third page" in built.page("c")
    assert all("To mend:" in line for line in built.problems)
