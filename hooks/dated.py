"""Facts that run out, from data/dated.yml: told on each page that cites their sources, and due when their day is past.

`valid_until`: the fact itself ends on that day. `recheck`: by that day somebody reads the source again. Whether a day
is past is decided twice: at build time for editors (a note; `make dates` fails), in the browser for readers.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any

from guidekit import clock, entries, library, problems
from guidekit.clock import in_words
from guidekit.data import Loaded, read_yaml
from guidekit.entries import Entries
from guidekit.markdown_text import before_last, footnotes
from guidekit.problems import Problem
from guidekit.schema import Schemas, load_schemas

FILE = "data/dated.yml"
WITHOUT_BOX = ("home", "help", "brief", "sheet")  # kinds of page: short and calm; marks in the text stand there too


def load(loaded: Loaded, schemas: Schemas, sources: Collection[str]) -> Entries:
    """The facts in a loaded data/dated.yml. schemas: holds `dated`; sources: keys of data/sources.yml."""
    found = entries.load(loaded, FILE, "facts", "fact", schemas, "dated")
    for item in found.items:
        line = found.lines[item["id"]]
        found.problems += library.unknown_sources(FILE, line, item["sources"], sources, item["id"])
    return found


def day_of(item: Mapping[str, Any]) -> datetime.date:
    """The day on which a fact ends or is to be read again."""
    return datetime.date.fromisoformat(item.get("valid_until") or item["recheck"])


def past(found: Entries, cited: Mapping[str, Collection[str]], today: datetime.date) -> list[Problem]:
    """What is due. cited: page (from docs/) -> the sources that it cites."""
    told = []
    for item in found.items:
        if today <= day_of(item):
            continue
        pages = sorted(f"docs/{page}" for page, keys in cited.items() if set(keys) & set(item["sources"]))
        ended = "held until" if "valid_until" in item else "was to be read again by"
        what = f"{item['id']}: '{item['fact']}' {ended} {in_words(day_of(item))}"
        mend = f"read {', '.join(item['sources'])} again, correct {', '.join(pages) or 'the entry'}, and set a new day"
        told.append(Problem(FILE, found.lines[item["id"]], what, mend))
    return told


def uncited(found: Entries, cited: Mapping[str, Collection[str]]) -> list[Problem]:
    """Problems for facts that no page states."""
    used = {key for keys in cited.values() for key in keys}
    return [
        Problem(
            FILE,
            found.lines[item["id"]],
            f"{item['id']}: no page cites {', '.join(item['sources'])}",
            "cite one of them, or delete the entry",
        )
        for item in found.items
        if not used & set(item["sources"])
    ]


def box(items: Iterable[Mapping[str, Any]], cited: Collection[str]) -> str:
    """The Markdown of the box on a page that cites the sources `cited`; empty when nothing there runs out."""
    lines = []
    for item in items:
        if not set(cited) & set(item["sources"]):
            continue
        day = f'<time datetime="{day_of(item)}">{in_words(day_of(item))}</time>'
        limit = f"holds until {day}" if "valid_until" in item else f"seen in {item['seen']}, to be read again by {day}"
        mark = f'<strong data-overdue="{day_of(item)}" data-search-exclude hidden>This day has passed.</strong>'
        lines.append(f"    - {item['fact']}: {limit}. {mark}")
    if not lines:
        return ""
    return "\n".join(['!!! note "What may go out of date on this page"', "", *lines, ""])


def mark(html: str, items: Iterable[Mapping[str, Any]]) -> str:
    """A page's HTML with a mark behind each citation of a fact that ends; the browser shows it once the day is past."""
    for item in items:
        if "valid_until" not in item:
            continue
        words = f"(True until {in_words(day_of(item))}; ask what holds now.)"
        text = f' <strong data-overdue="{day_of(item)}" data-search-exclude hidden>{words}</strong>'
        for key in item["sources"]:
            html = re.sub(rf'<sup id="fnref\d*:{re.escape(key)}">.*?</sup>', lambda m, text=text: m[0] + text, html)
    return html


_dated = Entries()
_sources: Collection[str] = ()
_cited: dict[str, Collection[str]] = {}


def on_config(config, **kwargs):
    global _dated, _sources
    root = Path(config.config_file_path).parent
    _cited.clear()
    _sources = library.read(root).items
    _dated = load(read_yaml(root / FILE, FILE), load_schemas(root / "data/schema"), _sources)
    problems.add(_dated.problems)


def on_page_markdown(markdown, *, page, config, files, **kwargs):
    used, _ = footnotes(markdown)
    _cited[page.file.src_uri] = used
    text = "" if page.meta.get("kind") in WITHOUT_BOX else box(_dated.items, used)
    return before_last(markdown, text) if text else markdown


def on_page_content(html, *, page, config, files, **kwargs):
    return mark(html, _dated.items)


def on_env(env, *, config, files, **kwargs):
    problems.add_past(past(_dated, _cited, clock.today()))
    if _sources:
        problems.add(uncited(_dated, _cited))
    return env
