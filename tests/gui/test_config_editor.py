"""The rest of the config page: the tree, differences, -o, one history, broken files, filling in, recipes."""

from __future__ import annotations

from pathlib import Path

import pytest
from PyQt5.QtCore import Qt
from PyQt5.QtGui import QGuiApplication
from PyQt5.QtWidgets import QDialog, QLabel, QLineEdit, QPushButton, QSpinBox

from ocrstudio.core.config_difference import ABSENT
from ocrstudio.formats.config import TrainConfig
from ocrstudio.services.project_session import ProjectSession
from ocrstudio.services.settings import Settings
from ocrstudio.ui.pages.config.difference_view import DifferenceRow
from ocrstudio.ui.pages.config.left_side import DIFFERENCES, TREE
from ocrstudio.ui.pages.config.page import ConfigPage
from ocrstudio.ui.pages.config.recipe_dialog import RecipeDialog
from ocrstudio.ui.pages.config.value_model import KEY, VALUE

WAIT_MS = 10000
EPOCHS, SEED = "Global.epoch_num", "Global.seed"
# As PaddleOCR writes them; the copies follow their anchor.
CHECKOUT_CONFIG = """Global:
  use_gpu: True
  epoch_num : &epochs 500   # kept
  eval_batch_step: [ 0, 2000 ]
  max_text_length: &length 25
Architecture:
  model_type: rec
Train:
  dataset:
    label_file_list: ['a.txt']
    transforms:
    - RecConAug: {prob: 0.5, max_text_length: *length}
  loader: {batch_size_per_card: 4}
"""


@pytest.fixture
def session(qtbot):
    made = ProjectSession()
    yield made
    made.close()


@pytest.fixture
def page(qtbot, session, tmp_path):
    made = ConfigPage(session, Settings(tmp_path / "settings.ini"))
    qtbot.addWidget(made)
    made.resize(1200, 800)
    made.show()
    yield made
    made.close()


@pytest.fixture
def project(session, image_folder):
    folder = image_folder(1)
    session.open(folder)
    assert session.wait_until_open()
    data = folder / ".ocrstudio" / "datasets" / "first"
    for task in ("rec", "det"):
        (data / task).mkdir(parents=True)
        for part in ("train", "val"):
            (data / task / f"{part}.txt").write_text("a.png\tx\n" * (6 if task == "rec" else 2))
    (data / "dict.txt").write_text("x\n")
    (data / "split.json").write_text("{}")
    return folder


def open_text(page: ConfigPage, tmp_path: Path, text: str, name: str = "their config.yml") -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    page.filing.open(tmp_path / name)


def tree_index(page: ConfigPage, path: str, column: int = VALUE):
    tree = page.left.tree
    return tree.view.model().mapFromSource(tree.model.index_of(path)).siblingAtColumn(column)


def line_edit(page: ConfigPage, name: str) -> QLineEdit:
    found = page.findChild(QLineEdit, name)
    assert found is not None
    return found


# --- the tree ------------------------------------------------------------------------------------------------------


def test_the_tree_holds_every_value_with_its_kind(page):
    view = page.left.tree.view
    page.left.tabs.setCurrentIndex(TREE)
    assert tree_index(page, "Train.dataset.transforms.0.DecodeImage.img_mode").data() == "BGR"
    shown = {
        "Global.use_gpu": ("false", "on or off"),
        EPOCHS: ("20", "whole number"),
        "Optimizer.regularizer.factor": ("3.0e-05", "number"),
        "Global.checkpoints": ("null", "nothing"),
        "Global.model_name": ("PP-OCRv6_small_rec", "text"),
        "Global.d2s_train_image_shape": ("[3, 48, 320]", "list of 3"),
        "Global.d2s_train_image_shape.2": ("320", "whole number"),
    }
    for path, texts in shown.items():
        index = tree_index(page, path)
        assert (index.data(), index.siblingAtColumn(2).data()) == texts
    assert view.isExpanded(tree_index(page, "Global", KEY))
    assert "A handful of pages" in tree_index(page, EPOCHS).data(Qt.ItemDataRole.ToolTipRole)


