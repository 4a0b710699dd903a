"""What every dialog of the program is made from."""

from __future__ import annotations

from PyQt5.QtWidgets import QDialog

from ocrstudio.ui.focus_order import move_focus


class Dialog(QDialog):
    """A dialog in which Tab goes where the eye goes."""

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802  (Qt's name)
        return move_focus(self, forward=forward)
