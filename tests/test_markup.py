import json
import re

import markdown
import markup
import page_checks
import pytest
import yaml
from fuzz import strict
from golden_cases import cases, told
from mkdocs.commands.build import build
from mkdocs.config import load_config
from selectolax.lexbor import LexborHTMLParser
from sites import ROOT, listening

from guidekit import allowed, limits

# mkdocs.yml as far as Markdown is concerned; its tags are for MkDocs.
SETTINGS = re.search(r"^markdown_extensions:\n(?:[ #].*\n)+", (ROOT / "mkdocs.yml").read_text(), re.M)[0]
EXTENSIONS = [
    next(iter(one)) if isinstance(one, dict) else one for one in yaml.safe_load(SETTINGS)["markdown_extensions"]
]


def rendered(source: str) -> str:
    return markdown.Markdown(extensions=EXTENSIONS).convert(source)


@pytest.mark.parametrize("case", cases("markup"))
def test_golden(case):
    html = case.get("html") or rendered(case["in"])
    found = markup.check(html, case["in"], "docs/a/page.md", "a/page/", case.get("data"))
    assert told(found) == case["problems"], case["why"]


def test_a_box_title_without_marks_is_told_once():
    text = "---\ntitle: A\n---\nKey points of it.\n\n!!! key-points Key points\n\n    Text.\n"
    found = markup.check(rendered(text), text, "docs/page.md", "page/")
    assert {problem.line for problem in found} == {6}
    box = page_checks.check(text, "docs/page.md")
    assert markup.untold(found, box) == [] and len(box) == 1


def test_the_snippets_extension_is_off():
    assert not [name for name in EXTENSIONS if "snippets" in name]


@pytest.fixture(scope="module")
def pages(tmp_path_factory) -> list[LexborHTMLParser]:
    """The text of each real page as the hooks leave it."""
    kept: list[str] = []
    with listening():
        config = load_config(config_file=str(ROOT / "mkdocs.yml"), site_dir=str(tmp_path_factory.mktemp("site")))
        config.plugins.on_startup(command="build", dirty=False)
        config.plugins.events["page_content"].append(lambda html, **_: kept.append(html) or html)
        build(config)
    assert len(kept) > 60
    return [LexborHTMLParser(html) for html in kept]


# Listed without being used yet: ordinary Markdown, and what drawings are made of.
SPARE = {
    *("<img>", "<code>", "<pre>", "<h4>", "<sub>", "img src", "img alt", "ol start", "div.highlight"),
    *("<ellipse>", "<polyline>", "<polygon>", "<tspan>"),
    *(f"svg {name}" for name in ("dx", "dy", "fill-rule", "font-weight", "opacity", "points", "ry")),
}


@pytest.mark.slow
def test_nothing_is_allowed_that_no_page_needs(pages):
    used = set()
    for page in pages:
        for node in page.body.traverse():
            if node.tag.startswith("-"):
                continue
            used |= {f"<{node.tag}>", f"any {node.tag}"}
            drawn = node.tag in allowed.SVG_ELEMENTS
            for name, value in node.attributes.items():
                used |= {f"any {name}", f"{'svg' if drawn else node.tag} {name}"}
                if name == "class":
                    used |= {f"{node.tag}.{one}" for one in value.split()}
    listed = {f"<{tag}>" for tag in (*allowed.ELEMENTS, *allowed.SVG_ELEMENTS)}
    listed |= {f"any {name}" for name in allowed.GLOBAL}
    listed |= {f"{tag} {name}" for tag, names in allowed.ELEMENTS.items() for name in names}
    listed |= {f"svg {name}" for name in allowed.SVG_ATTRIBUTES}
    of_drawings = ["bar", "body", "dot", "dots", "edge", "ground", "half", "head", "hollow", "solid"]
    listed |= {
        f"{tag}.{one}" for one, tags in allowed.CLASSES.items() if one not in of_drawings for tag in tags.split()
    }
    assert listed - used == SPARE
    assert all(any(name.endswith(f".{one}") for name in used) for one in of_drawings)


def test_the_frame_is_the_build_s_own():
    frame = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "overrides").rglob("*.html"))
    ids = set(re.findall(r'\bid="([\w-]+)"', frame))
    assert ids == allowed.FRAME_IDS
    classes = {one for names in re.findall(r'class="([^"{]+)', frame) for one in names.split()}
    # Boxes and small print of the templates are those of the text.
    assert classes & set(allowed.CLASSES) == {"admonition", "admonition-title", "help", "small", "letters"}
    assert set(allowed.CLASSES) >= allowed.WRITTEN


