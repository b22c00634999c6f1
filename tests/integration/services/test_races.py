"""Two people at once, on a real database: one wins, the other is told, and nothing is half done."""

import threading
import uuid
from datetime import date

import pytest
from django.db import connection

from requests_app.adapters import pdf, storage
from requests_app.domain.access import APPLICANT
from requests_app.domain.application import Arrival, Channel
from requests_app.domain.errors import Refused
from requests_app.models import Attachment, Case, Delivery, Event, Letter, NumberSeries
from requests_app.services import (
    closings,
    corrections,
    deliveries,
    drafts,
    entries,
    extensions,
    filing,
    intake,
    letters,
    projections,
)
from requests_app.services.case_file import Conflict
from tests import factories
from tests.factories import CORRECTION, private_files
from tests.offices import moment

pytestmark = pytest.mark.django_db(transaction=True)

AT = moment("2026-03-10")


@pytest.fixture
def desk(transactional_db, settings, quick_pdf):
    settings.NUDGE = False  # the worker of these tests is the test itself
    return factories.set_up()


def together(*acts):
    """Run each act in a thread of its own, all at the same moment; give what each came to."""
    start = threading.Barrier(len(acts))
    results = [None] * len(acts)

    def run(place, act):
        start.wait()
        try:
            results[place] = act()
        except Refused as refusal:
            results[place] = refusal
        except Exception as error:  # noqa: BLE001 - the test looks at it
            results[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place, act)) for place, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not any(thread.is_alive() for thread in threads)
    unexpected = [
        each for each in results if isinstance(each, Exception) and not isinstance(each, Refused)
    ]
    assert unexpected == []
    return results


def refusals(results):
    return sorted(each.codes for each in results if isinstance(each, Refused))


def test_case_numbers_run_without_a_gap_under_four_threads(desk):
    def file_five():
        return [filing.file_online(factories.application(), at=AT).case.number for _ in range(5)]

    found = together(*[file_five] * 4)

    assert sorted(number for each in found for number in each) == [
        f"2026-{n:04d}" for n in range(1, 21)
    ]
    receipts = Letter.objects.values_list("number", flat=True)
    assert sorted(receipts) == sorted(f"金政办公开受〔2026〕{n}号" for n in range(1, 21))
    assert NumberSeries.objects.get(series="case").last == 20


def test_letter_numbers_run_without_a_gap_under_four_threads(desk):
    made = [desk.file("2026-03-02") for _ in range(8)]
    drafts = [
        corrections.request(case.pk, fields=CORRECTION, actor=desk.clerk, at=AT) for case in made
    ]

    def submit(pair):
        return [letters.submit(each.pk, actor=desk.clerk, at=AT).number for each in pair]

    found = together(*[lambda pair=drafts[n::4]: submit(pair) for n in range(4)])

    assert sorted(number for each in found for number in each) == [
        f"金政办公开补〔2026〕{n}号" for n in range(1, 9)
    ]


def test_one_form_sent_four_times_at_once_is_one_case(desk):
    key = uuid.uuid4()
    before = private_files()

    found = together(
        *[
            lambda: filing.file_online(factories.application(idempotency_key=key), at=AT)
            for _ in range(4)
        ]
    )

    assert len({each.case.pk for each in found}) == 1
    assert len({each.query_code for each in found}) == 1
    assert sorted(each.repeated for each in found) == [False, True, True, True]
    assert (Case.objects.count(), Attachment.objects.count()) == (1, 1)
    assert len(private_files() - before) == 1
    assert NumberSeries.objects.get(series="case").last == 1


def test_one_paper_registered_twice_at_once_is_one_case(desk):
    key = uuid.uuid4()
    before = private_files()

    found = together(
        *[
            lambda: intake.register(
                factories.application(idempotency_key=key),
                arrival=Arrival(Channel.COUNTER, date(2026, 3, 10)),
                actor=desk.clerk,
                at=AT,
            )
            for _ in range(2)
        ]
    )

    assert len({each.case.pk for each in found}) == 1
    assert (Case.objects.count(), len(private_files() - before)) == (1, 1)


def test_of_two_people_with_the_same_page_one_is_told(desk):
    case = desk.file("2026-03-02")
    seen = Case.objects.get(pk=case.pk).version

    found = together(
        lambda: extensions.request(
            case.pk, days=20, reason="核对", actor=desk.clerk, at=AT, seen_version=seen
        ),
        lambda: corrections.request(
            case.pk, fields=CORRECTION, actor=desk.clerk_too, at=AT, seen_version=seen
        ),
    )

    assert refusals(found) == [("conflict",)]
    assert [type(each) for each in found if isinstance(each, Refused)] == [Conflict]
    assert case.letters.exclude(kind="receipt").count() == 1


def test_of_two_extensions_one_is_drafted(desk):
    case = desk.file("2026-03-02")

    found = together(
        *[
            lambda who=who: extensions.request(case.pk, days=20, reason="核对", actor=who, at=AT)
            for who in (desk.clerk, desk.clerk_too)
        ]
    )

    assert refusals(found) == [("letter_under_way",)]
    assert case.letters.filter(act="extend").count() == 1


