"""The tab with what differs from the template: key by key with a way back, or as text."""

from __future__ import annotations

import difflib
from typing import Any

from PyQt5.QtCore import Qt, pyqtSignal
from PyQt5.QtGui import QColor, QTextCharFormat, QTextCursor
from PyQt5.QtWidgets import QComboBox, QFrame, QPlainTextEdit, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from ocrstudio.core.config_difference import ABSENT, Difference
from ocrstudio.formats.config_base import Base
from ocrstudio.services.timers import single_shot
from ocrstudio.ui import theme
from ocrstudio.ui.pages.config.fields import explained_key, label_of, shown
from ocrstudio.ui.widgets.flow import flowing
from ocrstudio.ui.widgets.parts import GRID, button, label, row, scrolled
from ocrstudio.ui.widgets.translated import TranslatedWidget

# Rows that are built; a config that shares so little with the template is not read row by row.
MOST_ROWS = 150
ROWS_AT_ONCE = 12
LONGEST_VALUE = 300


class DifferenceRow(TranslatedWidget):
    """One key: its name, there, here, and the way back."""

    revert_requested = pyqtSignal(object)  # Difference

    def __init__(self, difference: Difference, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._difference = difference
        name, key = label(wrap=True), label("hint", wrap=True)
        values, new = label("muted", wrap=True), label("good", wrap=True)
        for text in (key, values, new):
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._back = button(f"{difference.key}.revert", "fa5s.undo", "quiet")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, GRID // 2, 0, 0)
        column.setSpacing(2)
        line = row(name, self._back)
        line.setStretch(0, 1)
        column.addLayout(line)
        for widget in (key, values, new):
            column.addWidget(widget)
        rule = QFrame()
        rule.setProperty("role", "line")
        rule.setFixedHeight(1)
        column.addSpacing(GRID // 2)
        column.addWidget(rule)
        self.say(name.setText, lambda: label_of(difference.key) or difference.key.rpartition(".")[2])
        key.setText(difference.key)
        self.say(values.setText, lambda: f"−  {self._told(difference.theirs)}")
        self.say(new.setText, lambda: f"+  {self._told(difference.mine)}")
        self.say(self._back.setText, lambda: self.tr("Revert"))
        self.say(self.setToolTip, lambda: explained_key(difference.key))
        self._back.clicked.connect(self._on_back_clicked)

    def _told(self, value: Any) -> str:
        if value is ABSENT:
            return self.tr("not there")
        text = shown(value)
        return text if len(text) <= LONGEST_VALUE else f"{text[:LONGEST_VALUE]}…"

    def _on_back_clicked(self) -> None:
        self.revert_requested.emit(self._difference)


class DifferenceView(TranslatedWidget):
    """Compares the config with one of a few others; it is looked through only while it is seen."""

    revert_requested = pyqtSignal(object)  # Difference
    compared_changed = pyqtSignal(object)  # Base that was chosen; None: a file, which is to be asked for

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bases: list[Base] = []
        self._found: list[Difference] = []
        self._texts_compared = ("", "", "")
        self._is_stale = False
        self._waiting: list[Difference] = []
        self._timer = single_shot(self, 0, self._fill_on)
        self._with = label("muted")
        self.base_box = QComboBox()
        self.base_box.setObjectName("configCompared")
        self.base_box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.base_box.setMinimumContentsLength(16)
        self._switch = QPushButton()
        self._switch.setObjectName("differenceAsText")
        self._switch.setCheckable(True)
        self._summary = label("muted", "differenceSummary", wrap=True)
        self._list = QWidget()
        self._rows = QVBoxLayout(self._list)
        self._rows.setContentsMargins(0, 0, GRID, 0)
        self._text = QPlainTextEdit()
        self._text.setObjectName("differenceText")
        self._text.setProperty("role", "mono")
        self._text.setReadOnly(True)
        self._text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self._stack = QStackedWidget()
        self._stack.addWidget(scrolled(self._list))
        self._stack.addWidget(self._text)
        self._with.setBuddy(self.base_box)
        chooser = QWidget()
        chooser.setLayout(row(self._with, self.base_box))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(flowing(chooser, None, self._switch))
        column.addWidget(self._summary)
        column.addWidget(self._stack, 1)
        self.say(self._with.setText, lambda: self.tr("Compared with"))
        self.say(self._switch.setText, lambda: self.tr("As text"))
        self.say(self._summary.setText, self._summary_text)
        self.say(self._retell, str)
        self.base_box.activated.connect(self._on_base_activated)
        self._switch.toggled.connect(lambda on: self._stack.setCurrentIndex(int(on)))

    @property
    def base(self) -> Base | None:
        """What is compared with."""
        place = self.base_box.currentIndex()
        return self._bases[place] if 0 <= place < len(self._bases) else None

    def offer(self, bases: list[Base], chosen: Base | None) -> None:
        """What the config may be compared with; `chosen` is shown."""
        self._bases = bases
        self.base_box.clear()
        for base in bases:
            self.base_box.addItem(base.name)
        self.base_box.addItem(self.tr("A file…"))
        place = next((place for place, base in enumerate(bases) if base is chosen), -1)
        self.base_box.setCurrentIndex(place if place >= 0 else (0 if bases else -1))

    def show_differences(self, found: list[Difference], text: str) -> None:
        """Shows what differs from `base`; `text` is the config's."""
        base = self.base
        self._found = found
        self._texts_compared = (base.text if base else "", text, base.name if base else "")
        self._is_stale = True
        self._summary.setText(self._summary_text())
        if self.isVisible():
            self._fill()

    def _retell(self, _: str) -> None:
        if self.base_box.count():
            self.base_box.setItemText(self.base_box.count() - 1, self.tr("A file…"))
        self._fill_text()

    def showEvent(self, event: Any) -> None:
        super().showEvent(event)
        if self._is_stale:
            self._fill()

    def _fill(self) -> None:
        self._is_stale = False
        while self._rows.count():
            item = self._rows.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.deleteLater()
        self._rows.addStretch(1)
        self._waiting = self._found[:MOST_ROWS]
        self._fill_on()
        self._fill_text()

    def _fill_on(self) -> None:
        """Some rows now, the others when the window has had a breath."""
        for difference in self._waiting[:ROWS_AT_ONCE]:
            made = DifferenceRow(difference)
            made.revert_requested.connect(self.revert_requested)
            self._rows.insertWidget(self._rows.count() - 1, made)
        self._waiting = self._waiting[ROWS_AT_ONCE:]
        if self._waiting:
            self._timer.start()

    def _fill_text(self) -> None:
        theirs, mine, name = self._texts_compared
        lines = difflib.unified_diff(theirs.splitlines(), mine.splitlines(), name, self.tr("this config"), lineterm="")
        self._text.clear()
        cursor = QTextCursor(self._text.document())
        used = theme.colors()
        colors = {"+": used.good, "-": used.bad, "@": used.accent}
        for line in lines:
            made = QTextCharFormat()
            made.setForeground(QColor(colors.get(line[:1], used.text)))
            cursor.insertText(f"{line}\n", made)

    def _summary_text(self) -> str:
        if self.base is None:
            return self.tr("The template of this config is not known. Choose a file to compare with.")
        if not self._found:
            return self.tr("Nothing differs.")
        return self.tr("Values that differ: {count}").format(count=len(self._found))

    def _on_base_activated(self, place: int) -> None:
        self.compared_changed.emit(self._bases[place] if place < len(self._bases) else None)
