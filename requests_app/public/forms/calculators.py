"""Forms of the calculators: numbers of items and pages, and one dated event of a sequence.

They are sent by GET, so that a result has an address that can be kept and passed on; nothing they
ask is personal.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django import forms

from requests_app.domain.clock import EVENT_LABELS, EventType
from requests_app.domain.clock.events import PUBLICATION_TYPES
from requests_app.domain.fees import MOST
from requests_app.public.forms.fields import PublicForm

_MOST_DAYS: Final = 999

_GROUPS: Final = (
    (
        "申请",
        (EventType.RECEIVED, EventType.REPLIED, EventType.WITHDRAWN, EventType.MERGED),
    ),
    (
        "补正",
        (EventType.CORRECTION_REQUESTED, EventType.CORRECTION_DELIVERED, EventType.CORRECTED),
    ),
    (
        "征求意见",
        (EventType.CONSULT_SENT, EventType.CONSULT_DELIVERED, EventType.CONSULT_REPLIED),
    ),
    (
        "延期",
        (EventType.EXTENDED, EventType.EXTENSION_NOTIFIED, EventType.EXTENSION_DELIVERED),
    ),
    ("收费", (EventType.FEE_NOTICE, EventType.FEE_NOTICE_DELIVERED, EventType.PAID)),
    ("特别的", (EventType.DELAYED, EventType.REOPENED)),
    ("主动公开", tuple(each for each in EventType if each in PUBLICATION_TYPES)),
)


def _count(label: str, help_text: str) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=0,
        max_value=MOST,
        help_text=help_text,
        widget=forms.NumberInput(attrs={"class": "narrow", "inputmode": "numeric"}),
        error_messages={
            "invalid": f"{label}请写整数，例如 35。",
            "min_value": f"{label}不能小于 0。",
            "max_value": f"{label}太大了，请核对。",
        },
    )


class ItemsForm(PublicForm):
    """How many items of one month: those before this request, and those of it."""

    before = _count("这个月之前已经申请的件数", "同一个申请人、同一个自然月里收到的。没有就写 0。")
    items = _count("这一次申请的件数", "一件事算一件；一份申请写了几件事的，分开数。")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.mark(mandatory=("items",), optional=("before",))

    def clean_items(self) -> int:
        """Ask for the number that the sum depends on."""
        found: int | None = self.cleaned_data["items"]
        if found is None:
            raise forms.ValidationError("请填写这一次申请的件数。")
        return found


class PagesForm(PublicForm):
    """How many pages one request asks for."""

    pages = _count("页数", "一件申请要的全部页数；A4 以下的一面算一页。")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.mark(mandatory=("pages",))

    def clean_pages(self) -> int:
        """Ask for the number that the sum depends on."""
        found: int | None = self.cleaned_data["pages"]
        if found is None:
            raise forms.ValidationError("请填写页数。")
        return found


class EventForm(PublicForm):
    """One event: what, which day, and what else that kind of event needs to be said of it.

    A row's names end in its position, so that an address may leave out what is empty.
    """

    NAMES: Final = ("what", "on", "days", "until", "letter", "to")

    what = forms.ChoiceField(
        label="什么事",
        required=False,
        choices=(
            ("", "请选择"),
            *(
                (group, tuple((each.value, EVENT_LABELS[each]) for each in types))
                for group, types in _GROUPS
            ),
        ),
        error_messages={"invalid_choice": "没有这一种事，请从列表里选。"},
    )
    on = forms.DateField(
        label="哪一天",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "日期写成 2026-03-02 的样式，并且要有这一天。"},
    )
    days = forms.IntegerField(
        label="几个工作日",
        required=False,
        min_value=1,
        max_value=_MOST_DAYS,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "invalid": "工作日数请写整数，例如 15。",
            "min_value": "工作日数不能小于 1。",
            "max_value": "工作日数太大了，请核对。",
        },
    )
    until = forms.DateField(
        label="到哪一天",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "日期写成 2026-03-02 的样式，并且要有这一天。"},
    )
    letter = forms.ChoiceField(
        label="哪一份征求意见书",
        required=False,
        choices=(("", "甲"), ("2", "乙"), ("3", "丙"), ("4", "丁")),
        error_messages={"invalid_choice": "请从列表里选。"},
    )
    to = forms.ChoiceField(
        label="问谁",
        required=False,
        choices=(("", "第三方"), ("organ", "其他机关")),
        error_messages={"invalid_choice": "请从列表里选。"},
    )

    def __init__(self, *args: Any, position: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.position = position

    def add_prefix(self, field_name: str) -> str:
        """Return the name of a field in the address, such as what0."""
        return f"{field_name}{self.position}"

    @property
    def number(self) -> int:
        """Return the place of the event, counted from 1."""
        return self.position + 1

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing was typed into the row."""
        told = (self.data.get(self.add_prefix(name), "") for name in self.NAMES[:4])
        return not any(value.strip() for value in told)

    def clean(self) -> dict[str, Any]:
        """Ask for the half that is missing: an event without a day, or a day without an event."""
        given = super().clean() or {}
        if self.is_empty:
            return given
        if not given.get("what") and "what" not in self.errors:
            self.add_error("what", "请选择这一天发生了什么事。")
        if given.get("on") is None and "on" not in self.errors:
            self.add_error("on", "请填写这件事是哪一天。")
        self._ask_for_more(given)
        return given

    def _ask_for_more(self, given: Mapping[str, Any]) -> None:
        what, days, until = given.get("what"), given.get("days"), given.get("until")
        if what == EventType.EXTENDED and days is None and "days" not in self.errors:
            self.add_error("days", "请填写延长多少个工作日，最多 20 个（条例第三十三条）。")
        if what == EventType.DELAYED and until is None and "until" not in self.errors:
            self.add_error("until", "请填写延迟到哪一天（条例第三十五条）。")
        if what == EventType.REOPENED and days is not None and until is not None:
            self.add_error("until", "工作日数和截止日只填一个。")


class AsOfForm(PublicForm):
    """The day from which one looks; without it the day of the last event."""

    as_of = forms.DateField(
        label="站在哪一天看",
        required=False,
        help_text="不填，就站在最后一件事那天看。",
        widget=forms.DateInput(attrs={"type": "date", "class": "narrow"}, format="%Y-%m-%d"),
        error_messages={"invalid": "日期写成 2026-03-02 的样式，并且要有这一天。"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.mark(optional=("as_of",))

    def day(self) -> date | None:
        """Return the day asked for, if one was."""
        found: date | None = self.cleaned_data.get("as_of")
        return found
