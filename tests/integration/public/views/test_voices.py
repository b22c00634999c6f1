"""Acts beside the main way: pay, rate, suggest, acknowledge; remedies, dates, the account on paper."""

from datetime import date

import pytest
from icalendar import Calendar

from requests_app.domain.outcomes import OutcomeCode
from requests_app.domain.voices import SuggestionDecision
from requests_app.models import PublicationSuggestion, Rating
from requests_app.services import suggestions
from tests import factories
from tests.integration.public.views.conftest import photo
from tests.offices import moment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock", "quick_pdf")]

REASON = {"reason": "内容属于内部事务信息"}


@pytest.fixture
def answered(desk, citizen, clock):
    case = desk.file("2026-03-02")
    letter = desk.answer(case, "2026-03-10")
    desk.fetch(letter, "2026-03-30")
    clock.to("2026-03-31")
    citizen.let_in(case)
    return case


def show(citizen, case):
    return citizen.client.get(f"/status/{case.pk}/")


def ways(citizen, case):
    section = show(citizen, case).context["ways"]
    return None if section is None else [(row.title, row.to, row.iso) for row in section.rows]


def test_after_a_reply_both_ways_stand_with_their_last_days(citizen, answered):
    assert ways(citizen, answered) == [
        ("申请行政复议", "金昌市人民政府", "2026-05-29"),
        ("提起行政诉讼", "有管辖权的人民法院", "2026-09-30"),
    ]


def test_a_refusal_sends_to_review_first(citizen, desk, clock):
    case = desk.file("2026-03-02")
    letter = desk.answer(case, "2026-03-10", outcome=OutcomeCode.INTERNAL, fields=REASON)
    desk.fetch(letter, "2026-03-30")
    clock.to("2026-03-31")
    citizen.let_in(case)

    assert [(title, iso) for title, _, iso in ways(citizen, case)] == [
        ("先申请行政复议", "2026-05-29"),
        ("提起行政诉讼", ""),
    ]


def test_before_service_the_page_says_from_when_it_runs(citizen, desk, clock):
    case = desk.file("2026-03-02")
    desk.answer(case, "2026-03-10")
    clock.to("2026-03-11")
    citizen.let_in(case)

    answer = show(citizen, case)

    assert [row.iso for row in answer.context["ways"].rows] == ["", ""]
    assert "从您收到答复的第二天起数" in answer.content.decode()


def test_silence_after_the_last_day_opens_both_ways(citizen, desk, clock):
    case = desk.file("2026-03-02")
    clock.to("2026-03-30")
    citizen.let_in(case)
    assert ways(citizen, case) is None

    clock.to("2026-03-31")
    citizen.let_in(case)

    section = show(citizen, case).context["ways"]
    assert section.heading == "没有按时答复，您可以怎么办"
    assert [row.iso for row in section.rows] == ["2026-05-29", "2026-09-30"]


def calendar_of(citizen, case):
    answer = citizen.client.get(f"/status/{case.pk}/dates.ics")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    events = Calendar.from_ical(answer.content).walk("VEVENT")
    return [(event.decoded("dtstart"), str(event["summary"])) for event in events], answer


def test_the_dates_of_an_open_case_as_a_calendar_file(citizen, desk):
    case = desk.file("2026-03-02")
    citizen.let_in(case)

    found, answer = calendar_of(citizen, case)

    assert found == [(date(2026, 3, 30), f"申请 {case.number}：最晚答复日")]
    assert "陈向前" not in answer.content.decode()
    assert "老旧小区" not in answer.content.decode()


def test_the_dates_of_remedies_as_a_calendar_file(citizen, answered):
    found, _ = calendar_of(citizen, answered)

    assert found == [
        (date(2026, 5, 29), f"申请 {answered.number}：申请行政复议的最后一天"),
        (date(2026, 9, 30), f"申请 {answered.number}：提起行政诉讼的最后一天"),
    ]


@pytest.mark.parametrize("page", ["dates.ics", "account/", "pay/", "rate/", "suggest/", "amend/"])
def test_nothing_of_a_case_is_shown_to_who_has_not_opened_it(client, desk, page):
    case = desk.file("2026-03-02")

    assert client.get(f"/status/{case.pk}/{page}").status_code == 404
    assert client.get(f"/status/{case.pk + 1}/{page}").status_code == 404


