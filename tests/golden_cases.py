"""Golden cases: one YAML file for each behavior of a hook, in tests/golden/<hook>/; a new mistake is a new file.

Keys: `why` in words; `in`: what an editor writes; `out`: what a reader gets; `problems`: the exact lines that the
editor is told; others as the hook's test says.
"""

from pathlib import Path
from typing import Any

import pytest
import yaml

FOLDER = Path(__file__).parent / "golden"


def cases(hook: str) -> list[Any]:
    """The cases of a hook as pytest parameters, named after their files. Fails when there are none."""
    paths = sorted((FOLDER / hook).glob("*.yml"))
    assert paths, f"no golden cases for {hook}"
    return [pytest.param(yaml.safe_load(path.read_text(encoding="utf-8")), id=path.stem) for path in paths]


def told(problems: list[Any]) -> list[str]:
    """Problems as the editor reads them, sorted."""
    return [str(problem) for problem in sorted(problems)]
