"""Where a run stands, as files and processes tell; and the queue of runs that wait."""

from __future__ import annotations

import json
import os
import threading

import pytest

from ocrstudio.core.run_state import RunFacts, RunState, state_of
from ocrstudio.formats import run_queue
from ocrstudio.formats.config import TrainConfig
from ocrstudio.formats.run_folder import RunFolder
from ocrstudio.formats.run_queue import RunQueue, read_queue
from ocrstudio.formats.run_state import (
    Control,
    Exit,
    ProcessId,
    RunStatus,
    ask,
    read_control,
    read_status,
    write_control,
    write_status,
)

FINISHED = {"outcome": "finished", "time": 200.0}
TRAINED = {"has_records": True, "began": 100.0, "stage": "train"}


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        (RunFacts(), RunState.IDLE),
        (RunFacts(queued=True), RunState.QUEUED),
        (RunFacts(has_records=True), RunState.INTERRUPTED),
        (RunFacts(has_records=True, end=FINISHED), RunState.FINISHED),
        (RunFacts(has_records=True, end={"outcome": "exploded"}), RunState.FAILED),
        (RunFacts("alive", stage="start"), RunState.STARTING),
        (RunFacts("alive", **TRAINED), RunState.RUNNING),
        (RunFacts("alive", stop_asked=True, **TRAINED), RunState.STOPPING),
        # the last record is there before the process is gone
        (RunFacts("alive", end=FINISHED, is_over=True, **TRAINED), RunState.FINISHED),
        (RunFacts("gone", **TRAINED), RunState.INTERRUPTED),
        (RunFacts("gone", end=FINISHED, **TRAINED), RunState.FINISHED),
        # continued, and killed before it forgot its earlier end
        (RunFacts("gone", end={"outcome": "finished", "time": 50.0}, **TRAINED), RunState.INTERRUPTED),
        (RunFacts("gone", has_failed=True, is_over=True, **TRAINED), RunState.FAILED),
        (RunFacts("gone", has_crashed=True, is_over=True, **TRAINED), RunState.FAILED),
        (RunFacts("gone", has_crashed=True, stop_asked=True, is_over=True, **TRAINED), RunState.FAILED),
        (RunFacts("gone", has_crashed=True, was_killed=True, stop_asked=True, **TRAINED), RunState.STOPPED),
        (RunFacts("gone", was_killed=True, stop_asked=True, **TRAINED), RunState.STOPPED),
        (RunFacts("elsewhere", **TRAINED), RunState.UNKNOWN),
        (RunFacts("elsewhere", end=FINISHED, **TRAINED), RunState.FINISHED),
        (RunFacts("gone", queued=True, **TRAINED), RunState.QUEUED),
        (RunFacts("alive", queued=True, **TRAINED), RunState.RUNNING),
    ],
)
def test_a_state_follows_from_facts_alone(facts, state):
    assert state_of(facts) is state


def test_what_is_written_comes_back(tmp_path):
    status = RunStatus(
        ProcessId("pc", 7, 1.5), 2.0, 3.0, "console.log", "eval", 4, 5, [{"what": "x"}], {"what": "y"}, True, Exit(9, 9)
    )
    write_status(tmp_path, status)
    assert read_status(tmp_path) == status
    assert read_control(tmp_path) == Control()
    write_control(tmp_path, Control(window=ProcessId("pc", 8, 9.0)))
    ask(tmp_path, stop=True)
    assert read_control(tmp_path) == Control(stop=True, window=ProcessId("pc", 8, 9.0))


def test_a_log_elsewhere_is_not_followed(tmp_path):
    (tmp_path / "state.json").write_text(json.dumps({"log": "../../etc/passwd"}))
    assert read_status(tmp_path).log == "passwd"


def test_a_process_is_known_by_number_and_birth():
    me = ProcessId.of(os.getpid())
    assert me.standing == "alive"
    assert ProcessId(me.host, me.pid, me.created - 60, me.boot).standing == "gone"
    assert ProcessId(me.host, me.pid, me.created, "the computer's start before").standing == "gone"
    assert ProcessId("another", me.pid, me.created).standing == "elsewhere"
    assert ProcessId().standing == "none"
    assert ProcessId(me.host, 2**80, 1.0).standing == "gone"


@pytest.fixture
def runs(tmp_path):
    for name in ("a", "b", "c"):
        RunFolder.create(tmp_path / "runs", name, TrainConfig.template())
    return tmp_path / "runs"


def test_the_queue_keeps_its_order_and_forgets_runs_that_are_gone(runs):
    for name in ("0001-a", "0002-b", "0003-c", "0001-a"):
        run_queue.add(runs, name, resume=name == "0002-b")
    assert read_queue(runs).names == ["0001-a", "0002-b", "0003-c"]
    assert run_queue.arrange(runs, ["0003-c", "0001-a"]).names == ["0003-c", "0001-a", "0002-b"]
    assert run_queue.remove(runs, "0001-a").names == ["0003-c", "0002-b"]
    (runs / "0003-c" / "config.yml").unlink()
    assert read_queue(runs).names == ["0002-b"]
    me = ProcessId.of(os.getpid())
    entry = run_queue.take(runs, me)
    assert (entry.run, entry.resume) == ("0002-b", True)
    assert read_queue(runs).is_kept
    assert run_queue.take(runs, me) is None
    assert not read_queue(runs).is_kept


def test_nothing_is_taken_from_a_queue_that_is_held(runs):
    run_queue.add(runs, "0001-a")
    run_queue.pause(runs, True)
    assert run_queue.take(runs, ProcessId()) is None
    run_queue.pause(runs, False)
    assert run_queue.take(runs, ProcessId()).run == "0001-a"


def test_many_hands_change_the_queue_and_nothing_is_lost(runs):
    taken = []

    def work(number):
        run_queue.add(runs, f"000{number}-{'abc'[number - 1]}")
        entry = run_queue.take(runs, ProcessId())
        taken.append(entry.run if entry is not None else None)

    threads = [threading.Thread(target=work, args=(number,)) for number in (1, 2, 3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == ["0001-a", "0002-b", "0003-c"]
    assert read_queue(runs).names == []


@pytest.mark.parametrize(
    "text", ["", "[1]", "{", '{"waiting": 7}', '{"waiting": [3, {"run": "../x"}, {"run": 5}, {}], "keeper": "me"}']
)
def test_a_broken_queue_is_an_empty_one(runs, text):
    run_queue.queue_path(runs).write_text(text)
    assert read_queue(runs) == RunQueue()
