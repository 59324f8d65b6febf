"""Makes everything that is published: the site, the handbook, the offline copy and their sums, in `site/`.

The files are made from a site that does not offer them yet; then the site is built once more, with them.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
from pathlib import Path

import build
import handbook
import offline

MADE = build.ASIDE / "downloads"
HANDBOOK = "ketamine-infusion-guide.pdf"
SUMS = "SHA256SUMS"


def sums(folder: Path) -> str:
    """The SHA-256 sums of the files in a folder, as `sha256sum` writes and checks them, sorted by name."""
    files = [path for path in sorted(folder.iterdir()) if path.is_file() and path.name != SUMS]
    return "".join(f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in files)


def main() -> int:
    """Make the release; returns the exit code of the first step that fails, and leaves the last good site then."""
    os.environ.pop("DOWNLOADS", None)
    shutil.rmtree(MADE, ignore_errors=True)
    MADE.mkdir(parents=True)
    aside = build.ASIDE / "offline"
    aside.mkdir(parents=True, exist_ok=True)
    first = build.ASIDE / "first"
    code = build.main(str(first)) or handbook.main([str(first), str(MADE / HANDBOOK)]) or offline.main(str(aside))
    if code:
        return code
    shutil.copy(aside / f"{offline.NAME}.zip", MADE)
    (MADE / SUMS).write_text(sums(MADE), encoding="utf-8")
    os.environ["DOWNLOADS"] = str(MADE.resolve())
    return build.main("site")


if __name__ == "__main__":
    sys.exit(main())
