"""The office's people: accounts and the roles they hold."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models

from requests_app.domain.access import ROLE_LABELS, STAFF_ROLES, Actor, Role
from requests_app.models.choices import choices, values


class StaffUser(AbstractUser):
    """A member of staff. What the person may do follows from the roles alone."""

    display_name = models.CharField("姓名", max_length=60)
    department = models.ForeignKey(
        "Department",
        verbose_name="部门",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="staff",
    )
    mobile = models.CharField(
        "手机号", max_length=20, blank=True, help_text="没有邮箱的，提醒发短信；只写编号和日期。"
    )
    is_demo = models.BooleanField("演示账号", default=False, editable=False)

    REQUIRED_FIELDS: ClassVar[list[str]] = ["display_name"]

    class Meta:
        verbose_name = "工作人员"
        verbose_name_plural = "工作人员"

    def __str__(self) -> str:
        return self.display_name or self.username

    def as_actor(self) -> Actor:
        """Return the person as the domain sees one. Asks for the roles once per object."""
        return Actor(
            roles=frozenset(Role(held.role) for held in self.held_roles.all()),
            name=self.display_name,
            staff_id=self.pk,
            department_id=self.department_id,
        )


class StaffRole(models.Model):
    """One role one person holds."""

    user = models.ForeignKey(
        StaffUser, verbose_name="人员", on_delete=models.CASCADE, related_name="held_roles"
    )
    role = models.CharField(
        "岗位", max_length=20, choices=choices({role: ROLE_LABELS[role] for role in STAFF_ROLES})
    )

    class Meta:
        verbose_name = "岗位"
        verbose_name_plural = "岗位"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["user", "role"], name="staff_role_once"),
            models.CheckConstraint(
                condition=models.Q(role__in=values(STAFF_ROLES)), name="staff_role_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}：{self.get_role_display()}"
