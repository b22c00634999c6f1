"""Each act of the case page: its main path, and each refusal shown with what was typed kept."""

from datetime import date

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from requests_app.admin.acts.page import FORMS
from requests_app.domain.access import Act
from requests_app.domain.consultations import ConsultationKind, Position
from requests_app.domain.delivery import DeliveryWay
from requests_app.domain.fees import FeeMode
from requests_app.domain.workflow import DESK_ACTS
from requests_app.models import Case, Consultation, Department, Event, IssuingBody, Letter
from requests_app.services import (
    assignments,
    closings,
    consultations,
    corrections,
    deliveries,
    entries,
    extensions,
    fees,
    reasons,
)
from tests import factories, offices

AT = offices.moment("2026-03-12")
OFFERED = {"offer_reading": "on", "offered_how": "3月5日电话告知"}
CORRECTION = {"points": "哪一年的清单", "guidance": "请写明年份", "correction_days": "10"}


def url(case, act, query=""):
    return reverse("admin:act", args=[case.pk, act]) + query


def do(browser, case, act, query="", **data):
    return browser.post(url(case, act, query), data)


def text_of(response):
    return response.content.decode()


def last_entry(case):
    return Event.objects.filter(case=case).order_by("-seq").first()


def assign(office, case):
    department = Department.objects.get(code="zjj")
    assignments.assign(
        case.pk, department_id=department.pk, clerk_id=None, actor=office.clerk.as_actor(), at=AT
    )


def consult(office, case, issued):
    """Ask a third party; its letter went out on the 5th and arrived on the 6th."""
    at, clerk = offices.moment("2026-03-05"), office.clerk.as_actor()
    row = consultations.start(
        case.pk, kind=ConsultationKind.THIRD_PARTY, name="金昌热力公司", address="河西路1号", subject="特许经营协议",
        fields={"interest": "商业秘密"}, actor=clerk, at=at,
    )  # fmt: skip
    letter = issued(Letter.objects.get(consultation=row, kind="consult_third_party"), at)
    deliveries.dispatch(
        letter.pk,
        way=DeliveryWay.EMS,
        on=at.date(),
        tracking_number="EK318804275CN",
        actor=clerk,
        at=at,
    )
    arrived = offices.moment("2026-03-06")
    deliveries.confirm(letter.pk, on=arrived.date(), proof="EMS回执", actor=clerk, at=arrived)
    return row


def ask_correction(office, case, issued):
    at, clerk = offices.moment("2026-03-05"), office.clerk.as_actor()
    letter = issued(corrections.request(case.pk, fields=CORRECTION, actor=clerk, at=at), at)
    deliveries.confirm(letter.pk, on=at.date(), proof="页面下载", actor=clerk, at=at)


def charge(office, case, issued):
    at, clerk = offices.moment("2026-03-05"), office.clerk.as_actor()
    drafted = fees.charge(
        case.pk,
        mode=FeeMode.PAGE,
        pages=40,
        fields={"payment_method": "到市财政局缴款"},
        actor=clerk,
        at=at,
    )
    letter = issued(drafted, at)
    deliveries.confirm(letter.pk, on=at.date(), proof="页面下载", actor=clerk, at=at)


def test_every_act_of_the_desk_has_its_form():
    assert {act.value for act in DESK_ACTS} <= set(FORMS)


def test_unknown_act_is_not_found(at_desk, case):
    assert at_desk.get(url(case, "dance")).status_code == 404


def test_act_of_another_role_is_refused_with_who_may(office, case, sit_down):
    response = do(sit_down(office.supervisor), case, "assign", department="1")

    assert response.status_code == 403
    assert "“分办”由经办、工作机构负责人办理，您现在的岗位不能办理。" in text_of(response)


def test_act_at_the_wrong_stage_shows_why_and_no_form(at_desk, case):
    response = at_desk.get(url(case, "record_payment"))

    assert "现在不能办理“登记缴费”。" in text_of(response)
    assert "<textarea" not in text_of(response)


