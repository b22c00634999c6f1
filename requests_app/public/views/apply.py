"""Filing in four steps: each keeps what was typed, the last one files it.

Everything typed lies sealed in the draft, so an error, a closed tab or a slow typist loses nothing.
Which draft is this browser's, ``draft_session`` knows; what comes before the steps is in ``before``.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from requests_app.domain import rules
from requests_app.domain.errors import Reason, Refused
from requests_app.models import OfficeSettings
from requests_app.presenters import filing as words
from requests_app.public import access, draft_session, page, throttle
from requests_app.public.forms.base import StepForm
from requests_app.public.forms.steps import CheckForm, HowForm, WhatForm
from requests_app.public.forms.who import WhoForm
from requests_app.public.views.before import TOO_MANY_DRAFTS
from requests_app.selectors import calendars, offices
from requests_app.selectors.drafts import Draft
from requests_app.services import draft_answers, drafts
from requests_app.services.papers import FileGiven

logger = logging.getLogger(__name__)

#: The header by which the script that sends files one by one names their control.
ONE_FIELD: Final = "X-Upload-Field"
_MOST_DIGITS: Final = 18  # no row has a longer number
TOO_MANY: Final = Reason(
    "too_many",
    "这个网络地址一小时内提交的申请比较多，请过一会儿再提交；填写的内容都还在。也可以当面、邮寄或者传真申请。",
)


@dataclass(frozen=True)
class Step:
    """One step: its name in addresses, its title, and the form it makes."""

    name: str
    title: str
    make: Callable[..., StepForm]


def _what(*args: Any, **kwargs: Any) -> StepForm:
    return WhatForm(*args, bodies=offices.bodies(), **kwargs)


def _how(*args: Any, **kwargs: Any) -> StepForm:
    points = offices.reading_points(on=timezone.localdate())
    return HowForm(*args, points=map(offices.place, points), **kwargs)


STEPS: Final[Mapping[str, Step]] = {
    "who": Step("who", "谁来申请", WhoForm),
    "what": Step("what", "要什么", _what),
    "how": Step("how", "怎么给您", _how),
}
ORDER: Final = (*STEPS, "check")


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def fill_in(request: HttpRequest, step: str) -> HttpResponse:
    """Show one step; on POST keep what was typed and go on, or stay and say what to change."""
    here = STEPS[step]
    try:
        office = page.office_taking_online()
        if request.method == "POST":
            return _keep(request, here, office=office)
        draft = draft_session.current(request)
        if draft is None and step != "who":
            return redirect("public:apply_step", step="who")
        return _show(request, here, draft, office=office, asked="check" in request.GET)
    except Refused as refusal:
        if "draft_gone" in {each.code for each in refusal.reasons}:
            draft_session.release(request)
            return redirect("public:receipt" if access.receipt(request) else "public:apply")
        return page.render(request, "public/closed.html", {"refusal": refusal}, status=503)


def _keep(request: HttpRequest, here: Step, *, office: OfficeSettings) -> HttpResponse:
    form = here.make(request.POST, request.FILES, office=office)
    begins = draft_session.current(request) is None
    if begins and not throttle.may_begin(request):
        form.add_all_reasons((TOO_MANY_DRAFTS,))
        return _draw(request, here, form, None, status=429)
    remove = request.POST.get("remove", "")
    kept = drafts.keep(
        draft_session.key(request),
        answers=form.typed(),
        files=_given(request, form),
        remove=int(remove) if remove.isdecimal() and len(remove) <= _MOST_DIGITS else None,
        at=timezone.now(),
    )
    if begins:
        throttle.note_draft(request)
    draft_session.hold(request, kept.draft)
    if field := request.headers.get(ONE_FIELD, ""):
        return _draw_uploads(request, form, kept, field)
    if remove or form.stays or "stay" in request.POST:
        for reason in kept.refused_files:
            form.add_error(reason.code, reason.sentence)
        fresh = here.make(initial=kept.draft.answers, office=form.office)
        return _draw(request, here, form if kept.refused_files else fresh, kept.draft)
    form.add_all_reasons(kept.refused_files)
    form.add_reasons(kept.missing)
    if form.is_valid():
        return HttpResponseRedirect(_step_url(_after(here.name)))
    return _draw(request, here, form, kept.draft, status=422)


def _draw_uploads(
    request: HttpRequest, form: StepForm, kept: drafts.Kept, field: str
) -> HttpResponse:
    """Answer the script that sends one file: what that control holds now, or why it was refused."""
    if field not in form.uploads:
        raise Http404
    form.show_kept(kept.draft.files, kinds=_kinds())
    context = {
        "field": form[field],
        "problems": [each.sentence for each in kept.refused_files],
        "saved_at": kept.draft.row.touched_at,
    }
    answer = render(request, "public/fields/_kept_files.html", context)
    answer["Cache-Control"] = "no-store"
    return answer


def _kinds() -> dict[str, str]:
    return {name: kind.value for name, kind in draft_answers.PAPER_FIELDS.items()}


def _show(
    request: HttpRequest, here: Step, draft: Draft | None, *, office: OfficeSettings, asked: bool
) -> HttpResponse:
    if draft is None:
        return _draw(request, here, here.make(office=office), None)
    if not asked:
        known = {"description": draft.answers.get("looking_for", ""), **draft.answers}
        return _draw(request, here, here.make(initial=known, office=office), draft)
    form = here.make(draft.answers, office=office)
    form.add_reasons(drafts.missing(draft, at=timezone.now()))
    return _draw(request, here, form, draft)


def _draw(
    request: HttpRequest, here: Step, form: StepForm, draft: Draft | None, *, status: int = 200
) -> HttpResponse:
    form.show_kept(draft.files if draft else (), kinds=_kinds())
    context = {
        "form": form,
        "step": here,
        "steps": _stepper(here.name, draft),
        "saved_at": draft.row.touched_at if draft else None,
        "before": ORDER[ORDER.index(here.name) - 1] if here.name != "who" else "",
        "next_title": _title(_after(here.name)),
    }
    template = "public/apply/step.html"
    return page.render(request, template, context, office=form.office, status=status, private=True)


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """Show everything once more; on POST file it and lead to the receipt."""
    if _already_filed(request):
        return redirect("public:receipt")
    draft = draft_session.current(request)
    if draft is None:
        return redirect("public:apply_step", step="who")
    office = page.office_today()
    behind = first_unfinished(draft, office=office)
    if behind:
        # Whoever only comes back to go on is not told of what they have not come to yet.
        told = "" if "go" in request.GET else "?check=1"
        return HttpResponseRedirect(f"{_step_url(behind)}{told}")
    if request.method == "POST":
        return _file(request, draft, office=office)
    return _draw_check(request, draft, CheckForm(initial={"key": draft.key}), office=office)


def _already_filed(request: HttpRequest) -> bool:
    """Tell whether the form sent is the one already filed: a double click, a reload, a retry."""
    done = access.receipt(request)
    return done is not None and str(done.key) == request.POST.get("key")


def _file(request: HttpRequest, draft: Draft, *, office: OfficeSettings) -> HttpResponse:
    form = CheckForm(request.POST)
    if form.is_valid() and form.cleaned_data["key"] != draft.key:
        form.add_error(None, "这一页是早些时候打开的，内容已经变了，请重新核对。")
    if not form.is_valid():
        return _draw_check(request, draft, form, office=office, status=422)
    if not throttle.may_file(request):
        form.add_all_reasons((TOO_MANY,))
        return _draw_check(request, draft, form, office=office, status=429)
    try:
        filed = drafts.submit(draft.key, at=timezone.now())
    except Refused as refusal:
        form.add_all_reasons(refusal.reasons)
        return _draw_check(request, draft, form, office=office, status=422)
    throttle.note_filing(request)
    draft_session.release(request)
    access.open_case(request, filed.case)
    access.keep_receipt(request, filed, key=draft.key)
    return redirect("public:receipt")


def _draw_check(
    request: HttpRequest,
    draft: Draft,
    form: CheckForm,
    *,
    office: OfficeSettings,
    status: int = 200,
) -> HttpResponse:
    today = timezone.localdate()
    try:
        due = calendars.current().add(today, rules.REPLY.days)
    except Refused:
        due = None  # the page still files; the receipt says what is missing
    context = {
        "form": form,
        "draft": draft,
        "lines": words.lines(draft.answers, files=draft.files, bodies=offices.bodies()),
        "steps": _stepper("check", draft),
        "due": due,
        "saved_at": draft.row.touched_at,
    }
    template = "public/apply/check.html"
    return page.render(request, template, context, office=office, status=status, private=True)


def first_unfinished(draft: Draft, *, office: OfficeSettings) -> str:
    """Return the first step that does not stand yet; empty when all do."""
    missing = drafts.missing(draft, at=timezone.now())
    for name, step in STEPS.items():
        form = step.make(draft.answers, office=office)
        form.add_reasons(missing)
        if not form.is_valid():
            return name
    return ""


def _given(request: HttpRequest, form: StepForm) -> list[FileGiven]:
    return [
        FileGiven(draft_answers.PAPER_FIELDS[name], upload.name or "", upload)
        for name in form.uploads
        for upload in request.FILES.getlist(name)
    ]


def _after(name: str) -> str:
    return ORDER[ORDER.index(name) + 1]


def _title(name: str) -> str:
    return STEPS[name].title if name in STEPS else "核对提交"


def _step_url(name: str) -> str:
    if name in STEPS:
        return reverse("public:apply_step", kwargs={"step": name})
    return reverse("public:apply_check")


@dataclass(frozen=True)
class StepperItem:
    """One step of the bar above the form; only what was reached is a link."""

    number: int
    title: str
    state: str
    url: str


def _stepper(here: str, draft: Draft | None) -> tuple[StepperItem, ...]:
    answered = draft.answers if draft else {}
    reached = {
        "who": "name" in answered,
        "what": "description" in answered,
        "how": "form_wanted" in answered,
    }
    items = []
    for number, name in enumerate(ORDER, start=1):
        title = _title(name)
        done = reached.get(name, False)
        state = "now" if name == here else "done-step" if done else ""
        url = _step_url(name) if done and name != here else ""
        items.append(StepperItem(number, title, state, url))
    return tuple(items)
