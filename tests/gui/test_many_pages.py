"""Several pages of the list at once: selecting them, marking, reading, turning, deleting, and taking that back."""

from __future__ import annotations

import json

import pytest
from annotate_parts import Annotating, label_line, make_project
from PIL import Image
from PyQt5.QtCore import QFile, Qt
from PyQt5.QtTest import QTest
from PyQt5.QtWidgets import QApplication, QMessageBox, QPushButton

from ocrstudio.core.page import PageState
from ocrstudio.formats.store import ProjectStore
from ocrstudio.services import page_lot
from ocrstudio.ui.pages.annotate import actions as specs
from ocrstudio.ui.pages.annotate.named import first_names

NAMES = ("p1.png", "p2.png", "p3.png", "p4.png", "p5.png")
P1, P2, P3, P4, P5 = (f"pages/{name}" for name in NAMES)
SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier


class Many(Annotating):
    """Five pages: the first has a label of a person, the second one that nobody has looked at."""

    @property
    def list(self):
        return self.page.pages.list

    @property
    def selected(self) -> tuple[str, ...]:
        return self.page.pages.selected

    @property
    def states(self) -> dict[str, PageState]:
        return dict(self.session.store.states)

    def click_row(self, row: int, keys=NONE, button=Qt.MouseButton.LeftButton) -> None:
        place = self.list.visualRect(self.page.pages.model.index(row)).center()
        QTest.mouseClick(self.list.viewport(), button, keys, place)

    def press(self, key, keys=NONE) -> None:
        QTest.keyClick(self.list, key, keys)

    def select_all(self) -> None:
        self.list.setFocus()
        self.press(Qt.Key.Key_A, CONTROL)

    def action(self, spec):
        return self.page.actions_by_id[spec.id]

    def do(self, spec) -> None:
        assert self.action(spec).isEnabled(), spec.id
        self.action(spec).trigger()

    def await_state(self, state: PageState) -> None:
        self.qtbot.waitUntil(lambda: set(self.states.values()) == {state})

    def answer(self, name: str, number: int = 0) -> str:
        """Presses a button of a question; gives what it said."""
        self.qtbot.waitUntil(lambda: self.page.findChild(QMessageBox, name) is not None)
        box = self.page.findChild(QMessageBox, name)
        said = f"{box.text()}\n{box.informativeText()}"
        QTest.mouseClick(box.findChild(QPushButton, f"answer{number}"), Qt.MouseButton.LeftButton)
        return said

    def press_message_button(self) -> None:
        QTest.mouseClick(self.page.message.findChild(QPushButton, "messageAction"), Qt.MouseButton.LeftButton)


@pytest.fixture
def folder(tmp_path):
    return make_project(tmp_path, NAMES, label=label_line(P1, "one", "two"), cache=label_line(P2, "found"))


@pytest.fixture
def many(qtbot, folder, isolated_home):
    made = Many(qtbot, folder, isolated_home)
    yield made
    made.close()


# --- selecting -----------------------------------------------------------------------------------------------------


def test_keys_and_clicks_select_as_everywhere(many) -> None:
    many.click_row(1)
    assert many.selected == (P2,)
    assert many.canvas.hasFocus(), "a plain click opens a page to work on it"
    many.click_row(3, SHIFT)
    assert many.selected == (P2, P3, P4)
    assert many.list.hasFocus(), "who selects several goes on here"
    many.click_row(2, CONTROL)
    assert many.selected == (P2, P4)
    many.press(Qt.Key.Key_Down, SHIFT)
    many.press(Qt.Key.Key_Down, SHIFT)
    assert many.selected[-2:] == (P4, P5)
    many.select_all()
    assert many.selected == (P1, P2, P3, P4, P5)


def test_selecting_loads_no_page_but_the_current_one(many, monkeypatch) -> None:
    asked = []
    monkeypatch.setattr(many.session, "open_page", asked.append)
    many.select_all()
    assert asked == []
    assert many.session.document.page.key == P1
    many.click_row(3, SHIFT)
    assert asked == [P4]


