"""The characters that the chosen model or dictionary knows, and those of the project's labels that it does not."""

from __future__ import annotations

import importlib.metadata
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from PyQt5.QtCore import QObject, pyqtSignal, pyqtSlot

from ocrstudio.core.errors import StudioError
from ocrstudio.core.lines import PageLines
from ocrstudio.core.search import Breath
from ocrstudio.formats.atomic import make_folder
from ocrstudio.formats.bundle import BUNDLED, DICT_FILE
from ocrstudio.formats.dictionary import read_dictionary, write_dictionary
from ocrstudio.paths import user_cache
from ocrstudio.protocol.messages import Failed
from ocrstudio.services.background import Background
from ocrstudio.services.jobs import OneJob
from ocrstudio.services.line_index import LineIndex
from ocrstudio.services.recognizer import Recognizer
from ocrstudio.services.settings import Settings
from ocrstudio.services.timers import single_shot

# Counting follows this long after the last edit.
COUNT_DELAY_MS = 1500


class KnownCharacters(QObject):
    """Asks for nothing until `require` is called; then follows the model, the dictionary and the labels.

    The model that comes with the program is asked once, in a child process, and its answer kept in the user's cache.

    Args:
        index: The open project's lines; None if `unknown` is not wanted.
        parent: Owner; it calls `close`.
        program: Replaces the child's command line; for tests.
    """

    changed = pyqtSignal()  # `characters` is another set
    unknown_changed = pyqtSignal()  # `unknown` is another list
    failed = pyqtSignal(object)  # StudioError or Failed: why the characters cannot be told

    def __init__(
        self,
        index: LineIndex | None = None,
        parent: QObject | None = None,
        program: list[str] | None = None,
    ) -> None:
        super().__init__(parent)
        self._index = index
        self._model = BUNDLED
        self._dictionary: Path | None = None
        self._characters: frozenset[str] | None = None
        self._unknown: list[str] = []
        self._is_wanted = self._is_asking = False
        self._generation = 0
        self._job = OneJob(self, program)
        self._background = Background(self, threads=1)
        self._count_timer = single_shot(self, COUNT_DELAY_MS, self._count)
        if index is not None:
            index.built.connect(self._count)
            index.changed.connect(self._on_index_changed)

    @property
    def characters(self) -> frozenset[str] | None:
        """What is known, the space included; None until that has been found out."""
        return self._characters

    @property
    def place(self) -> Path:
        """The dictionary that the characters are read from, in the order of the model's outputs."""
        return self._file()

    @property
    def unknown(self) -> Sequence[str]:
        """Characters of the project's labels that are not known, most used first."""
        return self._unknown

    def set_model(self, model: str) -> None:
        """Goes by another model: "bundled" or the path of a bundle folder."""
        if model != self._model:
            self._model = model
            self._forget()

    def set_dictionary(self, path: Path | None) -> None:
        """Goes by a dictionary file instead of the model; None goes by the model again."""
        if path != self._dictionary:
            self._dictionary = path
            self._forget()

    def follow(self, recognizer: Recognizer, settings: Settings) -> None:
        """Goes by the model that reads, or by the dictionary of the settings, from now on."""

        def take(key: str) -> None:
            if key == "dictionary":
                self.set_dictionary(Path(settings.dictionary) if settings.dictionary else None)

        recognizer.model_changed.connect(self.set_model)
        settings.changed.connect(take)
        self.set_model(recognizer.model)
        take("dictionary")

    def require(self) -> None:
        """Finds the characters out, unless they are known; `changed` or `failed` follows."""
        self._is_wanted = True
        if self._characters is not None or self._is_asking:
            return
        self._is_asking = True
        generation = self._generation
        path = self._file()
        self._background.run(lambda: _read(path), lambda found: self._on_read(generation, found))

    def close(self) -> None:
        """Ends the child and the worker."""
        self._generation += 1
        self._count_timer.stop()
        self._job.close()
        self._background.close()

    def _forget(self) -> None:
        self._generation += 1
        self._characters = None
        self._is_asking = False
        if self._is_wanted:
            self.require()

    def _file(self) -> Path:
        """Where the characters stand: a dictionary, the bundle's, or the cache of the program's own model."""
        if self._dictionary is not None:
            return self._dictionary
        if self._model != BUNDLED:
            return Path(self._model) / DICT_FILE
        return bundled_characters()

    def _is_cache(self) -> bool:
        return self._dictionary is None and self._model == BUNDLED

    def _on_read(self, generation: int, found: frozenset[str] | StudioError) -> None:
        if generation != self._generation:
            return
        if isinstance(found, frozenset):
            self._take(found)
        elif self._is_cache():
            self._ask_child()
        else:
            self._is_asking = False
            self.failed.emit(found)

    def _ask_child(self) -> None:
        self._job.start(["engine", "characters"], self._take_told, self._take_failure)

    def _take_told(self, result: dict[str, object]) -> None:
        told = result.get("characters")
        characters = [one for one in told if isinstance(one, str) and one] if isinstance(told, list) else []
        if not self._is_cache() or not self._is_asking:
            return
        path, generation = self._file(), self._generation
        self._background.run(lambda: _keep(path, characters), lambda found: self._on_read_again(generation, found))

    def _on_read_again(self, generation: int, found: frozenset[str]) -> None:
        if generation == self._generation:
            self._take(found)

    def _take_failure(self, failed: Failed) -> None:
        self._is_asking = False
        if self._is_cache():
            self.failed.emit(failed)

    def _take(self, found: frozenset[str]) -> None:
        self._is_asking = False
        self._characters = found
        self.changed.emit()
        self._count()

    @pyqtSlot(object)
    def _on_index_changed(self, keys: Sequence[str]) -> None:
        if not keys:
            self._unknown = []
            self.unknown_changed.emit()
        elif self._is_wanted:
            self._count_timer.start()

    @pyqtSlot()
    def _count(self) -> None:
        known = self._characters
        if known is None or not self._is_wanted or self._index is None:
            return
        if not self._index.is_built:
            self._index.require()
            return
        pages, generation = self._index.pages(), self._generation
        self._background.run(lambda: count_unknown(pages, known), lambda found: self._on_counted(generation, found))

    def _on_counted(self, generation: int, found: list[str]) -> None:
        if generation == self._generation and found != self._unknown:
            self._unknown = found
            self.unknown_changed.emit()


