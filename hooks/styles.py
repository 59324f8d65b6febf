"""Writes the two style sheets of the site: what shows at once, and what search needs when it is first opened.

The theme's sheet is 137 KB, of which a page uses a tenth. Of it and of docs/assets/guide.css only the rules stay whose
tags, classes, ids and attributes stand somewhere in the built pages. Rules that need something of the search dialog go
into the second sheet. Boxes, tables and sources have a look of their own, so the theme's goes. Sheets (CSS Syntax 3)
are read with tinycss2; their names carry a hash of what is in them.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import tinycss2
from selectolax.lexbor import LexborHTMLParser

OWN = "assets/guide.css"
FIRST, REST = "assets/first.css", "assets/rest.css"
SCRIPTS = ("assets/search.js", "assets/aid.js", "assets/404.js")
THEME = "assets/stylesheets/main.*.min.css"
# What has a look of its own in guide.css, and lists that no page has.
OURS = re.compile(
    r"ol ol ol|\[type\]|blockquote|admonition|details|summary|table|columnheader|footnote|:target|md-search"
)
# Set by the browser or by docs/assets/guide.js while the page is used.
STATES = frozenset({"[open]", "[hidden]", "[checked]", "[data-to]", ".js", ".no-js", ".is-open", ".is-closed"})
STRING = re.compile(r"""("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')""")
VARIABLE = re.compile(r"(?<=[{;])(--[\w-]+):((?:[^;{}\"']|\"[^\"]*\"|'[^']*')*);?")
FRAMES = re.compile(r"@keyframes ([\w-]+)\{(?:[^{}]*\{[^{}]*\})*\}")
SEARCH = re.compile(r"md-search-result[\w-]*")
# What docs/assets/search.js and the theme's script make inside of the search.
FOUND = frozenset(
    {"ol", "li", "a", "article", "h1", "h2", "p", "del", "mark", "details", "summary", "div", "nav", ".search__crisis"}
)


def names(html: str) -> set[str]:
    """The tags ("p"), classes (".p"), ids ("#p") and attributes ("[p]") in an HTML document."""
    return _names(LexborHTMLParser(html).root)


def _names(root: Any) -> set[str]:
    found: set[str] = set()
    for node in root.traverse():
        found.add(node.tag)
        for name, value in node.attributes.items():
            found |= {f"[{name}]", f"[{name}={value}]"}
            if name == "class":
                found.update(f".{one}" for one in (value or "").split())
            elif name == "id":
                found.add(f"#{value}")
    return found


def needs(tokens: Iterable[Any]) -> set[str]:
    """The names that an element, or those around it, must have for one selector (Selectors 4) to match.

    What stands in :is(), :where(), :has() or :not() is not looked at: a rule too many does no harm.
    """
    found, before = set(), None
    for token in tokens:
        kind = token.type
        if kind == "ident" and before not in (".", ":"):
            found.add(token.value.lower())
        elif kind == "ident" and before == ".":
            found.add(f".{token.value}")
        elif kind == "hash":
            found.add(f"#{token.value}")
        elif kind == "[] block":
            name, *more = [part.value for part in token.content if part.type != "whitespace"]
            found.add(f"[{name}={more[1]}]" if more[:1] == ["="] else f"[{name}]")
        before = token.value if kind == "literal" else None
    return found


def selectors(prelude: Iterable[Any]) -> Iterator[list[Any]]:
    """The selectors of a rule, each as its tokens."""
    one: list[Any] = []
    for token in prelude:
        if token.type == "literal" and token.value == ",":
            yield one
            one = []
        else:
            one.append(token)
    yield one


def keep(rules: Iterable[Any], wanted: Callable[[list[Any]], bool]) -> str:
    """The rules with only those selectors that are wanted, without comments and idle spaces."""
    parts = []
    for rule in rules:
        if rule.type == "qualified-rule":
            left = [one for one in selectors(rule.prelude) if wanted(one)]
            if left:
                body = _tight(tinycss2.serialize(rule.content))
                parts.append(f"{','.join(_tight(tinycss2.serialize(one)) for one in left)}{{{body}}}")
        elif rule.type == "at-rule" and rule.lower_at_keyword in ("media", "supports", "layer") and rule.content:
            inner = keep(tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True), wanted)
            if inner:
                parts.append(f"@{rule.at_keyword}{_tight(tinycss2.serialize(rule.prelude), ' ')}{{{inner}}}")
        elif rule.type == "at-rule" and rule.lower_at_keyword != "charset":
            parts.append(_tight(tinycss2.serialize([rule])))
    return "".join(parts)


