"""Sentences of a page's source and their Flesch-Kincaid grade, one rule for the whole site.

Counted: sentences and list items. Left out: headings, tables, references, box titles, comments, code, "Also:" lines.
"""

from __future__ import annotations

import re
from functools import lru_cache

import pyphen

from guidekit.markdown_text import ALL_PAGES, masked_body

LEFT_OUT = re.compile(r"^(#|\||!!!|Also:|\{)")
WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9'’-]*")
_hyphens = pyphen.Pyphen(lang="en_US")


@lru_cache(maxsize=ALL_PAGES)
def lines(source: str) -> tuple[tuple[int, str], ...]:
    """(line number, plain words) for each line of prose in a page's source."""
    found = []
    for number, line in enumerate(masked_body(source).split("\n"), 1):
        text = re.sub(r"^([-*+>]|\d+\.)\s+", "", line.strip())
        if text and not LEFT_OUT.match(text):
            found.append((number, plain(text)))
    return tuple(found)


def plain(text: str) -> str:
    """A line without citation marks, link targets, emphasis and attribute lists."""
    text = re.sub(r"\[\^[^\]]+\]|\{[^}]*\}", "", text)
    text = re.sub(r"!?\[([^\]]*)\](\([^)]*\))?", r"\1", text)
    return re.sub(r"[*`]|(?<!\w)_|_(?!\w)", "", text).strip()


def sentences(text: str) -> list[str]:
    """The sentences of a plain line."""
    return [part for part in re.split(r"(?<=[.!?])[\"”]?\s+(?=[\"“A-Z0-9])", text) if part.strip()]


@lru_cache(maxsize=8192)
def syllables(word: str) -> int:
    """Syllables of a word, from the hyphenation of US English; 1 at least."""
    return len(_hyphens.positions(word.lower())) + 1


def grade(source: str) -> float:
    """The Flesch-Kincaid grade (Kincaid and others 1975) of a page's source; 0 for a page without prose."""
    parts = [part for _, text in lines(source) if len(text.split()) > 3 for part in sentences(text)]
    words = [word for part in parts for word in WORD.findall(part)]
    if not words:
        return 0.0
    return 0.39 * len(words) / len(parts) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59
