"""An office to work in, set up once for a module."""

import pytest


@pytest.fixture(scope="module")
def _office_of_the_module(django_db_setup, django_db_blocker):
    """Set the office up once inside a transaction; what a test writes is rolled back to here."""
    from django.db import transaction

    from tests import factories

    with django_db_blocker.unblock(), transaction.atomic():
        yield factories.set_up()
        transaction.set_rollback(True)


@pytest.fixture
def desk(_office_of_the_module, db):
    """The people of a set-up office. Not for tests of several threads, which see no transaction."""
    return _office_of_the_module
