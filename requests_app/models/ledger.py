"""The ledger: dated entries, appended and never changed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from requests_app.domain.access import ROLE_LABELS, Role
from requests_app.domain.ledger import ENDINGS, ENTRY_LABELS, Entry
from requests_app.models.append_only import AppendOnly
from requests_app.models.choices import choices, values


class Event(AppendOnly):
    """One entry in a case's ledger. Triggers in the database refuse every update and delete.

    ``on`` is the day in law; ``recorded_at`` the moment of entry. Both are needed when
    lateness is disputed: what happened by a day, and what had been entered by then. ``chain``
    is the hash of this entry and the one before it (``selectors.integrity.link_of``).
    """

    instead = "an event is never changed or deleted; void it by a further event"

    case = models.ForeignKey(
        "Case", verbose_name="申请", on_delete=models.PROTECT, related_name="events"
    )
    seq = models.PositiveIntegerField("序号")
    entry = models.CharField("事项", max_length=40, choices=choices(ENTRY_LABELS))
    on = models.DateField("日期")
    ref = models.CharField("对象", max_length=40, blank=True)
    data = models.JSONField("内容", default=dict, blank=True)
    voids = models.PositiveIntegerField("作废的序号", null=True, blank=True)
    letter = models.ForeignKey(
        "Letter",
        verbose_name="文书",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="events",
    )
    recorded_at = models.DateTimeField("登记时间")
    recorded_by = models.ForeignKey(
        "StaffUser",
        verbose_name="登记人",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    role = models.CharField("身份", max_length=20, choices=choices(ROLE_LABELS))
    chain = models.CharField("链值", max_length=64, editable=False)

    class Meta:
        verbose_name = "事项"
        verbose_name_plural = "事项"
        ordering: ClassVar[list[str]] = ["case", "seq"]
        indexes: ClassVar[list[models.Index]] = [
            # What ended a case, or undid something: by these a past day is found again.
            models.Index(
                fields=["on", "case"],
                name="event_endings_by_day",
                condition=models.Q(entry__in=values(ENDINGS)),
            ),
            models.Index(
                fields=["recorded_at", "case"],
                name="event_endings_by_entry",
                condition=models.Q(entry__in=values(ENDINGS)),
            ),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["case", "seq"], name="event_place_once"),
            models.UniqueConstraint(
                fields=["case", "voids"],
                condition=models.Q(voids__isnull=False),
                name="event_voided_once",
            ),
            models.CheckConstraint(
                condition=models.Q(entry__in=values(Entry)), name="event_entry_known"
            ),
            models.CheckConstraint(
                condition=models.Q(role__in=values(Role)), name="event_role_known"
            ),
            models.CheckConstraint(
                condition=models.Q(entry=Entry.VOIDED.value, voids__isnull=False)
                | (~models.Q(entry=Entry.VOIDED.value) & models.Q(voids__isnull=True)),
                name="only_a_void_voids",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.get_entry_display()}"
