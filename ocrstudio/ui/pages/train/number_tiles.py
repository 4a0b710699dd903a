"""The latest numbers of a run, one small card each."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from PyQt5.QtCore import QSize, Qt, pyqtSignal
from PyQt5.QtGui import QMouseEvent, QResizeEvent
from PyQt5.QtWidgets import QFrame, QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from ocrstudio.core.run_history import RunHistory
from ocrstudio.core.run_table import finite
from ocrstudio.ui.pages.train.words import NOTHING, percent, short
from ocrstudio.ui.widgets.parts import GRID, label
from ocrstudio.ui.widgets.translated import TranslatedWidget

# Tile -> the id of its term in the glossary of the help.
TERMS = {
    "epoch": "epoch",
    "step": "step",
    "loss": "loss",
    "accuracy": "acc",
    "similarity": "norm-edit-dis",
    "cer": "cer",
    "retention": "retention",
    "hmean": "hmean",
    "precision": "precision",
    "recall": "recall",
    "rate": "learning-rate",
}
# Tiles that only one kind of run fills.
RECOGNITION = ("accuracy", "similarity", "cer")
DETECTION = ("hmean", "precision", "recall")

_PLACE = re.compile(r"(?:Place\()?([\w:]+)\)?")


class _Tile(QFrame):
    """A name, a number and a tooltip that says what the number is."""

    pressed = pyqtSignal()

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setObjectName(f"{name}Tile")
        self.title = label("hint")
        self.number = label("subtitle", f"{name}Number")
        self.number.setText(NOTHING)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, GRID, 12, GRID)
        column.setSpacing(2)
        column.addWidget(self.title)
        column.addWidget(self.number)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.pos()):
            self.pressed.emit()


class NumberTiles(TranslatedWidget):
    """All tiles, in as many equal columns as there is room for."""

    term_requested = pyqtSignal(str)  # id of a term of the glossary: its tile was pressed

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tiles: dict[str, _Tile] = {}
        self._hidden = {*DETECTION, "retention"}
        self._arranged: tuple[int, list[_Tile]] = (0, [])
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(GRID)
        # Tiles of a row are equally high, whatever script their words are in; the row takes no more than it needs.
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._build()
        self._arrange(len(self._shown()))

    def _build(self) -> None:
        self._add("epoch", lambda: self.tr("Epoch"), lambda: self.tr("How often all training lines have been seen."))
        self._add("step", lambda: self.tr("Step"), lambda: self.tr("Batches trained so far."))
        self._add(
            "loss", lambda: self.tr("Loss"), lambda: self.tr("Error on the last training batches. Lower is better.")
        )
        self._add(
            "accuracy",
            lambda: self.tr("Validation accuracy"),
            lambda: self.tr("Share of validation lines that are read without any mistake."),
        )
        self._add(
            "similarity",
            lambda: self.tr("Edit similarity"),
            lambda: self.tr(
                "norm_edit_dis on the validation lines: 1 means identical, although its name says distance."
            ),
        )
        self._add(
            "cer",
            lambda: self.tr("Character errors"),
            lambda: self.tr("CER: wrong, missing and extra characters per 100 characters of the validation lines."),
        )
        self._add(
            "retention",
            lambda: self.tr("Old text"),
            lambda: self.tr(
                "Share of the retention lines, which the model could read before, read without any mistake."
            ),
        )
        self._add(
            "hmean",
            lambda: self.tr("Hmean"),
            lambda: self.tr("Precision and recall in one number, on the validation pages."),
        )
        self._add(
            "precision",
            lambda: self.tr("Precision"),
            lambda: self.tr("Share of the boxes found on the validation pages that are really text."),
        )
        self._add(
            "recall",
            lambda: self.tr("Recall"),
            lambda: self.tr("Share of the true boxes of the validation pages that were found."),
        )
        self._add(
            "rate", lambda: self.tr("Learning rate"), lambda: self.tr("How large the steps are; it falls by itself.")
        )
        self._add(
            "speed",
            lambda: self.tr("Samples per second"),
            lambda: self.tr("Training speed, in lines (recognition) or pages (detection) per second."),
        )
        self._add("device", lambda: self.tr("Runs on"), lambda: self.tr("Processor (CPU) or graphics card (GPU)."))

    def _add(self, name: str, title: Callable[[], str], tip: Callable[[], str]) -> None:
        tile = _Tile(name, self)
        self.say(tile.title.setText, title)
        self.say(tile.setToolTip, tip)
        self.say(tile.number.setAccessibleName, title)
        if name in TERMS:
            tile.setCursor(Qt.CursorShape.PointingHandCursor)
            tile.pressed.connect(partial(self.term_requested.emit, TERMS[name]))
        self._tiles[name] = tile

    def number(self, name: str) -> str:
        """What a tile shows now: epoch, step, loss, accuracy, similarity, cer, hmean, rate, speed, device..."""
        return self._tiles[name].number.text()

    def show_history(self, history: RunHistory) -> None:
        """Takes over the latest numbers."""
        start, train, evaluation = history.start or {}, history.last("train") or {}, history.last("eval") or {}
        steps = str(history.steps_total) if history.steps_total else ""
        epochs = start.get("epochs")
        speed = finite(train.get("ips"))
        texts = {
            "epoch": _of(train.get("epoch") or evaluation.get("epoch"), str(epochs) if epochs else ""),
            "step": _of(train.get("step") or evaluation.get("step"), steps),
            "loss": short(train.get("loss")),
            "accuracy": percent(evaluation.get("acc")),
            "similarity": short(evaluation.get("norm_edit_dis")),
            "cer": percent(evaluation.get("cer")),
            "retention": percent(evaluation.get("retention_acc")),
            "hmean": percent(evaluation.get("hmean")),
            "precision": percent(evaluation.get("precision")),
            "recall": percent(evaluation.get("recall")),
            "rate": short(train.get("lr")),
            "speed": NOTHING if speed is None else f"{speed:.0f}" if speed >= 10 else f"{speed:.1f}",
            "device": _device(start.get("device")),
        }
        for name, text in texts.items():
            self._tiles[name].number.setText(text)
        detects = history.indicator == "hmean"
        hidden = {*(RECOGNITION if detects else DETECTION)}
        if "retention_acc" not in evaluation:
            hidden.add("retention")
        if evaluation and "cer" not in evaluation:
            # PaddleOCR does not measure it
            hidden.add("cer")
        if hidden != self._hidden:
            self._hidden = hidden
            self._fit(self.width())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit(event.size().width())

    def _shown(self) -> list[_Tile]:
        return [tile for name, tile in self._tiles.items() if name not in self._hidden]

    def _fit(self, width: int) -> None:
        """As many columns as the width has room for, all rows about equally full."""
        shown = self._shown()
        widest = max(tile.sizeHint().width() for tile in shown)
        room = max(1, (width + GRID) // (widest + GRID))
        rows = -(-len(shown) // room)
        self._arrange(-(-len(shown) // rows))

    def minimumSizeHint(self) -> QSize:
        # The columns give way to the width, so only the height of what is shown now counts.
        return QSize(200, super().minimumSizeHint().height())

    def _arrange(self, columns: int) -> None:
        shown = self._shown()
        if (columns, shown) == self._arranged:
            return
        for column in range(self._arranged[0]):
            self._grid.setColumnStretch(column, 0)
        self._arranged = (columns, shown)
        for tile in self._tiles.values():
            self._grid.removeWidget(tile)
            tile.setVisible(tile in shown)
        for index, tile in enumerate(shown):
            self._grid.addWidget(tile, index // columns, index % columns)
        for column in range(columns):
            self._grid.setColumnStretch(column, 1)


def _device(value: object) -> str:
    """`cpu`, `gpu:0`, or the same as Paddle prints it, `Place(gpu:0)`, as one word."""
    found = _PLACE.search(str(value or ""))
    return found[1].upper() if found else NOTHING


def _of(value: object, total: str) -> str:
    number = finite(value)
    if number is None:
        return NOTHING
    return f"{int(number)} / {total}" if total else f"{int(number)}"
