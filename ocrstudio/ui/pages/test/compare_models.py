"""The two models of a comparison: A and B, each with what finds lines and what reads them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PyQt5.QtCore import Qt, pyqtSignal, pyqtSlot
from PyQt5.QtWidgets import QLabel, QVBoxLayout, QWidget

from ocrstudio.formats.bundle import BUNDLED, ModelInfo, Task
from ocrstudio.formats.model_list import known_models
from ocrstudio.services.background import Background
from ocrstudio.ui.model_names import name_of
from ocrstudio.ui.pages.test.model_chooser import ModelChooser
from ocrstudio.ui.widgets.parts import GRID, label, row
from ocrstudio.ui.widgets.translated import TranslatedWidget

LETTERS = ("A", "B")
# Times that differ by less are the same for anybody who waits.
SAME_SPEED = 1.1


class ModelPair(TranslatedWidget):
    """Two rows of choosers.

    Args:
        parent: Owner; it calls `close_work`.
    """

    models_chosen = pyqtSignal(int)  # side, 0 or 1; `models` tells which
    failed = pyqtSignal(object)  # protocol Failed: a model could not be made ready

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._background = Background(self, threads=1)
        self._project: Path | None = None
        self._chosen: list[dict[Task, str]] = [{"rec": BUNDLED, "det": BUNDLED} for _ in LETTERS]
        self._known: dict[Task, Sequence[ModelInfo]] = {"rec": (), "det": ()}
        self._has_proposed = False
        self._shown: tuple[Task, ...] = ("rec", "det")
        self.choosers: list[dict[Task, ModelChooser]] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        for letter in LETTERS:
            choosers: dict[Task, ModelChooser] = {"rec": ModelChooser(), "det": ModelChooser("det")}
            for chooser in choosers.values():
                chooser.model_chosen.connect(self._on_model_chosen)
                chooser.model_added.connect(self._on_model_added)
                chooser.failed.connect(self.failed)
            self.choosers.append(choosers)
            column.addLayout(row(_letter(letter), choosers["rec"], choosers["det"], None, spacing=2 * GRID))

    @pyqtSlot(str)
    def _on_model_chosen(self, model: str) -> None:
        side, task = self._place_of_sender()
        self.choose(side, task, model)

    @pyqtSlot(str, str)
    def _on_model_added(self, folder: str, task: str) -> None:
        self.choose(self._place_of_sender()[0], "det" if task == "det" else "rec", folder)

    def _place_of_sender(self) -> tuple[int, Task]:
        sender = self.sender()
        for side, choosers in enumerate(self.choosers):
            for task, chooser in choosers.items():
                if chooser is sender:
                    return side, task
        raise LookupError(sender)

    def models(self, side: int) -> tuple[str, str]:
        """What reads and what finds on a side."""
        return self._chosen[side]["rec"], self._chosen[side]["det"]

    def model(self, side: int, task: Task) -> str:
        """The model of a side for one of the two."""
        return self._chosen[side][task]

    def name(self, side: int, task: Task = "rec") -> str:
        """What people call it."""
        return name_of(self._chosen[side][task], self._known[task])

    def short_name(self, side: int, task: Task = "rec") -> str:
        """The same without the day it was trained."""
        model = self._chosen[side][task]
        info = next((one for one in self._known[task] if one.model == model), None)
        return info.name if info is not None and info.path is not None else self.name(side, task)

    def choose(self, side: int, task: Task, model: str) -> None:
        """Takes another model on a side and tells so."""
        self._chosen[side][task] = model
        self._has_proposed = True
        self.choosers[side][task].choose(model)
        self.reload(self._project)
        self.models_chosen.emit(side)

    def reload(self, project: Path | None) -> None:
        """Looks for models again, away from the window's thread."""
        self._project = project
        chosen = [dict(one) for one in self._chosen]

        def look() -> dict[Task, list[ModelInfo]]:
            found: dict[Task, list[ModelInfo]] = {}
            for task in ("rec", "det"):
                found[task] = known_models(project, chosen[0][task], task)
                more = known_models(project, chosen[1][task], task)
                found[task] += [one for one in more if all(one.model != known.model for known in found[task])]
            return found

        self._background.run(look, self._on_known)

    def _on_known(self, known: dict[Task, list[ModelInfo]]) -> None:
        self._known = dict(known)
        if not self._has_proposed:
            # the newest model of one's own beside the standard one is what most people want to see
            own = next((one for one in known["rec"] if one.kind in ("run", "bundle") and one.is_ready), None)
            if own is not None:
                self._has_proposed = True
                self._chosen[1]["rec"] = own.model
                self.models_chosen.emit(1)
        for side, choosers in enumerate(self.choosers):
            for task, chooser in choosers.items():
                chooser.show_models(known[task], self._chosen[side][task])
        self._show_choosers()

    def show_tasks(self, *, reading: bool, finding: bool) -> None:
        """Shows only the choosers that matter."""
        shown: list[tuple[Task, bool]] = [("rec", reading), ("det", finding)]
        self._shown = tuple(task for task, matters in shown if matters)
        self._show_choosers()

    def _show_choosers(self) -> None:
        for choosers in self.choosers:
            for task, chooser in choosers.items():
                # with one detector and nothing else to choose, an empty row would be odd
                has_choice = task == "rec" or len(self._known["det"]) > 1 or self._shown == ("det",)
                chooser.setVisible(task in self._shown and has_choice)

    def close_work(self) -> None:
        """Ends what is being made ready, for good."""
        self._background.close()
        for choosers in self.choosers:
            for chooser in choosers.values():
                chooser.close_work()


def _letter(letter: str) -> QLabel:
    made = label("subtitle")
    made.setText(letter)
    made.setAlignment(Qt.Alignment() | Qt.AlignmentFlag.AlignCenter)
    made.setContentsMargins(0, 0, GRID, 0)
    return made
