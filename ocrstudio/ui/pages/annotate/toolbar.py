"""The slim row of tools over the canvas, and the row under the lines that ends the work on a page."""

from __future__ import annotations

from collections.abc import Mapping

from PyQt5.QtCore import QEvent, QSize, Qt, pyqtSlot
from PyQt5.QtGui import QResizeEvent
from PyQt5.QtWidgets import QAction, QFrame, QHBoxLayout, QMenu, QSizePolicy, QToolButton, QWidget

from ocrstudio.ui.icons import icon
from ocrstudio.ui.pages.annotate import actions as specs
from ocrstudio.ui.pages.annotate.canvas import Canvas
from ocrstudio.ui.widgets.parts import GRID, button
from ocrstudio.ui.widgets.translated import TranslatedWidget

ICON = QSize(18, 18)
WORDS, ICONS = Qt.ToolButtonStyle.ToolButtonTextBesideIcon, Qt.ToolButtonStyle.ToolButtonIconOnly
WORDS_GAP_PX = 4  # between icon and words; Qt adds a space on both sides
RANK_OF_WORDS = 2  # tools of this rank and below stay longer than the words on buttons
GAP_PX = 2
# From left to right; an empty string is a line. The number says which goes first where there is too little room.
TOOLS: tuple[tuple[str, int], ...] = (
    (specs.SELECT.id, 0),
    (specs.RECT.id, 0),
    (specs.ROTATED.id, 4),
    (specs.QUAD.id, 5),
    (specs.POLYGON.id, 1),
    ("", 0),
    (specs.DELETE.id, 2),
    (specs.SPLIT.id, 6),
    (specs.MERGE.id, 6),
    (specs.REREAD.id, 3),
    ("", 3),
    (specs.SHOW_TEXTS.id, 2),
    (specs.HIDE.id, 7),
    (specs.SHOW.id, 7),
    (specs.KIE_MODE.id, 3),
    (specs.PALETTE.id, 1),
)


