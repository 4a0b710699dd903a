"""The page for people who just want the text of a picture, against a scripted recogniser."""

from __future__ import annotations

import json
import sys
import tempfile
import zipfile
from pathlib import Path

import pytest
from page_parts import FakeSession, drop, drop_files, make_bundle, save_picture
from PyQt5.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PyQt5.QtGui import QImage, QMouseEvent
from PyQt5.QtWidgets import QAction, QApplication, QFileDialog, QLabel, QLineEdit, QPushButton

from ocrstudio import paths
from ocrstudio.services.recognizer import Recognizer
from ocrstudio.services.settings import Settings
from ocrstudio.ui.pages.test import incoming as incoming_module
from ocrstudio.ui.pages.test.read_tab import ReadTab
from ocrstudio.ui.pages.test.results import ReadState, Trust

CHILD = Path(__file__).parent / "fake_reader.py"
WAIT_MS = 15000
TEXTS = ["Kapitel Ⅻ", "7?", "second line"]  # in reading order; the child answers in another one


@pytest.fixture
def page(qtbot, tmp_path):
    recognizer = Recognizer(program=[sys.executable, str(CHILD), str(tmp_path)])
    session = FakeSession()
    made = ReadTab(session, recognizer, Settings(tmp_path / "settings.ini"))
    made.session, made.recognizer = session, recognizer
    qtbot.addWidget(made)
    made.resize(1200, 800)
    made.show()
    yield made
    made.close()
    recognizer.close()


@pytest.fixture(autouse=True)
def no_other_package(monkeypatch):
    """Whatever models other packages bring."""
    monkeypatch.setattr("ocrstudio.formats.model_list.base_files", lambda base: [])


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "my pictures Ⅻ"
    made.mkdir()
    return made


def listed(page: ReadTab) -> list:
    return page.results.all


def add(qtbot, page: ReadTab, *files: Path) -> None:
    with qtbot.waitSignal(page.pictures_read, timeout=WAIT_MS):
        page.add_files(files)


def save(qtbot, page: ReadTab, monkeypatch, form: str, target: Path) -> None:
    """Chooses a form from the menu of the button, and a place; waits until the window says what came of it."""
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    page.message.clear()
    page.results.save.menu.findChild(QAction, f"save_{form}").trigger()
    qtbot.waitUntil(lambda: bool(page.message.text) and not page.saving.is_busy, timeout=WAIT_MS)


def clipboard_text() -> str:
    return QApplication.clipboard().text()


def test_an_empty_page_says_what_to_do(page):
    assert page.drop_area.isVisible()
    assert not page.results.save.isVisible()


def test_a_dropped_picture_shows_its_text_in_reading_order(page, qtbot, folder):
    picture = save_picture(folder / "page one.png")
    with qtbot.waitSignal(page.pictures_read, timeout=WAIT_MS):
        assert drop_files(page, [picture])
    assert [line.text for line in listed(page)[0].lines] == TEXTS
    assert page.text.model.rowCount() == 3
    assert not page.results.list.isVisible()
    assert not page.drop_area.isVisible()


def test_a_dropped_folder_shows_the_list_of_its_pictures(page, qtbot, folder):
    for name in ("page10.png", "page2.png", "notes.txt"):
        (folder / name).write_bytes(b"") if name.endswith("txt") else save_picture(folder / name)
    with qtbot.waitSignal(page.pictures_read, timeout=WAIT_MS):
        assert drop_files(page, [folder])
    assert [picture.path.name for picture in listed(page)] == ["page2.png", "page10.png"]
    assert page.results.list.isVisible()


def test_each_picture_is_shown_from_its_first_line(page, qtbot, folder):
    page.resize(1000, 420)
    add(qtbot, page, *(save_picture(folder / name) for name in ("1.png", "2.png")))
    bar = page.text.view.verticalScrollBar()
    page.text.view.scale_text(4)
    qtbot.waitUntil(lambda: bar.maximum() > 0, timeout=WAIT_MS)
    bar.setValue(bar.maximum())
    page.results.show_picture(listed(page)[1])
    assert bar.value() == 0


