"""The review line: "Compared with its sources on ...; next check due ...; not reviewed by a clinician."

A review is not an edit: the date is one that a person sets. Whether it has passed is decided in the reader's
browser (docs/assets/guide.js), so that a site which nobody rebuilds does not look fresh.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from guidekit import clock, problems
from guidekit.clock import add_months, in_words
from guidekit.problems import Problem


@dataclass(frozen=True)
class Review:
    """reviewed, due: ISO 8601 days; reviewed_words, due_words: as readers read them; clinician: who checked, or ''."""

    reviewed: str
    due: str
    reviewed_words: str
    due_words: str
    clinician: str


def of(meta: Mapping[str, Any]) -> Review | None:
    """The review of a page from its front matter; None when that could not be read (front_matter.py tells why)."""
    try:
        reviewed = datetime.date.fromisoformat(str(meta["reviewed"]))
        due = add_months(reviewed, int(str(meta["review_every"]).split()[0]))
        clinician, who = meta.get("clinical_review"), ""
        if isinstance(clinician, dict):
            day = datetime.date.fromisoformat(str(clinician["date"]))
            who = f"{clinician['name']}, {clinician['role']}, on {in_words(day)}"
    except (KeyError, ValueError, IndexError):
        return None
    return Review(reviewed.isoformat(), due.isoformat(), in_words(reviewed), in_words(due), who)


def past(review: Review | None, path: str, today: datetime.date) -> list[Problem]:
    """What is due: the page of the file `path` is to be compared with its sources again."""
    if review is None or today.isoformat() <= review.due:
        return []
    what = f"this page was to be compared with its sources again by {review.due_words}"
    return [Problem(path, 1, what, "compare it line by line, mend it, and write today as 'reviewed:'")]


def on_page_markdown(markdown, *, page, config, files, **kwargs):
    problems.add_past(past(of(page.meta), f"docs/{page.file.src_uri}", clock.today()))


def on_page_context(context, *, page, config, nav, **kwargs):
    context["review"] = of(page.meta)
    return context
