"""Puts "When to call" on every treatment and safety page, before its last section, from data/when-to-call.yml.

The same signs in the same words everywhere: a page may not keep a list of its own.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from guidekit import library, problems, schema
from guidekit.data import Loaded, read_yaml
from guidekit.markdown_text import before_last, line_of, masked_body, relative
from guidekit.problems import Problem
from guidekit.schema import Schemas, load_schemas

FILE = "data/when-to-call.yml"
KINDS = ("treatment", "safety")
OWN_LIST = re.compile(
    r"^(?:!!! [\w-]+ \"|\**#* ?|\**)Call (?:an ambulance|the clinic|911|999)\b[^\n]*if\b", re.M | re.I
)


def load(loaded: Loaded, schemas: Schemas, sources: Collection[str]) -> tuple[dict[str, Any], list[Problem]]:
    """(the lists, problems). schemas: holds `when-to-call`; sources: keys of data/sources.yml.

    The lists are empty when they cannot be trusted.
    """
    found = loaded.problems or schema.check(loaded.value, loaded, FILE, schemas, "when-to-call")
    if found:
        return {}, list(found)
    for name, group in loaded.value.items():
        for index, item in enumerate(group["signs"]):
            line = loaded.line(name, "signs", index)
            found += library.unknown_sources(FILE, line, item.get("sources", []), sources, f"{name}, sign {index + 1}")
    return loaded.value, found


def check(source: str, path: str, kind: str) -> list[Problem]:
    """Problems of a page that keeps such a list itself. path: from the repository root."""
    masked = masked_body(source) if kind in KINDS else ""
    return [
        Problem(
            path,
            line_of(masked, match.start()),
            f"this page has a list of its own: '{match[0].strip(' *#')}'",
            f"delete it: the build puts the lists of {FILE} on every page of kind {kind}",
        )
        for match in OWN_LIST.finditer(masked)
    ]


def section(groups: Mapping[str, Any], page: str) -> str:
    """The Markdown of "When to call" for a page (from docs/). Links in the data are from docs/."""
    if not groups:
        return ""
    lines = ["## When to call { #when-to-call }", ""]
    for group in groups.values():
        lines += [f'!!! {group["box"]} when-to-call "{group["title"]}"', "", f"    {group['lead']}", ""]
        for item in group["signs"]:
            marks = "".join(f"[^{key}]" for key in item.get("sources", []))
            lines.append(f"    - {item['sign']}{marks}")
        lines += ["", f"    {group['after']}", ""]
    return re.sub(r"\]\(([\w/-]+\.md)", lambda m: f"]({relative(m[1], page)}", "\n".join(lines))


_groups: dict[str, Any] = {}


def on_config(config, **kwargs):
    global _groups
    root = Path(config.config_file_path).parent
    _groups, found = load(read_yaml(root / FILE, FILE), load_schemas(root / "data/schema"), library.read(root).items)
    problems.add(found)


def on_page_markdown(markdown, *, page, config, files, **kwargs):
    kind = str(page.meta.get("kind"))
    problems.add(check(page.file.content_string, f"docs/{page.file.src_uri}", kind))
    return before_last(markdown, section(_groups, page.file.src_uri)) if kind in KINDS else markdown
