"""Measures three sites of the same pages in one run and writes the tables to tests/bench/results.md.

plain: the theme as it comes, on our Markdown; ours: as built; floor: the same words as bare HTML. Nothing is asserted:
times depend on the machine and on what else it does. --quick leaves out ten times the pages, and the file as it is.
"""

from __future__ import annotations

import datetime
import importlib.metadata
import os
import platform
import sys
import tempfile
from pathlib import Path

import browser as finder
from gzip_server import serving
from playwright.sync_api import Browser, sync_playwright

from bench import building, floor, loading, tables

ROOT = Path(__file__).parents[2]
RESULTS = Path(__file__).parent / "results.md"
PAGES = (
    "conditions/treatment-resistant-depression/",
    "treatment/the-session/",
    "safety/side-effects/",
    "conditions/ptsd/",
    "glossary/",
)
SEARCHED = ("bladder", "nausea")
HOW_LOADED = f"""Each page on a screen of 412 pixels, nothing cached, the icon left out.
Bytes: of the bodies, `gzip -9`, kB of 1000.
Before the first paint: the HTML, what the browser says that it waited for, and scripts that stop the parser in the head.
Times: the median of {loading.LOADS} loads with the processor slowed {loading.SLOWER} times, {loading.ROUND_TRIP} ms until each answer begins, and {loading.DOWN / 1e6:g} Mbit/s; CLS: the worst of them."""
HOW_SEARCHED = f"""On the same slow phone, once `/{PAGES[0]}` has loaded: "/" is pressed and a word typed, then once more with another word.
The time runs from the last key to the first result after it."""
HOW_BUILT = """Each build is a process of its own. Cold: in a fresh copy without anything kept; warm: the second time.
Seconds on the clock, and those of the processor, which depend less on what else the machine did.
The larger site has copies of the ordinary pages, all checks passed."""
HOW_SERVED = "From saving a changed page until `make serve` answers with the change."


def say(words: str) -> None:
    """Tell on the error output what is being done."""
    print(f"bench: {words} ...", file=sys.stderr, flush=True)


def measured(chromium: Browser, sites: dict[str, Path]) -> tuple[tables.Loads, dict[str, list[float] | None]]:
    """(what each page weighs and how soon it paints on each site, how soon each site's search answers)."""
    loads: dict[str, dict] = {page: {} for page in PAGES}
    searches = {}
    for name, folder in sites.items():
        say(f"loading {len(PAGES)} pages of {name}")
        with serving(folder) as served:
            for page in PAGES:
                weight = loading.weigh(chromium, served, page)
                loads[page][name] = (weight, loading.time(chromium, served.url + page))
            if name != "floor":
                searches[name] = loading.search(chromium, served.url + PAGES[0], SEARCHED)
    return loads, searches


def facts(chromium: str) -> dict[str, str]:
    """What a reader needs to judge the times; nothing that names the machine."""
    cpu = Path("/proc/cpuinfo")
    lines = cpu.read_text().splitlines() if cpu.exists() else []
    model = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")
    versions = {name: importlib.metadata.version(name) for name in ("mkdocs", "mkdocs-material")}
    return {
        "Day": datetime.date.today().isoformat(),
        "Machine": f"{os.cpu_count()} cores, {model or platform.machine()}; other programs may have run beside",
        "Versions": f"Python {platform.python_version()}, MkDocs {versions['mkdocs']}, "
        f"Material {versions['mkdocs-material']}, Chromium {chromium}",
    }


def main(quick: bool) -> int:
    """Measure, print and write; returns the exit code."""
    path = os.environ.get("CHROMIUM") or finder.there()
    if not path:
        print(f"The bench needs a browser. To mend, type: {finder.command()}")
        return 1
    with tempfile.TemporaryDirectory() as temporary:
        work = Path(temporary)
        small = work / "small"
        built = [building.builds(ROOT, small, 1, say)]
        floor.write(small / "site", PAGES, work / "floor")
        sites = {"plain": small / "plain-site", "ours": small / "site", "floor": work / "floor"}
        with sync_playwright() as playwright:
            chromium = playwright.chromium.launch(executable_path=path, args=finder.ARGUMENTS)
            version = chromium.version
            loads, searches = measured(chromium, sites)
            chromium.close()
        say("saving a page under make serve")
        served = building.saved_to_served(small)
        if not quick:
            built.append(building.builds(ROOT, work / "large", 10, say))
    sections = {
        "Loading": (HOW_LOADED, tables.loads(loads)),
        "The first search answer": (HOW_SEARCHED, tables.searches(searches)),
        "Building": (HOW_BUILT, tables.builds(built)),
        "Serving": (HOW_SERVED, f"{served:.1f} seconds with {built[0].pages} pages."),
    }
    text = tables.report(facts(version), sections)
    print(text)
    if not quick:
        RESULTS.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main("--quick" in sys.argv[1:]))
