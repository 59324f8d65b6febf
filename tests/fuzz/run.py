"""Builds inputs in batches, many pages a build, in this process, and says what went wrong."""

from __future__ import annotations

import random
import re
import shutil
import signal
import time
import traceback
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from unittest import mock

from mkdocs.commands import build as building
from mkdocs.config import load_config
from mkdocs.exceptions import Abort, ConfigurationError
from sites import ROOT, listening

from fuzz import inputs, strict

LONGEST = 5.0  # seconds of the processor for a page, so that a busy machine finds nothing of its own
TOLD = re.compile(r"^(?:note: )?[^:\n]+:\d+: .+ To mend: [^\n]+\.$")
SAID = re.compile(r"Cleaning|Building documentation|Template skipped|Documentation built|^note: |^$")
DATA = ("claims", "crisis-lines", "dated", "search", "self-assessment", "sources", "studies", "when-to-call")


@dataclass
class Batch:
    """What one build came to. wrong: findings; slowest: seconds and name of the page that took longest."""

    pages: int = 0
    seconds: float = 0
    problems: int = 0
    slowest: tuple[float, str] = (0.0, "")
    wrong: list[str] = field(default_factory=list)


class Hang(BaseException):
    """Raised from the clock: not an Exception, so that nothing of ours catches it."""


def project(root: Path) -> None:
    """What all batches share: hooks, templates, assets, and data files small enough for many builds."""
    for name in ("data", "hooks", "overrides"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    sources = (ROOT / "data/sources.yml").read_text(encoding="utf-8")
    (root / "data/sources.yml").write_text("\n- ".join(re.split(r"\n- ", sources)[:13]) + "\n", encoding="utf-8")
    for name, key in (("claims", "claims"), ("studies", "studies")):
        text = (ROOT / f"data/{name}.yml").read_text(encoding="utf-8")
        first, _, rest = text.partition(f"\n{key}:\n")
        items = re.split(r"\n(?= *- id:)", rest)[:8]
        (root / f"data/{name}.yml").write_text(f"{first}\n{key}:\n" + "\n".join(items) + "\n", encoding="utf-8")


def batch(root: Path, first: int, count: int) -> Batch:
    """Build the inputs `first` to `first + count - 1` in the project `root`."""
    result = Batch(pages=count)
    rng = random.Random(f"batch {first}")
    docs = root / "docs"
    shutil.rmtree(docs, ignore_errors=True)
    shutil.copytree(ROOT / "docs/assets", docs / "assets")
    for at in range(first, first + count):
        (docs / f"p{at}.md").write_bytes(inputs.page(at))
    for name in rng.sample(inputs.NAMES, 4):
        path = docs / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"<script>alert(1)</script>" if not name.endswith(".md") else inputs.page(first))
    for at in range(first, first + 2):
        (docs / f"assets/diagrams/d{at}.svg").write_text(inputs.drawing(at), encoding="utf-8")
        with (docs / f"p{at}.md").open("ab") as file:
            file.write(f"\n\n![A](assets/diagrams/d{at}.svg)\n".encode())
    saved = {name: (root / f"data/{name}.yml").read_text(encoding="utf-8") for name in DATA}
    for name in rng.sample(DATA, rng.choice((0, 0, 1, 2))):
        (root / f"data/{name}.yml").write_text(inputs.data(saved[name], first), encoding="utf-8", errors="replace")
    nav = "".join(f"  - p{at}.md\n" for at in range(first, first + count, 2))
    config = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    before, _, rest = config.partition("\nnav:\n")
    (root / "mkdocs.yml").write_text(f"{before}\nnav:\n{nav}\n{rest.partition(chr(10) * 2)[2]}", encoding="utf-8")
    start = time.process_time()
    try:
        _build(root, result)
    finally:
        for name, text in saved.items():
            (root / f"data/{name}.yml").write_text(text, encoding="utf-8")
    result.seconds = time.process_time() - start
    return result


