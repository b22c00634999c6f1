"""Putting a case away: the guide's list, the file number, the log of who had the file."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from requests_app.domain.archiving import FileKind, LendingKind, Retention
from requests_app.domain.papers import PaperKind
from requests_app.domain.proceedings import Procedure, ProceedingKind
from requests_app.models import ArchiveFile, ArchiveRecord, ArchiveSettings, IssuingBody, Lending
from requests_app.selectors import archives as reading
from requests_app.services import additions, archives, closings, lending, letters, proceedings
from tests import factories
from tests.factories import paper, refused, status
from tests.offices import moment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_pdf")]


@pytest.fixture
def case(desk):
    """An application filed online, answered and fetched: nothing of the guide's list is lacking."""
    return finished(desk)


def finished(desk, on="2026-03-02", answered="2026-03-10"):
    made = desk.file(on)
    letters.render_due(at=moment(on))
    desk.fetch(desk.answer(made, answered), answered)
    made.refresh_from_db()
    return made


def settings(desk, since="2026-01-01", **changes):
    given = {
        "fonds_number": "Z109",
        "unit_code": "BGS",
        "approved_by": "金昌市档案局",
        "approval_number": "金档发〔2025〕3号",
        "approved_on": date(2025, 12, 1),
    }
    return ArchiveSettings.objects.create(
        body=IssuingBody.objects.get(is_default=True),
        effective_from=date.fromisoformat(since),
        **(given | changes),
    )


def put_away(desk, case, on="2026-03-12", actor=None, **more):
    return archives.put_away(case.pk, actor=actor or desk.archivist, at=moment(on), **more)


def test_a_case_put_away_has_a_file_number_by_date_and_document_number(desk, case):
    settings(desk)

    event = put_away(desk, case)

    record = ArchiveRecord.objects.get()
    assert status(case) == "archived"
    assert (record.number, record.kind, record.year, record.item) == (
        "Z109-WS·2026-D10-BGS-0001",
        FileKind.ANSWERED,
        2026,
        1,
    )
    assert (record.kept_to, record.document_number, record.archived_on) == (
        date(2036, 12, 31),
        "金政办公开告〔2026〕1号",
        date(2026, 3, 12),
    )
    assert (event.data["file_number"], event.data["retention"]) == (record.number, "D10")
    assert [(file.record, file.seq, file.path) for file in ArchiveFile.objects.all()] == [
        (record, event.seq, "")
    ]


def test_numbers_of_a_year_and_period_have_no_gap(desk):
    settings(desk)
    first, second, third = (finished(desk) for _ in range(3))
    put_away(desk, first)
    undone = transaction.savepoint()
    put_away(desk, second)
    transaction.savepoint_rollback(undone)
    put_away(desk, third)
    put_away(desk, second)

    assert list(ArchiveRecord.objects.values_list("case", "item")) == [
        (first.pk, 1),
        (third.pk, 2),
        (second.pk, 3),
    ]


def test_before_the_office_has_settled_anything_the_suggested_periods_hold(desk, case):
    put_away(desk, case)

    record = ArchiveRecord.objects.get()
    assert record.number.startswith("WS·2026-D10-")
    found = reading.standing(case, today=date(2026, 3, 12))
    assert [(reason.code, reason.citation) for reason in found.unset] == [
        ("fonds", "DA/T 22-2015"),
        ("approval", "《档案法实施条例》第十九条"),
    ]


def test_settings_hold_from_their_day(desk, case):
    settings(desk, fonds_number="Z1")
    settings(desk, since="2026-04-01", fonds_number="Z2", keep_answered="D30")

    put_away(desk, case, "2026-03-31")
    put_away(desk, finished(desk), "2026-04-01")

    assert list(ArchiveRecord.objects.values_list("number", flat=True)) == [
        "Z1-WS·2026-D10-BGS-0001",
        "Z2-WS·2026-D30-BGS-0001",
    ]


def test_what_the_guide_wants_and_the_case_lacks_is_named(desk):
    case = desk.register("2026-03-02", **factories.BY_POST)
    letters.render_due(at=moment("2026-03-02"))
    letter = desk.post(desk.answer(case, "2026-03-10"), "2026-03-10")
    desk.arrive(letter, "2026-03-11")

    with pytest.raises(archives.Refused) as caught:
        put_away(desk, case, explanation="  ")

    codes = caught.value.codes
    assert ("application" in codes, "proof" in codes, codes[-1]) == (True, True, "explanation")
    assert {reason.citation for reason in caught.value.reasons} == {
        "《金昌市政府信息公开指南》二（五）"
    }
    assert status(case) == "delivered"
    assert not ArchiveRecord.objects.exists()


