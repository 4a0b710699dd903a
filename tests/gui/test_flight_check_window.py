"""The flight check in the window: it follows the config, holds back what would fail, and its repairs can be undone."""

from __future__ import annotations

import sys

import pytest
from fake_check import FINE
from PyQt5.QtCore import Qt

from ocrstudio.formats.run_folder import Engine
from ocrstudio.services.flight_check import FlightCheck, Subject
from ocrstudio.ui.pages.config.flight_dialog import FlightDialog, FlightPanel
from ocrstudio.ui.pages.config.flight_strip import FlightStrip

WAIT_MS = 20_000


@pytest.fixture
def check(qtbot):
    made = FlightCheck(program=FINE, delay_ms=1)
    yield made
    made.close()


def subject(verdict: str, epochs: int = 1) -> Subject:
    return Subject(f"Global:\n  epoch_num: {epochs}  # check: {verdict}\n", "config", Engine(), "/x/runs")


def looked(qtbot, check: FlightCheck, verdict: str) -> None:
    check.look(subject(verdict))
    qtbot.waitUntil(lambda: not check.is_busy, timeout=WAIT_MS)


@pytest.mark.parametrize(
    ("verdict", "text"),
    [("fine", "2 fine"), ("poor", "1 would be poor, 1 fine"), ("fail", "1 would fail, 1 fine")],
)
def test_the_strip_says_it_in_a_line(qtbot, check, verdict, text):
    strip = FlightStrip(check)
    qtbot.addWidget(strip)
    assert strip.isHidden()
    check.look(subject(verdict))
    assert not strip.isHidden()
    assert not strip.bar.isHidden()
    qtbot.waitUntil(lambda: not check.is_busy, timeout=WAIT_MS)
    assert strip.title.text() == text
    assert strip.names.text() == ("takes about 1 h 5 min" if verdict == "fine" else "Rows")
    assert strip.bar.isHidden()


def test_only_the_latest_config_counts(qtbot, check):
    check.look(subject("slow"))
    qtbot.waitUntil(lambda: check.is_busy and not check.is_waiting, timeout=WAIT_MS)
    check.look(subject("poor"))
    qtbot.waitUntil(lambda: not check.is_busy, timeout=WAIT_MS)
    assert check.report is not None
    assert check.report.worst == "poor"


def test_the_same_config_is_not_checked_twice(qtbot, check):
    looked(qtbot, check, "fine")
    report = check.report
    check.look(subject("fine"))
    assert not check.is_busy
    assert check.report is report


def test_a_check_that_breaks_off_says_so(qtbot, check):
    strip = FlightStrip(check)
    qtbot.addWidget(strip)
    looked(qtbot, check, "breaks")
    assert strip.title.text() == "The flight check broke off."
    assert "code 3" in strip.names.text()


def test_the_panel_lists_the_checks_by_verdict_with_their_rows(qtbot, check):
    panel = FlightPanel(check)
    qtbot.addWidget(panel)
    panel.show()
    looked(qtbot, check, "poor")
    groups = [panel.tree.topLevelItem(place) for place in range(panel.tree.topLevelItemCount())]
    assert [(one.text(0), one.text(1), one.isExpanded()) for one in groups] == [
        ("Would be poor", "1", True),
        ("Could not be looked at", "1", True),
        ("Fine", "1", False),
    ]
    model = panel.detail.model
    assert [model.index(row, 1).data() for row in range(model.rowCount())] == ["2", "3", "5"]
    assert model.index(0, 0).data() == "train.txt"
    assert model.index(0, 2).data() == "row 2"


def test_the_window_of_all_checks_can_be_closed_by_a_button(qtbot, check):
    dialog = FlightDialog(check)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.mouseClick(dialog.panel.shut, Qt.MouseButton.LeftButton)
    assert dialog.isHidden()


def test_a_repair_hands_over_the_settings_and_names_what_was_written(qtbot, check):
    panel = FlightPanel(check)
    qtbot.addWidget(panel)
    panel.show()
    looked(qtbot, check, "poor")
    button = next(one for one in panel.detail.findChildren(object) if one.objectName() == "flightRepair-rows")
    with qtbot.waitSignal(panel.settings_ready, timeout=WAIT_MS) as ready:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert ready.args == [{"Global.epoch_num": 77}]
    assert panel.message.text.startswith("Repaired: 2 lines changed, 1 left out")
    with qtbot.waitSignal(panel.restore_requested):
        panel.message.action_requested.emit()


def test_timing_replaces_the_estimate(qtbot, check):
    looked(qtbot, check, "fine")
    check.time_steps()
    qtbot.waitUntil(lambda: not check.is_busy, timeout=WAIT_MS)
    told = next(line for line in check.report.lines if line.id == "time").told
    assert told[0].values == {"time": "7 min"}


def test_stopping_keeps_what_was_known(qtbot, check):
    looked(qtbot, check, "poor")
    report = check.report
    check.again()
    check.cancel()
    qtbot.waitUntil(lambda: not check.is_busy, timeout=WAIT_MS)
    assert check.report is report


def test_a_program_that_is_not_there_is_a_failure_and_no_crash(qtbot):
    check = FlightCheck(program=[sys.executable + "-none"], delay_ms=1)
    looked(qtbot, check, "fine")
    assert check.report is None
    assert check.failure is not None
    check.close()
