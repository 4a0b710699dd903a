"""The card of characters and dictionaries, and the editor of a dictionary."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import pytest
from PyQt5.QtCore import QObject, Qt, pyqtSignal

from ocrstudio.core.dictionary_rules import KnownDictionary
from ocrstudio.core.errors import FormatError
from ocrstudio.core.statistics import Statistics
from ocrstudio.formats.dictionary import read_any
from ocrstudio.services.dictionaries import Dictionaries, find_dictionaries
from ocrstudio.services.known_characters import KnownCharacters
from ocrstudio.services.project_session import ProjectSession
from ocrstudio.ui.pages.dataset.dictionary_card import DictionaryCard
from ocrstudio.ui.pages.dataset.dictionary_editor import DictionaryEditor

WAIT_MS = 20000
CHILD = [sys.executable, str(Path(__file__).parent / "scripted_child.py"), "job-failed"]
MODEL = KnownDictionary("ours", tuple("abⅠⅡⅢ"), "bundled")
OTHER = KnownDictionary("file", tuple("abⅫ"))


class Counted(QObject):
    """Stands for the statistics of a project."""

    changed = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.characters = Counter({"a": 300, "b": 20, "Ⅰ": 7, "Ⅱ": 7, "Ⅲ": 7, "Ⅻ": 4})

    def totals(self) -> Statistics:
        return Statistics(characters=self.characters)


@pytest.fixture
def card(qtbot, image_folder, monkeypatch):
    # what this machine has is no part of these tests
    monkeypatch.setattr(Dictionaries, "look", lambda self, project: None)
    session = ProjectSession()
    session.open(image_folder(1))
    assert session.wait_until_open()
    made = DictionaryCard(session, Counted(), program=CHILD)
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    made.dictionaries.found.emit([MODEL, OTHER])
    yield made
    made.close_work()
    session.close()


def shown(card: DictionaryCard) -> list[list[str]]:
    model = card.model
    return [
        [model.data(model.index(row, column)) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def test_new_characters_stand_first_and_each_dictionary_has_a_column(card):
    rows = shown(card)
    assert rows[0] == ["Ⅻ", "4", "new", "✓"]
    assert ["a", "300", "✓", "✓"] in rows
    assert "5 of 6" in card.summary.text()
    assert "Ⅻ" in card.summary.text()
    assert "Ⅰ–Ⅲ" in card.advice.text()
    card.filter_box.setCurrentIndex(1)
    assert [row[0] for row in shown(card)] == ["Ⅻ"]
    card.filter_box.setCurrentIndex(2)
    assert "a" not in [row[0] for row in shown(card)]


def test_a_model_that_knows_more_is_recommended(card):
    more = KnownDictionary("newer", tuple("abⅠⅡⅢⅫ"), "/some/bundle")
    card.dictionaries.found.emit([MODEL, more])
    assert "newer" in card.advice.text()


@pytest.mark.parametrize(("model", "can_be_tried"), [("PP-OCRv4_mobile_rec", True), ("/gone/bundle", False)])
def test_models_that_come_with_a_package_can_be_tried_and_folders_that_are_gone_cannot(card, model, can_be_tried):
    card.dictionaries.found.emit([KnownDictionary("one", tuple("ab"), model)])
    button = card.findChild(object, "tryModel")
    assert button.isEnabled() is can_be_tried
    assert bool(button.toolTip()) is not can_be_tried


def test_buttons_ask_for_a_try_and_for_samples(qtbot, card):
    with qtbot.waitSignal(card.try_requested) as tried:
        qtbot.mouseClick(card.findChild(object, "tryModel"), Qt.MouseButton.LeftButton)
    assert tried.args == ["bundled"]
    with qtbot.waitSignal(card.synthesis_requested) as wanted:
        qtbot.mouseClick(card.findChild(object, "writeSamples"), Qt.MouseButton.LeftButton)
    assert set(wanted.args[0]) == set("bⅠⅡⅢⅫ")
    card.table.selectRow(0)
    with qtbot.waitSignal(card.synthesis_requested) as wanted:
        qtbot.mouseClick(card.findChild(object, "writeSamples"), Qt.MouseButton.LeftButton)
    assert wanted.args[0] == "Ⅻ"


def test_extending_reports_its_proof_or_why_it_failed(qtbot, card):
    qtbot.mouseClick(card.findChild(object, "extendModel"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(card.message.text), timeout=WAIT_MS)
    report = {"added": ["Ⅻ"], "copied": 5, "proof": {"unchanged": 9, "lines": 9}, "config": {"Global.x": 1}}
    card.dictionaries.extended.emit({**report, "warm_starts": {"Ⅻ": "X"}}, "/p/extended-1")
    assert "9 of 9" in card.message.text
    with qtbot.waitSignal(card.values_requested) as values:
        qtbot.mouseClick(card.message.findChild(object, "messageAction"), Qt.MouseButton.LeftButton)
    assert values.args == [{"Global.x": 1}]


def test_editor_mends_merges_and_refuses_to_save_faults(qtbot, tmp_path):
    editor = DictionaryEditor(["a", "", "a", "Ⅰ"], ["Ⅻ", "a"], MODEL, tmp_path)
    qtbot.addWidget(editor)
    assert not editor.save_button.isEnabled()
    assert "2" in editor.problems.toPlainText()
    qtbot.mouseClick(editor.findChild(object, "mendDictionary"), Qt.MouseButton.LeftButton)
    qtbot.mouseClick(editor.findChild(object, "mergeLabels"), Qt.MouseButton.LeftButton)
    assert editor.lines == ["a", "Ⅰ", "Ⅻ"]
    qtbot.waitUntil(editor.save_button.isEnabled, timeout=WAIT_MS)
    qtbot.mouseClick(editor.findChild(object, "mergeBase"), Qt.MouseButton.LeftButton)
    assert editor.lines == [*MODEL.characters, "Ⅻ"]
    editor.edit.undo()
    assert editor.lines == ["a", "Ⅰ", "Ⅻ"]


def test_a_dictionary_that_is_written_is_found_again(qtbot, tmp_path):
    file = tmp_path / "字典" / "mine.txt"
    known = KnownCharacters(program=CHILD)
    dictionaries = Dictionaries(known)

    def is_there(found: list[KnownDictionary]) -> bool:
        return any(one.name == "mine" and one.characters == ("Ⅻ", "a") for one in found)

    with qtbot.waitSignal(dictionaries.found, timeout=WAIT_MS, check_params_cb=is_there):
        dictionaries.write(file, ["Ⅻ", "a"])
    assert file.read_text(encoding="utf-8") == "Ⅻ\na\n"
    dictionaries.close()
    known.close()


def test_dictionaries_of_the_project_are_found_and_broken_ones_left_out(tmp_path):
    state = tmp_path / ".ocrstudio"
    for place in ("runs/0001-a/bundle", "models/extended-1", "dictionaries"):
        (state / place).mkdir(parents=True)
    (state / "runs/0001-a/bundle/dict.txt").write_text("a\n", encoding="utf-8")
    (state / "models/extended-1/dict.txt").write_text("b\n", encoding="utf-8")
    (state / "dictionaries/own.txt").write_text("c\n", encoding="utf-8")
    (state / "dictionaries/broken.txt").write_bytes(b"\xff\xfe\xff")
    found = {one.name: one for one in find_dictionaries(tmp_path, (tmp_path / "gone.txt",))}
    assert {"0001-a", "extended-1", "own"} <= set(found)
    assert "broken" not in found
    assert "gone" not in found
    assert found["extended-1"].model == str(state / "models/extended-1")


def test_other_encodings_are_read_and_named(tmp_path):
    file = tmp_path / "gb.txt"
    file.write_bytes("合\r\n同\r\n".encode("gb18030"))
    assert read_any(file) == (["合", "同"], "gb18030")
    file.write_bytes(b"\xef\xbb\xbfa\nb")
    assert read_any(file) == (["a", "b"], "utf-8-sig")
    file.write_bytes(b"\xff\xff\x00\x81\x00\xff")
    with pytest.raises(FormatError, match=r"gb\.txt"):
        read_any(file)
