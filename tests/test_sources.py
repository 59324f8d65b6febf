import re

import pytest
import sources
import yaml
from golden_cases import cases, told
from markdown import markdown
from sites import ROOT

from guidekit import csl, library
from guidekit.data import load_yaml
from guidekit.markdown_text import footnotes
from guidekit.schema import load_schemas

SCHEMAS = load_schemas(ROOT / "data/schema")


@pytest.mark.parametrize("case", cases("sources"))
def test_golden(case):
    found = library.load(load_yaml(case["file"], library.FILE), SCHEMAS)
    problems = list(found.problems)
    if "in" in case:
        used, defined = footnotes(case["in"])
        problems += sources.check(case["in"], "docs/page.md", found.items) + sources.unused(found, set(used))
        keys = [key for key in used if key not in defined]
        assert sources.append(case["in"], keys, found.items) == case["out"], case["why"]
    assert told(problems) == case["problems"], case["why"]


def test_references_render_as_text_with_safe_links():
    [right] = [case.values[0] for case in cases("sources") if case.id == "organization-webpage"]
    html = markdown(right["out"], extensions=["footnotes", "attr_list"])
    assert "FDA warns of *compounded* ketamine &lt;b&gt; &amp; _others_ [1]." in html
    assert '<a href="https://www.example.org/alerts/1411-0.html">example.org/alerts/1411-0.html</a>' in html


def test_a_doi_with_parentheses_stays_one_link():
    [right] = [case.values[0] for case in cases("sources") if case.id == "right"]
    html = markdown(right["out"], extensions=["footnotes", "attr_list"])
    assert '<a href="https://doi.org/10.1016/S0006-3223(99)00230-9">doi:10.1016/S0006-3223(99)00230-9</a>' in html


def test_marks_have_a_name():
    html = markdown("One.[^a] Two.[^b] Three.[^a]\n\n[^a]: Its text.\n[^b]: Its text.", extensions=["footnotes"])
    page = sources.name_marks(html)
    assert page.count('<a class="footnote-ref" aria-label="Source 1" href="#fn:1">1</a>') == 2
    assert page.count('<sup id="fnref:1">') == 1 and page.count('<sup id="fnref:2">') == 1 and "<sup><a" in page
    # One way back from each source, in words, to where it is first cited.
    assert page.count('<a class="back" href="#fnref:1">Back to the text</a>') == 1
    assert page.count("Back to the text") == 2 and "backref" not in page and "fnref2" not in page


def test_every_source_prints():
    items = yaml.safe_load((ROOT / library.FILE).read_text(encoding="utf-8"))["references"]
    for item in items:
        reference = csl.reference(item)
        assert item["title"].rstrip(".?")[:20].casefold() in reference.casefold()
        assert ".." not in reference and "None" not in reference and "?." not in reference
        assert not re.search(r"\d{4}[A-Z][a-z]{2}|[A-Z][a-z]{2}\d{1,2};", reference)
        assert csl.addresses(item)
