"""Draws the table of trials from data/studies.yml, where the marker <!-- hooks/studies.py --> stands."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Any

from guidekit import entries, library, problems
from guidekit.data import Loaded, read_yaml
from guidekit.problems import Problem
from guidekit.schema import Schemas, load_schemas

FILE, MARKER = "data/studies.yml", "<!-- hooks/studies.py -->"
CONDITIONS = {
    "depression": "Depression",
    "suicidal-thoughts": "Suicidal thoughts",
    "bipolar-depression": "Bipolar depression",
    "ptsd": "PTSD",
    "anxiety": "Anxiety",
    "ocd": "OCD",
    "pain": "Pain",
    "alcohol-and-drugs": "Alcohol and drugs",
    "young-people": "Young people",
    "older-people": "Older people",
    "after-childbirth": "After childbirth",
}


FORMS = {
    "infusion": "infusion",
    "spray": "esketamine spray",
    "injection": "injection",
    "other": "mixed or other form",
}
MASKING = {"double-blind": "double-blind", "open": "open: people knew", "not stated": "blinding not stated"}


def load(loaded: Loaded, schemas: Schemas, sources: Collection[str]) -> tuple[list[dict[str, Any]], list[Problem]]:
    """(studies, problems) in a loaded data/studies.yml. schemas: holds `study`; sources: keys of data/sources.yml."""
    found = entries.load(loaded, FILE, "studies", "study", schemas, "study")
    wrong = {
        study["id"]: library.unknown_sources(FILE, found.lines[study["id"]], [study["source"]], sources, study["id"])
        for study in found.items
    }
    right = [study for study in found.items if not wrong[study["id"]]]
    return right, found.problems + [problem for told in wrong.values() for problem in told]


def table(studies: list[dict[str, Any]]) -> str:
    """The Markdown of the trials, a heading and a table for each condition, oldest first."""
    parts = []
    for condition, title in CONDITIONS.items():
        mine = sorted((s for s in studies if s["condition"] == condition), key=lambda s: (s["year"], s["id"]))
        if not mine:
            continue
        lines = [f"## {title} {{ #{condition} }}", "", "| Trial | People | Compared with | When | Result |"]
        lines += ["| --- | --- | --- | --- | --- |"]
        for study in mine:
            how = f"{study['year']}; {FORMS[study['form']]}; {MASKING[study['masking']]}"
            name = f"{study['name']} ({how})[^{study['source']}]"
            cells = [name, study["people"], study["comparison"], study["when"]]
            cells.append(f"{study['result']} *{study['direction']}*")
            lines.append(f"| {' | '.join(map(_cell, cells))} |")
        parts.append("\n".join(lines))
    return "\n\n".join(parts)


def _cell(value: Any) -> str:
    return str(value).replace("|", "/")


_studies: list[dict[str, Any]] = []
_problems: list[Problem] = []


def on_config(config, **kwargs):
    root = Path(config.config_file_path).parent
    loaded = read_yaml(root / FILE, FILE)
    _studies[:], _problems[:] = load(loaded, load_schemas(root / "data/schema"), library.read(root).items)


def on_files(files, *, config, **kwargs):
    if any(MARKER in file.content_string for file in files.documentation_pages()):
        problems.add(_problems)


def on_page_markdown(markdown, *, page, config, files, **kwargs):
    return markdown.replace(MARKER, table(_studies)) if MARKER in markdown else markdown