# --- handing on ---


def test_assign_hands_the_case_to_a_department(at_desk, office, case):
    department = Department.objects.get(code="zjj")

    response = do(at_desk, case, "assign", department=department.pk)

    assert response.url == reverse("admin:case", args=[case.pk])
    case.refresh_from_db()
    assert (case.department, case.status) == (department, "assigned")


def test_assign_to_nobody_is_refused(at_desk, case):
    response = do(at_desk, case, "assign")

    assert response.status_code == 422
    assert "请选择承办部门或者经办人。" in text_of(response)


def test_handler_signs_for_and_gives_an_opinion(office, case, sit_down):
    assign(office, case)
    browser = sit_down(office.handler)

    do(browser, case, "sign_for")
    do(browser, case, "give_opinion", text="清单可以全部公开。")

    case.refresh_from_db()
    assert case.status == "handling"
    assert last_entry(case).data == {"text": "清单可以全部公开。", "by": "承办乙"}


def test_opinion_keeps_its_papers(office, case, sit_down):
    assign(office, case)
    file = SimpleUploadedFile("意见.jpg", factories.picture(), content_type="image/jpeg")

    response = do(sit_down(office.handler), case, "give_opinion", text="见附件。", papers=file)

    assert response.status_code == 302
    assert [(row.name, row.kind) for row in case.attachments.all()] == [("意见.jpg", "opinion")]


def test_disguised_paper_is_refused_and_the_words_are_kept(office, case, sit_down):
    assign(office, case)
    file = SimpleUploadedFile("意见.pdf", b"MZ this is a program", content_type="application/pdf")

    response = do(
        sit_down(office.handler), case, "give_opinion", text="请看附件里的意见。", papers=file
    )

    assert response.status_code == 422
    assert "“意见.pdf”" in text_of(response)
    assert "请看附件里的意见。" in text_of(response)
    assert not case.attachments.exists()


def test_paper_there_was_no_room_for_is_named_and_the_words_are_kept(
    office, case, sit_down, settings
):
    assign(office, case)
    browser = sit_down(office.handler)
    file = SimpleUploadedFile("意见.jpg", factories.picture(), content_type="image/jpeg")
    settings.REQUEST_MAX_BYTES = 300

    response = do(browser, case, "give_opinion", text="见附件里的意见。", papers=file)

    assert response.status_code == 422
    assert "“意见.jpg”：没有收下" in text_of(response)
    assert "见附件里的意见。" in text_of(response)
    assert not case.attachments.exists()


def test_send_back_needs_a_reason(office, case, sit_down):
    assign(office, case)
    browser = sit_down(office.handler)

    assert do(browser, case, "send_back", reason="").status_code == 422
    sent_back = do(browser, case, "send_back", reason="不属于本局")

    # The case is out of the department's sight now.
    assert (sent_back.status_code, sent_back.url) == (302, reverse("admin:index"))
    assert last_entry(case).data == {"reason": "不属于本局"}


def test_note_is_kept(at_desk, case):
    do(at_desk, case, "note", text="申请人来电，已说明进度。")

    assert last_entry(case).data == {"text": "申请人来电，已说明进度。"}


def test_change_body_moves_the_case_to_the_government(at_desk, case):
    other = IssuingBody.objects.exclude(pk=case.body_id).get()

    do(at_desk, case, "change_body", body_code=other.code, reason="申请书写明向市政府提出")

    case.refresh_from_db()
    assert case.body == other


# --- waiting for the applicant ---


def test_correction_page_shows_the_dates_with_and_without(at_desk, case):
    rows = at_desk.get(url(case, "ask_correction")).context["comparison"].rows

    assert [(row.name, row.due) for row in rows] == [
        ("不办", "03-30 周一"),
        ("今天告知补正并送达", "等申请人补正，没有答复期限"),
        ("03-26 周四 补正的", "04-24 周五"),
    ]
    assert rows[0].must == ("在期限内答复；告知补正的7个工作日到 03-11 周三 已满，仍要补正须写理由")
    assert rows[1].cost.startswith("只能告知一次，以后不能再补正")


