"""The models that can be downloaded and the user's own, for the window: what is there, and the work on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, Literal

from PyQt5.QtCore import QObject, pyqtSignal, pyqtSlot

from ocrstudio.core.dictionary_rules import Coverage, KnownDictionary, coverage
from ocrstudio.core.errors import ConfigError
from ocrstudio.core.lines import PageLines
from ocrstudio.core.search import Breath
from ocrstudio.formats.checkout_list import known_checkouts
from ocrstudio.formats.checkout_templates import find_template
from ocrstudio.formats.dictionary import read_classes
from ocrstudio.formats.model_catalogue import Catalogue, CatalogueModel, Fit, Form, catalogue, read_catalogue
from ocrstudio.formats.model_store import StoredModel, call_off, is_begun, remove, stored_models
from ocrstudio.protocol.messages import Failed
from ocrstudio.services.background import Background
from ocrstudio.services.jobs import CommandJob, OneJob
from ocrstudio.services.known_characters import bundled_characters
from ocrstudio.services.settings import Settings

# Two lines are busy with one file each; the others wait.
MOST_AT_ONCE = 2
# here: on this computer; begun: stopped half-way; the rest speaks for itself
State = Literal["", "bundled", "here", "begun", "waiting", "loading", "failed"]


@dataclass(frozen=True)
class ModelRow:
    """One line of the list.

    Attributes:
        id: Of the catalogue, or the folder of a model that somebody imported.
        model: The catalogue's entry; None for one it does not know.
        stored: The model on this computer; None if it is not there.
        size_bytes: On the disk, else of the download; 0 if unknown.
        state: What becomes of it.
        done_kb, total_kb: While it is loading; 0 if unknown.
        failure: Why the last download failed.
    """

    id: str
    model: CatalogueModel | None
    stored: StoredModel | None = None
    size_bytes: int = 0
    state: State = ""
    done_kb: int = 0
    total_kb: int = 0
    failure: Failed | None = None

    @property
    def form(self) -> Form:
        """Which kind of files."""
        return self.model.form if self.model is not None else self.stored.form if self.stored is not None else "onnx"

    @property
    def task(self) -> str:
        """rec, det or cls; "" if unknown."""
        return (self.model.task if self.model is not None else "") or (self.stored.task if self.stored else "")

    @property
    def characters(self) -> int:
        """Of a recogniser; 0 if unknown."""
        own = self.stored.characters if self.stored is not None else 0
        return own or (self.model.characters if self.model is not None else 0)

    @property
    def fits(self) -> tuple[Fit, ...]:
        """What can use it."""
        if self.model is not None:
            return self.model.fits
        own: dict[Form, tuple[Fit, ...]] = {"onnx": ("here",), "inference": ("paddleocr3", "convert")}
        return own.get(self.form, ("checkout2", "checkout3"))

    @property
    def licence(self) -> str:
        """ "" if unknown."""
        return self.model.licence if self.model is not None else self.stored.licence if self.stored else ""

    @property
    def is_busy(self) -> bool:
        """Whether it is being downloaded, or will be."""
        return self.state in ("waiting", "loading")


class ModelShelf(QObject):
    """Downloads in child processes, a few at once; the files are the truth. Failures come through `failed`.

    Args:
        settings: Proxy and preferred source.
        parent: Owner; it calls `close`.
        program: Replaces the commands' program; for tests.
        catalogue_file: Instead of the program's own catalogue.
    """

    listed = pyqtSignal()  # `rows` are others
    row_changed = pyqtSignal(str)  # id: its row is another
    arrived = pyqtSignal(str, bool)  # id of what was downloaded, or imported (True)
    importing_changed = pyqtSignal(bool)
    coverage_told = pyqtSignal(str, object)  # id; Coverage, or None if its characters are not known here
    checkouts_told = pyqtSignal(str, object)  # id; list[str]: the known checkouts that can train it; None without any
    failed = pyqtSignal(object)  # StudioError or protocol Failed

    def __init__(
        self,
        settings: Settings,
        parent: QObject | None = None,
        program: list[str] | None = None,
        catalogue_file: Path | None = None,
    ) -> None:
        super().__init__(parent)
        self._settings, self._program, self._file = settings, program, catalogue_file
        self._background = Background(self, threads=1)
        self._jobs: dict[str, CommandJob] = {}
        self._waiting: list[str] = []
        self._called_off: set[str] = set()
        self._import = OneJob(self, program)
        self._import.changed.connect(self._on_import_changed)
        self.rows: dict[str, ModelRow] = {}

    def reload(self) -> None:
        """Looks at the disk again; `listed` follows."""
        self._try(partial(_read_rows, self._file), self._take_rows)

    def fetch(self, model_id: str) -> None:
        """Downloads a model, or goes on with it; waits while others are under way."""
        row = self.rows.get(model_id)
        if row is None or row.is_busy or row.state in ("here", "bundled"):
            return
        self._waiting.append(model_id)
        self._change(model_id, state="waiting", done_kb=0, total_kb=0, failure=None)
        self._start_next()

    def pause(self, model_id: str) -> None:
        """Stops a download; what came is kept."""
        if model_id in self._waiting:
            self._waiting.remove(model_id)
            self._change_to_disk(model_id)
        elif model_id in self._jobs:
            self._jobs[model_id].cancel()

    def call_off(self, model_id: str) -> None:
        """Stops a download for good; nothing is kept."""
        if model_id in self._jobs:
            self._called_off.add(model_id)
        self.pause(model_id)
        if model_id not in self._jobs:
            self._try(partial(call_off, model_id), lambda _: self._change_to_disk(model_id))

    def remove(self, model_id: str) -> None:
        """Deletes a model of the user's own."""
        self._try(partial(remove, model_id), lambda _: self.reload())

    def import_model(self, place: Path, dictionary: Path | None = None) -> None:
        """Imports a file or folder; does nothing while one is being imported."""
        choice = ["--dict", str(dictionary)] if dictionary is not None else []
        self._import.start(["models", "add", str(place), *choice], self._take_import, self.failed.emit)

    def tell_coverage(self, model_id: str, pages: Sequence[PageLines]) -> None:
        """Compares a model's characters with those of labels; `coverage_told` follows."""
        row = self.rows.get(model_id)
        if row is not None and row.task == "rec":
            work = partial(_coverage, row, pages)
            self._try(work, lambda found: self.coverage_told.emit(model_id, found))

    def tell_checkouts(self, model_id: str) -> None:
        """Looks which known checkouts have the config of weights to train from; `checkouts_told` follows."""
        row = self.rows.get(model_id)
        if row is not None and row.model is not None and row.model.config and row.form == "training":
            work = partial(_checkouts_with, row.model.config)
            self._try(work, lambda found: self.checkouts_told.emit(model_id, found))

    def close(self) -> None:
        """Ends the downloads; what came is kept."""
        for job in (*self._jobs.values(), self._import):
            job.close()
        self._jobs, self._waiting = {}, []
        self._background.close()

    # --- downloads -------------------------------------------------------------------------------------------------

    def _start_next(self) -> None:
        while self._waiting and len(self._jobs) < MOST_AT_ONCE:
            model_id = self._waiting.pop(0)
            arguments = ["models", "fetch", model_id]
            choices = {"--mirror": self._settings.mirror, "--proxy": self._settings.proxy}
            if self._file is not None:
                choices["--catalogue"] = str(self._file)
            for name, value in choices.items():
                arguments += [f"{name}={value}"] if value else []
            job = CommandJob(arguments, self, self._program)
            job.progressed.connect(partial(self._on_progressed, model_id))
            job.done.connect(lambda _result, done_id=model_id: self._end(done_id, "here"))
            job.failed.connect(partial(self._on_failed, model_id))
            job.cancelled.connect(lambda done_id=model_id: self._end(done_id, ""))
            self._jobs[model_id] = job
            self._change(model_id, state="loading")
            job.start()

    def _on_progressed(self, model_id: str, _name: str, done: int, total: int) -> None:
        self._change(model_id, done_kb=done, total_kb=total)

    def _on_failed(self, model_id: str, failed: Failed) -> None:
        self._change(model_id, failure=failed)
        self._end(model_id, "failed")
        self.failed.emit(failed)

    def _end(self, model_id: str, state: State) -> None:
        self._jobs.pop(model_id).deleteLater()
        if model_id in self._called_off:
            self._called_off.discard(model_id)
            self._try(partial(call_off, model_id), lambda _: self._change_to_disk(model_id))
        elif state == "here":
            self.reload()
            self.arrived.emit(model_id, False)
        elif state == "failed":
            self._change(model_id, state="failed")
        else:
            self._change_to_disk(model_id)
        self._start_next()

    @pyqtSlot()
    def _on_import_changed(self) -> None:
        self.importing_changed.emit(self._import.is_running)

    def _take_import(self, result: dict[str, Any]) -> None:
        self.reload()
        self.arrived.emit(str(result["id"]), True)

    # --- rows ------------------------------------------------------------------------------------------------------

    def _take_rows(self, rows: dict[str, ModelRow]) -> None:
        for model_id in (*self._jobs, *self._waiting):
            if model_id in rows and model_id in self.rows:
                rows[model_id] = self.rows[model_id]
        self.rows = rows
        self.listed.emit()

    def _change(self, model_id: str, **changes: Any) -> None:
        row = self.rows.get(model_id)
        if row is not None:
            self.rows[model_id] = replace(row, **changes)
            self.row_changed.emit(model_id)

    def _change_to_disk(self, model_id: str) -> None:
        self._try(partial(is_begun, model_id), lambda begun: self._change(model_id, state="begun" if begun else ""))

    def _try(self, work: Callable[[], object], on_done: Callable[[Any], object]) -> None:
        self._background.attempt(work, on_done, self.failed.emit)


