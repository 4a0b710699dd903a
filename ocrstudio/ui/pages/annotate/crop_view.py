"""The crop of the line being worked on: by itself over the text, or large and among its neighbours."""

from __future__ import annotations

from PyQt5.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PyQt5.QtGui import QColor, QImage, QPainter, QPainterPath, QPaintEvent, QPen
from PyQt5.QtWidgets import QSizePolicy, QWidget

from ocrstudio.core.page import Box
from ocrstudio.services.page_images import PageImage
from ocrstudio.ui import theme
from ocrstudio.ui.pages.annotate.crops import straightened, surroundings

CROP_HEIGHT_PX, LARGE_HEIGHT_PX, SMALLEST_HEIGHT_PX = 96, 190, 56
MARGIN_PX, ROUNDING_PX = 6, 8
# The neighbours of a line step back behind a veil of the window's colour.
VEIL_ALPHA = 0.42
FRAME_PX = 3


class CropView(QWidget):
    """Shows one crop as large as it fits."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image: PageImage | None = None
        self._box: Box | None = None
        self._large = False
        self._made: tuple[object, ...] = ()
        self._picture: QImage | None = None
        self._line = QRectF()
        self.setObjectName("cropView")
        self.set_large(False)

    @property
    def shows_neighbours(self) -> bool:
        """Whether what stands around the line is to be seen too; as of the last painting."""
        return not self._line.isNull()

    def set_large(self, large: bool) -> None:
        """Shows the line among its neighbours and takes the room it gets, or the crop alone in a little room."""
        self._large = large
        self._made = ()
        vertical = QSizePolicy.Policy.Expanding if large else QSizePolicy.Policy.Fixed
        self.setSizePolicy(QSizePolicy.Policy.Expanding, vertical)
        self.setMinimumHeight(SMALLEST_HEIGHT_PX if large else CROP_HEIGHT_PX)
        self.setMaximumHeight(16_777_215 if large else CROP_HEIGHT_PX)  # the first is Qt's "no limit"
        self.updateGeometry()
        self.update()

    def show_crop(self, image: PageImage | None, box: Box | None) -> None:
        """Shows a box of a picture; nothing without a box."""
        if image is not self._image or not _look_alike(box, self._box):
            self._made = ()
            self.update()
        self._image, self._box = image, box

    def sizeHint(self) -> QSize:
        return QSize(320, LARGE_HEIGHT_PX if self._large else CROP_HEIGHT_PX)

    def paintEvent(self, event: QPaintEvent) -> None:
        used = theme.colors()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        self._make()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(used.window))
        painter.drawRoundedRect(frame, ROUNDING_PX, ROUNDING_PX)
        if self._picture is not None:
            if self._line.isNull():
                self._paint_alone(painter, self._picture)
            else:
                self._paint_among_neighbours(painter, self._picture, frame)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QColor(used.border))
        painter.drawRoundedRect(frame, ROUNDING_PX, ROUNDING_PX)

    def _make(self) -> None:
        """Makes the picture anew if what it shows, its room or the theme is another one."""
        ratio, background = self.devicePixelRatioF(), theme.colors().window
        wanted = (self.size(), ratio, background)
        if wanted == self._made:
            return
        self._made, self._picture, self._line = wanted, None, QRectF()
        if self._image is None or self._box is None:
            return
        if self._large:
            found = surroundings(self._image, self._box, self.size() * ratio, QColor(background))
            if found is not None:
                self._picture, self._line = found.picture, found.line
                return
        room = self.rect().adjusted(MARGIN_PX, MARGIN_PX, -MARGIN_PX, -MARGIN_PX)
        width, height = max(1, int(room.width() * ratio)), max(1, int(room.height() * ratio))
        self._picture = straightened(self._image, self._box, width, height)

    def _paint_alone(self, painter: QPainter, picture: QImage) -> None:
        ratio = self.devicePixelRatioF()
        target = QRect(0, 0, round(picture.width() / ratio), round(picture.height() / ratio))
        target.moveCenter(self.rect().center())
        painter.drawImage(target, picture)

    def _paint_among_neighbours(self, painter: QPainter, picture: QImage, frame: QRectF) -> None:
        used, ratio = theme.colors(), self.devicePixelRatioF()
        outline, hole = QPainterPath(), QPainterPath()
        outline.addRoundedRect(frame, ROUNDING_PX, ROUNDING_PX)
        painter.save()
        painter.setClipPath(outline)
        painter.drawImage(QRectF(self.rect()), picture)
        line = QRectF(self._line.topLeft() / ratio, self._line.size() / ratio).adjusted(-4, -4, 4, 4)
        hole.addRoundedRect(line, 5, 5)
        veil = QColor(used.window)
        veil.setAlphaF(VEIL_ALPHA)
        painter.fillPath(outline.subtracted(hole), veil)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(used.accent), FRAME_PX))
        painter.drawPath(hole)
        painter.restore()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self.update()
        super().changeEvent(event)


def _look_alike(one: Box | None, other: Box | None) -> bool:
    if one is None or other is None:
        return one is other
    return (one.points, one.orientation, one.text) == (other.points, other.orientation, other.text)
