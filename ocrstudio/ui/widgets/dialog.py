"""What every dialog of the program is made from."""

from __future__ import annotations

from PyQt5.QtCore import QEvent
from PyQt5.QtGui import QShowEvent
from PyQt5.QtWidgets import QDialog, QDialogButtonBox

from ocrstudio.ui import theme
from ocrstudio.ui.focus_order import move_focus


class Dialog(QDialog):
    """A dialog in which Tab goes where the eye goes, its icons as large as its text."""

    def showEvent(self, event: QShowEvent) -> None:
        theme.scale_icons(self)
        super().showEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802  (Qt's name)
        return move_focus(self, forward=forward)


class ButtonBox(QDialogButtonBox):
    """The buttons of a dialog; those that were hidden stay so when the style is applied, which Qt shows."""

    def changeEvent(self, event: QEvent) -> None:
        hidden = [button for button in self.buttons() if button.isHidden()]
        super().changeEvent(event)
        for button in hidden:
            button.hide()
