"""The Annotate page as a whole: keyboard, text, lists, checking, and what bad input shows."""

import json

import pytest
from annotate_parts import IMAGE_SIZE, Annotating, label_line, make_project
from PyQt5.QtCore import QEvent, Qt
from PyQt5.QtGui import QInputMethodEvent
from PyQt5.QtTest import QTest
from PyQt5.QtWidgets import QApplication, QPushButton

from ocrstudio.core.page import Box, PageState
from ocrstudio.services.settings import Settings
from ocrstudio.ui.actions import ACTIONS as WINDOW_ACTIONS
from ocrstudio.ui.dialogs.replace import LISTED, ReplaceDialog
from ocrstudio.ui.pages.annotate.actions import ACTIONS
from ocrstudio.ui.pages.annotate.boxes_view import LOOKS, BoxLook
from ocrstudio.ui.pages.annotate.crops import straightened
from ocrstudio.ui.pages.annotate.welcome import Welcome

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def work(qtbot, tmp_path, isolated_home):
    folder = make_project(tmp_path, label=label_line("pages/p1.png", "one", "two", "three"))
    made = Annotating(qtbot, folder, isolated_home)
    yield made
    made.close()


def texts(work):
    return [box.text for box in work.boxes]


def saved(work):
    """Page key to texts in Label.txt, after saving."""
    assert work.session.save()
    lines = (work.session.folder / "Label.txt").read_text("utf-8").splitlines()
    return {key: [box["transcription"] for box in json.loads(boxes)] for key, boxes in (x.split("\t") for x in lines)}


def start_typing(work, row=0):
    work.document.select([work.boxes[row].id])
    work.key(Qt.Key.Key_Return)
    assert work.page.editor.field.hasFocus()
    return work.page.editor.field


# --- text ------------------------------------------------------------------------------------------------------------


def test_return_edits_the_line_and_return_goes_on_to_the_next(work):
    field = start_typing(work)
    work.type("Ⅳ first")
    work.key(Qt.Key.Key_Return, widget=field)
    assert texts(work) == ["Ⅳ first", "two", "three"]
    assert field.hasFocus()
    assert field.text() == "two"
    work.type("second")
    work.key(Qt.Key.Key_Return, widget=field)
    assert saved(work) == {"pages/p1.png": ["Ⅳ first", "second", "three"]}


def test_tab_commits_and_goes_to_the_next_box_with_the_focus_in_the_field(work):
    field = start_typing(work)
    work.type("new")
    work.key(Qt.Key.Key_Tab, widget=field)
    assert texts(work)[0] == "new"
    assert work.document.current_id == work.boxes[1].id
    work.key(Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier, widget=field)
    assert work.document.current_id == work.boxes[0].id
    assert field.hasFocus()


def test_letters_typed_into_a_text_are_no_shortcuts(work):
    field = start_typing(work)
    QTest.keyClicks(field, "wadqvt WADQ")
    assert field.text() == "wadqvt WADQ"
    assert work.canvas.tool == "select"
    assert work.session.current_key == "pages/p1.png"


def test_delete_and_backspace_in_a_text_leave_the_box_alone(work):
    field = start_typing(work)
    work.key(Qt.Key.Key_Backspace, widget=field)
    work.key(Qt.Key.Key_Delete, widget=field)
    assert field.text() == ""
    assert len(work.boxes) == 3


def test_typed_text_survives_leaving_the_field_the_box_and_the_page(work, qtbot):
    field = start_typing(work)
    work.type("by focus")
    work.canvas.setFocus()
    assert texts(work)[0] == "by focus"
    field = start_typing(work, 1)
    work.type("by choice")
    work.document.select([work.boxes[2].id])
    assert texts(work)[1] == "by choice"
    field.selectAll()
    work.type("by page")
    with qtbot.waitSignal(work.session.page_opened):
        work.session.next_page()
    assert [box.text for box in work.session.store.page("pages/p1.png").boxes] == ["by focus", "by choice", "by page"]


def test_typed_text_survives_closing_the_project(work):
    start_typing(work)
    work.type("last words")
    folder = work.session.folder
    work.session.close()
    assert "last words" in (folder / "Label.txt").read_text("utf-8")


