"""The departments and clerks that the rows of the reports are named by."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from requests_app.models import Department, StaffUser
from requests_app.selectors.deadline_report import Grouping

LABELS: Final[Mapping[Grouping, str]] = MappingProxyType(
    {Grouping.DEPARTMENT: "部门", Grouping.CLERK: "经办"}
)


def names(grouping: Grouping) -> dict[int, str]:
    """Return the name of every department, or of everybody, by key."""
    if grouping is Grouping.DEPARTMENT:
        return dict(Department.objects.values_list("pk", "name"))
    return dict(StaffUser.objects.values_list("pk", "display_name"))
