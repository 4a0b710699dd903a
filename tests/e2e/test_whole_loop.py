"""The whole loop in the real window with mouse and keys: open, label, correct, split, configure, train, test.

The recogniser and the training are the real ones; what counts in the end are the files on disk.
"""

from __future__ import annotations

import importlib.util
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PyQt5.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PyQt5.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PyQt5.QtTest import QTest
from PyQt5.QtWidgets import QApplication, QSpinBox, QWidget
from pytestqt.qtbot import QtBot

from ocrstudio import paths
from ocrstudio.core.page import PageState
from ocrstudio.core.run_state import RunState
from ocrstudio.formats.metrics_log import read_metrics
from ocrstudio.ui.main_window import MainWindow

PAGES = ("page_02.jpg", "page_03.jpg", "page_05.jpg", "page_07.jpg")
LEFT = Qt.MouseButton.LeftButton
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
PLAIN = Qt.KeyboardModifier.NoModifier
TYPED = "Chapter Ⅻ"

pytestmark = [pytest.mark.timeout(600), pytest.mark.slow]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A few sample pages without labels, in a folder whose name has a space and Chinese characters."""
    made = tmp_path / "my pages 图片"
    made.mkdir()
    for name in PAGES:
        shutil.copy(paths.resources() / "samples" / name, made / name)
    return made


def _wait(qtbot: QtBot, what: Callable[[], bool], seconds: int = 120) -> None:
    qtbot.waitUntil(what, timeout=seconds * 1000)


def _click(window: MainWindow, widget: QWidget) -> None:
    """A click of the left button, sent to the window where the widget is."""
    assert widget.isVisible(), widget.objectName()
    assert widget.isEnabled(), widget.objectName()
    QTest.mouseClick(window.windowHandle(), LEFT, PLAIN, widget.mapTo(window, widget.rect().center()))


def _child(window: MainWindow, name: str) -> Any:
    """The visible widget of that object name."""
    found = [widget for widget in window.findChildren(QWidget, name) if widget.isVisible()]
    assert len(found) == 1, f"{name}: {len(found)}"
    return found[0]


def _keys(window: MainWindow, key: Qt.Key, modifiers: Any = PLAIN) -> None:
    target = QApplication.focusWidget()
    assert target is not None
    assert target.window() is window
    QTest.keyClick(target, key, modifiers)


def _type(text: str) -> None:
    """Types any characters; QTest.keyClicks knows ASCII only."""
    for character in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(QApplication.focusWidget(), QKeyEvent(kind, 0, PLAIN, character))


def _drop(target: QWidget, path: Path) -> None:
    """Drags a file from another program onto a widget."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    centre, copy = target.rect().center(), Qt.DropAction.CopyAction
    QApplication.sendEvent(target, QDragEnterEvent(centre, copy, data, LEFT, PLAIN))
    QApplication.sendEvent(target, QDropEvent(QPointF(centre), copy, data, LEFT, PLAIN))


def _label_lines(folder: Path) -> dict[str, list[dict[str, Any]]]:
    lines = (folder / "Label.txt").read_text(encoding="utf-8").splitlines()
    return {line.split("\t")[0]: json.loads(line.split("\t")[1]) for line in lines}


def _open_and_label(window: MainWindow, qtbot: QtBot, folder: Path) -> None:
    """Drops the folder on the window and lets the real recogniser label every page."""
    session = window._session
    _drop(window, folder)
    _wait(qtbot, lambda: session.document.page is not None and session.image is not None)
    _keys(window, Qt.Key.Key_L, CONTROL | SHIFT)
    _wait(qtbot, lambda: all(session.store.state(key) is PageState.AUTO for key in session.keys), 300)
    _wait(qtbot, lambda: not window.page("annotate")._labeler.is_running)


def _correct_by_hand(window: MainWindow, qtbot: QtBot) -> int:
    """Types a text, draws a box, undoes and redoes it, deletes a box; returns the number of boxes afterwards."""
    page, document = window.page("annotate"), window._session.document
    before = len(document.page.boxes)
    lines = page.lines
    row = lines.visualRect(lines.model().index(1, 0)).center()
    QTest.mouseClick(window.windowHandle(), LEFT, PLAIN, lines.viewport().mapTo(window, row))
    _wait(qtbot, lambda: document.current_id == document.page.boxes[1].id)
    _keys(window, Qt.Key.Key_F2)
    _keys(window, Qt.Key.Key_A, CONTROL)
    _type(TYPED)
    _keys(window, Qt.Key.Key_Return)
    assert document.page.boxes[1].text == TYPED
    assert document.page.boxes[1].touched
    _keys(window, Qt.Key.Key_Escape)
    page.actions_by_id["readNewBoxes"].setChecked(False)
    _keys(window, Qt.Key.Key_W)
    start, end = (page.canvas.to_canvas(*point).toPoint() for point in ((20, 1000), (180, 1040)))
    _drag(window, page.canvas, start, end)
    assert len(document.page.boxes) == before + 1
    _keys(window, Qt.Key.Key_Z, CONTROL)
    assert len(document.page.boxes) == before
    _keys(window, Qt.Key.Key_Y, CONTROL)
    assert len(document.page.boxes) == before + 1
    _keys(window, Qt.Key.Key_Delete)
    return before


