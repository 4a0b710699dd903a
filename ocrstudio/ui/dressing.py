"""Who wears the style sheet: each window by itself, and of the main window each page and each part of its frame.

Qt can give a sheet to the whole application, but then it styles a widget anew whenever that, or whatever it lies in,
is put into something else: a page took three times as long to build. And for a new sheet it styles each widget once for
every widget that it lies in: the whole window stood still for a second. So a page is built bare and dressed when it is
whole, and when the look changes what nobody sees is dressed after what is seen, one page at a time.
"""

from __future__ import annotations

from typing import Any
from weakref import WeakSet

from PyQt5 import sip
from PyQt5.QtCore import Qt, QTimer
from PyQt5.QtGui import QIcon
from PyQt5.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,  # noqa: TID251  (that of Qt's own dialogs)
    QMainWindow,
    QProxyStyle,
    QWidget,
)

# Property of a widget: "itself" wears the sheet, or its "parts" do.
WORN_BY = "sheetWornBy"
STEP_MS = 25  # between two steps for what is hidden, so that whatever the user does comes first


class _Wardrobe:
    """The sheet in use, and who wears it without being a window."""

    def __init__(self) -> None:
        self.sheet = ""
        self.parts: WeakSet[QWidget] = WeakSet()
        self.keeper: QWidget | None = None

    def wearers(self) -> list[QWidget]:
        parts = [part for part in self.parts if not sip.isdeleted(part)]
        return [one for one in (*QApplication.topLevelWidgets(), *parts) if one.property(WORN_BY) == "itself"]


_WARDROBE = _Wardrobe()


class Style(QProxyStyle):
    """Fusion; a dialog that is shown for the first time puts on the sheet, unless it belongs to what wears it.

    Other windows are told from parts that have not found their place yet by whoever makes them: see `dress_window`.
    """

    def __init__(self) -> None:
        super().__init__("Fusion")

    def polish(self, what: Any) -> Any:
        done = super().polish(what)
        if isinstance(what, QDialogButtonBox):
            _take_icons(what)
        elif isinstance(what, QDialog) and dress_window(what):
            style = what.style()
            if style is not None:
                # Qt believes it polished by now.
                style.polish(what)
        return done


def dress(widget: QWidget) -> None:
    """Gives a widget, and all that is or will be in it, the sheet, for as long as it lives."""
    if widget.styleSheet() != _WARDROBE.sheet or widget.property(WORN_BY) is None:
        widget.setProperty(WORN_BY, "itself")
        if not widget.isWindow():
            _WARDROBE.parts.add(widget)
        widget.setStyleSheet(_WARDROBE.sheet)


def dress_window(window: QWidget) -> bool:
    """Dresses a window, unless it wears the sheet already or belongs to something that does; whether it did."""
    if window.property(WORN_BY) is not None or _inherits(window):
        return False
    dress(window)
    return True


def dress_in_parts(window: QMainWindow, pages: QWidget) -> None:
    """Dresses the frame of a window; `pages`, which lies in its middle, is left to whoever adds pages."""
    window.setProperty(WORN_BY, "parts")
    direct = Qt.FindChildOption.FindDirectChildrenOnly
    middle = window.centralWidget()
    frame = [one for one in window.findChildren(QWidget, options=direct) if one is not middle and not one.isWindow()]
    for part in (*frame, *(middle.findChildren(QWidget, options=direct) if middle is not None else ())):
        if part is not pages:
            dress(part)


def change(sheet: str) -> None:
    """Puts another sheet on all that wears one: at once on what is visible, soon on the rest."""
    if _WARDROBE.keeper is None:
        # Qt forgets to forget dead widgets when no style sheet at all is left.
        _WARDROBE.keeper = QWidget()
        _WARDROBE.keeper.setStyleSheet("*{}")
    _WARDROBE.sheet = sheet
    for wearer in _WARDROBE.wearers():
        if wearer.isVisible():
            dress(wearer)
    QTimer.singleShot(STEP_MS, _change_late)


def _change_late() -> None:
    for wearer in _WARDROBE.wearers():
        if wearer.styleSheet() != _WARDROBE.sheet:
            # In two steps, each half of the work.
            if wearer.styleSheet():
                wearer.setStyleSheet("")
            else:
                dress(wearer)
            QTimer.singleShot(STEP_MS, _change_late)
            break


def _take_icons(box: QDialogButtonBox) -> None:
    """Takes Qt's own icons from the buttons of a dialog, which the sheet forbids but which were made without it."""
    for button in box.buttons():
        if box.standardButton(button) != QDialogButtonBox.StandardButton.NoButton:
            button.setIcon(QIcon())


def _inherits(widget: QWidget) -> bool:
    style = widget.style()
    known = style.metaObject() if style is not None else None
    return known is not None and known.className() == "QStyleSheetStyle"
