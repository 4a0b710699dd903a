"""The Annotate page: pages on the left, the canvas in the middle, the lines of the page on the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PyQt5.QtCore import QPoint, Qt, pyqtSignal, pyqtSlot
from PyQt5.QtGui import QCloseEvent
from PyQt5.QtWidgets import QApplication, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from ocrstudio.core.errors import StudioError
from ocrstudio.core.search import TextRule
from ocrstudio.formats.store import Problem
from ocrstudio.services.auto_label import AutoLabeler
from ocrstudio.services.known_characters import KnownCharacters
from ocrstudio.services.line_index import LineIndex
from ocrstudio.services.locked_boxes import LockedBoxes
from ocrstudio.services.problem_list import is_harmless
from ocrstudio.services.project_session import ProjectSession
from ocrstudio.services.queues import QueueController, QueueKind
from ocrstudio.services.readings import Readings
from ocrstudio.services.recognizer import Recognizer
from ocrstudio.services.settings import Settings
from ocrstudio.ui.actions import StudioAction, trigger_key
from ocrstudio.ui.i18n import in_words, translated_problem
from ocrstudio.ui.pages.annotate import actions as specs
from ocrstudio.ui.pages.annotate.box_commands import BoxCommands
from ocrstudio.ui.pages.annotate.canvas import Canvas
from ocrstudio.ui.pages.annotate.command_state import Now
from ocrstudio.ui.pages.annotate.commands import Commands
from ocrstudio.ui.pages.annotate.crops import CropCache
from ocrstudio.ui.pages.annotate.kie_mode import KieMode
from ocrstudio.ui.pages.annotate.kie_panel import KiePanel
from ocrstudio.ui.pages.annotate.label_run import CompareRunBar, LabelRunBar
from ocrstudio.ui.pages.annotate.line_editor import LineEditor
from ocrstudio.ui.pages.annotate.line_list import LineListView
from ocrstudio.ui.pages.annotate.lock_bar import LockBar
from ocrstudio.ui.pages.annotate.model_menu import ModelMenu
from ocrstudio.ui.pages.annotate.note_field import NoteField
from ocrstudio.ui.pages.annotate.page_commands import PageCommands
from ocrstudio.ui.pages.annotate.page_list import PagePanel
from ocrstudio.ui.pages.annotate.palette import CharacterPalette
from ocrstudio.ui.pages.annotate.queue_bar import QueueBar
from ocrstudio.ui.pages.annotate.review_mode import ReviewMode
from ocrstudio.ui.pages.annotate.review_panel import ReviewPanel
from ocrstudio.ui.pages.annotate.search_panel import SearchPanel
from ocrstudio.ui.pages.annotate.teach_loop import TeachLoop
from ocrstudio.ui.pages.annotate.toolbar import CanvasToolbar, ReviewBar
from ocrstudio.ui.pages.annotate.turn_hint import TurnHint
from ocrstudio.ui.pages.annotate.view_commands import ViewCommands
from ocrstudio.ui.pages.annotate.welcome import Welcome
from ocrstudio.ui.widgets.low_screen import LowScreenArea
from ocrstudio.ui.widgets.message_bar import MessageBar
from ocrstudio.ui.widgets.parts import GRID
from ocrstudio.ui.widgets.translated import TranslatedWidget

# Widths of the side panels, in average letters of the text font.
PAGES_LETTERS, LINES_LETTERS = 26, 42
CANVAS_SHARE = 0.5  # of the width is the picture's at least


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
        self._session, self._recognizer, self._settings = session, recognizer, settings
        self._document = session.document
        self._labeler = AutoLabeler(session, recognizer, self)
        self.line_index = LineIndex(session, self)
        self.known = KnownCharacters(self.line_index, self)
        self.known.follow(recognizer, settings)
        self.readings = Readings(session, recognizer, self.line_index, self)
        self.queues = QueueController(session, self.line_index, self.readings, self.known, self)
        self._crops = CropCache(self)
        self.canvas = Canvas(self._document)
        self.pages = PagePanel(session, self.line_index)
        self.lines = LineListView(self._document, self._crops)
        self.editor = LineEditor(self._document)
        self.note = NoteField(self._document)
        self.palette_panel = CharacterPalette(settings)
        self.message = MessageBar()
        self.message.setObjectName("annotateMessage")
        self.models = ModelMenu(session, recognizer, self)
        self.teach = TeachLoop(session, recognizer, self._labeler, self.queues, self.message)
        self._message_is_passing = False
        self._is_divided = False
        self.commands = self._make_commands()
        self.pages.menu = self.commands.menu("rowMenu")
        self.actions_by_id: dict[str, StudioAction] = self.commands.by_id
        self._build()
        self._connect()
        self._turn_hint = TurnHint(session, self._labeler, self.message, self)
        self._restore_choices()
        self._show_project()
        # WORKAROUND QStyleSheetStyle: a widget that was asked for its size but never shown stays in Qt's cache of style
        # rules after its death, and the next change of theme meets it there; one that is polished is taken out.
        for widget in self.findChildren(QWidget):
            widget.ensurePolished()

    # --- building --------------------------------------------------------------------------------------------------

    def _make_commands(self) -> Commands:
        self._locks = LockedBoxes(self._session, self)
        boxes = BoxCommands(self._session, self.canvas, self.editor, self._locks, self)
        self._page_commands = PageCommands(
            self._session, self._labeler, self.editor, self.message, self.pages.chosen, self
        )
        self._view = ViewCommands(self.canvas, self)
        slots: dict[str, Callable[..., Any]] = {
            specs.EDIT_TEXT.id: self._on_edit_text_requested,
            specs.PALETTE.id: self._on_palette_triggered,
            specs.FIND_LINES.id: self.open_search,
            specs.KEY_CLASS.id: self._on_key_class_triggered,
            specs.NOTE.id: self.note.start,
            specs.SELECT_PAGES.id: self.pages.select_all,
            specs.NEXT_IN_QUEUE.id: self.queues.next,
            specs.PREVIOUS_IN_QUEUE.id: self.queues.previous,
            specs.READ_NEW.id: self._on_read_new_triggered,
            specs.COMPARE.id: self._on_compare_triggered,
            specs.TEACH.id: self.teach.start,
            specs.CHOOSE_MODEL.id: self._on_choose_model_triggered,
            specs.REVIEW.id: self._on_review_triggered,
            specs.KIE_MODE.id: self._on_kie_mode_triggered,
            specs.NEXT_AREA.id: self._on_next_area_triggered,
        }
        return Commands(self._session, boxes, self._page_commands, self._view, slots, self._enabled, self)

    def _enabled(self, now: Now) -> dict[str, bool]:
        """When the commands of this file can do something."""
        has_page, is_open = now.page is not None, self._session.store is not None
        on_page = (specs.NOTE.id, specs.PALETTE.id, specs.REVIEW.id)
        in_project = (specs.FIND_LINES.id, specs.KIE_MODE.id, specs.NEXT_AREA.id, specs.SELECT_PAGES.id)
        return {
            **dict.fromkeys(on_page, has_page),
            **dict.fromkeys(in_project, is_open),
            specs.EDIT_TEXT.id: bool(now.boxes),
            specs.KEY_CLASS.id: bool(now.selected),
            **dict.fromkeys((specs.NEXT_IN_QUEUE.id, specs.PREVIOUS_IN_QUEUE.id), self.queues.is_active),
            specs.COMPARE.id: is_open and not self.readings.is_running,
            specs.TEACH.id: is_open and not self.teach.is_busy,
        }

    def _build(self) -> None:
        actions = self.actions_by_id
        self.toolbar = CanvasToolbar(actions, self.canvas, self.models)
        self.run_bar = LabelRunBar(self._labeler, self._recognizer, self.message)
        self.compare_bar = CompareRunBar(self.readings, self.message)
        self.kie = KiePanel(self._document, self._settings, actions[specs.LINK.id], actions[specs.UNLINK.id])
        self.kie_mode = KieMode(self._session, self.line_index, self._settings, self.canvas, self._view, self.kie, self)
        self.review_panel = ReviewPanel(self._session, actions)
        work = QSplitter(Qt.Orientation.Vertical)
        work.setObjectName("annotateWork")
        work.setChildrenCollapsible(False)
        work.addWidget(self.canvas)
        work.addWidget(self.review_panel)
        work.setStretchFactor(0, 1)
        centre = QWidget()
        column = QVBoxLayout(centre)
        column.setContentsMargins(GRID, GRID, GRID, GRID)
        column.setSpacing(GRID)
        self.lock_bar = LockBar(self._locks)
        bars = (self.run_bar, self.compare_bar, *self._page_commands.bars)
        for widget in (self.toolbar, *bars, self.teach, self.message, self.lock_bar):
            column.addWidget(widget)
        column.addWidget(work, 1)
        right = QWidget()
        side = QVBoxLayout(right)
        side.setContentsMargins(0, GRID, GRID, GRID)
        side.setSpacing(GRID)
        for widget in (self.editor, self.kie, self.palette_panel):
            side.addWidget(widget)
        side.addWidget(self.lines, 1)
        for widget in (self.note, QueueBar(self.queues)):
            side.addWidget(widget)
        self.review = ReviewBar(actions)
        side.addWidget(self.review)
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.setObjectName("annotateSplitter")
        self._split.setChildrenCollapsible(False)
        self.search = SearchPanel(self._session, self.line_index)
        self._left = left = QWidget()
        lists = QVBoxLayout(left)
        lists.setContentsMargins(0, 0, 0, 0)
        for widget in (self.search, self.pages):
            lists.addWidget(widget)
        self.search.hide()
        for widget in (left, centre, right):
            self._split.addWidget(widget)
        self._split.setStretchFactor(1, 1)
        self.pages.list.setMinimumWidth(150)  # of the list alone: filters ask for more when they are shown
        self.lines.setMinimumWidth(224)
        self.review_mode = ReviewMode(
            self._session, self.canvas, self.editor, self.queues, self.review_panel, side, work, left, self
        )
        self._stack = QStackedWidget()
        self.welcome = Welcome(self._settings)
        self._stack.addWidget(LowScreenArea(self.welcome))
        self._stack.addWidget(self._split)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)

    def _connect(self) -> None:
        session, commands = self._session, self.commands
        self.welcome.open_folder_requested.connect(self.open_folder_requested)
        self.welcome.open_sample_requested.connect(self.open_sample_requested)
        self.welcome.project_requested.connect(self._on_project_requested)
        session.project_opened.connect(self._show_project)
        session.project_closed.connect(self._show_project)
        session.page_opened.connect(self._on_session_page_opened)
        session.commit_requested.connect(self.editor.commit)
        session.commit_requested.connect(self.note.commit)
        session.problems_found.connect(self._on_session_problems_found)
        for signal in (self._labeler.started, self._labeler.finished, self._locks.changed, self.queues.changed):
            signal.connect(commands.update)
        for signal in (self.readings.started, self.readings.finished, self.canvas.hidden_changed, self.teach.changed):
            signal.connect(commands.update)
        for signal in (self.canvas.vertex_changed, self.pages.chosen_changed, self._page_commands.running_changed):
            signal.connect(commands.update)
        self._labeler.finished.connect(self._on_labeler_finished)
        self._connect_keyboard()
        self.known.unknown_changed.connect(self._on_known_unknown_changed)
        self.known.failed.connect(self.message.show_error)

    def _connect_keyboard(self) -> None:
        """What moves the keyboard from one part to another, and the menus of the right mouse button."""
        self.canvas.edit_requested.connect(self._on_edit_text_requested)
        for check_requested in (self.canvas.check_requested, self.pages.list.check_requested):
            check_requested.connect(self._on_check_requested)
        self.pages.list.delete_requested.connect(self.actions_by_id[specs.DELETE_IMAGE.id].trigger)
        self.canvas.box_added.connect(self._on_canvas_box_added)
        self.canvas.tool_changed.connect(self._focus_canvas)
        for view in (self.canvas, self.lines):
            view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.canvas.customContextMenuRequested.connect(self._on_canvas_menu_requested)
        self.lines.customContextMenuRequested.connect(self._on_lines_menu_requested)
        self.lines.edit_requested.connect(self._on_edit_text_requested)
        self.pages.page_chosen.connect(self._focus_canvas)
        self.search.line_chosen.connect(self.editor.start)
        self.search.closed.connect(self._on_search_closed)
        self.search.replace_requested.connect(self.replace_text)
        for taker in (self.canvas.set_key_classes, self.lines.show_key_classes, self.editor.facts.show_key_classes):
            self.kie.classes_changed.connect(taker)
        for part in (self.editor.finished, self.note.finished, self.kie.left):
            part.connect(self._focus_canvas)
        self.palette_panel.chosen.connect(self.editor.field.insert_text)
        self.palette_panel.left.connect(self._on_palette_left)
        self.palette_panel.close_requested.connect(self.actions_by_id[specs.PALETTE.id].trigger)

    def _restore_choices(self) -> None:
        """Takes up the modes of last time."""
        made, settings = self.actions_by_id, self._settings
        made[specs.READ_NEW.id].setChecked(settings.read_new_boxes)
        made[specs.KIE_MODE.id].setChecked(settings.kie_mode)
        self.palette_panel.hide()
        self.kie_mode.show_mode()
        settings.changed.connect(self._on_settings_changed)
        self._on_settings_changed("low_confidence")

    @pyqtSlot(str)
    def _on_settings_changed(self, key: str) -> None:
        if key == "low_confidence":
            for view in (self.canvas, self.lines, self.editor.facts):
                view.set_low_confidence(self._settings.low_confidence)

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
        self.kie_mode.require_classes()
        first = self.canvas if is_open else self.welcome.open_button
        self.setFocusProxy(first)
        if self.isVisible():
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    @pyqtSlot(str)
    def _on_project_requested(self, folder: str) -> None:
        self._session.open(Path(folder))

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
        # Whoever was typing goes on typing, on the first line of the new page; a queue selects its own.
        typing = self.editor.field.hasFocus() or self.review_mode.is_on
        waits = typing and self._document.current_id is None and not self.queues.is_active
        if waits and not self._document.select_neighbour(1) and not self.review_mode.is_on:
            self._focus_canvas()
        self.review_mode.follow()

    def _divide(self) -> None:
        """Gives the side panels their widths, once: a splitter that has never been shown forgets them."""
        if self._split.property("remembered"):
            return
        letter = self.fontMetrics().averageCharWidth()
        left, right = PAGES_LETTERS * letter, LINES_LETTERS * letter
        if not self._is_divided and self._split.width() > left:
            self._is_divided = True
            # Large letters, small window: the picture keeps its share.
            share = min(1.0, (1 - CANVAS_SHARE) * self.width() / (left + right))
            left, right = round(left * share), round(right * share)
            self._split.setSizes([left, self.width() - left - right, right])

    @pyqtSlot(object)
    def _on_session_problems_found(self, problems: Sequence[Problem]) -> None:
        problems = [problem for problem in problems if not is_harmless(problem)]
        if self.message.is_offering or not problems:  # the panel of problems lists them all the same
            return
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
        self._page_commands.check_and_next()

    @pyqtSlot()
    def open_search(self) -> None:
        """Shows the search through all lines of the project, in place of the list of pages."""
        self.pages.hide()
        self._left.show()
        self.search.open_search()

    def replace_text(self, rule: TextRule | None = None) -> None:
        """Opens find and replace across the project.

        Args:
            rule: What to look for; None: what was looked for last.
        """
        # Imported when it is asked for: most sessions never open it.
        from ocrstudio.ui.dialogs.replace import ReplaceDialog

        self.editor.commit()
        pages = self.pages.model
        keys = pages.shown_keys() if pages.is_filtered else None
        rule = rule or self.search.rule()
        ReplaceDialog(self._session, self.line_index, self.window(), rule=rule, keys=keys).open()

    @pyqtSlot()
    def _on_search_closed(self) -> None:
        self.search.hide()
        self.pages.show()
        self._left.setVisible(not self.review_mode.is_on)
        self._focus_canvas()

    # --- keys and menus --------------------------------------------------------------------------------------------

    @pyqtSlot(QPoint)
    def _on_canvas_menu_requested(self, place: QPoint) -> None:
        on_box = self.canvas.box_at(self.canvas.to_image(place)) is not None
        self.commands.menu("boxMenu" if on_box else "canvasMenu").popup(self.canvas.mapToGlobal(place))

    @pyqtSlot(QPoint)
    def _on_lines_menu_requested(self, place: QPoint) -> None:
        viewport = self.lines.viewport()
        if self.lines.indexAt(place).isValid() and viewport is not None:
            self.commands.menu("lineMenu").popup(viewport.mapToGlobal(place))

    @pyqtSlot()
    def _on_check_requested(self) -> None:
        trigger_key(self.actions_by_id.values(), "Space")

    @pyqtSlot()
    def _on_edit_text_requested(self) -> None:
        if self._document.current_id is None:
            self._document.select_neighbour(1)
        self.editor.start()
        self.review_mode.follow()

    @pyqtSlot()
    def _focus_canvas(self) -> None:
        self.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_next_area_triggered(self) -> None:
        areas = [self.canvas, self.editor.field, self.lines, self.pages.list]
        areas = [area for area in areas if area.isVisible()]
        now = QApplication.focusWidget()
        place = areas.index(now) + 1 if now in areas else 0
        areas[place % len(areas)].setFocus(Qt.FocusReason.TabFocusReason)

    # --- modes and panels ------------------------------------------------------------------------------------------

    def _on_review_triggered(self) -> None:
        self.editor.commit()
        self.review_mode.switch(self.actions_by_id[specs.REVIEW.id].isChecked())

    def _on_kie_mode_triggered(self) -> None:
        self.kie_mode.switch(self.actions_by_id[specs.KIE_MODE.id])

    def _on_key_class_triggered(self) -> None:
        self.kie_mode.give(self.actions_by_id[specs.KIE_MODE.id])

    def _on_palette_triggered(self) -> None:
        shown = self.actions_by_id[specs.PALETTE.id].isChecked()
        self.palette_panel.setVisible(shown)
        if not shown:
            self._on_palette_left()
            return
        self.line_index.require()
        self.known.require()
        if self._document.current_id is None:
            self._document.select_neighbour(1)
        self.palette_panel.start()

    @pyqtSlot()
    def _on_palette_left(self) -> None:
        target = self.editor.field if self._document.current_id is not None else self.canvas
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    @pyqtSlot()
    def _on_known_unknown_changed(self) -> None:
        self.palette_panel.show_unknown(self.known.unknown)

    # --- automatic labelling ---------------------------------------------------------------------------------------

    def _on_read_new_triggered(self) -> None:
        self._settings.read_new_boxes = self.actions_by_id[specs.READ_NEW.id].isChecked()

    def _on_choose_model_triggered(self) -> None:
        self.toolbar.show_models()

    def _on_compare_triggered(self) -> None:
        """Lets the model read all labelled pages, then walks through the lines that it reads differently."""
        store = self._session.store
        if store is not None:
            self.readings.compare([key for key in store.keys if store.box_count(key)])
            self.queues.start(QueueKind.DISAGREES)

    @pyqtSlot(str)
    def _on_canvas_box_added(self, box_id: str) -> None:
        box = self._document.find(box_id)
        if box is not None and self.actions_by_id[specs.READ_NEW.id].isChecked():
            self._labeler.read_boxes((box,), first=True)

    @pyqtSlot(object)
    def _on_labeler_finished(self, _report: object) -> None:
        # How a run ended is old news once the next page is looked at.
        self._message_is_passing = True

    # --- life ------------------------------------------------------------------------------------------------------

    def closeEvent(self, event: QCloseEvent) -> None:
        self.editor.commit()
        self.note.commit()
        self._labeler.close()
        self.teach.close_work()
        self._crops.close()
        self._page_commands.close()
        self.models.close_work()
        self.pages.close_workers()
        self.search.close_workers()
        for part in (self.queues, self.readings, self.known, self.line_index):
            part.close()
        super().closeEvent(event)


def _sentence(error: StudioError | None) -> str:
    return in_words(error) if error is not None else ""
