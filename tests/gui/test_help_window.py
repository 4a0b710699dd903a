"""Help and welcome in the window."""

from __future__ import annotations

import pytest
from PyQt5.QtCore import Qt
from PyQt5.QtGui import QTextCharFormat, QTextDocument
from PyQt5.QtTest import QTest
from PyQt5.QtWidgets import QAction, QApplication, QComboBox, QFileDialog, QPushButton, QWidget

from ocrstudio.services.project_session import ProjectSession
from ocrstudio.services.recognizer import Recognizer
from ocrstudio.services.settings import Settings, WindowState
from ocrstudio.ui import i18n, theme
from ocrstudio.ui.dialogs.welcome import ChoiceButton, WelcomeDialog
from ocrstudio.ui.help import topics
from ocrstudio.ui.help.window import HelpWindow
from ocrstudio.ui.main_window import MainWindow


@pytest.fixture
def window(qtbot, qapp, tmp_path):
    made = MainWindow(
        ProjectSession(), Recognizer(), Settings(tmp_path / "settings.ini"), WindowState(tmp_path / "window.ini")
    )
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.close()
    made.deleteLater()
    i18n.switch_language(qapp, "en")
    theme.apply(qapp, "light", 100)


def help_of(window: MainWindow) -> HelpWindow:
    return window.findChild(HelpWindow)


def welcome_of(window: MainWindow) -> WelcomeDialog:
    (found,) = [one for one in window.findChildren(WelcomeDialog) if one.isVisible()]
    return found


def top_text(help_window: HelpWindow) -> str:
    """What stands at the top of the view."""
    view = help_window.text
    return view.cursorForPosition(view.viewport().rect().topLeft()).block().text()


def heading_format(help_window: HelpWindow) -> QTextCharFormat:
    """How the first heading looks."""
    return help_window.text.document().begin().begin().fragment().charFormat()


# --- help ------------------------------------------------------------------------------------------------------------


def test_help_opens_at_the_page_in_front_by_key_and_by_the_corner_button(qtbot, window):
    window.show_page("dataset")
    qtbot.keyClick(window, Qt.Key.Key_F1, Qt.KeyboardModifier.ShiftModifier)
    assert help_of(window).place == "dataset.md"
    assert help_of(window).isVisible()
    window.show_page("config")
    qtbot.mouseClick(window.findChild(QWidget, "helpCorner"), Qt.MouseButton.LeftButton)
    assert help_of(window).place == "config.md"
    help_of(window).back.click()
    assert help_of(window).place == "dataset.md"
    help_of(window).forward.click()
    assert help_of(window).place == "config.md"
    assert not help_of(window).forward.isEnabled()


def test_a_term_comes_to_the_top_and_no_mark_is_left_in_the_text(qtbot, window):
    window.help.show_term("learning-rate")
    shown = help_of(window)
    qtbot.waitUntil(lambda: "Learning rate" in top_text(shown))
    for language, title in (("zh_CN", "OCR Studio 帮助"), ("en", "Help of OCR Studio")):
        window._settings.language = language
        qtbot.waitUntil(lambda title=title: shown.windowTitle() == title)
        for name in topics.TOPICS:
            shown.go_to(name)
            text = shown.text.toPlainText()
            assert not [mark for mark in ("{#", "[[", "{key:", "{cmd:", "**", "\ue000", "\ue003") if mark in text], name


def test_help_follows_language_theme_size_and_keys(qtbot, window):
    window.help.show_topic("annotate")
    shown = help_of(window)
    assert "Ctrl+L" in shown.text.toPlainText()
    window._settings.own_keys = {"autoLabelPage": "Ctrl+Alt+Y"}
    assert "Ctrl+Alt+Y" in shown.text.toPlainText()
    window._settings.language = "zh_CN"
    qtbot.waitUntil(lambda: shown.windowTitle() == "OCR Studio 帮助")
    assert "操作步骤" in shown.text.toPlainText()
    small = heading_format(shown).fontPointSize()
    window._settings.theme = "dark"
    qtbot.waitUntil(lambda: heading_format(shown).foreground().color().name() == theme.DARK.text)
    window._settings.font_percent = 200
    qtbot.waitUntil(lambda: heading_format(shown).fontPointSize() == pytest.approx(2 * small))


