"""The training service against a scripted trainer: every way a run can go, and reopening it."""

from __future__ import annotations

import json
import os
import platform
import shutil
import signal
import sys
import threading
import time
from pathlib import Path

import pytest

from ocrstudio.core.errors import EngineError
from ocrstudio.core.run_state import RunState
from ocrstudio.formats import atomic, run_state
from ocrstudio.formats.config import TrainConfig
from ocrstudio.formats.run_folder import RunFolder
from ocrstudio.formats.run_list import RunLister
from ocrstudio.formats.run_state import ProcessId, RunStatus, end_by_force, read_status, write_status
from ocrstudio.services import training_run
from ocrstudio.services.run_watch import FileTail, RunWatch
from ocrstudio.services.training_run import TrainingRun

CHILD = Path(__file__).parent / "fake_trainer.py"
WAIT_MS = 20000


def program(script: str) -> list[str]:
    return [sys.executable, str(CHILD), script]


@pytest.fixture
def folder(tmp_path):
    return RunFolder.create(tmp_path / "runs", "try", TrainConfig.template())


@pytest.fixture
def trainer(qtbot):
    made = []

    def make(script: str) -> TrainingRun:
        run = TrainingRun(program=program(script))
        run.states = []
        run.state_changed.connect(run.states.append)
        made.append(run)
        return run

    yield make
    for run in made:
        run.close()
        if run.run is not None:
            end_by_force(run.run.path)


def finish(qtbot, run: TrainingRun, folder: RunFolder) -> None:
    with qtbot.waitSignal(run.ended, timeout=WAIT_MS):
        run.start(folder)


def test_a_normal_run_goes_through_its_states(trainer, folder, qtbot):
    run = trainer("normal")
    finish(qtbot, run, folder)
    assert [run.states[0], run.states[-1]] == [RunState.STARTING, RunState.FINISHED]
    assert run.bundle == folder.bundle_dir
    assert run.failure is None
    steps, losses = run.history.series("train", "loss")
    assert steps == list(range(1, 21))
    assert losses == sorted(losses, reverse=True)
    assert run.history.series("eval", "acc")[0] == [5, 10, 15, 20]


def test_stages_and_log_lines_are_handed_on(trainer, folder, qtbot):
    run = trainer("normal")
    stages, lines = [], []
    run.stage_changed.connect(lambda *stage: stages.append(stage))
    run.log_received.connect(lines.append)
    finish(qtbot, run, folder)
    assert stages[-1] == ("export", 1, 1)
    told = "\n".join(lines).splitlines()
    assert "a library's stray words" in told
    assert sum("global_step" in line for line in told) == 20
    assert run.log_text().splitlines() == told


def test_a_second_start_is_refused_and_the_first_run_goes_on(trainer, folder, qtbot, tmp_path):
    run = trainer("patient")
    with qtbot.waitSignal(run.history_changed, timeout=WAIT_MS):
        run.start(folder)
    other = RunFolder.create(tmp_path / "runs", "other", TrainConfig.template())
    with pytest.raises(EngineError, match="already running"):
        run.start(other)
    assert run.run == folder
    with qtbot.waitSignal(run.ended, timeout=WAIT_MS):
        run.stop()


def test_stop_lets_the_trainer_save_and_end(trainer, folder, qtbot):
    run = trainer("patient")
    run.start(folder)
    qtbot.waitUntil(lambda: bool(run.history.names("eval")), timeout=WAIT_MS)
    with qtbot.waitSignal(run.ended, timeout=WAIT_MS):
        run.stop()
    # looks are some time apart: a short state may pass between two of them
    assert [state for state in run.states if state is not RunState.RUNNING] == [
        RunState.STARTING,
        RunState.STOPPING,
        RunState.STOPPED,
    ]
    assert run.failure is None
    assert run.bundle == folder.bundle_dir


def test_the_window_never_waits_for_a_file_that_windows_refuses(trainer, folder, qtbot, monkeypatch):
    patient_threads = set()

    def patiently(act):
        patient_threads.add(threading.current_thread())
        return act()

    monkeypatch.setattr(atomic, "patiently", patiently)
    monkeypatch.setattr(run_state, "patiently", patiently)
    run = trainer("patient")
    run.start(folder)
    qtbot.waitUntil(lambda: run.state is RunState.RUNNING, timeout=WAIT_MS)
    run.depend_on(None)
    run.stop()
    with qtbot.waitSignal(run.ended, timeout=WAIT_MS):
        run.stop()  # by force
    assert patient_threads
    assert threading.main_thread() not in patient_threads


