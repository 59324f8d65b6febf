"""The offline copy: what goes into it, the same bytes each time, and that every link of it leads to a file."""

import os
import zipfile

import offline
import pytest


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
