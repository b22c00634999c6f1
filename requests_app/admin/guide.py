"""The guided path on screen: one question at a time, what the case knows beside it, the end with its letter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from requests_app.admin import shell
from requests_app.admin.acts.form import text_field
from requests_app.admin.desk_form import DeskForm
from requests_app.domain import guided_path, workflow
from requests_app.domain.access import Act, Actor
from requests_app.domain.articles import shortened
from requests_app.domain.errors import Refused
from requests_app.domain.guided_questions import QUESTIONS, Choice, Step
from requests_app.domain.ledger import STATUS_LABELS, Status
from requests_app.domain.outcomes import OUTCOMES, OutcomeCode
from requests_app.models import Case
from requests_app.presenters import case_page, people, standing
from requests_app.presenters import guided_path as presenter
from requests_app.presenters import reviews as reviews_shown
from requests_app.presenters import searches as searches_shown
from requests_app.selectors import facts, likenesses, offices, registers
from requests_app.selectors import guided_paths as selector
from requests_app.selectors import reviews as reviews_asked
from requests_app.selectors import searches as searches_log
from requests_app.selectors.guided_paths import Walked
from requests_app.services import guided_paths
from requests_app.services.case_file import Conflict
from requests_app.services.guided_paths import AnswerGiven

_SIMILAR_SHOWN: Final = 5


class GuideForm(DeskForm):
    """One question: its answers, the facts, and the papers of the case it rests on."""

    answer = forms.ChoiceField(label="回答", widget=forms.RadioSelect)
    evidence = text_field(
        "依据的事实",
        required=False,
        help_text="看了什么、怎么认定的；可以只选下面的材料。写进办理单，负责人签发时看到。",
    )
    refs = forms.MultipleChoiceField(
        label="依据的材料", required=False, widget=forms.CheckboxSelectMultiple
    )
    # Which answer was the last when the page was shown; 0 before the first.
    seen_last = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, step: Step, case: Case, walked: Walked, **kwargs: Any) -> None:
        self.step, self.case = step, case
        self.offered = guided_path.offered(step, path=walked.path)
        super().__init__(*args, **kwargs)
        self._choose("answer", [(code, each.label) for code, each in self.offered.items()])
        grouped: dict[str, list[tuple[str, str]]] = {}
        pieces = selector.pieces(case)
        self.held = {piece.kind for piece in pieces}
        for piece in pieces:
            grouped.setdefault(piece.kind.label, []).append((piece.code, piece.words))
        self._choose("refs", list(grouped.items()))
        if not grouped:
            del self.fields["refs"]
        self.fields["seen_last"].initial = walked.last_id
        before = walked.rows.get(step)
        if before is not None:
            self.fields["evidence"].initial = before.evidence
            self.fields["answer"].initial = before.answer
            self.initial["refs"] = [f"{each['kind']}-{each['id']}" for each in before.refs]
        self.dress()

    def _choose(self, name: str, choices: Sequence[tuple[str, Any]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def rows(self) -> Iterator[tuple[Any, Choice, str, str]]:
        """Give each answer with its button, its article and where it leads."""
        for radio, choice in zip(self["answer"], self.offered.values(), strict=True):
            yield radio, choice, shortened(choice.article), presenter.leads_to(choice)

    def needed(self) -> Sequence[tuple[str, str]]:
        """Name the answers that cannot do without a paper of the case, where the case has none."""
        return [
            (each.label, each.needs.label)
            for each in self.offered.values()
            if each.needs is not None and each.needs not in self.held
        ]

    def keep(self, *, actor: Actor, at: Any) -> None:
        """Call the service."""
        given = self.cleaned_data
        guided_paths.answer(
            self.case.pk,
            AnswerGiven(self.step, given["answer"], given["evidence"], given.get("refs", ())),
            actor=actor,
            at=at,
            seen=given["seen_last"],
        )

    def take(self, refusal: Refused) -> None:
        """Show a refusal: each reason at its field where it has one, else above the form."""
        for reason in refusal.reasons:
            self.add_error(reason.code if reason.code in self.fields else None, str(reason))


@shell.needs(Act.READ_CASE)
def view(request: HttpRequest, case_id: int, step: str = "") -> HttpResponse:
    """Show the question asked now, or one answered before; on POST keep the answer and go on."""
    case = shell.case_or_404(request, case_id)
    walked = selector.of(case)
    asked = _asked(step, walked=walked)
    found = facts.load(case, today=shell.today())
    verdict = workflow.check(Act.GUIDE, facts=found, actor=shell.actor(request))
    if request.method != "POST":
        return _show(request, case, walked, asked, found=found, verdict=verdict)
    if asked is None:
        return HttpResponseRedirect(reverse("admin:guide", args=[case.pk]))
    form = GuideForm(request.POST, step=asked, case=case, walked=walked)
    status = 422
    if form.is_valid():
        try:
            form.keep(actor=shell.actor(request), at=shell.now())
        except Refused as refusal:
            form.take(refusal)
            if isinstance(refusal, Conflict):
                status = 409
                walked = selector.of(case)
                kept = request.POST.copy()
                kept["seen_last"] = str(walked.last_id)
                form.data = kept
        else:
            return HttpResponseRedirect(reverse("admin:guide", args=[case.pk]))
    return _show(
        request, case, walked, asked, found=found, verdict=verdict, form=form, status=status
    )


def _asked(step: str, *, walked: Walked) -> Step | None:
    """Return the question to show; one that is not reached yet does not exist."""
    if not step:
        return walked.path.reached
    if step not in {each.value for each in walked.path.open_to_answer}:
        raise Http404("还没有问到这一步，请先答前面的问题。")
    return Step(step)


def _show(
    request: HttpRequest,
    case: Case,
    walked: Walked,
    asked: Step | None,
    *,
    found: Any,
    verdict: workflow.Verdict,
    form: GuideForm | None = None,
    status: int = 200,
) -> HttpResponse:
    person, today = shell.actor(request), shell.today()
    if form is None and asked is not None and verdict.allowed:
        form = GuideForm(step=asked, case=case, walked=walked)
    goal = walked.path.goal
    return shell.page(
        request,
        "admin/desk/guide.html",
        _known(case, actor=person, found=found),
        status=status,
        heading="按七步判断",
        question=None if asked is None else QUESTIONS[asked],
        article="" if asked is None else shortened(QUESTIONS[asked].article),
        form=form,
        refused=verdict.reasons,
        stages=presenter.stages(walked.path, asked=asked),
        kept=presenter.kept(walked, today=today),
        changing=asked is not None and asked is not walked.path.reached,
        end=None
        if goal is None or asked is not None
        else presenter.end(goal, facts=found, actor=person),
        outdated=guided_path.against_age(walked.path, since=found.searches.since),
    )


def _known(case: Case, *, actor: Actor, found: Any) -> Mapping[str, Any]:
    """Return what the case already knows: where it stands, both clocks, earlier answers, search log, reviews."""
    today, timeline = shell.today(), found.timeline
    settings = offices.settings(on=today)
    return {
        "case": case,
        "stage": STATUS_LABELS[Status(case.status)],
        "applicant": people.masked_names(case),
        "applicant_kind": people.kind(case.applicant),
        "now": standing.of_case(
            case,
            today=today,
            calendar=timeline.calendar,
            thresholds=offices.thresholds(settings),
            timeline=timeline,
        ),
        "second": case_page.second_clock(timeline, names={}),
        "similar": _answered_before(case, actor=actor),
        "searches": searches_shown.rows(searches_log.rows(case), today=today),
        "reviews": reviews_shown.rows(reviews_asked.of_case(case), today=today),
    }


def _answered_before(case: Case, *, actor: Actor) -> Sequence[tuple[Case, int, str, str]]:
    rows = [each for each in likenesses.of(case, actor=actor) if each.answered][:_SIMILAR_SHOWN]
    numbers = registers.answer_numbers([each.case.pk for each in rows])
    return [
        (
            each.case,
            each.percent,
            OUTCOMES[OutcomeCode(each.case.outcome)].label,
            numbers.get(each.case.pk, ""),
        )
        for each in rows
    ]
