"""Take in an application filed online: check it, number it, confirm it.

The success page is the mutual confirmation of 条例 31(三), so the day of receipt is the day of
filing. Paper channels go through ``intake``, which shares ``take_in`` with this file.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time

from django.db import IntegrityError, transaction
from django.utils import timezone

from requests_app.adapters import crypto
from requests_app.domain import numbering
from requests_app.domain.access import APPLICANT, Act, Actor
from requests_app.domain.application import Channel, WayWanted
from requests_app.domain.errors import Refused, refuse_if_any
from requests_app.domain.ledger import Entry
from requests_app.domain.matters import Matter
from requests_app.domain.message_texts import MessageEvent
from requests_app.models import Case, IssuingBody, OfficeSettings
from requests_app.selectors import offices
from requests_app.services import (
    applicants,
    application_checks,
    applications,
    case_file,
    entries,
    messages,
    numbers,
    papers,
    projections,
    query_codes,
    signing,
    text_index,
)
from requests_app.services.applications import Application
from requests_app.services.papers import FileTaken


@dataclass(frozen=True)
class Filed:
    """The case an application became, and the query code that opens it."""

    case: Case
    query_code: str = field(repr=False)
    repeated: bool = False


def file_online(application: Application, *, at: datetime) -> Filed:
    """File an application online: number, receipt, query code, the first entry of its ledger.

    Refuses with a reason for each field that cannot stand. The same key twice gives the same
    case and the same code, so that a lost answer can be asked for again.
    """
    if (earlier := already_filed(application)) is not None:
        return earlier
    today = case_file.local_day(at)
    offices.refuse_unless_online(offices.settings(on=today))
    given = applications.tidy(application)
    refuse_if_any(
        application_checks.check(
            given,
            today=today,
            identity_paper_required=True,
            reading_point_required=True,
            evidence_required=True,
        )
    )
    return take_in(
        given,
        channel=Channel.ONLINE,
        arrived_on=today,
        received_on=today,
        actor=APPLICANT,
        act=Act.FILE,
        at=at,
    )


def already_filed(application: Application) -> Filed | None:
    """Return the case an earlier sending of the same application made, if there is one."""
    return filed_before(application.idempotency_key)


def filed_before(key: uuid.UUID) -> Filed | None:
    """Return the case that was filed under a key, with the code of its first receipt.

    Not with a code replaced since: that one was handed to whoever proved to be the applicant.
    """
    case = Case.objects.filter(idempotency_key=key).first()
    if case is None:
        return None
    code = query_codes.of(case) if case.query_code_generation == 0 else ""
    return Filed(case, code, repeated=True)


#: What the desk keeps beside a new case, written in the same transaction.
Along = Callable[[Case], None]


def take_in(
    application: Application,
    *,
    channel: Channel,
    arrived_on: date,
    received_on: date,
    actor: Actor,
    act: Act,
    at: datetime,
    confirmed_how: str = "",
    tracking_number: str = "",
    filled_by_staff_reason: str = "",
    along: Along | None = None,
) -> Filed:
    """Keep the papers and make the case; the same application sent twice at once is one case."""
    limits = offices.settings(on=case_file.local_day(at))
    try:
        # Around the papers, not inside: the one that comes second must leave none of its own.
        with papers.taken_in(application.files, limits=limits) as taken:
            return _create(
                application,
                taken=taken,
                limits=limits,
                channel=channel,
                arrived_on=arrived_on,
                received_on=received_on,
                actor=actor,
                act=act,
                at=at,
                confirmed_how=confirmed_how,
                tracking_number=tracking_number,
                filled_by_staff_reason=filled_by_staff_reason,
                along=along,
            )
    except IntegrityError:
        if (earlier := already_filed(application)) is None:
            raise
    return earlier


def _create(
    application: Application,
    *,
    taken: Sequence[FileTaken],
    limits: OfficeSettings,
    channel: Channel,
    arrived_on: date,
    received_on: date,
    actor: Actor,
    act: Act,
    at: datetime,
    confirmed_how: str,
    tracking_number: str,
    filled_by_staff_reason: str,
    along: Along | None,
) -> Filed:
    """Make the case: rows, number, first entry, receipt letter, message. All or nothing."""
    query_code = crypto.query_code_for(application.idempotency_key)
    today = case_file.local_day(at)
    with transaction.atomic():
        body = _body(application.body_code)
        year = received_on.year
        case = Case(
            number=numbers.draw_case_number(body, year=year),
            year=year,
            body=body,
            applicant=applicants.save_applicant(application.applicant, today=today),
            applicant_count=1 + len(application.partners),
            guardian=applicants.save_guardian(application.guardian, today=today, at=at),
            agent=applicants.save_agent(application.agent, today=today),
            matter=application.matter.value,
            channel=channel.value,
            arrived_at=_arrival_moment(arrived_on, at=at),
            confirmed_how=confirmed_how,
            tracking_number=tracking_number,
            filled_by_staff_reason=filled_by_staff_reason,
            description=application.description,
            document_name=application.document_name,
            document_number=numbering.normalise_document_number(application.document_number),
            document_year=application.document_year,
            form_wanted=application.form_wanted.value,
            way_wanted=application.way_wanted.value,
            reading_point=application.reading_point
            if application.way_wanted is WayWanted.READ_ON_SITE
            else "",
            accepts_other_form=application.accepts_other_form,
            query_code_hash=crypto.hash_query_code(query_code),
            idempotency_key=application.idempotency_key,
            created_at=at,
            received_on=received_on,
            projected_on=received_on,
            clerk_id=actor.staff_id,
        )
        case_file.refuse_too_long(case)
        case.save()
        applicants.save_partners(case, application.partners, today=today)
        text_index.index(case)
        if along is not None:
            along(case)
        papers.attach(case, taken=taken, actor=actor, at=at, limits=limits)
        # For fax and unsigned mail the day of arrival is not the day of receipt; both are kept.
        data: dict[str, object] = {
            "channel": channel.value,
            "act": act.value,
            "arrived_on": arrived_on.isoformat(),
        }
        if application.matter is Matter.AMENDMENT:
            # 条例 41 sets no period; the one the office set itself is kept as it was on this day.
            data |= {
                "matter": application.matter.value,
                "target_days": limits.amendment_working_days,
            }
        entries.append(case, entry=Entry.RECEIVED, on=received_on, actor=actor, at=at, data=data)
        signing.issue_unasked(
            case, kind=signing.RECEIPT_OF[application.matter], act=Act.REGISTER, fields={}, actor=actor, at=at,
            extra={"query_code": signing.QUERY_CODE_MARK},
        )  # fmt: skip
        # Last, so that the projection knows of the receipt's own entry.
        projections.refresh(case, today=today)
        messages.notify(case, event=MessageEvent.RECEIVED, at=at)
    return Filed(case, query_code)


def _arrival_moment(arrived_on: date, *, at: datetime) -> datetime:
    """Return when it arrived: now, or some time on the earlier day a paper came."""
    if arrived_on == case_file.local_day(at):
        return at
    return timezone.make_aware(datetime.combine(arrived_on, time.min))


def _body(code: str) -> IssuingBody:
    found = (
        IssuingBody.objects.filter(code=code)
        if code
        else IssuingBody.objects.filter(is_default=True)
    )
    body = found.first()
    if body is None:
        raise Refused.because("body_code", "没有设置受文机关，请联系系统管理员。")
    return body
