"""The list of keys: found, changed in place, refused with the other command's name, never lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from PyQt5.QtCore import Qt
from PyQt5.QtTest import QTest
from PyQt5.QtWidgets import QApplication, QFileDialog, QMessageBox, QPushButton

from ocrstudio.services.settings import Settings
from ocrstudio.services.shortcuts import EVERYWHERE, Command, Shortcuts
from ocrstudio.ui.dialogs.keys import KeysDialog

COMMANDS = (
    Command("save", EVERYWHERE, "&Save", ("Ctrl+S",), ("Ctrl+S",)),
    Command("paste", "annotate", "Paste boxes", ("Ctrl+V",), ("Ctrl+Shift+V",)),
    Command("check", "annotate", "Check and next", ("Space", "Ctrl+Return"), ("Ctrl+V", "End")),
    Command("note", "annotate", "Note"),
)


@pytest.fixture
def settings(qapp, tmp_path):
    return Settings(tmp_path / "settings.ini")


@pytest.fixture
def shortcuts(settings):
    made = Shortcuts(settings)
    made.add(COMMANDS)
    return made


@pytest.fixture
def dialog(qtbot, shortcuts, settings):
    made = KeysDialog(shortcuts, settings, {EVERYWHERE: "Everywhere", "annotate": "Annotate"})
    # The bot closes it, which must not delete it under the bot's hands.
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made


def choose(dialog: KeysDialog, command: str) -> None:
    dialog.tree.setCurrentItem(dialog._items[command])


def press(qtbot, dialog: KeysDialog, key: Qt.Key, held=Qt.KeyboardModifier.NoModifier) -> None:
    dialog.field.setFocus()
    qtbot.waitUntil(dialog.field.hasFocus)
    QTest.keyClick(dialog.field, key, held)


def shown(dialog: KeysDialog, command: str) -> str:
    return dialog._items[command].text(1)


def chips(dialog: KeysDialog) -> list[str]:
    return [dialog._chips.itemAt(place).widget().text() for place in range(dialog._chips.count())]


def test_commands_stand_under_the_heading_of_their_page(dialog):
    groups = [dialog.tree.topLevelItem(place) for place in range(dialog.tree.topLevelItemCount())]
    assert [group.text(0) for group in groups] == ["Everywhere", "Annotate"]
    assert [groups[1].child(place).text(0) for place in range(3)] == ["Paste boxes", "Check and next", "Note"]
    assert shown(dialog, "check") == "Space, Ctrl+Return"


@pytest.mark.parametrize(("text", "left"), [("paste", {"paste"}), ("ctrl+s", {"save"}), ("zzz", set())])
def test_search_finds_names_and_keys(dialog, text, left):
    QTest.keyClicks(dialog.search, text)
    assert {name for name, item in dialog._items.items() if not item.isHidden()} == left
    assert dialog.tree.topLevelItem(0).isHidden() is ("save" not in left)


def test_search_finds_the_english_name_in_every_language(dialog):
    dialog._items["paste"].setText(0, "粘贴框")
    QTest.keyClicks(dialog.search, "paste")
    assert {name for name, item in dialog._items.items() if not item.isHidden()} == {"paste"}


@pytest.mark.parametrize(
    ("key", "held", "text"),
    [
        (Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier, "Ctrl+N"),
        (Qt.Key.Key_N, Qt.KeyboardModifier.NoModifier, "N"),
        (Qt.Key.Key_Tab, Qt.KeyboardModifier.NoModifier, "Tab"),
        (Qt.Key.Key_F9, Qt.KeyboardModifier.ShiftModifier, "Shift+F9"),
    ],
)
def test_pressed_key_is_added_at_once_and_kept(qtbot, dialog, shortcuts, tmp_path, key, held, text):
    choose(dialog, "note")
    press(qtbot, dialog, key, held)
    assert shortcuts.keys("note") == (text,)
    assert shown(dialog, "note") == text
    assert chips(dialog) == [text]
    assert Settings(tmp_path / "settings.ini").own_keys == {"note": text}


def test_taken_key_is_refused_beside_the_field_naming_the_other_command(qtbot, dialog, shortcuts):
    choose(dialog, "note")
    press(qtbot, dialog, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert "Ctrl+S" in dialog.message.text
    assert "“Save”" in dialog.message.text
    assert shortcuts.keys("note") == ()
    choose(dialog, "paste")
    assert dialog.message.text == ""


def test_taken_key_can_be_taken_from_the_other_command(qtbot, dialog, shortcuts):
    choose(dialog, "note")
    press(qtbot, dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.mouseClick(dialog.message.findChild(QPushButton, "messageAction"), Qt.MouseButton.LeftButton)
    assert shortcuts.keys("note") == ("Ctrl+Return",)
    assert shortcuts.keys("check") == ("Space",)
    assert dialog.message.text == ""


def test_key_of_the_desktop_is_refused_without_an_offer(qtbot, dialog, shortcuts):
    choose(dialog, "note")
    press(qtbot, dialog, Qt.Key.Key_F4, Qt.KeyboardModifier.AltModifier)
    assert "Alt+F4" in dialog.message.text
    assert dialog.message.findChild(QPushButton, "messageAction").isHidden()
    assert shortcuts.keys("note") == ()


def test_key_is_taken_away_and_one_command_is_reset(qtbot, dialog, shortcuts):
    choose(dialog, "check")
    reset = dialog.findChild(QPushButton, "keysReset")
    assert not reset.isEnabled()
    qtbot.mouseClick(dialog.findChild(QPushButton, "keysChip-Space"), Qt.MouseButton.LeftButton)
    assert shortcuts.keys("check") == ("Ctrl+Return",)
    qtbot.mouseClick(reset, Qt.MouseButton.LeftButton)
    assert shortcuts.keys("check") == ("Space", "Ctrl+Return")


@pytest.mark.parametrize(("answer", "keys"), [("answer0", ()), ("answer1", ("F9",))])
def test_reset_of_everything_asks_first(qtbot, dialog, shortcuts, answer, keys):
    shortcuts.set_keys("note", ["F9"])
    qtbot.mouseClick(dialog.findChild(QPushButton, "keysResetAll"), Qt.MouseButton.LeftButton)
    box = dialog.findChild(QMessageBox, "askResetKeys")
    qtbot.mouseClick(box.findChild(QPushButton, answer), Qt.MouseButton.LeftButton)
    assert shortcuts.keys("note") == keys


def test_profile_changes_all_keys_at_once(qtbot, dialog, settings):
    QTest.keyClick(dialog.profile, Qt.Key.Key_Down)
    assert settings.key_profile == "ppocrlabel"
    assert shown(dialog, "check") == "Ctrl+V, End"


def test_escape_leaves_the_field_first_and_then_closes(qtbot, dialog, shortcuts):
    choose(dialog, "note")
    press(qtbot, dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert shortcuts.keys("note") == ()
    qtbot.waitUntil(dialog.tree.hasFocus)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_keys_are_saved_and_loaded(qtbot, dialog, shortcuts, settings, tmp_path, monkeypatch):
    path = tmp_path / "my keys.json"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    shortcuts.set_keys("note", ["F9"])
    qtbot.mouseClick(dialog.findChild(QPushButton, "keysSave"), Qt.MouseButton.LeftButton)
    shortcuts.reset_all()
    qtbot.mouseClick(dialog.findChild(QPushButton, "keysLoad"), Qt.MouseButton.LeftButton)
    assert shown(dialog, "note") == "F9"
    Path(path).write_text("no keys")
    qtbot.mouseClick(dialog.findChild(QPushButton, "keysLoad"), Qt.MouseButton.LeftButton)
    assert "my keys.json" in dialog.message.text
    assert shown(dialog, "note") == "F9"
