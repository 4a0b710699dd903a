"""Looks at a run in quick succession: cheap while nothing changes, complete when something does."""

import json

import pytest

from ocrstudio.formats.config import TrainConfig
from ocrstudio.formats.run_folder import RunFolder
from ocrstudio.formats.run_state import RunStatus, write_status
from ocrstudio.services import run_watch
from ocrstudio.services.run_watch import RunWatch


@pytest.fixture
def run(tmp_path):
    return RunFolder.create(tmp_path / "runs", "watched", TrainConfig.template())


def write(run, *steps):
    with run.metrics_path.open("a") as file:
        file.writelines(json.dumps({"kind": "train", "step": step, "loss": 1.0}) + "\n" for step in steps)


def until_quiet(watch):
    found = []
    for _ in range(10):
        news = watch.look_closely()
        if news is None:
            return found
        found.append(news)
    raise AssertionError("never quiet")


def test_nothing_is_told_while_nothing_changes_and_all_that_is_new_afterwards(run):
    write(run, 1, 2)
    watch = RunWatch(run)
    assert until_quiet(watch)[0].history.series("train", "loss")[0] == [1, 2]
    assert watch.look_closely() is None
    write(run, 3)
    assert [record["step"] for news in until_quiet(watch) for record in news.records] == [3]
    write_status(run.path, RunStatus(stage="eval"))
    assert until_quiet(watch)[0].status.stage == "eval"


def test_what_comes_faster_than_one_look_takes_is_taken_by_the_next(run, monkeypatch):
    monkeypatch.setattr(run_watch, "LOOK_BYTES", 100)
    write(run, 1)
    watch = RunWatch(run)
    until_quiet(watch)
    write(run, *range(2, 12))
    assert [record["step"] for news in until_quiet(watch) for record in news.records] == list(range(2, 12))


def test_a_whole_look_comes_now_and_then_all_the_same(run, monkeypatch):
    watch = RunWatch(run)
    until_quiet(watch)
    monkeypatch.setattr(run_watch, "CLOSE_LOOK_S", 0)
    assert watch.look_closely() is not None
