"""Finding words in the YAML."""

from __future__ import annotations

from PyQt5.QtCore import Qt, pyqtSlot
from PyQt5.QtGui import QKeyEvent, QTextCursor, QTextDocument
from PyQt5.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QToolButton, QWidget

from ocrstudio.ui import theme
from ocrstudio.ui.icons import icon
from ocrstudio.ui.widgets.parts import GRID, label
from ocrstudio.ui.widgets.translated import TranslatedWidget


class FindBar(TranslatedWidget):
    """A line that is typed into, steps to the next and the previous place; hidden until it is opened."""

    def __init__(self, editor: QPlainTextEdit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editor = editor
        self._edit = QLineEdit()
        self._edit.setObjectName("findInText")
        self._count = label("muted")
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(GRID // 2)
        line.addWidget(self._edit, 1)
        line.addWidget(self._count)
        self._buttons = [QToolButton() for _ in range(3)]
        pictures = ("fa5s.chevron-up", "fa5s.chevron-down", "fa5s.times")
        for button, picture, work in zip(self._buttons, pictures, (self.previous, self.next, self.hide), strict=True):
            button.setIcon(icon(picture))
            button.clicked.connect(work)
            line.addWidget(button)
        self.say(self._edit.setPlaceholderText, lambda: self.tr("Find in the text"))
        self.say(self._buttons[0].setToolTip, lambda: self.tr("Previous"))
        self.say(self._buttons[1].setToolTip, lambda: self.tr("Next"))
        self.say(self._buttons[2].setToolTip, lambda: self.tr("Close"))
        self._edit.textChanged.connect(self._on_edit_text_changed)
        self._edit.returnPressed.connect(self.next)
        self.hide()

    def open(self) -> None:
        """Shows the line with what is selected, ready to type."""
        selected = self._editor.textCursor().selectedText()
        if selected and "\u2029" not in selected:
            self._edit.setText(selected)
        self.show()
        self._edit.setFocus()
        self._edit.selectAll()

    @pyqtSlot()
    def next(self) -> None:
        """Goes to the next place, from the end back to the start."""
        self._step(QTextDocument.FindFlags(), QTextCursor.MoveOperation.Start)

    @pyqtSlot()
    def previous(self) -> None:
        """Goes to the previous place."""
        self._step(QTextDocument.FindFlags(QTextDocument.FindFlag.FindBackward), QTextCursor.MoveOperation.End)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            self._editor.setFocus()
        else:
            super().keyPressEvent(event)

    def _step(self, flags: QTextDocument.FindFlags, turn: QTextCursor.MoveOperation) -> None:
        words = self._edit.text()
        if words and not self._editor.find(words, flags):
            cursor = self._editor.textCursor()
            cursor.movePosition(turn)
            self._editor.setTextCursor(cursor)
            self._editor.find(words, flags)

    @pyqtSlot(str)
    def _on_edit_text_changed(self, words: str) -> None:
        count = self._editor.toPlainText().casefold().count(words.casefold()) if words else 0
        self._count.setText(str(count) if words else "")
        self._edit.setProperty("state", "bad" if words and not count else "")
        theme.repolish(self._edit)
        if count:
            cursor = self._editor.textCursor()
            cursor.setPosition(cursor.selectionStart())
            self._editor.setTextCursor(cursor)
            self.next()
