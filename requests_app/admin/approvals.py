"""The head's queue: letters that wait for a signature, one opened at a time. No signing in bulk."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from requests_app.admin import letter_forms, shell
from requests_app.domain.access import Act
from requests_app.domain.letters import KINDS, LetterKind
from requests_app.models import Letter
from requests_app.presenters import guided_path, letter_page, people, standing
from requests_app.selectors import calendars, facts, guided_paths, letter_queue, offices


@shell.needs(Act.APPROVE)
def view(request: HttpRequest) -> HttpResponse:
    """List what waits for a signature, most urgent first, with one letter opened."""
    person, today = shell.actor(request), shell.today()
    waiting = list(letter_queue.pending(person))
    calendar = calendars.current()
    thresholds = offices.thresholds(offices.settings(on=today))
    opened = next((row for row in waiting if str(row.pk) == request.GET.get("letter")), None)
    if opened is None and waiting:
        opened = waiting[0]
    rows = [
        {
            "letter": row,
            "label": KINDS[LetterKind(row.kind)].label,
            "basis": KINDS[LetterKind(row.kind)].basis,
            "applicant": people.masked_names(row.case),
            "now": standing.of_case(
                row.case, today=today, calendar=calendar, thresholds=thresholds
            ),
            "opened": row is opened,
        }
        for row in waiting
    ]
    shown = _opened(request, opened) if opened is not None else {}
    return shell.page(request, "admin/desk/approvals.html", shown, rows=rows)


def _opened(request: HttpRequest, letter: Letter) -> dict[str, object]:
    person, today = shell.actor(request), shell.today()
    letter = shell.letter_or_404(request, letter.pk)
    found = facts.load(letter.case, today=today)
    acts = (Act.APPROVE, Act.RETURN_DRAFT)
    verdicts = letter_page.verdicts(letter, facts_of_case=found, actor=person, acts=acts)
    return {
        "letter": letter,
        "case": letter.case,
        "head": letter_page.head(letter),
        "paper": letter_page.paper(letter, at=shell.now()),
        "forms": {
            act.value: letter_forms.FORMS[act.value](letter=letter, today=today, prefix=act.value)
            for act, verdict in verdicts.items()
            if verdict.allowed
        },
        "against": verdicts[Act.APPROVE].reasons,
        "warnings": (
            *guided_paths.against_outcome(letter.case, letter.outcome),
            *verdicts[Act.APPROVE].warnings,
        ),
        "guided": guided_path.of_letter(letter, today=today),
        "own": person.staff_id in facts.authors(letter),
    }
