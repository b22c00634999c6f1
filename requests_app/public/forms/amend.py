"""The form for an own record that is wrong: which, what in it, the evidence; and who asks."""

from __future__ import annotations

import copy
from typing import Any, Final

from django import forms

from requests_app.domain.application import (
    APPLICANT_KIND_LABELS,
    ApplicantKind,
    FormWanted,
    WayWanted,
)
from requests_app.domain.identity import ID_KIND_LABELS, IdKind
from requests_app.models import OfficeSettings
from requests_app.public.forms.fields import Cards, PublicForm, Uploads
from requests_app.public.forms.steps import OTHER_ACCEPT
from requests_app.public.forms.who import IDENTITY_ACCEPT, WhoForm
from requests_app.services.applications import ApplicantGiven

#: How the answer comes, as one choice; the carrier follows from it.
_WAYS: Final = {
    WayWanted.ONLINE: (FormWanted.ELECTRONIC, "网上查看、下载", ""),
    WayWanted.POST: (FormWanted.PAPER, "邮寄", "要填通信地址。"),
    WayWanted.COLLECT: (FormWanted.PAPER, "到办公地点领取", ""),
}
_PAPERS: Final = [
    (kind.value, label) for kind, label in ID_KIND_LABELS.items() if kind is not IdKind.CREDIT_CODE
]
#: Guardian and agent, as the first step of filing names them.
BEHIND: Final = tuple(
    name for name in WhoForm.base_fields if name.startswith(("under_14", "guardian_", "agent_"))
)
_PICK: Final = {"invalid_choice": "请在列出的选项里选一个。"}


