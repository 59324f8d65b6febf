import datetime
import re

import dated
import pytest
from golden_cases import told
from sites import ROOT

from guidekit import clock
from guidekit.data import load_yaml, read_yaml
from guidekit.markdown_text import footnotes
from guidekit.schema import load_schemas

SCHEMAS = load_schemas(ROOT / "data/schema")
FILE = """facts:
- id: prices
  fact: The prices of one clinic
  recheck: '2027-04-30'
  seen: November 2026
  sources: [oxford-pricing, oxford-faq]
- id: telehealth
  fact: A temporary rule allows prescribing by telehealth
  valid_until: '2026-12-31'
  sources: [dea2026-telehealth]
"""
REAL_RULE = "facts:\n" + FILE[FILE.index("- id: telehealth") :]
SOURCES = ["dea2026-telehealth", "oxford-pricing", "oxford-faq"]
CITED = {"access/cost.md": ["oxford-pricing"], "safety/home.md": ["dea2026-telehealth", "short2018"]}


def load(text=FILE):
    return dated.load(load_yaml(text, dated.FILE), SCHEMAS, SOURCES)


def test_right():
    assert load().problems == []


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        (
            "  valid_until: '2026-12-31'\n",
            "",
            "data/dated.yml:7: telehealth: none of the keys valid_until, recheck with seen is given. To mend: give one: valid_until, or recheck with seen.",
        ),
        (
            "  seen: November 2026\n",
            "",
            "data/dated.yml:2: prices: none of the keys valid_until, recheck with seen is given. To mend: give one: valid_until, or recheck with seen.",
        ),
        (
            "'2026-12-31'",
            "'2026-13-31'",
            "data/dated.yml:9: telehealth: the key 'valid_until' is '2026-13-31'. To mend: write the last day on which the fact holds, as in '2026-12-31'.",
        ),
        (
            "oxford-faq]",
            "oxford-fq]",
            "data/dated.yml:2: prices: 'oxford-fq' is not in data/sources.yml. To mend: write 'oxford-faq'.",
        ),
        (
            "id: telehealth",
            "id: prices",
            "data/dated.yml:7: the fact 'prices' is given twice (first in line 2). To mend: keep one of the two.",
        ),
        (
            "facts:",
            "fact:",
            "data/dated.yml:1: this file has no list of facts. To mend: begin it with 'facts:' and a list under it.",
        ),
    ],
)
def test_wrong(old, new, line):
    assert line in told(load(FILE.replace(old, new, 1)).problems)


@pytest.mark.parametrize(("day", "count"), [("2026-12-31", 0), ("2027-01-01", 1), ("2027-04-30", 1), ("2027-05-01", 2)])
def test_a_day_is_past_the_day_after(day, count):
    assert len(dated.past(load(), CITED, datetime.date.fromisoformat(day))) == count


def test_what_is_due_names_the_pages():
    assert told(dated.past(load(), CITED, datetime.date(2027, 1, 1))) == [
        "data/dated.yml:7: telehealth: 'A temporary rule allows prescribing by telehealth' held until December 31, 2026. "
        "To mend: read dea2026-telehealth again, correct docs/safety/home.md, and set a new day."
    ]


def test_a_fact_that_no_page_states_is_told():
    assert told(dated.uncited(load(), {"a.md": ["oxford-faq"]})) == [
        "data/dated.yml:7: telehealth: no page cites dea2026-telehealth. To mend: cite one of them, or delete the entry."
    ]


def test_a_page_tells_its_limits_in_words():
    text = dated.box(load().items, ["dea2026-telehealth", "oxford-faq"])
    assert 'holds until <time datetime="2026-12-31">December 31, 2026</time>' in text
    assert 'seen in November 2026, to be read again by <time datetime="2027-04-30">April 30, 2027</time>' in text
    assert dated.box(load().items, ["short2018"]) == ""


def test_the_mark_stands_behind_the_citation_of_a_fact_that_ends():
    note = '<sup id="fnref:{}"><a class="footnote-ref" href="#fn:{}">1</a></sup>'
    html = "".join(note.format(key, key) for key in ("dea2026-telehealth", "oxford-faq"))
    html += '<sup id="fnref2:dea2026-telehealth"><a href="#fn:dea2026-telehealth">1</a></sup>'
    marked = dated.mark(html, load().items)
    assert marked.count('data-overdue="2026-12-31"') == 2 and marked.count("data-overdue") == 2
    assert "</sup> <strong" in marked


@pytest.mark.parametrize("strict", [False, True])
def test_a_past_day_is_a_note_in_a_build_and_a_problem_in_the_weekly_job(tiny, monkeypatch, strict):
    source = """references:
- id: dea2026-telehealth
  type: webpage
  title: A rule
  URL: https://example.org/rule
  custom: {topic: practice-and-cost, tier: A, supports: [It ends.], read_at: https://example.org/rule, read_on: '2026-11-22'}
"""
    monkeypatch.setattr(clock, "today", lambda: datetime.date(2027, 1, 1))
    monkeypatch.setenv("PAST_DATES", "fail" if strict else "")
    built = tiny({"index.md": "A rule holds for now.[^dea2026-telehealth]"}, sources=source, dated=REAL_RULE)
    lines = built.problems if strict else built.notes
    assert any("telehealth" in line and "held until December 31, 2026" in line for line in lines), built.lines
    assert not any("held until" in line for line in (built.notes if strict else built.problems))


# What a label, price or rule is not: guidance, opinion, history and laws long in force.
STAYS = {
    "asa2025",
    "askp3-2020",
    "canada-gazette2005",
    "emcdda2000",
    "ketalar-adverse-us",
    "mhra2022-spravato",
    "oxford-assessment",
    "oxford-risks-benefits",
    "rcpsych2025",
    "vadod2022-mdd",
    "who2015",
}


def test_every_source_that_goes_stale_has_a_day():
    dates = read_yaml(ROOT / dated.FILE, dated.FILE).value["facts"]
    known = {key for item in dates for key in item["sources"]}
    sources = {
        item["id"]: item for item in read_yaml(ROOT / "data/sources.yml", "data/sources.yml").value["references"]
    }
    words = r"-(label|pricing|price|prices|telehealth|smpc|leaflet|rems|fee|fees|tariff)(-|$)"
    stale = {key for key in sources if re.search(words, key)}
    for page in (ROOT / "docs/access").glob("*.md"):  # law and prices
        used, _ = footnotes(page.read_text(encoding="utf-8"))
        stale |= {key for key in used if sources[key]["type"] != "article-journal"}
    assert stale - known - STAYS == set()
    assert [item["id"] for item in dates] == sorted(item["id"] for item in dates)
