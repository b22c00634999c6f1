"""`manage.py create_staff`: make an account for a member of staff."""

from __future__ import annotations

import getpass
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from requests_app.domain.access import STAFF_ROLES, Role
from requests_app.management import base
from requests_app.services import staff_accounts


class Command(BaseCommand):
    """Asks for the password; with ``--password-stdin`` it is read from standard input instead."""

    help = "Make an account for a member of staff."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("display_name", help="the person's name as letters and pages show it")
        parser.add_argument(
            "--role",
            action="append",
            required=True,
            dest="roles",
            choices=[role.value for role in STAFF_ROLES],
            help="may be given several times",
        )
        parser.add_argument("--email", default="", help="where reminders go")
        parser.add_argument("--department", default="", help="code of the department")
        parser.add_argument("--password-stdin", action="store_true")

    def handle(
        self,
        *,
        username: str,
        display_name: str,
        roles: list[str],
        email: str,
        department: str,
        password_stdin: bool,
        **options: Any,
    ) -> None:
        password = sys.stdin.readline().rstrip("\n") if password_stdin else _ask_twice()
        with base.refusals_told():
            made = staff_accounts.create(
                username,
                display_name=display_name,
                password=password,
                roles=[Role(role) for role in roles],
                email=email,
                department_code=department,
                on=timezone.localdate(),
            )
        if options["verbosity"]:
            self.stdout.write(f"已建立账号{made.username}（{made.display_name}）。")


def _ask_twice() -> str:
    password = getpass.getpass("密码：")
    if getpass.getpass("再输一次：") != password:
        raise CommandError("两次输入的密码不一样。")
    return password
