import json
import re

import claims as claim_check
import open_data
import pytest
from jsonschema import Draft202012Validator, FormatChecker
from selectolax.lexbor import LexborHTMLParser
from sites import ROOT

from guidekit import plain_text
from guidekit.library import read

pytestmark = pytest.mark.xdist_group("open_data")
HTML = """<h2 id="top">Top</h2><p>Not ours</p>
<h2 id="safe">Is it <em>safe</em>?</h2>
<p>Yes<sup id="fnref:1"><a class="footnote-ref" href="#fn:1">1</a></sup>, in
10<sup>3</sup> <span><a href="x">drips</a><span role="tooltip">A note.</span></span>.</p>
<ul>
<li>one</li>
<li><p>two</p></li>
</ul>
<h3 id="inner">More</h3><table><tr><th>a</th>
<th>b</th></tr><tr><td>1</td><td>2</td></tr></table>
<h2 id="next">Next</h2><p>Later</p>
<div class="footnote"><ol><li>A source</li></ol></div>"""
SOURCE = """---
kind: faq
---
Before.[^a]

## Top { #top }
## Is it *safe*? { #safe }
Yes[^b], `[^code]` and[^c] again[^b].

### More { #inner }
Also.[^d]

## Next { #next }
"""


def test_sections_as_plain_text():
    found = plain_text.sections(HTML, 2)
    assert found["safe"] == ("Is it safe?", "Yes, in 103 drips.\n- one\n- two\nMore\na | b\n1 | 2")
    assert found["next"] == ("Next", "Later") and list(found) == ["top", "safe", "next"]
    assert plain_text.sections(HTML, 3) == {"inner": ("More", "a | b\n1 | 2")}


def test_sources_of_sections():
    assert plain_text.cited(SOURCE, 2) == {"top": [], "safe": ["b", "c", "d"], "next": []}
    assert plain_text.cited(SOURCE, 3) == {"inner": ["d"]}


def test_only_questions_are_questions():
    doc = open_data.Doc(SOURCE, HTML, "faq/x/")
    [one] = open_data.questions([doc], None, {})["questions"]
    assert (one["id"], one["address"], one["page"]) == ("safe", "../faq/x/#safe", "../faq/x/")
    assert (one["question"], one["sources"]) == ("Is it safe?", ["b", "c", "d"])


def test_the_list_names_what_is_there():
    text = open_data.listing(["data/faq.json", "evidence/references.bib"], "decide/downloads.md")
    assert "| [faq.json](../data/faq.json) | [Schema of faq](../data/schema/faq.json) |" in text
    assert "| [BibTeX](../evidence/references.bib) |" in text and "claims" not in text and "CSL" not in text


@pytest.fixture(scope="module")
def files(served):
    return {name: json.loads((served / f"data/{name}.json").read_text(encoding="utf-8")) for name in open_data.SETS}


@pytest.fixture(scope="module")
def page(served):
    known: dict = {}

    def read_page(address: str) -> LexborHTMLParser:
        path = (served / "data" / address.partition("#")[0] / "index.html").resolve()
        if path not in known:
            known[path] = LexborHTMLParser(path.read_text(encoding="utf-8"))
            for gone in known[path].css("sup:has(.footnote-ref), [role=tooltip], article svg"):
                gone.decompose()
        return known[path]

    return read_page


def words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text)


