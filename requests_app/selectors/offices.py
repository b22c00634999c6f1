"""What the office has laid down for itself, as it stood on a day.

Settings and remedies are versions with a day they begin; a letter of March keeps the address of
March. Who may change them, and the guide's first values, belong to ``services.office_setup``.
"""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from requests_app.domain import lights
from requests_app.domain.errors import Refused
from requests_app.domain.remedies import RemedyOffice
from requests_app.domain.rules import (
    LateCorrectionNotice,
    PauseFrom,
    Readings,
    RestDayReceipt,
    ToldBy,
)
from requests_app.models import IssuingBody, OfficeSettings, ReadingPoint, RemedySettings


def settings(*, on: date) -> OfficeSettings:
    """Return the office's settings in force on a day; refuse when there are none."""
    found = (
        OfficeSettings.objects.filter(effective_from__lte=on).order_by("-effective_from").first()
    )
    if found is None:
        sentence = f"{on}这一天没有生效的公开指南设置，请系统管理员先填写。"
        raise Refused.because("office_settings_missing", sentence, "《政府信息公开条例》第十二条")
    return found


def refuse_unless_online(found: OfficeSettings) -> None:
    """Refuse where the guide does not name the website as a way to apply."""
    if not found.takes_online:
        raise Refused.because(
            "online_closed", "现在不接收网上申请。", "《政府信息公开条例》第二十九条"
        )


def default_body() -> IssuingBody:
    """Return the body an application goes to when the applicant names none."""
    found = IssuingBody.objects.filter(is_default=True).first()
    if found is None:
        raise Refused.because(
            "default_body_missing", "还没有设置默认受文机关，请系统管理员先填写。"
        )
    return found


def bodies() -> tuple[IssuingBody, ...]:
    """Return the bodies that answer in their own name, in the order they were set up."""
    return tuple(IssuingBody.objects.order_by("pk"))


def remedy_settings(body: IssuingBody, *, on: date) -> RemedySettings:
    """Return who reviews and which court hears ``body`` on a day; refuse when nobody said.

    A letter without remedies lengthens the time for review to a year (复议法 20), so a guess is
    worse than a refusal.
    """
    found = (
        RemedySettings.objects.filter(body=body, effective_from__lte=on)
        .order_by("-effective_from")
        .first()
    )
    if found is None:
        sentence = f"还没有设置{body.name}的行政复议机关和法院，不能制作答复。请系统管理员先填写。"
        raise Refused.because("remedies_missing", sentence, "《行政复议法》第二十三条、第二十四条")
    return found


def remedies(body: IssuingBody, *, on: date) -> RemedyOffice:
    """Return the remedies of ``body`` on a day as the letters' rules take them."""
    found = remedy_settings(body, on=on)
    return RemedyOffice(
        review_body=found.review_body,
        court=found.court,
        online_channel=found.review_online,
        print_suit_for_inadmissible=found.print_suit_for_inadmissible,
        review_address=_with_postcode(found.review_address, postcode=found.review_postcode),
    )


def remedies_or_none(body: IssuingBody, *, on: date) -> RemedyOffice | None:
    """Return the remedies of ``body`` on a day, or None where nobody has set them yet.

    For pages, which say less then; a letter refuses (``remedies``).
    """
    try:
        return remedies(body, on=on)
    except Refused:
        return None


def _with_postcode(address: str, *, postcode: str) -> str:
    return f"{address}，邮政编码{postcode}" if address and postcode else address


def readings(found: OfficeSettings) -> Readings:
    """Return the office's choices where the law can be read two ways."""
    return Readings(
        pause_from=PauseFrom(found.pause_from),
        told_by=ToldBy(found.told_by),
        rest_day_receipt=RestDayReceipt(found.rest_day_receipt),
        late_correction_notice=LateCorrectionNotice(found.late_correction_notice),
    )


def thresholds(found: OfficeSettings) -> lights.Thresholds:
    """Return the working days left at which a light changes."""
    return lights.Thresholds(soon=found.due_soon_working_days, urgent=found.due_urgent_working_days)


def reading_points(*, on: date) -> QuerySet[ReadingPoint]:
    """Return the places where published information can be read on a day, in the office's order."""
    return ReadingPoint.objects.filter(
        Q(valid_from__isnull=True) | Q(valid_from__lte=on),
        Q(valid_to__isnull=True) | Q(valid_to__gte=on),
    )


def place(point: ReadingPoint) -> str:
    """Return a reading point as a case keeps it: name and address, as they are now."""
    return f"{point.name}（{point.address}）" if point.address else point.name
