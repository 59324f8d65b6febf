"""Lists every source by topic, says how each was read, and offers all of them as CSL-JSON and BibTeX.

Markers: <!-- hooks/references.py: topic --> for the list of one topic, <!-- hooks/references.py: how-read --> for what
was read how. Topics without a marker are a problem: each source stands in a list.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from mkdocs.structure.files import File
from pybtex.database import BibliographyData, Entry, Person
from pybtex.database.output.bibtex import Writer

from guidekit import clock, csl, library, problems
from guidekit.kept import Kept
from guidekit.markdown_text import line_of
from guidekit.problems import Problem

MARKER = re.compile(r"^<!-- hooks/references\.py: ([a-z-]+) -->$", re.M)
HOW_READ = "how-read"
CSL_FILE, BIBTEX_FILE = "evidence/references.json", "evidence/references.bib"
# CSL type -> BibTeX entry type.
BIBTEX_TYPES = {"article-journal": "article", "article-newspaper": "article", "report": "techreport"}


def of_topic(items: Sequence[csl.Item], topic: str) -> str:
    """The Markdown of one topic's references: its heading, then the entries in the order of their ids."""
    lines = [f"- {csl.definition(item)}" for item in items if item["custom"]["topic"] == topic]
    return "\n".join([f"## {csl.TOPICS[topic]} {{ #topic-{topic} }}", "", *lines])


def check(texts: Mapping[str, str], topics: Iterable[str]) -> list[Problem]:
    """Problems with the markers of the pages.

    texts: the pages that have markers, by path; topics: those that sources have.
    """
    found, placed = [], set()
    for path, text in texts.items():
        for match in MARKER.finditer(text):
            line = line_of(text, match.start())
            if match[1] in placed and match[1] != HOW_READ:
                found.append(Problem(path, line, f"the references of '{match[1]}' stand twice", "delete one marker"))
            elif match[1] not in (*csl.TOPICS, HOW_READ):
                what = f"'{match[1]}' is no topic of sources"
                mend = f"write one of these: {', '.join(csl.TOPICS)}"
                found.append(Problem(path, line, what, mend))
            placed.add(match[1])
    if placed - {HOW_READ}:
        path = next(path for path, text in texts.items() if any(m[1] in csl.TOPICS for m in MARKER.finditer(text)))
        for topic in sorted(set(topics) - placed):
            what = f"no page lists the references of '{topic}'"
            found.append(Problem(path, 1, what, f"add a line <!-- hooks/references.py: {topic} -->"))
    return found


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
    return "\n".join(kept().get(json.dumps(item), lambda item=item: _bibtex_entry(item)) for item in items)


@lru_cache(maxsize=1)
def kept() -> Kept:
    """The BibTeX entries of earlier builds: pybtex looks at each letter."""
    code = [Path(path).read_text(encoding="utf-8") for path in (__file__, csl.__file__, clock.__file__)]
    return Kept(csl.CACHE.with_name("bibtex.json"), version("pybtex"), version("latexcodec"), *code)


def _bibtex_entry(item: csl.Item) -> str:
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
    return Writer().to_string(BibliographyData({item["id"]: entry}))


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
    pages = {f"docs/{file.src_uri}": file.content_string for file in files.documentation_pages()}
    texts = {path: text for path, text in pages.items() if MARKER.search(text)}
    problems.add(check(texts, {item["custom"]["topic"] for item in _items}))
    if texts:
        files.append(File.generated(config, CSL_FILE, content=csl_json(_items)))
        files.append(File.generated(config, BIBTEX_FILE, content=bibtex(_items)))
        kept().save()
    return files


def on_page_markdown(markdown, *, page, config, files, **kwargs):
    def render(match: re.Match[str]) -> str:
        if match[1] == HOW_READ:
            return how_read(_items)
        return of_topic(_items, match[1]) if match[1] in csl.TOPICS else ""

    return MARKER.sub(render, markdown)
