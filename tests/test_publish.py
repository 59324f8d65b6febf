"""Version, sums and packed copies; and the whole site twice, on other days and in other places, byte for byte."""

import gzip
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import brotli
import publish
import pytest
from sites import PARTS, ROOT

WHO = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]


def git(folder, *arguments):
    done = subprocess.run(["git", *WHO, *arguments], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_the_version_is_the_commit_of_this_very_folder(tmp_path, monkeypatch):
    assert publish.version(tmp_path) == {"commit": None, "changed": False}
    git(tmp_path, "init", "-q")
    assert publish.version(tmp_path)["commit"] is None  # nothing committed yet
    (tmp_path / "a.md").write_text("a")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "a")
    commit = git(tmp_path, "rev-parse", "HEAD")
    assert publish.version(tmp_path) == {"commit": commit, "changed": False}
    (tmp_path / "inner").mkdir()
    assert publish.version(tmp_path / "inner") == {"commit": None, "changed": False}
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))  # as in a git hook
    assert publish.version(tmp_path)["commit"] == commit
    (tmp_path / "a.md").write_text("b")
    assert publish.version(tmp_path) == {"commit": commit, "changed": True}
    monkeypatch.setenv("PATH", "")
    assert publish.version(tmp_path) == {"commit": None, "changed": False}


def test_sums_are_those_that_sha256sum_checks(tmp_path):
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub/b.zip").write_bytes(b"b")
    (tmp_path / "a.pdf").write_bytes(b"a")
    text = publish.sums(tmp_path, [tmp_path / "sub/b.zip", tmp_path / "a.pdf"])
    assert [line.split("  ")[1] for line in text.splitlines()] == ["a.pdf", "sub/b.zip"]
    (tmp_path / "sums").write_text(text)
    done = subprocess.run(["sha256sum", "--check", "sums"], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_packed_copies_hold_the_same_and_are_made_once(tmp_path, monkeypatch):
    site, cache = tmp_path / "site", tmp_path / "cache"
    site.mkdir()
    words = b"<p>the same words again</p>" * 50
    for name, content in {"a.html": words, "b.png": words, "c.txt": b"x"}.items():
        (site / name).write_bytes(content)
    publish.pack(site, cache)
    assert gzip.decompress((site / "a.html.gz").read_bytes()) == words
    assert brotli.decompress((site / "a.html.br").read_bytes()) == words
    # Pictures are packed already, and what would grow stays alone.
    assert sorted(path.name for path in site.iterdir()) == ["a.html", "a.html.br", "a.html.gz", "b.png", "c.txt"]
    before = {path.name: path.read_bytes() for path in site.iterdir()}

    def never(*arguments, **options):
        raise AssertionError("packed again")

    monkeypatch.setattr(brotli, "compress", never)
    publish.pack(site, cache)
    assert {path.name: path.read_bytes() for path in site.iterdir()} == before
    monkeypatch.undo()
    for kept in cache.iterdir():
        kept.write_bytes(kept.read_bytes()[:-3])  # as a build that was killed leaves it
    publish.pack(site, cache)
    assert {path.name: path.read_bytes() for path in site.iterdir()} == before
    (site / "a.html").unlink()
    publish.pack(site, cache)
    assert len(list(cache.iterdir())) == 1  # what no file needs is dropped


DAY = """import os, time_machine
if os.environ.get("ANOTHER_DAY"):
    time_machine.travel(os.environ["ANOTHER_DAY"], tick=True).start()
"""


def built(folder: Path, umask: int, **environment: str) -> dict[str, bytes]:
    """What `make build` writes from a copy of the project in `folder`, file -> bytes."""
    for name in (*PARTS, "tools"):
        source, target = ROOT / name, folder / name
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__")) if source.is_dir() else (
            shutil.copyfile(source, target)
        )
    (folder / "day").mkdir()
    (folder / "day/sitecustomize.py").write_text(DAY)
    for number, path in enumerate(sorted(folder.rglob("*"))):  # a file's time is no news
        os.utime(path, (1e9 + 1000 * number * len(str(folder)),) * 2)
    names = {"PATH", "HOME"}
    clean = {name: value for name, value in os.environ.items() if name in names}
    clean |= {"PYTHONPATH": str(folder / "day"), "SITE_URL": "https://example.org/", "PREVIEW": "1"} | environment
    days = subprocess.run(
        [sys.executable, "-c", "import datetime as d; print(d.date.today())"], env=clean, capture_output=True
    )
    assert days.stdout.decode().startswith(environment.get("ANOTHER_DAY", "")[:10])
    done = subprocess.run(
        [sys.executable, "tools/build.py", "site"], cwd=folder, env=clean, umask=umask, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in (folder / "site").rglob("*")
        if path.is_file()
    }


@pytest.mark.slow
def test_the_same_commit_gives_the_same_bytes(tmp_path):
    one, two = tmp_path / "one", tmp_path / "a longer folder" / "zwei"
    for folder in (one, two):
        folder.mkdir(parents=True)
    first = built(one, 0o022, PYTHONHASHSEED="1", TZ="UTC", LC_ALL="C")
    second = built(
        two, 0o077, PYTHONHASHSEED="77", TZ="Pacific/Kiritimati", LC_ALL="C.UTF-8", ANOTHER_DAY="2027-02-03 04:05:06"
    )
    assert first.keys() == second.keys() and len(first) > 200
    assert [name for name in first if first[name] != second[name]] == []
    assert b"<lastmod>2026-11-" in first["site/sitemap.xml"]
    assert json.loads(first["site/version.json"]) == {"commit": None, "changed": False}
    machine = [str(tmp_path).encode(), b"/work/", b"2027-02-03"]
    assert [name for name, content in first.items() if any(part in content for part in machine)] == []
    sums = {line.split("  ")[1] for line in first["site/SHA256SUMS.txt"].decode().splitlines()}
    assert {f"site/{name}" for name in sums} == {n for n in first if not n.endswith((".gz", ".br", "/SHA256SUMS.txt"))}
