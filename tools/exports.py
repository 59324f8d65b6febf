"""Reads what Zotero and other programs export: CSL-JSON (standard: CSL 1.0.2) and BibTeX, as items of data/sources.yml.

Nothing is guessed: each type and field that is taken over stands in a table here, what does not fit is dropped and
named, and what cannot be read is told.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pybtex.database import BibliographyData, Entry, Person, parse_string
from pybtex.exceptions import PybtexError
from pybtex.richtext import Text

from guidekit import clock
from guidekit.problems import Problem

# Types of CSL and what they are here; a type that is not named is refused.
CSL_TYPES = {
    "article-journal": "article-journal",
    "article-magazine": "article-newspaper",
    "article-newspaper": "article-newspaper",
    "article": "document",  # Zotero's preprint
    "bill": "document",
    "book": "document",
    "dataset": "document",
    "document": "document",
    "legal_case": "document",
    "legislation": "document",
    "pamphlet": "document",
    "post": "webpage",
    "post-weblog": "webpage",
    "regulation": "document",
    "report": "report",
    "standard": "report",
    "thesis": "document",
    "webpage": "webpage",
}
# Types of BibTeX and BibLaTeX, and what they are in CSL. Zotero writes pages of the web as `misc` with an address.
BIBTEX_TYPES = {
    "article": "article-journal",
    "book": "book",
    "booklet": "pamphlet",
    "dataset": "dataset",
    "electronic": "webpage",
    "manual": "document",
    "mastersthesis": "thesis",
    "misc": "document",
    "online": "webpage",
    "phdthesis": "thesis",
    "report": "report",
    "techreport": "report",
    "thesis": "thesis",
    "unpublished": "document",
    "www": "webpage",
}
# Fields of BibTeX and BibLaTeX, in the order in which they are looked for, and what they are in CSL.
BIBTEX_FIELDS = {
    "title": ("title",),
    "container-title": ("journaltitle", "journal"),
    "publisher": ("publisher", "institution", "organization"),
    "volume": ("volume",),
    "issue": ("issue", "number"),
    "page": ("pages",),
    "DOI": ("doi",),
    "PMID": ("pmid",),
    "PMCID": ("pmcid",),
    "URL": ("url",),
    "note": ("note",),
}
DOI_LINK = re.compile(r"https?://(?:dx\.)?doi\.org/|doi:\s*", re.I)
NOTED = re.compile(r"^\s*(PMID|PMCID):\s*(\S+)\s*$", re.M)  # in the notes, where Zotero keeps them ("Extra")
WHOLE = ("title", "container-title", "publisher", "volume", "issue", "page", "DOI", "PMID", "PMCID", "URL")


@dataclass
class Found:
    """A source as exported: its CSL item, its key in the export, the line in which it stands, and what is told of it.

    dropped: fields that have no place here; wrong: what cannot be read (what, how to mend it).
    """

    item: dict[str, Any]
    key: str
    line: int
    dropped: list[str] = field(default_factory=list)
    wrong: list[tuple[str, str]] = field(default_factory=list)


def read(text: str, path: str) -> tuple[list[Found], list[Problem]]:
    """(the sources in an export, problems). path: its name; one that ends in .bib is BibTeX, any other CSL-JSON."""
    try:
        found = _bibtex(text) if path.casefold().endswith(".bib") else _csl_json(text)
    except json.JSONDecodeError as error:
        mend = "export it again as CSL JSON, or as BibTeX to a file that ends in .bib"
        return [], [Problem(path, error.lineno, f"this is not JSON ({error.msg})", mend)]
    except (PybtexError, ValueError, RecursionError) as error:
        line = re.search(r"line (\d+)", str(error))
        what = f"this cannot be read ({' '.join(str(error).split())[:120]})"
        return [], [Problem(path, int(line[1]) if line else 1, what, "export it again from the program it is from")]
    if not found:
        return [], [Problem(path, 1, "this holds no source", "export the source again as CSL JSON or BibTeX")]
    return found, [Problem(path, one.line, f"{one.key}: {what}", mend) for one in found for what, mend in one.wrong]


def author(name: Mapping[str, Any]) -> dict[str, str]:
    """A CSL name as data/sources.yml has it: family name with its particles, initials, suffix; or a literal name."""
    parts = {key: " ".join(str(value).split()) for key, value in name.items() if value}
    if "literal" in parts or not parts.get("given"):
        return {"literal": parts.get("literal") or parts.get("family", "")}
    particles = (parts.get("dropping-particle"), parts.get("non-dropping-particle"))
    family = " ".join(filter(None, (*particles, parts.get("family", ""))))
    suffix = {"suffix": parts["suffix"].rstrip(".")} if "suffix" in parts else {}
    return {"family": family, "given": initials(parts["given"]), **suffix}


def initials(given: str) -> str:
    """The initials of given names as PubMed writes them: "Robert M." is RM, "Jean-Pierre" is J-P, "RM" stays."""
    if re.fullmatch(r"[^\W\d_a-z]{1,3}", given):
        return given
    words = re.split(r"[\s.]+", given.replace(".-", "-"))
    return "".join("-".join(part[0].upper() for part in word.split("-") if part) for word in words if word)


def _csl_json(text: str) -> list[Found]:
    """The items of a CSL-JSON file: a list, a single item, or an object with the list `items`."""
    value = json.loads(text)
    if isinstance(value, dict) and isinstance(value.get("items"), list):
        value = value["items"]
    lines = [text.count("\n", 0, match.start()) + 1 for match in re.finditer(r'"(?:id|citation-key)"\s*:', text)]
    listed = [entry for entry in (value if isinstance(value, list) else [value]) if isinstance(entry, dict)]
    each = lines if len(lines) == len(listed) else [1] * len(listed)
    return [_tidy(entry, line) for entry, line in zip(listed, each, strict=True)]


def _tidy(entry: Mapping[str, Any], line: int) -> Found:
    """A CSL item with the fields that data/sources.yml has."""
    key = str(entry.get("citation-key") or entry.get("id") or "the source")
    one = Found({}, key.rpartition("/")[2], line)
    kind = str(entry.get("type", ""))
    if kind not in CSL_TYPES:
        one.wrong.append((f"the type '{kind}' is none that is cited here", f"use one of {', '.join(CSL_TYPES)}"))
    one.item = {"id": "", "type": CSL_TYPES.get(kind, "document")}
    rest = {name: value for name, value in entry.items() if value not in (None, "", [], {})}
    note = str(rest.pop("note", ""))
    for noted, value in NOTED.findall(note):
        rest.setdefault(noted, value)
    if NOTED.sub("", note).strip():
        one.dropped.append("note")
    used = {"id", "type", "citation-key", "author", "issued", "custom", *WHOLE}
    title, *others = (rest.get(name) for name in WHOLE)
    one.item["title"] = _plain(title)
    one.item["author"] = [name for name in map(author, _names(rest.get("author"))) if any(name.values())]
    one.item |= {name: _plain(value) for name, value in zip(WHOLE[1:], others, strict=True)}
    if DOI_LINK.match(one.item["URL"]):  # says no more than the DOI
        one.item["DOI"], one.item["URL"] = one.item["DOI"] or one.item["URL"], ""
    one.item["DOI"] = DOI_LINK.sub("", one.item["DOI"])
    one.item["page"] = re.sub(r"\s*[-–—]+\s*", "-", one.item["page"])
    one.item["issued"] = _date(rest.get("issued"))
    if rest.get("issued") and not one.item["issued"]:
        one.wrong.append(("its date cannot be read", "write year, month and day as numbers in the program it is from"))
    if one.item["container-title"] and one.item["publisher"]:
        one.dropped.append("publisher")
        one.item["publisher"] = ""
    named = any(one.item[name] for name in ("DOI", "PMID", "PMCID"))
    if named and not one.item["URL"].startswith("https://") and one.item["URL"]:
        one.dropped.append("URL")
        one.item["URL"] = ""
    if isinstance(entry.get("custom"), dict):
        one.item["custom"] = dict(entry["custom"])
    order = ("id", "type", "title", "author", "container-title", "publisher", "volume", "issue", "page", "issued")
    ranked = (*order, "DOI", "PMID", "PMCID", "URL", "custom")
    one.item = {name: one.item[name] for name in ranked if one.item.get(name) not in (None, "", [], {}) or name == "id"}
    one.dropped += sorted(name for name in rest if name not in used)
    return one


def _names(value: Any) -> list[Mapping[str, Any]]:
    return [name for name in value if isinstance(name, dict)] if isinstance(value, list) else []


def _plain(value: Any) -> str:
    """A field in one line, without the tags (<i>) that Zotero keeps in titles."""
    text = re.sub(r"</?(?:i|b|sub|sup|sc|span)\b[^>]*>", "", str(value if value is not None else ""))
    return unicodedata.normalize("NFC", " ".join(text.split()))


def _date(value: Any) -> dict[str, Any] | None:
    """A CSL date as date-parts of numbers; None where it has none."""
    parts = value.get("date-parts") if isinstance(value, dict) else None
    try:
        return {"date-parts": [[int(part) for part in parts[0]][:3]]} if parts and parts[0] else None
    except (TypeError, ValueError, KeyError, IndexError):
        return None


def _bibtex(text: str) -> list[Found]:
    """The entries of a BibTeX file. Raises PybtexError where it cannot be read."""
    data: BibliographyData = parse_string(text, "bibtex")
    found = []
    for key, entry in data.entries.items():
        match = re.search(rf"@\w+\s*[{{(]\s*{re.escape(key)}\s*,", text, re.I)
        one = _tidy(_csl(key, entry), text.count("\n", 0, match.start()) + 1 if match else 1)
        if entry.type not in BIBTEX_TYPES:
            what = f"the type '@{entry.original_type}' is none that is cited here"
            one.wrong = [(what, f"use one of {', '.join(f'@{kind}' for kind in BIBTEX_TYPES)}")]
        people = [str(person) for person in entry.persons.get("author", [])]
        if entry.type in ("report", "techreport") and "number" in entry.fields:
            one.dropped.append("number")
        if "others" in people:
            one.item["author"] = [name for name in one.item["author"] if name != {"literal": "others"}]
            one.item["custom"] = {"et_al": True}
        known = {name for names in BIBTEX_FIELDS.values() for name in names} | {"date", "year", "month", "day"}
        one.dropped += sorted(name.lower() for name in entry.fields if name.lower() not in known)
        found.append(one)
    return found


def _csl(key: str, entry: Entry) -> dict[str, Any]:
    """A BibTeX entry as a CSL item."""
    fields = {name.lower(): value for name, value in entry.fields.items()}
    item: dict[str, Any] = {"id": key, "type": BIBTEX_TYPES.get(entry.type, "document")}
    if entry.type == "misc" and "url" in fields:
        item["type"] = "webpage"
    for name, choices in BIBTEX_FIELDS.items():
        raw = next((fields[choice] for choice in choices if fields.get(choice)), "")
        item[name] = raw if name in ("DOI", "URL") else _unlatex(raw)
    if entry.type in ("report", "techreport"):
        item["issue"] = ""
    item["author"] = [_person(person) for person in entry.persons.get("author", [])]
    item["issued"] = _bibtex_date(fields)
    return item


def _person(person: Person) -> dict[str, str]:
    last = [*person.prelast_names, *person.last_names]
    whole = " ".join(last)
    if not person.first_names:  # {World Health Organization}, or a name of one word
        return {"literal": _unlatex(whole)}
    given = " ".join([*person.first_names, *person.middle_names])
    return {"family": _unlatex(whole), "given": _unlatex(given), "suffix": _unlatex(" ".join(person.lineage_names))}


def _bibtex_date(fields: Mapping[str, str]) -> dict[str, Any]:
    if fields.get("date"):
        match = re.fullmatch(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", fields["date"])
        return {"date-parts": [[part for part in match.groups() if part]]} if match else {"literal": fields["date"]}
    if not fields.get("year"):
        return {}
    names = {month[:3].casefold(): number for number, month in enumerate(clock.MONTHS, 1)}
    month = fields.get("month", "")
    number = names.get(month[:3].casefold()) or (int(month) if month.isdecimal() else None)
    day = fields.get("day", "") if number else ""
    return {"date-parts": [[fields["year"], *([number] if number else []), *([day] if day.isdecimal() else [])]]}


def _unlatex(text: str) -> str:
    r"""A field of BibTeX as plain text: \"o is ö, and braces that keep capitals go."""
    return str(Text.from_latex(text)).replace("\u00a0", " ") if text else ""
