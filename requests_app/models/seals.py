"""What proves that nothing was altered: nightly seals, and what was changed in the set-up.

Triggers in the database refuse every update and delete of these tables, as of the ledger's.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Seal(models.Model):
    """One night's seal over all that was recorded by then; ``digest`` covers the seal before it."""

    number = models.PositiveIntegerField("序号", unique=True)
    at = models.DateTimeField("封存时间")
    last_access = models.PositiveBigIntegerField("查看记录截至", default=0)
    last_change = models.PositiveBigIntegerField("设置变更截至", default=0)
    digest = models.CharField("摘要", max_length=64)

    class Meta:
        verbose_name = "封存"
        verbose_name_plural = "封存"
        ordering: ClassVar[list[str]] = ["number"]

    def __str__(self) -> str:
        return f"第{self.number}次封存"


class SealedHead(models.Model):
    """How far a case's ledger went when it was sealed, and its last link."""

    seal = models.ForeignKey(Seal, on_delete=models.PROTECT, related_name="heads")
    case = models.ForeignKey("Case", on_delete=models.PROTECT, related_name="sealed_heads")
    seq = models.PositiveIntegerField("序号")
    chain = models.CharField("链值", max_length=64)

    class Meta:
        verbose_name = "封存的台账"
        verbose_name_plural = "封存的台账"
        ordering: ClassVar[list[str]] = ["seal", "case"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["case", "seq"], name="sealed_place_once"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}-{self.seq}"


class SetupChange(models.Model):
    """Somebody changed the set-up: what stood there before and after. Secrets are never copied."""

    at = models.DateTimeField("时间")
    staff = models.ForeignKey(
        "StaffUser", verbose_name="人员", on_delete=models.PROTECT, related_name="+"
    )
    table = models.CharField("表", max_length=60)
    row = models.CharField("行", max_length=200)
    row_id = models.PositiveBigIntegerField("行号")
    before = models.JSONField("变更前", default=dict, blank=True)
    after = models.JSONField("变更后", default=dict, blank=True)

    class Meta:
        verbose_name = "设置变更"
        verbose_name_plural = "设置变更"
        ordering: ClassVar[list[str]] = ["-pk"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["table", "row_id"], name="setup_change_by_row"),
        ]

    def __str__(self) -> str:
        return f"{self.table} {self.row}"
