"""Calendar files: the packaged one is whole, and a bad one is refused with every bad line named."""

import csv
import datetime as dt
from pathlib import Path

import pytest

from requests_app.adapters import calendar_files
from requests_app.domain.errors import Reason, Refused
from requests_app.domain.workdays import DayChange, DayKind, DayNature

HEADER = "published,notice_no,date,kind,name\n"
GOOD = "2026-11-05,国办发明电〔2026〕9号,2027-01-01,holiday,元旦\n"


def write(folder: Path, text: str | bytes) -> Path:
    path = folder / "calendar.csv"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def refusal(path: Path) -> tuple[Reason, ...]:
    with pytest.raises(Refused) as refused:
        calendar_files.read_changes(path)
    return refused.value.reasons


def test_the_packaged_notices_fold_to_the_packaged_table() -> None:
    calendar = calendar_files.packaged_calendar()
    with (calendar_files.FOLDER / "days.csv").open(encoding="utf-8", newline="") as file:
        table = {
            row["date"]: (row["kind"], row["name"], row["notice_no"])
            for row in csv.DictReader(file)
        }
    days = [
        dt.date(2018, 12, 1) + dt.timedelta(n)
        for n in range((dt.date(2026, 12, 31) - dt.date(2018, 12, 1)).days + 1)
    ]
    named = {
        day.isoformat(): (reason.nature.value, reason.name, reason.notice_no)
        for day in days
        if (reason := calendar.why(day)).nature in {DayNature.HOLIDAY, DayNature.MAKEUP}
    }

    differing = {day for day in table if named.get(day) != table[day]}

    # Two notices name this day off; the table keeps the first, the calendar the last that spoke of it.
    assert differing == {"2019-05-01"}
    assert named["2019-05-01"] == ("holiday", "劳动节", "国办发明电〔2019〕3号")
    assert len(named) == len(table) == 285


def test_the_packaged_files_hold_what_their_readme_says() -> None:
    changes = calendar_files.packaged_changes()

    assert (len(changes), len(calendar_files.packaged_statutory())) == (288, 144)
    assert len({change.notice_no for change in changes}) == 10
    assert calendar_files.packaged_calendar().last_published_year == 2026


def test_the_calendar_as_known_on_a_day_says_so() -> None:
    known_on = dt.date(2020, 1, 20)

    assert calendar_files.packaged_calendar(known_on).known_on == known_on


def test_read_changes(tmp_path: Path) -> None:
    path = write(tmp_path, "\ufeff" + HEADER + GOOD)

    assert calendar_files.read_changes(path) == [
        DayChange(
            on=dt.date(2027, 1, 1),
            kind=DayKind.HOLIDAY,
            name="元旦",
            notice_no="国办发明电〔2026〕9号",
            published_on=dt.date(2026, 11, 5),
        )
    ]


def test_taking_back_and_naming_anew_in_one_notice_is_not_a_repetition(tmp_path: Path) -> None:
    rows = (
        "2020-01-27,国办发明电〔2020〕1号,2020-02-01,cancel_makeup,春节\n"
        "2020-01-27,国办发明电〔2020〕1号,2020-02-01,holiday,春节\n"
    )

    assert len(calendar_files.read_changes(write(tmp_path, HEADER + rows))) == 2


@pytest.mark.parametrize(
    ("row", "code", "sentence"),
    [
        (GOOD, "day_repeated", "第3行：2027-01-01在同一通知中重复出现（首次在第2行）。"),
        (
            GOOD.replace("holiday", "makeup").replace("2027-01-01", "2027-01-01"),
            "makeup_on_weekday",
            "第3行：2027-01-01不是周六或周日，不能作为调休上班日，请核对。",
        ),
        (
            GOOD.replace("2027-01-01", "2027-02-30"),
            "date_impossible",
            "第3行：“2027-02-30”不是有效的日期，应写成2026-10-01的样式。",
        ),
        (
            GOOD.replace("2027-01-01", "20270102"),
            "date_format",
            "第3行：“20270102”应写成2027-01-02的样式。",
        ),
        (
            GOOD.replace("2027-01-01", ""),
            "date_impossible",
            "第3行：“”不是有效的日期，应写成2026-10-01的样式。",
        ),
        (
            GOOD.replace("2027-01-01", "9999-01-01"),
            "year_unlikely",
            "第3行：9999-01-01不在2000年至2100年之间，请核对。",
        ),
        (
            GOOD.replace("2027-01-01", "1900-01-01"),
            "year_unlikely",
            "第3行：1900-01-01不在2000年至2100年之间，请核对。",
        ),
        (
            GOOD.replace("holiday", "off").replace("2027-01-01", "2027-01-02"),
            "kind_unknown",
            "第3行：“off”不是日历的类别，只能是holiday、makeup、cancel_makeup。",
        ),
        (
            GOOD.replace("国办发明电〔2026〕9号", "").replace("2027-01-01", "2027-01-02"),
            "notice_missing",
            "第3行：2027-01-02没有写明依据的通知文号。",
        ),
        (
            GOOD.replace("2026-11-05", "2026-11-06").replace("2027-01-01", "2027-01-02"),
            "published_differs",
            "第3行：国办发明电〔2026〕9号有两个不同的公布日期。",
        ),
        ("2026-11-05\n", "date_impossible", "第3行：“”不是有效的日期，应写成2026-10-01的样式。"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, row: str, code: str, sentence: str) -> None:
    path = write(tmp_path, HEADER + GOOD + row)

    assert refusal(path) == (Reason(code, sentence),)


def test_every_bad_line_is_named_up_to_twenty(tmp_path: Path) -> None:
    path = write(tmp_path, HEADER + GOOD + "x,x,x,x,x\n" * 30)

    assert [reason.sentence[:4] for reason in refusal(path)] == [
        f"第{n}行："[:4] for n in range(3, 23)
    ]


def test_a_missing_column(tmp_path: Path) -> None:
    assert refusal(write(tmp_path, "date,kind,name\n2027-01-01,holiday,元旦\n")) == (
        Reason(
            "columns_missing",
            "calendar.csv缺少列：published、notice_no。应有的列是published、notice_no、date、kind、name。",
        ),
    )


@pytest.mark.parametrize("text", [HEADER, HEADER + "\n"])
def test_a_file_without_days(tmp_path: Path, text: str) -> None:
    assert refusal(write(tmp_path, text)) == (
        Reason("calendar_file_empty", "calendar.csv里没有任何一天。"),
    )


def test_an_empty_file(tmp_path: Path) -> None:
    assert [reason.code for reason in refusal(write(tmp_path, ""))] == ["columns_missing"]


@pytest.mark.parametrize("text", [(HEADER + GOOD).encode("gbk"), b"\xff\xfe\x00"])
def test_a_file_in_another_encoding(tmp_path: Path, text: bytes) -> None:
    assert refusal(write(tmp_path, text)) == (
        Reason("file_unreadable", "calendar.csv不是UTF-8编码的CSV文件。"),
    )


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert refusal(tmp_path / "calendar.csv") == (
        Reason("file_missing", "找不到文件calendar.csv。"),
    )


def test_statutory_days_are_read_as_strictly(tmp_path: Path) -> None:
    path = write(tmp_path, "date,name,basis\n2027-13-01,元旦,放假办法\n")

    with pytest.raises(Refused) as refused:
        calendar_files.read_statutory(path)

    assert refused.value.codes == ("date_impossible",)
