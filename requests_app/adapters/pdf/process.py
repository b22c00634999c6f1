"""The parent's side of the renderer: starts it, hands it jobs, kills it at its limits.

One renderer for each process, used by one thread at a time. It is started by the first letter,
replaced after a thousand letters (WeasyPrint keeps some memory), after a crash and after a limit,
and left alone by a fork: the forked process starts its own.
"""

import atexit
import contextlib
import json
import logging
import os
import select
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from requests_app.adapters.pdf import child, fonts, papers, sheet
from requests_app.adapters.pdf.errors import Failure, PdfUnavailable, RenderFailed

SECONDS_PER_LETTER = 30.0
SECONDS_TO_START = 60.0
MEMORY_BYTES = 768 * 1024 * 1024  # of addresses; a usual letter needs 300
LETTERS_PER_RENDERER = 1000
INSTALL = (
    "请以管理员身份运行：apt-get install --no-install-recommends "
    "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
)
BUILD_LICENSED = "请检查 JC_FONTS_DIR 所指的文件夹，然后运行：./jc manage build_fonts licensed"
_CHUNK = 1 << 16
_KEPT_VARIABLES = ("PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH")

logger = logging.getLogger(__name__)


class _Ended(Exception):
    """The renderer closed its end."""


class Renderer:
    """A renderer that is started when needed and may be used from any thread."""

    def __init__(
        self,
        *,
        seconds: float = SECONDS_PER_LETTER,
        memory_bytes: int = MEMORY_BYTES,
        letters: int = LETTERS_PER_RENDERER,
    ) -> None:
        self._seconds, self._memory_bytes, self._letters = seconds, memory_bytes, letters
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._drawn = 0
        self._folders: tuple[Path, ...] = ()

    @property
    def pid(self) -> int | None:
        """The process that would draw the next letter, or None before the first."""
        return self._process.pid if self._process else None

    def start(self) -> None:
        """Start the renderer now instead of with the first letter."""
        with self._lock:
            self._ready()

    def draw(
        self, html: str, *, look: str = sheet.LOOK, attachments: Sequence[Mapping[str, str]] = ()
    ) -> bytes:
        """Draw one letter or paper, waiting for one that another thread may be drawing.

        Refuses with PdfUnavailable where this machine cannot, RenderFailed where this letter
        cannot be drawn or takes more than its time or memory.
        """
        asked = {"html": html, "look": look, "attachments": list(attachments)}
        job = json.dumps(asked, ensure_ascii=False).encode()
        with self._lock:
            process = self._ready()
            try:
                kind, content = _exchange(process, job, seconds=self._seconds)
            except TimeoutError:
                self._stop()
                raise RenderFailed(Failure.TIME, detail=f"{self._seconds} s") from None
            except (_Ended, BrokenPipeError):
                status = self._stop()
                raise RenderFailed(Failure.CRASH, detail=f"exit status {status}") from None
            except BaseException:
                self._stop()  # interrupted half-way: the pipe holds an answer nobody wants
                raise
            self._drawn += 1
            if kind == child.OUT_OF_MEMORY or self._drawn >= self._letters:
                self._stop()
        if kind == child.OUT_OF_MEMORY:
            raise RenderFailed(Failure.MEMORY, detail=f"{self._memory_bytes} bytes")
        if kind == child.FAILED:
            detail = content.decode("utf-8", "replace")
            logger.error("A letter could not be drawn: %s", detail)
            raise RenderFailed(Failure.ERROR, detail=detail)
        return content

    def stop(self) -> None:
        """End the renderer; the next letter starts another."""
        with self._lock:
            self._stop()

    def forget(self) -> None:
        """After a fork: the renderer is the other process's; let go of its pipes untouched."""
        self._lock = threading.Lock()
        if self._process is not None:
            process, self._process = self._process, None
            process.returncode = 0  # it is not ours to wait for
            _close(process)

    def _ready(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is not None:
            self._stop()  # it died between two letters
        if self._process is not None and self._folders != fonts.folders():
            self._stop()  # a set was built meanwhile: this one would draw boxes for it
        if self._process is None:
            self._process = self._started()
            self._drawn = 0
        return self._process

    def _started(self) -> subprocess.Popen[bytes]:
        if fonts.licensed_folder() is not None and not fonts.has_licensed_set():
            # Better no letter than one in another face than the office has laid down.
            raise PdfUnavailable("单位自有字体", remedy=BUILD_LICENSED)
        self._folders = fonts.folders()
        try:
            configuration = fonts.write_configuration()
        except OSError as error:
            raise PdfUnavailable(
                "数据目录的写入权限", remedy=f"请检查该目录是否可写：{error.filename}"
            ) from error
        process = subprocess.Popen(  # noqa: S603 (a fixed list: our interpreter, our file)
            # -P: the folder of the programme must not shadow modules of the library.
            [sys.executable, "-P", str(Path(child.__file__))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            # No secret of ours and no signal of the terminal reaches it.
            env={name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ}
            | {"FONTCONFIG_FILE": str(configuration), "LANG": "C.UTF-8", "PYTHONHASHSEED": "0"},
            start_new_session=True,
        )
        for pipe in (process.stdin, process.stdout):
            os.set_blocking(pipe.fileno(), False)  # type: ignore[union-attr]
        self._process = process
        start = {
            "css": {sheet.LOOK: sheet.stylesheet(), papers.LOOK: papers.stylesheet()},
            "memory_bytes": self._memory_bytes,
            "seconds": self._seconds,
        }
        try:
            kind, content = _exchange(process, json.dumps(start).encode(), seconds=SECONDS_TO_START)
        except (TimeoutError, _Ended, BrokenPipeError):
            status = self._stop()
            raise RenderFailed(Failure.CRASH, detail=f"at start, exit status {status}") from None
        if kind == child.UNAVAILABLE:
            self._stop()
            raise PdfUnavailable(content.decode("utf-8", "replace"), remedy=INSTALL)
        return process

    def _stop(self) -> int | None:
        if self._process is None:
            return None
        process, self._process = self._process, None
        process.kill()
        status = process.wait()
        _close(process)
        return status


def _exchange(
    process: subprocess.Popen[bytes], frame: bytes, *, seconds: float
) -> tuple[bytes, bytes]:
    """Send one frame and read the answer, both within `seconds`."""
    deadline = time.monotonic() + seconds
    source, sink = process.stdout.fileno(), process.stdin.fileno()  # type: ignore[union-attr]
    unsent = memoryview(child.LENGTH.pack(len(frame)) + frame)
    while unsent:
        _wait(deadline, to_write=sink)
        unsent = unsent[os.write(sink, unsent[:_CHUNK]) :]
    (length,) = child.LENGTH.unpack(_receive(source, child.LENGTH.size, deadline=deadline))
    answer = _receive(source, length, deadline=deadline)
    return answer[:1], answer[1:]


def _receive(source: int, length: int, *, deadline: float) -> bytes:
    received = bytearray()
    while len(received) < length:
        _wait(deadline, to_read=source)
        chunk = os.read(source, min(_CHUNK, length - len(received)))
        if not chunk:
            raise _Ended
        received += chunk
    return bytes(received)


def _wait(deadline: float, *, to_read: int | None = None, to_write: int | None = None) -> None:
    # poll, not select: a busy server has file numbers above select's limit of 1024.
    poll = select.poll()
    if to_read is not None:
        poll.register(to_read, select.POLLIN)
    if to_write is not None:
        poll.register(to_write, select.POLLOUT)
    left = deadline - time.monotonic()
    if left <= 0 or not poll.poll(left * 1000):
        raise TimeoutError


def _close(process: subprocess.Popen[bytes]) -> None:
    for pipe in (process.stdin, process.stdout):
        with contextlib.suppress(OSError):
            pipe.close()  # type: ignore[union-attr]


shared = Renderer()
os.register_at_fork(after_in_child=shared.forget)
atexit.register(shared.stop)
