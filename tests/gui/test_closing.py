"""Windows that are closed or deleted in the middle of everything: no hang, no crash, and nobody left behind."""

from __future__ import annotations

import gc
import json
import logging
import random
import threading

import pytest
from PyQt5 import sip
from PyQt5.QtCore import QCoreApplication, QEvent
from PyQt5.QtTest import QTest
from PyQt5.QtWidgets import QApplication

from ocrstudio.services import page_images
from ocrstudio.services.background import wait_for_threads
from ocrstudio.services.project_session import ProjectSession
from ocrstudio.services.recognizer import Recognizer
from ocrstudio.services.settings import Settings, WindowState
from ocrstudio.ui.dialogs.crop_export import CropExportDialog
from ocrstudio.ui.dialogs.exchange import ExportDialog
from ocrstudio.ui.dialogs.package import PackageDialog
from ocrstudio.ui.dialogs.replace import ReplaceDialog
from ocrstudio.ui.main_window import MainWindow
from tests.gui.project_parts import label_line, make_project, save_page_image

WAIT_MS = 15_000
ROUNDS = 8
PAGES = 12
SOON_MS = 120
NAMES = tuple(f"p{number}.png" for number in range(PAGES))


@pytest.fixture
def folder(tmp_path):
    label = "".join(label_line(f"pages/{name}", "one", "two") for name in NAMES)
    states = "".join(f"{name}\t1\n" for name in NAMES[:3])
    made = make_project(tmp_path, NAMES, label=label, states=states)
    save_page_image(made / NAMES[1], 2400, 1600)
    return made


@pytest.fixture
def make_window(qtbot, tmp_path):
    def make() -> MainWindow:
        settings = Settings(tmp_path / "settings.ini")
        window = MainWindow(ProjectSession(), Recognizer(), settings, WindowState(tmp_path / "window.ini"))
        window._session.setParent(window)
        window.show()
        return window

    return make


def delete(window: MainWindow) -> None:
    window.deleteLater()
    QCoreApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete)
    assert sip.isdeleted(window)


def edit(window: MainWindow, _tmp_path) -> None:
    document = window._session.document
    if document.page is not None and document.page.boxes:
        document.set_text(document.page.boxes[0].id, f"text {random.random()}")
        window._session.start_save()


def turn_pages(window: MainWindow, _tmp_path) -> None:
    for _ in range(3):
        window._session.next_page()
        QTest.qWait(5)


def index_lines(window: MainWindow, _tmp_path) -> None:
    window.page("annotate").line_index.require()


def replace(window: MainWindow, _tmp_path) -> None:
    dialog = ReplaceDialog(window._session, window.page("annotate").line_index, window)
    dialog.open()
    dialog.form.find_field.setText("o")


def package(window: MainWindow, tmp_path) -> None:
    if window._session.store is not None:
        dialog = PackageDialog(window._session, window)
        dialog.open()
        dialog.write(tmp_path / f"{random.random()}.zip")


def export_crops(window: MainWindow, tmp_path) -> None:
    if window._session.store is not None:
        dialog = CropExportDialog(window._session, window)
        dialog.open()
        dialog._exporter.start(tmp_path / "crops", None)


def export_labels(window: MainWindow, _tmp_path) -> None:
    if window._session.store is not None:
        ExportDialog(window._session, window).open()


def visit_pages(window: MainWindow, _tmp_path) -> None:
    window.show_page("test")
    window.show_page("annotate")


BUSY = (edit, turn_pages, index_lines, replace, package, export_crops, export_labels, visit_pages)


@pytest.mark.parametrize("end", ["closed", "deleted"])
def test_windows_end_at_any_moment(qtbot, make_window, folder, tmp_path, caplog, capfd, end):
    chance = random.Random(7)
    caplog.set_level(logging.WARNING)
    before = set(threading.enumerate())
    for _ in range(ROUNDS):
        window = make_window()
        window.open_project(folder)
        if chance.random() < 0.8:
            window._session.wait_until_open(WAIT_MS)
        for work in chance.sample(BUSY, 3):
            work(window, tmp_path)
            QTest.qWait(chance.randrange(SOON_MS // 3))
        recognizer = window._recognizer
        if end == "closed":
            window._may_close = True
            assert window.close()
        delete(window)
        recognizer.close()
        gc.collect()
    QTest.qWait(SOON_MS)
    assert wait_for_threads(WAIT_MS)
    QTest.qWait(SOON_MS)
    assert [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()] == []
    assert set(threading.enumerate()) == before
    assert "has been deleted" not in caplog.text + capfd.readouterr().err
    assert [record for record in caplog.records if record.exc_info] == []


def test_a_window_that_goes_as_soon_as_it_is_painted_tells_nobody(make_window):
    window = make_window()
    window.grab()
    assert window._was_painted
    delete(window)
    QTest.qWait(20)


def test_closing_does_not_wait_for_a_picture_that_takes_long(qtbot, make_window, folder, monkeypatch):
    go_on, begun = threading.Event(), threading.Event()
    real = page_images.decode

    def decode(path):
        begun.set()
        go_on.wait(WAIT_MS / 1000)
        return real(path)

    monkeypatch.setattr(page_images, "decode", decode)
    window = make_window()
    window.open_project(folder)
    assert window._session.wait_until_open(WAIT_MS)
    qtbot.waitUntil(begun.is_set)
    window._may_close = True
    assert window.close()
    delete(window)
    assert not go_on.is_set(), "nobody waited for the picture"
    go_on.set()
    assert wait_for_threads(WAIT_MS)
    QTest.qWait(20)


def test_what_was_edited_just_before_the_end_is_saved(qtbot, make_window, folder):
    for number in range(5):
        window = make_window()
        window.open_project(folder)
        assert window._session.wait_until_open(WAIT_MS)
        qtbot.waitUntil(lambda window=window: window._session.document.page is not None, timeout=WAIT_MS)
        document = window._session.document
        key = document.page.key
        assert document.set_text(document.page.boxes[0].id, f"edited {number}")
        window._session.start_save()
        assert window.close()
        delete(window)
        lines = dict(line.split("\t") for line in (folder / "Label.txt").read_text(encoding="utf-8").splitlines())
        assert json.loads(lines[key])[0]["transcription"] == f"edited {number}"
