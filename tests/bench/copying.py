"""Copies of the project: as it is, with ten times the pages, and as the stock theme would show it."""

from __future__ import annotations

import posixpath
import re
import shutil
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

import yaml

# Kinds of which a site may have many; of the others the checks want one each, or ids that no other page has.
ORDINARY = ("explainer", "condition", "treatment", "safety", "access")
LEFT = shutil.ignore_patterns(".git", ".venv", ".build", "site", "__pycache__", ".*_cache", "node_modules")
LONGEST_TITLE = 70  # data/schema/pages/common.json
LINK = re.compile(
    r"(?P<before>\]\(\s*<?|^ {0,3}\[[^\]^][^\]]*\]:\s*<?|\b(?:href|src)=[\"']|[{,]\s*page:\s+|^\s+-?\s*page:\s+)"
    r"(?P<path>[^\s)>\"'#,}]+)",
    re.M,
)
PLAIN = """site_name: The same pages
theme:
  name: material
  font: false
plugins:
  - search
"""


def copy(root: Path, target: Path) -> Path:
    """A copy of the project without what git, the environment, builds and caches left there; returns `target`."""
    shutil.copytree(root, target, ignore=LEFT)
    return target


def blocks(config: str) -> dict[str, str]:
    """The top-level keys of a YAML text -> their text, as it stands, the comments before the next key too."""
    found = re.finditer(r"^(?P<key>[a-z_]+):(?:(?!^[a-z_]+:).|\n)*", config, re.M)
    return {match["key"]: match[0] for match in found}


def plain_config(config: str) -> str:
    """mkdocs.yml of the stock theme on the same Markdown: our menu and how Markdown is read, nothing else of ours."""
    ours = blocks(config)
    return "\n".join([PLAIN, *(ours[key] for key in ("nav", "markdown_extensions"))])


def kind_of(text: str) -> str:
    """The kind of a page from its front matter; "" where there is none."""
    match = re.search(r"\A---\n(?:.*\n)*?kind:[ ]*([\w-]+)[ ]*\n", text)
    return match[1] if match else ""


def numbered(text: str, number: int) -> str:
    """A page's source with the number in its title, as checks for titles of their own demand, and without aliases."""
    head, rest = text.removeprefix("---\n").split("\n---\n", 1)
    mark = f" {number}"
    title = str(yaml.safe_load(head)["title"])[: LONGEST_TITLE - len(mark)].rstrip() + mark
    head = re.sub(r"^title:.*$", lambda _: f'title: "{title}"', head, count=1, flags=re.M)
    head = re.sub(r"^aliases:.*\n?(?:[ -].*\n?)*", "", head + "\n", flags=re.M).rstrip("\n")
    return f"---\n{head}\n---\n{rest}"


def relinked(text: str, page: str, folder: str, copied: Collection[str]) -> str:
    """The source of `page` (from docs/) with its links as its copy in `folder` needs them.

    copied: the pages that are copied there too, to which links stay; all others lead to the originals.
    """

    def link(match: re.Match[str]) -> str:
        path = match["path"]
        if ":" in path or path.startswith("/"):
            return match[0]
        target = posixpath.normpath(posixpath.join(posixpath.dirname(page), path))
        if target in copied:
            return match[0]
        here = posixpath.dirname(posixpath.join(folder, page))
        return match["before"] + posixpath.relpath(target, here)

    return LINK.sub(link, text)


def copies(pages: Mapping[str, str], more: int) -> dict[str, str]:
    """`more` copies of the ordinary ones among the pages (from docs/ -> source): x1/..., x2/... -> source."""
    ordinary = [page for page, text in sorted(pages.items()) if kind_of(text) in ORDINARY]
    made: dict[str, str] = {}
    number = 0
    while ordinary and len(made) < more:
        number += 1
        chosen = ordinary[: more - len(made)]
        for page in chosen:
            made[f"x{number}/{page}"] = numbered(relinked(pages[page], page, f"x{number}", chosen), number)
    return made


def with_nav(config: str, added: Sequence[str]) -> str:
    """mkdocs.yml with the added pages at the end of its menu: a section for each copy, and in it one for each folder."""
    lines: list[str] = []
    before: list[str] = []
    for page in added:
        folders = page.split("/")[:-1]
        for depth, folder in enumerate(folders):
            if folders[: depth + 1] != before[: depth + 1]:
                lines.append(f"{'  ' * (2 * depth + 1)}- {folder.capitalize()}:")
        before = folders
        lines.append(f"{'  ' * (2 * len(folders) + 1)}- {page}")
    nav = blocks(config)["nav"]
    entries = re.match(r"nav:\n(?:[ ]+.*\n)+", nav)
    if not entries:
        raise ValueError("mkdocs.yml has no nav of entries, one to a line")
    return config.replace(entries[0], entries[0] + "\n".join(lines) + "\n")


def sources(docs: Path) -> dict[str, str]:
    """All pages: path from `docs` -> source."""
    return {file.relative_to(docs).as_posix(): file.read_text(encoding="utf-8") for file in docs.rglob("*.md")}


def extend(root: Path, more: int) -> None:
    """Add `more` pages to the copy of the project in `root`: files and menu."""
    docs, config = root / "docs", root / "mkdocs.yml"
    added = copies(sources(docs), more)
    for page, text in added.items():
        file = docs / page
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    config.write_text(with_nav(config.read_text(encoding="utf-8"), list(added)), encoding="utf-8")
