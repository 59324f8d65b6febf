"""Makes docs/assets/card.png from tools/card.svg: `python tools/card.py`, with a browser (CHROMIUM or one found here).

The picture is committed, because a build draws nothing and fonts differ between machines.
"""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

import browser

SOURCE, TARGET, SIZE = Path("tools/card.svg"), Path("docs/assets/card.png"), (1200, 630)


def main() -> int:
    """Draw the picture. Returns 1 where there is no browser."""
    from PIL import Image
    from playwright.sync_api import sync_playwright

    path = os.environ.get("CHROMIUM") or browser.there()
    if not path:
        print("There is no Chromium or Chrome here; `make test` gets one.")
        return 1
    with sync_playwright() as playwright:
        program = playwright.chromium.launch(executable_path=path, args=browser.ARGUMENTS)
        page = program.new_page(viewport={"width": SIZE[0], "height": SIZE[1]})
        page.set_content(f"<style>body{{margin:0}}svg{{display:block}}</style>{SOURCE.read_text(encoding='utf-8')}")
        drawn = page.screenshot()
        program.close()
    # A few flat colors: a palette makes a third of the bytes.
    Image.open(io.BytesIO(drawn)).convert("RGB").quantize(64, dither=Image.Dither.NONE).save(TARGET, optimize=True)
    print(f"{TARGET}: {TARGET.stat().st_size / 1000:.0f} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