def test_links_lead_to_topics_pages_and_commands(qtbot, window):
    window.help.show_topic("start")
    shown = help_of(window)
    shown.follow("train.md#numbers")
    assert shown.place == "train.md#numbers"
    shown.follow("#steps")
    assert shown.place == "train.md#steps"
    shown.follow("page:test")
    assert window.current_page == "test"
    shown.follow("command:showAbout")
    (box,) = [one for one in QApplication.topLevelWidgets() if one.objectName() == "aboutBox" and one.isVisible()]
    box.close()
    shown.follow("http://somewhere.else/")
    assert shown.place == "train.md#steps"


def test_search_lists_sections_and_return_opens_the_first(qtbot, window):
    window.help.show_topic("start")
    shown = help_of(window)
    qtbot.waitUntil(shown.isActiveWindow)
    qtbot.keyClicks(shown.search, "dictionary")
    first = shown.contents.topLevelItem(0)
    assert first.text(0).startswith("Dictionary")
    qtbot.keyClick(shown.search, Qt.Key.Key_Return)
    assert shown.place == "glossary.md#dictionary"
    assert shown.text.extraSelections()
    shown.search.setText("no such word anywhere")
    assert shown.contents.topLevelItemCount() == 0
    assert shown.findChild(QWidget, "helpNothing").isVisible()
    shown.search.clear()
    assert shown.contents.topLevelItemCount() == len(topics.TOPICS)


def test_pictures_are_never_wider_than_the_view(qtbot, window):
    window.help.show_topic("annotate")
    shown = help_of(window)
    shown.resize(620, 500)
    qtbot.waitUntil(lambda: shown.text.viewport().width() < 500)
    document: QTextDocument = shown.text.document()
    assert document.size().width() <= shown.text.viewport().width() + 1


def test_a_number_of_the_train_page_opens_its_term(qtbot, window):
    tile = window.page("train").view.tiles.findChild(QWidget, "similarityTile")
    QTest.mouseClick(tile, Qt.MouseButton.LeftButton)
    assert help_of(window).place == "glossary.md#norm-edit-dis"


# --- welcome ---------------------------------------------------------------------------------------------------------


def test_welcome_is_shown_at_the_very_first_start_only(window, tmp_path):
    window.help.welcome_if_new()
    welcome_of(window).reject()
    window.help.welcome_if_new()
    assert not [one for one in window.findChildren(WelcomeDialog) if one.isVisible()]
    assert not Settings(window._settings.path).is_fresh
    (tmp_path / "broken.ini").write_bytes(b"\x00 no settings \xff\n")
    assert not Settings(tmp_path / "broken.ini").is_fresh


def test_welcome_changes_language_and_size_at_once_and_fits_in(qtbot, window):
    window.findChild(QAction, "showWelcome").trigger()
    dialog = welcome_of(window)
    language = dialog.findChild(QComboBox, "welcomeLanguage")
    language.setFocus()
    qtbot.keyClick(language, Qt.Key.Key_End)
    assert window._settings.language == "zh_CN"
    ways = dialog.findChildren(ChoiceButton)
    qtbot.waitUntil(lambda: ways[1].title.text() == "标注图片并训练模型")
    dialog.look.text_size.setValue(200)
    assert window._settings.font_percent == 200
    for way in ways:
        qtbot.waitUntil(lambda w=way: w.height() >= w.heightForWidth(w.width()))
        assert way.hint.width() >= way.hint.fontMetrics().averageCharWidth() * 10
        assert way.accessibleName()
    dialog.reject()


@pytest.mark.parametrize(("way", "page"), [("read", "test"), ("setup", "setup")])
def test_welcome_leads_to_a_page_by_keyboard(qtbot, window, way, page):
    window.help.show_welcome()
    dialog = welcome_of(window)
    chosen = dialog.findChild(QPushButton, f"welcome-{way}")
    chosen.setFocus()
    qtbot.keyClick(chosen, Qt.Key.Key_Space)
    assert window.current_page == page
    assert not dialog.isVisible()


def test_welcome_opens_a_folder(qtbot, window, image_folder, monkeypatch):
    folder = image_folder(1)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    window.help.show_welcome()
    welcome_of(window).findChild(QPushButton, "welcome-label").click()
    assert window._session.wait_until_open(15000)
    assert window._session.folder == folder