def test_correction_page_counts_the_days_typed(at_desk, case):
    answer = do(at_desk, case, "ask_correction", **CORRECTION | {"correction_days": "5"})

    assert answer.status_code == 422
    assert answer.context["comparison"].rows[2].name == "03-19 周四 补正的"


@pytest.mark.parametrize(
    ("act", "query", "must"),
    [
        ("extend", "", "03-30 周一 是最后一天，过了不能再延"),
        ("charge_fee", "", "要收费的，最迟 03-30 周一 发出通知，过了不能再收"),
        ("consult", "?kind=third_party", "要征求的，03-30 周一 以前发出才停算，过了期限不再推后"),
    ],
)
def test_page_names_the_last_day_on_which_the_act_still_works(at_desk, case, act, query, must):
    rows = at_desk.get(url(case, act, query)).context["comparison"].rows

    assert rows[0].must == f"在期限内答复；{must}"


def test_correction_is_drafted(at_desk, case):
    response = do(
        at_desk, case, "ask_correction", override_reason="申请内容到今天才弄清有歧义", **CORRECTION
    )

    assert response.status_code == 302
    letter = Letter.objects.get(kind="correction")
    assert (letter.status, letter.fields["points"]) == ("draft", "哪一年的清单")


def test_late_correction_without_explanation_is_refused_at_its_field(at_desk, case):
    response = do(at_desk, case, "ask_correction", **CORRECTION)

    assert response.status_code == 422
    assert "override_reason" in response.context["form"].errors
    assert "哪一年的清单" in text_of(response)
    assert not Letter.objects.filter(kind="correction").exists()


def test_second_correction_is_refused_with_the_article(at_desk, office, case, issued):
    ask_correction(office, case, issued)

    response = at_desk.get(url(case, "ask_correction"))

    assert "正在等申请人补正，不能再告知一次补正。（《政府信息公开条例》第三十条）" in text_of(
        response
    )


def test_corrected_application_restarts_the_period(at_desk, office, case, issued):
    ask_correction(office, case, issued)

    response = do(at_desk, case, "answer_correction", on="2026-03-11", text="2025年的清单")

    assert response.status_code == 302
    case.refresh_from_db()
    assert (case.status, case.due_on) == ("handling", date(2026, 4, 9))
    page = at_desk.get(reverse("admin:case", args=[case.pk]))
    assert page.context["corrected"] == (("03-11", "2025年的清单"),)


def test_corrected_application_of_tomorrow_is_refused(at_desk, office, case, issued):
    ask_correction(office, case, issued)

    response = do(at_desk, case, "answer_correction", on="2026-03-13", text="2025年的清单")

    assert response.status_code == 422
    assert "日期2026-03-13晚于今天，不能登记还没有发生的事。" in text_of(response)
    assert "2025年的清单" in text_of(response)


def test_fee_page_quotes_both_ways_before_the_bill(at_desk, case):
    by_item = at_desk.get(url(case, "charge_fee", "?units=31")).context["lens"]
    by_page = at_desk.get(url(case, "charge_fee", "?mode=page&units=31")).context["lens"]

    assert (by_item.prices[0].label, by_item.prices[0].amount) == ("按件计收，31件", "2200元")
    assert (by_page.prices[1].label, by_page.prices[1].amount) == ("按量计收，31页", "10元")


def test_fee_notice_is_drafted(at_desk, case):
    response = do(
        at_desk,
        case,
        "charge_fee",
        mode="page",
        units="40",
        payment_method="到市财政局缴款",
        **OFFERED,
    )

    assert response.status_code == 302
    fee = case.fees.get()
    assert (fee.pages, fee.amount_fen, fee.letter.kind) == (40, 10_000, "fee")


