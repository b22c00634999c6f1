"""Dispatch with its number, arrival with its proof, and the download that proves itself."""

from datetime import date

import pytest

from requests_app.adapters import storage
from requests_app.domain.application import FormWanted, WayWanted
from requests_app.domain.consultations import ConsultationKind
from requests_app.domain.delivery import DeliveryWay
from requests_app.models import Delivery, Letter
from requests_app.services import archives, closings, consultations, deliveries, entries, letters
from tests import factories
from tests.factories import EMS, REGISTERED_NUMBER, refused, status
from tests.offices import moment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_pdf")]


@pytest.fixture
def posted(desk):
    """An answer that is made and waits to be posted, since 03-10."""
    return desk.answer(desk.file("2026-03-02", **factories.BY_POST), "2026-03-10")


@pytest.fixture
def online(desk):
    """An answer that went out on the status page on 03-10."""
    return desk.answer(desk.file("2026-03-02"), "2026-03-10")


def dispatch(desk, letter, on="2026-03-10", *, at="", **changes):
    given = {
        "way": DeliveryWay.EMS,
        "tracking_number": EMS,
        "on": date.fromisoformat(on),
        "actor": desk.clerk,
        "at": moment(at or on),
    }
    return deliveries.dispatch(letter.pk, **(given | changes))


def confirm(desk, letter, on, *, at="", proof="回执", **changes):
    return deliveries.confirm(
        letter.pk,
        on=date.fromisoformat(on),
        proof=proof,
        actor=desk.clerk,
        at=moment(at or on),
        **changes,
    )


def test_a_posted_letter_keeps_its_number_and_proof(desk, posted):
    dispatch(desk, posted, at="2026-03-11", tracking_number=" 1234 5678 90123 ")
    sent = status(posted.case)
    confirm(desk, posted, "2026-03-13", received_by="陈向前")

    kept = Delivery.objects.values().get(letter=posted)
    assert kept == {
        "id": kept["id"],
        "letter_id": posted.pk,
        "way": "ems",
        "dispatched_on": date(2026, 3, 10),
        "dispatched_at": moment("2026-03-11"),
        "tracking_number": "1234567890123",
        "delivered_on": date(2026, 3, 13),
        "delivered_proof": "回执",
        "received_by": "陈向前",
    }
    assert (sent, status(posted.case)) == ("answered", "delivered")
    assert [event.data for event in posted.events.order_by("seq")][-2:] == [
        {
            "kind": "disclosed",
            "number": posted.number,
            "way": "ems",
            "tracking_number": "1234567890123",
            "sha256": posted.sha256,
            "outcome": "disclosed",
        },
        {"kind": "disclosed", "number": posted.number, "proof": "回执", "received_by": "陈向前"},
    ]


@pytest.mark.parametrize(
    ("way", "number"), [(DeliveryWay.REGISTERED, REGISTERED_NUMBER), (DeliveryWay.EMS, EMS)]
)
def test_a_number_of_the_right_form_is_taken(desk, posted, way, number):
    assert dispatch(desk, posted, way=way, tracking_number=number.lower()).tracking_number == number


@pytest.mark.parametrize(
    "number",
    ["", " ", "123456789012", "12345678901234", "XA12345678CN", "SF1234567890123",
     "１２３４５６７８９０１２３", "1234567890123\n1"],
)  # fmt: skip
def test_a_number_no_post_gives_is_refused(desk, posted, number):
    assert refused(dispatch, desk, posted, tracking_number=number) == ("tracking_number",)
    posted.refresh_from_db()
    assert (posted.status, status(posted.case)) == ("issued", "awaiting_dispatch")


def test_a_letter_handed_over_needs_no_number(desk, posted):
    dispatch(desk, posted, way=DeliveryWay.COUNTER)

    assert Delivery.objects.get(letter=posted).tracking_number == ""


@pytest.mark.parametrize(
    ("on", "at", "code"),
    [
        ("2026-03-11", "2026-03-10", "day_in_future"),
        ("2026-03-09", "2026-03-10", "dispatched_before_made"),
        ("2026-03-01", "2026-03-10", "day_before_receipt"),
    ],
)
def test_a_dispatch_on_a_day_that_cannot_be_is_refused(desk, posted, on, at, code):
    assert refused(dispatch, desk, posted, on, at=at) == (code,)


def test_a_late_answer_cannot_be_dated_before_it_was_made(desk):
    case = desk.file("2026-03-02", **factories.BY_POST)
    letter = desk.answer(case, "2026-04-01")

    assert refused(dispatch, desk, letter, "2026-03-30", at="2026-04-01") == (
        "dispatched_before_made",
    )


def test_only_a_made_letter_goes_out_and_once(desk, posted):
    case = desk.file("2026-03-02", **factories.BY_POST)
    draft = desk.draft_answer(case, "2026-03-10")
    not_made = refused(dispatch, desk, draft)
    dispatch(desk, posted)

    assert not_made == ("letter_status",)
    assert refused(dispatch, desk, posted) == ("letter_status",)
    assert refused(dispatch, desk, Letter(pk=999_999)) == ("no_such_letter",)


def test_a_third_party_is_not_served_on_a_page_it_cannot_open(desk):
    case = desk.file("2026-03-02")
    consultation = consultations.start(
        case.pk,
        kind=ConsultationKind.THIRD_PARTY,
        name="宝晶里物业公司",
        address="",
        subject="单价",
        actor=desk.clerk,
        at=moment("2026-03-05"),
    )
    letter = desk.issue(consultation.letters.get(), "2026-03-05")

    assert refused(dispatch, desk, letter, "2026-03-05", way=DeliveryWay.ONLINE) == ("way",)
    assert factories.stored(case)["clock_state"] == "running"


