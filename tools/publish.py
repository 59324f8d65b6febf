"""What is added to a built site before it goes out: its version, the sums of its files, packed copies beside the texts.

The same commit gives the same bytes, whatever the day, folder or machine's settings. tools/build.py calls it.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import subprocess
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import brotli

VERSION, SUMS = "version.json", "SHA256SUMS.txt"
# What gains by packing; pictures, the PDF and the zip are packed already.
TEXTS = {".bib", ".css", ".html", ".js", ".json", ".svg", ".txt", ".xml"}
PACKED = (".br", ".gz")  # Brotli (RFC 7932) and gzip (RFC 1952)


def sums(folder: Path, files: Iterable[Path]) -> str:
    """The SHA-256 sums of the files, named from `folder`, as `sha256sum` writes and checks them, sorted by name."""
    named = {path.relative_to(folder).as_posix(): path for path in files}
    return "".join(f"{hashlib.sha256(named[name].read_bytes()).hexdigest()}  {name}\n" for name in sorted(named))


def version(root: Path) -> dict[str, str | bool | None]:
    """commit: of the project in `root`, None outside of git; changed: whether files of it differ from the commit."""
    top, commit = _git(root, "rev-parse", "--show-toplevel"), _git(root, "rev-parse", "HEAD")
    if not top or not commit or Path(top).resolve() != root.resolve():  # a copy inside of another repository
        return {"commit": None, "changed": False}
    return {"commit": commit, "changed": bool(_git(root, "status", "--porcelain"))}


def _git(root: Path, *arguments: str) -> str:
    # Nothing of the caller's, such as GIT_DIR inside of a git hook, may lead to another repository.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    try:
        done = subprocess.run(["git", *arguments], cwd=root, env=environment, capture_output=True, text=True)
    except OSError:  # no git here
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


def pack(site: Path, cache: Path) -> None:
    """Write X.gz and X.br beside each text X of the site. cache: a folder for those that take long, by content."""
    cache.mkdir(parents=True, exist_ok=True)
    texts = [path for path in sorted(site.rglob("*")) if path.suffix in TEXTS and path.is_file()]
    with ThreadPoolExecutor() as pool:  # both libraries let other threads run
        used = set(pool.map(lambda path: _pack(path, cache), texts))
    for kept in cache.iterdir():
        if kept.name not in used:
            kept.unlink()


def _pack(path: Path, cache: Path) -> str:
    content = path.read_bytes()
    name = hashlib.sha256(content).hexdigest()
    kept = cache / name
    try:
        small = kept.read_bytes()
        if brotli.decompress(small) != content:
            raise brotli.error
    except (OSError, brotli.error):  # new, or half written by a build that was stopped
        small = brotli.compress(content, quality=11)
        kept.write_bytes(small)
    for ending, packed in zip(PACKED, (small, gzip.compress(content, 9, mtime=0)), strict=True):
        if len(packed) < len(content):
            path.with_name(f"{path.name}{ending}").write_bytes(packed)
    return name


def finish(site: Path, root: Path, cache: Path) -> None:
    """Add all of it to the site built from the project in `root`."""
    (site / VERSION).write_text(json.dumps(version(root), indent=2) + "\n", encoding="utf-8")
    files = [path for path in site.rglob("*") if path.is_file() and path.suffix not in PACKED and path.name != SUMS]
    (site / SUMS).write_text(sums(site, files), encoding="utf-8")
    pack(site, cache)
