"""The dictionaries that the program can find, read away from the window; and extending a model by new characters."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from PyQt5.QtCore import QObject, pyqtSignal, pyqtSlot

from ocrstudio.core.dictionary_rules import KnownDictionary
from ocrstudio.core.errors import StudioError
from ocrstudio.formats.atomic import make_folder
from ocrstudio.formats.base_models import BASE_MODELS
from ocrstudio.formats.bundle import BUNDLED, DICT_FILE
from ocrstudio.formats.checkout_list import known_checkouts
from ocrstudio.formats.dictionary import read_any, read_classes, write_dictionary
from ocrstudio.formats.model_store import stored_models
from ocrstudio.paths import STATE_DIR
from ocrstudio.services.background import Background, tried
from ocrstudio.services.jobs import OneJob
from ocrstudio.services.known_characters import KnownCharacters

# Of a project: dictionaries that the user built, and models that were extended.
DICTIONARIES_DIR, MODELS_DIR = "dictionaries", "models"
BUNDLED_NAME = "PP-OCRv6_small_rec"


def find_dictionaries(
    project: Path | None, files: tuple[Path, ...] = (), own: Path | None = None
) -> list[KnownDictionary]:
    """Models' own dictionaries, of the project, downloaded, of the user and of checkouts; unreadable ones are left out.

    Args:
        project: Its trained and extended models, and dictionaries that were built.
        files: Of the user.
        own: Where the characters of the program's own model are kept, once a child has told them.
    """
    found: list[KnownDictionary] = []

    def add(name: str, file: Path, model: str = "") -> None:
        with suppress(StudioError):
            found.append(KnownDictionary(name, read_classes(file), model, str(file)))

    if own is not None:
        add(BUNDLED_NAME, own, BUNDLED)
    for base in BASE_MODELS:
        package = importlib.util.find_spec(base.package) if base.files[-1].endswith(".txt") else None
        if package is not None and package.origin is not None:
            add(base.name, Path(package.origin).parent / base.files[-1], base.name)
    if project is not None:
        state = project / STATE_DIR
        for bundle in sorted([*state.glob(f"runs/*/bundle/{DICT_FILE}"), *state.glob(f"{MODELS_DIR}/*/{DICT_FILE}")]):
            owner = bundle.parent.parent if bundle.parent.name == "bundle" else bundle.parent
            add(owner.name, bundle, str(bundle.parent))
        for file in sorted((state / DICTIONARIES_DIR).glob("*.txt")):
            add(file.stem, file)
    for stored in stored_models():
        if stored.dictionary is not None:
            add(stored.id, stored.dictionary)
    for file in files:
        add(file.stem, file)
    for known in known_checkouts():
        utils = known.checkout.path / "ppocr" / "utils"
        for file in sorted([*utils.glob("ppocr_keys_v1.txt"), *utils.glob("dict/*.txt"), *utils.glob("dict/*/*.txt")]):
            add(file.stem, file)
    return found


class Dictionaries(QObject):
    """Finds, reads and writes dictionaries, and runs `dict extend`.

    Args:
        known: The characters of the program's own model.
        parent: Owner; it calls `close`.
        program: Replaces the command's program; for tests.
    """

    found = pyqtSignal(object)  # list[KnownDictionary], models first
    failed = pyqtSignal(object)  # StudioError or protocol Failed
    extending_changed = pyqtSignal(bool)
    extended = pyqtSignal(object, str)  # what `dict extend` prints; folder of the new model

    def __init__(self, known: KnownCharacters, parent: QObject | None = None, program: list[str] | None = None) -> None:
        super().__init__(parent)
        self._known = known
        self._project: Path | None = None
        self._files: tuple[Path, ...] = ()
        self._others: list[KnownDictionary] = []
        self._job = OneJob(self, program)
        self._job.changed.connect(self._on_job_changed)
        self._background = Background(self, threads=1)
        known.changed.connect(self._look_again)
        known.failed.connect(self._tell)

    @property
    def is_extending(self) -> bool:
        """Whether a model is being extended."""
        return self._job.is_running

    def look(self, project: Path | None) -> None:
        """Looks for dictionaries; `found` follows, perhaps twice."""
        self._project = project
        self._known.require()
        self._look_again()

    @pyqtSlot()
    def _look_again(self) -> None:
        work = partial(find_dictionaries, self._project, self._files, self._known.place)
        self._background.run(lambda: tried(work), self._take)

    def add_file(self, file: Path) -> None:
        """Takes a file of the user into the list."""
        self._files = tuple(dict.fromkeys((*self._files, file)))
        self.look(self._project)

    def read(self, file: Path, on_read: Callable[[tuple[list[str], str]], None]) -> None:
        """Reads a dictionary to be edited."""
        self._background.attempt(partial(read_any, file), on_read, self.failed.emit)

    def write(self, file: Path, lines: list[str]) -> None:
        """Writes a dictionary into the project or elsewhere, then looks again."""

        def work() -> None:
            make_folder(file.parent)
            write_dictionary(file, lines)

        self._background.attempt(work, lambda _: self.add_file(file), self.failed.emit)

    def extend(self, model: str, characters: str, out: Path) -> None:
        """Adds characters to a model; `extended` or `failed` follows. Does nothing while it does so."""

        def tell(result: dict[str, Any]) -> None:
            self.extended.emit(result, str(out))
            self.look(self._project)

        arguments = ["dict", "extend", model, f"--chars={characters}", "--out", str(out)]
        self._job.start(arguments, tell, self.failed.emit)

    def close(self) -> None:
        """Ends all work."""
        self._job.close()
        self._background.close()

    def _take(self, result: list[KnownDictionary] | StudioError) -> None:
        self._others = [] if isinstance(result, StudioError) else result
        self._tell()

    @pyqtSlot()
    @pyqtSlot(object)
    def _tell(self, _failed: object = None) -> None:
        own = self._known.characters
        others = self._others
        if own is not None and not any(one.model == BUNDLED for one in others):
            # a cache that cannot be written has no order, but the same characters
            others = [KnownDictionary(BUNDLED_NAME, tuple(sorted(own - {" "})), BUNDLED), *others]
        self.found.emit(others)

    @pyqtSlot()
    def _on_job_changed(self) -> None:
        self.extending_changed.emit(self._job.is_running)
