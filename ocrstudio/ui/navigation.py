"""The rail on the left: one button a page, in the order of the work."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt5.QtCore import QSize, Qt
from PyQt5.QtWidgets import QAction, QFrame, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from ocrstudio.ui.icons import icon
from ocrstudio.ui.widgets.parts import GRID

ICON_PX = 24


class NavigationRail(QFrame):
    """Shows page actions as buttons; the last one stands apart at the bottom.

    Args:
        actions: One checkable action a page, already in one exclusive group.
        icons: qtawesome's name for each.
        parent: Owner.
    """

    def __init__(self, actions: Sequence[QAction], icons: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("navigationRail")
        self.setProperty("role", "rail")
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID, GRID, GRID, GRID)
        column.setSpacing(GRID // 2)
        for number, (action, name) in enumerate(zip(actions, icons, strict=True)):
            action.setIcon(icon(name, "muted", "accent"))
            if number == len(actions) - 1:
                column.addStretch(1)
            column.addWidget(self._button(action))

    def _button(self, action: QAction) -> QToolButton:
        made = QToolButton(self)
        made.setDefaultAction(action)
        made.setObjectName(f"{action.objectName()}Button")
        made.setProperty("role", "nav")
        made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        made.setIconSize(QSize(ICON_PX, ICON_PX))
        made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return made
