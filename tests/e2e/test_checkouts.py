"""PaddleOCR's own trainer, driven from the real window: added, given one of its configs, trained, tried.

The pretended checkout is always there; real ones are used where `tests/engine/checkouts.py` finds them named.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PyQt5.QtCore import Qt
from PyQt5.QtTest import QTest
from PyQt5.QtWidgets import QFileDialog, QSpinBox, QWidget
from pytestqt.qtbot import QtBot

from ocrstudio.core.run_state import RunState
from ocrstudio.formats.checkout_list import remember
from ocrstudio.formats.config import TrainConfig
from ocrstudio.formats.run_folder import RunFolder
from ocrstudio.services.sample_project import try_open_sample
from ocrstudio.ui.main_window import MainWindow
from tests.engine.checkouts import YEARS, real_checkout
from tests.engine.fake_trainer import make_checkout

pytestmark = [pytest.mark.timeout(1200), pytest.mark.slow]

REAL = [(year, task) for year in YEARS for task in ("det", "rec")]
# What the workflow that people follow by hand trains; 3.x has both under other names.
CONFIGS = {
    "2024": {"det": "ch_PP-OCRv3_det_student", "rec": "ch_PP-OCRv3_rec_distillation"},
    "2026": {"det": "PP-OCRv3_mobile_det", "rec": "PP-OCRv3_mobile_rec_distillation"},
}
PAGES = 5


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A few labelled pages with a dataset of them."""
    folder = tmp_path / "pages"
    folder.mkdir()
    sample = try_open_sample()
    assert isinstance(sample, Path)
    rows = []
    for line in (sample / "Label.txt").read_text(encoding="utf-8").splitlines()[:PAGES]:
        key, boxes = line.split("\t", 1)
        name = Path(key).name
        shutil.copy(sample / name, folder / name)
        rows.append((f"{folder.name}/{name}", boxes))
    (folder / "Label.txt").write_text("".join(f"{key}\t{boxes}\n" for key, boxes in rows), encoding="utf-8")
    (folder / "fileState.txt").write_text("".join(f"{key}\t1\n" for key, _ in rows), encoding="utf-8")
    out = folder / ".ocrstudio" / "datasets" / "first"
    command = ["-m", "ocrstudio", "split", str(folder), "--ratio", "3:1:1", "--out", str(out)]
    subprocess.run([sys.executable, *command], check=True, capture_output=True)
    return folder


def wait(qtbot: QtBot, what: Callable[[], bool], seconds: int = 60) -> None:
    qtbot.waitUntil(what, timeout=seconds * 1000)


def click(window: MainWindow, name: str) -> None:
    (widget,) = [one for one in window.findChildren(QWidget, name) if one.isVisible()]
    assert widget.isEnabled(), name
    place = widget.mapTo(window, widget.rect().center())
    QTest.mouseClick(window.windowHandle(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)


def choose_config(window: MainWindow, qtbot: QtBot, name: str) -> None:
    """Types a part of a config's name and takes what is offered."""
    bar = window.page("config").engine_bar
    wait(qtbot, lambda: bar.known is not None and bar.template_box.count() > 0)
    line = bar.template_box.lineEdit()
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, name)
    wait(qtbot, lambda: bar.template_box.completer().popup().isVisible())
    with qtbot.waitSignal(bar.config_ready, timeout=20_000):
        QTest.keyClick(bar.template_box.completer().popup(), Qt.Key.Key_Down)
        QTest.keyClick(bar.template_box.completer().popup(), Qt.Key.Key_Return)


def train(window: MainWindow, qtbot: QtBot, epochs: int, seconds: int) -> RunFolder:
    (box,) = [one for one in window.findChildren(QSpinBox, "Global.epoch_num") if one.isVisible()]
    box.setFocus()
    box.selectAll()
    QTest.keyClicks(box, str(epochs))
    wait(qtbot, window.page("config").start_button.isEnabled)
    click(window, "startTrainingButton")
    page = window.page("train")
    # the flight check comes first
    wait(qtbot, lambda: page.live.state is not RunState.IDLE, seconds)
    wait(qtbot, lambda: not page.live.state.is_active, seconds)
    assert page.live.state is RunState.FINISHED, page.live.log_text()
    run = page.live.run
    assert run is not None
    assert run.engine.is_paddleocr
    return run


def open_on(window: MainWindow, qtbot: QtBot, project: Path) -> None:
    window.open_project(project)
    wait(qtbot, lambda: window._session.folder == project)
    window.show_page("config")
    window.page("config").use_dataset(project / ".ocrstudio" / "datasets" / "first")


def test_a_checkout_is_added_in_the_window_and_trains(
    window: MainWindow, qtbot: QtBot, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    checkout = make_checkout(tmp_path / "PaddleOCR-3.1.0", accs=[0.25, 0.5])
    config = TrainConfig.template()
    config.set("Global.pretrained_model", None)
    config.save(checkout / "configs" / "rec" / "plain_rec.yml")
    open_on(window, qtbot, project)
    bar = window.page("config").engine_bar
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(checkout))
    bar.engine_box.activated.emit(bar.engine_box.count() - 1)
    wait(qtbot, lambda: bar.known is not None)
    assert not window.page("config").start_button.isEnabled()  # no Python is known that could train with it
    remember(checkout, Path(sys.executable))
    bar.reload()
    choose_config(window, qtbot, "plain")
    run = train(window, qtbot, 2, 120)
    evaluations = [record for record in run.records() if record["kind"] == "eval"]
    assert [round(record["acc"], 2) for record in evaluations] == [0.25, 0.5]
    assert window.page("train").view.tiles.number("accuracy") == "50.0 %"


@pytest.mark.parametrize(("year", "task"), REAL)
def test_a_real_checkout_trains_from_the_window(
    window: MainWindow, qtbot: QtBot, project: Path, year: str, task: str
) -> None:
    real = real_checkout(year)
    remember(real.path, real.python)
    open_on(window, qtbot, project)
    bar = window.page("config").engine_bar
    wait(qtbot, lambda: bar.engine_box.count() == 3)
    bar.engine_box.setCurrentIndex(1)
    bar.engine_box.activated.emit(1)
    choose_config(window, qtbot, CONFIGS[year][task])
    run = train(window, qtbot, 1, 1000)
    kinds = [record["kind"] for record in run.records()]
    assert {"train", "eval", "end"} <= set(kinds)
    assert (run.path / "latest.pdparams").is_file()
    measure = "hmean" if task == "det" else "acc"
    assert all(measure in record for record in run.records() if record["kind"] == "eval")
    assert window.page("train").view.plots.plots[measure].isVisibleTo(window)