def test_an_archive_is_read_like_a_folder_and_leaves_nothing_on_the_disk(page, qtbot, folder, tmp_path, monkeypatch):
    passing = tmp_path / "passing files"
    passing.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(passing))
    packed = folder / "scans 图.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for name in ("b/page10.png", "b/page2.png", "notes.txt"):
            archive.write(save_picture(folder / "page.png"), name)
    broken = folder / "broken.zip"
    broken.write_bytes(b"PK no archive")
    with qtbot.waitSignal(page.pictures_read, timeout=WAIT_MS):
        assert drop_files(page, [packed, broken])
    assert [(one.path.name, one.state) for one in listed(page)] == [
        ("page2.png", ReadState.READ),
        ("page10.png", ReadState.READ),
    ]
    assert "broken.zip" in page.message.text
    assert list(passing.iterdir())
    page.start_over()
    assert not list(passing.iterdir())


def test_a_drop_from_the_internet_is_refused(page):
    data = QMimeData()
    data.setUrls([QUrl("https://example.org/picture.png")])
    assert not drop(page, data)


def test_a_bad_file_never_stops_the_others(page, qtbot, folder):
    (folder / "bad empty.png").write_bytes(b"")
    text = folder / "letter.docx"
    text.write_text("no picture")
    good = save_picture(folder / "good.png")
    add(qtbot, page, text, folder / "gone.png", folder / "bad empty.png", good)
    states = {picture.path.name: picture.state for picture in listed(page)}
    assert states == {
        "letter.docx": ReadState.FAILED,
        "gone.png": ReadState.FAILED,
        "bad empty.png": ReadState.FAILED,
        "good.png": ReadState.READ,
    }
    spoken = Qt.ItemDataRole.AccessibleTextRole
    rows = [page.results.pictures.index(row, 0).data(spoken) for row in range(4)]
    assert rows[0] == "letter.docx: letter.docx is not a picture. Save it as JPG or PNG and try again."
    assert "is not there any more" in rows[1]
    assert rows[2].endswith("bad empty.png cannot be opened as a picture. Save it again.")
    assert rows[3].endswith("3 lines, 2 to check")


def test_a_picture_that_kills_the_reader_is_told_and_the_next_is_read(page, qtbot, folder):
    add(qtbot, page, save_picture(folder / "crash.png"), save_picture(folder / "good.png"))
    assert [picture.state for picture in listed(page)] == [ReadState.FAILED, ReadState.READ]
    assert "crash.png" in page.text._notice.text()


def test_an_empty_folder_is_told(page, qtbot, folder):
    page.add_files([folder])
    qtbot.waitUntil(lambda: "There are no pictures in the folder my pictures Ⅻ." in page.message.text, timeout=WAIT_MS)
    assert page.drop_area.isVisible()


def test_a_picture_without_text_says_so(page, qtbot, folder):
    add(qtbot, page, save_picture(folder / "empty.png"))
    assert page.text._notice.isVisible()
    assert page.text._notice.text() == "No text was found."
    assert not page.text.copy_all.isEnabled()


def test_a_pasted_picture_is_read_and_removed_afterwards(page, qtbot):
    image = QImage(120, 60, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    QApplication.clipboard().setImage(image)
    with qtbot.waitSignal(page.pictures_read, timeout=WAIT_MS):
        page.paste()
    kept = listed(page)[0].path
    assert kept.is_relative_to(paths.user_cache())
    assert QImage(str(kept)).size() == image.size()
    page.start_over()
    assert not kept.exists()
    assert page.drop_area.isVisible()


def test_pasting_copied_files_reads_them(page, qtbot, folder):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(save_picture(folder / "a.png")))])
    QApplication.clipboard().setMimeData(data)
    with qtbot.waitSignal(page.pictures_read, timeout=WAIT_MS):
        page.paste()
    assert [picture.path.name for picture in listed(page)] == ["a.png"]


