"""Who may change the set-up: administrators, and nobody by Django's own permissions."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from requests_app.admin import shell


class SetupAdmin(admin.ModelAdmin):
    """A set-up table. Rows are versions or names that old letters quote, so none is deleted."""

    #: One sentence for the list of set-up tables.
    says = ""
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}

    def has_module_permission(self, request: HttpRequest) -> bool:
        return shell.is_administrator(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return shell.is_administrator(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return shell.is_administrator(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return shell.is_administrator(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