def test_the_account_has_a_page_of_its_own(citizen, desk):
    case = desk.file("2026-03-02")
    citizen.let_in(case)

    answer = citizen.client.get(f"/status/{case.pk}/account/")

    assert answer.context["account"].summary.endswith("应于2026年3月30日前（含当日）答复。")
    assert answer["Cache-Control"] == "no-store"


def test_a_rating_is_taken_and_changed_and_shown(citizen, answered):
    address = f"/status/{answered.pk}/rate/"
    assert citizen.client.post(address, {"score": "4", "words": "很快"}).status_code == 302
    assert "您的评价：满意。" in show(citizen, answered).content.decode()
    assert citizen.client.get(address).context["form"].initial == {"score": 4, "words": "很快"}

    citizen.client.post(address, {"score": "2"})

    assert Rating.objects.get().score == 2


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({}, "#id_score_0"),
        ({"score": "9"}, "#id_score_0"),
        ({"score": "1", "words": "长" * 501}, "#id_words"),
    ],
)
def test_a_bad_rating_keeps_what_was_typed(citizen, answered, given, field):
    answer = citizen.client.post(f"/status/{answered.pk}/rate/", given)

    assert answer.status_code == 422
    assert [line.link for line in answer.context["form"].problems()] == [field]
    assert given.get("words", "") in answer.content.decode()


def test_a_case_still_open_is_not_rated_and_says_when(citizen, desk):
    case = desk.file("2026-03-02")
    citizen.let_in(case)

    answer = citizen.client.get(f"/status/{case.pk}/rate/")

    assert answer.status_code == 409
    assert "办结以后、归档以前可以评价" in answer.content.decode()


def test_a_suggestion_is_answered_on_the_status_page(citizen, answered, desk):
    address = f"/status/{answered.pk}/suggest/"
    citizen.client.post(address, {"text": "请放到网站上"})
    assert "我们正在研究" in show(citizen, answered).content.decode()
    again = citizen.client.post(address, {"text": "再说一次"})
    assert (again.status_code, "您已经提过建议" in again.content.decode()) == (422, True)

    suggestions.decide(
        answered.pk,
        decision=SuggestionDecision.DECLINE,
        words="只涉及一户",
        actor=desk.head,
        at=moment("2026-03-31"),
    )

    assert "不采纳。只涉及一户" in show(citizen, answered).content.decode()
    assert PublicationSuggestion.objects.count() == 1


def test_proof_of_payment_is_uploaded_and_told(citizen, desk, clock):
    case = desk.file("2026-03-02")
    desk.charge(case, "2026-03-04", served="2026-03-05")
    clock.to("2026-03-09")
    citizen.let_in(case)
    address = f"/status/{case.pk}/pay/"
    assert citizen.client.get(address).context["pay_how"] == "凭缴款码到银行缴纳"
    empty = citizen.client.post(address, {"words": "昨天缴的"})
    assert [line.link for line in empty.context["form"].problems()] == ["#id_papers"]
    assert "昨天缴的" in empty.content.decode()

    citizen.client.post(address, {"words": "昨天缴的", "papers": photo("回单.jpg")})

    titles = [step.title for step in show(citizen, case).context["status"].steps]
    assert titles[-2:] == ["收到您的缴费凭证", "答复"]
    case.refresh_from_db()
    assert case.status == "awaiting_payment"


def test_a_posted_letter_is_acknowledged_from_the_page(citizen, desk, clock):
    case = desk.file("2026-03-02", **factories.BY_POST)
    letter = desk.post(desk.answer(case, "2026-03-10"), "2026-03-10")
    clock.to("2026-03-13")
    citizen.let_in(case)
    assert "确认收到" in show(citizen, case).content.decode()

    citizen.client.post(f"/status/{case.pk}/letters/{letter.pk}/received/")

    case.refresh_from_db()
    assert case.status == "delivered"
    rows = show(citizen, case).context["status"].letters
    assert not any(row.to_acknowledge for row in rows if row.letter_id == letter.pk)


def test_a_letter_that_is_not_there_is_not_acknowledged(citizen, answered):
    answer = citizen.client.post(f"/status/{answered.pk}/letters/999/received/")

    assert (answer.status_code, "没有这份文书" in answer.content.decode()) == (404, True)
