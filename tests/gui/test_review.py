"""Review by keyboard: walking, confirming, unreadable lines, input methods, queues, and the layout that makes room."""

import pytest
from annotate_parts import Annotating, label_line, make_project
from PyQt5.QtCore import Qt
from PyQt5.QtGui import QInputMethodEvent
from PyQt5.QtWidgets import QApplication

from ocrstudio.core.page import PageState
from ocrstudio.services.queues import QueueKind

ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def work(qtbot, tmp_path, isolated_home):
    auto = label_line("pages/p1.png", "one", "two", "three") + label_line("pages/p2.png", "four", "five")
    made = Annotating(qtbot, make_project(tmp_path, cache=auto), isolated_home)
    yield made
    made.close()


def texts(work):
    return [box.text for box in work.boxes]


def start(work, row=0):
    work.document.select([work.boxes[row].id])
    work.key(Qt.Key.Key_F2)
    assert work.page.editor.field.hasFocus()
    return work.page.editor.field


def compose(field, letters):
    QApplication.sendEvent(field, QInputMethodEvent(letters, []))


def commit(field, letters):
    event = QInputMethodEvent()
    event.setCommitString(letters)
    QApplication.sendEvent(field, event)


# --- walking and confirming ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("forward", "back"), [(Qt.Key.Key_Tab, Qt.Key.Key_Backtab), (Qt.Key.Key_Down, Qt.Key.Key_Up)])
def test_tab_and_arrows_walk_through_the_lines_without_confirming_them(work, forward, back):
    field = start(work)
    work.key(forward, widget=field)
    work.key(forward, widget=field)
    assert field.text() == "three"
    work.key(back, widget=field)
    assert field.text() == "two"
    assert field.hasFocus()
    assert not any(box.touched for box in work.boxes)


def test_return_confirms_a_line_as_it_is_and_undo_takes_that_back(work):
    field = start(work)
    work.key(Qt.Key.Key_Return, widget=field)
    assert [box.touched for box in work.boxes] == [True, False, False]
    assert field.text() == "two"
    work.document.undo()
    assert not work.boxes[0].touched


def test_a_confirmed_line_survives_automatic_labelling(work):
    field = start(work)
    work.key(Qt.Key.Key_Return, widget=field)
    work.page.actions_by_id["autoLabelPage"].trigger()
    work.recognizer.answer(("other", (20, 20, 80, 40)), ("new", (20, 50, 80, 70)))
    assert texts(work) == ["one", "new"]


def test_the_whole_review_of_two_pages_needs_no_mouse(work, qtbot):
    work.key(Qt.Key.Key_F9)
    field = work.page.editor.field
    assert field.hasFocus()
    assert field.text() == "one"
    work.type("1")
    work.key(Qt.Key.Key_Return, widget=field)
    work.key(Qt.Key.Key_U, ALT, widget=field)
    assert texts(work)[:2] == ["1", "###"]
    assert field.text() == "three"
    with qtbot.waitSignal(work.session.page_opened):
        work.key(Qt.Key.Key_Return, CTRL, widget=field)
    assert work.session.store.state("pages/p1.png") is PageState.CHECKED
    assert field.hasFocus()
    assert field.text() == "four"
    work.key(Qt.Key.Key_Escape, widget=field)
    assert work.canvas.hasFocus()


def test_unreadable_is_one_step_for_all_selected_and_is_taken_off_by_a_second_time(work):
    work.document.select([box.id for box in work.boxes])
    work.page.actions_by_id["markUnreadable"].trigger()
    assert texts(work) == ["###"] * 3
    work.document.undo()
    assert texts(work) == ["one", "two", "three"]
    work.document.redo()
    work.page.actions_by_id["markUnreadable"].trigger()
    assert texts(work) == [""] * 3


def test_orientation_is_changed_from_within_the_text(work):
    field = start(work)
    work.key(Qt.Key.Key_2, ALT, widget=field)
    assert work.boxes[0].orientation.value == "drawn"
    assert work.page.actions_by_id["orientDrawn"].isChecked()
    assert work.page.editor.facts.orientation.text == "as drawn"
    assert field.hasFocus()


def test_the_text_is_split_at_the_cursor(work):
    field = start(work, 2)
    field.setCursorPosition(2)
    field.deselect()
    work.page.actions_by_id["splitBox"].trigger()
    assert texts(work) == ["one", "two", "th", "ree"]


# --- input methods ---------------------------------------------------------------------------------------------------

