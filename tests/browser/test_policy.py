"""The policy at work in a real Chromium: from nginx as a header, from python -m http.server as each page's own.

Whatever a reader does breaks none of it, asks no other host and leaves nothing behind.
"""

import contextlib
import http.server
import threading
from dataclasses import dataclass, field
from urllib.parse import urljoin

import hosting
import hosts
import pytest
from browser_states import kinds
from playwright.sync_api import Page

pytestmark = pytest.mark.browser

# Told at once by the browser to the test, so that nothing is lost when the page is left.
LISTEN = """addEventListener("securitypolicyviolation", event =>
    told(`${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile || ""}`))"""
STORED = """async () => [
    document.cookie,
    localStorage.length,
    sessionStorage.length,
    (await indexedDB.databases()).length,
    (await caches.keys()).length,
    (await navigator.serviceWorker.getRegistrations()).length,
    navigator.serviceWorker.controller
]"""
NOTHING = ["", 0, 0, 0, 0, 0, None]
KINDS = kinds()
# What nginx says in a header, and the page alone.
WAYS = ["header", "meta"]


@dataclass
class Watched:
    """A page under the policy. violations: of it; errors: on the console; requests: addresses asked for."""

    page: Page
    host: hosts.Host
    violations: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def settle(self) -> None:
        """Let what was started come to an end, so that it is heard."""
        self.page.wait_for_load_state("networkidle")
        self.hear()

    def hear(self) -> None:
        """Let the browser tell what it has noted."""
        self.page.evaluate("new Promise(done => requestAnimationFrame(() => setTimeout(done, 50)))")


@pytest.fixture(scope="module")
def ways(published):
    """The two ways in which a reader gets the policy: nginx under a sub-path, and a host that sets no headers; and root."""
    if not hosts.nginx_there():
        pytest.skip("no nginx here; `make test` gets one")
    under, plain, root = hosts.nginx(published, "/a/b/"), hosts.plain(published), hosts.nginx(published)
    with under as header, plain as meta, root as root:
        yield {"header": header, "meta": meta, "root": root}


@pytest.fixture
def watch(ways, chromium):
    """Opens a page under the policy and notes what happens; the context is a fresh one."""

    @contextlib.contextmanager
    def opened(way: str, path: str, status: int = 200):
        context = chromium.new_context(viewport={"width": 412, "height": 900}, reduced_motion="reduce")
        seen = Watched(context.new_page(), ways[way])
        context.expose_function("told", lambda what: seen.violations.append(what))
        context.add_init_script(LISTEN)
        context.on("request", lambda request: seen.requests.append(request.url))
        context.on("console", lambda message: message.type == "error" and seen.errors.append(message.text))
        context.on("weberror", lambda error: seen.errors.append(str(error.error)))
        try:
            answer = seen.page.goto(seen.host.url + path)
            assert answer.status == status
            assert ("content-security-policy" in answer.headers) == (way != "meta")
            yield seen
        finally:
            context.close()

    return opened


def clean(seen: Watched) -> None:
    """Nothing was against the policy, nothing went to another host, nothing is kept."""
    seen.settle()
    assert seen.violations == [] and seen.errors == []
    assert [address for address in seen.requests if not address.startswith(seen.host.url)] == []
    assert seen.page.evaluate(STORED) == NOTHING
    assert seen.page.context.cookies() == []
    assert seen.page.context.service_workers == []


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("path", KINDS.values(), ids=KINDS)
def test_one_page_of_each_kind_through_all_that_a_reader_does(watch, way, path):
    with watch(way, path) as seen:
        page = seen.page
        # The menu.
        page.get_by_role("button", name="Menu", exact=True).click()
        assert page.locator("#menu").is_visible()
        page.get_by_role("button", name="Close").first.click()
        # A note of the glossary, by keyboard and by mouse.
        terms = page.locator("article a.term")
        assert terms.count() or path != KINDS["condition"]
        if terms.count():
            term = terms.first
            term.focus()
            assert page.locator(f"#{term.get_attribute('aria-describedby')}").is_visible()
            term.hover()
            page.keyboard.press("Escape")
        # Boxes that open.
        for summary in page.locator("summary").all()[:5]:
            if summary.is_visible():
                summary.click()
        # The decision aid, and boxes to tick.
        for row in page.locator("table tr:has(.choice)").all()[:3]:
            row.locator("input").last.check()
        if path == "decide/":
            assert page.locator("#values-result li").count() == 3
        # Paper.
        page.emulate_media(media="print")
        assert page.pdf().startswith(b"%PDF")
        page.emulate_media(media="screen")
        # The search, from its first opening to a result that is followed.
        page.evaluate("scrollTo(0, 0)")
        page.get_by_role("button", name="Search", exact=True).click()
        page.keyboard.type("bladder", delay=20)
        result = page.locator(".md-search-result__link").first
        result.wait_for(state="visible")
        asked = {address.removeprefix(seen.host.url) for address in seen.requests}
        assert {"search/search_index.json"} < asked and any("workers/search." in address for address in asked)
        target = urljoin(page.url, result.get_attribute("href"))
        result.click()
        page.wait_for_url(lambda url: url.split("#")[0].split("?")[0] == target.split("#")[0].split("?")[0])
        clean(seen)


