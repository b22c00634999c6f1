"""The office itself: guide, bodies, remedies, departments, reading points."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from requests_app.admin import shell
from requests_app.admin.setup.base import SetupAdmin
from requests_app.admin.site import site
from requests_app.models import (
    Department,
    IssuingBody,
    OfficeSettings,
    ReadingPoint,
    RemedySettings,
)


class VersionAdmin(SetupAdmin):
    """Rows that hold from a day on: what has begun stays as it was, a change is a new row."""

    date_field = "effective_from"

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Let only versions that have not begun be changed; letters quote the others."""
        if obj is not None and getattr(obj, self.date_field) <= shell.today():
            return False
        return super().has_change_permission(request, obj)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Begin a new version with the words of the newest one."""
        newest = self.get_queryset(request).order_by(f"-{self.date_field}").first()
        if newest is None:
            return {}
        skipped = {self.date_field, "id"}
        return {
            field.name: field.value_from_object(newest)
            for field in self.model._meta.concrete_fields
            if field.name not in skipped
        }


@admin.register(OfficeSettings, site=site)
class OfficeSettingsAdmin(VersionAdmin):
    """The guide's statements and the office's readings of the law."""

    says = "公开指南载明的地址、电话、时间，期限的口径和上传限制。改动要新增一版，写明生效日期。"
    list_display = ["effective_from", "office_name", "phone", "source"]
    fieldsets = [
        (
            None,
            {"fields": ["effective_from", "source", "guide_version", "guide_updated_on"]},
        ),
        (
            "公开指南载明的事项",
            {
                "fields": [
                    "office_name", "receiving_unit", "address", "postcode", "phone", "fax", "email",
                    "office_hours", "season_hours", "envelope_note", "website",
                    "publishing_channels", "treasury_note",
                ]
            },
        ),
        (
            "接收申请的渠道",
            {
                "fields": ["takes_online", "takes_fax", "email_takes_requests"],
                "description": "当面、邮寄一直接收，不能关。关掉的渠道，指南、申请表、网上都不再写。",
            },
        ),
        (
            "投诉举报",
            {
                "fields": [
                    "complaint_body", "complaint_phone", "complaint_fax", "complaint_address",
                    "complaint_postcode",
                ]
            },
        ),
        (
            "要的不是文件：去处",
            {
                "fields": ["petition_url", "report_url", "enquiry_url"],
                "description": "填了网址的，首页和申请第一步给出链接；没填的只写去处。",
            },
        ),
        (
            "期限的口径",
            {
                "fields": [
                    "correction_working_days", "pause_from", "told_by", "rest_day_receipt",
                    "late_correction_notice", "due_soon_working_days", "due_urgent_working_days",
                ],
                "description": "法律没有写明、由本机关确定的口径；会写进期限说明。",
            },
        ),
        (
            "提供的文件",
            {"fields": ["release_online_days"]},
        ),
        (
            "信息处理费",
            {
                "fields": ["joint_fee_count"],
                "description": "收费办法没有写明、由本机关确定的口径。",
            },
        ),
        (
            "签发前的审查",
            {
                "fields": ["secrecy_review_required", "legal_review_required"],
                "description": "已经送审的，一律等意见；不同意、要修改的，须说明处理后才能签发。",
            },
        ),
        (
            "上传",
            {
                "fields": [
                    "max_file_mb", "max_files", "max_case_mb", "max_image_side", "identity_watermark",
                ]
            },
        ),
        (
            "网站标识（页脚）",
            {
                "fields": [
                    "site_name", "site_organiser", "site_identifier", "icp_number", "police_number",
                    "police_url", "party_badge_url", "find_error_url",
                ],
                "description": "没填的不显示，在部署检查里列出。",
            },
        ),
    ]  # fmt: skip


@admin.register(IssuingBody, site=site)
class IssuingBodyAdmin(SetupAdmin):
    """The bodies that answer in their own name."""

    says = "以谁的名义答复；决定印章、文号、复议机关和法院。"
    list_display = ["name", "number_prefix", "is_default"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [] if obj is None else ["code"]


@admin.register(RemedySettings, site=site)
class RemedySettingsAdmin(VersionAdmin):
    """Who reviews and which court hears."""

    says = "复议机关、法院和网上复议渠道，印在每一份答复上；改动要新增一版。"
    list_display = ["body", "effective_from", "review_body", "court", "signed_off_by"]
    list_select_related = ["body"]


class SpanForm(forms.ModelForm):
    """Something from a day to a day; a first day fixed once it is there is read from the row."""

    def clean_valid_to(self) -> date | None:
        """Refuse a last day before the first."""
        last: date | None = self.cleaned_data["valid_to"]
        first = self.cleaned_data.get("valid_from") or self.instance.valid_from
        if last and first and last < first:
            raise forms.ValidationError(f"停用日期不能早于启用日期（{first}）。")
        return last


@admin.register(Department, site=site)
class DepartmentAdmin(SetupAdmin):
    """The departments cases are handed to."""

    form = SpanForm
    says = "承办部门。改名、合并的，停用旧的、新增新的，旧案不变。"
    list_display = ["name", "code", "phone", "valid_from", "valid_to"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [] if obj is None else ["name", "code", "valid_from"]


@admin.register(ReadingPoint, site=site)
class ReadingPointAdmin(SetupAdmin):
    """Where published information can be read."""

    form = SpanForm
    says = (
        "公开信息查阅点，显示在公开指南页和申请的“怎么给您”；停用的写停用日期，从次日起不再显示。"
    )
    list_display = ["name", "address", "hours", "valid_from", "valid_to", "position"]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Let a reading point go: no letter quotes one."""
        return shell.is_administrator(request)
