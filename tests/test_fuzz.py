"""Hostile and broken input: 300 made-up inputs through whole builds, and the pure functions on whatever Hypothesis makes."""

import datetime
import logging

import claims
import decision
import diagrams
import faq
import figures
import front_matter
import markup
import page_checks
import prose
import pytest
import sources
import when_to_call
import written_links
from fuzz import inputs, run, strict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sites import ROOT

from guidekit import csl, limits, lookup, markdown_text, problems, prose_text, schema, terms
from guidekit.data import load_yaml
from guidekit.figure_rules import Known

settings.register_profile(
    "guide", derandomize=True, database=None, max_examples=60, deadline=None, suppress_health_check=list(HealthCheck)
)
settings.load_profile("guide")

SCHEMAS = schema.load_schemas(ROOT / "data/schema/pages")
DATA = schema.load_schemas(ROOT / "data/schema")
DRAWN = Known(schemas=schema.load_schemas(ROOT / "data/schema/figures"))
TODAY = datetime.date(2026, 11, 23)

pieces = [
    *inputs.FRAGMENTS["html"],
    *inputs.FRAGMENTS["markdown"],
    *inputs.FRAGMENTS["front"],
    *inputs.ALPHABET,
    "\n",
    "\n\n",
    "\n---\n",
    "    ",
]
fragments = st.lists(st.sampled_from(pieces), max_size=12).map("".join)
texts = st.one_of(st.text(max_size=120), fragments, st.builds("---\n{}\n---\n{}".format, fragments, fragments))
yamls = st.one_of(
    st.text(max_size=80),
    st.lists(st.sampled_from([*inputs.FRAGMENTS["data"], *inputs.FRAGMENTS["front"], "\n", "  "]), max_size=8).map(
        "\n".join
    ),
)
plain = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.text(max_size=9)
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=9), inner, max_size=3)),
    max_leaves=6,
)


@given(texts)
def test_masks_and_front_matter_keep_lines_and_offsets(text):
    for changed in (
        markdown_text.mask(text),
        markdown_text.split_front_matter(text)[1],
        markdown_text.masked_body(text),
    ):
        assert len(changed) == len(text)
        assert [at for at, c in enumerate(changed) if c == "\n"] == [at for at, c in enumerate(text) if c == "\n"]
        assert all(new in (old, " ") for new, old in zip(changed, text, strict=True))


@given(texts)
def test_headings_and_footnotes_stand_in_the_text(text):
    count = text.count("\n") + 1
    found = markdown_text.headings(markdown_text.masked_body(text))
    assert all(1 <= heading.line <= count and 1 <= heading.level <= 6 for heading in found)
    assert [heading.line for heading in found] == sorted(heading.line for heading in found)
    for marks in markdown_text.footnotes(text):
        assert all(1 <= line <= count for line in marks.values())


@given(yamls, st.integers(1, 9))
def test_yaml_is_read_or_told_and_is_plain(text, first):
    loaded = load_yaml(text, "data/x.yml", first)
    assert all(first <= problem.line <= first + text.count("\n") + 1 for problem in loaded.problems)

    def walk(value):
        assert value is None or type(value) in (bool, int, float, str, list, dict)
        for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
            walk(inner)
        assert not isinstance(value, str) or not limits.unfit(value)

    walk(loaded.value)


@given(texts)
def test_after_the_limits_nothing_is_left_to_refuse(text):
    cut, found = limits.page(text, "docs/x.md")
    assert limits.page(cut, "docs/x.md")[1] == []
    assert cut.count("\n") == text.count("\n")
    assert found or cut == text


