"""Writes the guide as a folder and a zip that open without a network or a server: `python tools/offline.py FOLDER`.

Pages are files that link to files. A browser lets no page read an index from a disk or start a worker from there, so
that the search has its index as a script and tools/worker.js for a worker. The same pages give the same zip, byte for
byte. Both are made aside and put in place when they are whole.
"""

from __future__ import annotations

import logging
import shutil
import sys
import zipfile
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort, ConfigurationError

NAME = "ketamine-infusion-guide-offline"
WORKER = Path(__file__).with_name("worker.js")
INDEX = "search/search_index"
# What only a server is asked for: the page for wrong addresses, its script, the index as it is on the web.
LEFT_OUT = ("404.html", "assets/404.*.js", "sitemap.xml", f"{INDEX}.json")
LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the first day that a zip can hold


def kept(folder: Path) -> Iterator[Path]:
    """The files of a built site that its pages can ask for, in order."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and not any(fnmatchcase(name, pattern) for pattern in LEFT_OUT):
            yield path


def let_search(folder: Path) -> None:
    """Make the search of a built site work from a disk: its index as a script, and our worker before its own script."""
    index = (folder / f"{INDEX}.json").read_text(encoding="utf-8")
    # The names are the theme's: it asks for this file, and for this variable, from a disk.
    (folder / f"{INDEX}.js").write_text(f"var __index = {index}", encoding="utf-8")
    [script] = folder.glob("assets/search.*.js")
    both = WORKER.read_text(encoding="utf-8") + script.read_text(encoding="utf-8")
    script.write_text(both, encoding="utf-8")


def drop_rest(folder: Path) -> None:
    """Delete what no page asks for."""
    for path in set(folder.rglob("*")) - set(kept(folder)):
        if path.is_file():
            path.unlink()


def pack(folder: Path, target: Path) -> None:
    """Write the files of a folder, under its name, into a zip without times, owners and umask."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in kept(folder):
            entry = zipfile.ZipInfo(f"{folder.name}/{path.relative_to(folder).as_posix()}", LONG_AGO)
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, path.read_bytes(), zipfile.ZIP_DEFLATED)


def swap(fresh: Path, place: Path, old: Path) -> None:
    """Put a whole file or folder where another may be; a folder that was there goes to `old`."""
    if place.is_dir():
        place.rename(old)
    fresh.replace(place)


def main(where: str) -> int:
    """Build the folder and the zip inside of `where`; returns 1 when a check has failed (its words are printed).

    What was there stays until the new is whole.
    """
    aside, old = (Path(where) / f"{NAME}.{name}" for name in ("new", "old"))
    folder, target = aside / NAME, aside / f"{NAME}.zip"
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s -  %(message)s")
    for path in (aside, old):
        shutil.rmtree(path, ignore_errors=True)
        path.mkdir(parents=True)
    try:
        config = load_config("mkdocs.yml", site_dir=str(folder), strict=True, use_directory_urls=False)
        config.extra["offline"] = True  # for templates
        config.plugins.on_startup(command="build", dirty=False)
        build(config)
    except (Abort, ConfigurationError) as error:
        print(error)
        return 1
    let_search(folder)
    drop_rest(folder)
    pack(folder, target)
    for fresh in (folder, target):
        swap(fresh, Path(where) / fresh.name, old / fresh.name)
    for path in (aside, old):
        shutil.rmtree(path)
    made = Path(where) / target.name
    print(f"{made}: {made.stat().st_size / 1e6:.1f} MB; open {made.with_suffix('')}/index.html")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