def test_what_is_typed_into_the_tree_is_in_text_and_form(page):
    model = page.left.tree.view.model()
    assert model.setData(tree_index(page, EPOCHS), "44")
    assert "epoch_num: 44" in page.editor.toPlainText()
    assert page.form.findChild(QSpinBox, EPOCHS).value() == 44
    model.setData(tree_index(page, "Train.dataset.transforms.2.CTCLabelEncode"), "{a: [1, b]}")
    assert page.draft.value("Train.dataset.transforms.2.CTCLabelEncode") == {"a": [1, "b"]}
    model.setData(tree_index(page, "Global.use_gpu"), True)
    assert "use_gpu: true" in page.editor.toPlainText()
    before = page.editor.toPlainText()
    model.setData(tree_index(page, EPOCHS), "many")
    assert "whole number" in page.message.text
    model.setData(tree_index(page, "Global.infer_mode"), "[1,")
    assert "not valid YAML" in page.message.text
    assert page.editor.toPlainText() == before


def test_search_finds_settings_and_values(page):
    search = line_edit(page, "findSetting")
    search.setText("warm-up")
    visible = [key for key, row in page.form.rows.items() if row.isVisibleTo(page.form)]
    assert visible == ["Optimizer.lr.warmup_epoch"]
    search.setText("lightsvtr")
    view = page.left.tree.view
    top = [view.model().index(row, KEY).data() for row in range(view.model().rowCount())]
    assert top == ["Architecture"]
    search.clear()
    assert view.model().rowCount() == 8


def test_value_is_taken_out_and_brought_back(page):
    page.left.tree.value_edited.emit(SEED, ABSENT)
    assert "seed:" not in page.editor.toPlainText()
    page.undo()
    assert page.draft.value(SEED) == 1024
    page.draft.set_value(SEED, 7)
    page.left.tree.template_requested.emit(SEED)
    assert page.draft.value(SEED) == 1024


# --- differences and -o --------------------------------------------------------------------------------------------


def test_differences_from_the_template_are_listed_and_taken_back_one_by_one(qtbot, page):
    page.draft.set_value(EPOCHS, 5)
    page.draft.set_value(SEED, 6)
    page.left.tabs.setCurrentIndex(DIFFERENCES)
    assert page.left.tabs.tabText(DIFFERENCES) == "Differences (2)"
    rows = page.left.differences.findChildren(DifferenceRow)
    assert [row.findChild(QPushButton).objectName() for row in rows] == [f"{EPOCHS}.revert", f"{SEED}.revert"]
    qtbot.mouseClick(rows[0].findChild(QPushButton), Qt.MouseButton.LeftButton)
    assert page.draft.value(EPOCHS) == 20
    assert page.draft.value(SEED) == 6
    text = page.left.differences.findChild(object, "differenceText").toPlainText()
    assert "-  seed: 1024\n+  seed: 6" in text
    back = page.form.rows[SEED].findChild(object, f"{SEED}.back")
    assert back.isVisibleTo(page.form.rows[SEED])
    assert not page.form.rows[EPOCHS].findChild(object, f"{EPOCHS}.back").isVisibleTo(page.form.rows[EPOCHS])
    back.click()
    assert page.draft.differences() == []


