"""The line being worked on: its crop, large and straight, over a field for its text."""

from __future__ import annotations

from collections.abc import Callable

from PyQt5.QtCore import QEvent, Qt, pyqtSignal, pyqtSlot
from PyQt5.QtGui import QFontMetrics
from PyQt5.QtWidgets import QVBoxLayout, QWidget

from ocrstudio.core.page import Box
from ocrstudio.services.document import AnnotationDocument
from ocrstudio.services.page_images import PageImage
from ocrstudio.ui.pages.annotate.crop_view import CropView
from ocrstudio.ui.pages.annotate.line_facts import LineFacts
from ocrstudio.ui.pages.annotate.text_field import TextField
from ocrstudio.ui.widgets.parts import GRID
from ocrstudio.ui.widgets.translated import TranslatedWidget

TEXT_SCALE, LARGE_TEXT_SCALE = 1.3, 2.3


class LineEditor(TranslatedWidget):
    """Edits the text of the document's current box. Typed text is never lost: whatever leaves the box commits it.

    Attributes:
        step: Goes to the next (1) or previous (-1) line and says whether there was one; a queue puts its own here.
        confirm: Called with the box's id when Return confirmed its line, before the step.
    """

    finished = pyqtSignal()  # Esc: the keyboard goes back to the canvas

    def __init__(self, document: AnnotationDocument, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._image: PageImage | None = None
        self._box_id: str | None = None
        self._shown_text = ""
        self._large = False
        self.step: Callable[[int], bool] = document.select_neighbour
        self.confirm: Callable[[str], object] = _nothing
        self.crop = CropView()
        self.facts = LineFacts(document)
        self.field = TextField()
        self.field.setObjectName("lineText")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(self.crop, 1)
        column.addWidget(self.field)
        column.addWidget(self.facts)
        self.say(self.field.setPlaceholderText, self._placeholder)
        self.say(self.field.setAccessibleName, lambda: self.tr("Text of the line"))
        self._scale_font()
        self.field.confirmed.connect(self._on_field_confirmed)
        self.field.step_requested.connect(self._on_field_step_requested)
        self.field.left.connect(self._on_field_left)
        self.field.undo_requested.connect(document.undo)
        self.field.redo_requested.connect(document.redo)
        self.field.focus_lost.connect(self.commit)
        document.selection_changed.connect(self._on_document_selection_changed)
        document.boxes_changed.connect(self._on_document_boxes_changed)
        document.page_replaced.connect(self._on_document_page_replaced)
        self._show_box()

    @property
    def is_typed(self) -> bool:
        """Whether the field holds text that is not in the document yet."""
        return self._box_id is not None and (self.field.is_composing or self.field.text() != self._shown_text)

    def set_large(self, large: bool) -> None:
        """Gives crop and text much room, or as much as a side panel has."""
        self._large = large
        self.crop.set_large(large)
        self._scale_font()

    def show_image(self, image: PageImage | None) -> None:
        """Takes over the picture of the page that was opened."""
        self._image = image
        self._show_crop()

    def start(self) -> None:
        """Puts the keyboard into the field."""
        if self._box_id is not None:
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)
            self.field.selectAll()

    @pyqtSlot()
    def commit(self) -> None:
        """Gives typed text to the document."""
        self.field.finish_composing()
        if self._box_id is not None and self.is_typed:
            text, self._shown_text = self.field.text(), self.field.text()
            if not self._document.set_text(self._box_id, text):
                self._refresh()  # it could not be stored: the field shows what is true

    def _show_box(self) -> None:
        self._box_id = self._document.current_id
        self.field.setReadOnly(self._box_id is None)  # and not disabled: the keyboard stays here from page to page
        self._refresh()
        if self.field.hasFocus():
            self.field.selectAll()

    def _box(self) -> Box | None:
        return self._document.find(self._box_id) if self._box_id is not None else None

    def _refresh(self) -> None:
        box = self._box()
        self._shown_text = box.text if box is not None else ""
        if self.field.text() != self._shown_text or not self._shown_text:
            self.field.setText(self._shown_text)
        self.field.setModified(False)
        self._show_crop()
        self.field.setPlaceholderText(self._placeholder())

    def _show_crop(self) -> None:
        self.crop.show_crop(self._image, self._box())

    def _placeholder(self) -> str:
        return self.tr("Type the text of this line") if self._box_id is not None else ""

    @pyqtSlot()
    def _on_field_confirmed(self) -> None:
        self.field.finish_composing()
        typed = self.field.text()
        self.commit()
        box = self._box()
        if box is not None and box.text != typed:
            # it could not be stored, as on a full disk: the words stay, to be confirmed again when there is room
            self.field.setText(typed)
            return
        if self._box_id is not None:
            self.confirm(self._box_id)
        if not self.step(1):
            self.field.selectAll()

    @pyqtSlot(int)
    def _on_field_step_requested(self, step: int) -> None:
        self.commit()
        self.step(step)

    @pyqtSlot()
    def _on_field_left(self) -> None:
        if self.is_typed:
            self._refresh()
            self.field.selectAll()
        else:
            self.finished.emit()

    @pyqtSlot()
    def _on_document_selection_changed(self) -> None:
        if self._document.current_id != self._box_id:
            self.commit()
            self._show_box()

    @pyqtSlot()
    def _on_document_boxes_changed(self) -> None:
        if self._box_id is not None and self._document.find(self._box_id) is None:
            self._show_box()
        elif not self.is_typed:
            self._refresh()
        else:
            self._show_crop()

    @pyqtSlot()
    def _on_document_page_replaced(self) -> None:
        # The session asked for typed text before it changed the page; what is shown now belongs to no box.
        self._image = None
        self._show_box()

    def _scale_font(self) -> None:
        # A font set on the field itself would be lost whenever the program's style sheet is set anew.
        scale = LARGE_TEXT_SCALE if self._large else TEXT_SCALE
        font = self.font()
        font.setPointSizeF(font.pointSizeF() * scale)
        # Without a height of its own it takes the least one of all fields, and large letters are cut off.
        sheet = f"font-size: {font.pointSizeF():.1f}pt; min-height: {QFontMetrics(font).height()}px;"
        if sheet != self.field.styleSheet():
            self.field.setStyleSheet(sheet)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange and hasattr(self, "field"):
            self._scale_font()
        super().changeEvent(event)


def _nothing(_box_id: str) -> None:
    """Nobody wants to know."""
