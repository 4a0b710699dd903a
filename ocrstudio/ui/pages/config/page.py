"""The config page: a form for what people change, the whole YAML beside it, and the button that starts a training."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PyQt5.QtCore import Qt, QTimer, pyqtSignal, pyqtSlot
from PyQt5.QtGui import QCloseEvent, QShowEvent
from PyQt5.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, EngineError, ProjectError, StudioError
from ocrstudio.formats.config import TrainConfig
from ocrstudio.formats.run_folder import Engine, list_runs
from ocrstudio.paths import STATE_DIR
from ocrstudio.services.config_draft import ConfigDraft, dictionary_of
from ocrstudio.services.project_session import ProjectSession
from ocrstudio.services.settings import Settings
from ocrstudio.ui import theme
from ocrstudio.ui.i18n import translated
from ocrstudio.ui.pages.config.engine_bar import EngineBar
from ocrstudio.ui.pages.config.fields import FIELDS
from ocrstudio.ui.pages.config.form import ConfigForm
from ocrstudio.ui.pages.config.yaml_editor import YamlEditor
from ocrstudio.ui.widgets.message_bar import MessageBar
from ocrstudio.ui.widgets.parts import GRID, button, card, label, row
from ocrstudio.ui.widgets.translated import TranslatedWidget

# After the last keystroke; parsing takes some 30 ms.
PARSE_DELAY_MS = 250
CONFIGS_DIR = "configs"
NO_PYTHON = QT_TRANSLATE_NOOP("Errors", "No Python was found yet that can train with {checkout}.")
CHOOSE_PYTHON = QT_TRANSLATE_NOOP("Errors", "The Setup page says what is missing and lets you choose one.")


class ConfigPage(TranslatedWidget):
    """Edits one config at a time.

    Args:
        session: Says where the project's datasets and configs are.
        settings: Unused so far; every page gets it.
        parent: Owner.
    """

    train_requested = pyqtSignal(str, object)  # path of the config file, written a moment ago; Engine
    dataset_requested = pyqtSignal()  # the user wants to write a dataset first

    def __init__(self, session: ProjectSession, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("configPage")
        self._session, self._settings = session, settings
        self.draft = ConfigDraft(self)
        self.form = ConfigForm()
        self.editor = YamlEditor()
        self.message = MessageBar()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PARSE_DELAY_MS)
        self._build()
        self._say_texts()
        self._connect()
        self._on_project_changed()

    # --- building --------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self._title, self._hint = label("title"), label("muted", wrap=True)
        self.engine_bar = EngineBar()
        self._dataset_label = label("muted")
        self.dataset_box = QComboBox()
        self.dataset_box.setObjectName("configDataset")
        self.dataset_box.setMinimumContentsLength(14)
        self.dataset_box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._open_button = button("openConfigButton", "fa5s.folder-open")
        self._copy_button = button("saveConfigCopyButton", "fa5s.copy")
        top = row(self._dataset_label, self.dataset_box, None, self._open_button, self._copy_button)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(2 * GRID)
        split.addWidget(self.form)
        split.addWidget(self._build_text_side())
        split.setStretchFactor(0, 2)
        split.setStretchFactor(1, 3)
        split.setSizes([480, 640])
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        column.setSpacing(GRID)
        for widget in (self._title, self._hint, self.message):
            column.addWidget(widget)
        column.addWidget(self.engine_bar)
        column.addLayout(top)
        column.addWidget(split, 1)
        column.addLayout(self._build_bottom())

    def _build_text_side(self) -> QWidget:
        self._yaml_title = label("subtitle")
        self._verdict = label("good", "yamlVerdict", wrap=True)
        side = card(self._yaml_title, self.editor, self._verdict)
        column = side.layout()
        if isinstance(column, QVBoxLayout):
            column.setStretchFactor(self.editor, 1)
        return side

    def _build_bottom(self) -> QHBoxLayout:
        self._obstacle = label("muted", "trainObstacle", wrap=True)
        self._to_dataset = button("goToDatasetButton", "fa5s.layer-group")
        self.start_button = button("startTrainingButton", "fa5s.play", "big")
        line = row(spacing=2 * GRID)
        line.addWidget(self._obstacle, 1)
        line.addWidget(self._to_dataset)
        line.addWidget(self.start_button)
        return line

    def _say_texts(self) -> None:
        self.say(self._title.setText, lambda: self.tr("Config"))
        self.say(
            self._hint.setText,
            lambda: self.tr("How the model is trained. The form and the text are the same config: change either."),
        )
        self.say(self._dataset_label.setText, lambda: self.tr("Dataset"))
        self.say(self._open_button.setText, lambda: self.tr("Open a file…"))
        self.say(self._copy_button.setText, lambda: self.tr("Save as a copy…"))
        self.say(self._yaml_title.setText, lambda: self.tr("Everything, as PaddleOCR reads it"))
        self.say(self._to_dataset.setText, lambda: self.tr("Write a dataset"))
        self.say(self.start_button.setText, lambda: self.tr("Start training"))
        self.say(self._show_verdict, self._verdict_text)
        self.say(self._obstacle.setText, self._obstacle_text)

    def _connect(self) -> None:
        self._timer.timeout.connect(self._on_timer_timeout)
        self.editor.textChanged.connect(self._timer.start)
        self.form.value_edited.connect(self._on_form_value_edited)
        self.draft.text_changed.connect(self._on_draft_text_changed)
        self.draft.values_changed.connect(self._refresh)
        self.draft.error_changed.connect(self._refresh)
        self.engine_bar.engine_changed.connect(self._refresh)
        self.engine_bar.template_chosen.connect(self._on_template_chosen)
        self.engine_bar.config_ready.connect(self._on_config_ready)
        self.engine_bar.failed.connect(self.message.show_error)
        self.dataset_box.activated.connect(self._on_dataset_activated)
        self._open_button.clicked.connect(self._on_open_clicked)
        self._copy_button.clicked.connect(self._on_copy_clicked)
        self._to_dataset.clicked.connect(self.dataset_requested)
        self.start_button.clicked.connect(self.start_training)
        self._session.project_opened.connect(self._on_project_changed)
        self._session.project_closed.connect(self._on_project_changed)

    # --- what others may do ----------------------------------------------------------------------------------------

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

    @pyqtSlot()
    def start_training(self) -> None:
        """Writes the config into the project and asks for a training with it."""
        self._take_typed_text()
        folder = self._session.folder
        if folder is None or self._standing_obstacle() is not None:
            self._refresh()
            return
        dataset = self.draft.dataset()
        path = Path(folder) / STATE_DIR / CONFIGS_DIR / f"{dataset.name if dataset is not None else 'train'}.yml"
        if self._save(path):
            self.train_requested.emit(str(path), self.engine_bar.engine)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.engine_bar.checkouts.close()
        super().closeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.engine_bar.reload()
        self._take_newest_dataset()
        self._fill_datasets()
        self._refresh()

    # --- project ---------------------------------------------------------------------------------------------------

    @pyqtSlot()
    @pyqtSlot(str)
    def _on_project_changed(self, _folder: str = "") -> None:
        self.message.clear()
        self.draft.replace(self._last_config() or TrainConfig.template())
        self.engine_bar.choose(self._last_engine())
        self.engine_bar.show_config(self.draft.config)
        document = self.editor.document()
        if document is not None:
            # Undo must not lead back into another project's config.
            document.clearUndoRedoStacks()
        self._fill_datasets()

    def _last_config(self) -> TrainConfig | None:
        """The config of the project's last training."""
        folder = self._session.folder
        files = sorted((Path(folder) / STATE_DIR / CONFIGS_DIR).glob("*.yml"), key=_age) if folder is not None else []
        if not files:
            return None
        try:
            return TrainConfig.load(files[-1])
        except StudioError as error:
            self.message.show_error(error, kind="warn")
            return None

    def _last_engine(self) -> Engine:
        """What did the project's last training."""
        runs = list_runs(Path(self._session.folder) / STATE_DIR / "runs") if self._session.folder is not None else []
        return runs[-1].engine if runs else Engine()

    def _datasets(self) -> list[Path]:
        """The project's datasets by name."""
        folder = self._session.folder
        found = (Path(folder) / STATE_DIR / "datasets").glob("*/split.json") if folder is not None else ()
        return sorted(file.parent for file in found)

    def _take_newest_dataset(self) -> None:
        """A config that has nothing to train on takes the dataset that was written last."""
        datasets = self._datasets()
        if datasets and self.draft.error is None and self.draft.obstacle() is not None and not self.draft.dataset():
            self.use_dataset(max(datasets, key=lambda dataset: _age(dataset / "split.json")))

    def _fill_datasets(self) -> None:
        used, datasets = self.draft.dataset(), self._datasets()
        if used is not None and used.resolve() not in [dataset.resolve() for dataset in datasets]:
            datasets.append(used)
        self.dataset_box.clear()
        self.dataset_box.addItem(self.tr("none") if not datasets else self.tr("choose…"), "")
        for dataset in datasets:
            self.dataset_box.addItem(dataset.name, str(dataset))
            if used is not None and dataset.resolve() == used.resolve():
                self.dataset_box.setCurrentIndex(self.dataset_box.count() - 1)
        self.dataset_box.setEnabled(bool(datasets))

    # --- both ways -------------------------------------------------------------------------------------------------

    @pyqtSlot(str, object)
    def _on_form_value_edited(self, key: str, value: Any) -> None:
        self._take_typed_text()
        try:
            self.draft.set_value(key, value)
        except StudioError as error:
            self.message.show_error(error)

    @pyqtSlot()
    def _on_timer_timeout(self) -> None:
        self.draft.set_text(self.editor.toPlainText())

    def _take_typed_text(self) -> None:
        """What was typed a moment ago counts at once."""
        if self._timer.isActive():
            self._timer.stop()
            self._on_timer_timeout()

    @pyqtSlot()
    def _on_draft_text_changed(self) -> None:
        self.editor.show_text(self.draft.text)
        self._timer.stop()

    @pyqtSlot()
    def _refresh(self) -> None:
        broken = self.draft.error is not None
        self.form.setEnabled(not broken)
        self._copy_button.setEnabled(not broken)
        self.dataset_box.setEnabled(not broken and self.dataset_box.count() > 1)
        self.editor.mark_line(self.draft.error_line())
        self._show_verdict(self._verdict_text())
        if not broken:
            dataset = self.draft.dataset()
            dictionary = dictionary_of(dataset) if dataset is not None else None
            keys = [field.key for field in FIELDS if self.draft.has(field.key)]
            self.form.show_values({key: self.draft.value(key) for key in keys}, dictionary)
            place = self.dataset_box.findData(str(dataset)) if dataset is not None else 0
            if place >= 0:
                self.dataset_box.setCurrentIndex(place)
        obstacle = self._standing_obstacle()
        self._obstacle.setText(self._obstacle_text())
        self.start_button.setEnabled(self._session.folder is not None and obstacle is None)
        self._to_dataset.setVisible(self._session.folder is not None and self.draft.dataset() is None and not broken)

    def _standing_obstacle(self) -> StudioError | None:
        """What keeps the training from starting; None if nothing does."""
        known = self.engine_bar.known
        if known is not None and known.python is None and self.draft.error is None:
            return EngineError(NO_PYTHON, CHOOSE_PYTHON, checkout=known.title)
        return self.draft.obstacle()

    def _show_verdict(self, text: str) -> None:
        role = "bad" if self.draft.error is not None else "good"
        if self._verdict.property("role") != role:
            theme.mark(self._verdict, role)
        self._verdict.setText(text)

    def _verdict_text(self) -> str:
        error = self.draft.error
        if error is None:
            return self.tr("The text can be read.")
        told = " ".join(part for part in translated(error) if part)
        return self.tr("{error} The form waits until the text can be read again.").format(error=told)

    def _obstacle_text(self) -> str:
        if self._session.folder is None:
            return self.tr("Open a project to train.")
        if self.draft.error is not None:
            return self.tr("Mend the text above first.")
        obstacle = self._standing_obstacle()
        if obstacle is None:
            dataset = self.draft.dataset()
            name = dataset.name if dataset is not None else self.tr("the lists above")
            return self.tr("Ready: {epochs} epochs on {dataset}.").format(
                epochs=self.draft.value("Global.epoch_num"), dataset=name
            )
        return " ".join(part for part in translated(obstacle) if part)

    # --- files -----------------------------------------------------------------------------------------------------

    @pyqtSlot()
    def _on_template_chosen(self) -> None:
        self.message.clear()
        self.engine_bar.load(self.draft.dataset() if self.draft.error is None else None)

    @pyqtSlot(object)
    def _on_config_ready(self, config: TrainConfig) -> None:
        self.draft.replace(config)
        self._fill_datasets()

    @pyqtSlot(int)
    def _on_dataset_activated(self, place: int) -> None:
        folder = self.dataset_box.itemData(place)
        if folder:
            self.use_dataset(Path(folder))

    @pyqtSlot()
    def _on_open_clicked(self) -> None:
        start = str(self._session.folder or "")
        kinds = self.tr("Configs (*.yml *.yaml)")
        file, _ = QFileDialog.getOpenFileName(self, self.tr("Open a config"), start, kinds)
        if file:
            self.open_file(Path(file))

    def open_file(self, path: Path) -> None:
        """Edits a copy of a config file; the file itself stays as it is."""
        try:
            config = TrainConfig.load(path)
        except StudioError as error:
            self.message.show_error(error)
            return
        self.message.clear()
        self.draft.replace(config)
        self.engine_bar.show_config(config)
        self._fill_datasets()

    @pyqtSlot()
    def _on_copy_clicked(self) -> None:
        self._take_typed_text()
        start = str(Path(self._session.folder or Path.home()) / "config.yml")
        kinds = self.tr("Configs (*.yml *.yaml)")
        file, _ = QFileDialog.getSaveFileName(self, self.tr("Save the config as a copy"), start, kinds)
        if file and self._save(Path(file)):
            self.message.show_message("good", lambda: self.tr("Saved as {file}.").format(file=file))

    def _save(self, path: Path) -> bool:
        try:
            if self.draft.error is not None:
                raise self.draft.error
            path.parent.mkdir(parents=True, exist_ok=True)
            self.draft.config.save(path)
        except OSError as error:
            what = QT_TRANSLATE_NOOP("Errors", "{folder} cannot be made: {reason}.")
            self.message.show_error(ProjectError(what, folder=path.parent, reason=error.strerror))
            return False
        except StudioError as error:
            self.message.show_error(error)
            return False
        return True


def _age(file: Path) -> float:
    return file.stat().st_mtime
