"""What a project holds, counted page by page between the user's clicks."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, field

from PyQt5.QtCore import QObject, QTimer, pyqtSignal, pyqtSlot

from ocrstudio.core.errors import DatasetError, StudioError
from ocrstudio.core.page import PageState
from ocrstudio.core.split import PARTS, split_pages
from ocrstudio.formats.images import image_size
from ocrstudio.services.project_session import ProjectSession

# A slice of counting that nobody notices.
SLICE_S = 0.012


@dataclass(frozen=True)
class PageNumbers:
    """One page: its boxes, the lines of them that can be learnt, their characters, and whether it can be split."""

    boxes: int = 0
    lines: int = 0
    characters: Counter[str] = field(default_factory=Counter)
    is_usable: bool = False


@dataclass(frozen=True)
class PartPreview:
    """What one part of a split would hold; `characters` counts different ones."""

    part: str
    pages: int
    boxes: int
    lines: int
    characters: int


class ProjectStatistics(QObject):
    """Counts the pages of the open project; recounts those that change.

    Args:
        session: Says which project is open and what changes.
        parent: Owner.
    """

    changed = pyqtSignal()  # some numbers are new; more may follow while `is_counting`

    def __init__(self, session: ProjectSession, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._numbers: dict[str, PageNumbers] = {}
        self._waiting: dict[str, None] = {}  # in the order of counting
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._count_slice)
        session.project_opened.connect(self._on_project_changed)
        session.project_closed.connect(self._on_project_changed)
        session.pages_listed.connect(self._on_project_changed)
        session.page_changed.connect(self._on_page_changed)
        self._active = False
        self._on_project_changed()

    @property
    def is_counting(self) -> bool:
        """Whether pages are still to be counted."""
        return bool(self._waiting)

    def set_active(self, active: bool) -> None:
        """Counts only while somebody looks."""
        self._active = active
        if active and self._waiting:
            self._timer.start()
        elif not active:
            self._timer.stop()

    def states(self) -> dict[PageState, int]:
        """Pages by state, all states present."""
        store = self._session.store
        counted = Counter(store.states.values()) if store is not None else Counter()
        return {state: counted[state] for state in PageState}

    def totals(self) -> PageNumbers:
        """The whole project, as far as it is counted."""
        characters: Counter[str] = Counter()
        for numbers in self._numbers.values():
            characters.update(numbers.characters)
        return PageNumbers(
            boxes=sum(numbers.boxes for numbers in self._numbers.values()),
            lines=sum(numbers.lines for numbers in self._numbers.values()),
            characters=characters,
        )

    def usable(self) -> list[str]:
        """Keys of the pages that a split would take, in list order."""
        return [key for key in self._session.keys if key in self._numbers and self._numbers[key].is_usable]

    def preview(self, ratio: str, seed: int) -> list[PartPreview]:
        """What `formats.dataset.plan_split` would give, from numbers that are known already.

        Args:
            ratio: See `core.split.parse_ratio`.
            seed: Any whole number.

        Returns:
            One entry a part, in the order of `core.split.PARTS`.

        Raises:
            DatasetError: If the ratio is none.
        """
        parts = split_pages(self.usable(), ratio, seed)
        return [self._part(part, parts[part]) for part in PARTS]

    def _part(self, part: str, keys: list[str]) -> PartPreview:
        numbers = [self._numbers[key] for key in keys]
        characters = {character for one in numbers for character in one.characters}
        boxes, lines = sum(one.boxes for one in numbers), sum(one.lines for one in numbers)
        return PartPreview(part, len(keys), boxes, lines, len(characters))

    @pyqtSlot()
    @pyqtSlot(str)
    def _on_project_changed(self, _folder: str = "") -> None:
        self._numbers.clear()
        self._waiting = dict.fromkeys(self._session.keys)
        self.set_active(self._active)
        self.changed.emit()

    @pyqtSlot(str)
    def _on_page_changed(self, key: str) -> None:
        self._waiting[key] = None
        self.set_active(self._active)

    @pyqtSlot()
    def _count_slice(self) -> None:
        until = time.monotonic() + SLICE_S
        while self._waiting and time.monotonic() < until:
            key = next(iter(self._waiting))
            del self._waiting[key]
            self._numbers[key] = self._count(key)
        if not self._waiting:
            self._timer.stop()
        self.changed.emit()

    def _count(self, key: str) -> PageNumbers:
        # Brings in numpy, which the window does without until somebody looks at the numbers.
        from ocrstudio.formats.dataset import training_lines

        store = self._session.store
        if store is None or key not in store.places or not store.box_count(key):
            return PageNumbers()
        page = store.page(key)
        texts = [text for _, _, text in training_lines(page)]
        usable = page.state is PageState.CHECKED and bool(page.boxes)
        if usable:
            try:
                image_size(store.image_path(key))
            except StudioError:
                usable = False
        characters = Counter(character for text in texts for character in text if character != " ")
        return PageNumbers(len(page.boxes), len(texts), characters, usable)


def is_ratio(text: str) -> bool:
    """Whether a text is a ratio of train, val and test."""
    try:
        split_pages([], text, 0)
    except DatasetError:
        return False
    return True
