"""Puts the help lines of data/crisis-lines.yml before the templates: the strip on every page, the box, the list.

The list stands on the page that holds the marker <!-- hooks/help_lines.py -->.
"""

from __future__ import annotations

import re
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
        found += _misdialed(loaded)
    return ({} if found else loaded.value), found


def _misdialed(loaded: Loaded) -> list[Problem]:
    """Problems for numbers that are shown as one and dialed as another."""
    places: list[tuple[tuple[str | int, ...], dict[str, Any]]] = [
        (("strip", index), line) for index, line in enumerate(loaded.value["strip"])
    ]
    for number, country in enumerate(loaded.value["countries"]):
        if "emergency" in country:
            places.append((("countries", number, "emergency"), country["emergency"]))
        for index, service in enumerate(country["services"]):
            keys = ("countries", number, "services", index, "ways")
            places += [((*keys, nth), way) for nth, way in enumerate(service["ways"])]
    found = []
    for keys, place in places:
        dialed = place.get("tel") or place.get("sms")
        shown = [re.sub(r"\D", "", part) for part in str(place["number"]).split(" or ")]
        if dialed and dialed.lstrip("+") not in shown:
            what = f"{place['number']} is shown, but {dialed} is dialed"
            found.append(Problem(FILE, loaded.line(*keys), what, "give both the same digits"))
    return found


_lines: dict[str, Any] = {}


def on_config(config, **kwargs):
    global _lines
    root = Path(config.config_file_path).parent
    _lines, found = load(read_yaml(root / FILE, FILE), load_schemas(root / "data/schema"))
    problems.add(found)


def on_env(env, *, config, files, **kwargs):
    env.globals["help_lines"] = _lines
    return env
