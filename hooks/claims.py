"""Answers the claims of the source articles, from data/claims.yml: the claim check, and a short section on topic pages.

The list stands on the page that holds the marker <!-- hooks/claims.py -->. A page that answers claims gets the
section "What clinic articles say" before its last one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from guidekit import entries, library, problems
from guidekit.data import Loaded, read_yaml
from guidekit.markdown_text import before_last, headings, masked_body, relative
from guidekit.problems import Problem, nearest
from guidekit.schema import Schemas, load_schemas

FILE, MARKER = "data/claims.yml", "<!-- hooks/claims.py -->"
# Worst first: what a reader most needs to hear answered.
VERDICTS = {
    "contradicted": "the evidence says otherwise",
    "unsupported": "we found no evidence for it",
    "overstated": "there is something in it, but less than it says",
    "outdated": "it was right once",
    "partly": "part of it is right",
    "supported": "the evidence agrees",
    "promotional": "it sells rather than says something that can be checked",
}
TOPICS = {
    "what-it-is": "What it is",
    "mechanism": "How it may work",
    "depression": "Depression",
    "speed": "How fast it works",
    "duration": "How long it lasts",
    "suicidal-thoughts": "Suicidal thoughts",
    "bipolar": "Bipolar disorder",
    "ptsd": "PTSD",
    "anxiety": "Anxiety",
    "ocd": "OCD",
    "pain": "Pain",
    "dose": "Dose",
    "course": "Sessions and courses",
    "forms": "Ways of giving it",
    "spray": "Esketamine spray",
    "side-effects": "Side effects",
    "long-term": "Long-term effects",
    "who-should-not": "Who should not have it",
    "home-use": "At home",
    "cost": "Cost and cover",
    "approval": "Approval",
    "guidelines": "Guidelines",
    "history": "History",
    "with-therapy": "With other treatment",
    "selling": "Selling words",
}
MOST_ON_A_PAGE = 5


@dataclass
class Claims:
    """articles: number -> what it is; items: the claims in order; lines: id -> line; problems: of the file."""

    articles: dict[int, str] = field(default_factory=dict)
    items: list[dict[str, Any]] = field(default_factory=list)
    lines: dict[str, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def load(loaded: Loaded, schemas: Schemas) -> Claims:
    """The claims in a loaded data/claims.yml. schemas: holds `claim`. Claims that break it are told and left out."""
    claims = Claims(problems=list(loaded.problems))
    value = loaded.value if isinstance(loaded.value, dict) else {}
    if not (isinstance(value.get("articles"), list) and isinstance(value.get("claims"), list)):
        what = "this file has no list of articles and of claims"
        claims.problems = claims.problems or [Problem(FILE, 1, what, "give it 'articles:' and 'claims:'")]
        return claims
    for index, entry in enumerate(value["articles"]):
        known = isinstance(entry, dict) and isinstance(entry.get("number"), int) and isinstance(entry.get("is"), str)
        if known:
            claims.articles[entry["number"]] = entry["is"]
        else:
            mend = "write it as in {number: 1, is: a clinic's page, undated}"
            claims.problems.append(Problem(FILE, loaded.line("articles", index), "this article cannot be read", mend))
    found = entries.load(loaded, FILE, "claims", "claim", schemas, "claim")
    claims.items, claims.lines = found.items, found.lines
    claims.problems += found.problems[len(loaded.problems) :]
    return claims


def check(claims: Claims, pages: Mapping[str, Collection[str]], sources: Collection[str]) -> list[Problem]:
    """Problems of claims against the rest of the site.

    pages: page (from docs/) -> the ids of its headings; sources: the keys of data/sources.yml.
    """
    found = []
    for item in claims.items:
        key, line = item["id"], claims.lines[item["id"]]
        page, _, anchor = item["answered_in"].partition("#")
        if page not in pages:
            close = nearest(page, pages)
            mend = f"write '{close}#...'" if close else "write the path of a page in docs/"
            found.append(Problem(FILE, line, f"{key}: it is answered in '{page}', which is no page", mend))
        elif anchor not in pages[page]:
            close = nearest(anchor, pages[page])
            mend = f"write '{page}#{close}'" if close else f"use one of these ids: {', '.join(pages[page])}"
            found.append(Problem(FILE, line, f"{key}: docs/{page} has no heading with the id '{anchor}'", mend))
        if not item["sources"] and item["verdict"] != "promotional":
            found.append(Problem(FILE, line, f"{key}: this verdict rests on no source", "name at least one"))
        found += library.unknown_sources(FILE, line, item["sources"], sources, key)
        for place in item["places"]:
            if place["article"] not in claims.articles:
                what = f"{key}: there is no article {place['article']}"
                found.append(Problem(FILE, line, what, f"use {', '.join(map(str, claims.articles))}"))
    return found


def claim_check(claims: Claims, page: str) -> str:
    """The Markdown of the whole claim check; page: where it stands, from docs/."""
    counts = Counter(item["verdict"] for item in claims.items)
    lines = ["## Verdicts { #verdicts }", "", "| Verdict | What it means | Claims |", "| --- | --- | --- |"]
    lines += [f"| {verdict.capitalize()} | {VERDICTS[verdict]} | {counts[verdict]} |" for verdict in VERDICTS]
    lines += ["", f"That makes {len(claims.items)} claims.", "", "## By topic { #by-topic }", ""]
    topics = [topic for topic in TOPICS if any(item["topic"] == topic for item in claims.items)]
    lines += [" · ".join(f"[{TOPICS[topic]}](#topic-{topic})" for topic in topics), ""]
    for topic in topics:
        lines += [f"### {TOPICS[topic]} {{ #topic-{topic} }}", ""]
        for item in claims.items:
            if item["topic"] == topic:
                lines += [_whole(item, claims, page), ""]
    lines += ["## By article { #by-article }", ""]
    for number, what in claims.articles.items():
        lines += [f"### Article {number}: {what} {{ #article-{number} }}", ""]
        lines += [
            f"- [{item['claim'].rstrip('.')}](#{item['id']}): {item['verdict']}"
            for item in claims.items
            if any(place["article"] == number for place in item["places"])
        ]
        lines += [""]
    return "\n".join(lines)


def section(claims: Claims, page: str, check_page: str) -> str:
    """The Markdown of "What clinic articles say" for a page, the worst verdicts first; empty when it answers none."""
    mine = [item for item in claims.items if item["answered_in"].partition("#")[0] == page]
    mine = [item for item in mine if item["verdict"] != "promotional"]
    if not mine:
        return ""
    order = list(VERDICTS)
    shown = sorted(mine, key=lambda item: order.index(item["verdict"]))[:MOST_ON_A_PAGE]
    link = relative(check_page, page)
    lines = ["## What clinic articles say { #clinic-articles }", ""]
    for item in shown:
        marks = "".join(f"[^{source}]" for source in item["sources"])
        lines += [
            f"- Claim: {item['claim']}",
            f"  **{item['verdict'].capitalize()}.** {item['correction']}{marks}",
            f"  [In the claim check]({link}#{item['id']})",
        ]
    if len(mine) > len(shown):
        lines += ["", f"[All {len(mine)} claims that this page answers, and the others]({link})"]
    return "\n".join([*lines, ""])


def _whole(item: Mapping[str, Any], claims: Claims, page: str) -> str:
    marks = "".join(f"[^{source}]" for source in item["sources"])
    numbers = sorted({place["article"] for place in item["places"]})
    said = "Article " if len(numbers) == 1 else "Articles "
    said += ", ".join(f"[{number}](#article-{number})" for number in numbers)
    target, _, anchor = item["answered_in"].partition("#")
    link = relative(target, page)
    return "\n".join(
        [
            # Two spaces at the end of a line break it.
            f"**Claim:** {item['claim']}  ",
            f"**{item['verdict'].capitalize()}.** {item['correction']}{marks}  ",
            f"{said}. [More on this]({link}#{anchor})",
            f"{{ #{item['id']} .claim }}",
        ]
    )


_claims = Claims()
_sources: Collection[str] = ()
_pages: dict[str, list[str]] = {}
_check_page = ""


def on_config(config, **kwargs):
    global _claims, _sources
    root = Path(config.config_file_path).parent
    _claims = load(read_yaml(root / FILE, FILE), load_schemas(root / "data/schema"))
    _sources = library.read(root).items


def on_files(files, *, config, **kwargs):
    global _check_page
    texts = {file.src_uri: file.content_string for file in files.documentation_pages()}
    _check_page = next((name for name, text in texts.items() if MARKER in text), "")
    _pages.clear()
    for name, text in texts.items():
        _pages[name] = [heading.id for heading in headings(masked_body(text))]
    problems.add([*_claims.problems, *(check(_claims, _pages, _sources) if _check_page else [])])


def on_page_markdown(markdown, *, page, config, files, **kwargs):
    if page.file.src_uri == _check_page:
        return markdown.replace(MARKER, claim_check(_claims, _check_page))
    text = section(_claims, page.file.src_uri, _check_page) if _check_page else ""
    return before_last(markdown, text) if text and page.meta.get("kind") != "faq" else markdown
