"""The offline copy: what goes into it, the same bytes each time, and that all that is in it leads to what is in it."""

import json
import os
import zipfile

import offline
import pytest
from mkdocs.exceptions import Abort

# A site as MkDocs builds it, in little: file -> what is in it.
BUILT = {
    "index.html": "new",
    "404.html": "",
    "a/b.html": "",
    "assets/search.0a1b2c3d.js": "start()",
    "assets/404.0a1b2c3d.js": "",
    "search/search_index.json": '{"docs":["é"]}',
}
KEPT = ["a/b.html", "assets/search.0a1b2c3d.js", "index.html"]


def write(folder, files=BUILT):
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def names(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_what_no_page_asks_for_stays_out(tmp_path):
    write(tmp_path)
    assert [path.relative_to(tmp_path).as_posix() for path in offline.kept(tmp_path)] == KEPT
    offline.drop_rest(tmp_path)
    assert names(tmp_path) == KEPT


def test_the_index_is_a_script_and_the_worker_comes_before_what_starts_the_search(tmp_path):
    write(tmp_path)
    offline.let_search(tmp_path)
    assert (tmp_path / "search/search_index.js").read_text(encoding="utf-8") == 'var __index = {"docs":["é"]}'
    script = (tmp_path / "assets/search.0a1b2c3d.js").read_text(encoding="utf-8")
    assert script == offline.WORKER.read_text(encoding="utf-8") + "start()"


def test_the_published_site_has_no_worker_of_ours(tiny):
    scripts = list(tiny({"index.md": "Hello."}).site.rglob("*.js"))
    ours = offline.WORKER.read_text(encoding="utf-8").split("{")[0]
    assert "window.Worker" in ours and scripts
    assert [path for path in scripts if "window.Worker" in path.read_text(encoding="utf-8")] == []


class Config:
    """As much of a MkDocs configuration as the tool touches."""

    def __init__(self, site_dir):
        self.site_dir, self.extra, self.plugins = site_dir, {}, self

    def on_startup(self, command, dirty):
        assert (command, dirty) == ("build", False)


@pytest.fixture
def making(tmp_path, monkeypatch):
    """Makes the copy in tmp_path from a site in little; `then` is called, with the settings, when that is written."""

    def make(then=lambda config: None):
        def build(config):
            write(offline.Path(config.site_dir))
            then(config)

        monkeypatch.setattr(offline, "load_config", lambda file, site_dir, **settings: Config(site_dir))
        monkeypatch.setattr(offline, "build", build)
        return offline.main(str(tmp_path))

    return make


def test_templates_are_told_and_nothing_is_left_beside_the_copy(tmp_path, making):
    told = []
    write(tmp_path / offline.NAME, {"index.html": "old", "gone.html": ""})
    (tmp_path / f"{offline.NAME}.zip").write_text("old")
    for _ in range(2):
        assert making(lambda config: told.append(config.extra["offline"])) == 0
    assert told == [True, True]
    assert sorted(path.name for path in tmp_path.iterdir()) == [offline.NAME, f"{offline.NAME}.zip"]
    assert names(tmp_path / offline.NAME) == [*KEPT, "search/search_index.js"]
    with zipfile.ZipFile(tmp_path / f"{offline.NAME}.zip") as archive:
        assert archive.read(f"{offline.NAME}/index.html") == b"new"


def test_a_kill_or_a_failed_check_leaves_the_copy_that_was_there(tmp_path, making):
    def stop(error):
        def now(config):
            raise error

        return now

    write(tmp_path / offline.NAME, {"index.html": "old"})
    (tmp_path / f"{offline.NAME}.zip").write_text("old")
    with pytest.raises(KeyboardInterrupt):
        making(stop(KeyboardInterrupt()))
    assert making(stop(Abort("a problem"))) == 1
    assert (tmp_path / offline.NAME / "index.html").read_text() == "old"
    assert (tmp_path / f"{offline.NAME}.zip").read_text() == "old"
    assert making() == 0  # what they left is no hindrance
    assert (tmp_path / offline.NAME / "index.html").read_text() == "new"


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
def test_every_link_leads_to_a_file_and_every_file_is_asked_for(unpacked):
    from urllib.parse import unquote, urlsplit

    from selectolax.lexbor import LexborHTMLParser

    pages = {path: LexborHTMLParser(path.read_text(encoding="utf-8")) for path in sorted(unpacked.rglob("*.html"))}
    assert len(pages) > 60
    ids = {path: {node.id for node in page.css("[id]")} for path, page in pages.items()}
    index = unpacked / "search/search_index.js"
    asked = {unpacked / "index.html", index}

    def follow(path, link):
        address = urlsplit(link)
        if address.scheme or not (address.path or address.fragment):
            return
        target = (path.parent / unquote(address.path)).resolve() if address.path else path
        assert target.is_file(), (path.name, link)
        asked.add(target)
        if address.fragment and target in ids:
            assert unquote(address.fragment) in ids[target], (path.name, link)

    for path, page in pages.items():
        for node in page.css("a[href], link[href], script[src], img[src]"):
            if node.attributes.get("rel") != "canonical":
                follow(path, node.attributes.get("href") or node.attributes.get("src") or "")
        [dialog] = page.css("dialog#search")
        for name in ("script", "worker", "late", "style"):
            follow(path, dialog.attributes[f"data-{name}"])
    found = json.loads(index.read_text(encoding="utf-8").removeprefix("var __index = "))
    assert len(found["docs"]) > 300 and any("keywords" in doc for doc in found["docs"])
    for doc in found["docs"]:
        assert doc["location"].partition("#")[0].endswith(".html")
        follow(unpacked / "index.html", doc["location"])
    assert sorted(set(offline.kept(unpacked)) - asked) == []
