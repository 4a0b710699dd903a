"""The strip that says how a run is doing, why old runs failed, and the file for a helper."""

from __future__ import annotations

import json
import os
import time
import zipfile

import pytest
from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import QApplication, QFileDialog, QLabel, QPushButton

from ocrstudio.formats.config import TrainConfig
from ocrstudio.formats.old_run import open_old_run
from ocrstudio.formats.run_failure import UNEXPLAINED
from ocrstudio.formats.run_folder import RunFolder
from ocrstudio.formats.run_state import ProcessId, RunStatus, write_status
from ocrstudio.services import training_run
from ocrstudio.services.training_run import TrainingRun
from ocrstudio.ui.i18n import switch_language
from ocrstudio.ui.pages.train.diagnosis import DiagnosisStrip
from ocrstudio.ui.pages.train.report_dialog import ReportDialog

WAIT_MS = 20000
START = {"kind": "start", "task": "rec", "epochs": 20, "steps_per_epoch": 50, "device": "cpu"}
NUMPY = "ImportError: numpy.core.multiarray failed to import"


@pytest.fixture
def run(tmp_path):
    (tmp_path / "p").mkdir()
    return RunFolder.create(tmp_path / "p" / ".ocrstudio" / "runs", "x", TrainConfig.template())


@pytest.fixture
def shown(qtbot, run):
    """A strip that shows the run, and the run as the window follows it."""
    strip = DiagnosisStrip()
    qtbot.addWidget(strip)
    strip.resize(900, 60)
    followed = TrainingRun()

    def show() -> DiagnosisStrip:
        with qtbot.waitSignal(followed.state_changed, timeout=WAIT_MS):
            followed.open(run)
        strip.show_run(followed)
        return strip

    yield show
    followed.close()


def write(run: RunFolder, rows=0, *, end=None, loss=lambda step: 1.0 / step, **columns) -> None:
    records = [START]
    for step in range(1, rows + 1):
        records.append({"kind": "train", "time": time.time(), "step": step, "loss": loss(step), **columns})
    if end:
        records.append({"kind": "end", "time": time.time(), **end})
    run.metrics_path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")


def train(run: RunFolder, heard: float) -> None:
    """Makes this process the trainer."""
    write_status(
        run.path, RunStatus(ProcessId.of(os.getpid()), began=heard, heard=heard, stage="train", log="train.log")
    )


def button(strip, name):
    return strip.findChild(QPushButton, name)


def words(strip):
    return [label.text() for label in strip.findChildren(QLabel) if label.objectName().startswith("diagnosis")]


def test_a_run_that_goes_well_says_so_in_one_line(run, shown, qtbot):
    write(run, 100)
    train(run, time.time())
    strip = shown()
    assert strip.text.startswith("All is well: the loss fell by")
    assert not strip.isHidden()
    for name in ("diagnosisAction", "diagnosisReport", "diagnosisMore"):
        assert button(strip, name).isHidden()


def test_a_run_in_trouble_says_why_and_what_to_do(run, shown, qtbot):
    write(run, 120, loss=lambda step: 140.0, acc=0.0, norm_edit_dis=0.05)
    train(run, time.time())
    strip = shown()
    assert strip.text == "Nothing was learned over the last 100 steps: no line is read right, and the loss is flat."
    assert button(strip, "diagnosisMore").text() == "Why?"
    qtbot.mouseClick(button(strip, "diagnosisMore"), Qt.MouseButton.LeftButton)
    assert any(text.startswith("Why: Four causes are common:\n1. The dictionary") for text in words(strip))
    assert any(text.startswith("What to do: Run the flight check") for text in words(strip))
    with qtbot.waitSignal(strip.page_requested) as asked:
        qtbot.mouseClick(button(strip, "diagnosisAction"), Qt.MouseButton.LeftButton)
    assert asked.args == ["dataset"]


def test_a_silent_training_is_noticed_without_any_news(run, shown, qtbot):
    write(run, 30)
    train(run, time.time() - 500)
    records = [json.loads(line) for line in run.metrics_path.read_text().splitlines()]
    old = [record | ({"time": time.time() - 500} if "time" in record else {}) for record in records]
    run.metrics_path.write_text("".join(json.dumps(record) + "\n" for record in old))
    strip = shown()
    assert strip.text.startswith("No sign of life for 50")
    assert strip._tick.isActive()
    strip.hide()
    strip.close()


def test_an_old_runs_failure_is_told_in_the_language_in_use(run, shown, qtbot, qapp):
    run.log_path.write_text(f"Traceback (most recent call last):\n{NUMPY}\n", encoding="utf-8")
    write(run, 3, end={"outcome": "failed", "message": "PaddleOCR's training broke off: ImportError: numpy."})
    strip = shown()
    assert strip.text.startswith("The interpreter's NumPy is too new for its OpenCV or Paddle.")
    qtbot.mouseClick(button(strip, "diagnosisAction"), Qt.MouseButton.LeftButton)
    assert QApplication.clipboard().text() == 'python -m pip install "numpy<2"'
    switch_language(qapp, "zh_CN")
    try:
        qtbot.waitUntil(lambda: strip.text.startswith("解释器的 NumPy 对其 OpenCV 或 Paddle 来说太新。"))
        assert button(strip, "diagnosisReport").text() == "收集求助资料…"
    finally:
        switch_language(qapp, "en")
    qtbot.mouseClick(button(strip, "diagnosisMore"), Qt.MouseButton.LeftButton)
    assert any(NUMPY in text for text in words(strip))


