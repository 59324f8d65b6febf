"""The whole guide as one PDF: on a few lines of HTML, and from a small built site in a real browser."""

import io
import re
import subprocess
import sys

import browser
import handbook
import pytest
from selectolax.lexbor import LexborHTMLParser
from sites import ROOT

HELP = '<div class="admonition help"><p class="admonition-title">In danger now</p><p>Call <a href="tel:988">988</a>, <a href="{}get-help-now/">more</a>.</p></div>'
CALL = '<h2 id="when-to-call">When to call</h2> <p>Call if you <b>faint</b>.{}</p> <h2 id="next">Next</h2>'
MENU = [("", ""), ("get-help-now/", ""), ("safety/risks/", "Safety"), ("safety/signs/", "Safety"), ("glossary/", "")]


def mark(key: str, number: int, again: str = "") -> str:
    return f'<sup id="fnref{again}:{key}"><a class="footnote-ref" href="#fn:{key}">{number}</a></sup>'


def page(body: str, *keys: str, kind: str = "safety") -> str:
    items = "".join(
        f'<li id="fn:{key}"><p>Source {key}. <a class="back" href="#fnref:{key}">Back to the text</a></p></li>'
        for key in keys
    )
    sources = f'<h2 id="sources">Sources</h2> <div class="footnote"><hr><ol>{items}</ol></div>' if keys else ""
    return (
        '<!doctype html><title>x</title><nav id="menu">Menu</nav><article><div class="guide guide--'
        f'{kind}"><h1 id="top">A page</h1><p class="review-line">Compared on <time datetime="2026-11-23">November 23, '
        '2026</time>, next <time datetime="2027-11-23">later</time>; not reviewed by a clinician. '
        f'<strong hidden data-overdue="2027-11-23">Overdue.</strong></p>{body}{sources}</div></article>'
    )


TEXTS = {
    "": page('<p><a href="safety/risks/#bladder">Risks</a> <a href="evidence/references/">All</a></p>', kind="home"),
    "get-help-now/": page('<p id="x">Call <a href="sms:988">by text</a>.</p>', kind="help"),
    "safety/risks/": page(
        HELP.format("../../")
        + f"<p>One.{mark('b', 1)}{mark('a', 2)} Two {mark('a', 2, '2')} more.</p>"
        + f'<h2 id="bladder">Bladder</h2>{CALL.format(mark("a", 2, "3"))}',
        *("b", "a"),
    ),
    "safety/signs/": page(
        HELP.format("../../")
        + f'<p id="x">Three.{mark("a", 1)}{mark("c", 2)} <a href="../risks/#gone">a</a> <a href="#x">b</a></p>'
        + '<p><a href="../../a.json">a file</a> <a href="http://example.org">no lock</a> '
        + '<a href="https://example.org">out</a></p>'
        + '<p><span class="term-group"><a class="term" aria-describedby="note-w" href="../../glossary/#w">word</a>'
        + '<span class="term-note" id="note-w">A note.</span></span></p>'
        + '<details><summary>More</summary><p>Inside.</p></details><p class="corrections">Mend it</p>'
        + '<svg viewBox="0 0 1 1"><defs><path id="p" d="M0"/></defs><use href="#p"/><path fill="url(#p)"/></svg>'
        + f'<label for="f">Field</label><input id="f" name="f">{CALL.format(mark("c", 2, "2"))}',
        *("a", "c"),
    ),
    "glossary/": page('<h3 id="w">Word</h3><p>It means something.</p>', kind="glossary"),
}


@pytest.fixture
def book():
    return handbook.combine(TEXTS, MENU, "A guide", "About <it>")


def text_of(book: handbook.Book) -> str:
    return handbook.whole(book, [])[0]


def chapter(book: handbook.Book, slug: str) -> str:
    return next(chapter.text for chapter in book.chapters if chapter.slug == slug)


def test_the_menu_in_order_with_its_parts():
    nav = [
        "index.md",
        {"Safety": [{"Risks": "safety/risks.md"}, "safety/index.md", {"Deeper": ["safety/more/index.md"]}]},
        {"Outside": "https://example.org"},
    ]
    assert list(handbook.pages(nav)) == [
        ("", ""),
        ("safety/risks/", "Safety"),
        ("safety/", "Safety"),
        ("safety/more/", "Safety"),
    ]
    assert [handbook.slug_of(address) for address in ("", "safety/risks/")] == ["home", "safety-risks"]