def test_what_is_lacking_is_added_or_explained(desk):
    case = desk.register("2026-03-02")
    letters.render_due(at=moment("2026-03-02"))
    desk.fetch(desk.answer(case, "2026-03-10"), "2026-03-10")
    before = {reason.code for reason in reading.standing(case, today=date(2026, 3, 12)).compulsory}

    additions.add(
        case.pk,
        files=(paper(PaperKind.APPLICATION, "申请表.jpg"),),
        actor=desk.archivist,
        at=moment("2026-03-11"),
    )

    after = {reason.code for reason in reading.standing(case, today=date(2026, 3, 12)).compulsory}
    assert before - after == {"application"}
    event = put_away(desk, case, explanation=" 回执由申请人当面带走，没有签收单 ")
    assert event.data["reason"] == "回执由申请人当面带走，没有签收单"
    assert status(case) == "archived"


def test_an_opinion_not_every_case_has_is_written_down_and_stops_nobody(desk, case):
    event = put_away(desk, case)

    assert event.data["missing"] == [
        "登记回执（金政办公开受〔2026〕1号）没有送达的登记。",
        "没有部门、法律顾问或者审查的意见。",
    ]


def test_a_review_makes_the_file_one_of_thirty_years(desk, case):
    settings(desk)
    review(desk, case)

    put_away(desk, case)

    record = ArchiveRecord.objects.get()
    assert (record.kind, record.retention, record.number) == (
        FileKind.DISPUTED,
        Retention.THIRTY_YEARS,
        "Z109-WS·2026-D30-BGS-0001",
    )


def review(desk, case):
    papers = proceedings.Papers(
        kind=ProceedingKind.REVIEW,
        procedure=Procedure.ORDINARY,
        authority="金昌市人民政府",
        received_on=date(2026, 3, 11),
    )
    proceedings.register(case.pk, papers=papers, actor=desk.clerk, at=moment("2026-03-12"))


def reopen(desk, case, on):
    closings.reopen(
        case.pk,
        on=date.fromisoformat(on),
        decision="甘府复决〔2026〕3号",
        decided_on=date(2026, 3, 20),
        actor=desk.clerk,
        at=moment(on),
    )


def test_a_case_opened_again_keeps_its_number_and_owes_another_file(desk, case):
    settings(desk)
    put_away(desk, case)
    reopen(desk, case, "2026-03-23")
    desk.fetch(desk.answer(case, "2026-03-25"), "2026-03-25")

    put_away(desk, case, "2026-03-27")

    assert ArchiveRecord.objects.count() == 1
    assert ArchiveFile.objects.count() == 2


def test_another_period_gives_another_number_and_the_first_stays_on_the_register(desk, case):
    settings(desk)
    put_away(desk, case)
    review(desk, case)
    reopen(desk, case, "2026-03-23")
    desk.fetch(desk.answer(case, "2026-03-25"), "2026-03-25")

    put_away(desk, case, "2026-03-27")

    rows = reading.register(desk.archivist, words="", before="").rows
    assert [(row.number, row.replaced) for row in rows] == [
        ("Z109-WS·2026-D30-BGS-0001", False),
        ("Z109-WS·2026-D10-BGS-0001", True),
    ]


def test_a_code_two_bodies_share_is_refused_and_no_number_is_lost(desk, case):
    settings(desk)
    put_away(desk, case)
    other = IssuingBody.objects.exclude(is_default=True).first()
    ArchiveSettings.objects.create(
        body=other, effective_from=date(2026, 1, 1), fonds_number="Z109", unit_code="BGS"
    )
    second = desk.file("2026-03-02", body_code=other.code)
    letters.render_due(at=moment("2026-03-02"))
    desk.fetch(desk.answer(second, "2026-03-10"), "2026-03-10")

    assert refused(put_away, desk, second) == ("file_number",)
    assert ArchiveRecord.objects.count() == 1


def test_only_clerk_and_archivist_put_away(desk, case):
    assert refused(put_away, desk, case, actor=desk.supervisor) == ("role",)
    put_away(desk, case, actor=desk.clerk)
    assert refused(put_away, desk, case) == ("status",)


def test_the_register_is_searched_by_any_number(desk, case):
    settings(desk)
    put_away(desk, case)

    for words in ("D10-BGS", case.number, "金政办公开告[2026]1号"):
        found = reading.register(desk.archivist, words=words, before="")
        assert [row.case_id for row in found.rows] == [case.pk], words
    assert reading.register(desk.archivist, words="没有", before="x").rows == ()
    assert reading.register(desk.supervisor, words="", before="").rows == ()


# --- The reading and lending log ---


def lend(desk, case, on="2026-03-20", actor=None, **changes):
    given = {
        "kind": LendingKind.LENDING,
        "person": "李某",
        "unit": "市司法局",
        "purpose": "行政复议答复",
        "out_on": date.fromisoformat(on),
        "due_on": date(2026, 3, 30),
    }
    return lending.lend(case.pk, **(given | changes), actor=actor or desk.archivist, at=moment(on))


@pytest.fixture
def archived(desk, case):
    put_away(desk, case)
    return case


