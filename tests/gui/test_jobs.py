"""A subcommand beside the window: exactly one end, told in words."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from ocrstudio.protocol.messages import Failed
from ocrstudio.services.engine_process import Outcome
from ocrstudio.services.jobs import CommandJob, unexplained_end

CHILD = [sys.executable, str(Path(__file__).parent / "scripted_child.py")]
WAIT_MS = 10000


@pytest.fixture
def job(qtbot):
    made = []

    def make(script: str, program: list[str] | None = None) -> tuple[CommandJob, dict[str, list]]:
        command = CommandJob([script], program=program or CHILD)
        heard: dict[str, list] = {"progressed": [], "done": [], "failed": [], "cancelled": []}
        command.progressed.connect(lambda *step: heard["progressed"].append(step))
        command.done.connect(heard["done"].append)
        command.failed.connect(heard["failed"].append)
        command.cancelled.connect(lambda: heard["cancelled"].append(True))
        made.append(command)
        return command, heard

    yield make
    for command in made:
        command.close()


def wait_for_end(qtbot, heard) -> None:
    qtbot.waitUntil(lambda: bool(heard["done"] or heard["failed"] or heard["cancelled"]), timeout=WAIT_MS)


def test_job_tells_progress_then_its_result(qtbot, job):
    command, heard = job("job")
    command.start()
    wait_for_end(qtbot, heard)
    assert heard["progressed"] == [("write", 0, 2), ("write", 1, 2), ("write", 2, 2)]
    assert heard["done"] == [{"folder": "a b/Ⅻ"}]
    assert heard["failed"] == heard["cancelled"] == []


def test_failure_is_handed_on_as_the_command_told_it(qtbot, job):
    command, heard = job("job-failed")
    command.start()
    wait_for_end(qtbot, heard)
    (failed,) = heard["failed"]
    assert (failed.what, failed.values, failed.details) == ("{file} holds no images.", {"file": "a.txt"}, "trace")


def test_command_that_dies_silently_is_still_told(qtbot, job):
    command, heard = job("exit-1")
    command.start()
    wait_for_end(qtbot, heard)
    (failed,) = heard["failed"]
    assert "ended unexpectedly" in failed.what
    assert "a broken config" in failed.details


def test_cancelled_job_says_so_and_nothing_else(qtbot, job):
    command, heard = job("obey")
    command.start()
    qtbot.waitUntil(lambda: bool(heard["progressed"]), timeout=WAIT_MS)
    command.cancel()
    wait_for_end(qtbot, heard)
    assert heard["cancelled"] == [True]
    assert heard["done"] == heard["failed"] == []


def test_program_that_cannot_start_is_told_with_a_remedy(qtbot, job):
    command, heard = job("job", program=["no-such-program-anywhere"])
    command.start()
    wait_for_end(qtbot, heard)
    assert "could not be started" in heard["failed"][0].what
    assert heard["failed"][0].remedy


@pytest.mark.parametrize("kind", ["not_started", "killed", "crashed", "failed"])
def test_every_unexplained_end_has_a_sentence_whose_values_fit(kind):
    failed = unexplained_end("split", Outcome(kind, 3, "trace"))
    assert isinstance(failed, Failed)
    assert "split" in failed.what.format(**failed.values)
    assert failed.remedy.format(**failed.values)
