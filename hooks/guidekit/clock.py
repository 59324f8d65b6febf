"""Days: the one place that reads the clock (tests put another day here), and how a day is written."""

from __future__ import annotations

import datetime

MONTHS = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905
)


def today() -> datetime.date:
    """The day of the build (local time)."""
    return datetime.date.today()


def in_words(day: datetime.date) -> str:
    """A day as people write it in the United States: November 23, 2026 (whatever the machine's locale)."""
    return f"{MONTHS[day.month - 1]} {day.day}, {day.year}"
