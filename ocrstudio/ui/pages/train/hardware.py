"""What the computer is doing while a model is trained: numbers now, and curves of the last hours."""

from __future__ import annotations

from bisect import bisect_left

from PyQt5.QtCore import Qt, pyqtSlot
from PyQt5.QtGui import QHideEvent, QShowEvent
from PyQt5.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from ocrstudio.core.run_curves import CurveKey, PlotKey
from ocrstudio.core.run_history import RunHistory
from ocrstudio.formats.run_folder import RunFolder
from ocrstudio.services.hardware import Gpu, HardwareSample, HardwareWatch
from ocrstudio.ui.pages.train.curve_points import Floats
from ocrstudio.ui.pages.train.metric_plot import MetricPlot
from ocrstudio.ui.widgets.parts import GRID, label
from ocrstudio.ui.widgets.translated import TranslatedWidget

GIGABYTE = 1024**3
SECONDS_PER_MINUTE = 60.0
# The plots show the latest minutes; what is older goes once a day.
SHOWN_MIN = 10.0
KEPT_S = 24 * 3600
NUMBERS_PX = 250
LOWEST_PX = 60
LOAD, MEMORY = "load", "memory_gb"


class _Number(QFrame):
    """A quantity, its value now, and a line that says more."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.title = label("hint")
        self.value = label("subtitle", f"{name}Load")
        self.detail = label("hint")
        column = QVBoxLayout(self)
        column.setContentsMargins(12, GRID, 12, GRID)
        column.setSpacing(2)
        first = QHBoxLayout()
        first.addWidget(self.title, 1)
        first.addWidget(self.value)
        column.addLayout(first)
        column.addWidget(self.detail)

    def show_numbers(self, value: str, detail: str) -> None:
        """Writes both."""
        self.value.setText(value)
        self.detail.setText(detail)
        self.detail.setVisible(bool(detail))


class HardwareStrip(TranslatedWidget):
    """Processor, memory and graphics cards.

    Args:
        watch: Gives the samples; a new one if None.
    """

    def __init__(self, parent: QWidget | None = None, watch: HardwareWatch | None = None) -> None:
        super().__init__(parent)
        self.watch = HardwareWatch(self) if watch is None else watch
        self.watch.sampled.connect(self._on_sampled)
        # Samples are no records of a run, but curves all the same: a step is a second of the window's life.
        self.history = RunHistory()
        self._first: float | None = None
        self._sample: HardwareSample | None = None
        self._gpus: list[_Number] = []
        self._cpu, self._memory = _Number("cpu"), _Number("memory")
        self._no_gpu = label("hint", "noGpu", wrap=True)
        self.plots = {name: MetricPlot(name) for name in (LOAD, MEMORY)}
        line = QHBoxLayout(self)
        line.setContentsMargins(0, GRID, 0, 0)
        line.setSpacing(GRID)
        line.addWidget(self._build_numbers())
        for plot in self.plots.values():
            plot.changed.connect(self._draw)
            plot.canvas.pointed.connect(plot.point_at)
            plot.canvas.plot.setMinimumHeight(LOWEST_PX)
            line.addWidget(plot, 1)
        self.say(self._cpu.title.setText, lambda: self.tr("Processor"))
        self.say(self._cpu.setToolTip, lambda: self.tr("Share of all processors' time that is in use."))
        self.say(self._memory.title.setText, lambda: self.tr("Memory"))
        self.say(self._memory.setToolTip, lambda: self.tr("Main memory in use, not that of the graphics card."))
        self.say(lambda _: self._show_numbers(), lambda: "")

    def _build_numbers(self) -> QScrollArea:
        content = QWidget()
        content.setProperty("role", "page")
        self._column = QVBoxLayout(content)
        self._column.setContentsMargins(0, 0, GRID, 0)
        self._column.setSpacing(GRID)
        for widget in (self._cpu, self._memory, self._no_gpu):
            self._column.addWidget(widget)
        self._column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        area.setFixedWidth(NUMBERS_PX)
        area.setWidget(content)
        return area

    def show_run(self, run: RunFolder | None) -> None:
        """Tells the training of a run apart from the rest of the computer, if it is alive."""
        self.watch.watch(run.path if run is not None else None)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.watch.look_at(True)
        self._draw()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.watch.look_at(False)

    @pyqtSlot(object)
    def _on_sampled(self, sample: HardwareSample) -> None:
        if self._first is None:
            self._first = sample.time
        self._sample = sample
        second = sample.time - self._first
        table = self.history.tables["train"]
        if len(table) and second - table.steps[0] > KEPT_S:
            self.history = _latest(self.history, second - SHOWN_MIN * SECONDS_PER_MINUTE)
            for plot in self.plots.values():
                plot.forget()
        self.history.add({"kind": "train", "time": sample.time, "step": second, **_values(sample)})
        if self.isVisible():
            self._show_numbers()
            self._draw()

    def _show_numbers(self) -> None:
        sample = self._sample
        self._no_gpu.setText(self.tr("No NVIDIA graphics card answers; training uses the processor."))
        self._no_gpu.setVisible(sample is not None and not sample.gpus)
        if sample is None:
            return
        training = self.tr("training {value}")
        detail = "" if sample.run_cpu is None else training.format(value=_percent(sample.run_cpu))
        self._cpu.show_numbers(_percent(sample.cpu), detail)
        detail = "" if sample.run_memory is None else training.format(value=_gigabytes(sample.run_memory))
        self._memory.show_numbers(_of(sample.memory, sample.memory_total), detail)
        while len(self._gpus) < len(sample.gpus):
            number = _Number(f"gpu{len(self._gpus)}")
            self._gpus.append(number)
            self._column.insertWidget(self._column.count() - 1, number)
        for place, number in enumerate(self._gpus):
            number.setVisible(place < len(sample.gpus))
            if place < len(sample.gpus):
                gpu = sample.gpus[place]
                number.title.setText(gpu.name)
                number.show_numbers(_percent(gpu.load), _gpu_detail(gpu))

    @pyqtSlot()
    def _draw(self) -> None:
        columns = self.history.names("train")
        if not self.isVisible() or not columns:
            return
        names = {
            LOAD: [name for name in columns if not name.endswith("memory")],
            MEMORY: [name for name in columns if name.endswith("memory")],
        }
        right = self.history.tables["train"].steps[-1] / SECONDS_PER_MINUTE
        left = max(0.0, right - SHOWN_MIN)
        for name, plot in self.plots.items():
            key = PlotKey(name, "other", tuple(CurveKey("train", one) for one in names[name]))
            plot.show_history(self.history, key, _minutes, 0.0)
            plot.canvas.show_range(left, max(right, left + 0.1))


def _latest(history: RunHistory, since: float) -> RunHistory:
    """The samples from a second on: what is older goes, rather than that memory grows for days."""
    table, made = history.tables["train"], RunHistory()
    first = bisect_left(table.steps, since)
    columns = {name: column[first:] for name, column in table.columns.items()}
    made.tables["train"].extend(table.steps[first:], table.times[first:], (), columns)
    return made


def _minutes(steps: Floats, _times: Floats) -> Floats:
    return steps / SECONDS_PER_MINUTE


def _values(sample: HardwareSample) -> dict[str, float]:
    """A sample as columns: shares in percent, memory in gigabytes."""
    values = {"cpu": 100 * sample.cpu, "memory": sample.memory / GIGABYTE}
    if sample.run_cpu is not None and sample.run_memory is not None:
        values |= {"run_cpu": 100 * sample.run_cpu, "run_memory": sample.run_memory / GIGABYTE}
    for place, gpu in enumerate(sample.gpus):
        values |= {f"gpu{place}": 100 * gpu.load, f"gpu{place}_memory": gpu.memory / GIGABYTE}
    return values


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"


def _gigabytes(size: int) -> str:
    return f"{size / GIGABYTE:.1f} GB"


def _of(used: int, total: int) -> str:
    return f"{used / GIGABYTE:.1f} / {total / GIGABYTE:.0f} GB"


def _gpu_detail(gpu: Gpu) -> str:
    parts = [_of(gpu.memory, gpu.memory_total)]
    if gpu.temperature is not None:
        parts.append(f"{gpu.temperature} °C")
    return " · ".join(parts)
