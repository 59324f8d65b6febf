"""What editors get wrong, tried on a copy of the real project: each is told in words and the build fails.

Every case breaks a real page or file and demands the exact line, and no other.
"""

import re
from pathlib import Path

import pytest
from sites import build_site

pytestmark = pytest.mark.slow

PAGE = "docs/safety/side-effects.md"
OTHER = "docs/safety/who-should-not.md"


def replace(path: str, old: str, new: str, count: int = 1):
    def mistake(root: Path) -> None:
        file = root / path
        text = file.read_text(encoding="utf-8")
        assert re.search(old, text, re.M), f"{old!r} no longer stands in {path}: write the case anew"
        file.write_text(re.sub(old, lambda match: match.expand(new), text, count=count, flags=re.M), encoding="utf-8")

    return mistake


def append(path: str, text: str):
    def mistake(root: Path) -> None:
        file = root / path
        file.write_text(file.read_text(encoding="utf-8").rstrip("\n") + f"\n\n{text}\n", encoding="utf-8")

    return mistake


def write(path: str, content: bytes):
    return lambda root: (root / path).write_bytes(content)


def both(*mistakes):
    return lambda root: [mistake(root) for mistake in mistakes]


def last(path: str) -> str:
    """Stands for the number of the last line of a file once the mistake is made."""
    return f"<last line of {path}>"


RIGHT_PAGE = b"""---
title: Side effects of ketamine infusions
description: A page that exists only while this test runs, and no longer.
kind: about
reviewed: 2026-11-23
review_every: 12 months
clinical_review: none
---
Text.
"""
TITLE = re.compile(r"^title: (.+)$", re.M)

