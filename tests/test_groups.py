"""Tests that share something costly stay on one worker."""

import os
import subprocess
import sys

import pytest
from groups import GROUPS, group
from sites import ROOT

SAYS_WHERE = """
import os, pathlib, time, pytest
@pytest.mark.parametrize("number", range({many}))
def test_it(number):
    time.sleep(0.05)
    with open("{log}", "a") as log:
        log.write(os.environ["PYTEST_XDIST_WORKER"] + chr(10))
"""


def test_groups_name_files_that_are_there():
    assert [file for file in GROUPS if not (ROOT / file).is_file()] == []
    assert group("tests/test_hosts.py::test_x[a]") == group("tests/browser/test_policy.py::test_y") == "hosts"
    assert group("tests/test_data.py::test_x[a]") == "tests/test_data.py::test_x[a]"


@pytest.mark.slow
def test_a_group_really_stays_on_one_worker(tmp_path):
    # Many more apart: whoever has the group is done with it long before the other is done with all of them.
    for name, file, many in (("together", "tests/test_hosts.py", 6), ("apart", "tests/test_apart.py", 80)):
        (tmp_path / file).parent.mkdir(exist_ok=True)
        (tmp_path / file).write_text(SAYS_WHERE.format(log=tmp_path / name, many=many), encoding="utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    command = [sys.executable, "-m", "pytest", "-q", "-n", "2", "-p", "groups", "-p", "no:cacheprovider"]
    done = subprocess.run(
        command,
        cwd=tmp_path,
        env={**environment, "PYTHONPATH": str(ROOT / "tests")},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert len(set((tmp_path / "together").read_text().split())) == 1
    assert len(set((tmp_path / "apart").read_text().split())) == 2
