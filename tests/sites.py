"""Building a site in this process, and where the real one is."""

import contextlib
import logging
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort, ConfigurationError

ROOT = Path(__file__).parent.parent
PARTS = ("mkdocs.yml", "docs", "data", "hooks", "overrides")


def copy_project(root: Path) -> None:
    """Copy what the real site is made of into the folder `root`."""
    for name in PARTS:
        source, ignored = ROOT / name, shutil.ignore_patterns("__pycache__")
        shutil.copytree(source, root / name, ignore=ignored) if source.is_dir() else shutil.copy(source, root)


@dataclass
class Built:
    """ok: whether a strict build would exit with 0; lines: what it logged from INFO up; site: where it wrote."""

    ok: bool
    lines: list[str]
    site: Path

    @property
    def problems(self) -> list[str]:
        return [line for line in self.lines if "To mend:" in line and not line.startswith("note: ")]

    @property
    def notes(self) -> list[str]:
        return [line for line in self.lines if line.startswith("note: ")]

    def page(self, address: str) -> str:
        return (self.site / address / "index.html").read_text(encoding="utf-8")


class _Lines(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


@contextlib.contextmanager
def listening() -> Iterator[list[str]]:
    logger, handler = logging.getLogger("mkdocs"), _Lines()
    before = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    try:
        yield handler.lines
    finally:
        logger.removeHandler(handler)
        logger.setLevel(before)


def build_site(root: Path) -> Built:
    """Build the project in `root` with --strict, in this process."""
    site = root / "site"
    with listening() as lines:
        try:
            config = load_config(config_file=str(root / "mkdocs.yml"), site_dir=str(site), strict=True)
            config.plugins.on_startup(command="build", dirty=False)
            build(config)
            ok = True
        except (Abort, ConfigurationError) as error:
            lines.append(str(error))
            ok = False
    return Built(ok, lines, site)
