"""Measures models on labelled sets in a child, and looks at their errors on a thread."""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from PyQt5.QtCore import QObject, pyqtSignal, pyqtSlot

from ocrstudio.core.confusions import NOTHING_IGNORED, Ignoring
from ocrstudio.core.error_analysis import ErrorAnalysis, analyse
from ocrstudio.core.errors import StudioError
from ocrstudio.core.evaluation import Evaluation, SetKind
from ocrstudio.formats.bundle import ModelInfo
from ocrstudio.formats.evaluation import EvaluationHead, evaluations_folder, list_evaluations, read_evaluation
from ocrstudio.formats.labelled_sets import labelled_places
from ocrstudio.formats.model_list import list_models
from ocrstudio.services.background import Background
from ocrstudio.services.jobs import OneJob


@dataclass(frozen=True)
class LabelledChoice:
    """A labelled set that can be measured on; the attributes are those of `core.evaluation.MeasuredData`."""

    kind: SetKind
    place: str
    part: str = ""

    @property
    def name(self) -> str:
        """The name of its folder or file."""
        return Path(self.place).name


@dataclass(frozen=True)
class Offer:
    """What there is to choose from, and the evaluation that was made last."""

    models: tuple[ModelInfo, ...]
    sets: tuple[LabelledChoice, ...]
    latest: EvaluationHead | None = None


class ErrorWorkbench(QObject):
    """Holds the evaluation that is looked at, and a second one to check labels by.

    Args:
        parent: Owner; it calls `close`.
        program: Replaces the command's program; for tests.
    """

    offered = pyqtSignal(object)  # Offer
    started = pyqtSignal()
    progressed = pyqtSignal(int, int)  # lines read, lines to read (0: not known yet)
    analysed = pyqtSignal(object)  # ErrorAnalysis
    failed = pyqtSignal(object)  # StudioError or protocol Failed
    cancelled = pyqtSignal()

    def __init__(self, parent: QObject | None = None, program: list[str] | None = None) -> None:
        super().__init__(parent)
        self._job = OneJob(self, program)
        self._job.progressed.connect(self._on_job_progressed)
        self._evaluation: Evaluation | None = None
        self._second: Evaluation | None = None
        self._ignoring = NOTHING_IGNORED
        self._working = 0
        self._background = Background(self, threads=1)
        self._looking = Background(self, threads=1)

    @property
    def evaluation(self) -> Evaluation | None:
        """What is looked at."""
        return self._evaluation

    @property
    def second(self) -> Evaluation | None:
        """What labels are checked by."""
        return self._second

    @property
    def is_busy(self) -> bool:
        """Whether a model is reading, or an evaluation is being looked at."""
        return self._job.is_running or self._working > 0

    def look(self, project: Path | None) -> None:
        """Looks for models and sets; `offered` follows."""
        self._looking.drop()
        self._looking.run(partial(_offer, project), self.offered.emit)

    def measure(self, model: str, labelled: LabelledChoice, *, second: bool = False) -> None:
        """Reads a set with a model, as far as that is not known yet; `analysed`, `failed` or `cancelled` follows.

        Nothing happens while one is reading.

        Args:
            model: "bundled", or the folder of a bundle or a run.
            labelled: The set.
            second: As the second opinion on the same set.
        """

        def take(result: dict[str, Any]) -> None:
            self._open(Path(str(result.get("file"))), second=second)

        part = ["--part", labelled.part] if labelled.part else []
        arguments = ["eval", model, "--lines", "--data", labelled.place, *part]
        if self._job.start(arguments, take, self.failed.emit, self.cancelled.emit):
            self.started.emit()

    def drop_second(self) -> None:
        """Goes without a second opinion."""
        if self._second is not None:
            self._second = None
            self._analyse()

    def open(self, file: Path) -> None:
        """Takes over an evaluation from its file; `analysed` or `failed` follows."""
        self._open(file, second=False)

    def ignore(self, ignoring: Ignoring) -> None:
        """Looks at the errors by other rules; `analysed` follows."""
        if ignoring != self._ignoring:
            self._ignoring = ignoring
            self._analyse()

    def relabel(self, truths: dict[int, str]) -> None:
        """Takes over corrected labels, by the numbers of their lines; `analysed` follows."""
        if self._evaluation is not None:
            for number, truth in truths.items():
                self._evaluation.lines.relabel(number, truth)
            self._analyse()

    def forget(self) -> None:
        """Lets go of everything, as when another project opens."""
        self._job.close()
        self._background.drop()
        self._working = 0
        self._evaluation = self._second = None

    def cancel(self) -> None:
        """Stops the model that is reading; what it has read is lost."""
        self._job.cancel()

    def close(self) -> None:
        """Ends the child and calls nobody back any more."""
        self.forget()
        self._background.close()
        self._looking.close()

    # --- the child -------------------------------------------------------------------------------------------------

    @pyqtSlot(str, int, int)
    def _on_job_progressed(self, _name: str, done: int, total: int) -> None:
        self.progressed.emit(done, total)

    # --- the thread ------------------------------------------------------------------------------------------------

    def _open(self, file: Path, *, second: bool) -> None:
        self._working += 1
        self._background.attempt(
            partial(read_evaluation, file), lambda found: self._on_read(found, second=second), self._on_failed
        )

    def _on_failed(self, error: StudioError) -> None:
        self._working -= 1
        self.failed.emit(error)

    def _on_read(self, found: Evaluation, *, second: bool) -> None:
        self._working -= 1
        if second:
            self._second = found
        else:
            if self._second is not None and found.data != self._second.data:
                self._second = None
            self._evaluation = found
        self._analyse()

    def _analyse(self) -> None:
        if self._evaluation is None:
            return
        self._working += 1
        work = partial(analyse, self._evaluation, self._ignoring, self._second)
        self._background.attempt(work, self._on_analysed, self._on_failed)

    def _on_analysed(self, found: ErrorAnalysis) -> None:
        self._working -= 1
        if found.ignoring == self._ignoring and found.evaluation is self._evaluation:
            self.analysed.emit(found)


def _offer(project: Path | None) -> Offer:
    """On a thread: models and sets, the most useful ones first."""
    # the first import takes long enough to be felt: now nobody waits for anything
    importlib.import_module("rapidfuzz.distance")
    places = labelled_places(project, "rec")
    sets = [LabelledChoice("dataset" if one.part else "project", str(one.place), one.part) for one in places]
    usable = [info for info in list_models(project) if info.problem is None]
    done = list_evaluations(evaluations_folder(project)) if project is not None else []
    # of this project as it is here: a copied one brings files about another folder
    latest = next((head for head in done if project is not None and Path(head.data.root).is_relative_to(project)), None)
    return Offer(tuple(usable), tuple(sets), latest)