def _drag(window: MainWindow, widget: QWidget, start: QPoint, end: QPoint) -> None:
    handle = window.windowHandle()
    QTest.mousePress(handle, LEFT, PLAIN, widget.mapTo(window, start))
    for part in (0.3, 0.7, 1.0):
        step = start + (end - start) * part
        QTest.mouseMove(handle, widget.mapTo(window, step))
        QTest.qWait(20)
    QTest.mouseRelease(handle, LEFT, PLAIN, widget.mapTo(window, end))


def _check_all(window: MainWindow, qtbot: QtBot) -> None:
    session = window._session
    for key in session.keys:
        _wait(qtbot, lambda key=key: session.document.page.key == key and not session.is_loading)
        _keys(window, Qt.Key.Key_Return, CONTROL)
    assert all(session.store.state(key) is PageState.CHECKED for key in session.keys)


def _split(window: MainWindow, qtbot: QtBot, folder: Path) -> Path:
    _keys(window, Qt.Key.Key_2, CONTROL)
    name = _child(window, "datasetName")
    _click(window, name)
    name.selectAll()
    QTest.keyClicks(name, "first")
    ratio = _child(window, "splitRatio")
    ratio.selectAll()
    QTest.keyClicks(ratio, "2:1:1")
    _wait(qtbot, _child(window, "writeDatasetButton").isEnabled)
    dataset = folder / ".ocrstudio" / "datasets" / "first"
    assert not dataset.exists(), "the preview must write nothing"
    _click(window, _child(window, "writeDatasetButton"))
    _wait(qtbot, lambda: (dataset / "split.json").is_file() and not window.page("dataset").is_writing)
    return dataset


def _train(window: MainWindow, qtbot: QtBot, dataset: Path) -> Path:
    """Two epochs on one version of each line; returns the run's folder."""
    window.page("dataset").dataset_written.emit(str(dataset))
    epochs = _child(window, "Global.epoch_num")
    assert isinstance(epochs, QSpinBox)
    epochs.setFocus()
    epochs.selectAll()
    QTest.keyClicks(epochs, "2")
    config = window.page("config")
    config.draft.set_value("Train.dataset.augment_copies", 1)
    _wait(qtbot, _child(window, "startTrainingButton").isEnabled)
    _click(window, _child(window, "startTrainingButton"))
    live = window.page("train").live
    # the flight check comes first
    _wait(qtbot, lambda: live.state is not RunState.IDLE)
    _wait(qtbot, lambda: not live.state.is_active, 400)
    assert live.state is RunState.FINISHED, live.log_text()
    return live.run.path


@pytest.mark.skipif(importlib.util.find_spec("paddle") is None, reason="training needs Paddle, which is not installed")
def test_a_folder_of_images_becomes_a_model_that_reads_a_dropped_picture(
    window: MainWindow, qtbot: QtBot, folder: Path
) -> None:
    _open_and_label(window, qtbot, folder)
    first = window._session.keys[0]
    boxes = _correct_by_hand(window, qtbot)
    _check_all(window, qtbot)
    _keys(window, Qt.Key.Key_S, CONTROL)
    _wait(qtbot, lambda: not window._session.store.dirty)
    labels = _label_lines(folder)
    assert list(labels) == list(window._session.keys)
    assert len(labels[first]) == boxes
    assert labels[first][1]["transcription"] == TYPED
    states = (folder / "fileState.txt").read_text(encoding="utf-8").splitlines()
    assert sorted(states) == sorted(f"{key}\t1" for key in labels)

    dataset = _split(window, qtbot, folder)
    parts = json.loads((dataset / "split.json").read_text(encoding="utf-8"))["parts"]
    pages = [page for part in parts.values() for page in part]
    assert sorted(pages) == sorted(labels), "every page is in one part, and in one only"
    assert [len(parts[name]) for name in ("train", "val", "test")] == [2, 1, 1]
    assert TYPED in "".join(path.read_text(encoding="utf-8") for path in (dataset / "rec").glob("*.txt"))

    run = _train(window, qtbot, dataset)
    records = read_metrics(run / "metrics.jsonl")
    assert [record["kind"] for record in records].count("eval") >= 2
    assert records[-1]["outcome"] == "finished"
    assert {path.name for path in run.glob("best_accuracy.*")} >= {"best_accuracy.pdparams", "best_accuracy.states"}
    bundle = run / "bundle"
    assert {"inference.pdiparams", "inference.yml", "dict.txt", "model.onnx", "card.json"} <= {
        path.name for path in bundle.iterdir()
    }
    assert window.page("train").view.plots.isVisible()

    _click(window, _child(window, "useModelButton"))
    _keys(window, Qt.Key.Key_5, CONTROL)
    page = window.page("test").read
    with qtbot.waitSignal(page.pictures_read, timeout=120_000):
        _drop(page, folder / PAGES[0])
    picture = page.results.all[0]
    assert picture.model == str(bundle)
    assert len(picture.lines) >= 10
    _click(window, _child(window, "copyAllButton"))
    assert len(QApplication.clipboard().text().splitlines()) >= 10

    window.close()
    assert not (folder / ".ocrstudio" / "journal.jsonl").read_bytes(), "everything is in the label file"
    assert _label_lines(folder) == labels
