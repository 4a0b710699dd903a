"""The window's frame: navigation, menus, status line, and the signals that pages send each other."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

from PyQt5.QtCore import QByteArray, QEvent, Qt, QTimer, pyqtSignal, pyqtSlot
from PyQt5.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PyQt5.QtWidgets import (
    QAction,
    QActionGroup,
    QApplication,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ocrstudio.core.errors import StudioError
from ocrstudio.core.run_state import RunState
from ocrstudio.services.background import Background
from ocrstudio.services.problem_list import ProblemList
from ocrstudio.services.project_session import ProjectSession
from ocrstudio.services.recognizer import Recognizer
from ocrstudio.services.sample_project import try_open_sample
from ocrstudio.services.settings import Settings, WindowState
from ocrstudio.services.shortcuts import EVERYWHERE, Shortcuts
from ocrstudio.services.timers import single_shot
from ocrstudio.ui import actions as specs
from ocrstudio.ui import dressing, i18n, theme
from ocrstudio.ui.actions import StudioAction, commands_of, make_action
from ocrstudio.ui.dialogs.ask import ask
from ocrstudio.ui.drops import Dropped, sort_drop
from ocrstudio.ui.focus_order import move_focus
from ocrstudio.ui.full_screen import FullScreen
from ocrstudio.ui.help.desk import HelpDesk
from ocrstudio.ui.menus import WindowMenus
from ocrstudio.ui.navigation import NavigationRail
from ocrstudio.ui.page_links import PageLinks
from ocrstudio.ui.page_memory import PageMemory
from ocrstudio.ui.problems import ProblemsDock
from ocrstudio.ui.project_dialogs import ProjectDialogs
from ocrstudio.ui.room_for_text import RoomForText
from ocrstudio.ui.session_messages import SessionMessages
from ocrstudio.ui.splitter_memory import SplitterMemory
from ocrstudio.ui.status import StatusLine
from ocrstudio.ui.typing_guard import TypingGuard
from ocrstudio.ui.widgets.message_bar import MessageBar
from ocrstudio.ui.widgets.parts import GRID
from ocrstudio.ui.widgets.wheel import leave_wheel
from ocrstudio.ui.window_place import keep_place, restore_place

ERROR_PAUSE_MS = 5000
# Page name (its package in `ocrstudio.ui.pages`) -> the class in the package's `page`, in the order of the rail.
PAGE_CLASSES = {
    "annotate": "AnnotatePage",
    "dataset": "DatasetPage",
    "config": "ConfigPage",
    "train": "TrainPage",
    "test": "TestPage",
    "setup": "SetupPage",
}


class MainWindow(QMainWindow):
    """Holds the pages, builds each on its first visit, and routes what concerns more than one of them.

    Args:
        session: The open project.
        recognizer: The child that reads pictures.
        settings: The user's choices; a change of language, theme or text size is carried out here.
        state: Where the window stood.
    """

    painted = pyqtSignal()  # once: the window is on the screen for the first time

    def __init__(
        self, session: ProjectSession, recognizer: Recognizer, settings: Settings, state: WindowState | None = None
    ) -> None:
        super().__init__()
        self.setObjectName("mainWindow")
        self.setAcceptDrops(True)
        self._session, self._recognizer, self._settings = session, recognizer, settings
        self._state = state or WindowState()
        self._splitters = SplitterMemory(self._state, self)
        self._room = RoomForText(self, self._splitters, settings.font_percent)
        PageMemory(self._state, session, self)
        self._pages: dict[str, Any] = {}
        self._complete: set[str] = set()  # of them, whose building has come to its end
        self._was_painted = self._may_close = False
        self._background = Background(self, threads=1)
        self._links = PageLinks(self)
        self._error_pause = QTimer(self)
        self._error_pause.setSingleShot(True)
        self._error_pause.setInterval(ERROR_PAUSE_MS)
        self._shortcuts = Shortcuts(settings, self)
        self._shortcuts.add(commands_of(EVERYWHERE, specs.ACTIONS))
        self._problems = ProblemList(session, settings, self._shortcuts, self)
        self._dock: ProblemsDock | None = None
        self._actions = self._make_actions()
        self._dialogs = ProjectDialogs(session, self._actions, self._replace_text, self)
        self.help = HelpDesk(self, settings, self._shortcuts, self._actions, self._key_headings)
        self._menus = WindowMenus(self, settings, self._actions)
        FullScreen(self, self._actions[specs.FULL_SCREEN.id])
        self._standing, self._message = MessageBar(), MessageBar()
        self._message.setObjectName("windowMessage")
        SessionMessages(session, self._message, self._standing).find_requested.connect(self.choose_folder)
        self._build()
        self._connect()
        self._apply_keys()
        self._restore()
        self._retranslate()
        self.show_page("annotate")
        self._tell_settings_problems()

    # --- building --------------------------------------------------------------------------------------------------

    def _make_actions(self) -> dict[str, StudioAction]:
        slots: dict[str, Callable[..., None]] = {
            specs.OPEN_FOLDER.id: self.choose_folder,
            specs.OPEN_SAMPLE.id: self.open_sample_project,
            specs.SAVE.id: self._on_save_triggered,
            specs.QUIT.id: self._on_quit_triggered,
            specs.UNDO.id: self._session.document.undo_stack.undo,
            specs.REDO.id: self._session.document.undo_stack.redo,
            specs.PREFERENCES.id: self._on_preferences_triggered,
            specs.PROBLEMS.id: self.show_problems,
        }
        made = {spec.id: make_action(spec, self, slots.get(spec.id)) for spec in specs.ACTIONS}
        group = QActionGroup(self)
        for name, spec in zip(PAGE_CLASSES, specs.PAGES, strict=True):
            made[spec.id].setData(name)
            group.addAction(made[spec.id])
        group.triggered.connect(self._on_page_action_triggered)
        return made

    def _build(self) -> None:
        rail = NavigationRail([self._actions[spec.id] for spec in specs.PAGES], [spec.icon for spec in specs.PAGES])
        self._stack = QStackedWidget()
        message_area = QVBoxLayout()
        message_area.setContentsMargins(GRID, GRID, GRID, 0)
        message_area.setSpacing(GRID)
        for messages in (self._standing, self._message):
            message_area.addWidget(messages)
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(message_area)
        column.addWidget(self._stack, 1)
        centre = QWidget()
        line = QHBoxLayout(centre)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        line.addWidget(rail)
        line.addLayout(column, 1)
        self.setCentralWidget(centre)
        self._status = StatusLine(self._session, self._recognizer, self._problems)
        bar = self.statusBar()
        if bar is not None:
            bar.setSizeGripEnabled(False)
            bar.addWidget(self._status, 1)
        theme.scale_icons(self)
        dressing.dress_in_parts(self, self._stack)

    def _connect(self) -> None:
        session, stack = self._session, self._session.document.undo_stack
        session.project_opened.connect(self._on_session_project_opened)
        session.open_failed.connect(self._on_session_open_failed)
        session.project_closed.connect(self._retranslate)
        stack.canUndoChanged.connect(self._update_undo)
        stack.canRedoChanged.connect(self._update_undo)
        self._settings.changed.connect(self._on_settings_changed)
        self._settings.problem_found.connect(self._tell_settings_problems)
        self._shortcuts.changed.connect(self._apply_keys)
        self._status.problems_requested.connect(self.show_problems)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            TypingGuard(app, self)
        self._menus.project_requested.connect(self._on_project_requested)

    def _restore(self) -> None:
        if not self._state.get("problems").isEmpty():
            self.show_problems()
        restore_place(self, self._state)

    # --- pages -----------------------------------------------------------------------------------------------------

    def page(self, name: str) -> Any:
        """The page of that name (a key of `PAGE_CLASSES`), built now if this is the first time."""
        while self.build_page(name):
            pass
        return self._pages[name]

    def build_page(self, name: str) -> bool:
        """Takes the next step of building a page, each some tens of milliseconds; False if nothing is left to do."""
        made = self._pages.get(name)
        if made is None:
            self._pages[name] = self._make_page(name)
        elif self._stack.indexOf(made) < 0:
            self._stack.addWidget(made)
            dressing.dress(made)
        elif name not in self._complete:
            self._complete.add(name)
            theme.scale_icons(made)
            leave_wheel(made)
            self._add_page_commands(name, made)
            self.take_in(made)
        else:
            return False
        return True

    @pyqtSlot(object)
    def take_in(self, part: QWidget) -> None:
        """Gives a page, or a part of one that was made later, what the user has set: widths, keys."""
        self._splitters.watch(part)
        self._apply_keys()

    def show_page(self, name: str) -> None:
        """Brings a page to the front."""
        made = self.page(name)
        dressing.dress(made)
        self._stack.setCurrentWidget(made)
        action = self._actions[specs.PAGES[list(PAGE_CLASSES).index(name)].id]
        action.setChecked(True)
        made.setAccessibleName(action.text())
        self._menus.show_page_commands(name)
        self._update_undo()
        made.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add_page_commands(self, name: str, made: QWidget) -> None:
        table = _table(name)
        self._shortcuts.add(commands_of(name, table.ACTIONS if table is not None else ()))
        if name == "annotate" and table is not None:
            self._menus.add_page_commands(name, table.GROUPS, made.actions_by_id)

    @pyqtSlot()
    def _apply_keys(self) -> None:
        """Gives every command of the window and its pages the keys that are in force."""
        for action in self.findChildren(StudioAction):
            action.set_keys(self._shortcuts.keys(action.spec.id))

    def _line_index(self) -> Any:
        return self.page("annotate").line_index

    @pyqtSlot()
    def _replace_text(self) -> None:
        self.page("annotate").replace_text()

    @property
    def current_page(self) -> str:
        """The name of the page in front."""
        shown = self._stack.currentWidget()
        return next((name for name, widget in self._pages.items() if widget is shown), "")

    def _make_page(self, name: str) -> Any:
        # Imported on the first visit: plots and editors would delay the first picture of the window.
        page_class = getattr(importlib.import_module(f"ocrstudio.ui.pages.{name}.page"), PAGE_CLASSES[name])
        if name == "setup":
            made = page_class(self._settings, self)
            made.models_card.use_lines(self._line_index)
        elif name in ("annotate", "test"):
            made = page_class(self._session, self._recognizer, self._settings, self)
        else:
            made = page_class(self._session, self._settings, self)
        self._links.connect_page(name, made)
        return made

    def show_training(self, state: RunState) -> None:
        """Says in the status bar what became of the training."""
        self._status.show_training(state.value)

    # --- projects --------------------------------------------------------------------------------------------------

    @pyqtSlot()
    def choose_folder(self) -> None:
        """Lets the user choose a folder of images and opens it."""
        start = str(self._session.folder or next(iter(self._settings.recent_projects), ""))
        folder = QFileDialog.getExistingDirectory(self, self.tr("Open a folder of images"), start)
        if folder:
            self.open_project(Path(folder))

    def open_project(self, folder: Path) -> None:
        """Begins to open a folder of images as the project; a message says why if it cannot be opened."""
        self._message.clear()
        self._session.open(folder)

    def open_when_painted(self, places: Sequence[Path]) -> None:
        """Takes what the program was started with as soon as the window is on the screen, which nothing delays.

        Args:
            places: A folder is opened as the project; files are read on the Test page.
        """
        self.painted.connect(partial(self._take_places, places))

    def _take_places(self, places: Sequence[Path]) -> None:
        files = [place for place in places if place.is_file()]
        for folder in [place for place in places if place not in files][:1]:
            self.open_project(folder)
        if files:
            self._read(files)

    @pyqtSlot()
    def open_sample_project(self) -> None:
        """Opens the user's copy of the sample project, made on the first call."""
        self._background.run(try_open_sample, self._on_sample_ready)

    def _on_sample_ready(self, result: Path | StudioError) -> None:
        if isinstance(result, StudioError):
            self._message.show_error(result)
        else:
            self.open_project(result)

    @pyqtSlot(str)
    def _on_project_requested(self, folder: str) -> None:
        self.open_project(Path(folder))

    @pyqtSlot(str)
    def _on_session_project_opened(self, folder: str) -> None:
        self._settings.add_recent_project(Path(folder))
        self._retranslate()
        self.show_page("annotate")
        # It reads configs, which an empty window does without.
        from ocrstudio.formats.run_list import is_anything_trained

        self._background.run(lambda: is_anything_trained(Path(folder)), self._on_training_looked_for)

    def _on_training_looked_for(self, found: bool) -> None:
        if found:
            self.page("train")  # which follows it

    @pyqtSlot(str)
    def _on_session_open_failed(self, folder: str) -> None:
        if not Path(folder).is_dir():
            self._settings.forget_recent_project(Path(folder))

    @pyqtSlot()
    def _on_save_triggered(self) -> None:
        self._session.start_save()

    @pyqtSlot()
    def save_after_error(self) -> None:
        """Brings the labels to disk because the program is at fault somewhere; once in a while, not for each error."""
        # Saving may be what fails: an error of it must not ask for it again.
        if not self._error_pause.isActive():
            self._error_pause.start()
            self._session.start_save()

    # --- drag and drop ---------------------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if not sort_drop(event.mimeData()).is_empty:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        dropped = sort_drop(event.mimeData())
        # A file manager that is told of a move may delete its file.
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        # Not from within the drop: the other program waits for the answer.
        QTimer.singleShot(0, lambda: self.take_drop(dropped))

    def take_drop(self, dropped: Dropped) -> None:
        """Opens a folder; reads files on the Test page; elsewhere imports documents and asks about pictures."""
        if dropped.folders:
            self.open_project(dropped.folders[0])
        elif self.current_page == "test":
            self._read([*dropped.images, *dropped.documents])
        elif dropped.documents:
            self._dialogs.import_files(dropped.documents)
        elif dropped.images:
            self._dialogs.ask_about_pictures(dropped.images, self._read, self.open_project)

    def _read(self, files: Sequence[Path]) -> None:
        self.show_page("test")
        self.page("test").add_files(files)

    # --- look, language, help --------------------------------------------------------------------------------------

    @pyqtSlot(str)
    def _on_settings_changed(self, key: str) -> None:
        app = QApplication.instance()
        if not isinstance(app, QApplication):
            return
        if key == "language":
            i18n.switch_language(app, self._settings.language)
        elif key in ("theme", "font_percent"):
            percent = self._settings.font_percent
            self._room.change(percent, lambda: theme.apply(app, self._settings.theme, percent))

    @pyqtSlot()
    def _retranslate(self) -> None:
        folder = self._session.folder
        self.setWindowTitle(f"{folder.name} — OCR Studio" if folder is not None else "OCR Studio")
        self.setAccessibleName(self.windowTitle())

    @pyqtSlot()
    @pyqtSlot(bool)
    def _update_undo(self, _can: bool = False) -> None:
        # Undo on another page would change labels that nobody sees.
        stack, here = self._session.document.undo_stack, self.current_page == "annotate"
        self._actions[specs.UNDO.id].setEnabled(here and stack.canUndo())
        self._actions[specs.REDO.id].setEnabled(here and stack.canRedo())

    @pyqtSlot(QAction)
    def _on_page_action_triggered(self, action: QAction) -> None:
        self.show_page(action.data())

    def _key_headings(self) -> dict[str, str]:
        """Scope of a command -> heading of its group; the commands of all pages are known afterwards."""
        headings = {EVERYWHERE: self.tr("Everywhere")}
        commands = []
        for name, spec in zip(PAGE_CLASSES, specs.PAGES, strict=True):
            table = _table(name)
            if table is not None:
                commands += commands_of(name, table.ACTIONS)
                headings[name] = self._actions[spec.id].text()
        self._shortcuts.add(commands)
        return headings

    @pyqtSlot()
    def _on_preferences_triggered(self) -> None:
        from ocrstudio.ui.dialogs.preferences import PreferencesDialog

        dialog = PreferencesDialog(self._settings, self)
        dialog.keys_requested.connect(self.help.show_keys)
        dialog.open()

    @pyqtSlot()
    @pyqtSlot(bool)
    def show_problems(self, shown: bool = True) -> None:
        """Opens or closes the panel that lists what is wrong."""
        if self._dock is None:
            self._dock = ProblemsDock(self._problems, self._actions[specs.PROBLEMS.id], self)
            self._dock.panel.page_requested.connect(self._on_problem_page_requested)
            dressing.dress(self._dock)
        self._dock.setVisible(shown)
        if shown:
            self._dock.panel.list.setFocus(Qt.FocusReason.OtherFocusReason)

    @pyqtSlot(str)
    def _on_problem_page_requested(self, key: str) -> None:
        self.show_page("annotate")
        self._session.open_page(key)

    @pyqtSlot()
    def _tell_settings_problems(self) -> None:
        for problem in self._settings.problems:
            self._message.show_error(problem, kind="warn")

    # --- life ------------------------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.Paint and not self._was_painted:
            self._was_painted = True
            # Once the event loop comes round again the children are painted too and the picture is on the screen.
            single_shot(self, 0, self.painted).start()
        return done

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802  (Qt's name)
        return move_focus(self, forward=forward)

    @pyqtSlot()
    def _on_quit_triggered(self) -> None:
        self.close()

    def keep_all(self) -> None:
        """Saves the labels and where the window stands, and asks nothing: the program is being ended."""
        self._keep_place()
        self._state.write()
        self._session.save()

    def _keep_place(self) -> None:
        self._splitters.keep()
        keep_place(self, self._state)
        is_open = self._dock is not None and not self._dock.isHidden()
        self._state.put("problems", QByteArray(b"open" if is_open else b""))

    def closeEvent(self, event: QCloseEvent) -> None:
        if "train" in self._pages and not self._pages["train"].may_close():
            event.ignore()
            return
        if not self._may_close and not self._session.save():
            event.ignore()
            gone = self._session.gone_folder.error
            kept = self.tr("Every edit is kept in the project's journal and comes back when it is opened.")
            ask(
                self,
                "askClose",
                self.tr("The label files could not be written. Close all the same?"),
                [(self.tr("Close"), self._close_now), (self.tr("Stay"), None)],
                explanation=i18n.in_words(gone) if gone is not None else kept,
                default=1,
            )
            return
        self._keep_place()
        for dialog in self.findChildren(QDialog):
            if dialog.isVisible():
                dialog.done(QDialog.DialogCode.Rejected)  # ends what it is doing
        for made in self._pages.values():
            made.close()
        self._background.close()
        self._session.close()
        self._recognizer.close()
        super().closeEvent(event)

    def _close_now(self) -> None:
        self._may_close = True
        self.close()


def _table(page: str) -> ModuleType | None:
    """The module of a page's commands, if it has one."""
    name = f"ocrstudio.ui.pages.{page}.actions"
    return importlib.import_module(name) if importlib.util.find_spec(name) else None
