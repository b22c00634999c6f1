"""An office to test in: the guide's data, the packaged calendar, people of each role.

States of a case are reached by the services that lead there; here are only the first steps every
such test shares.
"""

import uuid
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

BEIJING = ZoneInfo("Asia/Shanghai")
PASSWORD = "nine lives of a grey cat"


def moment(day: str, at: str = "10:00") -> datetime:
    """Return a moment of the office: `moment("2026-03-02", "09:30")`."""
    return datetime.combine(date.fromisoformat(day), time.fromisoformat(at), tzinfo=BEIJING)


@dataclass(frozen=True)
class Office:
    """The people of the office, each with one role."""

    clerk: object
    handler: object
    head: object
    supervisor: object
    administrator: object


def set_up_calendar() -> None:
    """Import and approve the packaged notices."""
    from requests_app.adapters import calendar_files
    from requests_app.domain.access import SYSTEM
    from requests_app.services import calendars

    calendars.import_notices(
        calendar_files.packaged_changes(),
        actor=SYSTEM,
        at=moment("2026-01-02", "08:00"),
        approve_now=True,
    )


def sign_without_review() -> None:
    """Let answers be signed without a secrecy review: most tests are not about reviews."""
    from requests_app.models import OfficeSettings

    OfficeSettings.objects.update(secrecy_review_required=False)


def set_up() -> Office:
    """Set up the guide's data, the calendar and one person of each role."""
    from requests_app.domain.access import Role
    from requests_app.models import Department
    from requests_app.services import office_setup, staff_accounts

    office_setup.seed_guide()
    sign_without_review()
    set_up_calendar()
    Department.objects.create(code="zjj", name="市住房和城乡建设局", valid_from=date(2020, 1, 1))

    def person(username, name, role, department=""):
        return staff_accounts.create(
            username,
            display_name=name,
            password=PASSWORD,
            roles=[role],
            on=date(2026, 1, 2),
            email=f"{username}@example.com",
            department_code=department,
        )

    return Office(
        clerk=person("clerk", "经办甲", Role.CLERK),
        handler=person("handler", "承办乙", Role.HANDLER, "zjj"),
        head=person("head", "负责丙", Role.HEAD),
        supervisor=person("supervisor", "监督丁", Role.SUPERVISOR),
        administrator=person("administrator", "管理戊", Role.ADMINISTRATOR),
    )


def register(office: Office, at: datetime, **applicant):
    """Register an application handed in at the counter at `at`; the clerk saw the paper."""
    from requests_app.domain.application import (
        ApplicantKind,
        Arrival,
        Channel,
        FormWanted,
        WayWanted,
    )
    from requests_app.domain.identity import IdKind
    from requests_app.services import intake
    from requests_app.services.applications import ApplicantGiven, Application

    given = {
        "kind": ApplicantKind.PERSON,
        "name": "陈向前",
        "identity_kind": IdKind.PASSPORT,
        "identity_number": "E12345678",
        "email": "chen@example.com",
        "address": "金昌市金川区演示路1号",
    } | applicant
    asked = {name: given.pop(name) for name in ("matter", "document_name") if name in given}
    application = Application(
        applicant=ApplicantGiven(**given),
        description="2025年金川区老旧小区改造项目清单",
        **asked,
        form_wanted=FormWanted.ELECTRONIC,
        way_wanted=WayWanted.ONLINE,
        idempotency_key=uuid.uuid4(),
    )
    return intake.register(
        application,
        arrival=Arrival(Channel.COUNTER, arrived_on=at.date()),
        actor=office.clerk.as_actor(),
        at=at,
        identity_verified=True,
    ).case


def was_set_up_at(at):
    """Let the office have been there since a moment: the database of the tests is as young as the run."""
    from django.db.migrations.recorder import MigrationRecorder

    MigrationRecorder.Migration.objects.update(applied=at)
