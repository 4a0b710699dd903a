"""Find and replace across the project: the preview, what is protected, what can be taken back."""

from __future__ import annotations

import pytest
from annotate_parts import label_line, make_project
from PyQt5.QtCore import Qt
from PyQt5.QtTest import QTest

from ocrstudio.core.errors import ProjectError
from ocrstudio.core.page import PageState
from ocrstudio.core.search import TextRule
from ocrstudio.services.line_index import LineIndex
from ocrstudio.services.project_session import ProjectSession
from ocrstudio.ui.dialogs.replace import OPEN_PAGE, ReplaceDialog
from ocrstudio.ui.dialogs.replace_preview import AFTER_ROLE, HIT_ROLE

P1, P2, P3 = "pages/p1.png", "pages/p2.png", "pages/p3.png"


class Replacing:
    """A project with the dialog over it: p1 is checked, p2 edited, p3 labelled automatically."""

    def __init__(self, qtbot, tmp_path, **options) -> None:
        self.qtbot = qtbot
        label = label_line(P1, "colour a") + label_line(P2, "Colour b", "colour colour", "other")
        folder = make_project(tmp_path, label=label, cache=label_line(P3, "colour c"), states=f"{P1}\t1\n")
        self.session = ProjectSession()
        self.index = LineIndex(self.session)
        with qtbot.waitSignal(self.session.page_opened):
            self.session.open(folder)
        self.dialog = ReplaceDialog(self.session, self.index, **options)
        self.form = self.dialog.form
        self.dialog.show()
        qtbot.waitUntil(lambda: self.index.is_built)

    @property
    def shown(self) -> list[tuple[str, str]]:
        """The page and the new text of each line of the preview."""
        model = self.form.model
        rows = [model.index(row) for row in range(model.rowCount())]
        return [(row.data(HIT_ROLE)[0].name, row.data(AFTER_ROLE).text) for row in rows]

    def ask(self, find: str, replacement: str, *expected: tuple[str, str]) -> None:
        self.form.find_field.setText(find)
        self.form.replacement.setText(replacement)
        self.await_shown(*expected)

    def await_shown(self, *expected: tuple[str, str]) -> None:
        self.qtbot.waitUntil(lambda: self.shown == list(expected) and not self.form._typing_timer.isActive())

    def replace(self) -> None:
        QTest.mouseClick(self.form.replace_button, Qt.MouseButton.LeftButton)
        self.qtbot.waitUntil(lambda: bool(self.form.message.text))

    def texts(self, key: str) -> list[str]:
        return [box.text for box in self.session.store.page(key).boxes]

    def close(self) -> None:
        self.dialog.close()
        self.index.close()
        self.session.close()


@pytest.fixture
def replacing(qtbot, tmp_path):
    made = Replacing(qtbot, tmp_path)
    yield made
    made.close()


UNCHECKED = (("p2.png", "color b"), ("p2.png", "color color"), ("p3.png", "color c"))


def test_preview_shows_every_line_before_anything_changes(replacing) -> None:
    replacing.ask("colour", "color", *UNCHECKED)
    after = replacing.form.model.index(1).data(AFTER_ROLE)
    assert after.gone == ((0, 6), (7, 13))
    assert after.come == ((0, 5), (6, 11))
    assert replacing.texts(P2) == ["Colour b", "colour colour", "other"]
    assert replacing.form.counts.text() == (
        "3 of 3 lines on 2 pages will change. 1 checked pages are left as they are."
    )


def test_replaced_lines_are_a_persons_work_and_one_step_a_page(replacing) -> None:
    replacing.ask("colour", "color", *UNCHECKED)
    replacing.replace()
    assert replacing.texts(P2) == ["color b", "color color", "other"]
    assert replacing.texts(P3) == ["color c"]
    page = replacing.session.store.page(P3)
    assert page.state is PageState.EDITED
    assert [(box.touched, box.score) for box in page.boxes] == [(True, None)]
    assert replacing.form.message.text == "Replaced 3 lines on 2 pages."
    with replacing.qtbot.waitSignal(replacing.session.page_opened):
        replacing.session.open_page(P3)
    replacing.session.document.undo()
    assert replacing.texts(P3) == ["colour c"]
    assert replacing.texts(P2)[0] == "color b"


