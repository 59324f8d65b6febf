"""What may be drawn: the rules of each kind of figure, beyond its schema. Knows nothing of Markdown or MkDocs.

Each function gives (HTML, what is wrong): the HTML is empty when something is. Drawing: pictures.py.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from guidekit import pictures
from guidekit.data import Loaded
from guidekit.problems import nearest
from guidekit.schema import Schemas

STUDIES = "data/studies.yml"
ENOUGH = 50  # people in a group, from which "of 100" may be said
Address = Callable[[str], str]  # from a page (from docs/) to its address in a link
ALIKE = 1.25  # how many times as large one group of drawn people may be as the other
# What is wrong: (line, what, mend).
Told = list[tuple[int, str, str]]


@dataclass
class Known:
    """What figures are checked against. sources: ids; pages: page (from docs/) -> its source.

    studies: by id, None for one that is not right.
    """

    schemas: Schemas = field(default_factory=dict)
    sources: Collection[str] = ()
    studies: Mapping[str, dict[str, Any] | None] = field(default_factory=dict)
    pages: Mapping[str, str] = field(default_factory=dict)


def counts(groups: list[dict[str, Any]]) -> tuple[list[tuple[int, int]], bool]:
    """([(how many, of how many) to draw for each group], whether a number of people was worked out from a percent).

    All groups of 50 or more: of 100. Otherwise the people themselves. Raises ValueError, with the reason, for numbers
    that cannot be.
    """
    for group in groups:
        size, count, percent = group["people"], group.get("count"), group.get("percent")
        if count is not None and count > size:
            raise ValueError(f"{count} of a group of {size} people cannot be")
        if count is not None and percent is not None and abs(100 * count / size - percent) > 1:
            raise ValueError(f"{count} of {size} people is {100 * count / size:.1f} percent, not {percent:g}")
    if all(group["people"] >= ENOUGH for group in groups):
        shares = [
            group["percent"] if group.get("percent") is not None else 100 * group["count"] / group["people"]
            for group in groups
        ]
        return [(int(share + 0.5), 100) for share in shares], False
    sizes = [group["people"] for group in groups]
    if max(sizes) > ALIKE * min(sizes):
        raise ValueError(f"groups of {' and '.join(map(str, sizes))} people would look unlike the shares they had")
    worked_out = any(group.get("count") is None for group in groups)
    return [(_whole(group), group["people"]) for group in groups], worked_out


def _whole(group: Mapping[str, Any]) -> int:
    if group.get("count") is not None:
        return group["count"]
    size, percent = group["people"], group["percent"]
    fitting = [n for n in range(size + 1) if abs(100 * n / size - percent) <= 0.5]
    if len(fitting) != 1:
        raise ValueError(f"{percent:g} percent of a group of {size} people is no whole number of people")
    return fitting[0]


def icon_array(spec: dict, loaded: Loaded, page: str, known: Known, address: Address) -> tuple[str, Told]:
    line = loaded.line("groups")
    spec, groups = dict(spec), spec["groups"]
    if "study" in spec:
        study, line = known.studies[spec["study"]], loaded.line("study")
        both = [(study.get("counted") or {}).get(name, {}) for name in ("ketamine", "comparison")]
        if not all(group.get("of") for group in both):
            mend = "say the difference in words, or add the numbers there when the source gives them"
            return "", [(line, f"{STUDIES} does not say how many people each group of '{spec['study']}' had", mend)]
        spec |= {"when": study["when"], "source": study["source"]}
        groups = [
            {"name": name, "people": group["of"], "count": group["responded"], "percent": group["percent"]}
            for name, group in zip(groups, both, strict=True)
        ]
    spec["names"] = [group["name"] for group in groups]
    try:
        drawn, worked_out = counts(groups)
    except ValueError as error:
        return "", [(line, str(error), "correct the numbers by the source, or say them in words")]
    return pictures.icon_array(spec, drawn, sum(group["people"] for group in groups), worked_out), []


def dot_range(spec: dict, loaded: Loaded, page: str, known: Known, address: Address) -> tuple[str, Told]:
    told: Told = []
    sizes, of = spec.get("people"), spec["of"]
    if ("measure" in spec) == (sizes is not None):
        mend = "write 'people:' with the size of each group, or 'measure:' where no people are counted"
        told.append((loaded.line(), "it says neither or both of 'people' and 'measure'", mend))
    elif sizes and len(sizes) != len(spec["groups"]):
        told.append((loaded.line("people"), "'people' needs a number for each group", "give as many as groups"))
    elif sizes and min(sizes) < ENOUGH and set(sizes) != {of}:
        mend = f"write 'of: {sizes[0]}' and count the people themselves, or use words where the groups differ in size"
        told.append((loaded.line("of"), f"a group of {min(sizes)} people may not be shown 'of {of}'", mend))
    elif sizes and min(sizes) >= ENOUGH and of != 100:
        told.append((loaded.line("of"), f"groups of {ENOUGH} or more are shown of 100", "write 'of: 100'"))
    for index, row in enumerate(spec["rows"]):
        line, values = loaded.line("rows", index), row["values"]
        if len(values) != len(spec["groups"]):
            told.append((line, f"'{row['what']}' needs a value for each group", "give as many as groups"))
        ends = [value if isinstance(value, list) else [value] for value in values]
        if any(end > of for pair in ends for end in pair) or any(sorted(pair) != pair for pair in ends):
            told.append(
                (line, f"'{row['what']}' has a value that cannot be", f"give numbers from 0 to {of}, low first")
            )
        if not (row.get("source") or spec.get("source")):
            told.append((line, f"'{row['what']}' has no source", "add 'source:' to it or to the whole"))
    return ("" if told else pictures.dot_range(spec)), told


def timeline(spec: dict, loaded: Loaded, page: str, known: Known, address: Address) -> tuple[str, Told]:
    told: Told = []
    low, high = spec.get("scale", (0, 1))
    if low >= high:
        return "", [(loaded.line("scale"), f"the scale {spec['scale']} does not rise", "write the lower end first")]
    for index, step in enumerate(spec["steps"]):
        line = loaded.line("steps", index)
        if "span" in step and "scale" not in spec:
            told.append((line, "a step has a span, but there is no scale", "add 'scale:', as in scale: [0, 160]"))
        elif "span" in step and not low <= step["span"][0] <= step["span"][1] <= high:
            told.append((line, f"the span {step['span']} does not lie in the scale", f"keep it from {low} to {high}"))
    return ("" if told else pictures.timeline(spec)), told


def certainty(spec: dict, loaded: Loaded, page: str, known: Known, address: Address) -> tuple[str, Told]:
    told: Told = []
    addresses = []
    for index, row in enumerate(spec["rows"]):
        line, (name, _, anchor) = loaded.line("rows", index), row["page"].partition("#")
        target = posixpath.normpath(posixpath.join(posixpath.dirname(page), name))
        if target not in known.pages:
            close = nearest(target, known.pages)
            told.append((line, f"'{row['page']}' is no page", f"write the path to {close}" if close else "correct it"))
            continue
        words = _rating(known.pages[target], anchor).casefold()
        rated = [
            word
            for level in (row["level"], row.get("harm", []))
            for word in ([level] if isinstance(level, str) else level)
        ]
        rated += [row[name] for name in ("whose", "harm_whose") if name in row]
        # "very low" is not "low".
        missing = [word for word in rated if not re.search(rf"(?<!very ){re.escape(word.casefold())}", words)]
        if missing:
            what = f"'How sure we are' on docs/{row['page'].replace(name, target)} does not say '{missing[0]}'"
            told.append((line, what, "give the same rating in both places"))
        addresses.append(address(target) + (f"#{anchor}" if anchor else ""))
    return ("" if told else pictures.certainty(spec, addresses)), told


def _rating(page: str, anchor: str) -> str:
    # An option of the decision aid has a row of its own, other pages a box.
    section = page.partition(f"{{ #{anchor} }}")[2].partition("\n### ")[0] if anchor else ""
    row = re.search(r"^\| How sure we are \|([^|]*)", section, re.M)
    box = re.search(r'^!!! evidence "([^"]*)"', page, re.M)
    found = row or box
    return found[1] if found else ""


Rule = Callable[[dict, Loaded, str, Known, Address], tuple[str, Told]]
RULES: dict[str, Rule] = {
    "icon-array": icon_array,
    "dot-range": dot_range,
    "timeline": timeline,
    "certainty": certainty,
}
