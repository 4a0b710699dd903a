"""The config page: form and YAML stay in step whichever is changed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from fake_check import FINE
from PyQt5.QtCore import Qt
from PyQt5.QtGui import QTextCursor
from PyQt5.QtWidgets import QCheckBox, QComboBox, QFileDialog, QLineEdit, QPushButton, QSpinBox

from ocrstudio.formats.config import TrainConfig
from ocrstudio.formats.config_field import NO_DEFAULT
from ocrstudio.formats.config_fields import FIELDS, fault
from ocrstudio.services import flight_check
from ocrstudio.services.config_draft import ConfigDraft
from ocrstudio.services.project_session import ProjectSession
from ocrstudio.services.settings import Settings
from ocrstudio.ui.pages.config.fields import ROWS
from ocrstudio.ui.pages.config.page import ConfigPage
from ocrstudio.ui.pages.config.yaml_editor import YamlEditor, common_ends, utf16_length

WAIT_MS = 10000
EPOCHS, RATE, BATCH = "Global.epoch_num", "Optimizer.lr.learning_rate", "Train.loader.batch_size_per_card"
DICTIONARY, TRAIN_LIST = "Global.character_dict_path", "Train.dataset.label_file_list"


@pytest.fixture
def session(qtbot):
    made = ProjectSession()
    yield made
    made.close()


@pytest.fixture
def page(qtbot, session, tmp_path):
    made = ConfigPage(session, Settings(tmp_path / "settings.ini"), check_program=FINE)
    qtbot.addWidget(made)
    made.resize(1200, 800)
    made.show()
    return made


def make_dataset(folder: Path) -> Path:
    """A dataset's skeleton: enough for a config to point at."""
    (folder / "rec").mkdir(parents=True)
    for part in ("train", "val", "test"):
        (folder / "rec" / f"{part}.txt").write_text(f"{part}/a.png\tⅫ\n", encoding="utf-8")
    (folder / "dict.txt").write_text("Ⅻ\n", encoding="utf-8")
    (folder / "split.json").write_text("{}", encoding="utf-8")
    return folder


@pytest.fixture
def project(session, image_folder):
    folder = image_folder(2)
    session.open(folder)
    assert session.wait_until_open()
    make_dataset(folder / ".ocrstudio" / "datasets" / "first")
    return folder


def replace_in_text(page: ConfigPage, old: str, new: str) -> None:
    """As a person does it: select and type."""
    cursor = page.editor.document().find(old)
    assert not cursor.isNull(), f"{old!r} is not in the text"
    cursor.insertText(new)


def settled(qtbot, page: ConfigPage) -> None:
    qtbot.waitUntil(lambda: page.draft.text == page.editor.toPlainText(), timeout=WAIT_MS)


def editor_of(page: ConfigPage, kind: type, key: str):
    found = page.form.findChild(kind, key)
    assert found is not None
    return found


def test_form_shows_what_the_template_has(page):
    template = TrainConfig.template()
    assert editor_of(page, QSpinBox, EPOCHS).value() == template.get(EPOCHS)
    assert float(editor_of(page, QLineEdit, RATE).text()) == template.get(RATE)
    assert editor_of(page, QCheckBox, "Global.use_gpu").isChecked() is template.get("Global.use_gpu")
    assert editor_of(page, QComboBox, "Global.freeze").currentData() == template.get("Global.freeze")
    visible = {key for key, row in page.form.rows.items() if row.isVisibleTo(page.form)}
    assert visible == {field.key for field in ROWS if template.place_of(field.key) is not None}
    assert 25 <= len(visible) <= 45


def test_every_row_says_what_it_is_what_it_may_be_and_who_says_so(page):
    for field in ROWS:
        assert field.label, field.key
        assert field.meaning, field.key
        assert field.source, field.key
        assert len(field.choice_words) == len(field.choices), field.key
    tip = editor_of(page, QSpinBox, EPOCHS).parent().toolTip()
    for part in ("A handful of pages", "Unit: epochs", "Limits: 1 to 100000", "Usual: 20", "Source: measured", EPOCHS):
        assert part in tip


