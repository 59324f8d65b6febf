"""`make build`: the last good site stays until a new one is whole, whatever goes wrong and whenever it is stopped."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import build
import pytest
from sites import ROOT

OLD, NEW = {"index.html": "the last good site"}, {"index.html": "a new site"}


def whole(site: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in site.iterdir() if path.name in ("index.html", "half")}


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A folder with a site in it, in which MkDocs is a function that writes what `answers` says."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "site").mkdir()
    (tmp_path / "site/index.html").write_text(OLD["index.html"])
    answers: list[int | BaseException] = []
    run = subprocess.run

    def mkdocs(arguments, **options):
        if "mkdocs" not in arguments:
            return run(arguments, **options)
        fresh = Path(arguments[-1])
        fresh.mkdir(parents=True)
        (fresh / "half").write_text("")
        answer = answers.pop(0)
        if isinstance(answer, BaseException):
            raise answer
        (fresh / "half").unlink()
        (fresh / "index.html").write_text(NEW["index.html"])
        return subprocess.CompletedProcess(arguments, answer)

    monkeypatch.setattr(subprocess, "run", mkdocs)
    return answers


def left():
    return sorted(path.name for path in build.ASIDE.iterdir() if path.name not in ("lock", "packed"))


def test_site_is_swapped_in_only_when_right(project):
    project += [1, 0]
    assert build.main("site") == 1
    assert whole(Path("site")) == OLD
    assert build.main("site") == 0
    assert whole(Path("site")) == NEW
    assert left() == []


def test_a_check_without_a_target_leaves_the_site_alone(project):
    project += [0]
    assert build.main(None) == 0
    assert whole(Path("site")) == OLD and left() == []


def test_what_a_stopped_build_left_is_cleared_away(project):
    project += [KeyboardInterrupt(), 1]
    with pytest.raises(KeyboardInterrupt):
        build.main("site")
    assert whole(Path("site")) == OLD and left()
    assert build.main("site") == 1
    assert whole(Path("site")) == OLD and left() == []


@pytest.mark.parametrize("step", ["before", "between", "after"])
def test_a_kill_while_the_site_is_swapped_in(project, monkeypatch, step):
    project += [0, 1]
    rename, calls = Path.rename, []

    def stopped(path, target):
        calls.append(path)
        if step == "before" or (step == "between" and len(calls) == 2):
            raise KeyboardInterrupt
        rename(path, target)

    def removed(path, **options):
        if step == "after" and path == build.kept(Path("site")) and calls:
            raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Path, "rename", stopped)
        patched.setattr(shutil, "rmtree", removed)
        with pytest.raises(KeyboardInterrupt):
            build.main("site")
    assert not Path("site").exists() if step == "between" else whole(Path("site")) == (NEW if step == "after" else OLD)
    # Even a build that fails brings back the last good site.
    assert build.main("site") == 1
    assert whole(Path("site")) == (NEW if step == "after" else OLD) and left() == []


def test_a_second_build_waits_for_the_first(tmp_path, capfd):
    (tmp_path / "order").write_text("")
    script = (
        "import sys, time, pathlib\n"
        f"sys.path.insert(0, {str(ROOT / 'tools')!r})\n"
        "import build\n"
        "with build.alone():\n"
        "    with open('order', 'a') as order: order.write('in ')\n"
        "    print('in', flush=True)\n"
        "    time.sleep(float(sys.argv[1]))\n"
        "    with open('order', 'a') as order: order.write('out ')\n"
    )
    start = [sys.executable, "-c", script]
    first = subprocess.Popen([*start, "1"], cwd=tmp_path, stdout=subprocess.PIPE, text=True)
    assert first.stdout.readline() == "in\n"
    second = subprocess.run([*start, "0"], cwd=tmp_path, capture_output=True, text=True, timeout=30)
    assert first.wait(30) == 0
    assert second.stdout.startswith("Another build is at work here")
    assert (tmp_path / "order").read_text() == "in out in out "


@pytest.mark.slow
def test_killed_at_any_moment_and_healed_by_the_next(tmp_path, tiny):
    """A real build of a small site, killed with SIGKILL at many moments: the site is one whole or another."""
    if not hasattr(os, "killpg"):
        pytest.fail("process groups are needed for this test")
    tiny({"index.md": "Words.\n"})
    shutil.rmtree(tmp_path / "site")
    shutil.copytree(ROOT / "tools", tmp_path / "tools", ignore=shutil.ignore_patterns("__pycache__"))
    command = [sys.executable, "tools/build.py", "site"]

    def build_it():
        return subprocess.Popen(
            command, cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )

    def content():
        return {p.relative_to(tmp_path): p.read_bytes() for p in (tmp_path / "site").rglob("*") if p.is_file()}

    began = time.monotonic()
    assert build_it().wait(120) == 0
    long = time.monotonic() - began
    good = content()
    assert len(good) > 10
    moments = random.Random(6)
    for _ in range(6):
        page = tmp_path / "docs/index.md"
        page.write_text(page.read_text() + "More.\n")
        running = build_it()
        time.sleep(moments.uniform(0.1, 1.05) * long)
        os.killpg(running.pid, signal.SIGKILL)
        running.wait(30)
        there = content()
        # The site before, the whole new one, or for a moment none.
        assert there in (good, {}) or b"More." in there[Path("site/index.html")]
        assert build_it().wait(120) == 0
        healed = content()
        assert healed.keys() == good.keys() and there in ({}, good, healed)
        good = healed
        assert sorted(p.name for p in (tmp_path / ".build").iterdir() if p.name.startswith(("fresh-", "last-"))) == []
