"""The bench's pure parts: bytes, copies of pages, the floor and the tables. No time is asserted here or anywhere."""

import re

import pytest
import yaml
from bench import copying, floor, loading, tables
from bench.building import Built, Time
from bench.loading import Speed, Weight
from sites import ROOT, build_site

PAGE = """---
title: {title}
description: A page.
kind: {kind}
aliases: [one, two]
help_box: true
---
[Mine](b.md#here), [theirs](../faq/index.md "x"), ![words](../assets/x.svg), [out](https://example.org/), [up](#top).

```certainty
rows:
  - {{what: Words, page: b.md, level: low}}
  - {{what: Words, page: ../faq/index.md#c, level: low}}
```

[later]: ../faq/index.md
[^note]: Not a link.
"""


def test_bytes_of_a_first_load_without_the_icon():
    log = [
        ("/a/", 200, 1000),
        ("/s.css", 200, 200),
        ("/late.js", 200, 30),
        ("/i.svg", 200, 5),
        ("/favicon.ico", 404, 3),
    ]
    blocking = ["http://h:1/s.css", "http://elsewhere/none.css"]
    assert loading.weight(log, "http://h:1/a/", blocking, ["http://h:1/i.svg"]) == Weight(3, 1230, 1200)


def test_top_level_blocks_of_a_config():
    found = copying.blocks("# on top\na: 1\nb:\n  - x\n\n  - y\n# next\nc: ''\n")
    assert found == {"a": "a: 1\n", "b": "b:\n  - x\n\n  - y\n# next\n", "c": "c: ''\n"}


def test_the_plain_site_has_our_menu_and_markdown_and_nothing_else_of_ours():
    text = copying.plain_config((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    plain = yaml.safe_load(text)
    assert set(plain) == {"site_name", "theme", "plugins", "nav", "markdown_extensions"}
    assert plain["theme"] == {"name": "material", "font": False} and plain["plugins"] == ["search"]


def test_a_copy_has_a_title_of_its_own_no_aliases_and_links_that_lead():
    pages = {
        "top/a.md": PAGE.format(title="About ketamine", kind="safety"),
        "top/b.md": PAGE.format(title=f'"{"Long " * 14}"', kind="access"),
        "faq/index.md": PAGE.format(title="Questions", kind="faq"),
    }
    made = copying.copies(pages, 3)
    assert list(made) == ["x1/top/a.md", "x1/top/b.md", "x2/top/a.md"]
    first, last = made["x1/top/a.md"], made["x2/top/a.md"]
    assert copying.kind_of(first) == "safety" and "aliases" not in first and "help_box: true" in first
    assert 'title: "About ketamine 1"\n' in first and 'title: "About ketamine 2"\n' in last
    assert len(re.search(r'title: "(.*)"', made["x1/top/b.md"])[1]) <= copying.LONGEST_TITLE
    assert "[Mine](b.md#here), [theirs](../../faq/index.md" in first and "](../../assets/x.svg)" in first
    assert "page: b.md," in first and "page: ../../faq/index.md#c," in first
    assert "[later]: ../../faq/index.md" in first and "[^note]: Not" in first
    assert "(https://example.org/)" in first and "(#top)" in first
    # The last copy is not whole: what was not copied there is linked where it is.
    assert "[Mine](../../top/b.md#here)" in last and "page: ../../top/b.md," in last


def test_the_menu_gets_a_section_for_each_copy_and_folder():
    config = "nav:\n  - Home: index.md\n\ntheme:\n  name: material\n"
    longer = copying.with_nav(config, ["x1/a/one.md", "x1/a/two.md", "x1/b/one.md", "x2/a/one.md"])
    assert yaml.safe_load(longer)["nav"] == [
        {"Home": "index.md"},
        {"X1": [{"A": ["x1/a/one.md", "x1/a/two.md"]}, {"B": ["x1/b/one.md"]}]},
        {"X2": [{"A": ["x2/a/one.md"]}]},
    ]
    with pytest.raises(ValueError, match="no nav"):
        copying.with_nav("nav: []\n", ["a.md"])


@pytest.mark.slow
def test_copies_pass_all_checks(copy):
    more = 12  # so many that one has a picture that leads to the others
    copying.extend(copy, more)
    built = build_site(copy)
    assert built.ok, built.problems
    assert len(list(built.site.glob("x1/**/index.html"))) == more


def test_the_floor_keeps_words_headings_and_links():
    html = (
        '<title>A</title><nav>menu</nav><article class="x"><h1 id="t">A  &amp; B<a class="h" href="#t">¶</a></h1>'
        '<p>One <span class="note" role="tooltip">note <span>in</span> it</span><b>two</b><br><img src="x.png" hidden>'
        "<svg><path/><text>drawn</text></svg></p><p hidden>late</p><script>no()</script></article><article>2</article>"
    )
    assert floor.article(html) == '<article><h1>A &amp; B<a href="#t">¶</a></h1><p>One two<br></p></article>'
    whole = floor.page(html)
    assert "<title>A</title>" in whole and "<script" not in whole and 200 <= len(floor.CSS) <= 260
    with pytest.raises(ValueError, match="no <article>"):
        floor.page("<p>nothing</p>")


def test_tables_of_loads_and_searches():
    found = {
        "a/": {
            "ours": (Weight(3, 12345, 6000), Speed(500.4, 900, 0)),
            "floor": (Weight(1, 900, 900), Speed(300, 300, 0)),
        }
    }
    rows = tables.loads(found).splitlines()
    assert rows[2] == "| `/a/` | ours | 3 | 12.3 | 6.0 | 500 | 900 | 3.00 | 0.000 |"
    assert rows[3].endswith("| 300 | 300 | 1.00 | 0.000 |")
    assert tables.searches({"ours": [12.6, 3.2], "plain": None}).splitlines()[2:] == [
        "| ours | to the first result | 13 | 3 |",
        "| plain | to the first result | no answer | no answer |",
    ]


def test_table_of_builds_compares_the_time_of_a_page():
    small = Built(10, {"ours": (Time(9.0, 5.0), Time(4.0, 3.0))})
    large = Built(100, {"ours": (Time(120.0, 100.0), Time(90.0, 80.0))})
    assert tables.builds([small, large]).splitlines()[2:] == [
        "| ours | 10 | 9.0 | 4.0 | 5.0 | 3.0 | 500 | 1.00 |",
        "| ours | 100 | 120.0 | 90.0 | 100.0 | 80.0 | 1000 | 2.00 |",
    ]


def test_the_report_has_facts_and_sections():
    text = tables.report({"Day": "today"}, {"Loading": ("How.", "| a |")})
    assert text.splitlines()[4:] == ["- Day: today", "", "## Loading", "", "How.", "", "| a |"]
