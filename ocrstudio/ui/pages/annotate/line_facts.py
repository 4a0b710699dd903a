"""What is known about the line being worked on, in one row of small marks: place, confidence, class, orientation."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt5.QtCore import QEvent, QRectF, QSize, Qt, pyqtSlot
from PyQt5.QtGui import QColor, QPainter, QPaintEvent
from PyQt5.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from ocrstudio.core.page import IGNORE_TEXTS, Box, Orientation
from ocrstudio.services.document import AnnotationDocument
from ocrstudio.ui import theme
from ocrstudio.ui.pages.annotate.boxes_view import confidence_role
from ocrstudio.ui.pages.annotate.key_colors import key_color
from ocrstudio.ui.widgets.parts import GRID, label
from ocrstudio.ui.widgets.translated import TranslatedWidget


class Chip(QWidget):
    """A word on a soft rounded ground; hidden while it has none. Its colour never says anything that the word does not.

    Args:
        name: Object name.
    """

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._text, self._role, self._dot = "", "muted", QColor()
        self.hide()

    @property
    def text(self) -> str:
        """The word."""
        return self._text

    def show_word(self, text: str, role: str = "muted", dot: QColor | None = None) -> None:
        """Shows a word; nothing if it is empty.

        Args:
            text: The word.
            role: good, warn, bad, accent or muted.
            dot: A round mark of this colour before it.
        """
        self._text, self._role, self._dot = text, role, dot or QColor()
        self.setAccessibleName(text)
        self.setVisible(bool(text))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        dot = metrics.height() if self._dot.isValid() else 0
        return QSize(metrics.horizontalAdvance(self._text) + dot + 2 * GRID, metrics.height() + 6)

    def minimumSizeHint(self) -> QSize:
        return QSize(4 * GRID, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        used = theme.colors()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(getattr(used, f"{self._role}_soft", used.hover)))
        area = QRectF(self.rect())
        painter.drawRoundedRect(area, area.height() / 2, area.height() / 2)
        left = GRID
        if self._dot.isValid():
            side = self.fontMetrics().height() * 0.6
            painter.setBrush(self._dot)
            painter.drawEllipse(QRectF(left, (area.height() - side) / 2, side, side))
            left += round(side) + 5
        painter.setPen(QColor(getattr(used, self._role)))
        room = self.rect().adjusted(left, 0, -GRID // 2, 0)
        shown = self.fontMetrics().elidedText(self._text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)


class LineFacts(TranslatedWidget):
    """The row of marks; while the page has no line, or none is chosen, it says what to do."""

    def __init__(self, document: AnnotationDocument, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._key_classes: Sequence[str] = ()
        self._low_confidence = 0.0
        self.place = label("hint", "linePlace", wrap=True)
        self.score, self.key_class = Chip("lineScore"), Chip("lineKeyClass")
        self.orientation, self.mark = Chip("lineOrientation"), Chip("lineMark")
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(GRID - 2)
        line.addWidget(self.place, 1)
        for chip in (self.mark, self.orientation, self.key_class, self.score):
            line.addWidget(chip)
        document.selection_changed.connect(self._refresh)
        document.boxes_changed.connect(self._refresh)
        self._refresh()

    @pyqtSlot(object)
    def show_key_classes(self, names: Sequence[str]) -> None:
        """Takes over the project's key classes, which give the colours."""
        self._key_classes = tuple(names)
        self._refresh()

    def set_low_confidence(self, value: float) -> None:
        """Takes over below which confidence, 0 to 1, a line is doubtful."""
        self._low_confidence = value
        self._refresh()

    @pyqtSlot()
    def _refresh(self) -> None:
        box = self._document.current_box
        self.place.setText(self._place_text(box))
        if box is None:
            for chip in (self.score, self.key_class, self.orientation, self.mark):
                chip.show_word("")
            return
        self.score.show_word(
            self.tr("{percent} % sure").format(percent=round(box.score * 100)) if box.score is not None else "",
            confidence_role(box.score or 0.0, self._low_confidence),
        )
        dot = key_color(box.key_class, self._key_classes) if box.key_class else None
        self.key_class.show_word(box.key_class, "text", dot)
        turned = {Orientation.DRAWN: self.tr("as drawn"), Orientation.TURNED: self.tr("turned")}
        self.orientation.show_word(turned.get(box.orientation, ""))
        self.mark.show_word(self.tr("unreadable") if box.text in IGNORE_TEXTS else "", "warn")

    def _place_text(self, box: Box | None) -> str:
        page = self._document.page
        if page is None or not page.boxes:
            return self.tr("This page has no lines yet. Press W and draw a box, or label it automatically.")
        count = len(page.boxes)
        if len(self._document.selection) > 1:
            return self.tr("{selected} of {count} lines selected").format(
                selected=len(self._document.selection), count=count
            )
        if box is None:
            return self.tr("Choose a line to edit its text. Lines on this page: {count}.").format(count=count)
        number = next(place for place, other in enumerate(page.boxes, start=1) if other.id == box.id)
        return self.tr("Line {number} of {count}").format(number=number, count=count)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._refresh()
