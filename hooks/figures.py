"""Draws the fenced blocks icon-array, dot-range, timeline and certainty, each a few lines of YAML, as static figures.

Pictures of chance can mislead, so the checks are strict: groups under 50 are drawn as the people they are, never "of
100"; impossible or missing numbers, unknown keys and unknown sources are problems. The rules of each kind stand in
guidekit/figure_rules.py, the drawing in guidekit/pictures.py.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from guidekit import entries, library, pictures, problems, schema
from guidekit.data import Loaded, load_yaml, read_yaml
from guidekit.figure_rules import RULES, STUDIES, Address, Known
from guidekit.markdown_text import FENCE, Fence, fences
from guidekit.problems import Problem, nearest
from guidekit.schema import load_schemas


def draw(fence: Fence, page: str, known: Known, address: Address) -> tuple[str, list[str], list[Problem]]:
    """(HTML, the sources in the order of their marks, problems) of a block on `page` (from docs/).

    address: from a page (from docs/) to its address in a link. The HTML is empty when there are problems.
    """
    path = f"docs/{page}"
    if fence.kind not in RULES:
        close = nearest(fence.kind, RULES)
        mend = f"write '{close}'" if close else f"use one of {', '.join(RULES)}"
        return "", [], [Problem(path, fence.line, f"unknown figure '{fence.kind}'", mend)]
    if fence.indent:
        what = f"this {fence.kind} stands inside of a box or a list"
        return "", [], [Problem(path, fence.line, what, "begin each of its lines without spaces")]
    loaded = load_yaml(fence.text, path, fence.line + 1)
    found = list(loaded.problems)
    spec = loaded.value
    if not found and not isinstance(spec, dict):
        found = [Problem(path, fence.line, f"this {fence.kind} is empty", "write 'key: value', one to a line")]
    if not found:
        name = "icon-array-study" if fence.kind == "icon-array" and "study" in spec else fence.kind
        found = schema.check(spec, loaded, path, known.schemas, name)
    if not found:
        found = list(_unknown(spec, loaded, path, fence, known))
    if found or ("study" in spec and known.studies[spec["study"]] is None):  # studies.py tells what is wrong with it
        return "", [], found
    html, told = RULES[fence.kind](spec, loaded, page, known, address)
    if told:
        return "", [], [Problem(path, line, f"this {fence.kind}: {what}", mend) for line, what, mend in told]
    return html, _sources(spec, known), []


def _named(spec: dict) -> Iterator[tuple[tuple, list[str]]]:
    # In the order in which pictures.py sets the marks.
    for name in ("rows", "steps"):
        for index, row in enumerate(spec.get(name, [])):
            yield (name, index), pictures.keys(row.get("source"))
    yield ("source",), pictures.keys(spec.get("source"))


def _sources(spec: dict, known: Known) -> list[str]:
    if "study" in spec:
        return [known.studies[spec["study"]]["source"]]
    return [key for _, named in _named(spec) for key in named]


def _unknown(spec: dict, loaded: Loaded, path: str, fence: Fence, known: Known) -> Iterator[Problem]:
    for at, named in _named(spec):
        yield from library.unknown_sources(path, loaded.line(*at), named, known.sources, f"this {fence.kind}")
    if "study" in spec and spec["study"] not in known.studies:
        close = nearest(spec["study"], known.studies)
        mend = f"write '{close}'" if close else f"correct it, or add the trial to {STUDIES}"
        what = f"this {fence.kind}: '{spec['study']}' is no trial in {STUDIES}"
        yield Problem(path, loaded.line("study"), what, mend)


def with_marks(markdown: str, drawn: Mapping[str, list[str]]) -> str:
    """The Markdown with a paragraph of footnote marks behind each block that was drawn. drawn: its text -> sources."""

    def add(match: re.Match[str]) -> str:
        keys = drawn.get(_key(match[0].partition("\n")[2].rpartition("\n")[0]))
        return match[0] + (f"\n\n{''.join(f'[^{key}]' for key in keys)}\n{{ .figure-marks }}\n" if keys else "")

    return FENCE.sub(add, markdown)


def place_marks(html: str) -> str:
    """The page's HTML with the footnote marks moved from behind each figure to their places in it."""

    def place(match: re.Match[str]) -> str:
        found = iter(re.findall(r"<sup\b.*?</sup>", match["marks"], re.S))
        return re.sub(re.escape(pictures.MARK), lambda _: next(found, ""), match["figure"])

    figure = r'(?P<figure><figure class="figure (?:(?!<figure).)*?</figure>)\s*'
    return re.sub(rf'{figure}<p class="figure-marks">(?P<marks>.*?)</p>', place, html, flags=re.S)


def _key(text: str) -> str:
    return textwrap.dedent(text).strip()


_known = Known()
_drawn: dict[str, str] = {}


def fence_html(source: str, language: str, css_class: str, options: dict, md: Any, *, drawn: dict, **rest: Any) -> str:
    """What superfences puts in a block's place: the figure that on_page_markdown has drawn."""
    return drawn.get(_key(source), "")


def on_config(config, **kwargs):
    root = Path(config.config_file_path).parent
    schemas, _known.schemas = load_schemas(root / "data/schema"), load_schemas(root / "data/schema/figures")
    _known.sources = library.read(root).items
    found = entries.load(read_yaml(root / STUDIES, STUDIES), STUDIES, "studies", "study", schemas, "study")
    _known.studies = {**dict.fromkeys(found.lines), **{study["id"]: study for study in found.items}}
    format = partial(fence_html, drawn=_drawn)  # its repr tells hooks/rendered.py what is drawn
    fenced = [{"name": kind, "class": kind, "format": format} for kind in RULES]
    config.mdx_configs.setdefault("pymdownx.superfences", {})["custom_fences"] = fenced


def on_files(files, *, config, **kwargs):
    _known.pages = {file.src_uri: file.content_string for file in files.documentation_pages()}


def on_page_markdown(markdown, *, page, config, files, **kwargs):
    _drawn.clear()
    marked = {}
    for fence in fences(page.file.content_string):
        html, keys, found = draw(
            fence, page.file.src_uri, _known, lambda target: files.src_uris[target].url_relative_to(page.file)
        )
        problems.add(found)
        _drawn[_key(fence.text)], marked[_key(fence.text)] = html, keys
    return with_marks(markdown, marked) if marked else markdown


def on_page_content(html, *, page, config, files, **kwargs):
    return place_marks(html)
