"""Adds sources to data/sources.yml from an export of Zotero or another program: `make cite FILE=export.json`.

The export is CSL-JSON (Zotero: "CSL JSON") or BibTeX (a file that ends in .bib); tools/exports.py reads it. What it
cannot know, a person says: TOPIC, TIER, SUPPORTS (what was seen in the source; " | " between several), READ_AT and
READ_ON, typed behind `make cite` or asked for on the terminal. Nothing is guessed: what is missing is told, a source
that is there already is refused, and then nothing is written.

The id is the first author's family name and the year, as murrough2013; where that is taken, the initials of the journal
follow, or else a letter: murrough2013-ajp, murrough2013-b. An organization gives its initials, as who2019, and a source
without an author the first three words of its title.
"""

from __future__ import annotations

import datetime
import os
import re
import string
import sys
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import yaml
from exports import Found, read
from jsonschema import Draft202012Validator, FormatChecker

from guidekit import blocks, clock, library, schema
from guidekit.data import Loaded, load_yaml, not_utf8
from guidekit.problems import Problem
from guidekit.schema import Schemas, load_schemas

# What a person says of a source: the variable of `make` and the key under `custom`.
SAID = {"TOPIC": "topic", "TIER": "tier", "SUPPORTS": "supports", "READ_AT": "read_at", "READ_ON": "read_on"}
OF_ONE = ("SUPPORTS", "READ_AT")  # no two sources share them
SEVERAL = {"SUPPORTS": " (with ' | ' between several)"}
DAY = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")
SMALL_WORDS = ("a", "an", "and", "for", "in", "of", "on", "the", "to")


def make_id(item: Mapping[str, Any], taken: Iterable[str]) -> str:
    """An id that is not among those `taken`, in the pattern that this file's first lines describe."""
    names, issued = item.get("author") or [], item.get("issued")
    if names and "family" in names[0]:
        first = _letters(names[0]["family"]).replace("-", "")
    elif names:
        words = names[0]["literal"].split()
        first = _initials(words) if len(words) > 1 else _letters(words[0] if words else "")
    else:
        first = "-".join(_letters(item.get("title", "")).split("-")[:3])
    base = f"{first.lstrip('0123456789-') or 'source'}{issued['date-parts'][0][0] if issued else ''}"
    journal = _initials(str(item.get("container-title", "")).split())
    letters = [f"{base}-{letter}" for letter in string.ascii_lowercase[1:]]
    choices = [base, *([f"{base}-{journal}"] if journal else []), *letters]
    numbers = (f"{base}-{number}" for number in range(2, 10_000))
    known = set(taken)
    return next(choice for choice in [*choices, *numbers] if choice not in known)


def marks(item: Mapping[str, Any]) -> dict[str, str]:
    """What two entries of one source share: DOI, PMID, PMCID, and the address without what does not lead elsewhere."""
    found = {key: str(item[key]).casefold() for key in ("DOI", "PMID", "PMCID") if item.get(key)}
    try:
        url = urlsplit(str(item.get("URL") or ""))
    except ValueError:  # told by the schema
        return found
    query = urlencode([pair for pair in parse_qsl(url.query) if not pair[0].startswith("utm_")])
    host = url.netloc.casefold().removeprefix("www.")
    if host in ("doi.org", "dx.doi.org"):
        found.setdefault("DOI", url.path.strip("/").casefold())
    elif host:
        found["URL"] = f"{host}{url.path.rstrip('/')}{f'?{query}' if query else ''}"
    return found


def twin(item: Mapping[str, Any], items: Mapping[str, Mapping[str, Any] | None]) -> str:
    """Why a source is refused because of one that is there; "" where there is none like it. items: by id."""
    mine = marks(item)
    for key, other in items.items():
        for name, value in marks(other or {}).items():
            if mine.get(name) == value:
                return f"it is there as '{key}', with the same {name}"
    return ""


