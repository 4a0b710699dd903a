"""The config page: a form for what people change, the whole YAML beside it, and the button that starts a training."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from PyQt5.QtCore import Qt, pyqtSignal, pyqtSlot
from PyQt5.QtGui import QCloseEvent, QKeyEvent, QShowEvent
from PyQt5.QtWidgets import QSplitter, QVBoxLayout, QWidget

from ocrstudio.core.config_difference import ABSENT
from ocrstudio.core.errors import QT_TRANSLATE_NOOP, EngineError, StudioError
from ocrstudio.formats.config import TrainConfig
from ocrstudio.formats.run_folder import Engine
from ocrstudio.services.background import Background
from ocrstudio.services.config_draft import ConfigDraft, dictionary_of, read_typed
from ocrstudio.services.flight_check import Subject
from ocrstudio.services.project_session import ProjectSession
from ocrstudio.services.settings import Settings
from ocrstudio.services.synthetic_training import add_synthetic
from ocrstudio.services.timers import single_shot
from ocrstudio.ui.i18n import in_words
from ocrstudio.ui.pages.config import project_files
from ocrstudio.ui.pages.config.comparing import Comparing
from ocrstudio.ui.pages.config.engine_bar import EngineBar
from ocrstudio.ui.pages.config.fields import ROWS, addable, is_used, label_of
from ocrstudio.ui.pages.config.filing import QUICK_TO_READ, Filing
from ocrstudio.ui.pages.config.flight_gate import FlightGate
from ocrstudio.ui.pages.config.helping import Helping
from ocrstudio.ui.pages.config.history import Steps, is_redo, is_undo
from ocrstudio.ui.pages.config.left_side import LeftSide
from ocrstudio.ui.pages.config.source_bar import SourceBar
from ocrstudio.ui.pages.config.start_bar import StartBar
from ocrstudio.ui.pages.config.text_side import TextSide
from ocrstudio.ui.widgets.low_screen import LowScreenArea
from ocrstudio.ui.widgets.message_bar import MessageBar
from ocrstudio.ui.widgets.parts import GRID, label
from ocrstudio.ui.widgets.translated import TranslatedWidget

# After the last keystroke; parsing takes some 30 ms.
PARSE_DELAY_MS = 250
NO_PYTHON = QT_TRANSLATE_NOOP("Errors", "No Python was found yet that can train with {checkout}.")
CHOOSE_PYTHON = QT_TRANSLATE_NOOP("Errors", "The Setup page says what is missing and lets you choose one.")


class ConfigPage(TranslatedWidget):
    """Edits one config at a time.

    Args:
        session: Says where the project's datasets and configs are.
        settings: Unused so far; every page gets it.
        parent: Owner.
        check_program: Replaces the flight check's program; for tests.
    """

    train_requested = pyqtSignal(str, object)  # path of the config file, written a moment ago; Engine
    dataset_requested = pyqtSignal()  # the user wants to write a dataset first

    def __init__(
        self,
        session: ProjectSession,
        settings: Settings,
        parent: QWidget | None = None,
        check_program: list[str] | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("configPage")
        self._session, self._settings = session, settings
        self.draft = ConfigDraft(self)
        self.message = MessageBar()
        self.engine_bar = EngineBar()
        self.source_bar = SourceBar()
        self.left = LeftSide()
        self.text_side = TextSide()
        self.flight = FlightGate(self, check_program)
        self.start_bar = StartBar()
        self.editor, self.dataset_box = self.text_side.editor, self.source_bar.dataset_box
        self.form, self.start_button = self.left.form, self.start_bar.start_button
        self.comparing = Comparing(self.draft, self.left, self.engine_bar, self)
        self.filing = Filing(self.draft, self.comparing, self.message, self)
        self.helping = Helping(self.draft, self.engine_bar, self.comparing, self.message, self)
        self._background = Background(self, threads=1)
        self._steps = Steps()
        self._same_step = False
        self._seen = single_shot(self, 0, self._take_newest_dataset)  # once the page is on the screen
        self._timer = single_shot(self, PARSE_DELAY_MS, self._on_timer_timeout)
        self._build()
        self._say_texts()
        self._connect()
        self._on_project_changed()

    # --- building --------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self._title, self._hint = label("title"), label("muted", wrap=True)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, GRID)
        column.setSpacing(GRID)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(LowScreenArea(content), 1)
        for widget in (self._title, self._hint, self.message, self.engine_bar, self.source_bar):
            column.addWidget(widget)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(2 * GRID)
        column.addWidget(split, 1)
        split.addWidget(self.left)
        self.form.build_rows()  # before what the Tab key reaches after them
        split.addWidget(self.text_side)
        split.setStretchFactor(0, 2)
        split.setStretchFactor(1, 3)
        split.setSizes([480, 640])
        # What starts the training stays in sight, however low the screen.
        below = QVBoxLayout()
        below.setContentsMargins(3 * GRID, 0, 3 * GRID, 2 * GRID)
        below.setSpacing(GRID)
        below.addWidget(self.flight.strip)
        below.addWidget(self.start_bar)
        whole.addLayout(below)

    def _say_texts(self) -> None:
        self.say(self._title.setText, lambda: self.tr("Config"))
        self.say(
            self._hint.setText,
            lambda: self.tr("How the model is trained. The form and the text are the same config: change either."),
        )
        self.say(lambda _: self._show_start(), str)

    def _connect(self) -> None:
        self.editor.textChanged.connect(self._timer.start)
        self.form.value_edited.connect(self._on_value_edited)
        self.left.tree.value_edited.connect(self._on_value_edited)
        self.left.tree.failed.connect(self.message.show_error)
        self.comparing.failed.connect(self.message.show_error)
        self.filing.opened.connect(self._on_filing_opened)
        self.helping.changed.connect(self._on_helping_changed)
        self.message.action_requested.connect(self.undo)
        self.text_side.undo_button.clicked.connect(self.undo)
        self.text_side.redo_button.clicked.connect(self.redo)
        self.draft.text_changed.connect(self._on_draft_text_changed)
        self.draft.values_changed.connect(self._refresh)
        self.draft.error_changed.connect(self._refresh)
        self.draft.base_changed.connect(self._on_draft_base_changed)
        self.engine_bar.engine_changed.connect(self._refresh)
        self.engine_bar.template_chosen.connect(self._on_template_chosen)
        self.engine_bar.config_ready.connect(self._on_config_ready)
        self.engine_bar.failed.connect(self.message.show_error)
        self.source_bar.dataset_chosen.connect(self.use_dataset)
        self.source_bar.fill_requested.connect(self.fill_in)
        self.source_bar.recipe_requested.connect(self._on_recipe_requested)
        self.source_bar.open_requested.connect(self._on_open_requested)
        self.source_bar.copy_requested.connect(self._on_copy_requested)
        self.flight.changed.connect(self._show_start)
        self.flight.settings_ready.connect(self._on_flight_settings_ready)
        self.flight.restore_requested.connect(self.undo)
        self.start_bar.dataset_requested.connect(self.dataset_requested)
        self.start_bar.start_requested.connect(self.start_training)
        self._session.project_opened.connect(self._on_project_changed)
        self._session.project_closed.connect(self._on_project_changed)

    # --- what others may do ----------------------------------------------------------------------------------------

    @pyqtSlot(object)
    def use_dataset(self, folder: Path) -> None:
        """Points the config at a dataset; a checkout's config that had none is made ready for it."""
        self._take_typed_text()
        if self.engine_bar.has_checkout_template and self.draft.error is None and self.draft.dataset() is None:
            self.engine_bar.load(folder)
            return
        try:
            self.draft.use_dataset(folder)
        except StudioError as error:
            self.message.show_error(error)
            return
        self.message.clear()
        self._fill_datasets()

    def use_values(self, values: Mapping[str, object]) -> None:
        """Sets some values, all or none; a message says which, or why they cannot be set."""
        self._take_typed_text()
        try:
            self.draft.take_over(self.draft.changed_copy(values))
        except StudioError as error:
            self.message.show_error(error)
            return
        unused = [key for key in values if not is_used(key, self.draft.config.task, self._engine)]

        def told() -> str:
            names = ", ".join(name for name in map(label_of, unused or values) if name)
            if unused:
                return self.tr("Set, but of no use to a config of this kind with this engine: {names}.").format(
                    names=names
                )
            return self.tr("Set in this config: {names}.").format(names=names)

        self.message.show_message("warn" if unused else "good", told)

    def add_synthetic(self, folder: Path) -> None:
        """Adds synthetic lines to what the config trains on."""
        self._take_typed_text()
        try:
            add_synthetic(self.draft, folder)
        except StudioError as error:
            self.message.show_error(error)
            return
        self.message.show_message(
            "good",
            lambda: self.tr("“{name}” is in the training list now; validation is as it was.").format(name=folder.name),
        )

    @pyqtSlot()
    def start_training(self) -> None:
        """Asks for a training as soon as the flight check has nothing against it."""
        self._take_typed_text()
        self._refresh()
        if self._session.folder is not None and self._standing_obstacle() is None:
            self.flight.start(self._start_now)

    def _start_now(self) -> None:
        """Writes the config into the project and asks for a training with it."""
        if self._project is None:
            return
        path = project_files.config_path(self._project, self.draft.dataset())
        if self.filing.save(path):
            self.train_requested.emit(str(path), self.engine_bar.engine)

    @pyqtSlot()
    def undo(self) -> None:
        """Takes back the last change, wherever it was made."""
        self._take_typed_text()
        self.editor.undo()
        self._take_typed_text()

    @pyqtSlot()
    def redo(self) -> None:
        """Makes the last change again that was taken back."""
        self.editor.redo()
        self._take_typed_text()

    @pyqtSlot()
    def fill_in(self) -> None:
        """Puts what the project knows into the config, and shows what changed."""
        self._take_typed_text()
        if self._project is not None:
            self.helping.fill_in(self._project)

    @pyqtSlot()
    def _on_recipe_requested(self) -> None:
        self._take_typed_text()
        self.helping.ask_for_recipe()

    @pyqtSlot()
    def _on_helping_changed(self) -> None:
        self._steps.end()
        self._fill_datasets()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_undo(event):
            self.undo()
        elif is_redo(event):
            self.redo()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.engine_bar.checkouts.close()
        self.comparing.close()
        self.flight.close()
        self.filing.close()
        self.helping.close()
        self._background.close()
        super().closeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.engine_bar.reload()
        self._fill_datasets()
        self._refresh()
        self._seen.start()
        self.flight.look_again()

    # --- project ---------------------------------------------------------------------------------------------------

    @property
    def _project(self) -> Path | None:
        return Path(self._session.folder) if self._session.folder is not None else None

    @pyqtSlot()
    @pyqtSlot(str)
    def _on_project_changed(self, _folder: str = "") -> None:
        self.message.clear()
        project = self._project
        last = self._last_config()
        if last is not None:
            self.draft.replace(last)
        else:
            self.draft.start_over()
        self.engine_bar.choose(project_files.last_engine(project) if project is not None else Engine())
        document = self.editor.document()
        if document is not None:
            # Undo must not lead back into another project's config.
            document.clearUndoRedoStacks()
        self._fill_datasets()
        if last is not None:
            self.comparing.look_for_base()

    def _last_config(self) -> TrainConfig | None:
        try:
            return project_files.last_config(self._project) if self._project is not None else None
        except StudioError as error:
            self.message.show_error(error, kind="warn")
            return None

    @pyqtSlot()
    def _take_newest_dataset(self) -> None:
        """A config that has nothing to train on takes the dataset that was written last."""
        datasets = project_files.datasets(self._project)
        if datasets and self.draft.error is None and self.draft.obstacle() is not None and not self.draft.dataset():
            self.use_dataset(project_files.newest(datasets))

    def _fill_datasets(self) -> None:
        self.source_bar.show_datasets(project_files.datasets(self._project), self.draft.dataset())

    # --- both ways -------------------------------------------------------------------------------------------------

    @pyqtSlot(str, object)
    def _on_value_edited(self, key: str, value: Any) -> None:
        self._take_typed_text()
        self._same_step = self._steps.goes_on(key)
        try:
            if value is ABSENT:
                self.draft.take_over(self.draft.changed_copy({key: ABSENT}))
            else:
                self.draft.set_value(key, value)
        except StudioError as error:
            self.message.show_error(error)
        self._same_step = False

    @pyqtSlot()
    def _on_timer_timeout(self) -> None:
        text = self.editor.toPlainText()
        if len(text) <= QUICK_TO_READ or text == self.draft.text:
            self._take_text(text)
        else:
            self._background.run(partial(read_typed, text), partial(self._take_reading, text))

    def _take_text(self, text: str) -> None:
        if text != self.draft.text:
            self._steps.end()
        self.draft.set_text(text)

    def _take_reading(self, text: str, reading: TrainConfig | StudioError) -> None:
        if text == self.editor.toPlainText():  # else another reading follows
            self._steps.end()
            self.draft.take_reading(text, reading)

    def _take_typed_text(self) -> None:
        """What was typed a moment ago counts at once."""
        self._timer.stop()
        self._take_text(self.editor.toPlainText())

    @pyqtSlot()
    def _on_draft_text_changed(self) -> None:
        self.editor.show_text(self.draft.text, same_step=self._same_step)
        self._timer.stop()

    @pyqtSlot()
    def _refresh(self) -> None:
        readable = self.draft.error is None
        dataset = self.draft.dataset() if readable else None
        self.left.setEnabled(readable)
        self.text_side.show_error(self.draft.error, self.draft.error_line())
        self.source_bar.show_state(dataset, readable=readable)
        if readable:
            self._show_values(dictionary_of(dataset) if dataset is not None else None)
        self._show_start()

    @pyqtSlot()
    def _on_draft_base_changed(self) -> None:
        self.engine_bar.show_config(self.draft.config)

    @property
    def _engine(self) -> str:
        return "paddleocr" if self.engine_bar.known is not None else "builtin"

    def _show_values(self, dictionary: Path | None) -> None:
        keys = [field.key for field in ROWS]
        self.form.show_values(self.draft.values(keys), self.comparing.template_values(keys), dictionary)
        self.form.offer(
            [field for field in addable(self.draft.config.task, self._engine) if self.draft.lacks(field.key)]
        )
        self.left.tree.show_values(self.draft.config.plain(), self.comparing.refresh())

    @pyqtSlot()
    def _show_start(self) -> None:
        open_, readable = self._session.folder is not None, self.draft.error is None
        if self.isVisible():
            self.flight.watch(self._subject())
        self.start_bar.show_state(
            self._obstacle_text(),
            ready=open_ and self._standing_obstacle() is None and not self.flight.is_starting,
            needs_dataset=open_ and readable and self.draft.dataset() is None,
            poor=self.flight.is_poor,
        )

    def _subject(self) -> Subject | None:
        """What the flight check is to look at; None while there is nothing that could be trained."""
        if self._project is None or self._obstacle_of_files() is not None:
            return None
        out = project_files.output_folder(self._project)
        return Subject(self.draft.text, self.tr("config"), self.engine_bar.engine, str(out))

    @pyqtSlot(object)
    def _on_flight_settings_ready(self, settings: dict[str, Any]) -> None:
        self._take_typed_text()
        try:
            self.helping.apply(self.draft.changed_copy(settings), self.tr("before the repair"))
        except StudioError as error:
            self.message.show_error(error)

    def _standing_obstacle(self) -> StudioError | None:
        """What keeps the training from starting; None if nothing does."""
        return self._obstacle_of_files() or self.flight.obstacle()

    def _obstacle_of_files(self) -> StudioError | None:
        known = self.engine_bar.known
        if known is not None and known.python is None and self.draft.error is None:
            return EngineError(NO_PYTHON, CHOOSE_PYTHON, checkout=known.title)
        return self.draft.obstacle()

    def _obstacle_text(self) -> str:
        if self._session.folder is None:
            return self.tr("Open a project to train.")
        if self.draft.error is not None:
            return self.tr("Mend the text above first.")
        obstacle = self._standing_obstacle()
        if obstacle is None and self.flight.is_starting:
            return self.tr("The training starts as soon as the flight check is over.")
        if obstacle is None:
            dataset = self.draft.dataset()
            name = dataset.name if dataset is not None else self.tr("the lists above")
            return self.tr("Ready: {epochs} epochs on {dataset}.").format(
                epochs=self.draft.value("Global.epoch_num"), dataset=name
            )
        return in_words(obstacle)

    # --- files -----------------------------------------------------------------------------------------------------

    @pyqtSlot()
    def _on_template_chosen(self) -> None:
        self.message.clear()
        self.engine_bar.load(self.draft.dataset() if self.draft.error is None else None)

    @pyqtSlot(object)
    def _on_config_ready(self, config: TrainConfig) -> None:
        self.draft.replace(config, self.engine_bar.base())
        self._fill_datasets()

    @pyqtSlot()
    def _on_open_requested(self) -> None:
        self.filing.choose(str(self._session.folder or ""))

    @pyqtSlot()
    def _on_filing_opened(self) -> None:
        self.editor.show_line(self.draft.error_line())
        self._fill_datasets()

    @pyqtSlot()
    def _on_copy_requested(self) -> None:
        self._take_typed_text()
        self.filing.save_copy(Path(self._session.folder or Path.home()))
