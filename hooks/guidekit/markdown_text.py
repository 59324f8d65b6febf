"""Reading Markdown source without being fooled by code, comments and front matter. All lines count from 1."""

from __future__ import annotations

import posixpath
import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from markdown.extensions.toc import slugify

# Only what is closed: Python-Markdown prints an open fence or comment as text (page_checks.py tells of it).
FENCE = re.compile(r"^[ ]*(?P<fence>`{3,}|~{3,})[^`\n]*\n.*?^[ ]*(?P=fence)[`~]*[ \t]*$", re.M | re.S)
COMMENT = re.compile(r"<!--.*?-->", re.S)
INLINE_CODE = re.compile(r"(?<!`)(`+)(?!`)((?:(?!\n[ \t]*\n).)+?)(?<!`)\1(?!`)", re.S)
HEADING = re.compile(r"^(?P<marks>#{1,6})[ \t]*(?P<text>[^\n]*?)[ \t]*#*[ \t]*(?P<attrs>\{[^{}\n]*\})?[ \t]*$", re.M)
SETEXT = re.compile(r"^(?P<text>(?![#>|\-*+ \t])[^\n]+)\n(?P<marks>=+|-{2,})[ \t]*$", re.M)
FOOTNOTE = re.compile(r"\[\^(?P<key>[^\]\s]+)\](?!:)")
FOOTNOTE_DEFINITION = re.compile(r"^ {0,3}\[\^(?P<key>[^\]\s]+)\]:", re.M)
ALL_PAGES = 256  # a dozen hooks read each page's source: what they all need is worked out once
# As MkDocs reads it: mkdocs.utils.meta.YAML_RE
FRONT_MATTER = re.compile(r"\A-{3}[ \t]*\n(?P<yaml>.*?\n)(?:\.{3}|-{3})[ \t]*(?:\n|\Z)", re.S)


@dataclass(frozen=True)
class Heading:
    """line: in the text given; level: 1 to 6; id: written by the editor (explicit) or made from the text."""

    line: int
    level: int
    text: str
    id: str
    explicit: bool


@dataclass(frozen=True)
class Fence:
    """A fenced block with a name: its kind, what is in it, the file's line in which it begins, and its indent."""

    kind: str
    text: str
    line: int
    indent: int


def line_of(text: str, offset: int) -> int:
    """The line in which the character at `offset` stands."""
    return text.count("\n", 0, offset) + 1


@lru_cache(maxsize=ALL_PAGES)
def split_front_matter(text: str) -> tuple[str | None, str]:
    """(YAML text or None, the text with the front matter blanked: same lines, same offsets)."""
    match = FRONT_MATTER.match(text)
    if not match:
        return None, text
    return match["yaml"], blank(text, [match.span()])


def blank(text: str, spans: list[tuple[int, int]]) -> str:
    """`text` with every character of the spans, line ends apart, turned into a space."""
    for start, end in spans:
        text = text[:start] + re.sub(r"[^\n]", " ", text[start:end]) + text[end:]
    return text


@lru_cache(maxsize=ALL_PAGES)
def mask(text: str) -> str:
    """`text` without fenced code, comments and inline code; lines and offsets stay as they are."""
    for pattern in (FENCE, COMMENT, INLINE_CODE):
        text = blank(text, [match.span() for match in pattern.finditer(text)])
    return text


def fences(source: str) -> Iterator[Fence]:
    """The blocks with a name in a page's source, in order: what hooks/figures.py draws."""
    _, body = split_front_matter(source)
    body = blank(body, [match.span() for match in COMMENT.finditer(body)])
    for match in FENCE.finditer(body):
        opening, _, rest = match[0].partition("\n")
        name = re.sub(r"^[ ]*[`~]+[ ]*", "", opening).strip()
        if name:
            indent = len(opening) - len(opening.lstrip())
            yield Fence(name, textwrap.dedent(rest.rpartition("\n")[0]), line_of(body, match.start()), indent)


def masked_body(text: str) -> str:
    """A page's source, masked, without its front matter; lines and offsets stay as they are."""
    return mask(split_front_matter(text)[1])


def plain(text: str) -> str:
    """A heading's words without Markdown marks, links and footnotes."""
    text = re.sub(r"\[\^[^\]]*\]", "", text)
    text = re.sub(r"!?\[([^\]]*)\](\([^)]*\)|\[[^\]]*\])?", r"\1", text)
    return re.sub(r"[*_`]", "", text).strip()


@lru_cache(maxsize=ALL_PAGES)
def headings(masked: str) -> tuple[Heading, ...]:
    """The headings of a masked text in order, ATX and setext alike."""
    return tuple(_headings(masked))


def _headings(masked: str) -> Iterator[Heading]:
    found = [(m.start(), len(m["marks"]), m["text"], m["attrs"] or "") for m in HEADING.finditer(masked)]
    found += [(m.start(), 1 if m["marks"][0] == "=" else 2, m["text"], "") for m in SETEXT.finditer(masked)]
    for start, level, text, attrs in sorted(found):
        explicit = re.search(r"#([^\s}]+)", attrs)
        yield Heading(
            line=line_of(masked, start),
            level=level,
            text=plain(text),
            id=explicit[1] if explicit else slugify(plain(text), "-"),
            explicit=bool(explicit),
        )


def footnotes(text: str) -> tuple[dict[str, int], dict[str, int]]:
    """(used, defined) footnotes of a page's source, in order: key -> line of the first mark or definition."""
    masked = masked_body(text)
    used: dict[str, int] = {}
    defined: dict[str, int] = {}
    for pattern, found in ((FOOTNOTE, used), (FOOTNOTE_DEFINITION, defined)):
        for match in pattern.finditer(masked):
            found.setdefault(match["key"], line_of(masked, match.start()))
    return used, defined


def before_last(markdown: str, text: str) -> str:
    """`markdown` with `text` before its section { #next }, or at its end."""
    match = re.search(r"^## [^\n]*\{ #next \}[ ]*$", markdown, re.M)
    if not match:
        return f"{markdown.rstrip()}\n\n{text}"
    return f"{markdown[: match.start()].rstrip()}\n\n{text}\n{markdown[match.start() :]}"


def relative(target: str, page: str) -> str:
    """The relative address of the file `target` in a link on `page`; both from docs/."""
    return posixpath.relpath(target, posixpath.dirname(page) or ".")