@pytest.mark.parametrize(
    ("units", "words"), [("30", "没有达到收费的数量，不能收费。"), ("-1", "不能小于0"), ("多", "")]
)
def test_fee_of_nothing_or_nonsense_is_refused(at_desk, case, units, words):
    response = do(
        at_desk,
        case,
        "charge_fee",
        mode="page",
        units=units,
        payment_method="到市财政局缴款",
        **OFFERED,
    )

    assert response.status_code == 422
    assert response.context["form"].errors["units"]
    assert words in text_of(response)
    assert not case.fees.exists()


def test_payment_restarts_the_period(at_desk, office, case, issued):
    charge(office, case, issued)

    do(at_desk, case, "record_payment", on="2026-03-11", bill_number="甘财0001", amount="100")

    case.refresh_from_db()
    assert (case.status, case.due_on) == ("handling", date(2026, 4, 9))


def test_reasons_are_asked_and_given(at_desk, office, case, issued):
    do(at_desk, case, "ask_reasons", counts="一个月内提出30件", reasons_days="10")
    issued(Letter.objects.get(kind="reasons"))

    do(at_desk, case, "give_reasons", on="2026-03-12", text="课题研究")

    assert last_entry(case).data == {"text": "课题研究"}
    case.refresh_from_db()
    assert case.status == "handling"


def test_delay_must_be_later_than_the_due_day(at_desk, office, case, issued):
    clerk = office.clerk.as_actor()
    fields = {"counts": "一个月内提出30件", "reasons_days": "10"}
    issued(reasons.ask(case.pk, fields=fields, actor=clerk, at=AT))
    reasons.give(case.pk, text="课题研究", on=AT.date(), actor=clerk, at=AT)

    refused = do(at_desk, case, "delay", until="2026-03-30", reason="材料多")
    done = do(at_desk, case, "delay", until="2026-05-29", reason="材料多")

    assert (
        "延迟答复的日期应当晚于今天和现在的答复期限（2026-03-30）。"
        in refused.context["form"].errors["until"][0]
    )
    assert done.status_code == 302
    assert Letter.objects.get(kind="delay").fields["until"] == "2026-05-29"


def test_lapse_is_refused_while_the_applicant_has_time(at_desk, office, case, issued):
    ask_correction(office, case, issued)

    response = do(at_desk, case, "confirm_lapse", judgement="联系不上")

    assert response.status_code == 422
    assert "申请人的期限到2026-03-19（含当日）为止，还没有届满，不能视为放弃。" in text_of(response)


def test_lapse_is_drafted_after_the_applicants_time(sit_down, office, case, issued):
    ask_correction(office, case, issued)

    with time_machine.travel(offices.moment("2026-03-20"), tick=False):
        response = do(
            sit_down(office.clerk), case, "confirm_lapse", judgement="电话两次，均未说明理由"
        )

    assert response.status_code == 302
    letter = Letter.objects.get(kind="lapse_correction")
    assert (letter.status, letter.override_reason) == ("draft", "电话两次，均未说明理由")


# --- asking others ---


def test_consultation_asks_for_its_kind_first(at_desk, case):
    options = at_desk.get(url(case, "consult")).context["options"]

    assert [option.query for option in options["先选征求谁的意见"]] == [
        "?kind=third_party", "?kind=co_maker", "?kind=organ",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "fields", "letter"),
    [
        ("third_party", {"interest": "商业秘密"}, "consult_third_party"),
        ("co_maker", {}, "consult_co_maker"),
        ("organ", {"questions": "是否同意公开"}, "consult_organ"),
    ],
)
def test_consultation_is_drafted(at_desk, case, kind, fields, letter):
    response = do(
        at_desk,
        case,
        "consult",
        f"?kind={kind}",
        name="金昌热力公司",
        address="河西路1号",
        subject_text="协议",
        **fields,
    )

    assert response.status_code == 302
    assert Consultation.objects.get().kind == kind
    assert Letter.objects.get(kind=letter).status == "draft"


