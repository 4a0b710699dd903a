"""Examples of synthetic lines: the picture, and below it what the label will say."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from typing import Any

from PyQt5.QtCore import QRect, QSize, Qt, pyqtSignal
from PyQt5.QtGui import QColor, QPainter, QPaintEvent, QPixmap
from PyQt5.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from ocrstudio.ui import theme
from ocrstudio.ui.widgets.parts import GRID, ElidedLabel

PICTURE_HEIGHT = 44
COLUMNS, ROWS = 2, 4


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


class SynthPreview(QWidget):
    """Eight examples."""

    exposed = pyqtSignal()  # some of it is on the screen: below the fold nobody waits for examples

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("synthPreview")
        self._places: list[tuple[LinePicture, ElidedLabel]] = []
        grid = QGridLayout(self)
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
        """The texts that are shown."""
        return [text.text() for _, text in self._places if text.text()]

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        self.exposed.emit()

    def show_lines(self, lines: Sequence[dict[str, Any]]) -> None:
        """Shows examples as `ocrstudio synth --preview` tells them."""
        for place, (picture, text) in enumerate(self._places):
            line = lines[place] if place < len(lines) else {}
            shown = QPixmap()
            try:
                shown.loadFromData(base64.b64decode(str(line.get("png", "")), validate=True))
            except binascii.Error:
                shown = QPixmap()
            picture.show_picture(shown)
            text.show_text(str(line.get("text", "")))
            if line:
                text.setToolTip(f"{line.get('text', '')}\n{line.get('font', '')}")

    def set_faded(self, faded: bool) -> None:
        """Paler while newer ones are on their way."""
        for picture, _ in self._places:
            picture.set_faded(faded)
