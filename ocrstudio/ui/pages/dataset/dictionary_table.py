"""The characters of the labels against every dictionary, as a heat map: how often each occurs, and who knows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from unicodedata import name as unicode_name

from PyQt5.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt
from PyQt5.QtGui import QColor

from ocrstudio.core.dictionary_rules import KnownDictionary
from ocrstudio.core.synthesis_texts import ENOUGH
from ocrstudio.ui import theme

FIXED = 2  # character, samples
_ROOT = QModelIndex()


class CoverageModel(QAbstractTableModel):
    """A row for each character, a column for each dictionary."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._letters: list[str] = []
        self._counts: Mapping[str, int] = {}
        self._dictionaries: Sequence[KnownDictionary] = ()

    @property
    def letters(self) -> list[str]:
        """The characters in the order of the rows."""
        return self._letters

    def show_letters(
        self, letters: Sequence[str], counts: Mapping[str, int], dictionaries: Sequence[KnownDictionary]
    ) -> None:
        """Shows these."""
        self.beginResetModel()
        self._letters, self._counts, self._dictionaries = list(letters), counts, dictionaries
        self.endResetModel()

    def rowCount(self, parent: QModelIndex = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._letters)

    def columnCount(self, parent: QModelIndex = _ROOT) -> int:
        return 0 if parent.isValid() else FIXED + len(self._dictionaries)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        own = section - FIXED
        if role == Qt.ItemDataRole.ToolTipRole and 0 <= own < len(self._dictionaries):
            return f"{self._dictionaries[own].name}\n{self._dictionaries[own].place}"
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if own < 0:
            return (self.tr("Character"), self.tr("Samples"))[section]
        return self._dictionaries[own].name

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        letter, own = self._letters[index.row()], index.column() - FIXED
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignCenter)
        if role == Qt.ItemDataRole.ToolTipRole:
            lines = self.tr("A double click lists its lines.")
            return f"{letter}  U+{ord(letter[0]):04X}  {unicode_name(letter[0], '')}\n{lines}"
        if own >= 0:
            return self._known_data(letter in self._dictionaries[own].known, role)
        count = self._counts.get(letter, 0)
        if role == Qt.ItemDataRole.DisplayRole:
            return letter if index.column() == 0 else str(count)
        if role == Qt.ItemDataRole.BackgroundRole and index.column() == 1:
            return self._heat(count)
        return None

    def _known_data(self, known: bool, role: int) -> Any:
        used = theme.colors()
        if role == Qt.ItemDataRole.DisplayRole:
            return "✓" if known else self.tr("new")
        if role == Qt.ItemDataRole.BackgroundRole:
            return QColor(used.good_soft if known else used.bad_soft)
        if role == Qt.ItemDataRole.ForegroundRole:
            return QColor(used.good if known else used.bad)
        return None

    @staticmethod
    def _heat(count: int) -> QColor:
        """Warm where samples are missing: from nothing at `ENOUGH` to the full colour at none."""
        colour = QColor(theme.colors().warn_soft)
        colour.setAlphaF(max(0.0, 1 - count / ENOUGH))
        return colour
