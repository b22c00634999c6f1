"""Receipt, the way in by number and code, the status page, letters: seen only with the right proof."""

import pytest
from django.test import Client

from requests_app.models import Letter
from requests_app.services import letters, reissues
from tests import factories
from tests.integration.public.views.conftest import Citizen
from tests.offices import moment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock", "quick_pdf")]

WRONG = "申请编号与查询码不相符，请核对后再试。"


def said(answer):
    """Return the sentences of the form's errors."""
    return [line.sentence for line in answer.context["form"].problems()]


def tag(answer):
    found = answer.context["status"].tag
    return found.word, found.colour


def titles(answer):
    return [(step.title, step.when, step.state) for step in answer.context["status"].steps]


def test_receipt_shows_number_code_second_rule_and_date(citizen):
    citizen.file()

    answer = citizen.client.get("/receipt/")

    receipt = answer.context["receipt"]
    assert (receipt.number, receipt.second, receipt.received_on, receipt.due.on.isoformat()) == (
        "2026-0001",
        "2026-03-02 10:00:00",
        "2026年3月2日",
        "2026-03-30",
    )
    assert (receipt.first_day, len(receipt.cells.kinds)) == ("3月3日", 20)
    assert receipt.citation == "《政府信息公开条例》第三十一条第（三）项"
    page = answer.content.decode()
    assert answer.context["code"] in page
    assert len(answer.context["code"]) == 15  # 13 characters in three groups
    assert "回执 PDF 正在制作" in page
    assert [stop.name for stop in receipt.stops] == ["请您补正", "征求意见", "收费通知", "延长"]
    assert "最晚 3月11日告诉您" in receipt.stops[0].sentence


def test_receipt_names_the_days_out_of_the_ordinary(citizen, clock):
    clock.to("2026-09-14", "20:17")
    citizen.file()

    receipt = citizen.client.get("/receipt/").context["receipt"]

    assert receipt.exceptions == "中秋节、国庆节放假，不算；9月20日、10月10日调休上班，算。"
    assert receipt.due.on.isoformat() == "2026-10-16"


def test_receipt_stops_showing_the_code_after_half_an_hour(citizen, clock):
    citizen.file()
    clock.to("2026-03-02", "10:31")

    answer = citizen.client.get("/receipt/")

    assert answer.context["code"] == ""
    assert "不再显示" in answer.content.decode()


def test_receipt_pdf_can_be_fetched_once_it_is_made(citizen):
    case = citizen.file()
    letter = case.letters.get()
    letters.render(letter.pk, at=moment("2026-03-02", "10:01"))

    page = citizen.client.get("/receipt/").content.decode()
    answer = citizen.client.post(f"/status/{case.pk}/letters/{letter.pk}/")

    assert "下载回执 PDF" in page
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert answer.content.startswith(b"%PDF-")
    letter.refresh_from_db()
    assert letter.status == "delivered"


def test_receipt_of_another_browser_is_not_shown(citizen):
    citizen.file()

    assert Client().get("/receipt/")["Location"] == "/status/"


def test_right_number_and_code_open_the_case(citizen):
    citizen.file()
    code = citizen.client.get("/receipt/").context["code"]
    other = Client()

    answer = other.post("/status/", {"number": "２０２６－１", "query_code": code})
    assert said(answer) == ["申请编号是年份加一串数字，例如2026-0184，请对照回执看一看。"]
    answer = other.post("/status/", {"number": " 2026—0001 ", "query_code": code.lower()})

    assert answer.status_code == 302
    shown = other.get(answer["Location"])
    assert tag(shown) == ("已收到", "blue")


@pytest.mark.parametrize(("number", "code"), [("2026-0001", "0000-00000-0000"), ("2026-9999", "X")])
def test_wrong_number_and_wrong_code_are_told_in_the_same_words(citizen, number, code):
    citizen.file()

    answer = Client().post("/status/", {"number": number, "query_code": code})

    assert (answer.status_code, said(answer)) == (422, [WRONG])


def test_empty_number_and_code_are_asked_for(desk, client):
    answer = client.post("/status/", {"number": "", "query_code": ""})

    assert said(answer) == ["请填写申请编号，它在回执上。", "请填写查询码，它在回执上。"]


def test_after_ten_wrong_codes_even_the_right_one_waits_an_hour(citizen, clock):
    case = citizen.file()
    other = Citizen(Client())
    for _ in range(10):
        assert said(other.open(case, "WRONG")) == [WRONG]

    answer = other.let_in(case)

    assert answer.status_code == 429
    assert "试错的次数有点多" in said(answer)[0]
    clock.to("2026-03-02", "11:01")
    assert other.let_in(case).status_code == 302


def test_wrong_codes_for_one_number_do_not_lock_another(citizen, desk):
    case = desk.file("2026-03-02")
    other = Citizen(Client())
    for _ in range(10):
        other.client.post("/status/", {"number": "2026-7777", "query_code": "X"})

    assert other.let_in(case).status_code == 302


