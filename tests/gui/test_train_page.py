"""The training page against a scripted trainer: curves, numbers, log, list of runs, stopping and closing."""

from __future__ import annotations

import csv
import io
import json
import sys
from pathlib import Path

import pytest
from page_parts import FakeSession
from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import QAction, QApplication, QFileDialog, QPushButton

from ocrstudio.core.run_curves import CurveKey
from ocrstudio.core.run_state import RunState
from ocrstudio.formats.config import TrainConfig
from ocrstudio.formats.run_folder import RunFolder, list_runs
from ocrstudio.formats.run_state import end_by_force
from ocrstudio.protocol.messages import Failed
from ocrstudio.services.settings import Settings
from ocrstudio.ui.pages.train import page as page_module
from ocrstudio.ui.pages.train.page import TrainPage
from ocrstudio.ui.pages.train.run_starter import run_name
from ocrstudio.ui.pages.train.words import command_of, percent, short, time_left

CHILD = Path(__file__).parent / "fake_trainer.py"
WAIT_MS = 20000


@pytest.fixture
def project(tmp_path):
    folder = tmp_path / "project Ⅻ"
    folder.mkdir()
    return folder


@pytest.fixture
def config(tmp_path):
    path = tmp_path / "roman.yml"
    TrainConfig.template().save(path)
    return path


@pytest.fixture
def make_page(qtbot, project, tmp_path):
    made = []

    def make(script: str = "normal", folder: Path | None = project) -> TrainPage:
        session = FakeSession(folder)
        page = TrainPage(session, Settings(tmp_path / "s.ini"), program=[sys.executable, str(CHILD), script])
        page.session = session
        qtbot.addWidget(page)
        page.resize(1200, 800)
        page.show()
        made.append(page)
        return page

    yield make
    for page in made:
        page.close()
    for run in list_runs(runs_dir(project)):
        end_by_force(run.path)


def runs_dir(project: Path) -> Path:
    return project / ".ocrstudio" / "runs"


def train(qtbot, page: TrainPage, config: Path) -> None:
    with qtbot.waitSignal(page.live.ended, timeout=WAIT_MS):
        page.start_training(config)


def until_training(qtbot, page: TrainPage) -> None:
    qtbot.waitUntil(lambda: bool(page.live.history.names("train")), timeout=WAIT_MS)


def action(page: TrainPage, name: str) -> QAction:
    return page.runs.view.findChild(QAction, name)


def plotted(page: TrainPage, name: str, kind: str) -> tuple[list, list]:
    plot = page.view.plots.plots.get(name)
    x, y = plot.canvas.points(CurveKey(kind, name)) if plot is not None else ((), ())
    return list(x), list(y)


def test_without_a_run_the_page_says_what_to_do(make_page, qtbot):
    page = make_page()
    with qtbot.waitSignal(page.config_requested, timeout=WAIT_MS):
        qtbot.mouseClick(page.findChild(QPushButton, "goToConfigButton"), Qt.MouseButton.LeftButton)


def test_the_curves_hold_exactly_what_the_history_holds(make_page, config, qtbot):
    page = make_page()
    train(qtbot, page, config)
    qtbot.waitUntil(lambda: page.view.plots.is_drawn, timeout=WAIT_MS)
    for name in ("loss", "acc", "norm_edit_dis"):
        for kind, points in (("train", 20), ("eval", 4)):
            steps, values = page.live.history.series(kind, name)
            assert len(steps) == points
            assert plotted(page, name, kind) == (steps, values)
    assert page.view.plots.plots["acc"].canvas.stars == [(20, page.live.history.best["acc"])]


def test_the_numbers_are_the_latest(make_page, config, qtbot):
    page = make_page()
    train(qtbot, page, config)
    numbers = {name: page.view.tiles.number(name) for name in ("epoch", "step", "accuracy", "speed", "device", "rate")}
    assert numbers == {
        "epoch": "4 / 4", "step": "20 / 20", "accuracy": "93.5 %", "speed": "132", "device": "CPU", "rate": "0.0005",
    }  # fmt: skip