def _build(root: Path, result: Batch) -> None:
    shutil.rmtree(root / "site", ignore_errors=True)
    with listening() as lines, _timed(result):
        try:
            config = load_config(config_file=str(root / "mkdocs.yml"), site_dir=str(root / "site"))
            config.plugins.on_startup(command="build", dirty=False)
            building.build(config)
        except (Abort, ConfigurationError) as error:
            lines.append(str(error))
            if not all(TOLD.match(line) for line in str(error).split("\n")):
                result.wrong.append(f"broke off: {error}")
        except (Exception, Hang):
            result.wrong.append(traceback.format_exc(limit=-6))
            return
    result.problems = sum("To mend:" in line for line in lines)
    result.wrong += [
        f"not told in words: {line[:300]}" for line in lines if not TOLD.match(line) and not SAID.search(line)
    ]
    result.wrong += strict.site(root / "site", known(root))


_known: set[str] = set()


def known(root: Path) -> set[str]:
    """What stands around the text of the guide's own pages, and of those here: kinds of page differ."""
    if not _known:
        raise RuntimeError("learn() first")
    return _known


def learn(root: Path) -> None:
    """Build a few harmless pages to see what the templates make."""
    docs = root / "docs"
    shutil.rmtree(docs, ignore_errors=True)
    shutil.copytree(ROOT / "docs/assets", docs / "assets")
    head = "---\ntitle: Page {n}\ndescription: A page that exists only while this test runs, and no longer.\nkind: {kind}\n"
    head += "reviewed: 2026-11-20\nreview_every: 12 months\nclinical_review: none\n---\n"
    kinds = ["about", "safety", "treatment", "evidence", "condition", "home", "glossary", "faq", "decision", "sheet"]
    for n, kind in enumerate(kinds):
        links = "".join(f"[Page {m}](q{m}.md) " for m in range(len(kinds)))
        aid = '<div id="values-result" class="values-result" role="status"></div>' if n == 3 else ""
        (docs / f"q{n}.md").write_text(head.format(n=n, kind=kind) + f"## A\n\n{links}\n\n## B\n\n## C\n\n{aid}\n")
    nav = (
        "  - index.md\n  - Part:\n"
        + "".join(f"      - q{n}.md\n" for n in range(5))
        + "".join(f"  - q{n}.md\n" for n in range(5, 10))
    )
    (docs / "index.md").write_text(head.format(n=99, kind="home") + links)
    config = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    before, _, rest = config.partition("\nnav:\n")
    (root / "mkdocs.yml").write_text(f"{before}\nnav:\n{nav}\n{rest.partition(chr(10) * 2)[2]}", encoding="utf-8")
    with listening():
        config = load_config(config_file=str(root / "mkdocs.yml"), site_dir=str(root / "site"))
        config.plugins.on_startup(command="build", dirty=False)
        building.build(config)
    for path in (root / "site").rglob("*.html"):
        _known.update(strict.frame(path.read_text(encoding="utf-8")))


class _timed:
    """Times each page, in reading and in writing, and stops what takes too long."""

    def __init__(self, result: Batch) -> None:
        self.result = result
        self.patches = [
            mock.patch.object(building, name, self.wrap(name)) for name in ("_populate_page", "_build_page")
        ]

    def wrap(self, name: str):
        original = getattr(building, name)

        def timed(page, *args, **kwargs):
            start = time.process_time()
            self.alarm(LONGEST, page.file.src_uri)
            try:
                return original(page, *args, **kwargs)
            finally:
                self.alarm(60, "the build")  # what hooks do with all pages
                seconds = time.process_time() - start
                self.result.slowest = max(self.result.slowest, (seconds, page.file.src_uri))

        return timed

    def alarm(self, seconds: float, name: str) -> None:
        if not hasattr(signal, "SIGPROF"):
            return

        def ring(*_):
            raise Hang(f"{name} took longer than {seconds} seconds")

        signal.signal(signal.SIGPROF, ring)
        signal.setitimer(signal.ITIMER_PROF, seconds)

    def __enter__(self) -> None:
        self.alarm(60, "the build")
        for patch in self.patches:
            patch.start()

    def __exit__(self, *_) -> None:
        for patch in self.patches:
            patch.stop()
        if hasattr(signal, "SIGPROF"):
            signal.setitimer(signal.ITIMER_PROF, 0)


def run(root: Path, count: int, size: int, first: int = 0) -> Iterator[Batch]:
    """The batches of `count` inputs, `size` pages a build."""
    if not (root / "hooks").exists():
        project(root)
    if not _known:
        learn(root)
    for at in range(first, first + count, size):
        yield batch(root, at, min(size, first + count - at))
