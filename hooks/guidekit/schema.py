"""What a JSON Schema finds wrong, told in words: "write" and a property's `description`, or its `x-mend`."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError
from referencing import Registry, Resource

from guidekit.data import Keys, Loaded
from guidekit.problems import Problem, nearest

Schemas = Mapping[str, dict[str, Any]]


def load_schemas(folder: Path) -> dict[str, dict[str, Any]]:
    """The schemas in a folder by file name without its ending; they may refer to each other by file name."""
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json"))}


def check(
    value: Any, loaded: Loaded, path: str, schemas: Schemas, name: str, *, at: Keys = (), noun: str = "key"
) -> list[Problem]:
    """Problems of `value`, which stands at the keys `at` of the file `path`, against the schema `name`.

    noun: what a key is called in the messages. Standard: JSON Schema 2020-12; formats are checked.
    """
    return checker(schemas, name)(value, loaded, path, at, noun)


def checker(schemas: Schemas, name: str) -> Callable[..., list[Problem]]:
    """`check` for many values of one schema: called with (value, loaded, path, at, noun)."""
    registry = Registry().with_resources(
        (f"{key}.json", Resource.from_contents(schema)) for key, schema in schemas.items()
    )
    validator = Draft202012Validator(schemas[name], registry=registry.crawl(), format_checker=FormatChecker())
    known = properties(schemas, name)

    def checked(value: Any, loaded: Loaded, path: str, at: Keys = (), noun: str = "key") -> list[Problem]:
        found = [_explain(error, loaded, path, at, noun, known) for error in validator.iter_errors(value)]
        return list(dict.fromkeys(problem for told in found for problem in told))

    return checked


def properties(schemas: Schemas, name: str) -> dict[str, dict[str, Any]]:
    """The properties of a schema and of the one it refers to with `$ref`."""
    schema = schemas[name]
    base = properties(schemas, schema["$ref"].removesuffix(".json")) if "$ref" in schema else {}
    return {**base, **schema.get("properties", {})}


def _explain(
    error: ValidationError, loaded: Loaded, path: str, at: Keys, noun: str, known: Mapping[str, Any]
) -> list[Problem]:
    keys = tuple(error.absolute_path)
    line = loaded.line(*at, *keys)
    # The keys there are where the error stands; at the top those of the schema that `$ref` names too.
    own = error.schema.get("properties", {}) if isinstance(error.schema, dict) else {}
    choices = own if keys else {**known, **own}
    if error.validator == "required":
        misspelt = {nearest(str(key), error.validator_value) for key in error.instance if key not in choices}
        missing = [key for key in error.validator_value if key not in error.instance and key not in misspelt]
        # jsonschema gives one error for each missing key; told once, by the message that names it.
        return [
            Problem(
                path,
                line,
                f"the {noun} '{key}' is missing",
                f"write {choices[key]['description']}" if "description" in choices.get(key, {}) else f"add '{key}:'",
            )
            for key in missing
            if error.message.startswith(f"'{key}'")
        ]
    if error.validator in ("unevaluatedProperties", "additionalProperties"):
        return [
            Problem(path, loaded.line(*at, *keys, key), f"unknown {noun} '{key}'", _instead(str(key), choices))
            for key in error.instance
            if key not in choices
        ]
    choice = error.validator in ("anyOf", "oneOf") and all("required" in each for each in error.validator_value)
    if choice and not keys and isinstance(error.instance, dict):
        ways = [" with ".join(each["required"]) for each in error.validator_value]
        given = any(set(each["required"]) <= set(error.instance) for each in error.validator_value)
        what = f"{'more than one' if given else 'none'} of the {noun}s {', '.join(ways)} is given"
        return [Problem(path, line, what, error.schema.get("x-mend", f"give one: {', or '.join(ways)}"))]
    name = ".".join(str(key) for key in keys)
    text = str(error.instance)
    what = f"the {noun} '{name}' is '{text if len(text) < 60 else text[:57] + '...'}'"
    if error.validator in ("maxLength", "minLength"):
        what = f"the {noun} '{name}' has {len(error.instance)} characters"
    return [Problem(path, line, what, _how(known, keys, error))]


def _instead(key: str, choices: Mapping[str, Any]) -> str:
    close = nearest(key, choices)
    return f"write '{close}'" if close else f"remove it, or use one of {', '.join(choices)}"


def _how(known: Mapping[str, Any], keys: Keys, error: ValidationError) -> str:
    if error.validator == "enum" and (close := nearest(str(error.instance), map(str, error.validator_value))):
        return f"write '{close}'"
    own = error.schema if isinstance(error.schema, dict) else {}
    text = own.get("description", "")
    mend = own.get("x-mend", "")
    for key in keys if not text else ():
        if isinstance(key, str):
            text = known.get(key, {}).get("description", text)
            known = known.get(key, {}).get("properties", known)
    if error.validator == "type" and error.validator_value == "string" and isinstance(error.instance, int | float):
        return mend or f"put it in quotation marks: '{error.instance}'"
    return mend or (f"write {text}" if text else f"see the schema: {error.message}")
