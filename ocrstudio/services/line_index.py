"""Every line of the open project in memory, without points and pictures: what search and queues look through."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from PyQt5.QtCore import QObject, pyqtSignal, pyqtSlot

from ocrstudio.core.lines import PageLines, key_classes, page_lines, same_lines
from ocrstudio.core.page import Page
from ocrstudio.core.search import Breath
from ocrstudio.services.background import Background
from ocrstudio.services.project_session import ProjectSession
from ocrstudio.services.timers import single_shot

# Opening a project comes first; the index begins so much later unless somebody asks for it.
START_DELAY_MS = 1500
# Pages whose labels are handed to the worker at once.
SLICE_PAGES = 100
# Edits are taken over together when they are so close; with more pages than that the worker reads them.
REFRESH_DELAY_MS = 40
MANY_PAGES = 50


class LineIndex(QObject):
    """Knows the lines of all pages and follows every edit.

    Args:
        session: The open project.
        parent: Owner; it calls `close`.
    """

    built = pyqtSignal()  # every page is known
    changed = pyqtSignal(object)  # list[str]: keys of pages whose lines, state or note are others now
    # For each page of `changed`: PageLines before and after, and dict[int, int]: earlier row to row, see `same_lines`.
    lines_replaced = pyqtSignal(object, object, object)

    def __init__(self, session: ProjectSession, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._pages: dict[str, PageLines] = {}
        self._line_count = 0
        self._waiting: deque[str] = deque()
        self._stale: set[str] = set()
        self._edited: set[str] = set()
        self._ids: dict[str, tuple[str, ...]] = {}  # of the boxes of pages that were opened or edited
        self._is_reading = False
        self._is_built = False
        self._generation = 0
        self._background = Background(self, threads=1)
        self._start_timer = single_shot(self, START_DELAY_MS, self.require)
        self._refresh_timer = single_shot(self, REFRESH_DELAY_MS, self.refresh)
        session.project_opened.connect(self._on_session_project_opened)
        session.project_closed.connect(self._on_session_project_closed)
        session.page_changed.connect(self._on_session_page_changed)
        session.page_opened.connect(self._on_session_page_opened)
        session.pages_listed.connect(self._on_session_pages_listed)
        if session.store is not None:
            self._begin()

    @property
    def is_built(self) -> bool:
        """Whether every page is known."""
        return self._is_built

    @pyqtSlot()
    def require(self) -> None:
        """Starts building now, unless that is done or under way; `built` follows."""
        self._start_timer.stop()
        if not self._is_built:
            self._read_slice()

    def pages(self) -> list[PageLines]:
        """The pages that are known, in the order of the project. The list is the caller's; its items never change."""
        self.refresh()
        pages = self._pages
        return [pages[key] for key in self._session.keys if key in pages]

    def page(self, key: str) -> PageLines | None:
        """One page, as it is now; None if it is not known yet."""
        if key in self._stale:
            self.refresh()
        return self._pages.get(key)

    def line_count(self) -> int:
        """How many lines the known pages have."""
        return self._line_count

    def key_classes(self) -> list[str]:
        """The key classes in use, sorted."""
        return key_classes(self._pages.values())

    def close(self) -> None:
        """Stops the worker."""
        self._start_timer.stop()
        self._refresh_timer.stop()
        self._generation += 1
        self._background.close()

    @pyqtSlot()
    def refresh(self) -> None:
        """Takes over edits that are not in the index yet; many at once are left to the worker."""
        self._refresh_timer.stop()
        store = self._session.store
        stale, self._stale = self._stale, set()
        if store is None or not stale:
            return
        if len(stale) > MANY_PAGES:
            queued = set(self._waiting)
            self._waiting.extend(key for key in store.keys if key in stale and key not in queued)
            self._read_slice()
            return
        if self._is_reading:
            self._edited |= stale  # what the worker reads of them is older
        pages = [store.page(key) for key in stale]
        self._take([page_lines(page) for page in pages], {page.key: _ids_of(page) for page in pages})

    def _begin(self) -> None:
        self._waiting = deque(self._session.keys)
        self._start_timer.start()

    def _read_slice(self) -> None:
        """Hands the next pages to the worker; the store itself is only ever asked in the window's thread."""
        store = self._session.store
        if store is None or self._is_reading:
            return
        if not self._waiting:
            self._finish()
            return
        keys = [self._waiting.popleft() for _ in range(min(SLICE_PAGES, len(self._waiting)))]
        sources = [store.snapshot(key) for key in keys]
        self._is_reading = True
        self._edited.clear()
        generation = self._generation
        self._background.run(lambda: _read(sources), lambda pages: self._on_read(generation, pages))

    def _on_read(self, generation: int, pages: list[PageLines]) -> None:
        if generation != self._generation:
            return
        self._is_reading = False
        self._take([page for page in pages if page.key not in self._edited])
        self._read_slice()

    def _finish(self) -> None:
        if not self._is_built:
            self._is_built = True
            self.built.emit()

    def _take(self, pages: list[PageLines], ids: dict[str, tuple[str, ...]] | None = None) -> None:
        keys = []
        for page in pages:
            before = self._pages.get(page.key)
            old_ids = self._ids.pop(page.key, ())
            new_ids = ids.get(page.key, ()) if ids is not None else self._open_ids(page.key)
            if new_ids:
                self._ids[page.key] = new_ids
            if before == page:
                continue
            self._pages[page.key] = page
            self._line_count += len(page.texts) - (len(before.texts) if before is not None else 0)
            if before is not None:
                self.lines_replaced.emit(before, page, same_lines(before, page, old_ids, new_ids))
            keys.append(page.key)
        if keys and self._is_built:
            self.changed.emit(keys)

    def _open_ids(self, key: str) -> tuple[str, ...]:
        """Ids of a page's boxes if it is the open one."""
        page = self._session.document.page
        return _ids_of(page) if page is not None and page.key == key else ()

    @pyqtSlot(str)
    def _on_session_project_opened(self, _folder: str) -> None:
        self._on_session_project_closed()
        self._begin()

    @pyqtSlot()
    def _on_session_project_closed(self) -> None:
        self._generation += 1
        self._start_timer.stop()
        self._refresh_timer.stop()
        self._is_reading = self._is_built = False
        self._pages = {}
        self._line_count = 0
        self._ids = {}
        self._stale.clear()
        self._waiting.clear()
        self.changed.emit([])

    @pyqtSlot()
    def _on_session_pages_listed(self) -> None:
        """Images came or went: those that went are forgotten, those that came are read."""
        present = set(self._session.keys)
        gone = [key for key in self._pages if key not in present]
        for key in gone:
            self._line_count -= len(self._pages.pop(key).texts)
            self._ids.pop(key, None)
        known = {*self._pages, *self._waiting}
        self._waiting = deque(key for key in self._waiting if key in present)
        self._waiting.extend(key for key in self._session.keys if key not in known)
        self._stale &= present
        if self._is_built:
            if gone:
                self.changed.emit(gone)
            self._read_slice()

    @pyqtSlot(str)
    def _on_session_page_opened(self, key: str) -> None:
        self.page(key)
        self._ids[key] = self._open_ids(key)

    @pyqtSlot(str)
    def _on_session_page_changed(self, key: str) -> None:
        if key in self._pages or self._is_reading:
            self._stale.add(key)
            if not self._refresh_timer.isActive():
                self._refresh_timer.start()


def _read(sources: list[Callable[[], Page]]) -> list[PageLines]:
    breath = Breath()
    pages = []
    for source in sources:
        pages.append(page_lines(source()))
        breath.take()
    return pages


def _ids_of(page: Page) -> tuple[str, ...]:
    return tuple(box.id for box in page.boxes)