def test_differences_are_shown_as_a_command_and_a_pasted_one_is_taken_over(qtbot, page):
    page.draft.set_value(EPOCHS, 5)
    page.left.tabs.setCurrentIndex(DIFFERENCES)
    expected = "ocrstudio train ppocrv6_small_rec.yml -o Global.epoch_num=5"
    assert page.left.overrides.command == expected
    page.left.overrides.findChild(object, "copyOverrides").click()
    assert QGuiApplication.clipboard().text() == expected
    typed, told = line_edit(page, "overridesTyped"), page.findChild(object, "overridesNotes")
    typed.setText("-o Optimizer.lr.learning_rate=1e-3 Global.pretrained_model=None")
    qtbot.keyClick(typed, Qt.Key.Key_Return)
    assert page.draft.value("Optimizer.lr.learning_rate") == 0.001
    assert page.draft.value("Global.pretrained_model") is None
    assert "for text" in told.text()
    assert "None" in told.text()
    assert typed.text() == ""
    typed.setText("Global.epoch_num=many")
    qtbot.keyClick(typed, Qt.Key.Key_Return)
    assert "whole number" in page.message.text
    typed.setText("nonsense")
    qtbot.keyClick(typed, Qt.Key.Key_Return)
    assert "no override" in told.text()
    page.undo()
    assert page.draft.value("Optimizer.lr.learning_rate") == 0.0005


def test_copies_follow_the_form_but_not_an_override(qtbot, page, tmp_path):
    open_text(page, tmp_path, CHECKOUT_CONFIG)
    qtbot.waitUntil(lambda: page.draft.base is not None, timeout=WAIT_MS)
    copy = "Train.dataset.transforms.0.RecConAug.max_text_length"
    page.form.findChild(QSpinBox, "Global.max_text_length").setValue(30)
    assert page.draft.value(copy) == 30
    typed = line_edit(page, "overridesTyped")
    typed.setText("Global.max_text_length=40")
    page.left.overrides.findChild(QPushButton, "takeOverrides").click()
    assert page.draft.value("Global.max_text_length") == 40
    assert page.draft.value(copy) == 30
    assert "1 copies" in page.findChild(object, "overridesNotes").text()


def test_template_of_an_opened_config_is_found(qtbot, page, tmp_path):
    config = TrainConfig.template("ppocrv4_mobile_det")
    config.set(EPOCHS, 3)
    open_text(page, tmp_path, config.to_yaml())
    qtbot.waitUntil(lambda: page.draft.base is not None, timeout=WAIT_MS)
    assert page.draft.base.name == "ppocrv4_mobile_det"
    assert [one.key for one in page.draft.differences()] == [EPOCHS]


# --- one history ---------------------------------------------------------------------------------------------------


def test_one_history_over_form_tree_and_text(qtbot, page):
    page.form.findChild(QSpinBox, EPOCHS).setValue(30)
    page.left.tree.view.model().setData(tree_index(page, SEED), "7")
    cursor = page.editor.document().find("seed: 7")
    cursor.insertText("seed: 8")
    qtbot.waitUntil(lambda: page.draft.value(SEED) == 8, timeout=WAIT_MS)
    states = []
    for _ in range(3):
        page.undo()
        states.append((page.draft.value(EPOCHS), page.draft.value(SEED)))
    assert states == [(30, 7), (30, 1024), (20, 1024)]
    assert not page.text_side.undo_button.isEnabled()
    for _ in range(3):
        page.redo()
    assert (page.draft.value(EPOCHS), page.draft.value(SEED)) == (30, 8)


def test_template_follows_when_undo_brings_another_model_back(qtbot, page):
    box = page.engine_bar.template_box
    box.setCurrentIndex(box.findData("ppocrv4_mobile_det"))
    box.activated.emit(box.currentIndex())
    assert page.draft.base.name == "ppocrv4_mobile_det"
    page.undo()
    qtbot.waitUntil(lambda: page.draft.base.name == "ppocrv6_small_rec", timeout=WAIT_MS)
    assert box.currentData() == "ppocrv6_small_rec"
    assert page.draft.differences() == []