def _read_rows(file: Path | None) -> dict[str, ModelRow]:
    known: Catalogue = catalogue() if file is None else read_catalogue(file)
    here = {model.id: model for model in stored_models()}
    rows = {}
    for model in known.models:
        own = here.pop(model.id, None)
        state: State = "here" if own else "bundled" if model.package else "begun" if is_begun(model.id) else ""
        rows[model.id] = ModelRow(model.id, model, own, own.size_bytes if own else model.size_bytes, state)
    # what somebody made or found elsewhere comes first
    others = {own.id: ModelRow(own.id, None, own, own.size_bytes, "here") for own in here.values()}
    return {**others, **rows}


def _coverage(row: ModelRow, pages: Sequence[PageLines]) -> Coverage | None:
    file = _dictionary(row)
    if file is None:
        return None
    counts: Counter[str] = Counter()
    breath = Breath()
    for page in pages:
        breath.take()
        for text in page.texts:
            counts.update(text)
    return coverage(counts, KnownDictionary(row.id, read_classes(file)))


def _checkouts_with(config: str) -> list[str] | None:
    known = known_checkouts()
    found = []
    for one in known:
        with suppress(ConfigError):
            find_template(one.checkout, config)
            found.append(one.title)
    return found if known else None


def _dictionary(row: ModelRow) -> Path | None:
    """Where a model's characters stand on this computer: in its folder, or in a checkout that has its dictionary."""
    if row.stored is not None and row.stored.dictionary is not None:
        return row.stored.dictionary
    if row.state == "bundled":
        return bundled_characters() if bundled_characters().is_file() else None
    if row.model is None or not row.model.dictionary:
        return None
    files = [known.checkout.path / row.model.dictionary for known in known_checkouts()]
    return next((file for file in files if file.is_file()), None)
