"""The renderer's process: killed at its limits, replaced after a crash, shared by threads."""

import io
import json
import multiprocessing
import os
import select
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from pypdf import PdfReader

from requests_app.adapters import pdf
from requests_app.adapters.pdf import child, process, readiness, sheet

pytestmark = pytest.mark.skipif(bool(pdf.problems()), reason="; ".join(pdf.problems()))

PATIENCE_MS = 20_000


def page(words):
    return f'<html lang="zh-CN"><head><title>甲</title></head><body class="letter"><p>{words}</p></body></html>'


def read(file):
    return PdfReader(io.BytesIO(file)).pages[0].extract_text().strip()


@pytest.fixture
def renderer():
    started = process.Renderer()
    yield started
    started.stop()


def ends(pid):
    """Wait for a process that need not be our child to end."""
    handle = os.pidfd_open(pid)
    poll = select.poll()
    poll.register(handle, select.POLLIN)
    try:
        return bool(poll.poll(PATIENCE_MS))
    finally:
        os.close(handle)


def test_renderer_killed_while_drawing_fails_that_letter_only(renderer, monkeypatch):
    renderer.start()
    first = renderer.pid
    os.kill(first, signal.SIGSTOP)  # it cannot have answered before it is killed
    wait = process._wait

    def kill_once_the_letter_is_handed_over(deadline, **direction):
        if "to_read" in direction:
            os.kill(first, signal.SIGKILL)
        wait(deadline, **direction)

    monkeypatch.setattr(process, "_wait", kill_once_the_letter_is_handed_over)
    with pytest.raises(pdf.RenderFailed) as failed:
        renderer.draw(page("甲"))
    monkeypatch.undo()

    assert failed.value.failure is pdf.Failure.CRASH
    assert failed.value.detail == "exit status -9"
    assert read(renderer.draw(page("乙"))) == "乙"
    assert renderer.pid != first


def test_letter_that_takes_too_long_is_stopped(renderer):
    renderer.start()
    renderer._seconds = 0.2
    stuck = renderer.pid
    os.kill(stuck, signal.SIGSTOP)

    with pytest.raises(pdf.RenderFailed) as failed:
        renderer.draw(page("甲"))

    assert failed.value.failure is pdf.Failure.TIME
    assert not Path(f"/proc/{stuck}").exists()
    renderer._seconds = 30
    assert read(renderer.draw(page("乙"))) == "乙"


def test_long_letter_to_a_stuck_renderer_is_stopped_too(renderer):
    # More than a pipe holds: already the sending must not wait for ever.
    renderer.start()
    renderer._seconds = 0.2
    os.kill(renderer.pid, signal.SIGSTOP)

    with pytest.raises(pdf.RenderFailed) as failed:
        renderer.draw(page("甲" * 200_000))

    assert failed.value.failure is pdf.Failure.TIME


def test_renderer_stops_itself_when_nobody_watches_its_time():
    script = (
        "import io; "
        "from requests_app.adapters.pdf import child; child.TAIL_SECONDS = 0.1; "
        "child.Press.draw = lambda self, job: __import__('threading').Event().wait(); "
        "frame = lambda b: child.LENGTH.pack(len(b)) + b; import json; "
        "start = json.dumps({'css': {}, 'memory_bytes': 1 << 30, 'seconds': 0}).encode(); "
        "child.serve(io.BytesIO(frame(start) + frame(b'{}')), io.BytesIO())"
    )

    ended = subprocess.run([sys.executable, "-c", script], timeout=60, check=False)

    assert ended.returncode == -signal.SIGALRM


def test_letter_that_takes_too_much_memory_is_stopped():
    renderer = process.Renderer(memory_bytes=256 * 1024 * 1024)

    with pytest.raises(pdf.RenderFailed) as failed:
        renderer.draw(page("甲" * 20_000_000))

    # A library in C that gets no memory ends the process instead of saying so.
    assert failed.value.failure in {pdf.Failure.MEMORY, pdf.Failure.CRASH}
    assert read(renderer.draw(page("乙"))) == "乙"
    renderer.stop()


def test_renderer_that_died_between_two_letters_is_replaced(renderer):
    renderer.draw(page("甲"))
    dead = renderer.pid
    os.kill(dead, signal.SIGKILL)
    os.waitid(os.P_PID, dead, os.WEXITED | os.WNOWAIT)

    assert read(renderer.draw(page("乙"))) == "乙"
    assert renderer.pid != dead


def test_two_threads_at_once_each_get_their_own_letter(renderer):
    words = [each * 5 for each in "甲乙丙丁戊己庚辛"]
    drawn = {}

    def work(mine):
        for each in mine:
            drawn[each] = read(renderer.draw(page(each)))

    threads = [threading.Thread(target=work, args=(words[half::2],)) for half in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert drawn == {each: each for each in words}


def test_renderer_is_replaced_after_its_share_of_letters():
    renderer = process.Renderer(letters=2)
    pids = []

    for _ in range(3):
        renderer.start()
        pids.append(renderer.pid)
        renderer.draw(page("甲"))

    assert pids[0] == pids[1] != pids[2]
    renderer.stop()


def _draw_in_fork(answers):
    inherited = process.shared.pid
    answers.put((inherited, read(process.shared.draw(page("丙"))), process.shared.pid))


def test_forked_process_starts_its_own_renderer_and_leaves_the_first_alone():
    process.shared.start()
    mine = process.shared.pid
    fork = multiprocessing.get_context("fork")
    answers = fork.SimpleQueue()
    forked = fork.Process(target=_draw_in_fork, args=(answers,))

    forked.start()
    inherited, words, theirs = answers.get()
    forked.join()

    assert (inherited, words) == (None, "丙")
    assert theirs != mine
    assert process.shared.pid == mine
    assert read(process.shared.draw(page("丁"))) == "丁"


def test_renderer_ends_when_its_parent_is_killed(tmp_path):
    script = (
        "import os, signal; from requests_app.adapters.pdf import process; "
        "process.shared.start(); print(process.shared.pid, flush=True); "
        "os.kill(os.getpid(), signal.SIGSTOP)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", f"import django; django.setup(); {script}"],
        stdout=subprocess.PIPE,
        text=True,
    ) as parent:
        orphan = int(parent.stdout.readline())
        parent.kill()

    assert ends(orphan)


