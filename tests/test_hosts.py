"""One built site on real hosts: nginx at / and at /a/b/, python -m http.server, and Caddy where it is installed."""

import contextlib
import gzip
import http.client
from pathlib import Path
from urllib.parse import urljoin

import brotli
import crawl
import hosting
import hosts
import pytest
from browser_states import addresses

pytestmark = pytest.mark.slow

HOSTS = {
    "nginx": hosts.nginx,
    "nginx under a path": lambda site: hosts.nginx(site, "/a/b/"),
    "http.server": hosts.plain,
    **({"caddy": hosts.caddy} if hosts.caddy_there() else {}),
}
OURS = [name for name in HOSTS if name != "http.server"]
WRONG = ["nowhere", "x/y/", "faq/x/z", "assets/", "assets/none.abcdef12.css", "x/y/z/w", "x/y/z/"]


@pytest.fixture(scope="module")
def running(published):
    """Starts a host of HOSTS when it is first asked for; all are stopped at the end."""
    with contextlib.ExitStack() as stack:
        started = {}

        def start(name):
            if name not in started:
                if name.startswith("nginx") and not hosts.nginx_there():
                    pytest.skip("no nginx here; `make test` gets one")
                started[name] = stack.enter_context(HOSTS[name](published))
            return started[name]

        yield start


@pytest.fixture(scope="module")
def walked(running):
    """What was met on a host of HOSTS."""
    met = {}

    def walk(name):
        if name not in met:
            met[name] = crawl.walk(running(name))
        return met[name]

    return walk


@pytest.mark.parametrize("name", HOSTS)
def test_every_link_asset_and_anchor_is_there(walked, name):
    met = walked(name)
    print(f"{name}: {met.told}")
    assert met.problems == [] and met.redirects == 0
    assert met.links > 5000 and met.anchors > 2000 and len(met.files) > len(met.pages) + 8


@pytest.mark.parametrize("name", HOSTS)
def test_every_page_of_the_nav_is_reached(running, walked, name):
    url = running(name).url
    assert {urljoin(url, address) for address in addresses() if address != "404.html"} == set(walked(name).pages)


@pytest.mark.parametrize("name", HOSTS)
def test_the_site_holds_nothing_that_no_page_can_fetch(running, walked, published, name):
    host = running(name)
    wrong_address = crawl.in_page((published / "404.html").read_text(encoding="utf-8")).loads
    loaded = {crawl.file_of(host, urljoin(f"{host.url}404.html", target)) for target in wrong_address}
    assert crawl.unreached(published, walked(name).files | loaded) == []


def test_all_hosts_show_the_same(running, walked):
    shown = {name: {page.removeprefix(running(name).url) for page in walked(name).pages} for name in HOSTS}
    assert all(pages == shown["nginx"] for pages in shown.values())


@pytest.mark.parametrize("path", WRONG)
@pytest.mark.parametrize("name", OURS)
def test_a_wrong_address_leads_into_the_site(running, walked, name, path):
    host = running(name)
    problems, loaded = crawl.lost(host, host.path + path, walked(name).pages)
    assert problems == [] and len(loaded) == 2


@pytest.mark.parametrize("name", OURS)
def test_every_answer_has_the_headers(running, published, name):
    host = running(name)
    hashed = next(published.glob("assets/first.*.css")).name
    paths = ["", "faq/", "faq", "search/search_index.json", f"assets/{hashed}", *WRONG]
    for path in paths:
        for method in ("GET", "HEAD"):
            said = hosts.ask(host, host.path + path, method).headers
            for header, value in hosting.all_headers(preview=False).items():
                assert said.get(header.lower()) == value, (path, method, header)
            if path in ("", "faq/", *WRONG):
                assert said["content-type"] == "text/html; charset=utf-8", path
            kept = hosting.YEAR if path == f"assets/{hashed}" else hosting.ANEW
            assert said["cache-control"] == kept, (path, method)
            assert said.get("server", "nginx") == "nginx", path  # without its version
            assert "x-robots-tag" not in said


@pytest.mark.parametrize("name", OURS)
def test_what_holds_a_hash_is_kept_and_all_else_asked_for_anew(running, walked, published, name):
    host, kept = running(name), set()
    for file in sorted(walked(name).files):
        if (
            hosts.ask(host, host.path + file.removesuffix("index.html"), "HEAD").headers["cache-control"]
            == hosting.YEAR
        ):
            kept.add(file)
    scripts = {path.relative_to(published).as_posix() for path in published.rglob("*.js")}
    styles = {path.relative_to(published).as_posix() for path in published.rglob("*.css")}
    assert kept == {file for file in scripts | styles if not Path(file).name.startswith("404.")}


