"""A scripted child through the real QProcess: everything a child can do to its parent."""

from __future__ import annotations

import os
import sys
import threading
import time
from pathlib import Path

import psutil
import pytest
from PyQt5.QtCore import QProcessEnvironment

from ocrstudio.protocol.messages import Done, LoadModel, Metric, Stage
from ocrstudio.services.engine_process import EngineProcess, Outcome, child_environment

CHILD = Path(__file__).parent / "scripted_child.py"
WAIT_MS = 10000


class Heard:
    """Collects what a child said."""

    def __init__(self, process: EngineProcess) -> None:
        self.messages, self.lines, self.outcomes = [], [], []
        process.message_received.connect(self.messages.append)
        process.log_received.connect(self.lines.append)
        process.ended.connect(self.outcomes.append)


@pytest.fixture
def child(qtbot):
    started = []

    def start(*script: str, run: bool = True) -> tuple[EngineProcess, Heard]:
        process = EngineProcess(list(script), program=[sys.executable, str(CHILD)])
        started.append(process)
        heard = Heard(process)
        if run:
            process.start()
        return process, heard

    yield start
    for process in started:
        process.close(grace_ms=100)


def ended(qtbot, heard: Heard) -> Outcome:
    qtbot.waitUntil(lambda: bool(heard.outcomes), timeout=WAIT_MS)
    assert len(heard.outcomes) == 1
    return heard.outcomes[0]


def test_message_split_over_two_writes_arrives_once(qtbot, child):
    _, heard = child("split-line")
    assert ended(qtbot, heard) == Outcome("finished", 0)
    assert heard.messages == [Stage(name="Ⅻ pages", done=1, total=2)]


def test_last_line_without_newline_is_not_lost(qtbot, child):
    _, heard = child("no-newline")
    ended(qtbot, heard)
    assert heard.messages == [Done(result={"ok": True})]


def test_junk_between_messages_becomes_log_text(qtbot, child):
    _, heard = child("junk")
    ended(qtbot, heard)
    assert heard.messages == [Stage(name="a"), Stage(name="b")]
    assert "stray print" in heard.lines
    assert any("�" in line for line in heard.lines), "bytes that are no UTF-8 are shown replaced"


def test_progress_bar_repaints_are_collapsed_to_the_last(qtbot, child):
    _, heard = child("progress-bar")
    ended(qtbot, heard)
    assert heard.lines == ["100%", "ready"]


def test_exit_code_1_is_failed_with_the_traceback(qtbot, child):
    _, heard = child("exit-1")
    outcome = ended(qtbot, heard)
    assert (outcome.kind, outcome.exit_code) == ("failed", 1)
    assert "ValueError: a broken config" in outcome.last_error_text


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_child_killed_from_outside_is_told_as_killed(qtbot, child):
    _, heard = child("kill-self")
    outcome = ended(qtbot, heard)
    assert (outcome.kind, outcome.exit_code) == ("killed", 9)


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_child_that_aborts_is_told_as_crashed(qtbot, child):
    _, heard = child("abort")
    assert ended(qtbot, heard).kind == "crashed"


def test_missing_program_is_told_after_start_returned(qtbot):
    process = EngineProcess([], program=["no-such-program-anywhere"])
    heard = Heard(process)
    process.start()
    assert heard.outcomes == []
    outcome = ended(qtbot, heard)
    assert (outcome.kind, outcome.exit_code) == ("not_started", -1)
    assert "no-such-program-anywhere" in outcome.last_error_text
    assert not process.is_running


@pytest.mark.skipif(os.name != "posix", reason="file modes")
def test_program_that_is_no_program_is_told_as_not_started(qtbot, tmp_path):
    broken = tmp_path / "broken program"
    broken.write_text("#!/no/such/interpreter\n")
    broken.chmod(0o755)
    process = EngineProcess([], program=[str(broken)])
    heard = Heard(process)
    process.start()
    assert ended(qtbot, heard).kind == "not_started"


