from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError
from django.utils import timezone

from requests_app.domain.jobs import JOBS, Job
from requests_app.models import JobRun
from requests_app.selectors import health
from tests import offices


def test_healthz_asks_nothing_of_the_database(client):
    answer = client.get("/healthz")

    assert (answer.status_code, answer.content) == (200, b"ok\n")


@pytest.mark.django_db
def test_readyz_names_a_silent_worker_and_stays_ready(client):
    JobRun.objects.create(job=Job.SWEEP, started_at=timezone.now() - timedelta(minutes=5))

    answer = client.get("/readyz")

    assert answer.status_code == 200
    assert answer.json() == {"ready": True, "database": True, "schema": True, "worker": False}


@pytest.mark.django_db
def test_readyz_sees_a_sweep_of_late(client):
    JobRun.objects.create(job=Job.SWEEP, started_at=timezone.now() - timedelta(seconds=5))

    assert client.get("/readyz").json() == {
        "ready": True,
        "database": True,
        "schema": True,
        "worker": True,
    }


@pytest.mark.django_db
def test_readyz_is_not_ready_on_another_schema(client, monkeypatch):
    monkeypatch.setattr(health.MigrationExecutor, "migration_plan", lambda *_: ["one to come"])

    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json() == {"ready": False, "database": True, "schema": False, "worker": False}


def test_readyz_is_not_ready_without_its_database(client, monkeypatch):
    def refuse(_connection):
        raise DatabaseError("no answer")

    monkeypatch.setattr(health, "MigrationExecutor", refuse)

    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json() == {"ready": False, "database": False, "schema": False, "worker": False}


@pytest.mark.parametrize("address", ["/healthz", "/readyz", "/health"])
def test_health_is_read_only(client, address):
    assert client.post(address).status_code == 405


@pytest.fixture
def old_office():
    """An office set up long ago: its jobs have had their chance."""
    offices.was_set_up_at(timezone.now() - timedelta(days=300))


@pytest.mark.django_db
def test_a_fresh_office_is_well_before_its_first_run(client):
    assert client.get("/health").json() == {
        "well": True, "ready": True, "database": True, "schema": True, "worker": False, "missing": [],
    }  # fmt: skip
    call_command("check_jobs", verbosity=0)


@pytest.mark.django_db
def test_an_office_whose_jobs_never_ran_is_not_well_after_26_hours(client, old_office):
    answer = client.get("/health")

    assert answer.status_code == 503
    assert len(answer.json()["missing"]) == sum(spec.periodic for spec in JOBS.values())


def ended_well(job, hours):
    at = timezone.now() - timedelta(hours=hours)
    JobRun.objects.create(job=job, started_at=at, ended_at=at)


@pytest.mark.django_db
def test_health_fails_when_a_periodic_job_is_missing_for_26_hours_and_readyz_does_not(
    client, old_office
):
    for job, spec in JOBS.items():
        if spec.periodic:
            ended_well(job, 25)
    assert client.get("/health").status_code == 200

    JobRun.objects.filter(job=Job.ESCALATE).update(started_at=timezone.now() - timedelta(hours=27))
    answer = client.get("/health")

    assert (answer.status_code, answer.json()["missing"]) == (503, ["escalate"])
    assert client.get("/readyz").status_code == 200
    assert client.get("/healthz").status_code == 200


@pytest.mark.django_db
def test_a_run_that_failed_or_never_ended_is_no_run(client, old_office):
    for job, spec in JOBS.items():
        if spec.periodic:
            ended_well(job, 1)
    JobRun.objects.filter(job=Job.ESCALATE).update(error="ZeroDivisionError (x.py:1)")
    JobRun.objects.filter(job=Job.FLAG_DUE).update(ended_at=None)

    assert client.get("/health").json()["missing"] == ["flag_due", "escalate"]


@pytest.mark.django_db
def test_check_jobs_ends_badly_when_a_job_is_missing(old_office):
    with pytest.raises(CommandError, match="超过26小时没有正常运行：.*催办、督办"):
        call_command("check_jobs")

    for job, spec in JOBS.items():
        if spec.periodic:
            ended_well(job, 1)
    call_command("check_jobs", verbosity=0)
