"""Which model reads, and which finds the lines: by plain names."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt5.QtCore import QEvent, pyqtSignal, pyqtSlot
from PyQt5.QtWidgets import QComboBox, QHBoxLayout, QWidget

from ocrstudio.formats.bundle import BUNDLED, ModelInfo, Task
from ocrstudio.ui.model_names import model_name
from ocrstudio.ui.widgets.parts import GRID, label
from ocrstudio.ui.widgets.translated import TranslatedWidget

WIDEST_PX = 420


class ModelChooser(TranslatedWidget):
    """A label and a list of names.

    Args:
        task: What the models do: "rec" reads lines, "det" finds them. Finding is shown only when there is a choice.
        parent: Owner.
    """

    model_chosen = pyqtSignal(str)  # "bundled" or the path of a bundle; only when the user chose

    def __init__(self, task: Task = "rec", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.task = task
        self._models: Sequence[ModelInfo] = ()
        self._chosen = BUNDLED
        words = label("muted")
        self.combo = QComboBox()
        self.combo.setObjectName("modelChooser" if task == "rec" else "detectorChooser")
        self.combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.combo.setMinimumContentsLength(18)
        self.combo.setMaximumWidth(WIDEST_PX)
        self.combo.activated.connect(self._on_combo_activated)
        self.say(words.setText, self._title)
        self.say(self.combo.setAccessibleName, self._title)
        self.say(self.combo.setToolTip, self._tip)
        words.setBuddy(self.combo)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(GRID)
        line.addWidget(words)
        line.addWidget(self.combo)
        if task == "det":
            self.hide()  # until there is a choice

    def _title(self) -> str:
        return self.tr("Read with") if self.task == "rec" else self.tr("Find with")

    def _tip(self) -> str:
        if self.task == "rec":
            return self.tr("The standard model reads many languages; yours knows your pictures.")
        return self.tr("The standard model finds text on most pictures; yours knows your pages.")

    def show_models(self, models: Sequence[ModelInfo], chosen: str) -> None:
        """Offers these models, one of them in use."""
        self._models, self._chosen = models, chosen
        self._fill()
        self.setVisible(self.task == "rec" or len(models) > 1)

    def choose(self, model: str) -> None:
        """Marks the model in use, without announcing it."""
        self._chosen = model
        self.combo.setCurrentIndex(self.combo.findData(model))

    def _fill(self) -> None:
        self.combo.clear()
        for info in self._models:
            self.combo.addItem(model_name(info), info.model)
        self.combo.setCurrentIndex(self.combo.findData(self._chosen))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._fill()

    @pyqtSlot(int)
    def _on_combo_activated(self, index: int) -> None:
        model = str(self.combo.itemData(index))
        if model != self._chosen:
            self._chosen = model
            self.model_chosen.emit(model)
