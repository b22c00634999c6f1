"""What people were to be told, and what they were told: the owed-versus-sent ledger of the ladder."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from requests_app.domain.escalation import KINDS, POST_LABELS, Kind, Post
from requests_app.models.choices import choices, values


class EscalationSettings(models.Model):
    """One version of the ladder's thresholds, in force from a day on; never changed afterwards.

    The fields are those of ``domain.escalation.Thresholds``, in working days. Of two versions that
    begin on one day the later one decided holds.
    """

    effective_from = models.DateField("生效日期")
    reason = models.CharField("修改理由", max_length=300)
    decided_by = models.ForeignKey(
        "StaffUser", verbose_name="修改人", on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField("修改时间")
    remind = models.PositiveSmallIntegerField()
    urge = models.PositiveSmallIntegerField()
    yellow = models.PositiveSmallIntegerField()
    red = models.PositiveSmallIntegerField()
    bulletin = models.PositiveSmallIntegerField()
    assign = models.PositiveSmallIntegerField()
    sign_for = models.PositiveSmallIntegerField()
    correction_warn = models.PositiveSmallIntegerField()
    correction_last = models.PositiveSmallIntegerField()
    opinion = models.PositiveSmallIntegerField()
    consult_warn = models.PositiveSmallIntegerField()
    consult_last = models.PositiveSmallIntegerField()
    extension_warn = models.PositiveSmallIntegerField()
    extension_last = models.PositiveSmallIntegerField()
    review = models.PositiveSmallIntegerField()
    sign = models.PositiveSmallIntegerField()
    delivery = models.PositiveSmallIntegerField()
    archive = models.PositiveSmallIntegerField()
    lapse = models.PositiveSmallIntegerField()
    order_reply = models.PositiveSmallIntegerField()
    acknowledge = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = "催办督办设置"
        verbose_name_plural = "催办督办设置"
        ordering: ClassVar[list[str]] = ["-effective_from", "-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~Q(reason=""), name="escalation_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"第{self.pk}版（{self.effective_from}起）"


class Digest(models.Model):
    """One letter of reminders to one person: at most one a working day."""

    person = models.ForeignKey("StaffUser", on_delete=models.PROTECT, related_name="digests")
    on = models.DateField("日期")
    sent_at = models.DateTimeField("发出时间")
    message = models.OneToOneField(
        "Message", null=True, blank=True, on_delete=models.PROTECT, related_name="digest"
    )

    class Meta:
        verbose_name = "提醒汇总"
        verbose_name_plural = "提醒汇总"
        ordering: ClassVar[list[str]] = ["-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["person", "on"], name="one_digest_a_person_and_day"),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.on}"


class Reminder(models.Model):
    """One reminder: of which case and kind, about which day, to whom. One row however often a job runs.

    Owed since ``owed_on``; ``planned_at`` is when a run found it, ``sent_at`` when its digest went
    out. Before that it may be cancelled, because its reason fell away; after it, acknowledged by the
    recipient, settled because the matter was done, or raised to the next level because nobody read
    it. ``settings`` is the version of the thresholds it was computed by, empty for the built-in ones.
    """

    case = models.ForeignKey(
        "Case", verbose_name="申请", on_delete=models.PROTECT, related_name="reminders"
    )
    kind = models.CharField(
        "种类", max_length=20, choices=choices({k: s.label for k, s in KINDS.items()})
    )
    due_on = models.DateField("期限")
    recipient = models.ForeignKey(
        "StaffUser", verbose_name="收件人", on_delete=models.PROTECT, related_name="reminders"
    )
    post = models.CharField("身份", max_length=20, choices=choices(POST_LABELS))
    owed_on = models.DateField("应发日")
    planned_at = models.DateTimeField("列出时间")
    settings = models.ForeignKey(
        EscalationSettings, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    calendar_version = models.CharField("日历版本", max_length=80)
    raised_from = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="raised_to"
    )
    sent_at = models.DateTimeField("发出时间", null=True, blank=True)
    digest = models.ForeignKey(
        Digest, null=True, blank=True, on_delete=models.PROTECT, related_name="reminders"
    )
    days_late = models.PositiveSmallIntegerField("迟发（工作日）", default=0)
    cancelled_at = models.DateTimeField("取消时间", null=True, blank=True)
    acknowledged_at = models.DateTimeField("签收时间", null=True, blank=True)
    settled_at = models.DateTimeField("了结时间", null=True, blank=True)
    raised_at = models.DateTimeField("上报时间", null=True, blank=True)

    class Meta:
        verbose_name = "提醒"
        verbose_name_plural = "提醒"
        ordering: ClassVar[list[str]] = ["-pk"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["recipient", "id"],
                name="reminders_to_send",
                condition=Q(sent_at__isnull=True, cancelled_at__isnull=True),
            ),
            models.Index(
                fields=["recipient", "case"],
                name="reminders_unread",
                condition=Q(
                    sent_at__isnull=False, acknowledged_at__isnull=True, settled_at__isnull=True
                ),
            ),
            models.Index(fields=["owed_on", "kind"], name="reminders_by_day"),
            models.Index(
                fields=["-sent_at"], name="reminders_sent_late", condition=Q(days_late__gt=0)
            ),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["case", "kind", "due_on", "recipient"], name="reminded_once"
            ),
            models.CheckConstraint(condition=Q(kind__in=values(Kind)), name="reminder_kind_known"),
            models.CheckConstraint(condition=Q(post__in=values(Post)), name="reminder_post_known"),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True, digest__isnull=True)
                | Q(sent_at__isnull=False, digest__isnull=False),
                name="sent_reminder_has_a_digest",
            ),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | Q(cancelled_at__isnull=True),
                name="sent_reminder_is_not_cancelled",
            ),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=False)
                | Q(acknowledged_at__isnull=True, settled_at__isnull=True, raised_at__isnull=True),
                name="only_a_sent_reminder_is_read",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind} {self.due_on} → {self.recipient_id}"
