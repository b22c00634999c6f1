"""The words of messages: what they say, and what they never do."""

from datetime import date

import pytest

from requests_app.domain import message_texts
from requests_app.domain.message_texts import CaseWords, DueLine, MessageEvent, OfficeWords

LINK = "https://gk.example.gov.cn"
OFFICE = OfficeWords(name="金昌市政务公开领导小组办公室", phone="0935-8220051")
BARE = CaseWords(number="2026-0184", received_on=date(2026, 3, 2), link=LINK)
DATED = CaseWords(
    number="2026-0184",
    received_on=date(2026, 3, 2),
    link=LINK,
    due_on=date(2026, 4, 27),
    correction_due_on=date(2026, 3, 23),
    payment_due_on=date(2026, 4, 10),
)


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        (
            MessageEvent.RECEIVED,
            "您的申请2026-0184已于2026年3月2日收到，请保存好申请编号和查询码。查看：https://gk.example.gov.cn",
        ),
        (
            MessageEvent.CORRECTION,
            (
                "您的申请2026-0184需要补充内容，请查看补正告知书，并在2026年3月23日前（含当日）补充。"
                "查看：https://gk.example.gov.cn"
            ),
        ),
        (
            MessageEvent.EXTENSION,
            "您的申请2026-0184的答复期限已经延长到2026年4月27日，原因见告知书。查看：https://gk.example.gov.cn",
        ),
        (
            MessageEvent.FEE,
            (
                "您的申请2026-0184有一份收费通知，请在2026年4月10日前（含当日）查看并办理。"
                "查看：https://gk.example.gov.cn"
            ),
        ),
        (
            MessageEvent.REASONS,
            "您的申请2026-0184需要您说明理由，请查看通知书。查看：https://gk.example.gov.cn",
        ),
        (
            MessageEvent.ANSWER,
            "您的申请2026-0184已经答复，请查看，或者按您选择的方式领取。查看：https://gk.example.gov.cn",
        ),
        (
            MessageEvent.NOTICE,
            "您的申请2026-0184有一份新的文书，请查看。查看：https://gk.example.gov.cn",
        ),
    ],
)
def test_sms_for_each_event(event, expected):
    assert message_texts.sms(event, case=DATED) == expected


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        (
            MessageEvent.CORRECTION,
            (
                "您的申请2026-0184需要补充内容，请查看补正告知书，并在告知书写明的期限内补充。"
                "查看：https://gk.example.gov.cn"
            ),
        ),
        (
            MessageEvent.EXTENSION,
            "您的申请2026-0184的答复期限已经延长，原因和新的期限见告知书。查看：https://gk.example.gov.cn",
        ),
        (
            MessageEvent.FEE,
            "您的申请2026-0184有一份收费通知，请查看通知写明的金额、方式和期限。查看：https://gk.example.gov.cn",
        ),
    ],
)
def test_sms_without_a_date_points_to_the_letter(event, expected):
    assert message_texts.sms(event, case=BARE) == expected


REFUSED_WORDS = ("党政", "维权", "诉讼", "复议", "法院", "传票", "催", "征信", "缴费")
REFUSED_SIGNS = "【】[]¥￥★※√&"
SHORT = [
    *(message_texts.sms(event, case=case) for event in MessageEvent for case in (BARE, DATED)),
    message_texts.one_time_code_sms(minutes=10),
    message_texts.due_sms([DueLine("2026-0003", "超期", date(2026, 3, 31), "办理中")]),
]


@pytest.mark.parametrize("text", SHORT)
def test_sms_avoids_the_words_and_signs_carriers_refuse(text):
    assert [each for each in (*REFUSED_WORDS, *REFUSED_SIGNS) if each in text] == []
    assert len(text) <= 480


def test_sms_with_a_one_time_code_calls_it_so_and_names_no_case():
    text = message_texts.one_time_code_sms(minutes=10)

    assert text.count("验证码〔验证码〕") == 1
    assert "2026-" not in text


def test_mail_carries_number_link_and_signature():
    mail = message_texts.mail(MessageEvent.ANSWER, case=DATED, office=OFFICE)

    assert mail == message_texts.MailText(
        subject="政府信息公开申请2026-0184：已经答复",
        body=(
            "您好：\n\n您的政府信息公开申请（编号2026-0184）已经答复，请查看，或者按您选择的方式领取。\n\n"
            "凭申请编号和查询码查看进度和文书：https://gk.example.gov.cn\n\n"
            "金昌市政务公开领导小组办公室\n咨询电话：0935-8220051\n"
            "本邮件由系统发出，请不要回复；电子邮箱不接收政府信息公开申请。"
        ),
    )


def test_due_digest_lists_every_line_in_the_order_given():
    lines = [
        DueLine("2026-0003", "超期", date(2026, 3, 31), "办理中"),
        DueLine("2026-0009", "预警", date(2026, 4, 10), "待签发"),
    ]

    mail = message_texts.due_digest(
        lines, today=date(2026, 4, 1), link=f"{LINK}/admin/", office=OFFICE, late=1
    )

    assert mail == message_texts.MailText(
        subject="期限提示：2件申请（2026年4月1日）",
        body=(
            "您好：\n\n2026年4月1日，以下2件申请到了需要注意的日期：\n\n"
            "超期　2026-0003　期限2026年3月31日　办理中\n"
            "预警　2026-0009　期限2026年4月10日　待签发\n\n"
            "其中1条提醒本应更早发出，因系统没有运行，现在补发。\n\n"
            "请在一个工作日内到办理台签收：https://gk.example.gov.cn/admin/\n\n"
            "金昌市政务公开领导小组办公室\n咨询电话：0935-8220051\n"
            "本邮件由系统发出，请不要回复；电子邮箱不接收政府信息公开申请。"
        ),
    )


def test_calendar_missing_names_the_year_and_asks_for_a_second_person():
    mail = message_texts.calendar_missing(2027, today=date(2026, 11, 2), link=LINK, office=OFFICE)

    assert mail == message_texts.MailText(
        subject="请导入2027年放假通知",
        body=(
            "您好：\n\n到2026年11月2日，系统里还没有2027年的放假通知。2027年的期限现在只是暂定："
            "调休上班和补休的日子都没有算进去。\n\n国务院办公厅的通知公布后，请导入并由另一人启用："
            "https://gk.example.gov.cn\n\n"
            "金昌市政务公开领导小组办公室\n咨询电话：0935-8220051\n"
            "本邮件由系统发出，请不要回复；电子邮箱不接收政府信息公开申请。"
        ),
    )
