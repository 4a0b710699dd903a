"""How everything looks: three palettes on Qt's Fusion style, one small style sheet, one font size.

Widgets that paint themselves ask `colors()` while painting; widgets that keep colours (plots, highlighters) ask again
in `changeEvent` on `QEvent.Type.PaletteChange`, which Qt sends to every widget after `apply`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from PyQt5.QtCore import QSize
from PyQt5.QtGui import QColor, QFont, QPalette
from PyQt5.QtWidgets import QAbstractButton, QApplication, QWidget

from ocrstudio.paths import resources
from ocrstudio.ui import dressing

SMALLEST_BASE_POINTS = 10.0
USUAL_ICON = "usualIconSize"  # property of a button: its icon's size at 100 %
DARK_BELOW = 128  # lightness of a window's ground
# Of the desktop's text size, in the style sheet's names.
LINE_FACTOR = 2.0  # pixels of a line with Chinese in it for each point of the text
# Pixels of marks for each point of the text: boxes to be ticked without and with a thick edge, arrows.
MARK_SIZES = {"box": 1.6, "box_thick": 1.4, "box_round": 0.8, "box_dot": 0.5, "arrow": 1.2}
TEXT_SIZES = {"small": 0.92, "body": 1.0, "subtitle": 1.15, "title": 1.5, "huge": 1.9}


@dataclass(frozen=True)
class Colors:
    """Every colour of one theme, as `#rrggbb`.

    Attributes:
        dark: Whether this is a dark theme.
        window, panel, sunken: Behind everything; cards and lists; inputs and wells.
        text, muted, border, hover: Text, secondary text, thin lines, the surface under the pointer.
        outline: Edges of fields, which must be seen.
        accent, accent_hover, accent_text, accent_soft: Main buttons and links; text upon them; selected rows.
        good, warn, bad: Traffic lights and messages, readable on `panel`; always together with an icon or a word.
        good_soft, warn_soft, bad_soft: Backgrounds of such messages.
        states: By the value of `PageState`: pages in lists and statistics.
        boxes: Boxes on a picture: "auto", "touched", "checked", "selected", "drawing". Data, hence the same in both
            themes, and told apart by colour-blind eyes (after Okabe and Ito).
        series: Curves of a plot, in order; train first, validation second.
    """

    dark: bool
    window: str
    panel: str
    sunken: str
    text: str
    muted: str
    border: str
    outline: str
    hover: str
    accent: str
    accent_hover: str
    accent_text: str
    accent_soft: str
    good: str
    warn: str
    bad: str
    good_soft: str
    warn_soft: str
    bad_soft: str
    states: Mapping[str, str]
    boxes: Mapping[str, str]
    series: tuple[str, ...]


_BOXES = MappingProxyType(
    {"auto": "#e69f00", "touched": "#0a84d6", "checked": "#00a878", "selected": "#d6328c", "drawing": "#d6328c"}
)

LIGHT = Colors(
    dark=False,
    window="#f4f6f9",
    panel="#ffffff",
    sunken="#ffffff",
    text="#1b2430",
    muted="#586578",
    border="#d5dce6",
    outline="#818c9c",
    hover="#e8edf5",
    accent="#2563c9",
    accent_hover="#1d52ab",
    accent_text="#ffffff",
    accent_soft="#dce8fb",
    good="#17734a",
    warn="#93500a",
    bad="#b3261e",
    good_soft="#e0f3e9",
    warn_soft="#fdf0dc",
    bad_soft="#fce6e4",
    states=MappingProxyType(
        {"new": "#7c8899", "auto": "#b87800", "edited": "#0a6ebd", "checked": "#0b8a5f", "rejected": "#b3261e"}
    ),
    boxes=_BOXES,
    series=("#0a6ebd", "#d55e00", "#0b8a5f", "#a8488a", "#8a6d00", "#5b4bb5", "#0c7f94", "#b3362f", "#5f6b7a"),
)

DARK = Colors(
    dark=True,
    window="#14171c",
    panel="#1c2027",
    sunken="#161a20",
    text="#e4e8ee",
    muted="#98a4b5",
    border="#333b47",
    outline="#6f7c8f",
    hover="#272d37",
    accent="#6aa5ff",
    accent_hover="#8bb9ff",
    accent_text="#0c1420",
    accent_soft="#233a5e",
    good="#57c896",
    warn="#f0ac4e",
    bad="#ff8078",
    good_soft="#16332a",
    warn_soft="#3a2c14",
    bad_soft="#43211f",
    states=MappingProxyType(
        {"new": "#8b97a8", "auto": "#e6ab2e", "edited": "#5ab0f0", "checked": "#3ecb98", "rejected": "#ff8078"}
    ),
    boxes=_BOXES,
    series=("#56b4e9", "#f08a3c", "#3ecb98", "#d98bc0", "#e3cf57", "#a79af2", "#4fc9d9", "#ff8d85", "#a9b4c4"),
)

# For weak eyes: nothing in between black and white but what carries a meaning; every text has 7:1 or more.
CONTRAST = Colors(
    dark=True,
    window="#000000",
    panel="#000000",
    sunken="#000000",
    text="#ffffff",
    muted="#d9e0e8",
    border="#b8c2ce",
    outline="#ffffff",
    hover="#2b3440",
    accent="#ffd84a",
    accent_hover="#ffe68a",
    accent_text="#000000",
    accent_soft="#3d3200",
    good="#6ff2b4",
    warn="#ffc46b",
    bad="#ffa49e",
    good_soft="#00251a",
    warn_soft="#2e1f00",
    bad_soft="#350a08",
    states=MappingProxyType(
        {"new": "#d9e0e8", "auto": "#ffc46b", "edited": "#8fd0ff", "checked": "#6ff2b4", "rejected": "#ffa49e"}
    ),
    boxes=_BOXES,
    series=("#8fd0ff", "#ffb073", "#6ff2b4", "#ffb3e4", "#fff07a", "#cfc6ff", "#86ecf7", "#ffb1ab", "#d9e0e8"),
)
PALETTES = MappingProxyType({"light": LIGHT, "dark": DARK, "contrast": CONTRAST})


@dataclass(frozen=True)
class Desktop:
    """What the desktop asks windows for: dark ones, ones of high contrast."""

    is_dark: bool = False
    is_contrast: bool = False


class _Look:
    """What is in use now, and what the desktop had before we changed anything."""

    def __init__(self) -> None:
        self.colors = LIGHT
        self.desktop: Desktop | None = None
        self.desktop_points = 0.0
        self.percent = 100  # of the desktop's text size


_LOOK = _Look()


def colors() -> Colors:
    """The colours in use now."""
    return _LOOK.colors


def desktop() -> Desktop:
    """What the desktop asks for, as far as it is known."""
    return _LOOK.desktop or Desktop()


def follow(asked: Desktop) -> bool:
    """Takes over what the desktop asks for, for the next `apply`; whether that is anything new."""
    is_new, _LOOK.desktop = asked != _LOOK.desktop, asked
    return is_new


def apply(app: QApplication, theme: str = "system", font_percent: int = 100) -> Colors:
    """Makes the whole program look as chosen, at once.

    Args:
        app: The application.
        theme: "system" or a key of `PALETTES`.
        font_percent: Size of the text in percent of the desktop's.

    Returns:
        The colours now in use.
    """
    if not _LOOK.desktop_points:
        # Before our own palette hides the desktop's.
        if _LOOK.desktop is None:
            _LOOK.desktop = Desktop(app.palette().color(QPalette.ColorRole.Window).lightness() < DARK_BELOW)
        _LOOK.desktop_points = max(app.font().pointSizeF(), SMALLEST_BASE_POINTS)
        app.setStyle(dressing.Style())
    _LOOK.colors = PALETTES[_as_desktop() if theme == "system" else theme]
    is_resized, _LOOK.percent = font_percent != _LOOK.percent, font_percent
    points = _LOOK.desktop_points * font_percent / 100
    font, palette = QFont(app.font()), _palette(_LOOK.colors)
    font.setPointSizeF(points)
    if (app.font(), app.palette()) != (font, palette):
        app.setFont(font)
        app.setPalette(palette)
        dressing.change(style_sheet(_LOOK.colors, points))
    if is_resized:
        for window in app.topLevelWidgets():
            scale_icons(window)
    return _LOOK.colors


def scale_icons(root: QWidget) -> None:
    """Makes the icons of all buttons in a widget as large as the text; to be called for what is built later."""
    for button in root.findChildren(QAbstractButton):
        usual = button.property(USUAL_ICON)
        if usual is not None or _LOOK.percent != 100:
            size_icon(button, button.iconSize() if usual is None else usual)


def size_icon(button: QAbstractButton, usual: QSize) -> None:
    """Gives a button's icon the size that it has at 100 %, and as much more or less as the text has."""
    button.setProperty(USUAL_ICON, usual)
    button.setIconSize(usual * _LOOK.percent / 100)


