"""The site as `make serve` builds it again and again in one process."""

import json

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.structure.pages import Page
from sites import Built, listening

PAGES = {
    "index.md": "A page.\n\n## One { #one }\n\nText.",
    "other.md": "See [it](index.md#one), said of nausea.",
    "glossary.md": "### Nausea { #nausea }\n\nFeeling sick.",
}


@pytest.fixture
def serve(tiny, tmp_path, monkeypatch):
    """Builds as `serve` does; returns what was built and the pages that were converted."""
    tiny(PAGES)
    real, converted = Page.render, []
    monkeypatch.setattr(Page, "render", lambda page, *rest: converted.append(page.file.src_uri) or real(page, *rest))

    def again():
        converted.clear()
        with listening() as lines:
            config = load_config(config_file=str(tmp_path / "mkdocs.yml"), site_dir=str(tmp_path / "site"))
            config.plugins.on_startup(command="serve", dirty=False)
            build(config, serve_url="http://127.0.0.1:8000/")
        return Built(True, lines, tmp_path / "site"), sorted(converted)

    assert again()[1] == sorted(PAGES)
    return again


def edit(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_only_the_edited_page_is_converted_and_it_shows(serve, tmp_path):
    before = (tmp_path / "site/other/index.html").read_bytes()
    edit(tmp_path / "docs/index.md", "Text.", "Text.\n\n## Another heading { #another }\n\nMore.")
    built, converted = serve()
    assert converted == ["index.md"]
    page = built.page(".")
    assert page.count('<h2 id="another"') == 1 and page.count('<h2 id="one"') == 1
    assert (tmp_path / "site/other/index.html").read_bytes() == before
    assert serve()[1] == []


def test_the_search_index_follows_the_edit(serve, tmp_path):
    index = tmp_path / "site/search/search_index.json"
    first = json.loads(index.read_text(encoding="utf-8"))["docs"]
    edit(tmp_path / "docs/index.md", "Text.", "Zebra.")
    serve()
    then = json.loads(index.read_text(encoding="utf-8"))["docs"]
    assert [doc["location"] for doc in then] == [doc["location"] for doc in first]
    assert [doc for doc in then if "Zebra" in doc["text"]] and not [doc for doc in first if "Zebra" in doc["text"]]
    serve()
    assert json.loads(index.read_text(encoding="utf-8"))["docs"] == then


def test_a_heading_that_is_gone_is_told_of_the_page_that_links_to_it(serve, tmp_path):
    edit(tmp_path / "docs/index.md", "{ #one }", "{ #two }")
    for _ in range(2):
        built, converted = serve()
        assert "other.md" not in converted
        assert [line for line in built.problems if "docs/other.md" in line and "'one'" in line]
    edit(tmp_path / "docs/index.md", "{ #two }", "{ #one }")
    assert not [line for line in serve()[0].problems if "docs/other.md" in line and "'one'" in line]


def test_a_page_that_is_gone_is_told_each_time(serve, tmp_path):
    edit(tmp_path / "docs/other.md", "index.md#one", "renamed.md")
    for _ in range(2):
        built, converted = serve()
        assert "other.md" in converted
        assert [line for line in built.problems if "this links to 'renamed.md'" in line]


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("docs/glossary.md", "### Nausea", "### Vomiting"),
        ("data/sources.yml", "references: []", "references: []\n# changed"),
        ("mkdocs.yml", "title: On this page", "title: Here"),
    ],
)
def test_what_all_pages_rest_on(serve, tmp_path, file, old, new):
    assert 'href="../glossary/#nausea"' in (tmp_path / "site/other/index.html").read_text(encoding="utf-8")
    edit(tmp_path / file, old, new)
    built, converted = serve()
    assert converted == sorted(PAGES)
    assert ('href="../glossary/#nausea"' in built.page("other")) == (file != "docs/glossary.md")
