"""`manage.py render_docs`: write the pages that are made from tables, or say which are stale."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from requests_app.presenters import reference


class Command(BaseCommand):
    """Keeps docs/reference and .env.example the same as the code."""

    help = "Write docs/reference/*.md and .env.example from the tables in the code."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="write nothing, name what is stale"
        )

    def handle(self, *, check: bool, **options: Any) -> None:
        wanted = _wanted()
        stale = [path for path, text in wanted.items() if _current(path) != text]
        left_over = set((settings.BASE_DIR / "docs" / "reference").glob("*.md")) - set(wanted)
        if check and (stale or left_over):
            names = ", ".join(
                sorted(str(p.relative_to(settings.BASE_DIR)) for p in [*stale, *left_over])
            )
            raise CommandError(f"Stale: {names}. Write them by: ./jc manage render_docs")
        if check:
            return
        for path in left_over:
            path.unlink()
        for path in stale:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(wanted[path], encoding="utf-8")
            self.stdout.write(str(path.relative_to(settings.BASE_DIR)))


def _wanted() -> dict[Path, str]:
    folder = settings.BASE_DIR / "docs" / "reference"
    pages = {folder / name: text for name, text in reference.pages().items()}
    sample = reference.environment_sample(settings.ENVIRONMENT_VARIABLES)
    return {**pages, settings.BASE_DIR / ".env.example": sample}


def _current(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.exists() else None
