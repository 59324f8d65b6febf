"""The figures: golden cases of what editors write, and facts about every figure of the real pages."""

import gzip
import re
from functools import partial
from xml.etree import ElementTree

import figures
import pytest
from golden_cases import cases, told
from markdown import markdown
from sites import ROOT

from guidekit import figure_rules, pictures
from guidekit.figure_rules import Known, counts
from guidekit.schema import load_schemas

KNOWN = Known(
    schemas=load_schemas(ROOT / "data/schema/figures"),
    sources=["rodriguez2013", "murrough2013-ajp", "canuso2021"],
    studies={
        "rodriguez2013": {
            "source": "rodriguez2013",
            "when": "1 week",
            "counted": {
                "ketamine": {"responded": 4, "of": 8, "percent": 50},
                "comparison": {"responded": 0, "of": 7, "percent": 0},
            },
        },
        "murrough2013-ajp": {
            "source": "murrough2013-ajp",
            "when": "1 day",
            "counted": {
                "ketamine": {"responded": None, "of": 47, "percent": 64},
                "comparison": {"responded": None, "of": 25, "percent": 28},
            },
        },
        "sizes-unknown": {
            "source": "canuso2021",
            "when": "1 day",
            "counted": {
                "ketamine": {"responded": None, "of": None, "percent": 64},
                "comparison": {"responded": None, "of": None, "percent": 28},
            },
        },
        "not-counted": {"source": "canuso2021", "when": "1 day"},
    },
    pages={
        "conditions/page.md": "",
        "conditions/ocd.md": '!!! evidence "How sure we are: very low (our judgment)"\n',
        "conditions/ptsd.md": '!!! evidence "How sure we are: low (our judgment) for PTSD"\n',
    },
)


def drawn(source):
    html, problems = [], []
    for fence in figures.fences(source):
        one, keys, found = figures.draw(fence, "conditions/page.md", KNOWN, lambda page: page.replace(".md", "/"))
        html.append(f"{one}{keys or ''}")
        problems += found
    return "\n".join(html), problems


@pytest.mark.parametrize("case", cases("figures"))
def test_golden(case):
    html, problems = drawn(case["in"])
    assert told(problems) == case.get("problems", []), case["why"]
    assert html == case.get("out", html if problems else None), case["why"]
    for part in re.split(r"(?<=</figure>)", html):
        if part.startswith("<figure"):
            ElementTree.fromstring(part)  # well-formed


def test_groups_of_fifty_are_drawn_of_100_and_smaller_ones_as_they_are():
    group = {"people": 50, "count": 25}
    assert counts([group, {"people": 200, "count": 61}]) == ([(50, 100), (31, 100)], False)
    assert counts([{"people": 49, "count": 25}, group]) == ([(25, 49), (25, 50)], False)
    assert counts([{"people": 40, "percent": 55}, {"people": 40, "percent": 30}]) == ([(22, 40), (12, 40)], True)


@pytest.mark.parametrize(
    ("groups", "reason"),
    [
        ([{"people": 8, "count": 9}], "9 of a group of 8 people cannot be"),
        ([{"people": 8, "percent": 30}], "30 percent of a group of 8 people is no whole number of people"),
        ([{"people": 100, "count": 10, "percent": 20}], "10 of 100 people is 10.0 percent, not 20"),
    ],
)
def test_impossible_numbers(groups, reason):
    with pytest.raises(ValueError, match=re.escape(reason)):
        counts(groups)


@pytest.mark.parametrize(("filled", "of"), [(0, 7), (4, 8), (27, 100), (100, 100), (0, 100), (13, 25), (1, 1)])
def test_each_person_is_drawn_once(filled, of):
    # A dashed line of n - 1 steps draws n people.
    def people(paths):
        return sum(
            round((float(length) - extra) / pictures.DOWN) + 1
            for path, extra in paths
            for length in re.findall(r"v([\d.]+)", path)
        )

    svg = pictures.people(filled, of)
    for name, expected in (("solid", filled), ("edge", of - filled), ("ground", of - filled)):
        heads = re.findall(rf'class="head {name}" d="([^"]*)"', svg)
        bodies = re.findall(rf'class="body {name}" d="([^"]*)"', svg)
        assert people([(d, 0.01) for d in heads]) == expected
        assert people([(d, 2.5) for d in bodies]) == expected
    assert f'aria-label="{filled} of {of} drawn people are filled in"' in svg


