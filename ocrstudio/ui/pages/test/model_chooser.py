"""Which model reads: by plain names."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PyQt5.QtCore import QEvent, pyqtSignal, pyqtSlot
from PyQt5.QtWidgets import QComboBox, QHBoxLayout, QWidget

from ocrstudio.formats.bundle import BUNDLED, ModelInfo, list_models, model_info
from ocrstudio.ui.model_names import model_name
from ocrstudio.ui.widgets.parts import GRID, label
from ocrstudio.ui.widgets.translated import TranslatedWidget

WIDEST_PX = 420


def known_models(project: Path | None, chosen: str) -> list[ModelInfo]:
    """The models to offer. Reads the disk.

    Args:
        project: The open project, or None.
        chosen: The model in use; it is offered even when it belongs to another project.
    """
    models = list_models(project)
    if chosen != BUNDLED and all(info.model != chosen for info in models):
        info = model_info(Path(chosen))
        if info is not None:
            models.append(info)
    return models


class ModelChooser(TranslatedWidget):
    """A label and a list of names."""

    model_chosen = pyqtSignal(str)  # "bundled" or the path of a bundle; only when the user chose

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._models: Sequence[ModelInfo] = ()
        self._chosen = BUNDLED
        words = label("muted")
        self.combo = QComboBox()
        self.combo.setObjectName("modelChooser")
        self.combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.combo.setMinimumContentsLength(18)
        self.combo.setMaximumWidth(WIDEST_PX)
        self.combo.activated.connect(self._on_combo_activated)
        self.say(words.setText, lambda: self.tr("Read with"))
        self.say(self.combo.setAccessibleName, lambda: self.tr("Read with"))
        self.say(
            self.combo.setToolTip,
            lambda: self.tr("The standard model reads many languages; yours knows your pictures."),
        )
        words.setBuddy(self.combo)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(GRID)
        line.addWidget(words)
        line.addWidget(self.combo)

    def show_models(self, models: Sequence[ModelInfo], chosen: str) -> None:
        """Offers these models, one of them in use."""
        self._models, self._chosen = models, chosen
        self._fill()

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