def test_checked_pages_are_changed_only_when_asked(replacing) -> None:
    replacing.form.checked_too.setChecked(True)
    replacing.ask("colour a", "x", ("p1.png", "x"))
    replacing.replace()
    assert replacing.texts(P1) == ["x"]
    assert replacing.session.store.state(P1) is PageState.CHECKED


def test_line_left_out_stays_as_it_is(replacing) -> None:
    replacing.ask("colour", "color", *UNCHECKED)
    view = replacing.form.list
    place = view.visualRect(replacing.form.model.index(0)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    assert replacing.form.replace_button.text() == "Replace 2 lines"
    view.setCurrentIndex(replacing.form.model.index(2))
    QTest.keyClick(view, Qt.Key.Key_Space)
    replacing.replace()
    assert replacing.texts(P2) == ["Colour b", "color color", "other"]
    assert replacing.texts(P3) == ["colour c"]


def test_all_and_none(replacing) -> None:
    replacing.ask("colour", "color", *UNCHECKED)
    QTest.mouseClick(replacing.form.none_button, Qt.MouseButton.LeftButton)
    assert not replacing.form.replace_button.isEnabled()
    QTest.mouseClick(replacing.form.all_button, Qt.MouseButton.LeftButton)
    assert replacing.form.model.chosen_counts() == (3, 2)


def test_undo_all_leaves_what_was_edited_since(replacing) -> None:
    replacing.ask("colour", "color", *UNCHECKED)
    replacing.replace()
    with replacing.qtbot.waitSignal(replacing.session.page_opened):
        replacing.session.open_page(P3)
    document = replacing.session.document
    document.set_text(document.page.boxes[0].id, "mine")
    with replacing.qtbot.waitSignal(replacing.form._replacing.taken_back):
        replacing.form.message.action_requested.emit()
    assert replacing.texts(P2) == ["Colour b", "colour colour", "other"]
    assert replacing.texts(P3) == ["mine"]
    assert "Took back 2 lines on 1 pages. 1 lines had been changed" in replacing.form.message.text


def test_scope_of_the_open_page_and_of_the_list(qtbot, tmp_path) -> None:
    replacing = Replacing(qtbot, tmp_path, rule=TextRule("COLOUR", case=False), keys=[P3])
    assert replacing.form.find_field.text() == "COLOUR"
    replacing.form.scope.setCurrentIndex(1)
    replacing.await_shown(("p3.png", " c"))
    replacing.form.scope.setCurrentIndex(OPEN_PAGE)
    replacing.await_shown(("p2.png", " b"), ("p2.png", " "))
    replacing.close()


def test_broken_pattern_and_replacement_are_told(replacing) -> None:
    QTest.mouseClick(replacing.form.regex, Qt.MouseButton.LeftButton)
    replacing.form.find_field.setText("(")
    replacing.qtbot.waitUntil(lambda: "pattern is not complete" in replacing.form.counts.text())
    replacing.form.find_field.setText("(b)$")
    replacing.form.replacement.setText(r"\2")
    replacing.qtbot.waitUntil(lambda: "replacement is not complete" in replacing.form.counts.text())
    assert not replacing.form.replace_button.isEnabled()
    replacing.form.replacement.setText(r"<\1>")
    replacing.await_shown(("p2.png", "Colour <b>"))


def test_line_edited_after_the_preview_is_left_alone(replacing) -> None:
    replacing.ask("colour", "color", *UNCHECKED)
    changes = replacing.form.model.chosen()
    with replacing.qtbot.waitSignal(replacing.session.page_opened):
        replacing.session.open_page(P3)
    document = replacing.session.document
    document.set_text(document.page.boxes[0].id, "colour, mine")
    with replacing.qtbot.waitSignal(replacing.form._replacing.finished) as told:
        replacing.form._replacing.apply(changes, lambda text: "color")
    assert (told.args[0].lines, told.args[0].skipped) == (2, 1)
    assert replacing.texts(P3) == ["colour, mine"]


def test_page_that_cannot_be_stored_stops_and_says_so(replacing, monkeypatch) -> None:
    replacing.ask("colour", "color", *UNCHECKED)

    def refuse(_page) -> None:
        raise ProjectError("The disk is full.")

    monkeypatch.setattr(replacing.session.store, "put", refuse)
    replacing.replace()
    assert "could not be stored" in replacing.form.message.text
    monkeypatch.undo()
    assert replacing.texts(P2)[0] == "Colour b"
