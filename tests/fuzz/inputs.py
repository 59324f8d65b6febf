"""What is fed to the build. Everything comes from the number of the input, so that a finding can be made again."""

from __future__ import annotations

import random
import re
from functools import lru_cache

from sites import ROOT

BAD = "javascript:alert(1)"
HTML = f"""
<script>alert(1)</script>|<script src=//x.example/a.js></script>|<svg><script>alert(1)</script></svg>|</script>
<svg/onload=alert(1)>|<img src=x onerror=alert(1)>|<img src=https://x.example/a.png alt=a>|<img srcset="//x.example 2x" alt=a>
<iframe src="{BAD}"></iframe>|<iframe srcdoc="<script>alert(1)</script>">|<object data=a></object>|<embed src=a>|<applet>
<form action=//x.example><input name=a></form>|<button formaction="{BAD}">a</button>|<input type=image src=//x.example>
<base href=//x.example/>|<meta http-equiv=refresh content="0;url=//x.example">|<link rel=stylesheet href=//x.example/a.css>
<style>*{{display:none}}</style>|<style>@import "//x.example/a.css"</style>|<p style="position:fixed;inset:0">a</p>
<a href="{BAD}">a</a>|<a href="java\tscript:alert(1)">a</a>|<a href="&#106;avascript:alert(1)">a</a>|<a href=" {BAD}">a</a>
<a href="data:text/html,<script>alert(1)</script>">a</a>|<a href="vbscript:a">a</a>|<a href="//x.example">a</a>|<a ping=//x href=a.md>a</a>
<svg><a xlink:href="{BAD}"><text>a</text></a></svg>|<svg><use href="//x.example/a.svg#a"/></svg>|<svg><animate onbegin=alert(1)>
<svg><foreignObject><p>a</p></foreignObject></svg>|<svg><title><img src=x onerror=alert(1)></title></svg>|<svg><style>*{{fill:red}}</style>
<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></table></math>|<math href="{BAD}">a</math>
<noscript><p title="</noscript><img src=x onerror=alert(1)>">|<template><script>alert(1)</script></template>|<portal src=a>
<div class="help-strip">a</div>|<div class="skip" id="content">a</div>|<p id="menu">a</p>|<p id=search>|<p id=__config>|<dialog open>a</dialog>
</div></article></main><h1>a</h1>|</article>|</body></html>|<body onload=alert(1)>|<html class=js>|<main>|<footer>|<header>|<nav popover>
<!--|-->|<!-- > --!> <img src=x onerror=alert(1)>|<![CDATA[<script>alert(1)</script>]]>|<?php echo 1 ?>|<!DOCTYPE a [<!ENTITY a "b">]>
<textarea>|<title>a|<plaintext>|<xmp>|<select><option>|<table><tr><td>|<p><table><td><p>|<details open><summary>a|<frameset>|<image src=a>
<a title=' data-search-a="' aria-label="'><img src=x onerror=alert(1)>">a</a>|<p data-search-exclude="">a</p>|<p hidden>|<p is=a-b>
<p onclick=alert(1)>a|<P ONCLICK=alert(1)>a|<p/onclick=alert(1)/>a|<p\nonclick\n=\nalert(1)>a|<p "onclick=alert(1)">a|<p a=`b` onclick=a>|<x-y>
<label for=a><input type=checkbox>|<time datetime="a">|<ol start=-99999999999>|<td data-label='"><img src=x onerror=alert(1)>'>|<audio src=a autoplay>
"""
MARKDOWN = f"""
[a]({BAD})|[a](<{BAD}>)|[a](JaVaScRiPt:alert(1))|[a](java&#10;script:alert(1))|![a](https://x.example/a.png)|![a](data:image/svg+xml,<svg/onload=a>)
[a]: {BAD}|[a][]|<{BAD}>|[a](//x.example)|[a](\\\\x.example)|[a](../../../../etc/passwd)|![a](../../../mkdocs.yml)|[a](/etc/passwd)|[a](http://[::1)
a {{ onclick=alert(1) }}|# a {{ onclick=alert(1) style=a }}|*a*{{: style="position:fixed" }}|[a](b.md){{ onclick=alert(1) .skip }}|![a](b.svg){{ onerror=a }}
## `<img src=x onerror=alert(1)>`|## a {{ data-toc-label="<img src=x onerror=alert(1)>" }}|## a {{ #"><script>alert(1)</script> }}|## a {{ #search }}
## <img src=x onerror=alert(1)>|## &lt;script&gt;alert(1)&lt;/script&gt;|### {{ }}|#|## [a]({BAD})|## Sources {{ #sources }}|# a|####### a
!!! note "<script>alert(1)</script>"|!!! note|??? note "a"|!!! x" onclick="alert(1) "a"|    <script>alert(1)</script>|- [ ] <b onclick=a>|____
```python {{onclick=alert(1)}}|```html|```{{.a #content style="x"}}|~~~|````|```icon-array|title: "<script>"|--8<-- "../../etc/passwd"|;--8<-- "a"
| a | b |\n| --- | --- |\n| <script>alert(1)</script> | `a|b` || | --- ||( )|| {{ onclick=a }} |
[^a]|[^a]: b|[^"><script>alert(1)</script>]|[^<img src=x>]: <img src=x onerror=alert(1)>|^[a]|[^murrough2013-ajp]|[^a]: [^a]
<!-- hooks/faq.py -->|<!-- hooks/a_to_z.py -->|<!-- hooks/claims.py -->|<!-- hooks/studies.py -->|<!-- hooks/decision.py -->|<!-- hooks/help_lines.py -->
<!-- hooks/references.py: safety -->|<!-- hooks/x.py -->|<!-- overrides/partials/contact.html -->|<!-- hooks/self_assessment.py -->|<!-- hooks/downloads.py -->
&#0;|&#x202e;abc|&rlm;|&#x110000;|&zwj;|&AMP;lt;script&gt;|\\<script>|\\[a]({BAD})|**__**__**|***a**b*c**|_a_*b*_|~~a~~|^a^|==a==|`a``b```
\u202eabc|a\u200bb|\ufeff|\x00|\x02wzxhzdk:0\x03|\x02amp\x03|\x1b[31m|\x0c|\x85|\u2028|\ud7ff|\U000e0041|a\u0300\u0300\u0300\u0300|\u3164|\xad|\r
1. a\n   1. b\n      - c|> > > > a|>|* * * *|- - - - a|+\ta|\ta|Term\n:   a|*[HTML]: a|[TOC]|{{{{ page.meta }}}}|{{% include "a" %}}|$a$|:smile:|a:b|%s%n
"""
FRONT = """
title: [a, b]|title:|title: {a: b}|title: 1|title: "<script>alert(1)</script>"|title: "a\\u202eb"|title: ' '|title: a</title><script>alert(1)</script>
title: !!python/object/apply:os.system [ls]|title: &a [*a]|title: !!timestamp x|title: !!binary aGk=|title: .nan|title: 2026-11-23|title: null
description: "\\"><script>alert(1)</script>"|description: 3|description: [a]|description:|description: a" onload="alert(1)|kind: x" onclick="a|kind: [about]
kind: faq|kind: decision|kind: glossary|kind: safety|kind: home|kind: evidence|kind: sheet|kind: treatment|kind: {a: b}|kind: null|kind: condition
reviewed: 2026-99-99|reviewed: 9999-12-31|reviewed: [a]|reviewed: 1|review_every: 999999999999 months|review_every: x|review_every: -3 months
clinical_review: {name: "<b onclick=a>", role: aaa, date: 2026-01-01}|clinical_review: {name: aaa, role: bbb, date: "0000-00-00"}|clinical_review: [none]
clinical_review: {name: [a]}|aliases: [1, null, {a: b}]|aliases: "<script>"|aliases: ["a](javascript:alert(1))"]|aliases: {a: b}|aliases: ["", " "]|help_box: "x"
template: 404.html|template: ../../etc/passwd|template: [a]|search: [a]|search: {boost: a}|search: x|hide: [navigation]|icon: x|status: new|tags: [<b>]
? [a]: b|1: 2|null: a|true: b|<<: {a: b}|a: b: c|- a|{|[|"|'|a:\tb|---|...|%YAML 9.9|&a|*a|!|@a|`a|a: |b: >\n  c|\tx: y|title: a\ntitle: b|"": a|~: b
"""
DATA = """
- 1|- [a]|x: y|null|[]|{}|- id: [a]|  id: 5|  title: {a: b}|  title: <script>alert(1)</script>|  name: "<img src=x onerror=alert(1)>"|  URL: javascript:alert(1)
  to: ../../x.md|  to: 3|  sources: 3|  sources: [[a]]|  people: -1|  year: x|  result: "| <script>alert(1)</script> |"|  claim: "a](javascript:alert(1))"|  sign: "{ onclick=a }"
  number: "<b>"|  tel: "1\\" onclick=\\"a"|  web: javascript:alert(1)|  hours: "<script>alert(1)</script>"|  recheck: 9999-99-99|  valid_until: x|  where: "<i onclick=a>"
&a [*a]|!!python/name:os.system|!!set {a}|\u202e|"\\u200b"|\t|"|'|[|{|: |-|? |.inf|1: 2|  - - - -|  date: 2026-02-30|  issued: {date-parts: [[x]]}|  author: [{family: 5}]
  fact: "<script>alert(1)</script>"|  box: "note\\" onclick=\\"a"|  answered_in: ../x.md#y|  verdict: x|  weights: {a: b}|  custom: {}|  custom: 3|  type: x|  DOI: "<b>"|  PMID: [1]
"""
SVG = """
<script>alert(1)</script>|<style>*{}</style>|<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">a</p></foreignObject>|<image href="//x.example"/>|<set attributeName="href" to="javascript:a"/>
<a href="javascript:alert(1)"><text>a</text></a>|<desc><![CDATA[<script>alert(1)</script>]]></desc>|<use href="//x.example#a"/>|<rect onclick="a"/>|<rect style="fill:red"/>|<rect fill="url(//x.example)"/>
<?xml-stylesheet href="data:text/xsl,a"?>|<!DOCTYPE svg [<!ENTITY a "b">]>|<rect fill="u\\72l(//x.example)"/>|<rect|&a;|<h:script xmlns:h="http://www.w3.org/1999/xhtml">alert(1)</h:script>
"""
NAMES = [
    "evil.js",
    "evil.html",
    "evil.svg",
    "a/evil.svg",
    "assets/evil.js",
    "assets/evil.css",
    "index.html",
    "x.md/index.md",
    "UPPER.md",
    "a/b/c/d/e/f/g.md",
    "a.md.md",
    "README.md",
    "404.md",
    "search.md",
    "assets.md",
    "a-b.mdown",
    "sitemap.xml",
    "robots.txt",
    ".htaccess",
    "a/.b.md",
    "é.md",
    "a+b.md",
    "a%20b.md",
    "con.md",
    "index.md",
    "a/index.md",
    "a/README.md",
    "assets/diagrams/e.html",
    "assets/diagrams/A.svg",
    "_headers",
    "CNAME",
    "a'b.md",
    "a&b.md",
]
ALPHABET = "*_`[](){}<>!|#-+=~^:\\&\"'\n\n   ab1./@%$;"


