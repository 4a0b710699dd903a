"""The trainer's own words, searchable, following the end unless the reader has scrolled away."""

from __future__ import annotations

from PyQt5.QtCore import QEvent, QTimer, pyqtSlot
from PyQt5.QtGui import QFont, QKeySequence, QTextCursor, QTextDocument
from PyQt5.QtWidgets import QLineEdit, QPlainTextEdit, QShortcut, QVBoxLayout, QWidget

from ocrstudio.ui.widgets.parts import GRID, button, label, row
from ocrstudio.ui.widgets.translated import TranslatedWidget

MAX_LINES = 5000
# A talkative trainer prints hundreds of lines a second; the eye is served ten times a second.
FLUSH_MS = 100
LOG_TEXT = 0.92  # of the size of other text
SEARCH_CHARS = 28


class LogPane(TranslatedWidget):
    """Shows the last `MAX_LINES` lines."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._waiting: list[str] = []
        self._timer = QTimer(self)
        self._timer.setInterval(FLUSH_MS)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.flush)
        self._text = QPlainTextEdit()
        self._text.setObjectName("logText")
        self._text.setProperty("role", "mono")
        self._text.setReadOnly(True)
        self._text.setMaximumBlockCount(MAX_LINES)
        self._text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self._text.setUndoRedoEnabled(False)
        self._build()
        self._set_font()

    def _build(self) -> None:
        self._search = QLineEdit()
        self._search.setObjectName("logSearch")
        self._search.setClearButtonEnabled(True)
        self.say(self._search.setPlaceholderText, lambda: self.tr("Search the log (Ctrl+Shift+F)"))
        self._search.textEdited.connect(self._on_search_edited)
        self._search.returnPressed.connect(self.find_next)
        self._found = label("hint", "logSearchResult")
        before = button("logPreviousButton", "fa5s.chevron-up")
        before.clicked.connect(self.find_previous)
        self.say(before.setToolTip, lambda: self.tr("Previous match"))
        self.say(before.setAccessibleName, lambda: self.tr("Previous match"))
        after = button("logNextButton", "fa5s.chevron-down")
        after.clicked.connect(self.find_next)
        self.say(after.setToolTip, lambda: self.tr("Next match"))
        self.say(after.setAccessibleName, lambda: self.tr("Next match"))
        self._end = button("logEndButton", "fa5s.arrow-down", "quiet")
        self._end.clicked.connect(self.go_to_end)
        self.say(self._end.setText, lambda: self.tr("Follow the end"))
        self._end.hide()
        bar = self._text.verticalScrollBar()
        if bar is not None:
            bar.valueChanged.connect(self._on_scrolled)
            bar.rangeChanged.connect(self._on_scrolled)
        shortcut = QShortcut(QKeySequence("Ctrl+Shift+F"), self)
        shortcut.activated.connect(self._search.setFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, GRID, 0, 0)
        column.setSpacing(GRID)
        column.addLayout(row(None, self._end, self._found, self._search, before, after))
        column.addWidget(self._text, 1)

    def _set_font(self) -> None:
        font = QFont(self.font())
        font.setPointSizeF(self.font().pointSizeF() * LOG_TEXT)
        self._text.setFont(font)
        self._search.setMinimumWidth(self._search.fontMetrics().averageCharWidth() * SEARCH_CHARS)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_search"):
            self._set_font()

    @property
    def is_at_end(self) -> bool:
        """Whether new lines scroll into view by themselves."""
        bar = self._text.verticalScrollBar()
        return bar is None or bar.value() >= bar.maximum() - 1

    def lines(self) -> list[str]:
        """What is shown."""
        self.flush()
        return self._text.toPlainText().splitlines()

    def clear(self) -> None:
        """Empties the pane for another run."""
        self._waiting.clear()
        self._text.clear()
        self._found.clear()

    @pyqtSlot(str)
    def add(self, text: str) -> None:
        """Takes one line or several; they appear within a tenth of a second."""
        self._waiting.extend(text.split("\n"))
        del self._waiting[:-MAX_LINES]
        if not self._timer.isActive():
            self._timer.start()

    @pyqtSlot()
    def flush(self) -> None:
        """Shows what waits, without moving what the reader is looking at."""
        self._timer.stop()
        if not self._waiting:
            return
        lines, self._waiting = self._waiting, []
        bar = self._text.verticalScrollBar()
        follow, value = self.is_at_end, bar.value() if bar is not None else 0
        document = self._text.document()
        empty = document is None or document.isEmpty()
        before = 0 if empty else self._text.blockCount()
        self._text.appendPlainText("\n".join(lines))
        if bar is not None:
            dropped = before + len(lines) - self._text.blockCount()
            bar.setValue(bar.maximum() if follow else max(0, value - dropped))

    @pyqtSlot()
    def go_to_end(self) -> None:
        """Follows new lines again."""
        bar = self._text.verticalScrollBar()
        if bar is not None:
            bar.setValue(bar.maximum())

    @pyqtSlot()
    def find_next(self) -> None:
        """Selects the next match, from the top again after the last."""
        self._find(backward=False)

    @pyqtSlot()
    def find_previous(self) -> None:
        """Selects the match before, from the end again after the first."""
        self._find(backward=True)

    def _find(self, *, backward: bool) -> None:
        self.flush()
        wanted = self._search.text()
        if not wanted:
            self._found.clear()
            return
        flags = QTextDocument.FindFlags()
        if backward:
            flags |= QTextDocument.FindFlag.FindBackward
        if not self._text.find(wanted, flags):
            cursor = self._text.textCursor()
            end = QTextCursor.MoveOperation.End if backward else QTextCursor.MoveOperation.Start
            cursor.movePosition(end)
            self._text.setTextCursor(cursor)
            if not self._text.find(wanted, flags):
                self._found.setText(self.tr("Not found"))
                return
        self._found.clear()

    @pyqtSlot(str)
    def _on_search_edited(self, _text: str) -> None:
        # Typing on looks for the longer word from where the shorter one was found.
        cursor = self._text.textCursor()
        cursor.setPosition(cursor.selectionStart())
        self._text.setTextCursor(cursor)
        self.find_next()

    @pyqtSlot()
    def _on_scrolled(self) -> None:
        self._end.setVisible(not self.is_at_end)
