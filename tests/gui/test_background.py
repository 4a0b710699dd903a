"""Work on threads: results come back here, failures are values, and nobody waits at the end."""

import gc
import threading
import time

import pytest
from PyQt5 import sip
from PyQt5.QtCore import QCoreApplication, QEvent, QObject

from ocrstudio.core.errors import ProjectError, StudioError
from ocrstudio.services.background import Background, tried, wait_for_threads

WAIT_S = 10
OWNERS = 10


@pytest.fixture
def background(qapp):
    made = Background()
    yield made
    made.close()


@pytest.fixture
def gate():
    """What blocks until the test, or its end, lets it go on."""
    made = threading.Event()
    yield made
    made.set()
    assert wait_for_threads(1000 * WAIT_S)


def slow_python():
    """Work that holds Python's lock nearly all the time."""
    return sum(range(100_000))


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


def test_no_more_run_at_once_than_were_asked_for_and_all_run(qtbot, qapp):
    background, running, most, results = Background(threads=2), [], [], []

    def work(number):
        running.append(number)
        most.append(len(running))
        time.sleep(0.002)
        running.remove(number)
        return number

    for number in range(20):
        background.run(lambda number=number: work(number), results.append)
    qtbot.waitUntil(lambda: len(results) == 20, timeout=1000 * WAIT_S)
    assert sorted(results) == list(range(20))
    assert max(most) <= 2


def test_closing_does_not_wait_and_what_was_waiting_never_begins(qtbot, qapp, gate):
    background, begun, told = Background(threads=1), [], []
    for number in range(3):
        background.run(lambda number=number: (begun.append(number), gate.wait(WAIT_S)), told.append)
    qtbot.waitUntil(lambda: begun == [0])
    background.close()
    assert not gate.is_set(), "closing came back while the work was under way"
    assert background.run(lambda: begun.append(9), told.append) is None, "closed for good"
    gate.set()
    assert wait_for_threads(1000 * WAIT_S)
    qtbot.wait(20)
    assert (begun, told) == ([0], [])


def test_work_that_was_dropped_keeps_nobody_waiting(qtbot, qapp, gate):
    background, told = Background(threads=1), []
    background.run(lambda: gate.wait(WAIT_S), told.append)
    background.drop()
    background.run(lambda: "next", told.append)
    qtbot.waitUntil(lambda: told == ["next"])


def test_dropping_can_wait_for_what_has_begun(qtbot, qapp, gate):
    background, begun, told = Background(threads=1), threading.Event(), []
    background.run(lambda: (begun.set(), gate.wait(WAIT_S)), told.append)
    assert begun.wait(WAIT_S)
    threading.Timer(0.05, gate.set).start()
    background.drop(wait=True)
    assert gate.is_set()
    qtbot.wait(20)
    assert told == []


def test_work_is_taken_back_only_before_it_begins(qtbot, qapp, gate):
    background, begun, told = Background(threads=1), threading.Event(), []
    first = background.run(lambda: (begun.set(), gate.wait(WAIT_S)), lambda _: told.append(1))
    second = background.run(lambda: 2, told.append)
    assert begun.wait(WAIT_S)
    assert not background.take_back(first)
    assert background.take_back(second)
    gate.set()
    background.finish()
    assert told == [1]


def test_messages_of_a_thread_come_in_order_before_its_result_and_not_after_the_end(qtbot, qapp, gate):
    background, told = Background(threads=1), []
    tell = background.messenger(told.append)
    background.run(lambda: (tell(1), tell(2)), lambda _: told.append("done"))
    qtbot.waitUntil(lambda: told == [1, 2, "done"])
    background.run(lambda: (gate.wait(WAIT_S), tell(3)), told.append)
    background.close()
    gate.set()
    assert wait_for_threads(1000 * WAIT_S)
    qtbot.wait(20)
    assert told == [1, 2, "done"]


@pytest.mark.parametrize("end", ["parent deleted", "deleted later", "forgotten"])
def test_owners_that_are_deleted_in_the_middle_of_work_hear_nothing(qtbot, qapp, end):
    """A pool of threads that belongs to them would wait here, with Python's lock, for threads that wait for it."""
    told = []
    for number in range(OWNERS):
        owner = QObject()
        background = Background(owner, threads=3)
        tell = background.messenger(told.append)
        for _ in range(5):
            background.run(lambda tell=tell: (slow_python(), tell(1)), told.append)
        if number % 3 == 0:
            time.sleep(0.001)
        if end == "parent deleted":
            sip.delete(owner)
        elif end == "deleted later":
            owner.deleteLater()
            QCoreApplication.sendPostedEvents(owner, QEvent.Type.DeferredDelete)
        owner.knot = background.knot = (owner, background)  # only the collector finds that they are of no use
        del owner, background
        if end == "forgotten":
            gc.collect()
    assert wait_for_threads(1000 * WAIT_S)
    qtbot.wait(50)
    assert told == []


def test_what_work_holds_is_let_go_of_in_the_windows_thread(qtbot, qapp):
    ended_in = []

    class Thing:
        def __del__(self):
            ended_in.append(threading.current_thread())

    background, told = Background(), []
    for _ in range(50):
        thing = Thing()
        background.run(lambda thing=thing: bool(thing), lambda good, thing=thing: told.append(good))
        del thing
    qtbot.waitUntil(lambda: len(told) == 50)
    assert wait_for_threads(1000 * WAIT_S)
    qtbot.waitUntil(lambda: len(ended_in) == 50)
    assert set(ended_in) == {threading.main_thread()}