def add(text: str, items: Sequence[Mapping[str, Any]]) -> str:
    """The text of data/sources.yml with the items in their places; all other lines stay. The file must be readable."""
    for item in items:
        entry = yaml.safe_dump([dict(item)], sort_keys=False, allow_unicode=True, width=110)
        listed = blocks.split(text, load_yaml(text, library.FILE), "references")
        if listed is None:
            text = f"{re.sub(r'^references:.*', 'references:', text, flags=re.M).rstrip()}\n{entry}"
            continue
        at = next((n for n, block in enumerate(listed.blocks) if block.id > item["id"]), len(listed.blocks))
        before, after = listed.blocks[:at], listed.blocks[at:]
        text = blocks.Listed(listed.before, (*before, blocks.Block(item["id"], entry), *after), listed.after).text()
    return text


def _letters(text: str) -> str:
    """Small letters and digits with hyphens between words, without accents."""
    plain = unicodedata.normalize("NFKD", text.replace("ß", "ss").replace("ł", "l").replace("ø", "o"))
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter)).casefold()
    return re.sub(r"[^a-z0-9]+", "-", re.sub(r"['’]", "", plain)).strip("-")


def _initials(words: Iterable[str]) -> str:
    """Initials of words; one in capitals (NHS) counts whole."""
    chosen = [word for word in words if word.casefold() not in SMALL_WORDS]
    return "".join(_letters(word if word.isupper() and len(word) > 1 else word[:1]) for word in chosen).replace("-", "")


Ask = Callable[[str], str]


def say(one: Found, settings: Mapping[str, str], schemas: Schemas, today: datetime.date, ask: Ask | None) -> list[str]:
    """Put what a person says of a source under `custom`; returns the names of what is missing.

    settings: the variables of `make`; ask: asks on the terminal, None where there is none. Asked again until the
    schema accepts the answer.
    """
    custom = one.item.setdefault("custom", {})
    missing = []
    for name, key in SAID.items():
        rule = _rule(schemas, key)
        right = Draft202012Validator(rule, format_checker=FormatChecker()).is_valid
        given = settings.get(name, "").strip()
        while key not in custom and not given and ask:
            question = f"{name}: {rule['description']}{SEVERAL.get(name, '')}"
            given = ask(f"{one.item.get('title', one.key)}\n  {question}").strip()
            if not right(_value(key, given)) or (key == "read_on" and given > today.isoformat()):
                print(f"'{given}' cannot be used.")
                given = ""
        if given:
            custom.setdefault(key, _value(key, given))
        elif key not in custom:
            missing.append(name)
    order = ("topic", "tier", "et_al", "supports", "read_at", "read_on")
    one.item["custom"] = {key: custom[key] for key in sorted(custom, key=lambda k: order.index(k) if k in order else 9)}
    return missing


def _rule(schemas: Schemas, key: str) -> Mapping[str, Any]:
    return schemas["source"]["properties"]["custom"]["properties"][key]


def _value(key: str, given: str) -> Any:
    return [part.strip() for part in given.split(" | ") if part.strip()] if key == "supports" else given


def _terminal(text: str) -> str:
    return input(f"{text}: ")


