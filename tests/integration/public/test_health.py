from datetime import timedelta

import pytest
from django.db import DatabaseError
from django.utils import timezone

from requests_app.domain.jobs import Job
from requests_app.models import JobRun
from requests_app.selectors import health


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


@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_health_is_read_only(client, address):
    assert client.post(address).status_code == 405
