"""The desk beside the case: a new query code at the counter, a suggestion answered, failed messages."""

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse

from requests_app.adapters import crypto
from requests_app.domain.access import APPLICANT
from requests_app.models import AccessRecord, Case, Message, PublicationSuggestion, Rating
from requests_app.services import query_codes, suggestions
from tests import offices
from tests.integration.admin.conftest import TODAY
from tests.integration.admin.test_acts import do

pytestmark = pytest.mark.django_db

AT = offices.moment(TODAY)


def address(case):
    return reverse("admin:case", args=[case.pk])


def test_a_new_code_is_shown_once_after_the_reason_is_kept(at_desk, case):
    before = query_codes.of(case)
    refused = do(at_desk, case, "reissue_code", reason=" ")
    assert refused.status_code == 422

    done = do(at_desk, case, "reissue_code", reason="本人持身份证原件")

    case.refresh_from_db()
    code = crypto.format_query_code(query_codes.of(case))
    assert (done.status_code, "no-store" in done["Cache-Control"]) == (200, True)
    assert code in done.content.decode()
    assert query_codes.of(case) != before
    assert AccessRecord.objects.get().reason == "本人持身份证原件"


def test_a_new_code_stands_in_no_session_and_no_row(at_desk, case):
    done = do(at_desk, case, "reissue_code", reason="本人持身份证原件")

    code = crypto.format_query_code(query_codes.of(Case.objects.get(pk=case.pk)))
    kept = "".join(str(row.get_decoded()) for row in Session.objects.all())
    assert code in done.content.decode()
    for written in (code, code.replace("-", "")):
        assert written not in kept
        assert written not in at_desk.get(address(case)).content.decode()


def test_the_head_answers_a_suggestion_and_others_see_it(office, case, sit_down):
    suggestions.make(case.pk, text="请放到网站上", actor=APPLICANT, at=AT)
    clerk_page = sit_down(office.clerk).get(address(case)).content.decode()
    assert ("请放到网站上" in clerk_page, "待负责人答复" in clerk_page) == (True, True)
    browser = sit_down(office.head)

    done = do(browser, case, "decide_suggestion", decision="publish", words="4月1日公开")

    assert done.status_code == 302
    assert PublicationSuggestion.objects.get().decision_words == "4月1日公开"
    assert "采纳，主动公开：4月1日公开" in browser.get(address(case)).content.decode()


def test_a_failed_message_is_seen_with_its_reason_and_without_its_address(at_desk, case):
    Message.objects.filter(case=case).update(status="failed", error="mailbox unavailable")

    page = at_desk.get(address(case)).content.decode()

    assert ("发送失败" in page, "mailbox unavailable" in page) == (True, True)


def test_a_rating_is_read_on_the_case_page(at_desk, case):
    Rating.objects.create(case=case, score=2, words="慢", rated_at=AT)

    assert "不满意：慢" in at_desk.get(address(case)).content.decode()
