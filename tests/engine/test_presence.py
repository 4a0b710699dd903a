"""A trainer that is found, followed and stopped through its run folder. Needs no Paddle."""

from __future__ import annotations

import os
import time

import pytest

from ocrstudio.core.errors import EngineError
from ocrstudio.engine import presence as module
from ocrstudio.engine.presence import Presence
from ocrstudio.engine.stopping import StopRequest
from ocrstudio.formats.run_folder import RunFolder
from ocrstudio.formats.run_state import ProcessId, RunStatus, ask, read_status, write_status
from ocrstudio.protocol import messages


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "LOOK_S", 0.01)
    monkeypatch.setattr(module, "PROGRESS_S", 0.05)
    monkeypatch.setattr(module, "WINDOW_LOOK_S", 0.01)
    return RunFolder(tmp_path)


def until(ready):
    deadline = time.monotonic() + 10
    while not ready():
        assert time.monotonic() < deadline, "it never came"
        time.sleep(0.01)


def test_the_folder_tells_who_trains_how_far_it_is_and_that_it_is_over(run):
    with Presence(run, StopRequest()) as presence:
        assert read_status(run.path).process == ProcessId.of(os.getpid())
        presence.send(messages.Stage("train", 3, 10))
        until(lambda: read_status(run.path).stage == "train")
        for done in range(4, 11):
            presence.send(messages.Stage("train", done, 10))
        until(lambda: read_status(run.path).done == 10)
        presence.send(messages.Notice("{a} was put back.", "", {"a": "it"}))
        until(lambda: read_status(run.path).notices)
        assert not read_status(run.path).is_over
    status = read_status(run.path)
    assert status.is_over
    assert status.notices == [{"what": "{a} was put back.", "remedy": "", "values": {"a": "it"}}]


def test_what_is_asked_in_the_folder_stops_the_training(run):
    stop = StopRequest()
    with Presence(run, stop):
        ask(run.path, window=ProcessId.of(os.getpid()))
        time.sleep(0.1)
        assert not stop()
        ask(run.path, stop=True)
        until(stop)


def test_a_window_that_is_gone_stops_a_training_that_depends_on_it(run):
    stop = StopRequest()
    me = ProcessId.of(os.getpid())
    with Presence(run, stop):
        ask(run.path, window=ProcessId(me.host, me.pid, me.created + 99, me.boot))
        until(stop)


def test_a_failure_is_told_with_its_remedy(run):
    with pytest.raises(EngineError), Presence(run, StopRequest()):
        raise EngineError("{file} is gone.", "Bring it back.", file="x.txt")
    failed = read_status(run.path).failed
    assert (failed["what"], failed["remedy"], failed["values"]) == (
        "{file} is gone.",
        "Bring it back.",
        {"file": "x.txt"},
    )
    assert "Traceback" in failed["details"]


def test_a_run_is_trained_by_one_process_at_a_time(run):
    other = ProcessId.of(1)
    write_status(run.path, RunStatus(other, began=1.0, stage="train"))
    with pytest.raises(EngineError, match="being trained already, by process 1"), Presence(run, StopRequest()):
        pass
    assert read_status(run.path).process == other
    write_status(run.path, RunStatus(ProcessId("gpu-server", 1, 1.0), began=1.0, heard=time.time(), stage="train"))
    with pytest.raises(EngineError, match="by the computer gpu-server"), Presence(run, StopRequest()):
        pass
    # it is done, its process only has not ended yet
    write_status(run.path, RunStatus(other, began=1.0, stage="train", is_over=True))
    with Presence(run, StopRequest()):
        pass


def test_a_folder_that_cannot_be_written_ends_nothing(run, tmp_path):
    (tmp_path / "state.json").mkdir()
    with Presence(run, StopRequest()) as presence:
        presence.send(messages.Stage("train", 1, 2))
