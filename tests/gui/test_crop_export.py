"""Crops written beside the window: progress, stopping, what was left out; the dialog."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest
from PyQt5.QtCore import Qt
from PyQt5.QtGui import QDesktopServices

from ocrstudio.core.page import Box, PageState
from ocrstudio.formats import rec_export
from ocrstudio.formats.rec_export import export_recognition
from ocrstudio.services import crop_export
from ocrstudio.services.crop_export import CropExporter
from ocrstudio.services.project_session import ProjectSession
from ocrstudio.ui.dialogs.crop_export import CropExportDialog

QUAD = ((1.0, 1.0), (30.0, 1.0), (30.0, 9.0), (1.0, 9.0))
PAGES = 12


@pytest.fixture
def session(qtbot, image_folder):
    made = ProjectSession()
    made.open(image_folder(PAGES))
    assert made.wait_until_open()
    store = made.store
    for number, key in enumerate(store.keys[:-1]):
        boxes = (Box(QUAD, f"line {number}", touched=True), Box(QUAD, "###", touched=True))
        state = PageState.EDITED if number == 0 else PageState.CHECKED
        store.put(replace(store.page(key), boxes=boxes, state=state))
    yield made
    made.close()


@pytest.fixture
def exporter(qtbot, session):
    made = CropExporter(session)
    yield made
    made.close()


def export(qtbot, exporter, out, keys=None):
    with qtbot.waitSignal(exporter.finished, timeout=10000) as done:
        assert exporter.start(out, keys)
    return done.args[0]


def content(out):
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()}


def test_the_window_writes_what_the_command_line_writes(qtbot, session, exporter, tmp_path):
    told = []
    exporter.progressed.connect(lambda done, total: told.append((done, total)))
    result = export(qtbot, exporter, tmp_path / "a")
    export_recognition(session.store, tmp_path / "b", lambda *_: None)
    assert content(tmp_path / "a") == content(tmp_path / "b")
    assert (result.pages, result.lines, result.skipped) == (PAGES - 2, PAGES - 2, [])
    assert told == [(done, PAGES - 2) for done in range(1, PAGES - 1)]
    assert not exporter.is_running


def test_pages_come_in_the_order_asked_for(qtbot, session, exporter, tmp_path):
    keys = session.store.keys[:3][::-1]
    export(qtbot, exporter, tmp_path, keys)
    texts = [line.split("\t")[1] for line in (tmp_path / "rec_gt.txt").read_text().splitlines()]
    assert texts == ["line 2", "line 1", "line 0"]


def test_labelled_pages_are_all_that_have_labels(session, exporter):
    assert exporter.checked_keys() == session.store.keys[1:-1]
    assert set(exporter.labelled_keys()) == set(session.store.keys[:-1])


def test_bad_pages_are_named_and_the_others_written(qtbot, session, exporter, tmp_path, monkeypatch):
    store = session.store
    store.image_path(store.keys[2]).write_bytes(b"junk")

    def failing(item, out, prefix):
        if item.key == store.keys[4]:
            raise RuntimeError("out of order")
        return rec_export.export_page(item, out, prefix)

    monkeypatch.setattr(crop_export, "export_page", failing)
    result = export(qtbot, exporter, tmp_path, [*store.keys[1:6], "pages/nowhere.png"])
    assert result.lines == 3
    assert [one.page for one in result.skipped] == [store.keys[2], store.keys[4], "pages/nowhere.png"]
    assert "out of order" in result.skipped[1].reason


def test_without_pages_it_says_so(qtbot, exporter, tmp_path):
    with qtbot.waitSignal(exporter.failed) as failed:
        assert exporter.start(tmp_path / "out", [])
    assert "nothing to export" in str(failed.args[0])
    assert not (tmp_path / "out").exists()


def test_a_folder_that_cannot_be_written_fails_with_its_name(qtbot, exporter, tmp_path):
    (tmp_path / "crop_img").write_text("a file")
    with qtbot.waitSignal(exporter.failed, timeout=10000) as failed:
        assert exporter.start(tmp_path)
    assert "crop_img" in str(failed.args[0])
    assert not exporter.is_running


def test_stopping_leaves_the_earlier_list_and_the_next_export_is_whole(qtbot, exporter, tmp_path, monkeypatch):
    (tmp_path / "rec_gt.txt").write_text("earlier")
    go_on = threading.Event()

    def waiting(item, out, prefix):
        go_on.wait(10)
        return rec_export.export_page(item, out, prefix)

    monkeypatch.setattr(crop_export, "export_page", waiting)
    done = []
    exporter.finished.connect(done.append)
    assert exporter.start(tmp_path)
    assert not exporter.start(tmp_path), "one at a time"
    qtbot.waitUntil(lambda: exporter._under_way > 0, timeout=5000)
    with qtbot.waitSignal(exporter.cancelled):
        exporter.cancel()
    assert not exporter.is_running
    go_on.set()
    exporter._background.finish()
    assert not done
    assert (tmp_path / "rec_gt.txt").read_text() == "earlier"
    assert export(qtbot, exporter, tmp_path).lines == PAGES - 2


def test_stopping_from_within_progress_ends_it(qtbot, exporter, tmp_path):
    exporter.progressed.connect(lambda *_: exporter.cancel())
    with qtbot.waitSignal(exporter.cancelled, timeout=10000):
        exporter.start(tmp_path)
    exporter._background.finish()
    assert not (tmp_path / "rec_gt.txt").exists()


def test_closing_the_project_stops_it(qtbot, session, exporter, tmp_path):
    assert exporter.start(tmp_path)
    with qtbot.waitSignal(exporter.cancelled):
        session.close()
    assert not exporter.start(tmp_path), "no project is open"


@pytest.fixture
def dialog(qtbot, session, tmp_path):
    made = CropExportDialog(session)
    qtbot.addWidget(made)
    made.set_out(tmp_path / "out")
    made.show()
    yield made
    made.close()


def test_the_dialog_exports_checked_pages_and_opens_the_folder(qtbot, dialog, tmp_path, monkeypatch):
    assert dialog.checked.isChecked()
    assert str(PAGES - 2) in dialog.checked.text()
    assert not dialog.open_folder.isVisible()
    assert not dialog.stop.isVisible()
    with qtbot.waitSignal(dialog._exporter.finished, timeout=10000):
        qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    assert f"{PAGES - 2} lines" in dialog.said.text()
    assert not dialog.skipped.isVisible()
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    qtbot.mouseClick(dialog.open_folder, Qt.MouseButton.LeftButton)
    assert [url.toLocalFile() for url in opened] == [str(tmp_path / "out")]


def test_the_dialog_exports_all_labelled_pages_and_names_what_was_left_out(qtbot, session, dialog, tmp_path):
    session.store.image_path(session.store.keys[0]).write_bytes(b"junk")
    qtbot.keyClick(dialog.labelled, Qt.Key.Key_Space)
    assert dialog.labelled.isChecked()
    with qtbot.waitSignal(dialog._exporter.finished, timeout=10000):
        qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert dialog.skipped.isVisible()
    assert session.store.keys[0] in dialog.skipped.item(0).text()
    assert "1 were left out" in dialog.said.text()
    assert len((tmp_path / "out" / "rec_gt.txt").read_text().splitlines()) == PAGES - 2


def test_the_dialog_warns_of_an_earlier_list_and_shows_failures(qtbot, dialog, tmp_path):
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "rec_gt.txt").write_text("earlier")
    (tmp_path / "taken" / "crop_img").write_text("a file")
    dialog.set_out(tmp_path / "taken")
    assert "will be replaced" in dialog.said.text()
    with qtbot.waitSignal(dialog._exporter.failed, timeout=10000):
        qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    assert "crop_img" in dialog.said.text()
    assert dialog.go.isEnabled()


def test_closing_the_dialog_ends_what_runs(qtbot, dialog, tmp_path):
    qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert not dialog._exporter.is_running
    assert not (tmp_path / "out" / "rec_gt.txt").exists()