def test_usual_values_fit_their_keys():
    for field in ROWS:
        if field.default is not NO_DEFAULT:
            assert fault(field.key, field.default) is None, field.key


def test_setting_that_the_config_lacks_is_added_at_once(page):
    field = FIELDS["Global.use_amp"]
    assert page.draft.lacks(field.key)
    row = page.form.rows[field.key]
    assert not row.isVisibleTo(page.form)
    add = page.form.findChild(QPushButton, "addSettingButton").menu()
    next(action for action in add.actions() if action.text() == field.label).trigger()
    assert "use_amp: false" in page.editor.toPlainText()
    assert row.isVisibleTo(page.form)
    assert field.label not in [action.text() for action in add.actions()]


def test_value_inside_a_list_is_found_by_name(qtbot, page):
    key = "Train.dataset.transforms[RecResizeImg].image_shape"
    edit = editor_of(page, QLineEdit, key)
    assert edit.text() == "3, 48, 320"
    edit.selectAll()
    qtbot.keyClicks(edit, "3, 48, 640\r")
    assert "image_shape: [3, 48, 640]" in page.editor.toPlainText()
    edit.selectAll()
    qtbot.keyClicks(edit, "3, x\r")
    assert edit.property("state") == "bad"
    assert page.draft.value(page.draft.config.place_of(key)) == [3, 48, 640]


def test_change_in_the_form_is_in_the_text_at_once_and_comments_stay(page):
    before = page.editor.toPlainText()
    editor_of(page, QSpinBox, EPOCHS).setValue(7)
    after = page.editor.toPlainText()
    assert "epoch_num: 7" in after
    assert [line for line in before.splitlines() if "#" in line] == [line for line in after.splitlines() if "#" in line]
    changed = [(old, new) for old, new in zip(before.splitlines(), after.splitlines(), strict=True) if old != new]
    assert len(changed) == 1


def test_small_numbers_may_be_typed_as_people_write_them(qtbot, page):
    edit = editor_of(page, QLineEdit, RATE)
    edit.selectAll()
    qtbot.keyClicks(edit, "5e-4")
    assert page.draft.value(RATE) == 5e-4
    edit.selectAll()
    qtbot.keyClicks(edit, "0,002\r")
    assert page.draft.value(RATE) == 0.002
    edit.selectAll()
    qtbot.keyClicks(edit, "many")
    assert page.draft.value(RATE) == 0.002
    assert edit.property("state") == "bad"
    edit.selectAll()
    qtbot.keyClicks(edit, "5")
    assert page.draft.value(RATE) == 5
    qtbot.keyClicks(edit, "0")
    assert page.draft.value(RATE) == 0.002, "nobody wanted a 5"
    assert edit.text() == "50"
    assert "at most 10. The config keeps 0.002." in page.form.rows[RATE]._hint.text()


def test_the_dictionary_is_found_by_its_name(page):
    page.form.set_filter("dictionary")
    assert not page.form.rows["Global.character_dict_path"].isHidden()


def test_choice_and_switch_write_the_values_that_paddleocr_reads(qtbot, page):
    box = editor_of(page, QComboBox, "Global.freeze")
    box.setCurrentIndex(box.findData("none"))
    box.activated.emit(box.currentIndex())
    editor_of(page, QCheckBox, "Global.use_gpu").click()
    assert "freeze: none" in page.editor.toPlainText()
    assert "use_gpu: true" in page.editor.toPlainText()


def test_typing_in_the_text_changes_the_form(qtbot, page):
    replace_in_text(page, "epoch_num: 20", "epoch_num: 33")
    qtbot.waitUntil(lambda: editor_of(page, QSpinBox, EPOCHS).value() == 33, timeout=WAIT_MS)
    assert page.form.isEnabled()