def test_a_folder_that_cannot_be_written_to_starts_no_training_and_shows_the_run_as_it_is(trainer, folder, qtbot):
    (folder.path / "control.json").mkdir()
    run = trainer("normal")
    with qtbot.waitSignal(run.start_failed, timeout=WAIT_MS) as refused:
        run.start(folder)
    assert "control.json could not be written" in str(refused.args[0])
    qtbot.waitUntil(lambda: run.is_read, timeout=WAIT_MS)
    assert run.state is RunState.IDLE
    assert run.run == folder


def test_a_trainer_that_ignores_stop_is_reported_and_ended_by_a_second_stop(trainer, folder, qtbot, monkeypatch):
    monkeypatch.setattr(training_run, "STOP_GRACE_S", 1)
    run = trainer("deaf")
    run.start(folder)
    qtbot.waitUntil(lambda: bool(run.history.names("train")), timeout=WAIT_MS)
    with qtbot.waitSignal(run.stop_overdue, timeout=WAIT_MS):
        run.stop()
    assert run.state is RunState.STOPPING
    with qtbot.waitSignal(run.ended, timeout=WAIT_MS):
        run.stop()
    assert run.state is RunState.STOPPED


def test_a_crash_is_a_failure_with_the_last_lines_of_the_log(trainer, folder, qtbot):
    run = trainer("crash")
    finish(qtbot, run, folder)
    assert run.state is RunState.FAILED
    assert run.failure.values == {"code": 9}
    assert run.failure.details.endswith("ValueError: the loss is not a number")
    assert run.history.series("train", "loss")[0] == [1]


def test_a_crash_after_stop_was_asked_for_is_still_told(trainer, folder, qtbot):
    run = trainer("crash-on-stop")
    run.start(folder)
    qtbot.waitUntil(lambda: bool(run.history.names("eval")), timeout=WAIT_MS)
    with qtbot.waitSignal(run.ended, timeout=WAIT_MS):
        run.stop()
    assert run.state is RunState.FAILED
    assert run.failure is not None


def test_a_kill_by_the_system_is_explained_as_memory(trainer, folder, qtbot):
    run = trainer("killed")
    finish(qtbot, run, folder)
    assert run.state is RunState.FAILED
    assert "memory" in run.failure.what


def test_a_trainer_that_cannot_start_is_a_failure(qtbot, folder):
    run = TrainingRun(program=["/nowhere/no-such-program"])
    finish(qtbot, run, folder)
    assert run.state is RunState.FAILED
    assert "could not be started" in run.failure.what


def test_junk_between_the_messages_changes_nothing(trainer, folder, qtbot):
    run = trainer("junk")
    finish(qtbot, run, folder)
    assert run.state is RunState.FINISHED
    assert len(run.history.series("train", "loss")[0]) == 20


def test_missing_paddle_keeps_what_to_do(trainer, folder, qtbot):
    run = trainer("no-paddle")
    finish(qtbot, run, folder)
    assert run.state is RunState.FAILED
    assert run.failure.remedy == "Install it with: {command}"
    assert run.failure.values["command"].startswith("pip install")


def test_a_past_run_is_replayed_from_its_folder(trainer, folder, qtbot):
    live = trainer("normal")
    finish(qtbot, live, folder)
    past = trainer("normal")
    lines = []
    past.log_received.connect(lines.append)
    with qtbot.waitSignal(past.state_changed, timeout=WAIT_MS):
        past.open(RunFolder.open(folder.path))
    assert past.state is RunState.FINISHED
    assert past.history.series("train", "loss") == live.history.series("train", "loss")
    assert past.history.best["step"] == 20
    assert past.bundle == folder.bundle_dir
    assert lines[0].splitlines()[-1].endswith("loss: 1.0")


def test_a_run_without_an_end_was_interrupted(trainer, folder, qtbot):
    """Killed together with whoever could have told how: by a power cut, say."""
    run = trainer("killed")
    finish(qtbot, run, folder)
    write_status(folder.path, RunStatus(read_status(folder.path).process, began=time.time()))
    with folder.metrics_path.open("a") as file:
        file.write('{"kind": "train", "st')  # cut by the crash
    with qtbot.waitSignal(run.state_changed, timeout=WAIT_MS):
        run.open(folder)
    assert run.state is RunState.INTERRUPTED
    assert run.history.series("train", "loss")[0] == [1]


def test_a_run_that_failed_says_so_when_it_is_opened(trainer, folder, qtbot):
    folder.metrics_path.write_text(
        json.dumps({"kind": "end", "outcome": "failed", "message": "no space {left}"}) + "\n"
    )
    run = trainer("normal")
    with qtbot.waitSignal(run.state_changed, timeout=WAIT_MS):
        run.open(folder)
    assert run.state is RunState.FAILED
    assert run.failure.what.format(**run.failure.values) == "no space {left}"


