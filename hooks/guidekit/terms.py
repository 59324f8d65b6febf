"""The glossary's terms, read from docs/glossary.md, which is the only place where they stand."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from guidekit.markdown_text import ALL_PAGES, HEADING, line_of, mask, masked_body, split_front_matter
from guidekit.problems import Problem

LONGEST_NOTE = 25


@dataclass(frozen=True)
class Term:
    """name: as in its heading; names: all spellings that are marked; note: the first sentence; line: in the file."""

    id: str
    name: str
    names: tuple[str, ...]
    note: str
    everyday: bool
    line: int


def load(text: str) -> list[Term]:
    """The terms of the glossary's source text, in order."""
    _, body = split_front_matter(text)
    masked = mask(body)
    found = [match for match in HEADING.finditer(masked) if len(match["marks"]) == 3]
    terms = []
    for match, after in zip(found, [*found[1:], None], strict=False):  # none found: no pair
        entry = body[match.end() : after.start() if after else len(body)].strip()
        entry = re.split(r"^#", entry, maxsplit=1, flags=re.M)[0].strip()
        also = re.match(r"Also:(.*)\n", f"{entry}\n")
        others = [name.strip() for name in also[1].split(",") if name.strip()] if also else []
        rest = entry[also.end() :].strip() if also else entry
        note = _plain(re.split(r"\n\s*\n", rest, maxsplit=1)[0])
        attrs = match["attrs"] or ""
        name = match["text"].strip()
        explicit = re.search(r"#([\w-]+)", attrs)
        bare = re.sub(r"\s*\([^)]*\)$", "", name)
        terms.append(
            Term(
                id=explicit[1] if explicit else "",
                name=name,
                names=tuple(dict.fromkeys([bare, *others])),
                note=note,
                everyday=".everyday" in attrs,
                line=line_of(body, match.start()),
            )
        )
    return terms


def check(terms: Iterable[Term], path: str) -> list[Problem]:
    """Problems of the glossary itself: terms twice, no id, no sentence, a sentence too long for a note."""
    found: list[Problem] = []
    seen: dict[str, Term] = {}
    for term in terms:
        if not term.id:
            mend = f"write ### {term.name} {{ #{re.sub(r'[^a-z0-9]+', '-', term.name.lower()).strip('-')} }}"
            found.append(Problem(path, term.line, f"the term '{term.name}' has no permanent id", mend))
        for name in term.names:
            other = seen.setdefault(name.casefold(), term)
            if other is not term:
                what = f"the term '{name}' also stands in the entry '{other.name}' (line {other.line})"
                found.append(Problem(path, term.line, what, "keep it in one of the two"))
        words = len(term.note.split())
        if not term.note:
            found.append(
                Problem(path, term.line, f"the term '{term.name}' is not explained", "write one plain sentence")
            )
        elif words > LONGEST_NOTE:
            what = f"the note of '{term.name}' has {words} words"
            found.append(
                Problem(
                    path,
                    term.line,
                    what,
                    f"say it in one sentence of at most {LONGEST_NOTE} words; more can follow in a new paragraph",
                )
            )
    return found


@dataclass(frozen=True)
class Finder:
    """Finds names in a text. start: where one may begin; names: patterns by the folded word with which they begin."""

    start: re.Pattern[str]
    names: dict[str, str]
    by_name: dict[str, Term]

    def find(self, text: str) -> Iterator[tuple[int, int, Term]]:
        """(start, end, term) for each name in the text, from left to right."""
        end = 0
        for word in self.start.finditer(text):
            names = self.names.get(word[0].casefold())
            if names and word.start() >= end and (match := _compiled(names).match(text, word.start())):
                end = match.end()
                yield match.start(), end, self.by_name[fold(match[0])]


# More patterns than the cache of `re` holds.
_compiled = lru_cache(maxsize=4096)(re.compile)


@lru_cache(maxsize=8)
def finder(terms: tuple[Term, ...]) -> Finder:
    """Finds any name of the terms as whole words, longest first, plurals too.

    Names with a capital inside (ECT, NMDA) match as written, others in any case. Most words of a text begin no name:
    a dictionary knows that sooner than one long pattern.
    """
    names = sorted({name for term in terms for name in term.names if name}, key=lambda name: (-len(name), name))
    choices: dict[str, list[str]] = {}
    for name in names:
        word = re.match(r"\w+|.", name, re.S)[0]
        choice = f"{re.escape(name)}(?:s|es)?"
        for form in (word, f"{word}s", f"{word}es") if word == name else (word,):
            choices.setdefault(form.casefold(), []).append(choice if _has_capitals(name) else f"(?i:{choice})")
    others = "".join(re.escape(word) for word in choices if not re.match(r"\w", word))
    return Finder(
        re.compile(rf"(?<![\w-])(?:\w+{f'|[{others}]' if others else ''})"),
        {word: rf"(?:{'|'.join(found)})(?![\w-])" for word, found in choices.items()},
        index(terms),
    )


def index(terms: Iterable[Term]) -> dict[str, Term]:
    """The terms by each spelling that may be met, folded."""
    return {
        form: term
        for term in terms
        for name in term.names
        for form in (fold(name), fold(f"{name}s"), fold(f"{name}es"))
    }


def frequencies(pages: Iterable[str], terms: Iterable[Term]) -> Counter[str]:
    """On how many of the pages (Markdown sources) each term stands, by id."""
    terms, counts = tuple(terms), Counter()
    for text in pages:
        counts.update(_ids(masked_body(text), terms))
    return counts


@lru_cache(maxsize=ALL_PAGES)
def _ids(text: str, terms: tuple[Term, ...]) -> frozenset[str]:
    return frozenset(term.id for _, _, term in finder(terms).find(text))


def fold(name: str) -> str:
    """A spelling as `index` has it."""
    return " ".join(name.split()).casefold()


def _plain(text: str) -> str:
    text = re.sub(r"\[\^[^\]]*\]", "", text)
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    return " ".join(re.sub(r"[*_`]", "", text).split())


def _has_capitals(name: str) -> bool:
    return bool(re.search(r"[A-Z]", name[1:]))
