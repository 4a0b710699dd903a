"""What a project holds, counted page by page between the user's clicks, and what a split of it would come to."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from PyQt5.QtCore import QObject, pyqtSignal, pyqtSlot

from ocrstudio import paths
from ocrstudio.core.errors import DatasetError, StudioError
from ocrstudio.core.page import PageState
from ocrstudio.core.search import Breath
from ocrstudio.core.split import parse_ratio
from ocrstudio.core.split_plan import Division, SplitOptions, SplitPage, divide, without
from ocrstudio.core.statistics import PageFigures, Statistics
from ocrstudio.services.added_folders import AddedFolders
from ocrstudio.services.background import Background, Job, tried
from ocrstudio.services.page_counting import CountedSlice, count_pages, source_of
from ocrstudio.services.project_session import ProjectSession
from ocrstudio.services.timers import single_shot

if TYPE_CHECKING:
    from ocrstudio.formats.figures_cache import FiguresCache
    from ocrstudio.formats.picture_facts import PictureStore
    from ocrstudio.formats.store import ProjectStore

# Pages that a worker counts at once.
SLICE_PAGES = 250
# A page that is being shown is painted first: each of its widgets would wait for the worker.
SHOW_DELAY_MS = 60
# Figures are kept for the next session so long after the last page was counted.
KEEP_DELAY_MS = 5000
# Pictures are compared when nothing was counted for so long.
LOOK_DELAY_MS = 300


@dataclass(frozen=True)
class Preview:
    """What a split would come to.

    Attributes:
        options: The wishes.
        division: What would go where, but for the places of single lines; None if the wishes cannot be met.
        error: Why not.
        alike: Pages that look like another one.
    """

    options: SplitOptions
    division: Division | None
    error: StudioError | None = None
    alike: int = 0


class ProjectStatistics(QObject):
    """Counts the pages of the open project; recounts those that change.

    Args:
        session: Says which project is open and what changes.
        parent: Owner; it calls `close`.
    """

    changed = pyqtSignal()  # some numbers are new; more may follow while `is_counting`
    divided = pyqtSignal(object)  # Preview of what `ask` asked for last
    looked = pyqtSignal()  # which pages look the same is known anew

    def __init__(self, session: ProjectSession, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._pages: dict[str, SplitPage] = {}
        self._usable: set[str] = set()
        self._figures: dict[str, PageFigures] = {}
        self._totals = Statistics()
        self._waiting: dict[str, None] = {}  # in the order of counting
        self._under_way: set[str] = set()  # being counted
        self._cache: FiguresCache | None = None
        self._background = Background(self, threads=1)
        self._timer = single_shot(self, 0, self._count_slice)
        self._keep_timer = single_shot(self, KEEP_DELAY_MS, self._keep)
        self.added = AddedFolders(self)
        self.added.read.connect(self._on_added_read)
        self._dividing = _Dividing(self)
        self._looking = _Looking(self)
        session.project_opened.connect(self._on_project_changed)
        session.project_closed.connect(self._on_project_changed)
        session.pages_listed.connect(self._on_project_changed)
        session.page_changed.connect(self._on_page_changed)
        self._active = False
        self._on_project_changed()

    @property
    def is_counting(self) -> bool:
        """Whether pages are still to be counted."""
        return bool(self._waiting or self._under_way)

    @property
    def is_looking(self) -> bool:
        """Whether pictures are still to be compared."""
        return self._looking.is_busy

    def set_active(self, active: bool) -> None:
        """Counts only while somebody looks."""
        is_new, self._active = active and not self._active, active
        if active and self._waiting:
            self._timer.start(SHOW_DELAY_MS if is_new else 0)
        elif not active:
            self._timer.stop()
        self._looking.set_active(active and not self.is_counting)

    def states(self) -> dict[PageState, int]:
        """Pages by state, all states present."""
        store = self._session.store
        counted = Counter(store.states.values()) if store is not None else Counter()
        return {state: counted[state] for state in PageState}

    def totals(self) -> Statistics:
        """The pages with boxes, as far as they are counted; not the caller's to change."""
        return self._totals

    def figures(self) -> list[PageFigures]:
        """The pages with boxes, in list order; the list is the caller's, its items never change."""
        return [self._figures[key] for key in self._session.keys if key in self._figures]

    def alike(self) -> list[str]:
        """Keys of checked pages that look like another one, in list order."""
        found = {key for pair in self._looking.seen.pairs for key in pair}
        return [key for key in self._session.keys if key in found]

    def usable(self) -> list[str]:
        """Keys of the pages that a split would take, as far as their pictures were looked at, in list order."""
        return [key for key in self._session.keys if key in self._usable and key not in self._looking.seen.broken]

    def usable_count(self) -> int:
        """How many pages a split would take."""
        return len(self._usable - self._looking.seen.broken)

    def confirmed_count(self) -> int:
        """How many of them are not checked and give only the lines that a person confirmed."""
        return sum(not self._pages[key].boxes for key in self._usable - self._looking.seen.broken)

    def ask(self, options: SplitOptions) -> None:
        """Asks what a split of the project and the added folders would come to, as far as those are read.

        `divided` follows; only the latest wish is answered.
        """
        pages = [self._pages[key] for key in self._session.keys if key in self._usable]
        self._dividing.ask(options, [*pages, *self.added.pages()], self._looking.seen)

    def add_folders(self, folders: Sequence[str]) -> None:
        """Counts exactly these folders, too, from now on; `looked` follows when more is known of them.

        Raises:
            DatasetError: If one is the project's or named twice.
        """
        from ocrstudio.formats.dataset_sources import named_folders

        store = self._session.store
        if store is None:
            self.added.want([])
            return
        # the project comes first, so its own name never changes
        self.added.want(named_folders([store.folder, *map(Path, folders)])[1:])
        self._look_again()

    def close(self) -> None:
        """Ends all work."""
        self._timer.stop()
        self._keep_timer.stop()
        self._background.close()
        self.added.close()
        self._dividing.close()
        self._looking.close()

    @pyqtSlot()
    def _on_added_read(self) -> None:
        self._look_again()
        self.looked.emit()

    def _look_again(self) -> None:
        if not self.is_counting:
            self._looking.look(self._to_look_at())
            self._looking.set_active(self._active)

    @pyqtSlot()
    @pyqtSlot(str)
    def _on_project_changed(self, _folder: str = "") -> None:
        self._background.drop()
        self._keep_timer.stop()
        self._cache = None
        self._pages.clear()
        self._usable.clear()
        self._figures.clear()
        self._totals = Statistics()
        self._looking.forget()
        self._under_way.clear()
        self._waiting = dict.fromkeys(self._session.keys)
        self.set_active(self._active)
        self.changed.emit()

    @pyqtSlot(str)
    def _on_page_changed(self, key: str) -> None:
        self._waiting[key] = None
        self.set_active(self._active)

    @pyqtSlot()
    def _count_slice(self) -> None:
        store = self._session.store
        if self._under_way or not self._waiting or store is None:
            return
        keys = list(islice(self._waiting, SLICE_PAGES))
        for key in keys:
            del self._waiting[key]
        self._under_way = set(keys)
        work = self._counting(store, keys)
        self._background.run(lambda: tried(work), self._take)

    def _counting(self, store: ProjectStore, keys: list[str]) -> Callable[[], CountedSlice]:
        """Work that counts some pages; the store itself is only ever asked in the window's thread."""
        from ocrstudio.formats.figures_cache import FiguresCache, cache_file

        is_first = self._cache is None
        cache = self._cache = self._cache or FiguresCache(cache_file(store.folder))
        sources = [source_of(store, key) for key in keys if key in store.places]

        def work() -> CountedSlice:
            if is_first:
                cache.load()
            return count_pages(sources, cache)

        return work

    def _take(self, counted: CountedSlice | StudioError) -> None:
        if isinstance(counted, StudioError):
            counted = CountedSlice()  # the log says why; the other pages are counted all the same
        for key in self._under_way:
            before = self._figures.pop(key, None)
            if before is not None:
                self._totals.add(before, -1)
            self._pages.pop(key, None)
            self._usable.discard(key)
        self._under_way.clear()
        self._totals.merge(counted.totals)
        for key, page in counted.pages.items():
            if page is not None:
                self._figures[key], self._pages[key] = page.figures, page.split
                if page.usable:
                    self._usable.add(key)
        if self._waiting:
            self.set_active(self._active)
        else:
            self._keep_timer.start()
            self._look_again()
        self.changed.emit()

    @pyqtSlot()
    def _keep(self) -> None:
        cache, keys = self._cache, list(self._session.keys)
        if cache is not None and not self.is_counting:
            self._background.run(lambda: cache.save(keys), lambda _: None)

    def _to_look_at(self) -> Callable[[], _Seen] | None:
        """Work that finds the pages that look the same, and those whose pictures break; None without a project."""
        store = self._session.store
        if store is None:
            return None
        from ocrstudio.formats.look_alikes import SeenPage, alike_pages, broken_pages

        keys = [key for key in self._session.keys if key in self._usable]
        folder, pages = store.folder, [(key, store.file_of(key), self._pages[key]) for key in keys]
        others = self.added.seen()
        pictures, stopped = self._looking.pictures(), self._looking.stopped
        breath = Breath()

        def cancelled() -> bool:
            breath.take()
            return stopped.is_set()

        def look() -> _Seen:
            seen = []
            for key, file, page in pages:
                breath.take()
                seen.append(SeenPage(key, folder / file, frozenset(text for _, text in page.lines)))
            seen += others
            pairs = alike_pages(seen, pictures, cancelled=cancelled)
            return _Seen(tuple(pairs), broken_pages(seen, pictures, cancelled))

        return look


