import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

SUPERVISE = """
import sys
from requests_app.adapters.processes import Program, Supervisor

def write(text):
    sys.stdout.write(text + "\\n")
    sys.stdout.flush()

programs = [Program(name, [sys.executable, "-uc", code]) for name, code in {programs!r}.items()]
sys.exit(Supervisor(programs, write=write).run(on_started=lambda: write("started")))
"""
SLEEPS = "import os, time; print('pid', os.getpid()); time.sleep(600)"
STUBBORN = "import os, signal; signal.signal(15, lambda *_: print('asked')); print('pid', os.getpid())\nwhile 1: signal.pause()"


class Run:
    def __init__(self, **programs):
        code = textwrap.dedent(SUPERVISE).format(programs=programs)
        self.process = subprocess.Popen(
            [sys.executable, "-c", code], stdout=subprocess.PIPE, text=True
        )
        self.lines = []

    def line_with(self, *words):
        for line in self.process.stdout:
            self.lines.append(line.rstrip())
            if all(word in line for word in words):
                return line.rstrip()
        pytest.fail(f"ended without a line with {words}: {self.lines}")

    def pid_of(self, name):
        return int(self.line_with(name, "pid").rsplit(" ", 1)[-1])

    def end(self, timeout=40):
        rest, _ = self.process.communicate(timeout=timeout)
        self.lines += rest.splitlines()
        return self.process.returncode


def alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_supervisor_stops_everything_when_asked(number):
    run = Run(one=SLEEPS)
    pid = run.pid_of("one")

    run.process.send_signal(number)

    assert run.end() == 0
    assert not alive(pid)


def test_supervisor_starts_a_dead_program_again():
    run = Run(one=SLEEPS)
    first = run.pid_of("one")

    os.kill(first, signal.SIGKILL)

    assert run.line_with("ended unasked") == "one ended unasked with status -9; again in 1 s."
    second = run.pid_of("one")
    assert second != first
    run.process.terminate()
    assert run.end() == 0
    assert not alive(second)


@pytest.mark.long
def test_supervisor_gives_up_on_a_program_that_keeps_ending():
    run = Run(good=SLEEPS, bad="import sys; print('cannot'); sys.exit(3)")
    pid = run.pid_of("good")

    assert run.end(timeout=90) == 1
    assert "bad keeps ending; its last lines:" in run.lines
    assert run.lines.count("bad    | cannot") == 5
    assert not alive(pid)


@pytest.mark.long
def test_supervisor_forces_out_a_program_that_will_not_stop():
    run = Run(one=STUBBORN)
    pid = run.pid_of("one")

    run.process.terminate()

    assert run.end(timeout=60) == 0
    assert "one did not stop in 20 s and was ended by force." in run.lines
    assert not alive(pid)


@pytest.mark.skipif(
    sys.platform != "linux", reason="only Linux tells children of their parent's death"
)
def test_programs_end_with_a_supervisor_killed_outright(eventually):
    run = Run(one=SLEEPS)
    pid = run.pid_of("one")

    run.process.kill()
    run.process.wait()

    eventually(lambda: not alive(pid) or _is_zombie(pid))


def _is_zombie(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"
    except FileNotFoundError:
        return True
