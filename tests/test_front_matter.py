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
