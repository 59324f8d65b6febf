"""Shows how the guide scores itself, from data/self-assessment.yml, where <!-- hooks/self_assessment.py --> stands.

Two readers score each item alone, a third tries to refute each full mark; the lowest is published, with the words that
earn it. Where these no longer stand on the page that is named, editors get a note (a typo may be mended without a new
score) and the weekly job fails. No totals: they would invite comparison.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mkdocs.plugins import event_priority

from guidekit import entries, problems
from guidekit.data import Loaded, read_yaml
from guidekit.entries import Entries
from guidekit.markdown_text import relative
from guidekit.problems import Problem
from guidekit.schema import Schemas, load_schemas

FILE, MARKER = "data/self-assessment.yml", "<!-- hooks/self_assessment.py -->"
# instrument: (heading, highest mark).
INSTRUMENTS = {
    "discern": ("DISCERN: is it fair about treatment choices?", 5),
    "pemat-understand": ("PEMAT: can it be understood?", 1),
    "pemat-act": ("PEMAT: can readers act on it?", 1),
    "cdc": ("CDC Clear Communication Index", 1),
    "jama": ("JAMA benchmarks", 1),
    "ipdas": ("IPDAS minimum criteria for decision aids", 1),
}


def load(loaded: Loaded, schemas: Schemas) -> Entries:
    """The items in a loaded data/self-assessment.yml. schemas: holds `self-assessment`, the schema of one item."""
    found = entries.load(loaded, FILE, "items", "item", schemas, "self-assessment")
    for item in found.items:
        _, most = INSTRUMENTS[item["instrument"]]
        if any(mark > most for mark in item.get("marks", [])):
            line = found.lines[item["id"]]
            what = f"{item['id']}: the marks are {item['marks']}, but the highest of this instrument is {most}"
            found.problems.append(Problem(FILE, line, what, "correct them"))
    return found


def result(item: Mapping[str, Any]) -> str:
    """What is published for an item: the lowest mark, or "not yet"."""
    if "not_yet" in item:
        return "Not yet"
    _, most = INSTRUMENTS[item["instrument"]]
    lowest = min(item["marks"])
    return f"{lowest} of {most}" if most > 1 else ("Yes" if lowest else "No")


def tables(items: list[dict[str, Any]], page: str) -> str:
    """The Markdown of all items, a heading and a table for each instrument; page: where it stands, from docs/."""
    parts = []
    for instrument, (heading, _) in INSTRUMENTS.items():
        mine = [item for item in items if item["instrument"] == instrument]
        if not mine:
            continue
        lines = [f"## {heading} {{ #{instrument} }}", "", "| Item | Result | Why |", "| --- | --- | --- |"]
        for item in mine:
            why = [item.get("not_yet") or item.get("why", "")]
            if "where" in item:
                target, mark, anchor = item["where"].partition("#")
                why.append(f'"{item["words"]}" ([{item["at"]}]({relative(target, page)}{mark}{anchor}))')
            lines.append(f"| {item['asks']} | {result(item)} | {' '.join(filter(None, why)).replace('|', '/')} |")
        parts.append("\n".join(lines))
    return "\n\n".join(parts)


def words(text: str) -> str:
    """The words of a page's HTML as a reader meets them, without marks of sources and glossary notes."""
    text = re.sub(r'<sup[^>]*><a[^>]*#fn:.*?</sup>|<span class="term-note".*?</span>', "", text, flags=re.S)
    found = re.findall(r"[^\W_]+", html.unescape(re.sub(r"<[^>]+>", " ", text)))
    return f" {' '.join(found)} ".casefold()


def stale(found: Entries, pages: Mapping[str, str]) -> list[Problem]:
    """What is due: words that no longer stand where they are said to. pages: path from docs/ -> words()."""
    told = []
    for item in found.items:
        page = item.get("where", "").partition("#")[0]
        if page and words(html.escape(item["words"])) not in pages.get(page, ""):
            what = f"{item['id']}: the words '{item['words']}' do not stand on docs/{page}"
            mend = "give words that do and that earn the mark, or lower the mark"
            told.append(Problem(FILE, found.lines[item["id"]], what, mend))
    return told


_found = Entries()
_pages: dict[str, str] = {}
_named: set[str] = set()
_shown = False


def on_config(config, **kwargs):
    global _found, _shown
    root = Path(config.config_file_path).parent
    _pages.clear()
    _found, _shown = load(read_yaml(root / FILE, FILE), load_schemas(root / "data/schema")), False
    _named.clear()
    _named.update(item["where"].partition("#")[0] for item in _found.items if "where" in item)


def on_page_markdown(markdown, *, page, config, files, **kwargs):
    global _shown
    if MARKER in markdown:
        _shown = True
        problems.add(_found.problems)
        return markdown.replace(MARKER, tables(_found.items, page.file.src_uri))


@event_priority(100)  # before the page is minified
def on_post_page(output, *, page, config, **kwargs):
    if page.file.src_uri in _named:
        _pages[page.file.src_uri] = words(output)


def on_post_build(config, **kwargs):
    if _shown:
        problems.add_past(stale(_found, _pages))
