"""What stands above boxes: texts, numbers or key classes; and the arrows between linked boxes."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

import numpy as np
from numpy.typing import NDArray
from PyQt5.QtCore import QPointF, QRectF, Qt
from PyQt5.QtGui import QColor, QFont, QFontMetricsF, QPainter

from ocrstudio.core.page import Box
from ocrstudio.ui.pages.annotate import painting
from ocrstudio.ui.pages.annotate.boxes_view import LOOKS, BoxesView
from ocrstudio.ui.pages.annotate.key_colors import key_color
from ocrstudio.ui.pages.annotate.view import View

LABEL_PX = 12
# Lower boxes than this on the screen carry no label: it would hide the line above.
MIN_LABELLED_PX = 7
LONGEST_LABEL_PX = 240
# Longer texts than this are cut before they are measured: no label shows more.
LONGEST_LABEL_LETTERS = 60
LINK_COLOR = QColor("#8fd3ff")


class Labels(Enum):
    """What stands above each box. The value is what settings and actions use."""

    NONE = "none"
    TEXT = "text"
    NUMBER = "number"
    KEY = "key"


def colors_of(boxes: BoxesView, rows: NDArray[np.int64], labels: Labels, classes: Sequence[str]) -> list[int]:
    """The colours (RGB) of some rows' boxes: their key classes' where those are shown, else what their state says."""
    if labels is Labels.KEY:
        names = [boxes.boxes[row].key_class for row in rows.tolist()]
        known = {name: key_color(name, classes).rgb() for name in set(names)}
        return [known[name] for name in names]
    looks = [painting.look_color(look).rgb() for look in LOOKS]
    return [looks[number] for number in boxes.looks[rows].tolist()]


class LabelPainter:
    """Paints labels and remembers how wide texts are."""

    def __init__(self) -> None:
        self._font = QFont()
        self._metrics = QFontMetricsF(self._font)
        self._fitted: dict[str, tuple[str, float]] = {}

    def set_font(self, font: QFont) -> None:
        """Takes over the family; the size is fixed."""
        self._font = QFont(font)
        self._font.setPixelSize(LABEL_PX)
        self._metrics = QFontMetricsF(self._font)
        self._fitted.clear()

    def paint(
        self,
        painter: QPainter,
        view: View,
        boxes: BoxesView,
        rows: NDArray[np.int64],
        labels: Labels,
        classes: Sequence[str],
    ) -> None:
        """Paints the labels of some rows' boxes with a painter that takes canvas pixels."""
        low = boxes.heights(rows) * view.scale < MIN_LABELLED_PX
        rows = rows[~low]
        corners = boxes.corners(rows) * view.scale + view.origin
        painter.setFont(self._font)
        height, descent = self._metrics.height(), self._metrics.descent()
        by_color: dict[int, list[tuple[QPointF, str]]] = {}
        grounds = []
        colors = colors_of(boxes, rows, labels, classes)
        for row, (x, y), rgb in zip(rows.tolist(), corners.tolist(), colors, strict=True):
            text = _text_of(boxes.boxes[row], row, labels)
            if text:
                text, width = self._fit(text)
                grounds.append(QRectF(x, y - height - 2, width + 6, height + 1))
                by_color.setdefault(rgb, []).append((QPointF(x + 3, y - 2 - descent), text))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(0, 0, 0, 185))
        painter.drawRects(grounds)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for rgb, texts in by_color.items():
            painter.setPen(QColor(rgb).lighter(150))
            for place, text in texts:
                painter.drawText(place, text)

    def _fit(self, text: str) -> tuple[str, float]:
        known = self._fitted.get(text)
        if known is None:
            if len(self._fitted) > 20_000:
                self._fitted.clear()
            shown = text if len(text) <= LONGEST_LABEL_LETTERS else text[:LONGEST_LABEL_LETTERS] + "…"
            width = self._metrics.horizontalAdvance(shown)
            if width > LONGEST_LABEL_PX:
                shown = self._metrics.elidedText(shown, Qt.TextElideMode.ElideRight, LONGEST_LABEL_PX)
                width = self._metrics.horizontalAdvance(shown)
            known = self._fitted[text] = (shown, width)
        return known


def _text_of(box: Box, row: int, labels: Labels) -> str:
    if labels is Labels.NUMBER:
        return str(row + 1)
    return box.key_class if labels is Labels.KEY else box.text


def paint_links(painter: QPainter, view: View, boxes: BoxesView) -> None:
    """Paints an arrow from each key box to its value box; the painter takes canvas pixels."""
    for key, value in boxes.links:
        if boxes.is_shown(boxes.boxes[key].id) and boxes.is_shown(boxes.boxes[value].id):
            start, end = arrow_between(view, boxes.bounds_of(key), boxes.bounds_of(value))
            painting.paint_arrow(painter, start, end, LINK_COLOR)


def arrow_between(
    view: View, one: tuple[float, float, float, float], other: tuple[float, float, float, float]
) -> tuple[QPointF, QPointF]:
    """Where an arrow between two boxes (bounds in image pixels) begins and ends, in canvas pixels."""
    middles = [QPointF(*view.to_canvas((b[0] + b[2]) / 2, (b[1] + b[3]) / 2)) for b in (one, other)]
    ends = []
    for box, middle, aim in ((one, middles[0], middles[1]), (other, middles[1], middles[0])):
        along = aim - middle
        half_width = (box[2] - box[0]) / 2 * view.scale
        half_height = (box[3] - box[1]) / 2 * view.scale
        reach = min(
            half_width / abs(along.x()) if along.x() else 1.0, half_height / abs(along.y()) if along.y() else 1.0, 0.5
        )
        ends.append(middle + along * reach)
    return ends[0], ends[1]
