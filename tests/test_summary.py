"""The summary of a proposal's checks, as a person without a program reads it."""

import report

from guidekit import summary
from guidekit.problems import Problem

A = Problem("docs/a.md", 3, "unknown source 'x'", "write [^y]")
B = Problem("docs/b.md", 1, "this page is never linked", "add it to 'nav:'")
NOTE = Problem("docs/a.md", 7, "a sentence of 28 words", "make two of it")


def test_problems_stand_apart_from_notes_and_other_files_last():
    text = summary.markdown([B, A, A], [NOTE], {"docs/a.md"})
    assert text.splitlines() == [
        "## What the checks found",
        "",
        "**2 problems must be mended first**, because a reader would be misled or a page would break."
        " 1 note is about style, and holds nothing up.",
        "",
        "### docs/a.md",
        "",
        "**Problems**",
        "",
        "- Line 3: unknown source 'x'. To mend: write \\[^y\\].",
        "",
        "**Notes**",
        "",
        "- Line 7: a sentence of 28 words. To mend: make two of it.",
        "",
        "### docs/b.md",
        "",
        summary.ELSEWHERE,
        "",
        "**Problems**",
        "",
        "- Line 1: this page is never linked. To mend: add it to 'nav:'.",
    ]


def test_where_the_files_of_a_proposal_are_not_known_nothing_is_said_of_them():
    assert summary.ELSEWHERE not in summary.markdown([A, B], [])
    assert summary.markdown([], []).splitlines()[2] == "**No problems.**"


def test_what_an_editor_wrote_makes_no_link_picture_tag_or_call():
    text = summary.markdown(
        [Problem("docs/a.md", 1, "the key '![x](https://e.org) <b>@all`' is wrong", "delete it")], []
    )
    assert "\\!\\[x\\]\\(https://e.org\\) &lt;b&gt;\\@all\\`" in text


def test_a_long_list_ends_with_what_is_left():
    many = [Problem("docs/a.md", line, "wrong", "mend") for line in range(1, 251)]
    text = summary.markdown(many, [NOTE])
    assert text.count("- Line") == summary.MOST and text.endswith("51 more stand in the log of this run.\n")


def test_annotations_say_which_file_is_not_of_the_proposal():
    assert A.annotation(changed={"docs/a.md"}) == A.annotation()
    assert A.annotation(changed=set()).endswith("write [^y]. (This proposal does not change this file.)")


def test_a_build_on_github_writes_both(tiny, tmp_path, monkeypatch, capsys):
    (tmp_path / "changed").write_text("docs/index.md\nmkdocs.yml\n")
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "page.md"))
    monkeypatch.setenv("CHANGED", str(tmp_path / "changed"))
    assert not tiny(
        {"index.md": "See [here](other.md).\n", "other.md": "See [here](index.md).\n"}, nav=["index.md", "other.md"]
    ).ok
    text = (tmp_path / "page.md").read_text()
    assert text.startswith("## What the checks found\n\n**2 problems must be mended first**")
    assert text.index("### docs/index.md") < text.index("### docs/other.md") < text.index(summary.ELSEWHERE)
    told = [line for line in capsys.readouterr().out.splitlines() if line.startswith("::error")]
    assert [line.endswith("(This proposal does not change this file.)") for line in told] == [False, True]


def test_a_list_that_is_not_there_is_none(tmp_path):
    assert report.changed_files(None) is None and report.changed_files(str(tmp_path / "no")) is None
