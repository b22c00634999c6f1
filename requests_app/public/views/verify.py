"""Checking a letter somebody holds: is it ours, and is this file the one we issued."""

from __future__ import annotations

import hashlib

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from requests_app.adapters import crypto
from requests_app.domain.errors import Refused
from requests_app.public import page, throttle
from requests_app.public.forms.verifying import CompareForm, VerifyCodeForm
from requests_app.selectors import verification

TOO_OFTEN = "查得有点频繁，请一小时后再试。也可以打电话向本机关核实。"
UNKNOWN = "没有找到这个核验码对应的文书，请核对。"


@require_http_methods(["GET", "HEAD", "POST"])
def enter_code(request: HttpRequest) -> HttpResponse:
    """Ask for the code printed on a letter, for those who cannot scan it."""
    form = VerifyCodeForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = 422
        if not throttle.may_verify(request):
            form.add_error(None, TOO_OFTEN)
            status = 429
        elif form.is_valid():
            found = verification.find(form.cleaned_data["code"])
            if found is not None:
                return redirect("public:verify", code=found.code)
            throttle.note_verification(request)
            form.add_error("code", UNKNOWN)
    return page.render(request, "public/verify/enter.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, code: str) -> HttpResponse:
    """Show number, date and hash of the letter with this code; compare a file with it."""
    sent = request.method == "POST"
    form = CompareForm(request.POST, request.FILES) if sent else CompareForm()
    if not throttle.may_verify(request):
        ask = VerifyCodeForm({"code": code})
        ask.add_error(None, TOO_OFTEN)
        return page.render(request, "public/verify/enter.html", {"form": ask}, status=429)
    found = verification.find(code)
    if found is None:
        throttle.note_verification(request)
        raise Http404
    if code != found.code:
        return redirect("public:verify", code=found.code)
    context: dict[str, object] = {"letter": found, "code": crypto.format_query_code(code)}
    status = 200
    if sent:
        throttle.note_verification(request)
        status = 422
        if form.is_valid():
            try:
                digest = _sha256(form.cleaned_data["file"])
            except Refused as refusal:
                form.add_error("file", str(refusal))
            else:
                context |= {"compared": digest, "same": found.has_hash(digest)}
                status = 200
    context["form"] = form
    return page.render(request, "public/verify/show.html", context, status=status, private=True)


def _sha256(file: UploadedFile) -> str:
    digest = hashlib.sha256()
    for block in file.chunks():
        digest.update(block)
    return digest.hexdigest()