def test_consultation_without_a_subject_is_refused(at_desk, case):
    response = do(
        at_desk, case, "consult", "?kind=third_party", name="金昌热力公司", interest="商业秘密"
    )

    assert response.status_code == 422
    assert "subject_text" in response.context["form"].errors
    assert not Consultation.objects.exists()


def test_answer_of_the_third_party_ends_the_pause(at_desk, office, case, issued):
    row = consult(office, case, issued)

    response = do(
        at_desk,
        case,
        "record_opinion",
        f"?consultation={row.pk}",
        position="refuses",
        on="2026-03-11",
        reason="涉及成本",
    )

    assert response.status_code == 302
    row.refresh_from_db()
    case.refresh_from_db()
    assert (row.position, case.clock_state) == (Position.REFUSES, "running")


def test_silence_before_its_time_is_refused(at_desk, office, case, issued):
    row = consult(office, case, issued)

    response = do(
        at_desk,
        case,
        "record_opinion",
        f"?consultation={row.pk}",
        position="silent",
        on="2026-03-12",
    )

    assert response.status_code == 422
    assert "对方的期限到2026-03-27（含当日）才满15个工作日，现在不能按逾期未答复登记。" in text_of(
        response
    )


def test_consultation_not_sent_can_be_called_off(at_desk, office, case):
    row = consultations.start(
        case.pk, kind=ConsultationKind.CO_MAKER, name="市发改委", address="", subject="联合发文", fields={},
        actor=office.clerk.as_actor(), at=AT,
    )  # fmt: skip

    response = do(
        at_desk, case, "cancel_consultation", f"?consultation={row.pk}", reason="查明不是联合发文"
    )

    assert response.status_code == 302
    assert Letter.objects.get(consultation=row).status == "void"


def test_consultation_already_sent_cannot_be_called_off(at_desk, office, case, issued):
    row = consult(office, case, issued)

    response = do(at_desk, case, "cancel_consultation", f"?consultation={row.pk}", reason="不问了")

    assert response.status_code == 422
    assert "征求意见书已经发出，不能撤销。" in text_of(response)


# --- the period and the end ---


def test_extension_page_shows_the_new_date_for_the_days_asked(at_desk, case):
    rows = at_desk.get(url(case, "extend", "?days=15")).context["comparison"].rows

    assert [(row.name, row.due, row.left) for row in rows] == [
        ("不延", "03-30 周一", "12个工作日"),
        ("延15日", "04-21 周二", "27个工作日"),
    ]


def test_extension_is_drafted(at_desk, case):
    response = do(at_desk, case, "extend", days="15", reason="涉及三个部门的档案")

    assert response.status_code == 302
    assert Letter.objects.get(kind="extension").fields == {
        "days": "15",
        "reason": "涉及三个部门的档案",
    }


@pytest.mark.parametrize("days", ["0", "21", "", "abc"])
def test_extension_of_impossible_length_is_refused(at_desk, case, days):
    response = do(at_desk, case, "extend", days=days, reason="涉及三个部门的档案")

    assert response.status_code == 422
    assert response.context["form"].errors["days"]
    assert "涉及三个部门的档案" in text_of(response)
    assert not Letter.objects.filter(kind="extension").exists()


def test_second_extension_under_way_is_refused(at_desk, office, case):
    extensions.request(case.pk, days=20, reason="档案多", actor=office.clerk.as_actor(), at=AT)

    response = at_desk.get(url(case, "extend"))

    assert "“延长答复期限”已有一份文书在起草、签发或待发出，请先处理那一份。" in text_of(response)


def test_answer_asks_for_the_outcome_first(at_desk, case):
    options = at_desk.get(url(case, "answer")).context["options"]

    assert {heading: len(rows) for heading, rows in options.items()} == {
        "公开": 4, "不予公开": 7, "无法提供": 5, "不予处理及其他": 5,
    }  # fmt: skip


