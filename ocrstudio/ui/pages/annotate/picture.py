"""A picture that can be zoomed and dragged, with boxes painted on it: the canvas without tools and keys."""

from __future__ import annotations

from PyQt5.QtCore import QEvent, QPointF, QRect, Qt, pyqtSignal, pyqtSlot
from PyQt5.QtGui import QColor, QImage, QMouseEvent, QResizeEvent, QWheelEvent
from PyQt5.QtWidgets import QSizePolicy, QWidget

from ocrstudio.core.page import Point
from ocrstudio.services.page_images import PageDetails, PageImage
from ocrstudio.services.timers import single_shot
from ocrstudio.ui import theme
from ocrstudio.ui.pages.annotate.boxes_view import BoxesView
from ocrstudio.ui.pages.annotate.layers import Layers
from ocrstudio.ui.pages.annotate.view import View

ZOOM_STEP = 1.25
# One notch of a mouse wheel in Qt's unit, an eighth of a degree.
WHEEL_NOTCH = 120
SCROLL_PX_PER_NOTCH = 90
# The view has to rest so long before a part of a very large picture is read.
DETAIL_DELAY_MS = 150


class Picture(QWidget):
    """Holds the picture, the view of it and the painted layers."""

    zoom_changed = pyqtSignal(float)  # canvas pixels per image pixel

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = View()
        self.boxes = BoxesView()
        self.layers = Layers(self.view, self.boxes)
        self.message = ""
        self._image: PageImage | None = None
        self._pan_from: QPointF | None = None
        self._details = PageDetails(self)
        self._details.ready.connect(self._on_details_ready)
        self._detail_timer = single_shot(self, DETAIL_DELAY_MS, self._ask_for_detail)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(200, 100)
        self._restyle()

    def show_image(self, image: PageImage | None, message: str = "") -> None:
        """Shows a picture, fitted; without one the message stands in its place."""
        self._image = image
        self.message = message
        self.layers.image = image
        self.layers.detail = None
        self._details.forget()
        if image is not None:
            self.view.set_image(image.size)
        self._view_changed()

    @property
    def has_image(self) -> bool:
        """Whether there is a picture to draw on."""
        return self._image is not None

    def to_canvas(self, x: float, y: float) -> QPointF:
        """Canvas position of an image point."""
        return QPointF(*self.view.to_canvas(x, y))

    def to_image(self, point: QPointF) -> Point:
        """Image position of a canvas point."""
        return self.view.to_image(point.x(), point.y())

    # --- view ------------------------------------------------------------------------------------------------------

    def zoom_in(self) -> None:
        """Larger, around the middle."""
        self.zoom(ZOOM_STEP)

    def zoom_out(self) -> None:
        """Smaller, around the middle."""
        self.zoom(1 / ZOOM_STEP)

    def zoom(self, factor: float, at: QPointF | None = None) -> None:
        """Zooms by a factor around a canvas point; the middle if None."""
        self.view.zoom(factor, (at.x(), at.y()) if at is not None else None)
        self._view_changed()

    def actual_size(self) -> None:
        """One image pixel per canvas pixel."""
        self.zoom(1 / self.view.scale)

    def fit(self) -> None:
        """The whole picture."""
        self.view.fit()
        self._view_changed()

    def fit_width(self) -> None:
        """The picture as wide as the canvas, from its top; the pages that follow are shown so, too."""
        self.view.fit_width()
        self._view_changed()

    def pan(self, dx: int, dy: int) -> None:
        """Moves the picture by canvas pixels."""
        moved = self.view.pan(dx, dy)
        if moved != (0, 0):
            self._view_moved(*moved)

    def reveal(self, left: float, top: float, right: float, bottom: float) -> None:
        """Moves the picture as little as needed to show an image rectangle."""
        before = self.view.origin
        if self.view.reveal(left, top, right, bottom):
            self._view_moved(self.view.origin[0] - before[0], self.view.origin[1] - before[1])

    def _view_moved(self, dx: int, dy: int) -> None:
        self.layers.shift(dx, dy)
        self.update()
        self._detail_timer.start()

    def _view_changed(self) -> None:
        self.layers.invalidate_picture()
        self.update()
        self._detail_timer.start()
        self.zoom_changed.emit(self.view.scale)

    # --- very large pictures ---------------------------------------------------------------------------------------

    @pyqtSlot()
    def _ask_for_detail(self) -> None:
        """Has what is on the canvas read at full size, if the picture is held smaller than it is shown."""
        image = self._image
        if image is None or image.is_whole or self.view.scale * self.devicePixelRatioF() <= image.sharpest_scale:
            return
        left, top = self.view.to_image(0, 0)
        right, bottom = self.view.to_image(self.width(), self.height())
        whole = QRect(0, 0, *image.size)
        seen = QRect(int(left), int(top), int(right - left) + 2, int(bottom - top) + 2) & whole
        if seen.isEmpty() or (self.layers.detail is not None and self.layers.detail[0].contains(seen)):
            return
        spare_x, spare_y = seen.width() // 4, seen.height() // 4
        self._details.request(image, seen.adjusted(-spare_x, -spare_y, spare_x, spare_y) & whole)

    @pyqtSlot(object, QRect, object)
    def _on_details_ready(self, image: PageImage, region: QRect, part: QImage) -> None:
        if image is self._image:
            self.layers.detail = (region, part)
            self.layers.invalidate_picture()
            self.update()

    # --- events ----------------------------------------------------------------------------------------------------

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._restyle()
        super().changeEvent(event)

    def _restyle(self) -> None:
        used = theme.colors()
        self.layers.background = QColor(used.window).darker(112) if not used.dark else QColor(used.window).darker(130)
        self.layers.set_font(self.font())
        self.layers.invalidate_picture()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.view.set_canvas((self.width(), self.height()))
        self.layers.resize(self.size(), self.devicePixelRatioF())
        self._view_changed()
        super().resizeEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self._image is None:
            return
        turned = event.angleDelta()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(ZOOM_STEP ** (turned.y() / WHEEL_NOTCH), event.position())
        else:
            dx = round(turned.x() * SCROLL_PX_PER_NOTCH / WHEEL_NOTCH)
            dy = round(turned.y() * SCROLL_PX_PER_NOTCH / WHEEL_NOTCH)
            sideways = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.pan(*((dy, dx) if sideways else (dx, dy)))
        event.accept()

    # --- dragging the picture --------------------------------------------------------------------------------------

    @property
    def is_panning(self) -> bool:
        """Whether the mouse drags the picture."""
        return self._pan_from is not None

    def start_pan(self, event: QMouseEvent) -> None:
        """The mouse drags the picture until `end_pan`."""
        self._pan_from = QPointF(event.pos())
        self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def go_on_panning(self, event: QMouseEvent) -> None:
        """The mouse moved meanwhile."""
        if self._pan_from is not None:
            step = QPointF(event.pos()) - self._pan_from
            self._pan_from = QPointF(event.pos())
            self.pan(round(step.x()), round(step.y()))

    def end_pan(self) -> None:
        """The button went up."""
        self._pan_from = None
