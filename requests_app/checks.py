"""System checks: what an installation lacks, said at every start with the way to mend it."""

import os
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register


@register("jcdisclosure")
def check_data_folder(**kwargs: Any) -> Sequence[CheckMessage]:
    """Refuse to start where nothing could be kept."""
    if settings.DATA_DIR.is_dir() and os.access(settings.DATA_DIR, os.W_OK | os.X_OK):
        return []
    return [
        Error(
            f"The data folder {settings.DATA_DIR} is missing or cannot be written.",
            hint="Make it, owned by the account that runs this site, or set JC_DATA_DIR.",
            id="jc.E001",
        ),
    ]
