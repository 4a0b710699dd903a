"""Ways into the reading tab and out of it: PDF files, the screen, turning, pausing, the table, what is remembered."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from page_parts import FakeSession, drop_files, locked_pdf, make_bundle, save_picture
from PIL import Image
from PyQt5.QtCore import QMimeData, QPoint, Qt, QUrl
from PyQt5.QtGui import QGuiApplication, QPixmap
from PyQt5.QtWidgets import QFileDialog, QInputDialog

from ocrstudio.formats.results.kinds import FORMATS
from ocrstudio.formats.results.saving import save
from ocrstudio.services.recognizer import Recognizer
from ocrstudio.services.settings import Settings
from ocrstudio.ui import theme
from ocrstudio.ui.pages.test import screen_region
from ocrstudio.ui.pages.test.incoming import files_of
from ocrstudio.ui.pages.test.pictures_list import Column
from ocrstudio.ui.pages.test.read_tab import ReadTab
from ocrstudio.ui.pages.test.results import ReadState, Trust
from ocrstudio.ui.pages.test.words import OUTLINES

CHILD = Path(__file__).parent / "fake_reader.py"
WAIT_MS = 15000


@pytest.fixture
def settings(tmp_path):
    return Settings(tmp_path / "settings.ini")


@pytest.fixture
def page(qtbot, tmp_path, settings):
    recognizer = Recognizer(program=[sys.executable, str(CHILD), str(tmp_path)])
    made = ReadTab(FakeSession(), recognizer, settings)
    made.recognizer = recognizer
    qtbot.addWidget(made)
    made.resize(1200, 800)
    made.show()
    yield made
    made.close()
    recognizer.close()


def add(qtbot, page: ReadTab, *files: Path) -> None:
    with qtbot.waitSignal(page.pictures_read, timeout=WAIT_MS):
        page.add_files(files)


def diary(tmp_path: Path) -> list[str]:
    return (tmp_path / "diary.txt").read_text(encoding="utf-8").splitlines()


def make_pdf(path: Path, pages: int = 2) -> Path:
    sheets = [Image.new("RGB", (120, 80), "white") for _ in range(pages)]
    sheets[0].save(path, save_all=True, append_images=sheets[1:])
    return path


def test_each_page_of_a_pdf_is_a_picture_of_its_own(page, qtbot, tmp_path):
    add(qtbot, page, make_pdf(tmp_path / "letter.pdf"))
    assert [picture.name for picture in page.results.all] == ["letter.pdf, page 1", "letter.pdf, page 2"]
    assert {picture.state for picture in page.results.all} == {ReadState.READ}
    assert diary(tmp_path)[-2:] == ["read letter.pdf, page 1", "read letter.pdf, page 2"]
    qtbot.waitUntil(lambda: page.view._image is not None, timeout=WAIT_MS)
    assert page.view._image.size == (334, 223)  # 120 x 80 points at 200 dpi


def test_pdf_files_of_a_folder_are_read_too(page, qtbot, tmp_path):
    folder = tmp_path / "scans"
    folder.mkdir()
    make_pdf(folder / "b.pdf", 1)
    save_picture(folder / "a.png")
    with qtbot.waitSignal(page.pictures_read, timeout=WAIT_MS):
        assert drop_files(page, [folder])
    assert [picture.name for picture in page.results.all] == ["a.png", "b.pdf, page 1"]


def test_a_broken_pdf_is_told_plainly(page, qtbot, tmp_path):
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.4 and then nothing")
    (tmp_path / "empty.pdf").write_bytes(b"")
    page.add_files([tmp_path / "broken.pdf", tmp_path / "empty.pdf"])
    qtbot.waitUntil(lambda: len(page.results.all) == 2, timeout=WAIT_MS)
    assert [picture.problem_text.split(".")[0] for picture in page.results.all] == ["broken", "empty"]
    assert "broken.pdf is damaged" in page.results.all[0].problem_text


def test_a_protected_pdf_asks_until_the_password_is_right(page, qtbot, tmp_path, monkeypatch):
    asked: list[str] = []

    def answer(_parent, _title, text, _echo):
        asked.append(text)
        return ("wrong", True) if len(asked) == 1 else ("open sesame", True)

    monkeypatch.setattr(QInputDialog, "getText", answer)
    add(qtbot, page, locked_pdf(tmp_path / "secret.pdf", "open sesame"))
    assert asked == ["Password of secret.pdf:", "That was not the password of secret.pdf. Try again:"]
    assert diary(tmp_path)[-1] == "read secret.pdf, page 1, password open sesame"
    qtbot.waitUntil(lambda: page.view._image is not None, timeout=WAIT_MS)


def test_a_protected_pdf_without_its_password_is_told(page, qtbot, tmp_path, monkeypatch):
    monkeypatch.setattr(QInputDialog, "getText", lambda *_: ("", False))
    page.add_files([locked_pdf(tmp_path / "secret.pdf", "open sesame")])
    qtbot.waitUntil(lambda: len(page.results.all) == 1, timeout=WAIT_MS)
    assert page.results.all[0].problem_text.startswith("secret.pdf is protected by a password.")


def test_turning_reads_again_and_the_picture_follows(page, qtbot, tmp_path):
    add(qtbot, page, save_picture(tmp_path / "a.png", 200, 100))
    qtbot.waitUntil(lambda: page.view._image is not None, timeout=WAIT_MS)
    lying = page.view.to_widget((200, 100)) - page.view.to_widget((0, 0))
    with qtbot.waitSignal(page.pictures_read, timeout=WAIT_MS):
        qtbot.mouseClick(page.results.turn, Qt.MouseButton.LeftButton)
    assert diary(tmp_path)[-1] == "read a.png, turn 1"
    assert page.results.all[0].as_page().source.turn == 1
    middle = page.view.to_widget((50, 100))  # of the turned picture
    assert (middle - page.view.rect().center()).manhattanLength() < 4
    assert lying.x() > lying.y()


def test_one_line_and_only_finding_are_passed_on_and_remembered(page, qtbot, tmp_path, settings):
    add(qtbot, page, save_picture(tmp_path / "a.png"))
    for index, wish in ((1, "mode line"), (2, "mode find")):
        page.mode.setCurrentIndex(index)
        with qtbot.waitSignal(page.pictures_read, timeout=WAIT_MS):
            page.mode.activated.emit(index)
        assert diary(tmp_path)[-1] == f"read a.png, {wish}"
    assert settings.reading_mode == "find"


def test_a_batch_can_be_paused_and_goes_on(page, qtbot, tmp_path):
    page.add_files([save_picture(tmp_path / name) for name in ("a.png", "held1.png", "held2.png", "held3.png")])
    qtbot.waitUntil(lambda: any(one.state is ReadState.READ for one in page.results.all), timeout=WAIT_MS)
    qtbot.mouseClick(page.progress.pause, Qt.MouseButton.LeftButton)
    (tmp_path / "go on").touch()
    qtbot.waitUntil(lambda: not page.recognizer.is_busy, timeout=WAIT_MS)
    done = sum(one.state is ReadState.READ for one in page.results.all)
    assert 1 <= done < 4
    assert page.progress.text == f"Paused after {done} of 4 pictures."
    assert {one.state for one in page.results.all} == {ReadState.READ, ReadState.WAITING}
    with qtbot.waitSignal(page.pictures_read, timeout=WAIT_MS):
        qtbot.mouseClick(page.progress.pause, Qt.MouseButton.LeftButton)
    assert {one.state for one in page.results.all} == {ReadState.READ}


def test_a_paused_batch_can_be_cancelled(page, qtbot, tmp_path):
    page.add_files([save_picture(tmp_path / f"held{number}.png") for number in range(3)])
    qtbot.waitUntil(lambda: page.reading.is_busy, timeout=WAIT_MS)
    page.reading.pause()
    (tmp_path / "go on").touch()
    qtbot.waitUntil(lambda: not page.recognizer.is_busy, timeout=WAIT_MS)
    with qtbot.waitSignal(page.pictures_read, timeout=WAIT_MS):
        page.reading.cancel()
    assert ReadState.WAITING not in {one.state for one in page.results.all}
    assert "have not been read" in page.message.text


def test_the_table_sorts_and_a_click_opens_the_picture(page, qtbot, tmp_path):
    names = ("page10.png", "empty2.png", "bad1.png", "page9.png")
    add(qtbot, page, *(save_picture(tmp_path / name) for name in names))
    qtbot.mouseClick(page.results.as_table, Qt.MouseButton.LeftButton)
    table = page.results.table
    assert table.isVisible()

    def column(which: Column) -> list[str]:
        return [table.model().index(row, which).data() for row in range(4)]

    assert column(Column.NAME) == list(names)
    table.sortByColumn(Column.NAME, Qt.SortOrder.AscendingOrder)
    assert column(Column.NAME) == ["bad1.png", "empty2.png", "page9.png", "page10.png"]
    table.sortByColumn(Column.CHECK, Qt.SortOrder.DescendingOrder)
    assert column(Column.CHECK) == ["2", "2", "0", ""]
    assert column(Column.SURE)[:3] == ["67 %", "67 %", ""]
    assert "cannot be opened" in column(Column.STATE)[3]
    row = column(Column.NAME).index("page9.png")
    where = table.visualRect(table.model().index(row, Column.LINES)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert not table.isVisible()
    assert page.results.current.name == "page9.png"


def test_the_last_form_of_saving_is_offered_first(page, qtbot, tmp_path, settings, monkeypatch):
    add(qtbot, page, save_picture(tmp_path / "a.png"))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "out.docx"), ""))
    assert page.results.save.last.text() == "Save: Text…"
    page.results.save.menu.actions()[1].trigger()
    qtbot.waitUntil(lambda: "Saved as" in page.message.text, timeout=WAIT_MS)
    assert (page.results.save.last.text(), settings.saving_format) == ("Save: Word document…", "docx")
    assert (tmp_path / "out.docx").read_bytes().startswith(b"PK")


def test_the_last_model_and_folder_are_remembered(page, qtbot, tmp_path, settings):
    bundle = make_bundle(tmp_path / "project", "0001-own")
    page.use_model(str(bundle))
    add(qtbot, page, save_picture(tmp_path / "a.png"))
    assert settings.reading_folder == str(tmp_path)
    again = Recognizer(program=[sys.executable, str(CHILD), str(tmp_path)])
    other = ReadTab(FakeSession(), again, settings)
    qtbot.addWidget(other)
    with qtbot.waitSignal(again.model_ready, timeout=WAIT_MS):
        other.show()
    assert again.model == str(bundle)
    # it belongs to another project, and has its name in the list all the same
    qtbot.waitUntil(lambda: other.chooser.combo.currentText().startswith("0001-own"), timeout=WAIT_MS)
    other.close()
    again.close()


@pytest.fixture
def screen(monkeypatch):
    """The offscreen platform has nothing to show: a sheet of twice as many pixels as the screen has units."""
    size = QGuiApplication.screens()[0].geometry().size()
    sheet = QPixmap(2 * size)
    sheet.fill(Qt.GlobalColor.white)
    monkeypatch.setattr(screen_region, "grabbed", lambda _screen: sheet)


def test_a_part_of_the_screen_is_read(page, qtbot, tmp_path, screen):
    page.take_screen()
    qtbot.waitUntil(lambda: bool(page.region.covers), timeout=WAIT_MS)
    assert not page.isVisible()
    cover = page.region.covers[0]
    assert cover.geometry() == QGuiApplication.screens()[0].geometry()
    qtbot.mousePress(cover, Qt.MouseButton.LeftButton, pos=QPoint(20, 30))
    qtbot.mouseMove(cover, QPoint(160, 90))
    with qtbot.waitSignal(page.pictures_read, timeout=WAIT_MS):
        qtbot.mouseRelease(cover, Qt.MouseButton.LeftButton, pos=QPoint(160, 90))
    assert page.isVisible()
    picture = page.results.all[0]
    with Image.open(picture.path) as taken:
        assert taken.size == (282, 122)
    page.start_over()
    assert not picture.path.exists()


def test_escape_gives_the_window_back(page, qtbot, screen):
    page.take_screen()
    qtbot.waitUntil(lambda: bool(page.region.covers), timeout=WAIT_MS)
    qtbot.keyClick(page.region.covers[0], Qt.Key.Key_Escape)
    assert page.isVisible()
    assert page.results.all == []


def test_a_screen_that_shows_nothing_is_told(page, qtbot, monkeypatch):
    monkeypatch.setattr(screen_region, "grabbed", lambda _screen: QPixmap())
    page.take_screen()
    qtbot.waitUntil(lambda: page.message.text.startswith("This desktop does not let"), timeout=WAIT_MS)
    assert page.isVisible()


def test_where_the_screen_may_not_be_seen_it_says_so(page, monkeypatch):
    monkeypatch.setenv("XDG_SESSION_TYPE", "wayland")
    page.take_screen()
    assert page.message.text.startswith("This desktop does not let programs see the screen.")
    assert page.isVisible()


@pytest.mark.skipif(sys.platform == "win32", reason="file names are characters there")
def test_a_dropped_name_of_bytes_that_are_no_characters_finds_its_file():
    data = QMimeData()
    data.setUrls([QUrl.fromEncoded(b"file:///x/caf%E9%20%23.png"), QUrl.fromLocalFile("/x/a\nb😀.png")])
    assert files_of(data) == [Path("/x/caf\udce9 #.png"), Path("/x/a\nb😀.png")]


@pytest.mark.skipif(sys.platform == "win32", reason="file names are characters there")
@pytest.mark.parametrize("name", [os.fsdecode(b"caf\xe9.png"), "two\nlines 😀.png"], ids=["bytes", "line end"])
def test_a_picture_of_an_odd_name_is_read_shown_and_saved(page, qtbot, tmp_path, name):
    (tmp_path / "odd").mkdir()
    save_picture(tmp_path / "plain.png").rename(tmp_path / "odd" / name)
    add(qtbot, page, tmp_path / "odd")
    picture = page.results.all[0]
    assert picture.state is ReadState.READ
    assert picture.name in ("caf\ufffd.png", "two\ufffdlines 😀.png")
    qtbot.waitUntil(lambda: page.view._image is not None, timeout=WAIT_MS)
    for form, kind in FORMATS.items():
        assert save(form, [picture.as_page()], tmp_path / f"{form}{kind.suffix}").left_out == ()


def test_a_corrected_line_is_told_with_its_picture(page, qtbot, tmp_path):
    add(qtbot, page, save_picture(tmp_path / "a.png"))
    with qtbot.waitSignal(page.line_corrected, timeout=WAIT_MS) as told:
        page.text.model.setData(page.text.model.index(1), "17")
    picture, index = told.args
    assert (picture.lines[index].text, picture.lines[index].as_read) == ("17", "7?")


def test_colour_blind_eyes_tell_the_three_kinds_of_lines_apart():
    """Viénot's simulation of protanopia and deuteranopia; the difference is CIE76 in Lab."""
    import numpy as np

    boxes = theme.LIGHT.boxes
    colours = [boxes[OUTLINES[trust]] for trust in (Trust.SURE, Trust.CHECK, Trust.UNSURE)]
    linear = [(int(one[place : place + 2], 16) / 255) ** 2.2 for one in colours for place in (1, 3, 5)]
    rgb = np.array(linear).reshape(3, 3)
    blind = {
        "protanopia": [[0.11238, 0.88762, 0], [0.11238, 0.88762, 0], [0.00401, -0.00401, 1]],
        "deuteranopia": [[0.29275, 0.70725, 0], [0.29275, 0.70725, 0], [-0.02234, 0.02234, 1]],
    }
    xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    for name, matrix in blind.items():
        seen = np.clip(rgb @ np.array(matrix).T, 0, 1) @ xyz.T / [0.9505, 1.0, 1.089]
        x, y, z = np.cbrt(np.maximum(seen, 0.0089)).T
        lab = np.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], axis=1)
        for one, other in ((0, 1), (0, 2), (1, 2)):
            assert np.linalg.norm(lab[one] - lab[other]) > 20, (name, one, other)
