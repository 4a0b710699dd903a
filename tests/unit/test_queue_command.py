"""`ocrstudio runs queue`, and `train --queue`: the queue of the window, from the terminal."""

from __future__ import annotations

import argparse
import os
from types import SimpleNamespace

import pytest

from ocrstudio.commands import runs, train
from ocrstudio.core.errors import EngineError
from ocrstudio.engine import keeper
from ocrstudio.formats import run_queue
from ocrstudio.formats.config import TrainConfig
from ocrstudio.formats.run_folder import RunFolder, list_runs
from ocrstudio.formats.run_state import read_control


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A project with three runs that nobody began; it is the working directory."""
    folder = tmp_path / "images Ⅻ"
    folder.mkdir()
    for name in ("a", "b", "c"):
        RunFolder.create(folder / ".ocrstudio" / "runs", name, TrainConfig.template())
    monkeypatch.chdir(folder)
    return folder


class Said:
    """A report that keeps what is said."""

    def __init__(self):
        self.lines = []

    def line(self, text):
        self.lines.append(text)


def call(module, *arguments: object) -> tuple[dict, list[str]]:
    parser = argparse.ArgumentParser()
    module.add_arguments(parser)
    said = Said()
    return module.run(parser.parse_args([str(argument) for argument in arguments]), said), said.lines


def queue(*arguments: str) -> dict:
    return call(runs, "queue", *arguments)[0]


def waiting(told: dict) -> list[str]:
    return [entry["run"].rpartition("0")[2] for entry in told["waiting"]]


def test_runs_are_put_in_and_out_and_first(project):
    assert waiting(queue("add", "1", "0002-b", "3")) == ["1-a", "2-b", "3-c"]
    assert waiting(queue("first", "3")) == ["3-c", "1-a", "2-b"]
    assert waiting(queue("remove", "1")) == ["3-c", "2-b"]
    assert queue("hold")["held"]
    _, said = call(runs, "queue", "list")
    assert said[:2] == ["  1  0003-c", "  2  0002-b"]
    assert said[2].startswith("held: nothing of it is started")


def test_the_queue_is_started_with_the_first_and_without_this_terminal(project, monkeypatch):
    started = []

    def popen(command, **how):
        started.append((command, how))
        return SimpleNamespace(pid=os.getpid())

    monkeypatch.setattr(keeper.subprocess, "Popen", popen)
    queue("add", "2", "1")
    queue("hold")
    told = queue("start")
    ((command, how),) = started
    assert command[1:5] == ["-m", "ocrstudio", "engine", "keep"]
    assert command[5].endswith("0002-b")
    assert how["start_new_session"]
    assert read_control(project / ".ocrstudio" / "runs" / "0002-b").window is None
    assert waiting(told) == ["1-a"]
    assert told["kept"]
    assert not told["held"]


def test_an_empty_queue_and_a_finished_run_are_refused_with_what_to_do(project):
    with pytest.raises(EngineError, match="ocrstudio runs queue add RUN"):
        queue("start")
    run = list_runs(project / ".ocrstudio" / "runs")[0]
    run.metrics_path.write_text('{"kind": "end", "outcome": "finished", "time": 9e9}\n')
    with pytest.raises(EngineError, match="it is finished"):
        queue("add", run.name)


def test_a_training_that_is_to_wait_is_only_prepared(project):
    TrainConfig.template().save(project / "roman.yml")
    told, _ = call(train, "roman.yml", "--queue", "--out", ".ocrstudio/runs", "--devices", "0")
    assert waiting(told) == ["4-roman"]
    assert list_runs(project / ".ocrstudio" / "runs")[-1].config().get("Global.use_gpu")
    assert run_queue.read_queue(project / ".ocrstudio" / "runs").names == ["0004-roman"]
