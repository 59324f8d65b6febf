"""What is told of known vulnerabilities, on small examples of what pip-audit and npm report."""

import json
import subprocess

import advisories
import pytest
from sites import ROOT

LOCK = "# made by uv\nalpha==1.5 \\\n    --hash=sha256:1\nalpha-two==2.0 \\\n    --hash=sha256:2\n"
AGAIN = "To mend: type it again with a network that reaches the package registry."


def told(problems):
    return [str(problem) for problem in problems]


def package(*fixes: str) -> dict:
    known = {"id": "PYSEC-2026-1", "aliases": ["CVE-2026-1", "GHSA-1"], "fix_versions": list(fixes)}
    return {
        "dependencies": [
            {"name": "alpha-two", "version": "2.0", "vulns": [known]},
            {"name": "alpha", "version": "1.5", "vulns": []},
        ]
    }


def test_what_to_raise_and_where():
    # The nearest version above ours, by number and not by letters; fixes of older lines are none for us.
    assert told(advisories.of_python(package("1.9", "10.0", "2.10"), "tests/requirements.txt", LOCK)) == [
        "tests/requirements.txt:4: alpha-two 2.0 has a known vulnerability (CVE-2026-1, GHSA-1, PYSEC-2026-1). To mend: write alpha-two>=2.10 in tests/requirements.in, with the reason, and type: make lock."
    ]


def test_where_no_version_mends_it():
    [line] = told(advisories.of_python(package("1.9"), "requirements.txt", LOCK))
    assert line.endswith(
        "To mend: no version mends it yet; read whether it can do harm here, or do without the package."
    )


def test_nothing_learned_is_no_clean_sheet():
    report = {
        "dependencies": [{"name": "alpha", "skip_reason": "not found"}, {"name": "beta", "version": "1", "vulns": []}]
    }
    assert told(advisories.of_python(report, "requirements.txt", LOCK)) == [
        f"requirements.txt:1: nothing could be learned about 1 of 2 packages (alpha). {AGAIN}"
    ]


@pytest.mark.parametrize(
    ("fix", "mend"),
    [
        ({"name": "top", "version": "3.0.0"}, "raise top to 3.0.0 in package.json; tests/audit/machine.py says how to go on."),
        (True, "write the lock anew with a later deep (tests/audit/machine.py says how)."),
        (False, "no version mends it yet; read whether it can do harm here."),
    ],
)  # fmt: skip
def test_npm_names_the_package_at_fault_once(fix, mend):
    lock = '{"packages": {\n"node_modules/top": {"version": "2.0.0"},\n"node_modules/deep": {"version": "1.0.0"}}}'
    via = {"title": "Reads too much", "url": "https://example.org/GHSA-2"}
    entries = {
        "deep": {"via": [via], "range": "<2", "nodes": ["node_modules/deep"], "fixAvailable": fix},
        "top": {"via": ["deep"], "range": "*", "nodes": ["node_modules/top"], "fixAvailable": fix},
    }
    assert told(advisories.of_npm({"vulnerabilities": entries}, lock)) == [
        f"tests/audit/package-lock.json:3: deep 1.0.0 has a known vulnerability (Reads too much, https://example.org/GHSA-2). To mend: {mend}"
    ]
    assert advisories.of_npm({"vulnerabilities": {}}, lock) == []


def answers(monkeypatch, python: str, npm: str, complaint: str = "") -> int:
    def run(command, **named):
        words = python if "pip_audit" in command else npm
        return subprocess.CompletedProcess(command, 1, stdout=words, stderr=complaint)

    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(advisories.shutil, "which", lambda name: name)
    monkeypatch.setattr(advisories.subprocess, "run", run)
    return advisories.main()


def test_without_an_answer_the_command_fails_in_words(monkeypatch, capsys):
    assert answers(monkeypatch, "", json.dumps({"message": "405 Method Not Allowed"}), "Traceback\nNo way out") == 1
    assert capsys.readouterr().out.splitlines() == [
        f"requirements.txt:1: pip-audit could not ask for known vulnerabilities (No way out). {AGAIN}",
        f"tests/audit/package-lock.json:1: npm could not ask for known vulnerabilities (405 Method Not Allowed). {AGAIN}",
        f"tests/requirements.txt:1: pip-audit could not ask for known vulnerabilities (No way out). {AGAIN}",
    ]


def test_a_clean_sheet(monkeypatch, capsys):
    clean = json.dumps({"dependencies": [{"name": "alpha", "version": "1.5", "vulns": []}]})
    assert answers(monkeypatch, clean, json.dumps({"vulnerabilities": {}})) == 0
    assert capsys.readouterr().out == "No known vulnerabilities in what the lock files name.\n"


def test_without_npm_that_is_told(monkeypatch):
    monkeypatch.setattr(advisories.shutil, "which", lambda name: None)
    assert "npm is missing" in str(advisories.of_npm(advisories.npm_report(), "{}")[0])


def test_an_empty_report_is_no_clean_sheet(monkeypatch):
    assert answers(monkeypatch, json.dumps({"dependencies": []}), json.dumps({"vulnerabilities": {}})) == 1
