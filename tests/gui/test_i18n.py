"""Languages: read from the catalogue, switched under an open window."""

from __future__ import annotations

import pytest
from PyQt5.QtCore import QCoreApplication
from PyQt5.QtWidgets import QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from ocrstudio.core.errors import ProjectError
from ocrstudio.protocol.messages import Failed
from ocrstudio.ui import i18n
from ocrstudio.ui.widgets.translated import TranslatedWidget

CATALOGUE = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context><name>Greeter</name>
<message><source>Hello &lt;{name}&gt;</source><translation>你好 &lt;{name}&gt;</translation></message>
<message><source>Later</source><translation type="unfinished"></translation></message>
</context>
<context><name>Errors</name>
<message><source>{file} holds no images.</source><translation>{file} 中没有图片。</translation></message>
<message><source>Open {other}.</source><translation>打开 {wrong}。</translation></message>
</context></TS>
"""


@pytest.fixture
def chinese(tmp_path, monkeypatch, qapp):
    path = tmp_path / "ocrstudio_zh_CN.ts"
    path.write_text(CATALOGUE, encoding="utf-8")
    monkeypatch.setattr(i18n, "catalogue_path", lambda language: path)
    yield path
    i18n.switch_language(qapp, "en")


class Greeter(TranslatedWidget):
    def __init__(self) -> None:
        super().__init__()
        self.label = QLabel(self)
        self.say(self.label.setText, lambda: self.tr("Hello <{name}>").format(name="Ⅻ"))


class LoudGreeter(Greeter):
    pass


def test_open_window_follows_a_change_of_language(qtbot, qapp, chinese):
    window = QWidget()
    qtbot.addWidget(window)
    greeter = Greeter()
    QVBoxLayout(window).addWidget(greeter)
    assert greeter.label.text() == "Hello <Ⅻ>"
    i18n.switch_language(qapp, "zh_CN")
    qtbot.waitUntil(lambda: greeter.label.text() == "你好 <Ⅻ>")
    assert i18n.current_language() == "zh_CN"
    i18n.switch_language(qapp, "en")
    qtbot.waitUntil(lambda: greeter.label.text() == "Hello <Ⅻ>")


def test_subclass_finds_the_texts_of_its_base(qtbot, qapp, chinese):
    i18n.switch_language(qapp, "zh_CN")
    greeter = LoudGreeter()
    qtbot.addWidget(greeter)
    assert greeter.label.text() == "你好 <Ⅻ>"


def test_unknown_and_unfinished_texts_stay_english(qapp, chinese):
    i18n.switch_language(qapp, "zh_CN")
    assert QCoreApplication.translate("Greeter", "Later") == "Later"
    assert QCoreApplication.translate("Greeter", "Never seen") == "Never seen"


def test_buttons_of_qt_change_too(qtbot, qapp, chinese):
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(box)
    cancel = box.button(QDialogButtonBox.StandardButton.Cancel)
    english = cancel.text()
    i18n.switch_language(qapp, "zh_CN")
    qtbot.waitUntil(lambda: cancel.text() != english)
    i18n.switch_language(qapp, "en")
    qtbot.waitUntil(lambda: cancel.text() == english)


def test_error_is_told_in_the_language_with_its_values(qapp, chinese):
    i18n.switch_language(qapp, "zh_CN")
    error = ProjectError("{file} holds no images.", "Choose another.", file="a b")
    assert i18n.translated(error) == ("a b 中没有图片。", "Choose another.")
    assert i18n.translated(Failed(what="{file} holds no images.", values={"file": "c"})) == ("c 中没有图片。", "")
    outer = ProjectError("Because: {reason}", reason=error)
    assert i18n.translated(outer)[0] == "Because: a b 中没有图片。 Choose another."


def test_translation_with_a_wrong_placeholder_falls_back_to_english(qapp, chinese):
    i18n.switch_language(qapp, "zh_CN")
    assert i18n.translated(ProjectError("Open {other}.", other="it")) == ("Open it.", "")


def test_template_without_its_values_is_still_told():
    assert i18n.translated(Failed(what="{file} holds no images.")) == ("{file} holds no images.", "")


@pytest.mark.parametrize(
    ("system", "expected"),
    [(["zh-Hans-CN"], "zh_CN"), (["zh_TW", "en"], "zh_CN"), (["de-DE", "en-GB"], "en"), (["de-DE"], "en"), ([], "en")],
)
def test_language_of_the_desktop(system, expected):
    assert i18n.resolve_language("system", system) == expected


def test_chosen_language_beats_the_desktop():
    assert i18n.resolve_language("en", ["zh-CN"]) == "en"


def test_broken_catalogue_leaves_english(qapp, chinese):
    chinese.write_text("<TS><context><name>Greeter</name><message><source>Hello", encoding="utf-8")
    assert i18n.switch_language(qapp, "zh_CN") == "zh_CN"
    assert QCoreApplication.translate("Greeter", "Hello <{name}>") == "Hello <{name}>"


def test_missing_catalogue_leaves_english(qapp, chinese):
    chinese.unlink()
    i18n.switch_language(qapp, "zh_CN")
    assert QCoreApplication.translate("Greeter", "Hello <{name}>") == "Hello <{name}>"


def test_every_text_of_the_shipped_catalogue_is_found_under_its_context(qapp):
    catalogue = i18n.read_catalogue(i18n.catalogue_path("zh_CN"))
    assert len(catalogue) > 1000
    i18n.switch_language(qapp, "zh_CN")
    try:
        told = {key: QCoreApplication.translate(*key) for key in catalogue}
    finally:
        i18n.switch_language(qapp, "en")
    assert told == catalogue
    assert all(QCoreApplication.translate(*key) == key[1] for key in catalogue)


def test_the_same_words_are_told_as_each_place_needs_them(qapp):
    texts = i18n._Texts({("A", "Open"): "one", ("B", "Open"): "two", ("C", "<b>"): "三"}, qapp)
    found = [texts.translate(context, "Open") for context in ("A", "B", "C", "")]
    assert found == ["one", "two", "two", "two"]
    assert texts.translate("A", "<b>") == "三"
    assert not texts.translate("A", "Shut")
    texts.deleteLater()
