"""Rows that are written once. Triggers in the database refuse what this refuses in Python."""

from __future__ import annotations

from typing import Any, ClassVar, Never

from django.db import models


class AppendOnly(models.Model):
    """A row that is neither changed nor deleted; ``instead`` says what is, and what to do about a mistake."""

    instead: ClassVar[str]

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert once; a second save is a programming error, refused before the trigger does."""
        if not self._state.adding:
            self._refuse()
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> Never:
        """Never delete."""
        self._refuse()

    def _refuse(self) -> Never:
        raise TypeError(self.instead)
