"""Draft a year's report, lock its figures, publish it, and hold what was published (条例 49, 50).

A draft's figures follow the cases. Locking freezes figures and cases with their hash; the written
sections may still be mended until somebody else publishes. What is published is four files, kept as
they were. A locked year is never unlocked: what comes later is told as a difference.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from django.db import IntegrityError, transaction
from django.utils import timezone

from requests_app.adapters import docx, pdf, storage, workbooks
from requests_app.domain import proactive, report_document, report_text, snapshots
from requests_app.domain.access import Act, Actor, reasons_against
from requests_app.domain.errors import Reason, Refused, refuse_if_any
from requests_app.domain.report_document import Document
from requests_app.domain.report_status import ReportFileKind, ReportStatus
from requests_app.models import AnnualReport, AnnualReportFile
from requests_app.selectors import offices, year_cases, year_figures
from requests_app.services import case_file
from requests_app.services.case_file import Conflict

ART_49: Final = "《政府信息公开条例》第四十九条"
ART_45: Final = "《政府信息公开条例》第四十五条"
FIRST_YEAR: Final = 2008
#: The sections people write, by field.
SECTIONS: Final[Mapping[str, str]] = {
    "overview": "一、总体情况",
    "problems": "五、存在的主要问题及改进情况",
    "other_matters": "六、其他需要报告的事项",
}
TEXTS: Final = tuple(SECTIONS)
_MOST_BYTES: Final = 50 * 1024 * 1024
_LONGEST_TEXT: Final = 30_000


def draft(year: int, *, actor: Actor, at: datetime) -> AnnualReport:
    """Begin the report of a year, with the sections that only need figures written out.

    Refuses who may not, a year there is already, and one that has not begun.
    """
    refuse_if_any(reasons_against(Act.DRAFT_REPORT, actor=actor))
    this_year = case_file.local_day(at).year
    if not FIRST_YEAR <= year <= this_year:
        raise Refused.because("year", f"年度须在{FIRST_YEAR}至{this_year}之间。", ART_49)
    try:
        with transaction.atomic():
            return AnnualReport.objects.create(
                year=year,
                overview=report_text.DEFAULT_OVERVIEW,
                other_matters=report_text.DEFAULT_OTHER,
                created_at=at,
            )
    except IntegrityError:
        raise Refused.because("year", f"{year}年度的报告已经建立。") from None


def write(
    report_id: int,
    *,
    texts: Mapping[str, str],
    figures: Mapping[str, str],
    actor: Actor,
    at: datetime,
    seen_version: int | None = None,
) -> AnnualReport:
    """Keep the written sections and table 二; the figures only while the year is not locked.

    Refuses names the catalogue does not have, cells that are no numbers, and a published report.
    """
    refuse_if_any(reasons_against(Act.DRAFT_REPORT, actor=actor))
    with transaction.atomic():
        report = _locked(report_id, seen_version=seen_version)
        if report.status == ReportStatus.PUBLISHED:
            raise Refused.because("published", "已发布的年度报告不能修改。", ART_49)
        reasons: list[Reason] = []
        for name in TEXTS:
            text = texts.get(name, getattr(report, name))
            reasons += _about(name, text)
            setattr(report, name, text)
        if report.status == ReportStatus.DRAFT:
            try:
                report.proactive = proactive.read(figures)
            except Refused as refusal:
                reasons += refusal.reasons
        refuse_if_any(tuple(reasons))
        report.author_ids = sorted({*report.author_ids, _staff_id(actor)})
        report.version += 1
        case_file.refuse_too_long(report)
        report.save()
        return report


def _about(name: str, text: str) -> tuple[Reason, ...]:
    if len(text) > _LONGEST_TEXT:
        return (Reason(name, f"这一部分最多{_LONGEST_TEXT}字，现在是{len(text)}字。"),)
    try:
        report_text.check(text, field=name)
    except Refused as refusal:
        return refusal.reasons
    return ()


def reasons_against_lock(
    report: AnnualReport,
    figures: year_figures.YearFigures,
    *,
    at: datetime,
    carry_note: str = "",
) -> tuple[Reason, ...]:
    """Return why a year cannot be locked yet: not over, cells empty, an identity not kept.

    A year that does not begin where the last one ended is locked with a written note.
    """
    found: list[Reason] = []
    last_day = year_cases.bounds(report.year)[1]
    if case_file.local_day(at) <= last_day:
        found.append(Reason("year_not_over", f"年度还没有终了（{last_day}）。", ART_49))
    found += [
        Reason("figure_missing", f"表二“{figure.label}”没有填写，没有的填0。")
        for figure in year_figures.missing_figures(figures)
    ]
    for failure in year_figures.failures(figures):
        if failure.identity == "carried" and carry_note.strip():
            continue
        found.append(Reason(f"identity_{failure.identity.value}", f"勾稽不平：{failure}"))
    return tuple(found)


def lock(
    report_id: int,
    *,
    actor: Actor,
    at: datetime,
    carry_note: str = "",
    seen_version: int | None = None,
) -> AnnualReport:
    """Freeze a year's figures with every case behind them, their hash, who and when."""
    refuse_if_any(reasons_against(Act.CLOSE_PERIOD, actor=actor))
    with transaction.atomic():
        report = _locked(report_id, seen_version=seen_version)
        if report.status != ReportStatus.DRAFT:
            raise Refused.because("locked", f"{report.year}年度已经锁定。")
        figures = year_figures.live(report.year, figures=report.proactive)
        refuse_if_any(reasons_against_lock(report, figures, at=at, carry_note=carry_note))
        report.snapshot = figures.snapshot()
        report.sha256 = snapshots.digest(report.snapshot)
        report.status = ReportStatus.LOCKED.value
        report.carry_note = carry_note.strip()
        report.locked_at, report.locked_by_id = at, _staff_id(actor)
        report.version += 1
        case_file.refuse_too_long(report)
        report.save()
        return report


