"""Queues: lines or pages of the whole project that want a look, one after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum

from PyQt5.QtCore import QObject, pyqtSignal, pyqtSlot

from ocrstudio.core.lines import NO_SCORE, PageLines, box_mark
from ocrstudio.core.page import PageState
from ocrstudio.core.search import Breath, LineKind, kind_of, unknown_in
from ocrstudio.services.background import Background
from ocrstudio.services.known_characters import KnownCharacters
from ocrstudio.services.line_index import LineIndex
from ocrstudio.services.project_session import ProjectSession
from ocrstudio.services.readings import Disagreement, Readings
from ocrstudio.services.timers import single_shot

# Nobody has to look at these pages any more.
DONE_STATES = frozenset({PageState.CHECKED, PageState.REJECTED})

# So many entries ahead another page is looked for, to decode its picture in time.
LOOK_AHEAD = 50


class QueueKind(Enum):
    """What a queue is made of."""

    LINES = "lines"  # lines that no person has touched, in the order of the project
    PAGES = "pages"  # pages that are not checked, in the order of the project
    WORST = "worst"  # lines that the recogniser was least sure of, worst first
    DISAGREES = "disagrees"  # lines that a model reads differently, likeliest mistakes first
    UNKNOWN = "unknown"  # lines with characters that the model does not know


@dataclass(slots=True)
class QueueEntry:
    """One thing to look at.

    Attributes:
        key: The page.
        row: The line's place on it; None while the line is deleted; -1 for the page as a whole.
        mark: `core.lines.box_mark` of the line, by which it is known again after it was deleted.
    """

    key: str
    row: int | None
    mark: int = 0


class QueueController(QObject):
    """Walks through a queue: opens the page, then selects the box.

    A queue keeps its order while one works through it: a line that was mended stays where it was, one that was deleted
    is skipped, and comes back with undo.

    Args:
        session: The open project.
        index: Its lines.
        readings: What models read; without it the queue of disagreements is empty.
        known: The characters of the model; without it nothing is unknown.
        parent: Owner; it calls `close`.
    """

    changed = pyqtSignal()  # another queue, another place in it, or how much of it there is

    def __init__(
        self,
        session: ProjectSession,
        index: LineIndex,
        readings: Readings | None = None,
        known: KnownCharacters | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._index = session, index
        self._readings, self._known = readings, known
        self._kind: QueueKind | None = None
        self._entries: list[QueueEntry] = []
        self._by_page: dict[str, list[QueueEntry]] = {}
        self._at = -1
        self._is_making = False
        self._to_select: QueueEntry | None = None
        self._generation = 0
        self._background = Background(self, threads=1)
        index.built.connect(self._make_wanted)
        index.lines_replaced.connect(self._on_index_lines_replaced)
        if readings is not None:
            readings.loaded.connect(self._make_wanted)
        if known is not None:
            known.changed.connect(self._make_wanted)
        # Not at once: whoever shows the new page may select a line of its own, and the queue's comes after that.
        self._select_timer = single_shot(self, 0, self._on_select_due)
        session.page_opened.connect(self._on_session_page_opened)
        session.project_opened.connect(self._on_session_project_changed)
        session.project_closed.connect(self._on_session_project_changed)

    @property
    def kind(self) -> QueueKind | None:
        """The queue being worked through; None without one."""
        return self._kind

    @property
    def is_active(self) -> bool:
        """Whether a queue is being worked through, made ready, or found to be empty."""
        return self._kind is not None

    @property
    def is_ready(self) -> bool:
        """Whether the queue is made; until then `position` is (0, 0)."""
        return self._kind is not None and not self._is_making

    @property
    def position(self) -> tuple[int, int]:
        """The place in the queue, counted from 1, and its length. (0, n) before its start."""
        return self._at + 1, len(self._entries)

    @property
    def current(self) -> QueueEntry | None:
        """What is being looked at."""
        return self._entries[self._at] if 0 <= self._at < len(self._entries) else None

    @property
    def model_text(self) -> str | None:
        """In the queue of disagreements, what the model read in the present line."""
        entry = self.current
        if entry is None or self._kind is not QueueKind.DISAGREES or self._readings is None:
            return None
        found = self._readings.reading(entry.key, entry.mark)
        return found[0] if found is not None else None

    def take_model_text(self) -> bool:
        """Puts what the model read into the selected line, if that is the present one; False otherwise."""
        text, entry, box = self.model_text, self.current, self._session.document.current_box
        if text is None or entry is None or box is None or box_mark(box.points) != entry.mark:
            return False
        self._session.commit_requested.emit()
        return self._session.document.set_text(box.id, text)

    def start(self, kind: QueueKind) -> None:
        """Makes a queue and goes to its first entry, or for queues in the project's order to the next one from here on.

        Made in the background; `changed` tells when it is ready. An empty one stays active, at (0, 0).
        """
        self._drop()
        if self._session.store is None:
            self.changed.emit()
            return
        self._kind = kind
        self._is_making = True
        self.changed.emit()
        self._make_wanted()

    def stop(self) -> None:
        """Leaves the queue; the page stays open."""
        if self._kind is not None:
            self._drop()
            self.changed.emit()

    def next(self) -> bool:
        """Goes to the next entry; False at the end."""
        return self._step(1)

    def previous(self) -> bool:
        """Goes to the previous entry; False at the start."""
        return self._step(-1)

    def close(self) -> None:
        """Stops the worker."""
        self._drop()
        self._select_timer.stop()
        self._background.close()

    def _drop(self) -> None:
        self._generation += 1
        self._kind = None
        self._is_making = False
        self._entries, self._by_page, self._at = [], {}, -1
        self._to_select = None

    # --- making ----------------------------------------------------------------------------------------------------

    @pyqtSlot()
    def _make_wanted(self) -> None:
        """Makes the queue that was asked for as soon as all it needs is there."""
        if not self._is_making or self._kind is None:
            return
        if not self._index.is_built:
            self._index.require()
            return
        make = self._recipe(self._kind)
        if make is None:
            return
        generation = self._generation
        self._background.run(make, lambda entries: self._on_made(generation, entries))

    def _recipe(self, kind: QueueKind) -> Callable[[], list[QueueEntry]] | None:
        """A function for the worker; None while something is still being read."""
        pages = self._index.pages()
        if kind is QueueKind.LINES:
            return lambda: untouched_lines(pages)
        if kind is QueueKind.PAGES:
            return lambda: [QueueEntry(page.key, -1) for page in pages if page.state not in DONE_STATES]
        if kind is QueueKind.WORST:
            return lambda: worst_lines(pages)
        if kind is QueueKind.UNKNOWN:
            if self._known is None:
                return list
            known = self._known.characters
            if known is None:
                self._known.require()
                return None
            return lambda: unknown_lines(pages, known)
        if self._readings is None:
            return list
        if not self._readings.is_loaded:
            self._readings.require()
            return None
        compare = self._readings.comparison()
        return lambda: [_entry_of(found) for found in compare(pages)]

    def _on_made(self, generation: int, entries: list[QueueEntry]) -> None:
        if generation != self._generation or not self._is_making:
            return
        self._is_making = False
        self._entries = entries
        for entry in entries:
            self._by_page.setdefault(entry.key, []).append(entry)
        start = self._first_from_here() if self._kind in (QueueKind.LINES, QueueKind.PAGES) else 0
        self._at = start - 1
        if not self._step(1):
            self.changed.emit()

    def _first_from_here(self) -> int:
        """The first entry on the open page or after it, 0 if there is none."""
        here = self._session.current_key
        keys = self._session.keys
        if here is None:
            return 0
        place = list(keys).index(here)
        ahead = set(keys[place:])
        return next((number for number, entry in enumerate(self._entries) if entry.key in ahead), 0)

    # --- walking ---------------------------------------------------------------------------------------------------

    def _step(self, step: int) -> bool:
        self._session.commit_requested.emit()
        self._index.refresh()  # which lines are there must be known now
        place = self._at + step
        while 0 <= place < len(self._entries) and self._entries[place].row is None:
            place += step
        if not 0 <= place < len(self._entries):
            return False
        self._at = place
        self._show(self._entries[place])
        self.changed.emit()
        return True

    def _show(self, entry: QueueEntry) -> None:
        page = self._session.document.page
        self._to_select = entry
        if page is not None and page.key == entry.key and not self._session.is_loading:
            self._select()
        else:
            self._session.open_page(entry.key)

    def _select(self) -> None:
        entry, self._to_select = self._to_select, None
        page = self._session.document.page
        if entry is None or page is None or page.key != entry.key:
            return
        self._index.refresh()  # rows are those of the page as it is now
        if entry.row is not None and 0 <= entry.row < len(page.boxes):
            self._session.document.select((page.boxes[entry.row].id,))
        self._prefetch(page.key)

    def _prefetch(self, here: str) -> None:
        """The next page of a queue is seldom the next of the list: its picture is decoded ahead."""
        ahead = self._entries[self._at + 1 : self._at + 1 + LOOK_AHEAD]
        following = next((entry.key for entry in ahead if entry.key != here and entry.row is not None), None)
        if following is not None:
            self._session.prefetch([following])

    @pyqtSlot(str)
    def _on_session_page_opened(self, _key: str) -> None:
        self._select_timer.start()

    @pyqtSlot()
    def _on_select_due(self) -> None:
        if self._to_select is not None and not self._session.is_loading:
            self._select()

    @pyqtSlot()
    @pyqtSlot(str)
    def _on_session_project_changed(self, _folder: str = "") -> None:
        self.stop()

    @pyqtSlot(object, object, object)
    def _on_index_lines_replaced(self, _before: PageLines, after: PageLines, same: dict[int, int]) -> None:
        entries = self._by_page.get(after.key)
        if not entries:
            return
        held = set()
        for entry in entries:
            if entry.row is not None and entry.row >= 0:
                entry.row = same.get(entry.row)
                if entry.row is not None:
                    entry.mark = after.marks[entry.row]
                    held.add(entry.row)
        for entry in entries:
            if entry.row is None:
                row = next((n for n, mark in enumerate(after.marks) if mark == entry.mark and n not in held), None)
                if row is not None:
                    entry.row = row
                    held.add(row)


def untouched_lines(pages: Iterable[PageLines]) -> list[QueueEntry]:
    """Lines that no person has touched, on pages that are not checked."""
    return [
        QueueEntry(page.key, row, page.marks[row])
        for page in pages
        if page.state not in DONE_STATES
        for row, touched in enumerate(page.touched)
        if not touched
    ]


def worst_lines(pages: Iterable[PageLines]) -> list[QueueEntry]:
    """Lines with a confidence, on pages that are not checked, the lowest first."""
    scored = [
        (score, place, row, page)
        for place, page in enumerate(pages)
        if page.state not in DONE_STATES
        for row, score in enumerate(page.scores)
        if score != NO_SCORE
    ]
    scored.sort(key=lambda item: item[:3])
    return [QueueEntry(page.key, row, page.marks[row]) for _, _, row, page in scored]


def unknown_lines(pages: Iterable[PageLines], known: frozenset[str]) -> list[QueueEntry]:
    """Lines whose text the model could not be right about, in the order of the project."""
    found = []
    breath = Breath()
    for page in pages:
        breath.take()
        if page.state is PageState.REJECTED:
            continue
        for row, text in enumerate(page.texts):
            if not known.issuperset(text) and unknown_in(text, known) and kind_of(text) is not LineKind.PLACEHOLDER:
                found.append(QueueEntry(page.key, row, page.marks[row]))
    return found


def _entry_of(found: Disagreement) -> QueueEntry:
    return QueueEntry(found.page.key, found.row, found.page.marks[found.row])
