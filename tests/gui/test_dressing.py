"""Tests of who wears the style sheet, and when a new one is put on."""

import pytest
from PyQt5.QtGui import QIcon, QPixmap
from PyQt5.QtWidgets import QComboBox, QDialog, QLabel, QMainWindow, QMessageBox, QStackedWidget, QVBoxLayout, QWidget

from ocrstudio.ui import dressing, theme
from ocrstudio.ui.widgets.dialog import ButtonBox


@pytest.fixture
def window(qtbot):
    """A window with one page that is shown and one that is not."""
    made = QMainWindow()
    middle, made.pages = QWidget(), QStackedWidget()
    column = QVBoxLayout(middle)
    column.addWidget(QLabel("above"))
    column.addWidget(made.pages)
    made.setCentralWidget(middle)
    dressing.dress_in_parts(made, made.pages)
    for _ in range(2):
        page = QWidget()
        inner = QVBoxLayout(page)
        page.box = QComboBox()
        page.box.setEditable(True)
        inner.addWidget(page.box)
        made.pages.addWidget(page)
        dressing.dress(page)
    made.show()
    qtbot.addWidget(made)
    qtbot.waitExposed(made)
    return made


def ground(widget):
    return widget.palette().color(widget.backgroundRole()).name()


def test_what_is_seen_changes_at_once_and_the_rest_soon(qtbot, qapp, window):
    seen, hidden = window.pages.widget(0), window.pages.widget(1)
    theme.apply(qapp, "dark")
    assert theme.DARK.sunken in seen.styleSheet()
    assert theme.LIGHT.sunken in hidden.styleSheet()
    for page in (seen, hidden):
        qtbot.waitUntil(lambda page=page: page.styleSheet() == seen.styleSheet())
        assert ground(page.box.lineEdit()) == ground(page.box) == theme.DARK.sunken
    assert not window.styleSheet()
    assert theme.DARK.text in window.centralWidget().findChild(QLabel).styleSheet()


def test_page_that_is_shown_before_its_turn_is_dressed_by_whoever_shows_it(qapp, window):
    hidden = window.pages.widget(1)
    theme.apply(qapp, "dark")
    dressing.dress(hidden)
    assert hidden.styleSheet() == window.pages.widget(0).styleSheet()


def test_dialog_wears_the_sheet_itself_only_if_nothing_around_it_does(qtbot, window):
    alone, of_window, of_page = QDialog(), QDialog(window), QDialog(window.pages.widget(0))
    for dialog in (alone, of_window, of_page):
        dialog.show()
        qtbot.addWidget(dialog)  # which would dress it
    assert [bool(dialog.styleSheet()) for dialog in (alone, of_window, of_page)] == [True, True, False]
    assert not window.styleSheet()


@pytest.mark.modal
def test_buttons_of_qt_have_no_icons_and_ours_keep_theirs(qtbot, window):
    asked = QMessageBox(window)
    asked.setStandardButtons(QMessageBox.StandardButton.Ok | QMessageBox.StandardButton.Cancel)
    box = ButtonBox(ButtonBox.StandardButton.Close)
    own = box.addButton("Own", ButtonBox.ButtonRole.AcceptRole)
    own.setIcon(QIcon(QPixmap(8, 8)))
    holder = QDialog(window)
    QVBoxLayout(holder).addWidget(box)
    for dialog in (asked, holder):
        dialog.show()
        qtbot.addWidget(dialog)  # which would dress it
    assert all(button.icon().isNull() for button in (*asked.buttons(), box.button(ButtonBox.StandardButton.Close)))
    assert not own.icon().isNull()
