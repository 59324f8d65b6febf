"""Gives the claims, glossary, questions and trials as JSON, each with a schema, for other programs.

The list of files stands at the marker <!-- hooks/open_data.py -->, with the references (hooks/references.py) in it.
Texts are taken from the pages as they were rendered, so that a file says what its page says; claims and trials from
the data that their pages are drawn from. Schemas: JSON Schema 2020-12, in data/schema/open/.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mkdocs.structure.files import File

from guidekit import entries, terms
from guidekit.data import read_yaml
from guidekit.markdown_text import relative
from guidekit.plain_text import cited, sections
from guidekit.schema import load_schemas

MARKER = "<!-- hooks/open_data.py -->"
FORMAT = "1.0"  # the second number: something was added; the first: readers of the files must change
LICENSE = {"spdx": "CC-BY-4.0", "url": "https://creativecommons.org/licenses/by/4.0/"}
REFERENCES = {"evidence/references.json": "CSL-JSON", "evidence/references.bib": "BibTeX"}


@dataclass(frozen=True)
class Doc:
    """A page: source: its Markdown; html: as rendered; url: from the site's root; meta: its front matter."""

    source: str
    html: str = ""
    url: str = ""
    meta: Mapping[str, Any] = field(default_factory=dict)


def claims(docs: Sequence[Doc], value: Mapping[str, Any], urls: Mapping[str, str]) -> dict[str, Any]:
    """The lists of claims.json. docs: the claim check; value: data/claims.yml; urls: page (from docs/) -> URL."""
    told = []
    for item in value["claims"]:
        page, _, anchor = item["answered_in"].partition("#")
        own = {key: what for key, what in item.items() if key != "answered_in"}
        where = {"address": f"../{docs[0].url}#{item['id']}", "answered_at": f"../{urls.get(page, '')}#{anchor}"}
        told.append({"id": item["id"], **where, **own})
    return {"articles": value["articles"], "claims": told}


def glossary(docs: Sequence[Doc], value: Any, urls: Mapping[str, str]) -> dict[str, Any]:
    """The list of glossary.json. docs: the glossary."""
    [doc, *_] = docs
    texts, keys = sections(doc.html, 3), cited(doc.source, 3)
    told = [
        {
            "id": term.id,
            "address": f"../{doc.url}#{term.id}",
            "term": term.name,
            "also": [name for name in term.names if name != term.name],
            "meaning": term.note,
            "text": "\n".join(line for line in texts[term.id][1].split("\n") if not line.startswith("Also: ")),
            "sources": keys[term.id],
        }
        for term in terms.load(doc.source)
        if term.id in texts
    ]
    return {"terms": told}


def questions(docs: Sequence[Doc], value: Any, urls: Mapping[str, str]) -> dict[str, Any]:
    """The list of faq.json: headings of level 2 that end with a question mark. docs: the pages of questions."""
    told = []
    for doc in docs:
        keys = cited(doc.source, 2)
        for key, (title, text) in sections(doc.html, 2).items():
            if title.endswith("?"):
                where = {"id": key, "address": f"../{doc.url}#{key}", "page": f"../{doc.url}"}
                told.append({**where, "question": title, "answer": text, "sources": keys[key]})
    return {"questions": told}


def studies(docs: Sequence[Doc], value: Mapping[str, Any], urls: Mapping[str, str]) -> dict[str, Any]:
    """The list of studies.json. docs: the page with the table of trials; value: data/studies.yml."""
    url = docs[0].url
    told = [{"id": item["id"], "address": f"../{url}#{item['condition']}", **item} for item in value["studies"]]
    return {"studies": told}


@dataclass(frozen=True)
class Set:
    """what: readers see; on: finds the pages that it is made from; lists: makes what is in it; entry: the schema of one
    entry of the file of its name in data/, where there is one."""

    what: str
    on: re.Pattern[str]
    lists: Callable[[Sequence[Doc], Any, Mapping[str, str]], dict[str, Any]]
    entry: str = ""

    def pages(self, docs: Iterable[Doc]) -> list[Doc]:
        """Those of the pages that it is made from."""
        return [doc for doc in docs if self.on.search(doc.source) and "<!-- hooks/faq.py -->" not in doc.source]


