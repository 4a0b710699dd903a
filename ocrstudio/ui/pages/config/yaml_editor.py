"""A text editor for YAML: colours, line numbers, and a mark on the line that is wrong."""

from __future__ import annotations

import re

from PyQt5.QtCore import QEvent, QRect, QSize, Qt, pyqtSlot
from PyQt5.QtGui import (
    QColor,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)
from PyQt5.QtWidgets import QPlainTextEdit, QTextEdit, QWidget

from ocrstudio.ui import theme

# In the order of painting: later ones win.
RULES = (
    ("number", re.compile(r"(?<=[\s\[,:])-?\d[\d_.]*(?:[eE][-+]?\d+)?(?=[\s,\]]|$)")),
    ("word", re.compile(r"(?<=[\s\[,])(?:true|false|null|~)(?=[\s,\]]|$)")),
    ("key", re.compile(r"^\s*(?:- )*[\w.-]+(?=\s*:(?:\s|$))")),
    ("text", re.compile(r"'[^']*'|\"[^\"]*\"")),
    ("comment", re.compile(r"(?:^|(?<=\s))#.*$")),
)
MARGIN_PX = 8


class YamlHighlighter(QSyntaxHighlighter):
    """Colours keys, numbers, words, quoted texts and comments."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._formats: dict[str, QTextCharFormat] = {}
        self.use_theme()

    def use_theme(self) -> None:
        """Takes the colours of the theme in use."""
        used = theme.colors()
        colors = {
            "key": used.accent,
            "number": used.series[1],
            "word": used.series[3],
            "text": used.good,
            "comment": used.muted,
        }
        for name, color in colors.items():
            made = QTextCharFormat()
            made.setForeground(QColor(color))
            made.setFontItalic(name == "comment")
            self._formats[name] = made
        self.rehighlight()

    def highlightBlock(self, text: str) -> None:
        for name, rule in RULES:
            for match in rule.finditer(text):
                self.setFormat(match.start(), match.end() - match.start(), self._formats[name])


class _LineNumbers(QWidget):
    """The strip beside the text; the editor paints it."""

    def __init__(self, editor: YamlEditor) -> None:
        super().__init__(editor)
        self._editor = editor

    def sizeHint(self) -> QSize:
        return QSize(self._editor.number_width(), 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        self._editor.paint_numbers(event)


class YamlEditor(QPlainTextEdit):
    """Edits YAML. `textChanged` is emitted for every change, also for those by `show_text`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("yamlEditor")
        self.setProperty("role", "mono")
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setTabChangesFocus(True)
        self._numbers = _LineNumbers(self)
        self._bad_line = 0
        document = self.document()
        self._highlighter = YamlHighlighter(document) if document is not None else None
        self.blockCountChanged.connect(self._on_block_count_changed)
        self.updateRequest.connect(self._on_update_request)
        self._on_block_count_changed()

    def show_text(self, text: str, *, same_step: bool = False) -> None:
        """Puts `text` in place of the old one as one step of undo; what is the same on both ends is left alone, so that
        cursor, scrolling and undo stay useful.

        Args:
            text: The new text.
            same_step: Whether it belongs to the step before it, and is undone with that.
        """
        old = self.toPlainText()
        if text == old:
            return
        if not old:
            self.setPlainText(text)
            return
        start, end = common_ends(old, text)
        scroll = self.verticalScrollBar()
        place = scroll.value() if scroll is not None else 0
        cursor = QTextCursor(self.document())
        cursor.setPosition(utf16_length(old[:start]))
        cursor.setPosition(utf16_length(old[: len(old) - end]), QTextCursor.MoveMode.KeepAnchor)
        if same_step:
            cursor.joinPreviousEditBlock()
        else:
            cursor.beginEditBlock()
        cursor.insertText(text[start : len(text) - end])
        cursor.endEditBlock()
        if scroll is not None:
            scroll.setValue(place)

    def mark_line(self, line: int) -> None:
        """Marks a wrong line, counted from 1; 0 marks none."""
        self._bad_line = line
        marks = []
        document = self.document()
        block = document.findBlockByNumber(line - 1) if line and document is not None else None
        if block is not None and block.isValid():
            mark = QTextEdit.ExtraSelection()
            mark.format.setBackground(QColor(theme.colors().bad_soft))
            mark.format.setProperty(QTextFormat.Property.FullWidthSelection, True)
            mark.cursor = QTextCursor(block)
            marks.append(mark)
        self.setExtraSelections(marks)
        self._numbers.update()

    @property
    def marked_line(self) -> int:
        """The line that is marked, 0 if none is."""
        return self._bad_line

    def number_width(self) -> int:
        """Width of the strip of line numbers in pixels."""
        return self.fontMetrics().horizontalAdvance("0" * len(str(max(100, self.blockCount())))) + 2 * MARGIN_PX

    def paint_numbers(self, event: QPaintEvent) -> None:
        """Paints the strip of line numbers."""
        used = theme.colors()
        painter = QPainter(self._numbers)
        painter.setFont(self.font())
        painter.fillRect(event.rect(), QColor(used.window))
        block = self.firstVisibleBlock()
        top = self.blockBoundingGeometry(block).translated(self.contentOffset()).top()
        while block.isValid() and top <= event.rect().bottom():
            number = block.blockNumber() + 1
            painter.setPen(QColor(used.bad if number == self._bad_line else used.muted))
            area = QRect(0, round(top), self._numbers.width() - MARGIN_PX, self.fontMetrics().height())
            painter.drawText(area, int(Qt.AlignmentFlag.AlignRight), str(number))
            top += self.blockBoundingRect(block).height()
            block = block.next()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_numbers()

    def _fit_numbers(self) -> None:
        self.setViewportMargins(self.number_width(), 0, 0, 0)
        area = self.contentsRect()
        self._numbers.setGeometry(QRect(area.left(), area.top(), self.number_width(), area.height()))

    def show_line(self, line: int) -> None:
        """Goes to a line, counted from 1."""
        document = self.document()
        if document is not None and line:
            self.setTextCursor(QTextCursor(document.findBlockByNumber(line - 1)))
            self.centerCursor()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit_numbers()
        if event.type() == QEvent.Type.PaletteChange and self._highlighter is not None:
            self._highlighter.use_theme()
            self.mark_line(self._bad_line)

    @pyqtSlot()
    @pyqtSlot(int)
    def _on_block_count_changed(self, _count: int = 0) -> None:
        self._fit_numbers()

    @pyqtSlot(QRect, int)
    def _on_update_request(self, area: QRect, scrolled: int) -> None:
        if scrolled:
            self._numbers.scroll(0, scrolled)
        else:
            self._numbers.update(0, area.y(), self._numbers.width(), area.height())


def common_ends(one: str, other: str) -> tuple[int, int]:
    """How many characters two texts share at their start and, beyond that, at their end."""
    limit = min(len(one), len(other))
    start = 0
    while start < limit and one[start] == other[start]:
        start += 1
    end = 0
    while end < limit - start and one[-1 - end] == other[-1 - end]:
        end += 1
    return start, end


def utf16_length(text: str) -> int:
    """Length as Qt counts it: characters beyond the basic plane are two."""
    return len(text) + sum(ord(character) > 0xFFFF for character in text)