def parts(text: str) -> list[str]:
    """The fragments of one of the lists above."""
    return [part for line in text.strip("\n").split("\n") for part in line.split("|") if part]


FRAGMENTS = {
    "html": parts(HTML),
    "markdown": parts(MARKDOWN),
    "front": parts(FRONT),
    "data": parts(DATA),
    "svg": parts(SVG),
}


@lru_cache(maxsize=1)
def real() -> tuple[str, ...]:
    """The guide's own pages but for the largest, which take long."""
    texts = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "docs").rglob("*.md"))]
    return tuple(text for text in texts if len(text) < 20_000)


def page(number: int) -> bytes:
    """The source of the page with this number; most are text, some are not even that."""
    rng = random.Random(f"page {number}")
    kind = rng.choices(("mixed", "real", "soup", "deep", "front", "bytes"), (40, 25, 15, 10, 8, 2))[0]
    if kind == "bytes":
        return rng.randbytes(rng.randint(0, 400))
    if kind == "real":
        body = rng.choice(real())
        for _ in range(rng.randint(1, 6)):
            body = spoilt(body, rng)
        return body.encode("utf-8", "surrogatepass")
    lines = list(head(number, rng, hostile=kind == "front" or rng.random() < 0.15))
    body = {"mixed": mixed, "soup": soup, "deep": deep, "front": mixed}[kind](rng)
    return "\n".join([*lines, body, ""]).encode("utf-8", "surrogatepass")


