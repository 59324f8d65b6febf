"""What would be lost if ProperDocs built this site instead of MkDocs: `make exit-check`.

ProperDocs is a fork of MkDocs 1.6.1. It lives in an environment of its own, .build/exit, without MkDocs: there its
stand-in answers for the name `mkdocs`. The same tree is built with both, and once more with mistakes in a page; pages,
ids, words and what editors are told are compared. .github/HOSTING.md says what this is for.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

WHERE = Path(".build/exit-check")
PARTS = ("mkdocs.yml", "docs", "data", "hooks", "overrides")
MISTAKES = "\nA [page](nowhere.md), a [heading](glossary.md#no-such), a [path](/abs/) and a source.[^nobody1999]\n"


@dataclass(frozen=True)
class Seen:
    """A page as readers meet it: its ids in order, and the words of its main part."""

    ids: tuple[str, ...]
    words: tuple[str, ...]


def seen(html: str) -> Seen:
    """Read a built page."""
    page = LexborHTMLParser(html)
    main = page.css_first("main") or page.body
    text = main.text(separator=" ") if main else ""
    return Seen(tuple(node.id for node in page.css("[id]")), tuple(text.split()))


def lost(before: Mapping[str, Seen], after: Mapping[str, Seen]) -> list[tuple[str, str]]:
    """What a reader would lose or find changed, as (page, what). Both: path -> page. Empty when nothing."""
    found = [(name, "the page") for name in sorted(before.keys() - after.keys())]
    found += [(name, "a page more than before") for name in sorted(after.keys() - before.keys())]
    for name in sorted(before.keys() & after.keys()):
        old, new = before[name], after[name]
        if gone := [key for key in old.ids if key not in new.ids]:
            found.append((name, f"{len(gone)} ids, such as {gone[0]}"))
        elif old.ids != new.ids:
            found.append((name, "the order or number of its ids"))
        if old.words != new.words:
            shorter = min(len(old.words), len(new.words))
            at = next((n for n in range(shorter) if old.words[n] != new.words[n]), shorter)
            found.append((name, f"words, from '{' '.join(old.words[at : at + 6])}'"))
    return found


def told(output: str) -> list[str]:
    """The warnings and errors in what a build printed, sorted."""
    return sorted(re.findall(r"^(?:WARNING|ERROR) +- +(.*)$", re.sub(r"\x1b\[[\d;]*m", "", output), re.M))


def table(rows: Iterable[tuple[str, str]]) -> str:
    """The rows as a table of two columns, or one line when there are none."""
    rows = list(rows)
    if not rows:
        return "Nothing would be lost."
    wide = max(len(name) for name, _ in rows)
    return "\n".join(f"{name:<{wide}}  {what}" for name, what in [("Where", "What would be lost"), *rows])


def read(site: Path) -> dict[str, Seen]:
    """Every page of a built site."""
    pages = sorted(site.rglob("*.html"))
    return {path.relative_to(site).as_posix(): seen(path.read_text(encoding="utf-8")) for path in pages}


def _build(python: str, program: str, root: Path, site: Path) -> tuple[int, str]:
    command = [python, "-m", program, "build", "--strict", "-f", str(root / "mkdocs.yml"), "--site-dir", str(site)]
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "GITHUB_ACTIONS": ""})
    return done.returncode, done.stdout + done.stderr


def main(folder: str) -> int:
    """Compare; folder: the environment of ProperDocs. Returns 1 on any difference, or when a build fails."""
    # The theme asks for MkDocs, so it was installed too; gone, it cannot answer in ProperDocs' place.
    gone = [environment_python(folder), "-m", "pip", "uninstall", "-q", "-y", "mkdocs"]
    if subprocess.run(gone, capture_output=True).returncode:
        print(f"There is no environment in {folder}; `make exit-check` makes it.")
        return 1
    shutil.rmtree(WHERE, ignore_errors=True)
    broken = (WHERE / "broken").absolute()
    for name in PARTS:
        ignored = shutil.ignore_patterns("__pycache__")
        copy = broken / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(name, copy, ignore=ignored) if Path(name).is_dir() else shutil.copy(name, copy)
    with (broken / "docs/a-to-z.md").open("a", encoding="utf-8") as page:
        page.write(MISTAKES)
    programs = {"mkdocs": sys.executable, "properdocs": environment_python(folder)}
    sites, messages = {}, {}
    for program, python in programs.items():
        site = (WHERE / program).absolute()
        code, output = _build(python, program, Path.cwd(), site)
        if code:
            print(f"{program} does not build the site:\n{output}")
            return 1
        sites[program] = read(site)
        code, output = _build(python, program, broken, (WHERE / "none").absolute())
        messages[program] = told(output) if code else ["a page with mistakes is let through"]
    rows = lost(sites["mkdocs"], sites["properdocs"])
    rows += [("what editors are told", text) for text in messages["mkdocs"] if text not in messages["properdocs"]]
    ids = sum(len(page.ids) for page in sites["mkdocs"].values())
    print(f"MkDocs: {len(sites['mkdocs'])} pages, {ids} ids, {len(messages['mkdocs'])} mistakes told.")
    print(table(rows))
    return bool(rows)


def environment_python(folder: str) -> str:
    """The Python of an environment."""
    return os.path.join(folder, "Scripts" if os.name == "nt" else "bin", "python")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
