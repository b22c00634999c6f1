"""What the desk prints: read back from the files it hands out."""

import io
import re
from datetime import date

import docx
import pytest
from pypdf import PdfReader

from requests_app.adapters import pdf
from requests_app.domain.letters import LetterText
from requests_app.domain.matters import Matter
from requests_app.domain.outcomes import OutcomeCode
from requests_app.domain.searches import SearchResult
from requests_app.models import AccessRecord, Letter
from requests_app.services import answers, assignments, corrections, letters, searches
from requests_app.services.searches import SearchGiven
from tests import offices

pytestmark = pytest.mark.skipif(bool(pdf.problems()), reason="; ".join(pdf.problems()))

AT = offices.moment("2026-03-10")


def words(answer):
    assert answer.status_code == 200, answer
    assert answer.headers["Content-Type"] == "application/pdf"
    pages = PdfReader(io.BytesIO(answer.content)).pages
    return re.sub(r"\s", "", "".join(page.extract_text() for page in pages))


@pytest.fixture
def signed(office, case):
    """A correction notice, signed."""
    fields = {"points": "请写明项目名称", "guidance": "例如：某小区", "correction_days": "10"}
    draft = corrections.request(case.pk, fields=fields, actor=office.clerk.as_actor(), at=AT)
    letters.submit(draft.pk, actor=office.clerk.as_actor(), at=AT)
    return Letter.objects.get(pk=draft.pk)


@pytest.fixture
def opinion(office, case):
    department = office.handler.department
    actor = office.clerk.as_actor()
    assignments.assign(case.pk, department_id=department.pk, clerk_id=None, actor=actor, at=AT)
    handler = office.handler.as_actor()
    assignments.sign_for(case.pk, actor=handler, at=AT)
    assignments.give_opinion(case.pk, text="建议予以公开", actor=handler, at=AT)


@pytest.fixture
def amendment(office):
    """A 更正 case of another organ's record, and the letter that tells the applicant so."""
    fields = {
        "record_name": "《户籍登记表》",
        "wrong_content": "出生日期登记为3月1日",
        "organ_name": "金昌市公安局",
        "organ_contact": "0935-0000000",
        "passed_on": "2026-03-09",
    }
    case = offices.register(
        office,
        offices.moment("2026-03-02"),
        matter=Matter.AMENDMENT,
        document_name="《户籍登记表》",
    )
    answers.draft(
        case.pk,
        outcome=OutcomeCode.AMENDMENT_PASSED_ON,
        fields=fields,
        actor=office.clerk.as_actor(),
        at=AT,
    )
    return case


def test_the_letter_that_passes_an_application_on_names_organ_record_and_article(
    at_desk, amendment
):
    page = at_desk.get(f"/admin/cases/{amendment.pk}/").content.decode()
    text = words(at_desk.get(f"/admin/cases/{amendment.pk}/print/transfer.pdf"))

    told = ("更正政府信息申请转送函", "金昌市公安局：", "《户籍登记表》", "出生日期登记为3月1日",
            "第四十一条", "2026-03-09", "随函转送")  # fmt: skip
    assert "更正申请转送函" in page
    assert [each for each in told if each not in text] == []
    assert "E12345678" not in text


def test_only_a_record_to_put_right_is_passed_on(at_desk, case):
    page = at_desk.get(f"/admin/cases/{case.pk}/").content.decode()
    answer = at_desk.get(f"/admin/cases/{case.pk}/print/transfer.pdf", follow=True)

    assert "更正申请转送函" not in page
    assert "转送函只用于更正申请。" in answer.content.decode()


@pytest.mark.parametrize(
    ("paper", "told"),
    [
        ("application", ["政府信息公开申请表", "陈向前", "E1*****78"]),
        ("approval_slip", ["政府信息公开申请办理单", "收到申请", "负责人批示"]),
        ("secrecy_review", ["政府信息公开保密审查表", "不涉及国家秘密", "第十七条"]),
        ("search_record", ["政府信息检索记录", "检索范围", "第三十六条第（四）项"]),
        ("supervision", ["政府信息公开申请督办单", "还有12个工作日", "督办要求"]),
        ("deadline", ["答复期限说明", "2026-03-30", "工作日"]),
        ("access_log", ["查阅和借阅记录", "借阅日期"]),
        ("cover", ["政府信息公开申请卷宗", "全宗号", "保管期限"]),
        ("index", ["卷内目录", "申请表（登记的申请内容）", "期限说明"]),
    ],
)
def test_each_paper_prints_what_it_is_for(at_desk, case, paper, told):
    text = words(at_desk.get(f"/admin/cases/{case.pk}/print/{paper}.pdf"))

    assert [each for each in told if each not in text] == []
    assert "E12345678" not in text


