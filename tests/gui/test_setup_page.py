"""The setup page shows the doctor's report, the worst first, with fixes to copy."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import QApplication, QLineEdit

from ocrstudio.core.doctor import Facts, check_all, worst
from ocrstudio.protocol.messages import Done, encode
from ocrstudio.services.settings import Settings
from ocrstudio.ui.pages.setup import SetupPage

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


@pytest.fixture
def bare_machine(tmp_path):
    """A child that reports a machine on which nothing is installed."""
    checks = check_all(Facts(python=(3, 11, 7), executable="/v/bin/python"))
    message = encode(Done(result={"status": worst(checks), "checks": [check.as_dict() for check in checks]}))
    script = tmp_path / "report.py"
    script.write_text(f"import sys\nsys.stdout.buffer.write({message.encode()!r})\n")
    return [sys.executable, str(script)]


def words(made: SetupPage) -> list[str]:
    return [row.findChild(object, "checkWord").text() for row in made.rows]


def test_this_computer_is_looked_at_on_the_first_visit(page):
    made = page(None)
    names = {row.objectName() for row in made.rows}
    assert {"check-python", "check-paddle", "check-gpu", "check-models", "check-disk"} <= names
    assert made.summary.text()


def test_problems_come_first_and_each_light_has_its_word(page, bare_machine):
    made = page(bare_machine)
    shown = words(made)
    assert shown == sorted(shown, key=["Problem", "Notice", "Good"].index)
    assert {"Problem", "Notice", "Good"} == set(shown)
    assert made.summary.text() == "Something is missing."


def test_fix_can_be_copied(qtbot, page, bare_machine):
    made = page(bare_machine)
    row = next(row for row in made.rows if row.objectName() == "check-paddle")
    assert row.findChild(QLineEdit, "checkCommand").text().startswith('"/v/bin/python" -m pip install')
    qtbot.mouseClick(row.findChild(object, "copyCommandButton"), Qt.MouseButton.LeftButton)
    assert QApplication.clipboard().text() == row.findChild(QLineEdit, "checkCommand").text()
    assert "Copied" in made.message.text


def test_report_can_be_asked_for_again(qtbot, page, bare_machine):
    made = page(bare_machine)
    before = made.rows
    qtbot.mouseClick(made.again_button, Qt.MouseButton.LeftButton)
    assert not made.again_button.isEnabled()
    qtbot.waitUntil(lambda: not made.is_checking, timeout=WAIT_MS)
    assert made.rows != before
    assert len(made.rows) == len(before)


def test_doctor_that_dies_is_told(page):
    made = page([*CHILD, "exit-1"])
    assert "ended unexpectedly" in made.message.text
    assert made.rows == []
    assert made.again_button.isEnabled()
