"""Folders as rows below each other: the name, what it holds, a way to open it and one to use it."""

from __future__ import annotations

from pathlib import Path

from PyQt5.QtCore import QCoreApplication
from PyQt5.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ocrstudio.ui.widgets.opener import open_place
from ocrstudio.ui.widgets.parts import GRID, ElidedLabel, button, label


class FolderRows(QVBoxLayout):
    """Rows with lines between them."""

    def __init__(self) -> None:
        super().__init__()
        self.setSpacing(GRID)

    def clear(self) -> None:
        """Takes all rows away."""
        while self.count():
            item = self.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def add(self, folder: Path, about: str, opener_name: str, *uses: QPushButton) -> None:
        """Adds a row.

        Args:
            folder: Its name is shown.
            about: What it holds.
            opener_name: Object name of the button that opens it.
            uses: What can be done with it.
        """
        if self.count():
            line = QFrame()
            line.setProperty("role", "line")
            line.setFixedHeight(1)
            self.addWidget(line)
        name, shown = label(), ElidedLabel()
        name.setText(folder.name)
        shown.setProperty("role", "muted")
        shown.show_text(about)
        opener = button(opener_name, "fa5s.folder-open", "quiet")
        opener.setText(QCoreApplication.translate("FolderRows", "Open its folder"))
        made = QWidget()
        opener.clicked.connect(lambda: open_place(folder, made))
        sides = QHBoxLayout(made)
        sides.setContentsMargins(0, 0, 0, 0)
        sides.setSpacing(2 * GRID)
        sides.addWidget(name)
        sides.addWidget(shown, 1)
        for widget in (opener, *uses):
            sides.addWidget(widget)
        self.addWidget(made)
