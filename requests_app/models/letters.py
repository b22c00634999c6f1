"""Letters, their numbers, and the proof that they went out and arrived."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from requests_app.domain.case_facts import LETTER_STATUS_LABELS, LetterStatus
from requests_app.domain.delivery import DELIVERY_WAY_LABELS, DeliveryWay
from requests_app.domain.letter_acts import LETTER_ACTS
from requests_app.domain.letter_types import LetterKind
from requests_app.domain.outcomes import OutcomeCode
from requests_app.models.choices import choices, values


class NumberSeries(models.Model):
    """The last number drawn of one series: gap-free because it is locked while a number is drawn."""

    body = models.ForeignKey("IssuingBody", on_delete=models.PROTECT, related_name="series")
    series = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["body", "series", "year"], name="one_counter_per_series_and_year"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body_id}/{self.series}/{self.year}: {self.last}"


class Letter(models.Model):
    """A letter from draft to delivery. From signing on its text, facts and number are frozen.

    ``fields`` is what the clerk typed; ``text`` the composed letter, frozen at signing; ``path``
    and ``sha256`` the PDF, written once when it exists and never rendered again. ``verify_code`` is
    printed on it, for anybody to check number, date and hash; ``signer`` is whose certificate signed
    it, empty where none did.
    """

    case = models.ForeignKey(
        "Case", verbose_name="申请", on_delete=models.PROTECT, related_name="letters"
    )
    kind = models.CharField("文书", max_length=40)
    act = models.CharField("事由", max_length=30)
    status = models.CharField(
        "状态",
        max_length=20,
        choices=choices(LETTER_STATUS_LABELS),
        default=LetterStatus.DRAFT.value,
    )
    outcome = models.CharField("答复结果", max_length=40, blank=True)
    fields = models.JSONField("填写内容", default=dict, blank=True)
    override_reason = models.CharField("超期或者例外的理由", max_length=300, blank=True)
    consultation = models.ForeignKey(
        "Consultation", null=True, blank=True, on_delete=models.PROTECT, related_name="letters"
    )
    replaces = models.OneToOneField(
        "self",
        verbose_name="替换的文书",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="replaced_by",
    )
    drafted_by = models.ForeignKey(
        "StaffUser",
        verbose_name="起草人",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    revised_by_ids = models.JSONField("修改人", default=list, blank=True, editable=False)
    drafted_at = models.DateTimeField("起草时间")
    submitted_at = models.DateTimeField("送签时间", null=True, blank=True)
    returned_reason = models.CharField("退回理由", max_length=300, blank=True)
    signed_by = models.ForeignKey(
        "StaffUser",
        verbose_name="签发人",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    signed_at = models.DateTimeField("签发时间", null=True, blank=True)
    number = models.CharField("文号", max_length=60, blank=True)
    text = models.JSONField("定稿", null=True, blank=True)
    template_version = models.CharField("文本版本", max_length=40, blank=True)
    path = models.CharField(max_length=200, blank=True, editable=False)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True, editable=False)
    size = models.PositiveIntegerField("大小（字节）", null=True, blank=True)
    verify_code = models.CharField("核验码", max_length=13, blank=True, editable=False)
    signer = models.CharField("签名证书", max_length=300, blank=True, editable=False)
    issued_at = models.DateTimeField("制成时间", null=True, blank=True)
    render_attempts = models.PositiveSmallIntegerField("制作次数", default=0)
    render_claimed_at = models.DateTimeField(null=True, blank=True, editable=False)
    render_error = models.CharField("制作失败原因", max_length=500, blank=True)
    void_reason = models.CharField("作废理由", max_length=300, blank=True)

    class Meta:
        verbose_name = "文书"
        verbose_name_plural = "文书"
        ordering: ClassVar[list[str]] = ["pk"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["id"],
                name="letters_to_render",
                condition=Q(status=LetterStatus.SIGNED.value),
            ),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["number"], condition=~Q(number=""), name="letter_number_once"
            ),
            models.CheckConstraint(
                condition=Q(replaces__isnull=True) | ~Q(replaces=models.F("id")),
                name="letter_replaces_another",
            ),
            models.UniqueConstraint(
                fields=["verify_code"], condition=~Q(verify_code=""), name="verify_code_once"
            ),
            # One live extension a case: the second is refused by the database too (条例 33 ¶2).
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(act="extend") & Q(status__in=["draft", "pending", "signed", "issued"]),
                name="one_live_extension",
            ),
            models.CheckConstraint(
                condition=Q(status__in=values(LetterStatus)), name="letter_status_known"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=values(LetterKind)), name="letter_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(act__in=values(LETTER_ACTS)), name="letter_act_known"
            ),
            models.CheckConstraint(
                condition=Q(outcome="") | Q(outcome__in=values(OutcomeCode)),
                name="letter_outcome_known",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "pending", "void"])
                | (~Q(number="") & Q(text__isnull=False) & Q(signed_at__isnull=False)),
                name="signed_letter_has_number_and_text",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["issued", "dispatched", "delivered"])
                | (~Q(path="") & ~Q(sha256="") & Q(issued_at__isnull=False)),
                name="issued_letter_has_a_file",
            ),
        ]

    def __str__(self) -> str:
        return self.number or f"{self.kind}（{self.get_status_display()}）"


class Delivery(models.Model):
    """One dispatch of one letter, and the proof of its arrival once there is one."""

    letter = models.OneToOneField(
        Letter, verbose_name="文书", on_delete=models.PROTECT, related_name="delivery"
    )
    way = models.CharField("发出方式", max_length=20, choices=choices(DELIVERY_WAY_LABELS))
    dispatched_on = models.DateField("发出日期")
    dispatched_at = models.DateTimeField("登记时间")
    tracking_number = models.CharField("邮件号", max_length=40, blank=True)
    delivered_on = models.DateField("送达日期", null=True, blank=True)
    delivered_proof = models.CharField("送达凭据", max_length=200, blank=True)
    received_by = models.CharField("签收人", max_length=60, blank=True)

    class Meta:
        verbose_name = "送达"
        verbose_name_plural = "送达"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(way__in=values(DeliveryWay)), name="delivery_way_known"
            ),
            models.CheckConstraint(
                condition=Q(delivered_on__isnull=True)
                | Q(delivered_on__gte=models.F("dispatched_on")),
                name="delivered_after_dispatch",
            ),
            models.CheckConstraint(
                condition=Q(delivered_on__isnull=True, delivered_proof="")
                | (Q(delivered_on__isnull=False) & ~Q(delivered_proof="")),
                name="delivery_and_proof_together",
            ),
            models.CheckConstraint(
                condition=~Q(way__in=["ems", "registered"]) | ~Q(tracking_number=""),
                name="post_has_a_number",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.letter} {self.get_way_display()}"