def test_answer_page_says_what_follows_from_the_outcome(at_desk, case):
    facts = dict(at_desk.get(url(case, "answer", "?outcome=internal")).context["facts"])

    assert facts["救济"] == "先复议，后诉讼"
    assert facts["年报计入"] == "（三）不予公开 5.属于三类内部事务信息"
    assert "第十六条" in facts["条款"]
    assert "可以不予公开" in facts["注意"]


def test_answer_is_drafted(at_desk, case):
    response = do(
        at_desk,
        case,
        "answer",
        "?outcome=disclosed",
        provided="《2025年改造项目清单》",
        how_given="在查询页面下载",
    )

    assert response.status_code == 302
    letter = Letter.objects.get(act=Act.ANSWER.value)
    assert (letter.kind, letter.outcome, letter.status) == ("disclosed", "disclosed", "draft")


def test_answer_that_lacks_what_the_law_asks_is_refused_and_keeps_the_rest(at_desk, case):
    response = do(at_desk, case, "answer", "?outcome=not_exist", search_scope="公文库、档案室")

    assert response.status_code == 422
    assert "公文库、档案室" in text_of(response)
    assert not Letter.objects.filter(act=Act.ANSWER.value).exists()


def test_answer_for_a_third_partys_sake_needs_the_third_party_asked(at_desk, case):
    response = do(
        at_desk,
        case,
        "answer",
        "?outcome=third_party",
        reason="涉及商业秘密",
        third_party_position="第三方不同意公开",
    )

    assert response.status_code == 422
    assert "涉及第三方合法权益的，应当先书面征求第三方的意见。" in text_of(response)


def test_withdrawal_closes_the_case(at_desk, case):
    do(at_desk, case, "withdraw", on="2026-03-12", reason="本人来信")

    case.refresh_from_db()
    assert (case.status, case.closed_on) == ("withdrawn", date(2026, 3, 12))


def test_closed_case_is_reopened_by_a_decision(at_desk, office, case):
    closings.withdraw(case.pk, on=AT.date(), reason="来信", actor=office.clerk.as_actor(), at=AT)

    response = do(
        at_desk,
        case,
        "reopen",
        on="2026-03-12",
        decision="金复决〔2026〕1号",
        decided_on="2026-03-10",
        days="15",
    )

    assert response.status_code == 302
    case.refresh_from_db()
    assert (case.status, case.due_on) == ("handling", date(2026, 4, 2))


def test_reopening_takes_days_or_a_date_not_both(at_desk, office, case):
    closings.withdraw(case.pk, on=AT.date(), reason="来信", actor=office.clerk.as_actor(), at=AT)

    response = do(
        at_desk,
        case,
        "reopen",
        on="2026-03-12",
        decision="金复决〔2026〕1号",
        decided_on="2026-03-10",
        days="15",
        until="2026-04-30",
    )

    assert response.context["form"].errors["until"] == ["期限按天数或者按日期，只能填一项。"]


def test_decision_bears_a_day_and_it_is_not_after_its_arrival(at_desk, office, case):
    closings.withdraw(case.pk, on=AT.date(), reason="来信", actor=office.clerk.as_actor(), at=AT)
    given = {"on": "2026-03-12", "decision": "金复决〔2026〕1号"}

    without = do(at_desk, case, "reopen", **given)
    late = do(at_desk, case, "reopen", **given, decided_on="2026-03-13")

    assert "decided_on" in without.context["form"].errors
    assert late.context["form"].errors["decided_on"] == [
        "决定书、判决书的日期不能晚于它送达本机关的日期。"
    ]


