"""Icons that take their colour from the theme at the moment they are painted."""

from __future__ import annotations

import json
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from PyQt5.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PyQt5.QtGui import QColor, QFont, QFontDatabase, QIcon, QIconEngine, QPainter, QPixmap

from ocrstudio.ui import shape_icons, theme

DISABLED_ALPHA = 0.4
ON_ACCENT = "accent_text"
# qtawesome's prefix of a name -> its file of glyphs, and the style that tells it from its family's others.
FONTS = {"fa5s": "fontawesome5-solid", "fa5b": "fontawesome5-brands"}
STYLES = {"fa5s": "Solid", "fa5b": "Regular"}
GLYPH_SHARE = 0.875  # of the height


@lru_cache(maxsize=2)
def _font(prefix: str) -> tuple[str, dict[str, str]]:
    """A font of qtawesome: its family, and the code point of each name in hexadecimal digits.

    The package itself would load all its twelve fonts, which takes longer than the window's own widgets.
    """
    package = find_spec("qtawesome")
    if package is None or package.origin is None:
        raise ModuleNotFoundError("qtawesome", name="qtawesome")
    folder = Path(package.origin).parent / "fonts"
    file = next(folder.glob(f"{FONTS[prefix]}-webfont-[0-9]*.ttf"))
    number = QFontDatabase.addApplicationFont(str(file))
    names = next(folder.glob(f"{FONTS[prefix]}-webfont-charmap-*.json"))
    return QFontDatabase.applicationFontFamilies(number)[0], json.loads(names.read_text(encoding="utf-8"))


def _paint_glyph(painter: QPainter, rect: QRect, name: str, color: QColor) -> None:
    prefix, _, glyph = name.partition(".")
    family, codes = _font(prefix)
    font = QFont(family)
    font.setStyleName(STYLES[prefix])
    font.setPixelSize(max(1, round(GLYPH_SHARE * rect.height())))
    painter.save()
    painter.setFont(font)
    painter.setPen(color)
    painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter), chr(int(codes[glyph], 16)))
    painter.restore()


class _ThemedEngine(QIconEngine):
    """Paints one glyph of qtawesome, or a shape of ours, in a colour of the theme."""

    def __init__(self, name: str, role: str, role_on: str) -> None:
        super().__init__()
        self._name, self._role, self._role_on = name, role, role_on

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        role = self._role_on if state == QIcon.State.On else self._role
        if mode == QIcon.Mode.Disabled and role == ON_ACCENT:
            role = "muted"  # the button has lost the ground that it would be seen on
        color = QColor(getattr(theme.colors(), role))
        if mode == QIcon.Mode.Disabled:
            color.setAlphaF(DISABLED_ALPHA)
        if self._name.startswith(shape_icons.PREFIX):
            shape_icons.paint(painter, QRectF(rect), self._name.removeprefix(shape_icons.PREFIX), color)
            return
        _paint_glyph(painter, rect, self._name, color)

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
