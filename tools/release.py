"""Makes everything that is published: the site, the handbook, the offline copy and their sums, in `site/`.

The files are made from a site that does not offer them yet; then the site is built once more, with them.
"""

from __future__ import annotations

import os
import shutil
import sys

import build
import handbook
import offline
import publish

MADE = build.ASIDE / "downloads"
HANDBOOK = "ketamine-infusion-guide.pdf"
SUMS = "SHA256SUMS"


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
    (MADE / SUMS).write_text(publish.sums(MADE, list(MADE.iterdir())), encoding="utf-8")
    os.environ["DOWNLOADS"] = str(MADE.resolve())
    return build.main("site")


if __name__ == "__main__":
    sys.exit(main())
