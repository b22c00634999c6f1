"""Finding a lost query code: the same pages for everybody, a new code for the right person alone."""

import re

import pytest

from requests_app.adapters import crypto
from requests_app.models import CodeRecovery
from requests_app.public import throttle
from requests_app.services import query_codes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

MAIL = "chen@example.com"


@pytest.fixture
def case(desk):
    return desk.file("2026-03-02")


def ask(client, number, contact=MAIL):
    return client.post("/status/recover/", {"number": number, "contact": contact})


def enter(client, code):
    return client.post("/status/recover/code/", {"code": code})


def sent_code():
    return crypto.one_time_code(CodeRecovery.objects.get().key)


def page_of(answer):
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", answer.content.decode())
    return re.sub(r'nonce="[^"]*"', "", text)


def test_the_whole_way_to_a_new_code_shown_once(client, case):
    old = query_codes.of(case)
    assert ask(client, case.number)["Location"] == "/status/recover/code/"
    assert client.get("/status/recover/code/").status_code == 200

    answer = enter(client, sent_code())

    assert answer["Location"] == "/status/recover/done/"
    shown = client.get("/status/recover/done/")
    case.refresh_from_db()
    new = crypto.format_query_code(query_codes.of(case))
    assert (new in page_of(shown), crypto.format_query_code(old) in page_of(shown)) == (True, False)
    assert shown["Cache-Control"] == "no-store"
    assert client.get(f"/status/{case.pk}/").status_code == 200


def test_the_new_code_is_shown_for_half_an_hour(client, case, clock):
    ask(client, case.number)
    enter(client, sent_code())
    clock.to("2026-03-02", "10:31")

    assert client.get("/status/recover/done/")["Location"] == "/status/"


def test_whoever_had_the_case_open_with_the_old_code_is_shut_out(client, case, citizen):
    from django.test import Client

    citizen.let_in(case)
    assert client.get(f"/status/{case.pk}/").status_code == 200
    other = Client()
    ask(other, case.number)
    enter(other, sent_code())

    assert client.get(f"/status/{case.pk}/").status_code == 404


@pytest.mark.parametrize(
    ("number", "contact"), [("2026-9999", MAIL), ("", "other@example.com"), ("", "13800000000")]
)
def test_nobody_learns_whether_a_case_exists(client, case, number, contact):
    from django.test import Client

    known = Client()
    right = ask(known, case.number)

    wrong = ask(client, number or case.number, contact)

    assert (wrong.status_code, wrong["Location"]) == (right.status_code, right["Location"])
    pages = [page_of(each.get("/status/recover/code/")) for each in (known, client)]
    assert pages[0] == pages[1]
    refused = [enter(each, "123x") for each in (known, client)]
    assert [each.status_code for each in refused] == [422, 422]
    assert page_of(refused[0]) == page_of(refused[1])


@pytest.mark.parametrize(
    "code", ["", "000", "abcdef", "１２３４５６７", "<b>", "'; DROP", "😀" * 6]
)
def test_a_wrong_code_is_a_sentence_and_never_an_error(client, case, code):
    ask(client, case.number)

    answer = enter(client, code)

    assert answer.status_code == 422
    assert answer.context["form"].problems()[0].link == "#id_code"


@pytest.mark.parametrize(
    ("number", "contact", "fields"),
    [
        ("", "", ["#id_number", "#id_contact"]),
        ("什么", MAIL, ["#id_number"]),
        ("2026-0001", "长" * 300, ["#id_contact"]),
    ],
)
def test_what_is_missing_is_said_at_its_field(client, desk, number, contact, fields):
    answer = ask(client, number, contact)

    assert answer.status_code == 422
    assert [line.link for line in answer.context["form"].problems()] == fields


def test_ten_an_hour_from_one_address(client, case):
    for _ in range(throttle.RECOVERIES):
        assert ask(client, "2026-9999").status_code == 302

    answer = ask(client, case.number)

    assert answer.status_code == 429
    assert "请一小时后再试" in answer.content.decode()
    assert not CodeRecovery.objects.exists()


def test_codes_are_not_to_be_guessed_one_after_the_other(client, case):
    ask(client, case.number)
    for _ in range(throttle.ONE_TIME_CODES):
        enter(client, "000")

    assert enter(client, sent_code()).status_code == 429


def test_without_an_attempt_there_is_nothing_to_enter_and_nothing_to_see(client, desk):
    assert client.get("/status/recover/code/")["Location"] == "/status/recover/"
    assert client.get("/status/recover/done/")["Location"] == "/status/"
