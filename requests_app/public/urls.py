"""The addresses of the citizen's side."""

from __future__ import annotations

from django.urls import path, re_path

from requests_app.public.views import (
    acts,
    amend,
    apply,
    before,
    blank_form,
    calculators,
    case_dates,
    figures,
    following,
    home,
    recovery,
    section,
    verify,
    voices,
)

app_name = "public"

urlpatterns = [
    path("", home.home, name="home"),
    path("guide/", home.show_guide, name="guide"),
    path("guide/application-form.pdf", blank_form.show_pdf, name="form_pdf"),
    path("guide/application-form.docx", blank_form.show_docx, name="form_docx"),
    path("flow/", section.show_flow, name="flow"),
    path("fees/", calculators.show_fees, name="fees"),
    path("deadlines/", calculators.show_deadlines, name="deadlines"),
    path("faq/", section.show_questions, name="faq"),
    path("annual-reports/", figures.list_annual_reports, name="annual_reports"),
    re_path(
        r"^annual-reports/(?P<year>[0-9]{4})\.(?P<kind>html|pdf|docx|xlsx)$",
        figures.fetch_annual_report,
        name="annual_report",
    ),
    path("statistics/", figures.show_statistics, name="statistics"),
    path("privacy/", section.show_privacy, name="privacy"),
    path("accessibility/", section.show_accessibility, name="accessibility"),
    path("sitemap/", section.show_map, name="sitemap"),
    path("en/", section.show_english, name="english"),
    path("look/", home.choose_look, name="look"),
    path("apply/", before.find, name="apply"),
    path("apply/begin/", before.begin, name="apply_begin"),
    path("apply/code/", before.make_code, name="apply_code"),
    path("apply/resume/", before.resume, name="apply_resume"),
    re_path(r"^apply/(?P<step>who|what|how)/$", apply.fill_in, name="apply_step"),
    path("apply/check/", apply.check, name="apply_check"),
    path("apply/discard/", before.discard, name="apply_discard"),
    path("receipt/", following.show_receipt, name="receipt"),
    path("verify/", verify.enter_code, name="verify_code"),
    path("verify/<str:code>/", verify.show, name="verify"),
    path("status/", following.find, name="status"),
    path("status/recover/", recovery.ask, name="recover"),
    path("status/recover/code/", recovery.enter, name="recover_code"),
    path("status/recover/done/", recovery.show, name="recovered"),
    path("amend/", amend.ask, name="amend"),
    path("status/leave/", following.leave, name="leave"),
    path("status/<int:case_id>/", following.show_case, name="case"),
    path("status/<int:case_id>/letters/<int:letter_id>/", following.fetch_letter, name="letter"),
    path(
        "status/<int:case_id>/letters/<int:letter_id>/received/",
        following.acknowledge,
        name="acknowledge",
    ),
    path("status/<int:case_id>/account/", case_dates.show_account, name="account"),
    path("status/<int:case_id>/dates.ics", case_dates.fetch, name="dates"),
    path("status/<int:case_id>/pay/", acts.prove_payment, name="pay"),
    path("status/<int:case_id>/rate/", voices.rate, name="rate"),
    path("status/<int:case_id>/suggest/", voices.suggest, name="suggest"),
    path("status/<int:case_id>/amend/", amend.ask_as_applicant, name="amend_known"),
    path("status/<int:case_id>/correct/", acts.correct, name="correct"),
    path("status/<int:case_id>/reasons/", acts.give_reasons, name="reasons"),
    path("status/<int:case_id>/withdraw/", acts.withdraw, name="withdraw"),
]