def test_pasting_nothing_says_what_to_do(page):
    QApplication.clipboard().setText("just words")
    page.paste()
    assert page.message.text.startswith("There is no picture to paste.")


def test_a_full_disk_while_pasting_is_told(page, qtbot, monkeypatch, tmp_path):
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where a folder should be")
    monkeypatch.setattr(incoming_module, "user_cache", lambda: blocked)
    QApplication.clipboard().setImage(QImage(20, 20, QImage.Format.Format_RGB32))
    page.paste()
    qtbot.waitUntil(lambda: "could not be kept" in page.message.text, timeout=WAIT_MS)


def test_confidence_has_a_word_a_sign_and_a_number(page, qtbot, folder):
    add(qtbot, page, save_picture(folder / "a.png"))
    trusts = [line.trust for line in listed(page)[0].lines]
    assert trusts == [Trust.SURE, Trust.UNSURE, Trust.CHECK]
    role = Qt.ItemDataRole.AccessibleTextRole
    spoken = [page.text.model.index(row).data(role) for row in range(3)]
    assert spoken == ["Kapitel Ⅻ, ✓ sure 98 %", "7?, ! unsure 31 %", "second line, ? check this 72 %"]


def test_copying_all_and_copying_a_line(page, qtbot, folder):
    add(qtbot, page, save_picture(folder / "a.png"))
    qtbot.mouseClick(page.text.copy_all, Qt.MouseButton.LeftButton)
    assert page.text.findChild(QLabel, "copiedText").text() == "✓ Copied"
    assert clipboard_text() == "\n".join(TEXTS)
    assert not page.text.copy_line.isEnabled()
    page.text.select(2)
    qtbot.mouseClick(page.text.copy_line, Qt.MouseButton.LeftButton)
    assert clipboard_text() == "second line"


def move_to(page: ReadTab, point: tuple[float, float], kind: QEvent.Type, button: Qt.MouseButton) -> None:
    position = page.view.to_widget(point)
    pressed = button if kind == QEvent.Type.MouseButtonPress else Qt.MouseButton.NoButton
    QApplication.sendEvent(page.view, QMouseEvent(kind, position, button, pressed, Qt.KeyboardModifier.NoModifier))


def test_boxes_and_lines_are_linked_both_ways(page, qtbot, folder):
    add(qtbot, page, save_picture(folder / "a.png"))
    qtbot.waitUntil(lambda: page.view._image is not None, timeout=WAIT_MS)
    inside_second_line = (60.0, 70.0)
    move_to(page, inside_second_line, QEvent.Type.MouseMove, Qt.MouseButton.NoButton)
    assert page.text.view.pointed_row == 2
    move_to(page, inside_second_line, QEvent.Type.MouseButtonPress, Qt.MouseButton.LeftButton)
    move_to(page, inside_second_line, QEvent.Type.MouseButtonRelease, Qt.MouseButton.LeftButton)
    assert page.text.current == 2
    page.text.select(0)
    assert page.view._selected == 0
    page.text.line_pointed.emit(1)
    assert page.view._hovered == 1


def test_zooming_keeps_the_point_under_the_pointer(page, qtbot, folder):
    add(qtbot, page, save_picture(folder / "a.png"))
    qtbot.waitUntil(lambda: page.view._image is not None, timeout=WAIT_MS)
    anchor = page.view.to_widget((50, 50))
    page.view.zoom(2.0, anchor)
    assert (page.view.to_widget((50, 50)) - anchor).manhattanLength() < 0.01
    page.view.fit()
    assert page.view.rect().contains(page.view.to_widget((200, 100)).toPoint())