@pytest.mark.parametrize("name", OURS)
def test_the_packed_copies_are_handed_out(running, published, name):
    host = running(name)
    files = [
        "index.html",
        "faq/index.html",
        "search/search_index.json",
        *(f"assets/{p.name}" for p in published.glob("assets/*.css")),
    ]
    for file in files:
        path, content = host.path + file.removesuffix("index.html"), (published / file).read_bytes()
        plain = hosts.ask(host, path)
        assert "content-encoding" not in plain.headers and plain.body == content
        packed = hosts.ask(host, path, Accept_Encoding="gzip")
        assert packed.headers["content-encoding"] == "gzip" and packed.body == (published / f"{file}.gz").read_bytes()
        assert gzip.decompress(packed.body) == content
        best = hosts.ask(host, path, Accept_Encoding="gzip, deflate, br, zstd")
        if host.brotli:
            assert best.headers["content-encoding"] == "br" and best.body == (published / f"{file}.br").read_bytes()
            assert brotli.decompress(best.body) == content
        else:
            assert best.headers["content-encoding"] == "gzip"
        for answer in (packed, best):
            assert "accept-encoding" in answer.headers["vary"].lower()


@pytest.mark.parametrize("name", HOSTS)
def test_head_sends_the_headers_alone(running, name):
    host = running(name)
    whole, head = hosts.ask(host, host.path), hosts.ask(host, host.path, "HEAD")
    assert head.status == 200 and head.body == b""
    assert head.headers["content-length"] == str(len(whole.body))


@pytest.mark.parametrize("encoding", ["identity", "gzip", "br"])
@pytest.mark.parametrize("name", OURS)
def test_what_has_not_changed_is_not_sent_again(running, name, encoding):
    host = running(name)
    for path in ("", "search/search_index.json"):
        first = hosts.ask(host, host.path + path, Accept_Encoding=encoding)
        for header in ({"If_None_Match": first.headers["etag"]}, {"If_Modified_Since": first.headers["last-modified"]}):
            again = hosts.ask(host, host.path + path, Accept_Encoding=encoding, **header)
            assert (again.status, again.body) == (304, b""), (path, header)
            assert again.headers["content-security-policy"] == hosting.HEADERS["Content-Security-Policy"]
        assert hosts.ask(host, host.path + path, If_None_Match='"another"').status == 200


@pytest.mark.parametrize("name", HOSTS)
def test_a_missing_slash_is_added_on_the_same_host(running, name):
    host = running(name)
    for path in ("faq", "safety/side-effects", "decide"):
        answer = hosts.ask(host, host.path + path)
        assert answer.status in (301, 308)
        assert answer.headers["location"] == f"{host.path}{path}/"  # no scheme and no host


def test_under_a_path_nothing_else_answers(running):
    host = running("nginx under a path")
    for path in ("/", "/index.html", "/a/", "/faq/", "/a/faq/", "/a/bx/", "/assets/favicon.svg"):
        answer = hosts.ask(host, path)
        assert answer.status == 404 and b"Welcome" not in answer.body, path
    assert hosts.ask(host, "/a/b").headers["location"] == "/a/b/"


@pytest.mark.parametrize(
    "path",
    [
        "../secret.txt",
        "assets/../../secret.txt",
        "%2e%2e/secret.txt",
        "assets/%2e%2e/%2E%2E/secret.txt",
        "..%2fsecret.txt",
        "%2e%2e%2fsecret.txt",
        "assets/..%2f..%2fsecret.txt",
        "..%5csecret.txt",
        "%252e%252e/secret.txt",
        "..;/secret.txt",
        "//../secret.txt",
    ],
)
@pytest.mark.parametrize("name", HOSTS)
def test_nothing_outside_of_the_site_is_handed_out(running, published, name, path):
    host = running(name)
    assert (published.parent / "secret.txt").read_bytes() == b"secret"
    answers = [hosts.ask(host, host.path + path)]
    if host.path != "/":  # the mistake that an alias without its last slash makes
        answers.append(hosts.ask(host, f"{host.path.rstrip('/')}../secret.txt"))
    for answer in answers:
        assert answer.status in (400, 404) and b"secret" not in answer.body


def test_a_preview_is_left_out_by_search_engines():
    for text in (hosting.nginx("/x", preview=True), hosting.caddy("/x", preview=True), hosting.headers_file([], True)):
        assert "noindex, nofollow" in text


