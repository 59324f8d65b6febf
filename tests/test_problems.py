import logging

from guidekit import problems
from guidekit.problems import Problem

A = Problem("docs/a.md", 3, "this is wrong", "write it right")
B = Problem("docs/a.md", 12, "that is wrong too", "mend 100 % of it")


def test_one_line_a_problem():
    assert str(A) == "docs/a.md:3: this is wrong. To mend: write it right."


def test_annotation_is_a_workflow_command():
    assert B.annotation() == "::error file=docs/a.md,line=12::that is wrong too. To mend: mend 100 %25 of it."


def test_report_sorts_by_line_and_tells_each_once(caplog, capsys):
    with caplog.at_level(logging.WARNING):
        count = problems.report([B, A, A], logging.getLogger("mkdocs.test"), github=True)
    assert count == 2
    assert [record.getMessage() for record in caplog.records] == [str(A), str(B)]
    assert {record.levelname for record in caplog.records} == {"WARNING"}
    assert capsys.readouterr().out.splitlines() == [A.annotation(), B.annotation()]


def test_nearest():
    assert problems.nearest("murough2013", ["murrough2013", "zarate2006"]) == "murrough2013"
    assert problems.nearest("Kind", ["kind", "title"]) == "kind"
    assert problems.nearest("x", ["murrough2013"]) is None
    assert problems.nearest("x", []) is None


def test_what_an_editor_wrote_cannot_begin_a_line_of_the_log():
    forged = Problem("docs/a,b:c\n.md", 1, "the key 'a\n::add-mask::b\r\x1b[2J\u202e' is wrong", "mend it")
    assert str(forged) == "docs/a,b:c .md:1: the key 'a ::add-mask::b ?[2J?' is wrong. To mend: mend it."
    assert forged.annotation().startswith("::error file=docs/a%2Cb%3Ac .md,line=1::the key 'a ::add-mask")