def style_sheet(used: Colors, points: float) -> str:
    """The style sheet with its names filled in.

    Args:
        used: Replaces `@accent` and the like.
        points: Size of body text; `@title` and the like are multiples of it.

    Raises:
        KeyError: The sheet asks for a name that does not exist.
    """
    names = {name: value for name, value in vars(used).items() if isinstance(value, str)}
    names |= {f"size_{name}": f"{points * factor:.1f}pt" for name, factor in TEXT_SIZES.items()}
    # Qt takes it for the least height of a button or field: less than a line would cut large text.
    names["line"] = f"{round(points * LINE_FACTOR)}px"
    names["line_big"] = f"{round(points * LINE_FACTOR * TEXT_SIZES['subtitle'])}px"
    names["line_title"] = f"{round(points * LINE_FACTOR * TEXT_SIZES['title'])}px"
    names |= {name: f"{round(points * factor)}px" for name, factor in MARK_SIZES.items()}
    names["images"] = (resources() / "icons").as_posix()
    names["shade"] = "dark" if used.dark else "light"
    sheet = (resources() / "qss" / "studio.qss").read_text(encoding="utf-8")
    return re.sub(r"@\{?(\w+)\}?", lambda match: names[match[1]], sheet)


def mark(widget: QWidget, role: str) -> None:
    """Gives a widget one of the style sheet's roles: title, subtitle, hint, card, primary, quiet, danger, mono."""
    widget.setProperty("role", role)
    if widget.isVisible():
        repolish(widget)


