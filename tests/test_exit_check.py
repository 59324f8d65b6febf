"""`make exit-check`: what it finds, and that the cores of the hooks stay free of MkDocs, which makes an exit possible."""

import ast
import subprocess
import sys

import exit_check
import pytest
from exit_check import Seen, lost, seen, table, told
from sites import ROOT

PAGE = '<p id="top">Head</p><main><h1 id="a">One</h1><p id="b">two three</p></main>'
# Hook: what it takes from MkDocs when it is loaded. Each name here is work on the day of a move; guidekit/ has none.
FROM_MKDOCS = {
    "downloads": {"mkdocs.structure.files.File"},
    "hosting": {"mkdocs.plugins.event_priority"},
    "limits": {
        "mkdocs.exceptions.ConfigurationError",
        "mkdocs.plugins.event_priority",
        "mkdocs.structure.files.File",
    },
    "markup": {"mkdocs.plugins.event_priority", "mkdocs.structure.toc.TableOfContents"},
    "minify": {"mkdocs.plugins.event_priority"},
    "open_data": {"mkdocs.structure.files.File"},
    "references": {"mkdocs.structure.files.File"},
    "rendered": {
        "mkdocs.config.defaults.MkDocsConfig",
        "mkdocs.plugins.event_priority",
        "mkdocs.structure.files.Files",
        "mkdocs.structure.pages.Page",
    },
    "report": {"mkdocs.plugins.event_priority"},
    "self_assessment": {"mkdocs.plugins.event_priority"},
    "settings": {"mkdocs.exceptions.ConfigurationError"},
}


def test_a_page_as_readers_meet_it():
    assert seen(PAGE) == Seen(("top", "a", "b"), ("One", "two", "three"))


@pytest.mark.parametrize(
    ("after", "rows"),
    [
        ({"x": PAGE}, []),
        ({}, [("x", "the page")]),
        ({"x": PAGE, "y": PAGE}, [("y", "a page more than before")]),
        ({"x": PAGE.replace(' id="b"', "")}, [("x", "1 ids, such as b")]),
        ({"x": PAGE.replace("<p id", '<p id="c"></p><p id')}, [("x", "the order or number of its ids")]),
        ({"x": PAGE.replace("three", "four")}, [("x", "words, from 'three'")]),
        ({"x": PAGE.replace(" three", "")}, [("x", "words, from 'three'")]),
        ({"x": PAGE.replace("Head", "Other")}, []),
    ],
)
def test_what_would_be_lost(after, rows):
    assert lost({"x": seen(PAGE)}, {name: seen(html) for name, html in after.items()}) == rows


def test_warnings_are_read_whatever_their_color():
    assert told("INFO    -  x\n\x1b[33mWARNING -  \x1b[0mb\nWARNING -  a\nERROR   -  c\n") == ["a", "b", "c"]


def test_the_table():
    assert table([]) == "Nothing would be lost."
    assert table([("a page", "an id")]) == "Where   What would be lost\na page  an id"


@pytest.fixture
def builds(tmp_path, monkeypatch):
    """Two generators that do what the test says: program -> (its page, what it says of mistakes)."""
    monkeypatch.chdir(tmp_path)
    for name in exit_check.PARTS:
        (tmp_path / name).write_text("") if "." in name else (tmp_path / name).mkdir()
    monkeypatch.setattr(exit_check.subprocess, "run", lambda *a, **k: subprocess.CompletedProcess(a, 0))
    does = {"mkdocs": (PAGE, "WARNING -  docs/a.md:1: bad"), "properdocs": (PAGE, "WARNING -  docs/a.md:1: bad")}

    def build(python, program, root, site):
        page, says = does[program]
        if root.name == "broken":
            assert "nowhere.md" in (root / "docs/a-to-z.md").read_text()
            return int(bool(says)), says
        site.mkdir(parents=True, exist_ok=True)
        (site / "index.html").write_text(page)
        return 0, ""

    monkeypatch.setattr(exit_check, "_build", build)
    return does


@pytest.mark.parametrize(
    ("page", "says", "code", "line"),
    [
        (PAGE, "WARNING -  docs/a.md:1: bad", 0, "Nothing would be lost."),
        (PAGE.replace("two", "2"), "WARNING -  docs/a.md:1: bad", 1, "index.html  words, from 'two three'"),
        (PAGE, "WARNING -  bad", 1, "what editors are told  docs/a.md:1: bad"),
        (PAGE, "", 1, "what editors are told  docs/a.md:1: bad"),
    ],
)
def test_the_whole(builds, capsys, page, says, code, line):
    builds["properdocs"] = (page, says)
    assert exit_check.main("env") == code
    assert line in capsys.readouterr().out


def imported(path) -> set[str]:
    """What a file takes from MkDocs, anywhere in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level == 0:
            found |= {f"{node.module}.{name.name}" for name in node.names}
        elif isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
    return {name for name in found if name.split(".")[0] in ("mkdocs", "properdocs", "material")}


def test_what_hooks_take_from_mkdocs():
    assert {path.stem: names for path in (ROOT / "hooks").glob("*.py") if (names := imported(path))} == FROM_MKDOCS
    assert {path.name: names for path in (ROOT / "hooks/guidekit").glob("*.py") if (names := imported(path))} == {}


def test_the_others_load_without_mkdocs():
    names = sorted({path.stem for path in (ROOT / "hooks").glob("*.py")} - set(FROM_MKDOCS))
    names += sorted(f"guidekit.{path.stem}" for path in (ROOT / "hooks/guidekit").glob("*.py"))
    code = "import sys; sys.modules['mkdocs'] = None\nfor name in sys.argv[1:]: __import__(name)"
    done = subprocess.run([sys.executable, "-c", code, *names], cwd=ROOT / "hooks", capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    refused = subprocess.run([sys.executable, "-c", code, "settings"], cwd=ROOT / "hooks", capture_output=True)
    assert refused.returncode == 1
