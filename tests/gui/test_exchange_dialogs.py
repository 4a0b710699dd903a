"""Importing and exporting in the window: what is shown is what happens, and everything can be undone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PyQt5.QtCore import Qt

from ocrstudio.core.page import Box, PageState
from ocrstudio.services.project_session import ProjectSession
from ocrstudio.ui.dialogs.exchange import ExportDialog
from ocrstudio.ui.dialogs.import_labels import ImportDialog

QUAD = ((1.0, 1.0), (30.0, 1.0), (30.0, 9.0), (1.0, 9.0))


@pytest.fixture
def session(qtbot, image_folder):
    made = ProjectSession()
    made.open(image_folder(4))
    assert made.wait_until_open()
    for number, key in enumerate(made.store.keys[:3]):
        box = Box(points=QUAD, text=f"Ⅻ {number}", touched=True)
        made.store.put(replace(made.store.page(key), boxes=(box,), state=PageState.CHECKED))
    yield made
    made.close()


def export(qtbot, session, form, out):
    dialog = ExportDialog(session)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.choose(form)
    dialog.set_out(out)
    with qtbot.waitSignal(dialog._run.finished, timeout=10000) as done:
        qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    return dialog, done.args[0]


def look(qtbot, session, source):
    dialog = ImportDialog(session)
    qtbot.addWidget(dialog)
    dialog.show()
    with qtbot.waitSignal(dialog._run.previewed, timeout=10000) as seen:
        dialog.set_source(source)
    return dialog, seen.args[0]


def press_import(qtbot, dialog):
    with qtbot.waitSignal(dialog._run.finished, timeout=10000) as done:
        qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    return done.args[0]


def test_export_writes_all_pages_and_says_where(qtbot, session, tmp_path):
    dialog, done = export(qtbot, session, "pagexml", tmp_path / "out")
    assert (done.pages, done.boxes) == (4, 3)
    assert sorted(path.name for path in (tmp_path / "out").glob("*.xml")) == [f"page{n}.xml" for n in range(4)]
    assert str(tmp_path / "out") in dialog.summary.text()
    assert dialog.open_folder.isVisible()
    dialog.close()


def test_every_format_says_what_it_holds(qtbot, session):
    dialog = ExportDialog(session)
    qtbot.addWidget(dialog)
    dialog.show()
    assert not dialog.stop.isVisible()
    assert not dialog.open_folder.isVisible()
    rows = [dialog.forms.topLevelItem(index) for index in range(dialog.forms.topLevelItemCount())]
    assert len(rows) >= 15
    assert all(row.text(0) and row.text(1).endswith(".") for row in rows)
    for row in rows:
        dialog.forms.setCurrentItem(row)
        assert dialog.out.name.endswith(f"-{dialog.form.id}")
    dialog.close()


def test_export_lists_what_the_format_cannot_hold(qtbot, session, tmp_path):
    dialog, _ = export(qtbot, session, "yolo-obb", tmp_path / "out")
    assert dialog.problems.isVisible()
    assert "3 texts" in dialog.problems.toPlainText()
    row = dialog.forms.currentItem()
    qtbot.waitUntil(lambda: dialog.forms.viewport().rect().contains(dialog.forms.visualItemRect(row).center()))
    dialog.close()


def test_export_warns_of_files_that_it_would_replace(qtbot, session, tmp_path):
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").touch()
    dialog = ExportDialog(session)
    qtbot.addWidget(dialog)
    dialog.set_out(tmp_path / "full")
    assert "not empty" in dialog.summary.text()
    dialog.set_out(tmp_path / "none")
    assert "not empty" not in dialog.summary.text()
    dialog.close()


def test_export_that_cannot_be_written_says_why(qtbot, session):
    dialog = ExportDialog(session)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.set_out(session.folder)
    with qtbot.waitSignal(dialog._run.failed, timeout=10000):
        qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    assert "Choose another folder" in dialog.summary.text()
    assert dialog.go.isVisible()
    dialog.close()


def test_preview_changes_nothing_and_import_can_be_undone(qtbot, session, tmp_path):
    out = tmp_path / "out"
    export(qtbot, session, "labelme", out)[0].close()
    key = session.store.keys[1]
    before = session.store.page(key)
    for each in session.store.keys:
        session.store.put(replace(session.store.page(each), boxes=(), state=PageState.NEW))
    empty = session.store.page(key)
    dialog, preview = look(qtbot, session, out)
    assert (preview.form, preview.pages, preview.boxes, preview.changed) == ("labelme", 4, 3, 3)
    assert session.store.page(key) == empty
    done = press_import(qtbot, dialog)
    assert done.changed == preview.changed
    assert [(box.points, box.text) for box in session.store.page(key).boxes] == [(QUAD, before.boxes[0].text)]
    assert session.store.state(key) is PageState.CHECKED
    dialog.close()
    session.open_page(key)
    qtbot.waitUntil(lambda: session.document.page is not None and session.document.page.key == key, timeout=10000)
    session.document.undo()
    assert session.document.page.boxes == ()


def test_labels_that_people_made_stay_unless_replacing_is_chosen(qtbot, session, tmp_path):
    out = tmp_path / "out"
    export(qtbot, session, "csv", out)[0].close()
    key = session.store.keys[0]
    page = session.store.page(key)
    session.store.put(page.with_box(replace(page.boxes[0], text="mine")))
    dialog, preview = look(qtbot, session, out)
    assert (preview.changed, preview.conflicts) == (0, 3)
    assert not dialog.go.isEnabled()
    dialog.existing.setCurrentIndex(dialog.existing.findData("replace"))
    with qtbot.waitSignal(dialog._run.previewed, timeout=10000) as seen:
        dialog.existing.activated.emit(dialog.existing.currentIndex())
    assert seen.args[0].changed == 1
    press_import(qtbot, dialog)
    assert session.store.page(key).boxes[0].text == "Ⅻ 0"
    dialog.close()


def test_pictures_come_along_when_asked(qtbot, session, tmp_path):
    out = tmp_path / "out"
    export(qtbot, session, "labelme", out)[0].close()
    text = (out / "page1.json").read_text(encoding="utf-8")
    (out / "page1.png").rename(out / "new.png")
    (out / "page1.json").write_text(text.replace("page1.png", "new.png"), encoding="utf-8")
    dialog, preview = look(qtbot, session, out)
    assert (preview.missing, preview.copyable) == (1, 1)
    assert not dialog.go.isEnabled()
    assert [dialog.pictures.itemData(index) for index in range(3)] == [None, "copy", "link"]
    dialog.pictures.setCurrentIndex(1)
    done = press_import(qtbot, dialog)
    assert (done.brought, done.changed) == (1, 1)
    assert "1 pictures came into the project" in dialog.summary.text()
    new = next(key for key in session.store.keys if key.endswith("new.png"))
    assert session.store.page(new).boxes[0].text == "Ⅻ 1"
    dialog.close()


def test_a_source_without_labels_says_what_to_do(qtbot, session, tmp_path):
    (tmp_path / "x.bin").write_bytes(b"\x00\xff" * 9)
    dialog = ImportDialog(session)
    qtbot.addWidget(dialog)
    dialog.show()
    with qtbot.waitSignal(dialog._run.failed, timeout=10000):
        dialog.set_source(tmp_path / "x.bin")
    assert "labelme" in dialog.summary.text()
    assert not dialog.go.isEnabled()
    dialog.close()


def test_broken_files_are_listed_and_the_rest_is_shown(qtbot, session, tmp_path):
    out = tmp_path / "out"
    export(qtbot, session, "labelme", out)[0].close()
    (out / "page0.json").write_text('{"shapes": [', encoding="utf-8")
    dialog, preview = look(qtbot, session, out)
    assert preview.pages == 3
    assert "page0.json" in dialog.problems.toPlainText()
    dialog.close()


def test_stop_ends_reading_and_the_project_stays(qtbot, session, tmp_path):
    out = tmp_path / "out"
    export(qtbot, session, "labelme", out)[0].close()
    dialog = ImportDialog(session)
    qtbot.addWidget(dialog)
    dialog.show()
    with qtbot.waitSignal(dialog._run.stopped, timeout=10000):
        dialog.set_source(out)
        qtbot.mouseClick(dialog.stop, Qt.MouseButton.LeftButton)
    assert "Stopped" in dialog.summary.text()
    assert dialog.go.isVisible()
    dialog.close()


def test_closing_while_it_runs_leaves_nothing_behind(qtbot, session, tmp_path):
    dialog = ExportDialog(session)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.set_out(tmp_path / "out")
    qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    dialog.close()
    assert not dialog._run.is_running


def test_closing_the_project_closes_the_dialog(qtbot, session, tmp_path):
    dialog = ExportDialog(session)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.set_out(tmp_path / "out")
    qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(dialog.finished, timeout=10000):
        session.close()
    assert not dialog.isVisible()
