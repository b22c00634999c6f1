"""Before filing: look whether it is published already, or whether something else is meant. Never a wall.

And the ways back to what was not finished: go on in this browser, or anywhere by the code that was
asked for.
"""

from __future__ import annotations

from typing import Final

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from requests_app.adapters import crypto
from requests_app.domain import plain_text
from requests_app.domain.errors import Reason, Refused
from requests_app.public import draft_session, page, throttle
from requests_app.public.forms.fields import PublicForm
from requests_app.selectors import published
from requests_app.services import drafts

LONGEST_SEARCH: Final = 200
TOO_MANY_CODES: Final = Reason(
    "code", "这个网络地址一小时内输错的次数比较多，请过一会儿再试。填写的内容都还在。"
)
TOO_MANY_DRAFTS: Final = Reason(
    "too_many",
    "这个网络地址一小时内开始填写的申请比较多，请过一会儿再填。也可以当面、邮寄或者传真申请。",
)


class FindForm(PublicForm):
    """What somebody looks for, in their own words."""

    q = forms.CharField(
        label="您要找什么",
        required=False,
        max_length=LONGEST_SEARCH,
        widget=forms.TextInput(attrs={"autocomplete": "off", "enterkeyhint": "search"}),
        error_messages={
            "max_length": f"最多 {LONGEST_SEARCH} 个字，现在是 %(show_value)d 个字。长的内容请到“要什么”那一步再写。"
        },
    )

    @property
    def words(self) -> str:
        """Return what was typed, on one line and without what nobody can see."""
        return plain_text.one_line(str(self["q"].value() or ""))


class ResumeForm(PublicForm):
    """The code that opens a draft on any machine."""

    code = forms.CharField(
        label="继续填写码",
        required=False,
        max_length=40,
        help_text="13 位，字母不分大小写，横线可以不写。",
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        error_messages={"max_length": "继续填写码只有 13 位，请再看一遍。"},
    )


@require_http_methods(["GET", "HEAD"])
def find(request: HttpRequest) -> HttpResponse:
    """Ask what is looked for, show what is published, and lead on whatever was found."""
    try:
        office = page.office_taking_online()
    except Refused as refusal:
        return page.render(request, "public/closed.html", {"refusal": refusal}, status=503)
    form = FindForm(request.GET) if "q" in request.GET else FindForm()
    asked = form.is_bound and form.is_valid() and bool(form.words)
    return page.render(
        request,
        "public/apply/find.html",
        {
            "form": form,
            "asked": asked,
            "words": form.words[:LONGEST_SEARCH],
            "found": published.search(form.words) if asked else (),
            "catalogue_ready": published.CATALOGUE_READY,
            "draft": draft_session.current(request),
            "office": office,
        },
        office=office,
        private=True,
    )


@sensitive_post_parameters()
@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Go to the first step and carry the words on into step two."""
    form = FindForm(request.POST)
    words = form.words[:LONGEST_SEARCH]
    if words:
        key = draft_session.key(request) if draft_session.current(request) else None
        if key is None and not throttle.may_begin(request):
            form.add_all_reasons((TOO_MANY_DRAFTS,))
            context = {"form": form, "words": words, "office": page.office_today()}
            return page.render(request, "public/apply/find.html", context, status=429, private=True)
        kept = drafts.keep(key, answers={"looking_for": words}, at=timezone.now())
        if key is None:
            throttle.note_draft(request)
        draft_session.hold(request, kept.draft)
    return redirect("public:apply_step", step="who")


@require_POST
def make_code(request: HttpRequest) -> HttpResponse:
    """Show a code by which the draft can be opened anywhere, this once."""
    key = draft_session.key(request)
    try:
        code = drafts.make_code(key, at=timezone.now()) if key else ""
    except Refused:
        code = ""
    if not code:
        return redirect("public:apply")
    context = {"code": crypto.format_query_code(code), "days": drafts.KEPT_FOR.days}
    return page.render(request, "public/apply/code.html", context, private=True)


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def resume(request: HttpRequest) -> HttpResponse:
    """Open a draft by its code and go on at the first step that does not stand yet."""
    form = ResumeForm(request.POST if request.method == "POST" else None)
    status = 200
    if form.is_bound:
        try:
            return _resume(request, form)
        except Refused as refusal:
            form.add_reasons(refusal.reasons)
            status = 429 if TOO_MANY_CODES in refusal.reasons else 422
    context = {"form": form, "days": drafts.KEPT_FOR.days}
    return page.render(request, "public/apply/resume.html", context, status=status, private=True)


def _resume(request: HttpRequest, form: ResumeForm) -> HttpResponse:
    if not form.is_valid():
        raise Refused(tuple(Reason("code", str(each)) for each in form.errors["code"]))
    if not form.cleaned_data["code"].strip():
        raise Refused.because("code", "请填写继续填写码。")
    if not throttle.may_try_resume(request):
        raise Refused((TOO_MANY_CODES,))
    try:
        draft = drafts.resume(form.cleaned_data["code"])
    except Refused:
        throttle.note_wrong_resume(request)
        raise
    # A session id somebody planted before must not open the draft to them.
    request.session.cycle_key()
    draft_session.hold(request, draft)
    return HttpResponseRedirect(f"{reverse('public:apply_check')}?go=on")


@require_POST
def discard(request: HttpRequest) -> HttpResponse:
    """Throw the draft away, on a machine that others use too."""
    key = draft_session.key(request)
    if key is not None:
        drafts.discard(key)
    draft_session.release(request)
    return redirect("public:home")
