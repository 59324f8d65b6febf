"""The offline copy: what goes into it, the same bytes each time, and that it opens from a disk without a request."""

import os
import zipfile

import browser
import offline
import pytest
from sites import ROOT


def test_what_no_page_asks_for_stays_out(tmp_path):
    folder = tmp_path / "copy"
    for name in ("index.html", "404.html", "a/b.html", "assets/x.css.map", "assets/javascripts/lunr/min/lunr.ar.js"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name)
    assert [path.relative_to(folder).as_posix() for path in offline.kept(folder)] == ["a/b.html", "index.html"]


def test_the_same_files_give_the_same_zip(tmp_path):
    zips = []
    for place, time in (("one", 1_000_000_000), ("two", 1_700_000_000)):
        folder = tmp_path / place / "copy"
        folder.mkdir(parents=True)
        (folder / "index.html").write_text("x")
        os.utime(folder / "index.html", (time, time))
        os.chmod(folder / "index.html", 0o600 if place == "one" else 0o644)
        offline.pack(folder, tmp_path / f"{place}.zip")
        zips.append((tmp_path / f"{place}.zip").read_bytes())
    assert zips[0] == zips[1]
    with zipfile.ZipFile(tmp_path / "one.zip") as archive:
        assert archive.namelist() == ["copy/index.html"]


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory):
    where = tmp_path_factory.mktemp("offline")
    before = os.getcwd()
    os.chdir(ROOT)
    try:
        assert offline.main(str(where)) == 0
    finally:
        os.chdir(before)
    with zipfile.ZipFile(where / f"{offline.NAME}.zip") as archive:
        archive.extractall(where / "elsewhere")
    return where / "elsewhere" / offline.NAME


@pytest.mark.slow
@pytest.mark.xdist_group("offline")
def test_every_link_leads_to_a_file(unpacked):
    from urllib.parse import unquote, urlsplit

    from selectolax.lexbor import LexborHTMLParser

    pages = {path: LexborHTMLParser(path.read_text(encoding="utf-8")) for path in sorted(unpacked.rglob("*.html"))}
    assert len(pages) > 60
    ids = {path: {node.id for node in page.css("[id]")} for path, page in pages.items()}
    for path, page in pages.items():
        for node in page.css("a[href], link[href], script[src], img[src]"):
            address = urlsplit(node.attributes.get("href") or node.attributes.get("src") or "")
            if address.scheme or not (address.path or address.fragment) or node.attributes.get("rel") == "canonical":
                continue
            target = (path.parent / unquote(address.path)).resolve() if address.path else path
            assert target.is_file(), (path.name, address.geturl())
            if address.fragment and target in ids:
                assert unquote(address.fragment) in ids[target], (path.name, address.geturl())


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.xdist_group("offline")
def test_it_opens_from_a_disk(unpacked):
    from playwright.sync_api import sync_playwright

    path = os.environ.get("CHROMIUM") or browser.there()
    if not path:
        pytest.skip("no Chromium or Chrome here; `make test` gets one")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path)
        page = chromium.new_page(viewport={"width": 1280, "height": 900})
        errors, requests = [], []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda message: message.type == "error" and errors.append(message.text))
        page.on("request", lambda request: requests.append(request.url))
        page.goto((unpacked / "index.html").as_uri())
        page.get_by_role("link", name="Side effects", exact=True).first.click()
        page.wait_for_url("**/safety/side-effects.html")
        assert page.locator("figure.dot-range").first.is_visible()
        page.locator(".help-strip a", has_text="other countries").click()
        page.wait_for_url("**/get-help-now.html")
        page.goto((unpacked / "decide/index.html").as_uri())
        page.get_by_role("radio", name="No anesthetic: A lot").check()
        assert "No anesthetic" in page.locator("#values-result").text_content()
        # No search that cannot find anything.
        assert page.locator(".md-search").count() == 0
        assert errors == []
        assert [url for url in requests if not url.startswith(("file:", "data:"))] == []
        chromium.close()
