"""From a trainer's line to the curve, and what watching costs."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.benchmarks.beats import Beats
from tests.benchmarks.dashboard_trainer import EARLIER_STEPS
from tests.benchmarks.measure import Measure, Surroundings

LATENCY_BAR_S, FRAME_BAR_S, FRAMES_BAR, LOG_BAR_S, COST_BAR = 0.2, 0.05, 30.0, 3.0, 1.0
# How long lines come quickly; the bar speaks of a minute, which OCRSTUDIO_BENCHMARK_SECONDS=60 gives.
FAST_S = float(os.environ.get("OCRSTUDIO_BENCHMARK_SECONDS", "15"))
# PaddleOCR prints every tenth step, which is a line a second or less; the built-in engine on a processor every step.
FAST_RATE, SLOW_RATE, USUAL_RATE = 1000, 2, 1
SLOW_S = 10.0
# Not among the first lines: the page is still being built then.
WARM_UP_S = 3.0
POINTS = 1_000_000
PAN_FRAMES = 90
LOG_BYTES = 100_000_000
COLUMNS = ("lr", "acc", "norm_edit_dis", "CTCLoss", "NRTRLoss", "loss", "reader_cost", "batch_cost", "ips")


def _application() -> Any:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PyQt5.QtWidgets import QApplication

    from ocrstudio.ui import theme

    app = QApplication.instance() or QApplication([])
    theme.apply(app, "light")
    return app


def _page(folder: Path) -> Any:
    """The training page of a project."""
    from PyQt5.QtCore import QObject, pyqtSignal

    from ocrstudio.services.settings import Settings
    from ocrstudio.ui import dressing
    from ocrstudio.ui.pages.train.page import TrainPage

    class Session(QObject):
        project_opened, project_closed = pyqtSignal(str), pyqtSignal()

        def __init__(self) -> None:
            super().__init__()
            self.folder = folder

    session = Session()
    page = TrainPage(session, Settings(folder / "settings.ini"))
    page.session = session
    dressing.dress_window(page)
    page.resize(1280, 800)
    page.show()
    return page


def _watched(
    scratch: Path, rate: float, seconds: float, look: Callable[[Any], None] | None
) -> tuple[Beats, float, float]:
    """Watches a trainer on the page.

    Args:
        scratch: Gets a project.
        rate: Lines a second.
        seconds: How long.
        look: Called at every beat with the page; None: no beats, which cost time, too.

    Returns:
        The beats after the warm-up, the window's processor time and the time itself after it, in seconds.
    """
    from PyQt5.QtCore import QEventLoop, QTimer

    from ocrstudio.formats.config import TrainConfig
    from ocrstudio.formats.run_folder import RunFolder
    from ocrstudio.paths import STATE_DIR

    run = RunFolder.create(scratch / STATE_DIR / "runs", "watched", TrainConfig.template())
    command = [sys.executable, "-m", "tests.benchmarks.dashboard_trainer", str(run.path), str(rate)]
    trainer = subprocess.Popen([*command, str(WARM_UP_S + seconds)])
    page = _page(scratch)
    beats = Beats(lambda: look(page) if look is not None else None)
    if look is None:
        beats.timer.stop()
    loop, marks = QEventLoop(), []

    def mark() -> None:
        marks.append((time.perf_counter(), time.process_time()))

    def begin() -> None:
        beats.forget()
        mark()

    QTimer.singleShot(int(1000 * WARM_UP_S), begin)
    QTimer.singleShot(int(1000 * (WARM_UP_S + seconds)), loop.quit)
    loop.exec_()
    mark()
    trainer.wait()
    beats.timer.stop()
    page.close()
    (began, busy), (ended, busy_at_end) = marks
    return beats, busy_at_end - busy, ended - began


def _latency(scratch: Path) -> list[Measure]:
    """Lines that come slowly, as a training's do."""
    from ocrstudio.core.run_curves import CurveKey

    found: dict[float, float] = {}

    def look(page: Any) -> None:
        plot = page.view.plots.plots.get("loss")
        if plot is None or not page.view.plots.is_drawn:
            return
        steps, _ = plot.canvas.drawn(CurveKey("train", "loss"))
        table = page.live.history.tables["train"]
        if len(steps) and len(table) and steps[-1] == table.steps[-1] and steps[-1] not in found:
            found[steps[-1]] = time.time() - table.times[-1]

    _watched(scratch, SLOW_RATE, SLOW_S, look)
    latencies = [seconds for step, seconds in found.items() if step > EARLIER_STEPS + SLOW_RATE * WARM_UP_S]
    return [
        Measure("line of the log to curve, median", statistics.median(latencies), "s", bar=LATENCY_BAR_S),
        Measure("line of the log to curve, longest", max(latencies), "s"),
    ]


