import csv
import re

import claims
import pytest
import yaml
from golden_cases import told
from sites import ROOT

from guidekit.data import load_yaml, read_yaml
from guidekit.markdown_text import before_last
from guidekit.schema import load_schemas

SCHEMAS = load_schemas(ROOT / "data/schema")
PAGES = {"basics/how.md": ["nmda", "mtor"], "evidence/claim-check.md": ["limits"]}
SOURCES = ["zanos2018-mechanisms", "holmes2022"]
FILE = """articles:
- {number: 1, is: "a clinic's page, undated"}
- {number: 2, is: "a blog post, undated"}
claims:
- id: resets-the-brain
  topic: mechanism
  claim: Ketamine restarts the brain.
  places:
  - {article: 1, where: second section}
  - {article: 2, where: last section}
  verdict: unsupported
  correction: No study shows that; it is a figure of speech.
  sources: [holmes2022]
  answered_in: basics/how.md#nmda
- id: blocks-nmda-receptors
  topic: mechanism
  claim: Ketamine blocks NMDA receptors.
  places:
  - {article: 1, where: first section}
  verdict: supported
  correction: It does, as a long line of studies shows.
  sources: [zanos2018-mechanisms]
  answered_in: basics/how.md#mtor
"""


def problems(text):
    found = claims.load(load_yaml(text, claims.FILE), SCHEMAS)
    return told(found.problems + claims.check(found, PAGES, SOURCES))


def test_right():
    assert problems(FILE) == []


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        (
            "verdict: unsupported",
            "verdict: unsuported",
            "data/claims.yml:11: resets-the-brain: the key 'verdict' is 'unsuported'. To mend: write 'unsupported'.",
        ),
        (
            "#nmda",
            "#nmdaa",
            "data/claims.yml:5: resets-the-brain: docs/basics/how.md has no heading with the id 'nmdaa'. To mend: write 'basics/how.md#nmda'.",
        ),
        (
            "basics/how.md#nmda",
            "basics/hw.md#nmda",
            "data/claims.yml:5: resets-the-brain: it is answered in 'basics/hw.md', which is no page. To mend: write 'basics/how.md#...'.",
        ),
        (
            "[holmes2022]",
            "[]",
            "data/claims.yml:5: resets-the-brain: this verdict rests on no source. To mend: name at least one.",
        ),
        (
            "[holmes2022]",
            "[holmes2021]",
            "data/claims.yml:5: resets-the-brain: 'holmes2021' is not in data/sources.yml. To mend: write 'holmes2022'.",
        ),
        (
            "{article: 2,",
            "{article: 7,",
            "data/claims.yml:5: resets-the-brain: there is no article 7. To mend: use 1, 2.",
        ),
        (
            "id: blocks-nmda-receptors",
            "id: resets-the-brain",
            "data/claims.yml:15: the claim 'resets-the-brain' is given twice (first in line 5). To mend: keep one of the two.",
        ),
    ],
)
def test_wrong(old, new, line):
    assert line in problems(FILE.replace(old, new, 1))


@pytest.mark.parametrize("key", ["verdict", "correction", "sources", "answered_in", "places"])
def test_nothing_may_be_missing(key):
    text = re.sub(rf"^  {key}:.*\n(  - .*\n)*", "", FILE, count=1, flags=re.M)
    assert any(f"resets-the-brain: the key '{key}' is missing" in line for line in problems(text))


@pytest.mark.parametrize("article", ["- {nr: 1, is: x}", "- the first", "- {number: [1], is: x}"])
def test_a_broken_article_is_told(article):
    text = re.sub(r"^- \{number: 1.*$", article, FILE, flags=re.M)
    assert any(line.startswith("data/claims.yml:2: this article cannot be read. To mend:") for line in problems(text))


def test_lists_that_are_none():
    assert problems("articles:\nclaims: 5\n") == [
        "data/claims.yml:1: this file has no list of articles and of claims. To mend: give it 'articles:' and 'claims:'."
    ]


def test_the_claim_check_lists_each_claim_by_topic_and_by_article():
    text = claims.claim_check(claims.load(load_yaml(FILE, claims.FILE), SCHEMAS), "evidence/claim-check.md")
    assert "| Unsupported | we found no evidence for it | 1 |" in text
    assert "**Unsupported.** No study shows that; it is a figure of speech.[^holmes2022]" in text
    assert (
        "Articles [1](#article-1), [2](#article-2). [More on this](../basics/how.md#nmda)\n{ #resets-the-brain .claim }"
        in text
    )
    assert (
        "### Article 2: a blog post, undated { #article-2 }\n\n- [Ketamine restarts the brain](#resets-the-brain): unsupported\n"
        in text
    )


def test_a_page_gets_its_claims_worst_first_before_its_last_section():
    found = claims.load(load_yaml(FILE, claims.FILE), SCHEMAS)
    text = claims.section(found, "basics/how.md", "evidence/claim-check.md")
    assert text.index("Unsupported") < text.index("Supported.")
    assert "[In the claim check](../evidence/claim-check.md#resets-the-brain)" in text
    assert claims.section(found, "basics/other.md", "evidence/claim-check.md") == ""
    page = "Text.\n\n## Next { #next }\n\nAsk.\n"
    assert before_last(page, text).index("clinic-articles") < before_last(page, text).index("#next")
    assert before_last("Text.", text).endswith(text)


def real():
    return claims.load(read_yaml(ROOT / claims.FILE, claims.FILE), SCHEMAS)


def coverage():
    with (ROOT / "tests/claims_coverage.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def test_every_sentence_of_the_articles_is_covered():
    ids = {item["id"] for item in real().items}
    rows = coverage()
    assert {row["article"] for row in rows} == {"1", "2", "3", "4", "5"}
    for number in "12345":
        mine = [int(row["sentence"]) for row in rows if row["article"] == number]
        assert mine == list(range(1, len(mine) + 1))
    named = [key for row in rows for key in row["claim"].split() if key != "-"]
    assert set(named) <= ids
    assert ids <= set(named), "a claim that no sentence makes"
    for item in real().items:
        for place in item["places"]:
            assert any(
                row["article"] == str(place["article"]) and item["id"] in row["claim"].split() for row in rows
            ), item["id"]


def test_topics_are_known_and_nobody_is_named():
    found = real()
    assert {item["topic"] for item in found.items} <= set(claims.TOPICS)
    assert len(found.items) >= 80
    text = (ROOT / claims.FILE).read_text(encoding="utf-8") + yaml.safe_dump(found.articles)
    assert not re.search(r"\bMD\b|\bDr\b", text)
