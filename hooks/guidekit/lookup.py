"""What readers look up: the pages with their anchors, and the everyday words of data/search.yml that lead to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from guidekit import schema
from guidekit.data import Loaded, load_yaml
from guidekit.markdown_text import headings, masked_body, split_front_matter
from guidekit.problems import SURE, Problem, nearest
from guidekit.schema import Schemas

FILE = "data/search.yml"


@dataclass(frozen=True)
class Page:
    """path: from docs/; title: as in the menu, or else of its front matter; kind, aliases: of its front matter;
    anchors: id -> heading, in order."""

    path: str
    title: str
    kind: str
    aliases: tuple[str, ...]
    anchors: Mapping[str, str]


@dataclass(frozen=True)
class Place:
    """A place that words lead to. listed: words that stand in the A to Z too; words: found by the search alone."""

    page: str
    anchor: str
    listed: tuple[str, ...]
    words: tuple[str, ...]

    @property
    def to(self) -> str:
        """The page, or page#anchor, from docs/."""
        return f"{self.page}#{self.anchor}" if self.anchor else self.page


@dataclass
class Lookup:
    """What data/search.yml says. misspelt: right word -> wrong spellings; dropped: words that say nothing;
    weights: path of a page -> how much its entries count in the search, where that is not 1."""

    places: list[Place] = field(default_factory=list)
    misspelt: dict[str, list[str]] = field(default_factory=dict)
    dropped: list[str] = field(default_factory=list)
    weights: dict[str, float] = field(default_factory=dict)


def page(path: str, title: str, source: str) -> Page:
    """A page from its source text; what cannot be read of its front matter is left out (front_matter.py tells it)."""
    meta = load_yaml(split_front_matter(source)[0] or "", path).value
    meta = meta if isinstance(meta, dict) else {}
    aliases = meta.get("aliases")
    return Page(
        path=path,
        title=title or str(meta.get("title", path)),
        kind=str(meta.get("kind", "")),
        aliases=tuple(str(alias) for alias in aliases) if isinstance(aliases, list) else (),
        anchors={heading.id: heading.text for heading in headings(masked_body(source))},
    )


def load(loaded: Loaded, schemas: Schemas, pages: Mapping[str, Page]) -> tuple[Lookup, list[Problem]]:
    """(what the file says, problems). schemas: holds `search`; pages: by path.

    Nothing is left of a file that breaks its schema; places that are not there are left out.
    """
    found = list(loaded.problems) or schema.check(loaded.value, loaded, FILE, schemas, "search")
    if found:
        return Lookup(), found
    lookup = Lookup(misspelt=loaded.value["misspelt"], dropped=loaded.value["dropped"])
    first: dict[str, int] = {}
    for index, entry in enumerate(loaded.value["places"]):
        line = loaded.line("places", index)
        path, _, anchor = entry["to"].partition("#")
        told = _unknown(path, anchor, line, pages)
        if not told and first.setdefault(entry["to"], line) != line:
            what = f"the place '{entry['to']}' also stands in line {first[entry['to']]}"
            told = [Problem(FILE, line, what, "keep one of the two, with the words of both")]
        if not told:
            listed, words = entry.get("listed", []), entry.get("words", [])
            lookup.places.append(Place(path, anchor, tuple(listed), tuple(words)))
        found += told
    for path, weight in loaded.value["weights"].items():
        told = _unknown(path, "", loaded.line("weights", path), pages)
        lookup.weights |= {} if told else {path: float(weight)}
        found += told
    return lookup, found


def misspellings(text: str, misspelt: Mapping[str, Iterable[str]]) -> list[str]:
    """The wrong spellings of the words in a text, in small letters."""
    words = set(text.casefold().replace("-", " ").split())
    return [wrong.casefold() for right, wrongs in misspelt.items() if right.casefold() in words for wrong in wrongs]


def _unknown(path: str, anchor: str, line: int, pages: Mapping[str, Page]) -> list[Problem]:
    there = pages.get(path)
    if there is None:
        close = nearest(path, pages, SURE)
        return [Problem(FILE, line, f"there is no page '{path}'", f"write '{close}'" if close else "correct the path")]
    if anchor and anchor not in there.anchors:
        close = nearest(anchor, there.anchors)
        mend = f"write '{path}#{close}'" if close else f"use an id of a heading of docs/{path}"
        return [Problem(FILE, line, f"docs/{path} has no heading with the id '{anchor}'", mend)]
    return []
