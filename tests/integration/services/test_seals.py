"""Nothing recorded is altered unseen: no entry, no place, no record of access, no seal."""

from contextlib import contextmanager
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from requests_app.domain.jobs import Job
from requests_app.models import AccessRecord, Event, JobRun, Seal, SealedHead, SetupChange
from requests_app.selectors import integrity
from requests_app.services import access_log, entries, job_runs, seals
from tests.offices import moment

NIGHT = moment("2026-03-10", "02:30")
NEXT_NIGHT = moment("2026-03-11", "02:30")
GUARDS = [
    import_module(f"requests_app.migrations.{name}")
    for name in ("0002_append_only_ledger", "0012_sealed_ledgers")
]


@pytest.fixture
def case(desk):
    made = desk.file("2026-03-02")
    entries.note(made.pk, text="电话说明", actor=desk.clerk, at=moment("2026-03-03"))
    return made


@contextmanager
def the_database_in_hand():
    """Lift the triggers, as only who owns the database can."""
    with connection.cursor() as cursor:
        editor = SimpleNamespace(connection=connection, execute=cursor.execute)
        for guard in GUARDS:
            guard.unguard(None, editor)
        yield
        for guard in GUARDS:
            guard.guard(None, editor)


def sentences():
    return [fault.sentence for fault in integrity.faults()]


def look(desk, case, at="2026-03-04"):
    access_log.reveal_identity(case.pk, reason="核对身份", actor=desk.clerk, at=moment(at))


def test_what_was_only_appended_has_no_fault(desk, case):
    look(desk, case)
    written = Event.objects.count()

    tally = seals.check_and_seal(at=NIGHT)

    assert (tally.seen, tally.changed, tally.failed) == (written, 1, 0)
    assert sentences() == []
    assert integrity.faults_of(case) == ()


def test_an_entry_changed_is_named(case):
    with the_database_in_hand():
        Event.objects.filter(case=case, seq=1).update(on="2026-03-01")

        assert sentences() == ["台账第1条与登记时不一致。"]
        assert [(each.case_id, each.seq) for each in integrity.faults_of(case)] == [(case.pk, 1)]


@pytest.mark.parametrize(
    "change",
    [
        {"data": {"text": "别的话"}},
        {"recorded_at": moment("2026-03-01")},
        {"role": "head"},
        {"recorded_by": None},
        {"ref": "x"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_every_value_of_an_entry_is_covered(case, change):
    last = case.events.order_by("seq").last()
    with the_database_in_hand():
        Event.objects.filter(pk=last.pk).update(**change)

        assert sentences() == [f"台账第{last.seq}条与登记时不一致。"]


def test_an_entry_taken_out_leaves_a_gap(case):
    with the_database_in_hand():
        Event.objects.filter(case=case, seq=1).delete()

        assert sentences() == ["台账缺第1条。"]


def test_the_last_entry_taken_away_is_missed_once_sealed(case):
    seals.seal(at=NIGHT)
    last = case.events.order_by("seq").last()
    with the_database_in_hand():
        last.__class__.objects.filter(pk=last.pk).delete()

        assert sentences() == [f"台账第{last.seq}条与封存时不一致。"]


def test_a_ledger_linked_anew_still_differs_from_its_seal(case):
    seals.seal(at=NIGHT)
    last = case.events.order_by("seq").last()
    before = case.events.get(seq=last.seq - 1)
    last.data = {"text": "改写"}
    with the_database_in_hand():
        forged = integrity.link_of(last, previous=before.chain)
        Event.objects.filter(pk=last.pk).update(data=last.data, chain=forged)

        assert sentences() == [f"台账第{last.seq}条与封存时不一致。"]


def test_a_seal_forged_to_match_breaks_itself(case):
    seals.seal(at=NIGHT)
    with the_database_in_hand():
        SealedHead.objects.update(chain="0" * 64)

        assert "第1次封存与当时的记录不一致（查看记录、设置变更或者封存本身）。" in sentences()


def test_a_seal_taken_out_is_missed(case):
    seals.seal(at=NIGHT)
    seals.seal(at=NEXT_NIGHT)
    with the_database_in_hand():
        SealedHead.objects.all().delete()
        Seal.objects.filter(number=1).delete()

        assert sentences() == ["缺第1次封存。"]


def test_a_record_of_access_changed_after_its_seal(desk, case):
    look(desk, case)
    seals.seal(at=NIGHT)
    seals.seal(at=NEXT_NIGHT)
    with the_database_in_hand():
        AccessRecord.objects.update(reason="另一个理由")

        assert len(sentences()) == 1
        assert sentences()[0].startswith("第1次封存")


def test_a_look_of_the_last_hour_waits_for_the_next_seal(desk, case):
    access_log.reveal_identity(case.pk, reason="核对", actor=desk.clerk, at=NIGHT)

    seals.seal(at=NIGHT)
    assert Seal.objects.get().last_access == 0

    seals.seal(at=NEXT_NIGHT)
    assert Seal.objects.last().last_access == AccessRecord.objects.get().pk
    assert sentences() == []


def test_only_ledgers_that_went_on_are_sealed_again(desk, case):
    other = desk.file("2026-03-03")
    assert seals.seal(at=NIGHT) == 2

    entries.note(other.pk, text="又一条", actor=desk.clerk, at=moment("2026-03-10"))

    assert seals.seal(at=NEXT_NIGHT) == 1
    assert SealedHead.objects.filter(seal__number=2).get().case_id == other.pk
    assert sentences() == []


@pytest.mark.parametrize(
    "model", [AccessRecord, Seal, SealedHead], ids=lambda model: model.__name__
)
def test_the_database_refuses_to_change_or_delete(desk, case, model):
    look(desk, case)
    seals.seal(at=NIGHT)

    for statement in ("UPDATE {} SET id = 7", "DELETE FROM {}"):
        with (
            pytest.raises(DatabaseError, match="append-only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement.format(model._meta.db_table))


def test_the_nightly_run_counts_faults_until_they_are_explained(case):
    with the_database_in_hand():
        Event.objects.filter(case=case, seq=1).update(on="2026-03-01")

        assert job_runs.run(Job.SEAL_LEDGERS, at=NIGHT).failed == 1
        assert job_runs.run(Job.SEAL_LEDGERS, at=NEXT_NIGHT).failed == 1
    assert [run.failed for run in JobRun.objects.filter(job="seal_ledgers")] == [1, 1]


def test_check_by_hand_says_nothing_but_the_seal(case, capsys):
    seals.seal(at=NIGHT)

    call_command("check_ledgers")

    assert capsys.readouterr().out.startswith("第1次封存　2026-03-0")


def test_check_by_hand_names_the_fault_and_fails(case, capsys):
    with the_database_in_hand():
        Event.objects.filter(case=case, seq=2).update(ref="x")

        with pytest.raises(CommandError, match="1 records"):
            call_command("check_ledgers")
    assert capsys.readouterr().out == f"案件{case.pk} 第2条：台账第2条与登记时不一致。\n"


def test_nothing_changed_leaves_no_record(desk, django_user_model):
    row = django_user_model.objects.first()

    assert seals.record_change(row, before={"a": "1"}, after={"a": "1"}, by=row, at=NIGHT) is None
    assert not SetupChange.objects.exists()
