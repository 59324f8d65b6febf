"""Writes the guide as a folder and a zip that open without a network or a server: `python tools/offline.py FOLDER`.

Pages are files that link to files. There is no search in it: a browser lets no page read the index from a disk.
The same pages give the same zip, byte for byte.
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
# What no page of it asks for: the theme's scripts, what search needs, the page for wrong addresses.
LEFT_OUT = (
    "*.map",
    "assets/javascripts/*",
    "assets/404.*.js",
    "assets/rest.*.css",
    "assets/search.*.js",
    "404.html",
    "sitemap.xml*",
)
LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the first day that a zip can hold


def kept(folder: Path) -> Iterator[Path]:
    """The files of a built site that its pages can ask for, in order."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and not any(fnmatchcase(name, pattern) for pattern in LEFT_OUT):
            yield path


def pack(folder: Path, target: Path) -> None:
    """Write the files of a folder, under its name, into a zip without times, owners and umask."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in kept(folder):
            entry = zipfile.ZipInfo(f"{folder.name}/{path.relative_to(folder).as_posix()}", LONG_AGO)
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, path.read_bytes(), zipfile.ZIP_DEFLATED)


def main(where: str) -> int:
    """Build the folder and the zip inside of `where`; returns 1 when a check has failed (its words are printed)."""
    folder, target = Path(where) / NAME, Path(where) / f"{NAME}.zip"
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s -  %(message)s")
    shutil.rmtree(folder, ignore_errors=True)
    target.unlink(missing_ok=True)
    try:
        config = load_config("mkdocs.yml", site_dir=str(folder), strict=True, use_directory_urls=False, plugins=[])
        config.plugins.on_startup(command="build", dirty=False)
        build(config)
    except (Abort, ConfigurationError) as error:
        print(error)
        return 1
    for path in set(folder.rglob("*")) - set(kept(folder)):
        if path.is_file():
            path.unlink()
    pack(folder, target)
    print(f"{target}: {target.stat().st_size / 1e6:.1f} MB; open {folder}/index.html")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