def test_what_an_input_method_is_composing_is_kept_too(work):
    field = start_typing(work)
    field.selectAll()
    QApplication.sendEvent(field, QInputMethodEvent("pin", []))
    event = QInputMethodEvent()
    event.setCommitString("拼音")
    QApplication.sendEvent(field, event)
    work.page.editor.commit()
    assert texts(work)[0] == "拼音"


def test_escape_brings_the_old_text_back_and_then_leaves_the_field(work):
    field = start_typing(work)
    work.type("wrong")
    work.key(Qt.Key.Key_Escape, widget=field)
    assert field.text() == "one"
    work.key(Qt.Key.Key_Escape, widget=field)
    assert work.canvas.hasFocus()
    assert texts(work)[0] == "one"


def test_ctrl_z_in_a_field_without_typing_undoes_the_last_edit(work):
    field = start_typing(work)
    work.type("changed")
    work.key(Qt.Key.Key_Return, widget=field)
    work.key(Qt.Key.Key_Z, CTRL, widget=field)
    assert texts(work) == ["one", "two", "three"]
    assert field.text() == "one"


def test_a_text_that_cannot_be_stored_stays_in_the_field_and_nowhere_else(work, qtbot):
    work.session.store.read_only = True
    field = start_typing(work)
    work.type("lost?")
    with qtbot.waitSignal(work.session.failed) as failed:
        work.key(Qt.Key.Key_Return, widget=field)
    assert "read-only" in str(failed.args[0])
    assert texts(work)[0] == "one"
    assert field.text() == "lost?", "what was typed is still there, on its line"
    work.session.store.read_only = False
    work.key(Qt.Key.Key_Return, widget=field)
    assert texts(work)[0] == "lost?"


# --- pages -----------------------------------------------------------------------------------------------------------


def test_a_and_d_turn_the_pages(work, qtbot):
    with qtbot.waitSignal(work.session.page_opened):
        work.key(Qt.Key.Key_D)
    assert work.document.page.key == "pages/p2.png"
    with qtbot.waitSignal(work.session.page_opened):
        work.key(Qt.Key.Key_A)
    assert work.document.page.key == "pages/p1.png"


def test_ctrl_return_checks_from_within_a_text_and_keeps_it(work, qtbot):
    field = start_typing(work)
    work.type("done")
    with qtbot.waitSignal(work.session.page_opened):
        work.key(Qt.Key.Key_Return, CTRL, widget=field)
    page = work.session.store.page("pages/p1.png")
    assert page.state is PageState.CHECKED
    assert page.boxes[0].text == "done"
    assert work.page.pages._progress_text.text() == "1 of 3 pages checked"


def test_the_button_checks_and_goes_on(work, qtbot):
    check = work.page.findChild(QPushButton, "checkAndNextButton")
    with qtbot.waitSignal(work.session.page_opened):
        QTest.mouseClick(check, Qt.MouseButton.LeftButton)
    assert work.session.store.state("pages/p1.png") is PageState.CHECKED


def test_a_check_mark_can_be_taken_back(work):
    work.document.set_state(PageState.CHECKED)
    work.page.actions_by_id["uncheckPage"].trigger()
    assert work.document.page.state is PageState.EDITED


def test_the_page_list_shows_state_and_number_of_boxes(work):
    from ocrstudio.ui.pages.annotate.page_list import COUNT_ROLE, STATE_ROLE

    index = work.page.pages.model.index(0)
    assert (index.data(), index.data(STATE_ROLE), index.data(COUNT_ROLE)) == ("p1.png", PageState.EDITED, 3)
    work.document.remove_boxes([work.boxes[0].id])
    assert index.data(COUNT_ROLE) == 2


def test_pages_are_filtered_by_name_and_by_state(work):
    panel = work.page.pages
    panel.filter.setText("P2")
    assert [panel.model.index(row).data() for row in range(panel.model.rowCount())] == ["p2.png"]
    assert work.session.current_key == "pages/p1.png"
    panel.filter.clear()
    panel.states.setCurrentIndex(2)
    assert [panel.model.index(row).data() for row in range(panel.model.rowCount())] == ["p2.png", "p3.png"]


