"""The Annotate page: pages on the left, the canvas in the middle, the lines of the page on the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PyQt5.QtCore import QPoint, Qt, pyqtSignal, pyqtSlot
from PyQt5.QtGui import QCloseEvent
from PyQt5.QtWidgets import QAction, QActionGroup, QApplication, QMenu, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from ocrstudio.core.errors import StudioError
from ocrstudio.core.page import Box, PageState
from ocrstudio.formats.store import Problem
from ocrstudio.services.auto_label import AutoLabeler
from ocrstudio.services.project_session import ProjectSession
from ocrstudio.services.recognizer import Recognizer
from ocrstudio.services.settings import Settings
from ocrstudio.ui.actions import StudioAction, make_action
from ocrstudio.ui.i18n import translated, translated_problem
from ocrstudio.ui.pages.annotate import actions as specs
from ocrstudio.ui.pages.annotate.canvas import Canvas
from ocrstudio.ui.pages.annotate.crops import CropCache
from ocrstudio.ui.pages.annotate.label_run import LabelRunBar
from ocrstudio.ui.pages.annotate.line_editor import LineEditor
from ocrstudio.ui.pages.annotate.line_list import LineListView
from ocrstudio.ui.pages.annotate.page_list import PagePanel
from ocrstudio.ui.pages.annotate.toolbar import CanvasToolbar, ReviewBar
from ocrstudio.ui.pages.annotate.welcome import Welcome
from ocrstudio.ui.widgets.message_bar import MessageBar
from ocrstudio.ui.widgets.parts import GRID
from ocrstudio.ui.widgets.translated import TranslatedWidget

# Widths of the side panels, in average letters of the text font.
PAGES_LETTERS, LINES_LETTERS = 26, 42
TOOLS = {specs.SELECT.id: "select", specs.RECT.id: "rect", specs.POLYGON.id: "polygon"}
CONTEXT_MENU = (
    specs.EDIT_TEXT.id,
    specs.REREAD.id,
    specs.DELETE.id,
    specs.SELECT_ALL.id,
    specs.AUTO_LABEL.id,
    specs.UNCHECK.id,
)


class AnnotatePage(TranslatedWidget):
    """Labels the pages of the open project.

    Args:
        session: The open project.
        recognizer: The child that reads pictures.
        settings: The user's choices.
        parent: Owner.
    """

    open_folder_requested = pyqtSignal()
    open_sample_requested = pyqtSignal()

    def __init__(
        self, session: ProjectSession, recognizer: Recognizer, settings: Settings, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("annotatePage")
        self._session, self._settings = session, settings
        self._document = session.document
        self._labeler = AutoLabeler(session, recognizer, self)
        self._crops = CropCache(self)
        self.canvas = Canvas(self._document)
        self.pages = PagePanel(session)
        self.lines = LineListView(self._document, self._crops)
        self.editor = LineEditor(self._document)
        self.message = MessageBar()
        self.message.setObjectName("annotateMessage")
        self._message_is_passing = False
        self._is_divided = False
        self.actions_by_id = self._make_actions()
        self._build()
        self._connect()
        self._show_project()

    # --- building --------------------------------------------------------------------------------------------------

    def _make_actions(self) -> dict[str, StudioAction]:
        canvas = self.canvas
        slots: dict[str, Callable[..., None]] = {
            specs.DELETE.id: canvas.erase,
            specs.SELECT_ALL.id: self._on_select_all_triggered,
            specs.EDIT_TEXT.id: self._on_edit_text_requested,
            specs.REREAD.id: self._on_reread_triggered,
            specs.PREVIOUS_PAGE.id: self._on_previous_page_triggered,
            specs.NEXT_PAGE.id: self._on_next_page_triggered,
            specs.CHECK_NEXT.id: self.check_and_next,
            specs.UNCHECK.id: self._on_uncheck_triggered,
            specs.AUTO_LABEL.id: self._on_auto_label_triggered,
            specs.AUTO_LABEL_ALL.id: self._on_auto_label_all_triggered,
            specs.ZOOM_IN.id: canvas.zoom_in,
            specs.ZOOM_OUT.id: canvas.zoom_out,
            specs.FIT.id: canvas.fit,
            specs.ACTUAL_SIZE.id: canvas.actual_size,
            specs.SHOW_TEXTS.id: canvas.set_labels_visible,
            specs.NEXT_AREA.id: self._on_next_area_triggered,
        }
        made = {spec.id: make_action(spec, self, slots.get(spec.id)) for spec in specs.ACTIONS}
        group = QActionGroup(self)
        for action_id in TOOLS:
            group.addAction(made[action_id])
        group.triggered.connect(self._on_tool_triggered)
        made[specs.SELECT.id].setChecked(True)
        made[specs.READ_NEW.id].setChecked(True)
        self._canvas_menu = QMenu(self)
        self._canvas_menu.setObjectName("canvasMenu")
        self._canvas_menu.addActions([made[action_id] for action_id in CONTEXT_MENU])
        return made

    def _build(self) -> None:
        self.toolbar = CanvasToolbar(self.actions_by_id, self.canvas)
        self.run_bar = LabelRunBar(self._labeler, self.message)
        centre = QWidget()
        column = QVBoxLayout(centre)
        column.setContentsMargins(GRID, GRID, GRID, GRID)
        column.setSpacing(GRID)
        for widget in (self.toolbar, self.run_bar, self.message):
            column.addWidget(widget)
        column.addWidget(self.canvas, 1)
        right = QWidget()
        side = QVBoxLayout(right)
        side.setContentsMargins(0, GRID, GRID, GRID)
        side.setSpacing(GRID)
        side.addWidget(self.editor)
        side.addWidget(self.lines, 1)
        self.review = ReviewBar(self.actions_by_id)
        side.addWidget(self.review)
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.setChildrenCollapsible(False)
        for widget in (self.pages, centre, right):
            self._split.addWidget(widget)
        self._split.setStretchFactor(1, 1)
        self.pages.setMinimumWidth(180)
        right.setMinimumWidth(240)
        self._stack = QStackedWidget()
        self.welcome = Welcome(self._settings)
        self._stack.addWidget(self.welcome)
        self._stack.addWidget(self._split)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)

    def _connect(self) -> None:
        session, document = self._session, self._document
        self.welcome.open_folder_requested.connect(self.open_folder_requested)
        self.welcome.open_sample_requested.connect(self.open_sample_requested)
        self.welcome.project_requested.connect(self._on_project_requested)
        self._labeler.finished.connect(self._on_labeler_finished)
        session.project_opened.connect(self._show_project)
        session.project_closed.connect(self._show_project)
        session.page_opened.connect(self._on_session_page_opened)
        session.commit_requested.connect(self.editor.commit)
        session.problems_found.connect(self._on_session_problems_found)
        document.selection_changed.connect(self._update_actions)
        document.boxes_changed.connect(self._update_actions)
        self.canvas.tool_changed.connect(self._on_canvas_tool_changed)
        self.canvas.edit_requested.connect(self._on_edit_text_requested)
        self.canvas.check_requested.connect(self.check_and_next)
        self.canvas.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.canvas.customContextMenuRequested.connect(self._on_canvas_menu_requested)
        self.canvas.box_added.connect(self._on_canvas_box_added)
        self.lines.edit_requested.connect(self._on_edit_text_requested)
        self.pages.page_chosen.connect(self._focus_canvas)
        self.editor.finished.connect(self._focus_canvas)

    # --- the project and its pages ---------------------------------------------------------------------------------

    @pyqtSlot()
    @pyqtSlot(str)
    def _show_project(self, _folder: str = "") -> None:
        is_open = self._session.store is not None
        self.message.clear()
        self._stack.setCurrentIndex(1 if is_open else 0)
        if not is_open:
            self.canvas.show_image(None)
            self._crops.set_image(None)
        elif self._document.page is not None:
            self._on_session_page_opened(self._document.page.key)
        first = self.canvas if is_open else self.welcome.open_button
        self.setFocusProxy(first)
        if self.isVisible():
            first.setFocus(Qt.FocusReason.OtherFocusReason)
        self._update_actions()

    @pyqtSlot(str)
    def _on_project_requested(self, folder: str) -> None:
        if not self._session.open(Path(folder)):
            self._settings.forget_recent_project(Path(folder))

    @pyqtSlot(str)
    def _on_session_page_opened(self, _key: str) -> None:
        if self._message_is_passing:
            self.message.clear()
            self._message_is_passing = False
        self._divide()
        image, error = self._session.image, self._session.image_error
        self.canvas.show_image(image, _sentence(error))
        self._crops.set_image(image)
        self.editor.show_image(image)
        self._update_actions()
        # Whoever was typing goes on typing, on the first line of the new page.
        if self.editor.field.hasFocus() and not self._document.select_neighbour(1):
            self._focus_canvas()

    def _divide(self) -> None:
        """Gives the side panels their widths, once: a splitter that has never been shown forgets them."""
        letter = self.fontMetrics().averageCharWidth()
        left, right = PAGES_LETTERS * letter, LINES_LETTERS * letter
        if not self._is_divided and self.width() > left + right:
            self._is_divided = True
            self._split.setSizes([left, self.width() - left - right, right])

    @pyqtSlot(object)
    def _on_session_problems_found(self, problems: Sequence[Problem]) -> None:
        details = "\n".join(translated_problem(problem) for problem in problems)
        if len(problems) == 1:
            self.message.show_message("warn", lambda: translated_problem(problems[0]))
            return
        self.message.show_message(
            "warn",
            lambda: self.tr("{count} things in the project's files need a look. Nothing was dropped.").format(
                count=len(problems)
            ),
            details=details,
        )

    @pyqtSlot()
    def check_and_next(self) -> None:
        """Marks the page as checked and opens the next one."""
        if self._session.check_and_next():
            key, keys = self._session.current_key, self._session.keys
            checked, total = self._session.progress()
            if checked == total and key == keys[-1]:
                self.message.show_message(
                    "good", lambda: self.tr("Every page is checked. The Dataset page makes training data of them.")
                )

    @pyqtSlot()
    def _on_previous_page_triggered(self) -> None:
        self._session.previous_page()

    @pyqtSlot()
    def _on_next_page_triggered(self) -> None:
        self._session.next_page()

    @pyqtSlot()
    def _on_uncheck_triggered(self) -> None:
        page = self._document.page
        if page is not None and page.state is PageState.CHECKED:
            self._document.set_state(PageState.EDITED)

    # --- tools and keys --------------------------------------------------------------------------------------------

    @pyqtSlot()
    @pyqtSlot(object)
    def _update_actions(self, _what: object = None) -> None:
        page = self._document.page
        has_page = page is not None
        drawable = has_page and self._session.image is not None
        made = self.actions_by_id
        for action_id in (*TOOLS, specs.ZOOM_IN.id, specs.ZOOM_OUT.id, specs.FIT.id, specs.ACTUAL_SIZE.id):
            made[action_id].setEnabled(drawable)
        for action_id in (specs.REREAD.id, specs.EDIT_TEXT.id):
            made[action_id].setEnabled(drawable and bool(self._document.selection))
        for action_id in (specs.CHECK_NEXT.id, specs.PREVIOUS_PAGE.id, specs.NEXT_PAGE.id, specs.AUTO_LABEL.id):
            made[action_id].setEnabled(has_page)
        made[specs.DELETE.id].setEnabled(bool(self._document.selection))
        made[specs.AUTO_LABEL_ALL.id].setEnabled(self._session.store is not None)
        made[specs.UNCHECK.id].setEnabled(page is not None and page.state is PageState.CHECKED)
        self.review.check.setEnabled(has_page)
        self.toolbar.auto_label.setEnabled(has_page)

    @pyqtSlot(QAction)
    def _on_tool_triggered(self, action: QAction) -> None:
        self.canvas.set_tool(TOOLS[action.objectName()])
        self._focus_canvas()

    @pyqtSlot(str)
    def _on_canvas_tool_changed(self, tool: str) -> None:
        for action_id, name in TOOLS.items():
            if name == tool:
                self.actions_by_id[action_id].setChecked(True)

    @pyqtSlot(QPoint)
    def _on_canvas_menu_requested(self, place: QPoint) -> None:
        self._canvas_menu.popup(self.canvas.mapToGlobal(place))

    @pyqtSlot()
    def _on_edit_text_requested(self) -> None:
        if self._document.current_id is None:
            self._document.select_neighbour(1)
        self.editor.start()

    @pyqtSlot()
    def _on_select_all_triggered(self) -> None:
        page = self._document.page
        self._document.select(box.id for box in (page.boxes if page is not None else ()))

    @pyqtSlot()
    def _focus_canvas(self) -> None:
        self.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    @pyqtSlot()
    def _on_next_area_triggered(self) -> None:
        areas = [self.canvas, self.editor.field, self.lines, self.pages.list]
        now = QApplication.focusWidget()
        place = areas.index(now) + 1 if now in areas else 0
        areas[place % len(areas)].setFocus(Qt.FocusReason.TabFocusReason)

    # --- automatic labelling ---------------------------------------------------------------------------------------

    @pyqtSlot()
    def _on_auto_label_triggered(self) -> None:
        page = self._document.page
        if page is not None:
            self.editor.commit()
            self._labeler.label_pages([page.key])

    @pyqtSlot()
    def _on_auto_label_all_triggered(self) -> None:
        keys = self._labeler.untouched_keys()
        if keys:
            self._labeler.label_pages(keys)
        else:
            self.message.show_message("good", lambda: self.tr("Every page has labels already."))

    @pyqtSlot()
    def _on_reread_triggered(self) -> None:
        self.editor.commit()
        self._labeler.read_boxes(self._boxes(self._document.selection))

    @pyqtSlot(str)
    def _on_canvas_box_added(self, box_id: str) -> None:
        if self.actions_by_id[specs.READ_NEW.id].isChecked():
            self._labeler.read_boxes(self._boxes((box_id,)), first=True)

    @pyqtSlot(object)
    def _on_labeler_finished(self, _report: object) -> None:
        # How a run ended is old news once the next page is looked at.
        self._message_is_passing = True

    def _boxes(self, ids: Sequence[str]) -> list[Box]:
        return [box for box in map(self._document.find, ids) if box is not None]

    # --- life ------------------------------------------------------------------------------------------------------

    def closeEvent(self, event: QCloseEvent) -> None:
        self.editor.commit()
        self._labeler.close()
        self._crops.close()
        super().closeEvent(event)


def _sentence(error: StudioError | None) -> str:
    return " ".join(part for part in translated(error) if part) if error is not None else ""