def test_a_corrected_line_is_what_is_copied_and_saved(page, qtbot, folder, monkeypatch):
    add(qtbot, page, save_picture(folder / "a.png"))
    page.text.select(1)
    page.text.view.setFocus()
    page.text.view.edit(page.text.view.currentIndex())
    editor = page.text.view.findChild(QLineEdit, "lineEditor")
    editor.selectAll()
    qtbot.keyClicks(editor, "17")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: listed(page)[0].lines[1].corrected, timeout=WAIT_MS)
    save(qtbot, page, monkeypatch, "json", folder / "out.json")
    line = json.loads((folder / "out.json").read_text(encoding="utf-8"))[0]["lines"][1]
    assert (line["text"], line["score"], line["touched"]) == ("17", None, True)


def test_text_is_saved_with_a_heading_for_each_picture(page, qtbot, folder, monkeypatch):
    add(qtbot, page, save_picture(folder / "a.png"), save_picture(folder / "b.png"), folder / "gone.png")
    save(qtbot, page, monkeypatch, "txt", folder / "all of it")
    text = (folder / "all of it.txt").read_text(encoding="utf-8")
    block = "\n".join(TEXTS)
    assert text == f"a.png\n-----\n{block}\n\nb.png\n-----\n{block}\n"
    assert "Pictures that could not be read are not in it: gone.png." in page.message.text


def test_json_holds_places_confidence_and_what_went_wrong(page, qtbot, folder, monkeypatch):
    add(qtbot, page, save_picture(folder / "a.png"), save_picture(folder / "bad.png"))
    save(qtbot, page, monkeypatch, "json", folder / "out.json")
    good, bad = json.loads((folder / "out.json").read_text(encoding="utf-8"))
    assert (good["width"], good["height"], good["model"]) == (200, 100, "bundled")
    assert good["lines"][0] == {
        "text": "Kapitel Ⅻ", "score": 0.98, "touched": False,
        "points": [[10, 10], [110, 10], [110, 30], [10, 30]],
    }  # fmt: skip
    assert bad["problem"].startswith("bad.png cannot be opened")


def test_a_file_that_cannot_be_written_is_told(page, qtbot, folder, monkeypatch):
    add(qtbot, page, save_picture(folder / "a.png"))
    save(qtbot, page, monkeypatch, "txt", folder / "no folder" / "x.txt")
    assert "x.txt" in page.message.text


def test_cancelling_a_batch_keeps_what_was_read_and_offers_the_rest(page, qtbot, folder, tmp_path):
    files = [save_picture(folder / name) for name in ("a.png", *(f"held{number}.png" for number in range(4)))]
    page.add_files(files)
    qtbot.waitUntil(lambda: any(one.state is ReadState.READ for one in listed(page)), timeout=WAIT_MS)
    assert page.progress.isVisible()
    with qtbot.waitSignal(page.pictures_read, timeout=WAIT_MS):
        qtbot.mouseClick(page.progress.cancel, Qt.MouseButton.LeftButton)
        (tmp_path / "go on").touch()
    states = [picture.state for picture in listed(page)]
    assert ReadState.CANCELLED in states
    assert ReadState.WAITING not in states
    assert "have not been read" in page.message.text
    with qtbot.waitSignal(page.pictures_read, timeout=WAIT_MS):
        page.message.action_requested.emit()
    assert {picture.state for picture in listed(page)} == {ReadState.READ}


def test_starting_over_in_the_middle_wants_no_late_answers(page, qtbot, folder, tmp_path):
    page.add_files([save_picture(folder / f"held{number}.png") for number in range(3)])
    qtbot.waitUntil(lambda: page.reading.is_busy, timeout=WAIT_MS)
    page.start_over()
    (tmp_path / "go on").touch()
    qtbot.waitUntil(lambda: not page.recognizer.is_busy, timeout=WAIT_MS)
    assert listed(page) == []
    assert page.drop_area.isVisible()


