"""Turns [^key] into a numbered source at the foot of the page, from data/sources.yml.

Editors write an ordinary footnote mark; the footnote's text, in NLM style with links, is added at build time.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from guidekit import csl, library, problems
from guidekit.library import FILE, Library
from guidekit.markdown_text import footnotes, line_of, masked_body
from guidekit.problems import Problem

# As Python-Markdown's footnotes make them.
WAYS_BACK = re.compile(
    r'&#160;<a class="footnote-backref" (href="[^"]+")[^>]*>&#8617;</a>'
    r'(?:<a class="footnote-backref"[^>]*>&#8617;</a>)*'
)


def check(text: str, path: str, keys: Mapping[str, Any]) -> list[Problem]:
    """Problems with the footnote marks of a page's source `text`; keys: the sources there are."""
    found = []
    used, defined = footnotes(text)
    for key, line in used.items():
        if key not in keys and key not in defined:
            what = f"'{key}' is neither a source in {FILE} nor a footnote of this page"
            found.append(Problem(path, line, what, library.mend(key, keys, "[^{}]")))
    masked = masked_body(text)
    for match in re.finditer(r"(?<![\]!\\])\[([a-z0-9-]+)\](?![\[(:])", masked):
        if match[1] in keys:
            what = f"[{match[1]}] is printed as it stands"
            found.append(Problem(path, line_of(masked, match.start()), what, f"write [^{match[1]}]"))
    for key, line in defined.items():
        if key in keys:
            what = f"'{key}' is a source: its footnote is written by the build"
            found.append(Problem(path, line, what, "delete this line"))
    return found


def unused(known: Library, used: set[str]) -> list[Problem]:
    """Problems for the sources that no page cites."""
    mend = "cite it on a page, or delete the entry"
    return [
        Problem(FILE, known.lines[key], f"no page cites the source '{key}'", mend) for key in known.items.keys() - used
    ]


def append(markdown: str, keys: list[str], items: Mapping[str, csl.Item | None]) -> str:
    """The Markdown with the heading "Sources" and the footnotes of those `keys` that are sources after it."""
    known = [(key, item) for key in keys if (item := items.get(key))]
    if not known:
        return markdown
    notes = "\n".join(f"[^{key}]: {csl.definition(item)}" for key, item in known)
    return f"{markdown.rstrip()}\n\n## Sources {{ #sources }}\n\n{notes}\n"


def name_marks(page: str) -> str:
    """The page's HTML with numbers in the ids of marks and sources, and words in their names.

    A mark is called "Source 3", not just "3". Of a source's ways back the first stays, in words: Python-Markdown makes
    one for each mark, arrows that all have the same name, and ids with the source's key, together 1.5 KB gzip a page.
    """
    numbers = {key: str(at) for at, key in enumerate(re.findall(r'<li id="fn:([^"]+)"', page), 1)}
    page = re.sub(r' id="fnref\d+:[^"]+"', "", page)
    page = re.sub(r'(?<=")(#?fn(?:ref)?:)([^"]+)(?=")', lambda match: match[1] + numbers.get(match[2], match[2]), page)
    page = re.sub(
        r'<a class="footnote-ref" (href="#fn:[^"]+")>(\d+)</a>',
        r'<a class="footnote-ref" aria-label="Source \2" \1>\2</a>',
        page,
    )
    return WAYS_BACK.sub(r' <a class="back" \1>Back to the text</a>', page)


_library = Library()
_used: set[str] = set()


def on_config(config, **kwargs):
    global _library
    _used.clear()
    _library = library.read(Path(config.config_file_path).parent)
    problems.add(_library.problems)


def on_page_markdown(markdown, *, page, config, files, **kwargs):
    source = page.file.content_string
    if _library.items:  # otherwise the file itself is wrong, and that is told
        problems.add(check(source, f"docs/{page.file.src_uri}", _library.items))
    # The page as it is by now: claims.py and studies.py have added marks of their own.
    used, defined = footnotes(markdown)
    _used.update(used)
    return append(markdown, [key for key in used if key not in defined], _library.items)


def on_page_content(content, *, page, config, files, **kwargs):
    return name_marks(content)


def on_env(env, *, config, **kwargs):
    # What claims and studies name counts as used even while they have mistakes of their own.
    for name in ("claims", "studies"):
        path = Path(config.config_file_path).parent / f"data/{name}.yml"
        if path.is_file():
            _used.update(re.findall(r"[a-z0-9-]+", path.read_text(encoding="utf-8", errors="replace")))
    problems.add(unused(_library, _used))
    csl.kept().save()  # references.py, too, has formatted by now what it lists
