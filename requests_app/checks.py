"""System checks: what an installation lacks, said at every start with the way to mend it."""

import os
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Info, Tags, register
from django.core.checks import Warning as Caution
from django.db import DatabaseError, connections
from django.db.models import Model
from django.utils import timezone

from requests_app.adapters import pdf, signature
from requests_app.domain import workdays
from requests_app.domain.errors import Refused
from requests_app.models import CalendarNotice, OfficeSettings
from requests_app.presenters import site
from requests_app.selectors import calendars, offices


@register("jcdisclosure")
def check_data_folder(**kwargs: Any) -> Sequence[CheckMessage]:
    """Refuse to start where nothing could be kept."""
    if settings.DATA_DIR.is_dir() and os.access(settings.DATA_DIR, os.W_OK | os.X_OK):
        return []
    return [
        Error(
            f"The data folder {settings.DATA_DIR} is missing or cannot be written.",
            hint="Make it, owned by the account that runs this site, or set JC_DATA_DIR.",
            id="jc.E001",
        ),
    ]


@register("jcdisclosure")
def check_letters(**kwargs: Any) -> Sequence[CheckMessage]:
    """Say what keeps letters from being drawn; pages work without, so nothing is refused."""
    return [Caution(problem, id="jc.W001") for problem in pdf.problems()]


@register("jcdisclosure")
def check_signature(**kwargs: Any) -> Sequence[CheckMessage]:
    """Say that letters go out unsigned, which an office may want; warn of a certificate that fails."""
    problems = signature.problems(at=timezone.now())
    if signature.is_set_up():
        return [Caution(problem, id="jc.W004") for problem in problems]
    return [] if settings.DEMO else [Info(problem, id="jc.I001") for problem in problems]


@register("jcdisclosure", Tags.database)
def check_calendar(
    *, databases: Sequence[str] | None = None, **kwargs: Any
) -> Sequence[CheckMessage]:
    """Look at the calendar in the database: is there one, does it count right, how far does it reach.

    Runs where databases are checked (`migrate`, `check --database default`). Before the first
    migration there is nothing to look at.
    """
    if not databases or not _has_table(CalendarNotice):
        return []
    if not calendars.is_set_up():
        return [
            Caution(
                "No notice on public holidays is approved; no date can be computed.",
                hint="Run: ./jc manage import_calendar",
                id="jc.W002",
            ),
        ]
    today = timezone.localdate()
    coverage = calendars.coverage(today=today)
    wrong = [Error(each, id="jc.E002") for each in workdays.self_test(calendars.current())]
    if coverage.missing_year is None:
        return wrong
    return [
        *wrong,
        Caution(
            f"The calendar ends with {coverage.last_published_year}: "
            f"dates in {coverage.missing_year} are provisional.",
            hint="Import the notice once it is published: ./jc manage import_calendar <file>",
            id="jc.W003",
        ),
    ]


@register("jcdisclosure", Tags.database)
def check_foot(*, databases: Sequence[str] | None = None, **kwargs: Any) -> Sequence[CheckMessage]:
    """List what the foot of a government site must bear and nobody has filled in.

    Pages hide what is unset, so that nothing made up is shown; here it is not forgotten.
    """
    if settings.DEMO or not databases or not _has_table(OfficeSettings):
        return []
    try:
        office = offices.settings(on=timezone.localdate())
    except Refused:
        return []  # the site says so itself on every page
    except DatabaseError:
        return []  # older than this code: `migrate` runs these checks before it adds the columns
    missing = site.unset(office)
    if not missing:
        return []
    return [
        Caution(
            f"The foot of every page lacks: {'、'.join(missing)}.",
            hint="Sign in as an administrator and add a version of 公开指南设置 that has them.",
            id="jc.W005",
        )
    ]


def _has_table(model: type[Model]) -> bool:
    try:
        return model._meta.db_table in connections["default"].introspection.table_names()
    except DatabaseError:
        return False