def test_a_letter_approved_and_sent_back_at_once_is_one_of_both(desk):
    case = desk.file("2026-03-02")
    draft = desk.draft_answer(case, "2026-03-10")
    letters.submit(draft.pk, actor=desk.clerk, at=AT)

    found = together(
        lambda: letters.approve(draft.pk, actor=desk.head, at=AT),
        lambda: letters.send_back(draft.pk, reason="短", actor=desk.head, at=AT),
    )

    assert refusals(found) == [("letter_status",)]
    draft.refresh_from_db()
    assert (draft.status, bool(draft.number)) in {("signed", True), ("draft", False)}
    assert projections.mismatches(Case.objects.get(pk=case.pk), today=AT.date()) == ()


def test_a_letter_is_rendered_by_one_of_four_workers(desk, monkeypatch):
    case = desk.file("2026-03-02")
    letter = case.letters.get()
    drawn = []
    monkeypatch.setattr(pdf, "render_letter", lambda *_, **__: drawn.append(1) or b"%PDF-1.7")
    before = private_files()

    found = together(*[lambda: letters.render(letter.pk, at=AT)] * 4)

    assert (sorted(found), len(drawn), len(private_files() - before)) == (
        [False, False, False, True],
        1,
        1,
    )
    assert Delivery.objects.filter(letter=letter).count() == 1


def test_a_late_worker_and_the_one_that_took_over_issue_one_file(desk, monkeypatch):
    case = desk.file("2026-03-02")
    letter = case.letters.get()
    before = private_files()
    taken_over = []

    def slow(*_, **__):
        if not taken_over:
            taken_over.append(True)
            assert letters.render(letter.pk, at=moment("2026-03-10", "10:04")) is True
        return b"%PDF-1.7"

    monkeypatch.setattr(pdf, "render_letter", slow)

    assert letters.render(letter.pk, at=AT) is False
    letter.refresh_from_db()
    assert (letter.status, letter.issued_at) == ("dispatched", moment("2026-03-10", "10:04"))
    assert len(private_files() - before) == 1


def test_two_downloads_at_once_both_read_and_one_proves(desk):
    case = desk.file("2026-03-02")
    letter = desk.answer(case, "2026-03-10")

    found = together(
        *[lambda: deliveries.fetch(letter.pk, case_id=case.pk, at=moment("2026-03-11"))] * 3
    )

    assert len(set(found)) == 1
    assert Event.objects.filter(entry="answer_delivered").count() == 1


def test_an_answer_posted_twice_at_once_goes_out_once(desk):
    case = desk.file("2026-03-02", **factories.BY_POST)
    letter = desk.answer(case, "2026-03-10")

    found = together(*[lambda: desk.post(letter, "2026-03-10")] * 2)

    assert refusals(found) == [("letter_status",)]
    assert Event.objects.filter(entry="replied").count() == 1


def test_a_withdrawal_and_an_approval_at_once_agree(desk):
    case = desk.file("2026-03-02")
    draft = desk.draft_answer(case, "2026-03-10")
    letters.submit(draft.pk, actor=desk.clerk, at=AT)

    together(
        lambda: letters.approve(draft.pk, actor=desk.head, at=AT),
        lambda: closings.withdraw(case.pk, on=date(2026, 3, 10), reason="", actor=APPLICANT, at=AT),
    )

    draft.refresh_from_db()
    assert (factories.status(case), draft.status) == ("withdrawn", "void")


def test_one_entry_voided_twice_at_once_is_voided_once(desk):
    case = desk.file("2026-03-02")
    event = entries.note(case.pk, text="？", actor=desk.clerk, at=AT)

    found = together(
        *[lambda: entries.void(case.pk, seq=event.seq, reason="错", actor=desk.clerk, at=AT)] * 2
    )

    assert refusals(found) == [("not_standing",)]
    assert Event.objects.filter(voids=event.seq).count() == 1


def test_notes_of_many_hands_all_find_their_place(desk):
    case = desk.file("2026-03-02")

    together(
        *[lambda n=n: entries.note(case.pk, text=str(n), actor=desk.clerk, at=AT) for n in range(8)]
    )

    rows = list(case.events.order_by("seq").values_list("seq", flat=True))
    assert rows == list(range(1, 11))
    assert projections.mismatches(Case.objects.get(pk=case.pk), today=AT.date()) == ()


def test_a_draft_sent_twice_at_once_is_one_case_with_its_papers(desk):
    kept = drafts.keep(
        None,
        answers={
            "kind": "person", "name": "陈向前", "identity_kind": "resident_card",
            "identity_number": factories.IDENTITY_NUMBER, "phone": "13900000000",
            "description": "清单", "form_wanted": "electronic", "way_wanted": "online",
        },
        files=[factories.paper()],
        at=AT,
    )  # fmt: skip

    def send():
        return drafts.submit(kept.draft.key, at=AT)

    first, second = together(send, send)

    assert (first.case, first.query_code) == (second.case, second.query_code)
    assert sorted([first.repeated, second.repeated]) == [False, True]
    assert Case.objects.count() == 1
    paper = first.case.attachments.get()
    storage.read_file(paper.path, sha256=paper.sha256)
