from collections import Counter

import glossary
import pytest
from golden_cases import cases, told
from markdown import markdown

from guidekit import terms


@pytest.mark.parametrize("case", cases("glossary"))
def test_golden_marks(case):
    marker = glossary.TermMarker()
    marker.terms, marker.frequency = terms.load(case["glossary"]), Counter(case["frequency"])
    marker.page, marker.active = "safety/page.md", True
    html = markdown(case["in"], extensions=["admonition", "attr_list", "footnotes", "tables", "toc", marker])
    assert html == case["out"], case["why"]


@pytest.mark.parametrize("case", cases("glossary_notes"))
def test_golden_notes(case):
    assert glossary.add_notes(case["in"], terms.load(case["glossary"])) == case["out"], case["why"]


@pytest.mark.parametrize("case", cases("glossary_checks"))
def test_golden_checks(case):
    assert told(terms.check(terms.load(case["in"]), "docs/glossary.md")) == case["problems"], case["why"]


def test_frequencies_count_pages_not_uses():
    found = terms.load("### Nausea { #nausea }\n\nFeeling sick.\n\n### ECT { #ect }\n\nA treatment.\n")
    pages = ["Nausea and nausea.", "ECT, nausea.", "`nausea` only in code."]
    assert terms.frequencies(pages, found) == Counter(nausea=2, ect=1)
