"""The office's own papers: every element the law and the office want stands on them."""

from dataclasses import replace
from datetime import date

import pytest

from requests_app.domain import delivery_papers, dossier_papers, working_papers
from requests_app.domain.delivery import DeliveryWay
from requests_app.domain.delivery_papers import Service
from requests_app.domain.dossier_papers import IndexLine, Lent, Looked
from requests_app.domain.sheets import Grid, Rows
from requests_app.domain.working_papers import (
    CaseHead,
    Opinion,
    Signing,
    Step,
)

DAY = date(2026, 3, 2)
CASE = CaseHead(
    issuer="某市人民政府办公室",
    number="2026-0001",
    applicant="陈向前",
    subject="项目清单",
    received_on=DAY,
    due_on=date(2026, 3, 30),
    channel="网上提交",
    clerk="经办甲",
    department="",
    status="办理中",
)
SERVICE = Service(
    issuer="某市人民政府办公室",
    case_number="2026-0001",
    letter="补正告知书",
    number="某公开补〔2026〕1号",
    person="陈向前",
    address="某市演示路1号",
    way=DeliveryWay.EMS,
    dispatched_on=DAY,
    delivered_on=None,
    received_by="",
    proof="",
    tracking_number="1234567890123",
    served_by="",
)


def labels(sheet):
    return [cell.label for block in sheet.blocks if isinstance(block, Rows) for cell in block.cells]


def lines(sheet, head):
    return next(b.lines for b in sheet.blocks if isinstance(b, Grid) and b.head == head)


def test_delivery_receipt_has_every_element_of_a_receipt():
    sheet = delivery_papers.delivery_receipt(SERVICE)

    assert labels(sheet) == [
        "送达文书",
        "文号",
        "受送达人",
        "送达地点",
        "送达方式",
        "送达日期",
        "送达人",
        "受送达人\n签名或者盖章",
        "送达凭据",
        "代收人及\n代收理由",
        "拒收理由",
        "见证人",
        "备注",
    ]
    assert sheet.blocks[0].cells[4].value == "邮政EMS，2026-03-02发出，邮件号1234567890123"
    assert sheet.blocks[0].cells[5].value == working_papers.EMPTY_DAY


@pytest.mark.parametrize(
    ("way", "ticked"),
    [
        (DeliveryWay.EMS, ["邮寄送达"]),
        (DeliveryWay.REGISTERED, ["邮寄送达"]),
        (DeliveryWay.ONLINE, ["电子送达"]),
        (DeliveryWay.EMAIL, ["电子送达"]),
        (DeliveryWay.FAX, ["电子送达"]),
        (DeliveryWay.COUNTER, ["直接送达"]),
        (DeliveryWay.INTERNAL, ["直接送达"]),
        (None, []),
    ],
)
def test_delivery_receipt_ticks_the_way_it_went(way, ticked):
    sheet = delivery_papers.delivery_receipt(replace(SERVICE, way=way, dispatched_on=None))

    options = sheet.blocks[0].cells[4].options
    assert [option.label for option in options if option.ticked] == ticked


def test_slip_tells_opinions_signings_and_steps():
    sheet = working_papers.approval_slip(
        CASE,
        steps=[Step(DAY, "收到申请", "申请人", "")],
        opinions=[Opinion("部门承办", "承办乙", DAY, "建议公开")],
        signings=[Signing("补正告知书", "某公开补〔2026〕1号", "甲 2026-03-03", "丙 2026-03-04")],
    )

    assert lines(sheet, "各方意见") == (("部门承办", "承办乙", "2026-03-02", "建议公开"),)
    assert lines(sheet, "拟稿和签发") == (
        ("补正告知书", "某公开补〔2026〕1号", "甲 2026-03-03", "丙 2026-03-04"),
    )
    assert lines(sheet, "办理经过") == (("2026-03-02", "收到申请", "申请人", ""),)


def test_secrecy_review_has_room_for_three_signatures():
    sheet = working_papers.secrecy_review(CASE, information="清单", opinions=[])

    cells = [cell for cell in sheet.blocks[1].cells if cell.signed]
    assert [cell.label for cell in cells] == [
        "承办单位\n意见",
        "保密审查\n人员意见",
        "保密审查\n负责人意见",
    ]


def test_search_record_leaves_room_for_what_nobody_entered():
    sheet = working_papers.search_record(CASE, searches=(), scope="", means="", on="", by="")

    assert labels(sheet)[-5:] == ["检索范围", "检索方法\n和结果", "检索日期", "检索人", "复核"]
    assert sheet.blocks[1].cells[2].value == working_papers.EMPTY_DAY


def test_supervision_sheet_tells_the_time_left_and_what_is_asked():
    sheet = working_papers.supervision(CASE, remaining="还有3个工作日。", asked="请按期办理。")

    values = {cell.label: cell.value for cell in sheet.blocks[1].cells}
    assert values["期限情况"] == "还有3个工作日。"
    assert values["督办要求"] == "请按期办理。"


def test_contents_are_numbered_with_number_day_and_pages():
    sheet = dossier_papers.index(
        CASE,
        lines=[
            IndexLine("", "申请表", "", DAY, "1-2"),
            IndexLine("某公开告〔2026〕1号", "答复书", "某市人民政府办公室", DAY, "3"),
        ],
    )

    assert lines(sheet, "") == (
        ("1", "", "", "申请表", "2026-03-02", "1-2"),
        ("2", "某公开告〔2026〕1号", "某市人民政府办公室", "答复书", "2026-03-02", "3"),
    )


def test_cover_leaves_the_archivists_marks_open():
    cover = dossier_papers.cover(CASE, closed_on=None, items=3, pages=12)

    assert dict(cover.lines)["起止日期"] == "2026-03-02 至 办理中"
    assert dict(cover.lines)["件数、页数"] == "3件12页"
    assert dict(cover.marks) == {
        "全宗号": "",
        "年度": "2026",
        "件号": "",
        "机构": "",
        "保管期限": "",
        "页数": "12",
    }


def test_access_log_tells_looks_and_has_room_for_lending():
    looks = [Looked("2026-03-02 10:00", "经办甲", "证件号码", "核对身份")]

    loans = [Lent("2026-04-01", "法制科李某（市司法局）", "应诉", "2026-04-09", "档案壬")]

    sheet = dossier_papers.access_log(CASE, looks=looks, loans=loans)

    assert lines(sheet, "系统内的查看") == (("2026-03-02 10:00", "经办甲", "证件号码", "核对身份"),)
    lent = lines(sheet, "案卷的查阅、借阅（空行供手写）")
    assert lent[0] == ("2026-04-01", "法制科李某（市司法局）", "应诉", "2026-04-09", "档案壬")
    assert len(lent) == 5


def test_service_list_says_where_no_arrival_is_recorded():
    sheet = delivery_papers.service_list(CASE, services=[SERVICE])

    assert lines(sheet, "") == (
        (
            "补正告知书",
            "某公开补〔2026〕1号",
            "陈向前",
            "2026-03-02 邮政EMS 1234567890123",
            "未登记",
            "",
        ),
    )


def test_page_for_a_paper_of_identity_shows_no_number():
    sheet = dossier_papers.masked_identity(
        CASE, kind="身份证明", masked="629999********8512", sha256="ab" * 32
    )

    assert [cell.value for cell in sheet.blocks[0].cells] == [
        "身份证明",
        "629999********8512",
        f"SHA-256：{'ab' * 32}",
    ]