def test_numbers_turned_in_a_row_are_one_step_and_ctrl_z_works_from_the_field(qtbot, page):
    box = page.form.findChild(QSpinBox, EPOCHS)
    for number in (21, 22, 23):
        box.setValue(number)
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert page.draft.value(EPOCHS) == 20
    assert box.value() == 20
    qtbot.keyClick(box, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert page.draft.value(EPOCHS) == 23


def test_what_is_only_typed_is_undone_in_its_field(qtbot, page):
    page.form.findChild(QSpinBox, EPOCHS).setValue(30)
    field = page.form.findChild(QLineEdit, "Global.save_model_dir")
    before = field.text()
    field.setFocus()
    qtbot.keyClicks(field, "x")
    qtbot.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert (field.text(), page.draft.value(EPOCHS)) == (before, 30)
    qtbot.keyClicks(field, "x\r")
    qtbot.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert (field.text(), page.draft.value(EPOCHS)) == (before, 30)
    qtbot.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert page.draft.value(EPOCHS) == 20


# --- files ---------------------------------------------------------------------------------------------------------


def test_only_the_edited_line_of_a_foreign_config_changes(page, tmp_path):
    open_text(page, tmp_path, CHECKOUT_CONFIG)
    page.form.findChild(QSpinBox, EPOCHS).setValue(30)
    assert page.editor.toPlainText() == CHECKOUT_CONFIG.replace("&epochs 500", "&epochs 30")


BROKEN = [
    ("Global:\n  epoch_num: [1\nTrain: {}\n", 3, "cannot be read"),
    ("Global:\n  epoch_num: many\n", 2, "whole number"),
    ("Global:\n  a: 1\n  x: !!python/object/apply:os.system [ls]\n", 3, "could run code"),
    ("Global:\n  a: *nowhere\n", 2, "undefined alias"),
]


def test_a_broken_file_is_shown_at_its_line_and_the_form_keeps_the_last_good_state(page, tmp_path):
    for text, line, words in BROKEN:
        open_text(page, tmp_path, text)
        assert page.editor.toPlainText() == text
        assert (page.editor.marked_line, page.editor.textCursor().blockNumber() + 1) == (line, line)
        assert words in page.findChild(object, "yamlVerdict").text()
        assert not page.left.isEnabled()
        assert page.form.findChild(QSpinBox, EPOCHS).value() == 20


def test_a_file_that_is_no_text_or_huge_is_told(qtbot, page, tmp_path):
    before = page.editor.toPlainText()
    for data, words in (
        (b"Global: {note: \xff\xfe}", "line 1: the config is not UTF-8"),
        ("Global: {收据: 1}".encode("gb18030"), "not UTF-8"),
        (b"# " + b"x" * 300_000, "too large"),
    ):
        (tmp_path / "c.yml").write_bytes(data)
        page.message.clear()
        page.filing.open(tmp_path / "c.yml")
        qtbot.waitUntil(lambda words=words: words in page.message.text, timeout=WAIT_MS)
        assert "c.yml" in page.message.text
        assert page.editor.toPlainText() == before


def test_a_file_that_is_mended_while_it_is_read_says_so(page, tmp_path):
    open_text(
        page, tmp_path, "Global:\n  seed: 1\n  epoch_num: 2\n  seed: 3\nOptimizer:\n  lr:\n    learning_rate: 1e-3\n"
    )
    assert page.editor.toPlainText() == (
        "Global:\n  epoch_num: 2\n  seed: 3\nOptimizer:\n  lr:\n    learning_rate: 0.001\n"
    )
    assert "mended" in page.message.text


def test_long_text_is_read_without_holding_up_the_window(qtbot, page):
    long = page.editor.toPlainText() + "".join(f"# {number}\n" for number in range(3000)) + "# end\n"
    page.editor.setPlainText(long.replace("epoch_num: 20", "epoch_num: 21"))
    qtbot.waitUntil(lambda: page.draft.value(EPOCHS) == 21, timeout=WAIT_MS)


def test_template_is_not_written_over(page, tmp_path, monkeypatch):
    from ocrstudio.paths import resources

    target = resources() / "config" / "ppocrv6_small_rec.yml"
    before = target.read_bytes()
    monkeypatch.setattr("PyQt5.QtWidgets.QFileDialog.getSaveFileName", lambda *_: (str(target), ""))
    page.draft.set_value(EPOCHS, 2)
    page.findChild(QPushButton, "saveConfigCopyButton").click()
    assert "never written over" in page.message.text
    assert target.read_bytes() == before


def test_value_that_does_not_fit_says_what_would(qtbot, page):
    row = page.form.rows["Optimizer.lr.learning_rate"]
    edit = row.findChild(QLineEdit, "Optimizer.lr.learning_rate")
    edit.selectAll()
    qtbot.keyClicks(edit, "-3")
    assert edit.property("state") == "bad"
    told = " ".join(label.text() for label in row.findChildren(QLabel))
    assert "Possible: more than 0, at most 10" in told
    assert page.draft.value("Optimizer.lr.learning_rate") == 0.0005
    edit.selectAll()
    qtbot.keyClicks(edit, "0.01")
    assert "Possible" not in " ".join(label.text() for label in row.findChildren(QLabel))


def test_words_are_found_in_the_text(qtbot, page):
    page.text_side.find_bar.open()
    field = line_edit(page, "findInText")
    field.setText("learning_rate:")
    assert page.editor.textCursor().selectedText() == "learning_rate:"
    first = page.editor.textCursor().position()
    page.text_side.find_bar.next()
    assert page.editor.textCursor().position() > first
    page.text_side.find_bar.next()
    assert page.editor.textCursor().position() == first
    field.setText("nowhere")
    assert field.property("state") == "bad"


# --- many values at once -------------------------------------------------------------------------------------------


def test_what_the_project_knows_is_filled_in_shown_and_undone(qtbot, page, project):
    page.use_dataset(project / ".ocrstudio" / "datasets" / "first")
    page.draft.set_value("Global.pretrained_model", None)
    before = page.editor.toPlainText()
    page.findChild(QPushButton, "fillInConfig").click()
    qtbot.waitUntil(lambda: page.draft.text != before, timeout=WAIT_MS)
    assert page.draft.value("Train.loader.batch_size_per_card") == 6
    assert page.draft.value("Global.pretrained_model") == "PP-OCRv6_small_rec"
    assert page.left.tabs.currentIndex() == DIFFERENCES
    shown = {row.findChild(QPushButton).objectName() for row in page.left.differences.findChildren(DifferenceRow)}
    assert shown == {
        f"{key}.revert"
        for key in ("Global.pretrained_model", "Global.save_model_dir", "Train.loader.batch_size_per_card")
    }
    page.message.findChild(QPushButton, "messageAction").click()
    assert page.editor.toPlainText() == before


def test_recipe_is_shown_with_reasons_put_in_and_undone(qtbot, page, project):
    page.use_dataset(project / ".ocrstudio" / "datasets" / "first")
    before = page.draft.config.plain()
    page.findChild(QPushButton, "recipeButton").click()
    qtbot.waitUntil(lambda: page.findChild(RecipeDialog) is not None, timeout=WAIT_MS)
    dialog = page.findChild(RecipeDialog)
    assert dialog.samples_box.value() == 6
    dialog.goal_box.setCurrentIndex(dialog.goal_box.findData("find"))
    assert dialog.samples_box.value() == 2
    told = " ".join(label.text() for label in dialog.findChildren(object) if hasattr(label, "text"))
    for words in ("0.001 for 4 at a time", "PaddleOCR's guide on fine-tuning", "at least 500 pages; you have 2"):
        assert words in told
    dialog.done(int(QDialog.DialogCode.Accepted))
    assert page.draft.value("Architecture.model_type") == "det"
    assert page.draft.value("Train.loader.batch_size_per_card") == 2
    assert page.draft.base.name == "ppocrv6_small_det"
    page.undo()
    assert page.draft.config.plain() == before