def test_broken_text_names_its_line_and_leaves_the_form_as_it_was(qtbot, page):
    editor_of(page, QSpinBox, EPOCHS).setValue(9)
    replace_in_text(page, "epoch_num: 9", "epoch_num: 9: 9")
    line = page.editor.toPlainText().splitlines().index("  epoch_num: 9: 9") + 1
    verdict = page.findChild(object, "yamlVerdict")
    qtbot.waitUntil(lambda: f"line {line}" in verdict.text(), timeout=WAIT_MS)
    assert page.editor.marked_line == line
    assert editor_of(page, QSpinBox, EPOCHS).value() == 9
    assert not page.form.isEnabled()
    assert not page.start_button.isEnabled()
    page.editor.undo()
    qtbot.waitUntil(page.form.isEnabled, timeout=WAIT_MS)
    assert page.editor.marked_line == 0
    assert editor_of(page, QSpinBox, EPOCHS).value() == 9


def test_value_out_of_range_in_the_text_names_its_line_too(qtbot, page):
    replace_in_text(page, "epoch_num: 20", "epoch_num: -1")
    line = page.editor.toPlainText().splitlines().index("  epoch_num: -1") + 1
    qtbot.waitUntil(lambda: page.editor.marked_line == line, timeout=WAIT_MS)
    assert editor_of(page, QSpinBox, EPOCHS).value() == 20


def test_undo_in_the_text_takes_back_a_change_of_the_form(qtbot, page):
    editor_of(page, QSpinBox, EPOCHS).setValue(50)
    page.editor.undo()
    qtbot.waitUntil(lambda: editor_of(page, QSpinBox, EPOCHS).value() == 20, timeout=WAIT_MS)


def test_form_edit_counts_what_was_typed_a_moment_before(page):
    replace_in_text(page, "seed: 1024", "seed: 5")
    editor_of(page, QSpinBox, EPOCHS).setValue(11)
    text = page.editor.toPlainText()
    assert "seed: 5" in text
    assert "epoch_num: 11" in text


def test_dataset_fills_lists_folder_and_characters(qtbot, page, project):
    folder = project / ".ocrstudio" / "datasets" / "first"
    page.use_dataset(folder)
    assert page.draft.value(TRAIN_LIST) == [(folder / "rec" / "train.txt").as_posix()]
    assert page.draft.value("Train.dataset.data_dir") == (folder / "rec").as_posix()
    assert page.draft.value(DICTIONARY) == (folder / "dict.txt").as_posix()
    assert page.dataset_box.currentText() == "first"
    assert page.start_button.isEnabled()


def test_a_config_without_data_takes_the_dataset_written_last_when_the_page_is_shown(qtbot, page, project):
    newest = make_dataset(project / ".ocrstudio" / "datasets" / "a second one")
    os.utime(newest / "split.json", (2e9, 2e9))
    page.hide()
    page.show()
    qtbot.waitUntil(lambda: page.draft.dataset() == newest)
    assert page.dataset_box.currentText() == "a second one"
    page.use_dataset(newest.parent / "first")
    page.hide()
    page.show()
    assert page.dataset_box.currentText() == "first"


def test_whoever_wants_all_characters_keeps_them_with_the_next_dataset(page, project):
    page.use_dataset(project / ".ocrstudio" / "datasets" / "first")
    box = editor_of(page, QComboBox, DICTIONARY)
    box.setCurrentIndex(0)
    box.activated.emit(0)
    assert page.draft.value(DICTIONARY) is None
    page.use_dataset(make_dataset(project / ".ocrstudio" / "datasets" / "second"))
    assert page.draft.value(DICTIONARY) is None
    box.setCurrentIndex(1)
    box.activated.emit(1)
    page.use_dataset(project / ".ocrstudio" / "datasets" / "first")
    assert page.draft.value(DICTIONARY) == (project / ".ocrstudio" / "datasets" / "first" / "dict.txt").as_posix()


def test_values_of_another_page_are_named_also_where_they_do_nothing(page):
    values = {"Global.retention_list": ["/x/old.txt"], "Global.retention_dir": "/x"}

    page.use_values(values)

    assert page.draft.values(["Global.retention_list"]) == {"Global.retention_list": ["/x/old.txt"]}
    assert page.message.text == "Set in this config: Lists that watch over forgetting."
    page.use_values({"Architecture.model_type": "det"})
    page.use_values(values)
    assert "of no use" in page.message.text