@pytest.mark.parametrize(
    ("url", "wrong"),
    [
        ("https://example.org/a?b#c", None),
        ("mailto:a@example.org", None),
        ("tel:+43112", None),
        ("../b/#c", None),
        ("#c", None),
        ("../../", None),
        ("../../../b", "leads out of the site"),
        ("%2e%2e/%2E%2E/../b", "leads out of the site"),
        ("http://example.org", "begins with http:"),
        ("javascript:alert(1)", "begins with javascript:"),
        (" \x01java\nscript\t:alert(1)", "begins with javascript:"),
        ("DATA:text/html,a", "begins with data:"),
        ("//example.org", "begins with two slashes, which lead to another host"),
        ("/a", None),
        ("\\\\example.org", "holds a character that has no place in an address"),
        ("/\\example.org", "holds a character that has no place in an address"),
        ("https://guide@example.org", "names a user before its host"),
        ("https:", "names no host"),
        ("https://[", "cannot be read"),
    ],
)
def test_addresses_are_read_as_browsers_do(url, wrong):
    assert allowed.address(url, "a/page/") == wrong


def test_pages_are_files_in_the_offline_copy():
    assert allowed.address("../b.html", "a/page.html") is None
    assert allowed.address("../../b.html", "a/page.html") == "leads out of the site"


def test_pictures_are_ours():
    assert allowed.address("../a.svg", "a/page/", picture=True) is None
    assert allowed.address("https://example.org/a.png", "", picture=True) == "is a picture from elsewhere"
    assert allowed.address("data:image/png,a", "", picture=True) == "is a picture from elsewhere"


def test_a_page_that_breaks_the_list_is_not_shown(tiny, tmp_path):
    built = tiny({"a.md": "Words.\n\n## Heading { #heading onclick=a }\n\n<script>alert(1)</script>", "b.md": "Good."})
    assert not built.ok
    assert [line for line in built.problems if "may not" in line] == [
        "docs/a.md:11: <h2> may not have the attribute 'onclick'. To mend: delete it.",
        "docs/a.md:13: <script> may not stand on a page. To mend: delete it, or write Markdown.",
    ]
    article = LexborHTMLParser(built.page("a")).css_first("article")
    assert article.css_first("h1").text() == "Page number 0" and not article.css("script, h2, nav, [onclick]")
    assert "This page is not shown" in article.text() and "Words." not in article.text()
    assert "Good." in built.page("b")


def test_a_page_that_cannot_be_converted_is_a_problem_of_that_page(tiny, monkeypatch):
    convert = markdown.Markdown.convert

    def breaks(self, source):
        if "Break here" in source:
            raise RecursionError("maximum recursion depth exceeded")
        return convert(self, source)

    monkeypatch.setattr(markdown.Markdown, "convert", breaks)
    built = tiny({"a.md": "Break here.", "b.md": "Good."})
    assert (
        "docs/a.md:1: this page cannot be converted (RecursionError: maximum recursion depth exceeded). "
        "To mend: undo the last change to it, and make it again in smaller steps."
    ) in built.problems
    assert "This page is not shown" in built.page("a") and "Good." in built.page("b")


def test_the_search_index_never_carries_markup(tiny, tmp_path):
    code = "`<img src=x onerror=alert(1)>`"
    built = tiny(
        {"a.md": f"{code}\n\n## {code} &lt;b&gt; {'{ #one }'}\n\nText {code}\n\n## A & B {'{ #two }'}\n\n1 < 2\n"}
    )
    index = json.loads((built.site / "search/search_index.json").read_text(encoding="utf-8"))
    found = {doc["location"]: doc for doc in index["docs"]}
    assert found["a/#one"]["title"] == "<code>&lt;img src=x onerror=alert(1)&gt;</code> &lt;b&gt;"
    assert found["a/#two"]["title"] == "A &amp; B"
    assert not list(strict.index(json.dumps(index)))
    on_page = LexborHTMLParser(built.page("a")).css("nav.on-page li, article img")
    assert all(node.tag == "li" for node in on_page)


def test_the_readme_tells_the_list():
    section = (
        (ROOT / "README.md").read_text(encoding="utf-8").partition("## What a page may hold\n")[2].partition("\n## ")[0]
    )
    code = set(re.findall(r"`([^`]+)`", section))
    assert {*allowed.ELEMENTS, *allowed.WRITTEN, *(f"{scheme}:" for scheme in allowed.SCHEMES)} <= code
    for number in (limits.PAGE_BYTES // 1000, limits.MOST_LINES, limits.LONGEST_LINE, limits.DEEPEST_INDENT):
        assert re.search(rf"\b{number:,}\b", section), number
