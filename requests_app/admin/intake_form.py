"""The form that registers what came by other ways than the website: by hand, post, fax, word of mouth.

It asks only for what 条例 29 lists. The day of receipt is never typed: it follows from the channel.
"""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django import forms

from requests_app.admin import intake_matter, intake_partners
from requests_app.admin.acts.form import day_field, files_field, given_files, text_field
from requests_app.admin.desk_form import DeskForm
from requests_app.domain.applicants import RELATION_LABELS, GuardianRelation
from requests_app.domain.application import (
    APPLICANT_KIND_LABELS,
    CHANNEL_LABELS,
    FORM_LABELS,
    ORGANISATION_TYPE_LABELS,
    WAY_LABELS,
    ApplicantKind,
    Arrival,
    Channel,
    FormWanted,
    OrganisationType,
    WayWanted,
)
from requests_app.domain.arrivals import (
    CONFIRMED_WAY_LABELS,
    READ_BACK_WAY_LABELS,
    ArrivalProof,
    ConfirmedWay,
    ReadBackWay,
)
from requests_app.domain.errors import Refused
from requests_app.domain.identity import ID_KIND_LABELS, IdKind
from requests_app.domain.papers import PaperKind
from requests_app.models import IssuingBody
from requests_app.selectors import offices
from requests_app.services.applications import (
    AgentGiven,
    ApplicantGiven,
    Application,
    GuardianGiven,
    PartnerGiven,
)

_BY_HAND = {
    channel: label for channel, label in CHANNEL_LABELS.items() if channel is not Channel.ONLINE
}


def _options(labels: Any, *, empty: str = "") -> list[tuple[str, str]]:
    found = [(code.value, label) for code, label in labels.items()]
    return [("", empty), *found] if empty else found


def scans_field(label: str) -> forms.FileField:
    """Return a field for scans: several, dropped on it, or taken with a telephone's camera."""
    field = files_field(label)
    field.widget.attrs |= {
        "accept": "image/*,application/pdf",
        "capture": "environment",
        "data-drop": "",
    }
    return field