def _kind(kind: str) -> re.Pattern[str]:
    return re.compile(rf"^kind: *{kind} *$", re.M)


SETS = {
    "claims": Set(
        "Every claim of the clinic articles, with our verdict", re.compile("<!-- hooks/claims.py"), claims, "claim"
    ),
    "glossary": Set("Every word of the glossary, with its meaning", _kind("glossary"), glossary),
    "faq": Set("Every question, with its answer", _kind("faq"), questions),
    "studies": Set("The trials behind tables and pictures", re.compile("<!-- hooks/studies.py"), studies, "study"),
}


def whole(name: str, docs: Iterable[Doc], lists: Mapping[str, Any]) -> str:
    """A file as text: what it is, its license, format and pages, then its lists. Its addresses are relative to it
    (RFC 3986)."""
    pages = [
        {
            "address": f"../{doc.url}",
            "title": doc.meta.get("title"),
            "reviewed": doc.meta.get("reviewed"),
            "clinical_review": doc.meta.get("clinical_review"),
        }
        for doc in docs
    ]
    head = {"$schema": f"schema/{name}.json", "format": FORMAT, "title": SETS[name].what, "license": LICENSE}
    said = {**head, "from": "Ketamine Infusion Guide", "references": "../evidence/references.json", "pages": pages}
    return json.dumps({**said, **lists}, ensure_ascii=False, indent=1, default=str) + "\n"


def listing(there: Iterable[str], page: str) -> str:
    """The Markdown of the list. there: the paths of the site's files; page: where it stands, from docs/."""
    there = set(there)
    lines = ["| What | File | Schema |", "| --- | --- | --- |"]
    for name, one in SETS.items():
        file, schema = f"data/{name}.json", f"data/schema/{name}.json"
        if file in there:
            lines.append(
                f"| {one.what} | [{name}.json]({relative(file, page)}) | [Schema of {name}]({relative(schema, page)}) |"
            )
    named = [f"[{kind}]({relative(path, page)})" for path, kind in REFERENCES.items() if path in there]
    lines += [f"| Every source | {' and '.join(named)} | none: both are standards |"] if named else []
    return "\n".join(lines)


def _right(name: str, entry: str) -> dict[str, Any]:
    # The other hooks tell what is wrong with the file; here the right entries are enough.
    path = f"data/{name}.yml"
    loaded = read_yaml(_root / path, path)
    found = entries.load(loaded, path, name, entry, load_schemas(_root / "data/schema"), entry)
    value = loaded.value if isinstance(loaded.value, dict) else {}
    return {"articles": [], **value, name: found.items}


_root = Path()


def on_config(config, **kwargs):
    global _root
    _root = Path(config.config_file_path).parent


def on_files(files, *, config, **kwargs):
    docs = [Doc(file.content_string) for file in files.documentation_pages()]
    for name in [name for name in SETS if SETS[name].pages(docs)] if any(MARKER in doc.source for doc in docs) else ():
        schema = (_root / f"data/schema/open/{name}.json").read_text(encoding="utf-8")
        files.append(File.generated(config, f"data/schema/{name}.json", content=schema))
        files.append(File.generated(config, f"data/{name}.json", content=""))  # on_env fills it
    return files


def on_page_markdown(markdown, *, page, config, files, **kwargs):
    return markdown.replace(MARKER, listing(files.src_uris, page.file.src_uri)) if MARKER in markdown else markdown


def on_env(env, *, config, files, **kwargs):
    pages = [file.page for file in files.documentation_pages()]
    docs = [Doc(page.file.content_string, page.content or "", page.url, page.meta) for page in pages]
    urls = {page.file.src_uri: page.url for page in pages}
    for name, one in SETS.items():
        if file := files.get_file_from_path(f"data/{name}.json"):
            value = _right(name, one.entry) if one.entry else None
            mine = one.pages(docs)
            file.content_string = whole(name, mine, one.lists(mine, value, urls))