def test_start_writes_the_config_into_the_project_and_asks_for_training(qtbot, page, project):
    page.use_dataset(project / ".ocrstudio" / "datasets" / "first")
    editor_of(page, QSpinBox, EPOCHS).setValue(3)
    with qtbot.waitSignal(page.train_requested) as asked:
        qtbot.mouseClick(page.start_button, Qt.MouseButton.LeftButton)
    path = Path(asked.args[0])
    assert path == project / ".ocrstudio" / "configs" / "first.yml"
    assert TrainConfig.load(path).get(EPOCHS) == 3


def test_config_of_the_last_training_comes_back_with_the_project(qtbot, page, project, session):
    page.use_dataset(project / ".ocrstudio" / "datasets" / "first")
    editor_of(page, QSpinBox, EPOCHS).setValue(3)
    with qtbot.waitSignal(page.train_requested, timeout=WAIT_MS):
        page.start_training()
    session.close()
    assert page.draft.value(EPOCHS) == 20
    session.open(project)
    assert session.wait_until_open()
    assert editor_of(page, QSpinBox, EPOCHS).value() == 3
    page.editor.undo()
    settled(qtbot, page)
    assert page.draft.value(EPOCHS) == 3, "undo must not lead into another project's config"


def test_without_a_dataset_the_page_says_what_to_do(qtbot, page, project):
    assert not page.start_button.isEnabled()
    assert "nothing to train on" in page.findChild(object, "trainObstacle").text()
    with qtbot.waitSignal(page.dataset_requested):
        qtbot.mouseClick(page.findChild(object, "goToDatasetButton"), Qt.MouseButton.LeftButton)


def test_missing_dictionary_is_named(page, project):
    page.use_dataset(project / ".ocrstudio" / "datasets" / "first")
    page.draft.set_value(DICTIONARY, "/no/such/dict.txt")
    assert "/no/such/dict.txt" in page.findChild(object, "trainObstacle").text()
    assert not page.start_button.isEnabled()


def test_without_a_project_nothing_can_be_started(page):
    assert not page.start_button.isEnabled()
    assert "Open a project" in page.findChild(object, "trainObstacle").text()


def test_copy_is_saved_where_the_user_wants_it(qtbot, page, tmp_path, monkeypatch):
    target = tmp_path / "a copy Ⅻ.yml"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    editor_of(page, QSpinBox, EPOCHS).setValue(4)
    qtbot.mouseClick(page.findChild(object, "saveConfigCopyButton"), Qt.MouseButton.LeftButton)
    assert TrainConfig.load(target).get(EPOCHS) == 4
    assert target.name in page.message.text


def test_copy_that_cannot_be_written_is_told(qtbot, page, tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "file" / "c.yml"), ""))
    qtbot.mouseClick(page.findChild(object, "saveConfigCopyButton"), Qt.MouseButton.LeftButton)
    assert str(tmp_path / "file") in page.message.text


def test_file_that_is_no_config_is_told_and_changes_nothing(page, tmp_path):
    path = tmp_path / "shopping.yml"
    path.write_text("milk: 2\n")
    before = page.editor.toPlainText()
    page.filing.open(path)
    assert "shopping.yml" in page.message.text
    assert page.editor.toPlainText() == before


def test_list_files_take_their_folder_along(qapp):
    draft = ConfigDraft()
    draft.set_value(TRAIN_LIST, ["/data/rec/train.txt", "/data/rec/more.txt"])
    assert draft.value("Train.dataset.data_dir") == "/data/rec"
    assert "/data/rec/more.txt" in draft.text


@pytest.mark.parametrize(
    ("one", "other", "ends"),
    [("abc", "abc", (3, 0)), ("abc", "axc", (1, 1)), ("", "abc", (0, 0)), ("aa", "aaa", (2, 0)), ("ab", "ba", (0, 0))],
)
def test_common_ends_never_overlap(one, other, ends):
    assert common_ends(one, other) == ends


def test_text_is_replaced_around_characters_beyond_the_basic_plane(qtbot):
    editor = YamlEditor()
    qtbot.addWidget(editor)
    editor.show_text("name: 𝐀𝐁\nepochs: 1\n")
    editor.show_text("name: 𝐀𝐁\nepochs: 25\n")
    assert editor.toPlainText() == "name: 𝐀𝐁\nepochs: 25\n"
    assert utf16_length("𝐀b") == 3


