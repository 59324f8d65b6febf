"""The page of changes, from one file for each."""

import datetime

import changes
import pytest

DAY = "2026-11-27-a-few-words.md"


def day(text):
    return datetime.date.fromisoformat(text)


def test_a_change():
    assert changes.read(DAY, "Added: a page on [sleep](../safety/sleep.md)\n") == (
        changes.Change(day("2026-11-27"), "Added", "a page on [sleep](../safety/sleep.md)"),
        [],
    )


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("sleep.md", "Added: x", "the name of this change has no day"),
        ("2026-11-31-sleep.md", "Added: x", "the name of this change has no day"),
        (
            "2026-11-28-Sleep page.txt",
            "Added: x",
            "the name of this change is not made of small letters, digits and hyphens with .md behind them",
        ),
        (DAY, "New: a page", "this change does not say what it is"),
        (DAY, "", "this change does not say what it is"),
        (DAY, "Added:\n", "this change says nothing"),
        (DAY, "Corrected: " + "word " * 81, "this change has 81 words"),
        (DAY, "Added: a\u202eb", "this line holds what nobody sees: U+202E (right-to-left override)"),
    ],
)
def test_what_is_told(name, text, told):
    change, found = changes.read(name, text)
    assert change is None
    assert [(problem.path, problem.line, problem.what) for problem in found] == [(f"data/changes/{name}", 1, told)]


def test_not_utf8():
    assert [p.what for p in changes.load({DAY: b"Added: \xe9"})[1]] == ["this file is not UTF-8 (byte 0xe9)"]


def test_months_newest_first_and_what_was_added_before_what_was_corrected():
    made = [
        changes.Change(day("2026-11-02"), "Corrected", "One.\nIt was two."),
        changes.Change(day("2026-11-01"), "Added", "A"),
        changes.Change(day("2026-12-24"), "Added", "B"),
    ]
    assert changes.listing(made) == (
        "## December 2026 { #december-2026 }\n\nAdded:\n\n- B\n\n"
        "## November 2026 { #november-2026 }\n\nAdded:\n\n- A\n\nCorrected:\n\n- One.\n  It was two."
    )


def test_a_name_is_mended():
    for name in ("2026-11-28-Sleep page.txt", "2026-11-28 sleep, page.md"):
        (problem,) = changes.read(name, "Added: x")[1]
        assert problem.mend == "name it 2026-11-28-sleep-page.md"


def test_on_the_page(tiny, tmp_path):
    tiny({"index.md": "Words."})
    for path in (tmp_path / changes.FOLDER).iterdir():
        path.unlink()
    (tmp_path / changes.FOLDER / DAY).write_text("Added: a page")
    built = tiny({"index.md": f"Words.\n\n{changes.MARKER}\n"})
    assert built.ok, built.problems
    assert '<h2 id="november-2026">November 2026</h2>' in built.page("") and "<li>a page</li>" in built.page("")
    (tmp_path / changes.FOLDER / "sleep.md").write_text("Added: x")
    assert any("the name of this change has no day" in line for line in tiny({"index.md": "Words."}).problems)