def test_archive_waits_for_letters_that_have_not_gone_out(at_desk, office, case):
    closings.withdraw(case.pk, on=AT.date(), reason="来信", actor=office.clerk.as_actor(), at=AT)

    response = do(at_desk, case, "archive")

    assert response.status_code == 422
    assert "还有文书没有发出，处理完再归档。（《政府信息公开条例》第四十五条）" in text_of(response)


def test_void_shows_the_dates_before_and_after(at_desk, office, case, issued):
    ask_correction(office, case, issued)
    corrections.answer(case.pk, text="2025年", on=AT.date(), actor=office.clerk.as_actor(), at=AT)
    seq = Event.objects.get(case=case, entry="corrected").seq

    rows = at_desk.get(url(case, "void_event", f"?seq={seq}")).context["comparison"].rows
    response = do(at_desk, case, "void_event", f"?seq={seq}", reason="登记到别的案件上了")

    assert [(row.name, row.due) for row in rows] == [
        ("现在", "04-10 周五"),
        ("更正后", "没有正在计算的期限"),
    ]
    assert response.status_code == 302
    case.refresh_from_db()
    assert case.status == "awaiting_correction"


def test_receipt_cannot_be_voided_but_its_day_corrected(at_desk, case):
    refused = do(at_desk, case, "void_event", "?seq=1", reason="日期错")
    done = do(at_desk, case, "correct_receipt", on="2026-03-03", reason="回执上签收的是3日")

    assert refused.status_code == 422
    assert "收到日期是期限的起点，不能只作废，请用“更正收到日期”。" in text_of(refused)
    assert done.status_code == 302
    case.refresh_from_db()
    assert (case.received_on, case.due_on) == (date(2026, 3, 3), date(2026, 3, 31))


def test_corrected_receipt_of_tomorrow_is_refused(at_desk, case):
    response = do(at_desk, case, "correct_receipt", on="2026-03-13", reason="回执上是13日")

    assert response.context["form"].errors["on"] == [
        "收到日期不能晚于今天。（《政府信息公开条例》第三十一条）"
    ]


def test_third_party_is_told_of_a_disclosure_against_its_will(at_desk, office, case, issued):
    row = consult(office, case, issued)
    at = offices.moment("2026-03-11")
    consultations.record_reply(
        row.pk,
        position=Position.REFUSES,
        reason="成本",
        on=at.date(),
        actor=office.clerk.as_actor(),
        at=at,
    )
    query = f"?consultation={row.pk}"
    shown = at_desk.get(url(case, "tell_third_party", query)).context["form"]

    response = do(
        at_desk, case, "tell_third_party", query, consulted_on=shown["consulted_on"].value(),
        subject=shown["subject"].value(), position_summary="您表示不同意公开，理由是涉及成本。",
        reason="涉及全市供热安全，公众应当知道。",
    )  # fmt: skip

    assert shown["consulted_on"].value() == "2026-03-05"
    assert response.status_code == 302
    letter = Letter.objects.get(kind="third_party_decision")
    assert (letter.status, letter.consultation) == ("draft", row)


# --- two at once ---


def test_second_clerk_is_told_what_the_first_did_and_loses_nothing(at_desk, office, case):
    form = at_desk.get(url(case, "extend")).context["form"]
    entries.note(case.pk, text="刚和申请人通过电话", actor=office.head.as_actor(), at=AT)

    response = do(
        at_desk,
        case,
        "extend",
        days="15",
        reason="涉及三个部门的档案",
        seen_version=form["seen_version"].value(),
    )

    assert response.status_code == 409
    assert "这件申请刚被他人办理过，您填写的内容还在，没有提交。" in text_of(response)
    assert "刚和申请人通过电话" in text_of(response)
    assert "涉及三个部门的档案" in text_of(response)
    assert not Letter.objects.filter(kind="extension").exists()


