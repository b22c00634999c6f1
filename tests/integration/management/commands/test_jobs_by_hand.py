"""Every job runs as a command, without Celery, and its exit status tells cron of a failure."""

from datetime import timedelta

import pytest
import time_machine
from django.core.management import CommandError, call_command

from requests_app.models import JobRun, Letter, Message
from tests import offices

pytestmark = pytest.mark.django_db

NOW = offices.moment("2026-03-27", "12:00")


@pytest.fixture(autouse=True)
def _at_noon():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def case(monkeypatch):
    monkeypatch.setattr("requests_app.adapters.pdf.render_letter", lambda *_a, **_k: b"%PDF-1.7 .")
    return offices.register(offices.set_up(), offices.moment("2026-03-02"))


@pytest.mark.parametrize(
    ("command", "line"),
    [
        ("flag_due", "检查1，变更1，失败0"),
        ("propose_lapses", "检查0，变更0，失败0"),
        ("verify_projections", "检查1，变更1，失败0"),
        ("warn_calendar", "检查1，变更0，失败0"),
        ("discard_drafts", "检查0，变更0，失败0"),
    ],
)
def test_daily_job_by_hand_leaves_a_record(case, capsys, command, line):
    call_command(command)

    assert capsys.readouterr().out == f"{line}\n"
    assert [(run.job, run.started_at, run.error) for run in JobRun.objects.all()] == [
        (command, NOW, "")
    ]


def test_daily_job_by_hand_runs_again_when_asked_again(case):
    call_command("flag_due", verbosity=0)
    with time_machine.travel(NOW + timedelta(minutes=1), tick=False):
        call_command("flag_due", verbosity=0)

    assert [run.changed for run in JobRun.objects.order_by("pk")] == [1, 0]


def test_send_messages_sends_what_is_due(case, capsys, mailoutbox):
    call_command("send_messages")

    assert capsys.readouterr().out == "应发1，已发1，未成0\n"
    assert [mail.to for mail in mailoutbox] == [["chen@example.com"]]


def test_send_messages_that_fail_end_the_command_with_an_error(case):
    Message.objects.update(to="no address")

    with pytest.raises(CommandError, match="1 messages not sent"):
        call_command("send_messages", verbosity=0)


def test_render_letters_makes_what_waits(case, capsys):
    call_command("render_letters")

    assert capsys.readouterr().out == "待制1，已制1，未成0\n"
    assert Letter.objects.get().status == "dispatched"


def test_render_letters_that_fail_end_the_command_with_an_error(case, monkeypatch):
    from requests_app.adapters.pdf import PdfUnavailable

    def away(*_arguments, **_options):
        raise PdfUnavailable("libpango", remedy="apt-get install")

    monkeypatch.setattr("requests_app.adapters.pdf.render_letter", away)

    with pytest.raises(CommandError, match="1 letters not made"):
        call_command("render_letters", verbosity=0)


def test_sweep_by_hand_does_everything(case, mailoutbox):
    call_command("sweep", verbosity=0)

    assert (Letter.objects.get().status, len(mailoutbox)) == ("dispatched", 1)
    assert JobRun.objects.filter(error="").count() == 9


def test_seed_guide_by_hand(capsys):
    call_command("seed_guide")
    call_command("seed_guide")

    assert capsys.readouterr().out.splitlines() == [
        "写入11项；已有的内容没有改动。",
        "写入0项；已有的内容没有改动。",
    ]