def head(number: int, rng: random.Random, *, hostile: bool) -> list[str]:
    """The front matter of a page, right or broken."""
    lines = [
        f"title: Page number {number}",
        "description: A page that exists only while this test runs, and no longer.",
        f"kind: {rng.choice(['about', 'faq', 'decision', 'glossary', 'safety', 'treatment', 'evidence', 'condition', 'home', 'sheet'])}",
        "reviewed: 2026-11-20",
        "review_every: 12 months",
        "clinical_review: none",
    ]
    for _ in range(rng.randint(1, 3) if hostile else 0):
        new = rng.choice(FRAGMENTS["front"])
        same = [at for at, line in enumerate(lines) if line.partition(":")[0] == new.partition(":")[0]]
        if same and rng.random() < 0.8:
            lines[same[0]] = new
        else:
            lines.insert(rng.randint(0, len(lines)), new)
    edges = ["---", "---"] if not hostile or rng.random() < 0.9 else [rng.choice(["", "--", "----", "--- a"]), "..."]
    return [edges[0], *lines, edges[1]]


def mixed(rng: random.Random) -> str:
    """Hostile fragments, one to a block, in one line or inside of each other."""
    found = []
    for _ in range(rng.randint(1, 12)):
        pieces = [rng.choice(FRAGMENTS[rng.choice(("html", "markdown"))]) for _ in range(rng.choice((1, 1, 1, 2, 3)))]
        text = rng.choice(("", " ", "\n", " a ")).join(pieces)
        indent = rng.choice(("", "", "", "", "- ", "> ", "    ", "## ", '!!! note "A"\n\n    ', "| ", "1. "))
        found.append(indent + text.replace("\n", f"\n{' ' * len(indent) if indent.isspace() else ''}"))
    return rng.choice(("\n\n", "\n\n", "\n")).join(found)


