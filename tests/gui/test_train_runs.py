"""What can be done with runs on the training page: going on, queue, names, notes, trash, search and comparison."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from page_parts import FakeSession
from PyQt5.QtCore import QItemSelectionModel, Qt
from PyQt5.QtWidgets import QAction, QApplication, QFileDialog, QPushButton, QWidget

from ocrstudio.core.run_state import RunState
from ocrstudio.formats import run_queue
from ocrstudio.formats.config import TrainConfig
from ocrstudio.formats.run_folder import RunFolder, list_runs
from ocrstudio.formats.run_state import ProcessId, RunStatus, end_by_force, read_control, write_status
from ocrstudio.services.run_watch import RunWatch
from ocrstudio.services.settings import Settings
from ocrstudio.ui.notifications import DesktopNotifier
from ocrstudio.ui.pages.train import run_commands
from ocrstudio.ui.pages.train.compare import CompareDialog
from ocrstudio.ui.pages.train.page import TrainPage

CHILD = Path(__file__).parent / "fake_trainer.py"
WAIT_MS = 20000


@pytest.fixture
def runs_dir(tmp_path):
    (tmp_path / "project").mkdir()
    return tmp_path / "project" / ".ocrstudio" / "runs"


@pytest.fixture
def make_run(runs_dir):
    def make(name: str, *, best: float = 0.5, outcome: str = "finished", **values) -> RunFolder:
        config = TrainConfig.template()
        for key, value in values.items():
            config.set(key.replace("__", "."), value)
        run = RunFolder.create(runs_dir, name, config)
        records = [
            {"kind": "start", "epochs": 2, "steps_per_epoch": 1, "time": 1.0},
            {"kind": "train", "step": 1, "epoch": 1, "loss": 1.0, "time": 2.0},
            {"kind": "eval", "step": 1, "epoch": 1, "acc": best, "best": True, "time": 3.0},
            {"kind": "end", "outcome": outcome, "time": 4.0},
        ]
        run.metrics_path.write_text("".join(json.dumps(record) + "\n" for record in records))
        return run

    return make


@pytest.fixture
def make_page(qtbot, runs_dir, tmp_path):
    made = []

    def make(script: str = "normal") -> TrainPage:
        runs_dir.mkdir(parents=True, exist_ok=True)
        program = [sys.executable, str(CHILD), script]
        page = TrainPage(FakeSession(runs_dir.parents[1]), Settings(tmp_path / "s.ini"), program=program)
        qtbot.addWidget(page)
        page.resize(1200, 800)
        page.show()
        made.append(page)
        qtbot.waitUntil(lambda: page.runs.model.rowCount() == len(list_runs(runs_dir)), timeout=WAIT_MS)
        return page

    yield make
    for page in made:
        page.close()
    for run in list_runs(runs_dir):
        end_by_force(run.path)


def action(page: TrainPage, name: str) -> QAction:
    return page.runs.view.findChild(QAction, name)


def choose(page: TrainPage, *runs: RunFolder) -> None:
    """Marks rows; the first one is shown."""
    selection, flags = page.runs.view.selectionModel(), QItemSelectionModel.SelectionFlag
    selection.setCurrentIndex(page.runs.model.index(page.runs.model.row_of(runs[0].path)), flags.ClearAndSelect)
    for run in runs[1:]:
        selection.select(page.runs.model.index(page.runs.model.row_of(run.path)), flags.Select)


def names(page: TrainPage) -> list[str]:
    return [page.runs.model.index(row).data().split(",")[0] for row in range(page.runs.model.rowCount())]


def test_a_click_with_ctrl_marks_a_second_run_and_takes_it_away_again(make_page, make_run, qtbot):
    first, second = make_run("first"), make_run("second")
    page = make_page()
    view, model = page.runs.view, page.runs.model

    def click(run: RunFolder, held=Qt.KeyboardModifier.NoModifier) -> None:
        place = view.visualRect(model.index(model.row_of(run.path))).center()
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, held, place)
        assert page.runs.current.run.path == run.path

    control = Qt.KeyboardModifier.ControlModifier
    click(first)
    click(second, control)
    assert {one.run.path for one in page.runs.chosen} == {first.path, second.path}
    assert page.runs.compare.isEnabled()
    click(first, control)
    assert [one.run.path for one in page.runs.chosen] == [second.path]


def test_a_stopped_run_goes_on_in_its_own_folder(make_page, make_run, qtbot, runs_dir):
    run = make_run("old", outcome="stopped")
    run.checkpoint("latest").with_suffix(".pdparams").write_bytes(b"")
    page = make_page("patient")
    qtbot.waitUntil(page.view.header.resume.isVisible, timeout=WAIT_MS)
    assert "same epoch" in page.view.header.resume.toolTip()
    assert not page.view.header.start_from.isVisible(), "it has no model"
    qtbot.mouseClick(page.view.header.resume, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.live.state is RunState.RUNNING, timeout=WAIT_MS)
    command = page.live.status.process.find().cmdline()
    assert command[-1] == "--resume"
    assert str(run.config_path) in command
    assert len(list_runs(runs_dir)) == 1
    with qtbot.waitSignal(page.live.ended, timeout=WAIT_MS):
        page.live.stop()


def test_a_new_run_starts_from_the_model_of_another(make_page, make_run, qtbot, runs_dir):
    run = make_run("old")
    run.bundle_dir.mkdir()
    (run.bundle_dir / "card.json").write_text("{}")
    page = make_page()
    qtbot.waitUntil(page.view.header.start_from.isVisible, timeout=WAIT_MS)
    assert not page.view.header.resume.isVisible(), "it is finished"
    with qtbot.waitSignal(page.live.ended, timeout=WAIT_MS):
        qtbot.mouseClick(page.view.header.start_from, Qt.MouseButton.LeftButton)
    new = list_runs(runs_dir)[1]
    assert new.name == "0002-old"
    assert new.config().get("Global.pretrained_model") == run.bundle_dir.as_posix()


def test_what_waits_is_trained_one_after_the_other_without_the_window(make_page, make_run, qtbot, runs_dir, tmp_path):
    first = make_page("patient")
    config = tmp_path / "roman.yml"
    TrainConfig.template().save(config)
    first.start_training(config)
    qtbot.waitUntil(lambda: first.live.state is RunState.RUNNING, timeout=WAIT_MS)
    for number in (1, 2):
        first.start_training(config)
        qtbot.waitUntil(lambda: first.message.text.startswith("A training is already running."), timeout=WAIT_MS)
        qtbot.mouseClick(first.message.findChild(QPushButton, "messageAction"), Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda number=number: first.queue.list.count() == number, timeout=WAIT_MS)
    assert "even if the window is closed" in first.queue._hint.text()
    first.queue.list.setCurrentRow(0)
    qtbot.mouseClick(first.queue.down, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: run_queue.read_queue(runs_dir).names == ["0003-roman", "0002-roman"], timeout=WAIT_MS)
    running = first.live.run
    first.close()

    # its trainer ends by itself, as it does when all epochs are done
    with running.metrics_path.open("a") as file:
        file.write(json.dumps({"kind": "end", "outcome": "finished", "time": time.time() + 1}) + "\n")
    first.live.status.process.find().kill()
    second = make_page("patient")
    qtbot.waitUntil(lambda: second.live.run is not None and second.live.run.name == "0003-roman", timeout=WAIT_MS)
    qtbot.waitUntil(lambda: second.live.state is RunState.RUNNING, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: second.queue.list.count() == 1, timeout=WAIT_MS)
    with qtbot.waitSignal(second.live.ended, timeout=WAIT_MS):
        second.live.stop()
    qtbot.waitUntil(lambda: run_queue.read_queue(runs_dir).paused, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: second.queue.go.text() == "Start the queue", timeout=WAIT_MS)
    assert run_queue.read_queue(runs_dir).names == ["0002-roman"], "who stops a training wants the computer back"
    qtbot.mouseClick(second.queue.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: second.live.run.name == "0002-roman", timeout=WAIT_MS)
    qtbot.waitUntil(second.queue.isHidden, timeout=WAIT_MS)
    with qtbot.waitSignal(second.live.ended, timeout=WAIT_MS):
        second.live.stop()


def test_the_queue_is_there_again_in_the_next_window_and_starts_nothing_by_itself(make_page, runs_dir, qtbot):
    run = RunFolder.create(runs_dir, "later", TrainConfig.template())
    run_queue.add(runs_dir, run.name)
    page = make_page()
    qtbot.waitUntil(page.queue.isVisible, timeout=WAIT_MS)
    assert page.queue.list.item(0).text() == "0001-later"
    qtbot.waitUntil(lambda: page.runs.model.index(0).data().startswith("0001-later, Waiting"), timeout=WAIT_MS)
    assert not page.is_training
    qtbot.mouseClick(page.queue.out, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(page.queue.isHidden, timeout=WAIT_MS)
    qtbot.waitUntil(page.view.header.start.isVisible, timeout=WAIT_MS)
    with qtbot.waitSignal(page.live.ended, timeout=WAIT_MS):
        qtbot.mouseClick(page.view.header.start, Qt.MouseButton.LeftButton)
    assert page.live.state is RunState.FINISHED
    assert page.live.run == run


def test_a_run_that_is_still_being_read_cannot_be_started(make_page, make_run, qtbot, monkeypatch):
    make_run("own")
    held = threading.Event()
    real = RunWatch.look
    monkeypatch.setattr(RunWatch, "look", lambda watch: held.wait(20) and real(watch))
    page = make_page()
    qtbot.waitUntil(lambda: page.view.header._state.text() == "Being read…", timeout=WAIT_MS)
    assert not page.view.header.start.isVisible()
    held.set()
    qtbot.waitUntil(lambda: page.view.header._state.text() == "Finished", timeout=WAIT_MS)


def test_names_and_notes_are_shown_and_kept(make_page, make_run, qtbot, monkeypatch):
    run = make_run("old")
    page = make_page()
    choose(page, run)
    monkeypatch.setattr(run_commands, "ask_text", lambda *_, **__: " a  better\nname ")
    action(page, "renameRun").trigger()
    qtbot.waitUntil(lambda: names(page) == ["a better name"], timeout=WAIT_MS)
    qtbot.waitUntil(lambda: page.view.header._name.text() == "a better name", timeout=WAIT_MS)
    monkeypatch.setattr(run_commands, "ask_text", lambda *_, **__: "twice the rate\n")
    action(page, "noteRun").trigger()
    qtbot.waitUntil(lambda: "twice the rate" in page.view.header._name.toolTip(), timeout=WAIT_MS)
    assert run.path.name == "0001-old"
    assert (run.manifest["name"], run.manifest["note"]) == ("a better name", "twice the rate")


def test_a_deleted_run_comes_back(make_page, make_run, qtbot, monkeypatch, runs_dir):
    run, other = make_run("old"), make_run("other")
    page = make_page()
    choose(page, run)
    monkeypatch.setattr(run_commands, "confirm_delete", lambda *_: False)
    action(page, "deleteRun").trigger()
    assert run.path.is_dir()
    monkeypatch.setattr(run_commands, "confirm_delete", lambda *_: True)
    action(page, "deleteRun").trigger()
    qtbot.waitUntil(lambda: names(page) == ["0002-other"], timeout=WAIT_MS)
    qtbot.waitUntil(lambda: page.past.run == other, timeout=WAIT_MS)
    assert (runs_dir.parent / "trash" / "0001-old" / "config.yml").is_file()
    qtbot.mouseClick(page.message.findChild(QPushButton, "messageAction"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: names(page) == ["0002-other", "0001-old"], timeout=WAIT_MS)


def test_a_run_that_is_being_trained_cannot_be_deleted(make_page, tmp_path, qtbot):
    page = make_page("patient")
    TrainConfig.template().save(tmp_path / "x.yml")
    page.start_training(tmp_path / "x.yml")
    qtbot.waitUntil(lambda: page.live.state is RunState.RUNNING, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: page.runs.model.index(0).data().startswith("0001-x, Training"), timeout=WAIT_MS)
    assert page.runs.current is not None
    assert not action(page, "deleteRun").isEnabled()
    assert not action(page, "queueRun").isEnabled()
    with qtbot.waitSignal(page.live.ended, timeout=WAIT_MS):
        page.live.stop()


def test_the_list_is_searched_and_sorted(make_page, make_run, qtbot):
    for name, best in (("beta", 0.25), ("alpha", 0.75), ("gamma", 0.5)):
        make_run(name, best=best)
    page = make_page()
    assert names(page) == ["0003-gamma", "0002-alpha", "0001-beta"]
    shown = page.past.run
    for order, wanted in (
        ("best", ["0002-alpha", "0003-gamma", "0001-beta"]),
        ("oldest", ["0001-beta", "0002-alpha", "0003-gamma"]),
    ):
        page.runs.order.setCurrentIndex(page.runs.order.findData(order))
        page.runs.order.activated.emit(page.runs.order.currentIndex())
        assert names(page) == wanted
    qtbot.keyClicks(page.runs.search, "ALPHA fin")
    assert names(page) == ["0002-alpha"]
    assert page.past.run == shown, "searching shows no other run"
    qtbot.keyClicks(page.runs.search, "x")
    assert page.runs._empty.text() == "No run matches what is searched for."
    page.runs.search.clear()
    assert page.runs.model.rowCount() == 3


def test_chosen_runs_stay_chosen_while_the_list_is_read_again(make_page, make_run, qtbot):
    runs = [make_run(name) for name in "abc"]
    page = make_page()
    choose(page, runs[0], runs[2])
    with qtbot.waitSignal(page._listing.listed, timeout=WAIT_MS):
        make_run("d")
        page._listing.look()
    qtbot.waitUntil(lambda: page.runs.model.rowCount() == 4, timeout=WAIT_MS)
    assert {row.run for row in page.runs.chosen} == {runs[0], runs[2]}


def test_runs_are_compared_by_curves_results_and_settings(make_page, make_run, qtbot, tmp_path, monkeypatch):
    first, second = make_run("first", best=0.25), make_run("second", best=0.75, Optimizer__lr__learning_rate=0.002)
    page = make_page()
    choose(page, first)
    assert not page.runs.compare.isEnabled()
    choose(page, first, second)
    qtbot.mouseClick(page.runs.compare, Qt.MouseButton.LeftButton)
    dialog = page.window().findChild(CompareDialog)
    view = dialog.view
    qtbot.waitUntil(lambda: view.results.rowCount() == 2, timeout=WAIT_MS)
    assert view.results.item(0, 0).text() == "0002-second"
    assert view.results.item(0, 1).text() == "75.0 %"
    assert view.results.item(0, 1).font().bold()
    assert not view.results.item(1, 1).font().bold()
    assert [view.settings.item(0, place).text() for place in range(3)] == [
        "Optimizer.lr.learning_rate",
        "0.002",
        "0.0005",
    ]
    canvas = view.plot._canvas
    assert [list(part) for part in canvas.points(second.path)] == [[1.0], [0.75]]
    assert [list(part) for part in canvas.points(first.path)] == [[1.0], [0.25]]
    looks = [chip.look for chip in view.plot._chips.values()]
    assert looks[0].color != looks[1].color
    assert looks[0].pen().dashPattern() != looks[1].pen().dashPattern()
    for name, save in (("r.csv", view.save_results), ("c.csv", view.save_curves), ("p.png", view.save_picture)):
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, path=tmp_path / name: (str(path), ""))
        save()
    assert (tmp_path / "r.csv").read_text().splitlines()[1].startswith("0002-second,0002-second,0.75")
    assert (tmp_path / "c.csv").read_text().splitlines()[1] == "0002-second,validation,acc,1,0.75"
    assert (tmp_path / "p.png").read_bytes().startswith(b"\x89PNG")
    dialog.close()


def test_stop_means_the_run_that_is_shown_and_no_other(make_page, make_run, tmp_path, qtbot):
    other = make_run("other")
    other.metrics_path.write_text(other.metrics_path.read_text().rpartition('{"kind": "end"')[0])
    page = make_page("patient")
    TrainConfig.template().save(tmp_path / "x.yml")
    page.start_training(tmp_path / "x.yml")
    qtbot.waitUntil(lambda: page.live.state is RunState.RUNNING, timeout=WAIT_MS)
    mine = page.live.run
    command = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])  # trains beside the window
    write_status(other.path, RunStatus(ProcessId.of(command.pid), began=1.0, heard=time.time(), stage="train"))
    qtbot.waitUntil(lambda: page.runs.model.row_of(other.path) >= 0, timeout=WAIT_MS)
    page.runs.view.setCurrentIndex(page.runs.model.index(page.runs.model.row_of(other.path)))
    qtbot.waitUntil(page.view.header.stop.isVisible, timeout=WAIT_MS)

    qtbot.mouseClick(page.view.header.stop, Qt.MouseButton.LeftButton)

    qtbot.waitUntil(lambda: read_control(other.path).is_asked, timeout=WAIT_MS)
    assert page.view.header.stop.text() == "End now"
    assert not read_control(mine.path).is_asked
    assert page.live.state is RunState.RUNNING
    command.kill()
    command.wait()


def test_a_run_of_another_computer_says_whose_it_is(make_page, make_run, qtbot):
    run = make_run("shared")
    run.metrics_path.write_text(run.metrics_path.read_text().rpartition('{"kind": "end"')[0])
    write_status(run.path, RunStatus(ProcessId("gpu-server", 5, 1.0), began=1.0, heard=time.time(), stage="train"))
    page = make_page()
    qtbot.waitUntil(lambda: page.view.header._state.text().startswith("Unknown"), timeout=WAIT_MS)
    assert "gpu-server" in page.view.header._place.text()
    assert not page.view.header.stop.isVisible()
    assert not page.view.header.resume.isVisible()


def test_the_setting_reaches_a_training_that_goes_on(make_page, tmp_path, qtbot):
    page = make_page("patient")
    TrainConfig.template().save(tmp_path / "x.yml")
    page.start_training(tmp_path / "x.yml")
    qtbot.waitUntil(lambda: page.live.state is RunState.RUNNING, timeout=WAIT_MS)
    assert read_control(page.live.run.path).window is None
    page._settings.keep_training = False
    qtbot.waitUntil(lambda: read_control(page.live.run.path).window is not None, timeout=WAIT_MS)
    assert read_control(page.live.run.path).window.standing == "alive"
    page._settings.keep_training = True
    qtbot.waitUntil(lambda: read_control(page.live.run.path).window is None, timeout=WAIT_MS)
    with qtbot.waitSignal(page.live.ended, timeout=WAIT_MS):
        page.live.stop()


@pytest.mark.parametrize("wanted", [True, False])
def test_the_desktop_is_told_of_the_end(make_page, tmp_path, qtbot, monkeypatch, wanted):
    page = make_page("crash")
    told = []
    monkeypatch.setattr(page._notifier, "tell", lambda *words: told.append(words))
    page._settings.notify_training = wanted
    TrainConfig.template().save(tmp_path / "x.yml")
    with qtbot.waitSignal(page.live.ended, timeout=WAIT_MS):
        page.start_training(tmp_path / "x.yml")
    assert told == ([("0001-x", "Failed")] if wanted else [])


def test_the_log_of_another_program_is_shown_and_stays(make_page, make_run, qtbot, tmp_path, monkeypatch):
    make_run("own")
    page = make_page()
    log = tmp_path / "old.log"
    line = "[2022/10/24 14:19:3{}] ppocr INFO: epoch: [1/2], global_step: {}, lr: 0.001, acc: 0.5, loss: {}.0"
    log.write_text("\n".join(line.format(step, step, 9 - step) for step in (1, 2, 3)) + "\n")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(log), ""))
    page.runs.open_log.menu().actions()[0].trigger()
    qtbot.waitUntil(lambda: page.view.header._name.text() == "old.log", timeout=WAIT_MS)
    assert page.past.history.series("train", "loss") == ([1, 2, 3], [8, 7, 6])
    assert page.view.header._state.text() == "The log of another program"
    assert len(page.view.log.lines()) == 3
    with qtbot.waitSignal(page._listing.listed, timeout=WAIT_MS):
        page._listing.look()
    assert page.view.header._name.text() == "old.log", "the list does not take its place"
    log.write_text("nothing of a training\n")
    page.runs.open_log.menu().actions()[0].trigger()
    qtbot.waitUntil(lambda: "is no log of a training" in page.message.text, timeout=WAIT_MS)
    choose(page, list_runs(page._listing.runs_dir)[0])
    qtbot.waitUntil(lambda: page.view.header._name.text() == "0001-own", timeout=WAIT_MS)


def test_the_page_fits_a_low_screen_by_scrolling(make_page, make_run, qtbot):
    make_run("own")
    page = make_page()
    qtbot.waitUntil(lambda: page._run_view.isVisible(), timeout=WAIT_MS)
    assert page.minimumSizeHint().height() < 500
    content, bar = page._run_view.widget(), page._run_view.verticalScrollBar()
    for height, scrolls in ((500, True), (1400, False)):
        page.resize(1100, height)
        qtbot.waitUntil(lambda scrolls=scrolls: bar.isVisible() is scrolls, timeout=WAIT_MS)
        qtbot.waitUntil(lambda: content.height() >= content.minimumSizeHint().height(), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: content.height() == page._run_view.viewport().height(), timeout=WAIT_MS)


def test_a_narrow_header_keeps_its_buttons_and_their_meaning(make_page, make_run, qtbot):
    run = make_run("own", outcome="stopped")
    run.checkpoint("latest").with_suffix(".pdparams").write_bytes(b"")
    page = make_page()
    qtbot.waitUntil(page.view.header.resume.isVisible, timeout=WAIT_MS)
    assert page.view.header.resume.text() == "Continue this run"
    page.view.header.resize(200, page.view.header.height())
    assert page.view.header.resume.text() == ""
    assert page.view.header.resume.toolTip().startswith("Continue this run\n")
    page.view.header.resize(1000, page.view.header.height())
    assert page.view.header.resume.text() == "Continue this run"


def test_only_somebody_who_looks_elsewhere_is_told(qtbot, monkeypatch):
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    notifier, alerted = DesktopNotifier(window), []
    monkeypatch.setattr(QApplication, "alert", lambda *_: alerted.append(True))
    monkeypatch.setattr(window, "isActiveWindow", lambda: True)
    notifier.tell("0001-x", "Finished")
    assert alerted == []
    monkeypatch.setattr(window, "isActiveWindow", lambda: False)
    notifier.tell("0001-x", "Finished")
    assert alerted == [True]
