"""Cases like one case, side by side: repeated, answered before, asked by several."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from requests_app.admin import shell
from requests_app.domain.access import Act
from requests_app.domain.ledger import STATUS_LABELS, Status
from requests_app.domain.outcomes import OUTCOMES, OutcomeCode
from requests_app.models import Case, PublicationDecision
from requests_app.presenters import desk_dates, people
from requests_app.selectors import likenesses, registers


@shell.needs(Act.READ_CASE)
def view(request: HttpRequest, case_id: int) -> HttpResponse:
    """Show what is like a case, what the same person asked, and what may follow from it."""
    case, person, today = shell.case_or_404(request, case_id), shell.actor(request), shell.today()
    similar = likenesses.of(case, actor=person)
    same_person = likenesses.same_applicant(case, actor=person)
    shown = [each.case.pk for each in similar] + [each.pk for each in same_person]
    answers = registers.answer_numbers(shown)

    def row(other: Case) -> dict[str, object]:
        return {
            "case": other,
            "applicant": people.masked_names(other),
            "received": desk_dates.short(other.received_on, today=today),
            "stage": STATUS_LABELS[Status(other.status)],
            "outcome": OUTCOMES[OutcomeCode(other.outcome)].label if other.outcome else "",
            "answer": answers.get(other.pk, ""),
        }

    return shell.page(
        request,
        "admin/desk/similar.html",
        case=case,
        similar=[
            {
                **row(each.case),
                "percent": each.percent,
                "same": each.same_applicant,
                "answered": each.answered,
                "open": not each.answered and each.case.closed_on is None,
            }
            for each in similar
        ],
        same_person=[row(each) for each in same_person],
        several=any(not each.same_applicant for each in similar),
        decisions=PublicationDecision.objects.filter(case=case).select_related("decided_by"),
        may_decide=person.may(Act.DECIDE_PUBLICATION),
        may_merge=person.may(Act.MERGE),
    )
