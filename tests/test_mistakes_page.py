"""The page of mistakes is written from the golden cases, and stands as they are now."""

import mistakes
import pytest
from sites import ROOT


def test_the_page_is_that_of_the_cases_as_they_are():
    page = (ROOT / mistakes.PAGE).read_text(encoding="utf-8")
    assert page == mistakes.page(ROOT / mistakes.GOLDEN), "type: make fix"
    assert page.count("\n| ") > 100


def test_a_message_stands_as_it_is_told_and_a_note_slanted():
    case = {"problems": ["docs/a.md:3: bad. To mend: mend it."] * 2, "notes": ["docs/a.md:4: long. To mend: cut it."]}
    assert list(mistakes.told(case)) == [("bad. To mend: mend it.", False), ("long. To mend: cut it.", True)]
    assert mistakes.row("a | b <c> [d]", True, "why") == "| *a \\| b &lt;c> \\[d\\]* | why |"


def test_a_folder_of_cases_without_a_heading_is_told(tmp_path):
    (tmp_path / "new_hook").mkdir()
    with pytest.raises(KeyError, match="new_hook"):
        mistakes.page(tmp_path)