def test_an_unknown_failure_points_at_the_report(run, shown, qtbot):
    run.log_path.write_text("Traceback (most recent call last):\nOddError: never seen\n", encoding="utf-8")
    values = {"reason": "OddError: never seen"}
    write(run, 3, end={"outcome": "failed", "what": UNEXPLAINED[0], "values": values, "message": "m"})
    strip = shown()
    assert strip.text == "PaddleOCR's training broke off: OddError: never seen."
    assert not button(strip, "diagnosisReport").isHidden()
    qtbot.mouseClick(button(strip, "diagnosisMore"), Qt.MouseButton.LeftButton)
    assert any("The reason is not known here." in text for text in words(strip))
    qtbot.waitUntil(strip._details.isVisible)
    assert strip._details.verticalScrollBar().maximum() == 0, "two lines need no scrolling"


def test_a_remedy_that_names_a_value_of_the_config_leads_there(run, shown, qtbot):
    told = {"what": "The loss is no number.", "remedy": "Set a lower Optimizer.lr.learning_rate.", "message": "m"}
    write(run, 3, end={"outcome": "failed", **told})
    strip = shown()
    with qtbot.waitSignal(strip.page_requested) as asked:
        qtbot.mouseClick(button(strip, "diagnosisAction"), Qt.MouseButton.LeftButton)
    assert asked.args == ["config"]


def test_a_run_that_broke_off_without_a_word(run, shown):
    write(run, 3)
    run.log_path.write_text("[2026/11/22 07:07:28] ppocr INFO: epoch: [1/1], global_step: 1, loss: 1.0\n")
    assert shown().text.startswith("The training broke off without a word.")
    run.log_path.write_text("Killed\n")
    assert shown().text.startswith("The system ended the training")


@pytest.mark.parametrize("name", ["config.yml", "metrics.jsonl", "train.log"])
def test_a_broken_run_breaks_nothing(run, shown, name):
    write(run, 3)
    (run.path / name).write_bytes(b"\xff\0{[" * 1000)
    shown()


def test_a_log_from_elsewhere_is_explained_too(qtbot, tmp_path):
    path = tmp_path / "train.log"
    steps = [f"[2026/11/22 07:07:28] ppocr INFO: epoch: [1/9], global_step: {step}, loss: 1.0" for step in range(1, 9)]
    path.write_text("\n".join([*steps, "Traceback (most recent call last):", NUMPY]))
    strip, followed = DiagnosisStrip(), TrainingRun()
    qtbot.addWidget(strip)
    strip.show_run(followed)
    followed.show_old(open_old_run(path))
    assert strip.text.startswith("The interpreter's NumPy is too new")
    # there is no run folder that could be collected
    assert button(strip, "diagnosisReport").isHidden()
    path.write_text("\n".join(steps))
    followed.show_old(open_old_run(path))
    assert strip.text.startswith("Training has begun")
    followed.close()


def test_a_run_that_waits_or_is_forgotten_says_nothing(run, shown):
    strip = shown()
    strip._run.forget()
    strip.look()
    assert (strip.text, strip.findings, strip.isHidden()) == ("", [], True)


def test_what_the_trainers_cannot_explain_is_known_by_its_words():
    from ocrstudio.engine.checkout import outcome, run

    assert training_run.ENDED in UNEXPLAINED
    assert run.BROKE_OFF in UNEXPLAINED
    facts = outcome.Facts("itself", 1, 5, 1, 2, last_lines=["OddError: x"])
    assert outcome._unknown_end(facts).what in UNEXPLAINED
    assert outcome._unknown_end(outcome.Facts("itself", 3, 5, 1, 2)).what in UNEXPLAINED
    assert outcome._unknown_end(outcome.Facts("itself", 139, 5, 1, 2)).what in UNEXPLAINED


def test_the_report_is_shown_before_it_is_saved(run, qtbot, tmp_path, monkeypatch):
    write(run, 3, end={"outcome": "failed", "message": "m"})
    run.log_path.write_text("password: hunter22\n")
    dialog = ReportDialog(run)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: dialog.save_button.isEnabled(), timeout=WAIT_MS)
    names = [dialog.files.topLevelItem(row).text(0) for row in range(dialog.files.topLevelItemCount())]
    assert names == ["report.txt", "train.log", "config.yml", "manifest.json", "metrics.jsonl", "doctor.json"]
    dialog.files.setCurrentItem(dialog.files.topLevelItem(1))
    assert dialog.preview.toPlainText() == "password: <secret>\n"
    assert not list(tmp_path.glob("*.zip"))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "for help"), ""))
    qtbot.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.message.text == "Saved as for help.zip.", timeout=WAIT_MS)
    with zipfile.ZipFile(tmp_path / "for help.zip") as archive:
        assert archive.namelist() == names
        assert b"hunter22" not in archive.read("train.log")
    dialog.close()
