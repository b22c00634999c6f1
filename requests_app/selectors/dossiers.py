"""Read a case's file: which papers it holds, in the guide's order, and what is missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils import timezone

from requests_app.domain import dossier, dossier_papers
from requests_app.domain.access import Role
from requests_app.domain.application import Channel
from requests_app.domain.consultations import ConsultationKind
from requests_app.domain.delivery import POST
from requests_app.domain.dossier import Holding, Item, Part, Section, Source
from requests_app.domain.dossier_papers import IndexLine
from requests_app.domain.errors import Reason
from requests_app.domain.identity import conceal
from requests_app.domain.ledger import Entry
from requests_app.domain.letter_types import RECEIPTS
from requests_app.domain.letters import KINDS, LetterKind
from requests_app.domain.papers import PAPER_KIND_LABELS, SENSITIVE, PaperKind
from requests_app.domain.sheets import Cover, Sheet
from requests_app.models import Attachment, Case, Consultation, Event, Letter
from requests_app.selectors import releases, searches
from requests_app.selectors import working_papers as papers

_LETTER_SECTIONS: Final[Mapping[LetterKind, Section]] = {
    LetterKind.RECEIPT: Section.RECEIPT,
    LetterKind.AMENDMENT_RECEIPT: Section.RECEIPT,
    LetterKind.CORRECTION: Section.CORRECTION,
    LetterKind.CONSULT_THIRD_PARTY: Section.THIRD_PARTY,
    LetterKind.CONSULT_NOTICE: Section.THIRD_PARTY,
    LetterKind.THIRD_PARTY_DECISION: Section.THIRD_PARTY,
    LetterKind.CONSULT_CO_MAKER: Section.CO_OPINION,
    LetterKind.CONSULT_ORGAN: Section.CO_OPINION,
    LetterKind.EXTENSION: Section.NOTICES,
    LetterKind.FEE: Section.NOTICES,
    LetterKind.FEE_WITHDRAWAL: Section.NOTICES,
    LetterKind.REASONS: Section.NOTICES,
    LetterKind.DELAY: Section.NOTICES,
}
_PAPER_SECTIONS: Final[Mapping[PaperKind, tuple[Section, Part]]] = {
    PaperKind.IDENTITY: (Section.IDENTITY, Part.TEXT),
    PaperKind.AUTHORISATION: (Section.IDENTITY, Part.ATTACHMENT),
    PaperKind.GUARDIANSHIP: (Section.IDENTITY, Part.ATTACHMENT),
    PaperKind.APPLICATION: (Section.APPLICATION, Part.TEXT),
    PaperKind.ENVELOPE: (Section.APPLICATION, Part.ATTACHMENT),
    PaperKind.CORRECTION: (Section.CORRECTION, Part.REPLY),
    PaperKind.PAYMENT: (Section.NOTICES, Part.REPLY),
    PaperKind.RELEASED: (Section.ANSWER, Part.ATTACHMENT),
    PaperKind.PROOF: (Section.DELIVERY, Part.TEXT),
    PaperKind.OTHER: (Section.OTHER, Part.TEXT),
}

_REPEATING: Final = RECEIPTS | {LetterKind.WITHDRAWAL, LetterKind.CONSULT_NOTICE}

#: Pages the system makes for a file, by their key.
APPLICATION: Final = "application"
APPROVAL_SLIP: Final = "approval_slip"
SEARCH_RECORD: Final = "search_record"
SERVICES: Final = "services"
ACCESS_LOG: Final = "access_log"
DEADLINE: Final = "deadline"


@dataclass(frozen=True)
class Dossier:
    """A case's papers in order, what is missing, and the rows they come from."""

    items: tuple[Item, ...]
    missing: tuple[Reason, ...]
    letters: Mapping[str, Letter]
    papers: Mapping[str, Attachment]


def load(case: Case, *, today: date) -> Dossier:
    """Read the file of ``case`` as it stands; letters that were never made or were voided are not in it."""
    rows = list(case.letters.select_related("delivery", "consultation").order_by("pk"))
    signed = [row for row in rows if row.number and row.status != "void"]
    letters = {str(row.pk): row for row in signed if row.path}
    kept = case.attachments.exclude(pk__in=releases.never_handed_over(case))
    scans = {str(row.pk): row for row in kept.order_by("pk")}
    events = list(case.events.order_by("seq"))
    asked = {str(row.pk): row for row in case.consultations.order_by("pk")}
    items = dossier.arrange(
        (
            *_made(case, today=today),
            *(_letter_item(row) for row in letters.values()),
            *(_paper_item(row, events=events, asked=asked) for row in scans.values()),
        )
    )
    held = _holding(case, signed=signed, scans=scans, events=events, asked=asked)
    return Dossier(items, dossier.missing(held), letters, scans)


def index(case: Case, *, applicant: str, today: date) -> Sheet:
    """Lay out the 卷内目录, with the pages of each item where they are known."""
    lines = [
        IndexLine(
            each.number, each.title, case.body.name if each.number else "", each.on, _count(each)
        )
        for each in load(case, today=today).items
    ]
    return dossier_papers.index(papers.head(case, applicant=applicant), lines=lines)


def cover(case: Case, *, applicant: str, today: date) -> Cover:
    """Lay out the cover of the file; its pages are counted when it is bound."""
    items = load(case, today=today).items
    top = papers.head(case, applicant=applicant)
    return dossier_papers.cover(top, closed_on=case.closed_on, items=len(items), pages=None)


