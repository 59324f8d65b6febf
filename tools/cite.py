"""Adds sources to data/sources.yml from a reading list: `make cite FILE=list.yaml IDS="berman2000 zarate2006"`.

A reading list is what one notes while reading: a YAML list with id, type of study, authors as "Berman RM", title,
journal, year, volume, issue, pages, doi, pmid, pmcid, url, findings, topics, tier, seen_at, checked.
Nothing is guessed: what the list does not say stays out, and an entry that is already there is refused.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

# What kind of study it was -> what kind of publication it is in CSL. Anything in a journal is an article.
CSL_TYPES = {
    "rct": "article-journal",
    "cohort": "article-journal",
    "lab": "article-journal",
    "meta-analysis": "article-journal",
    "review": "article-journal",
    "systematic-review": "article-journal",
    "guideline": "report",
    "quality-standard": "report",
    "label": "document",
    "regulator": "webpage",
    "service-page": "webpage",
    "institution-page": "webpage",
    "patient-information": "webpage",
    "company-information": "webpage",
    "reference": "webpage",
    "news": "article-newspaper",
}
# What it is about, as noted -> where the references page lists it.
TOPICS = {
    "depression": "depression course maintenance ect alternatives definitions dose",
    "suicidal-thoughts": "suicide crisis",
    "bipolar": "bipolar",
    "ptsd": "ptsd",
    "anxiety": "anxiety",
    "ocd": "ocd",
    "pain": "pain",
    "other-uses": "substance-use young-people older-people postnatal psychotherapy",
    "esketamine": "esketamine",
    "mechanism": "mechanism pharmacology",
    "safety": "side-effects bladder liver cognition dependence driving interactions who-should-not pregnancy long-term",
    "law-and-guidelines": "guidelines regulation",
    "practice-and-cost": "clinic-practice cost home-use advertising",
    "history": "history",
    "methods": "quality-standard",
}
# "van de Loo AJAE", "Zarate CA Jr": a family name, initials, perhaps a suffix. Anything else is an organization.
PERSON = re.compile(
    r"(?P<family>[^\W\d_].*?) (?P<given>[^\W\d_a-z](?:-?[^\W\d_a-z]){0,3})(?: (?P<suffix>Jr|Sr|II|III))?"
)
# Organizations whose last word looks like initials.
ORGANIZATIONS = ("NHS", "UK", "US", "NSW", "FDA", "EU")


def author(name: str) -> dict[str, str]:
    """A name as CSL has it: family, given and suffix, or literal."""
    match = PERSON.fullmatch(name)
    if not match or match["given"] in ORGANIZATIONS:
        return {"literal": name}
    return {key: value for key, value in match.groupdict().items() if value}


def to_csl(entry: Mapping[str, Any]) -> dict[str, Any]:
    """An entry of a reading list as a CSL 1.0.2 item. Raises KeyError for an unknown kind of study.

    Raises StopIteration for a topic that TOPICS does not have.
    """
    kind = CSL_TYPES[entry["type"]]
    if entry.get("journal") and kind != "article-newspaper":
        kind = "article-journal"
    url = str(entry.get("url") or "")
    item: dict[str, Any] = {
        "id": entry["id"],
        "type": kind,
        "title": entry["title"],
        "author": [author(name) for name in entry.get("authors") or []],
        "container-title": entry.get("journal"),
        "publisher": entry.get("publisher") if not entry.get("journal") else None,
        "volume": _text(entry.get("volume")),
        "issue": _text(entry.get("issue")),
        "page": _text(entry.get("pages")),
        "issued": {"date-parts": [[int(entry["year"])]]} if entry.get("year") else None,
        "DOI": entry.get("doi"),
        "PMID": _text(entry.get("pmid")),
        "PMCID": entry.get("pmcid"),
        "URL": url if url.startswith("https://") else None,
    }
    seen = [re.search(r"https?://[^\s;,]+", str(place)) for place in entry.get("seen_at") or []]
    addresses = [match[0] if "(" in match[0] else match[0].rstrip(")") for match in seen if match]
    topic = entry["topics"][0]
    item["custom"] = {
        "topic": next(name for name, noted in TOPICS.items() if topic in noted.split()),
        "tier": entry["tier"],
        **({"et_al": True} if entry.get("et_al") else {}),
        "supports": list(entry["findings"]),
        "read_at": next(iter(addresses), url or "; ".join(entry.get("seen_at") or [])),
        "read_on": str(entry["checked"]),
    }
    return {key: value for key, value in item.items() if value not in (None, [], "")}


def dump(items: list[dict[str, Any]]) -> str:
    """Items as the text of data/sources.yml, sorted by id."""
    ordered = sorted(items, key=lambda item: item["id"])
    return yaml.safe_dump({"references": ordered}, sort_keys=False, allow_unicode=True, width=110)


def _text(value: Any) -> str | None:
    return str(value).rstrip("-–") if value not in (None, "") else None


def main(arguments: list[str]) -> int:
    """Add the named entries of a reading list; returns 1 and says why when one cannot be added."""
    if len(arguments) < 2:
        print('Say which: make cite FILE=list.yaml IDS="berman2000 zarate2006"')
        return 1
    target = Path("data/sources.yml")
    items = (
        (yaml.safe_load(target.read_text(encoding="utf-8")) or {}).get("references") or [] if target.exists() else []
    )
    try:
        listed = {entry["id"]: entry for entry in yaml.safe_load(Path(arguments[0]).read_text(encoding="utf-8"))}
    except (OSError, UnicodeDecodeError, yaml.YAMLError, KeyError, TypeError) as error:
        print(f"{arguments[0]} cannot be read as a list of entries with ids ({type(error).__name__}).")
        return 1
    there = {item["id"] for item in items}
    refused = []
    wanted = list(dict.fromkeys(arguments[1:]))
    for key in wanted:
        if key in there:
            refused.append(f"{key} is in {target} already")
        elif key not in listed:
            refused.append(f"{key} is not in {arguments[0]}")
        elif listed[key].get("tier") not in ("A", "B"):
            refused.append(f"{key} is of tier {listed[key].get('tier')}: read the source first")
        else:
            try:
                items.append(to_csl(listed[key]))
            except (KeyError, StopIteration, TypeError, ValueError) as error:
                refused.append(f"{key} is not complete: {error or 'its first topic is not known'}")
    if not refused:
        target.write_text(dump(items), encoding="utf-8")
        print(f"{len(wanted)} sources added to {target}. Next: make check")
    for line in refused:
        print(line)
    return 1 if refused else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
