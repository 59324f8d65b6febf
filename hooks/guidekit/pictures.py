"""Draws figures as static HTML with inline SVG: no script, no style attribute; colors come from guide.css.

Each figure is a caption, the picture, its twin in words, and where it comes from. MARK stands where a source's
number goes. Standards: SVG 2, WAI-ARIA Graphics; a picture whose figures stand in words beside it is hidden from
screen readers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

MARK = "<!--source-mark-->"
LEVELS = ("very low", "low", "moderate", "high")
LANES = {"solid": 6, "hollow": 14}
COLUMNS, ACROSS, DOWN = 10, 10, 15  # people in a row; the room for one, in units of the drawing


def keys(value: Any) -> list[str]:
    """The source ids under a `source:`: one, a list of them, or none."""
    return [value] if isinstance(value, str) else list(value or [])


def marks(value: Any) -> str:
    """A place for the number of each source under a `source:`."""
    return MARK * len(keys(value))


def figure(kind: str, title: str, body: str, words: Iterable[str]) -> str:
    """A figure of a kind: its caption, the picture and the sentences below it (those that are empty left out)."""
    below = "".join(f"<p>{text}</p>" for text in words if text)
    return f'<figure class="figure {kind}"><figcaption>{escape(title)}</figcaption>{body}{below}</figure>'


def people(filled: int, of: int) -> str:
    """Drawn people, row by row: `filled` solid ones, then outlined ones, `of` in all.

    Each column is one dashed line for heads and one for bodies, so a hundred people take a few hundred bytes.
    """
    rows = -(-of // COLUMNS)
    solid = _columns(0, filled)
    hollow = _columns(filled, of)
    parts = [f'<path class="{part} solid" d="{d}"/>' for part, d in zip(("head", "body"), solid, strict=True) if d]
    # An outline is a line in ink under a thinner one in the color of the ground.
    for layer in ("edge", "ground"):
        parts += [f'<path class="{p} {layer}" d="{d}"/>' for p, d in zip(("head", "body"), hollow, strict=True) if d]
    label = f'role="img" aria-label="{filled} of {of} drawn people are filled in"'
    return f'<svg viewBox="0 0 {COLUMNS * ACROSS} {rows * DOWN}" {label}>{"".join(parts)}</svg>'


def icon_array(spec: Mapping[str, Any], counts: Sequence[tuple[int, int]], total: int, worked_out: bool) -> str:
    """Two groups of people side by side. counts: (how many, of how many drawn) of each; total: people in both."""
    groups = "".join(
        f"<div><p><strong>{n} of {of}</strong> with {escape(name)}</p>{people(n, of)}</div>"
        for (n, of), name in zip(counts, spec["names"], strict=True)
    )
    (one, of_one), (other, of_other) = counts
    first, second = (escape(name) for name in spec["names"])
    counted = escape(spec["counted"])
    twin = f"With {first}, {one} of {of_one} people {counted}; with {second}, {other} of {of_other}."
    few = min(of for _, of in counts) < 50
    how_sure = f"How sure: {escape(spec['sure'])}."
    facts = f"Filled in: {counted}; outlined: the others. When: {escape(spec['when'])}. People counted: {total}. "
    facts += how_sure + marks(spec["source"])
    return figure(
        "icon-array",
        spec["title"],
        f'<div class="figure__groups">{groups}</div>',
        (
            f"{twin} Groups this small are too few to tell whether there is a difference, or how large."
            if few
            else twin,
            facts,
            "The numbers of people are worked out from the source’s percentages." if worked_out else "",
            escape(spec.get("note", "")),
        ),
    )


def dot_range(spec: Mapping[str, Any]) -> str:
    """A table whose rows hold dots on lines of one length: solid for the first group, hollow for the second."""
    of, measure, kinds = spec["of"], spec.get("measure"), tuple(LANES)
    # One group needs no dot to tell it from another.
    heads = [escape(_upper(measure))] if measure else [escape(_upper(name)) for name in spec["groups"]]
    dots = ("", "") if len(heads) < 2 else tuple(map(_dot, kinds))
    head = "".join(f'<th scope="col">{dot}{name}</th>' for dot, name in zip(dots, heads, strict=False))
    rows = []
    for row in spec["rows"]:
        drawn = "".join(_spot(value, of, kind) for value, kind in zip(row["values"], kinds, strict=False))
        line = f'<svg class="dots" aria-hidden="true"><line x2="100%" y1="10" y2="10"/>{drawn}</svg>'
        cells = "".join(f"<td>{_range(value)}</td>" for value in row["values"])
        rows.append(f'<tr><th scope="row">{escape(row["what"])}{marks(row.get("source"))}{line}</th>{cells}</tr>')
    end, first = marks(spec.get("source")), escape(spec.get("first", "Effect"))
    table = (
        f'<table class="figure__table"><thead><tr><th scope="col">{first}</th>{head}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table>"
    )
    sizes = spec.get("people")
    few = "Groups this small are too few to tell how large the differences are." if sizes and of < 50 else ""
    line = f"Each line runs from 0 to {of}."
    facts = [f"When: {escape(spec['when'])}." if "when" in spec else ""]
    facts.append(f"People: {' and '.join(map(str, sizes))}." if sizes else "")
    facts.append(f"How sure: {escape(spec['sure'])}." if "sure" in spec else "")
    facts.append(escape(spec.get("note", "")))
    return figure(
        "dot-range",
        spec["title"],
        table,
        (f"The numbers are of {of} people. {line}" if sizes else line, few, " ".join(filter(None, facts)) + end),
    )


def timeline(spec: Mapping[str, Any]) -> str:
    """Steps in order, with a bar where each lies on the whole, if it says so."""
    steps = []
    for step in spec["steps"]:
        bar = _bar(step["span"], spec["scale"]) if "span" in step else ""
        text = f"{escape(step['what'])}{marks(step.get('source'))}"
        steps.append(f"<li><strong>{escape(step['when'])}</strong> {text}{bar}</li>")
    scale = ""
    if "scale" in spec:
        low, high = (f"{point:g}" for point in spec["scale"])
        scale = f"Each bar lies on a line from {low} to {high} {escape(spec.get('unit', ''))}".strip() + "."
    return figure("timeline", spec["title"], f"<ol>{''.join(steps)}</ol>", (scale, escape(spec.get("note", ""))))


def certainty(spec: Mapping[str, Any], addresses: Sequence[str]) -> str:
    """Rows with four steps each, as many filled as GRADE's word stands for. addresses: of each row's page."""
    rows = []
    for row, address in zip(spec["rows"], addresses, strict=True):
        lines = [_grade(row["level"], row["whose"], "Gain: " if "harm" in row else "")]
        lines += [_grade(row["harm"], row["harm_whose"], "Harm: ")] if "harm" in row else []
        link = f'<a href="{escape(address)}">{escape(row["what"])}</a>'
        graded = " ".join(lines).removesuffix("</span></span>")
        rows.append(f"<li>{link} {graded}{marks(row['source'])}</span></span></li>")
    key = "One filled box is very low, two low, three moderate and four high certainty."
    return figure("certainty", spec["title"], f"<ul>{''.join(rows)}</ul>", (key, escape(spec.get("note", ""))))


def _grade(level: str | Sequence[str], whose: str, of: str) -> str:
    low, high = levels(level)
    boxes = "".join(
        f'<rect class="{"solid" if n < low else "half" if n < high else "edge"}" x="{n * 22 + 1}" y="1"'
        ' width="18" height="12" rx="2"/>'
        for n in range(len(LEVELS))
    )
    words = " to ".join([level] if isinstance(level, str) else level)
    text = f"{of}{words if of else _upper(words)} ({escape(whose)})"
    return f'<span><svg viewBox="0 0 88 14" aria-hidden="true">{boxes}</svg> <span>{text}</span></span>'


def levels(value: str | Sequence[str]) -> tuple[int, int]:
    """GRADE's words as numbers, 1 (very low) to 4 (high): the lowest and the highest of a rating."""
    found = sorted(LEVELS.index(word) + 1 for word in ([value] if isinstance(value, str) else value))
    return found[0], found[-1]