class IntakeForm(DeskForm):
    """Everything a clerk reads off a paper application, in the order it is read."""

    #: Heading, fields in columns, fields that take the whole width.
    groups = (
        (
            "1 来件",
            ("arrived_on", "tracking_number", "signer", "postmarked_on", "confirmed_on", "confirmed_time",
             "confirmed_way", "confirmed_with", "confirmed_how", "late_reason", "filled_by_staff_reason", "read_back"),
            ("channel",),
        ),
        (
            "2 申请人",
            (
                "name", "identity_kind", "identity_number", "identity_verified", "needs_help", "phone", "email",
                "address", "postcode", "fax", "help_wanted", "organisation_type", "representative",
                "contact_person",
            ),
            ("kind",),
        ),
        ("共同申请人（没有的不填）", (), ("partners",)),
        (
            "监护人（申请人满14周岁的不填）",
            (
                "under_14", "guardian_name", "guardian_relation", "guardian_identity_kind",
                "guardian_identity_number", "guardian_phone", "guardian_consent",
            ),
            (),
        ),
        (
            "代理人（没有的不填）",
            ("agent_name", "agent_identity_kind", "agent_identity_number", "agent_phone"),
            (),
        ),
        (
            "3 所需信息",
            (
                "document_name", "document_number", "document_year", "body_code", "form_wanted", "way_wanted",
                "reading_point", "accepts_other_form",
            ),
            ("matter", "description"),
        ),
        ("4 扫描件", ("application_paper", "envelope", "identity_paper", "guardian_paper", "agent_paper"), ()),
    )  # fmt: skip

    idempotency_key = forms.UUIDField(widget=forms.HiddenInput)
    channel = forms.ChoiceField(
        label="渠道", choices=_options(_BY_HAND), widget=forms.RadioSelect, initial="counter"
    )
    arrived_on = day_field(
        "到达日期", help_text="当面提交、机关签收、平信或者传真到达的日子。邮戳日、登记日不作数。"
    )
    tracking_number = forms.CharField(
        label="邮件号",
        required=False,
        max_length=40,
        help_text="照信封抄：EMS 13位，或者XA123456789CN。",
    )
    confirmed_on = day_field(
        "确认日期", required=False, help_text="平信、传真须与申请人确认，以确认之日为收到之日。"
    )
    confirmed_time = forms.TimeField(
        label="确认时间", required=False, widget=forms.TimeInput(attrs={"type": "time"})
    )
    confirmed_way = forms.ChoiceField(
        label="怎样确认",
        required=False,
        choices=_options(CONFIRMED_WAY_LABELS, empty="请选择"),
    )
    confirmed_with = forms.CharField(
        label="与谁确认", required=False, max_length=60, help_text="例如：本人，139开头的号码。"
    )
    confirmed_how = forms.CharField(label="确认情况", required=False, max_length=200)
    late_reason = forms.CharField(
        label="没有当日确认的原因",
        required=False,
        max_length=200,
        help_text="平信应当到达当日确认；当日确认的不填。",
    )
    signer = forms.CharField(
        label="签收人", required=False, max_length=60, help_text="例如：收发室邓某。"
    )
    postmarked_on = day_field("邮戳日", required=False, help_text="不作为收到日，留作证据。")
    read_back = forms.ChoiceField(
        label="宣读核对",
        required=False,
        choices=_options(READ_BACK_WAY_LABELS, empty="请选择"),
    )
    stray_id = forms.IntegerField(required=False, widget=forms.HiddenInput)
    filled_by_staff_reason = forms.CharField(
        label="代为填写的原因",
        required=False,
        max_length=200,
        help_text="口头申请必填：书面确有困难的原因；填好后宣读核对。",
    )
    kind = forms.ChoiceField(
        label="申请人类型",
        choices=_options(APPLICANT_KIND_LABELS),
        widget=forms.RadioSelect,
        initial="person",
    )
    name = forms.CharField(label="姓名或者名称", max_length=120)
    organisation_type = forms.ChoiceField(
        label="单位性质",
        required=False,
        choices=_options(ORGANISATION_TYPE_LABELS, empty="请选择"),
        help_text="年度报告按它分列，必填。",
    )
    representative = forms.CharField(label="法定代表人、负责人", required=False, max_length=60)
    contact_person = forms.CharField(label="联系人", required=False, max_length=60)
    identity_kind = forms.ChoiceField(
        label="证件类型", required=False, choices=_options(ID_KIND_LABELS, empty="请选择")
    )
    identity_number = forms.CharField(
        label="证件号码",
        required=False,
        max_length=60,
        help_text="只存密文。",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    identity_verified = forms.BooleanField(label="已当面核对证件原件，不留复印件", required=False)
    phone = forms.CharField(label="电话", required=False, max_length=40)
    email = forms.EmailField(label="电子邮箱", required=False)
    address = forms.CharField(label="通信地址", required=False, max_length=200)
    postcode = forms.CharField(label="邮政编码", required=False, max_length=10)
    fax = forms.CharField(label="传真", required=False, max_length=40, help_text="要传真的填写。")
    needs_help = forms.BooleanField(label="需要阅读或者书写帮助", required=False)
    help_wanted = forms.CharField(label="需要什么帮助", required=False, max_length=200)
    partners = text_field("共同申请人", help_text=intake_partners.HELP, rows=2, required=False)
    under_14 = forms.BooleanField(
        label="申请人不满14周岁", required=False, help_text="证件号码看不出生日的，问清后打勾。"
    )
    guardian_name = forms.CharField(label="监护人姓名", required=False, max_length=60)
    guardian_relation = forms.ChoiceField(
        label="与申请人的关系", required=False, choices=_options(RELATION_LABELS, empty="请选择")
    )
    guardian_identity_kind = forms.ChoiceField(
        label="监护人证件类型", required=False, choices=_options(ID_KIND_LABELS, empty="请选择")
    )
    guardian_identity_number = forms.CharField(
        label="监护人证件号码",
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    guardian_phone = forms.CharField(label="监护人电话", required=False, max_length=40)
    guardian_consent = forms.BooleanField(
        label="监护人已同意处理孩子的个人信息",
        required=False,
        help_text="个人信息保护法第三十一条。",
    )
    agent_name = forms.CharField(
        label="代理人姓名", required=False, max_length=60, help_text="没有代理人的不填。"
    )
    agent_identity_kind = forms.ChoiceField(
        label="代理人证件类型", required=False, choices=_options(ID_KIND_LABELS, empty="请选择")
    )
    agent_identity_number = forms.CharField(
        label="代理人证件号码",
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    agent_phone = forms.CharField(label="代理人电话", required=False, max_length=40)
    matter = intake_matter.field()
    body_code = forms.ChoiceField(label="受文机关")
    description = text_field(
        "所需政府信息",
        help_text="照申请书写：名称、文号或者便于查询的其他特征。一事一申请。",
        rows=5,
    )
    document_name = forms.CharField(label="文件名称", required=False, max_length=200)
    document_number = forms.CharField(label="文号", required=False, max_length=80)
    document_year = forms.CharField(label="年份", required=False, max_length=40)
    reading_point = forms.ChoiceField(
        label="查阅点", required=False, help_text="选查阅的填写；没写明的空着。"
    )
    form_wanted = forms.ChoiceField(
        label="载体形式", choices=_options(FORM_LABELS), initial="paper"
    )
    way_wanted = forms.ChoiceField(label="获取方式", choices=_options(WAY_LABELS), initial="post")
    accepts_other_form = forms.BooleanField(label="接受其他形式", required=False, initial=True)
    application_paper = scans_field("申请书")
    envelope = scans_field("信封")
    identity_paper = scans_field("身份证明")
    guardian_paper = scans_field("监护人证件、监护证明")
    agent_paper = scans_field("授权委托书")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        self.today = today
        super().__init__(*args, **kwargs)
        bodies = list(IssuingBody.objects.order_by("-is_default", "pk").values_list("code", "name"))
        self.fields["body_code"].choices = bodies  # type: ignore[attr-defined]
        points = [offices.place(point) for point in offices.reading_points(on=today)]
        self.fields["reading_point"].choices = [("", "未写明"), *((p, p) for p in points)]  # type: ignore[attr-defined]
        self.fields["arrived_on"].initial = today
        self.fields["idempotency_key"].initial = uuid.uuid4()
        self.dress()

    def fieldsets(self) -> list[tuple[str, list[forms.BoundField], list[forms.BoundField]]]:
        """Return the groups of the page with their fields: wide ones, then those in columns."""
        return [
            (heading, [self[name] for name in wide], [self[name] for name in narrow])
            for heading, narrow, wide in self.groups
        ]

    def clean_partners(self) -> tuple[PartnerGiven, ...]:
        """Read who applies together, one on a line."""
        try:
            return intake_partners.read(self.cleaned_data["partners"])
        except ValueError as slip:
            raise forms.ValidationError(str(slip)) from slip

    def arrival(self) -> Arrival:
        """Return how the application came."""
        given = self.cleaned_data
        return Arrival(
            channel=Channel(given["channel"]),
            arrived_on=given["arrived_on"],
            confirmed_on=given["confirmed_on"],
            confirmed_how=given["confirmed_how"],
        )

    def proof(self) -> ArrivalProof:
        """Return what proves the arrival."""
        given = self.cleaned_data
        return ArrivalProof(
            tracking_number=given["tracking_number"],
            signer=given["signer"],
            postmarked_on=given["postmarked_on"],
            confirmed_with=given["confirmed_with"],
            confirmed_way=ConfirmedWay(given["confirmed_way"]) if given["confirmed_way"] else None,
            confirmed_time=given["confirmed_time"],
            late_reason=given["late_reason"],
            read_back=ReadBackWay(given["read_back"]) if given["read_back"] else None,
        )

    def application(self) -> Application:
        """Return the application as the service takes it."""
        given = self.cleaned_data
        return Application(
            applicant=self._applicant(given),
            partners=given["partners"],
            guardian=self._guardian(given),
            agent=self._agent(given),
            matter=intake_matter.chosen(given["matter"]),
            description=given["description"],
            document_name=given["document_name"],
            document_number=given["document_number"],
            document_year=given["document_year"],
            reading_point=given["reading_point"],
            form_wanted=FormWanted(given["form_wanted"]),
            way_wanted=WayWanted(given["way_wanted"]),
            accepts_other_form=given["accepts_other_form"],
            body_code=given["body_code"],
            idempotency_key=given["idempotency_key"],
            files=(
                *given_files(given["application_paper"], kind=PaperKind.APPLICATION),
                *given_files(given["envelope"], kind=PaperKind.ENVELOPE),
                *given_files(given["identity_paper"], kind=PaperKind.IDENTITY),
                *given_files(given["guardian_paper"], kind=PaperKind.GUARDIANSHIP),
                *given_files(given["agent_paper"], kind=PaperKind.AUTHORISATION),
            ),
        )

    def take(self, refusal: Refused) -> None:
        """Show each reason at its field where it has one, else above the form."""
        places = {
            "arrived_in_future": "arrived_on",
            "arrived_long_ago": "arrived_on",
            "confirmation_missing": "confirmed_on",
            "confirmation_out_of_order": "confirmed_on",
        }
        for reason in refusal.reasons:
            name = places.get(reason.code, reason.code)
            name = "partners" if name.startswith("partner_") else name
            self.add_error(name if name in self.fields else None, str(reason))

    @staticmethod
    def _applicant(given: dict[str, Any]) -> ApplicantGiven:
        return ApplicantGiven(
            kind=ApplicantKind(given["kind"]),
            name=given["name"],
            identity_kind=IdKind(given["identity_kind"]) if given["identity_kind"] else None,
            identity_number=given["identity_number"],
            organisation_type=OrganisationType(given["organisation_type"])
            if given["organisation_type"]
            else None,
            representative=given["representative"],
            contact_person=given["contact_person"],
            phone=given["phone"],
            email=given["email"],
            address=given["address"],
            postcode=given["postcode"],
            fax=given["fax"],
            needs_help=given["needs_help"],
            help_wanted=given["help_wanted"],
            under_14=given["under_14"],
        )

    @staticmethod
    def _guardian(given: dict[str, Any]) -> GuardianGiven | None:
        if not given["guardian_name"].strip():
            return None
        relation = given["guardian_relation"]
        return GuardianGiven(
            name=given["guardian_name"],
            relation=GuardianRelation(relation) if relation else None,
            identity_kind=IdKind(given["guardian_identity_kind"] or IdKind.RESIDENT_CARD.value),
            identity_number=given["guardian_identity_number"],
            phone=given["guardian_phone"],
            consents=given["guardian_consent"],
        )

    @staticmethod
    def _agent(given: dict[str, Any]) -> AgentGiven | None:
        if not given["agent_name"].strip():
            return None
        return AgentGiven(
            name=given["agent_name"],
            identity_kind=IdKind(given["agent_identity_kind"] or IdKind.RESIDENT_CARD.value),
            identity_number=given["agent_identity_number"],
            phone=given["agent_phone"],
        )
