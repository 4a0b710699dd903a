"""Examples of synthetic lines and pages: the picture, and what the label will say, below it or as boxes on it."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from typing import Any

from PyQt5.QtCore import QPointF, QRect, QSize, Qt, pyqtSignal
from PyQt5.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap, QPolygonF, QResizeEvent
from PyQt5.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ocrstudio.ui import theme
from ocrstudio.ui.widgets.parts import GRID, ElidedLabel

PICTURE_HEIGHT = 44
COLUMNS, ROWS = 2, 4
PAGES, PAGE_HEIGHT = 2, 420


class LinePicture(QWidget):
    """A picture as large as the room allows, at most its double size, on the left."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture = QPixmap()
        self._faded = False
        self.setFixedHeight(PICTURE_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_picture(self, picture: QPixmap) -> None:
        """Shows it; a null one shows nothing."""
        self._picture = picture
        self.update()

    def set_faded(self, faded: bool) -> None:
        """Paler while newer ones are on their way."""
        self._faded = faded
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._picture.isNull():
            painter.fillRect(QRect(0, 4, min(self.width(), 160), PICTURE_HEIGHT - 8), QColor(theme.colors().hover))
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setOpacity(0.4 if self._faded else 1.0)
        room = QSize(min(self.width(), 2 * self._picture.width()), min(self.height(), 2 * self._picture.height()))
        size = self._picture.size().scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
        painter.drawPixmap(QRect(0, (self.height() - size.height()) // 2, size.width(), size.height()), self._picture)


class PagePicture(QWidget):
    """A page with its boxes; the texts in them are told below the mouse."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture = QPixmap()
        self._boxes: list[tuple[QPolygonF, str]] = []
        self._faded = False
        self.setMouseTracking(True)
        self.setFixedHeight(PAGE_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    @property
    def texts(self) -> list[str]:
        """What its boxes say."""
        return [text for _, text in self._boxes]

    def show_page(self, page: dict[str, Any]) -> None:
        """Shows a page as `ocrstudio synth --preview` tells it; an empty one shows nothing."""
        self._picture = _pixmap(page.get("jpeg", ""))
        self._boxes = [
            (QPolygonF([QPointF(x, y) for x, y in box["points"]]), str(box["text"])) for box in page.get("boxes", [])
        ]
        self._fit_height()
        self.update()

    def set_faded(self, faded: bool) -> None:
        """Paler while newer ones are on their way."""
        self._faded = faded
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_height()

    def _fit_height(self) -> None:
        if not self._picture.isNull():
            high = round(self.width() * self._picture.height() / self._picture.width())
            self.setFixedHeight(max(1, min(PAGE_HEIGHT, high)))

    def _placed(self) -> QRect:
        size = self._picture.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        return QRect(0, 0, size.width(), size.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._picture.isNull():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setOpacity(0.4 if self._faded else 1.0)
        placed = self._placed()
        painter.drawPixmap(placed, self._picture)
        scale = placed.width() / self._picture.width()
        painter.scale(scale, scale)
        pen = QPen(QColor(theme.colors().accent))
        pen.setCosmetic(True)
        painter.setPen(pen)
        for polygon, _ in self._boxes:
            painter.drawPolygon(polygon)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._picture.isNull():
            return
        scale = self._picture.width() / max(1, self._placed().width())
        place = QPointF(event.pos()) * scale
        found = (text for polygon, text in self._boxes if polygon.containsPoint(place, Qt.FillRule.OddEvenFill))
        self.setToolTip(next(found, ""))


def _pixmap(encoded: object) -> QPixmap:
    """A picture of the child's; nothing if it is none."""
    shown = QPixmap()
    try:
        shown.loadFromData(base64.b64decode(str(encoded), validate=True))
    except binascii.Error:
        return QPixmap()
    return shown


class SynthPreview(QWidget):
    """Eight lines or two pages."""

    exposed = pyqtSignal()  # some of it is on the screen: below the fold nobody waits for examples

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("synthPreview")
        self._places: list[tuple[LinePicture, ElidedLabel]] = []
        self._lines, self._pages = QWidget(), QWidget()
        self.pages = [PagePicture() for _ in range(PAGES)]
        self._pages.hide()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._lines)
        outer.addWidget(self._pages)
        sides = QHBoxLayout(self._pages)
        sides.setContentsMargins(0, 0, 0, 0)
        sides.setSpacing(2 * GRID)
        for page in self.pages:
            sides.addWidget(page, 1, Qt.AlignmentFlag.AlignTop)
        grid = QGridLayout(self._lines)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(2 * GRID)
        grid.setVerticalSpacing(GRID)
        for place in range(COLUMNS * ROWS):
            picture, text = LinePicture(), ElidedLabel()
            text.setProperty("role", "muted")
            pair = QVBoxLayout()
            pair.setSpacing(2)
            pair.addWidget(picture)
            pair.addWidget(text)
            grid.addLayout(pair, place // COLUMNS, place % COLUMNS)
            self._places.append((picture, text))
        for column in range(COLUMNS):
            grid.setColumnStretch(column, 1)

    @property
    def texts(self) -> list[str]:
        """The texts of the lines that are shown."""
        return [text.text() for _, text in self._places if text.text()]

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        self.exposed.emit()

    def show_pages(self, pages: Sequence[dict[str, Any]]) -> None:
        """Shows pages as `ocrstudio synth --pages --preview` tells them."""
        self._lines.setVisible(False)
        self._pages.setVisible(True)
        for place, picture in enumerate(self.pages):
            picture.show_page(pages[place] if place < len(pages) else {})

    def show_lines(self, lines: Sequence[dict[str, Any]]) -> None:
        """Shows examples as `ocrstudio synth --preview` tells them."""
        self._pages.setVisible(False)
        self._lines.setVisible(True)
        for place, (picture, text) in enumerate(self._places):
            line = lines[place] if place < len(lines) else {}
            picture.show_picture(_pixmap(line.get("png", "")))
            text.show_text(str(line.get("text", "")))
            if line:
                text.setToolTip(f"{line.get('text', '')}\n{line.get('font', '')}")

    def set_faded(self, faded: bool) -> None:
        """Paler while newer ones are on their way."""
        for picture in (*(picture for picture, _ in self._places), *self.pages):
            picture.set_faded(faded)
