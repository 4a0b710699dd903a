"""The line being worked on: its crop, large and straight, over a field for its text."""

from __future__ import annotations

from PyQt5.QtCore import QEvent, QRect, QSize, Qt, pyqtSignal, pyqtSlot
from PyQt5.QtGui import QColor, QFocusEvent, QGuiApplication, QImage, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PyQt5.QtWidgets import QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from ocrstudio.services.document import AnnotationDocument
from ocrstudio.services.page_images import PageImage
from ocrstudio.ui import theme
from ocrstudio.ui.pages.annotate.crops import straightened
from ocrstudio.ui.widgets.parts import GRID, label
from ocrstudio.ui.widgets.translated import TranslatedWidget

CROP_HEIGHT_PX = 96
TEXT_SCALE = 1.3


class CropView(QWidget):
    """Shows one crop as large as it fits."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image: PageImage | None = None
        self._points: tuple[tuple[float, float], ...] = ()
        self._crop: QImage | None = None
        self._crop_size = QSize()
        self.setObjectName("cropView")
        self.setFixedHeight(CROP_HEIGHT_PX)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_crop(self, image: PageImage | None, points: tuple[tuple[float, float], ...]) -> None:
        """Shows the part of a picture within some points; nothing without points."""
        if image is not self._image or points != self._points:
            self._image, self._points = image, points
            self._crop_size = QSize()
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        used = theme.colors()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(used.border))
        painter.setBrush(QColor(used.window))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 6, 6)
        room = self.rect().adjusted(6, 6, -6, -6)
        ratio = self.devicePixelRatioF()
        if self._crop_size != room.size():
            self._crop_size = room.size()
            self._crop = None
            if self._image is not None and self._points:
                width, height = int(room.width() * ratio), int(room.height() * ratio)
                self._crop = straightened(self._image, self._points, width, height)
        if self._crop is not None:
            target = QRect(0, 0, round(self._crop.width() / ratio), round(self._crop.height() / ratio))
            target.moveCenter(room.center())
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(target, self._crop)


class TextField(QLineEdit):
    """The text of one line. Keys that are no text leave as signals, so that no shortcut fires while one types."""

    confirmed = pyqtSignal()  # Return
    step_requested = pyqtSignal(int)  # 1 next box, -1 previous box
    left = pyqtSignal()  # Esc
    undo_requested = pyqtSignal()
    redo_requested = pyqtSignal()
    focus_lost = pyqtSignal()

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802 - Tab walks through the boxes instead
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, held = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        shift = held == Qt.KeyboardModifier.ShiftModifier
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not held:
            self.confirmed.emit()
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Down) and not held:
            self.step_requested.emit(1)
        elif (key == Qt.Key.Key_Backtab and (shift or not held)) or (key == Qt.Key.Key_Up and not held):
            self.step_requested.emit(-1)
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.matches(QKeySequence.StandardKey.Undo) and not self.isUndoAvailable():
            self.undo_requested.emit()
        elif event.matches(QKeySequence.StandardKey.Redo) and not self.isRedoAvailable():
            self.redo_requested.emit()
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        # A menu opened over the field does not end the typing.
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.focus_lost.emit()


class LineEditor(TranslatedWidget):
    """Edits the text of the document's current box. Typed text is never lost: whatever leaves the box commits it."""

    finished = pyqtSignal()  # Esc: the keyboard goes back to the canvas

    def __init__(self, document: AnnotationDocument, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._image: PageImage | None = None
        self._box_id: str | None = None
        self._shown_text = ""
        self._crop = CropView()
        self._place = label("hint", "linePlace", wrap=True)
        self.field = TextField()
        self.field.setObjectName("lineText")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(self._crop)
        column.addWidget(self.field)
        column.addWidget(self._place)
        self.say(self.field.setPlaceholderText, self._placeholder)
        self.say(self._place.setText, self._place_text)
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
        return self._box_id is not None and self.field.text() != self._shown_text

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
        method = QGuiApplication.inputMethod()
        if method is not None and self.field.hasFocus():
            method.commit()  # what an input method is still composing counts as typed
        if self._box_id is not None and self.is_typed:
            text, self._shown_text = self.field.text(), self.field.text()
            if not self._document.set_text(self._box_id, text):
                self._refresh()  # it could not be stored: the field shows what is true

    def _show_box(self) -> None:
        box = self._document.current_box
        self._box_id = box.id if box is not None else None
        self.field.setReadOnly(box is None)  # and not disabled: the keyboard stays here from page to page
        self._refresh()
        if self.field.hasFocus():
            self.field.selectAll()

    def _refresh(self) -> None:
        box = self._document.find(self._box_id) if self._box_id is not None else None
        self._shown_text = box.text if box is not None else ""
        if self.field.text() != self._shown_text or not self._shown_text:
            self.field.setText(self._shown_text)
        self.field.setModified(False)
        self._show_crop()
        self._retranslate()

    def _show_crop(self) -> None:
        box = self._document.find(self._box_id) if self._box_id is not None else None
        self._crop.show_crop(self._image, box.points if box is not None else ())

    def _retranslate(self) -> None:
        self.field.setPlaceholderText(self._placeholder())
        self._place.setText(self._place_text())

    def _placeholder(self) -> str:
        return self.tr("Type the text of this line") if self._box_id is not None else ""

    def _place_text(self) -> str:
        page, box = self._document.page, self._document.current_box
        if page is None or not page.boxes:
            return self.tr("This page has no lines yet. Press W and draw a box, or label it automatically.")
        if box is None:
            return self.tr("Choose a line to edit its text. {count} lines on this page.").format(count=len(page.boxes))
        number = next(place for place, other in enumerate(page.boxes, start=1) if other.id == box.id)
        place = self.tr("Line {number} of {count}").format(number=number, count=len(page.boxes))
        if box.score is None:
            return place
        score = self.tr("{percent} % sure").format(percent=round(box.score * 100))
        return f"{place}  ·  {score}"

    @pyqtSlot()
    def _on_field_confirmed(self) -> None:
        self.commit()
        if not self._document.select_neighbour(1):
            self.field.selectAll()

    @pyqtSlot(int)
    def _on_field_step_requested(self, step: int) -> None:
        self.commit()
        self._document.select_neighbour(step)

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
        else:
            self._retranslate()

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
        sheet = f"font-size: {self.font().pointSizeF() * TEXT_SCALE:.1f}pt;"
        if sheet != self.field.styleSheet():
            self.field.setStyleSheet(sheet)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange and hasattr(self, "field"):
            self._scale_font()
        super().changeEvent(event)