def test_the_selection_outlives_the_opening_of_one_of_its_pages(many) -> None:
    many.click_row(0)
    with many.qtbot.waitSignal(many.session.page_opened):
        many.click_row(2, SHIFT)
    assert many.selected == (P1, P2, P3)
    with many.qtbot.waitSignal(many.session.page_opened):
        many.session.open_page(P5)
    assert many.selected == (P5,), "another page is another work"


def test_pages_that_go_out_of_sight_are_selected_no_more(many) -> None:
    many.select_all()
    many.page.pages.filter.setText("p2")
    assert many.selected == (P2,)
    many.select_all()
    many.page.pages.filter.clear()
    assert many.selected == (P2,)


def test_the_number_is_said_in_the_list_and_by_the_commands(many) -> None:
    many.select_all()
    shown = many.page.findChild(object, "pageProgressText")
    assert shown.text() == "0 of 5 pages checked · 5\N{NO-BREAK SPACE}selected"
    assert many.action(specs.CHECK).text() == "Check 5 pages"
    assert many.action(specs.DELETE_IMAGE).text() == "Delete 5 images…"
    many.canvas.setFocus()
    assert many.action(specs.CHECK).text() == "Check the page"
    many.click_row(0)
    assert shown.text() == "0 of 5 pages checked"


def test_on_the_canvas_commands_are_about_the_page_that_is_seen(many) -> None:
    many.select_all()
    many.canvas.setFocus()
    with many.qtbot.waitSignal(many.session.page_opened):
        many.key(Qt.Key.Key_Space)
    assert [key for key, state in many.states.items() if state is PageState.CHECKED] == [P1]
    many.select_all()
    many.key(Qt.Key.Key_A, CONTROL)
    assert many.selected == (P1, P2, P3, P4, P5), "there, the same key is about boxes"


def test_nobody_confirms_a_page_while_another_one_is_on_its_way(many, monkeypatch) -> None:
    monkeypatch.setattr(many.session._loader, "request", lambda path: None)
    monkeypatch.setattr(many.session._loader, "cached", lambda path: None)
    many.session.open_page(P4)
    assert many.session.is_loading
    for widget in (many.canvas, many.list):
        widget.setFocus()
        QTest.keyClick(widget, Qt.Key.Key_Space)
    assert PageState.CHECKED not in many.states.values()


def test_a_page_that_is_selected_beside_the_open_one_is_the_one_that_is_meant(many) -> None:
    many.click_row(1)
    with many.qtbot.waitSignal(many.session.page_opened):
        many.click_row(3, CONTROL)
    with many.qtbot.waitSignal(many.session.page_opened):
        many.click_row(2, CONTROL)
    many.click_row(2, CONTROL)
    many.click_row(1, CONTROL)
    many.qtbot.waitUntil(lambda: many.session.document.page.key == P2)
    assert many.selected == (P4,)
    many.press(Qt.Key.Key_Space)
    assert [key for key, state in many.states.items() if state is PageState.CHECKED] == [P4]


# --- marking -------------------------------------------------------------------------------------------------------


def test_space_checks_all_that_are_selected_and_one_button_takes_it_back(many, folder) -> None:
    before = many.states
    many.select_all()
    many.press(Qt.Key.Key_Space)
    many.await_state(PageState.CHECKED)
    many.qtbot.waitUntil(lambda: many.page.message.text == "5 pages are checked.")
    assert many.session.save()
    states = (folder / "fileState.txt").read_text("utf-8").splitlines()
    assert sorted(line.split("\t") for line in states) == [[f"pages/{name}", "1"] for name in NAMES]
    labels = dict(line.split("\t") for line in (folder / "Label.txt").read_text("utf-8").splitlines())
    assert [box["transcription"] for box in json.loads(labels[P2])] == ["found"]
    many.press_message_button()
    many.qtbot.waitUntil(lambda: many.states == before)
    assert not any(box.touched for box in many.session.store.page(P2).boxes), "nobody has confirmed them any more"


