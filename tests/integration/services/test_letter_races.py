"""Signing, reissuing and wording by several people at once, and with power cuts in between."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection, transaction

from requests_app.domain.errors import Refused
from requests_app.domain.letters import LetterKind
from requests_app.domain.wordings import WORDINGS
from requests_app.models import Letter, LetterWording, NumberSeries
from requests_app.services import letters, reissues, signing, wordings
from tests import factories
from tests.offices import moment

pytestmark = pytest.mark.django_db(transaction=True)

AT = moment("2026-03-10")


class PowerCut(Exception):
    """Stands for whatever ends a process in the middle of an act."""


@pytest.fixture
def desk(transactional_db, settings, quick_pdf):
    settings.NUDGE = False  # the worker of these tests is the test itself
    return factories.set_up()


def at_once(acts):
    """Run acts at the same time; give for each what it came to, or the codes it was refused with."""

    def run(act):
        try:
            return act()
        except Refused as refusal:
            return refusal.codes
        except PowerCut:
            return "cut"
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=4) as pool:
        return list(pool.map(run, acts))


def pending_answers(desk, count):
    made = []
    for _ in range(count):
        draft = desk.draft_answer(desk.file("2026-03-02"), "2026-03-10")
        made.append(letters.submit(draft.pk, actor=desk.clerk, at=AT))
    return made


def test_no_number_is_lost_or_given_twice_when_half_the_signatures_break_off(desk, monkeypatch):
    waiting = pending_answers(desk, 8)
    doomed = {each.pk for each in waiting[::2]}

    def sign(letter_id):
        with transaction.atomic():
            number = letters.approve(letter_id, actor=desk.head, at=AT).number
            if letter_id in doomed:
                raise PowerCut
            return number

    found = at_once([lambda pk=each.pk: sign(pk) for each in waiting])
    again = at_once(
        [lambda pk=pk: letters.approve(pk, actor=desk.head, at=AT).number for pk in doomed]
    )

    assert found.count("cut") == 4
    assert sorted([*again, *(each for each in found if each != "cut")]) == [
        f"金政办公开告〔2026〕{n}号" for n in range(1, 9)
    ]
    assert NumberSeries.objects.get(series="answer").last == 8


def test_of_two_reissues_of_one_letter_one_is_made(desk):
    old = desk.answer(desk.file("2026-03-02"), "2026-03-10")

    found = at_once(
        [
            lambda who=who: reissues.reissue(old.pk, reason="错", actor=who, at=AT).status
            for who in (desk.clerk, desk.clerk_too)
        ]
    )

    assert sorted(map(str, found)) == ["('letter_status',)", "draft"]
    assert Letter.objects.filter(replaces=old).count() == 1


def test_reissued_letters_of_many_cases_number_on_without_a_gap(desk):
    olds = [desk.answer(desk.file("2026-03-02"), "2026-03-10") for _ in range(4)]

    def anew(letter):
        draft = reissues.reissue(letter.pk, reason="错", actor=desk.clerk, at=AT)
        letters.submit(draft.pk, actor=desk.clerk, at=AT)
        return letters.approve(draft.pk, actor=desk.head, at=AT).number

    found = at_once([lambda each=each: anew(each) for each in olds])

    assert sorted(found) == [f"金政办公开告〔2026〕{n}号" for n in range(5, 9)]
    numbers = Letter.objects.filter(kind="disclosed").values_list("number", flat=True)
    assert sorted(numbers) == [f"金政办公开告〔2026〕{n}号" for n in range(1, 9)]


def test_a_letter_reissued_while_it_is_made_is_never_issued(desk, monkeypatch):
    case = desk.file("2026-03-02")
    draft = desk.draft_answer(case, "2026-03-10")
    letters.submit(draft.pk, actor=desk.clerk, at=AT)
    letters.approve(draft.pk, actor=desk.head, at=AT)
    before = factories.private_files()

    found = at_once(
        [
            lambda: letters.render(draft.pk, at=AT),
            lambda: reissues.reissue(draft.pk, reason="错", actor=desk.clerk, at=AT).status,
        ]
    )

    draft.refresh_from_db()
    assert (found[1], draft.status) == ("draft", "void")
    # Made in time or superseded: either way one file at most, and it belongs to the voided letter.
    assert len(factories.private_files() - before) == int(bool(draft.path)) == int(found[0])


def test_a_receipt_reissued_twice_at_once_is_signed_once(desk, monkeypatch):
    case = desk.file("2026-03-02")
    receipt = case.letters.get()

    found = at_once(
        [lambda: reissues.reissue(receipt.pk, reason="错", actor=desk.clerk, at=AT).number] * 2
    )

    assert sorted(map(str, found)) == ["('letter_status',)", "金政办公开受〔2026〕2号"]
    assert signing.QUERY_CODE_MARK in str(case.letters.get(replaces=receipt).text)


def test_of_two_proposals_for_one_kind_one_waits(desk):
    text = WORDINGS[LetterKind.DISCLOSED] + "特此答复。\n"

    found = at_once(
        [
            lambda who=who: (
                wordings.propose(
                    LetterKind.DISCLOSED, text=text, note="加一句", actor=who, at=AT
                ).name
            )
            for who in (desk.reviewer, desk.administrator)
        ]
    )

    assert sorted(map(str, found)) == ["('wording_waiting',)", "disclosed/1"]
    assert LetterWording.objects.count() == 1


def test_a_wording_approved_and_withdrawn_at_once_is_one_of_both_in_turn(desk):
    text = WORDINGS[LetterKind.DISCLOSED] + "特此答复。\n"
    row = wordings.propose(
        LetterKind.DISCLOSED, text=text, note="加一句", actor=desk.reviewer, at=AT
    )

    found = at_once(
        [
            lambda: (
                wordings.approve(row.pk, valid_from=date(2026, 3, 10), actor=desk.head, at=AT).name
            ),
            lambda: wordings.withdraw(row.pk, reason="不要了", actor=desk.reviewer, at=AT).name,
        ]
    )

    row.refresh_from_db()
    # The proposer may take back only what nobody approved yet.
    assert (found, row.approved_at, row.withdrawn_at) in [
        (["disclosed/1", ("role",)], AT, None),
        ([("wording_decided",), "disclosed/1"], None, AT),
    ]
