"""YAML with line numbers; nothing but plain values (YAML 1.2 core dates stay text)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from guidekit import limits
from guidekit.problems import Problem

Keys = tuple[str | int, ...]


ALIAS_OR_TAG = re.compile(r"(?<!\w)(?:\*\S|!)")  # where there may be one
WORD = "tag:yaml.org,2002:str"


class _Loader(yaml.CSafeLoader):
    """Safe: no Python tags. Dates stay text, as JSON Schema and CSL want them."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


@dataclass
class Loaded:
    """value: what the YAML says (None when it could not be read); lines: where each key or item stands."""

    value: Any = None
    lines: dict[Keys, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def line(self, *keys: str | int) -> int:
        """The line of the nearest known ancestor of `keys`; 1 when none is known."""
        while keys and keys not in self.lines:
            keys = keys[:-1]
        return self.lines.get(keys, 1)


def load_yaml(text: str, path: str, first_line: int = 1) -> Loaded:
    """Read YAML text that begins in line `first_line` of the file `path`.

    A syntax error, an alias, a tag, a key given twice or a character that nobody sees becomes a problem, never an
    exception.
    """
    loaded = Loaded()
    if limits.deep_yaml(text):  # the reader in C would end the program
        mend = "write 'key: value', one to a line, with few brackets"
        return Loaded(problems=[Problem(path, first_line, "this YAML is nested too deep", mend)])
    loader = _Loader(text)
    try:
        for event in yaml.parse(text, yaml.CSafeLoader) if ALIAS_OR_TAG.search(text) else ():
            if isinstance(event, yaml.AliasEvent):  # a few lines of them can stand for gigabytes
                raise yaml.composer.ComposerError(None, None, "an alias (*) is not used here", event.start_mark)
            if getattr(event, "tag", None):
                raise yaml.composer.ComposerError(None, None, "a tag (!) is not used here", event.start_mark)
        node = loader.get_single_node()
        if node is not None:
            _walk(node, (), loaded, path, first_line)
            wrong = [Problem(path, line + first_line, what, mend) for line, what, mend in _unfit(node)]
            loaded.problems += wrong
            loaded.value = None if wrong else loader.construct_document(node)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        if _open_quote(error):  # the line in which it was opened, not the end of the text
            mark = error.context_mark
        line = (mark.line if mark else 0) + first_line
        loaded.problems.append(Problem(path, line, f"this is not valid YAML ({error.problem})", _yaml_mend(error)))
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        what = f"this is not valid YAML ({str(error).splitlines()[0]})"
        loaded.problems.append(Problem(path, first_line, what, "write plain keys and values, one to a line"))
    finally:
        loader.dispose()
    return loaded


def read_yaml(path: Path, shown_as: str) -> Loaded:
    """Read a YAML file; `shown_as` is its path from the repository root."""
    try:
        with path.open("rb") as file:
            content = file.read(limits.DATA_BYTES + 1)
        text = content.decode("utf-8-sig")
    except OSError:
        return Loaded(problems=[Problem(shown_as, 1, "this file is missing", "bring it back from the last commit")])
    except UnicodeDecodeError as error:
        return Loaded(problems=[not_utf8(error, shown_as)])
    if len(content) > limits.DATA_BYTES:
        what = f"this file is larger than {limits.DATA_BYTES // 1_000_000} MB"
        return Loaded(problems=[Problem(shown_as, 1, what, "delete what no page needs")])
    text, found = limits.characters(re.sub(r"\r\n?", "\n", text), shown_as)
    return Loaded(problems=found) if found else load_yaml(text, shown_as)


def not_utf8(error: UnicodeDecodeError, path: str) -> Problem:
    """The problem for a file that is not UTF-8, with the line of the first wrong byte."""
    line = error.object[: error.start].count(b"\n") + 1
    what = f"this file is not UTF-8 (byte 0x{error.object[error.start]:02x})"
    return Problem(path, line, what, "save the file with the encoding UTF-8")


def _open_quote(error: yaml.MarkedYAMLError) -> bool:
    ended = "unexpected end of stream" in (error.problem or "")
    return ended and "quoted scalar" in (error.context or "") and error.context_mark is not None


def _yaml_mend(error: yaml.MarkedYAMLError) -> str:
    problem = error.problem or ""
    if "mapping values are not allowed" in problem:
        return "put quotation marks around a value that holds a colon"
    if _open_quote(error):
        return "close the quotation mark that is opened in this line"
    if problem == "did not find expected key":
        return "begin the line with as many spaces as the line above it of the same kind, and close each bracket"
    if "tab character" in problem:
        return "use spaces instead of tabs"
    if "alias" in problem:
        return "write the value out"
    if "tag (!)" in problem:
        return "remove the tag, or put the value in quotation marks"
    return "write 'key: value', one to a line, with quotation marks around values that hold : # [ ] { } or quotes"


def _unfit(node: yaml.Node) -> Iterator[tuple[int, str, str]]:
    """(line from 0, what, mend) for values that cannot be trusted: written as \\u202e, nobody saw it in the text."""
    if isinstance(node, yaml.ScalarNode):
        if wrong := limits.unfit(node.value):
            yield node.start_mark.line, f"this holds what nobody sees: {limits.named(wrong[0])}", "delete it"
        elif node.tag.endswith(":float") and node.value.lower().lstrip("+-") in (".inf", ".nan"):
            yield node.start_mark.line, f"'{node.value}' is no number", "write one in digits"
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _unfit(item)
    else:
        for key, value in node.value:
            if key.tag != WORD:
                what = f"the key '{key.value}'" if isinstance(key, yaml.ScalarNode) else "this key"
                yield key.start_mark.line, f"{what} is not read as a word", "put it in quotation marks"
            yield from _unfit(key)
            yield from _unfit(value)


def _walk(node: yaml.Node, keys: Keys, loaded: Loaded, path: str, first_line: int) -> None:
    loaded.lines.setdefault(keys, node.start_mark.line + first_line)
    if isinstance(node, yaml.MappingNode):
        seen: dict[str, int] = {}
        for key_node, value_node in node.value:
            key, line = str(key_node.value), key_node.start_mark.line + first_line
            if key in seen:
                what = f"the key '{key}' is given twice (first in line {seen[key]})"
                loaded.problems.append(Problem(path, line, what, "keep one of the two"))
            seen.setdefault(key, line)
            loaded.lines.setdefault((*keys, key), line)
            _walk(value_node, (*keys, key), loaded, path, first_line)
    elif isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            _walk(item, (*keys, index), loaded, path, first_line)
