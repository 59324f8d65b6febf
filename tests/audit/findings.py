"""What the Nu HTML checker and Lighthouse answered, as findings. Pure: JSON in, findings out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
MOST_PLACES = 3  # elements named in a finding


@dataclass(frozen=True, order=True)
class Finding:
    """checker: who says it; page: address from the site's root, with a slash before it; rule: what is broken; what: in full."""

    checker: str
    page: str
    rule: str
    what: str

    def __str__(self) -> str:
        return f"{self.page}: {self.checker}: {self.what}"


def address(file_url: str, site_url: str) -> str:
    """The address of a page of the site, "/faq/" for .../site/faq/index.html; both URLs are of files or folders."""
    path, root = unquote(urlsplit(file_url).path), unquote(urlsplit(site_url).path).rstrip("/")
    return path.removeprefix(root).removesuffix("index.html") or "/"


def rule_of(message: str) -> str:
    """A message of the HTML checker without what differs from place to place: its quotations that are long or have an id."""
    return re.sub(r"“[^”]*(?:[\d#/ ][^”]*|[^”]{40,})”", "“…”", message)


def html_errors(answer: Mapping[str, Any], site_url: str) -> list[Finding]:
    """The errors in the HTML checker's answer (its format `json`), warnings left out. site_url: file:///.../site/.

    That it could not read a page is an error too. Raises KeyError where the answer has no list of messages.
    """
    found = []
    for message in answer["messages"]:
        if message["type"] == "info":
            continue
        page = address(message.get("url", site_url), site_url)
        # Where the page is one line, its number says nothing: the words around do.
        around = " ".join(message.get("extract", "").split())
        what = message["message"] + (f" Near: {around}" if around else "")
        found.append(Finding("Nu HTML checker", page, rule_of(message["message"]), what))
    return found


def scores(report: Mapping[str, Any]) -> dict[str, int | None]:
    """Category -> score from 0 to 100 in a Lighthouse report (format `json`); None where there is none."""
    given = {name: report.get("categories", {}).get(name, {}).get("score") for name in CATEGORIES}
    return {name: None if score is None else round(100 * score) for name, score in given.items()}


def shortfalls(report: Mapping[str, Any], page: str, categories: Iterable[str] = CATEGORIES) -> list[Finding]:
    """A finding for each audit that keeps one of the categories of a Lighthouse report below 100, or for a failed run."""
    if error := report.get("runtimeError"):
        return [Finding("Lighthouse", page, str(error.get("code")), f"it could not run: {error.get('message')}")]
    found = []
    given_scores = scores(report)
    for name in categories:
        score = given_scores[name]
        if score == 100:
            continue
        given = "no score" if score is None else f"{score} of 100"
        failing = [audit for audit in _audits(report, name) if audit.get("score") != 1]
        for audit in failing:
            what = f"{name} {given}: {audit['id']}: {audit['title']}"
            details = [audit.get("displayValue") or "", *_places(audit)[:MOST_PLACES]]
            found.append(Finding("Lighthouse", page, audit["id"], "; ".join([what, *filter(None, details)])))
        if not failing:
            found.append(Finding("Lighthouse", page, name, f"{name} {given}"))
    return found


def _audits(report: Mapping[str, Any], category: str) -> Iterable[Mapping[str, Any]]:
    # Those that count for the score and apply to the page; one that broke has no score either.
    for reference in report.get("categories", {}).get(category, {}).get("auditRefs", []):
        audit = report["audits"][reference["id"]]
        if reference.get("weight") and audit.get("scoreDisplayMode") not in ("notApplicable", "manual", "informative"):
            yield audit


def _places(audit: Mapping[str, Any]) -> list[str]:
    # The elements of the page that are meant.
    items = (audit.get("details") or {}).get("items") or []
    nodes = [item["node"] for item in items if isinstance(item, dict) and isinstance(item.get("node"), dict)]
    return [" ".join(str(node.get("snippet") or node.get("selector")).split()) for node in nodes]


def best(reports: Iterable[Mapping[str, int | None]]) -> dict[str, int | None]:
    """The best score of each category in some runs on one page: what else the machine does can only slow a run down."""
    found: dict[str, int | None] = dict.fromkeys(CATEGORIES)
    for given in reports:
        found = {
            name: max((s for s in (score, given[name]) if s is not None), default=None) for name, score in found.items()
        }
    return found


def in_short(found: Iterable[Finding]) -> list[str]:
    """A line for each rule that is broken: how often, on how many pages, the first place. The most frequent first."""
    by_rule: dict[tuple[str, str], list[Finding]] = {}
    for finding in sorted(found):
        by_rule.setdefault((finding.checker, finding.rule), []).append(finding)
    rows = sorted(by_rule.values(), key=lambda same: -len(same))
    return [
        f"{len(same)} x on {len({f.page for f in same})} pages, {same[0].checker}: {same[0].rule}; first {same[0].page}"
        for same in rows
    ]


def heaviest(pages: Iterable[tuple[str, str, int]]) -> dict[str, str]:
    """Kind -> the address of its page with the most bytes. pages: (kind, address, bytes of the built HTML)."""
    found: dict[str, tuple[int, str]] = {}
    for kind, page, size in pages:
        if size > found.get(kind, (-1, ""))[0]:
            found[kind] = (size, page)
    return {kind: page for kind, (_, page) in sorted(found.items())}
