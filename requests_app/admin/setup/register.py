"""Which columns the exported register (台账) has, in which order, under which headings."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from requests_app.admin import shell
from requests_app.admin.setup.base import SetupAdmin
from requests_app.admin.site import site
from requests_app.models import RegisterColumn


@admin.register(RegisterColumn, site=site)
class RegisterColumnAdmin(SetupAdmin):
    """One row a column; without any the usual columns stand."""

    says = "导出台账时有哪几列、什么顺序、表头怎么写；一列也没有的，用通用的表头。"
    list_display = ("position", "code", "heading")
    list_display_links = ("code",)
    ordering = ("position",)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A column is a choice of today; no old paper depends on it."""
        return shell.is_administrator(request)
