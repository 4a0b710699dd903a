"""Searching the whole project while the user types: on a worker, the newest question only."""

from __future__ import annotations

from PyQt5.QtCore import QObject, pyqtSignal, pyqtSlot

from ocrstudio.core.errors import StudioError
from ocrstudio.core.search import Hits, LineFilter, find_lines
from ocrstudio.services.background import Background
from ocrstudio.services.line_index import LineIndex


class LineSearch(QObject):
    """Answers the last question asked; earlier ones are dropped half way.

    Args:
        index: The project's lines; a question asked before they are known is answered when they are.
        parent: Owner; it calls `close`.
    """

    found = pyqtSignal(object)  # Hits, in the order of the project
    failed = pyqtSignal(object)  # StudioError: the pattern is broken or takes too long

    def __init__(self, index: LineIndex, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._index = index
        self._number = 0
        self._wanted: LineFilter | None = None
        self._background = Background(self, threads=1)
        index.built.connect(self._ask)

    def search(self, wanted: LineFilter) -> None:
        """Looks for lines; `found` or `failed` follows, unless another question comes first."""
        self._number += 1
        self._wanted = wanted
        if self._index.is_built:
            self._ask()
        else:
            self._index.require()

    def cancel(self) -> None:
        """Drops the question."""
        self._number += 1
        self._wanted = None

    def close(self) -> None:
        """Stops the worker."""
        self.cancel()
        self._background.close()

    @pyqtSlot()
    def _ask(self) -> None:
        wanted, number = self._wanted, self._number
        if wanted is None:
            return
        pages = self._index.pages()

        def find() -> Hits | StudioError:
            if number != self._number:
                return Hits()
            try:
                return find_lines(pages, wanted, lambda: number != self._number)
            except StudioError as error:
                return error

        self._background.run(find, lambda answer: self._on_answer(number, answer))

    def _on_answer(self, number: int, answer: Hits | StudioError) -> None:
        if number != self._number:
            return
        self._wanted = None
        if isinstance(answer, StudioError):
            self.failed.emit(answer)
        else:
            self.found.emit(answer)
