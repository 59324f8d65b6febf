"""Small sites built in this process, and the real one: what a reader gets."""

import json
import re

import pytest
from selectolax.lexbor import LexborHTMLParser
from sites import ROOT, build_site

HOME = """---
title: A small guide
description: A start page that exists only while this test runs.
kind: home
reviewed: 2026-11-23
review_every: 12 months
clinical_review: none
---
Text.
"""
SOURCES = """references:
- id: a2001
  type: article-journal
  title: A title
  container-title: A journal
  DOI: 10.1000/x
  custom:
    topic: depression
    tier: B
    supports:
    - A statement.
    read_at: https://example.org/copy
    read_on: '2026-11-22'
"""


def test_a_page_has_one_h1_its_review_line_and_its_sources(tiny):
    built = tiny({"index.md": HOME, "page.md": "A claim.[^a2001]\n\n## Part { #part }\n\nText."}, SOURCES)
    assert built.ok, built.problems
    tree = LexborHTMLParser(built.page("page"))
    article = tree.css_first("article")
    assert [node.text() for node in article.css("h1")] == ["Page number 1"]
    assert "Compared with its sources on November 23, 2026" in " ".join(
        article.css_first(".review-line").text().split()
    )
    assert "not reviewed by a clinician" in article.css_first(".review-line").text()
    assert article.css_first("[data-overdue]").attributes["data-overdue"] == "2027-11-23"
    assert [node.text() for node in article.css("h2")] == ["Part", "Sources"]
    note = article.css_first(".footnote li").text()
    assert "A title. A journal." in note and "Read in a secondary copy on November 22, 2026." in note
    assert tree.css_first("a.footnote-ref").attributes["aria-label"] == "Source 1"


def test_the_strip_stands_on_every_page_with_links_to_call(tiny):
    built = tiny({"index.md": HOME, "page.md": "Text."})
    for address in (".", "page"):
        strip = LexborHTMLParser(built.page(address)).css_first(".help-strip")
        words = " ".join(strip.text().split()).replace(" .", ".")
        assert words == (
            "In danger now? Call your emergency number. US and Canada: call or text 988. UK and Ireland: 116 123. "
            "Australia: 13 11 14. New Zealand: 1737. Other countries."
        )
        hrefs = [a.attributes["href"] for a in strip.css("a")]
        assert hrefs[:-1] == ["tel:988", "tel:116123", "tel:131114", "tel:1737"]
        assert hrefs[-1].endswith("get-help-now/")


@pytest.mark.slow
def test_without_settings_there_is_no_address_and_no_contact(copy, monkeypatch):
    for name in ("SITE_URL", "REPO_URL", "CONTACT"):
        monkeypatch.delenv(name, raising=False)
    built = build_site(copy)
    assert built.ok, built.problems
    for path in built.site.rglob("*.html"):
        html = path.read_text(encoding="utf-8")
        assert 'rel="canonical"' not in html and 'rel="edit"' not in html and "example.org" not in html
    assert "This copy has no published contact yet." in built.page("about")
    assert not list(built.site.rglob("sitemap.xml*")) and not list(built.site.rglob("security.txt"))


@pytest.mark.slow
def test_with_settings_they_stand_where_they_belong(copy, monkeypatch):
    monkeypatch.setenv("SITE_URL", "https://example.org/guide/")
    monkeypatch.setenv("REPO_URL", "https://example.org/org/repo")
    monkeypatch.setenv("CONTACT", "help@example.org")
    monkeypatch.setenv("PREVIEW", "1")
    built = build_site(copy)
    assert built.ok, built.problems
    html = built.page("safety/side-effects")
    assert '<link rel="canonical" href="https://example.org/guide/safety/side-effects/">' in html
    assert 'href="https://example.org/org/repo/edit/main/docs/safety/side-effects.md"' in html
    assert 'href="https://example.org/org/repo/issues/new?template=wrong-fact.yml&amp;' in html
    assert 'href="mailto:help@example.org?subject=' in html
    assert "This copy has no published contact yet." not in built.page("about")
    assert "https://example.org/guide/safety/side-effects/" in (built.site / "sitemap.xml").read_text(encoding="utf-8")
    # The theme would call the host of a `repo_url` from the reader's browser.
    assert "md-source" not in html


def test_a_public_copy_is_refused_while_nobody_has_called_the_help_lines(tiny, monkeypatch):
    monkeypatch.setenv("SITE_URL", "https://example.org/guide/")
    built = tiny({"index.md": HOME})
    assert not built.ok and all("a public copy may not be built" in line for line in built.problems)
    monkeypatch.setenv("PREVIEW", "1")
    built = tiny({"index.md": HOME})
    assert built.ok, built.problems
    assert '<meta name="robots" content="noindex">' in built.page(".")
    monkeypatch.delenv("SITE_URL")
    monkeypatch.delenv("PREVIEW")
    assert "noindex" not in tiny({"index.md": HOME}).page(".")


