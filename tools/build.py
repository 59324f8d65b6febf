"""Builds the site aside and puts it in place only when every check has passed: `site/` is never half a site."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

ASIDE = Path(".build")


def main(target: str | None) -> int:
    """Build with --strict; with a `target` folder swap the result in. Returns the exit code of the build.

    Never -q or -v with --strict: MkDocs then lets warnings pass.
    """
    fresh, old = ASIDE / "fresh", ASIDE / "old"
    for folder in (fresh, old):
        shutil.rmtree(folder, ignore_errors=True)
    code = subprocess.run([sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(fresh)]).returncode
    if code == 0 and target:
        site = Path(target)
        if site.exists():
            site.rename(old)
        fresh.rename(site)
        shutil.rmtree(old, ignore_errors=True)
        print(f"The site is in {site}/.")
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else None))