@given(texts)
def test_checks_of_pages_never_raise(text):
    text, _ = limits.page(text, "docs/x.md")
    meta, _ = front_matter.check(text, "docs/x.md", SCHEMAS, TODAY)
    found = [
        *front_matter.check(text, "docs/x.md", SCHEMAS, TODAY)[1],
        *page_checks.check(text, "docs/x.md"),
        *written_links.check(text, "docs/x.md", "x/", {"x/"}),
        *(problem for _, problem in written_links.unreadable(markdown_text.masked_body(text), "docs/x.md")),
        *(problem for told in prose.check(text, "docs/x.md", str(meta.get("kind"))) for problem in told),
        *sources.check(text, "docs/x.md", {"a": None}),
        *terms.check(terms.load(text), "docs/x.md"),
        *faq.check(faq.questions(text, "x.md")),
        *decision.check(decision.options(text), "docs/x.md"),
        *when_to_call.check(text, "docs/x.md", "safety"),
        *(problem for fence in markdown_text.fences(text) for problem in figures.draw(fence, "x.md", DRAWN, str)[2]),
    ]
    count = text.count("\n") + 2
    assert all(1 <= problem.line <= count and str(problem).isprintable() for problem in found)
    assert prose_text.grade(text) == prose_text.grade(text)
    assert lookup.page("x.md", "", text).path == "x.md"


@given(texts)
def test_titles_that_templates_print_hold_no_markup(text):
    meta, found = front_matter.check(text, "docs/x.md", SCHEMAS, TODAY)
    shown = front_matter.shown(meta, found, "x", SCHEMAS)
    assert isinstance(shown.get("title", ""), str)
    assert not set('<>"') & set(shown.get("title", ""))


@given(texts)
def test_no_script_passes_the_list(text):
    for html in (text, f"<p>{text}</p>"):
        if markup.check(html, text, "docs/x.md", "x/") == []:
            page = f"<!doctype html><html><body><main><div><article>{html}</article></div></main></body></html>"
            assert [one for one in strict.harm(page) if "does not stand" not in one] == []


@given(plain)
def test_data_of_any_shape_is_told_and_never_raises(value):
    for name in DATA:
        assert isinstance(schema.check(value, load_yaml("", "data/x.yml"), "data/x.yml", DATA, name), list)
    for key in ("claims", "articles"):
        loaded = load_yaml("", "data/x.yml")
        loaded.value = {"claims": [], "articles": [], key: [value]}
        assert claims.load(loaded, DATA).problems or not loaded.value[key]


@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=20))
def test_a_problem_is_one_printable_line(what, mend, path):
    problem = problems.Problem(path, 1, what, mend)
    assert str(problem).isprintable() and problem.annotation().isprintable()


@given(st.text(max_size=60))
def test_text_for_markdown_stays_text(text):
    assert "<" not in csl.escape(text)


@given(st.lists(st.sampled_from([*inputs.FRAGMENTS["svg"], "<", ">", "\\", "<g>", "</g>"]), max_size=4).map("".join))
def test_no_script_passes_in_a_drawing(inner):
    text = (
        f'<svg xmlns="http://www.w3.org/2000/svg"><title id="x-title">A</title><desc id="x-desc">B</desc>{inner}</svg>'
    )
    assert diagrams.check(text, "x") or not list(strict.drawing(text))


def test_the_strict_reader_sees_what_it_is_for():
    page = "<!doctype html><html><body><div><main><article>{}</article></main></div></body></html>"
    assert not list(strict.harm(page.format("<p>a</p>")))
    unsafe = [
        one
        for one in (
            "<script>a</script>",
            "<p onclick=a>",
            "<a href=javascript:a>",
            "<iframe>",
            "<p style=a>",
            "<img src=//a>",
            "</article>b<article>",
            "a\u202eb",
        )
        if not list(strict.harm(page.format(one)))
    ]
    assert unsafe == []


@pytest.mark.slow
def test_three_hundred_inputs(tmp_path):
    logging.getLogger("mkdocs").setLevel(logging.INFO)
    batches = list(run.run(tmp_path, 300, 100))
    assert [line for batch in batches for line in batch.wrong] == []
    assert sum(batch.pages for batch in batches) == 300
    assert sum(batch.problems for batch in batches) > 3000  # they were hostile indeed
    assert max(batch.slowest for batch in batches)[0] < run.LONGEST
