"""Take in no more of an upload than the office allows, so that 200 MB never reach the disk.

What is too long is cut one block behind the limit and what is too many stays empty; the services
count and measure, and refuse both with words. Of a request that is too large as a whole the first
files come in and the others refuse themselves by name, so that what was typed beside them is kept.
Nothing is dropped in silence.
"""

from __future__ import annotations

from typing import Any, Final, NoReturn

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.utils import timezone

from requests_app.domain.errors import Refused
from requests_app.selectors import offices

_MB: Final = 1024 * 1024
#: Before the office is set up nothing can be filed anyway.
_UNSET: Final = (1, 1)


class TurnedAway(UploadedFile):
    """A file there was no room for: nothing of it was kept, and whoever reads it is told why."""

    def read(self, *args: Any) -> NoReturn:
        """Refuse, in the place where the file would have been looked into."""
        del args
        most = settings.REQUEST_MAX_BYTES // _MB
        raise Refused.because(
            "sent_too_much", f"没有收下：一次传的文件合起来不能超过 {most} MB，请分几次传。"
        )


class Bounded(FileUploadHandler):
    """Stands before the handlers that keep an upload, and passes on only what may come in."""

    def handle_raw_input(self, *args: Any, **kwargs: Any) -> None:
        """Read the limits once for the whole request."""
        del args, kwargs
        self.count = 0
        self.room = settings.REQUEST_MAX_BYTES
        try:
            limits = offices.settings(on=timezone.localdate())
        except Refused:
            self.most, self.longest = _UNSET
        else:
            self.most, self.longest = limits.max_files, limits.max_file_mb * _MB

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Count the files of this request."""
        super().new_file(*args, **kwargs)
        self.count += 1

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Pass a block on, unless the file is one too many or has already passed its limit."""
        # Twice the limit: a form has several controls, and those before may all be refused.
        if self.count > 2 * self.most or start > self.longest:
            return None
        if self.room < 0:
            return None
        self.room -= len(raw_data)
        return raw_data

    def file_complete(self, file_size: int) -> UploadedFile | None:
        """Leave the file to the handler that kept it, unless there was no room for all of it."""
        if self.room < 0 and self.count <= 2 * self.most:
            return TurnedAway(name=self.file_name, size=file_size)
        return None