@pytest.mark.parametrize("name", open_data.SETS)
def test_each_file_keeps_its_schema(served, files, name):
    schema = json.loads((served / "data" / files[name]["$schema"]).read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    check = Draft202012Validator(schema, format_checker=FormatChecker())
    assert [error.message for error in check.iter_errors(files[name])] == []
    # It can fail, and says what each field means.
    assert list(check.iter_errors({**files[name], "format": "2.0"}))
    assert list(check.iter_errors({**files[name], "more": 1}))
    [key] = [key for key in files[name] if key == {"faq": "questions", "glossary": "terms"}.get(name, name)]
    for field in schema["properties"][key]["items"]["properties"].values():
        assert field["description"]
    one = dict(files[name][key][0])
    one.pop("id")
    assert list(check.iter_errors({**files[name], key: [one]}))


def test_every_address_is_there(files, page):
    for name, held in files.items():
        text = json.dumps(held)
        addresses = re.findall(r'"(\.\./[^"]*/#[^"]+)"', text)
        assert len(addresses) > 20, name
        for address in set(addresses):
            anchor = address.partition("#")[2]
            assert page(address).css_first(f'[id="{anchor}"]') is not None, (name, address)
        for held_page in held["pages"]:
            seen = page(held_page["address"])
            assert seen.css_first("h1").text(strip=True) == held_page["title"]
            assert seen.css_first(".review-line time").attributes["datetime"] == held_page["reviewed"]


def test_every_source_is_in_the_references(served, files):
    known = {item["id"] for item in json.loads((served / "evidence/references.json").read_text(encoding="utf-8"))}
    assert known == set(read(ROOT).items)
    for held in files.values():
        assert (served / "data" / held["references"]).is_file()
        entries = next(
            what for key, what in held.items() if isinstance(what, list) and key not in ("pages", "articles")
        )
        named = {key for entry in entries for key in entry.get("sources", [entry.get("source")])}
        assert named <= known and named


def test_questions_as_shown(files, page, served):
    told = {q["address"]: q for q in files["faq"]["questions"]}
    shown = {}
    for held in files["faq"]["pages"]:
        for heading in page(held["address"]).css("h2[id]"):
            if heading.text().endswith("?"):
                shown[f"{held['address']}#{heading.id}"] = heading.text()
    assert {address: q["question"] for address, q in told.items()} == shown and len(shown) > 80
    assert len({q["id"] for q in told.values()}) == len(told)
    # Every word of an answer stands on its page in the same order, and none of the answer is lost.
    for address, q in told.items():
        node = page(address).css_first(f'h2[id="{q["id"]}"]')
        seen = []
        while (node := node.next) is not None and node.tag != "h2":
            if "footnote" not in (node.attributes.get("class") or ""):
                seen += words(node.text(separator=" "))
        assert "".join(words(q["answer"])) == "".join(seen), address


def test_verdicts_as_shown(files, page):
    for claim in files["claims"]["claims"]:
        shown = page(claim["address"]).css_first(f'[id="{claim["id"]}"]').text(separator=" ")
        told = f"Claim: {claim['claim']} {claim['verdict'].capitalize()}. {claim['correction']}"
        assert "".join(words(shown)).startswith("".join(words(told)))
    rows = page(claim["address"]).css("h2#verdicts ~ table, h2#verdicts ~ div table")[0].css("tr")[1:]
    cells = [[cell.text() for cell in row.css("td, th")] for row in rows]
    shown = {verdict.lower(): int(count) for verdict, _, count in cells}
    verdicts = [claim["verdict"] for claim in files["claims"]["claims"]]
    assert shown == {verdict: verdicts.count(verdict) for verdict in claim_check.VERDICTS}


def test_the_schema_says_what_the_page_says_of_verdicts():
    schema = json.loads((ROOT / "data/schema/open/claims.json").read_text(encoding="utf-8"))
    said = schema["properties"]["claims"]["items"]["properties"]["verdict"]["oneOf"]
    assert {one["const"]: one["description"] for one in said} == claim_check.VERDICTS


def test_terms_as_shown(files, page):
    terms = files["glossary"]["terms"]
    headings = page("../glossary/").css("h3[id]")
    assert [(t["id"], t["term"]) for t in terms] == [(h.id, h.text()) for h in headings]
    for term in terms:
        assert "".join(words(term["text"])).startswith("".join(words(term["meaning"]))), term["id"]
        assert not term["text"].startswith("Also:") and "[^" not in term["text"]


def test_trials_as_shown(files, page):
    rows = ["".join(words(row.text(separator=" "))) for row in page("../evidence/trials/").css("article tbody tr")]
    for study in files["studies"]["studies"]:
        name, end = "".join(words(study["name"])), "".join(words(f"{study['result']} {study['direction']}"))
        assert [row for row in rows if row.startswith(name) and row.endswith(end)], study["id"]
