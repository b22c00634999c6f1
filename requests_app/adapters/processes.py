"""Several programs run as one: started together, restarted when they die, stopped in order.

Here because processes and signals are a machine outside. Which programs make up an installation
is the business of the `up` command. Time in here is seconds since some start (a monotonic clock
for pauses and limits), never a date.
"""

import collections
import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import IO

GRACE_SECONDS = 20
LONGEST_PAUSE_SECONDS = 30
MANY_DEATHS, WITHIN_SECONDS = 5, 60
KEPT_LINES = 20
WATCH_SECONDS = 0.2

# Loaded before any fork: between fork and exec nothing may take a lock.
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None
_PR_SET_PDEATHSIG = 1


def _end_with_parent() -> None:
    if _libc is not None:
        _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


@dataclass(frozen=True)
class Program:
    """One program of the set: what to run, with which additions to the environment."""

    name: str
    arguments: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)


class Supervisor:
    """Keeps a set of programs alive until it is told to stop.

    A program that ends unasked is started again after 1, 2, 4 … at most 30 seconds. One that ends
    five times within a minute is past saving: everything stops and `run` gives 1.
    """

    def __init__(self, programs: Sequence[Program], *, write: Callable[[str], None]) -> None:
        self._running = [_Running(program, write=write) for program in programs]
        self._write = write
        self._stopping = threading.Event()

    def run(self, *, on_started: Callable[[], None]) -> int:
        """Start everything, watch it until SIGINT or SIGTERM, stop it; give the exit status.

        `on_started` runs once in a thread of its own, so that waiting for the first page does not
        keep anybody from stopping.
        """
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, lambda *_: self._stopping.set())
        status = 0
        try:
            for child in self._running:
                child.start()
            threading.Thread(target=on_started, daemon=True).start()
            while not self._stopping.wait(WATCH_SECONDS):
                for child in self._running:
                    if not child.keep_alive():
                        self._write(
                            f"{child.name} keeps ending; its last lines:\n{child.last_lines}"
                        )
                        status = 1
                        self._stopping.set()
        finally:
            self._stop_all()
        return status

    @property
    def stopping(self) -> bool:
        """Whether the end has begun."""
        return self._stopping.is_set()

    def _stop_all(self) -> None:
        # Beat first, so that nothing new is asked for; the web server last.
        for child in reversed(self._running):
            child.ask_to_stop()
        deadline = time.monotonic() + GRACE_SECONDS
        for child in self._running:
            child.make_sure_it_stopped(deadline)


class _Running:
    def __init__(self, program: Program, *, write: Callable[[str], None]) -> None:
        self.name = program.name
        self._program = program
        self._write = write
        self._process: subprocess.Popen[str] | None = None
        self._starts: collections.deque[float] = collections.deque(maxlen=MANY_DEATHS)
        self._lines: collections.deque[str] = collections.deque(maxlen=KEPT_LINES)
        self._start_at = 0.0

    @property
    def last_lines(self) -> str:
        return "".join(self._lines)

    def start(self) -> None:
        self._starts.append(time.monotonic())
        self._process = subprocess.Popen(  # noqa: S603 - a fixed list of our own programs
            self._program.arguments,
            env={**os.environ, **self._program.environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            # A session of its own: Ctrl-C in the terminal reaches the supervisor alone, which
            # then stops its children in order.
            start_new_session=True,
            # Even when the supervisor is killed outright nothing is left behind.
            preexec_fn=_end_with_parent,  # noqa: PLW1509 - takes no lock, see _libc
        )
        if self._process.stdout is not None:
            threading.Thread(
                target=self._pass_on, args=(self._process.stdout,), daemon=True
            ).start()

    def keep_alive(self) -> bool:
        """Start the program again if it ended and its pause is over; False when past saving."""
        now = time.monotonic()
        if self._process is None:
            if now >= self._start_at:
                self.start()
            return True
        status = self._process.poll()
        if status is None:
            return True
        self._process = None
        recent = [start for start in self._starts if now - start <= WITHIN_SECONDS]
        pause = min(LONGEST_PAUSE_SECONDS, 2 ** max(0, len(recent) - 1))
        self._write(f"{self.name} ended unasked with status {status}; again in {pause} s.")
        self._start_at = now + pause
        return len(recent) < MANY_DEATHS

    def ask_to_stop(self) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()

    def make_sure_it_stopped(self, deadline: float) -> None:
        if self._process is None:
            return
        try:
            self._process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            self._write(f"{self.name} did not stop in {GRACE_SECONDS} s and was ended by force.")
        # What the program itself started may outlive it (workers of a master that was killed).
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def _pass_on(self, stream: IO[str]) -> None:
        for line in stream:
            self._lines.append(line)
            self._write(f"{self.name:<6} | {line.rstrip()}")
