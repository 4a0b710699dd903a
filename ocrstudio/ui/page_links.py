"""What pages want of the window and of each other: they do not know one another."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PyQt5.QtCore import QObject, pyqtSlot

from ocrstudio.core.run_state import RunState

if TYPE_CHECKING:
    from ocrstudio.formats.run_folder import Engine
    from ocrstudio.ui.main_window import MainWindow


class PageLinks(QObject):
    """Carries wishes from page to page.

    Args:
        window: Has the pages; its owner.
    """

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window

    def connect_page(self, name: str, made: Any) -> None:
        """Connects what a new page can wish for; `name` is its key of `main_window.PAGE_CLASSES`."""
        window = self._window
        if name == "annotate":
            made.open_folder_requested.connect(window.choose_folder)
            made.open_sample_requested.connect(window.open_sample_project)
        elif name == "dataset":
            made.open_requested.connect(window.choose_folder)
            made.dataset_written.connect(self._on_dataset_written)
            made.synthetic_requested.connect(self._on_synthetic_requested)
            made.page_requested.connect(window.show_page)
            made.values_requested.connect(self._on_values_requested)
            made.try_requested.connect(self._on_try_requested)
        elif name == "setup":
            made.models_card.try_requested.connect(self._on_try_requested)
        elif name == "config":
            made.dataset_requested.connect(self._on_dataset_requested)
            made.train_requested.connect(self._on_train_requested)
        elif name == "train":
            made.config_requested.connect(self._on_config_requested)
            made.page_requested.connect(window.show_page)
            made.term_requested.connect(window.help.show_term)
            made.training_changed.connect(self._on_training_changed)
            made.model_trained.connect(self._on_model_trained)
        elif name == "test":
            made.synthesis_requested.connect(self._on_synthesis_requested)
            made.values_requested.connect(self._on_values_requested)
            made.open_requested.connect(window.choose_folder)
            made.page_requested.connect(window.show_page)
            made.part_made.connect(window.take_in)

    @pyqtSlot()
    def _on_dataset_requested(self) -> None:
        self._window.show_page("dataset")

    @pyqtSlot()
    def _on_config_requested(self) -> None:
        self._window.show_page("config")

    @pyqtSlot(str)
    def _on_dataset_written(self, folder: str) -> None:
        self._window.page("config").use_dataset(Path(folder))
        self._window.show_page("config")

    @pyqtSlot(str)
    def _on_synthetic_requested(self, folder: str) -> None:
        self._window.page("config").add_synthetic(Path(folder))
        self._window.show_page("config")

    @pyqtSlot(str)
    def _on_synthesis_requested(self, characters: str) -> None:
        self._window.show_page("dataset")
        self._window.page("dataset").synthesise(characters)

    @pyqtSlot(object)
    def _on_values_requested(self, values: dict[str, object]) -> None:
        self._window.page("config").use_values(values)
        self._window.show_page("config")

    @pyqtSlot(str)
    def _on_try_requested(self, model: str) -> None:
        self._window.show_page("test")
        self._window.page("test").use_model(model)

    @pyqtSlot(str, object)
    def _on_train_requested(self, config: str, engine: Engine) -> None:
        self._window.show_page("train")
        self._window.page("train").start_training(Path(config), engine)

    @pyqtSlot(object)
    def _on_training_changed(self, state: RunState) -> None:
        self._window.show_training(state)

    @pyqtSlot(str)
    def _on_model_trained(self, bundle: str) -> None:
        self._window.show_page("test")
        self._window.page("test").use_bundle(bundle)
