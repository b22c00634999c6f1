"""`manage.py make_secrets`: write the secrets an installation needs, one file each."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from requests_app.adapters import keyring


class Command(BaseCommand):
    """Writes what the folder lacks; a secret that is there is never touched."""

    help = "Write missing secrets into a folder (default: the data folder's own)."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", nargs="?", type=Path, default=settings.SECRETS_DIR)

    def handle(self, *, folder: Path, **options: Any) -> None:
        names = [keyring.SIGNING, keyring.SEALING, keyring.INDEXING]
        if folder != settings.SECRETS_DIR:
            names.append(keyring.DATABASE)  # for a set of containers; SQLite has none
        for name in keyring.make_missing(folder, names=names):
            self.stdout.write(f"{folder / name}: made. Keep a copy where the data is not.")
