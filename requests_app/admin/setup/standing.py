"""What a row of the set-up says, in the words of its form, so that a change can be told."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any, Final

from django.db import models

#: Never copied; that it changed is told, what it is or was is not.
_SECRET: Final = frozenset({"password"})
#: Moves by itself with every sign-in.
_PASSING: Final = frozenset({"last_login"})


def of(row: models.Model | None, *, beside: Iterable[type[models.Model]] = ()) -> dict[str, str]:
    """Return every value of ``row`` by its label; of the rows ``beside`` it, one line each.

    A secret is shown as a mark that differs when the secret does and tells nothing about it.
    """
    if row is None or row.pk is None:
        return {}
    stored = type(row)._default_manager.get(pk=row.pk)  # noqa: SLF001 - Django's public name for it
    said = {
        str(field.verbose_name): _mark(value) if field.name in _SECRET else _words(field, value)
        for field in stored._meta.concrete_fields
        if not field.primary_key and field.name not in _PASSING
        for value in [field.value_from_object(stored)]
    }
    for model in beside:
        link = next(
            field.name
            for field in model._meta.concrete_fields
            if field.related_model is type(stored)
        )
        rows = model._default_manager.filter(**{link: stored})  # noqa: SLF001
        said[str(model._meta.verbose_name)] = "、".join(sorted(str(each) for each in rows))
    return said


def _words(field: models.Field[Any, Any], value: object) -> str:
    if value is None or value == "":
        return ""
    if field.is_relation:
        return str(field.related_model._default_manager.filter(pk=value).first())  # type: ignore[union-attr]  # noqa: SLF001
    choices = dict(field.flatchoices)
    return str(choices.get(value, value))


def _mark(secret: object) -> str:
    return "（不显示）" + hashlib.sha256(str(secret).encode()).hexdigest()[:6] if secret else ""
