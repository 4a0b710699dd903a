"""The card for synthetic lines: examples that follow the wishes, a run through the real command, use in a config."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from PyQt5.QtCore import Qt

from ocrstudio.core.errors import DatasetError
from ocrstudio.formats.config import TrainConfig
from ocrstudio.formats.synthetic import read_synthetic
from ocrstudio.services.config_draft import ConfigDraft
from ocrstudio.services.project_session import ProjectSession
from ocrstudio.services.synthesis import Wishes, free_name, synthetic_folder
from ocrstudio.services.synthetic_training import add_synthetic
from ocrstudio.ui.pages.dataset.synth_card import SynthCard

WAIT_MS = 60000
CHILD = [sys.executable, str(Path(__file__).parent / "scripted_child.py")]


@pytest.fixture
def session(qtbot, image_folder):
    made = ProjectSession()
    made.open(image_folder(2))
    assert made.wait_until_open()
    yield made
    made.close()


@pytest.fixture
def card(qtbot, session):
    shown = []

    def make(program: list[str] | None = None) -> SynthCard:
        made = SynthCard(session, program=program)
        shown.append(made)
        qtbot.addWidget(made)
        made.resize(1000, 600)
        return made

    yield make
    for made in shown:
        made.close_work()


def test_examples_follow_the_wishes_and_the_run_writes_a_set_that_can_be_trained_on(qtbot, card, session):
    made = card()
    made.form.kind_box.setCurrentIndex(made.form.kind_box.findData("template"))
    made.form.own_box.setChecked(False)
    made.show()
    assert not made.write_button.isEnabled()
    qtbot.keyClicks(made.form.text_edit, "Nr. 7")
    qtbot.waitUntil(lambda: made.examples.texts == ["Nr. 7"] * 8, timeout=WAIT_MS)
    made.form.count_box.setValue(12)
    with qtbot.waitSignal(made.synthesis.written, timeout=WAIT_MS):
        qtbot.mouseClick(made.write_button, Qt.MouseButton.LeftButton)
    out = synthetic_folder(Path(session.folder)) / "synthetic"
    assert len((out / "rec" / "train.txt").read_text(encoding="utf-8").splitlines()) == 12
    assert "12" in made.message.text
    with qtbot.waitSignal(made.use_requested) as used:
        qtbot.mouseClick(made.message.findChild(object, "messageAction"), Qt.MouseButton.LeftButton)
    assert used.args == [str(out)]
    assert free_name(Path(session.folder), "synthetic") == "synthetic-2"


def test_one_child_shows_all_examples_and_only_the_latest_wish_is_shown(qtbot, card):
    made = card()
    made.form.kind_box.setCurrentIndex(made.form.kind_box.findData("template"))
    made.show()
    shown = []
    made.synthesis.previewed.connect(lambda result: shown.append(result["lines"][0]["text"]))
    made.form.text_edit.setPlainText("first")
    qtbot.waitUntil(lambda: shown == ["first"], timeout=WAIT_MS)
    child = made.synthesis._child
    pid = child.pid
    for text in ("second", "third"):
        made.form.text_edit.setPlainText(text)
        made.synthesis._ask()
    qtbot.waitUntil(lambda: shown == ["first", "third"], timeout=WAIT_MS)
    assert made.synthesis._child.pid == pid
    made.form.text_edit.setPlainText("[")
    qtbot.waitUntil(lambda: made.examples.texts == [], timeout=WAIT_MS)
    assert "[" in made.findChild(object, "synthHint").text()
    # a wish that cannot be met does not end the child; nobody looking does, after a while
    assert made.synthesis._child.pid == pid
    made.hide()
    with qtbot.waitSignal(child.ended, timeout=WAIT_MS):
        made.synthesis._on_idle_timer_timeout()
    made.show()
    made.form.text_edit.setPlainText("fourth")
    qtbot.waitUntil(lambda: shown[-1] == "fourth", timeout=WAIT_MS)


def test_a_child_that_dies_is_told_and_the_next_wish_starts_another(qtbot, card):
    made = card()
    made.form.kind_box.setCurrentIndex(made.form.kind_box.findData("template"))
    made.show()
    made.form.text_edit.setPlainText("a")
    qtbot.waitUntil(lambda: made.examples.texts == ["a"] * 8, timeout=WAIT_MS)
    made.synthesis._timer.stop()
    made.synthesis._asked = made.synthesis._number + 1
    made.synthesis._child._process.kill()
    qtbot.waitUntil(
        lambda: bool(made.findChild(object, "synthHint").text()) and not made.examples.texts, timeout=WAIT_MS
    )
    made.form.text_edit.setPlainText("b")
    qtbot.waitUntil(lambda: made.examples.texts == ["b"] * 8, timeout=WAIT_MS)


def test_pages_are_shown_with_their_boxes_and_written_for_finding_and_reading(qtbot, card, session):
    made = card()
    made.form.kind_box.setCurrentIndex(made.form.kind_box.findData("chars"))
    made.form.text_edit.setPlainText("ABC")
    made.form.made_box.setCurrentIndex(made.form.made_box.findData("pages"))
    made.form.count_box.setValue(3)
    made.show()
    qtbot.waitUntil(lambda: all(page.texts for page in made.examples.pages), timeout=WAIT_MS)
    assert set("".join(made.examples.pages[0].texts)) <= set("ABC")
    made.grab()
    with qtbot.waitSignal(made.synthesis.written, timeout=WAIT_MS):
        qtbot.mouseClick(made.write_button, Qt.MouseButton.LeftButton)
    told = read_synthetic(synthetic_folder(Path(session.folder)) / "synthetic")
    assert told.pages == 3
    assert told.page_list.read_text(encoding="utf-8").count("\n") == 3
    assert "3" in made.message.text
    made.form.made_box.setCurrentIndex(made.form.made_box.findData("lines"))
    qtbot.waitUntil(lambda: len(made.examples.texts) == 3, timeout=WAIT_MS)


def test_what_fails_is_said_where_it_was_asked_for(qtbot, card):
    made = card([*CHILD, "job-failed"])
    made.show()
    made.form.write_characters("Ⅻ")
    qtbot.waitUntil(lambda: bool(made.findChild(object, "synthHint").text()), timeout=WAIT_MS)
    assert made.examples.texts == []
    qtbot.mouseClick(made.write_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(made.message.text), timeout=WAIT_MS)
    assert made.form.isEnabled()


def test_wishes_become_the_commands_arguments(tmp_path):
    typed, labels = tmp_path / "typed.txt", tmp_path / "project"
    told = Wishes(kind="deficits", text=" -Ⅻ ", vertical=0.25, count=7, fonts=tmp_path).arguments(labels, typed)
    assert told[:4] == ["synth", "--deficits", str(labels), "--target=200"]
    assert "--chars=-Ⅻ" in told
    assert {"--vertical=0.25", "--count=7", "--like", "--fonts"} <= set(told)
    assert Wishes(kind="template", text="a\n\n-b\n").arguments(labels, typed)[1:3] == ["--template=a", "--template=-b"]
    assert Wishes(kind="words", text="x", own_crops=False).arguments(labels, typed)[1:3] == ["--words", str(typed)]
    assert not Wishes(kind="chars", text=" \n").is_complete
    assert Wishes(kind="deficits").is_complete


@pytest.fixture
def draft(qtbot, tmp_path):
    rec = tmp_path / "d1" / "rec"
    rec.mkdir(parents=True)
    for part in ("train", "val"):
        (rec / f"{part}.txt").write_text(f"{part}/0.png\ta\n", encoding="utf-8")
    (tmp_path / "d1" / "dict.txt").write_text("a\n", encoding="utf-8")
    made = ConfigDraft()
    config = TrainConfig.template("ppocrv4_mobile_rec")
    config.set("Train.dataset.label_file_list", [str(rec / "train.txt")])
    config.set("Train.dataset.data_dir", str(rec))
    config.set("Eval.dataset.label_file_list", [str(rec / "val.txt")])
    config.set("Global.character_dict_path", str(tmp_path / "d1" / "dict.txt"))
    made.replace(config)
    return made


@pytest.fixture
def lines(tmp_path):
    folder = tmp_path / "s1"
    (folder / "rec").mkdir(parents=True)
    (folder / "rec" / "train.txt").write_text("train/0.jpg\tⅫ\n", encoding="utf-8")
    (folder / "dict.txt").write_text("a\nⅫ\n", encoding="utf-8")
    told = {"recipe": {"preset": "photo", "seed": 0}, "lines": 1, "refused": 0}
    (folder / "synthetic.json").write_text(json.dumps(told), encoding="utf-8")
    return folder


def test_lines_are_added_to_training_with_their_characters_and_never_to_validation(draft, lines):
    before = draft.value("Eval.dataset.label_file_list")
    add_synthetic(draft, lines)
    listed = draft.value("Train.dataset.label_file_list")
    assert len(listed) == 2
    data_dir = Path(draft.value("Train.dataset.data_dir"))
    added = Path(listed[1]).read_text(encoding="utf-8").split("\t")[0]
    assert (data_dir / added).resolve() == lines / "rec" / "train" / "0.jpg"
    assert draft.value("Eval.dataset.label_file_list") == before
    ratios = draft.value("Train.dataset.ratio_list")
    assert ratios is None or len(ratios) == 2
    characters = Path(draft.value("Global.character_dict_path"))
    assert characters.read_text(encoding="utf-8") == "a\nⅫ\n"
    add_synthetic(draft, lines)
    assert draft.value("Train.dataset.label_file_list") == listed


def test_pages_are_added_to_what_finds_text_and_their_lines_to_what_reads_it(draft, lines, tmp_path):
    (lines / "pages").mkdir()
    (lines / "pages" / "Label.txt").write_text('pages/0.jpg\t[{"transcription": "Ⅻ"}]\n', encoding="utf-8")
    told = {"recipe": {"preset": "photo", "seed": 0}, "lines": 1, "refused": 0, "pages": 1}
    (lines / "synthetic.json").write_text(json.dumps(told), encoding="utf-8")
    add_synthetic(draft, lines)
    assert len(draft.value("Train.dataset.label_file_list")) == 2
    det = tmp_path / "d1" / "det"
    det.mkdir()
    (det / "train.txt").write_text("train/0.png\t[]\n", encoding="utf-8")
    config = TrainConfig.template("ppocrv4_mobile_det")
    config.set("Train.dataset.label_file_list", [str(det / "train.txt")])
    config.set("Train.dataset.data_dir", str(det))
    config.set("Eval.dataset.label_file_list", [str(det / "train.txt")])
    draft.replace(config)
    add_synthetic(draft, lines)
    listed = draft.value("Train.dataset.label_file_list")
    assert draft.value("Eval.dataset.label_file_list") == [str(det / "train.txt")]
    name, _, boxes = Path(listed[1]).read_text(encoding="utf-8").partition("\t")
    assert (det / name).resolve() == lines / "pages" / "0.jpg"
    assert boxes == '[{"transcription": "Ⅻ"}]\n'


def test_lines_need_a_config_for_reading_that_has_lines_of_its_own(draft, lines):
    draft.replace(TrainConfig.template("ppocrv4_mobile_rec"))
    with pytest.raises(DatasetError):
        add_synthetic(draft, lines)
    draft.replace(TrainConfig.template("ppocrv4_mobile_det"))
    with pytest.raises(DatasetError):
        add_synthetic(draft, lines)
