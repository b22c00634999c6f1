"""Answering a 补正, giving reasons, withdrawing: taken in, or refused with the reason in plain words."""

import io

import pytest

from requests_app.domain.access import APPLICANT
from requests_app.models import Event
from requests_app.services import closings
from tests.integration.public.views.conftest import photo
from tests.offices import moment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock", "quick_pdf")]


def said(answer):
    return [(line.link, line.sentence) for line in answer.context["form"].problems()]


def last_entry(case):
    event = Event.objects.filter(case=case).exclude(entry__startswith="letter_").latest("seq")
    return event.entry, event.on.isoformat(), event.role


@pytest.fixture
def asked(desk, citizen, clock):
    """A case whose applicant was asked on 4 March for a correction, and has it since the 5th."""
    case = desk.file("2026-03-02")
    desk.ask_correction(case, "2026-03-04", served="2026-03-05")
    clock.to("2026-03-09")
    citizen.let_in(case)
    return case


def test_the_correction_page_quotes_the_points(citizen, asked):
    answer = citizen.client.get(f"/status/{asked.pk}/correct/")

    assert answer.context["points"] == ["请写明项目名称"]
    assert answer.context["guidance"] == "例如：2025年某小区改造"
    date = answer.context["next_date"]
    assert (date.label, date.on.isoformat(), date.left) == (
        "最晚这一天补正",
        "2026-03-19",
        "还剩 8 个工作日",
    )


def test_a_correction_with_a_paper_restarts_the_period(citizen, asked):
    answer = citizen.client.post(
        f"/status/{asked.pk}/correct/",
        {"text": "2025年宝晶里小区改造", "papers": photo("小区.jpg")},
    )

    assert answer["Location"] == f"/status/{asked.pk}/"
    assert last_entry(asked) == ("corrected", "2026-03-09", "applicant")
    asked.refresh_from_db()
    assert asked.due_on.isoformat() == "2026-04-07"
    assert asked.attachments.get(kind="correction").name == "小区.jpg"
    assert "补正已经收到。" in citizen.client.get(answer["Location"]).content.decode()


def test_an_empty_correction_is_asked_for(citizen, asked):
    answer = citizen.client.post(f"/status/{asked.pk}/correct/", {"text": "   "})

    assert answer.status_code == 422
    assert said(answer) == [("#id_text", "请写补正的内容。（《政府信息公开条例》第三十条）")]


def test_a_correction_with_a_disguised_file_keeps_its_words(citizen, asked):
    bad = io.BytesIO(b"MZ not a picture")
    bad.name = "照片.jpg"

    answer = citizen.client.post(
        f"/status/{asked.pk}/correct/", {"text": "2025年宝晶里", "papers": bad}
    )

    assert [link for link, _ in said(answer)] == ["#id_papers"]
    assert "2025年宝晶里" in answer.content.decode()
    assert not asked.attachments.filter(kind="correction").exists()


def test_a_late_correction_asks_for_the_reason(citizen, asked, clock):
    clock.to("2026-03-23")
    citizen.let_in(asked)

    answer = citizen.client.post(f"/status/{asked.pk}/correct/", {"text": "2025年宝晶里"})

    assert said(answer) == [
        (
            "#id_justified_reason",
            (
                "补正期限到2026-03-19（含当日）为止，已经过了。请说明逾期的正当理由，由本机关核实。"
                "（《政府信息公开条例》第三十条）"
            ),
        )
    ]


def test_a_late_correction_with_a_reason_waits_for_the_office(citizen, asked, clock):
    clock.to("2026-03-23")
    citizen.let_in(asked)

    citizen.client.post(
        f"/status/{asked.pk}/correct/", {"text": "2025年宝晶里", "justified_reason": "住院"}
    )

    assert last_entry(asked) == ("late_correction_offered", "2026-03-23", "applicant")


def test_a_correction_nobody_asked_for_is_refused_and_its_words_kept(citizen, desk):
    case = desk.file("2026-03-02")
    citizen.let_in(case)

    answer = citizen.client.post(f"/status/{case.pk}/correct/", {"text": "再说一句"})

    assert answer.status_code == 409
    page = answer.content.decode()
    assert "现在没有要补正的内容。" in page
    assert "再说一句" in page
    assert last_entry(case)[0] == "received"


def test_reasons_are_taken_in(citizen, desk):
    case = desk.file("2026-03-02")
    desk.ask_reasons(case, "2026-03-02")
    citizen.let_in(case)

    answer = citizen.client.post(f"/status/{case.pk}/reasons/", {"text": "研究供热历史"})

    assert answer["Location"] == f"/status/{case.pk}/"
    assert last_entry(case) == ("reasons_given", "2026-03-02", "applicant")


def test_empty_reasons_are_asked_for(citizen, desk):
    case = desk.file("2026-03-02")
    desk.ask_reasons(case, "2026-03-02")
    citizen.let_in(case)

    answer = citizen.client.post(f"/status/{case.pk}/reasons/", {"text": ""})

    assert said(answer) == [("#id_text", "请写申请的理由。（《政府信息公开条例》第三十五条）")]


def test_reasons_nobody_asked_for_are_refused(citizen, desk):
    case = desk.file("2026-03-02")
    citizen.let_in(case)

    answer = citizen.client.post(f"/status/{case.pk}/reasons/", {"text": "研究"})

    assert answer.status_code == 409
    assert "现在不需要说明理由。" in answer.content.decode()


def test_withdrawing_asks_once_more_and_then_closes_the_case(citizen, desk):
    case = desk.file("2026-03-02")
    citizen.let_in(case)

    asked = citizen.client.get(f"/status/{case.pk}/withdraw/")
    answer = citizen.client.post(f"/status/{case.pk}/withdraw/", {"reason": ""})

    assert "撤回申请 2026-0001？" in asked.content.decode()
    assert answer["Location"] == f"/status/{case.pk}/"
    assert last_entry(case) == ("withdrawn", "2026-03-02", "applicant")
    shown = citizen.client.get(answer["Location"])
    assert shown.context["status"].tag.word == "已撤回"


def test_what_was_done_is_told_once_and_never_by_a_cookie(citizen, desk):
    case = desk.file("2026-03-02")
    citizen.let_in(case)

    answer = citizen.client.post(f"/status/{case.pk}/withdraw/", {"reason": ""})
    told = [
        "申请已经撤回。" in citizen.client.get(answer["Location"]).content.decode()
        for _ in range(2)
    ]

    assert told == [True, False]
    assert "messages" not in citizen.client.cookies


def test_withdrawing_twice_is_refused(citizen, desk):
    case = desk.file("2026-03-02")
    citizen.let_in(case)
    closings.withdraw(
        case.pk, on=moment("2026-03-02").date(), reason="", actor=APPLICANT, at=moment("2026-03-02")
    )

    answer = citizen.client.post(f"/status/{case.pk}/withdraw/", {"reason": ""})

    assert answer.status_code == 409
    assert "已经办结，不用撤回了。" in answer.content.decode()
