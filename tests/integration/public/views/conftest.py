"""A citizen at a browser, at ten in the morning of a working Monday."""

import io
import uuid

import pytest
import time_machine
from PIL import Image

from tests.offices import moment

NOW = "2026-03-02"

WHO = {
    "kind": "person",
    "name": "陈向前",
    "identity_kind": "resident_card",
    "identity_number": "620302199003078512",
    "phone": "13900000000",
}
WHAT = {
    "description": "2025年金川区老旧小区改造项目清单",
    "document_name": "",
    "document_number": "",
    "body_code": "office",
}
HOW = {"form_wanted": "electronic", "way_wanted": "online", "accepts_other_form": "on"}


def photo(name="身份证.jpg"):
    """Return an upload that is a real picture."""
    drawn = io.BytesIO()
    Image.new("L", (8, 8), 200).save(drawn, "JPEG")
    drawn.name = name
    drawn.seek(0)
    return drawn


class Citizen:
    """Somebody who fills in pages by their addresses."""

    def __init__(self, client):
        self.client = client

    def step(self, name, answers, **files):
        return self.client.post(f"/apply/{name}/", {**answers, **files})

    def fill_in(self, who=WHO, what=WHAT, how=HOW):
        """Fill in the three steps, with a picture of the identity card."""
        self.step("who", who, identity_paper=photo())
        self.step("what", what)
        return self.step("how", how)

    def key(self):
        """Return the key of the draft, as the check page's form holds it."""
        return self.client.session["filing_draft"]

    def send(self, key=None):
        """Press 提交申请."""
        return self.client.post("/apply/check/", {"key": key or self.key(), "confirm": "on"})

    def file(self, **steps):
        """File an application and return the case."""
        from requests_app.models import Case

        self.fill_in(**steps)
        self.send()
        return Case.objects.latest("pk")

    def open(self, case, code):
        """Enter number and query code."""
        return self.client.post("/status/", {"number": case.number, "query_code": code})

    def let_in(self, case):
        """Enter the right pair for a case a test has filed by other means."""
        from requests_app.adapters import crypto

        return self.open(case, crypto.query_code_for(uuid.UUID(str(case.idempotency_key))))


@pytest.fixture
def citizen(desk, client):
    return Citizen(client)


@pytest.fixture
def clock():
    """Stand the clock still; a test may move it to another day."""
    with time_machine.travel(moment(NOW), tick=False) as traveller:
        traveller.to = lambda day, at="10:00": traveller.move_to(moment(day, at))
        yield traveller