def test_second_clerk_may_go_on_after_having_seen_it(at_desk, office, case):
    seen = at_desk.get(url(case, "extend")).context["form"]["seen_version"].value()
    entries.note(case.pk, text="刚和申请人通过电话", actor=office.head.as_actor(), at=AT)
    shown = do(at_desk, case, "extend", days="15", reason="档案多", seen_version=seen)

    again = shown.context["form"]["seen_version"].value()
    response = do(at_desk, case, "extend", days="15", reason="档案多", seen_version=again)

    assert response.status_code == 302
    assert Case.objects.get().letters.filter(kind="extension").count() == 1


def test_slips_are_listed_above_with_links_to_their_fields(at_desk, case):
    response = do(at_desk, case, "extend", reason="", days="")

    assert response.status_code == 422
    assert [(slip.link, slip.sentence) for slip in response.context["form"].slips()] == [
        ("#id_reason", "请填写“延期理由”。"),
        ("#id_days", "请填写“延长工作日数”。"),
    ]
    assert "有 2 处要改，填好的内容都还在。" in text_of(response)
    assert 'id="id_reason_error"' in text_of(response)


def test_refused_day_is_told_at_its_field(at_desk, case):
    response = do(at_desk, case, "withdraw", on="2026-03-13", reason="申请人来电")

    assert response.context["form"].errors == {
        "on": ["日期2026-03-13晚于今天，不能登记还没有发生的事。"]
    }


def test_answer_asks_only_for_its_own_ground(at_desk, case):
    page = at_desk.get(url(case, "answer", "?outcome=banned"))

    fields = page.context["form"].fields
    assert [(name, field.required) for name, field in fields.items()] == [
        ("seen_version", False),
        ("reason", True),
        ("banning_law", True),
    ]


def test_case_of_nobody_is_told_on_a_page_of_the_desk(at_desk):
    response = at_desk.get(reverse("admin:case", args=[999_999]))

    assert response.status_code == 404
    assert "没有这件申请，或者不属于您的办理范围。" in text_of(response)
    assert "工作列表" in text_of(response)


def test_who_comes_second_sees_the_letter_the_first_one_drafted(office, at_desk, case):
    seen = at_desk.get(url(case, "extend")).context["form"]["seen_version"].value()
    extensions.request(case.pk, days=15, reason="档案多", actor=office.clerk.as_actor(), at=AT)

    shown = do(at_desk, case, "extend", days="10", reason="档案很多", seen_version=seen)

    assert shown.status_code == 409
    assert [row.label for row in shown.context["under_way"]] == ["延期答复告知书"]
    assert "档案很多" in text_of(shown)


SEARCH = {
    "on": "2026-03-11", "place": "公文系统", "keywords": "改造、清单", "result": "nothing", "by": "王某",
}  # fmt: skip


def test_search_is_entered_shown_and_quoted_in_the_answer(at_desk, case):
    assert do(at_desk, case, "record_search", **SEARCH).status_code == 302

    page = text_of(at_desk.get(reverse("admin:case", args=[case.pk])))
    assert "改造、清单" in page.partition('id="searches"')[2]
    form = text_of(at_desk.get(url(case, "answer", "?outcome=not_exist")))
    assert "以“改造”“清单”检索，没有查到。" in form
    assert 'value="2026-03-11"' in form


def test_search_without_a_place_is_refused_at_its_field_and_keeps_the_rest(at_desk, case):
    response = do(at_desk, case, "record_search", **(SEARCH | {"result": "found"}))

    assert response.status_code == 422
    assert "查到了的，请写明查到什么。（《政府信息公开条例》第三十六条第（四）项）" in text_of(
        response
    )
    assert "改造、清单" in text_of(response)


def test_nothing_exists_without_a_search_says_so_with_its_article(at_desk, case):
    fields = {
        "search_scope": "库", "search_means": "查", "searched_on": "2026-03-11", "searched_by": "王某",
    }  # fmt: skip

    response = do(at_desk, case, "answer", "?outcome=not_exist", **fields)

    assert response.status_code == 422
    assert "还没有检索记录，请先登记" in text_of(response)