@pytest.mark.parametrize(
    ("href", "to"),
    [
        ("../signs/#x", "#safety-signs--x"),
        ("../signs/#gone", "#safety-signs"),
        ("#bladder", "#safety-risks--bladder"),
        ("../../", "#home"),
        ("../../index.html", "#home"),
        ("https://example.org/a", "https://example.org/a"),
        ("tel:988", "tel:988"),
        ("mailto:a@example.org", "mailto:a@example.org"),
        ("http://example.org", None),
        ("//example.org/", None),
        ("../../references.json", None),
        ("../elsewhere/", None),
    ],
)
def test_where_a_link_leads(href, to):
    anchors = {"": set(), "safety/signs/": {"x"}, "safety/risks/": {"bladder"}}
    assert handbook.place(href, "safety/risks/", anchors) == to


def test_ids_are_unique_and_every_link_inside_leads_to_one(book):
    tree = LexborHTMLParser(text_of(book))
    ids = [node.id for node in tree.css("[id]")]
    assert len(ids) == len(set(ids))
    assert {"home", "safety-signs--x", "get-help-now--x", "source-3", "part-1"} <= set(ids)
    links = {node.attributes["href"] for node in tree.css("a[href]")}
    assert {link[1:] for link in links if link.startswith("#")} <= set(ids)
    assert {link for link in links if not link.startswith("#")} == {"tel:988", "sms:988", "https://example.org"}


def test_links_in_figures_and_forms_follow_their_ids(book):
    text = chapter(book, "safety-signs")
    assert 'use href="#safety-signs--p"' in text
    assert 'fill="url(#safety-signs--p)"' in text
    assert 'label for="safety-signs--f"' in text
    assert 'input id="safety-signs--f" name="safety-signs--f"' in text


def test_each_source_has_one_number_in_the_order_of_use(book):
    assert book.sources == ["<p>Source b.</p>", "<p>Source a.</p>", "<p>Source c.</p>"]
    marks = re.findall(r"<sup>.*?</sup>", "".join(chapter.text for chapter in book.chapters))
    numbers = [LexborHTMLParser(found).text() for found in marks]
    assert numbers == ["1", ",\xa02", "2", "2", "2", ",\xa03"]  # a comma only where two stand together
    assert "footnote" not in text_of(book)
    assert book.chapters[-1].title == "References"


def test_a_page_that_marks_an_unknown_source_is_refused():
    with pytest.raises(KeyError, match="fn:b"):
        handbook.combine({"": page(mark("b", 1), "a")}, [("", "")], "A guide")


def test_nothing_is_lost_but_what_is_repeated_or_only_for_the_screen(book):
    def told(html: str) -> list[str]:
        tree = LexborHTMLParser(html)
        for node in tree.css("sup, .footnote, #sources, .page-ref"):  # the last is what paper needs besides
            node.decompose()
        return tree.css_first("div.guide").text(separator=" ").replace("\u2060", "").split()

    for address, _ in MENU:
        after = told(chapter(book, handbook.slug_of(address)))
        before = " ".join(told(TEXTS[address]))
        for gone in ("Overdue.", "A note.", "Mend it"):
            before = before.replace(gone, "")
        before = before.replace("In danger now Call 988 , more .", "In danger now : the help lines, page 1")
        if address == "safety/signs/":
            before = before.replace("When to call Call if you faint .", "When to call : the signs, page 000")
        assert after == before.split()


def test_what_every_page_repeats_stands_once(book):
    assert text_of(book).count("tel:988") == 1
    assert 'href="#get-help-now"' in book.help
    assert "faint" in chapter(book, "safety-risks")
    assert "faint" not in chapter(book, "safety-signs")
    assert 'href="#safety-risks--when-to-call"' in chapter(book, "safety-signs")
    other = {**TEXTS, "safety/signs/": TEXTS["safety/signs/"].replace("faint", "fall")}
    assert "fall" in chapter(handbook.combine(other, MENU, "A guide"), "safety-signs")


def test_a_page_that_speaks_of_the_numbers_above_keeps_them():
    text = TEXTS["safety/signs/"].replace("Three.", "Call now: the numbers are at the top.")
    book = handbook.combine({**TEXTS, "safety/signs/": text}, MENU, "A guide")
    assert "tel:988" in chapter(book, "safety-signs")
    assert "tel:988" not in chapter(book, "safety-risks")


