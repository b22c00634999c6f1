import pytest
from django.core.exceptions import ImproperlyConfigured

from jcdisclosure.databases import postgresql, sqlite


def test_database_address_is_taken_apart():
    given = postgresql("postgresql://jc:p%40ss@db:5433/jc%20office")

    assert given == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "jc office",
        "USER": "jc",
        "PASSWORD": "p@ss",
        "HOST": "db",
        "PORT": "5433",
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


def test_database_password_may_come_from_elsewhere():
    assert postgresql("postgresql://jc@db/jc", password="kept")["PASSWORD"] == "kept"
    assert postgresql("postgresql://jc:own@db/jc", password="kept")["PASSWORD"] == "own"


@pytest.mark.parametrize(
    ("url", "complaint"),
    [("mysql://db/jc", r"must begin with postgresql://"), ("postgresql://db", "names no database")],
)
def test_database_address_is_refused(url, complaint):
    with pytest.raises(ImproperlyConfigured, match=complaint):
        postgresql(url)


@pytest.mark.parametrize(("durable", "synchronous"), [(True, "FULL"), (False, "OFF")])
def test_sqlite_waits_for_the_disk_where_it_must_last(tmp_path, durable, synchronous):
    options = sqlite(tmp_path / "db.sqlite3", durable=durable)["OPTIONS"]

    assert options == {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": f"PRAGMA journal_mode=WAL; PRAGMA synchronous={synchronous};",
    }
