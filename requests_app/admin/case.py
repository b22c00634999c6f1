"""The case page, and the sheet that explains a case's deadline day by day."""

from __future__ import annotations

from django.db.models import Prefetch, prefetch_related_objects
from django.http import HttpRequest, HttpResponse

from requests_app.admin import additions, shell
from requests_app.domain import explain, workflow
from requests_app.domain.access import Act
from requests_app.domain.application import (
    CHANNEL_LABELS,
    FORM_LABELS,
    WAY_LABELS,
    Channel,
    FormWanted,
    WayWanted,
)
from requests_app.domain.ledger import STATUS_LABELS, Entry, Status
from requests_app.domain.matters import Matter
from requests_app.domain.papers import PAPER_KIND_LABELS, SENSITIVE, PaperKind
from requests_app.domain.working_papers import OF_AMENDMENTS, WORKING_PAPER_LABELS
from requests_app.models import Case, Event, Letter, Message
from requests_app.presenters import (
    applicant_said,
    archive_page,
    backward_plan,
    case_ledger,
    case_page,
    day_bar,
    fee_account,
    guided_path,
    inquiries,
    people,
    releases,
    reviews,
    searches,
    standing,
)
from requests_app.selectors import (
    backward_plans,
    facts,
    fee_accounts,
    guided_paths,
    offices,
    relations,
)
from requests_app.selectors import inquiries as departments_asked
from requests_app.selectors import releases as released
from requests_app.selectors import reviews as reviews_asked
from requests_app.selectors import searches as searches_log
from requests_app.services import watching

_BAR_WIDTH = 320
_SHEET_WIDTH = 1000


@shell.needs(Act.READ_CASE)
def view(request: HttpRequest, case_id: int) -> HttpResponse:
    """Show one case: where it stands, what it holds, what may be done now."""
    case, person, today = shell.case_or_404(request, case_id), shell.actor(request), shell.today()
    _prefetch(case)
    found = facts.load(case, today=today)
    timeline = found.timeline
    possible, refused = case_page.acts(found, actor=person)
    consultations = list(case.consultations.all())
    events = list(case.events.all())
    sent = frozenset(event.ref for event in events if event.entry == Entry.CONSULT_SENT)
    settings = offices.settings(on=today)
    watching.mark_read(case, actor=person, at=shell.now())
    return shell.page(
        request,
        "admin/desk/case.html",
        _contact(case, full=person.may(Act.DISPATCH)),
        case=case,
        relations=relations.of(case, actor=person),
        now=standing.of_case(
            case,
            today=today,
            calendar=timeline.calendar,
            thresholds=offices.thresholds(settings),
            timeline=timeline,
        ),
        second=case_page.second_clock(
            timeline, names={str(row.pk): row.name for row in consultations}
        ),
        stage=STATUS_LABELS[Status(case.status)],
        channel=CHANNEL_LABELS[Channel(case.channel)],
        applicant=people.masked_names(case),
        applicant_kind=people.kind(case.applicant),
        others=people.others(case, full=person.may(Act.REVEAL_IDENTITY)),
        form_wanted=FORM_LABELS[FormWanted(case.form_wanted)],
        way_wanted=WAY_LABELS[WayWanted(case.way_wanted)],
        ledger=case_ledger.lines(events, today=today),
        corrected=case_ledger.corrected_texts(events, today=today),
        letters=case_page.letters(case.letters.all(), today=today),
        papers=[
            (paper, PAPER_KIND_LABELS[PaperKind(paper.kind)], PaperKind(paper.kind) in SENSITIVE)
            for paper in case.attachments.all()
        ],
        consultations=case_page.consultations(consultations, timeline=timeline, sent=sent),
        released=(rows := _released(case)),
        released_pages=releases.pages(rows),
        may_release=person.may(Act.PREPARE_RELEASE),
        fees=fee_account.of(fee_accounts.of_facts(case, found)),
        timeline=timeline,
        bar=day_bar.of(timeline, width=_BAR_WIDTH),
        lines=day_bar.lines(timeline),
        possible=possible,
        refused=refused,
        may_reveal=person.may(Act.REVEAL_IDENTITY),
        may_void=person.may(Act.VOID_EVENT),
        may_record=person.may(Act.RECORD_OPINION),
        may_bundle=person.may(Act.BUNDLE),
        may_supervise=person.may(Act.SUPERVISE),
        guided=guided_path.panel(guided_paths.of(case), since=found.searches.since, today=today),
        may_guide=workflow.check(Act.GUIDE, facts=found, actor=person).allowed,
        searches=searches.rows(
            searches_log.rows(case, entries=facts.from_rows(events)), today=today
        ),
        plan=backward_plan.panel(
            backward_plans.of_case(
                case,
                entries=facts.from_rows(events),
                letters=case.letters.all(),
                timeline=timeline,
            ),
            today=today,
        ),
        inquiries=inquiries.rows(
            departments_asked.of_events(case, events), today=today, calendar=timeline.calendar
        ),
        own_department=person.department_id if person.may(Act.REPLY_INQUIRY) else None,
        reviews=reviews.rows(reviews_asked.of_events(case, events), today=today),
        may_review=person.may(Act.GIVE_REVIEW),
        may_answer_review=person.may(Act.ANSWER_REVIEW),
        archive=archive_page.summary(case, today=today) if person.may(Act.ARCHIVE) else None,
        add_papers=additions.AddForm()
        if workflow.check(Act.ADD_PAPERS, facts=found, actor=person).allowed
        else None,
        prints=[
            (paper, label)
            for paper, label in WORKING_PAPER_LABELS.items()
            if case.matter == Matter.AMENDMENT or paper not in OF_AMENDMENTS
        ],
        said=applicant_said.of(case, may_decide=person.may(Act.DECIDE_SUGGESTION)),
    )


