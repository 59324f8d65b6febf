"""The commands of the Makefile and the README, tried as a person would."""

import re
import socket
import subprocess
import sys

import environment
import pytest
import serve
from sites import ROOT


def run(*arguments, **kwargs):
    return subprocess.run(arguments, cwd=ROOT, capture_output=True, text=True, timeout=120, **kwargs)


def test_make_alone_prints_what_there_is():
    printed = run("make", "--no-print-directory").stdout
    for target in ("serve", "build", "check", "test", "new", "fix", "cite", "lock", "clean"):
        assert f"make {target}" in printed
    assert "make serve PORT=8001" in printed


def test_a_missing_python_gets_one_sentence(tmp_path):
    # A Makefile of its own folder, so that the stamps of this one do not count.
    for name in ("Makefile", "requirements.txt"):
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    (tmp_path / "tools").mkdir()
    (tmp_path / "tools/environment.py").write_bytes((ROOT / "tools/environment.py").read_bytes())
    done = subprocess.run(
        ["make", "--no-print-directory", "build", "PYTHON=python-that-is-not-there"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode != 0
    sentence = "Python is missing. Install Python 3.11.5 or later from python.org, then type the same command again."
    assert done.stdout.splitlines() == [sentence]


@pytest.mark.parametrize(
    ("version", "old"), [((3, 11, 4), True), ((3, 9, 18), True), ((3, 11, 5), False), ((3, 13, 0), False)]
)
def test_an_old_python_gets_one_sentence(version, old):
    sentence = environment.too_old(version)
    assert bool(sentence) == old
    if old:
        assert sentence.startswith(f"Python {'.'.join(map(str, version))} is too old") and "3.11.5 or later" in sentence


def test_the_environment_script_reads_on_any_python():
    # Nothing in it that Python 3.6 could not parse: no walrus, no match, no new unions.
    source = (ROOT / "tools/environment.py").read_text(encoding="utf-8")
    compile(source, "environment.py", "exec")
    import ast

    ast.parse(source, feature_version=(3, 6))


def test_a_port_that_is_taken():
    with socket.socket() as taken:
        taken.bind((serve.HOST, 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = run(sys.executable, "tools/serve.py", str(port))
    assert done.returncode == 1
    assert (
        f"Port {port} is taken by another program. To mend: choose another, as in: make serve PORT={port + 1}"
        in done.stderr
    )


def test_a_port_that_is_none():
    assert "PORT is 'eighty'. To mend: give a number" in serve.main("eighty")


def test_readme_names_only_what_there_is():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
    for command in re.findall(r"`make ?([a-z-]*)", readme):
        assert not command or command in targets, command
    for path in re.findall(
        r"`((?:docs|data|hooks|overrides|tests|tools|\.ci)/[\w./-]*|[\w-]+\.(?:yml|toml|in|txt|md))`", readme
    ):
        assert (ROOT / path).exists(), path


def test_ci_runs_the_readmes_commands_and_nothing_else():
    lines = (ROOT / ".ci/run").read_text(encoding="utf-8").splitlines()
    commands = [line for line in lines if line and not line.startswith(("#", "set ", "cd "))]
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert commands and all(line.startswith("make ") and f"`{line}`" in readme for line in commands)