def test_a_mark_is_one_step_on_each_page(many) -> None:
    many.select_all()
    many.do(specs.CHECK)
    many.await_state(PageState.CHECKED)
    with many.qtbot.waitSignal(many.session.page_opened):
        many.session.open_page(P3)
    many.document.undo()
    assert many.states[P3] is PageState.NEW
    assert many.states[P4] is PageState.CHECKED


def test_taking_back_leaves_alone_what_was_edited_since(many) -> None:
    many.select_all()
    many.do(specs.CHECK)
    many.await_state(PageState.CHECKED)
    many.document.set_text(many.boxes[0].id, "better")
    many.press_message_button()
    many.qtbot.waitUntil(lambda: many.page.message.text.endswith("1 had been changed meanwhile and were left alone."))
    assert many.states[P1] is PageState.CHECKED
    assert many.states[P2] is PageState.AUTO


def test_only_pages_with_a_mark_lose_it(many) -> None:
    with many.qtbot.waitSignal(many.session.page_opened):
        many.click_row(1)
    many.document.set_state(PageState.CHECKED)
    many.select_all()
    many.do(specs.UNCHECK)
    many.qtbot.waitUntil(lambda: many.states[P2] is PageState.EDITED)
    assert many.states[P3] is PageState.NEW
    assert not many.action(specs.UNCHECK).isEnabled()


def test_marks_are_in_the_journal_when_the_program_is_killed(many, folder) -> None:
    many.select_all()
    many.do(specs.REJECT)
    many.await_state(PageState.REJECTED)
    again = ProjectStore.open(folder)  # as after a kill: nothing was saved
    assert set(again.states.values()) == {PageState.REJECTED}
    again.close()


def test_marking_is_stopped_by_its_button(many, monkeypatch) -> None:
    monkeypatch.setattr(page_lot, "SLICE_S", 0)  # nothing is done before the button is pressed
    before = many.states
    many.select_all()
    many.press(Qt.Key.Key_Space)
    cancel = many.page.findChild(QPushButton, "markRunCancel")
    assert many.page.findChild(object, "markRunText").text() == "Marking page 1 of 5"
    assert not many.action(specs.CHECK).isEnabled(), "one thing after the other"
    QTest.mouseClick(cancel, Qt.MouseButton.LeftButton)
    many.qtbot.waitUntil(lambda: many.page.message.text.endswith("Stopped: the others are as they were."))
    assert not cancel.isVisible()
    assert many.states == before


def test_what_is_under_way_ends_with_its_project(many, monkeypatch) -> None:
    monkeypatch.setattr(page_lot, "SLICE_S", 0)
    many.select_all()
    many.press(Qt.Key.Key_Space)
    cancel = many.page.findChild(QPushButton, "markRunCancel")
    assert not cancel.parentWidget().parentWidget().isHidden()
    many.session.close()
    assert cancel.parentWidget().parentWidget().isHidden()


# --- reading -------------------------------------------------------------------------------------------------------


def test_the_selected_pages_are_read_in_their_order(many) -> None:
    many.click_row(1)
    many.click_row(3, SHIFT)
    many.do(specs.AUTO_LABEL)
    for name in NAMES[1:4]:
        many.qtbot.waitUntil(lambda: bool(many.recognizer.asked))
        assert many.recognizer.asked[0][1].name == name
        many.recognizer.answer(("text", (20, 20, 80, 40)))
    assert "3 pages are labelled" in many.page.message.text
    many.do(specs.REREAD_PAGE)
    assert [len(quads) for _, _, quads in many.recognizer.asked] == [1, 1]


# --- turning -------------------------------------------------------------------------------------------------------


def shapes(folder) -> list[tuple[int, int]]:
    sizes = []
    for name in NAMES:
        with Image.open(folder / name) as picture:
            sizes.append(picture.size)
    return sizes