@shell.needs(Act.READ_CASE)
def deadline(request: HttpRequest, case_id: int) -> HttpResponse:
    """Show the 期限说明 of a case on one page that prints well."""
    case = shell.case_or_404(request, case_id)
    timeline = facts.timeline(case, today=shell.today())
    return shell.page(
        request,
        "admin/desk/deadline.html",
        case=case,
        timeline=timeline,
        bar=day_bar.of(timeline, width=_SHEET_WIDTH),
        lines=day_bar.lines(timeline),
        words=explain.words(timeline, calendar=timeline.calendar, names=explain.ordinals(timeline)),
    )


def _prefetch(case: Case) -> None:
    """Read everything the page shows in one query a table, whatever the case holds."""
    prefetch_related_objects(
        [case],
        Prefetch("events", Event.objects.select_related("recorded_by").order_by("seq")),
        Prefetch(
            "letters", Letter.objects.select_related("delivery", "replaced_by").order_by("pk")
        ),
        "attachments__added_by",
        *(["co_applicants"] if case.applicant_count > 1 else []),
        "consultations",
        Prefetch("messages", Message.objects.order_by("pk")),
    )


def _released(case: Case) -> tuple[releases.FileRow, ...]:
    """Return the files of the answer; nothing is read where none was ever prepared."""
    if not any(paper.kind == PaperKind.RELEASED for paper in case.attachments.all()):
        return ()
    return releases.for_desk(released.everything(case))


def _contact(case: Case, *, full: bool) -> dict[str, str]:
    """Return how to reach the applicant: in full for who writes and posts letters, else masked."""
    applicant = case.applicant
    if full:
        where = f"{applicant.address} {applicant.postcode}".strip()
        return {"phone": applicant.phone, "email": applicant.email, "address": where}
    return {
        "phone": people.masked_phone(applicant.phone),
        "email": people.masked_email(applicant.email),
        "address": "（经办可见）" if applicant.address else "",
    }
