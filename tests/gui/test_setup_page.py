"""The setup page shows the doctor's report group by group, the worst first, and mends what commands can mend."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QScrollArea

from ocrstudio.core.doctor import check_all, worst
from ocrstudio.core.doctor_facts import Facts
from ocrstudio.core.errors import ProjectError
from ocrstudio.protocol.messages import Done, Stage, encode
from ocrstudio.services.settings import Settings
from ocrstudio.ui.pages.setup.page import SetupPage

CHILD = [sys.executable, str(Path(__file__).parent / "scripted_child.py")]
WAIT_MS = 20000


@pytest.fixture
def page(qtbot, tmp_path):
    def make(program: list[str] | None) -> SetupPage:
        made = SetupPage(Settings(tmp_path / "settings.ini"), program=program)
        qtbot.addWidget(made)
        made.resize(1000, 800)
        made.show()
        qtbot.waitUntil(lambda: not made.is_checking, timeout=WAIT_MS)
        return made

    return make


def told(facts: Facts, **more) -> dict:
    checks = check_all(facts)
    return {"status": worst(checks), "text": "the report", "checks": [check.as_dict() for check in checks], **more}


BARE = Facts(python=(3, 11, 7), executable="/v/bin/python")
MENDED = Facts(python=(3, 11, 7), executable="/v/bin/python", packages={"numpy": "2.3.5"})
# Answers as the doctor does; `--fix` takes a while if the file "slow" is there.
DOCTOR = """
import json, os, pathlib, sys, time
arguments = sys.argv[1:]
def say(text):
    sys.stdout.buffer.write(text.encode()); sys.stdout.flush()
pathlib.Path({folder!r}, "asked.txt").open("a").write(json.dumps(arguments) + chr(10))
if "--environments" in arguments:
    say({environments!r})
elif "--fix" in arguments:
    say({stage!r})
    sys.stderr.write("> pip install numpy" + chr(10)); sys.stderr.flush()
    if pathlib.Path({folder!r}, "slow").exists():
        time.sleep(60)
    say({mended!r})
else:
    say({report!r})
