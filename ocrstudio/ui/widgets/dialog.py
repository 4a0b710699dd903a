"""What every dialog of the program is made from."""

from __future__ import annotations

from PyQt5.QtCore import QEvent
from PyQt5.QtGui import QShowEvent
from PyQt5.QtWidgets import QApplication, QDialog, QDialogButtonBox, QLayout, QWidget

from ocrstudio.ui import dressing, theme
from ocrstudio.ui.focus_order import move_focus
from ocrstudio.ui.widgets.wheel import leave_wheel

SCREEN_SHARE = 0.9


class Dialog(QDialog):
    """A dialog in which Tab goes where the eye goes, its icons as large as its text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        dressing.dress_window(self)  # now, so that sizes can be asked for before it is shown

    def showEvent(self, event: QShowEvent) -> None:
        theme.scale_icons(self)
        leave_wheel(self)
        super().showEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802  (Qt's name)
        return move_focus(self, forward=forward)

    def forget_sizes(self) -> None:
        """Before sizes are asked for: layouts keep those of an earlier text or look until they are shown anew."""
        for layout in self.findChildren(QLayout):
            layout.invalidate()

    def fit(self, content: QWidget, width: int, below: int) -> None:
        """As large as a scrolling content in the size of the text, but no larger than the screen; the rest scrolls.

        Args:
            content: Has a layout.
            width: That is wanted, in pixels.
            below: What stands below the content, in pixels.
        """
        screen = QApplication.primaryScreen()
        if screen is None:
            return
        room = screen.availableSize() * SCREEN_SHARE
        content.ensurePolished()
        self.forget_sizes()
        inside = content.layout()
        width = min(width, room.width())
        wrapping = inside is not None and inside.hasHeightForWidth()
        height = inside.totalHeightForWidth(width) if inside is not None and wrapping else content.sizeHint().height()
        self.resize(width, min(height + below, room.height()))


class ButtonBox(QDialogButtonBox):
    """The buttons of a dialog; those that were hidden stay so when the style is applied, which Qt shows."""

    def changeEvent(self, event: QEvent) -> None:
        hidden = [button for button in self.buttons() if button.isHidden()]
        super().changeEvent(event)
        for button in hidden:
            button.hide()
