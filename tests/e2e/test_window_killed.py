"""Windows that are killed in the middle of a real training: it goes on, and the next window has it all again."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
from PyQt5.QtCore import Qt
from pytestqt.qtbot import QtBot

from ocrstudio import paths
from ocrstudio.core.run_state import RunState
from ocrstudio.formats.metrics_log import read_metrics
from ocrstudio.formats.run_folder import RunFolder, list_runs
from ocrstudio.formats.run_state import end_by_force, read_status
from ocrstudio.ui.main_window import MainWindow
from tests.engine.lines import TEXTS, make_dataset, make_run

WINDOW = Path(__file__).with_name("window_process.py")
REPOSITORY = WINDOW.parents[2]
WAIT_S = 120

pytestmark = [
    pytest.mark.timeout(400),
    pytest.mark.skipif(importlib.util.find_spec("paddle") is None, reason="training needs Paddle"),
    pytest.mark.skipif(os.name != "posix", reason="signals"),
]


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Path]:
    """A project of one page; whatever trains in it at the end is ended."""
    folder = tmp_path / "my pages 图"
    folder.mkdir()
    shutil.copy(paths.resources() / "samples" / "page_02.jpg", folder / "page_02.jpg")
    yield folder
    for run in list_runs(folder / ".ocrstudio" / "runs"):
        end_by_force(run.path)


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """Of a training that goes on until somebody ends it."""
    made = make_run(make_dataset(tmp_path / "d", TEXTS[:4]), tmp_path / "elsewhere", Global__epoch_num=100_000)
    return made.config_path


def wait_until(ready: Callable[[], object]) -> None:
    deadline = time.monotonic() + WAIT_S
    while not ready():
        assert time.monotonic() < deadline, "it never came"
        time.sleep(0.05)


def steps(run: RunFolder) -> list[int]:
    if not run.metrics_path.is_file():
        return []
    return [record["step"] for record in read_metrics(run.metrics_path) if record["kind"] == "train"]


def is_alive(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def begin_and_kill(project: Path, config: Path) -> RunFolder:
    """A window starts the training and gets SIGKILL when that has come to its third step."""
    runs = project / ".ocrstudio" / "runs"
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY), "QT_QPA_PLATFORM": "offscreen"}
    window = subprocess.Popen([sys.executable, str(WINDOW), str(project), str(config)], env=environment)
    try:
        wait_until(lambda: list_runs(runs) and len(steps(list_runs(runs)[0])) >= 3)
    finally:
        window.send_signal(signal.SIGKILL)
        window.wait()
    return list_runs(runs)[0]


def test_a_killed_window_leaves_the_training_and_the_next_one_has_it_all_again(
    window: MainWindow, qtbot: QtBot, project: Path, config: Path
) -> None:
    run = begin_and_kill(project, config)
    done = len(steps(run))
    wait_until(lambda: len(steps(run)) > done + 3)
    trainer = read_status(run.path).process.find()
    family = [trainer, trainer.parent(), *trainer.children(recursive=True)]

    window.open_project(project)
    qtbot.waitUntil(lambda: "Training" in window._status._activity.text(), timeout=WAIT_S * 1000)
    window.show_page("train")
    page = window.page("train")
    assert page.live.state is RunState.RUNNING
    qtbot.waitUntil(lambda: page.live.history.last("train")["step"] > done + 5, timeout=WAIT_S * 1000)
    shown = page.live.history.series("train", "loss")[0]
    assert shown == list(range(1, len(shown) + 1)), "every step from the beginning, each once"
    assert any("global_step: 1," in line for line in page.view.log.lines())
    assert page.view.header.stop.isVisible()
    with qtbot.waitSignal(page.live.ended, timeout=WAIT_S * 1000):
        qtbot.mouseClick(page.view.header.stop, Qt.MouseButton.LeftButton)
    assert page.live.state is RunState.STOPPED
    assert json.loads(run.metrics_path.read_text().splitlines()[-1])["outcome"] == "stopped"
    assert (run.bundle_dir / "card.json").is_file()
    wait_until(lambda: not any(is_alive(process) for process in family))


def test_a_training_that_shall_not_outlive_its_window_stops_in_order(project: Path, config: Path) -> None:
    settings = paths.user_config() / "settings.ini"
    settings.parent.mkdir(parents=True)
    settings.write_text("[General]\nkeep_training=false\n")
    run = begin_and_kill(project, config)
    wait_until(lambda: any(record["kind"] == "end" for record in read_metrics(run.metrics_path)))
    assert read_metrics(run.metrics_path)[-1]["outcome"] == "stopped"
    assert run.checkpoint("latest").with_suffix(".pdparams").is_file()
    wait_until(lambda: read_status(run.path).process.standing == "gone")
