"""A demonstration office: people of each role and cases in every state around today.

Every row is made by the services that make it in real life, at moments put back in time, so the
demo shows nothing that could not happen. Persons, organisations and papers are invented. Passwords
are drawn anew for each installation and stand in one file only its owner can read.
"""

from __future__ import annotations

import os
import secrets
from datetime import date, datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from requests_app.adapters import signature
from requests_app.domain.access import ROLE_LABELS, Role
from requests_app.domain.errors import Refused
from requests_app.models import Case, Department, StaffUser
from requests_app.selectors import offices
from requests_app.services import flags, projections, staff_accounts
from requests_app.services.case_file import local_day
from requests_app.services.demo import stories
from requests_app.services.demo.office import DEPARTMENTS, PEOPLE, DemoOffice, play
from requests_app.services.filing import Filed
from requests_app.services.tally import Tally


def seed(*, at: datetime) -> Tally:
    """Make the demo office once, in one transaction; leave alone an installation that has cases.

    Refused in production and wherever demo accounts are switched off.
    """
    if settings.PRODUCTION or not settings.DEMO:
        raise Refused.because("demo", "这里不允许演示数据：正式运行的系统不能有演示账号。")
    if StaffUser.objects.filter(is_demo=True).exists() or Case.objects.exists():
        return Tally(seen=1)
    _certificate(at=at)
    with transaction.atomic():
        passwords = _staff(at=at)
        office = DemoOffice(at=at)
        play(stories.tell(office), until=at)
        projections.verify(at=at)
        flags.raise_due(at=at)
        _write_logins(settings.DEMO_LOGINS_FILE, passwords=passwords, filed=office.shown)
    return Tally(seen=1, changed=Case.objects.count())


def _certificate(*, at: datetime) -> None:
    """Make the certificate the demo's letters are signed with; it says that it proves nothing."""
    if settings.SIGNING_CERTIFICATE:
        office = offices.default_body().name
        signature.make_test_certificate(Path(settings.SIGNING_CERTIFICATE), office=office, at=at)


def _staff(*, at: datetime) -> dict[str, str]:
    """Make a person of each role; return the passwords, which are kept nowhere else in clear."""
    on = local_day(at)
    for code, name in DEPARTMENTS:
        Department.objects.get_or_create(
            code=code, defaults={"name": name, "valid_from": date(on.year - 1, 1, 1)}
        )
    passwords: dict[str, str] = {}
    for person in PEOPLE:
        passwords[person.username] = secrets.token_urlsafe(9)
        staff_accounts.create(
            person.username,
            display_name=person.name,
            password=passwords[person.username],
            roles=[person.role],
            on=on,
            email=f"{person.username}@example.com",
            department_code=person.department,
            is_demo=True,
        )
    return passwords


def _write_logins(path: Path, *, passwords: dict[str, str], filed: list[Filed]) -> None:
    """Write names and passwords to a file of mode 0600, for ``up`` to show."""
    roles: dict[str, Role] = {person.username: person.role for person in PEOPLE}
    lines = ["  演示账号（只在本机，密码每次安装重新生成）："]
    lines += [
        f"    {username:<12} {password}    {ROLE_LABELS[roles[username]]}"
        for username, password in passwords.items()
    ]
    lines += ["  演示申请（申请编号、查询码）："]
    lines += [f"    {each.case.number}    {each.query_code}" for each in filed]
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
    path.chmod(0o600)