def test_a_hidden_page_draws_only_when_it_is_shown_again(make_page, config, qtbot):
    page = make_page()
    page.hide()
    train(qtbot, page, config)
    assert plotted(page, "loss", "train") == ([], [])
    page.show()
    qtbot.waitUntil(lambda: len(plotted(page, "loss", "train")[0]) == 20, timeout=WAIT_MS)


def test_a_finished_run_offers_its_model(make_page, config, qtbot, project):
    page = make_page()
    assert not page.view.header.use.isVisible()
    train(qtbot, page, config)
    assert page.message.text.startswith("The training has finished")
    with qtbot.waitSignal(page.model_trained, timeout=WAIT_MS) as used:
        qtbot.mouseClick(page.view.header.use, Qt.MouseButton.LeftButton)
    assert used.args == [str(list_runs(runs_dir(project))[0].bundle_dir)]


def test_the_run_is_listed_with_name_state_and_best(make_page, config, qtbot):
    page = make_page()
    train(qtbot, page, config)
    qtbot.waitUntil(lambda: page.runs.model.rowCount() == 1, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: page.runs.model.index(0).data().endswith("93.5 %"), timeout=WAIT_MS)
    assert page.runs.model.index(0).data() == "0001-roman, Finished, 93.5 %"


def test_reopening_the_project_lists_the_run_and_replays_its_curves(make_page, config, qtbot):
    first = make_page()
    train(qtbot, first, config)
    again = make_page()
    qtbot.waitUntil(lambda: again.past.state is RunState.FINISHED, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: len(plotted(again, "loss", "train")[0]) == 20, timeout=WAIT_MS)
    assert again.view.tiles.number("epoch") == "4 / 4"
    assert any("global_step: 20" in line for line in again.view.log.lines())
    assert again.view.header.use.isVisible()


def test_another_run_can_be_looked_at_while_one_is_training(make_page, config, qtbot, project):
    old = RunFolder.create(runs_dir(project), "old", TrainConfig.template())
    old.metrics_path.write_text(
        json.dumps({"kind": "train", "step": 1, "loss": 9.0}) + "\n" + json.dumps({"kind": "end", "outcome": "stopped"})
    )
    page = make_page("patient")
    page.start_training(config)
    until_training(qtbot, page)
    qtbot.waitUntil(lambda: page.runs.model.rowCount() == 2, timeout=WAIT_MS)
    page.runs.view.setCurrentIndex(page.runs.model.index(1))
    qtbot.waitUntil(lambda: plotted(page, "loss", "train") == ([1], [9.0]), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: page.runs.model.index(0).data().startswith("0002-roman, Training"), timeout=WAIT_MS)
    assert not page.view.header.stop.isVisible()
    page.runs.view.setCurrentIndex(page.runs.model.index(0))
    assert page.view.header.stop.isVisible()
    qtbot.waitUntil(lambda: len(plotted(page, "loss", "train")[0]) > 1, timeout=WAIT_MS)
    assert any("global_step: 1," in line for line in page.view.log.lines())
    with qtbot.waitSignal(page.live.ended, timeout=WAIT_MS):
        qtbot.mouseClick(page.view.header.stop, Qt.MouseButton.LeftButton)
    assert page.live.state is RunState.STOPPED


