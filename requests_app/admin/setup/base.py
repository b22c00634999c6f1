"""Who may change the set-up: administrators, and nobody by Django's own permissions."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db import DatabaseError, models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from requests_app.admin import shell


class SetupAdmin(admin.ModelAdmin):
    """A set-up table. Rows are versions or names that old letters quote, so none is deleted."""

    #: One sentence for the list of set-up tables.
    says = ""
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show the whole list where a filter or a row asked for is one the database refuses."""
        try:
            return super().changelist_view(request, extra_context)
        except (ValueError, OverflowError, DatabaseError):
            if not (request.GET or request.POST):
                raise
            return HttpResponseRedirect(request.path)

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