def _cost(scratch: Path) -> list[Measure]:
    """What a training that needs all processors loses to the window that watches it."""
    _, busy, passed = _watched(scratch, USUAL_RATE, SLOW_S, None)
    share = 100 * busy / passed / (os.cpu_count() or 1)
    name = f"{USUAL_RATE} line a second: processors' time that the window takes"
    return [Measure(name, share, "%", bar=COST_BAR)]


def _frames(scratch: Path) -> list[Measure]:
    """Lines that come faster than anybody reads."""
    beats, busy, passed = _watched(scratch, FAST_RATE, FAST_S, lambda _page: None)
    return [
        Measure(f"{FAST_RATE} lines a second for {FAST_S:g} s: longest frame", beats.longest, "s", bar=FRAME_BAR_S),
        Measure("the most work in one frame, others' work left out", beats.longest_work, "s"),
        Measure(f"{FAST_RATE} lines a second: one processor's time", 100 * busy / passed, "%"),
    ]


def _panning(app: Any) -> list[Measure]:
    """A million points, moved by hand."""
    import numpy as np

    from ocrstudio.core.run_history import RunHistory
    from ocrstudio.ui.pages.train.plot_panel import PlotPanel

    history = RunHistory()
    steps, noise = np.arange(1.0, POINTS + 1), np.random.default_rng(0).standard_normal(POINTS)
    values = (np.exp(-steps / POINTS) * (1 + 0.2 * noise)).tolist()
    epochs = (steps // 1000).astype(int).tolist()
    columns = dict.fromkeys(COLUMNS, values)
    history.add_steps(steps.tolist(), steps.tolist(), epochs, columns, {"kind": "train", "step": POINTS})
    panel = PlotPanel()
    panel.resize(1280, 440)
    panel.show()
    panel.show_history(history)
    while not panel.is_drawn:
        app.processEvents()
    seconds = []
    for smoothing in (0, 7):
        panel.tools.smoothing.setValue(smoothing)
        while not panel.is_drawn:
            app.processEvents()
        began = time.perf_counter()
        for frame in range(PAN_FRAMES):
            left = POINTS * 0.2 * (1 + np.sin(frame / 10))
            panel._on_range_chosen(left, left + 0.6 * POINTS)
            app.processEvents()
        seconds.append((time.perf_counter() - began) / PAN_FRAMES)
    panel.close()
    plain, smooth = (1 / one for one in seconds)
    count = len(panel.shown)
    return [
        Measure(f"{POINTS} points in {count} plots, moved", plain, "frames/s", "higher", FRAMES_BAR),
        Measure("the same, smoothed", smooth, "frames/s", "higher", FRAMES_BAR),
    ]


def write_long_log(path: Path, size: int = LOG_BYTES) -> int:
    """Writes a log as PaddleOCR does, evaluations and all.

    Args:
        path: The file.
        size: Bytes, about.

    Returns:
        Lines that tell a step.
    """
    from ocrstudio.formats.log_line import format_eval, format_info, format_saved, format_train
    from tests.benchmarks.dashboard_trainer import EPOCHS, STEPS_PER_EPOCH, record

    step = written = 0
    with path.open("w", encoding="utf-8") as file:
        for text in ("Global : ", "    epoch_num : 100", f"train dataloader has {STEPS_PER_EPOCH} iters"):
            file.write(format_info(text, 0) + "\n")
        while written < size:
            step += 1
            row = {**record(step), "time": 1_700_000_000 + step}
            lines = [format_train(row, EPOCHS)]
            if step % STEPS_PER_EPOCH == 0:
                lines += [format_eval({**row, "acc": 0.5}), format_saved("out/latest", when=row["time"])]
            written += file.write("\n".join(lines) + "\n")
    return step


def _long_log(scratch: Path) -> list[Measure]:
    """A log of a hundred megabytes."""
    from ocrstudio.formats.old_run import open_old_run

    path = scratch / "train.log"
    steps = write_long_log(path)
    seconds = []
    for _ in range(3):
        began = time.perf_counter()
        old = open_old_run(path)
        seconds.append(time.perf_counter() - began)
    if len(old.history.tables["train"]) != steps:
        raise SystemExit("dashboard: the long log was not read whole")
    size = path.stat().st_size / 1e6
    return [Measure(f"log of {size:.0f} MB and {steps} steps opened", statistics.median(seconds), "s", bar=LOG_BAR_S)]


def dashboard(surroundings: Surroundings) -> list[Measure]:
    """Line to curve, longest frame, a million points, a 100 MB log, and what the window takes from the training."""
    app = _application()
    measures = []
    for name, part in (("slow", _latency), ("usual", _cost), ("fast", _frames)):
        folder = surroundings.scratch / name
        folder.mkdir()
        measures += part(folder)
    return [*measures, *_panning(app), *_long_log(surroundings.scratch)]
