import pytest
import self_assessment
from golden_cases import told
from sites import ROOT

from guidekit.data import load_yaml, read_yaml
from guidekit.schema import load_schemas

SCHEMAS = load_schemas(ROOT / "data/schema")
FILE = """items:
- id: discern-01
  instrument: discern
  asks: Are the aims clear at the start?
  marks: [5, 4]
  where: index.md#start
  at: Home
  words: This guide tells you what is known
- id: pemat-understand-03
  instrument: pemat-understand
  asks: Does it use everyday words?
  marks: [1, 0]
  why: Drug names and a few medical words stand unexplained in tables.
- id: jama-1
  instrument: jama
  asks: Are the authors named?
  not_yet: No author is named.
"""
HTML = (
    '<p>This guide tells you <a class="term" href="x">what</a><span class="term-note" role="tooltip">Not this.</span>'
    ' is <em>known</em>.<sup id="fnref:a"><a href="#fn:a">1</a></sup> It says &amp; shows.</p>'
)


def load(text=FILE):
    return self_assessment.load(load_yaml(text, self_assessment.FILE), SCHEMAS)


def test_the_lowest_mark_is_published():
    assert load().problems == []
    assert [self_assessment.result(item) for item in load().items] == ["4 of 5", "No", "Not yet"]
    assert self_assessment.result({"instrument": "discern", "marks": [5, 5, 3]}) == "3 of 5"


def test_each_instrument_has_a_table_and_no_total():
    text = self_assessment.tables(load().items, "about/self-assessment.md")
    assert (
        '| Are the aims clear at the start? | 4 of 5 | "This guide tells you what is known" ([Home](../index.md#start)) |'
        in text
    )
    assert "| Are the authors named? | Not yet | No author is named. |" in text
    assert text.count("## ") == 3 and "otal" not in text


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        (
            "marks: [1, 0]",
            "marks: [1, 5]",
            "data/self-assessment.yml:9: pemat-understand-03: the marks are [1, 5], but the highest of this instrument is 1. To mend: correct them.",
        ),
        (
            "  not_yet: No author is named.\n",
            "",
            "data/self-assessment.yml:14: jama-1: none of the keys marks with where with at with words, marks with why, not_yet is given. To mend: give marks with the words that earn them, or with why they are not higher, or say what is missing.",
        ),
        (
            "marks: [5, 4]",
            "marks: [5]",
            "data/self-assessment.yml:5: discern-01: the key 'marks' is '[5]'. To mend: write the marks of the two readers and of the one who tried to refute a full mark, such as [5, 4].",
        ),
        (
            "instrument: jama",
            "instrument: jamma",
            "data/self-assessment.yml:15: jama-1: the key 'instrument' is 'jamma'. To mend: write 'jama'.",
        ),
    ],
)
def test_wrong(old, new, line):
    assert line in told(load(FILE.replace(old, new, 1)).problems)


def test_words_are_read_as_a_reader_meets_them():
    assert self_assessment.words(HTML) == " this guide tells you what is known it says shows "
    pages = {"index.md": self_assessment.words(HTML)}
    assert self_assessment.stale(load(), pages) == []
    assert told(self_assessment.stale(load(FILE.replace("what is known", "what was known")), pages)) == [
        "data/self-assessment.yml:2: discern-01: the words 'This guide tells you what was known' do not stand on docs/index.md. "
        "To mend: give words that do and that earn the mark, or lower the mark."
    ]


def test_every_item_of_the_instruments_is_there():
    items = read_yaml(ROOT / self_assessment.FILE, self_assessment.FILE).value["items"]
    count = {name: sum(item["instrument"] == name for item in items) for name in self_assessment.INSTRUMENTS}
    assert count == {"discern": 16, "pemat-understand": 17, "pemat-act": 7, "cdc": 20, "jama": 4, "ipdas": 12}
