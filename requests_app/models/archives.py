"""What the archive knows of a case: its file number, the frozen electronic file, who read or borrowed it."""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q

from requests_app.domain.archiving import (
    FILE_KIND_LABELS,
    LENDING_KIND_LABELS,
    RETENTION_LABELS,
    FileKind,
    LendingKind,
    Retention,
)
from requests_app.models.choices import choices, values


def _period(label: str, default: Retention) -> models.CharField[str, str]:
    return models.CharField(
        label, max_length=3, choices=choices(RETENTION_LABELS), default=default.value
    )


class ArchiveSettings(models.Model):
    """How a body numbers its files and how long it keeps them, from a day on.

    The periods are the unit's own list, which the archive authority approves (档案法实施条例 19); until
    it has, the fields of approval stay empty and pages say so.
    """

    body = models.ForeignKey(
        "IssuingBody",
        verbose_name="机关",
        on_delete=models.PROTECT,
        related_name="archive_settings",
    )
    effective_from = models.DateField("生效日期")
    fonds_number = models.CharField(
        "全宗号", max_length=10, blank=True, help_text="由档案馆给定，例如Z109；没有的留空。"
    )
    category_code = models.CharField(
        "门类代码", max_length=10, default="WS", help_text="文书为WS。"
    )
    unit_code = models.CharField(
        "机构（问题）代码", max_length=10, help_text="例如BGS；同一全宗里各机关不能相同。"
    )
    keep_disputed = _period("有复议、诉讼的保管", Retention.THIRTY_YEARS)
    keep_answered = _period("作出答复的保管", Retention.TEN_YEARS)
    keep_ended = _period("撤回、视为放弃的保管", Retention.TEN_YEARS)
    keep_amendment = _period("申请更正的保管", Retention.TEN_YEARS)
    approved_by = models.CharField(
        "批准的档案主管部门", max_length=80, blank=True, help_text="例如金昌市档案局。"
    )
    approval_number = models.CharField("批准文号", max_length=80, blank=True)
    approved_on = models.DateField("批准日期", null=True, blank=True)
    identity_scan_months = models.PositiveSmallIntegerField(
        "身份证明扫描件保存月数",
        null=True,
        blank=True,
        validators=[MaxValueValidator(600)],
        help_text="从办结之日起；到期自动删除扫描件，删除留有记录。留空的不自动删除。",
    )
    lending_days = models.PositiveSmallIntegerField(
        "借出的自然日数", default=10, validators=[MaxValueValidator(365)]
    )

    class Meta:
        verbose_name = "档案设置"
        verbose_name_plural = "档案设置"
        ordering: ClassVar[list[str]] = ["body", "-effective_from"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["body", "effective_from"], name="archive_settings_once_a_day"
            ),
            models.CheckConstraint(
                condition=Q(approved_by="", approved_on__isnull=True)
                | (~Q(approved_by="") & Q(approved_on__isnull=False)),
                name="archive_approval_has_a_day",
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{name}__in": values(Retention)}), name=f"{name}_known"
                )
                for name in ("keep_disputed", "keep_answered", "keep_ended", "keep_amendment")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body}（{self.effective_from}起）"

    def retention(self, kind: FileKind) -> Retention:
        """Return how long this list keeps a file of ``kind``."""
        return Retention(getattr(self, f"keep_{kind.value}"))


class ArchiveRecord(models.Model):
    """A file's place in the archive: drawn when the case was put away, never changed.

    A case opened again and put away once more keeps its number unless year or period differ; then a
    new record follows, and the latest is the one that holds.
    """

    case = models.ForeignKey(
        "Case", verbose_name="申请", on_delete=models.PROTECT, related_name="archive_records"
    )
    number = models.CharField("档号", max_length=60, unique=True)
    kind = models.CharField("类别", max_length=20, choices=choices(FILE_KIND_LABELS))
    year = models.PositiveSmallIntegerField("年度")
    retention = models.CharField("保管期限", max_length=3, choices=choices(RETENTION_LABELS))
    item = models.PositiveIntegerField("件号")
    kept_to = models.DateField("保管至", null=True, blank=True)
    document_number = models.CharField("文号", max_length=80, blank=True)
    archived_on = models.DateField("归档日期")
    archived_by = models.ForeignKey("StaffUser", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "归档登记"
        verbose_name_plural = "归档登记"
        ordering: ClassVar[list[str]] = ["pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(kind__in=values(FileKind)), name="archive_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(retention__in=values(Retention)), name="archive_retention_known"
            ),
            models.CheckConstraint(condition=Q(item__gte=1), name="archive_item_from_one"),
        ]

    def __str__(self) -> str:
        return self.number


