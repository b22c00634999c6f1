"""`import_calendar`: the packaged notices at set-up, later files with their impact shown first."""

import pytest
import time_machine
from django.core.management import CommandError, call_command

from requests_app.models import CalendarNotice, Case
from tests import offices

pytestmark = pytest.mark.django_db

NOW = offices.moment("2026-03-17", "12:00")
HEAD = "published,notice_no,date,kind,name\n"
MOVES = (
    "2026-03-16,金政办发〔2026〕7号,2026-03-14,makeup,本地安排\n"
    "2026-03-16,金政办发〔2026〕7号,2026-04-10,holiday,本地安排\n"
)


@pytest.fixture(autouse=True)
def _at_noon():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def notice(tmp_path):
    path = tmp_path / "notice.csv"
    path.write_text(HEAD + MOVES, encoding="utf-8")
    return path


@pytest.fixture
def office():
    made = offices.set_up()
    offices.register(made, offices.moment("2026-03-02"))
    offices.register(made, offices.moment("2026-03-16"))
    return made


def run(capsys, *arguments, **options):
    call_command("import_calendar", *arguments, **options)
    return capsys.readouterr().out.splitlines()


def test_set_up_imports_and_approves_the_packaged_notices(capsys):
    lines = run(capsys)

    assert lines[0] == "在办0件，期限变动0处。"
    assert lines[1].startswith("新通知10份，已启用：国办发明电〔2018〕15号、")
    notice = CalendarNotice.objects.get(number="国办发明电〔2025〕7号")
    assert (notice.title, notice.url, notice.year, notice.imported_by, notice.days.count()) == (
        "国务院办公厅关于2026年部分节假日安排的通知",
        "https://www.gov.cn/zhengce/zhengceku/202511/content_7047091.htm",
        2026,
        None,
        39,
    )


def test_second_call_finds_everything_in_place(capsys):
    run(capsys)

    assert run(capsys) == ["在办0件，期限变动0处。", "已登记过的通知10份，未改动。"]


def test_quiet_call_prints_nothing(capsys):
    assert run(capsys, verbosity=0) == []


def test_dry_run_shows_the_impact_and_writes_nothing(office, notice, capsys):
    assert run(capsys, str(notice), dry_run=True) == [
        "2026-0001　答复期限　2026-03-30 → 2026-03-27　提前",
        "2026-0002　答复期限　2026-04-14 → 2026-04-15　推后或者改变",
        "在办2件，期限变动2处。",
        "试算：新通知1份，没有写入。",
    ]
    assert CalendarNotice.objects.count() == 10


def test_file_waits_for_a_person_to_approve(office, notice, capsys):
    lines = run(capsys, str(notice))

    assert lines[-1] == "新通知1份，已登记，待另一人启用：金政办发〔2026〕7号。"
    assert Case.objects.get(number="2026-0001").due_on.isoformat() == "2026-03-30"


def test_file_approved_in_the_name_of_a_second_person(office, notice, capsys):
    run(capsys, str(notice))

    lines = run(capsys, str(notice), approve=True, by="administrator")

    assert lines[-2:] == ["在办2件，期限变动2处。", "已登记过的通知1份，未改动。"]
    assert Case.objects.get(number="2026-0001").due_on.isoformat() == "2026-03-27"


def test_approval_by_nobody_is_refused_once_cases_are_open_and_nothing_is_kept(office, notice):
    with pytest.raises(CommandError, match="已有在办的申请"):
        call_command("import_calendar", str(notice), approve=True)

    assert CalendarNotice.objects.count() == 10


def test_unknown_person_is_refused(office, notice):
    with pytest.raises(CommandError, match="没有账号“nobody”"):
        call_command("import_calendar", str(notice), by="nobody")


@pytest.mark.parametrize(
    ("rows", "sentences"),
    [
        (
            "2026-03-16,甲,2026-02-30,holiday,本地\n2026-03-16,甲,2026-04-10,feast,本地\n",
            ["第2行：“2026-02-30”不是有效的日期", "第3行：“feast”不是日历的类别"],
        ),
        (
            "2026-03-16,甲,2026-04-10,holiday,本地\n2026-03-16,甲,2026-04-10,holiday,本地\n",
            ["第3行：2026-04-10在同一通知中重复出现"],
        ),
        ("2026-03-16,甲,9999-04-10,holiday,本地\n", ["第2行：9999-04-10不在2000年至2100年之间"]),
        (
            "2026-03-16,甲,2031-04-10,holiday,本地\n",
            ["甲：公布日期2026-03-16与通知的年份2031对不上"],
        ),
    ],
)
def test_bad_file_is_refused_whole_with_every_bad_line(office, tmp_path, rows, sentences):
    path = tmp_path / "bad.csv"
    path.write_text(HEAD + rows, encoding="utf-8")

    with pytest.raises(CommandError) as error:
        call_command("import_calendar", str(path))

    told = str(error.value).splitlines()
    assert len(told) == len(sentences)
    assert [line[: len(start)] for line, start in zip(told, sentences, strict=True)] == sentences
    assert CalendarNotice.objects.count() == 10
