"""The note of a page: one line of text, shown while there is one or while it is written."""

from __future__ import annotations

from PyQt5.QtCore import Qt, pyqtSignal, pyqtSlot
from PyQt5.QtGui import QKeyEvent
from PyQt5.QtWidgets import QLabel, QLineEdit, QWidget

from ocrstudio.services.document import AnnotationDocument
from ocrstudio.ui.icons import icon
from ocrstudio.ui.widgets.parts import row
from ocrstudio.ui.widgets.translated import TranslatedWidget


class _Line(QLineEdit):
    left = pyqtSignal()  # Esc: what was typed is dropped

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class NoteField(TranslatedWidget):
    """Edits the open page's note. Whatever leaves the field keeps what was typed; Esc drops it."""

    finished = pyqtSignal()  # the keyboard goes back to where it was

    def __init__(self, document: AnnotationDocument, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("noteField")
        self._document = document
        self._key = ""
        self.line = _Line()
        self.line.setObjectName("pageNoteText")
        self.line.setMaxLength(2000)
        mark = QLabel()
        mark.setPixmap(icon("fa5s.sticky-note", "warn").pixmap(16, 16))
        self.setLayout(row(mark, self.line))
        self.say(self.line.setPlaceholderText, lambda: self.tr("Note on this page"))
        self.say(self.line.setToolTip, lambda: self.tr("What the others should know about this page"))
        self.line.editingFinished.connect(self.commit)
        self.line.returnPressed.connect(self._on_line_return_pressed)
        self.line.left.connect(self._on_line_left)
        document.boxes_changed.connect(self._refresh)
        document.page_replaced.connect(self._refresh)
        self._refresh()

    def start(self) -> None:
        """Shows the field and gives it the keyboard."""
        if self._document.page is not None:
            self.show()
            self.line.setFocus(Qt.FocusReason.OtherFocusReason)
            self.line.selectAll()

    @pyqtSlot()
    def commit(self) -> None:
        """Gives the typed note to the page it was typed for."""
        page = self._document.page
        if page is not None and page.key == self._key and self.line.isModified():
            self.line.setModified(False)
            self._document.set_note(self.line.text().strip())
        self._refresh()

    @pyqtSlot()
    def _refresh(self) -> None:
        page = self._document.page
        same = page is not None and page.key == self._key
        self._key = page.key if page is not None else ""
        note = page.note if page is not None else ""
        if not (same and self.line.isModified()):
            self.line.setText(note)
            self.line.setModified(False)
        if not self.line.hasFocus():
            self.setVisible(bool(note) or self.line.isModified())

    @pyqtSlot()
    def _on_line_return_pressed(self) -> None:
        self.finished.emit()

    @pyqtSlot()
    def _on_line_left(self) -> None:
        self.line.setModified(False)
        self._refresh()
        self.finished.emit()
