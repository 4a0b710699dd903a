"""Garbage in cycles goes between two events, and not while Qt goes through its widgets."""

import gc
import weakref

import pytest
from PyQt5.QtCore import Qt
from PyQt5.QtGui import QGuiApplication
from PyQt5.QtWidgets import QLabel, QWidget

from ocrstudio.services import collector as module
from ocrstudio.services.collector import MOST_AT_ONCE, WORTH_A_LOOK, Collector
from ocrstudio.ui import dressing

WAIT_MS = 10_000


@pytest.fixture
def collector(_collector):
    # the one of all tests would put aside what this one looks for
    _collector._timer.stop()
    collector = Collector()
    yield collector
    collector.close()
    gc.disable()  # as every test has it
    _collector._timer.start()


class Knot(QWidget):
    """Nobody's widget, which only the collector can find."""

    def __init__(self):
        super().__init__()
        self.me = self


class Busy(QLabel):
    """Makes objects in cycles when it is told of a new style sheet, as handlers do."""

    def changeEvent(self, event):
        for _ in range(WORTH_A_LOOK // 5):
            junk = []
            junk.append(junk)
        super().changeEvent(event)


def test_no_widget_goes_while_a_new_style_sheet_is_told_to_all(qtbot, qapp, collector):
    listeners = [Busy("x") for _ in range(10)]
    for listener in listeners:
        qtbot.addWidget(listener)
        listener.show()
    knots = []
    for number in range(3):
        knot = Knot()
        knots.append(weakref.ref(knot))
        knot.show()
        del knot
        # with Python's own collector Qt meets a deleted widget here, and the process ends
        dressing.change(f"{dressing._WARDROBE.sheet}/* {number} */")
    assert all(knot() is not None for knot in knots)
    qtbot.waitUntil(lambda: all(knot() is None for knot in knots), timeout=WAIT_MS)
    assert not any(isinstance(widget, Knot) for widget in qapp.allWidgets())


def test_what_comes_in_masses_is_put_aside_without_a_look(collector, monkeypatch):
    knot = Knot()
    masses, knot = [[] for _ in range(MOST_AT_ONCE + WORTH_A_LOOK)], weakref.ref(knot)
    collector.collect()
    assert gc.get_count()[0] < WORTH_A_LOOK
    assert gc.get_freeze_count() > len(masses)
    assert knot() is not None
    monkeypatch.setattr(module, "WHOLE_EVERY_S", -1)
    monkeypatch.setattr(QGuiApplication, "applicationState", lambda: Qt.ApplicationState.ApplicationInactive)
    collector._look()
    assert knot() is None


def test_no_look_is_at_more_than_the_most(collector, monkeypatch):
    seen, keep = [], []
    monkeypatch.setattr(module.gc, "collect", lambda generation: seen.append(generation))
    monkeypatch.setattr(module.gc, "get_count", lambda: (WORTH_A_LOOK, 0, 0))
    monkeypatch.setattr(module.gc, "freeze", lambda: keep.append(len(seen)))
    for _ in range(2 * module.LOOKS_PER_SECOND_LOOK):
        collector.collect()
    assert seen == 2 * [*(module.LOOKS_PER_SECOND_LOOK - 1) * [0], 1]
    monkeypatch.setattr(module.gc, "get_count", lambda: (MOST_AT_ONCE // 2 + 1, 0, 0))
    for _ in range(2):
        collector.collect()
    assert keep == [len(seen)]


def test_what_was_in_use_for_long_goes_while_the_program_is_in_use(collector, monkeypatch):
    knot = Knot()
    collector.collect_old()
    knot = weakref.ref(knot)
    collector._look()
    assert knot() is not None
    monkeypatch.setattr(module, "OLD_EVERY_S", -1)
    collector._look()
    assert knot() is None
