"""The table of models: a row each, with the progress of a download in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PyQt5.QtCore import QAbstractTableModel, QModelIndex, QObject, QRectF, Qt
from PyQt5.QtGui import QColor, QPainter
from PyQt5.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from ocrstudio.services.model_shelf import ModelRow
from ocrstudio.ui import theme
from ocrstudio.ui.pages.setup.model_words import FORMS, LANGUAGES, TASKS, listed, megabytes, word

NAME, STATE, KIND, LANGUAGE, SIZE, CHARACTERS = range(6)
ROW_ROLE = Qt.ItemDataRole.UserRole + 1
_ROOT = QModelIndex()
_BAR_PX = 4
_COLORS = {"here": "good", "bundled": "good", "failed": "bad", "begun": "warn", "loading": "accent", "waiting": "muted"}


class ModelsTable(QAbstractTableModel):
    """Shows rows; whoever owns it filters them."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[ModelRow] = []

    def show_rows(self, rows: Sequence[ModelRow]) -> None:
        """Shows these."""
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def change_row(self, row: ModelRow) -> None:
        """Shows what became of one, if it is shown."""
        place = self.place_of(row.id)
        if place >= 0:
            self._rows[place] = row
            self.dataChanged.emit(self.index(place, 0), self.index(place, CHARACTERS))

    def row_at(self, index: QModelIndex) -> ModelRow | None:
        """The model of an index."""
        return self._rows[index.row()] if 0 <= index.row() < len(self._rows) else None

    def place_of(self, model_id: str) -> int:
        """Which row shows a model; -1 if none does."""
        return next((place for place, row in enumerate(self._rows) if row.id == model_id), -1)

    def rowCount(self, parent: QModelIndex = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: QModelIndex = _ROOT) -> int:
        return 0 if parent.isValid() else CHARACTERS + 1

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(section)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        titles = (
            self.tr("Name"),
            self.tr("State"),
            self.tr("What it does"),
            self.tr("Languages"),
            self.tr("Size"),
            self.tr("Characters"),
        )
        return titles[section]

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row_at(index)
        if row is None:
            return None
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(index.column())
        if role == Qt.ItemDataRole.ForegroundRole and index.column() == STATE:
            return QColor(getattr(theme.colors(), _COLORS.get(row.state, "text")))
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._text(row, index.column())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.id}, {self._text(row, index.column())}"
        return None

    @staticmethod
    def _alignment(column: int) -> int:
        side = Qt.AlignmentFlag.AlignRight if column in (SIZE, CHARACTERS) else Qt.AlignmentFlag.AlignLeft
        return int(side | Qt.AlignmentFlag.AlignVCenter)

    def _text(self, row: ModelRow, column: int) -> str:
        if column == NAME:
            return row.id
        if column == KIND:
            task = word(TASKS[row.task]) if row.task in TASKS else self.tr("unknown")
            return self.tr("{task}, {form}").format(task=task, form=word(FORMS[row.form]))
        if column == SIZE:
            about = "≈ " if row.stored is None and row.model is not None and not row.model.is_exact else ""
            return about + megabytes(row.size_bytes) if row.size_bytes else "–"
        if column == CHARACTERS:
            return f"{row.characters:,}" if row.characters and row.task == "rec" else ""
        if column == LANGUAGE:
            return listed(row.model.languages, LANGUAGES) if row.model is not None else ""
        return self._state(row)

    def _state(self, row: ModelRow) -> str:
        if row.state == "loading":
            done, total = (megabytes(one << 10).removesuffix(" MB") for one in (row.done_kb, row.total_kb))
            return self.tr("{done} of {total} MB").format(done=done, total=total if row.total_kb else "?")
        return {
            "": "",
            "bundled": self.tr("✓ comes along"),
            "here": self.tr("✓ here"),
            "begun": self.tr("‖ paused"),
            "waiting": self.tr("… waiting"),
            "failed": self.tr("✗ failed"),
        }[row.state]


class StateDelegate(QStyledItemDelegate):
    """Draws a bar below the words while a model is being downloaded."""

    def paint(self, painter: QPainter | None, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        super().paint(painter, option, index)
        row = index.data(ROW_ROLE)
        if painter is None or not isinstance(row, ModelRow) or row.state != "loading" or not row.total_kb:
            return
        used = theme.colors()
        place = option.rect.adjusted(_BAR_PX, 0, -_BAR_PX, -2)
        bar = QRectF(place.left(), place.bottom() - _BAR_PX, place.width(), _BAR_PX)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(used.border))
        painter.drawRoundedRect(bar, 2, 2)
        bar.setWidth(bar.width() * min(1.0, row.done_kb / row.total_kb))
        painter.setBrush(QColor(used.accent))
        painter.drawRoundedRect(bar, 2, 2)
        painter.restore()
