"""The log of searches in the office: entered, voided, asked for before 信息不存在 is drafted and signed."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from requests_app.domain.errors import Refused
from requests_app.domain.outcomes import OutcomeCode
from requests_app.domain.searches import SearchResult
from requests_app.models import RecordsSearch
from requests_app.selectors import dossiers
from requests_app.selectors import searches as log
from requests_app.services import answers, entries, letters, searches
from requests_app.services.searches import SearchGiven
from tests.factories import ledger_of, printed, refused
from tests.offices import moment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_pdf")]

AT = moment("2026-03-10")
GIVEN = {
    "on": date(2026, 3, 9),
    "place": "公文系统",
    "keywords": "改造、清单",
    "result": SearchResult.NOTHING,
    "by": "王某、李某",
}
QUOTED = {
    "search_scope": "公文系统。",
    "search_means": "以“改造”“清单”检索，没有查到。",
    "searched_on": "2026-03-09",
    "searched_by": "王某、李某",
}


@pytest.fixture
def case(desk):
    return desk.file("2026-03-02")


def record(desk, case, *, at=AT, actor=None, **changes):
    return searches.record(
        case.pk, SearchGiven(**(GIVEN | changes)), actor=actor or desk.clerk, at=at
    )


def answer(desk, case, *, at=AT, **changes):
    fields = log.quote(case) | changes
    return answers.draft(
        case.pk, outcome=OutcomeCode.NOT_EXIST, fields=fields or QUOTED, actor=desk.clerk, at=at
    )


def test_a_search_stands_in_the_log_and_in_the_ledger(desk, case):
    row = record(desk, case)

    assert (row.searched_on, row.place, row.recorded_by_id) == (
        date(2026, 3, 9),
        "公文系统",
        desk.clerk.staff_id,
    )
    assert ledger_of(case)[-1][1:] == ("2026-03-09", "noted", "clerk")
    assert log.quote(case) == QUOTED


def test_a_handler_enters_what_his_department_searched(desk, case):
    desk.assign(case, "2026-03-03")

    record(desk, case, actor=desk.handler, department_id=desk.housing.pk)

    assert log.quote(case)["search_scope"] == "市住房和城乡建设局：公文系统。"


def test_a_handler_enters_nothing_in_another_departments_name(desk, case):
    desk.assign(case, "2026-03-03")

    theirs = refused(record, desk, case, actor=desk.handler, department_id=desk.finance.pk)
    left_open = record(desk, case, actor=desk.handler)

    assert theirs == ("department",)
    assert left_open.department == desk.housing


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"place": " "}, ("place",)),
        ({"keywords": ""}, ("keywords",)),
        ({"by": ""}, ("by",)),
        ({"place": "", "keywords": "", "by": ""}, ("place", "keywords", "by")),
        ({"result": SearchResult.FOUND}, ("found",)),
        ({"result": SearchResult.SIMILAR, "found": " "}, ("found",)),
        ({"place": "库" * 301}, ("place",)),
        ({"on": date(2026, 3, 11)}, ("day_in_future",)),
        ({"on": date(2026, 3, 1)}, ("day_before_receipt",)),
        ({"department_id": 10**6}, ("department",)),
    ],
)
def test_a_search_that_proves_nothing_is_refused(desk, case, changes, codes):
    assert refused(record, desk, case, **changes) == codes
    assert not case.searches.exists()


def test_who_may_not_search_is_refused(desk, case):
    assert refused(record, desk, case, actor=desk.supervisor) == ("role",)
    assert refused(record, desk, case, actor=desk.handler_elsewhere) == ("no_such_case",)


def test_nothing_exists_is_not_drafted_without_a_search(desk, case):
    with pytest.raises(Refused) as refusal:
        answer(desk, case)

    assert refusal.value.codes == ("search_missing",)
    assert refusal.value.reasons[0].citation == "《政府信息公开条例》第三十六条第（四）项"


def test_what_was_found_is_not_answered_as_missing(desk, case):
    record(desk, case)
    record(desk, case, result=SearchResult.FOUND, found="清单一份")

    assert refused(answer, desk, case) == ("search_found",)


def test_a_correction_asks_for_a_new_search(desk, case):
    record(desk, case, on=date(2026, 3, 3), at=moment("2026-03-03"))
    desk.ask_correction(case, "2026-03-04", served="2026-03-04")
    desk.correct(case, "2026-03-09")

    assert refused(answer, desk, case, searched_on="2026-03-03") == ("search_outdated",)

    record(desk, case)
    assert answer(desk, case).status == "draft"


def test_a_day_the_log_does_not_have_is_refused(desk, case):
    record(desk, case)

    assert refused(answer, desk, case, searched_on="2026-03-06") == ("searched_on",)


def test_the_letter_prints_what_the_log_says(desk, case):
    record(desk, case)

    text = printed(desk.issue(answer(desk, case), "2026-03-10"))

    assert "检索范围：公文系统。" in text
    assert "检索方法和结果：以“改造”“清单”检索，没有查到。" in text


def test_a_draft_whose_search_was_voided_is_not_submitted_and_not_signed(desk, case):
    row = record(desk, case)
    draft = answer(desk, case)
    pending = answer_pending(desk)
    for each, entry in ((case, row), (pending.case, pending.case.searches.get())):
        entries.void(each.pk, seq=entry.event.seq, reason="登记错了案件", actor=desk.clerk, at=AT)

    assert refused(letters.submit, draft.pk, actor=desk.clerk, at=AT) == ("search_missing",)
    assert refused(letters.approve, pending.pk, actor=desk.head, at=AT) == ("search_missing",)
    assert [(each.stands, each.row.place) for each in log.rows(case)] == [(False, "公文系统")]


def answer_pending(desk):
    other = desk.file("2026-03-03")
    record(desk, other)
    letter = answer(desk, other)
    letters.submit(letter.pk, actor=desk.clerk, at=AT)
    return letter


def test_the_log_goes_into_the_file_of_the_case(desk, case):
    before = [item.key for item in dossiers.load(case, today=AT.date()).items]
    record(desk, case)

    titles = [item.title for item in dossiers.load(case, today=AT.date()).items]

    assert "search_record" not in before
    assert titles[titles.index("办理单") + 1] == "检索记录"


def test_a_search_is_never_changed_or_deleted(desk, case):
    row = record(desk, case)

    with pytest.raises(TypeError):
        row.save()
    with pytest.raises(TypeError):
        row.delete()
    for statement in (
        "UPDATE requests_app_recordssearch SET place = 'x'",
        "DELETE FROM requests_app_recordssearch",
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert RecordsSearch.objects.get().place == "公文系统"