def main(settings: Mapping[str, str], root: Path = Path(), ask: Ask | None = None) -> int:
    """Add the sources of the export FILE in `settings`; returns 1 and says why when not all of them can be added."""
    name = settings.get("FILE", "").strip()
    if not name:
        print("Say which export: make cite FILE=export.json (CSL JSON, as from Zotero) or FILE=export.bib (BibTeX).")
        return 1
    try:
        text = Path(name).expanduser().read_bytes().decode("utf-8-sig")
    except OSError:
        print(f"There is no file {name} that can be read. To mend: name its folder too, as in ~/export.json.")
        return 1
    except UnicodeDecodeError as error:
        print(not_utf8(error, name))
        return 1
    there = library.read(root)
    if there.problems:
        print("\n".join(str(problem) for problem in sorted(there.problems)))
        return 1
    found, wrong = read(text, name)
    tell = partial(Problem, name)
    items = dict(there.items)
    for one in found:
        if why := twin(one.item, items):
            wrong.append(tell(one.line, f"{one.key}: {why}", "cite the entry that is there, or leave this one out"))
        elif one.key in there.items:
            what = f"{one.key}: an entry with this id is there"
            wrong.append(tell(one.line, what, "cite it; if this is another work, change its key in the export"))
        one.item["id"] = make_id(one.item, items)
        items[one.item["id"]] = one.item
    shared = [variable for variable in OF_ONE if settings.get(variable)]
    if len(found) > 1 and shared:
        what = f"{' and '.join(shared)} can hold for one source only, and there are {len(found)}"
        it = "them" if len(shared) > 1 else "it"
        wrong.append(tell(1, what, f"export one source at a time, or leave {it} out and answer on the terminal"))
    schemas = load_schemas(root / "data/schema")
    missing: list[str] = []
    if not wrong:
        missing, wrong = _said(found, settings, schemas, ask, tell)
        check = schema.checker(schemas, "source")
        for one in found if not missing else ():
            told = check(one.item, Loaded(lines={(0,): one.line}), name, (0,))
            wrong += [tell(p.line, f"{one.key}: {p.what}", p.mend) for p in told]
    if wrong:
        print("\n".join(str(problem) for problem in sorted(set(wrong))))
        for variable in missing:
            print(f"  {variable}: {_rule(schemas, SAID[variable])['description']}{SEVERAL.get(variable, '')}")
        print("Nothing was added.")
        return 1
    _write(root / library.FILE, [one.item for one in found])
    print(added(found))
    return 0


def _said(
    found: Sequence[Found], settings: Mapping[str, str], schemas: Schemas, ask: Ask | None, tell: Callable[..., Problem]
) -> tuple[list[str], list[Problem]]:
    """(what no source may be without and some are, problems with what a person has to say of each source)."""
    wrong, lacking = [], set()
    for one in found:
        try:
            missing = say(one, settings, schemas, clock.today(), ask)
        except (EOFError, KeyboardInterrupt):
            print()
            missing = list(SAID)
        read_on = str(one.item["custom"].get("read_on", ""))
        lacking |= set(missing)
        if missing:
            what = f"{one.key}: {', '.join(missing)} {'is' if len(missing) == 1 else 'are'} not given"
            example = " ".join(f'{variable}="..."' for variable in missing)
            wrong.append(tell(one.line, what, f"type it behind the command, as in make cite FILE=... {example}"))
        elif DAY.fullmatch(read_on) and read_on > clock.today().isoformat():  # what is no day is told by the schema
            what = f"{one.key}: the day {read_on} lies in the future"
            wrong.append(tell(one.line, what, "write the day on which the source was read"))
    return [name for name in SAID if name in lacking], wrong


def added(found: Sequence[Found]) -> str:
    """What an editor is told once all is written."""
    lines = [f"Added to {library.FILE}:"]
    for one in found:
        lines.append(f"  [^{one.item['id']}]  {one.item['title']}")
        if one.dropped:
            lines.append(f"    left out, because the guide does not use it: {', '.join(one.dropped)}")
    lines.append("Next: write the mark in brackets behind the sentence that the source supports, as it stands above.")
    lines.append("Until a page does so, `make check` says that no page cites the source.")
    return "\n".join(lines)


def _write(path: Path, items: Sequence[Mapping[str, Any]]) -> None:
    """Write the file aside and put it in place, so that it is never half a file."""
    aside = path.with_suffix(".new")
    aside.write_text(add(path.read_text(encoding="utf-8"), items), encoding="utf-8", newline="\n")
    aside.replace(path)


if __name__ == "__main__":
    sys.exit(main(os.environ, ask=_terminal if sys.stdin.isatty() else None))
