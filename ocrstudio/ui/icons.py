"""Icons that take their colour from the theme at the moment they are painted."""

from __future__ import annotations

from functools import lru_cache

from PyQt5.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PyQt5.QtGui import QColor, QIcon, QIconEngine, QPainter, QPixmap

from ocrstudio.ui import shape_icons, theme

DISABLED_ALPHA = 0.4


@lru_cache(maxsize=512)
def _drawn(name: str, color: str) -> QIcon:
    # Imported at the first painting: it loads several fonts, and a page that is never shown needs none of its icons.
    import qtawesome

    return QIcon(qtawesome.icon(name, color=color))


class _ThemedEngine(QIconEngine):
    """Paints one glyph of qtawesome, or a shape of ours, in a colour of the theme."""

    def __init__(self, name: str, role: str, role_on: str) -> None:
        super().__init__()
        self._name, self._role, self._role_on = name, role, role_on

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        role = self._role_on if state == QIcon.State.On else self._role
        color = QColor(getattr(theme.colors(), role))
        if mode == QIcon.Mode.Disabled:
            color.setAlphaF(DISABLED_ALPHA)
        if self._name.startswith(shape_icons.PREFIX):
            shape_icons.paint(painter, QRectF(rect), self._name.removeprefix(shape_icons.PREFIX), color)
            return
        _drawn(self._name, color.name(QColor.NameFormat.HexArgb)).paint(painter, rect)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        if size.isEmpty():  # a button squeezed to nothing
            return QPixmap()
        pixmap = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return pixmap

    def clone(self) -> QIconEngine:
        return _ThemedEngine(self._name, self._role, self._role_on)


def icon(name: str, role: str = "text", role_on: str | None = None) -> QIcon:
    """An icon that follows the theme.

    Args:
        name: qtawesome's name, such as "fa5s.play", or "shape." and a name of `shape_icons.OUTLINES`.
        role: A field of `theme.Colors` that is a colour, such as "muted" or "accent_text".
        role_on: The colour while checked; None: the same.
    """
    return QIcon(_ThemedEngine(name, role, role_on or role))
