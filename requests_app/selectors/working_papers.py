"""Read what the office's own papers about a case say, and lay them out (``domain.working_papers``).

``applicant`` is the name as the reader may see it: whole for who writes the letters, masked else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

from django.db.models import QuerySet
from django.utils import timezone

from requests_app.domain import (
    delivery_papers,
    dossier_papers,
    explain,
    ledger,
    transfer_papers,
    working_papers,
)
from requests_app.domain.access import ROLE_LABELS, Role
from requests_app.domain.application import CHANNEL_LABELS, Channel
from requests_app.domain.articles import shortened
from requests_app.domain.consultations import POSITION_LABELS, Position
from requests_app.domain.delivery import DeliveryWay
from requests_app.domain.delivery_papers import Service
from requests_app.domain.dossier_papers import Lent, Looked
from requests_app.domain.errors import Refused
from requests_app.domain.identity import conceal
from requests_app.domain.ledger import ENTRY_LABELS, STATUS_LABELS, Entry, Status
from requests_app.domain.letters import KINDS, Addressee, LetterKind
from requests_app.domain.matters import ART_41, Matter
from requests_app.domain.outcomes import OUTCOMES, OutcomeCode
from requests_app.domain.reviews import REVIEW_KIND_LABELS, ReviewKind
from requests_app.domain.sheets import Label, Sheet
from requests_app.domain.working_papers import (
    CaseHead,
    Considered,
    Opinion,
    Signing,
    Step,
    WorkingPaper,
)
from requests_app.models import Case, Event, Lending, Letter
from requests_app.selectors import (
    applicants,
    application_forms,
    facts,
    guided_paths,
    offices,
    releases,
    searches,
)

_WORDS: Final = (
    "text",
    "reason",
    "decision",
    "department",
    "clerk",
    "proof",
    "bill_number",
    "notice",
)


def head(case: Case, *, applicant: str) -> CaseHead:
    """Return what stands at the head of every paper about ``case``."""
    return CaseHead(
        issuer=case.body.name,
        number=case.number,
        applicant=applicant,
        subject=conceal(case.description),
        received_on=case.received_on,
        due_on=case.due_on,
        channel=CHANNEL_LABELS[Channel(case.channel)],
        clerk=str(case.clerk or ""),
        department=str(case.department or ""),
        status=STATUS_LABELS[Status(case.status)],
    )


def sheet(case: Case, paper: WorkingPaper, *, applicant: str, today: date) -> Sheet:
    """Lay out one paper of ``case`` as it stands today; cover and index belong to ``dossiers``."""
    lay_out = _PAPERS.get(paper)
    if lay_out is None:
        raise Refused.because("no_such_paper", "没有这种材料。")
    return lay_out(case, head(case, applicant=applicant), today)


def _filled_form(case: Case, _top: CaseHead, _today: date) -> Sheet:
    return application_forms.filled(case)


def _approval_slip(case: Case, top: CaseHead, _today: date) -> Sheet:
    standing = _standing(case)
    return working_papers.approval_slip(
        top,
        steps=_steps(standing),
        opinions=_opinions(standing),
        signings=_signings(case),
        searches=searches.of(case),
        considered=list(_considered(case)),
    )


def _secrecy_review(case: Case, top: CaseHead, _today: date) -> Sheet:
    named = [_last_fields(case, "provided").get("provided", "")]
    for each in releases.everything(case):
        covered = "，部分内容已遮盖" if each.redacted else ""
        named.append(f"{each.attachment.name}（{each.pages}页{covered}）")
    information = "\n".join(part for part in named if part)
    reviewer = ROLE_LABELS[Role.REVIEWER]
    reviewed = [each for each in _opinions(_standing(case)) if each.role.startswith(reviewer)]
    return working_papers.secrecy_review(top, information=information, opinions=reviewed)


def _search_record(case: Case, top: CaseHead, _today: date) -> Sheet:
    given = _last_fields(case, "search_scope")
    return working_papers.search_record(
        top,
        searches=searches.of(case),
        scope=given.get("search_scope", ""),
        means=given.get("search_means", ""),
        on=given.get("searched_on", ""),
        by=given.get("searched_by", ""),
    )


def _supervision(case: Case, top: CaseHead, today: date) -> Sheet:
    asked = "请按期办理，并将办理情况报政府信息公开工作机构。"
    return working_papers.supervision(top, remaining=_remaining(case, today=today), asked=asked)


def _deadline(case: Case, top: CaseHead, today: date) -> Sheet:
    timeline = facts.timeline(case, today=today)
    names = explain.ordinals(timeline)
    words = explain.words(timeline, calendar=timeline.calendar, names=names)
    return working_papers.deadline(top, words=words.split("\n"))


def _access_log(case: Case, top: CaseHead, today: date) -> Sheet:
    return dossier_papers.access_log(top, looks=_looks(case, today=today), loans=_loans(case))


def _transfer(case: Case, top: CaseHead, today: date) -> Sheet:
    if case.matter != Matter.AMENDMENT:
        raise Refused.because("not_an_amendment", "转送函只用于更正申请。", ART_41)
    papers = ["更正申请", *case.attachments.order_by("pk").values_list("name", flat=True)]
    office = offices.settings(on=today)
    return transfer_papers.transfer_letter(
        top,
        told=_last_fields(case, "organ_name"),
        papers=papers,
        contact="　".join(each for each in (top.clerk, office.phone) if each),
    )


_PAPERS: Final[Mapping[WorkingPaper, Callable[[Case, CaseHead, date], Sheet]]] = {
    WorkingPaper.APPLICATION: _filled_form,
    WorkingPaper.APPROVAL_SLIP: _approval_slip,
    WorkingPaper.SECRECY_REVIEW: _secrecy_review,
    WorkingPaper.SEARCH_RECORD: _search_record,
    WorkingPaper.SUPERVISION: _supervision,
    WorkingPaper.DEADLINE: _deadline,
    WorkingPaper.ACCESS_LOG: _access_log,
    WorkingPaper.TRANSFER: _transfer,
}


def receipt(letter: Letter) -> Sheet:
    """Lay out the 送达回证 of a letter that was signed; refuses a draft."""
    _refuse_unsigned(letter)
    return delivery_papers.delivery_receipt(_service(letter))


def services(case: Case, *, applicant: str) -> Sheet:
    """Lay out how the letters of ``case`` went out and arrived."""
    sent = [each for each in _letters(case) if getattr(each, "delivery", None) is not None]
    return delivery_papers.service_list(
        head(case, applicant=applicant), services=[_service(each) for each in sent]
    )


def label(letter: Letter, *, today: date) -> Label:
    """Lay out the envelope's label of a signed letter; refuses a draft, and whom no post reaches."""
    _refuse_unsigned(letter)
    service = _service(letter)
    if not service.address.strip():
        raise Refused.because("address_missing", "没有登记收件地址，不能打印信封签条。")
    settings = offices.settings(on=today)
    own = _to_applicant(letter)
    ways = {
        DeliveryWay.EMS: "邮政EMS（标准快递）",
        DeliveryWay.REGISTERED: "挂号信",
    }
    return Label(
        service=ways.get(service.way, "邮政EMS、挂号信") if service.way else "邮政EMS、挂号信",
        postcode=letter.case.applicant.postcode if own else "",
        address=service.address,
        name=service.person,
        phone=letter.case.applicant.phone if own else "",
        reference=service.number,
        contents=service.letter,
        sender_postcode=settings.postcode,
        sender_address=settings.address,
        sender_name=settings.receiving_unit,
        sender_phone=settings.phone,
    )