def test_opening_two_runs_in_a_row_shows_the_second(trainer, folder, qtbot, tmp_path):
    other = RunFolder.create(tmp_path / "runs", "other", TrainConfig.template())
    other.metrics_path.write_text(json.dumps({"kind": "end", "outcome": "stopped"}) + "\n")
    run = trainer("normal")
    run.open(folder)
    with qtbot.waitSignal(run.state_changed, timeout=WAIT_MS):
        run.open(other)
    assert run.run == other
    assert run.state is RunState.STOPPED


def test_the_list_of_runs_tells_name_best_and_state(trainer, folder, qtbot, tmp_path):
    finish(qtbot, trainer("normal"), folder)
    second = RunFolder.create(tmp_path / "runs", "second", TrainConfig.template())
    second.metrics_path.write_bytes(b'{"kind": "eval", "acc": 0.5}\n{"kind": "eval", "acc": 0.25}\nnot json "eval"\n')
    rows = RunLister(tmp_path / "runs").look()
    assert [(row.run.name, row.state, row.best) for row in rows] == [
        ("0002-second", RunState.INTERRUPTED, 0.5),
        ("0001-try", RunState.FINISHED, pytest.approx(0.935, abs=0.001)),
    ]
    assert rows[1].bundle == folder.bundle_dir
    assert rows[0].bundle is None


def test_a_run_removed_while_it_is_listed_does_no_harm(folder, monkeypatch):
    lister = RunLister(folder.path.parent)
    assert len(lister.look()) == 1
    monkeypatch.setattr("ocrstudio.formats.run_list.list_runs", lambda _: [folder])
    shutil.rmtree(folder.path)
    row = lister.look()[0]
    assert (row.created, row.best, row.bundle) == (0.0, None, None)


def test_a_missing_folder_has_no_runs(tmp_path):
    assert RunLister(tmp_path / "nothing").look() == []


def test_the_tail_of_a_long_log_begins_with_a_whole_line(tmp_path):
    path = tmp_path / "train.log"
    path.write_text("".join(f"line {number} Ⅻ\n" for number in range(1000)), encoding="utf-8")
    tail = FileTail(100)
    lines, anew = tail.look(path)
    assert anew
    assert lines[-1] == "line 999 Ⅻ"
    assert all(line.startswith("line ") for line in lines)
    with path.open("a", encoding="utf-8") as file:
        file.write("more\nhalf")
    assert tail.look(path) == (["more"], False)
    path.with_suffix(".new").write_text("another\n")
    path.with_suffix(".new").replace(path)
    assert tail.look(path) == (["another"], True)
    assert FileTail().look(tmp_path / "missing.log") == ([], False)


def test_a_window_that_goes_leaves_the_training_and_another_follows_and_stops_it(trainer, folder, qtbot):
    first = trainer("patient")
    first.start(folder)
    qtbot.waitUntil(lambda: len(first.history.series("train", "loss")[0]) > 3, timeout=WAIT_MS)
    first.close()
    first.run = None
    second = trainer("patient")
    with qtbot.waitSignal(second.state_changed, timeout=WAIT_MS):
        second.open(RunFolder.open(folder.path))
    assert second.state is RunState.RUNNING
    before = len(second.history.series("train", "loss")[0])
    qtbot.waitUntil(lambda: len(second.history.series("train", "loss")[0]) > before, timeout=WAIT_MS)
    with qtbot.waitSignal(second.ended, timeout=WAIT_MS):
        second.stop()
    assert second.state is RunState.STOPPED
    steps = second.history.series("train", "loss")[0]
    assert steps == list(range(1, len(steps) + 1)), "nothing is there twice, nothing is missing"
    assert second.bundle == folder.bundle_dir


def test_a_training_that_depends_on_its_window_stops_when_that_is_gone(trainer, folder, qtbot):
    run = trainer("patient")
    run.start(folder, window=ProcessId(platform.node(), 1, 1.0, "another start of the computer"))
    with qtbot.waitSignal(run.ended, timeout=WAIT_MS):
        pass
    assert run.state is RunState.STOPPED