class CanvasToolbar(TranslatedWidget):
    """Tools, automatic labelling, review and zoom. What finds no room is in the menus all the same.

    Args:
        actions: The page's commands.
        canvas: Tells the zoom.
        models: The menu of models.
    """

    def __init__(
        self, actions: Mapping[str, QAction], canvas: Canvas, models: QMenu, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._canvas, self._actions, self._models = canvas, actions, models
        self._zoom = QToolButton()
        self._zoom.setObjectName("zoomText")
        self._zoom.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._zoom.setMinimumWidth(self.fontMetrics().horizontalAdvance("0000 %") + 16)
        self._zoom.clicked.connect(actions[specs.ACTUAL_SIZE.id].trigger)
        self.auto_label = self._text_button("autoLabelButton", specs.AUTO_LABEL.id)
        self.auto_label.clicked.connect(actions[specs.AUTO_LABEL.id].trigger)
        self.review = self._text_button("reviewButton", specs.REVIEW.id)
        self.review.setCheckable(True)
        self.review.clicked.connect(actions[specs.REVIEW.id].trigger)
        actions[specs.REVIEW.id].toggled.connect(self.review.setChecked)
        self._optional: list[tuple[int, QWidget]] = []
        self._build()
        for action_id, made in ((specs.AUTO_LABEL.id, self.auto_label), (specs.REVIEW.id, self.review)):
            actions[action_id].changed.connect(self._on_action_changed)
            made.setEnabled(actions[action_id].isEnabled())
        canvas.zoom_changed.connect(self._on_canvas_zoom_changed)
        self.say(canvas.setAccessibleName, lambda: self.tr("Picture of the page with its boxes"))
        self.say(self._zoom.setToolTip, lambda: self.tr("Show the page at its actual size"))
        self.say(self.auto_label.setText, lambda: " " + self.tr("Auto-label"))
        self.say(self.auto_label.setToolTip, lambda: self.tr("Find and read the text of this page (Ctrl+L)"))
        self.say(self.review.setText, lambda: " " + self.tr("Review"))
        self.say(
            self.review.setToolTip,
            lambda: self.tr("One line after the other, large, by keyboard alone ({key})").format(
                key=actions[specs.REVIEW.id].shortcut().toString()
            ),
        )

    def _build(self) -> None:
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(GAP_PX)
        for action_id, rank in TOOLS:
            widget = tool_button(self._actions[action_id]) if action_id else _divider()
            if rank:
                self._optional.append((rank, widget))
            line.addWidget(widget)
        first = layout_item.widget() if (layout_item := line.itemAt(0)) is not None else None
        self._first = first or self._zoom
        line.addWidget(_divider())
        line.addWidget(self.auto_label)
        line.addWidget(self._auto_label_menu_button())
        line.addWidget(self.review)
        line.addStretch(1)
        for widget, rank in (
            (tool_button(self._actions[specs.ZOOM_OUT.id]), 4),
            (self._zoom, 3),
            (tool_button(self._actions[specs.ZOOM_IN.id]), 4),
            (tool_button(self._actions[specs.FIT.id]), 1),
        ):
            self._optional.append((rank, widget))
            line.addWidget(widget)

    def minimumSizeHint(self) -> QSize:
        """Little: what has no room is left out."""
        return QSize(200, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        # Another language, text size or theme: the same tools need more or less room.
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            self._fit()
        return super().event(event)

    def _fit(self) -> None:
        """Leaves out one after the other, by rank and from the right, until the rest has room.

        The words of the two large buttons go after the tools that are seldom used and before those used on every page.
        """
        layout = self.layout()
        items = [layout.itemAt(number) for number in range(layout.count())] if layout is not None else []
        widgets = [widget for item in items if item is not None and (widget := item.widget()) is not None]
        for widget in widgets:
            # Asked for its size before it is polished, a widget stays in Qt's cache of style rules after its death.
            widget.ensurePolished()
        texts = (self.auto_label, self.review)
        words = sum(_words_width(made) for made in texts)
        excess = sum(_width(widget) for widget in widgets if widget not in texts) + words - self.width()
        excess += len(texts) * _width(self._first)  # a button without words
        ranked = sorted(enumerate(self._optional), key=lambda one: (one[1][0], one[0]), reverse=True)
        style = WORDS
        for _, (rank, widget) in ranked:
            if excess > 0 and style == WORDS and rank <= RANK_OF_WORDS:
                style = ICONS
                excess -= words
            widget.setVisible(excess <= 0)
            if excess > 0:
                excess -= _width(widget)
        for made in texts:
            made.setToolButtonStyle(style)

    def _text_button(self, name: str, action_id: str) -> QToolButton:
        made = QToolButton()
        made.setObjectName(name)
        made.setIcon(self._actions[action_id].icon())
        made.setIconSize(ICON)
        made.setToolButtonStyle(WORDS)
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return made

    def _auto_label_menu_button(self) -> QToolButton:
        # A button of its own: the style sheet leaves no room for the arrow that Qt puts into a split button.
        self._menu = QMenu(self)
        self._menu.setObjectName("autoLabelMenu")
        groups = (
            (specs.AUTO_LABEL, specs.AUTO_LABEL_ALL),
            (specs.REREAD, specs.REREAD_PAGE, specs.REREAD_UNTOUCHED),
            (specs.READ_NEW, specs.COMPARE, specs.TEACH),
        )
        for group in groups:
            self._menu.addActions([self._actions[spec.id] for spec in group])
            self._menu.addSeparator()
        self._menu.addMenu(self._models)
        made = QToolButton()
        made.setObjectName("autoLabelMenuButton")
        made.setIcon(icon("fa5s.chevron-down"))
        made.setIconSize(QSize(10, 18))
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        made.clicked.connect(self._on_menu_button_clicked)
        for say in (made.setToolTip, made.setAccessibleName):
            self.say(say, lambda: self.tr("More ways to label automatically, and the model that reads"))
        self._menu_button = made
        return made

    def show_models(self) -> None:
        """Opens the menu of models under its button."""
        self._models.popup(self._menu_button.mapToGlobal(self._menu_button.rect().bottomLeft()))

    @pyqtSlot()
    def _on_menu_button_clicked(self) -> None:
        self._menu.popup(self._menu_button.mapToGlobal(self._menu_button.rect().bottomLeft()))

    @pyqtSlot()
    def _on_action_changed(self) -> None:
        self.auto_label.setEnabled(self._actions[specs.AUTO_LABEL.id].isEnabled())
        self.review.setEnabled(self._actions[specs.REVIEW.id].isEnabled())

    @pyqtSlot(float)
    def _on_canvas_zoom_changed(self, scale: float) -> None:
        self._zoom.setText(f"{scale * 100:.0f} %" if self._canvas.has_image else "")


class ReviewBar(TranslatedWidget):
    """Where the eye ends after the last line: previous and next page, and checking as the button that stands out."""

    def __init__(self, actions: Mapping[str, QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._check_action = actions[specs.CHECK_NEXT.id]
        self.check = button("checkAndNextButton", "fa5s.check", "primary")
        self.check.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.check.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.check.clicked.connect(self._check_action.trigger)
        self._check_action.changed.connect(self._on_check_action_changed)
        self._on_check_action_changed()
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(2)
        for spec in (specs.PREVIOUS_PAGE, specs.NEXT_PAGE, specs.NOTE):
            line.addWidget(tool_button(actions[spec.id]))
        line.addSpacing(GRID)
        line.addWidget(self.check, 1)
        self.say(self.check.setText, lambda: self.tr("Check and next"))
        self.say(self.check.setToolTip, lambda: self.tr("The page is right: mark it and go on (Space, Ctrl+Return)"))

    @pyqtSlot()
    def _on_check_action_changed(self) -> None:
        self.check.setEnabled(self._check_action.isEnabled())


def tool_button(action: QAction) -> QToolButton:
    """A button of a bar for a command; after a click the keyboard stays where the work is."""
    made = QToolButton()
    made.setObjectName(f"{action.objectName()}Button")
    made.setDefaultAction(action)
    made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
    made.setIconSize(ICON)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return made


def _width(widget: QWidget) -> int:
    """The room a widget of the bar takes, with the gap beside it, in pixels."""
    return max(widget.sizeHint().width(), widget.minimumWidth()) + GAP_PX


def _words_width(made: QToolButton) -> int:
    """What the words beside a button's icon take, in pixels."""
    return made.fontMetrics().horizontalAdvance(f" {made.text()} ") + WORDS_GAP_PX


def _divider() -> QFrame:
    made = QFrame()
    made.setProperty("role", "line")
    made.setFixedSize(1, 20)
    holder = QFrame()
    line = QHBoxLayout(holder)
    line.setContentsMargins(GRID - 2, 0, GRID - 2, 0)
    line.addWidget(made)
    return holder
