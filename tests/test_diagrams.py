import gzip

import diagrams
import pytest
from golden_cases import told
from sites import ROOT, build_site

RIGHT = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" role="img" aria-labelledby="x-title x-desc">
  <title id="x-title">A &amp; B</title>
  <desc id="x-desc">A dot.</desc>
  <!-- dot -->
  <circle r="2"/>
</svg>
"""
AT = "docs/assets/diagrams/x.svg"


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("", "", ""),
        ("<circle", "<script", f"{AT}:5: <script> may not stand in a picture. To mend: draw it with shapes."),
        ("<circle", "<image", f"{AT}:5: <image> may not stand in a picture. To mend: draw it with shapes."),
        (
            'r="2"',
            'r="2" onclick="x()"',
            f"{AT}:5: the attribute 'onclick' may not stand in a picture. To mend: delete it; colors are attributes, as in fill=.",
        ),
        (
            'r="2"',
            'style="fill:red"',
            f"{AT}:5: the attribute 'style' may not stand in a picture. To mend: delete it; colors are attributes, as in fill=.",
        ),
        (
            "<circle r",
            '<use href="https://example.org/x.svg#a" r',
            f"{AT}:5: 'https://example.org/x.svg#a' leads out of the picture. To mend: draw it here.",
        ),
        (
            'r="2"',
            'fill="url(https://example.org/x)"',
            f"{AT}:5: 'url(https://example.org/x)' leads out of the picture. To mend: draw it here.",
        ),
        (
            "<circle",
            '<circle id="dot"',
            f"{AT}:5: the id 'dot' is not this picture's own. To mend: write 'x-dot', so that no other id of the page is the same.",
        ),
        (
            '<desc id="x-desc">A dot.</desc>',
            "",
            f"{AT}:1: this picture has no <desc>. To mend: say in words what it shows, as in <desc id='x-desc'>.",
        ),
        (
            "</svg>",
            "",
            f"{AT}:7: this picture is not well-formed XML (no element found). To mend: close each element, and quote each attribute.",
        ),
        (
            "<svg",
            '<!DOCTYPE svg [<!ENTITY a "b">]><svg',
            f"{AT}:1: this picture declares a document type. To mend: delete everything before <svg.",
        ),
    ],
)
def test_check(old, new, line):
    found = told(diagrams.check(RIGHT.replace(old, new, 1) if old else RIGHT, "x"))
    assert found == ([line] if line else [])


def test_place():
    html = (
        '<p><img alt="A dot" src="../assets/diagrams/x.svg"></p><p><img alt="b" src="../assets/diagrams/none.svg"></p>'
    )
    placed = diagrams.place(html.replace('">', '" />', 0), {"x": diagrams.compact(RIGHT)})
    assert placed.startswith('<figure class="figure diagram"><figcaption>A &amp; B</figcaption><svg xmlns=')
    assert "<!--" not in placed and placed.endswith('none.svg"></p>')


REAL = sorted((ROOT / diagrams.FOLDER).glob("*.svg"))


@pytest.mark.parametrize("path", REAL, ids=[path.stem for path in REAL])
def test_the_real_ones(path):
    text = path.read_text(encoding="utf-8")
    assert diagrams.check(text, path.stem) == []
    assert len(gzip.compress(diagrams.compact(text).encode(), 9)) <= 2048
    pages = [page.read_text(encoding="utf-8") for page in (ROOT / "docs").rglob("*.md")]
    assert any(f"assets/diagrams/{path.name}" in page for page in pages)


def test_a_page_shows_it(tiny, tmp_path):
    built = tiny({"a/b.md": "![Words](../assets/diagrams/synapse.svg)\n\nText."})
    html = built.page("a/b")
    assert '<figure class="figure diagram">' in html and "<img" not in html
    assert 'aria-labelledby="synapse-title synapse-desc"' in html


@pytest.mark.parametrize(
    "odd",
    [
        '<?xml-stylesheet href="a.xsl"?>',
        "<desc><![CDATA[<script>alert(1)</script>]]></desc>",
        '<rect fill="u\\72l(#a)"/>',
        '<rect filter="a"/>',
    ],
)
def test_what_browsers_read_otherwise_is_refused(odd):
    assert diagrams.check(RIGHT.replace("<circle", f"{odd}<circle"), "x")


def test_a_wrong_drawing_is_not_copied(tiny, tmp_path):
    tiny({"a.md": "[One](assets/diagrams/synapse.svg), [two](assets/diagrams/x.svg)."})
    (tmp_path / "docs/assets/diagrams/x.svg").write_text(RIGHT.replace("<circle", "<script/><circle"), encoding="utf-8")
    built = build_site(tmp_path)
    assert any(line.startswith(f"{AT}:5: <script> may not") for line in built.problems)
    assert not (built.site / "assets/diagrams/x.svg").exists()
    assert (built.site / "assets/diagrams/synapse.svg").exists()