def test_a_file_lent_is_out_until_it_comes_back(desk, archived):
    row = lend(desk, archived)

    assert [each.pk for each in reading.out(desk.archivist)] == [row.pk]
    assert refused(lend, desk, archived, "2026-03-21") == ("out",)
    assert reading.count_overdue(desk.archivist, today=date(2026, 3, 30)) == 0
    assert reading.count_overdue(desk.archivist, today=date(2026, 3, 31)) == 1

    lending.give_back(
        row.pk, on=date(2026, 4, 2), note="完好", actor=desk.archivist, at=moment("2026-04-02")
    )

    row.refresh_from_db()
    assert (row.returned_on, row.returned_to_id, row.return_note) == (
        date(2026, 4, 2),
        desk.archivist.staff_id,
        "完好",
    )
    assert list(reading.out(desk.archivist)) == []
    texts = [event.data.get("text") for event in archived.events.order_by("seq")][-2:]
    assert texts == [
        "借阅（借出）：李某（市司法局），应于2026-03-30归还",
        "案卷归还：李某，超期3天",
    ]
    assert status(archived) == "archived"


def test_what_is_read_in_the_archive_is_back_at_once(desk, archived):
    row = lend(desk, archived, kind=LendingKind.READING, due_on=None)

    assert (row.returned_on, list(reading.out(desk.archivist))) == (date(2026, 3, 20), [])


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"person": " "}, "person"),
        ({"unit": ""}, "unit"),
        ({"purpose": ""}, "purpose"),
        ({"due_on": None}, "due_on"),
        ({"due_on": date(2026, 3, 19)}, "due_on"),
        ({"out_on": date(2026, 3, 21)}, "out_on"),
        ({"out_on": date(2026, 3, 11)}, "out_on"),
        ({"purpose": "事" * 201}, "purpose"),
    ],
)
def test_a_lending_that_says_too_little_or_cannot_be_is_refused(desk, archived, changes, code):
    assert refused(lend, desk, archived, **changes) == (code,)
    assert not Lending.objects.exists()


def test_a_case_not_put_away_is_not_lent(desk, case):
    assert refused(lend, desk, case) == ("not_archived",)


@pytest.mark.parametrize("who", ["handler", "supervisor", "head", "administrator"])
def test_only_archivist_and_clerk_lend(desk, archived, who):
    assert refused(lend, desk, archived, actor=getattr(desk, who)) == ("role",)
    row = lend(desk, archived)
    call = {"on": date(2026, 3, 21), "note": "", "at": moment("2026-03-21")}
    assert refused(lending.give_back, row.pk, actor=getattr(desk, who), **call) == ("role",)


def test_a_return_that_cannot_be_is_refused(desk, archived):
    row = lend(desk, archived)

    def back(on, pk=row.pk):
        return lending.give_back(
            pk, on=date.fromisoformat(on), note="", actor=desk.archivist, at=moment("2026-03-21")
        )

    assert refused(back, "2026-03-22") == ("on",)
    assert refused(back, "2026-03-19") == ("on",)
    assert refused(back, "2026-03-21", pk=0) == ("no_such_lending",)
    back("2026-03-21")
    assert refused(back, "2026-03-21") == ("returned",)


def test_the_database_too_lends_a_file_once(desk, archived):
    row = lend(desk, archived)
    row.pk = None

    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


# --- Papers that come later ---


def add(desk, case, *files, actor=None, note=""):
    return additions.add(
        case.pk, files=files, note=note, actor=actor or desk.clerk, at=moment("2026-03-11")
    )


def test_papers_that_come_later_are_attached_and_told(desk, case):
    kept = add(
        desk,
        case,
        paper(PaperKind.PROOF, "回执单1.jpg"),
        paper(PaperKind.PROOF, "回执单2.jpg"),
        note="邮局补送",
    )

    assert [(row.kind, row.name, row.added_by_id) for row in kept] == [
        ("proof", "回执单1.jpg", desk.clerk.staff_id),
        ("proof", "回执单2.jpg", desk.clerk.staff_id),
    ]
    event = case.events.order_by("seq").last()
    assert (event.entry, event.data) == (
        "noted",
        {"text": "补充材料：送达凭证2份", "reason": "邮局补送"},
    )


def test_one_bad_paper_and_none_is_kept(desk, case):
    before, count = factories.private_files(), case.attachments.count()

    codes = refused(
        add, desk, case, paper(PaperKind.PROOF), paper(PaperKind.PROOF, "坏.jpg", b"nothing")
    )

    assert codes == ("files",)
    assert (factories.private_files(), case.attachments.count()) == (before, count)


def test_no_paper_a_strange_kind_and_an_archived_case_are_refused(desk, archived):
    other = desk.file("2026-03-02")

    assert refused(add, desk, other) == ("files",)
    assert refused(add, desk, other, paper(PaperKind.RELEASED)) == ("kind",)
    assert refused(add, desk, other, paper(PaperKind.PROOF), actor=desk.supervisor) == ("role",)
    assert refused(
        additions.add,
        archived.pk,
        files=(paper(PaperKind.PROOF),),
        actor=desk.clerk,
        at=moment("2026-03-13"),
    ) == ("closed",)
