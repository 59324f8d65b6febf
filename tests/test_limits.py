import os

import limits
import pytest
from golden_cases import cases, told
from sites import ROOT, build_site

from guidekit import limits as rules


@pytest.mark.parametrize("case", cases("limits"))
def test_golden(case):
    text, problems = rules.page(case["in"], "docs/page.md")
    assert told(problems) == case["problems"], case["why"]
    assert ("out" not in case) or text == case["out"], case["why"]
    assert rules.page(text, "docs/page.md")[1] == []  # nothing is left for other hooks to trip over


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("side-effects.md", None),
        ("safety/index.md", None),
        ("assets/guide.js", None),
        ("assets/diagrams/session-room.svg", None),
        ("evil.js", "this file may not lie in docs/"),
        ("assets/evil.js", "this file may not lie in docs/"),
        ("safety/evil.html", "this file may not lie in docs/"),
        ("assets/evil.svg", "this drawing does not lie where drawings are checked"),
        ("Side Effects.md", "this name cannot be an address"),
        ("x.md/index.md", "this name cannot be an address"),
        ("a\n::error::b.md", "this name cannot be an address"),
        ("assets/diagrams/A.svg", "this name cannot be an address"),
        ("assets.md", "the site itself uses this address"),
        ("search/index.md", "the site itself uses this address"),
    ],
)
def test_what_may_lie_in_docs(name, what):
    assert [problem.what for problem in limits.place(name)] == ([what] if what else [])


def test_the_known_assets_are_those_there_are():
    there = {path.name for path in (ROOT / "docs/assets").iterdir() if path.is_file()}
    assert there == set(limits.ASSETS)


def test_a_huge_page_is_cut_and_told():
    text, problems = limits.read(b"a\n" * rules.PAGE_BYTES, "docs/page.md")
    assert told(problems) == [
        "docs/page.md:1: this page is larger than 120 KB. To mend: make two pages of it.",
        "docs/page.md:4000: this page has more than 4000 lines. To mend: make two pages of it.",
    ]
    assert text.count("\n") < 4000


def test_line_ends_of_other_systems_and_a_byte_order_mark_are_fine():
    assert limits.read(b"\xef\xbb\xbf---\r\ntitle: A\r\n---\r\nb\r\n", "docs/page.md") == (None, [])


def test_links_out_of_the_project_stop_the_build_in_words(tiny, tmp_path):
    tiny({"a.md": "Text."})
    os.symlink("/etc/hostname", tmp_path / "docs/b.md")
    os.symlink("..", tmp_path / "docs/round")
    built = build_site(tmp_path)
    assert not built.ok
    assert built.lines[-1].split("\n") == [
        "docs/b.md:1: this is a link to another file. To mend: delete it, and put the file itself in its place.",
        "docs/round:1: this is a link to another file. To mend: delete it, and put the file itself in its place.",
    ]


def test_a_build_tells_all_and_goes_on(tiny, tmp_path):
    built = tiny(
        {"a.md": "a\u202eb\n\n" + "[" * 3000, "b.md": "# Two\n", "assets/c.md": "Text.", "evil.js": "---\nalert(1)"}
    )
    files = {line.split(":")[0] for line in built.problems}
    assert {"docs/a.md", "docs/b.md", "docs/assets/c.md", "docs/evil.js"} <= files
    assert not (tmp_path / "site/evil.js").exists()
    assert "\u202e" not in built.page("a")