KEYS_OF_LETTERS = [Qt.Key.Key_W, Qt.Key.Key_D, Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Down]


@pytest.mark.parametrize("key", [*KEYS_OF_LETTERS[2:], Qt.Key.Key_Escape, Qt.Key.Key_Backspace, Qt.Key.Key_F4])
def test_no_key_steps_confirms_or_leaves_while_an_input_method_composes(work, key):
    field = start(work)
    compose(field, "ni hao")
    work.key(key, widget=field)
    assert field.hasFocus()
    assert work.document.current_id == work.boxes[0].id
    assert not work.boxes[0].touched
    assert work.session.current_key == "pages/p1.png"


@pytest.mark.parametrize(("key", "held"), [(Qt.Key.Key_Return, CTRL), (Qt.Key.Key_U, ALT), (Qt.Key.Key_R, CTRL)])
def test_no_command_fires_while_an_input_method_composes(work, key, held):
    field = start(work)
    compose(field, "pin")
    work.key(key, held, widget=field)
    assert work.document.page.state is PageState.AUTO
    assert texts(work) == ["one", "two", "three"]
    assert work.recognizer.asked == []


def test_what_is_composed_is_kept_when_another_line_is_chosen(work):
    field = start(work)
    field.clear()
    compose(field, "拼音")
    work.document.select([work.boxes[1].id])
    assert texts(work)[0] == "拼音"
    assert field.text() == "two"


def test_what_is_composed_is_kept_when_the_page_changes(work, qtbot):
    field = start(work)
    field.clear()
    compose(field, "かな")
    with qtbot.waitSignal(work.session.page_opened):
        work.session.next_page()
    assert work.session.store.page("pages/p1.png").boxes[0].text == "かな"


def test_composed_letters_end_as_text_and_return_confirms_after_that(work):
    field = start(work)
    compose(field, "zhong")
    compose(field, "中")
    commit(field, "中文")
    assert not field.is_composing
    work.key(Qt.Key.Key_Return, widget=field)
    assert texts(work)[0] == "中文"
    assert field.text() == "two"


# --- review mode -----------------------------------------------------------------------------------------------------


def test_review_mode_moves_the_same_editor_to_a_large_place_and_back(work, qtbot):
    page = work.page
    small = page.editor.field.font().pointSizeF(), page.editor.crop.height()
    field = start(work)
    work.type("typed")
    page.actions_by_id["reviewMode"].trigger()
    qtbot.waitUntil(lambda: page.review_panel.isVisible() and field.hasFocus())
    assert texts(work)[0] == "typed"
    assert page.review_panel.isAncestorOf(page.editor)
    assert not page.pages.isVisible()
    assert field.hasFocus()
    assert (page.editor.field.font().pointSizeF(), page.editor.crop.height()) > small
    page.editor.crop.grab()
    assert page.editor.crop.shows_neighbours
    page.actions_by_id["reviewMode"].trigger()
    assert not page.review_panel.isVisible()
    assert page.editor.isVisible()
    assert page.pages.isVisible()


def test_the_canvas_zooms_to_a_line_that_is_too_small_to_read(work):
    work.canvas.zoom(0.05)
    start(work, 2)
    box = work.boxes[2]
    assert (box.points[2][1] - box.points[1][1]) * work.canvas.view.scale >= 14
    middle = work.canvas.to_canvas(50, 90).toPoint()
    assert work.canvas.rect().contains(middle)


def test_a_queue_goes_on_over_pages_with_the_keyboard_in_the_text(work, qtbot):
    work.page.queues.start(QueueKind.LINES)
    qtbot.waitUntil(lambda: work.page.queues.is_ready and work.document.current_id is not None)
    field = start(work, 0)
    work.page.actions_by_id["reviewMode"].trigger()
    for _ in range(2):
        work.key(Qt.Key.Key_Return, widget=field)
    assert field.text() == "three"
    work.key(Qt.Key.Key_Return, widget=field)
    qtbot.waitUntil(lambda: field.text() == "four")
    assert work.session.current_key == "pages/p2.png"
    assert field.hasFocus()
    assert work.page.review_panel.queue.text() == "4 of 5"
    work.key(Qt.Key.Key_Backtab, widget=field)
    qtbot.waitUntil(lambda: field.text() == "three")


def test_f7_goes_round_the_directions_of_the_text(work):
    field = start(work)
    seen = []
    for _ in range(3):
        work.key(Qt.Key.Key_F7, widget=field)
        seen.append(work.boxes[0].orientation.value)
    assert seen == ["drawn", "turned", "auto"]
