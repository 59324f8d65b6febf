"""The weekly job's script, with a stand-in for `make` and for `gh` that writes down what it is asked."""

import os
import stat
import subprocess

import pytest
import yaml
from sites import ROOT

GH = """#!/bin/sh
echo "$@" >> "$ASKED"
case "$1 $2" in
  "issue list") printf '%s' "$OPEN" ;;
  *) while [ $# -gt 0 ]; do [ "$1" = --body-file ] && cat "$2" >> "$ASKED"; shift; done ;;
esac
"""
MAKE = """#!/bin/sh
[ "$1" = dates ] || exit 9
echo "WARNING -  data/dated.yml:55: us-telehealth-rule: it held until December 31, 2026. To mend: read it again."
exit "$CODE"
"""


@pytest.fixture
def job(tmp_path):
    for name, text in (("gh", GH), ("make", MAKE)):
        (tmp_path / name).write_text(text, encoding="utf-8")
        (tmp_path / name).chmod(stat.S_IRWXU)

    def run(code, number=""):
        asked = tmp_path / "asked"
        asked.write_text("", encoding="utf-8")
        env = {
            **os.environ,
            "PATH": f"{tmp_path}:{os.environ['PATH']}",
            "ASKED": str(asked),
            "CODE": str(code),
            "OPEN": number,
        }
        done = subprocess.run(["bash", ROOT / ".github/past-dates.sh"], env=env, capture_output=True, text=True)
        return done.returncode, asked.read_text(encoding="utf-8")

    return run


def test_nothing_past_asks_nothing(job):
    assert job(0) == (0, "")


def test_the_first_time_an_issue_is_opened(job):
    code, asked = job(2)
    assert code == 1
    assert "issue create --title Facts, help lines or pages are due to be read again" in asked
    assert "us-telehealth-rule: it held until December 31, 2026. To mend: read it again." in asked


def test_while_it_is_open_it_is_written_to(job):
    code, asked = job(2, "12")
    assert code == 1 and "issue edit 12" in asked and "issue create" not in asked


def test_the_workflow_runs_the_script_and_may_write_issues():
    flow = yaml.safe_load((ROOT / ".github/workflows/weekly.yml").read_text(encoding="utf-8"))
    assert flow["permissions"] == {"contents": "read", "issues": "write"}
    assert flow["jobs"]["dates"]["steps"][-1]["run"] == ".github/past-dates.sh"
    assert os.access(ROOT / ".github/past-dates.sh", os.X_OK)


def test_the_audit_runs_with_no_right_to_write():
    audit = yaml.safe_load((ROOT / ".github/workflows/weekly.yml").read_text(encoding="utf-8"))["jobs"]["audit"]
    assert audit["permissions"] == {"contents": "read"}
    assert [step["run"] for step in audit["steps"][1:]] == ["make build", "make audit"]
