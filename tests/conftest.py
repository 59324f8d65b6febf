"""What the tests share: sites built in a temporary folder, copies of the real one, and no silent skips on CI."""

import os
import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import offline
import publish
import pytest
from groups import pytest_xdist_make_scheduler  # noqa: F401, a hook
from sites import ROOT, Built, build_site, copy_project

MINIFY = "  - hooks/minify.py\n"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the real project that a test may break."""
    copy_project(tmp_path)
    # Tests read pages as the hooks write them.
    config = tmp_path / "mkdocs.yml"
    config.write_text(config.read_text(encoding="utf-8").replace(MINIFY, ""), encoding="utf-8")
    return tmp_path


@pytest.fixture(scope="session")
def unpacked(tmp_path_factory) -> Path:
    """The offline copy of the real site, unpacked from its zip."""
    where = tmp_path_factory.mktemp("offline")
    before = os.getcwd()
    os.chdir(ROOT)
    try:
        assert offline.main(str(where)) == 0
    finally:
        os.chdir(before)
    with zipfile.ZipFile(where / f"{offline.NAME}.zip") as archive:
        archive.extractall(where / "elsewhere")
    return where / "elsewhere" / offline.NAME


@pytest.fixture(scope="session")
def served(tmp_path_factory) -> Path:
    """The folder of the real site, built as it is published."""
    root = tmp_path_factory.mktemp("site")
    copy_project(root)
    built = build_site(root)
    assert built.ok, built.problems
    return built.site


@pytest.fixture(scope="session")
def published(served: Path, tmp_path_factory) -> Path:
    """The folder of the real site as it goes out, with the packed copies beside its files. Beside it lies a secret."""
    site = tmp_path_factory.mktemp("published") / "site"
    shutil.copytree(served, site)
    publish.finish(site, ROOT, site.parent / "packed")
    (site.parent / "secret.txt").write_text("secret", encoding="utf-8")
    return site


PAGE = """---
title: {title}
description: A page that exists only while this test runs.
kind: about
reviewed: 2026-11-23
review_every: 12 months
clinical_review: none
---
{body}
"""


@pytest.fixture
def tiny(tmp_path: Path) -> Callable[..., Built]:
    """Builds a site of the given pages (path -> Markdown; front matter is added where there is none); `settings` is added to mkdocs.yml."""

    def make(
        pages: dict[str, str],
        sources: str = "references: []\n",
        nav: list[str] | None = None,
        settings: str = "",
        dated: str = "facts: []\n",
    ) -> Built:
        for name in ("data", "hooks", "overrides"):
            if not (tmp_path / name).exists():
                shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
        (tmp_path / "data/sources.yml").write_text(sources, encoding="utf-8")
        (tmp_path / "data/dated.yml").write_text(dated, encoding="utf-8")
        (tmp_path / "data/search.yml").write_text("places: []\nmisspelt: {}\ndropped: [the]\nweights: {}\n")
        # What the real lists lead to and rest on is not there.
        calls = (ROOT / "data/when-to-call.yml").read_text(encoding="utf-8")
        calls = re.sub(r"^    sources:.*\n", "", re.sub(r"\[([^\]]+)\]\([\w-]+\.md\)", r"\1", calls), flags=re.M)
        (tmp_path / "data/when-to-call.yml").write_text(calls, encoding="utf-8")
        shutil.rmtree(tmp_path / "docs", ignore_errors=True)
        shutil.copytree(ROOT / "docs/assets", tmp_path / "docs/assets")
        for number, (name, text) in enumerate(pages.items()):
            path = tmp_path / "docs" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            whole = text if text.startswith("---") else PAGE.format(title=f"Page number {number}", body=text)
            path.write_text(whole, encoding="utf-8")
        real = (ROOT / "mkdocs.yml").read_text(encoding="utf-8").replace(MINIFY, "")
        head, _, rest = real.partition("\nnav:\n")
        _, _, tail = rest.partition("\n\n")
        entries = "".join(f"  - {name}\n" for name in (nav if nav is not None else pages))
        (tmp_path / "mkdocs.yml").write_text(f"{head}\nnav:\n{entries}\n{tail}\n{settings}", encoding="utf-8")
        return build_site(tmp_path)

    return make


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--full", action="store_true", help="the whole suite ran: hold it to its expected size")


def pytest_terminal_summary(terminalreporter, exitstatus: int, config: pytest.Config) -> None:
    visited = config.stash.get(VISITED, [])
    if visited:
        pages, states = len({page for page, _ in visited}), len(set(visited))
        terminalreporter.write_line(f"Browser: {pages} pages and {states} states really visited.")
    skipped = terminalreporter.stats.get("skipped", [])
    if skipped and os.environ.get("CI"):
        terminalreporter.write_line(f"{len(skipped)} tests were skipped, which counts as a failure on CI.")


VISITED = pytest.StashKey[list[tuple[str, str]]]()


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    # On every worker and on the controller alike; the controller keeps what the browser tests say they visited.
    if report.when == "call" and _config is not None:
        for name, value in report.user_properties:
            if name == "visited":
                _config.stash.setdefault(VISITED, []).append(tuple(value))


_config: pytest.Config | None = None


def pytest_configure(config: pytest.Config) -> None:
    global _config
    # What broken sites of the tests say belongs to no proposal.
    for name in ("GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY", "CHANGED"):
        os.environ.pop(name, None)
    _config = config


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None or hasattr(session.config, "workerinput"):
        return
    if os.environ.get("CI") and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
    if session.config.getoption("--full"):
        from browser_states import expected

        visited = set(session.config.stash.get(VISITED, []))
        if missing := expected() - visited:
            reporter.write_line(f"{len(missing)} states were never visited, such as {sorted(missing)[:3]}")
            session.exitstatus = pytest.ExitCode.TESTS_FAILED