def test_a_line_is_heard_at_the_next_look_and_looks_are_a_fifth_of_a_second_apart(trainer, folder, qtbot, monkeypatch):
    looks, real = [], RunWatch.look_closely
    monkeypatch.setattr(RunWatch, "look_closely", lambda watch: (looks.append(watch), real(watch))[1])
    run = trainer("deaf")
    run.start(folder)
    qtbot.waitUntil(lambda: bool(run.history.names("train")), timeout=WAIT_MS)
    for number in range(3):
        with qtbot.waitSignal(run.log_received, timeout=WAIT_MS):
            with (folder.path / "console.log").open("a") as file:
                file.write(f"line {number}\n")
            looks.clear()
        assert len(looks) <= 2, "one may have been under way"
    assert run._timer.interval() < 200


def test_the_number_of_a_dead_trainer_given_to_another_process_does_not_bring_it_back(trainer, folder, qtbot):
    me = ProcessId.of(os.getpid())
    write_status(
        folder.path, RunStatus(ProcessId(me.host, me.pid, me.created + 3600, me.boot), began=time.time(), stage="train")
    )
    run = trainer("normal")
    with qtbot.waitSignal(run.state_changed, timeout=WAIT_MS):
        run.open(folder)
    assert run.state is RunState.INTERRUPTED
    end_by_force(folder.path)  # and nobody is ended for it


def test_a_run_that_somebody_else_trains_is_not_started(trainer, folder, qtbot):
    first = trainer("patient")
    first.start(folder)
    qtbot.waitUntil(lambda: first.state is RunState.RUNNING, timeout=WAIT_MS)
    second = trainer("patient")
    with qtbot.waitSignal(second.start_failed, timeout=WAIT_MS) as refused:
        second.start(folder)
    assert "being trained already" in str(refused.args[0])
    qtbot.waitUntil(lambda: second.state is RunState.RUNNING, timeout=WAIT_MS)  # the one that it is
    with qtbot.waitSignal(first.ended, timeout=WAIT_MS):
        first.stop()


def test_a_queue_that_cannot_be_written_keeps_no_training_from_its_start(trainer, folder, qtbot):
    (folder.path.parent.parent / "queue.json").mkdir()
    run = trainer("normal")
    finish(qtbot, run, folder)
    assert run.state is RunState.FINISHED
    assert "could not be written" in run.log_text()


def test_a_run_of_another_computer_is_unknown(trainer, folder, qtbot):
    write_status(folder.path, RunStatus(ProcessId("elsewhere", 1, 1.0), began=time.time(), stage="train"))
    run = trainer("normal")
    with qtbot.waitSignal(run.state_changed, timeout=WAIT_MS):
        run.open(folder)
    assert run.state is RunState.UNKNOWN
    assert RunLister(folder.path.parent).look()[0].state is RunState.UNKNOWN
    folder.metrics_path.write_text(json.dumps({"kind": "end", "outcome": "finished", "time": time.time() + 1}) + "\n")
    qtbot.waitUntil(lambda: run.state is RunState.FINISHED, timeout=WAIT_MS)


def test_a_run_that_nobody_began_is_not_started(folder):
    assert RunLister(folder.path.parent).look()[0].state is RunState.IDLE


def test_a_folder_that_vanishes_while_it_is_shown_says_so(trainer, folder, qtbot, monkeypatch):
    monkeypatch.setattr(training_run, "IDLE_LOOK_MS", 50)
    run = trainer("normal")
    finish(qtbot, run, folder)
    shutil.rmtree(folder.path)
    qtbot.waitUntil(lambda: run.state is RunState.VANISHED, timeout=WAIT_MS)
    assert str(folder.path) in run.failure.what.format(**run.failure.values)
    assert len(run.history.series("train", "loss")[0]) == 20, "what was read stays"


def test_a_trainer_killed_with_its_keeper_is_interrupted_not_running(trainer, folder, qtbot):
    run = trainer("patient")
    run.start(folder)
    qtbot.waitUntil(lambda: bool(run.history.names("train")), timeout=WAIT_MS)
    process = read_status(folder.path).process.find()
    for victim in (process.parent(), process):
        victim.send_signal(signal.SIGKILL)
    with qtbot.waitSignal(run.ended, timeout=WAIT_MS):
        pass
    assert run.state is RunState.INTERRUPTED


def test_broken_state_files_count_as_none(trainer, folder, qtbot):
    for text in ("", "[]", "{", '{"process": 3, "notices": [1], "exit": "x", "began": "now", "stage": 5}', "\0" * 9):
        (folder.path / "state.json").write_text(text)
        (folder.path / "control.json").write_text(text)
        (folder.path.parent.parent / "queue.json").write_text(text)
        run = trainer("normal")
        with qtbot.waitSignal(run.state_changed, timeout=WAIT_MS):
            run.open(folder)
        assert run.state is RunState.IDLE