def test_slip_names_opinions_and_who_drafted_and_signed(at_desk, case, opinion, signed):
    text = words(at_desk.get(f"/admin/cases/{case.pk}/print/approval_slip.pdf"))

    told = [
        "部门承办承办乙2026-03-10建议予以公开",
        f"补正告知书{signed.number}",
        "经办甲2026-03-10",
    ]
    assert [each for each in told if each not in text] == []


def test_search_record_prints_what_the_answer_records(office, at_desk, case):
    fields = {
        "search_scope": "市政府办公室档案室2025年全部案卷",
        "search_means": "以“老旧小区改造”检索，无结果",
        "searched_on": "2026-03-10",
        "searched_by": "经办甲、承办乙",
    }
    searches.record(
        case.pk,
        SearchGiven(
            on=date(2026, 3, 10),
            place="档案室",
            keywords="老旧小区改造",
            result=SearchResult.SIMILAR,
            found="2024年的清单",
            by="承办乙",
        ),
        actor=office.clerk.as_actor(),
        at=AT,
    )
    answers.draft(
        case.pk,
        outcome=OutcomeCode.NOT_EXIST,
        fields=fields,
        actor=office.clerk.as_actor(),
        at=AT,
    )

    text = words(at_desk.get(f"/admin/cases/{case.pk}/print/search_record.pdf"))

    logged = "以“老旧小区改造”检索，查到相近的，不是所申请的信息：2024年的清单"
    assert [each for each in (*fields.values(), logged) if each not in text] == []
    assert logged in words(at_desk.get(f"/admin/cases/{case.pk}/print/approval_slip.pdf"))


def test_receipt_and_label_print_and_are_recorded(office, at_desk, case, signed):
    receipt = words(at_desk.get(f"/admin/letters/{signed.pk}/receipt.pdf"))
    label = words(at_desk.get(f"/admin/letters/{signed.pk}/label.pdf"))

    told = ["送达回证", signed.number, "陈向前", "金昌市金川区演示路1号", "拒收理由", "见证人"]
    assert [each for each in told if each not in receipt] == []
    told = ["陈向前收", "金昌市金川区演示路1号", "邮政编码：737100", signed.number]
    assert [each for each in told if each not in label] == []
    looks = AccessRecord.objects.order_by("pk").values_list("what", "staff_id")
    assert list(looks) == [
        (f"打印：送达回证（{signed.number}）", office.clerk.pk),
        (f"打印：信封签条（{signed.number}）", office.clerk.pk),
    ]


def test_draft_has_no_receipt_yet(office, at_desk, case):
    fields = {"points": "请写明", "guidance": "例如", "correction_days": "10"}
    draft = corrections.request(case.pk, fields=fields, actor=office.clerk.as_actor(), at=AT)

    answer = at_desk.get(f"/admin/letters/{draft.pk}/label.pdf", follow=True)

    assert "文书签发之后才能打印" in answer.content.decode()
    assert not AccessRecord.objects.exists()


def test_label_without_an_address_is_refused(office, at_desk, case, signed):
    case.applicant.address = ""
    case.applicant.save()

    answer = at_desk.get(f"/admin/letters/{signed.pk}/label.pdf", follow=True)

    assert "没有登记收件地址" in answer.content.decode()


def test_word_file_holds_every_word_of_the_letter(at_desk, signed):
    answer = at_desk.get(f"/admin/letters/{signed.pk}/letter.docx")

    paper = docx.Document(io.BytesIO(answer.content))
    text = LetterText.from_dict(signed.text)
    lines = [line.text for line in paper.paragraphs]
    assert lines == [
        text.issuer,
        text.number,
        text.title,
        f"{text.addressee}：",
        *(each.text for each in text.paragraphs),
        *text.remedies,
        text.signer,
        "2026年3月10日",
        f"（{text.contact}）",
    ]
    assert paper.sections[0].header.paragraphs[0].text == "供编辑，以签发的PDF为准"