def test_number_of_the_qr_code_is_filled_in(desk, client):
    assert 'value="2026-0007"' in client.get("/status/?number=2026-0007").content.decode()


def test_a_case_not_opened_is_not_found(citizen, desk):
    case = desk.file("2026-03-02")

    answers = [
        citizen.client.get(f"/status/{case.pk}/{rest}").status_code
        for rest in ("", "correct/", "reasons/", "withdraw/")
    ]
    answers.append(citizen.client.post(f"/status/{case.pk}/letters/1/").status_code)

    assert answers == [404, 404, 404, 404, 404]
    assert citizen.client.get("/status/999999/").status_code == 404


def test_an_opened_case_closes_after_two_hours_and_on_leaving(citizen, clock):
    case = citizen.file()
    assert citizen.client.get(f"/status/{case.pk}/").status_code == 200

    clock.to("2026-03-02", "12:01")
    assert citizen.client.get(f"/status/{case.pk}/").status_code == 404

    citizen.let_in(case)
    citizen.client.post("/status/leave/")
    assert citizen.client.get(f"/status/{case.pk}/").status_code == 404


def test_opening_a_case_changes_the_session_id(citizen, desk):
    case = desk.file("2026-03-02")
    citizen.client.get("/apply/who/")
    citizen.step("who", {})
    before = citizen.client.session.session_key

    citizen.let_in(case)

    assert citizen.client.session.session_key != before


def show(citizen, case):
    citizen.let_in(case)
    return citizen.client.get(f"/status/{case.pk}/")


def test_status_of_a_case_in_work(citizen, desk, clock):
    case = desk.file("2026-03-02")
    desk.assign(case, "2026-03-03")
    clock.to("2026-03-05")

    answer = show(citizen, case)

    assert tag(answer) == ("办理中", "blue")
    assert titles(answer) == [
        ("已收到", "2026-03-02 10:00", "done"),
        ("办理中", "2026-03-03", "now"),
        ("答复", "", "todo"),
    ]
    date = answer.context["status"].next_date
    assert (date.label, date.on.isoformat(), date.left) == (
        "最晚答复日",
        "2026-03-30",
        "还剩 17 个工作日",
    )
    cells = answer.context["status"].cells
    assert (cells.label, [str(kind) for kind in cells.kinds]) == (
        "20 个工作日：已用 3，还剩 17",
        ["used"] * 3 + ["open"] * 17,
    )


def test_status_of_a_paused_case_says_who_is_asked_and_opens_the_account(citizen, desk, clock):
    case = desk.file("2026-03-02")
    desk.consult(case, "2026-03-05", served="2026-03-06")
    clock.to("2026-03-09")

    answer = show(citizen, case)

    laid_out = answer.context["status"]
    assert tag(answer) == ("正在征求意见，暂停计时", "blue")
    assert (laid_out.next_date.label, laid_out.next_date.on.isoformat()) == (
        "意见最晚等到这一天",
        "2026-03-27",
    )
    assert laid_out.next_date.left == "已用 3 天，还剩 17 个工作日"
    assert [str(kind) for kind in laid_out.cells.kinds] == ["used"] * 3 + ["held"] * 17
    assert laid_out.account_open
    assert [title for title, _, _ in titles(answer)] == ["已收到", "征求第三方意见", "答复"]
    assert [row.count for row in laid_out.account.rows] == [
        "不计",
        "3 天",
        "暂停",
        "5 天",
        "不计",
        "12 天",
    ]


def test_status_of_an_overdue_case_admits_it(citizen, desk, clock):
    case = desk.file("2026-03-02")
    clock.to("2026-04-01")

    answer = show(citizen, case)

    date = answer.context["status"].next_date
    assert tag(answer) == ("超过答复期限，正在办理", "red")
    assert (date.label, date.left, date.late) == ("应当答复的日子", "已经超过 2 个工作日", True)
    assert "对不起" in answer.content.decode()


def test_status_of_an_extended_case(citizen, desk, clock):
    case = desk.file("2026-03-02")
    desk.extend(case, "2026-03-20")
    clock.to("2026-03-23")

    answer = show(citizen, case)

    laid_out = answer.context["status"]
    assert tag(answer) == ("办理中，期限已延长", "blue")
    assert len(laid_out.cells.kinds) == 40
    assert laid_out.next_date.sentences == ("答复期限已经延长过一次，不会再延长。",)
    assert [letter.title for letter in laid_out.letters] == ["延期答复告知书", "登记回执"]


def test_status_of_an_answered_case_and_its_letter(citizen, desk, clock):
    case = desk.file("2026-03-02")
    letter = desk.answer(case, "2026-03-10")
    clock.to("2026-03-11")

    answer = show(citizen, case)

    laid_out = answer.context["status"]
    assert tag(answer) == ("已答复", "green")
    assert (laid_out.next_date.label, laid_out.next_date.on.isoformat()) == (
        "答复日期",
        "2026-03-10",
    )
    assert [row.title for row in laid_out.acts if row.allowed] == ["评价", "建议主动公开"]
    citizen.client.post(f"/status/{case.pk}/letters/{letter.pk}/")
    assert [title for title, _, _ in titles(show(citizen, case))] == [
        "已收到",
        "已答复",
        "您已收到答复",
    ]


