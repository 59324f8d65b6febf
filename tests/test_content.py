"""Facts about this repository's own pages and data."""

import re
import statistics

import pytest
import textstat
import yaml
from sites import ROOT

from guidekit import terms
from guidekit.markdown_text import headings, mask, split_front_matter
from guidekit.prose_text import grade, lines, sentences

PAGES = sorted((ROOT / "docs").rglob("*.md"))
IDS = [path.relative_to(ROOT / "docs").as_posix() for path in PAGES]


def body(path):
    return split_front_matter(path.read_text(encoding="utf-8"))[1]


def references():
    return yaml.safe_load((ROOT / "data/sources.yml").read_text(encoding="utf-8"))["references"]


def test_sources_are_sorted():
    ids = [item["id"] for item in references()]
    assert ids == sorted(ids)


def test_nobody_was_called_before_somebody_was():
    lines = yaml.safe_load((ROOT / "data/crisis-lines.yml").read_text(encoding="utf-8"))
    called = [s["called"] for country in lines["countries"] for s in country["services"]]
    about = (ROOT / "docs/about/index.md").read_text(encoding="utf-8")
    assert not any(called) or "Nobody has called the crisis lines" not in about


def test_median_reading_grade_of_reader_pages():
    texts = [path.read_text(encoding="utf-8") for path in PAGES]
    readers = [text for text in texts if not re.search(r"^kind: (evidence|doctors)$", text, re.M)]
    assert statistics.median(grade(text) for text in readers) <= 8


@pytest.mark.parametrize("path", PAGES, ids=IDS)
def test_sentences_are_short(path):
    source = path.read_text(encoding="utf-8")
    long = [s for _, text in lines(source) for s in sentences(text) if len(s.split()) > 25 and '"' not in s]
    assert not long


@pytest.mark.parametrize("path", PAGES, ids=IDS)
def test_our_grade_is_that_of_a_known_library(path):
    source = path.read_text(encoding="utf-8")
    text = " ".join(s if s[-1] in ".!?" else f"{s}." for _, s in lines(source) if len(s.split()) > 3)
    assert abs(grade(source) - textstat.flesch_kincaid_grade(text)) < 1.5


@pytest.mark.parametrize("path", PAGES, ids=IDS)
def test_every_section_has_a_permanent_id(path):
    assert [h.text for h in headings(mask(body(path))) if not h.explicit] == []


def test_no_two_pages_share_a_paragraph():
    seen = {}
    for path in PAGES:
        for part in re.split(r"\n\s*\n", body(path)):
            words = " ".join(re.sub(r"\[\^[^\]]+\]|[*_]", "", part).split()).casefold()
            if len(words.split()) > 12:
                assert seen.setdefault(words, path) == path, words


def test_glossary_has_its_terms():
    assert len(re.findall(r"^### ", body(ROOT / "docs/glossary.md"), re.M)) >= 90


# Everyday, explained where they stand, or names that readers need not know.
PLAIN = {
    *("AA", "ADHD", "AU", "BibTeX", "CA", "ClinicalTrials", "CSL-JSON", "EU", "ID", "III", "JAMA", "MAO", "MIT"),
    *("Montgomery-Asberg", "N-methyl-D-aspartate", "Parke-Davis", "TA854", "UK", "US"),
}
MEDICAL = r"\w+(?:itis|osis|emia|algia|pathy|uria|azepam|azolam|triptyline|oxetine|apine|idone|trigine|faxine|opram)"


def words_of_pages():
    for path in PAGES:
        text = re.sub(r"\[\^[^\]]+\]|\]\([^)]*\)|\{[^}]*\}|<[^>]+>|https?://\S+", " ", mask(body(path)))
        yield path.relative_to(ROOT).as_posix(), text


def names_in_the_glossary():
    found = {
        name for term in terms.load((ROOT / "docs/glossary.md").read_text(encoding="utf-8")) for name in term.names
    }
    return found, {part.casefold() for name in found for part in re.findall(r"[\w-]+", name)}


def test_every_abbreviation_is_in_the_glossary():
    names, _ = names_in_the_glossary()
    missing = set()
    for page, text in words_of_pages():
        for word in re.findall(r"(?<![\w-])[A-Z][A-Za-z0-9*-]*[A-Z][A-Za-z0-9*-]*(?!\w)", text):
            word = word.rstrip("-*")
            known = names | PLAIN
            if not {word, word.rstrip("s"), word.partition("-")[0]} & known:
                missing.add((page, word))
    assert not missing


def test_every_medical_word_is_in_the_glossary():
    _, parts = names_in_the_glossary()
    missing = {
        (page, word)
        for page, text in words_of_pages()
        for word in re.findall(rf"\b{MEDICAL}\b", text.casefold())
        if word not in parts | {"diagnosis"} and not page.endswith("glossary.md")
    }
    assert not missing