@dataclass(frozen=True)
class _Seen:
    """What the pictures show: pairs of keys of pages that look the same, and the keys of those that cannot be read."""

    pairs: tuple[tuple[str, str], ...] = ()
    broken: frozenset[str] = frozenset()


class _Dividing:
    """Divides in the background; of several wishes only the last is worked on."""

    def __init__(self, owner: ProjectStatistics) -> None:
        self._owner = owner
        self._background = Background(owner, threads=1)
        self._timer = single_shot(owner, SHOW_DELAY_MS, self._begin)
        self._work: Callable[[], Preview] | None = None
        self._job: Job | None = None
        self._number = 0

    def close(self) -> None:
        self._timer.stop()
        self._background.close()

    def ask(self, options: SplitOptions, pages: list[SplitPage], seen: _Seen) -> None:
        if self._job is not None:
            self._background.take_back(self._job)
        self._number += 1

        def work() -> Preview:
            alike = len({key for pair in seen.pairs for key in pair}) if options.alike else 0
            found = tried(lambda: _divided(pages, options, seen))
            if isinstance(found, StudioError):
                return Preview(options, None, found, alike)
            return Preview(options, found, None, alike)

        self._work = work
        self._timer.start()

    def _begin(self) -> None:
        work, self._work, number = self._work, None, self._number
        if work is not None:
            self._job = self._background.run(work, lambda preview: self._tell(number, preview))

    def _tell(self, number: int, preview: Preview) -> None:
        if number == self._number:
            self._job = None
            self._owner.divided.emit(preview)