def test_status_never_tells_the_offices_inner_steps(citizen, desk):
    case = desk.file("2026-03-02")
    desk.assign(case, "2026-03-02")
    draft = desk.draft_answer(case, "2026-03-02")
    letters.submit(draft.pk, actor=desk.clerk, at=moment("2026-03-02"))
    letters.send_back(draft.pk, reason="补充检索记录", actor=desk.head, at=moment("2026-03-02"))

    answer = show(citizen, case)

    page = answer.content.decode()
    inner = (
        "待签发",
        "送签",
        "退回",
        "待分办",
        "补充检索记录",
        "承办戊",
        "负责丙",
        "返工",
        "审核未通过",
        "无效",
    )
    assert [word for word in inner if word in page] == []
    assert answer.context["status"].letters[-1].title == "登记回执"
    assert len(answer.context["status"].letters) == 1


def test_status_shows_no_letter_to_others(citizen, desk):
    case = desk.file("2026-03-02")
    desk.consult(case, "2026-03-02")
    consult = Letter.objects.get(case=case, consultation__isnull=False, act="consult")

    answer = show(citizen, case)

    assert "第三方意见征询书" not in answer.content.decode()
    refused = citizen.client.post(f"/status/{case.pk}/letters/{consult.pk}/")
    assert refused.status_code == 404
    assert "没有这份文书" in refused.content.decode()


def test_a_letter_of_another_case_is_not_handed_out(citizen, desk):
    mine, theirs = desk.file("2026-03-02"), desk.file("2026-03-02")
    letter = theirs.letters.get()
    letters.render(letter.pk, at=moment("2026-03-02"))
    citizen.let_in(mine)

    assert citizen.client.post(f"/status/{mine.pk}/letters/{letter.pk}/").status_code == 404


def test_a_letter_is_never_fetched_by_a_plain_link(citizen, desk):
    case = desk.file("2026-03-02")
    citizen.let_in(case)

    assert (
        citizen.client.get(f"/status/{case.pk}/letters/{case.letters.get().pk}/").status_code == 405
    )


def test_no_identity_number_stands_in_any_page_of_a_case(citizen):
    case = citizen.file()

    for address in ("/receipt/", f"/status/{case.pk}/", f"/status/{case.pk}/withdraw/"):
        assert "620302199003078512" not in citizen.client.get(address).content.decode()


def test_status_asks_the_database_no_more_with_a_long_history(
    citizen, desk, django_assert_num_queries
):
    short, long = desk.file("2026-03-02"), desk.file("2026-03-02")
    desk.assign(long, "2026-03-02")
    desk.consult(long, "2026-03-02", served="2026-03-02")
    desk.extend(long, "2026-03-02")
    citizen.let_in(short)
    citizen.let_in(long)

    for case in (short, long):
        with django_assert_num_queries(9):
            citizen.client.get(f"/status/{case.pk}/")


def rows(answer):
    return [(each.title, each.note, each.ready) for each in answer.context["status"].letters]


def test_voided_letter_stays_on_the_page_with_the_new_one_beside_it(citizen, desk, clock):
    case = desk.file("2026-03-02")
    old = desk.answer(case, "2026-03-10")
    new = reissues.reissue(old.pk, reason="附件放错", actor=desk.clerk, at=moment("2026-03-11"))
    clock.to("2026-03-11")
    between = rows(show(citizen, case))
    desk.issue(new, "2026-03-12")

    answer = show(citizen, case)

    assert between[0] == (
        "答复书：予以公开（已作废）",
        "2026-03-10　金政办公开告〔2026〕1号　不再有效，正在重新制发",
        False,
    )
    assert [row[0] for row in rows(answer)[:2]] == [
        "答复书：予以公开",
        "答复书：予以公开（已作废）",
    ]
    assert [row[1].split("　")[1:] for row in rows(answer)[:2]][1] == [
        "金政办公开告〔2026〕1号", "以金政办公开告〔2026〕2号为准",
    ]  # fmt: skip
    assert [row[2] for row in rows(answer)[:2]] == [True, False]
    assert f"/letters/{old.pk}/" not in answer.content.decode()
    assert "附件放错" not in answer.content.decode()


def test_letter_voided_before_it_went_out_is_not_shown(citizen, desk, clock):
    case = desk.file("2026-03-02", **factories.BY_POST)
    old = desk.answer(case, "2026-03-10")
    reissues.reissue(old.pk, reason="附件放错", actor=desk.clerk, at=moment("2026-03-11"))
    clock.to("2026-03-11")

    assert [row[0] for row in rows(show(citizen, case))] == ["登记回执"]