def _refuse_unsigned(letter: Letter) -> None:
    if not letter.number or letter.status == "void":
        raise Refused.because("not_signed", "文书签发之后才能打印送达回证和信封签条。")


def _letters(case: Case) -> QuerySet[Letter]:
    return case.letters.select_related(
        "delivery", "consultation", "drafted_by", "signed_by", "case__applicant", "case__body"
    ).order_by("pk")


def _to_applicant(letter: Letter) -> bool:
    return KINDS[LetterKind(letter.kind)].addressee is Addressee.APPLICANT


def _service(letter: Letter) -> Service:
    case, delivery = letter.case, getattr(letter, "delivery", None)
    consulted = letter.consultation
    to_applicant = _to_applicant(letter) or consulted is None
    return Service(
        issuer=case.body.name,
        case_number=case.number,
        letter=KINDS[LetterKind(letter.kind)].label,
        number=letter.number,
        person=applicants.all_names(case) if consulted is None or to_applicant else consulted.name,
        address=case.applicant.address if consulted is None or to_applicant else consulted.address,
        way=DeliveryWay(delivery.way) if delivery else None,
        dispatched_on=delivery.dispatched_on if delivery else None,
        delivered_on=delivery.delivered_on if delivery else None,
        received_by=delivery.received_by if delivery else "",
        proof=delivery.delivered_proof if delivery else "",
        tracking_number=delivery.tracking_number if delivery else "",
        served_by="",
    )


def _standing(case: Case) -> list[Event]:
    rows = list(case.events.select_related("recorded_by").order_by("seq"))
    kept = [entry.seq for entry in ledger.standing(facts.from_rows(rows))]
    by_seq = {row.seq: row for row in rows}
    return [by_seq[seq] for seq in kept]


