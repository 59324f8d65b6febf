import re

import pytest
import styles
import tinycss2
from selectolax.lexbor import LexborHTMLParser

PAGE = '<html lang="en"><body><p class="a b" id="x" hidden>Text</p><dialog><input class="q"></dialog></body></html>'


def test_names():
    assert {"p", ".a", ".b", "#x", "[id]", "[lang=en]", "[hidden]", "input", ".q"} <= styles.names(PAGE)


@pytest.mark.parametrize(
    ("selector", "needed"),
    [
        ("p.a > #x::before", {"p", ".a", "#x"}),
        (".a:hover, *", {".a"}),
        ("[dir=rtl] .a", {"[dir=rtl]", ".a"}),
        ('[role="row"]', {"[role=row]"}),
        ("[class*='q']", {"[class]"}),
        (":is(.c, .d) P", {"p"}),  # in brackets: not looked at
        (".a:not(.c)", {".a"}),
    ],
)
def test_needs(selector, needed):
    assert styles.needs(next(styles.selectors(tinycss2.parse_component_value_list(selector)))) == needed


def split(own, theme=""):
    tree = LexborHTMLParser(PAGE)
    dialog = styles.names(tree.css_first("dialog").html)
    tree.css_first("dialog").decompose()
    return styles.split(theme, own, styles.names(tree.html), dialog)


def test_only_what_pages_have_stays_and_search_goes_apart():
    first, rest = split(".a { color: red; } .q { margin: 0 } .gone, .b { top: 0 } .gone { left: 0 } .a .q { right: 0 }")
    assert first == ".a{color:red}.b{top:0}"
    assert rest == ".q{margin:0}.a .q{right:0}"


def test_states_that_a_script_sets_stay():
    assert split(".js .a { top: 0 } .a[open] { left: 0 }")[0] == ".js .a{top:0}.a[open]{left:0}"


def test_at_rules():
    first, rest = split(
        '@charset "utf-8"; @page { margin: 1cm } @media (width > 3em) { .a { top: 0 } .q { top: 1px } .gone { top: 2px } }'
        " @supports not selector(:x) { .gone { top: 0 } }"
    )
    assert first == "@page{margin:1cm}@media (width>3em){.a{top:0}}"
    assert rest == "@media (width>3em){.q{top:1px}}"


def test_values_keep_their_meaning():
    css = '.a{width:calc(1px + 2em);font:1rem/1.5 "A  B",serif;flex:0 0 0px;margin:-1px +2px;content:"a { b"}'
    assert split(css)[0] == css


def test_variables_and_key_frames_that_nothing_uses_go():
    own = (
        ":root { --used: var(--deep); --deep: red; --idle: url('a;b') } .a { color: var(--used); animation: on 1s }"
        " @keyframes on { from { top: 0 } } @keyframes off { from { top: 0 } to { top: 1px } }"
    )
    first = split(own)[0]
    assert "--used" in first and "--deep" in first and "--idle" not in first
    assert "@keyframes on" in first and "off" not in first


def test_the_themes_own_boxes_and_tables_go():
    theme = ".a { top: 0 } .a .admonition, .a.admonition { left: 0 } p:target { top: 1px }"
    assert split("", theme)[0] == ".a{top:0}"


def test_pages_name_two_sheets_by_what_is_in_them(tiny):
    built = tiny({"index.md": "Hello.", "a.md": "Again."})
    [first] = (built.site / "assets").glob("first.*.css")
    [rest] = (built.site / "assets").glob("rest.*.css")
    page = built.page("a")
    assert f'rel="stylesheet" href="../assets/{first.name}"' in page and f'data-style="../assets/{rest.name}"' in page
    assert "stylesheets/main" not in page and not (built.site / "assets/guide.css").exists()
    # No script in the page, and only one that it asks for.
    assert re.findall(r"<script[^>]*>", page) == re.findall(r'<script src="../assets/guide[^>]*>', page)
    assert ".md-search-result__item" in rest.read_text() and "md-search" not in first.read_text()