def test_nobody_is_sent_an_e_mail_without_an_address(desk):
    case = desk.file("2026-03-02", applicant=factories.person(email=""), **factories.BY_POST)
    letter = desk.answer(case, "2026-03-10")

    assert refused(dispatch, desk, letter, way=DeliveryWay.EMAIL) == ("way",)


def test_an_e_mail_goes_out_with_the_letter(desk):
    case = desk.file("2026-03-02", form_wanted=FormWanted.ELECTRONIC, way_wanted=WayWanted.EMAIL)
    letter = desk.answer(case, "2026-03-10")
    notice = case.messages.get(letter=letter)

    assert Delivery.objects.get(letter=letter).way == "email"
    assert (notice.channel, notice.to) == ("email", "chen@example.com")


def test_the_first_download_is_the_proof_and_the_second_only_reads(desk, online):
    first = deliveries.fetch(online.pk, case_id=online.case_id, at=moment("2026-03-12"))
    second = deliveries.fetch(online.pk, case_id=online.case_id, at=moment("2026-03-20"))

    delivery = Delivery.objects.get(letter=online)
    assert first == second == storage.read_file(online.path, sha256=online.sha256)
    assert (delivery.delivered_on, delivery.delivered_proof, delivery.received_by) == (
        date(2026, 3, 12),
        "申请人凭查询码下载",
        "申请人",
    )
    assert [row[1:] for row in factories.ledger_of(online.case)].count(
        ("2026-03-12", "answer_delivered", "applicant")
    ) == 1
    assert status(online.case) == "delivered"


def test_a_letter_of_another_case_is_not_found(desk, online):
    other = desk.file("2026-03-02")

    assert refused(deliveries.fetch, online.pk, case_id=other.pk, at=moment("2026-03-12")) == (
        "no_such_letter",
    )
    assert Delivery.objects.get(letter=online).delivered_on is None


def test_a_letter_to_a_third_party_is_not_the_applicants(desk):
    case = desk.file("2026-03-02")
    letter = desk.consult(case, "2026-03-05").letters.get(kind="consult_third_party")

    assert refused(desk.fetch, letter, "2026-03-06") == ("no_such_letter",)


def test_an_answer_not_yet_posted_is_not_read_beforehand(desk, posted):
    assert refused(desk.fetch, posted, "2026-03-10") == ("no_such_letter",)


def test_a_voided_letter_is_not_read_at_all(desk, posted):
    letters.discard(posted.pk, reason="理由有误", actor=desk.clerk, at=moment("2026-03-10"))

    posted.refresh_from_db()
    assert posted.path
    assert refused(desk.fetch, posted, "2026-03-11") == ("no_such_letter",)


def test_a_letter_of_an_archived_case_is_still_read(desk):
    case = desk.file("2026-03-02")
    closings.withdraw(
        case.pk, on=date(2026, 3, 4), reason="", actor=desk.clerk, at=moment("2026-03-04")
    )
    letters.render_due(at=moment("2026-03-04"))
    archives.put_away(case.pk, actor=desk.archivist, at=moment("2026-03-05"))
    before = factories.ledger_of(case)

    content = desk.fetch(case.letters.get(kind="withdrawal"), "2026-03-06")

    assert content.startswith(b"%PDF")
    assert factories.ledger_of(case) == before


def test_a_file_that_was_changed_is_not_handed_out(desk, online):
    Letter.objects.filter(pk=online.pk).update(sha256="0" * 64)

    with pytest.raises(storage.FileChanged):
        desk.fetch(online, "2026-03-12")
    assert Delivery.objects.get(letter=online).delivered_on is None


@pytest.mark.parametrize(
    ("on", "changes", "code"),
    [
        ("2026-03-09", {"at": "2026-03-12"}, "delivered_before_dispatch"),
        ("2026-03-13", {"at": "2026-03-12"}, "day_in_future"),
        ("2026-03-12", {"proof": " "}, "proof"),
        ("2026-03-12", {"proof": "证" * 201}, "delivered_proof"),
        ("2026-03-12", {"received_by": "陈" * 61}, "received_by"),
    ],
)
def test_an_arrival_that_cannot_be_is_refused(desk, posted, on, changes, code):
    dispatch(desk, posted)

    assert refused(confirm, desk, posted, on, **changes) == (code,)
    posted.refresh_from_db()
    assert posted.status == "dispatched"


def test_an_arrival_is_recorded_once_and_after_dispatch(desk, posted):
    not_out = refused(confirm, desk, posted, "2026-03-12")
    dispatch(desk, posted)
    confirm(desk, posted, "2026-03-12")

    assert not_out == ("letter_status",)
    assert refused(confirm, desk, posted, "2026-03-13") == ("letter_status",)


def test_a_dispatch_voided_is_repeated_with_the_right_number(desk, posted):
    dispatch(desk, posted)
    confirm(desk, posted, "2026-03-12")
    case = posted.case
    sent, arrived = (case.events.get(entry=each) for each in ("replied", "answer_delivered"))

    def void(event):
        entries.void(
            case.pk, seq=event.seq, reason="邮件号错", actor=desk.clerk, at=moment("2026-03-13")
        )

    first_the_later = refused(void, sent)
    void(arrived)
    after_one = (status(case), Letter.objects.get(pk=posted.pk).status)
    void(sent)
    after_both = (status(case), Letter.objects.get(pk=posted.pk).status)
    dispatch(desk, posted, at="2026-03-13", tracking_number=REGISTERED_NUMBER)

    assert first_the_later == ("depended_on",)
    assert after_one == ("answered", "dispatched")
    assert after_both == ("awaiting_dispatch", "issued")
    assert Delivery.objects.get(letter=posted).tracking_number == REGISTERED_NUMBER
    assert status(case) == "answered"