def test_marks_move_into_the_figure():
    html = (
        f'<figure class="figure a">x{pictures.MARK} y{pictures.MARK}</figure>\n'
        '<p class="figure-marks"><sup id="fnref:a">1</sup><sup id="fnref:b">2</sup></p>'
        f'<figure class="figure b">z{pictures.MARK}</figure><p class="figure-marks"><sup id="fnref2:a">1</sup></p>'
    )
    assert figures.place_marks(html) == (
        '<figure class="figure a">x<sup id="fnref:a">1</sup> y<sup id="fnref:b">2</sup></figure>'
        '<figure class="figure b">z<sup id="fnref2:a">1</sup></figure>'
    )


def test_a_block_in_code_is_not_a_figure():
    assert list(figures.fences("    ```\n\nText `timeline` here\n")) == []


def test_a_page_with_figures(tiny):
    source = (ROOT / "data/sources.yml").read_text(encoding="utf-8")
    entry = re.search(r"(?ms)^- id: rodriguez2013\n.*?(?=^- id: )", source)[0]
    page = """Text.

```icon-array
title: People whose OCD eased a week after one drip
study: rodriguez2013
counted: responded
groups: [ketamine, salt water]
sure: "our judgment: very low"
```

More.
"""
    built = tiny({"index.md": page}, sources=f"references:\n{entry}")
    html = built.page("")
    assert '<figure class="figure icon-array">' in html and "icon-array\n" not in html
    assert '<sup id="fnref:1"><a class="footnote-ref" aria-label="Source 1"' in html
    assert pictures.MARK not in html and "figure-marks" not in html
    assert 'id="fn:1"' in html


def test_a_mistake_in_a_figure_stops_the_build(tiny):
    built = tiny({"index.md": "Text.\n\n```timelne\ntitle: What happens when\n```\n"})
    assert not built.ok
    assert built.problems == ["docs/index.md:11: unknown figure 'timelne'. To mend: write 'timeline'."]


REAL = {
    path.relative_to(ROOT / "docs").as_posix(): path.read_text(encoding="utf-8")
    for path in sorted((ROOT / "docs").rglob("*.md"))
}


def real_figures():
    for page, text in REAL.items():
        for number, fence in enumerate(figures.fences(text)):
            yield pytest.param(page, fence, id=f"{page}-{number}")


def real_known():
    import yaml

    studies = yaml.safe_load((ROOT / figure_rules.STUDIES).read_text(encoding="utf-8"))["studies"]
    sources = yaml.safe_load((ROOT / "data/sources.yml").read_text(encoding="utf-8"))["references"]
    return Known(KNOWN.schemas, {s["id"] for s in sources}, {s["id"]: s for s in studies}, REAL)


@pytest.fixture(scope="module")
def real():
    return real_known()


@pytest.mark.parametrize(("page", "fence"), list(real_figures()))
def test_real_figures_are_light_and_hold_nothing_but_drawing(page, fence, real):
    html, keys, found = figures.draw(fence, page, real, lambda target: target)
    assert found == []
    assert len(gzip.compress(html.encode(), 9)) <= 2048
    root = ElementTree.fromstring(html)
    for element in root.iter():
        assert element.tag not in ("script", "style", "image")
        assert not [name for name in element.attrib if name == "style" or name.startswith("on")]
    assert html.count(pictures.MARK) == len(keys) and (keys or fence.kind == "timeline")


def test_there_are_figures_where_people_would_rather_look():
    kinds = {(page, fence.kind) for page, text in REAL.items() for fence in figures.fences(text)}
    for wanted in (
        ("conditions/treatment-resistant-depression.md", "icon-array"),
        ("conditions/index.md", "certainty"),
        ("safety/side-effects.md", "dot-range"),
        ("treatment/the-session.md", "timeline"),
        ("treatment/the-course.md", "timeline"),
        ("basics/history.md", "timeline"),
    ):
        assert wanted in kinds


def test_the_fence_is_left_to_the_extension():
    drawn = partial(figures.fence_html, drawn={"a: 1": "<figure>drawn</figure>"})
    fences = {"custom_fences": [{"name": "timeline", "class": "timeline", "format": drawn}]}
    html = markdown(
        "```timeline\na: 1\n```",
        extensions=["pymdownx.superfences"],
        extension_configs={"pymdownx.superfences": fences},
    )
    assert html == "<figure>drawn</figure>"