class ArchiveFile(models.Model):
    """The electronic file of one putting away: owed from the start, then made once and frozen.

    ``seq`` is the ledger entry that put the case away; the file holds the ledger up to it.
    """

    record = models.ForeignKey(ArchiveRecord, on_delete=models.PROTECT, related_name="files")
    seq = models.PositiveIntegerField("台账序号")
    owed_at = models.DateTimeField("归档时间")
    path = models.CharField(max_length=200, blank=True, editable=False)
    size = models.PositiveBigIntegerField("大小（字节）", null=True, blank=True)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    parts = models.PositiveIntegerField("件数", null=True, blank=True)
    pages = models.PositiveIntegerField("页数", null=True, blank=True)
    made_at = models.DateTimeField("制成时间", null=True, blank=True)
    claimed_at = models.DateTimeField(null=True, blank=True, editable=False)
    tries = models.PositiveSmallIntegerField("次数", default=0, editable=False)
    problem = models.CharField("没有制成的原因", max_length=300, blank=True)

    class Meta:
        verbose_name = "电子档案"
        verbose_name_plural = "电子档案"
        ordering: ClassVar[list[str]] = ["pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["record", "seq"], name="archive_file_once"),
            models.CheckConstraint(
                condition=Q(path="", sha256="", made_at__isnull=True)
                | (~Q(path="") & ~Q(sha256="") & Q(made_at__isnull=False)),
                name="archive_file_whole",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["id"], name="archive_file_owed", condition=Q(path="")),
        ]

    def __str__(self) -> str:
        return f"{self.record} {self.owed_at:%Y-%m-%d}"


class Lending(models.Model):
    """Somebody read a file in the archive or took it away: who, why, when out, due, back."""

    record = models.ForeignKey(ArchiveRecord, on_delete=models.PROTECT, related_name="lendings")
    kind = models.CharField("方式", max_length=10, choices=choices(LENDING_KIND_LABELS))
    person = models.CharField("查阅、借阅人", max_length=60)
    unit = models.CharField("单位、科室", max_length=80)
    purpose = models.CharField("事由", max_length=200)
    out_on = models.DateField("查阅、借出日期")
    due_on = models.DateField("应归还日期", null=True, blank=True)
    recorded_at = models.DateTimeField("登记时间")
    recorded_by = models.ForeignKey("StaffUser", on_delete=models.PROTECT, related_name="+")
    returned_on = models.DateField("归还日期", null=True, blank=True)
    returned_to = models.ForeignKey(
        "StaffUser", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    return_note = models.CharField("归还情况", max_length=200, blank=True)

    class Meta:
        verbose_name = "查阅、借阅登记"
        verbose_name_plural = "查阅、借阅登记"
        ordering: ClassVar[list[str]] = ["pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(kind__in=values(LendingKind)), name="lending_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(kind=LendingKind.READING.value) | Q(due_on__isnull=False),
                name="lending_is_due_back",
            ),
            models.CheckConstraint(
                condition=Q(due_on__isnull=True) | Q(due_on__gte=F("out_on")),
                name="lending_due_after_out",
            ),
            models.CheckConstraint(
                condition=Q(returned_on__isnull=True, returned_to__isnull=True)
                | Q(
                    returned_on__isnull=False,
                    returned_to__isnull=False,
                    returned_on__gte=F("out_on"),
                ),
                name="lending_returned_to_somebody",
            ),
            # A file is in one place: who wants it next waits until it is back.
            models.UniqueConstraint(
                fields=["record"],
                condition=Q(kind=LendingKind.LENDING.value, returned_on__isnull=True),
                name="file_lent_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.record} {self.person}"
