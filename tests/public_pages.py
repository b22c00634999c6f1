"""Every address of the citizen's side, by what the browser tests need to open it.

An architecture test holds this list against ``public/urls.py``: a new page stands in one of the
three sets, or the checks fail. Pages in ``OPEN`` are looked at in every scheme and size, by
keyboard and without script.
"""

from __future__ import annotations

EXTENDED = (
    "what0=received&on0=2026-09-21&what1=extended&on1=2026-10-20&days1=15"
    "&what2=extension_notified&on2=2026-10-21"
)

#: Anybody may open these: the name of the address, and one or more ways to it.
OPEN: dict[str, tuple[str, ...]] = {
    "home": ("/",),
    "guide": ("/guide/",),
    "flow": ("/flow/",),
    "fees": ("/fees/", "/fees/?before=8&items=35&pages=2219"),
    "deadlines": ("/deadlines/", f"/deadlines/?{EXTENDED}"),
    "faq": ("/faq/",),
    "annual_reports": ("/annual-reports/",),
    "statistics": ("/statistics/",),
    "privacy": ("/privacy/",),
    "accessibility": ("/accessibility/",),
    "sitemap": ("/sitemap/",),
    "english": ("/en/",),
    "apply": ("/apply/", "/apply/?q=%E4%BE%9B%E7%83%AD"),
    "apply_step": ("/apply/who/",),
    "apply_resume": ("/apply/resume/",),
    "verify_code": ("/verify/",),
    "status": ("/status/",),
    "recover": ("/status/recover/",),
    "amend": ("/amend/",),
}

#: Open only to somebody who has filed or knows number and code; the tests that file visit them.
OF_A_CASE = {
    "apply_check",
    "receipt",
    "case",
    "correct",
    "reasons",
    "withdraw",
    "verify",
    "account",
    "pay",
    "rate",
    "suggest",
    "amend_known",
    "recover_code",
    "recovered",
}

#: No page of their own: they pass on, hand out a file, or only take a POST.
NO_PAGE = {
    "apply_begin",
    "apply_code",
    "apply_discard",
    "look",
    "leave",
    "letter",
    "released",
    "acknowledge",
    "dates",
    "form_pdf",
    "form_docx",
    "annual_report",
}


def addresses() -> tuple[str, ...]:
    """Return every address of ``OPEN``."""
    return tuple(address for ways in OPEN.values() for address in ways)