def test_a_wrong_setting_is_told_and_nothing_is_built(copy, monkeypatch):
    monkeypatch.setenv("SITE_URL", "example.org")
    built = build_site(copy)
    assert not built.ok
    assert any("SITE_URL is 'example.org'. To mend:" in line for line in built.lines)
    assert not built.site.exists()


def test_problems_become_annotations_on_github(tiny, monkeypatch, capsys):
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    tiny({"index.md": HOME, "page.md": "# Two\n"})
    assert "::error file=docs/page.md,line=9::'Two' is a second H1" in capsys.readouterr().out


def test_help_box_stands_on_safety_pages(tiny):
    safety = HOME.replace("kind: home", "kind: safety").replace("A small guide", "Side effects") + (
        '\n!!! key-points "Key points"\n\n    - One.\n\n## What we do not know { #not-known }\n\nMuch.\n\n'
        "## What you can do next { #next }\n\nAsk.\n"
    )
    marked = HOME.replace("kind: home", "kind: about\nhelp_box: true").replace("A small guide", "Marked")
    built = tiny({"index.md": HOME, "safety.md": safety, "marked.md": marked, "page.md": "Text."})
    assert built.ok, built.problems
    boxes = {name: 'class="admonition help"' in built.page(name) for name in (".", "safety", "marked", "page")}
    assert boxes == {".": False, "safety": True, "marked": True, "page": False}


def test_glossary_notes_are_left_out_of_search(tiny):
    glossary = HOME.replace("kind: home", "kind: glossary").replace("A small guide", "Glossary")
    glossary = glossary.replace("Text.", "## N { #letter-n }\n\n### Nausea { #nausea }\n\nFeeling that you may vomit.")
    built = tiny({"index.md": HOME, "page.md": "Some nausea.", "glossary.md": glossary})
    assert built.ok, built.problems
    assert 'role="tooltip"' in built.page("page") and 'role="tooltip"' not in built.page(".")
    index = json.loads((built.site / "search/search_index.json").read_text(encoding="utf-8"))
    [entry] = [entry["text"] for entry in index["docs"] if entry["location"] == "page/"]
    assert "Some nausea." in re.sub(r"<[^>]+>", "", entry) and "vomit" not in entry


@pytest.mark.parametrize("words", ["This page is not here", "get-help-now/", "In danger now?"])
def test_the_error_page_helps(tiny, words):
    built = tiny({"index.md": HOME})
    assert words in (built.site / "404.html").read_text(encoding="utf-8")


@pytest.mark.slow
def test_when_to_call_is_the_same_on_every_treatment_and_safety_page(copy):
    built = build_site(copy)
    assert built.ok, built.problems
    seen = set()
    pages = [*built.site.glob("treatment/*/index.html"), *built.site.glob("safety/*/index.html")]
    for path in pages:
        tree = LexborHTMLParser(path.read_text(encoding="utf-8"))
        heading = tree.css_first("h2#when-to-call")
        boxes, node = [], heading.next
        while node is not None and node.tag != "h2":
            boxes += [re.sub(r"\s+|\d+", " ", node.text())] if node.tag == "div" else []
            node = node.next
        assert len(boxes) == 2, path
        seen.add(tuple(boxes))
    assert len(pages) >= 14 and len(seen) == 1


@pytest.mark.slow
def test_no_page_loads_anything_from_elsewhere(copy):
    built = build_site(copy)
    assert built.ok, built.problems
    for path in built.site.rglob("*.html"):
        tree = LexborHTMLParser(path.read_text(encoding="utf-8"))
        loaded = [n.attributes.get("src") for n in tree.css("script[src], img[src], iframe[src]")]
        loaded += [
            n.attributes.get("href") for n in tree.css("link[rel=stylesheet], link[rel=icon], link[rel=preload]")
        ]
        assert [url for url in loaded if re.match(r"(https?:)?//", url or "")] == []
        assert not tree.css("[style]"), f"{path}: a style attribute breaks a strict content security policy"


@pytest.mark.slow
def test_two_builds_are_the_same(copy):
    first = {p.relative_to(copy): p.read_bytes() for p in build_site(copy).site.rglob("*") if p.is_file()}
    second = {p.relative_to(copy): p.read_bytes() for p in build_site(copy).site.rglob("*") if p.is_file()}
    assert len(first) > 50
    assert first == second


def test_the_nav_has_every_page_of_docs():
    config = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    for path in (ROOT / "docs").rglob("*.md"):
        assert f": {path.relative_to(ROOT / 'docs').as_posix()}\n" in config
