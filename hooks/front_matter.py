"""Checks each page's front matter against the JSON Schema of its kind, and makes its title the page's H1.

MkDocs publishes broken front matter as page text without a word, so nothing here is left to it.
"""

from __future__ import annotations

import copy
import datetime
import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from guidekit import clock, problems, schema
from guidekit.data import Loaded, load_yaml
from guidekit.markdown_text import ALL_PAGES, split_front_matter
from guidekit.problems import Problem, nearest
from guidekit.schema import Schemas


def check(text: str, path: str, schemas: Schemas, today: datetime.date) -> tuple[dict[str, Any], list[Problem]]:
    """(metadata, problems) of a page's source `text`.

    path: from the repository root; today: the day against which `reviewed` may not lie in the future.
    Standard: JSON Schema 2020-12. The metadata is empty when it could not be read.
    """
    loaded = _read(text, path)
    if loaded.problems or not isinstance(loaded.value, dict):
        return {}, loaded.problems
    meta, kinds = loaded.value, [kind for kind in schemas if kind != "common"]
    if meta.get("kind") not in kinds:
        return meta, [_unknown_kind(meta, loaded, path, kinds)]
    found = schema.check(meta, loaded, path, schemas, meta["kind"], noun="front-matter key")
    if not found and meta.get("reviewed", "") > today.isoformat():
        what = f"the review date {meta['reviewed']} lies in the future"
        mend = "write the day on which a person compared the page with its sources"
        found.append(Problem(path, loaded.line("reviewed"), what, mend))
    clinician = meta.get("clinical_review")
    if not found and isinstance(clinician, dict) and str(clinician["date"]) > today.isoformat():
        what = f"the clinician's review date {clinician['date']} lies in the future"
        found.append(Problem(path, loaded.line("clinical_review"), what, "write the day of the review"))
    return meta, found


def same_titles(titles: Mapping[str, tuple[str, int]]) -> list[Problem]:
    """Problems for pages that share a title. titles: path -> (title, line). Screen reader users tell tabs by title."""
    first: dict[str, str] = {}
    found = []
    for path, (title, line) in sorted(titles.items()):
        other = first.setdefault(title.casefold(), path)
        if other != path:
            what = f"the title '{title}' is also the title of {other}"
            found.append(Problem(path, line, what, "give each page a title of its own"))
    return found


def shown(meta: dict[str, Any], found: list[Problem], name: str, schemas: Schemas) -> dict[str, Any]:
    """What templates may use of a page's metadata: all of it where nothing is wrong, else its title and kind alone.

    name: the title of a page whose own is not right. Templates print it as it stands.
    """
    if not found:
        return copy.deepcopy(meta)  # what is read once serves later builds too
    title, kind = meta.get("title"), meta.get("kind")
    right = isinstance(title, str) and re.fullmatch(schemas["common"]["properties"]["title"]["pattern"][1:-1], title)
    return {"title": title if right else name} | ({"kind": kind} if kind in [*schemas] else {})


def with_title(markdown: str, title: str) -> str:
    """The page's Markdown under its title as the one H1."""
    return f"# {title} {{ #top }}\n\n{markdown}"


@lru_cache(maxsize=ALL_PAGES)
def _read(text: str, path: str) -> Loaded:
    yaml_text, _ = split_front_matter(text)
    if yaml_text is not None:
        loaded = load_yaml(yaml_text, path, first_line=2)
        if not loaded.problems and not isinstance(loaded.value, dict):
            kind = "a list" if isinstance(loaded.value, list) else "not a list of keys and values"
            loaded.problems = [Problem(path, 1, f"the front matter is {kind}", "write 'key: value', one to a line")]
        return loaded
    if re.match(r"-{3}[ \t]*\n", text):
        mend = "write a line with three hyphens after the last key"
        return Loaded(problems=[Problem(path, 1, "the front matter is never closed", mend)])
    mend = "begin the file with the lines that other pages of its folder begin with, between two lines of three hyphens"
    return Loaded(problems=[Problem(path, 1, "this page has no front matter", mend)])


def _unknown_kind(meta: dict[str, Any], loaded: Loaded, path: str, kinds: list[str]) -> Problem:
    if "kind" not in meta:
        guess = next((key for key in meta if nearest(key, ["kind"])), None)
        if guess:
            return Problem(path, loaded.line(guess), f"unknown front-matter key '{guess}'", "write 'kind'")
        return Problem(path, 1, "the front-matter key 'kind' is missing", f"add it: one of {', '.join(kinds)}")
    match = nearest(str(meta["kind"]), kinds)
    mend = f"write '{match}'" if match else f"write one of {', '.join(kinds)}"
    return Problem(path, loaded.line("kind"), f"unknown kind of page '{meta['kind']}'", mend)


_schemas: Schemas = {}
_titles: dict[str, tuple[str, int]] = {}


def on_config(config, **kwargs):
    global _schemas
    _titles.clear()
    _schemas = schema.load_schemas(Path(config.config_file_path).parent / "data/schema/pages")


def on_page_markdown(markdown, *, page, config, files, **kwargs):
    path, source = f"docs/{page.file.src_uri}", page.file.content_string
    meta, found = check(source, path, _schemas, clock.today())
    problems.add(found)
    _titles[path] = (str(meta.get("title", path)), _read(source, path).line("title"))
    page.meta = shown(meta, found, page.file.name, _schemas)  # not as MkDocs read it
    return with_title(markdown, page.meta["title"])


def on_env(env, **kwargs):
    problems.add(same_titles(_titles))