def test_one_training_at_a_time_and_the_next_is_not_lost(make_page, config, qtbot, project):
    page = make_page("patient")
    page.start_training(config)
    until_training(qtbot, page)
    page.start_training(config)
    qtbot.waitUntil(lambda: page.message.text.startswith("A training is already running."), timeout=WAIT_MS)
    assert len(list_runs(runs_dir(project))) == 1
    with qtbot.waitSignal(page.live.ended, timeout=WAIT_MS):
        page.live.stop()
    assert page.message.text.startswith("The training that was running has ended.")
    qtbot.mouseClick(page.message.findChild(QPushButton, "messageAction"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.live.run is not None and page.live.run.name.startswith("0002-"), timeout=WAIT_MS)
    until_training(qtbot, page)
    assert page.message.text == ""
    with qtbot.waitSignal(page.live.ended, timeout=WAIT_MS):
        page.live.stop()


def test_missing_paddle_shows_the_command_to_copy(make_page, config, qtbot):
    page = make_page("no-paddle")
    train(qtbot, page, config)
    assert page.view.diagnosis.text == (
        "Training needs Paddle, which is not installed. Install it with: pip install 'ocrstudio[cpu]'"
    )
    assert page.message.text == ""
    qtbot.mouseClick(page.view.diagnosis.findChild(QPushButton, "diagnosisAction"), Qt.MouseButton.LeftButton)
    assert QApplication.clipboard().text() == "pip install 'ocrstudio[cpu]'"


def test_what_the_trainer_wants_known_is_shown_while_it_goes_on(make_page, config, qtbot):
    page = make_page("notice")
    page.start_training(config)
    qtbot.waitUntil(lambda: "best_accuracy was put back. Nothing is lost." in page.message.text, timeout=WAIT_MS)
    until_training(qtbot, page)
    with qtbot.waitSignal(page.live.ended, timeout=WAIT_MS):
        page.live.stop()
    assert page.live.state is RunState.STOPPED


def test_a_crash_is_shown_with_the_end_of_the_log(make_page, config, qtbot):
    page = make_page("crash")
    train(qtbot, page, config)
    assert "ended unexpectedly (exit code 9)" in page.view.diagnosis.text
    assert any("the loss is not a number" in line for line in page.view.log.lines())
    assert page.view.header._state.text() == "Failed"


def test_without_a_project_there_is_no_place_to_train(make_page, config):
    page = make_page(folder=None)
    page.start_training(config)
    assert page.message.text.startswith("No project is open")


def test_a_broken_config_is_told_with_its_line(make_page, qtbot, tmp_path, project):
    broken = tmp_path / "broken.yml"
    broken.write_text("Global:\n  epoch_num: [1\n")
    page = make_page()
    page.start_training(broken)
    qtbot.waitUntil(lambda: "broken.yml, line" in page.message.text, timeout=WAIT_MS)
    assert list_runs(runs_dir(project)) == []


def test_training_again_makes_a_new_run_of_the_same_name(make_page, config, qtbot, project):
    page = make_page()
    train(qtbot, page, config)
    with qtbot.waitSignal(page.live.ended, timeout=WAIT_MS):
        action(page, "trainAgain").trigger()
    assert [run.name for run in list_runs(runs_dir(project))] == ["0001-roman", "0002-roman"]


def test_closing_without_a_training_asks_nothing(make_page):
    assert make_page().may_close()


def test_closing_can_be_refused_and_the_training_goes_on(make_page, config, qtbot, monkeypatch):
    page = make_page("patient")
    page.start_training(config)
    until_training(qtbot, page)
    monkeypatch.setattr(page_module, "ask_about_closing", lambda *_, keep: "stay")
    assert not page.may_close()
    assert page.is_training
    monkeypatch.setattr(page_module, "ask_about_closing", lambda *_, keep: "stop")
    assert page.may_close()
    assert page.live.state is RunState.STOPPED
    assert page.live.bundle is not None


def test_a_training_goes_on_without_the_page_and_the_next_one_finds_it(make_page, config, qtbot, monkeypatch):
    first = make_page("patient")
    first.start_training(config)
    until_training(qtbot, first)
    monkeypatch.setattr(page_module, "ask_about_closing", lambda *_, keep: "keep")
    assert first.may_close()
    first.close()
    second = make_page("patient")
    qtbot.waitUntil(lambda: second.live.state is RunState.RUNNING, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: len(plotted(second, "loss", "train")[0]) > 3, timeout=WAIT_MS)
    assert second.view.header.stop.isVisible()
    assert any("global_step: 1," in line for line in second.view.log.lines())
    with qtbot.waitSignal(second.live.ended, timeout=WAIT_MS):
        qtbot.mouseClick(second.view.header.stop, Qt.MouseButton.LeftButton)
    assert second.live.state is RunState.STOPPED
    assert second.live.bundle is not None


def test_stopping_twice_asks_before_it_ends_by_force(make_page, config, qtbot, monkeypatch):
    page = make_page("deaf")
    page.start_training(config)
    until_training(qtbot, page)
    qtbot.mouseClick(page.view.header.stop, Qt.MouseButton.LeftButton)
    assert page.view.header.stop.text() == "End now"
    monkeypatch.setattr(page_module, "confirm_end_by_force", lambda _parent: False)
    qtbot.mouseClick(page.view.header.stop, Qt.MouseButton.LeftButton)
    assert page.is_training
    monkeypatch.setattr(page_module, "confirm_end_by_force", lambda _parent: True)
    with qtbot.waitSignal(page.live.ended, timeout=WAIT_MS):
        qtbot.mouseClick(page.view.header.stop, Qt.MouseButton.LeftButton)
    assert page.live.state is RunState.STOPPED


def test_opening_another_project_shows_its_runs(make_page, config, qtbot, tmp_path):
    page = make_page()
    train(qtbot, page, config)
    other = tmp_path / "other"
    other.mkdir()
    page.session.open_folder(other)
    qtbot.waitUntil(lambda: page.runs.model.rowCount() == 0, timeout=WAIT_MS)
    qtbot.waitUntil(page._empty.isVisible, timeout=WAIT_MS)


def test_curves_are_saved_as_picture_and_table(make_page, config, qtbot, tmp_path, monkeypatch):
    page = make_page()
    train(qtbot, page, config)
    for name, slot in (("c.png", page.saver.save_picture), ("c.csv", page.saver.save_table)):
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, path=tmp_path / name: (str(path), ""))
        slot()
    assert (tmp_path / "c.png").read_bytes().startswith(b"\x89PNG")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "c.csv").read_text())))
    assert len(rows) == 24
    assert (rows[4]["kind"], rows[5]["kind"]) == ("train", "validation")
    assert rows[5]["epoch"] == "1"