def _columns(start: int, end: int) -> tuple[str, str]:
    heads, bodies = [], []
    for column in range(COLUMNS):
        first = -(-(start - column) // COLUMNS) if start > column else 0
        last = (end - column - 1) // COLUMNS if end > column else -1
        if last < first:
            continue
        x, y, length = column * ACROSS + 5, first * DOWN, (last - first) * DOWN
        # A dash of no length is a dot, where the line itself has one.
        heads.append(f"M{x} {y + 3.5:g}v{length + 0.01:g}")
        bodies.append(f"M{x} {y + 9:g}v{length + 2.5:g}")
    return "".join(heads), "".join(bodies)


def _spot(value: float | Sequence[float], of: float, kind: str) -> str:
    # A lane for each group: at the same number neither hides the other.
    y = LANES[kind]
    ends = value if isinstance(value, list | tuple) else [value]
    places = [f"{100 * end / of:.4g}%" for end in ends]
    line = f'<line class="{kind}" x1="{places[0]}" x2="{places[1]}" y1="{y}" y2="{y}"/>' if len(places) > 1 else ""
    return line + "".join(f'<circle class="{kind}" cx="{place}" cy="{y}" r="5"/>' for place in places)


def _dot(kind: str) -> str:
    return f'<svg class="dot" aria-hidden="true"><circle class="{kind}" cx="6" cy="8" r="5"/></svg>'


def _bar(span: Sequence[float], scale: Sequence[float]) -> str:
    low, high = scale
    start, end = (100 * (point - low) / (high - low) for point in span)
    bar = f'<rect x="{start:.4g}%" width="{max(end - start, 1):.4g}%" y="2" height="8" rx="2"/>'
    return f'<svg class="bar" aria-hidden="true"><line x2="100%" y1="6" y2="6"/>{bar}</svg>'


def _range(value: float | Sequence[float]) -> str:
    return " to ".join(f"{end:g}" for end in (value if isinstance(value, list | tuple) else [value]))


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
