"""A supervisor at a browser, and the office looked at: a year gone by and cases that still run."""

from django.conf import settings
from django.test import Client
from django.utils import timezone

from requests_app.domain.consultations import Position
from requests_app.models import Applicant, StaffUser
from requests_app.services import consultations, escalation
from tests import factories
from tests.offices import moment


def set_up():
    """Set up an office with last year's cases, answered, consulted, without a kind, and late ones now."""
    desk = factories.set_up()
    desk.answer(desk.file("2025-03-03"), "2025-03-10")
    consulted = desk.file("2025-03-03")
    asked = desk.consult(consulted, "2025-03-05", served="2025-03-06")
    consultations.record_reply(
        asked.pk, position=Position.AGREES, reason="", on=moment("2025-03-20").date(),
        actor=desk.clerk, at=moment("2025-03-20"),
    )  # fmt: skip
    desk.answer(consulted, "2025-03-26")
    nobody_knows = desk.file("2025-03-04", applicant=factories.organisation())
    Applicant.objects.filter(pk=nobody_knows.applicant_id).update(organisation_type="")
    desk.answer(nobody_knows, "2025-04-28")  # a month and more too late
    desk.file("2025-12-01")
    today = timezone.localdate()
    for days in (0, 10, 20):
        desk.file((today - timezone.timedelta(days=days)).isoformat())
    escalation.plan(at=timezone.now())
    return desk


def sign_in(page, site, actor):
    """Let the browser be somebody's, without typing a password."""
    client = Client()
    client.force_login(
        StaffUser.objects.get(pk=actor.staff_id), "jcdisclosure.backends.StaffBackend"
    )
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": site}])
