"""The choice of a model: what is not ready is made so first, what cannot be used says why, each has a card."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import QFileDialog, QLabel

from ocrstudio.core.errors import EngineError
from ocrstudio.formats.bundle import ModelInfo, bundled_model
from ocrstudio.ui.pages.test.model_card import ModelCardPopup
from ocrstudio.ui.pages.test.model_chooser import FROM_FOLDER, ModelChooser

WAIT_MS = 15000
# Answers as `ocrstudio models` does.
CHILD = """
import json, sys, time
from pathlib import Path
arguments = [one for one in sys.argv[1:] if one != "--protocol"]
def say(kind, **fields):
    print(json.dumps({"v": 1, "type": kind, **fields}), flush=True)
say("stage", name="export", done=1, total=4)
action, place = arguments[1], arguments[2]
if "slow" in place:
    time.sleep(60)
while "@" in place and not Path(sys.argv[0]).with_name("go on").exists():
    time.sleep(0.01)
if action == "add" and "rec_infer" in place and arguments[-2] != "--dict":
    raise SystemExit("no dictionary was named")
if "broken" in place:
    say("failed", what="{folder} is broken.", values={"folder": place})
else:
    ready = f"/ready/{Path(place).name}"
    say("done", result={"model": ready, "path": ready, "task": "rec"})
"""


@pytest.fixture
def chooser(qtbot, tmp_path):
    script = tmp_path / "child.py"
    script.write_text(CHILD)
    made = ModelChooser(program=[sys.executable, str(script)])
    made.heard = []
    made.model_chosen.connect(lambda model: made.heard.append(("chosen", model)))
    made.model_added.connect(lambda model, task: made.heard.append(("added", model, task)))
    made.failed.connect(lambda failure: made.heard.append(("failed", failure.values["folder"])))
    qtbot.addWidget(made)
    made.show()
    yield made
    made.close_work()


def offer(chooser: ModelChooser, *infos: ModelInfo) -> None:
    chooser.show_models([bundled_model(), *infos], "bundled")


def pick(chooser: ModelChooser, model: str) -> None:
    chooser.combo.activated.emit(chooser.combo.findData(model))


def test_a_model_that_is_ready_is_used_at_once(chooser):
    offer(chooser, ModelInfo("mine", Path("/models/mine"), 9))
    pick(chooser, "/models/mine")
    assert chooser.heard == [("chosen", "/models/mine")]
    pick(chooser, "/models/mine")
    assert len(chooser.heard) == 1


def test_a_run_is_exported_first_with_progress_and_used_then(chooser, qtbot, tmp_path):
    offer(chooser, ModelInfo("run", Path("/runs/1"), 0, kind="run", reference="/runs/1@latest", need="export"))
    pick(chooser, "/runs/1@latest")
    qtbot.waitUntil(lambda: chooser.progress.maximum() == 4, timeout=WAIT_MS)
    assert chooser.progress.isVisible()
    assert "Exporting" in chooser.doing.text()
    (tmp_path / "go on").touch()
    qtbot.waitUntil(lambda: bool(chooser.heard), timeout=WAIT_MS)
    assert chooser.heard == [("chosen", "/ready/1@latest")]
    assert chooser.combo.isVisible()


def test_getting_ready_can_be_cancelled_and_the_model_before_stays(chooser, qtbot):
    offer(chooser, ModelInfo("run", Path("/runs/slow"), 0, kind="run", need="export"))
    pick(chooser, "/runs/slow")
    qtbot.waitUntil(lambda: chooser.progress.maximum() == 4, timeout=WAIT_MS)
    qtbot.mouseClick(chooser.cancel, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not chooser.work.is_busy, timeout=WAIT_MS)
    assert chooser.heard == []
    assert chooser.combo.currentData() == "bundled"


def test_what_cannot_be_used_is_greyed_and_says_why(chooser):
    problem = EngineError("The dictionary of {name} is missing.", "Choose it.", name="theirs")
    offer(chooser, ModelInfo("theirs", Path("/models/theirs"), 0, kind="folder", problem=problem))
    row = chooser.combo.findData("/models/theirs")
    assert chooser.combo.itemText(row) == "theirs (not usable)"
    assert "The dictionary of theirs is missing." in chooser.combo.itemData(row, Qt.ItemDataRole.ToolTipRole)
    assert not chooser.combo.model().item(row).isEnabled()


def test_a_folder_is_added_and_its_dictionary_asked_for_where_it_is_missing(chooser, qtbot, monkeypatch, tmp_path):
    place = tmp_path / "en_rec_infer"
    place.mkdir()
    for name in ("inference.pdmodel", "inference.pdiparams"):
        (place / name).write_bytes(b"x")
    asked = []
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(place))

    def dictionary(_parent, title, folder, _kinds):
        asked.append((title, folder))
        return str(tmp_path / "dict.txt"), ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", dictionary)
    offer(chooser)
    pick(chooser, FROM_FOLDER)
    qtbot.waitUntil(lambda: bool(chooser.heard), timeout=WAIT_MS)
    assert chooser.heard == [("added", "/ready/en_rec_infer", "rec")]
    assert asked == [("Choose the dictionary that the model was trained with", str(place))]


def test_a_folder_that_is_no_model_is_told(chooser, qtbot, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "/models/broken")
    offer(chooser)
    pick(chooser, FROM_FOLDER)
    qtbot.waitUntil(lambda: bool(chooser.heard), timeout=WAIT_MS)
    assert chooser.heard == [("failed", "/models/broken")]


@pytest.mark.qt_log_ignore("grabbing the keyboard", extend=True)
def test_the_card_tells_what_a_model_reads_learnt_from_and_reached(chooser, qtbot, tmp_path):
    run = tmp_path / "0001-invoices"
    bundle = run / "bundle"
    bundle.mkdir(parents=True)
    dataset = tmp_path / "datasets" / "invoices" / "rec" / "train.txt"
    dataset.parent.mkdir(parents=True)
    dataset.write_text("a.png\ta\nb.png\tb\n")
    (run / "config.yml").write_text(json.dumps({"Train": {"dataset": {"label_file_list": [str(dataset)]}}}))
    (bundle / "dict.txt").write_text("a\nb\n水\n7\n", encoding="utf-8")
    (bundle / "model.onnx").write_bytes(b"x" * 2048)
    (bundle / "card.json").write_text(json.dumps({"base_model": "PP-OCRv6_small_rec", "epochs": 5}))
    scores = {"acc": 0.984, "cer": 0.004}
    info = ModelInfo("invoices", bundle, 4, "2026-11-22T15:00:00+00:00", scores, kind="run")
    chooser.show_models([info], info.model)

    qtbot.mouseClick(chooser.card_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: chooser.findChild(ModelCardPopup) is not None, timeout=WAIT_MS)
    popup = chooser.findChild(ModelCardPopup)
    words = "\n".join(label.text() for label in popup.findChildren(QLabel))
    popup.close()

    for part in (
        "knows 4 characters",
        "Latin letters 2 · Chinese characters 1 · digits 1",
        "invoices (2 lines) · 5 epochs",
        "PP-OCRv6_small_rec",
        "98.4 % of the lines right, 0.4 % of the characters wrong",
        str(bundle),
        "2.0 ",
    ):
        assert part in words, part
