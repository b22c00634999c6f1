"""The desk's own admin site: its doors, its addresses, who gets in.

Own pages (work list, case, acts, letters, intake, approvals) stand beside the stock pages of the
set-up tables. Django's model permissions are not asked anywhere: roles decide (domain.access).
"""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, URLResolver, path, reverse

from requests_app.admin import (
    absences,
    additions,
    approvals,
    archives,
    asked_of_me,
    bundles,
    calendars,
    case,
    guide,
    handovers,
    intake,
    letters,
    login,
    message_log,
    papers,
    prints,
    proceedings,
    register_imports,
    reminders,
    roles,
    second_factor,
    shell,
    similar,
    stray,
    wordings,
    worklist,
    worklist_acts,
)
from requests_app.admin.acts import page as acts
from requests_app.domain.access import Act


class DeskSite(admin.AdminSite):
    """The site under /admin/."""

    site_header = "依申请公开办理台"
    site_title = "依申请公开办理台"
    index_title = "工作列表"
    login_form = login.StaffSignIn
    login_template = "admin/desk/login.html"
    enable_nav_sidebar = False
    site_url = None

    def has_permission(self, request: HttpRequest) -> bool:
        """Let in every active person who holds a role."""
        return bool(shell.actor(request).roles)

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        return {**super().each_context(request), **shell.context(request)}

    def index(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Open the work list; who reads no cases keeps the set-up."""
        if not shell.actor(request).may(Act.READ_CASE):
            return HttpResponseRedirect(reverse("admin:setup"))
        return worklist.view(request)

    def setup(self, request: HttpRequest) -> HttpResponse:
        """List the set-up tables the person may change."""
        tables = [
            {**table, "says": getattr(self._registry[table["model"]], "says", "")}
            for app in self.get_app_list(request)
            for table in app["models"]
        ]
        return shell.page(request, "admin/desk/setup.html", tables=tables)

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:  # noqa: FBT001, FBT002 - Django's own signature
        """Guard a page as Django does; what the page itself did not answer is shown as reasons."""
        return super().admin_view(shell.reasons_shown(view), cacheable)

    def get_urls(self) -> list[URLPattern | URLResolver]:
        guard = self.admin_view
        own = [
            path("second-factor/", guard(second_factor.ask), name="second_factor"),
            path(
                "second-factor/set-up/",
                guard(second_factor.set_up),
                name="second_factor_set_up",
            ),
            path("setup/", guard(self.setup), name="setup"),
            path("roles/", guard(roles.view), name="roles"),
            path("register.xlsx", guard(worklist.export), name="register"),
            path("next/", guard(worklist_acts.take_next), name="take_next"),
            path("several/", guard(worklist_acts.several), name="several"),
            path("filters/", guard(worklist_acts.save_filter), name="save_filter"),
            path(
                "filters/<int:filter_id>/delete/",
                guard(worklist_acts.forget_filter),
                name="forget_filter",
            ),
            path("cases/<int:case_id>/similar/", guard(similar.view), name="similar"),
            path("cases/<int:case_id>/watch/", guard(worklist_acts.watch), name="watch"),
            path("intake/", guard(intake.view), name="intake"),
            path("register/import/", guard(register_imports.view), name="import_register"),
            path("stray/", guard(stray.view), name="stray"),
            path("stray/<int:stray_id>/answer/", guard(stray.answer), name="stray_answer"),
            path("intake/done/", guard(intake.done), name="intake_done"),
            path("approvals/", guard(approvals.view), name="approvals"),
            path("asked-of-me/", guard(asked_of_me.view), name="asked_of_me"),
            path("messages/", guard(message_log.view), name="messages"),
            path(
                "messages/<int:message_id>/retry/",
                guard(message_log.retry),
                name="message_retry",
            ),
            path("hand-over/", guard(handovers.view), name="hand_over"),
            path("reminders/", guard(reminders.view), name="reminders"),
            path("absences/", guard(absences.view), name="absences"),
            path("calendar/", guard(calendars.view), name="calendars"),
            path("calendar/<int:notice_id>/", guard(calendars.notice), name="calendar_notice"),
            path("wordings/", guard(wordings.view), name="wordings"),
            path("wordings/<slug:kind>/", guard(wordings.kind), name="wording"),
            path(
                "wordings/<slug:kind>/<int:version>/",
                guard(wordings.version),
                name="wording_version",
            ),
            path(
                "wordings/<slug:kind>/<int:version>/preview.pdf",
                guard(wordings.preview),
                name="wording_preview",
            ),
            path("cases/<int:case_id>/", guard(case.view), name="case"),
            path("cases/<int:case_id>/guide/", guard(guide.view), name="guide"),
            path("cases/<int:case_id>/guide/<slug:step>/", guard(guide.view), name="guide_step"),
            path("cases/<int:case_id>/deadline/", guard(case.deadline), name="deadline"),
            path("cases/<int:case_id>/identity/", guard(papers.identity), name="identity"),
            path("cases/<int:case_id>/do/<slug:act>/", guard(acts.view), name="act"),
            path("cases/<int:case_id>/print/<slug:paper>.pdf", guard(prints.paper), name="print"),
            path("cases/<int:case_id>/bundle/", guard(bundles.view), name="bundle"),
            path("cases/<int:case_id>/papers/add/", guard(additions.view), name="add_papers"),
            path("cases/<int:case_id>/archive/", guard(archives.view), name="archive"),
            path("archive/", guard(archives.register), name="archives"),
            path(
                "archive/files/<int:archive_file_id>.zip",
                guard(archives.download),
                name="archive_file",
            ),
            path(
                "archive/files/<int:archive_file_id>/make/",
                guard(archives.make),
                name="make_archive_file",
            ),
            path("archive/lent/<int:lending_id>/", guard(archives.give_back), name="give_back"),
            path("bundles/<int:bundle_id>.pdf", guard(bundles.pdf), name="bundle_pdf"),
            path("bundles/<int:bundle_id>.zip", guard(bundles.zip_file), name="bundle_zip"),
            path("papers/<int:paper_id>/", guard(papers.paper), name="paper"),
            path("letters/<int:letter_id>/", guard(letters.view), name="letter"),
            path("letters/<int:letter_id>/do/<slug:act>/", guard(letters.act), name="letter_act"),
            path(
                "letters/<int:letter_id>/preview.pdf", guard(letters.preview), name="letter_preview"
            ),
            path("letters/<int:letter_id>/file.pdf", guard(letters.file), name="letter_file"),
            path("letters/<int:letter_id>/letter.docx", guard(prints.docx), name="letter_docx"),
            path(
                "letters/<int:letter_id>/receipt.pdf", guard(prints.receipt), name="print_receipt"
            ),
            path("letters/<int:letter_id>/label.pdf", guard(prints.label), name="print_label"),
        ]
        return own + proceedings.addresses(guard) + super().get_urls()


site = DeskSite(name="admin")
