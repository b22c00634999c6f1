"""`seed_demo`: shows the logins once, refuses where no demo may be."""

import pytest
import time_machine
from django.core.management import CommandError, call_command

from requests_app.models import StaffUser
from requests_app.services import office_setup
from tests import offices

pytestmark = pytest.mark.django_db


def test_logins_are_shown_once(settings, tmp_path, monkeypatch, capsys):
    settings.DEMO_LOGINS_FILE = tmp_path / "demo-logins.txt"
    monkeypatch.setattr("requests_app.adapters.pdf.render_letter", lambda *_a, **_k: b"%PDF-1.7 .")
    office_setup.seed_guide()
    offices.set_up_calendar()

    with time_machine.travel(offices.moment("2026-11-20", "15:00"), tick=False):
        call_command("seed_demo")
        first = capsys.readouterr().out
        call_command("seed_demo")

    assert first == f"{settings.DEMO_LOGINS_FILE.read_text(encoding='utf-8')}\n".replace(
        "\n\n", "\n"
    )
    assert capsys.readouterr().out == "已有数据，没有写入演示数据。\n"


def test_demo_is_refused_where_it_is_off(settings):
    settings.DEMO = False

    with pytest.raises(CommandError, match="不允许演示数据"):
        call_command("seed_demo")

    assert not StaffUser.objects.exists()