def test_word_file_stands_on_the_grid_in_the_fonts_of_the_office(at_desk, signed):
    paper = docx.Document(
        io.BytesIO(at_desk.get(f"/admin/letters/{signed.pk}/letter.docx").content)
    )

    xml = paper.element.xml
    grid = re.search(r"<w:docGrid[^>]*>", xml).group()
    # 22 lines; 28 characters by their own spacing, since LibreOffice gives each two narrow cells.
    assert 'w:type="lines"' in grid
    assert 'w:linePitch="579"' in grid
    spacing = paper.styles["Normal"].element.rPr.find(docx.oxml.ns.qn("w:spacing"))
    assert spacing.get(docx.oxml.ns.qn("w:val")) == "-5"
    defaults = paper.styles.element.xml.partition("</w:docDefaults>")[0]
    assert re.search(r'<w:sz w:val="32"', defaults)
    assert re.search(r'<w:lang [^>]*w:eastAsia="zh-CN"', defaults)
    assert paper.paragraphs[0].runs[0].font.color.rgb == docx.shared.RGBColor(0xE6, 0x00, 0x12)
    assert "thickThinSmallGap" in xml
    assert {"方正小标宋简体", "仿宋_GB2312"} <= set(re.findall(r'w:eastAsia="([^"]+)"', xml))


def test_handler_of_another_department_and_strangers_see_nothing(
    office, sit_down, case, signed, client
):
    browser = sit_down(office.handler)
    for address in (
        f"cases/{case.pk}/print/approval_slip.pdf",
        "cases/999/print/index.pdf",
        f"letters/{signed.pk}/letter.docx",
    ):
        assert browser.get(f"/admin/{address}").status_code == 404
    for address in (f"letters/{signed.pk}/label.pdf", f"cases/{case.pk}/bundle/"):
        assert browser.get(f"/admin/{address}").status_code == 403


def test_paper_with_contacts_is_the_clerks_to_print(office, sit_down, case, opinion):
    browser = sit_down(office.handler)

    answer = browser.get(f"/admin/cases/{case.pk}/print/application.pdf", follow=True)
    slip = words(browser.get(f"/admin/cases/{case.pk}/print/approval_slip.pdf"))

    assert "由经办人打印" in answer.content.decode()
    assert "陈向前" not in slip
    assert "陈*前" in slip


def test_unknown_paper_is_not_found(at_desk, case):
    assert at_desk.get(f"/admin/cases/{case.pk}/print/purpose.pdf").status_code == 404


def test_case_page_leads_to_what_can_be_printed(at_desk, case):
    page = at_desk.get(f"/admin/cases/{case.pk}/").content.decode()

    assert f'href="/admin/cases/{case.pk}/print/approval_slip.pdf"' in page
    assert f'href="/admin/cases/{case.pk}/bundle/"' in page


def test_bundle_page_names_what_is_missing_makes_and_hands_out(office, at_desk, case):
    page = at_desk.get(f"/admin/cases/{case.pk}/bundle/").content.decode()
    assert "没有申请表（申请书）原件的扫描件。" in page

    made = at_desk.post(f"/admin/cases/{case.pk}/bundle/", {"identity": "masked"}, follow=True)

    assert "卷宗已制成" in made.content.decode()
    bundle = case.bundles.get()
    file = at_desk.get(f"/admin/bundles/{bundle.pk}.pdf")
    packed = at_desk.get(f"/admin/bundles/{bundle.pk}.zip")
    assert (file.content[:5], packed.content[:2]) == (b"%PDF-", b"PK")
    assert AccessRecord.objects.filter(what__startswith="下载卷宗").count() == 2
    assert at_desk.get("/admin/bundles/999.zip").status_code == 404


def test_bundle_with_identity_needs_a_reason(at_desk, case):
    answer = at_desk.post(f"/admin/cases/{case.pk}/bundle/", {"identity": "full", "reason": ""})

    assert answer.status_code == 422
    assert "放入身份证明原件必须写明理由" in answer.content.decode()
    assert not case.bundles.exists()


def test_page_where_nothing_can_be_drawn_says_so(at_desk, case, monkeypatch):
    def unavailable(sheet):
        raise pdf.PdfUnavailable("libpango", remedy="请安装。")

    monkeypatch.setattr(pdf, "render_sheet", unavailable)

    answer = at_desk.get(f"/admin/cases/{case.pk}/print/deadline.pdf", follow=True)
    made = at_desk.post(f"/admin/cases/{case.pk}/bundle/", {"identity": "masked"})

    assert "缺少libpango" in answer.content.decode()
    assert made.status_code == 503
    assert "缺少libpango" in made.content.decode()
