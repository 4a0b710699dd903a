"""The strip that walks through a queue: which one, where in it, back and on."""

from __future__ import annotations

from PyQt5.QtCore import Qt, pyqtSlot
from PyQt5.QtWidgets import QComboBox, QToolButton, QVBoxLayout, QWidget

from ocrstudio.services.queues import QueueController, QueueKind
from ocrstudio.ui.icons import icon
from ocrstudio.ui.widgets.parts import GRID, ElidedLabel, button, label, row
from ocrstudio.ui.widgets.translated import TranslatedWidget

# The rows of the chooser; None: no queue.
CHOICES: tuple[QueueKind | None, ...] = (
    None,
    QueueKind.LINES,
    QueueKind.PAGES,
    QueueKind.WORST,
    QueueKind.DISAGREES,
    QueueKind.UNKNOWN,
)


class QueueBar(TranslatedWidget):
    """Chooser, "12 of 340", previous and next.

    Args:
        queues: Does the work.
        parent: Owner.
    """

    def __init__(self, queues: QueueController, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._queues = queues
        self.chooser = QComboBox()
        self.chooser.setObjectName("queueChooser")
        self.chooser.addItems([""] * len(CHOICES))
        self.place = label("muted", "queuePlace")
        self.previous = _tool("queuePrevious", "fa5s.chevron-left")
        self.next = _tool("queueNext", "fa5s.chevron-right")
        self.stop = _tool("queueStop", "fa5s.times")
        self.reading = ElidedLabel("queueReading")
        self.take = button("queueTake", role="quiet")
        self._build()
        self.say(self._name_choices, lambda: "")
        self.say(self.place.setText, self._place)
        self.say(self.chooser.setToolTip, lambda: self.tr("Lines or pages of the whole project that want a look"))
        self.say(
            self.chooser.setAccessibleName, lambda: self.tr("Lines or pages of the whole project that want a look")
        )
        self.say(self.previous.setToolTip, lambda: self.tr("Previous in the queue"))
        self.say(self.previous.setAccessibleName, lambda: self.tr("Previous in the queue"))
        self.say(self.next.setToolTip, lambda: self.tr("Next in the queue"))
        self.say(self.next.setAccessibleName, lambda: self.tr("Next in the queue"))
        self.say(self.stop.setToolTip, lambda: self.tr("Leave the queue"))
        self.say(self.stop.setAccessibleName, lambda: self.tr("Leave the queue"))
        self.say(self.take.setText, lambda: self.tr("Use it"))
        self.say(self.take.setToolTip, lambda: self.tr("Put what the model read into the line"))
        self.say(self._show_reading, lambda: "")
        self.chooser.activated.connect(self._on_chooser_activated)
        self.previous.clicked.connect(self._on_previous_clicked)
        self.next.clicked.connect(self._on_next_clicked)
        self.stop.clicked.connect(queues.stop)
        self.take.clicked.connect(self._on_take_clicked)
        queues.changed.connect(self._show)
        self._show()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID // 2)
        first = row(self.chooser, self.stop, spacing=GRID // 2)
        first.setStretch(0, 1)
        second = row(self.previous, self.place, self.next, spacing=GRID // 2)
        second.setStretch(1, 1)
        self.place.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.place.setWordWrap(True)
        third = row(self.reading, self.take, spacing=GRID // 2)
        third.setStretch(0, 1)
        for line in (first, second, third):
            column.addLayout(line)

    def _name_choices(self, _unused: str) -> None:
        names = (
            self.tr("No queue"),
            self.tr("Untouched lines"),
            self.tr("Pages not checked"),
            self.tr("Worst confidence first"),
            self.tr("Model reads it differently"),
            self.tr("Unknown characters"),
        )
        for place, name in enumerate(names):
            self.chooser.setItemText(place, name)

    def _place(self) -> str:
        number, total = self._queues.position
        if not self._queues.is_active:
            return ""
        if not self._queues.is_ready:
            return self.tr("Looking…")
        if total:
            return self.tr("{number} of {total}").format(number=f"{number:,}", total=f"{total:,}")
        if self._queues.kind is QueueKind.DISAGREES:
            return self.tr("Nothing. Compare pages with the model first.")
        return self.tr("Nothing to do")

    @pyqtSlot()
    def _show(self) -> None:
        number, total = self._queues.position
        self.chooser.setCurrentIndex(CHOICES.index(self._queues.kind))
        self.place.setText(self._place())
        self.place.setVisible(self._queues.is_active)
        for widget in (self.previous, self.next, self.stop):
            widget.setVisible(self._queues.is_active)
        self.previous.setEnabled(number > 1)
        self.next.setEnabled(number < total)
        self._show_reading("")

    def _show_reading(self, _unused: str) -> None:
        text = self._queues.model_text
        self.reading.setText(self.tr("The model reads: {text}").format(text=text) if text is not None else "")
        self.reading.setVisible(text is not None)
        self.take.setVisible(text is not None)

    @pyqtSlot()
    def _on_previous_clicked(self) -> None:
        self._queues.previous()

    @pyqtSlot()
    def _on_next_clicked(self) -> None:
        self._queues.next()

    @pyqtSlot()
    def _on_take_clicked(self) -> None:
        self._queues.take_model_text()

    @pyqtSlot(int)
    def _on_chooser_activated(self, place: int) -> None:
        kind = CHOICES[place]
        if kind is None:
            self._queues.stop()
        else:
            self._queues.start(kind)


def _tool(name: str, icon_name: str) -> QToolButton:
    made = QToolButton()
    made.setObjectName(name)
    made.setIcon(icon(icon_name))
    made.setAutoRaise(True)
    return made