CASES = {
    "unknown citation": (
        append(PAGE, "A claim.[^nobody1899]"),
        [
            f"{PAGE}:$: 'nobody1899' is neither a source in data/sources.yml nor a footnote of this page. To mend: correct it, or add the source to data/sources.yml."
        ],
    ),
    "misspelt citation": (
        append(PAGE, "A claim.[^dean2021-cochrane-unipolr]"),
        [
            f"{PAGE}:$: 'dean2021-cochrane-unipolr' is neither a source in data/sources.yml nor a footnote of this page. To mend: write [^dean2021-cochrane-unipolar]."
        ],
    ),
    "unused source": (
        append(
            "data/sources.yml",
            "- id: zz-unused\n  type: webpage\n  title: A title\n  URL: https://example.org/x\n  custom:\n    topic: methods\n    tier: A\n    supports:\n    - A statement.\n    read_at: https://example.org/x\n    read_on: '2026-11-22'",
        ),
        [
            "data/sources.yml:<zz-unused>: no page cites the source 'zz-unused'. To mend: cite it on a page, or delete the entry."
        ],
    ),
    "duplicate source id": (
        replace("data/sources.yml", r"^(- id: )zarate2006$", r"\1zanos2018-mechanisms"),
        [
            r"data/sources.yml:\d+: the source id 'zanos2018-mechanisms' is given twice \(first in line \d+\). To mend: keep one of the two.",
            r"docs/.+:\d+: 'zarate2006' is neither a source in data/sources.yml nor a footnote of this page. To mend: write .+",
            r"data/(claims|studies).yml:\d+: .+: 'zarate2006' is not in data/sources.yml. To mend: write .+",
        ],
    ),
    "malformed DOI": (
        replace("data/sources.yml", r"DOI: (10\.1056/NEJMoa2302399)", r"DOI: doi:\1"),
        [
            r"data/sources.yml:\d+: anand2023-elektd: the key 'DOI' is 'doi:10.1056/NEJMoa2302399'. To mend: write the DOI without an address before it, as in 10.1056/NEJMoa2302399."
        ],
    ),
    "broken YAML in front matter": (
        replace(PAGE, r"^title: .+$", "title: Side effects: a list"),
        [
            f"{PAGE}:2: this is not valid YAML (mapping values are not allowed in this context). To mend: put quotation marks around a value that holds a colon."
        ],
    ),
    "front matter never closed": (
        replace(PAGE, r"^clinical_review: none\n(.*\n)*?---$", "clinical_review: none"),
        [f"{PAGE}:1: the front matter is never closed. To mend: write a line with three hyphens after the last key."],
    ),
    "front matter is a list": (
        replace(PAGE, r"\A---\n(.*\n)*?---$", "---\n- title\n- kind\n---"),
        [f"{PAGE}:1: the front matter is a list. To mend: write 'key: value', one to a line."],
    ),
    "unknown key": (
        replace(PAGE, r"^aliases:", "alias:"),
        [rf"{PAGE}:\d+: unknown front-matter key 'alias'. To mend: write 'aliases'."],
    ),
    "missing review date": (
        replace(PAGE, r"^reviewed: .+\n", ""),
        [
            f"{PAGE}:2: the front-matter key 'reviewed' is missing. To mend: write the day on which a person compared the page with its sources, as in 2026-11-23."
        ],
    ),
    "future review date": (
        replace(PAGE, r"^reviewed: .+$", "reviewed: 2199-01-01"),
        [
            rf"{PAGE}:\d+: the review date 2199-01-01 lies in the future. To mend: write the day on which a person compared the page with its sources."
        ],
    ),
    "broken link": (
        append(PAGE, "See [an example](who-should-nott.md)."),
        [
            f"{PAGE}:$: this links to 'who-should-nott.md', which is not a page or file in docs/. To mend: write 'who-should-not.md'."
        ],
    ),
    "broken anchor on the same page": (
        append(PAGE, "See [an example](#long-trm)."),
        [
            f"{PAGE}:$: this links to '#long-trm', but this page has no heading with the id 'long-trm'. To mend: write '#long-term'."
        ],
    ),
    "broken anchor on another page": (
        append(PAGE, "See [an example](who-should-not.md#medicine)."),
        [
            f"{PAGE}:$: this links to 'who-should-not.md#medicine', but {OTHER} has no heading with the id 'medicine'. To mend: write 'who-should-not.md#medicines'."
        ],
    ),
    "link in raw HTML to a missing page": (
        append(PAGE, '<a href="../nothere/">this</a>'),
        [
            f"{PAGE}:$: this HTML leads to '../nothere/', which is not a page or file of the site. To mend: write it in Markdown, with the path of the file, as in [words](../safety/side-effects.md)."
        ],
    ),
    "undefined footnote": (
        append(PAGE, "A claim.[^9]"),
        [
            f"{PAGE}:$: '9' is neither a source in data/sources.yml nor a footnote of this page. To mend: correct it, or add the source to data/sources.yml."
        ],
    ),
    "undefined reference link": (
        append(PAGE, "See [this page][elsewhere]."),
        [
            f"{PAGE}:$: the link [this page][elsewhere] has no definition. To mend: add a line '[elsewhere]: page.md', or write [this page](page.md)."
        ],
    ),
    "page missing from nav": (
        write("docs/safety/new.md", RIGHT_PAGE.replace(b"Side effects of ketamine infusions", b"A page of its own")),
        [
            "docs/safety/new.md:1: no entry of the nav leads to this page. To mend: add the page to 'nav:' in mkdocs.yml, or delete the file."
        ],
    ),
    "nav naming a missing page": (
        replace(
            "mkdocs.yml", r"^(      - Side effects: safety/side-effects.md)$", r"\1\n      - Old: safety/side-efects.md"
        ),
        [
            r"mkdocs.yml:\d+: the nav names 'safety/side-efects.md', which does not exist in docs/. To mend: write 'safety/side-effects.md'."
        ],
    ),
    "link to an excluded page": (
        both(
            write(
                "docs/safety/draft.md", RIGHT_PAGE.replace(b"Side effects of ketamine infusions", b"A draft of its own")
            ),
            append("mkdocs.yml", "exclude_docs: safety/draft.md"),
            append(PAGE, "See [an example](draft.md)."),
        ),
        [
            f"{PAGE}:$: this links to safety/draft.md, which is excluded from the site. To mend: link to a page that readers can open."
        ],
    ),
    "two pages with one title": (
        replace(OTHER, r"^title: .+$", "title: <title>"),
        [f"{OTHER}:2: the title '<title>' is also the title of {PAGE}. To mend: give each page a title of its own."],
    ),
    "two H1": (
        append(PAGE, "# Another title"),
        [
            f"{PAGE}:$: 'Another title' is a second H1: the title in the front matter is the page's one H1. To mend: begin the line with ## instead of #."
        ],
    ),
    "skipped heading level": (
        append(PAGE, "#### Deep"),
        [f"{PAGE}:$: 'Deep' is a heading of level 4 under one of level 2. To mend: begin the line with ###."],
    ),
    "duplicate heading id": (
        append(PAGE, "## Again { #long-term }"),
        [
            rf"{PAGE}:$: the heading id 'long-term' is also that of line \d+. To mend: give the heading an id of its own, as in {{ #another-id }}."
        ],
    ),
    "duplicate glossary term": (
        append("docs/glossary.md", "### NMDA receptor { #nmda-again }\n\nA docking point."),
        [
            r"docs/glossary.md:<nmda-again>: the term 'NMDA receptor' also stands in the entry 'NMDA receptor' \(line \d+\). To mend: keep it in one of the two."
        ],
    ),
    "image without alternative text": (
        append(PAGE, "![](../assets/favicon.svg)"),
        [
            f"{PAGE}:$: this image has no alternative text. To mend: say in words what the picture shows, as in ![words](picture.svg)."
        ],
    ),
    "missing image": (
        append(PAGE, "![The guide's mark](../assets/favcon.svg)"),
        [
            f"{PAGE}:$: this links to '../assets/favcon.svg', which is not a page or file in docs/. To mend: write '../assets/favicon.svg'."
        ],
    ),
    "not UTF-8": (
        lambda root: (root / PAGE).write_bytes((root / PAGE).read_bytes().rstrip(b"\n") + b"\n\nCaf\xe9.\n"),
        [f"{PAGE}:$: this file is not UTF-8 (byte 0xe9). To mend: save the file with the encoding UTF-8."],
    ),
    "data that is not UTF-8": (
        lambda root: (root / "data/crisis-lines.yml").write_bytes(b"seen: Caf\xe9\n"),
        [
            "data/crisis-lines.yml:1: this file is not UTF-8 (byte 0xe9). To mend: save the file with the encoding UTF-8."
        ],
    ),
    "conflict marker": (
        append(PAGE, "<<<<<<< HEAD\nOne.\n\n=======\nTwo.\n>>>>>>> other"),
        [
            rf"{PAGE}:\d+: this is a merge conflict marker. To mend: keep one of the two versions and delete the lines that begin with <<<<<<<, ======= and >>>>>>>."
        ],
    ),
    "plain http": (
        append(PAGE, "See [an example](http://example.org/x)."),
        [
            f"{PAGE}:$: this address begins with http:, which anyone on the way can change. To mend: write https://example.org/x."
        ],
    ),
    "selling word": (
        append(PAGE, "It is a miracle."),
        [f"{PAGE}:$: 'miracle' is a selling word. To mend: say how many people it helped, and how many it did not."],
    ),
    "unsafe word": (
        append(PAGE, "He committed suicide."),
        [f"{PAGE}:$: 'committed suicide' is not safe to say. To mend: write 'died by suicide'."],
    ),
    "figure without a source": (
        append(PAGE, "It helped 64 of 100 people."),
        [
            f"{PAGE}:$: the figure '64 of 100' has no source. To mend: put its source behind the sentence, as in [^murrough2013-ajp]."
        ],
    ),
    "source that is not right": (
        replace("data/sources.yml", r"(- id: zarate2006\n(?:.*\n)*?  custom:\n(?:    .*\n)*?    tier: )B", r"\1C"),
        [r"data/sources.yml:\d+: zarate2006: the key 'custom.tier' is 'C'. To mend: write .+"],
    ),
    "number dialed wrongly": (
        replace("data/crisis-lines.yml", r'tel: "131114"\}$', 'tel: "131141"}'),
        [r"data/crisis-lines.yml:\d+: 13 11 14 is shown, but 131141 is dialed. To mend: give both the same digits."],
    ),
    "misspelt box": (
        append(PAGE, '!!! key-point "Key points"\n\n    - One.'),
        [rf"{PAGE}:\d+: unknown box 'key-point'. To mend: write 'key-points'."],
    ),
}