@pytest.mark.parametrize("wrong", ["x", "x/y/", "faq/x/z", "x/y/z/w", "assets/"])
@pytest.mark.parametrize("way", ["header", "root"])
def test_the_page_for_wrong_addresses(watch, way, wrong):
    with watch(way, wrong, status=404) as seen:
        page, host = seen.page, seen.host
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(251, 248, 242)"
        # Every link into the site, and the icon, begin where the site begins.
        led = page.evaluate("[...document.querySelectorAll('a, link[rel=icon]')].map(e => e.href)")
        inside = {address.split("#")[0] for address in led if address.startswith("http://")} - {page.url}
        assert f"{host.url}assets/favicon.svg" in inside and len(inside) > 10
        for address in inside:
            assert address.startswith(host.url)
            assert hosts.ask(host, "/" + address.split("/", 3)[3]).status == 200, address
        page.get_by_role("link", name="A to Z").last.click()
        page.wait_for_url(f"{host.url}a-to-z/")
        assert page.locator("h1").text_content().strip() == "A to Z"
        # It asks for its sheet and script at four heights, of which some lie above the site: the console tells those.
        assert seen.violations == [] and all("404" in error or "MIME type" in error for error in seen.errors)
        assert [address for address in seen.requests if not address.startswith(urljoin(host.url, "/"))] == []
        assert page.evaluate(STORED) == NOTHING


# What an attacker, or a careless change, would put into a page: the kind of the violation that must be told.
AGAINST = {
    "script-src-elem": "document.head.append(Object.assign(document.createElement('script'), {text: 'window.ran = 1'}))",
    "script-src-attr": "document.body.insertAdjacentHTML('beforeend', '<b onclick=\"window.ran = 1\">x</b>');"
    "document.body.lastChild.click()",
    "style-src-attr": "document.body.insertAdjacentHTML('beforeend', '<b style=\"color: red\">x</b>')",
    "style-src-elem": "document.head.append(Object.assign(document.createElement('style'), {textContent: 'b {}'}))",
    "img-src": "document.body.append(Object.assign(new Image(), {src: OTHER + 'dot.png'}))",
    "connect-src": "fetch(OTHER).catch(() => {})",
    "worker-src": "try { new Worker(URL.createObjectURL(new Blob(['1']))) } catch {}",
    "font-src": "new FontFace('f', `url(${OTHER}f.woff2)`).load().catch(() => {})",
    "frame-src": "document.body.append(Object.assign(document.createElement('iframe'), {src: OTHER}))",
    "base-uri": "document.head.append(Object.assign(document.createElement('base'), {href: OTHER}))",
    "form-action": "{const f = document.createElement('form'); f.action = OTHER; document.body.append(f); f.submit()}",  # last: the browser goes on as if it were leaving
}


@dataclass
class Other:
    """Another host on this machine. url: of it; referrers: what each request said of where it came from."""

    url: str
    referrers: list[str | None] = field(default_factory=list)


@pytest.fixture
def other():
    """A host that is not the site's, and remembers."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            met.referrers.append(self.headers["Referer"])
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *arguments):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        met = Other(f"http://127.0.0.1:{server.server_port}/")
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield met
        server.shutdown()


@pytest.mark.parametrize("way", WAYS)
def test_what_is_against_the_policy_is_stopped_and_heard(watch, other, way):
    """The control: what test_one_page_of_each_kind... listens for is really told."""
    with watch(way, "about/") as seen:
        for directive, script in AGAINST.items():
            seen.violations.clear()
            seen.page.evaluate(script.replace("OTHER", f"'{other.url}'") + "; 0")
            seen.hear()
            # nginx's header and the page itself both tell it.
            assert {told.split()[0] for told in seen.violations} == {directive}, (directive, seen.violations)
        assert len(seen.errors) >= len(AGAINST)
        assert seen.page.evaluate("window.ran") is None
    assert other.referrers == []  # nothing arrived


def test_what_is_stored_is_seen(watch):
    """The control of what is kept."""
    with watch("header", "about/") as seen:
        seen.page.evaluate(
            """async () => {
                document.cookie = "a=1"
                localStorage.a = sessionStorage.a = 1
                await new Promise(done => (indexedDB.open("a").onsuccess = done))
                await caches.open("a")
            }"""
        )
        assert seen.page.evaluate(STORED) == ["a=1", 1, 1, 1, 1, 0, None]
        with pytest.raises(AssertionError):
            clean(seen)


@pytest.mark.parametrize("way", WAYS)
def test_other_hosts_are_not_told_where_a_reader_comes_from(watch, other, way):
    with watch(way, "safety/side-effects/") as seen:
        page = seen.page
        for policy in ("", "unsafe-url"):  # the second is the control: without the site's rule it would be told
            start = page.url
            page.locator("article a[href^='https:']").first.evaluate(
                "(e, [url, policy]) => { Object.assign(e, { href: url, referrerPolicy: policy }); e.click() }",
                [other.url, policy],
            )
            page.wait_for_url(other.url)
            assert other.referrers.pop(0) == (start if policy else None)
            page.go_back()


@pytest.mark.parametrize("way", WAYS)
def test_another_site_cannot_show_it_in_a_frame(ways, chromium, other, way):
    """Only a header can forbid that: a host that sets none is the control."""
    page = chromium.new_page()
    page.goto(other.url)
    page.evaluate(
        """url => new Promise(done => {
            document.body.append(Object.assign(document.createElement("iframe"), { src: url, onload: done }))
        }).then(() => 0)""",
        ways[way].url,
    )
    assert page.frames[1].locator("h1").count() == (1 if way == "meta" else 0)
    page.close()


def test_each_page_says_the_policy_itself(published):
    pages = sorted(published.rglob("*.html"))
    said = [page for page in pages if hosting.POLICY in page.read_text(encoding="utf-8")]
    assert len(pages) > 60 and said == pages