def publish(report_id: int, *, actor: Actor, at: datetime) -> AnnualReport:
    """Make the four files, keep them as they are, and open the report to everybody.

    Refuses a year that is not locked, an empty section, and whoever wrote or locked it (four eyes).
    """
    refuse_if_any(reasons_against(Act.PUBLISH_REPORT, actor=actor))
    report = _get(report_id)
    _check_publishable(report, actor=actor)
    # Drawing takes seconds, so it happens before the row is locked; the version tells of any change.
    seen, made = report.version, files(report, at=at)
    with storage.kept_on_success() as saved:
        for kind, content in made.items():
            saved.append(
                storage.save(io.BytesIO(content), kind_suffix=kind.value, max_bytes=_MOST_BYTES)
            )
        with transaction.atomic():
            report = _locked(report_id, seen_version=seen)
            _check_publishable(report, actor=actor)
            report.status = ReportStatus.PUBLISHED.value
            report.published_at, report.published_by_id = at, _staff_id(actor)
            report.version += 1
            report.save()
            AnnualReportFile.objects.bulk_create(
                AnnualReportFile(
                    report=report,
                    kind=kind.value,
                    path=stored.path,
                    size=stored.size,
                    sha256=stored.sha256,
                )
                for kind, stored in zip(made, saved, strict=True)
            )
    return report


def _check_publishable(report: AnnualReport, *, actor: Actor) -> None:
    if report.status == ReportStatus.PUBLISHED:
        raise Refused.because("published", f"{report.year}年度报告已经发布。")
    if report.status != ReportStatus.LOCKED:
        raise Refused.because("not_locked", "数据还没有锁定，先由监督岗位锁定年度。", ART_49)
    if actor.staff_id in {report.locked_by_id, *report.author_ids}:
        sentence = "编写、锁定年度报告的人不能发布它，请由另一位负责人发布。"
        raise Refused.because("four_eyes", sentence, ART_45)
    empty = [label for name, label in SECTIONS.items() if not getattr(report, name).strip()]
    if empty:
        raise Refused.because("section_empty", f"还没有写：{'；'.join(empty)}。", ART_49)


def document(report: AnnualReport, *, at: datetime) -> Document:
    """Put a report together: from its frozen figures, or for a draft from the cases as they are."""
    figures = year_figures.frozen(report) or year_figures.live(
        report.year, figures=report.proactive
    )
    return report_document.build(
        year=report.year,
        issuer=offices.default_body().name,
        texts={name: getattr(report, name) for name in TEXTS},
        figures=figures.names,
        made_public=figures.proactive,
        applications=figures.applications,
        remedies=figures.remedies,
        foot=_foot(report, at=at),
    )


def _foot(report: AnnualReport, *, at: datetime) -> tuple[str, ...]:
    moment = timezone.localtime(report.locked_at or at).strftime("%Y-%m-%d %H:%M")
    if report.status == ReportStatus.DRAFT:
        return (f"未锁定稿，不得对外发布。本次计算：{moment}。",)
    return (f"数据锁定：{moment}；锁定数据的SHA-256：{report.sha256}。",)


def file(report: AnnualReport, kind: ReportFileKind, *, at: datetime) -> bytes:
    """Return one file of a report: as published, or drawn now; a draft's PDF bears the mark 草稿."""
    kept = report.files.filter(kind=kind.value).first()
    if kept is not None:
        return storage.read_file(kept.path, sha256=kept.sha256)
    return _draw(document(report, at=at), kind, draft=report.status == ReportStatus.DRAFT)


def files(report: AnnualReport, *, at: datetime) -> dict[ReportFileKind, bytes]:
    """Draw every file of a report from one document."""
    whole = document(report, at=at)
    return {kind: _draw(whole, kind, draft=False) for kind in ReportFileKind}


def _draw(whole: Document, kind: ReportFileKind, *, draft: bool) -> bytes:
    drawers: Mapping[ReportFileKind, Callable[[], bytes]] = {
        ReportFileKind.HTML: lambda: pdf.report_html(whole).encode(),
        ReportFileKind.PDF: lambda: pdf.render_report(whole, draft=draft),
        ReportFileKind.DOCX: lambda: docx.report(whole),
        ReportFileKind.XLSX: lambda: workbooks.write(report_document.workbook(whole)),
    }
    return drawers[kind]()


def _get(report_id: int) -> AnnualReport:
    try:
        return AnnualReport.objects.get(pk=report_id)
    except AnnualReport.DoesNotExist:
        raise Refused.because("no_such_report", "没有这一年度的报告。") from None


def _locked(report_id: int, *, seen_version: int | None) -> AnnualReport:
    try:
        report = AnnualReport.objects.select_for_update().get(pk=report_id)
    except AnnualReport.DoesNotExist:
        raise Refused.because("no_such_report", "没有这一年度的报告。") from None
    if seen_version is not None and report.version != seen_version:
        raise Conflict.because(
            "conflict", "这份报告刚被他人改过，请看最新内容后再提交。您填写的内容还在。"
        )
    return report


def _staff_id(actor: Actor) -> int:
    if actor.staff_id is None:
        message = "only members of staff write reports"
        raise ValueError(message)
    return actor.staff_id
