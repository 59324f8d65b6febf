"""Every command of the README, run in a copy of the project, or where that takes too long read out and run by another test."""

import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from sites import ROOT

GUIDES = ("README.md", "CONTRIBUTING.md", ".github/HOSTING.md", ".github/WRITING.md")
# Run below.
HERE = {"build", "dates", "new", "cite", "fix", "offline", "serve", "clean", ""}
# Too long for here: what each calls, and the file whose tests run that.
ELSEWHERE = {
    "test": ("pytest -q --full", "conftest.py"),  # this very run
    "check": ("pytest -q -m", "conftest.py"),
    "pdf": ("tools/handbook.py", "test_handbook.py"),
    "release": ("tools/release.py", "test_release.py"),
    "audit": ("-m audit", "test_audit.py"),
    "bench": ("-m bench", "test_bench.py"),
    "links": ("tools/outside.py", "test_outside.py"),
    "advisories": ("tools/advisories.py", "test_advisories.py"),
    "exit-check": ("tools/exit_check.py", "test_exit_check.py"),
    "lock": ("uv pip compile", "test_workflows.py"),
}
READY = [part for name in ("site", "tests", "browser", "nginx") for part in ("-o", f".venv/{name}.ready")]


def commands() -> set[str]:
    return {name for guide in GUIDES for name in re.findall(r"`make(?: ([a-z-]+))?", (ROOT / guide).read_text("utf-8"))}


def test_each_command_is_run_by_a_test():
    assert commands() <= HERE | ELSEWHERE.keys()
    assert all((ROOT / "tests" / test).exists() for _, test in ELSEWHERE.values())


@pytest.mark.parametrize("command", sorted(ELSEWHERE))
def test_what_takes_long_calls_what_is_tested(command):
    done = subprocess.run(
        ["make", "-n", *READY, "-o", ".build/exit.ready", command], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0 and ELSEWHERE[command][0] in done.stdout, done.stderr


@pytest.fixture(scope="module")
def project(tmp_path_factory) -> Path:
    """What a clone holds, with this environment."""
    folder = tmp_path_factory.mktemp("clone")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    (folder / ".venv").symlink_to(Path(sys.prefix), target_is_directory=True)
    return folder


def make(project: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["make", "--no-print-directory", *READY, *arguments], cwd=project, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


SOURCE = """[{"id": "x", "type": "article-journal", "title": "A trial that this test made up",
 "author": [{"family": "Example", "given": "A"}], "container-title": "Journal", "issued": {"date-parts": [[2020]]},
 "DOI": "10.1000/xyz123"}]"""


@pytest.mark.slow
def test_the_commands(project):
    assert "make serve" in make(project)
    assert "The site is in site/." in make(project, "build") and (project / "site/index.html").exists()
    make(project, "dates")
    make(project, "offline")
    assert (project / ".build/ketamine-infusion-guide-offline.zip").exists()
    before = (project / "docs/index.md").read_bytes()
    (project / "docs/index.md").write_bytes(before.replace(b"\n", b"  \n", 1))
    make(project, "fix")
    assert (project / "docs/index.md").read_bytes() == before
    assert "docs/conditions/ketamine-for-tinnitus.md" in make(
        project, "new", "KIND=condition", "TITLE=Ketamine for tinnitus"
    )
    (project / "export.json").write_text(SOURCE, encoding="utf-8")
    asked = [
        "TIER=A",
        "TOPIC=depression",
        "READ_AT=https://example.org/a",
        "READ_ON=2026-11-23",
        "SUPPORTS=It says so.",
    ]
    make(project, "cite", "FILE=export.json", *asked)
    assert "DOI: 10.1000/xyz123" in (project / "data/sources.yml").read_text(encoding="utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    serving = subprocess.Popen(
        ["make", *READY, "serve", f"PORT={port}"], cwd=project, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    try:
        for _ in range(240):
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5) as answer:
                    assert b"Ketamine infusions" in answer.read()
                break
            except OSError:
                assert serving.poll() is None, serving.stdout.read()
                time.sleep(0.5)
        else:
            pytest.fail("make serve answered nothing in two minutes")
    finally:
        serving.terminate()
        serving.wait(30)
    make(project, "clean")
    assert not (project / "site").exists() and not (project / ".venv").is_symlink()
