"""The slim row of tools over the canvas, and the row under the lines that ends the work on a page."""

from __future__ import annotations

from collections.abc import Mapping

from PyQt5.QtCore import QSize, Qt, pyqtSlot
from PyQt5.QtWidgets import QAction, QFrame, QHBoxLayout, QMenu, QSizePolicy, QToolButton, QWidget

from ocrstudio.ui.icons import icon
from ocrstudio.ui.pages.annotate import actions as specs
from ocrstudio.ui.pages.annotate.canvas import Canvas
from ocrstudio.ui.widgets.parts import GRID, button
from ocrstudio.ui.widgets.translated import TranslatedWidget

ICON = QSize(18, 18)


class CanvasToolbar(TranslatedWidget):
    """Tools, automatic labelling and zoom."""

    def __init__(self, actions: Mapping[str, QAction], canvas: Canvas, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._canvas = canvas
        self._actions = actions
        self._zoom = QToolButton()
        self._zoom.setObjectName("zoomText")
        self._zoom.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._zoom.setMinimumWidth(self.fontMetrics().horizontalAdvance("0000 %") + 16)
        self._zoom.clicked.connect(actions[specs.ACTUAL_SIZE.id].trigger)
        self.auto_label = self._auto_label_button()
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(2)
        for spec in (specs.SELECT, specs.RECT, specs.POLYGON):
            line.addWidget(self._tool_button(spec.id))
        line.addWidget(_divider())
        for spec in (specs.DELETE, specs.REREAD, specs.SHOW_TEXTS):
            line.addWidget(self._tool_button(spec.id))
        line.addWidget(_divider())
        line.addWidget(self.auto_label)
        line.addWidget(self._auto_label_menu_button())
        line.addStretch(1)
        line.addWidget(self._tool_button(specs.ZOOM_OUT.id))
        line.addWidget(self._zoom)
        line.addWidget(self._tool_button(specs.ZOOM_IN.id))
        line.addWidget(self._tool_button(specs.FIT.id))
        canvas.zoom_changed.connect(self._on_canvas_zoom_changed)
        self.say(self._zoom.setToolTip, lambda: self.tr("Show the page at its actual size"))
        self.say(self.auto_label.setText, lambda: " " + self.tr("Auto-label"))
        self.say(self.auto_label.setToolTip, lambda: self.tr("Find and read the text of this page (Ctrl+L)"))

    def _tool_button(self, action_id: str) -> QToolButton:
        return tool_button(self._actions[action_id])

    def _auto_label_button(self) -> QToolButton:
        made = QToolButton()
        made.setObjectName("autoLabelButton")
        made.setIcon(self._actions[specs.AUTO_LABEL.id].icon())
        made.setIconSize(ICON)
        made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made.clicked.connect(self._actions[specs.AUTO_LABEL.id].trigger)
        return made

    def _auto_label_menu_button(self) -> QToolButton:
        # A button of its own: the style sheet leaves no room for the arrow that Qt puts into a split button.
        self._menu = QMenu(self)
        self._menu.setObjectName("autoLabelMenu")
        self._menu.addAction(self._actions[specs.AUTO_LABEL.id])
        self._menu.addAction(self._actions[specs.AUTO_LABEL_ALL.id])
        self._menu.addSeparator()
        self._menu.addAction(self._actions[specs.READ_NEW.id])
        made = QToolButton()
        made.setObjectName("autoLabelMenuButton")
        made.setIcon(icon("fa5s.chevron-down"))
        made.setIconSize(QSize(10, 18))
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made.clicked.connect(self._on_menu_button_clicked)
        self.say(made.setToolTip, lambda: self.tr("More ways to label automatically"))
        self._menu_button = made
        return made

    @pyqtSlot()
    def _on_menu_button_clicked(self) -> None:
        self._menu.popup(self._menu_button.mapToGlobal(self._menu_button.rect().bottomLeft()))

    @pyqtSlot(float)
    def _on_canvas_zoom_changed(self, scale: float) -> None:
        self._zoom.setText(f"{scale * 100:.0f} %" if self._canvas.has_image else "")


class ReviewBar(TranslatedWidget):
    """Where the eye ends after the last line: previous and next page, and checking as the button that stands out."""

    def __init__(self, actions: Mapping[str, QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.check = button("checkAndNextButton", "fa5s.check", "primary")
        self.check.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.check.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.check.clicked.connect(actions[specs.CHECK_NEXT.id].trigger)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(2)
        line.addWidget(tool_button(actions[specs.PREVIOUS_PAGE.id]))
        line.addWidget(tool_button(actions[specs.NEXT_PAGE.id]))
        line.addSpacing(GRID)
        line.addWidget(self.check, 1)
        self.say(self.check.setText, lambda: self.tr("Check and next"))
        self.say(self.check.setToolTip, lambda: self.tr("The page is right: mark it and go on (Space, Ctrl+Return)"))


def tool_button(action: QAction) -> QToolButton:
    """A button of a bar for a command; the keyboard stays where the work is."""
    made = QToolButton()
    made.setObjectName(f"{action.objectName()}Button")
    made.setDefaultAction(action)
    made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
    made.setIconSize(ICON)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return made


def _divider() -> QFrame:
    made = QFrame()
    made.setProperty("role", "line")
    made.setFixedSize(1, 20)
    holder = QFrame()
    line = QHBoxLayout(holder)
    line.setContentsMargins(GRID - 2, 0, GRID - 2, 0)
    line.addWidget(made)
    return holder
