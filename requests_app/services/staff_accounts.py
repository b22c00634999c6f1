"""Accounts of the office's people: make one, give roles, close one.

What a person may do follows from the roles alone (``domain.access``). Accounts are closed and never
deleted, because ledgers name them.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from requests_app.domain.access import STAFF_ROLES, Role
from requests_app.domain.errors import Reason, Refused, refuse_if_any
from requests_app.models import Department, StaffRole, StaffUser


def create(
    username: str,
    *,
    display_name: str,
    password: str,
    roles: Iterable[Role],
    on: date,
    email: str = "",
    department_code: str = "",
    is_demo: bool = False,
) -> StaffUser:
    """Make an account with its roles, on the day ``on``.

    Refuses a name that is taken, a password too easy to guess, no role at all, a role that is not
    a member of staff's, a department not in force, and a handler without a department, who would
    see no case.
    """
    held = frozenset(roles)
    department = _department(department_code, on=on) if department_code else None
    user = StaffUser(
        username=username.strip(),
        display_name=display_name.strip(),
        email=email.strip(),
        department=department,
        is_demo=is_demo,
        is_staff=True,  # the desk is the admin site; roles decide what stands in it
    )
    refuse_if_any(
        (
            *_about_account(user, password=password),
            *_about_roles(held, department=department),
        )
    )
    with transaction.atomic():
        user.set_password(password)
        user.save()
        StaffRole.objects.bulk_create(
            StaffRole(user=user, role=role.value) for role in sorted(held)
        )
    return user


def set_roles(user_id: int, *, roles: Iterable[Role]) -> StaffUser:
    """Give an account exactly these roles; refuses as ``create`` does."""
    held = frozenset(roles)
    with transaction.atomic():
        user = StaffUser.objects.select_for_update().get(pk=user_id)
        refuse_if_any(_about_roles(held, department=user.department))
        user.held_roles.exclude(role__in=[role.value for role in held]).delete()
        for role in sorted(held):
            StaffRole.objects.get_or_create(user=user, role=role.value)
    return StaffUser.objects.get(pk=user_id)


def close(user_id: int) -> None:
    """Close an account: it opens nothing any more, and its name stays in the ledgers."""
    StaffUser.objects.filter(pk=user_id).update(is_active=False)


def _about_account(user: StaffUser, *, password: str) -> tuple[Reason, ...]:
    reasons: list[Reason] = []
    if not user.display_name:
        reasons.append(Reason("display_name", "请填写姓名。"))
    try:
        user.full_clean(exclude=["password"])
    except ValidationError as error:
        reasons += [
            Reason(field, "".join(texts))
            for field, texts in error.message_dict.items()
            if field != "display_name"
        ]
    try:
        validate_password(password, user=user)
    except ValidationError as error:
        reasons.append(Reason("password", "".join(error.messages)))
    return tuple(reasons)


def _about_roles(roles: frozenset[Role], *, department: Department | None) -> tuple[Reason, ...]:
    if not roles:
        return (Reason("roles", "请至少选择一个岗位。"),)
    if roles - set(STAFF_ROLES):
        return (Reason("roles", "申请人和系统不是工作人员的岗位。"),)
    if Role.HANDLER in roles and department is None:
        return (Reason("department", "部门承办人员必须属于一个部门。"),)
    return ()


def _department(code: str, *, on: date) -> Department:
    found = Department.objects.filter(code=code, valid_from__lte=on).first()
    if found is None or (found.valid_to is not None and found.valid_to < on):
        raise Refused.because("department", f"没有代码为“{code}”的部门，或者它已经停用。")
    return found