def bundled_characters() -> Path:
    """Where the characters of the program's own model are kept, once a child has told them."""
    return user_cache() / f"characters-{_package_version()}.txt"


def count_unknown(pages: Sequence[PageLines], known: frozenset[str]) -> list[str]:
    """Characters of the pages' texts that are not known, most used first; spaces of any kind are left out."""
    counted: Counter[str] = Counter()
    breath = Breath()
    for page in pages:
        breath.take()
        for text in page.texts:
            if not known.issuperset(text):
                counted.update(one for one in text if one not in known and not one.isspace())
    return [one for one, _ in sorted(counted.items(), key=lambda item: (-item[1], item[0]))]


def _read(path: Path) -> frozenset[str] | StudioError:
    try:
        return frozenset((*read_dictionary(path), " "))
    except StudioError as error:
        return error


def _keep(path: Path, characters: list[str]) -> frozenset[str]:
    """Keeps the child's answer for the next start; a cache that cannot be written only costs time."""
    try:
        make_folder(path.parent)
        write_dictionary(path, characters)
    except StudioError:
        pass
    return frozenset((*characters, " "))


def _package_version() -> str:
    """Of the package that carries the program's own model; read from its metadata, never imported here."""
    try:
        return importlib.metadata.version("rapidocr")
    except importlib.metadata.PackageNotFoundError:
        return "none"
