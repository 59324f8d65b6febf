"""What a first visit costs: requests and bytes (gzip -9, bodies only), as a browser really asks for them."""

import gzip
import statistics
from urllib.parse import urlsplit

import pytest
from browser_states import addresses

pytestmark = pytest.mark.browser
PAGES = [path for path in addresses() if path.split("/")[0] in ("conditions", "treatment", "safety")]
LONG = ["glossary/", "evidence/references/", "evidence/references-practice/", "evidence/claim-check/", "a-to-z/"]
KB = 1000


def first_load(visit, served, path):
    """(names of what was asked for besides the icon, bytes in all, bytes before the first paint, layout shift)."""
    with visit(path, width=412) as seen:
        page = seen.page
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(200)
        names = [urlsplit(url).path.lstrip("/") for url in seen.requests if not url.startswith("data:")]
        names = [name for name in names if not name.endswith("favicon.svg")]
        blocking = page.evaluate(
            """() => performance.getEntriesByType("resource")
                .filter(entry => entry.renderBlockingStatus === "blocking").map(entry => new URL(entry.name).pathname)"""
        )
        shift = page.evaluate(
            """() => new Promise(done => {
                let sum = 0
                new PerformanceObserver(list => list.getEntries().forEach(entry => (sum += entry.value)))
                    .observe({type: "layout-shift", buffered: true})
                setTimeout(() => done(sum), 50)
            })"""
        )
        stored = page.evaluate("[localStorage.length, sessionStorage.length, document.cookie.length]")
        assert stored == [0, 0, 0] and seen.errors == []

    def weigh(name):
        file = served / name
        return len(gzip.compress((file / "index.html" if file.is_dir() else file).read_bytes(), 9))

    early = [name for name in names if name == path or f"/{name}" in blocking]
    return names, sum(map(weigh, names)), sum(map(weigh, early)), shift


def test_pages_with_figures_and_notes_are_light(visit, served):
    loads = {path: first_load(visit, served, path) for path in PAGES}
    assert {path: names for path, (names, *_) in loads.items() if len(names) > 3} == {}
    assert {path: shift for path, (*_, shift) in loads.items() if shift} == {}
    total = {path: total for path, (_, total, _, _) in loads.items()}
    assert max(total.values()) <= 30 * KB, total
    assert statistics.median(total.values()) <= 20 * KB, total
    # Of the HTML, three quarters are the words of the text and of its sources, and all of it counts as early.
    early = {path: early for path, (_, _, early, _) in loads.items()}
    assert max(early.values()) <= 24 * KB and statistics.median(early.values()) <= 19 * KB, early


@pytest.mark.parametrize("path", LONG)
def test_the_long_lists(visit, served, path):
    names, total, _, shift = first_load(visit, served, path)
    assert len(names) <= 3 and total <= 45 * KB and not shift
