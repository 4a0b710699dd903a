"""Preferences take effect at once and follow what is changed elsewhere."""

from __future__ import annotations

import pytest
from PyQt5.QtCore import Qt
from PyQt5.QtTest import QTest
from PyQt5.QtWidgets import QCheckBox, QComboBox, QFileDialog, QLineEdit, QPlainTextEdit, QPushButton, QSpinBox

from ocrstudio.services.settings import Settings
from ocrstudio.ui.dialogs.preferences import PreferencesDialog


@pytest.fixture
def settings(qapp, tmp_path):
    return Settings(tmp_path / "settings.ini")


@pytest.fixture
def dialog(qtbot, settings):
    made = PreferencesDialog(settings)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.mark.parametrize(
    ("name", "setting", "value"),
    [
        ("preferLanguage", "language", "en"),
        ("preferTheme", "theme", "light"),
        ("preferProfile", "key_profile", "ppocrlabel"),
    ],
)
def test_choice_is_kept_at_once(dialog, settings, name, setting, value):
    QTest.keyClick(dialog.findChild(QComboBox, name), Qt.Key.Key_Down)
    assert getattr(settings, setting) == value
    assert getattr(Settings(settings.path), setting) == value


@pytest.mark.parametrize(
    ("name", "setting", "before"), [("preferReadNew", "read_new_boxes", True), ("preferKie", "kie_mode", False)]
)
def test_switch_is_kept_at_once(qtbot, dialog, settings, name, setting, before):
    box = dialog.findChild(QCheckBox, name)
    assert box.isChecked() is before
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Space)
    assert getattr(settings, setting) is not before
    assert getattr(Settings(settings.path), setting) is not before


def test_numbers_are_kept(dialog, settings):
    dialog.findChild(QSpinBox, "preferSize").setValue(130)
    dialog.findChild(QSpinBox, "preferLow").setValue(65)
    assert settings.font_percent == 130
    assert Settings(settings.path).low_confidence == pytest.approx(0.65)


def test_keys_to_choose_from_are_one_a_line_without_doubles(dialog, settings):
    field = dialog.findChild(QPlainTextEdit, "preferKeyClasses")
    QTest.keyClicks(field, "date")
    QTest.keyClick(field, Qt.Key.Key_Return)
    QTest.keyClicks(field, " total ")
    QTest.keyClick(field, Qt.Key.Key_Return)
    QTest.keyClicks(field, "date")
    assert settings.key_classes == ["date", "total"]
    assert field.toPlainText() == "date\n total \ndate"
    assert Settings(settings.path).key_classes == ["date", "total"]


def test_dictionary_is_typed_or_chosen(qtbot, dialog, settings, monkeypatch):
    field = dialog.findChild(QLineEdit, "preferDictionary")
    field.setFocus()
    field.insert("/a/字典.txt")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert settings.dictionary == "/a/字典.txt"
    assert dialog.isVisible()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("/b/dict.txt", ""))
    qtbot.mouseClick(dialog.findChild(QPushButton, "preferDictionaryBrowse"), Qt.MouseButton.LeftButton)
    assert settings.dictionary == field.text() == "/b/dict.txt"


def test_change_from_elsewhere_is_shown(dialog, settings):
    settings.key_classes, settings.kie_mode, settings.low_confidence = ["a", "b"], True, 0.5
    assert dialog.findChild(QPlainTextEdit, "preferKeyClasses").toPlainText() == "a\nb"
    assert dialog.findChild(QCheckBox, "preferKie").isChecked()
    assert dialog.findChild(QSpinBox, "preferLow").value() == 50


def test_keys_are_asked_for_and_escape_closes(qtbot, dialog):
    with qtbot.waitSignal(dialog.keys_requested):
        qtbot.mouseClick(dialog.findChild(QPushButton, "preferKeys"), Qt.MouseButton.LeftButton)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
