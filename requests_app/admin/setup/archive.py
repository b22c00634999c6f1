"""How files are numbered, how long they are kept, and who approved that."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin

from requests_app.admin.setup.office import VersionAdmin
from requests_app.admin.site import site
from requests_app.domain import archiving
from requests_app.models import ArchiveSettings


class ArchiveSettingsForm(forms.ModelForm):
    """Codes that make one number, and an approval that is whole."""

    def clean(self) -> dict[str, Any]:
        """Refuse codes that make no number, a code another body has, half an approval."""
        given: dict[str, Any] = super().clean() or {}
        for reason in archiving.against_codes(
            fonds=given.get("fonds_number", ""),
            category=given.get("category_code", "WS"),
            unit=given.get("unit_code", "X"),
        ):
            self.add_error(reason.code, str(reason))
        self._refuse_shared(given)
        if bool(given.get("approved_by")) != bool(given.get("approved_on")):
            lacking = "approved_on" if given.get("approved_by") else "approved_by"
            self.add_error(lacking, "批准的部门和日期要一起填，还没有批准的都留空。")
        return given

    def _refuse_shared(self, given: dict[str, Any]) -> None:
        others = ArchiveSettings.objects.exclude(body=given.get("body")).filter(
            fonds_number=given.get("fonds_number", ""),
            category_code=given.get("category_code", ""),
            unit_code=given.get("unit_code", ""),
        )
        if "body" in given and (other := others.select_related("body").first()) is not None:
            sentence = (
                f"{other.body}已经用这个代码；同一全宗里各机关不能相同（{archiving.DA_T_22}）。"
            )
            self.add_error("unit_code", sentence)


@admin.register(ArchiveSettings, site=site)
class ArchiveSettingsAdmin(VersionAdmin):
    """Versions of the list of periods and of the codes; what has begun stays as it was."""

    form = ArchiveSettingsForm
    says = "全宗号、门类和机构代码（编档号用），保管期限表和批准情况，身份证明扫描件保存多久。改动要新增一版。"
    list_display = ["body", "effective_from", "fonds_number", "unit_code", "approved_by"]
    list_select_related = ["body"]
    fieldsets = [
        (None, {"fields": ["body", "effective_from"]}),
        (
            "档号（DA/T 22-2015）",
            {
                "fields": ["fonds_number", "category_code", "unit_code"],
                "description": "全宗号-门类代码·年度-保管期限-机构（问题）代码-件号；件号按机关、年度、期限从1起，不跳号。",
            },
        ),
        (
            "保管期限表",
            {
                "fields": [
                    "keep_disputed", "keep_answered", "keep_ended", "keep_amendment",
                    "approved_by", "approval_number", "approved_on",
                ],
                "description": "本单位的保管期限表须经同级档案主管部门审查同意（档案法实施条例第十九条）；没有批准的，页面会提示。",
            },
        ),
        ("期限", {"fields": ["identity_scan_months", "lending_days"]}),
    ]  # fmt: skip