def _tight(css: str, lead: str = "") -> str:
    parts = STRING.split(css.strip())
    for at in range(0, len(parts), 2):  # what stands between strings
        part = re.sub(r"\s+", " ", re.sub(r"/\*.*?\*/", "", parts[at], flags=re.S))
        # Around + and - and inside of parentheses a space can mean something.
        parts[at] = re.sub(r"(?<=[\w-]): ", ":", re.sub(r"\s*([{};,>])\s*", r"\1", part))
    return lead + "".join(parts).removesuffix(";").replace(";}", "}")


def without_idle(css: str, also: str = "") -> str:
    """The sheet without variables, and key frames, that nothing in it or in `also` uses."""
    before = ""
    while css != before:  # what only an idle variable used is idle next
        before = css
        used = set(re.findall(r"var\((--[\w-]+)", css + also))
        css = VARIABLE.sub(lambda match, used=used: match[0] if match[1] in used else "", css)
        moving = " ".join(re.findall(r"animation(?:-name)?:[^;}]*", css))
        css = FRAMES.sub(lambda match, moving=moving: match[0] if match[1] in moving else "", css)
        css = re.sub(r"[^{};]+\{\}", "", css).replace(";}", "}")
    return css


@lru_cache(maxsize=4)  # read once while serving; nothing changes the rules
def _rules(css: str) -> list[Any]:
    return tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)


def split(theme: str, own: str, pages: set[str], dialog: set[str]) -> tuple[str, str]:
    """(what shows at once, the rest that is wanted).

    theme, own: CSS in the order of the cascade; pages: the names outside of the search dialog; dialog: those in it.
    """
    theme = keep(_rules(theme), lambda one: not OURS.search(tinycss2.serialize(one)))
    rules = _rules(theme) + _rules(own)
    pages, both = pages | STATES, pages | dialog | STATES
    first = keep(rules, lambda one: needs(one) <= pages)
    rest = keep(
        [rule for rule in rules if rule.type == "qualified-rule" or rule.lower_at_keyword == "media"],
        lambda one: needs(one) <= both and not needs(one) <= pages,
    )
    return without_idle(first, rest), without_idle(rest, rest)


def on_config(config, **kwargs):
    theme = Path(next(folder for folder in config.theme.dirs if list(Path(folder).glob(THEME))))
    config.extra["theme_files"] = {
        name: next(theme.glob(pattern)).relative_to(theme).as_posix()
        for name, pattern in {
            "style": THEME,
            "script": "assets/javascripts/bundle.*.min.js",
            "worker": "assets/javascripts/workers/search.*.min.js",
        }.items()
    }


def on_env(env, *, config, **kwargs):
    env.globals["theme_files"] = config.extra["theme_files"]
    return env


def on_post_build(config, **kwargs):
    site = Path(config.site_dir)
    pages, dialog = set(), set(FOUND)
    texts = {path: path.read_text(encoding="utf-8") for path in site.rglob("*.html")}
    for text in texts.values():
        tree = LexborHTMLParser(text)
        for node in tree.css("dialog"):
            dialog |= _names(node)
            node.decompose(recursive=True)
        pages |= _names(tree.root)
    pages.add("dialog")
    files = config.extra["theme_files"]
    for script in (files["script"], SCRIPTS[0]):
        dialog |= {f".{name}" for name in SEARCH.findall((site / script).read_text(encoding="utf-8"))}
    theme, own = ((site / name).read_text(encoding="utf-8") for name in (files["style"], OWN))
    final = dict(zip((FIRST, REST), split(theme, own, pages, dialog), strict=True))
    final |= {name: (site / name).read_text(encoding="utf-8") for name in SCRIPTS}
    for name, text in final.items():
        stem, _, ending = name.rpartition(".")
        hashed = f"{stem}.{hashlib.sha256(text.encode()).hexdigest()[:8]}.{ending}"
        (site / hashed).write_text(text, encoding="utf-8")
        texts = {path: html.replace(name, hashed) for path, html in texts.items()}
    for path, html in texts.items():
        path.write_text(html, encoding="utf-8")
    for name in (OWN, files["style"], *SCRIPTS):
        (site / name).unlink()
    (site / files["style"]).parent.rmdir()
