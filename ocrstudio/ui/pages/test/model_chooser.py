"""Which model reads, and which finds the lines: by plain names."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PyQt5.QtCore import QEvent, Qt, pyqtSignal, pyqtSlot
from PyQt5.QtGui import QStandardItemModel
from PyQt5.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QProgressBar, QToolButton, QWidget

from ocrstudio.formats.bundle import BUNDLED, ModelInfo, Task
from ocrstudio.formats.inference_folder import lacks_dictionary
from ocrstudio.formats.model_card import ModelCard, model_card
from ocrstudio.services.background import Background
from ocrstudio.services.model_work import ModelWork
from ocrstudio.ui.i18n import in_words
from ocrstudio.ui.icons import icon
from ocrstudio.ui.model_names import model_name
from ocrstudio.ui.pages.test.model_card import ModelCardPopup
from ocrstudio.ui.widgets.parts import GRID, LongChoice, button, label
from ocrstudio.ui.widgets.translated import TranslatedWidget

WIDEST_PX = 420
PROGRESS_PX = 120
# Data of the entry that is no model.
FROM_FOLDER = "\0folder"


class ModelChooser(TranslatedWidget):
    """A label, a list of names and the card of the chosen one; a model that is not ready yet is made so first.

    Args:
        task: What the models do: "rec" reads lines, "det" finds them. Finding is shown only when there is a choice.
        parent: Owner; it calls `close_work`.
        program: Replaces the program that makes models ready; for tests.
    """

    model_chosen = pyqtSignal(str)  # name on the wire; only when the user chose, and only once it can be used
    model_added = pyqtSignal(str, str)  # the user's own copy of a model; rec or det, whatever this chooser is for
    failed = pyqtSignal(object)  # protocol Failed: why a model could not be made ready or added

    def __init__(self, task: Task = "rec", parent: QWidget | None = None, program: list[str] | None = None) -> None:
        super().__init__(parent)
        self.task = task
        self._models: Sequence[ModelInfo] = ()
        self._chosen = BUNDLED
        self._background = Background(self, threads=1)
        self.work = ModelWork(self, program)
        self.work.ready.connect(self._on_work_ready)
        self.work.added.connect(self.model_added)
        self.work.failed.connect(self.failed)
        self.work.busy_changed.connect(self._on_work_busy_changed)
        self.work.progressed.connect(self._on_work_progressed)
        self._build()
        if task == "det":
            self.hide()  # until there is a choice

    def _build(self) -> None:
        words = label("muted")
        self.combo = LongChoice()
        self.combo.setObjectName("modelChooser" if self.task == "rec" else "detectorChooser")
        self.combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.combo.setMinimumContentsLength(10)
        self.combo.setMaximumWidth(WIDEST_PX)
        self.combo.activated.connect(self._on_combo_activated)
        self.doing = label("muted", "modelWork")
        self.progress = QProgressBar()
        self.progress.setObjectName("modelProgress")
        self.progress.setFixedWidth(PROGRESS_PX)
        self.cancel = button("cancelModelWork", "fa5s.times", "quiet")
        self.cancel.clicked.connect(self.work.cancel)
        self.card_button = QToolButton()
        self.card_button.setObjectName("modelCardButton")
        self.card_button.setIcon(icon("fa5s.info-circle", "accent"))
        self.card_button.setAutoRaise(True)
        self.card_button.clicked.connect(self.show_card)
        self.say(words.setText, self._title)
        self.say(self.combo.setAccessibleName, self._title)
        self.say(self.combo.setToolTip, self._tip)
        self.say(self.cancel.setText, lambda: self.tr("Cancel"))
        self.say(self.card_button.setToolTip, lambda: self.tr("About this model"))
        self.say(self.card_button.setAccessibleName, lambda: self.tr("About this model"))
        words.setBuddy(self.combo)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(GRID)
        for widget in (words, self.combo, self.doing, self.progress, self.cancel, self.card_button):
            line.addWidget(widget)
        self._on_work_busy_changed(False)

    def _title(self) -> str:
        return self.tr("Read with") if self.task == "rec" else self.tr("Find with")

    def _tip(self) -> str:
        if self.task == "rec":
            return self.tr("The standard model reads many languages; yours knows your pictures.")
        return self.tr("The standard model finds text on most pictures; yours knows your pages.")

    @property
    def info(self) -> ModelInfo | None:
        """The model in use, as far as it is in the list."""
        return next((info for info in self._models if info.model == self._chosen), None)

    def show_models(self, models: Sequence[ModelInfo], chosen: str) -> None:
        """Offers these models, one of them in use."""
        self._models, self._chosen = models, chosen
        self._fill()
        self.setVisible(self.task == "rec" or len(models) > 1)

    def choose(self, model: str) -> None:
        """Marks the model in use, without announcing it."""
        self._chosen = model
        self.combo.setCurrentIndex(self.combo.findData(model))

    def close_work(self) -> None:
        """Ends what is being made ready, for good."""
        self.work.close()
        self._background.close()

    def _fill(self) -> None:
        self.combo.clear()
        for info in self._models:
            self.combo.addItem(model_name(info), info.model)
            if info.problem is not None:
                self._refuse(self.combo.count() - 1, in_words(info.problem))
        self.combo.insertSeparator(self.combo.count())
        self.combo.addItem(icon("fa5s.folder-open", "accent"), self.tr("Use a model from a folder…"), FROM_FOLDER)
        self.combo.setCurrentIndex(self.combo.findData(self._chosen))

    def _refuse(self, row: int, reason: str) -> None:
        """Shows a model that cannot be used, and why."""
        self.combo.setItemText(row, self.tr("{name} (not usable)").format(name=self.combo.itemText(row)))
        self.combo.setItemData(row, reason, Qt.ItemDataRole.ToolTipRole)
        model = self.combo.model()
        item = model.item(row) if isinstance(model, QStandardItemModel) else None
        if item is not None:
            item.setEnabled(False)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._fill()

    @pyqtSlot(int)
    def _on_combo_activated(self, index: int) -> None:
        model = str(self.combo.itemData(index))
        self.choose(self._chosen)  # until it can be used
        if model == FROM_FOLDER:
            self.add_from_folder()
            return
        info = next((one for one in self._models if one.model == model), None)
        if info is not None and info.need:
            self.work.prepare(model)
        elif model != self._chosen:
            self.choose(model)
            self.model_chosen.emit(model)

    # --- work ------------------------------------------------------------------------------------------------------

    @pyqtSlot()
    def add_from_folder(self) -> None:
        """Lets the user choose a folder with a model, and its dictionary if that is missing; adds it to their own."""
        chosen = QFileDialog.getExistingDirectory(self, self.tr("Choose the folder of a model"))
        if chosen:
            folder = Path(chosen)
            self._background.run(lambda: lacks_dictionary(folder), lambda lacks: self._add(folder, lacks=lacks))

    def _add(self, folder: Path, *, lacks: bool) -> None:
        dictionary = None
        if lacks:
            title = self.tr("Choose the dictionary that the model was trained with")
            kinds = ";;".join((self.tr("Dictionaries (*.txt)"), self.tr("All files (*)")))
            file, _ = QFileDialog.getOpenFileName(self, title, str(folder), kinds)
            if not file:
                return
            dictionary = Path(file)
        self.work.add(folder, dictionary)

    @pyqtSlot(str)
    def _on_work_ready(self, model: str) -> None:
        self._chosen = model
        self.model_chosen.emit(model)

    @pyqtSlot(bool)
    def _on_work_busy_changed(self, busy: bool) -> None:
        self.combo.setVisible(not busy)
        self.card_button.setVisible(not busy)
        self.doing.setVisible(busy)
        self.progress.setVisible(busy)
        self.cancel.setVisible(busy)
        if busy:
            self._on_work_progressed("", 0, 0)

    @pyqtSlot(str, int, int)
    def _on_work_progressed(self, name: str, done: int, total: int) -> None:
        words = {
            "export": self.tr("Exporting the trained model…"),
            "parity": self.tr("Comparing the exported model with the trained one…"),
            "import": self.tr("Copying the model…"),
            "convert": self.tr("Converting the model…"),
        }
        self.progress.setRange(0, total)
        self.progress.setValue(done)
        self.doing.setText(words.get(name, self.tr("Getting the model ready…")))

    # --- the card --------------------------------------------------------------------------------------------------

    @pyqtSlot()
    def show_card(self) -> None:
        """Opens the card of the model in use."""
        info = self.info
        if info is not None:
            self._background.run(lambda: model_card(info), self._on_card_known)

    def _on_card_known(self, card: ModelCard) -> None:
        if self.isVisible():
            ModelCardPopup(card, self).show_below(self.card_button)
