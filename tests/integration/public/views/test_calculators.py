"""The calculators answer by address: right sums and dates, kind words for what makes no sense."""

import html
import re
from urllib.parse import urlencode

import pytest
import time_machine

from requests_app.domain.clock import EventType
from requests_app.public.forms.calculators import EventForm
from requests_app.public.views.calculators import MOST_EVENTS
from tests.offices import moment

pytestmark = pytest.mark.django_db

DUE = "10月26日"  # of an application received on 2026-09-21


def plain(answer):
    words = html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode()))
    return " ".join(words.split())


def ask(client, *events, **more):
    told = dict(more)
    for place, event in enumerate(events):
        for name, value in zip(("what", "on"), event, strict=False):
            told[f"{name}{place}"] = value
        told |= {
            f"{name}{place}": value for name, value in (event[2] if len(event) > 2 else {}).items()
        }
    return client.get(f"/deadlines/?{urlencode(told)}")


# --- Fees -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "sums"),
    [
        ("pages=2219", ["83460 元"]),
        ("pages=30", ["0 元"]),
        ("pages=101", ["720 元"]),
        ("items=30", ["2000 元"]),
        ("items=1&before=30", ["200 元"]),
        ("items=10&before=0&pages=201", ["0 元", "2740 元"]),
    ],
)
def test_fee_is_that_of_the_tariffs(desk, client, query, sums):
    answer = client.get(f"/fees/?{query}")

    assert re.findall(r'<p class="big">(\d+ 元)</p>', answer.content.decode()) == sums


def test_fee_tells_the_next_price_and_the_ways_out(desk, client):
    told = plain(client.get("/fees/?pages=150"))

    for words in (
        "再多 50 页以内，多出的每页 20 元；再往后，每页 40 元。",
        "少到 30 页，不收费。",
        "少到 100 页，是 700 元。",
        "到现场查阅、抄录",
    ):
        assert words in told
    assert "少到 200 页" not in told


def test_fee_of_nothing_offers_no_way_out(desk, client):
    assert "少花钱的办法" not in plain(client.get("/fees/?pages=5"))


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("items=", "请填写这一次申请的件数。"),
        ("pages=", "请填写页数。"),
        ("items=-1", "这一次申请的件数不能小于 0。"),
        ("items=3&before=-2", "这个月之前已经申请的件数不能小于 0。"),
        ("pages=12.5", "页数请写整数，例如 35。"),
        ("pages=<script>", "页数请写整数，例如 35。"),
        ("pages=1e9", "页数请写整数，例如 35。"),
        ("pages=99999999999999999999999", "页数太大了，请核对。"),
        ("pages=%00", "页数请写整数，例如 35。"),
    ],
)
def test_fee_of_a_slip_says_what_to_type(desk, client, query, sentence):
    answer = client.get(f"/fees/?{query}")

    assert answer.status_code == 422
    assert plain(answer).count(sentence) == 2  # in the summary, and at the field


def test_fee_keeps_the_other_form_when_one_is_sent(desk, client):
    page = client.get("/fees/?before=8&items=35&pages=40").content.decode()

    assert '<input type="hidden" name="pages" value="40">' in page
    assert '<input type="hidden" name="items" value="35">' in page


# --- Deadlines --------------------------------------------------------------------------------------


def test_deadline_of_a_plain_application(desk, client):
    answer = ask(client, ("received", "2026-09-21"))

    told = plain(answer)
    assert (answer.status_code, DUE in told) == (200, True)
    for words in (
        "最晚答复日",
        "中秋节放假",
        "10月10日",
        "还剩 20 个工作日",
        "2026年11月23日，周一",
    ):
        assert words in told


@pytest.mark.parametrize(
    ("events", "words"),
    [
        # counted by hand on the calendar of 2026
        (
            [
                ("received", "2026-03-02"),
                ("extended", "2026-03-25", {"days": "15"}),
                ("extension_notified", "2026-03-25"),
            ],
            "4月21日",
        ),
        (
            [
                ("received", "2026-03-02"),
                ("correction_requested", "2026-03-04"),
                ("correction_delivered", "2026-03-05"),
            ],
            "最晚这一天补正 3月19日",
        ),
        (
            [
                ("received", "2026-03-02"),
                ("fee_notice", "2026-03-10"),
                ("fee_notice_delivered", "2026-03-11"),
                ("paid", "2026-03-16"),
            ],
            "4月14日",
        ),
        ([("info_formed", "2026-03-02")], "最晚公开日 3月30日"),
        ([("received", "2026-03-02"), ("replied", "2026-03-10")], "已答复"),
    ],
)
def test_deadline_follows_the_events(desk, client, events, words):
    assert words in plain(ask(client, *events))


def test_deadline_beyond_the_published_year_is_said_to_be_provisional(desk, client):
    told = plain(ask(client, ("received", "2026-12-21")))

    assert "这个日期是 暂定 的" in told


def test_deadline_remarks_on_what_had_no_effect(desk, client):
    told = plain(ask(client, ("received", "2026-03-02"), ("extended", "2026-05-06", {"days": "5"})))

    assert "这些事没有照想的那样改变日期" in told


