"""The runs that wait for their turn: their order, and whether they are started by themselves."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PyQt5.QtCore import Qt, pyqtSignal, pyqtSlot
from PyQt5.QtWidgets import QListWidget, QListWidgetItem, QToolButton, QVBoxLayout, QWidget

from ocrstudio.core.errors import StudioError
from ocrstudio.formats import run_queue
from ocrstudio.formats.run_queue import RunQueue
from ocrstudio.services.background import Background, tried
from ocrstudio.ui.icons import icon
from ocrstudio.ui.widgets.parts import GRID, button, label, row
from ocrstudio.ui.widgets.translated import TranslatedWidget

NAME_ROLE = int(Qt.ItemDataRole.UserRole)
MOST_ROWS = 5


class QueuePanel(TranslatedWidget):
    """Hidden while nothing waits. Every change is written at once; the page is told and reads it again."""

    changed = pyqtSignal()
    failed = pyqtSignal(object)  # StudioError
    start_requested = pyqtSignal()  # the first one is to be trained now

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._background = Background(self, threads=1)
        self._runs_dir: Path | None = None
        self._queue = RunQueue()
        self._is_training = False
        self._outlives = True
        self._title = label("subtitle", "queueTitle")
        self.go = button("queueGoButton", "fa5s.play")
        self.go.clicked.connect(self._on_go_clicked)
        self.list = QListWidget()
        self.list.setObjectName("queueList")
        self.list.currentRowChanged.connect(self._show_buttons)
        self.up = self._tool("queueUpButton", "fa5s.arrow-up", lambda: self.tr("Train it earlier"), self._on_up_clicked)
        self.down = self._tool(
            "queueDownButton", "fa5s.arrow-down", lambda: self.tr("Train it later"), self._on_down_clicked
        )
        self.out = self._tool(
            "queueOutButton", "fa5s.times", lambda: self.tr("Take it out of the queue"), self._on_out_clicked
        )
        self._hint = label("hint", "queueHint", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addLayout(row(self._title, None, self.up, self.down, self.out))
        column.addWidget(self.list)
        column.addWidget(self._hint)
        column.addLayout(row(self.go, None))
        self.say(self._title.setText, self._title_words)
        self.say(self.list.setAccessibleName, lambda: self.tr("Queue"))
        self.say(self.go.setText, self._go_words)
        self.say(self._hint.setText, self._hint_words)
        self.hide()

    def _tool(self, name: str, icon_name: str, tip: Callable[[], str], slot: Callable[[], None]) -> QToolButton:
        made = QToolButton()
        made.setObjectName(name)
        made.setIcon(icon(icon_name))
        self.say(made.setToolTip, tip)
        self.say(made.setAccessibleName, tip)
        made.clicked.connect(slot)
        return made

    def show_queue(
        self, runs_dir: Path | None, queue: RunQueue, names: dict[str, str], *, is_training: bool, outlives: bool
    ) -> None:
        """Shows what waits.

        Args:
            runs_dir: The folder of the runs; None without a project.
            queue: What waits there.
            names: What the user calls the runs, by the names of their folders.
            is_training: Whether a training is under way.
            outlives: Whether trainings go on without the window.
        """
        self._runs_dir, self._queue, self._is_training, self._outlives = runs_dir, queue, is_training, outlives
        rows = [(name, names.get(name, name)) for name in queue.names]
        items = [self.list.item(place) for place in range(self.list.count())]
        if rows != [(item.data(NAME_ROLE), item.text()) for item in items if item is not None]:
            current = self._current()
            self.list.clear()
            for name, text in rows:
                item = QListWidgetItem(text, self.list)
                item.setData(NAME_ROLE, name)
            self.list.setCurrentRow(queue.names.index(current) if current in queue.names else 0)
            height = self.list.sizeHintForRow(0) * min(len(rows), MOST_ROWS) + 2 * self.list.frameWidth() + 2
            self.list.setFixedHeight(max(height, 0))
        for setter, words in (
            (self._title.setText, self._title_words),
            (self.go.setText, self._go_words),
            (self._hint.setText, self._hint_words),
        ):
            setter(words())
        self.go.setIcon(icon("fa5s.pause" if is_training and not queue.paused else "fa5s.play"))
        self.setVisible(bool(rows))
        self._show_buttons()

    def close(self) -> bool:
        self._background.close()
        return super().close()

    def _current(self) -> str:
        item = self.list.currentItem()
        return str(item.data(NAME_ROLE)) if item is not None else ""

    @pyqtSlot()
    @pyqtSlot(int)
    def _show_buttons(self, _row: int = 0) -> None:
        place, count = self.list.currentRow(), self.list.count()
        self.up.setEnabled(place > 0)
        self.down.setEnabled(0 <= place < count - 1)
        self.out.setEnabled(place >= 0)

    def _title_words(self) -> str:
        return self.tr("Queue: {count}").format(count=len(self._queue.waiting))

    def _go_words(self) -> str:
        if not self._is_training:
            return self.tr("Start the queue")
        return self.tr("Go on afterwards") if self._queue.paused else self.tr("Hold the queue")

    def _hint_words(self) -> str:
        if self._queue.paused:
            return self.tr("Held: nothing of it is started until you say so.")
        if not self._is_training:
            return self.tr("Nothing is being trained now.")
        if self._outlives:
            return self.tr("Each starts when the one before has ended, even if the window is closed.")
        return self.tr("Each starts when the one before has ended, as long as the window is open.")

    def _change(self, change: Callable[[Path], object], *, start: bool = False) -> None:
        runs_dir = self._runs_dir
        if runs_dir is not None:
            self._background.run(lambda: tried(lambda: change(runs_dir)), lambda result: self._on_done(result, start))

    def _on_done(self, result: object, start: bool) -> None:
        if isinstance(result, StudioError):
            self.failed.emit(result)
        elif start:
            self.start_requested.emit()
        self.changed.emit()

    @pyqtSlot()
    def _on_go_clicked(self) -> None:
        if self._is_training:
            paused = not self._queue.paused
            self._change(lambda runs_dir: run_queue.pause(runs_dir, paused))
        else:
            self._change(lambda runs_dir: run_queue.pause(runs_dir, False), start=True)

    @pyqtSlot()
    def _on_up_clicked(self) -> None:
        self._move(-1)

    @pyqtSlot()
    def _on_down_clicked(self) -> None:
        self._move(1)

    def _move(self, step: int) -> None:
        names, place = self._queue.names, self.list.currentRow()
        if 0 <= place < len(names) and 0 <= place + step < len(names):
            names[place], names[place + step] = names[place + step], names[place]
            self._change(lambda runs_dir: run_queue.arrange(runs_dir, names))

    @pyqtSlot()
    def _on_out_clicked(self) -> None:
        name = self._current()
        if name:
            self._change(lambda runs_dir: run_queue.remove(runs_dir, name))
