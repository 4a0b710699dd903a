"""The datasets of the project, each with what it holds and where it can go."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PyQt5.QtCore import QEvent, pyqtSignal
from PyQt5.QtWidgets import QVBoxLayout, QWidget

from ocrstudio.core.errors import StudioError
from ocrstudio.formats.dataset_folder import read_split
from ocrstudio.ui.pages.dataset.folder_rows import FolderRows
from ocrstudio.ui.widgets.parts import GRID, button, card, label
from ocrstudio.ui.widgets.translated import TranslatedWidget


@dataclass(frozen=True)
class WrittenDataset:
    """What `split.json` says about a dataset; the counts are (train, val, test)."""

    folder: Path
    pages: tuple[int, int, int]
    lines: int
    ratio: str
    seed: int


def list_datasets(folder: Path) -> list[WrittenDataset]:
    """The readable datasets in a folder, the latest first."""
    found = []
    for split in folder.glob("*/split.json"):
        try:
            content = read_split(split.parent)
            counts = [content["counts"][part] for part in ("train", "val", "test")]
            train, val, test = (int(count["pages"]) for count in counts)
            lines = sum(int(count["lines"]) for count in counts)
            stamp = split.stat().st_mtime
            dataset = WrittenDataset(
                split.parent, (train, val, test), lines, str(content["ratio"]), int(content["seed"])
            )
        except (StudioError, OSError, KeyError, TypeError, ValueError):
            continue  # not one of ours, or broken: writing it again under its name says so
        found.append((stamp, dataset))
    return [dataset for _, dataset in sorted(found, key=lambda item: item[0], reverse=True)]


class DatasetsCard(TranslatedWidget):
    """Lists datasets; hidden while there is none."""

    use_requested = pyqtSignal(str)  # dataset folder

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._datasets: list[WrittenDataset] = []
        title = label("subtitle")
        frame = card(title, spacing=GRID)
        self._rows = FolderRows()
        column = frame.layout()
        if isinstance(column, QVBoxLayout):
            column.addLayout(self._rows)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame)
        self.say(title.setText, lambda: self.tr("Datasets of this project"))

    def show_datasets(self, folder: Path | None) -> None:
        """Lists the datasets in a folder; None: there is no project."""
        self._datasets = list_datasets(folder) if folder is not None else []
        self._fill()

    @property
    def names(self) -> list[str]:
        """The datasets' names, the latest first."""
        return [dataset.folder.name for dataset in self._datasets]

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._fill()

    def _fill(self) -> None:
        self._rows.clear()
        for number, dataset in enumerate(self._datasets):
            train, val, test = dataset.pages
            text = self.tr("{train} + {val} + {test} pages, {lines} lines, split {ratio} with seed {seed}")
            about = text.format(
                train=train, val=val, test=test, lines=dataset.lines, ratio=dataset.ratio, seed=dataset.seed
            )
            use = button("useDatasetInConfig", "fa5s.arrow-right", "primary" if number == 0 else "")
            use.setText(self.tr("Use it in the config"))
            use.clicked.connect(partial(self.use_requested.emit, str(dataset.folder)))
            self._rows.add(dataset.folder, about, "openDatasetFolder", use)
        self.setVisible(bool(self._datasets))