"""


@pytest.fixture
def bare_machine(tmp_path):
    """A child that reports a machine on which nothing is installed."""
    listed = [
        {"python": "/v/bin/python", "role": "own", "name": "v", "version": "3.11.7", "paddle": "", "status": "ok"},
        {"python": "/c/bin/python", "role": "conda", "name": "ocr", "version": "3.10", "paddle": "2.6.2 (CUDA 11.8)"},
    ]
    script = tmp_path / "doctor.py"
    script.write_text(
        DOCTOR.format(
            folder=str(tmp_path),
            environments=encode(Done(result={"environments": listed})),
            stage=encode(Stage(name="install", done=0, total=1)),
            mended=encode(Done(result=told(MENDED, fixed="numpy", mended="ok", stopped=False))),
            report=encode(Done(result=told(BARE))),
        )
    )
    return [sys.executable, str(script)]


def words(made: SetupPage, group: str) -> list[str]:
    return [row.findChild(QLabel, "checkWord").text() for row in made.groups[group].rows]


def row_of(made: SetupPage, name: str):
    return next(row for row in made.rows if row.objectName() == f"check-{name}")


def test_this_computer_is_looked_at_on_the_first_visit(page):
    made = page(None)
    names = {row.objectName() for row in made.rows}
    assert {"check-python", "check-paddle", "check-gpu", "check-models", "check-disk"} <= names
    assert made.summary.text()


def test_problems_come_first_and_each_light_has_its_word(page, bare_machine):
    made = page(bare_machine)
    shown = words(made, "program")
    assert shown == sorted(shown, key=["Problem", "Notice", "Good"].index)
    assert {"Problem", "Notice", "Good"} == set(shown)
    assert made.summary.text() == "This needs mending: Reading, Models, OpenCV, NumPy, Disk"
    assert made.groups["program"].status == "error"
    assert "problems: 3" in made.groups["program"].standing.text()
    assert made.groups["graphics"].standing.text() == "all good"


def test_good_lines_are_short_until_details_are_wanted(qtbot, page, bare_machine):
    made = page(bare_machine)
    good, bad = row_of(made, "gpu"), row_of(made, "numpy")
    assert not good.findChild(QLabel, "checkReason").isVisible()
    assert "detectors hangs" in bad.findChild(QLabel, "checkReason").text()
    assert bad.findChild(QLabel, "checkReason").isVisible()
    made.details_box.click()
    assert good.findChild(QLabel, "checkReason").isVisible()


def test_fix_can_be_copied(qtbot, page, bare_machine):
    made = page(bare_machine)
    row = row_of(made, "paddle")
    assert row.findChild(QLineEdit, "checkCommand").text().startswith('"/v/bin/python" -m pip install')
    qtbot.mouseClick(row.findChild(QPushButton, "copyCommandButton"), Qt.MouseButton.LeftButton)
    assert QApplication.clipboard().text() == row.findChild(QLineEdit, "checkCommand").text()
    assert "Copied" in made.message.text


def test_report_can_be_copied(page, bare_machine):
    made = page(bare_machine)
    made.report_button.click()
    assert QApplication.clipboard().text() == "the report"


def test_report_can_be_asked_for_again(qtbot, page, bare_machine):
    made = page(bare_machine)
    before = made.rows
    qtbot.mouseClick(made.again_button, Qt.MouseButton.LeftButton)
    assert not made.again_button.isEnabled()
    qtbot.waitUntil(lambda: not made.is_checking, timeout=WAIT_MS)
    assert made.rows[0] is not before[0]
    assert len(made.rows) == len(before)


def test_doctor_that_dies_is_told(page):
    made = page([*CHILD, "exit-1"])
    assert "ended unexpectedly" in made.message.text
    assert made.rows == []
    assert made.again_button.isEnabled()


def test_what_goes_wrong_far_below_is_seen_there_too(page, bare_machine):
    made = page(bare_machine)
    made.findChild(QScrollArea).ensureWidgetVisible(made.models_card)
    made.checkouts_card.failed.emit(ProjectError("There is no checkout.", ""))
    assert made.message.text == "There is no checkout."
    assert not made.message.visibleRegion().isEmpty()


def test_another_environment_is_looked_at_and_mended_in(qtbot, page, bare_machine, tmp_path):
    made = page(bare_machine)
    qtbot.waitUntil(lambda: made.environment.box.count() == 2, timeout=WAIT_MS)
    assert made.environment.box.itemText(1) == "conda: ocr – Python 3.10, Paddle 2.6.2 (CUDA 11.8)"
    made.environment.box.setCurrentIndex(1)
    qtbot.waitUntil(lambda: not made.is_checking, timeout=WAIT_MS)
    row_of(made, "numpy").findChild(QPushButton, "fixButton").click()
    made._dialog.run_button.click()
    qtbot.waitUntil(lambda: "looked at again" in made._dialog.message.text, timeout=WAIT_MS)
    asked = (tmp_path / "asked.txt").read_text().splitlines()
    assert '["doctor", "--protocol", "--python", "/c/bin/python"]' in asked
    assert '["doctor", "--protocol", "--fix", "numpy", "--python", "/c/bin/python"]' in asked
    made._dialog.reject()


def test_commands_are_shown_before_they_run_and_the_lights_follow(qtbot, page, bare_machine, tmp_path):
    made = page(bare_machine)
    row_of(made, "numpy").findChild(QPushButton, "fixButton").click()
    dialog = made._dialog
    assert dialog.commands_view.toPlainText() == '"/v/bin/python" -m pip install "numpy>=1.26,<2.4"'
    assert "--fix" not in (tmp_path / "asked.txt").read_text()
    dialog.run_button.click()
    assert not dialog.close_button.isEnabled()
    qtbot.waitUntil(lambda: not dialog.is_running, timeout=WAIT_MS)
    assert "pip install numpy" in dialog.output.toPlainText()
    # the window itself has this package loaded
    assert "Start OCR Studio again" in dialog.message.text
    assert row_of(made, "numpy").is_good
    dialog.close_button.click()
    assert made._dialog is None


def test_an_installation_that_is_stopped_says_what_may_be_left(qtbot, page, bare_machine, tmp_path):
    (tmp_path / "slow").touch()
    made = page(bare_machine)
    row_of(made, "numpy").findChild(QPushButton, "fixButton").click()
    dialog = made._dialog
    dialog.run_button.click()
    qtbot.waitUntil(lambda: "pip install" in dialog.output.toPlainText(), timeout=WAIT_MS)
    dialog.reject()
    qtbot.waitUntil(lambda: not dialog.is_running, timeout=WAIT_MS)
    assert "may be half done" in dialog.message.text
    qtbot.waitUntil(lambda: not made.is_checking, timeout=WAIT_MS)
    assert not row_of(made, "numpy").is_good
    dialog.reject()


def test_closing_the_page_ends_an_installation(qtbot, page, bare_machine, tmp_path):
    (tmp_path / "slow").touch()
    made = page(bare_machine)
    row_of(made, "numpy").findChild(QPushButton, "fixButton").click()
    dialog = made._dialog
    dialog.run_button.click()
    qtbot.waitUntil(lambda: "pip install" in dialog.output.toPlainText(), timeout=WAIT_MS)
    made.close()
    assert not dialog.is_running
