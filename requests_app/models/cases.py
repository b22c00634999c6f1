"""The case: one application. Its dates and status are projections of its ledger."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from requests_app.domain import clock
from requests_app.domain.application import (
    CHANNEL_LABELS,
    FORM_LABELS,
    WAY_LABELS,
    Channel,
    FormWanted,
    WayWanted,
)
from requests_app.domain.ledger import CLOSED, ENDED, STATUS_LABELS, Status
from requests_app.domain.matters import MATTER_LABELS, Matter
from requests_app.domain.outcomes import OutcomeCode
from requests_app.models.choices import choices, values


class Case(models.Model):
    """One application for government information.

    Facts as filed come first. Everything under "projection" is computed from the ledger by
    ``services.projection`` and never typed; ``version`` grows with each refresh, so that two
    people acting at once notice each other.
    """

    number = models.CharField("申请编号", max_length=20)
    former_number = models.CharField(
        "原申请编号",
        max_length=20,
        blank=True,
        editable=False,
        db_index=True,
        help_text="更正受文机关前的编号；申请人仍可凭它查询。",
    )
    year = models.PositiveSmallIntegerField("收到年份")
    body = models.ForeignKey(
        "IssuingBody", verbose_name="受文机关", on_delete=models.PROTECT, related_name="cases"
    )
    applicant = models.OneToOneField(
        "Applicant", verbose_name="申请人", on_delete=models.PROTECT, related_name="case"
    )
    agent = models.OneToOneField(
        "Agent",
        verbose_name="代理人",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="case",
    )
    guardian = models.OneToOneField(
        "Guardian",
        verbose_name="监护人",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="case",
    )
    applicant_count = models.PositiveSmallIntegerField(
        "申请人数", default=1, editable=False, help_text="连同共同申请人。"
    )
    matter = models.CharField(
        "事由",
        max_length=20,
        choices=choices(MATTER_LABELS),
        default=Matter.DISCLOSURE.value,
        editable=False,
    )
    channel = models.CharField("提交方式", max_length=20, choices=choices(CHANNEL_LABELS))
    arrived_at = models.DateTimeField("到达时间")
    confirmed_how = models.CharField("确认方式", max_length=200, blank=True)
    tracking_number = models.CharField("邮件号", max_length=40, blank=True)
    filled_by_staff_reason = models.CharField("代为填写的原因", max_length=200, blank=True)
    description = models.TextField("所需政府信息")
    document_name = models.CharField("文件名称", max_length=200, blank=True)
    document_number = models.CharField("文号", max_length=80, blank=True)
    document_year = models.CharField("年份", max_length=40, blank=True, default="")
    form_wanted = models.CharField("载体形式", max_length=20, choices=choices(FORM_LABELS))
    way_wanted = models.CharField("获取方式", max_length=20, choices=choices(WAY_LABELS))
    reading_point = models.CharField(
        "查阅点",
        max_length=250,
        blank=True,
        default="",
        help_text="申请时选的查阅点，照当时的名称和地址。",
    )
    accepts_other_form = models.BooleanField("接受其他形式", default=True)
    item_count = models.PositiveIntegerField(
        "件数", default=1, help_text="一事一申请，拆分到最小合理单位。"
    )
    query_code_hash = models.CharField(max_length=128, editable=False)
    query_code_generation = models.PositiveSmallIntegerField(
        default=0, editable=False, help_text="查询码重发的次数；每重发一次，旧的失效。"
    )
    idempotency_key = models.UUIDField(unique=True, editable=False)
    created_at = models.DateTimeField("登记时间")

    department = models.ForeignKey(
        "Department",
        verbose_name="承办部门",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="cases",
    )
    clerk = models.ForeignKey(
        "StaffUser",
        verbose_name="经办人",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="cases",
    )
    outcome = models.CharField("答复结果", max_length=40, blank=True)

    # projection
    version = models.PositiveIntegerField("修订", default=0, editable=False)
    status = models.CharField(
        "环节",
        max_length=30,
        choices=choices(STATUS_LABELS),
        default=Status.RECEIVED.value,
        editable=False,
    )
    clock_state = models.CharField("期限状态", max_length=30, blank=True, editable=False)
    received_on = models.DateField("收到日期", editable=False)
    due_on = models.DateField("答复期限", null=True, blank=True, editable=False)
    next_due_on = models.DateField("下一期限", null=True, blank=True, editable=False)
    correction_due_on = models.DateField("补正期限", null=True, blank=True, editable=False)
    payment_due_on = models.DateField("缴费期限", null=True, blank=True, editable=False)
    consult_due_on = models.DateField("征求意见期限", null=True, blank=True, editable=False)
    used_working_days = models.PositiveSmallIntegerField(
        "已用工作日", null=True, blank=True, editable=False
    )
    allowance_working_days = models.PositiveSmallIntegerField(
        "总工作日", null=True, blank=True, editable=False
    )
    due_projected = models.BooleanField("预计", default=False, editable=False)
    due_provisional = models.BooleanField("暂定", default=False, editable=False)
    clock_flags = models.JSONField("提示", default=list, blank=True, editable=False)
    calendar_version = models.CharField("日历版本", max_length=80, blank=True, editable=False)
    ledger_hash = models.CharField(max_length=64, blank=True, editable=False)
    projected_on = models.DateField("期限计算日", editable=False)
    closed_on = models.DateField("办结日期", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "申请"
        verbose_name_plural = "申请"
        ordering: ClassVar[list[str]] = ["-pk"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["due_on", "id"],
                name="case_open_by_due",
                condition=~Q(status__in=values(CLOSED)),
            ),
            models.Index(
                fields=["next_due_on", "id"],
                name="case_open_by_next_due",
                condition=~Q(status__in=values(CLOSED)),
            ),
            models.Index(
                fields=["closed_on", "id"],
                name="case_to_deliver",
                condition=Q(status=Status.ANSWERED.value),
            ),
            models.Index(
                fields=["closed_on", "id"],
                name="case_to_archive",
                condition=Q(status__in=values(ENDED)),
            ),
            models.Index(fields=["department", "status"], name="case_by_department"),
            models.Index(fields=["received_on", "id"], name="case_by_receipt"),
            models.Index(fields=["closed_on", "id"], name="case_by_closing"),
            models.Index(
                fields=["department", "clerk"],
                name="case_live",
                condition=~Q(status__in=values(CLOSED - {Status.ANSWERED})),
            ),
            models.Index(
                fields=["closed_on", "id"],
                name="case_closed_late",
                condition=Q(closed_on__gt=F("due_on")),
            ),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["body", "number"], name="case_number_once"),
            models.CheckConstraint(
                condition=Q(status__in=values(Status)), name="case_status_known"
            ),
            models.CheckConstraint(
                condition=Q(channel__in=values(Channel)), name="case_channel_known"
            ),
            models.CheckConstraint(
                condition=Q(matter__in=values(Matter)), name="case_matter_known"
            ),
            models.CheckConstraint(
                condition=Q(form_wanted__in=values(FormWanted)), name="case_form_known"
            ),
            models.CheckConstraint(
                condition=Q(way_wanted__in=values(WayWanted)), name="case_way_known"
            ),
            models.CheckConstraint(
                condition=Q(applicant_count__gte=1), name="case_has_an_applicant"
            ),
            models.CheckConstraint(
                condition=Q(outcome="") | Q(outcome__in=values(OutcomeCode)),
                name="case_outcome_known",
            ),
            models.CheckConstraint(
                condition=Q(clock_state="") | Q(clock_state__in=values(clock.State)),
                name="case_clock_state_known",
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("received_on")),
                name="case_closes_after_receipt",
            ),
        ]

    def __str__(self) -> str:
        return self.number