def test_sent_message_reaches_the_child(qtbot, child):
    process, heard = child("echo")
    process.send(LoadModel(model="/a b/Ⅻ"))
    qtbot.waitUntil(lambda: bool(heard.messages), timeout=WAIT_MS)
    assert heard.messages == [Stage(name="/a b/Ⅻ")]
    process.close_input()
    assert ended(qtbot, heard).kind == "finished"


def test_message_to_a_child_that_is_gone_is_dropped(qtbot, child):
    process, heard = child("exit-1")
    ended(qtbot, heard)
    process.send(LoadModel())
    assert not process.is_running


def test_stop_ends_a_child_that_obeys(qtbot, child):
    process, heard = child("obey")
    qtbot.waitUntil(lambda: bool(heard.messages), timeout=WAIT_MS)
    process.stop(grace_ms=WAIT_MS)
    outcome = ended(qtbot, heard)
    assert outcome.kind == ("finished" if os.name == "posix" else "killed")


def test_child_that_ignores_sigterm_is_killed_with_its_helpers(qtbot, child):
    process, heard = child("stubborn")
    qtbot.waitUntil(lambda: bool(heard.messages), timeout=WAIT_MS)
    helper = int(heard.messages[0].name)
    process.stop(grace_ms=100)
    outcome = ended(qtbot, heard)
    assert outcome.kind == "killed"
    qtbot.waitUntil(lambda: not _runs(helper), timeout=WAIT_MS)


def test_helpers_of_a_child_that_crashed_do_not_survive(qtbot, child):
    _, heard = child("orphan")
    outcome = ended(qtbot, heard)
    assert outcome.kind == "failed"
    qtbot.waitUntil(lambda: not _runs(int(heard.messages[0].name)), timeout=WAIT_MS)


def _runs(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def test_close_waits_until_the_child_is_gone(qtbot, child):
    process, heard = child("stubborn")
    qtbot.waitUntil(lambda: bool(heard.messages), timeout=WAIT_MS)
    process.close(grace_ms=100)
    assert not process.is_running
    assert [outcome.kind for outcome in heard.outcomes] == ["killed"]


def test_process_starts_again_after_its_end(qtbot, child):
    process, heard = child("split-line")
    ended(qtbot, heard)
    process.start()
    qtbot.waitUntil(lambda: len(heard.outcomes) == 2, timeout=WAIT_MS)
    assert len(heard.messages) == 2


def test_children_start_while_other_threads_are_busy(qtbot, child):
    """Nothing between fork and exec may wait for a lock that another thread of this process holds."""
    busy = threading.Event()
    spinners = [threading.Thread(target=_spin, args=(busy,)) for _ in range(3)]
    for spinner in spinners:
        spinner.start()
    try:
        hearers = [child("split-line")[1] for _ in range(5)]
        qtbot.waitUntil(lambda: all(heard.outcomes for heard in hearers), timeout=30000)
    finally:
        busy.set()
        for spinner in spinners:
            spinner.join()
    assert {heard.outcomes[0].kind for heard in hearers} == {"finished"}


def _spin(done: threading.Event) -> None:
    until = time.monotonic() + 20
    while not done.is_set() and time.monotonic() < until:
        sum(range(1000))


def test_many_metrics_arrive_in_order(qtbot, child):
    _, heard = child("many")
    ended(qtbot, heard)
    assert [message.record["step"] for message in heard.messages if isinstance(message, Metric)] == list(range(500))


def test_child_does_not_inherit_the_plugin_path_of_this_qt(qtbot, monkeypatch):
    monkeypatch.setenv("QT_QPA_PLATFORM_PLUGIN_PATH", "/cv2/qt/plugins")
    environment = child_environment()
    assert isinstance(environment, QProcessEnvironment)
    assert not environment.contains("QT_QPA_PLATFORM_PLUGIN_PATH")
    assert environment.value("PYTHONUTF8") == "1"
    assert environment.value("PYTHONPATH").split(os.pathsep)[0] == str(Path(__file__).resolve().parents[2])