def expected(lines: list[str], root: Path) -> list[str]:
    """The cases' shorthand as regular expressions: $ is the last line, <word> the line that holds the word."""
    patterns = []
    for line in lines:
        path, number, rest = line.split(":", 2)
        title = TITLE.search((root / PAGE).read_text(encoding="utf-8", errors="replace"))
        rest = rest.replace("<title>", title[1] if title else "")
        if number == "$":
            number = str(len((root / path).read_bytes().rstrip(b"\n").split(b"\n")))
        elif number.startswith("<"):
            text = (root / path).read_text(encoding="utf-8")
            number = str(text[: text.index(number.strip("<>"))].count("\n") + 1)
        regular = rest if r"\d" in rest or r".+" in rest else re.escape(rest)
        patterns.append(f"{path}:{number}:{regular}")
    return patterns


@pytest.mark.parametrize("name", CASES)
def test_mistake_is_told(name, copy):
    mistake, lines = CASES[name]
    if name == "two pages with one title":
        title = TITLE.search((copy / PAGE).read_text(encoding="utf-8"))[1]
        mistake = replace(OTHER, r"^title: .+$", f"title: {title}")
    mistake(copy)
    built = build_site(copy)
    assert not built.ok
    patterns = expected(lines, copy)
    for pattern in patterns:
        assert any(re.fullmatch(pattern, line) for line in built.problems), (pattern, built.problems)
    for line in built.problems:
        known = any(re.fullmatch(pattern, line) for pattern in patterns)
        # A page whose front matter cannot be read, or that lost its words, has further mistakes of its own.
        assert known or name in (
            "broken YAML in front matter",
            "front matter never closed",
            "front matter is a list",
        ), line


def test_the_copy_itself_is_right(copy):
    built = build_site(copy)
    assert built.ok, built.problems


def test_all_mistakes_are_told_in_one_run(copy):
    for name in ("unknown citation", "broken link", "two H1", "plain http"):
        CASES[name][0](copy)
    built = build_site(copy)
    assert len(built.problems) == 4
    assert built.problems == sorted(built.problems, key=lambda line: (line.split(":")[0], int(line.split(":")[1])))