def test_cursor_and_scrolling_survive_a_change_of_the_form(qtbot, page):
    cursor = QTextCursor(page.editor.document().findBlockByNumber(60))
    page.editor.setTextCursor(cursor)
    page.editor.ensureCursorVisible()
    place = page.editor.verticalScrollBar().value()
    editor_of(page, QSpinBox, EPOCHS).setValue(123)
    assert page.editor.verticalScrollBar().value() == place
    assert page.editor.textCursor().blockNumber() == 60


def test_pages_of_another_language_keep_the_dictionary_choice(qtbot, page, project, qapp):
    from ocrstudio.ui import i18n

    page.use_dataset(project / ".ocrstudio" / "datasets" / "first")
    i18n.switch_language(qapp, "zh_CN")
    qtbot.wait(50)
    i18n.switch_language(qapp, "en")
    qtbot.wait(50)
    box = editor_of(page, QComboBox, DICTIONARY)
    assert box.currentText() == "Only the characters of the dataset"
    assert page.draft.value(DICTIONARY).endswith("dict.txt")


def check_as(page: ConfigPage, verdict: str) -> None:
    """What the stand-in for the flight check shall say."""
    page.editor.setPlainText(f"# check: {verdict}\n" + page.draft.config.to_yaml())
    page._take_typed_text()


def test_a_training_that_would_fail_is_not_started_and_the_page_says_why(qtbot, page, project):
    page.use_dataset(project / ".ocrstudio" / "datasets" / "first")
    check_as(page, "fail")
    qtbot.waitUntil(lambda: page.flight.check.report is not None, timeout=WAIT_MS)
    assert not page.start_button.isEnabled()
    assert page.findChild(object, "trainObstacle").text().startswith("This training would fail: Rows.")
    with qtbot.assertNotEmitted(page.train_requested):
        page.start_training()


def test_a_start_waits_for_the_check_and_is_given_up_when_it_would_fail(qtbot, page, project):
    page.use_dataset(project / ".ocrstudio" / "datasets" / "first")
    check_as(page, "fail")
    with qtbot.assertNotEmitted(page.train_requested):
        page.start_training()
        assert page.flight.is_starting
        assert not page.start_button.isEnabled()
        qtbot.waitUntil(lambda: not page.flight.is_starting, timeout=WAIT_MS)


def test_a_poor_training_may_be_started_anyway(qtbot, page, project):
    page.use_dataset(project / ".ocrstudio" / "datasets" / "first")
    check_as(page, "poor")
    qtbot.waitUntil(lambda: page.flight.check.report is not None, timeout=WAIT_MS)
    assert page.start_button.text() == "Start anyway"
    with qtbot.waitSignal(page.train_requested, timeout=WAIT_MS):
        qtbot.mouseClick(page.start_button, Qt.MouseButton.LeftButton)


def test_a_repair_is_one_step_that_undo_takes_back(qtbot, page, project):
    page.use_dataset(project / ".ocrstudio" / "datasets" / "first")
    check_as(page, "poor")
    before = page.draft.text
    qtbot.waitUntil(lambda: page.flight.check.report is not None, timeout=WAIT_MS)
    page.flight.show_all()
    page.flight.check.repair(["rows"])
    qtbot.waitUntil(lambda: page.draft.value(EPOCHS) == 77, timeout=WAIT_MS)
    page.flight.dialog.panel.message.action_requested.emit()
    assert page.draft.text == before


def test_files_that_changed_meanwhile_are_looked_at_again_before_the_start(qtbot, page, project, monkeypatch):
    page.use_dataset(project / ".ocrstudio" / "datasets" / "first")
    qtbot.waitUntil(lambda: page.flight.check.report is not None, timeout=WAIT_MS)
    report = page.flight.check.report
    monkeypatch.setattr(flight_check, "FRESH_S", 0.0)
    with qtbot.waitSignal(page.train_requested, timeout=WAIT_MS):
        page.start_training()
        assert page.flight.is_starting
    assert page.flight.check.report is not report
