"""What hooks/search.py makes of the index. What readers then find: tests/browser/test_search.py (one name each)."""

import json
import re

import pytest
import search
import yaml
from golden_cases import told
from sites import ROOT

from guidekit import lookup
from guidekit.data import load_yaml
from guidekit.lookup import Lookup, Place
from guidekit.schema import load_schemas

SCHEMAS = load_schemas(ROOT / "data/schema")
PAGE = "---\ntitle: Side effects\nkind: safety\naliases: [nausea, K-hole]\n---\n## Bladder { #bladder }\n\n## Liver { #liver }\n"
PAGES = {"safety/side-effects.md": lookup.page("safety/side-effects.md", "Side effects", PAGE)}
GOOD = """places:
  - to: safety/side-effects.md#bladder
    listed: [Urine]
    words: [pee]
misspelt:
  nausea: [nausia]
dropped: [can]
weights:
  safety/side-effects.md: 0.5
"""


def load(text):
    return lookup.load(load_yaml(text, lookup.FILE), SCHEMAS, PAGES)


def test_right():
    known, found = load(GOOD)
    assert found == []
    assert known == Lookup(
        [Place("safety/side-effects.md", "bladder", ("Urine",), ("pee",))],
        {"nausea": ["nausia"]},
        ["can"],
        {"safety/side-effects.md": 0.5},
    )


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        (
            "to: safety/side-effects.md#bladder",
            "to: safety/side-efects.md#bladder",
            "data/search.yml:2: there is no page 'safety/side-efects.md'. To mend: write 'safety/side-effects.md'.",
        ),
        (
            "#bladder",
            "#blader",
            "data/search.yml:2: docs/safety/side-effects.md has no heading with the id 'blader'. To mend: write 'safety/side-effects.md#bladder'.",
        ),
        (
            "#bladder",
            "#zzz",
            "data/search.yml:2: docs/safety/side-effects.md has no heading with the id 'zzz'. To mend: use an id of a heading of docs/safety/side-effects.md.",
        ),
        (
            "misspelt:",
            "  - to: safety/side-effects.md#bladder\nmisspelt:",
            "data/search.yml:5: the place 'safety/side-effects.md#bladder' also stands in line 2. To mend: keep one of the two, with the words of both.",
        ),
        (
            "  safety/side-effects.md: 0.5",
            "  nowhere/at-all.md: 0.5",
            "data/search.yml:9: there is no page 'nowhere/at-all.md'. To mend: correct the path.",
        ),
        (
            "[pee]",
            "[911]",
            "data/search.yml:4: the key 'places.0.words.0' is '911'. To mend: put it in quotation marks: '911'.",
        ),
        (
            "    words:",
            "    word:",
            "data/search.yml:4: unknown key 'word'. To mend: write 'words'.",
        ),
    ],
)
def test_wrong(old, new, line):
    assert old in GOOD
    _, found = load(GOOD.replace(old, new, 1))
    assert told(found) == [line]


def test_keywords_of_pages_terms_and_places():
    known, _ = load(GOOD)
    assert search.keywords(PAGES.values(), {"ahpra": ("Ahpra",)}, known) == {
        "safety/side-effects.md": ["nausea", "K-hole"],
        "glossary.md#ahpra": ["Ahpra"],
        "safety/side-effects.md#bladder": ["Urine", "pee"],
    }


@pytest.mark.parametrize(
    ("word", "form"),
    [("session", "sessions"), ("therapy", "therapies"), ("stories", "story"), ("itch", "itches"), ("effects", "")],
)
def test_plurals(word, form):
    assert search.other_number(word) == form


def test_spellings_hold_no_word_twice_and_none_of_the_title():
    known = Lookup(misspelt={"session": ["sesion"], "Visit": ["visitt"]}, dropped=["the"])
    made = search.spellings("The session", ["the first visit", "session"], known)
    assert made == "first visit session sessions firsts visits sesion visitt"


def test_dropped_words_are_matched_whole_with_and_without_capital_and_apostrophe():
    pattern = re.compile(search.dropped(["can", "can't", "i", "i'm"]))
    for word in ("can", "Can", "can't", "can’t", "cant", "I", "i", "I’m"):
        assert pattern.fullmatch(word), word
    for word in ("cannabis", "scan", "iv", "I'll"):
        assert not pattern.fullmatch(word), word
    assert not pattern.search("cannabis") and search.dropped([]) == ""


def test_entries_lose_what_repeats_and_gain_keywords():
    known, _ = load(GOOD)
    docs = [
        {"location": "safety/side-effects/", "title": "Side effects", "text": "<p>Some.<sup>1</sup><sup>23</sup></p>"},
        {"location": "safety/side-effects/#bladder", "title": "Bladder", "text": "4<sup>th</sup> ↩↩"},
        {"location": "safety/side-effects/#sources", "title": "Sources", "text": "x"},
        {"location": "safety/side-effects/#when-to-call", "title": "When to call", "text": "x"},
        {"location": "treatment/session/#when-to-call", "title": "When to call", "text": "x"},
        {"location": "faq/", "title": "Questions", "text": "x"},
        {"location": "faq/#page-safe", "title": "Is it safe?", "text": "x"},
    ]
    places = {
        "safety/side-effects/": "safety/side-effects.md",
        "treatment/session/": "treatment/session.md",
        "faq/": "faq/index.md",
    }
    made = search.better(docs, places, search.keywords(PAGES.values(), {}, known), known)
    assert [doc["location"] for doc in made] == [docs[n]["location"] for n in (0, 1, 3, 5)]
    assert made[0]["text"] == "<p>Some.</p>" and made[1]["text"] == "4<sup>th</sup>"
    assert made[0]["boost"] == 0.5 and "boost" not in made[3] and made[3]["text"] == ""
    assert {"nausea", "nausia", "k-hole"} <= set(made[0]["keywords"].split())
    assert {"urine", "urines", "pee"} <= set(made[1]["keywords"].split())


def test_in_a_build(tiny):
    built = tiny(
        {"index.md": "Hello.\n\n## What you can do next { #next }\n\nAsk.[^a]\n\n", "faq/index.md": "Questions."},
    )
    index = json.loads((built.site / "search/search_index.json").read_text(encoding="utf-8"))
    assert index["config"]["separator"].endswith(r"|\b(?:[Tt](?:he))(?![\w'’])")
    assert index["config"]["fields"]["keywords"] == {"boost": 800}
    assert {doc["location"] for doc in index["docs"]} >= {"", "#next", "faq/"}


def test_no_query_of_the_test_file_stands_in_the_data():
    # Words and short phrases are what an editor knows; whole questions would be the answers to the test.
    queries = yaml.safe_load((ROOT / "tests/search.yml").read_text(encoding="utf-8"))
    asked = {entry["query"].casefold() for part in queries.values() for entry in part}
    data = yaml.safe_load((ROOT / "data/search.yml").read_text(encoding="utf-8"))
    words = {word for place in data["places"] for word in [*place.get("listed", []), *place.get("words", [])]}
    assert not {word for word in words if word.casefold() in asked and len(word.split()) > 3}
    assert max(len(word.split()) for word in words) <= 5
