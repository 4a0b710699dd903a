"""What can be done with a run of the list, whoever asks for it: the list's menu, the header's, or a key."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PyQt5.QtCore import QObject, Qt, pyqtSignal, pyqtSlot
from PyQt5.QtWidgets import QMenu

from ocrstudio.core.errors import StudioError
from ocrstudio.core.run_state import RunState
from ocrstudio.formats import run_queue
from ocrstudio.formats.run_folder import RunFolder, from_trash, to_trash
from ocrstudio.formats.run_list import RunSummary
from ocrstudio.services.background import Background, tried
from ocrstudio.ui.actions import StudioAction, make_action
from ocrstudio.ui.pages.train import actions as specs
from ocrstudio.ui.pages.train.dialogs import ask_text, confirm_delete
from ocrstudio.ui.pages.train.runs_list import RunsList
from ocrstudio.ui.widgets.opener import open_place

TRASH_DIR = "trash"


class RunCommands(QObject):
    """Carries the commands out for the runs that are chosen in the list.

    Args:
        runs: The list; its menu and its keys call the commands.
    """

    changed = pyqtSignal()  # names, notes or the queue are others now
    failed = pyqtSignal(object)  # StudioError
    train_again_requested = pyqtSignal(object)  # RunFolder
    deleted = pyqtSignal(object)  # RunFolder; `undo_delete` brings it back

    def __init__(self, runs: RunsList) -> None:
        super().__init__(runs)
        self._runs = runs
        self._background = Background(self, threads=1)
        self._trashed: tuple[RunFolder, Path] | None = None
        slots: dict[str, Callable[[], None]] = {
            specs.TRAIN_AGAIN.id: self._on_train_again_triggered,
            specs.QUEUE_RUN.id: self._on_queue_triggered,
            specs.RENAME_RUN.id: self._on_rename_triggered,
            specs.NOTE_RUN.id: self._on_note_triggered,
            specs.OPEN_RUN_FOLDER.id: self.open_folder,
            specs.COMPARE_RUNS.id: self.compare,
            specs.DELETE_RUN.id: self._on_delete_triggered,
        }
        # Delete in a text field beside the list is not for the run
        context = Qt.ShortcutContext.WidgetWithChildrenShortcut
        self._actions: list[StudioAction | None] = [
            make_action(spec, runs.view, slots[spec.id], context=context) if spec is not None else None
            for spec in specs.RUN_MENU
        ]
        runs.chosen_changed.connect(self._update)
        runs.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        runs.view.customContextMenuRequested.connect(self._on_menu_requested)
        runs.compare.clicked.connect(self.compare)
        self._update()

    def fill(self, menu: QMenu) -> None:
        """Puts the commands into a menu."""
        for action in self._actions:
            if action is None:
                menu.addSeparator()
            else:
                menu.addAction(action)

    def close(self) -> None:
        """Calls nobody back any more."""
        self._background.close()

    def queue(self, run: RunFolder, *, resume: bool = False) -> None:
        """Lets a run wait for its turn."""
        self._do(lambda: run_queue.add(run.path.parent, run.name, resume=resume))

    @pyqtSlot()
    def open_folder(self) -> None:
        """Shows the run's folder in the desktop's file manager."""
        row = self._runs.current
        if row is not None:
            open_place(row.run.path, self._runs)

    @pyqtSlot()
    def undo_delete(self) -> None:
        """Brings back what was deleted last."""
        if self._trashed is not None:
            run, place = self._trashed
            self._trashed = None
            self._do(lambda: from_trash(place, run))

    def _do(self, work: Callable[[], object], then: Callable[[object], None] | None = None) -> None:
        self._background.run(lambda: tried(work), partial(self._on_done, then))

    def _on_done(self, then: Callable[[object], None] | None, result: object) -> None:
        if isinstance(result, StudioError):
            self.failed.emit(result)
        elif then is not None:
            then(result)
        self.changed.emit()

    @pyqtSlot()
    def _update(self) -> None:
        chosen = self._runs.chosen
        one = chosen[0] if len(chosen) == 1 else None
        state = self._runs.model.state_of(one) if one is not None else None
        can = {
            specs.TRAIN_AGAIN.id: one is not None and state is not RunState.VANISHED,
            specs.QUEUE_RUN.id: state is not None and state.can_wait,
            specs.RENAME_RUN.id: one is not None,
            specs.NOTE_RUN.id: one is not None,
            specs.OPEN_RUN_FOLDER.id: one is not None,
            specs.COMPARE_RUNS.id: len(chosen) > 1,
            specs.DELETE_RUN.id: state is not None and not state.is_active and state is not RunState.UNKNOWN,
        }
        for action in self._actions:
            if action is not None:
                action.setEnabled(can[action.spec.id])
        self._runs.compare.setEnabled(len(chosen) > 1)

    @pyqtSlot("QPoint")
    def _on_menu_requested(self, place: object) -> None:
        menu = QMenu(self._runs)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.fill(menu)
        menu.popup(self._runs.view.mapToGlobal(place))  # type: ignore[arg-type]

    @pyqtSlot()
    def _on_train_again_triggered(self) -> None:
        row = self._runs.current
        if row is not None:
            self.train_again_requested.emit(row.run)

    @pyqtSlot()
    def _on_queue_triggered(self) -> None:
        row = self._runs.current
        if row is not None:
            # one that was begun goes on where it was
            self.queue(row.run, resume=row.goes_on)

    @pyqtSlot()
    def _on_rename_triggered(self) -> None:
        row = self._runs.current
        if row is None:
            return
        text = ask_text(
            self._runs, self.tr("Rename the run"), self.tr("Name in the list; the folder keeps its own:"), row.name
        )
        if text is not None:
            name = " ".join(text.split())
            self._do(lambda: row.run.update_manifest(name=name if name != row.run.name else ""))

    @pyqtSlot()
    def _on_note_triggered(self) -> None:
        row = self._runs.current
        if row is None:
            return
        title, question = self.tr("Note about the run"), self.tr("What you want to remember about “{run}”:")
        text = ask_text(self._runs, title, question.format(run=row.name), row.note, lines=True)
        if text is not None:
            self._do(lambda: row.run.update_manifest(note=text.strip()))

    @pyqtSlot()
    def compare(self) -> None:
        """Opens the chosen runs side by side."""
        from ocrstudio.ui.pages.train.compare import CompareDialog

        chosen = [row.run for row in self._runs.chosen]
        if len(chosen) > 1:
            CompareDialog(chosen, self._runs.window()).show()

    @pyqtSlot()
    def _on_delete_triggered(self) -> None:
        row = self._runs.current
        if row is None or not confirm_delete(self._runs.window(), row.name):
            return
        trash = row.run.path.parent.parent / TRASH_DIR
        self._do(lambda: _delete(row, trash), self._on_deleted)

    def _on_deleted(self, result: object) -> None:
        if isinstance(result, tuple):
            self._trashed = result
            self.deleted.emit(result[0])


def _delete(row: RunSummary, trash: Path) -> tuple[RunFolder, Path]:
    run_queue.remove(row.run.path.parent, row.run.name)
    return row.run, to_trash(row.run, trash)
