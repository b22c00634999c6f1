"""What is stored beside a ledger is what the ledger gives: after every act, and every night."""

import random
import re
import uuid
from datetime import date, timedelta

import pytest

from requests_app.domain import access, clock, workflow
from requests_app.domain.access import Act
from requests_app.domain.consultations import ConsultationKind, Position
from requests_app.domain.errors import Refused
from requests_app.domain.fees import FeeMode
from requests_app.domain.ledger import CLOSED, Status
from requests_app.domain.outcomes import OutcomeCode
from requests_app.models import Case, Event, Letter
from requests_app.selectors import calendars, facts
from requests_app.services import (
    archives,
    assignments,
    closings,
    consultations,
    corrections,
    deliveries,
    entries,
    extensions,
    fees,
    lapses,
    letters,
    projections,
    reasons,
    receipts,
)
from requests_app.services.deliveries import DeliveryWay
from requests_app.services.tally import Tally
from tests import factories
from tests.factories import CORRECTION, DISCLOSED, status
from tests.offices import moment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_pdf")]


def faults(case, on):
    return [
        each.field
        for each in projections.mismatches(
            Case.objects.get(pk=case.pk), today=date.fromisoformat(on)
        )
    ]


# --- Nightly ----------------------------------------------------------------------------------------


def test_a_night_in_which_only_days_went_by_is_no_fault(desk, caplog):
    case = desk.file("2026-03-02")

    tally = projections.verify(at=moment("2026-03-31", "02:00"))

    assert (tally, caplog.messages) == (Tally(1, 1, 0), [])
    assert factories.stored(case)["clock_state"] == "overdue"
    assert projections.verify(at=moment("2026-03-31", "03:00")) == Tally(1, 0, 0)


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("status", "handling"),
        ("received_on", date(2026, 3, 1)),
        ("ledger_hash", "0" * 64),
        ("outcome", "disclosed"),
        ("due_on", date(2026, 4, 30)),
    ],
)
def test_a_value_somebody_changed_is_put_right_and_told(desk, caplog, field, wrong):
    case = desk.file("2026-03-02")
    right = factories.stored(case)
    Case.objects.filter(pk=case.pk).update(**{field: wrong})

    tally = projections.verify(at=moment("2026-03-02", "23:00"))

    assert tally == Tally(1, 1, 1)
    assert factories.stored(case) == right
    assert [record.levelname for record in caplog.records] == ["ERROR"]
    assert f"case {case.pk} {field} stored {wrong}" in caplog.messages[0]


def test_a_ledger_that_cannot_be_read_holds_up_no_other(desk, caplog):
    bad, good = desk.file("2026-03-02"), desk.file("2026-03-02")
    Event.objects.create(
        case=bad, seq=99, entry="received", on=date(2026, 3, 3), recorded_at=moment("2026-03-03"),
        role="clerk",
    )  # fmt: skip

    tally = projections.verify(at=moment("2026-03-31"))

    assert tally == Tally(2, 1, 1)
    assert factories.stored(good)["clock_state"] == "overdue"
    assert [record.levelname for record in caplog.records] == ["ERROR"]


def test_a_closed_case_is_left_alone(desk):
    case = desk.file("2026-03-02")
    desk.answer(case, "2026-03-10")

    assert projections.verify(at=moment("2026-03-31")) == Tally(0, 0, 0)
    assert status(case) == "answered"


# --- After every act --------------------------------------------------------------------------------


