import datetime

import pytest
import review

from guidekit.clock import add_months, in_words


@pytest.mark.parametrize(
    ("day", "months", "due"),
    [
        ("2026-11-23", 12, "2027-11-23"),
        ("2026-11-30", 3, "2027-02-28"),
        ("2027-11-30", 3, "2028-02-29"),
        ("2026-08-31", 6, "2027-02-28"),
        ("2026-12-31", 12, "2027-12-31"),
    ],
)
def test_due_day(day, months, due):
    assert add_months(datetime.date.fromisoformat(day), months).isoformat() == due


def test_line_says_that_no_clinician_reviewed():
    found = review.of({"reviewed": "2026-11-23", "review_every": "12 months", "clinical_review": "none"})
    assert found == review.Review("2026-11-23", "2027-11-23", "November 23, 2026", "November 23, 2027", "")


def test_line_names_a_real_reviewer():
    person = {"name": "A. Person", "role": "psychiatrist", "date": "2026-11-24"}
    found = review.of({"reviewed": "2026-11-23", "review_every": "6 months", "clinical_review": person})
    assert found.clinician == "A. Person, psychiatrist, on November 24, 2026"


@pytest.mark.parametrize("meta", [{}, {"reviewed": "soon", "review_every": "12 months"}, {"reviewed": "2026-11-23"}])
def test_what_cannot_be_read_gives_no_line(meta):
    assert review.of(meta) is None


def test_days_in_words_whatever_the_locale():
    assert in_words(datetime.date(2026, 3, 1)) == "March 1, 2026"


def test_a_page_is_due_the_day_after():
    found = review.of({"reviewed": "2026-11-23", "review_every": "3 months", "clinical_review": "none"})
    assert review.past(found, "docs/a.md", datetime.date(2027, 2, 23)) == []
    [problem] = review.past(found, "docs/a.md", datetime.date(2027, 2, 24))
    assert str(problem) == (
        "docs/a.md:1: this page was to be compared with its sources again by February 23, 2027. "
        "To mend: compare it line by line, mend it, and write today as 'reviewed:'."
    )
    assert review.past(None, "docs/a.md", datetime.date(2027, 2, 24)) == []
