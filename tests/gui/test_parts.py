"""Messages, empty pages, dialogs and other parts that pages share."""

from __future__ import annotations

import pytest
from PyQt5.QtCore import QMimeData, Qt, QUrl
from PyQt5.QtWidgets import (
    QApplication,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ocrstudio.core.errors import ProjectError
from ocrstudio.protocol.messages import Failed
from ocrstudio.ui import theme
from ocrstudio.ui.dialogs.ask import ask
from ocrstudio.ui.dialogs.error_box import show_program_error
from ocrstudio.ui.drops import sort_drop
from ocrstudio.ui.widgets.dialog import ButtonBox
from ocrstudio.ui.widgets.empty_state import EmptyState
from ocrstudio.ui.widgets.flow import FlowWidget, flowing
from ocrstudio.ui.widgets.low_screen import HeightOfShown
from ocrstudio.ui.widgets.message_bar import MessageBar
from ocrstudio.ui.widgets.parts import ElidedLabel, LongChoice, SearchField, StackedBar, scrolled
from tests.gui.looking import cut_texts


@pytest.fixture
def bar(qtbot):
    made = MessageBar()
    qtbot.addWidget(made)
    made.resize(600, 80)
    return made


def test_message_bar_is_hidden_until_there_is_a_message(qtbot, bar):
    assert bar.isHidden()
    assert bar.text == ""
    bar.show_message("good", lambda: "Done.")
    assert bar.text == "Done."
    with qtbot.waitSignal(bar.closed):
        qtbot.mouseClick(bar.findChild(object, "messageClose"), Qt.MouseButton.LeftButton)
    assert bar.isHidden()


def test_error_is_shown_with_its_remedy_and_details_behind_a_button(qtbot, bar):
    bar.show_error(Failed(what="{file} is broken.", remedy="Fix it.", values={"file": "a<b>.txt"}, details="line 3"))
    assert bar.text == "a<b>.txt is broken. Fix it."
    details = bar.findChild(object, "messageDetailsText")
    assert not details.isVisible()
    qtbot.mouseClick(bar.findChild(object, "messageDetails"), Qt.MouseButton.LeftButton)
    assert details.isVisible()
    assert details.toPlainText() == "line 3"


def test_error_without_details_has_no_button_for_them(bar):
    bar.show_error(ProjectError("Gone."))
    assert bar.findChild(object, "messageDetails").isHidden()
    assert bar.findChild(object, "messageAction").isHidden()


def test_message_may_carry_one_action(qtbot, bar):
    bar.show_message("warn", lambda: "Two versions.", action=lambda: "Merge")
    button = bar.findChild(object, "messageAction")
    assert button.text() == "Merge"
    with qtbot.waitSignal(bar.action_requested):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_empty_state_says_what_to_do_and_has_the_button(qtbot):
    page = EmptyState("fa5s.folder", lambda: "Nothing here", lambda: "Open a folder.")
    qtbot.addWidget(page)
    button = page.add_button("open", lambda: "Open…")
    page.resize(400, 400)
    page.show()
    assert page.findChild(QLabel, "emptyTitle").text() == "Nothing here"
    assert page.findChild(QLabel, "emptyHint").text() == "Open a folder."
    with qtbot.waitSignal(button.clicked):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


@pytest.mark.parametrize(("key", "expected"), [(Qt.Key.Key_Return, ["first"]), (Qt.Key.Key_Escape, [])])
def test_question_is_answered_by_the_keyboard(qtbot, key, expected):
    owner = QWidget()
    qtbot.addWidget(owner)
    owner.show()
    answers = []
    box = ask(owner, "q", "Really?", [("Yes", lambda: answers.append("first")), ("No", None)], explanation="Think.")
    qtbot.waitUntil(box.isVisible)
    with qtbot.waitSignal(box.destroyed):
        qtbot.keyClick(box, key)
    assert answers == expected


def test_program_error_is_shown_once_with_the_traceback_behind_details(qtbot, tmp_path):
    box = show_program_error("ValueError: x", "Traceback …", tmp_path / "a.log")
    assert isinstance(box, QMessageBox)
    qtbot.addWidget(box)
    assert box.detailedText() == "Traceback …"
    assert "ValueError: x" in box.informativeText()
    assert str(tmp_path / "a.log") in box.informativeText()
    assert show_program_error("again", "", tmp_path / "a.log") is None
    box.close()


def test_drop_is_sorted_into_folders_pictures_and_the_rest(qapp, tmp_path):
    for name in ("a.PNG", "b.jpeg", "c.txt"):
        (tmp_path / name).write_bytes(b"")
    data = QMimeData()
    names = ("a.PNG", "b.jpeg", "c.txt", ".")
    data.setUrls([*(QUrl.fromLocalFile(str(tmp_path / name)) for name in names), QUrl("http://localhost/d.png")])
    dropped = sort_drop(data)
    assert [path.name for path in dropped.images] == ["a.PNG", "b.jpeg"]
    assert [path.name for path in dropped.others] == ["c.txt"]
    assert len(dropped.folders) == 1
    assert sort_drop(None).is_empty
    assert sort_drop(QMimeData()).is_empty


def test_long_path_gives_way_and_is_whole_in_the_tooltip(qtbot):
    label = ElidedLabel()
    qtbot.addWidget(label)
    label.show_text("/a/very/long/path/" * 20)
    label.resize(120, 20)
    label.show()
    assert label.minimumSizeHint().width() < 200
    assert label.toolTip() == "/a/very/long/path/" * 20
    label.grab()


def test_bar_of_shares_paints_its_parts_in_the_colours_of_the_states(qtbot, qapp):
    theme.apply(qapp, "light")
    bar = StackedBar()
    qtbot.addWidget(bar)
    bar.resize(100, 10)
    bar.set_parts([("checked", 3), ("new", 1)])
    image = bar.grab().toImage()
    assert image.pixelColor(30, 5).name() == theme.LIGHT.states["checked"]
    assert image.pixelColor(90, 5).name() == theme.LIGHT.states["new"]
    bar.set_parts([])
    assert bar.grab().toImage().pixelColor(50, 5).name() == theme.LIGHT.hover


def test_scrolled_page_can_be_smaller_than_its_content(qtbot):
    content = QWidget()
    content.setMinimumSize(900, 900)
    area = scrolled(content)
    qtbot.addWidget(area)
    area.resize(300, 200)
    area.show()
    QApplication.processEvents()
    assert area.verticalScrollBar().maximum() > 0


def test_what_stands_at_the_right_stays_there_when_its_neighbour_is_hidden(qtbot):
    left, hidden, right = QPushButton("left"), QPushButton("hidden"), QPushButton("right")
    made = flowing(left, None, hidden, right)
    qtbot.addWidget(made)
    made.resize(100, 20)
    made.show()
    made.resize(600, 20)
    hidden.hide()
    qtbot.waitUntil(lambda: right.geometry().right() == made.width() - 1)
    assert left.x() == 0
    assert made.height() == left.height()


def test_buttons_of_a_dialog_that_are_hidden_stay_so_when_it_is_styled(qtbot):
    box = ButtonBox(QDialogButtonBox.StandardButton.Close)
    qtbot.addWidget(box)
    later = QPushButton("later")
    box.addButton(later, QDialogButtonBox.ButtonRole.ActionRole)
    later.hide()
    box.show()
    box.setStyleSheet("QPushButton { padding: 3px; }")
    qtbot.wait(1)
    assert later.isHidden()


def test_what_takes_the_rest_of_a_line_needs_no_line_of_its_own(qtbot):
    made = FlowWidget(gap=10)
    fixed, rest = QWidget(), ElidedLabel("rest")
    fixed.setFixedSize(100, 20)
    made.flow.addWidget(fixed)
    made.flow.add_at_rest(rest)
    rest.show_text("as long a text as nobody has room for, but it gives way")
    qtbot.addWidget(made)
    made.resize(300, 40)
    made.show()
    qtbot.waitUntil(lambda: rest.width() == 190)
    assert abs(rest.geometry().center().y() - fixed.geometry().center().y()) <= 1
    made.resize(120, 40)
    qtbot.waitUntil(lambda: rest.y() >= fixed.height())
    assert rest.width() == 120


def test_what_a_search_field_asks_for_is_never_cut(qtbot):
    holder = QWidget()
    line = QHBoxLayout(holder)
    field = SearchField("search")
    field.setPlaceholderText("A long question, to be read as a whole")
    line.addWidget(field)
    qtbot.addWidget(holder)
    holder.show()
    holder.resize(1, 1)
    assert not list(cut_texts(holder))


def test_details_are_as_high_as_their_lines(qtbot):
    made = MessageBar()
    qtbot.addWidget(made)
    made.resize(600, 300)
    made.show_message("warn", lambda: "text", details="one\n两行")
    made.show()
    made._details_button.click()
    two = made._details.height()
    assert made._details.verticalScrollBar().maximum() == 0
    made.show_message("warn", lambda: "text", details="line\n" * 100)
    made._details_button.click()
    assert two < made._details.height() <= 180


def test_what_is_hidden_behind_needs_no_height(qtbot):
    stack, high = QStackedWidget(), QWidget()
    high.setLayout(QHBoxLayout())
    tall = QWidget()
    tall.setMinimumSize(10, 500)
    high.layout().addWidget(tall)
    stack.addWidget(QLabel("low"))
    stack.addWidget(high)
    qtbot.addWidget(stack)
    HeightOfShown(stack)
    assert stack.minimumSizeHint().height() < 100
    stack.setCurrentWidget(high)
    assert stack.minimumSizeHint().height() >= 500


def test_a_long_choice_shows_dots_where_its_name_has_no_room(qtbot, monkeypatch):
    drawn = []
    monkeypatch.setattr(
        "ocrstudio.ui.widgets.parts.QStylePainter.drawControl",
        lambda _self, _what, option: drawn.append(option.currentText),
    )
    box = LongChoice()
    box.addItem("a name that is longer than the box is wide")
    qtbot.addWidget(box)
    for width, whole in ((120, False), (900, True)):
        box.resize(width, 30)
        box.grab()
        assert (drawn[-1] == box.currentText()) is whole
        assert drawn[-1].endswith("…") is not whole


def test_a_click_on_a_message_leaves_the_keyboard_where_it_was(qtbot):
    holder = QWidget()
    column = QVBoxLayout(holder)
    made, field = MessageBar(), QLineEdit()
    column.addWidget(made)
    column.addWidget(field)
    qtbot.addWidget(holder)
    holder.show()
    holder.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    made.action_requested.connect(made.clear)
    made.show_message("warn", lambda: "text", action=lambda: "do it")
    qtbot.mouseClick(made._action_button, Qt.MouseButton.LeftButton)
    assert made.text == ""
    assert field.hasFocus()
