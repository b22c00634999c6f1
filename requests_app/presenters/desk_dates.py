"""How dates are written at the desk: month-day within the year, in full outside it."""

from __future__ import annotations

from datetime import date

from requests_app.presenters.dates import weekday


def short(day: date, *, today: date) -> str:
    """Write 11-25 within the year of ``today``, 2027-01-19 outside it."""
    return f"{day:%m-%d}" if day.year == today.year else f"{day:%Y-%m-%d}"


def with_weekday(day: date, *, today: date) -> str:
    """Write 11-25 周三, as due days are."""
    return f"{short(day, today=today)} {weekday(day)}"


def full(day: date) -> str:
    """Write 2026-11-25 周三."""
    return f"{day:%Y-%m-%d} {weekday(day)}"