def test_a_click_on_a_page_opens_it_and_leaves_the_keys_to_the_canvas(work, qtbot):
    listed = work.page.pages.list
    with qtbot.waitSignal(work.session.page_opened):
        middle = listed.visualRect(work.page.pages.model.index(2)).center()
        QTest.mouseClick(listed.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert work.document.page.key == "pages/p3.png"
    assert work.canvas.hasFocus()


def test_an_unreadable_picture_is_named_on_the_canvas(qtbot, tmp_path, isolated_home):
    folder = make_project(tmp_path)
    (folder / "p1.png").write_bytes(b"")
    work = Annotating(qtbot, folder, isolated_home)
    assert "p1.png" in work.canvas.message
    work.drag((10, 10), (100, 100))
    assert work.boxes == ()
    with qtbot.waitSignal(work.session.page_opened):
        work.key(Qt.Key.Key_D)
    assert work.canvas.has_image
    work.close()


def test_malformed_lines_are_shown_above_the_canvas(qtbot, tmp_path, isolated_home):
    folder = make_project(tmp_path, label="pages/p1.png\t[{broken\n" + label_line("pages/p2.png", "two"))
    work = Annotating(qtbot, folder, isolated_home)
    assert "Label.txt, line 1" in work.page.message.text
    work.close()


# --- lines -----------------------------------------------------------------------------------------------------------


def test_choosing_a_line_selects_its_box_and_the_other_way_round(work):
    lines = work.page.lines
    QTest.mouseClick(lines.viewport(), Qt.MouseButton.LeftButton, pos=lines.visualRect(lines.lines.index(1)).center())
    assert work.document.selection == (work.boxes[1].id,)
    work.click(40, 30)
    assert [index.row() for index in lines.selectionModel().selectedIndexes()] == [0]


def test_the_line_list_follows_edits_without_losing_its_place(work, qtmodeltester):
    model = work.page.lines.lines
    qtmodeltester.check(model)
    resets = []
    model.modelReset.connect(lambda: resets.append(1))
    work.document.select([work.boxes[2].id])
    work.document.remove_boxes([work.boxes[0].id])
    work.document.undo()
    work.document.set_text(work.boxes[1].id, "changed")
    work.document.add_box(((100, 100), (150, 100), (150, 120), (100, 120)), "new")
    assert [model.index(row).data() for row in range(model.rowCount())] == texts(work)
    assert resets == []


def test_a_line_is_doubtful_below_the_confidence_that_the_user_chose(work):
    work.document.apply_auto_labels([Box(((5, 140), (60, 140), (60, 150), (5, 150)), "read", score=0.7)])
    read = len(work.boxes) - 1
    looks = []
    for low in (0.8, 0.6):
        work.settings.low_confidence = low
        looks.append(LOOKS[work.canvas.boxes.looks[read]])
    assert looks == [BoxLook.LOW, BoxLook.AUTO]


def test_replacing_may_keep_to_the_pages_that_the_filter_leaves(work):
    for text, can_be_chosen in (("", False), ("p2", True)):
        work.page.pages.filter.setText(text)
        work.page.replace_text()
        dialog = work.page.window().findChild(ReplaceDialog)
        assert dialog.form.scope.model().item(LISTED).isEnabled() is can_be_chosen
        dialog.close()
        QApplication.sendPostedEvents(dialog, QEvent.Type.DeferredDelete)


def test_replacing_begins_with_what_was_looked_for(work):
    work.page.search.field.setText("Total")
    work.page.search.case.setChecked(True)
    work.page.replace_text()
    form = work.page.window().findChild(ReplaceDialog).form
    assert (form.find_field.text(), form.find_field.selectedText()) == ("Total", "Total")
    assert form.case.isChecked()
    form.close_button.click()


def test_a_crop_is_straight_and_lies_even_if_the_box_stands(work):
    image = work.session.image
    lying = straightened(image, Box(((20, 20), (100, 20), (100, 40), (20, 40))), 400, 50)
    assert (lying.width(), lying.height()) == (200, 50)
    assert lying.pixelColor(100, 25).lightness() < 40
    standing = Box(((20, 20), (40, 20), (40, 120), (20, 120)))
    turned = straightened(image, standing, 400, 50)
    assert turned.width() > turned.height()
    upright = straightened(image, standing.with_extra(orientation="drawn"), 400, 50)
    assert upright.width() < upright.height()
    assert straightened(image, Box(((5, 5), (5, 5), (5, 5))), 100, 50) is None


def test_crops_of_the_visible_lines_appear(work, qtbot):
    work.page.lines.viewport().repaint()
    qtbot.waitUntil(lambda: len(work.page._crops._crops) >= 3)


# --- drawing to disk and back ----------------------------------------------------------------------------------------


def test_what_is_drawn_typed_and_checked_is_on_disk_and_opens_again(work, qtbot, isolated_home):
    work.draw((150, 100), (250, 130))
    work.key(Qt.Key.Key_F2)
    work.type("№ Ⅻ")
    with qtbot.waitSignal(work.session.page_opened):
        work.key(Qt.Key.Key_Return, CTRL, widget=work.page.editor.field)
    folder = work.session.folder
    assert saved(work) == {"pages/p1.png": ["one", "two", "three", "№ Ⅻ"]}
    boxes = work.session.store.page("pages/p1.png").boxes
    work.close()
    again = Annotating(qtbot, folder, isolated_home)
    with qtbot.waitSignal(again.session.page_opened):
        again.session.open_page("pages/p1.png")
    whole = [tuple((int(x), int(y)) for x, y in box.points) for box in boxes]
    assert [box.points for box in again.boxes] == whole
    again.close()


def test_undoing_everything_with_the_keyboard_leaves_label_txt_as_it_was(work):
    file = work.session.folder / "Label.txt"
    before = file.read_bytes()
    work.draw((150, 100), (250, 130))
    work.click(40, 30)
    work.key(Qt.Key.Key_Right)
    work.key(Qt.Key.Key_Delete)
    while work.document.undo_stack.canUndo():
        work.document.undo()
    assert work.session.save()
    assert file.read_bytes() == before


# --- the rest --------------------------------------------------------------------------------------------------------


def test_without_a_project_the_page_invites_to_open_one(qtbot, isolated_home):
    work = Annotating(qtbot, None, isolated_home)
    with qtbot.waitSignal(work.page.open_folder_requested):
        QTest.mouseClick(work.page.findChild(QPushButton, "emptyOpenFolder"), Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(work.page.open_sample_requested):
        QTest.mouseClick(work.page.findChild(QPushButton, "emptyOpenSample"), Qt.MouseButton.LeftButton)
    work.close()


def test_recent_folders_are_offered(qtbot, tmp_path):
    settings = Settings(tmp_path / "settings.ini")
    welcome = Welcome(settings)
    qtbot.addWidget(welcome)
    settings.add_recent_project(tmp_path / "invoices")
    welcome.show()
    with qtbot.waitSignal(welcome.project_requested) as asked:
        QTest.mouseClick(welcome.findChild(QPushButton, "recent-invoices"), Qt.MouseButton.LeftButton)
    assert asked.args == [str(tmp_path / "invoices")]


def test_no_two_commands_share_a_key():
    keys = [key.toString() for spec in (*WINDOW_ACTIONS, *ACTIONS) for key in spec.key_sequences()]
    assert sorted(keys) == sorted(set(keys))


def test_a_change_of_language_reaches_every_text(work, monkeypatch):
    from PyQt5.QtCore import QEvent

    monkeypatch.setattr(type(work.page.pages), "tr", lambda self, text: f"⟦{text}⟧")
    QApplication.sendEvent(work.page.pages, QEvent(QEvent.Type.LanguageChange))
    assert work.page.pages.filter.placeholderText().startswith("⟦")
    assert work.page.pages.states.itemText(1).startswith("⟦")


def test_the_picture_keeps_its_size_in_the_document(work):
    assert work.document.image_size == IMAGE_SIZE


def test_whoever_types_goes_on_typing_on_the_next_page(qtbot, tmp_path, isolated_home):
    folder = make_project(tmp_path, label=label_line("pages/p1.png", "one") + label_line("pages/p2.png", "two"))
    work = Annotating(qtbot, folder, isolated_home)
    field = start_typing(work)
    with qtbot.waitSignal(work.session.page_opened):
        work.key(Qt.Key.Key_Return, CTRL, widget=field)
    assert field.hasFocus()
    assert field.text() == "two"
    with qtbot.waitSignal(work.session.page_opened):
        work.key(Qt.Key.Key_Return, CTRL, widget=field)
    assert work.canvas.hasFocus()
    work.close()
