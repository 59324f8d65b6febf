"""What the bench found, as Markdown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bench.building import Built
from bench.loading import Speed, Weight

Loads = Mapping[str, Mapping[str, tuple[Weight, Speed]]]  # page -> site -> what it weighs, how soon it paints


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """A Markdown table; its columns, but the first two, stand to the right."""
    marks = ["---" if column < 2 else "--:" for column in range(len(head))]
    return "\n".join(f"| {' | '.join(map(str, cells))} |" for cells in (head, marks, *rows))


def kilobytes(count: int) -> str:
    """Bytes as kB of 1000, one place behind the point."""
    return f"{count / 1000:.1f}"


def loads(found: Loads, base: str = "floor") -> str:
    """A row for each page and site; `base`: the site to whose largest paint the others are compared."""
    head = ("Page", "Site", "Requests", "kB in all", "kB before the first paint", "FCP ms", "LCP ms")
    head += (f"LCP, times {base}", "CLS")
    rows = []
    for page, sites in found.items():
        for site, (weight, speed) in sites.items():
            ratio = f"{speed.lcp / sites[base][1].lcp:.2f}" if base in sites and sites[base][1].lcp else "-"
            row = [f"`/{page}`", site, weight.requests, kilobytes(weight.total), kilobytes(weight.before_paint)]
            rows.append([*row, f"{speed.fcp:.0f}", f"{speed.lcp:.0f}", ratio, f"{speed.cls:.3f}"])
    return table(head, rows)


def searches(found: Mapping[str, Sequence[float] | None]) -> str:
    """ms to the first answer: site -> (first use, second use), or None where it did not answer."""
    rows = [
        [site, "to the first result", *([f"{ms:.0f}" for ms in times] if times else ["no answer", "no answer"])]
        for site, times in found.items()
    ]
    return table(("Site", "From the last key", "First use, ms", "Second use, ms"), rows)


def builds(found: Sequence[Built]) -> str:
    """A row for each site and size; a page's share is of the first build's processor time, beside the smallest site's."""
    head = ("Site", "Pages", "Cold, s", "Warm, s", "Cold, processor s", "Warm, processor s")
    head += ("Processor ms a page, cold", "times the smallest site's")
    rows = []
    for site, (smallest, _) in found[0].times.items():
        for built in found:
            cold, warm = built.times[site]
            each, first = cold.busy / built.pages, smallest.busy / found[0].pages
            row = [site, built.pages, *(f"{s:.1f}" for s in (cold.wall, warm.wall, cold.busy, warm.busy))]
            rows.append([*row, f"{1000 * each:.0f}", f"{each / first:.2f}"])
    return table(head, rows)


def report(facts: Mapping[str, str], sections: Mapping[str, tuple[str, str]]) -> str:
    """The whole: facts (what -> which) of the run, then the sections: title -> (what was done, table)."""
    lines = ["# What the site weighs, and how fast it is", "", "`make bench` wrote this file.", ""]
    lines += [f"- {what}: {which}" for what, which in facts.items()]
    for title, (how, found) in sections.items():
        lines += ["", f"## {title}", "", how, "", found]
    return "\n".join([*lines, ""])
