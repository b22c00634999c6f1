"""`create_staff`: an account from the command line, its password never among the arguments."""

import io

import pytest
from django.core.management import CommandError, call_command

from requests_app.models import StaffUser
from tests import offices

pytestmark = pytest.mark.django_db


def run(monkeypatch, *arguments, password=offices.PASSWORD):
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{password}\n"))
    call_command("create_staff", *arguments, "--password-stdin")


def test_account_is_made(monkeypatch, capsys):
    run(monkeypatch, "clerk", "王晓岚", "--role", "clerk", "--role", "archivist")

    user = StaffUser.objects.get()
    assert capsys.readouterr().out == "已建立账号clerk（王晓岚）。\n"
    assert sorted(user.held_roles.values_list("role", flat=True)) == ["archivist", "clerk"]
    assert user.check_password(offices.PASSWORD)


def test_weak_password_is_refused_with_the_reason(monkeypatch):
    with pytest.raises(CommandError, match="密码"):
        run(monkeypatch, "clerk", "王晓岚", "--role", "clerk", password="clerk")

    assert not StaffUser.objects.exists()


def test_passwords_typed_differently_are_refused(monkeypatch):
    typed = iter([offices.PASSWORD, "something else entirely"])
    monkeypatch.setattr("getpass.getpass", lambda _prompt: next(typed))

    with pytest.raises(CommandError, match="不一样"):
        call_command("create_staff", "clerk", "王晓岚", "--role", "clerk")
