"""Keeps test files that share something costly, such as a built site, on one worker.

pytest-xdist 3.8 has marks for it, but drops them without a word under pytest 9.2 (pytest-xdist, issue 1386).
"""

import pytest
from xdist.scheduler import LoadScopeScheduling

# File: its group. All other tests go to whichever worker is free.
GROUPS = {
    "tests/test_hosts.py": "hosts",
    "tests/browser/test_policy.py": "hosts",
    "tests/test_offline.py": "offline",
    "tests/browser/test_offline_copy.py": "offline",
    "tests/browser/test_weight.py": "weight",
}


def group(test: str) -> str:
    """What has to stay on one worker with the test of this id: a group, or the test alone."""
    return GROUPS.get(test.partition("::")[0], test)


class ByGroup(LoadScopeScheduling):
    """Hands groups and single tests to workers, the largest first."""

    def _split_scope(self, nodeid: str) -> str:
        return group(nodeid)


@pytest.hookimpl(tryfirst=True)
def pytest_xdist_make_scheduler(config, log):
    return ByGroup(config, log)
