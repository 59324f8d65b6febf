import re

import decision
import pytest
from golden_cases import told
from sites import ROOT

PATH = "docs/decide/options.md"


def page(**changes):
    """A page with one right option; changes: question -> another answer, or None to leave the row out."""
    rows = [
        f"| {question} | {changes.get(question, 'An answer that has more than ten words about this very question. It goes on.[^a]')} |"
        for question in decision.QUESTIONS
        if changes.get(question, "") is not None
    ]
    table = "\n".join(["| Question | Answer |", "| --- | --- |", *rows])
    return f"---\nkind: decision\n---\n## The options {{ #options }}\n\n### Waiting {{ #wait }}\n\n{table}\n\n## Next {{ #next }}\n\n| What it is | not one |\n"


def problems(source):
    return told(decision.check(decision.options(source), PATH))


def test_right():
    [option] = decision.options(page())
    assert (option.name, option.id, option.line) == ("Waiting", "wait", 6)
    assert list(option.answers) == list(decision.QUESTIONS)
    assert problems(page()) == []
    assert problems(page(**{"How soon": "We found no reliable figure."})) == []


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        (
            {"How soon": None},
            "docs/decide/options.md:6: Waiting does not answer 'How soon'. To mend: add a row for it; where nothing is "
            "known, the answer is 'We found no reliable figure.'.",
        ),
        (
            {"How soon": "Within days for some of the people, and within weeks for most of the others."},
            "docs/decide/options.md:14: Waiting, 'How soon' names no source. To mend: put one behind its first fact, or "
            "write 'We found no reliable figure.'.",
        ),
        (
            {"How soon": "Soon.[^a]"},
            "docs/decide/options.md:14: Waiting, 'How soon' has 1 words. To mend: write 10 to 75, as for the others.",
        ),
        (
            {"How soon": "word " * 80 + "[^a]"},
            "docs/decide/options.md:14: Waiting, 'How soon' has 80 words. To mend: write 10 to 75, as for the others.",
        ),
    ],
)
def test_equal_detail(changes, line):
    assert problems(page(**changes)) == [line]


def test_order_and_names():
    rows = page().split("\n")
    rows[9], rows[10] = rows[10], rows[9]
    [line] = problems("\n".join(rows))
    assert line.startswith("docs/decide/options.md:6: Waiting answers the questions in another order. To mend: follow")
    lines = problems(page().replace("| How soon |", "| How son |"))
    assert (
        "docs/decide/options.md:14: Waiting, 'How son' is none of the questions of every option. To mend: write 'How soon'."
        in lines
    )


def test_short_table():
    source = page(
        **{"How many get better": "Of 100, 12 were well in 2.5 years.[^a][^b] Then more followed later on.[^c]"}
    )
    table = decision.short_table(decision.options(source), "decide/options.md", "decide/index.md")
    head, _, row = table.split("\n")
    assert head == f"| Option | {' | '.join(decision.SHORT)} |"
    assert row.startswith("| [Waiting](options.md#wait) | Of 100, 12 were well in 2.5 years.[^a][^b] | An answer that")


def test_a_build_tells_it(tiny):
    head = "---\ntitle: Options\ndescription: A page that exists only while this test runs.\nkind: decision\n"
    head += "reviewed: 2026-11-23\nreview_every: 12 months\nclinical_review: none\n---\n"
    source = head + page(**{"How soon": None}).removeprefix("---\nkind: decision\n---\n").replace("[^a]", "")
    built = tiny({"index.md": source, "x.md": "<!-- hooks/decision.py -->"})
    assert not built.ok
    assert "docs/index.md:11: Waiting does not answer 'How soon'" in "\n".join(built.problems)
    assert 'href=".././#wait"' in built.page("x") or 'href="../#wait"' in built.page("x")


def test_the_real_options():
    source = (ROOT / PATH).read_text(encoding="utf-8")
    found = decision.options(source)
    assert [option.id for option in found] == [
        "keep-on",
        "medicine",
        "talking",
        "rtms",
        "ect",
        "spray",
        "infusion",
        "trial",
    ]
    assert decision.check(found, PATH) == []
    for option in found:
        for question in decision.SHORT:
            first = decision.first_sentence(option.answers[question][0])
            assert len(re.sub(r"\[\^[^\]]+\]", "", first).split()) <= 25, (option.id, question)
        answer = option.answers["How sure we are"][0]
        assert re.search(r"\b(very low|low|moderate|high)\b", answer), option.id
        assert re.search(r"Cochrane|[Oo]ur judgment|Ontario", answer), option.id


def test_the_short_table_without_options_is_told():
    assert decision.short_table([], "", "a.md") == ""
    told = decision.without_options(f"a\n\n{decision.MARKER}\n", "docs/a.md")
    assert [str(problem) for problem in told] == [
        "docs/a.md:3: no page has options for this table. "
        "To mend: give them the heading ## ... { #options } on a page of kind decision."
    ]
    assert decision.without_options("a", "docs/a.md") == []
