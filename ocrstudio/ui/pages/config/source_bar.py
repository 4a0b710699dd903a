"""What the config trains on, and the buttons for files."""

from __future__ import annotations

from pathlib import Path

from PyQt5.QtCore import QEvent, pyqtSignal, pyqtSlot
from PyQt5.QtWidgets import QComboBox, QWidget

from ocrstudio.ui.widgets.flow import FlowWidget
from ocrstudio.ui.widgets.parts import GRID, button, label, row


class SourceBar(FlowWidget):
    """The choice of a dataset, opening a config and saving it as a copy."""

    dataset_chosen = pyqtSignal(object)  # Path
    fill_requested = pyqtSignal()
    recipe_requested = pyqtSignal()
    open_requested = pyqtSignal()
    copy_requested = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(GRID, parent)
        self._has_datasets = False
        self._label = label("muted")
        self.dataset_box = QComboBox()
        self.dataset_box.setObjectName("configDataset")
        self.dataset_box.setMinimumContentsLength(14)
        self.dataset_box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._fill_button = button("fillInConfig", "fa5s.magic")
        self._recipe_button = button("recipeButton", "fa5s.book")
        self._open_button = button("openConfigButton", "fa5s.folder-open")
        self._copy_button = button("saveConfigCopyButton", "fa5s.copy")
        self._label.setBuddy(self.dataset_box)
        chooser = QWidget()
        chooser.setLayout(row(self._label, self.dataset_box))
        for widget in (chooser, self._fill_button, self._recipe_button):
            self.flow.addWidget(widget)
        self.flow.add_at_far_end(self._open_button)
        self.flow.addWidget(self._copy_button)
        self.say(self._label.setText, lambda: self.tr("Dataset"))
        self.say(self._fill_button.setText, lambda: self.tr("Fill in"))
        self.say(
            self._fill_button.setToolTip,
            lambda: self.tr(
                "Puts in what the project knows: lists, characters, weights to start from, the output folder, and when "
                "to evaluate. What changed is shown, and can be undone."
            ),
        )
        self.say(self._recipe_button.setText, lambda: self.tr("Recipe…"))
        self.say(
            self._recipe_button.setToolTip,
            lambda: self.tr(
                "What do you want to achieve? Learning rate, epochs and the rest follow, each with its reason."
            ),
        )
        self.say(self._open_button.setText, lambda: self.tr("Open…"))
        self.say(self._copy_button.setText, lambda: self.tr("Save a copy…"))
        self.dataset_box.activated.connect(self._on_dataset_activated)
        self._fill_button.clicked.connect(self.fill_requested)
        self._recipe_button.clicked.connect(self.recipe_requested)
        self._open_button.clicked.connect(self.open_requested)
        self._copy_button.clicked.connect(self.copy_requested)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and self.dataset_box.count():
            self.dataset_box.setItemText(0, self._no_dataset())

    def _no_dataset(self) -> str:
        return self.tr("choose…") if self._has_datasets else self.tr("none")

    def show_datasets(self, found: list[Path], used: Path | None) -> None:
        """Offers datasets; the one in use is among them even if the project does not hold it."""
        if used is not None and used.resolve() not in [dataset.resolve() for dataset in found]:
            found = [*found, used]
        self._has_datasets = bool(found)
        self.dataset_box.clear()
        self.dataset_box.addItem(self._no_dataset(), "")
        for dataset in found:
            self.dataset_box.addItem(dataset.name, str(dataset))
            if used is not None and dataset.resolve() == used.resolve():
                self.dataset_box.setCurrentIndex(self.dataset_box.count() - 1)
        self.dataset_box.setEnabled(bool(found))

    def show_state(self, used: Path | None, *, readable: bool) -> None:
        """Shows the dataset in use; while the text is broken nothing can be chosen or copied."""
        for one in (self._copy_button, self._recipe_button):
            one.setEnabled(readable)
        self._fill_button.setEnabled(readable and self.dataset_box.count() > 1)
        self.dataset_box.setEnabled(readable and self.dataset_box.count() > 1)
        if readable:
            place = self.dataset_box.findData(str(used)) if used is not None else 0
            if place >= 0:
                self.dataset_box.setCurrentIndex(place)

    @pyqtSlot(int)
    def _on_dataset_activated(self, place: int) -> None:
        folder = self.dataset_box.itemData(place)
        if folder:
            self.dataset_chosen.emit(Path(folder))