def test_a_sheet_keeps_its_help_box_and_the_references_page_gives_way():
    texts = {**TEXTS, "sheet/": page(HELP.format("../"), kind="sheet"), "evidence/references/": page("<p>By topic</p>")}
    book = handbook.combine(texts, [*MENU, ("evidence/references/", "Evidence"), ("sheet/", "")], "A guide")
    assert "tel:988" in chapter(book, "sheet")
    assert [chapter.slug for chapter in book.chapters][-2:] == ["sheet", "evidence-references"]
    assert "By topic" not in text_of(book)
    assert 'href="#evidence-references"' in chapter(book, "home")


def test_cover_contents_and_depths(book):
    text, depths = handbook.whole(book, ["file:///a.css"])
    cover = LexborHTMLParser(text).css_first("#cover").text(separator=" ")
    for part in ("A guide", "About <it>", "November 23, 2026", "Not reviewed by a clinician.", "988"):
        assert part in cover
    assert depths == [
        0,
        0,
        0,
        0,
        1,
        1,
        0,
        0,
    ]  # contents, home, help, the part and its two chapters, glossary, references
    assert "Overdue" not in text and "later" in text
    assert '<details open="">' in text
    filled = handbook.paged(text, {"safety-risks": 7})
    assert '<span data-page-of="safety-risks">7</span>' in filled
    assert '<span data-page-of="home">000</span>' in filled


def test_a_title_cannot_break_out_of_the_styles():
    text = TEXTS[""].replace("A page", '&lt;/style&gt; "x" \\')
    text, _ = handbook.whole(handbook.combine({"": text}, [("", "")], "A guide"), [])
    assert r'content: "A guide · \3c /style> \22 x\22  \5c "' in text


def test_what_is_missing_is_said(tmp_path, monkeypatch, capsys):
    assert handbook.main([]) == 1
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(browser, "there", lambda: "/usr/bin/chromium")
    (tmp_path / "mkdocs.yml").write_text("nav: [index.md]\nsite_name: x\n", encoding="utf-8")
    assert handbook.main(["site", "out.pdf"]) == 1
    assert "Next: make build" in capsys.readouterr().out
    monkeypatch.setattr(browser, "there", lambda: None)
    assert handbook.main(["site", "out.pdf"]) == 1
    assert "To mend, type" in capsys.readouterr().out


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


@pytest.mark.slow
@pytest.mark.browser
def test_the_pdf_of_a_small_site(tiny, tmp_path):
    if not browser.there():
        pytest.skip("no Chromium or Chrome here; `make test` gets one")
    import pikepdf

    pages = {
        "index.md": "Home text with a claim.[^a2001] See [the second](part/second.md#inside).",
        "part/second.md": "Second text.\n\n## Inside { #inside }\n\n| A | B |\n| --- | --- |\n| one | two |",
    }
    built = tiny(pages, SOURCES, nav=["Home: index.md", "A part:\n      - Second: part/second.md"])
    assert built.ok, built.problems
    written = []
    for name in ("one.pdf", "two.pdf"):
        # A process of its own: other tests have a browser open in this one.
        command = [sys.executable, str(ROOT / "tools/handbook.py"), str(built.site), name]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=300)
        assert done.returncode == 0, done.stdout + done.stderr
        written.append((tmp_path / name).read_bytes())
    # Chromium gives the same bytes nearly every time, not always; where things stand must always be the same.
    assert handbook.page_numbers(written[0]) == handbook.page_numbers(written[1])
    with pikepdf.open(io.BytesIO(written[0])) as file:
        assert len(file.pages) == 6  # cover, contents, home, part, second, references
        assert len(file.pages[1].Annots) >= 3  # its contents show: each line is a link
        assert file.Root.MarkInfo.Marked and "/StructTreeRoot" in file.Root
        assert file.Root.Lang == "en"
        assert str(file.docinfo["/Title"]) == "Ketamine Infusion Guide"
        assert str(file.docinfo["/CreationDate"]) == "D:20261123000000Z"
        assert "/Author" not in file.docinfo
        with file.open_outline() as outline:
            titles = [(title.title, [below.title for below in title.children]) for title in outline.root]
    assert titles == [
        ("Contents", []),
        ("Page number 0", []),
        ("A part", ["Page number 1"]),
        ("References", []),
    ]
    numbers = handbook.page_numbers(written[0])
    assert numbers["home"] == 3
    assert numbers["part-1"] == 4
    assert numbers["part-second--inside"] == 5
    assert numbers["source-1"] == numbers["evidence-references"] == 6
