"""An old register comes in whole or not at all, and every bad row is named."""

import io

import openpyxl
import pytest
from django.core.management import CommandError, call_command

from requests_app.domain.errors import Refused
from requests_app.models import Applicant, Case, Event, ImportedCase, RegisterImport
from requests_app.services import register_import
from tests.factories import refused
from tests.offices import moment

pytestmark = pytest.mark.django_db

AT = moment("2026-03-12")
HEAD = "编号,收到日期,申请方式,申请人,单位性质,申请内容,办理结果,答复日期,答复文号\n"
FINE = (
    HEAD
    + "2026-0007,2026/1/5,邮寄,李某,,2025年预算,予以公开,2026年1月20日,金政办公开告〔2026〕3号\n"
    + "旧-12,2026-02-02,网上,某律所,法律服务机构,征收补偿方案,撤回,2026-02-10,\n"
    + ",,,,,,,,\n"
    + "2026-0009,2026-03-02,,王某,公民,道路设计图,,,\n"
)


def take_in(desk, text, encoding="utf-8-sig", name="旧台账.csv"):
    return register_import.take_in(text.encode(encoding), file_name=name, actor=desk.clerk, at=AT)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk"])
def test_closed_cases_come_in_as_history_and_open_ones_go_on(desk, encoding):
    source = take_in(desk, FINE, encoding)

    found = {
        case.number: (case.status, case.outcome, str(case.closed_on), str(case.due_on or ""))
        for case in Case.objects.all()
    }
    assert found == {
        "2026-0007": ("archived", "disclosed", "2026-01-20", "2026-02-02"),
        "旧-12": ("archived", "withdrawn", "2026-02-10", ""),
        "2026-0009": ("received", "", "None", "2026-03-30"),
    }
    assert (source.row_count, source.closed_count) == (3, 2)
    assert set(Event.objects.values_list("data__imported", flat=True)) == {source.sha256}
    assert ImportedCase.objects.get(row=2).original["办理结果"] == "予以公开"
    assert Applicant.objects.get(name="某律所").organisation_type == "legal"


def test_numbers_go_on_behind_the_imported_ones(desk):
    take_in(desk, FINE)

    assert desk.file("2026-03-12").number == "2026-0010"


def test_no_letter_and_no_message_goes_out_about_the_past(desk):
    take_in(desk, FINE)

    assert not Case.objects.filter(letters__isnull=False).exists()
    assert not Case.objects.filter(messages__isnull=False).exists()


def test_every_bad_row_is_named_with_every_fault(desk):
    desk.file("2026-03-02")
    bad = (
        HEAD
        + "2026-0001,2026-03-02,,李某,,预算,,,\n"
        + ",2026-13-02,飞鸽,,,预算,公布了,,\n"
        + "2026-0050,2026-03-10,,李某,,预算,予以公开,2026-03-01,\n"
        + "2026-0050,2026-03-20,,李某,外星人,预算,,,\n"
        + "2026-0060,1980-01-01,,李某,,预算,,,\n"
    )

    seen = register_import.look(bad.encode(), actor=desk.clerk, at=AT)

    assert [(each.row, each.faults) for each in seen.bad[:4]] == [
        (2, ("系统里已有这个编号",)),
        (3, (
            "没有填“申请编号”",
            "没有填“申请人”",
            "“收到日期”写的是“2026-13-02”，不是日期",
            "“答复结果”写的是“公布了”，不认识",
            "“提交方式”写的是“飞鸽”，不认识",
            "答复结果和办结日期要么都填，要么都不填",
        )),
        (4, ("办结日期2026-03-01早于收到日期2026-03-10",)),
        (5, (
            "“收到日期”2026-03-20晚于今天",
            "“申请人类型”写的是“外星人”，不认识",
            "编号与第4行重复",
        )),
    ]  # fmt: skip
    assert seen.bad[4].faults[0].startswith("收到日期早于工作日历的第一天")
    assert Case.objects.count() == 1


def test_one_bad_row_and_nothing_comes_in(desk):
    before = Event.objects.count()

    with pytest.raises(Refused) as refusal:
        take_in(desk, FINE + "2026-0011,不知道,,李某,,预算,,,\n")

    assert [str(reason) for reason in refusal.value.reasons] == [
        "第6行2026-0011：“收到日期”写的是“不知道”，不是日期。"
    ]
    assert (Case.objects.count(), RegisterImport.objects.count()) == (0, 0)
    assert Event.objects.count() == before


def test_the_same_file_is_not_taken_in_twice(desk):
    take_in(desk, FINE)

    with pytest.raises(Refused, match="已经导入过"):
        take_in(desk, FINE, name="改了名.csv")


def test_a_workbook_is_read_like_a_table(desk):
    book = openpyxl.Workbook()
    for line in FINE.strip().split("\n"):
        book.active.append(line.split(","))
    book.active["B2"] = moment("2026-01-05").replace(tzinfo=None)
    written = io.BytesIO()
    book.save(written)

    source = register_import.take_in(
        written.getvalue(), file_name="旧台账.xlsx", actor=desk.clerk, at=AT
    )

    assert source.row_count == 3


@pytest.mark.parametrize(
    "content", [b"", b"\0\1\2", b"PK\x03\x04 no zip", "姓名,电话\n李某,1\n".encode(), HEAD.encode()]
)
def test_a_file_that_is_no_register_is_refused(desk, content):
    assert refused(register_import.look, content, actor=desk.clerk, at=AT) == ("file",)


def test_only_clerks_bring_in_a_register(desk):
    assert refused(register_import.look, FINE.encode(), actor=desk.administrator, at=AT) == (
        "role",
    )


def test_command_looks_first_and_names_what_is_wrong(desk, tmp_path, capsys):
    path = tmp_path / "old.csv"
    path.write_text(FINE + "2026-0011,不知道,,李某,,预算,,,\n", encoding="gbk")

    with pytest.raises(CommandError, match="整个文件都不导入"):
        call_command("import_register", str(path), by="clerk", dry_run=True)

    assert "第6行 2026-0011" in capsys.readouterr().out
    path.write_text(FINE, encoding="gbk")
    call_command("import_register", str(path), by="clerk")
    assert Case.objects.count() == 3
