import prose
import pytest
from golden_cases import cases, told

from guidekit import house_words

PAGE = """---
title: Side effects
description: What people feel during and after an infusion, and how often.
kind: {kind}
reviewed: 2026-11-22
review_every: 12 months
clinical_review: none
---
{line}
"""


def lines_told(kind, line):
    problems, notes = prose.check(PAGE.format(kind=kind, line=line), "docs/page.md", kind)
    shown = sorted(problems) + sorted(notes)
    return [str(p) for p in shown if " needs " not in p.what and "reading grade" not in p.what]


@pytest.mark.parametrize("case", cases("prose"))
def test_golden_rules(case):
    assert len(case["good"]) >= 10 and len(case["bad"]) >= 10
    for line in case["good"]:
        assert lines_told(case["kind"], line) == [], (case["why"], line)
    for bad in case["bad"]:
        assert bad["told"], bad["line"]
        assert lines_told(case["kind"], bad["line"]) == bad["told"], case["why"]
        _, notes = prose.check(PAGE.format(kind=case["kind"], line=bad["line"]), "docs/page.md", case["kind"])
        assert (bad["told"][-1] in told(notes)) == case.get("note", False)


@pytest.mark.parametrize("case", cases("prose_pages"))
def test_golden_pages(case):
    problems, notes = prose.check(case["in"], "docs/page.md", case["kind"])
    assert told(problems) == case["problems"], case["why"]
    assert told(notes) == case["notes"], case["why"]


def test_quoted_words_pass_on_evidence_pages_and_in_warning_boxes():
    line = 'Beware of "breakthrough" and "safe and effective".'
    assert lines_told("evidence", line) == []
    assert lines_told("explainer", line) != []
    assert lines_told("explainer", f'!!! warning "Signs of selling"\n\n    {line}') == []


def test_every_exception_says_why():
    assert all(len(why) > 5 for why in house_words.EXCEPTIONS.values())
