"""A project reviewed in the real window by the keyboard alone; what counts in the end are the files on disk."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from PyQt5.QtCore import Qt
from PyQt5.QtGui import QInputMethodEvent
from PyQt5.QtTest import QTest
from PyQt5.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ocrstudio import paths
from ocrstudio.ui.main_window import MainWindow

PAGES = ("page_02.jpg", "page_03.jpg")
CONTROL = Qt.KeyboardModifier.ControlModifier
PLAIN = Qt.KeyboardModifier.NoModifier
WAIT_MS = 20_000


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two sample pages in a sub-folder each, with three automatic lines a page."""
    made = tmp_path / "待审 pages"
    for place, name in enumerate(PAGES):
        part = made / f"part {place}"
        part.mkdir(parents=True)
        shutil.copy(paths.resources() / "samples" / name, part / name)
        boxes = [
            {
                "transcription": f"line {number}",
                "points": [
                    [100, 100 + 60 * number],
                    [500, 100 + 60 * number],
                    [500, 140 + 60 * number],
                    [100, 140 + 60 * number],
                ],
                "difficult": False,
            }
            for number in range(3)
        ]
        (part / "Cache.cach").write_text(f"{part.name}/{name}\t{json.dumps(boxes)}\n", encoding="utf-8")
    return made


def _press(key: Qt.Key, modifiers: Any = PLAIN) -> None:
    target = QApplication.focusWidget()
    assert target is not None
    QTest.keyClick(target, key, modifiers)


def _compose(text: str) -> None:
    """Text from an input method, as it comes after its candidates were looked through."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(QApplication.focusWidget(), event)


def test_two_pages_are_reviewed_without_the_mouse(window: MainWindow, qtbot: QtBot, folder: Path) -> None:
    window.open_project(folder)
    document = window._session.document
    qtbot.waitUntil(lambda: document.page is not None, timeout=WAIT_MS)
    window.page("annotate").canvas.setFocus()
    _press(Qt.Key.Key_F9)
    assert document.current_box is not None
    assert document.current_box.text == "line 0"
    _compose("Ⅻ")
    QTest.keyClicks(QApplication.focusWidget(), " typed")
    _press(Qt.Key.Key_Return)
    assert document.current_box.text == "line 1"
    _press(Qt.Key.Key_U, Qt.KeyboardModifier.AltModifier)
    _press(Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: document.page is not None and document.page.file == f"part 1/{PAGES[1]}", timeout=WAIT_MS)
    QTest.keyClicks(QApplication.focusWidget(), "w d space a")  # letters are text, not tools
    _press(Qt.Key.Key_Return, CONTROL)
    window.close()
    first, second = (json.loads(_label_line(folder / f"part {place}", name)) for place, name in enumerate(PAGES))
    assert [box["transcription"] for box in first] == ["Ⅻ typed", "###", "line 2"]
    assert [box["transcription"] for box in second] == ["w d space a", "line 1", "line 2"]
    for place, name in enumerate(PAGES):
        state = (folder / f"part {place}" / "fileState.txt").read_text(encoding="utf-8")
        assert state == f"part {place}/{name}\t1\n"


def _label_line(part: Path, name: str) -> str:
    key, _, labels = (part / "Label.txt").read_text(encoding="utf-8").rstrip("\n").partition("\t")
    assert key == f"{part.name}/{name}"
    return labels