def soup(rng: random.Random) -> str:
    """Marks of Markdown and HTML in any order."""
    return "".join(rng.choice(ALPHABET) for _ in range(rng.choice((20, 200, 800))))


def deep(rng: random.Random) -> str:
    """The same again and again: nested, long or many."""
    unit = rng.choice(
        [
            *"[(<{*_`>-#!|&~^\\",
            "> ",
            "- ",
            "* ",
            "1. ",
            "    ",
            "![",
            "[^",
            "**",
            "__",
            "<b>",
            "<div>",
            "</div>",
            "<!--",
            "```\n",
            "[a](",
            "*a_",
            "a\n\n",
            "<p\n",
            "&lt;",
            "|\n",
            "\n    ",
            "# ",
            "](",
            "[a]:\n",
            "***a",
            "_*",
            "[[a]",
            "<a href=x>",
            "- a\n  ",
            '!!! note "a"\n    ',
        ]
    )
    count = rng.choice((3, 12, 60, 400, 3000, 30_000))
    text = unit * min(count, 200_000 // len(unit))
    if rng.random() < 0.4:
        text = "\n".join(" " * at + unit for at in range(min(count, 300)))
    return text + rng.choice(("", "a", "\n\nb", "](c)", "</b>" * 40, "*" * 40))


def spoilt(text: str, rng: random.Random) -> str:
    """A text with one mistake: a line lost, doubled, moved, cut, or something hostile put in."""
    lines = text.split("\n")
    at = rng.randrange(len(lines))
    kind = rng.choice(("lost", "twice", "moved", "cut", "in", "in", "in", "line", "char"))
    if kind == "lost":
        del lines[at]
    elif kind == "twice":
        lines.insert(at, lines[at])
    elif kind == "moved":
        lines.insert(rng.randrange(len(lines)), lines.pop(at))
    elif kind == "cut":
        lines[at] = lines[at][: rng.randint(0, len(lines[at]))]
    elif kind == "line":
        lines.insert(at, rng.choice(FRAGMENTS[rng.choice(("html", "markdown"))]))
    else:
        new = rng.choice(ALPHABET) if kind == "char" else rng.choice(FRAGMENTS[rng.choice(("html", "markdown"))])
        place = rng.randint(0, len(lines[at]))
        lines[at] = lines[at][:place] + new + lines[at][place:]
    return "\n".join(lines) or "a"


def data(text: str, number: int) -> str:
    """A data file with a few mistakes in it."""
    rng = random.Random(f"data {number}")
    lines = text.split("\n")
    for _ in range(rng.randint(1, 4)):
        at = rng.randrange(len(lines))
        new = rng.choice(FRAGMENTS["data"])
        kind = rng.choice(("lost", "in", "value", "value", "cut"))
        if kind == "lost":
            del lines[at]
        elif kind == "in":
            lines.insert(at, new)
        elif kind == "cut":
            lines[at] = lines[at][: len(lines[at]) // 2]
        elif match := re.match(r"([ -]*[\w-]+:)", lines[at]):
            lines[at] = f"{match[1]} {new.partition(':')[2].strip() or new}"
        lines = lines or ["a"]
    return "\n".join(lines)


def drawing(number: int) -> str:
    """An SVG with something in it that may not be."""
    rng = random.Random(f"drawing {number}")
    name = f"d{number}"
    good = f'<title id="{name}-title">A</title><desc id="{name}-desc">B</desc><rect width="3" height="3"/>'
    bad = "".join(rng.choice(FRAGMENTS["svg"]) for _ in range(rng.choice((0, 1, 1, 2))))
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" role="img" aria-labelledby="{name}-title {name}-desc">{good}{bad}</svg>'
