"""How a page loads in a real browser: what it fetches, when it paints, and how soon its search answers."""

from __future__ import annotations

import statistics
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from gzip_server import Served
from playwright.sync_api import Browser, Error, Page

PHONE = {"viewport": {"width": 412, "height": 823}, "device_scale_factor": 1.75, "is_mobile": True, "has_touch": True}
# A slow 4G, as is usual for such tests: milliseconds until an answer begins, bits a second.
ROUND_TRIP, DOWN, UP = 150, 1_600_000, 750_000
SLOWER = 4  # times, the processor
SETTLED = 1500  # ms after the last request, for what comes late
LOADS = 3
PATIENCE = 30_000  # ms

WATCH = """
window.bench = {lcp: 0, cls: 0};
new PerformanceObserver(list => { for (const e of list.getEntries()) bench.lcp = e.startTime })
  .observe({type: "largest-contentful-paint", buffered: true});
new PerformanceObserver(list => { for (const e of list.getEntries()) if (!e.hadRecentInput) bench.cls += e.value })
  .observe({type: "layout-shift", buffered: true});
"""
# What the browser waits for before it paints, by its own account; and scripts that stop the parser in the head.
BLOCKING = """() => [
  ...performance.getEntriesByType("resource").filter(e => e.renderBlockingStatus === "blocking").map(e => e.name),
  ...[...document.querySelectorAll("head script[src]")]
    .filter(s => !s.async && !s.defer && s.type !== "module").map(s => s.src),
]"""
ICONS = """() => [...document.querySelectorAll("link[rel~=icon]")].map(link => link.href)"""
TIMES = """() => ({...bench, fcp: performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0})"""
# From the last change of the field to the first change of the results after it, in milliseconds.
ANSWER = """word => new Promise((found, failed) => {
  const field = document.querySelector('input[data-md-component="search-query"]')
  let typed = 0
  field.addEventListener("input", () => { if (field.value === word) typed = performance.now() })
  const item = ".md-search-result__item"
  const shown = ({target, addedNodes}) => target.closest?.(".md-search-result__list")
    || [...addedNodes].some(node => node.matches?.(item) || node.querySelector?.(item))
  const watcher = new MutationObserver(changes => {
    if (typed && changes.some(shown) && document.querySelector(item)) {
      watcher.disconnect()
      found(performance.now() - typed)
    }
  })
  watcher.observe(document.body, {childList: true, subtree: true})
  setTimeout(() => failed(new Error("no answer")), 30000)
})"""


@dataclass(frozen=True)
class Weight:
    """A first load, the icon left out. requests; total: bytes, gzip -9; before_paint: of them, before the first paint."""

    requests: int
    total: int
    before_paint: int


@dataclass(frozen=True)
class Speed:
    """Medians of some loads. fcp, lcp: ms to the first and to the largest paint; cls: layout shift, the worst load."""

    fcp: float
    lcp: float
    cls: float


def weight(
    log: Sequence[tuple[str, int, int]], address: str, blocking: Collection[str], icons: Collection[str]
) -> Weight:
    """What was sent for a page. log: (path, status, bytes) of each answer; address: the page's own.

    blocking: addresses of what is waited for before the first paint; icons: of the icons. /favicon.ico counts as one.
    """
    left = {urlsplit(icon).path for icon in icons} | {"/favicon.ico"}
    first = {urlsplit(urljoin(address, other)).path for other in (address, *blocking)}
    sent = [(path, size) for path, _, size in log if path not in left]
    return Weight(len(sent), sum(size for _, size in sent), sum(size for path, size in sent if path in first))


@contextmanager
def _phone(browser: Browser, slow: bool) -> Iterator[Page]:
    # Nothing in the cache: each context has its own, and it is off besides.
    context = browser.new_context(**PHONE)
    try:
        page = context.new_page()
        page.add_init_script(WATCH)
        devtools = context.new_cdp_session(page)
        devtools.send("Network.enable")
        devtools.send("Network.setCacheDisabled", {"cacheDisabled": True})
        if slow:
            line = {"latency": ROUND_TRIP, "downloadThroughput": DOWN / 8, "uploadThroughput": UP / 8, "offline": False}
            devtools.send("Network.emulateNetworkConditions", line)
            devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        yield page
    finally:
        context.close()


def _open(page: Page, address: str) -> None:
    page.goto(address, wait_until="networkidle", timeout=PATIENCE)
    page.wait_for_timeout(SETTLED)


def weigh(browser: Browser, served: Served, path: str) -> Weight:
    """What the first load of a page fetches; `path` from the site's root."""
    with _phone(browser, slow=False) as page:
        served.log.clear()
        _open(page, served.url + path)
        return weight(list(served.log), served.url + path, page.evaluate(BLOCKING), page.evaluate(ICONS))


def time(browser: Browser, address: str, loads: int = LOADS) -> Speed:
    """How soon a page paints on a slow phone."""
    found = []
    for _ in range(loads):
        with _phone(browser, slow=True) as page:
            _open(page, address)
            found.append(page.evaluate(TIMES))
    fcp, lcp = (statistics.median(load[key] for load in found) for key in ("fcp", "lcp"))
    return Speed(fcp, lcp, max(load["cls"] for load in found))


def search(browser: Browser, address: str, words: Sequence[str], loads: int = LOADS) -> list[float] | None:
    """ms from the last key typed to the first result, for each of `words` one after the other on the same slow phone.

    The median of some visits; None where there is no search, or it did not answer.
    """
    visits = []
    for _ in range(loads):
        with _phone(browser, slow=True) as page:
            _open(page, address)
            try:
                visits.append([_answer(page, word) for word in words])
            except Error:
                return None
    return [statistics.median(times) for times in zip(*visits, strict=True)]


def _answer(page: Page, word: str) -> float:
    field = page.locator('input[data-md-component="search-query"]')
    page.keyboard.press("/")
    field.wait_for(state="visible", timeout=PATIENCE)
    field.focus()
    page.evaluate(f"window.benchAnswer = ({ANSWER})({word!r}); null")
    page.keyboard.press("Control+A")
    page.keyboard.type(word, delay=60)
    answer = page.evaluate("window.benchAnswer")
    page.wait_for_timeout(SETTLED)
    page.keyboard.press("Escape")
    page.wait_for_timeout(SETTLED / 3)
    return answer
