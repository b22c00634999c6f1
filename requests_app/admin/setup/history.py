"""What was changed in the set-up, and the nightly seals: to read, never to write."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from requests_app.admin import shell
from requests_app.admin.setup.base import SetupAdmin
from requests_app.admin.site import site
from requests_app.domain.access import Role
from requests_app.models import Seal, SetupChange


class ReadOnlyAdmin(SetupAdmin):
    """Rows the software writes; administrators and supervisors read them."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(shell.actor(request).roles & {Role.ADMINISTRATOR, Role.SUPERVISOR})

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(SetupChange, site=site)
class SetupChangeAdmin(ReadOnlyAdmin):
    """Who changed what, before and after."""

    says = "谁在什么时候改了哪一项设置，改前、改后各是什么。只能看，不能改。"
    list_display = ["at", "staff", "table", "row", "changed"]
    list_filter = ["table"]
    list_select_related = ["staff"]
    date_hierarchy = "at"

    @admin.display(description="改了什么")
    def changed(self, change: SetupChange) -> str:
        """Name each value that differs, as it was and as it is."""
        labels = [*change.after, *(label for label in change.before if label not in change.after)]
        return "；".join(
            f"{label}：{change.before.get(label) or '（空）'} → {change.after.get(label) or '（空）'}"
            for label in labels
            if change.before.get(label) != change.after.get(label)
        )


@admin.register(Seal, site=site)
class SealAdmin(ReadOnlyAdmin):
    """The nightly seals; a digest kept elsewhere proves all that went before it."""

    says = (
        "每夜核验台账以后的封存摘要。定期把最新一条抄存到系统以外，可以证明此前的记录没有改动过。"
    )
    list_display = ["number", "at", "digest"]
    ordering = ["-number"]