class KnownAmendForm(PublicForm):
    """What is wrong, for an applicant whose case is open already."""

    other_codes = {
        "document_name": "record_name",
        "description": "wrong_content",
        "files": "evidence",
        "address": "way_wanted",
        "address_missing": "way_wanted",
    }

    key = forms.UUIDField(widget=forms.HiddenInput)
    record_name = forms.CharField(
        label="是哪一份政府信息",
        required=False,
        max_length=200,
        help_text="写名称、文号、年份，例如：《城镇住房保障对象登记表》（2021年）。",
        widget=forms.TextInput(),
    )
    wrong_content = forms.CharField(
        label="哪里不准确，应当是什么",
        required=False,
        max_length=5_000,
        help_text="一行写一项，例如：家庭人口数登记为 2 人，应当是 3 人。",
        widget=forms.Textarea(attrs={"rows": 6, "data-count": "5000"}),
        error_messages={"max_length": "最多 5000 个字，现在是 %(show_value)d 个字。"},
    )
    evidence = Uploads(label="证明记录不准确的材料", accept=OTHER_ACCEPT)
    way_wanted = forms.ChoiceField(
        label="答复怎么给您",
        choices=[(way.value, label) for way, (_, label, _) in _WAYS.items()],
        initial=WayWanted.ONLINE.value,
        widget=Cards(notes={way.value: note for way, (_, _, note) in _WAYS.items()}),
        error_messages=_PICK,
    )

    def __init__(self, *args: Any, office: OfficeSettings, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.size = f"可以多选，单个不超过 {office.max_file_mb} MB。"
        self.fields[
            "evidence"
        ].help_text = f"户口簿、证书、判决书等，照片、PDF、Word 都行，{self.size}"
        self.mark(mandatory=("record_name", "wrong_content", "evidence"))

    def way(self) -> WayWanted:
        """Return how the answer should come."""
        return WayWanted(self.cleaned_data["way_wanted"])

    def carrier(self) -> FormWanted:
        """Return the carrier that way needs."""
        return _WAYS[self.way()][0]


class AmendForm(KnownAmendForm):
    """The same, with who asks: what 条例 29 lets an office ask, and no more."""

    other_codes = {
        **KnownAmendForm.other_codes,
        "address": "address",
        "address_missing": "address",
    }

    #: Asked after who it is.
    _LATER: Final = (
        "phone", "email", "address", "record_name", "wrong_content", "evidence", "way_wanted",
    )  # fmt: skip

    kind = forms.ChoiceField(
        label="谁的记录",
        choices=[(kind.value, label) for kind, label in APPLICANT_KIND_LABELS.items()],
        initial=ApplicantKind.PERSON.value,
        widget=Cards(two_up=True),
        error_messages=_PICK,
    )
    name = forms.CharField(
        label="姓名或者单位名称",
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    identity_kind = forms.ChoiceField(
        label="证件类型",
        choices=_PAPERS,
        initial=IdKind.RESIDENT_CARD.value,
        required=False,
        help_text="单位不用选。",
        error_messages=_PICK,
    )
    identity_number = forms.CharField(
        label="证件号码或者统一社会信用代码",
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    representative = forms.CharField(
        label="法定代表人或者负责人",
        required=False,
        max_length=60,
        help_text="单位才填。",
        widget=forms.TextInput(),
    )
    contact_person = forms.CharField(
        label="联系人",
        required=False,
        max_length=60,
        help_text="单位才填。",
        widget=forms.TextInput(),
    )
    identity_paper = Uploads(label="身份证明", accept=IDENTITY_ACCEPT)
    phone = forms.CharField(
        label="电话",
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    email = forms.EmailField(
        label="电子邮箱",
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "invalid": "邮箱要有 @ 和后面的网站名，例如 name@example.com，请再看一遍。"
        },
    )
    address = forms.CharField(
        label="通信地址",
        required=False,
        max_length=200,
        help_text="要我们邮寄的，写到门牌号。",
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )

    def __init__(self, *args: Any, office: OfficeSettings, **kwargs: Any) -> None:
        super().__init__(*args, office=office, **kwargs)
        self._add_who_stands_behind()
        self.fields[
            "identity_paper"
        ].help_text = f"身份证件、营业执照等的照片或者扫描件，{self.size}不用手持拍照。"
        self.mark(
            mandatory=("name", "identity_number", "identity_paper"),
            optional=("agent_phone", "guardian_phone"),
        )

    def _add_who_stands_behind(self) -> None:
        """Ask of guardian and agent what the first step of filing asks, in the same words."""
        for name in BEHIND:
            field = copy.deepcopy(WhoForm.base_fields[name])
            self.fields[name] = field
            self.plain_labels[name] = str(field.label)
        self.fields[
            "guardian_paper"
        ].help_text = "监护人的证件，和户口簿、出生证明等能说明关系的一页。"
        self.fields["agent_paper"].help_text = "申请人签名或者盖章的委托书。"
        first = [name for name in self.fields if name not in self._LATER]
        self.order_fields([*first, *self._LATER])

    @property
    def opens_guardian(self) -> bool:
        """Tell whether the guardian's block holds something, or must."""
        return self._holds("guardian") or bool(self["under_14"].value())

    @property
    def opens_agent(self) -> bool:
        """Tell whether the agent's block holds something."""
        return self._holds("agent")

    def _holds(self, who: str) -> bool:
        typed = any(self[f"{who}_{name}"].value() for name in ("name", "identity_number"))
        slips = self.errors if self.is_bound else {}
        return typed or any(name.startswith(f"{who}_") for name in slips)

    def applicant(self) -> ApplicantGiven:
        """Return who asks, as typed."""
        given = self.cleaned_data
        kind = ApplicantKind(given["kind"])
        person = kind is ApplicantKind.PERSON
        return ApplicantGiven(
            kind=kind,
            name=given["name"],
            identity_kind=IdKind(given["identity_kind"])
            if person and given["identity_kind"]
            else None,
            identity_number=given["identity_number"],
            representative=given["representative"],
            contact_person=given["contact_person"],
            phone=given["phone"],
            email=given["email"],
            address=given["address"],
            under_14=given["under_14"],
        )