def test_pages_turn_with_their_boxes_and_back_again(many, folder) -> None:
    many.click_row(0)
    many.click_row(2, SHIFT)
    with many.qtbot.waitSignal(many.session.turner.ended):
        many.do(specs.ROTATE_PAGE_RIGHT)
    assert shapes(folder) == [(200, 300)] * 3 + [(300, 200)] * 2
    assert many.session.store.page(P1).boxes[0].points[0] == (180, 20), "what was top left is top right"
    assert many.session.store.page(P2).boxes[0].points[0] == (180, 20)
    assert many.page.message.text == "3 pages are turned."
    with many.qtbot.waitSignal(many.session.turner.ended):
        many.press_message_button()
    assert shapes(folder) == [(300, 200)] * 5
    assert many.session.store.page(P2).boxes[0].points[0] == (20, 20)


def test_what_cannot_be_turned_is_named_and_the_rest_is_turned(many, folder) -> None:
    (folder / "p2.png").write_bytes(b"no picture")
    Image.effect_noise((300, 200), 50).convert("RGB").save(folder / "p3.png", "WEBP", quality=50)
    Image.effect_noise((300, 200), 50).convert("RGB").save(folder / "p4.png", "WEBP", quality=50)
    many.select_all()
    many.do(specs.TURN_AROUND)
    said = many.answer("lossyRotationQuestion")
    assert "2 pictures" in said
    assert "p3.png, p4.png" in said
    many.qtbot.waitUntil(lambda: many.page.message.text == "2 pages are turned.")
    assert [len(many.session.document.undo_stack._files.page(name).steps) for name in NAMES] == [1, 0, 1, 1, 1]


# --- files ---------------------------------------------------------------------------------------------------------


def test_names_and_paths_are_copied_line_by_line(many, folder) -> None:
    many.click_row(0)
    many.click_row(2, CONTROL)
    many.do(specs.COPY_NAMES)
    assert QApplication.clipboard().text() == "p1.png\np3.png"
    many.do(specs.COPY_PATHS)
    assert QApplication.clipboard().text() == f"{folder / 'p1.png'}\n{folder / 'p3.png'}"


def test_deleting_names_the_number_and_the_first_few_and_can_be_taken_back(many, folder, tmp_path, monkeypatch) -> None:
    place = tmp_path / "Trash" / "files"
    place.mkdir(parents=True)

    def move(name: str) -> tuple[bool, str]:
        target = place / name.rpartition("/")[2]
        return QFile.rename(name, str(target)), str(target)

    monkeypatch.setattr("ocrstudio.services.removed_images.QFile.moveToTrash", staticmethod(move))
    many.click_row(0)
    many.click_row(3, SHIFT)
    many.press(Qt.Key.Key_Delete)
    said = many.answer("deleteImageQuestion")
    assert said.startswith("Delete 4 images?\np1.png, p2.png, p3.png, …")
    many.qtbot.waitUntil(lambda: list(many.session.keys) == [P5])
    many.qtbot.waitUntil(lambda: many.page.message.text == "4 images were taken out of the project.")
    many.press_message_button()
    many.qtbot.waitUntil(lambda: len(many.session.keys) == 5)
    assert [box.text for box in many.session.store.page(P1).boxes] == ["one", "two"]


def test_without_a_trash_the_folder_of_the_project_takes_them(many, folder, monkeypatch) -> None:
    nothing = staticmethod(lambda name: (False, ""))
    monkeypatch.setattr("ocrstudio.services.removed_images.QFile.moveToTrash", nothing)
    many.select_all()
    many.click_row(4, CONTROL)
    many.do(specs.DELETE_IMAGE)
    many.answer("deleteImageQuestion")
    assert "4 images" in many.answer("setAsideQuestion")
    many.qtbot.waitUntil(lambda: list(many.session.keys) == [P5])
    assert len(list((folder / ".ocrstudio" / "removed").iterdir())) == 4


def test_few_names_are_said_and_the_others_are_dots() -> None:
    assert first_names(["a", "b", "c"]) == "a, b, c"
    assert first_names(["a", "b", "c", "d"]) == "a, b, c, …"
