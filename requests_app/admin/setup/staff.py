"""Accounts and roles. An account is closed, never deleted: ledgers name it."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.contrib.auth.admin import UserAdmin
from django.db.models import OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse

from requests_app.admin import shell
from requests_app.admin.setup.base import SetupAdmin
from requests_app.admin.site import site
from requests_app.domain.errors import Refused
from requests_app.models import DutyHolder, StaffRole, StaffUser
from requests_app.services import second_factor


class RoleInline(admin.TabularInline):
    """The roles a person holds."""

    model = StaffRole
    extra = 1
    min_num = 0

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return shell.is_administrator(request)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return _may_give_roles(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return _may_give_roles(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return _may_give_roles(request, obj)


def _may_give_roles(request: HttpRequest, person: StaffUser | None) -> bool:
    """Let administrators give roles to others; nobody opens the cases to himself."""
    return shell.is_administrator(request) and (person is None or person != request.user)


@admin.register(StaffUser, site=site)
class StaffUserAdmin(SetupAdmin, UserAdmin):
    """People and their roles; Django's own groups and permissions are not used."""

    says = "人员、岗位、密码。岗位决定能做什么；离开的停用账号。"
    list_display = [
        "username",
        "display_name",
        "department",
        "roles",
        "second_factor",
        "is_active",
        "last_login",
    ]
    list_filter = ["is_active", "held_roles__role"]
    list_select_related = ["department"]
    search_fields = ["username", "display_name"]
    ordering = ["username"]
    filter_horizontal = []
    inlines = [RoleInline]
    readonly_fields = ["last_login", "date_joined"]
    actions = ["take_second_factor_away"]
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        ("人员", {"fields": ["display_name", "department", "email", "mobile"]}),
        ("状态", {"fields": ["is_active", "last_login", "date_joined"]}),
    ]
    add_fieldsets = [
        (
            None,
            {
                "fields": [
                    "username",
                    "display_name",
                    "department",
                    "email",
                    "password1",
                    "password2",
                ]
            },
        ),
    ]

    def get_queryset(self, request: HttpRequest) -> Any:
        rows = super().get_queryset(request).prefetch_related("held_roles")
        return rows.annotate(has_second_factor=second_factor.set_up_by(OuterRef("pk")))

    @admin.display(description="第二步验证", boolean=True)
    def second_factor(self, user: StaffUser) -> bool:
        """Tell whether a person gives a code at sign-in."""
        return bool(user.has_second_factor)  # type: ignore[attr-defined]

    @admin.action(description="停用第二步验证（手机丢失时）")
    def take_second_factor_away(self, request: HttpRequest, people: QuerySet[StaffUser]) -> None:
        """Take lost devices away; each owner sets up another at the next sign-in."""
        by = cast("StaffUser", request.user)
        for person in people:
            try:
                second_factor.take_away(
                    person.pk, by=by, actor=shell.actor(request), at=shell.now()
                )
            except Refused as refusal:
                shell.tell_refusal(request, refusal)
            else:
                shell.tell(request, f"已停用{person}的第二步验证。")

    def user_change_password(
        self,
        request: HttpRequest,
        id: str,  # noqa: A002 - Django's own name
        form_url: str = "",
    ) -> HttpResponse:
        """Set another person's password; that it was done is kept beside the other changes."""
        if request.method == "POST":
            self.look_at(request, self.get_object(request, unquote(id)))
        return super().user_change_password(request, id, form_url)

    @admin.display(description="岗位")
    def roles(self, user: StaffUser) -> str:
        """Name the roles of a person."""
        return (
            "、".join(held.get_role_display() for held in user.held_roles.all())
            or "（没有岗位，不能登录）"
        )


@admin.register(DutyHolder, site=site)
class DutyHolderAdmin(SetupAdmin):
    """Who leads a department, and who leads the working body."""

    says = "部门负责人、副职、主要负责人、分管领导；催办、红牌、督办单发给谁由这里决定。"
    list_display = ["department", "duty", "person"]
    list_select_related = ["department", "person"]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Let a duty go: orders and reminders keep the person they went to."""
        return shell.is_administrator(request)
