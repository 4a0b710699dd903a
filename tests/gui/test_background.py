"""Work on threads: results come back here, in order to wait for them, and failures are values."""

import threading

import pytest

from ocrstudio.core.errors import ProjectError, StudioError
from ocrstudio.services.background import Background, tried


@pytest.fixture
def background(qapp):
    made = Background()
    yield made
    made.close()


def test_finishing_waits_for_the_work_and_hands_over_its_result_once(qtbot, background):
    go_on, results = threading.Event(), []
    background.run(lambda: go_on.wait(10), results.append)
    threading.Timer(0.05, go_on.set).start()
    background.finish()
    assert results == [True]
    qtbot.wait(20)
    assert results == [True]


def test_work_that_is_dropped_calls_nobody_back(qtbot, background):
    results = []
    background.run(lambda: 1, results.append)
    background.close()
    qtbot.wait(20)
    assert results == []


def test_failures_are_values(caplog):
    known = ProjectError("{file} is full.", file="disk")

    def fail(error):
        raise error

    assert tried(lambda: fail(known)) is known
    unknown = tried(lambda: fail(ZeroDivisionError("a defect")))
    assert isinstance(unknown, StudioError)
    assert "a defect" in str(unknown)
    assert "ZeroDivisionError" in caplog.text
    assert tried(lambda: 5) == 5
