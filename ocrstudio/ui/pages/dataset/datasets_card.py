"""The datasets of the project, each with what it holds and where it can go."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PyQt5.QtCore import QEvent, QUrl, pyqtSignal
from PyQt5.QtGui import QDesktopServices
from PyQt5.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ocrstudio.core.errors import StudioError
from ocrstudio.formats.dataset_folder import read_split
from ocrstudio.ui.widgets.parts import GRID, ElidedLabel, button, card, label
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
        self._rows = QVBoxLayout()
        self._rows.setSpacing(GRID)
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
        while self._rows.count():
            item = self._rows.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for number, dataset in enumerate(self._datasets):
            if number:
                line = QFrame()
                line.setProperty("role", "line")
                line.setFixedHeight(1)
                self._rows.addWidget(line)
            self._rows.addWidget(self._row(dataset, is_latest=number == 0))
        self.setVisible(bool(self._datasets))

    def _row(self, dataset: WrittenDataset, *, is_latest: bool) -> QWidget:
        name, about = label(), ElidedLabel()
        name.setText(dataset.folder.name)
        about.setProperty("role", "muted")
        train, val, test = dataset.pages
        text = self.tr("{train} + {val} + {test} pages, {lines} lines, split {ratio} with seed {seed}")
        about.show_text(
            text.format(train=train, val=val, test=test, lines=dataset.lines, ratio=dataset.ratio, seed=dataset.seed)
        )
        opener = button("openDatasetFolder", "fa5s.folder-open", "quiet")
        opener.setText(self.tr("Open its folder"))
        opener.clicked.connect(partial(_open, dataset.folder))
        use = button("useDatasetInConfig", "fa5s.arrow-right", "primary" if is_latest else "")
        use.setText(self.tr("Use it in the config"))
        use.clicked.connect(partial(self.use_requested.emit, str(dataset.folder)))
        made = QWidget()
        line = QHBoxLayout(made)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(2 * GRID)
        line.addWidget(name)
        line.addWidget(about, 1)
        line.addWidget(opener)
        line.addWidget(use)
        return made


def _open(folder: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
