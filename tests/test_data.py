import json
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource
from sites import ROOT

from guidekit.data import load_yaml, read_yaml


def test_lines_of_keys_and_items():
    loaded = load_yaml("a:\n  - b: 1\n  - c: 2\n", "data/x.yml", first_line=5)
    assert loaded.value == {"a": [{"b": 1}, {"c": 2}]}
    assert loaded.line("a", 1, "c") == 7
    assert loaded.line("a", 1, "nothing") == 7
    assert loaded.line("nothing") == 5


def test_dates_stay_text():
    assert load_yaml("day: 2026-11-23\n", "x").value == {"day": "2026-11-23"}


def test_nothing_is_run():
    loaded = load_yaml("a: !!python/object/apply:os.system [ls]\n", "data/x.yml")
    assert loaded.value is None
    assert [problem.line for problem in loaded.problems] == [1]


def test_a_yaml_bomb_is_refused_at_once():
    bomb = "a: &a [x, x]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}]\n" for n in range(20)
    )
    loaded = load_yaml(bomb, "data/x.yml")
    assert [str(problem) for problem in loaded.problems] == [
        "data/x.yml:2: this is not valid YAML (an alias (*) is not used here). To mend: write the value out."
    ]


def test_deep_nesting_is_a_problem_and_no_traceback():
    loaded = load_yaml("[" * 5000, "data/x.yml")
    assert len(loaded.problems) == 1


def test_missing_and_not_utf8(tmp_path):
    assert str(read_yaml(tmp_path / "x.yml", "data/x.yml").problems[0]).startswith("data/x.yml:1: this file is missing")
    (tmp_path / "x.yml").write_bytes(b"a: 1\nb: caf\xe9\n")
    assert str(read_yaml(tmp_path / "x.yml", "data/x.yml").problems[0]) == (
        "data/x.yml:2: this file is not UTF-8 (byte 0xe9). To mend: save the file with the encoding UTF-8."
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a: [[" + "[" * 100_000, "this YAML is nested too deep"),  # PyYAML's reader in C ends the program
        ("- " * 50_000, "this YAML is nested too deep"),
        ("a: !!timestamp x", "this is not valid YAML (a tag (!) is not used here)"),
        ("a: !!binary aGk=", "this is not valid YAML (a tag (!) is not used here)"),
        ('a: "\\u202eb"', "this holds what nobody sees: U+202E (right-to-left override)"),
        ('"a\\u200b": b', "this holds what nobody sees: U+200B (zero width space)"),
        ("a: .nan", "'.nan' is no number"),
        ("a: -.inf", "'-.inf' is no number"),
        ("no: a", "the key 'no' is not read as a word"),
        ("1: a", "the key '1' is not read as a word"),
        ("<<: {a: 1}", "the key '<<' is not read as a word"),
    ],
)
def test_what_cannot_be_trusted_is_told_and_not_read(text, told):
    loaded = load_yaml(text, "data/x.yml")
    assert ([problem.what for problem in loaded.problems], loaded.value) == ([told], None)


def test_an_exclamation_mark_in_a_value_is_no_tag():
    assert load_yaml("a: Stop! Now\nb: '! c'\n", "x").value == {"a": "Stop! Now", "b": "! c"}


def test_a_data_file_is_held_to_limits(tmp_path):
    file = tmp_path / "x.yml"
    file.write_text("a: 1\nb: 5\u202emg\n", encoding="utf-8")
    assert [(problem.line, problem.what) for problem in read_yaml(file, "data/x.yml").problems] == [
        (2, "this line holds what nobody sees: U+202E (right-to-left override)")
    ]
    file.write_bytes(b"a: 1\n" * 500_000)
    assert [problem.what for problem in read_yaml(file, "data/x.yml").problems] == ["this file is larger than 2 MB"]
    assert read_yaml(tmp_path, "data/x.yml").problems[0].what == "this file is missing"


FILES = sorted((ROOT / "data").glob("*.yml"))
WIRED = re.compile(r"# yaml-language-server: \$schema=(?P<schema>[\w./-]+\.json)")


@pytest.mark.parametrize("path", FILES, ids=[path.name for path in FILES])
def test_each_file_names_its_schema_for_editing_programs_and_keeps_to_it(path):
    text = path.read_text(encoding="utf-8")
    named = WIRED.fullmatch(text.partition("\n")[0])
    assert named, f"begin {path.name} with a line: # yaml-language-server: $schema=schema/{path.stem}.json"
    schema = path.parent / named["schema"]
    # As VS Code finds the schemas that a schema refers to: by the paths of their files.
    registry = Registry(
        retrieve=lambda uri: Resource.from_contents(json.loads(Path(unquote(urlsplit(uri).path)).read_text()))
    )
    whole = {"$ref": schema.resolve().as_uri(), "$schema": "https://json-schema.org/draft/2020-12/schema"}
    validator = Draft202012Validator(whole, registry=registry, format_checker=FormatChecker())
    value = load_yaml(text, path.name).value
    assert [error.message for error in validator.iter_errors(value)] == []
    assert not validator.is_valid([]) and not validator.is_valid({**value, "unknown": 1})