def repolish(widget: QWidget) -> None:
    """Lets the style sheet see a property that changed after the widget was first shown."""
    style = widget.style()
    if style is not None:
        style.unpolish(widget)
        style.polish(widget)
    widget.update()


def _palette(used: Colors) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
    for which, value in (
        (role.Window, used.window),
        (role.WindowText, used.text),
        (role.Base, used.sunken),
        (role.AlternateBase, used.window),
        (role.Text, used.text),
        (role.Button, used.panel),
        (role.ButtonText, used.text),
        (role.BrightText, used.bad),
        (role.ToolTipBase, used.panel),
        (role.ToolTipText, used.text),
        (role.Highlight, used.accent),
        (role.HighlightedText, used.accent_text),
        (role.Link, used.accent),
        (role.LinkVisited, used.accent),
        (role.Light, used.panel),
        (role.Midlight, used.hover),
        (role.Mid, used.border),
        (role.Dark, used.border),
        (role.Shadow, used.border),
        (role.PlaceholderText, used.muted),
    ):
        palette.setColor(which, QColor(value))
    faded = QColor(used.muted)
    faded.setAlpha(150)
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, faded)
    palette.setColor(QPalette.ColorGroup.Disabled, role.Highlight, QColor(used.border))
    return palette


def _as_desktop() -> str:
    asked = desktop()
    if asked.is_contrast:
        return "contrast"
    return "dark" if asked.is_dark else "light"
