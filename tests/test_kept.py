import json

import pytest

from guidekit import csl, kept

ITEM = {
    "id": "fda2023",
    "type": "webpage",
    "title": "A warning",
    "author": [{"literal": "US Food and Drug Administration"}],
    "URL": "https://example.org/x",
    "custom": {"topic": "safety", "tier": "A", "read_on": "2026-11-22"},
}


def made(path, made_of="entry", depends=("1.0",), text="text"):
    """(the text, whether it was made anew) after a build with the cache at `path`."""
    calls = []
    store = kept.Kept(path, *depends)
    got = store.get(made_of, lambda: calls.append(1) or text)
    assert store.get(made_of, lambda: pytest.fail("made twice")) == got
    store.save()
    return got, bool(calls)


def test_a_text_is_made_once_for_all_builds(tmp_path):
    path = tmp_path / "not/yet/there.json"
    assert made(path) == ("text", True)
    assert made(path, text="other") == ("text", False)
    assert [file.name for file in path.parent.iterdir()] == ["there.json"]


@pytest.mark.parametrize("other", [{"made_of": "changed entry"}, {"depends": ("1.1",)}, {"depends": ("1", ".0")}])
def test_what_has_changed_is_made_anew(tmp_path, other):
    path = tmp_path / "kept.json"
    made(path)
    assert made(path, text="new", **other) == ("new", True)
    assert made(path) == ("text", False)


@pytest.mark.parametrize(
    "damage",
    [
        lambda whole: b"",
        lambda whole: whole[:-9],
        lambda whole: b"\xff" + whole,
        lambda whole: whole.replace(b'"text"', b'"tuxt"'),
        lambda whole: b"[" * 100_000,
        lambda whole: b"[]",
        lambda whole: b'{"sum": 1, "texts": [1]}',
        lambda whole: b'{"sum": "", "texts": {}}',
        lambda whole: b'{"texts": {}}',
    ],
)
def test_a_damaged_file_is_as_good_as_none(tmp_path, damage):
    path = tmp_path / "kept.json"
    made(path)
    path.write_bytes(damage(path.read_bytes()))
    assert made(path) == ("text", True)
    assert made(path) == ("text", False)


def test_a_place_that_cannot_be_written_to_stops_nothing(tmp_path):
    (tmp_path / "file").write_text("")
    assert made(tmp_path / "file/kept.json") == ("text", True)
    (tmp_path / "folder").mkdir()
    assert made(tmp_path / "folder") == ("text", True)


def test_the_file_does_not_grow_without_end(tmp_path, monkeypatch):
    monkeypatch.setattr(kept, "MOST", 2)
    path = tmp_path / "kept.json"
    for name in "abc":
        made(path, name)
    assert len(json.loads(path.read_bytes())["texts"]) == 2
    assert made(path, "c") == ("text", False)
    assert made(path, "a") == ("text", True)


def test_references_are_kept(tmp_path, monkeypatch):
    monkeypatch.setattr(csl, "CACHE", tmp_path / "references.json")

    def next_build(item=ITEM, version="1", made_by=None):
        csl.kept.cache_clear()
        formatted = []
        with monkeypatch.context() as patch:
            patch.setattr(csl, "version", lambda name: version)
            patch.setattr(csl, "reference", lambda item: formatted.append(item) or "Reference.")
            if made_by:
                patch.setattr(csl, "__file__", str(made_by))
            csl.definition(item)
            csl.kept().save()
        return bool(formatted)

    try:
        assert next_build()
        assert not next_build()
        assert next_build(version="2")
        assert next_build({**ITEM, "title": "Another warning"})
        changed = tmp_path / "csl.py"
        changed.write_text("# another way of formatting")
        assert next_build(made_by=changed)
        assert not next_build()
    finally:
        csl.kept.cache_clear()