class Walk:
    """One case led by chance through the acts that are possible, one a step, some days apart."""

    def __init__(self, desk, seed):
        self.desk = desk
        self.chance = random.Random(seed)
        self.today = date(2026, 3, 2)
        by_post = self.chance.random() < 0.4
        self.case = desk.file(
            self.today.isoformat(),
            idempotency_key=uuid.UUID(int=seed + 1),
            **(factories.BY_POST if by_post else {}),
        )
        self.done = []

    @property
    def at(self):
        return moment(self.today.isoformat())

    def step(self):
        """Do one thing that the domain says is possible, and check the case afterwards."""
        self.today += timedelta(days=self.chance.choice([0, 0, 1, 1, 2, 3, 5, 9]))
        case = Case.objects.get(pk=self.case.pk)
        loaded = facts.load(case, today=self.today)
        choices = [*self.acts(loaded), *self.letter_acts(case, loaded)]
        name, act = self.chance.choice(choices)
        try:
            act()
        except Refused as refusal:
            self.done.append((self.today, name, *refusal.codes))
        else:
            self.done.append((self.today, name))
        assert set(self.done[-1][2:]) <= TRUE_REFUSALS, self.done
        self.check()

    def check(self):
        case = Case.objects.get(pk=self.case.pk)
        stored = projections.mismatches(case, today=case.projected_on)
        assert stored == (), self.done
        loaded = facts.load(case, today=self.today)
        closed = loaded.status in CLOSED
        line = loaded.timeline
        # What the desk says and what the clock says of the end agree.
        by_clock = line.state in {clock.State.REPLIED, clock.State.WITHDRAWN}
        assert by_clock <= closed, (self.done, line.state)
        if loaded.status in {Status.ANSWERED, Status.DELIVERED}:
            assert line.state is clock.State.REPLIED, self.done
        if loaded.status is Status.AWAITING_DISPATCH:
            assert case.letters.filter(act="answer", status__in=["signed", "issued"]).exists(), (
                self.done
            )
        if loaded.status is Status.AWAITING_APPROVAL:
            assert case.letters.filter(act="answer", status="pending").exists(), self.done
        assert bool(case.outcome) is closed, self.done

    def check_numbers(self):
        """Every number ever drawn is on a letter, voided ones included."""
        numbers = [
            tuple(re.fullmatch(r"金政办公开(.)〔(\d+)〕(\d+)号", number).groups())
            for number in Letter.objects.exclude(number="").values_list("number", flat=True)
        ]
        for series in {number[:2] for number in numbers}:
            drawn = sorted(int(n) for *of, n in numbers if tuple(of) == series)
            assert drawn == list(range(1, len(drawn) + 1)), self.done

    def acts(self, loaded):
        return [
            (act.value, getattr(self, act.value))
            for act in workflow.DESK_ACTS
            if hasattr(self, act.value)
            and workflow.check(act, facts=loaded, actor=self.who(act)).allowed
        ] + [("propose_lapse", self.propose_lapse)]

    def who(self, act):
        if act is Act.SIGN_FOR:
            return self.desk.handler
        return self.desk.archivist if act is Act.ARCHIVE else self.desk.clerk

    def letter_acts(self, case, loaded):
        found = []
        for letter in case.letters.all():
            fact = facts.letter_fact(letter)
            for act, actor, do in (
                (Act.SUBMIT, self.desk.clerk, letters.submit),
                (Act.APPROVE, self.desk.head, letters.approve),
            ):
                if workflow.check_letter(act, letter=fact, facts=loaded, actor=actor).allowed:
                    call = lambda do=do, pk=letter.pk, actor=actor: do(pk, actor=actor, at=self.at)  # noqa: E731
                    found += [(f"{act} {letter.act}", call)] * 6
            if letter.status == "signed":
                found += [
                    (f"render {letter.act}", lambda pk=letter.pk: letters.render(pk, at=self.at))
                ] * 6
            if letter.status == "issued":
                found += [(f"dispatch {letter.act}", lambda one=letter: self.dispatch(one))] * 6
            if letter.status == "dispatched":
                found += [(f"confirm {letter.act}", lambda one=letter: self.confirm(one))] * 6
            if letter.status in {"draft", "pending", "signed", "issued"}:
                found.append((f"discard {letter.act}", lambda pk=letter.pk: self.discard(pk)))
        return found

    def dispatch(self, letter):
        on = self.today - timedelta(days=self.chance.choice([0, 0, 1]))
        deliveries.dispatch(
            letter.pk, way=DeliveryWay.EMS, on=on, tracking_number=factories.EMS,
            actor=self.desk.clerk, at=self.at,
        )  # fmt: skip

    def confirm(self, letter):
        deliveries.confirm(
            letter.pk, on=self.today, proof="回执", actor=self.desk.clerk, at=self.at
        )

    def discard(self, letter_id):
        letters.discard(letter_id, reason="重来", actor=self.desk.clerk, at=self.at)

    def propose_lapse(self):
        lapses.propose(self.case.pk, at=self.at)

    def assign(self):
        assignments.assign(
            self.case.pk, department_id=self.desk.housing.pk, clerk_id=None,
            actor=self.desk.clerk, at=self.at,
        )  # fmt: skip

    def sign_for(self):
        assignments.sign_for(self.case.pk, actor=self.desk.handler, at=self.at)

    def send_back(self):
        assignments.send_back(self.case.pk, reason="？", actor=self.desk.clerk, at=self.at)

    def ask_correction(self):
        corrections.request(self.case.pk, fields=CORRECTION, actor=self.desk.clerk, at=self.at)

    def answer_correction(self):
        corrections.answer(
            self.case.pk, text="改造", on=self.earlier(), justified_reason="住院",
            actor=self.chance.choice([self.desk.clerk, access.APPLICANT]), at=self.at,
        )  # fmt: skip

    def consult(self):
        consultations.start(
            self.case.pk, kind=ConsultationKind.THIRD_PARTY, name="公司", address="", subject="单价",
            actor=self.desk.clerk, at=self.at,
        )  # fmt: skip

    def record_opinion(self):
        consultation = self.chance.choice(list(self.case.consultations.all()))
        position = self.chance.choice([Position.AGREES, Position.SILENT])
        consultations.record_reply(
            consultation.pk, position=position, reason="", on=self.earlier(),
            actor=self.desk.clerk, at=self.at,
        )  # fmt: skip

    def extend(self):
        extensions.request(
            self.case.pk, days=self.chance.randint(1, 20), reason="核对",
            actor=self.desk.clerk, at=self.at,
        )  # fmt: skip

    def charge_fee(self):
        fees.charge(
            self.case.pk, mode=FeeMode.PAGE, pages=50, fields={"payment_method": "银行"},
            actor=self.desk.clerk, at=self.at,
        )  # fmt: skip

    def record_payment(self):
        fees.record_payment(
            self.case.pk, on=self.earlier(), bill_number="甘财", actor=self.desk.clerk, at=self.at
        )

    def ask_reasons(self):
        fields = {"counts": "46件", "reasons_days": "10"}
        reasons.ask(self.case.pk, fields=fields, actor=self.desk.clerk, at=self.at)

    def give_reasons(self):
        reasons.give(
            self.case.pk, text="研究", on=self.earlier(), actor=self.desk.clerk, at=self.at
        )

    def delay(self):
        line = facts.timeline(self.case, today=self.today)
        until = calendars.current().add(line.due or self.today, 30)
        reasons.delay(
            self.case.pk, until=until, fields={"reason": "较多"}, actor=self.desk.clerk, at=self.at
        )

    def answer(self):
        self.desk.draft_answer(
            self.case, self.today.isoformat(), outcome=OutcomeCode.DISCLOSED, fields=DISCLOSED
        )

    def confirm_lapse(self):
        lapses.confirm(self.case.pk, judgement="未说明", actor=self.desk.clerk, at=self.at)

    def withdraw(self):
        if self.chance.random() < 0.2:
            closings.withdraw(
                self.case.pk, on=self.today, reason="", actor=self.desk.clerk, at=self.at
            )

    def reopen(self):
        closings.reopen(
            self.case.pk, on=self.earlier(), decision="复决", decided_on=date(2026, 1, 5),
            actor=self.desk.clerk, at=self.at, days=self.chance.choice([None, 10]),
        )  # fmt: skip

    def archive(self):
        if self.chance.random() < 0.2:
            archives.put_away(self.case.pk, actor=self.desk.archivist, at=self.at)

    def void_event(self):
        seq = self.chance.randint(2, self.case.events.count())
        entries.void(self.case.pk, seq=seq, reason="错", actor=self.desk.clerk, at=self.at)

    def note(self):
        if self.chance.random() < 0.2:
            receipts.correct(
                self.case.pk, on=self.earlier(), reason="错", actor=self.desk.clerk, at=self.at
            )

    def earlier(self):
        return self.today - timedelta(days=self.chance.choice([0, 0, 0, 1, 4]))


#: What the services may still refuse after the domain's check: it needs what a form brings.
TRUE_REFUSALS = {
    "answered_already", "closed", "correction_after_due", "correction_late",
    "correction_not_available", "correction_not_awaited", "correction_repeated",
    "day_before_receipt", "day_in_future", "day_out_of_order", "delay_after_due",
    "delivered_before_dispatch", "depended_on", "dispatched_before_made", "extension_after_due",
    "extension_no_running_period", "extension_not_applicable", "extension_repeated",
    "fee_notice_after_due", "fee_notice_not_available", "fee_notice_repeated", "justified_reason",
    "letter_status", "letter_under_way", "letters_waiting", "made_by_letter", "no_consultation",
    "no_fee", "not_lapsed", "not_sent", "not_silent_yet", "not_standing", "on", "only_receipt",
    "open_consultation", "payment_late", "role", "status", "until",
}  # fmt: skip


@pytest.mark.parametrize("seed", range(30))
def test_the_stored_projection_is_right_after_every_act_of_a_random_walk(desk, seed):
    walk = Walk(desk, seed)

    for _ in range(20):
        walk.step()

    walk.check_numbers()
    assert len([each for each in walk.done if len(each) == 2]) > 5
