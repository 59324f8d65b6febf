"""Checks the pages of kind faq and lists every question on the one that holds the marker <!-- hooks/faq.py -->.

A question is a heading of level 2 with a permanent id. The list repeats the ids, so that faq/#bladder leads to the
answer even after the question has moved to another page.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from guidekit import problems
from guidekit.data import load_yaml
from guidekit.markdown_text import headings, masked_body, relative, split_front_matter
from guidekit.problems import Problem

MARKER = "<!-- hooks/faq.py -->"
MOST_WORDS = 120
SAME = 0.75  # share of the words that two questions have in common (Jaccard index)
EMPTY = frozenset(
    re.findall(
        r"\w+",
        "a about again am an and any are as at be been by can could did do does else for from get give had has have "
        "having how i if in is it its ketamine many me more much my of on one or other our should so still than that "
        "the their them then there these they this to too us was we what when where which who whom why will with "
        "would you your ",
    )
)
# Stands before the questions of every page, so that each can say "it".
IT = 'In these answers, "it" means ketamine given by drip, unless they name another form or the esketamine spray.'
NOT_QUESTIONS = ("next",)
# id: why the answer cites nothing.
WITHOUT_SOURCE = {"who-wrote": "it is about this site itself"}


@dataclass(frozen=True)
class Question:
    """text: the heading; answer: its Markdown, masked; line: of the heading in the file `path` (from docs/)."""

    path: str
    line: int
    id: str
    text: str
    answer: str
    explicit: bool


def questions(source: str, path: str) -> list[Question]:
    """The questions of a page's source in order; path: from docs/."""
    masked = masked_body(source)
    lines = masked.split("\n")
    found = [heading for heading in headings(masked) if heading.level == 2]
    ends = [heading.line - 1 for heading in found[1:]] + [len(lines)]
    return [
        Question(path, h.line, h.id, h.text, "\n".join(lines[h.line : end]), h.explicit)
        for h, end in zip(found, ends, strict=False)  # without a heading there is one end too many
        if h.id not in NOT_QUESTIONS
    ]


def check(found: Iterable[Question]) -> list[Problem]:
    """Problems of all questions: form, length, sources, a way on, ids and questions that stand twice."""
    told: list[Problem] = []
    by_id: dict[str, Question] = {}
    before: list[Question] = []
    for question in found:
        path = f"docs/{question.path}"

        def tell(what: str, mend: str, path: str = path, line: int = question.line) -> None:
            told.append(Problem(path, line, what, mend))

        name = f"'{question.text}'"
        if not question.text.endswith("?"):
            tell(f"{name} is a heading of level 2 and no question", "end it with a question mark, or use level 3")
        if not question.explicit:
            tell(f"the question {name} has no permanent id", f"write ## {question.text} {{ #{question.id} }}")
        words = len(_words(question.answer))
        if words > MOST_WORDS:
            mend = f"shorten it to {MOST_WORDS}, or move the rest to the page that it leads to"
            tell(f"the answer to {name} has {words} words", mend)
        if words == 0:
            tell(f"the question {name} has no answer", "write one, or delete the question")
        elif "[^" not in question.answer and question.id not in WITHOUT_SOURCE:
            tell(f"the answer to {name} names no source", "put one behind its first fact, as in [^murrough2013-ajp]")
        if words and not any(_leads_on(link, question.path) for link in _links(question.answer)):
            tell(
                f"the answer to {name} leads to no fuller page",
                "end it with a line such as Read more: [Side effects](../safety/side-effects.md)",
            )
        first = by_id.setdefault(question.id, question)
        if first is not question:
            tell(
                f"the id '{question.id}' is also that of docs/{first.path}:{first.line}",
                "give the question an id that no other page of questions has",
            )
        for other in before:
            if first is question and _alike(question.text, other.text):
                tell(
                    f"{name} asks nearly the same as docs/{other.path}:{other.line}",
                    "keep one of the two, or say in the heading how they differ",
                )
        before.append(question)
    return told


def index(pages: Mapping[str, str], found: Iterable[Question], here: str) -> str:
    """The Markdown of the list of all questions. pages: path -> title, in order; here: the page it stands on."""
    found = list(found)
    lines: list[str] = []
    for path, title in pages.items():
        mine = [question for question in found if question.path == path]
        link = relative(path, here)
        slug = posixpath.splitext(posixpath.basename(path))[0]
        if mine:
            lines += [f"## [{title}]({link}) {{ #page-{slug} }}", ""]
            lines += [f"- [{q.text}]({link}#{q.id}){{ #{q.id} }}" for q in mine]
            lines += [""]
    return "\n".join(lines)


def with_it(markdown: str) -> str:
    """The Markdown of a page of questions with what "it" means before its first question."""
    return re.sub(r"^(?=## )", f"{IT}\n\n", markdown, count=1, flags=re.M)


def title_of(source: str, path: str) -> str:
    """The title in a page's front matter, or its path where there is none (front_matter.py tells that)."""
    text, _ = split_front_matter(source)
    meta = load_yaml(text or "", path).value
    return str(meta.get("title", path)) if isinstance(meta, dict) else path


def is_faq(source: str) -> bool:
    """Whether a page's source says that it holds questions."""
    text, _ = split_front_matter(source)
    return bool(re.search(r"^kind:[ ]*faq[ ]*$", text or "", re.M))


def _links(answer: str) -> list[str]:
    return re.findall(r"\]\(([^)\s]+)", answer)


def _leads_on(link: str, path: str) -> bool:
    page = posixpath.normpath(posixpath.join(posixpath.dirname(path), link.partition("#")[0]))
    return link.partition("#")[0].endswith(".md") and posixpath.dirname(page) != posixpath.dirname(path)


def _words(answer: str) -> list[str]:
    # As a reader counts: without footnote marks, addresses and the marks of boxes and lists.
    text = re.sub(r"\[\^[^\]]+\]|\]\([^)]*\)|^ *(?:!!! [\w-]+|[-*]|\d+\.)(?= )", "", answer, flags=re.M)
    return re.findall(r"\S*\w\S*", text)


def _alike(one: str, other: str) -> bool:
    first, second = _topic(one), _topic(other)
    return bool(first) and len(first & second) / len(first | second) >= SAME


@lru_cache(maxsize=1024)
def _topic(text: str) -> frozenset[str]:
    # What is asked about, without the words that every question has and without endings.
    found = set(re.findall(r"\w+", text.casefold())) - EMPTY
    return frozenset(re.sub(r"(?<=\w{3})(?:ing|es|ed|s|e)$", "", word) for word in found)


_pages: dict[str, str] = {}
_questions: list[Question] = []


def on_nav(nav, *, config, files, **kwargs):
    sources = {page.file.src_uri: page.file.content_string for page in nav.pages}
    faq = {name: source for name, source in sources.items() if is_faq(source) and MARKER not in source}
    _pages.clear()
    _pages.update({name: title_of(source, name) for name, source in faq.items()})
    _questions[:] = [question for name, source in faq.items() for question in questions(source, name)]
    problems.add(check(_questions))


def on_page_markdown(markdown, *, page, config, files, **kwargs):
    if MARKER in markdown:
        return markdown.replace(MARKER, index(_pages, _questions, page.file.src_uri))
    return with_it(markdown) if page.file.src_uri in _pages else markdown