def _count(item: Item) -> str:
    return "" if item.pages is None else f"{item.pages}页"


def _made(case: Case, *, today: date) -> Iterator[Item]:
    made = Source.MADE
    received = case.received_on
    yield Item(Section.APPLICATION, "申请表（登记的申请内容）", received, made, APPLICATION)
    yield Item(Section.HANDLING, "办理单", today, made, APPROVAL_SLIP)
    searched = searches.of(case)
    if searched:
        last = max(each.on for each in searched)
        yield Item(Section.HANDLING, "检索记录", last, made, SEARCH_RECORD, part=Part.ATTACHMENT)
    yield Item(Section.DELIVERY, "文书发出和送达登记", today, made, SERVICES, part=Part.ATTACHMENT)
    yield Item(Section.ACCESS, "查阅和借阅记录", today, made, ACCESS_LOG)
    yield Item(Section.DEADLINE, "期限说明", today, made, DEADLINE)


def _letter_item(row: Letter) -> Item:
    kind = LetterKind(row.kind)
    signed = timezone.localtime(row.signed_at or row.drafted_at).date()
    return Item(
        section=_LETTER_SECTIONS.get(kind, Section.ANSWER),
        title=KINDS[kind].label,
        on=signed,
        source=Source.LETTER,
        key=str(row.pk),
        number=row.number,
        matter=f"consultation-{row.consultation_id}" if row.consultation_id else "",
    )


def _paper_item(row: Attachment, *, events: list[Event], asked: Mapping[str, Consultation]) -> Item:
    kind = PaperKind(row.kind)
    matter = ""
    if kind is PaperKind.OPINION:
        section, part, matter = _opinion_place(row, events=events, asked=asked)
    else:
        section, part = _PAPER_SECTIONS[kind]
    return Item(
        section=section,
        title=f"{PAPER_KIND_LABELS[kind]}：{conceal(row.name)}",
        on=timezone.localtime(row.added_at).date(),
        source=Source.PAPER,
        key=str(row.pk),
        part=part,
        matter=matter,
        pages=row.pages,
        identity=kind in SENSITIVE,
    )


def _opinion_place(
    row: Attachment, *, events: list[Event], asked: Mapping[str, Consultation]
) -> tuple[Section, Part, str]:
    """Tell whose opinion a paper is: an act and the papers it brought bear the same moment."""
    for event in events:
        if event.recorded_at != row.added_at:
            continue
        if event.entry == Entry.CONSULT_REPLIED:
            found = asked.get(event.ref)
            third = found is not None and found.kind == ConsultationKind.THIRD_PARTY
            section = Section.THIRD_PARTY if third else Section.CO_OPINION
            return section, Part.REPLY, f"consultation-{event.ref}"
        if event.entry == Entry.OPINION_GIVEN and event.role == Role.HANDLER:
            return Section.CO_OPINION, Part.REPLY, ""
    return Section.LEGAL_OPINION, Part.TEXT, ""


def _holding(
    case: Case,
    *,
    signed: list[Letter],
    scans: Mapping[str, Attachment],
    events: list[Event],
    asked: Mapping[str, Consultation],
) -> Holding:
    kinds = [PaperKind(row.kind) for row in scans.values()]
    out = [(row, row.delivery) for row in signed if hasattr(row, "delivery")]
    waiting_letters = [row for row, sent in out if sent.delivered_on is None]
    voided = {event.voids for event in events}
    entries = {event.entry for event in events if event.seq not in voided}
    sections = {_LETTER_SECTIONS.get(LetterKind(row.kind), Section.ANSWER) for row in signed}
    papers_of = {_PAPER_SECTIONS[kind][0] for kind in kinds if kind in _PAPER_SECTIONS}
    replied = {event.ref for event in events if event.entry == Entry.CONSULT_REPLIED}
    waiting = [row for row in asked.values() if not row.position and row.cancelled_at is None]
    return Holding(
        channel=Channel(case.channel),
        # Registered by staff without a copy: they saw the paper (services.intake).
        identity_verified=case.channel != Channel.ONLINE,
        has_agent=case.agent_id is not None,
        receipt=Section.RECEIPT in sections,
        unmade=tuple(_named(row) for row in signed if not row.path),
        undelivered=tuple(_named(row) for row in waiting_letters if not _repeats(row)),
        unconfirmed=tuple(_named(row) for row in waiting_letters if _repeats(row)),
        posted=sum(1 for _, sent in out if sent.way in POST),
        proofs=kinds.count(PaperKind.PROOF),
        consultations_without_answer=tuple(
            f"“{row.name}”" for row in waiting if str(row.pk) not in replied
        ),
        answered=Entry.REPLIED in entries,
        closed_without_answer=bool(entries & {Entry.LAPSED, Entry.WITHDRAWN}),
        opinions=Entry.OPINION_GIVEN in entries or PaperKind.OPINION in kinds,
        kinds=papers_of,
        has_envelope=PaperKind.ENVELOPE in kinds,
        has_authorisation=PaperKind.AUTHORISATION in kinds,
    )


def _repeats(row: Letter) -> bool:
    """Tell whether a letter only repeats what is known: nothing begins with its service."""
    return LetterKind(row.kind) in _REPEATING


def _named(row: Letter) -> str:
    return f"{KINDS[LetterKind(row.kind)].label}（{row.number}）"