def _who(event: Event) -> str:
    return str(event.recorded_by) if event.recorded_by else ROLE_LABELS[Role(event.role)]


def _steps(events: Sequence[Event]) -> Iterator[Step]:
    for event in events:
        yield Step(event.on, ENTRY_LABELS[Entry(event.entry)], _who(event), _words(event.data))


def _words(data: dict[str, Any]) -> str:
    found = []
    if code := data.get("kind"):
        known = KINDS[LetterKind(code)].label if code in set(LetterKind) else ""
        found.append(f"{known} {data.get('number', '')}".strip())
    if code := data.get("outcome"):
        found.append(OUTCOMES[OutcomeCode(code)].label)
    if code := data.get("position"):
        found.append(f"{data.get('name', '')}：{POSITION_LABELS[Position(code)]}")
    found += [str(data[name]) for name in _WORDS if data.get(name)]
    return conceal("；".join(each for each in found if each))


def _opinions(events: Sequence[Event]) -> Iterator[Opinion]:
    for event in events:
        data = event.data
        if event.entry == Entry.OPINION_GIVEN:
            who = str(data.get("by", "")) or _who(event)
            post = ROLE_LABELS[Role(event.role)]
            if kind := data.get("review_kind"):
                post = f"{post}（{REVIEW_KIND_LABELS[ReviewKind(kind)]}）"
            yield Opinion(post, who, event.on, _words({"text": data["text"]}))
        elif data.get("step") == "answered":
            yield Opinion("经办对审查意见的处理", _who(event), event.on, _words(data))
        elif event.entry == Entry.CONSULT_REPLIED:
            told = POSITION_LABELS[Position(data["position"])]
            words = "；".join(part for part in (told, str(data.get("text", ""))) if part)
            yield Opinion("征求意见", str(data.get("name", "")), event.on, conceal(words))


def _considered(case: Case) -> Iterator[Considered]:
    for row in guided_paths.of(case).kept:
        named = [row.evidence, *(each["words"] for each in row.refs)]
        yield Considered(
            question=str(row.get_step_display()),
            answer=row.label,
            article=shortened(row.article),
            evidence=conceal("；".join(each for each in named if each)),
            who=str(row.given_by),
            on=timezone.localtime(row.given_at).date(),
        )


def _signings(case: Case) -> Iterator[Signing]:
    for letter in _letters(case):
        if letter.status == "void":
            continue
        drafted = f"{letter.drafted_by or '系统'} {timezone.localtime(letter.drafted_at):%Y-%m-%d}"
        signed = ""
        if letter.signed_at is not None:
            signed = f"{letter.signed_by or '系统'} {timezone.localtime(letter.signed_at):%Y-%m-%d}"
        kind = KINDS[LetterKind(letter.kind)]
        yield Signing(kind.label, letter.number or "未编号", drafted, signed)


def _looks(case: Case, *, today: date) -> Iterator[Looked]:
    for record in case.access_records.select_related("staff").order_by("pk"):
        at = timezone.localtime(record.at)
        if at.date() > today:
            break
        yield Looked(
            f"{at:%Y-%m-%d %H:%M}",
            str(record.staff or "申请人"),
            record.what,
            conceal(record.reason),
        )


def _loans(case: Case) -> Iterator[Lent]:
    found = Lending.objects.filter(record__case=case).select_related("recorded_by")
    for row in found.order_by("pk"):
        who = f"{row.person}（{row.unit}）"
        back = row.returned_on.isoformat() if row.returned_on else ""
        yield Lent(row.out_on.isoformat(), who, conceal(row.purpose), back, str(row.recorded_by))


def _last_fields(case: Case, name: str) -> dict[str, str]:
    """Return the fields of the last letter that has ``name`` filled, or none."""
    for letter in case.letters.exclude(status="void").order_by("-pk"):
        if letter.fields.get(name):
            return {key: conceal(str(value)) for key, value in letter.fields.items()}
    return {}


def _remaining(case: Case, *, today: date) -> str:
    timeline = facts.timeline(case, today=today)
    if timeline.due is None:
        return "现在不计答复期限。"
    if timeline.remaining is None:
        return f"答复期限{timeline.due.isoformat()}。"
    if timeline.remaining < 0:
        return f"答复期限{timeline.due.isoformat()}，截至{today.isoformat()}已超过{-timeline.remaining}个工作日。"
    return f"答复期限{timeline.due.isoformat()}，截至{today.isoformat()}还有{timeline.remaining}个工作日。"
