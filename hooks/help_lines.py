"""Puts the help lines of data/crisis-lines.yml before the templates: the strip on every page, the box, the list.

The list stands on the page that holds the marker <!-- hooks/help_lines.py -->.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from guidekit import problems
from guidekit.data import Loaded, read_yaml
from guidekit.problems import Problem
from guidekit.schema import Schemas, check, load_schemas

FILE = "data/crisis-lines.yml"


def load(loaded: Loaded, schemas: Schemas) -> tuple[dict[str, Any], list[Problem]]:
    """(the lines, problems). schemas: holds `crisis-lines`. The lines are empty when they cannot be trusted."""
    found = list(loaded.problems)
    if not found:
        found = check(loaded.value, loaded, FILE, schemas, "crisis-lines")
    if not found:
        listed = {
            way["number"] for country in loaded.value["countries"] for s in country["services"] for way in s["ways"]
        }
        for index, line in enumerate(loaded.value["strip"]):
            if line["number"] not in listed:
                what = f"the strip names {line['number']}, which no service under 'countries:' has"
                found.append(Problem(FILE, loaded.line("strip", index), what, "correct the number, or add the service"))
    return ({} if found else loaded.value), found


_lines: dict[str, Any] = {}


def on_config(config, **kwargs):
    global _lines
    root = Path(config.config_file_path).parent
    _lines, found = load(read_yaml(root / FILE, FILE), load_schemas(root / "data/schema"))
    problems.add(found)


def on_env(env, *, config, files, **kwargs):
    env.globals["help_lines"] = _lines
    return env
