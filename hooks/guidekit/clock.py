"""Days: the one place that reads the clock (tests put another day here), how they are counted and written."""

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


def add_months(day: datetime.date, months: int) -> datetime.date:
    """The same day `months` later, or the month's last day where it has no such day."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    for last in range(day.day, 27, -1):
        try:
            return datetime.date(year, month, last)
        except ValueError:
            continue
    return datetime.date(year, month, day.day)
