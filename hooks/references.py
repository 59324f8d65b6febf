"""Lists every source by topic, says how each was read, and offers all of them as CSL-JSON and BibTeX.

Markers: <!-- hooks/references.py --> for the list, <!-- hooks/references.py: how-read --> for what was read how.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from mkdocs.structure.files import File
from pybtex.database import BibliographyData, Entry, Person

from guidekit import csl, library

MARKER, HOW_READ = "<!-- hooks/references.py -->", "<!-- hooks/references.py: how-read -->"
CSL_FILE, BIBTEX_FILE = "evidence/references.json", "evidence/references.bib"
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
# CSL type -> BibTeX entry type.
BIBTEX_TYPES = {"article-journal": "article", "article-newspaper": "article", "report": "techreport"}


def by_topic(items: Sequence[csl.Item]) -> str:
    """The Markdown of all references: a heading for each topic, the entries in the order of their ids."""
    parts = []
    for topic, title in TOPICS.items():
        mine = [item for item in items if item["custom"]["topic"] == topic]
        if mine:
            lines = [f"## {title} {{ #topic-{topic} }}", ""]
            lines += [f"- {csl.definition(item)}" for item in mine]
            parts.append("\n".join(lines))
    return "\n\n".join(parts)


def how_read(items: Sequence[csl.Item]) -> str:
    """The Markdown that says how many sources were read how, and names those read in a secondary copy only."""
    second = [item for item in items if item["custom"]["tier"] == "B"]
    lines = [
        f"The guide cites {len(items)} sources.",
        f"Of {len(items) - len(second)} we read the source itself or its abstract.",
        f"These {len(second)} we saw only in a secondary copy, such as a news report, a mirror or another paper:",
        "",
    ]
    lines += [f"- {_short(item)}" for item in second]
    return "\n".join(lines)


def csl_json(items: Sequence[csl.Item]) -> str:
    """All references as CSL-JSON 1.0, as Zotero and pandoc read it; `custom` holds our own fields."""
    return json.dumps(items, ensure_ascii=False, indent=1) + "\n"


def bibtex(items: Sequence[csl.Item]) -> str:
    """All references as BibTeX. A list of authors that is not complete ends with `others`, BibTeX's own word for it."""
    entries = {}
    for item in items:
        fields = {
            "title": f"{{{item['title']}}}",
            "journal": item.get("container-title"),
            "year": _year(item),
            "volume": item.get("volume"),
            "number": item.get("issue"),
            "pages": str(item.get("page") or "").replace("-", "--"),
            "publisher": item.get("publisher"),
            "doi": item.get("DOI"),
            "url": csl.addresses(item)[0][1],
            "note": csl.how_read(item),
        }
        entry = Entry(BIBTEX_TYPES.get(item["type"], "misc"), {key: str(v) for key, v in fields.items() if v})
        entry.persons["author"] = [Person(_name(name)) for name in item.get("author", [])]
        if item["custom"].get("et_al"):
            entry.persons["author"].append(Person("others"))
        entries[item["id"]] = entry
    return BibliographyData(entries).to_string("bibtex")


def _name(name: Mapping[str, str]) -> str:
    if "literal" in name:
        return f"{{{name['literal']}}}"
    suffix = f", {name['suffix']}" if "suffix" in name else ""
    return f"{name['family']}{suffix}, {'. '.join(name.get('given', ''))}."


def _short(item: csl.Item) -> str:
    names = item.get("author") or []
    first = (names[0].get("family") or names[0].get("literal")) if names else ""
    more = " and others" if len(names) > 1 or item["custom"].get("et_al") else ""
    [(shown, address), *_] = csl.addresses(item)
    lead = ", ".join(part for part in (f"{first}{more}", _year(item)) if part)
    return f"{csl.escape(lead)}: [{csl.escape(item['title'])}](<{address}>)" if lead else f"[{shown}](<{address}>)"


def _year(item: csl.Item) -> str:
    return str(item["issued"]["date-parts"][0][0]) if item.get("issued") else ""


_items: list[dict[str, Any]] = []


def on_config(config, **kwargs):
    # sources.py tells what is wrong with an entry; here the right ones are enough.
    _items[:] = filter(None, library.read(Path(config.config_file_path).parent).items.values())


def on_files(files, *, config, **kwargs):
    if any(MARKER in file.content_string for file in files.documentation_pages()):
        files.append(File.generated(config, CSL_FILE, content=csl_json(_items)))
        files.append(File.generated(config, BIBTEX_FILE, content=bibtex(_items)))
    return files


def on_page_markdown(markdown, *, page, config, files, **kwargs):
    for marker, render in ((HOW_READ, how_read), (MARKER, by_topic)):
        if marker in markdown:
            markdown = markdown.replace(marker, render(_items))
    return markdown
