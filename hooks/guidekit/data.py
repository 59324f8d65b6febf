"""YAML with line numbers; nothing but plain values (YAML 1.2 core dates stay text)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from guidekit.problems import Problem

Keys = tuple[str | int, ...]


ALIAS = re.compile(r"(?<!\w)\*\S")  # where there may be one


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

    A syntax error, a tag that is not plain YAML or a key given twice becomes a problem, never an exception.
    """
    loaded = Loaded()
    loader = _Loader(text)
    try:
        for event in yaml.parse(text, yaml.CSafeLoader) if ALIAS.search(text) else ():
            if isinstance(event, yaml.AliasEvent):  # a few lines of them can stand for gigabytes
                raise yaml.composer.ComposerError(None, None, "an alias (*) is not used here", event.start_mark)
        node = loader.get_single_node()
        if node is not None:
            _walk(node, (), loaded, path, first_line)
            loaded.value = loader.construct_document(node)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
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
        return load_yaml(path.read_text(encoding="utf-8"), shown_as)
    except FileNotFoundError:
        return Loaded(problems=[Problem(shown_as, 1, "this file is missing", "bring it back from the last commit")])
    except UnicodeDecodeError as error:
        return Loaded(problems=[not_utf8(error, shown_as)])


def not_utf8(error: UnicodeDecodeError, path: str) -> Problem:
    """The problem for a file that is not UTF-8, with the line of the first wrong byte."""
    line = error.object[: error.start].count(b"\n") + 1
    what = f"this file is not UTF-8 (byte 0x{error.object[error.start]:02x})"
    return Problem(path, line, what, "save the file with the encoding UTF-8")


def _yaml_mend(error: yaml.MarkedYAMLError) -> str:
    problem = error.problem or ""
    if "mapping values are not allowed" in problem:
        return "put quotation marks around a value that holds a colon"
    if "tab character" in problem:
        return "use spaces instead of tabs"
    if "alias" in problem:
        return "write the value out"
    if "could not determine a constructor" in problem:
        return "remove the tag that begins with '!'"
    return "write 'key: value', one to a line, with quotation marks around values that hold : # [ ] { } or quotes"


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
