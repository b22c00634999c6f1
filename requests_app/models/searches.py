"""The log of searches for the records a case asks for. Triggers refuse every update and delete."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from requests_app.domain.searches import SEARCH_RESULT_LABELS, SearchResult
from requests_app.models.append_only import AppendOnly
from requests_app.models.choices import choices, values


class RecordsSearch(AppendOnly):
    """Somebody searched somewhere for certain words on a day, and this came of it (条例 36(四)).

    ``event`` is its entry in the ledger of the case: voiding that takes the search out of the log,
    while both rows stay readable. ``searched_by`` are the people who searched, as they were named.
    """

    instead = "a search is never changed or deleted; void its entry in the ledger"

    case = models.ForeignKey(
        "Case", verbose_name="申请", on_delete=models.PROTECT, related_name="searches"
    )
    event = models.OneToOneField("Event", on_delete=models.PROTECT, related_name="search")
    searched_on = models.DateField("检索日期")
    department = models.ForeignKey(
        "Department",
        verbose_name="部门",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    place = models.CharField("检索范围", max_length=300)
    keywords = models.CharField("关键词", max_length=300)
    means = models.CharField("检索方法", max_length=300, blank=True)
    result = models.CharField("结果", max_length=20, choices=choices(SEARCH_RESULT_LABELS))
    found = models.CharField("查到的内容", max_length=500, blank=True)
    searched_by = models.CharField("检索人", max_length=120)
    recorded_by = models.ForeignKey(
        "StaffUser", verbose_name="登记人", on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = "检索记录"
        verbose_name_plural = "检索记录"
        ordering: ClassVar[list[str]] = ["searched_on", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(result__in=values(SearchResult)), name="search_result_known"
            ),
            models.CheckConstraint(
                condition=~models.Q(place="") & ~models.Q(keywords="") & ~models.Q(searched_by=""),
                name="search_says_where_what_and_who",
            ),
            models.CheckConstraint(
                condition=models.Q(result=SearchResult.NOTHING.value) | ~models.Q(found=""),
                name="search_says_what_was_found",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.searched_on} {self.place}"