def test_a_site_that_knows_its_address(tiny, monkeypatch):
    """With SITE_URL there is a sitemap, and the page for wrong addresses begins its links with the sub-path."""
    if not hosts.nginx_there():
        pytest.skip("no nginx here; `make test` gets one")
    monkeypatch.setenv("SITE_URL", "https://example.org/deep/er/")
    monkeypatch.setenv("PREVIEW", "1")
    # What the frame of every page leads to.
    frame = {f"{name}.md": "Words." for name in ("a-to-z", "faq/index", "glossary", "get-help-now", "about/index")}
    inside = "See [the start](../index.md).\n\n## Inside { #inside }\n\nWords."
    built = tiny({**frame, "index.md": "Words.", "part/one.md": inside})
    assert built.ok, built.problems
    sitemap = (built.site / "sitemap.xml").read_text(encoding="utf-8")
    assert crawl.in_sitemap(sitemap, "https://example.org/deep/er/") >= {"", "part/one/", "faq/"}
    for path in ("/deep/er/", "/", "/elsewhere/"):
        with hosts.nginx(built.site, path) as host:
            met = crawl.walk(host, "https://example.org/deep/er/")
            assert met.problems == []
            assert len(met.pages) == 7 and "sitemap.xml" in met.files
            for wrong in ("nowhere", "part/x/y"):
                assert crawl.lost(host, path + wrong, met.pages)[0] == []


BROKEN = {
    "index.html": """<!doctype html><link rel=canonical href=https://example.org/><link rel=stylesheet href=a.css>
        <a href=two/>two</a> <a href=two/#none>a part</a> <a href=two#neither>a part</a> <a href=missing/>missing</a> <a href=/faq/>outside</a>
        <a href=two>no slash</a> <a href=https://example.org/>elsewhere</a> <a href=tel:988>call</a> <a href=#top>top</a>
        <img src=https://example.org/dot.png srcset="big.png 2x"><p style="background: url(https://example.org/s.png)">
        <dialog data-base=. data-worker=worker.js></dialog><a href=data.unknown>a file</a>""",
    "two/index.html": "<!doctype html><h1 id=top>Two</h1><a href=..>back</a>",
    "a.css": "@import 'b.css'; p { background: url(\"c.svg\") }",
    "c.svg": '<svg xmlns="http://www.w3.org/2000/svg"><image href="d.png"/></svg>',
    "data.unknown": "x",
    "search/search_index.json": '{"docs": [{"location": "two/#nowhere"}, {"location": "gone/"}]}',
    "left.html": "never linked",
    "left.html.gz": "never linked",
    "robots.txt": "for others",
}


def test_a_broken_site_is_told(tmp_path):
    if not hosts.nginx_there():
        pytest.skip("no nginx here; `make test` gets one")
    for name, text in BROKEN.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    with hosts.nginx(tmp_path, "/a/b/") as host:
        met = crawl.walk(host)
        assert sorted(met.problems) == [
            "b.css: 404",
            "big.png: 404",
            "d.png: 404",
            "data.unknown: is called application/octet-stream",
            "gone/: 404",
            "missing/: 404",
            "search/search_index.json: no part of two/ is called #nowhere",
            "the start page: /faq/ leaves the site",
            "the start page: loads https://example.org/dot.png",
            "the start page: loads https://example.org/s.png",
            "the start page: no part of the start page is called #top",
            "the start page: no part of two is called #neither",
            "the start page: no part of two/ is called #none",
            "worker.js: 404",
        ]
        assert met.redirects == 1
        assert crawl.unreached(tmp_path, met.files) == ["left.html"]
        assert crawl.lost(host, "/a/b/two/", met.pages)[0] == ["/a/b/two/: 200"]
        (tmp_path / "404.html").write_text("<a href=/two/>two</a><script data-base=/></script>", encoding="utf-8")
        assert crawl.lost(host, "/a/b/none", met.pages)[0] == [
            "/a/b/none: no .css is found",
            "/a/b/none: no .js is found",
        ]
        (tmp_path / "404.html").write_text("<a href=/three/>three</a><script data-base=/></script>", encoding="utf-8")
        assert "/a/b/none: /three/ leads nowhere" in crawl.lost(host, "/a/b/none", met.pages)[0]


def test_a_host_that_does_not_start_says_why(tmp_path):
    broken = tmp_path / "nginx"
    broken.write_text("#!/bin/sh\necho 'a setting is wrong' >&2\nexit 1\n", encoding="utf-8")
    broken.chmod(0o755)
    with (
        pytest.raises(RuntimeError, match="does not answer: a setting is wrong"),
        hosts.nginx(tmp_path, program=str(broken)),
    ):
        pass


def test_a_setting_that_nginx_warns_of_is_told(tmp_path, monkeypatch):
    if not hosts.nginx_there():
        pytest.skip("no nginx here; `make test` gets one")
    right = hosting.nginx
    monkeypatch.setattr(
        hosting, "nginx", lambda *a, **k: right(*a, **k).replace("charset_types ", "charset_types text/html ")
    )
    with pytest.raises(RuntimeError, match=r'warns: .*duplicate MIME type "text/html"'), hosts.nginx(tmp_path):
        pass


def test_a_host_is_gone_after_its_test(tmp_path):
    with hosts.plain(tmp_path) as host:
        assert hosts.ask(host, "/").status == 200
    with pytest.raises((ConnectionRefusedError, http.client.HTTPException)):
        hosts.ask(host, "/")
