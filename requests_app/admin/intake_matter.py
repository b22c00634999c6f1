"""What a paper application is about: information wanted, or an own record to put right (条例 27, 41)."""

from __future__ import annotations

from django import forms

from requests_app.domain.matters import MATTER_LABELS, Matter


def field() -> forms.ChoiceField:
    """Return the choice of the intake form; most paper asks for information."""
    return forms.ChoiceField(
        label="申请什么",
        required=False,
        choices=[(matter.value, label) for matter, label in MATTER_LABELS.items()],
        widget=forms.RadioSelect,
        initial=Matter.DISCLOSURE.value,
        help_text="申请更正的（条例第四十一条）：文件名称写所涉的政府信息，下面写哪里不准确、应当是什么，一行一项；"
        "证据扫描在“申请书”里。没有法定的办理天数。",
    )


def chosen(typed: str) -> Matter:
    """Return the matter that was chosen; none chosen, or none of ours, is information wanted."""
    return Matter(typed) if typed in set(Matter) else Matter.DISCLOSURE