def test_renderer_knows_no_secret_of_the_application(renderer, monkeypatch):
    monkeypatch.setenv("JC_SECRET_KEY", "do not tell")

    renderer.start()

    environment = Path(f"/proc/{renderer.pid}/environ").read_text()
    assert "FONTCONFIG_FILE=" in environment
    assert "do not tell" not in environment


def test_outside_file_is_never_fetched_and_fails_the_letter(renderer, tmp_path, caplog):
    secret = tmp_path / "secret.css"
    secret.write_text("p::after { content: '泄露' }")

    with pytest.raises(pdf.RenderFailed) as failed:
        renderer.draw(page(f'<link rel="stylesheet" href="{secret.as_uri()}">甲'))

    assert failed.value.failure is pdf.Failure.ERROR
    assert "泄露" not in caplog.text
    assert "secret" not in caplog.text


def test_failure_is_told_without_words_of_the_letter(renderer, caplog):
    # `attachments` as it must not be: the error itself would quote the value.
    with pytest.raises(pdf.RenderFailed) as failed:
        renderer.draw(page("甲"), attachments=[{"moment": "王玥的身份证号"}])

    assert failed.value.detail.startswith("ValueError at child.py:")
    assert "王玥" not in failed.value.detail + caplog.text


def test_missing_library_is_named_with_what_to_type(tmp_path, monkeypatch):
    stub = tmp_path / "stub.py"
    stub.write_text(
        "import struct, sys\n"
        "body = b'Ulibpango-1.0-0'\n"
        "sys.stdout.buffer.write(struct.pack('>I', len(body)) + body)\n"
        "sys.stdout.flush(); sys.stdin.read()\n"
    )
    monkeypatch.setattr(child, "__file__", str(stub))

    with pytest.raises(pdf.PdfUnavailable) as refused:
        process.Renderer().draw(page("甲"))

    assert refused.value.library == "libpango-1.0-0"
    assert "apt-get install" in refused.value.remedy
    assert "libpango-1.0-0" in str(refused.value)


def test_library_is_read_out_of_the_loaders_complaint():
    complaint = OSError(
        "cannot load library 'libgobject-2.0-0': libgobject-2.0-0: cannot open shared object file"
    )

    assert child.missing_library(complaint) == "libgobject-2.0-0"


def test_data_folder_that_cannot_be_written_is_said(settings, tmp_path):
    settings.DATA_DIR = tmp_path / "file"
    settings.DATA_DIR.touch()

    with pytest.raises(pdf.PdfUnavailable) as refused:
        process.Renderer().draw(page("甲"))

    assert str(tmp_path / "file") in refused.value.remedy


def test_problems_name_each_missing_library_and_the_remedy(monkeypatch):
    monkeypatch.setattr(
        readiness, "LIBRARIES", {"libpango-1.0": ("libnot-there.so.0",), "libc": ("libc.so.6",)}
    )

    [problem] = pdf.problems()

    assert "缺少系统库 libpango-1.0" in problem
    assert "apt-get install" in problem


def test_problems_name_a_missing_font_file(monkeypatch):
    monkeypatch.setattr(readiness.fonts, "EVERYDAY_FAMILIES", ("jc-latin", "jc-gone"))

    [problem] = pdf.problems()

    assert "缺少字库文件 jc-gone.ttf" in problem


def test_missing_rare_set_is_a_limit_not_a_problem(settings, tmp_path):
    settings.DATA_DIR = tmp_path

    [limit] = pdf.limits()

    assert "build_fonts rare" in limit
    assert pdf.problems() == []


WITHOUT_AND_WITH_THE_HOOK = """
import json, sys
from requests_app.adapters.pdf import child

asked = json.load(sys.stdin)
take, drawn = child.take_plain_styles_at_once, []
for hook in (lambda: None, take):
    child.take_plain_styles_at_once = hook
    press = child.Press(asked["css"])
    from weasyprint import css
    print(css.ComputedStyle.__missing__.__qualname__)
    drawn.append(press.draw(asked["job"]))
assert drawn[0] == drawn[1]
"""


def test_letter_is_the_same_without_the_hook_for_plain_styles():
    # In a process of its own: WeasyPrint makes Pillow forgive pictures that are cut off.
    words = page("甲" * 40 + "<span class='x3'>乙</span>")
    job = {"html": words, "look": child.LETTER_LOOK, "attachments": []}
    asked = {"css": {child.LETTER_LOOK: sheet.stylesheet()}, "job": job}

    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_AND_WITH_THE_HOOK],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, "")
    before, after = done.stdout.split()
    assert before == "ComputedStyle.__missing__"
    assert after.startswith("take_plain_styles_at_once")
