"""Facts about this repository's own pages and data."""

import re
import statistics

import pytest
import textstat
import yaml
from sites import ROOT

from guidekit.markdown_text import FENCE, headings, mask, split_front_matter

PAGES = sorted((ROOT / "docs").rglob("*.md"))
IDS = [path.relative_to(ROOT / "docs").as_posix() for path in PAGES]
SELLING = re.compile(
    r"\b(revolutionary|breakthrough|miracle|game.changer|lifesaver|cutting.edge|beacon of hope|safe and effective"
    r"|addicts?|suffering from|committed suicide|failed treatments?|successful attempt|failed attempt)\b",
    re.I,
)


def body(path):
    return split_front_matter(path.read_text(encoding="utf-8"))[1]


def prose(path):
    """Sentences and list items: headings, tables, references, box titles and other names left out."""
    text = re.sub(r"<!--.*?-->|\[\^[^\]]+\]|\{[^}\n]*\}", "", FENCE.sub("", body(path)), flags=re.S)
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    lines = []
    for line in text.split("\n"):
        line = re.sub(r"^([-*+>]|\d+\.)\s+", "", line.strip())
        if len(line.split()) > 3 and not line.startswith(("#", "|", "!!!", "Also:")):
            lines.append(line if line[-1] in ".?!:" else f"{line}.")
    return " ".join(lines).replace("*", "").replace("`", "")


def sentences(path):
    return [s for s in re.split(r"(?<=[.!?:])\s+", prose(path)) if s]


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


@pytest.mark.parametrize("path", PAGES, ids=IDS)
def test_reading_grade(path):
    # Flesch-Kincaid, on sentences and list items; over 10 is a problem on reader pages.
    assert textstat.flesch_kincaid_grade(prose(path)) <= 10


def test_median_reading_grade():
    assert statistics.median(textstat.flesch_kincaid_grade(prose(path)) for path in PAGES) <= 8


@pytest.mark.parametrize("path", PAGES, ids=IDS)
def test_sentences_are_short(path):
    long = [s for s in sentences(path) if len(re.findall(r"[\w'’-]+", s)) > 25 and '"' not in s]
    assert not long


@pytest.mark.parametrize("path", PAGES, ids=IDS)
def test_words(path):
    assert not SELLING.findall(re.sub(r"\[\^[^\]]+\]", "", body(path)))


@pytest.mark.parametrize("path", PAGES, ids=IDS)
def test_every_section_has_a_permanent_id(path):
    assert [h.text for h in headings(mask(body(path))) if not h.explicit] == []


@pytest.mark.parametrize("path", [p for p in PAGES if p.name not in ("glossary.md",)], ids=lambda p: p.stem)
def test_figures_carry_a_source(path):
    # One sentence a line: each line with people, percent, money or doses names its source.
    figure = re.compile(r"\d+ (in|of|out of) (every )?\d+|\d ?%|[$£€]\s?\d|\d ?(mg|mmHg)\b")
    bare = []
    for line in body(path).split("\n"):
        words = re.sub(r"\[\^[^\]]+\]", "", line)
        if figure.search(words) and "[^" not in line and not line.startswith("#") and "99999" not in words:
            bare.append(line.strip())
    assert not bare


@pytest.mark.parametrize("path", PAGES, ids=IDS)
def test_pages_say_what_is_not_known_and_what_to_do(path):
    kind = re.search(r"^kind: (\w+)$", path.read_text(encoding="utf-8"), re.M)[1]
    if kind in ("explainer", "condition", "treatment", "safety"):
        text = body(path)
        assert "!!! key-points" in text
        assert re.search(r"^(## |!!! unknown \").*(not know|not known|unknown)", text, re.M | re.I)
        assert re.search(r"^## .*\{ #next \}", text, re.M)


def test_no_two_pages_share_a_paragraph():
    seen = {}
    for path in PAGES:
        for part in re.split(r"\n\s*\n", body(path)):
            words = " ".join(re.sub(r"\[\^[^\]]+\]|[*_]", "", part).split()).casefold()
            if len(words.split()) > 12:
                assert seen.setdefault(words, path) == path, words


def test_faq_answers_are_short_and_lead_on():
    text = body(ROOT / "docs/faq/index.md")
    found = [h for h in headings(mask(text)) if h.level == 3]
    assert len(found) >= 15
    lines = text.split("\n")
    for heading, after in zip(found, [*found[1:], None], strict=True):
        answer = "\n".join(lines[heading.line : after.line - 1 if after else None])
        answer = re.split(r"^## ", answer, maxsplit=1, flags=re.M)[0]
        assert heading.text.endswith("?")
        words = re.sub(r"\[\^[^\]]+\]|\]\([^)]*\)", "", answer).split()
        assert len(words) <= 120, (heading.text, len(words))
        assert re.search(r"\]\(\.\./[\w/-]+\.md", answer), heading.text


def test_glossary_has_its_terms():
    assert len(re.findall(r"^### ", body(ROOT / "docs/glossary.md"), re.M)) >= 30
