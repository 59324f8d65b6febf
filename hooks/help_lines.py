"""Puts the help lines of data/crisis-lines.yml before the templates: the strip on every page, the box, the list.

The list stands on the page that holds the marker <!-- hooks/help_lines.py -->. A copy with an address is public: it
is refused until a person has called or opened each service, unless it is a preview.
"""

from __future__ import annotations

import datetime
import re
from pathlib import Path
from typing import Any

from guidekit import clock, problems
from guidekit.clock import in_words
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


def uncalled(loaded: Loaded) -> list[Problem]:
    """Problems for the services that nobody has called or opened; `loaded` is a file that load() trusts."""
    return [
        Problem(
            FILE,
            loaded.line("countries", number, "services", index, "called"),
            f"a public copy may not be built: nobody has called or opened '{service['name']}' yet",
            "call or open it and write the day, as in called: '2026-11-30'; or set PREVIEW=1, for a copy that search "
            "engines leave out",
        )
        for number, country in enumerate(loaded.value["countries"])
        for index, service in enumerate(country["services"])
        if not service["called"]
    ]


def past(loaded: Loaded, today: datetime.date) -> list[Problem]:
    """What is due: the published copies are to be read again; `loaded` is a file that load() trusts."""
    day = datetime.date.fromisoformat(loaded.value["recheck"])
    what = f"the help lines were to be read again by {in_words(day)}"
    mend = "look each number up where it is published, correct it, and set 'seen' and 'recheck' anew"
    return [Problem(FILE, loaded.line("recheck"), what, mend)] if today > day else []


_lines: dict[str, Any] = {}


def on_config(config, **kwargs):
    global _lines
    root = Path(config.config_file_path).parent
    loaded = read_yaml(root / FILE, FILE)
    _lines, found = load(loaded, load_schemas(root / "data/schema"))
    problems.add(found)
    if _lines:
        problems.add_past(past(loaded, clock.today()))
        if config.extra.get("address") and not config.extra.get("preview"):
            problems.add(uncalled(loaded))


def on_env(env, *, config, files, **kwargs):
    env.globals["help_lines"] = _lines
    # No day where the file cannot be trusted, which is told.
    env.filters["in_words"] = lambda day: in_words(datetime.date.fromisoformat(day)) if day else ""
    return env
