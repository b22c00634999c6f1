"""The log of searches for the records asked for: one form, one entry."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar

from django import forms

from requests_app.admin.acts.form import ActForm, day_field
from requests_app.domain.access import Act
from requests_app.domain.searches import SEARCH_RESULT_LABELS, SearchResult
from requests_app.models import Department
from requests_app.services import searches
from requests_app.services.searches import SearchGiven


class RecordSearch(ActForm):
    """Say who searched where, for which words, on which day, and what came of it."""

    act = Act.RECORD_SEARCH
    button = "登记"
    reason_fields: ClassVar[Mapping[str, str]] = {"department": "department"}
    on = day_field("检索日期")
    department = forms.ModelChoiceField(
        label="哪个部门查的",
        queryset=Department.objects.none(),
        required=False,
        empty_label="工作机构自己",
    )
    place = forms.CharField(
        label="查了哪里",
        max_length=300,
        help_text="写到系统、库房、案卷或者处室，例如：公文系统2019年至2025年；档案室2020年文书卷。",
    )
    keywords = forms.CharField(
        label="关键词",
        max_length=300,
        help_text="几个词用顿号隔开；翻阅目录的，写目录名称和年份。",
    )
    means = forms.CharField(
        label="还怎样查的",
        max_length=300,
        required=False,
        help_text="例如：逐卷翻阅、询问原承办人。",
    )
    result = forms.ChoiceField(label="结果", choices=list(SEARCH_RESULT_LABELS.items()))
    found = forms.CharField(
        label="查到什么", max_length=500, required=False, help_text="没有查到的不填。"
    )
    by = forms.CharField(label="检索人", max_length=120, help_text="写姓名；两人以上更好。")
    next_steps = (
        "记入案卷、检索记录表和办理单",
        "答复信息不存在的，答复书引用这里的记录",
        "登记错了的，在“经过”里作废这一条，再登记",
    )

    def arrange(self) -> None:
        today, actor = self.subject.today, self.subject.actor
        in_force = Department.objects.filter(valid_from__lte=today).exclude(valid_to__lt=today)
        if actor.confined_to_department:
            in_force = in_force.filter(pk=actor.department_id or 0)
            self.fields["department"].empty_label = None  # type: ignore[attr-defined]
        self.fields["department"].queryset = in_force  # type: ignore[attr-defined]
        self.fields["department"].initial = actor.department_id
        self.fields["on"].initial = today
        self.fields["by"].initial = actor.name

    def perform(self, *, at: datetime) -> str:
        given = self.cleaned_data
        searches.record(
            self.subject.case.pk,
            SearchGiven(
                on=given["on"],
                place=given["place"],
                keywords=given["keywords"],
                means=given["means"],
                result=SearchResult(given["result"]),
                found=given["found"],
                by=given["by"],
                department_id=given["department"].pk if given["department"] else None,
            ),
            actor=self.subject.actor,
            at=at,
        )
        return "检索记录已登记。"