def test_models_are_offered_by_plain_names_and_used(page, qtbot, folder, tmp_path):
    bundle = make_bundle(folder, "0001-roman")
    page.session.open_folder(folder)
    qtbot.waitUntil(lambda: page.chooser.combo.findData(str(bundle)) > 0, timeout=WAIT_MS)
    names = [page.chooser.combo.itemText(row) for row in range(2)]
    assert names[0] == "Standard model"
    assert names[1].startswith("0001-roman, trained on 2026-11-2")
    add(qtbot, page, save_picture(folder / "a.png"))
    page.use_model(str(bundle))
    assert page.chooser.combo.currentText() == names[1]
    assert page.message.text.startswith("These pictures were read with another model.")
    with qtbot.waitSignal(page.pictures_read, timeout=WAIT_MS):
        page.message.action_requested.emit()
    assert listed(page)[0].model == str(bundle)
    assert "model bundle" in (tmp_path / "diary.txt").read_text()


def test_a_model_that_finds_lines_is_chosen_apart_from_the_one_that_reads(page, qtbot, folder):
    assert not page.finder.isVisibleTo(page)
    bundle = make_bundle(folder, "0002-boxes", "det")
    add(qtbot, page, save_picture(folder / "a.png"))
    page.session.open_folder(folder)
    qtbot.waitUntil(lambda: page.finder.isVisibleTo(page), timeout=WAIT_MS)
    page.use_bundle(str(bundle))
    assert (page.recognizer.model, page.recognizer.detector) == ("bundled", str(bundle))
    assert page.finder.combo.currentText().startswith("0002-boxes")
    assert page.chooser.combo.findData(str(bundle)) < 0
    with qtbot.waitSignal(page.pictures_read, timeout=WAIT_MS):
        page.message.action_requested.emit()
    assert (listed(page)[0].model, listed(page)[0].detector) == ("bundled", str(bundle))


def test_a_model_that_cannot_be_used_is_told_and_the_old_one_stays(page, qtbot, folder):
    qtbot.waitUntil(lambda: page.chooser.combo.currentText() == "Standard model", timeout=WAIT_MS)
    page.use_model(str(folder / "broken"))
    qtbot.waitUntil(lambda: "holds no model" in page.message.text, timeout=WAIT_MS)
    assert page.recognizer.model == "bundled"
    assert page.chooser.combo.currentText() == "Standard model"


def test_answers_to_other_pages_are_passed_over(page, qtbot, folder):
    other = save_picture(folder / "other.png")
    with qtbot.waitSignal(page.recognizer.page_read, timeout=WAIT_MS):
        page.recognizer.read(other)
    assert listed(page) == []
    assert page.drop_area.isVisible()


def test_text_can_be_made_larger(page, qtbot, folder):
    add(qtbot, page, save_picture(folder / "a.png"))
    before = page.text.view.visualRect(page.text.model.index(0)).height()
    qtbot.mouseClick(page.findChild(QPushButton, "largerTextButton"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.text.view.visualRect(page.text.model.index(0)).height() > before, timeout=WAIT_MS)


def test_the_drop_area_lights_up_while_something_is_held_above(page, folder):
    from PyQt5.QtGui import QDragEnterEvent, QDragLeaveEvent

    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(folder))])
    enter = QDragEnterEvent(
        QPoint(9, 9), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(page, enter)
    assert page.drop_area._hot
    QApplication.sendEvent(page, QDragLeaveEvent())
    assert not page.drop_area._hot


def test_the_page_uses_no_technical_word(page, qtbot, folder):
    add(qtbot, page, save_picture(folder / "a.png"))
    from PyQt5.QtWidgets import QLabel

    shown = " ".join(widget.text() for kind in (QLabel, QPushButton) for widget in page.findChildren(kind))
    words = {word.strip(".,:;()…").lower() for word in shown.split()}
    assert not words & {"inference", "det", "rec", "ocr", "model_dir", "onnx", "bundle", "confidence", "bounding"}


def test_the_picture_itself_can_be_dropped(page, qtbot):
    data = QMimeData()
    data.setImageData(QImage(40, 30, QImage.Format.Format_RGB32))
    with qtbot.waitSignal(page.pictures_read, timeout=WAIT_MS):
        assert drop(page, data)
    assert QPointF(*listed(page)[0].size) == QPointF(200, 100)  # what the scripted reader says
