"""The words of a rendered page as plain text, section by section, and the sources that each section cites."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from guidekit.markdown_text import FOOTNOTE, headings, masked_body

BLOCKS = {"p", "li", "tr", "dt", "dd", "div", "h4", "h5", "h6", "ul", "ol", "table", "blockquote", "aside", "br"}
LEFT_OUT = "svg, script, style, [role=tooltip]"


def plain(node: LexborNode) -> str:
    """The words of an element, a line for each block.

    "- " begins an item of a list, " | " parts the cells of a table.
    """
    pieces: list[str] = []
    for part in node.traverse(include_text=True):
        if part.tag == "-text":
            pieces.append(re.sub(r"\s+", " ", part.text(deep=False)))
        elif part.tag in BLOCKS:
            pieces.append("\n- " if part.tag == "li" else "\n")
        elif part.tag in ("td", "th"):
            pieces.append(" | ")
    text = re.sub(r"\n- \s*\n", "\n- ", "".join(pieces))
    lines = (" ".join(line.split()).removeprefix("| ") for line in text.split("\n"))
    return "\n".join(filter(None, lines))


def sections(html: str, level: int) -> dict[str, tuple[str, str]]:
    """The sections that headings of a level begin, in a page's content: id -> (heading, plain text below it).

    Marks of footnotes, notes and drawings are left out.
    """
    body = LexborHTMLParser(f"<body>{html}").body
    for node in [mark.parent for mark in body.css("a.footnote-ref")] + body.css(LEFT_OUT):
        node.decompose()
    found: dict[str, tuple[str, list[str]]] = {}
    here: list[str] | None = None
    for node in body.iter():
        if (rank := re.fullmatch(r"h([1-6])", node.tag)) and int(rank[1]) <= level:
            here = [] if int(rank[1]) == level and node.id else None
            if here is not None:
                found[node.id] = (plain(node), here)
        elif here is not None and "footnote" not in (node.attributes.get("class") or ""):
            here.append(plain(node))
    return {key: (title, "\n".join(filter(None, texts))) for key, (title, texts) in found.items()}


def cited(source: str, level: int) -> dict[str, list[str]]:
    """The same sections in a page's Markdown: id -> keys of the sources that each cites, in order."""
    masked = masked_body(source)
    lines, found = masked.split("\n"), [heading for heading in headings(masked) if heading.level <= level]
    ends = [heading.line - 1 for heading in found[1:]] + [len(lines)]
    texts = {h.id: "\n".join(lines[h.line : end]) for h, end in zip(found, ends, strict=False) if h.level == level}
    return {key: list(dict.fromkeys(m["key"] for m in FOOTNOTE.finditer(text))) for key, text in texts.items()}
