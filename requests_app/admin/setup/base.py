"""Who may change the set-up: administrators, and nobody by Django's own permissions.

Every change, addition and deletion is kept with what stood before and after (``services.seals``), in
the same transaction.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.contrib import admin
from django.db import DatabaseError, models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from requests_app.admin import shell
from requests_app.admin.setup import standing
from requests_app.services import seals

if TYPE_CHECKING:
    from requests_app.models import StaffUser


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

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Look at the row before Django saves it."""
        if request.method == "POST" and object_id is not None:
            self.look_at(request, self.get_object(request, object_id))
        return super().changeform_view(request, object_id, form_url, extra_context)

    def look_at(self, request: HttpRequest, row: models.Model | None) -> None:
        """Keep what ``row`` says now, to tell later what changed."""
        request.stood_before = self._standing(row)  # type: ignore[attr-defined]

    def _standing(self, row: models.Model | None) -> dict[str, str]:
        return standing.of(row, beside=[inline.model for inline in self.inlines])

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        self._keep(request, obj, before={})
        return super().log_addition(request, obj, message)

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        self._keep(request, obj, before=request.stood_before)  # type: ignore[attr-defined]
        return super().log_change(request, obj, message)

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any:
        """Keep what each row said; Django asks before it deletes, one row or several."""
        by, at = cast("StaffUser", request.user), shell.now()
        for row in queryset:
            seals.record_change(row, before=self._standing(row), after={}, by=by, at=at)
        return super().log_deletions(request, queryset)

    def _keep(self, request: HttpRequest, row: models.Model, *, before: dict[str, str]) -> None:
        by = cast("StaffUser", request.user)
        after = self._standing(row)
        seals.record_change(row, before=before, after=after, by=by, at=shell.now())

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