def _divided(pages: list[SplitPage], options: SplitOptions, seen: _Seen) -> Division:
    """A division without the places of single lines, which are many and which nobody asks for here.

    Pages whose pictures break go afterwards, as they do when it is written: the others stay where they are.
    """
    division = divide(pages, options, seen.pairs, Breath().take)
    if seen.broken:
        division = without(division, pages, seen.broken)
    return replace(division, line_parts={})


class _Looking:
    """Compares pictures in the background, a while after the last change."""

    def __init__(self, owner: ProjectStatistics) -> None:
        self._owner = owner
        self._background = Background(owner, threads=1)
        self._timer = single_shot(owner, LOOK_DELAY_MS, self._begin)
        self._work: Callable[[], _Seen] | None = None
        self._pictures: PictureStore | None = None
        self._number = 0
        self.stopped = threading.Event()
        self.is_busy = False
        self.seen = _Seen()

    def pictures(self) -> PictureStore:
        from ocrstudio.formats.picture_facts import PictureStore

        if self._pictures is None:
            self._pictures = PictureStore(paths.user_cache())
        return self._pictures

    def look(self, work: Callable[[], _Seen] | None) -> None:
        self._work = work
        self.is_busy = work is not None
        self._timer.start()

    def set_active(self, active: bool) -> None:
        if active and self._work is not None:
            self._timer.start()
        elif not active:
            self._timer.stop()

    def forget(self) -> None:
        self.stopped.set()
        self.stopped = threading.Event()
        self._number += 1
        self._work = None
        self._timer.stop()
        self.is_busy = False
        self.seen = _Seen()

    def close(self) -> None:
        self.forget()
        self._background.close()

    def _begin(self) -> None:
        work, self._work = self._work, None
        if work is None:
            return
        self._number += 1
        number = self._number
        self._background.run(lambda: tried(work), lambda found: self._take(number, found))

    def _take(self, number: int, found: _Seen | StudioError) -> None:
        if number != self._number:
            return
        self.is_busy = self._work is not None
        self.seen = _Seen() if isinstance(found, StudioError) else found
        self._owner.looked.emit()


def is_ratio(text: str) -> bool:
    """Whether a text is a ratio of train, val and test."""
    try:
        parse_ratio(text)
    except DatasetError:
        return False
    return True
