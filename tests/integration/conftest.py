"""An office to work in, set up once for a module, and a renderer that takes no time."""

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


@pytest.fixture
def quick_pdf(monkeypatch):
    """Stand in for the renderer where paper is not the point; gives the list of texts it was given."""
    from requests_app.adapters import pdf

    drawn = []

    def draw(text, **_):
        drawn.append(text)
        return b"%PDF-1.7 " + str(len(drawn)).encode()

    monkeypatch.setattr(pdf, "render_letter", draw)
    return drawn
