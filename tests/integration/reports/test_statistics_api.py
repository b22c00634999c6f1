"""The statistics interface: its document is valid, its answers keep it, it gives no single case."""

import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

pytestmark = pytest.mark.usefixtures("quick_pdf")

ADDRESS = "/reports/api/v1/statistics"


def schema_of(document, name):
    return {
        "$ref": f"#/components/schemas/{name}",
        "components": document["components"],
    }


def test_document_is_openapi_and_the_answers_keep_it(desk, client):
    desk.register("2026-03-02")
    document = client.get("/reports/api/v1/openapi.json").json()

    validate(document)
    assert document["openapi"] == "3.1.0"
    for address, name in ((ADDRESS, "Years"), (f"{ADDRESS}/2026", "Year")):
        answer = client.get(address)
        assert answer.status_code == 200
        Draft202012Validator(schema_of(document, name)).validate(answer.json())


def test_a_year_is_added_up_and_small_rates_are_left_out(desk, client):
    case = desk.file("2026-03-02")
    desk.answer(case, "2026-03-10")
    desk.register("2026-02-24")

    found = client.get(f"{ADDRESS}/2026").json()

    assert (found["received"], found["ended"], found["answered"]) == (2, 1, 1)
    assert (found["received_by_month"]["2"], found["received_by_month"]["3"]) == (1, 1)
    assert found["in_time_rate"] is None
    assert "2026-0001" not in client.get(f"{ADDRESS}/2026").content.decode()


def test_a_year_without_figures_is_missing(desk, client):
    answer = client.get(f"{ADDRESS}/1999")

    assert (answer.status_code, answer.json()) == (404, {"error": "没有这一年的数据。"})


def test_unchanged_figures_are_not_sent_again(desk, client):
    desk.register("2026-03-02")
    first = client.get(f"{ADDRESS}/2026")

    by_tag = client.get(f"{ADDRESS}/2026", headers={"if-none-match": first["ETag"]})
    by_time = client.get(f"{ADDRESS}/2026", headers={"if-modified-since": first["Last-Modified"]})
    desk.register("2026-03-03")
    changed = client.get(f"{ADDRESS}/2026", headers={"if-none-match": first["ETag"]})

    assert (by_tag.status_code, by_tag.content) == (304, b"")
    assert by_time.status_code == 304
    assert changed.status_code == 200
    assert changed["ETag"] != first["ETag"]


def test_whoever_asks_too_often_waits(desk, client, monkeypatch):
    from requests_app.reports import throttle

    monkeypatch.setattr(throttle, "ASKS_PER_HOUR", 2)

    codes = [client.get(ADDRESS).status_code for _ in range(3)]

    assert codes == [200, 200, 429]
    assert client.get(ADDRESS)["Retry-After"] == "3600"


def test_nothing_can_be_written(desk, client):
    assert client.post(ADDRESS).status_code == 405