def test_words_for_numbers(qapp):
    assert [percent(0.5), percent(None), percent(float("nan"))] == ["50.0 %", "–", "–"]
    assert short(0.000123456) == "0.0001235"
    assert [time_left(value) for value in (30, 600, 7500, "0:01:23", "1 day, 2:00:00", "soon", None, -1)] == [
        "about 30 s left", "about 10 min left", "about 2 h 5 min left", "about 83 s left", "about 26 h 0 min left",
        "", "", "",
    ]  # fmt: skip


def test_the_command_that_mends_a_failure_is_one_of_its_values():
    assert command_of(Failed(remedy="Try: {command}", values={"command": "do it"})) == "do it"
    assert command_of(Failed(remedy="Make room on the disk.")) == ""


def test_a_run_is_called_after_its_config():
    assert run_name(Path("/x/roman.yml")) == "roman"
    assert run_name(Path("/x/0012-roman/config.yml")) == "roman"
    assert run_name(Path("/x/0012-/config.yml")) == "run"


def test_a_detection_run_shows_what_it_is_judged_by(make_page, qtbot, project):
    folder = RunFolder.create(runs_dir(project), "boxes", TrainConfig.template())
    records = [{"kind": "start", "epochs": 2, "steps_per_epoch": 2, "task": "det", "device": "cpu"}]
    for step in (1, 2):
        records.append({"kind": "train", "step": step, "epoch": 1, "loss": 4.0 / step, "loss_shrink_maps": 2.0})
    records.append(
        {"kind": "eval", "step": 2, "epoch": 1, "precision": 0.5, "recall": 0.75, "hmean": 0.6, "best": True}
    )
    records.append({"kind": "end", "outcome": "finished", "best_epoch": 1})
    folder.metrics_path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    page = make_page()
    qtbot.waitUntil(lambda: page.view.tiles.number("hmean") == "60 %" or page.view.tiles.number("hmean") == "60.0 %")
    qtbot.waitUntil(lambda: page.view.plots.is_drawn)
    assert page.view.plots.shown == ["loss", "hmean", "precision_recall"]
    assert plotted(page, "hmean", "eval") == ([2.0], [0.6])
    assert page.runs.model.index(0).data().endswith(page.view.tiles.number("hmean"))