@pytest.mark.parametrize(
    ("events", "sentence"),
    [
        ([("received", "")], "请填写这件事是哪一天。"),
        ([("", "2026-03-02")], "请选择这一天发生了什么事。"),
        ([("received", "2026-02-30")], "日期写成 2026-03-02 的样式，并且要有这一天。"),
        ([("born", "2026-03-02")], "没有这一种事，请从列表里选。"),
        ([("received", "2026-03-02"), ("extended", "2026-03-09")], "请填写延长多少个工作日"),
        ([("received", "2026-03-02"), ("delayed", "2026-03-09")], "请填写延迟到哪一天"),
        (
            [("received", "2026-03-02"), ("extended", "2026-03-09", {"days": "0"})],
            "工作日数不能小于 1。",
        ),
        (
            [("received", "2026-03-02"), ("consult_sent", "2026-03-09", {"to": "me"})],
            "请从列表里选。",
        ),
    ],
)
def test_deadline_of_a_slip_says_what_to_type(desk, client, events, sentence):
    answer = ask(client, *events)

    assert answer.status_code == 422
    assert plain(answer).count(sentence) == 2


@pytest.mark.parametrize(
    ("events", "sentence"),
    [
        ([("corrected", "2026-03-02")], "没有收到申请（received）的日期，不能计算期限。"),
        (
            [("received", "2026-03-02"), ("replied", "2026-03-01")],
            "“发出答复”（2026-03-01）排在收到申请之前，请核对日期和顺序。",
        ),
        (
            [("received", "2026-03-02"), ("received", "2026-03-03")],
            "收到申请（received）只能有一次，这里有2次。",
        ),
        ([("received", "2026-03-02"), ("published", "2026-03-05")], "主动公开的事项不能有"),
        ([("received", "1200-03-02")], "1200"),
    ],
)
def test_deadline_of_a_sequence_that_cannot_be_says_why(desk, client, events, sentence):
    answer = ask(client, *events)

    assert answer.status_code == 422
    assert sentence in plain(answer)
    assert "填好的内容都还在" in plain(answer)
    assert f'value="{events[0][1]}"' in answer.content.decode()


def test_deadline_looks_from_the_day_asked_for(desk, client):
    late = ask(client, ("received", "2026-03-02"), as_of="2026-04-10")
    early = ask(client, ("received", "2026-03-02"), as_of="2026-02-10")

    assert "应当答复的日子" in plain(late)
    assert early.status_code == 422
    assert "早于第一个事项的日期" in plain(early)


def test_a_row_is_added_and_removed_without_losing_the_others(desk, client):
    first = ask(client, ("received", "2026-03-02"), ("corrected", "bad day"), add="1")
    second = ask(client, ("received", "2026-03-02"), ("corrected", "bad day"), remove="0")

    assert (first.status_code, second.status_code) == (200, 200)
    assert first.content.decode().count('<fieldset class="event-row">') == 3
    assert 'value="bad day"' in first.content.decode()
    page = second.content.decode()
    assert page.count('<fieldset class="event-row">') == 1
    assert 'name="on0" value="bad day"' in page


@pytest.mark.parametrize("remove", ["9", "x", "-1", "99999999999999999999"])
def test_a_row_that_is_not_there_cannot_be_removed(desk, client, remove):
    answer = ask(client, ("received", "2026-03-02"), remove=remove)

    assert answer.status_code == 200
    assert 'value="2026-03-02"' in answer.content.decode()


def test_an_address_with_a_thousand_rows_draws_no_more_than_the_most(desk, client):
    events = [("received", "2026-03-02"), *[("corrected", "2026-03-03")] * 98]

    page = ask(client, *events).content.decode()

    assert page.count('<fieldset class="event-row">') == MOST_EVENTS
    assert f"最多 {MOST_EVENTS} 件事" in page


def test_the_address_of_a_result_is_short_and_gives_the_same_result(desk, client):
    page = ask(
        client, ("received", "2026-09-21", {"days": "", "until": ""}), ("", ""), as_of=""
    ).content.decode()

    link = html.unescape(re.search(r'href="\?([^"]+)">这个结果的网址', page)[1])
    assert link == "what0=received&on0=2026-09-21"
    assert DUE in plain(client.get(f"/deadlines/?{link}"))


def test_examples_all_compute(desk, client):
    with time_machine.travel(moment("2026-06-15"), tick=False):
        page = client.get("/deadlines/").content.decode()
        links = re.findall(r'<li><a href="\?(what0[^"]+)">', page)
        answers = [client.get(f"/deadlines/?{html.unescape(link)}") for link in links]

    assert [answer.status_code for answer in answers] == [200] * 5
    assert all("没有照想的那样" not in plain(answer) for answer in answers)


def test_every_event_of_the_clock_can_be_chosen():
    offered = {
        value for _, group in EventForm.base_fields["what"].choices[1:] for value, _ in group
    }

    assert offered == {event.value for event in EventType}
