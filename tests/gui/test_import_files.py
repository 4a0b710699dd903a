"""PDF files and archives in the window: dropped, imported, made a project of; what was left out is kept."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from page_parts import locked_pdf
from PyQt5.QtCore import QMimeData, Qt, QUrl
from PyQt5.QtWidgets import QFileDialog

from ocrstudio.core.page import PageState
from ocrstudio.services.project_session import ProjectSession
from ocrstudio.ui.dialogs.import_labels import ImportDialog
from ocrstudio.ui.dialogs.make_project import MakeProjectDialog, choose_and_make
from ocrstudio.ui.drops import sort_drop
from tests.unit.pdf_parts import text_pdf


@pytest.fixture
def session(image_folder):
    made = ProjectSession()
    made.open(image_folder(2))
    assert made.wait_until_open()
    yield made
    made.close()


@pytest.fixture
def dialog(qtbot, session):
    made = ImportDialog(session)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)  # the test closes it, qtbot too
    qtbot.addWidget(made)
    made.show()
    return made


def look(qtbot, dialog, *sources):
    with qtbot.waitSignal(dialog._run.previewed, timeout=10000) as seen:
        dialog.set_source(*sources)
    return seen.args[0]


def press_import(qtbot, dialog):
    with qtbot.waitSignal(dialog._run.finished, timeout=10000) as done:
        qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    return done.args[0]


def test_drop_knows_documents(tmp_path):
    paths = [tmp_path / name for name in ("a.PDF", "b.zip", "c.tar.gz", "d.png", "e.doc")]
    for path in paths:
        path.touch()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    dropped = sort_drop(data)
    assert [path.name for path in dropped.documents] == ["a.PDF", "b.zip", "c.tar.gz"]
    assert [path.name for path in dropped.others] == ["e.doc"]
    assert not dropped.is_empty


def test_pdf_pages_come_in_with_their_text(qtbot, session, dialog, tmp_path):
    preview = look(qtbot, dialog, text_pdf(tmp_path / "a.pdf", 2), text_pdf(tmp_path / "b.pdf"))
    assert (preview.form, preview.copyable, preview.new_boxes) == ("pdf", 3, 9)
    assert "3 pictures become new pages, with 9 boxes" in dialog.summary.text()
    assert dialog.dpi.isVisible()
    assert not dialog.pictures.isVisible()
    with qtbot.waitSignal(dialog._run.previewed, timeout=10000) as seen:
        dialog.pdf_text.setChecked(False)
    assert seen.args[0].new_boxes == 0
    with qtbot.waitSignal(dialog._run.previewed, timeout=10000):
        dialog.pdf_text.setChecked(True)
    done = press_import(qtbot, dialog)
    assert (done.brought, done.changed, done.log) == (3, 3, None)
    found = {key.rpartition("/")[2]: session.store.page(key) for key in session.store.keys}
    assert sorted(found) == ["a_p001.png", "a_p002.png", "b_p001.png", "page0.png", "page1.png"]
    assert [box.text for box in found["b_p001.png"].boxes] == ["Invoice 2024", "Total 12.50", "EUR"]
    assert found["b_p001.png"].state is PageState.AUTO
    dialog.close()


def test_protected_pdf_asks_for_its_password_and_comes_in_with_it(qtbot, session, dialog, tmp_path):
    with qtbot.waitSignal(dialog._run.failed, timeout=10000):
        dialog.set_source(locked_pdf(tmp_path / "a.pdf", "open sesame"))
    assert dialog.password.isVisible()
    dialog.password.setText("guess")
    with qtbot.waitSignal(dialog._run.failed, timeout=10000):
        qtbot.keyClick(dialog.password, Qt.Key.Key_Return)
    assert "is wrong" in dialog.summary.text()
    dialog.password.setText("open sesame")
    with qtbot.waitSignal(dialog._run.previewed, timeout=10000):
        qtbot.keyClick(dialog.password, Qt.Key.Key_Return)
    assert (press_import(qtbot, dialog).brought, len(session.store.keys)) == (1, 3)
    dialog.close()


def test_zip_comes_in_and_what_was_left_out_is_kept(qtbot, session, dialog, tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.write(session.store.image_path(session.store.keys[0]), "in/new.png")
        archive.writestr("in/rec_gt.txt", "new.png\tneu\ngone.png\tweg\n")
        archive.writestr("../out.png", b"x")
    preview = look(qtbot, dialog, tmp_path / "a.zip")
    assert (preview.missing, preview.copyable, preview.linkable) == (1, 1, False)
    dialog.pictures.setCurrentIndex(dialog.pictures.findData("copy"))
    done = press_import(qtbot, dialog)
    assert (done.brought, done.changed) == (1, 1)
    assert dialog.show_log.isVisible()
    text = done.log.read_text(encoding="utf-8-sig")
    assert "rec_gt.txt, line 2" in text
    assert "../out.png" in text
    assert done.log.name in dialog.summary.text()
    state = session.folder / ".ocrstudio"
    dialog.close()
    qtbot.waitUntil(lambda: not list(state.glob("unpacked*")))


def test_project_is_made_of_a_dropped_pdf(qtbot, tmp_path, monkeypatch):
    session = ProjectSession()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "项目"), ""))
    dialog = choose_and_make(session, None, [text_pdf(tmp_path / "a.pdf")])
    with qtbot.waitSignal(dialog.finished, timeout=10000):
        pass
    assert session.wait_until_open()
    assert [Path(key).name for key in session.store.keys] == ["a_p001.png"]
    session.close()


def test_project_of_a_broken_file_leaves_no_folder(qtbot, tmp_path):
    (tmp_path / "a.zip").write_bytes(b"PK nothing")
    dialog = MakeProjectDialog(ProjectSession(), [tmp_path / "a.zip"], tmp_path / "new")
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: "no archive" in dialog.message.text, timeout=10000)
    assert not (tmp_path / "new").exists()
    dialog.close()
