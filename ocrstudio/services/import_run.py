"""Labels and pictures into the open project while the window goes on: reading and writing happen on a thread.

The store belongs to the window's thread: here only snapshots of its pages are taken, a few at a time, and the thread
works on those.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from PyQt5.QtCore import QObject, pyqtSignal, pyqtSlot

from ocrstudio.core.errors import StudioError
from ocrstudio.core.page import Page
from ocrstudio.formats.exchange.bringing import Bringing, bring_pictures
from ocrstudio.formats.exchange.import_into import ImportWishes
from ocrstudio.formats.exchange.import_log import summary_of, write_log
from ocrstudio.formats.exchange.import_source import ImportSource
from ocrstudio.formats.exchange.merging import (
    STEP,
    Gathered,
    gather,
    merged,
    same_labels,
    tell_left,
    tell_missing,
)
from ocrstudio.formats.exchange.values import Trouble
from ocrstudio.services.exchange_run import Parse, SlicedRun
from ocrstudio.services.project_session import ProjectSession

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class ImportPreview:
    """What importing would do.

    Attributes:
        form: Key of `FORMATS`.
        pages: Pages of the project that the source speaks of.
        boxes: Their boxes in the source.
        changed: Pages that would change.
        conflicts: Pages that have labels already.
        missing: Pictures that the project does not have.
        copyable: How many of these the source has.
        new_boxes: The boxes of these.
        linkable: Whether these are files that can be referenced where they lie.
        problems: What was wrong in the source.
    """

    form: str
    pages: int
    boxes: int
    changed: int
    conflicts: int
    missing: int
    copyable: int
    new_boxes: int
    linkable: bool
    problems: list[Trouble]


@dataclass(frozen=True)
class Imported:
    """What importing did.

    Attributes:
        changed: Pages that have new labels.
        brought: Pictures that came into the project.
        problems: What was wrong in the source or left out.
        log: The file that keeps these; None if there are none.
    """

    changed: int
    brought: int
    problems: list[Trouble] = field(default_factory=list)
    log: Path | None = None


class ImportRun(SlicedRun):
    """Reads labels, says what would happen, and brings them into the open project, each page as one undoable step.

    Args:
        session: The open project.
        words: What a problem is called in the log, in the language in use; called on a thread.
        parent: Owner.
    """

    previewed = pyqtSignal(object)  # ImportPreview
    finished = pyqtSignal(object)  # Imported

    def __init__(
        self, session: ProjectSession, words: Callable[[Trouble], str] = str, parent: QObject | None = None
    ) -> None:
        super().__init__(session, parent)
        self._words = words
        self._paths: list[Path] = []
        self._source: ImportSource | None = None
        self._wishes = ImportWishes()
        self._gathered: Gathered | None = None
        self._before: dict[str, Parse | Page] = {}
        self._after: dict[str, Page] = {}
        self._how: Bringing | None = None
        self._brought = 0
        self._troubles: list[Trouble] = []  # of bringing pictures, which the second reading does not know
        self._changed = 0
        self._applying = False
        self._apply_next = False
        session.pages_listed.connect(self._on_session_pages_listed)
        session.failed.connect(self._on_session_failed)
        self._waits_for_pages = False

    def look(self, paths: Sequence[Path], wishes: ImportWishes) -> None:
        """Reads labels; `previewed`, `failed` or `stopped` follows. The project does not change.

        Args:
            paths: File, folder or archive, or several files.
            wishes: How it is read.
        """
        store = self._session.store
        if store is None or self.is_running:
            return
        if self._source is None or self._paths != list(paths):
            self._let_go()
            self._paths = list(paths)
            self._source = ImportSource(paths, store.folder)
        self._wishes = wishes
        self._brought, self._troubles = 0, []
        self._apply_next = False
        self._read()

    def apply(self, how: Bringing | None = None) -> None:
        """Does what `previewed` said; `finished`, `failed` or `stopped` follows.

        Args:
            how: First brings in the pictures that the project lacks and the source has; None leaves them out.
        """
        if self._session.store is None or self._source is None or self.is_running or self._gathered is None:
            return
        self._begin()
        self._how = how
        if how is None:
            self._change()
        else:
            way: Bringing = "move" if self._source.is_archive else how
            self._in_background(partial(self._bring, self._gathered, self._session.store.folder, way), self._on_brought)

    def close(self) -> None:
        """Ends what runs, for good; what was unpacked goes."""
        super().close()
        self._let_go()

    def _let_go(self) -> None:
        # removing what was unpacked takes a while; nothing waits for it, not even the end of the program
        source, self._source = self._source, None
        if source is not None and source.is_archive:
            threading.Thread(target=source.close, name="unpacked").start()

    # --- reading ---------------------------------------------------------------------------------------------------

    def _read(self) -> None:
        store, source = self._session.store, self._source
        if store is None or source is None:
            return
        self._session.commit_requested.emit()
        self._begin()
        self._gathered = None
        files = {key: store.file_of(key) for key in store.keys}
        self._in_background(partial(self._gather, source, files, store.folder), self._on_gathered)

    def _gather(self, source: ImportSource, files: dict[str, str], folder: Path) -> Gathered:
        reading = source.reading([folder], self._progress, self._wishes.pdf)
        gathered = gather(reading, self._wishes.form, files, folder)
        tell_missing(gathered)
        return gathered

    def _on_gathered(self, gathered: Gathered) -> None:
        self._gathered = gathered
        self._before = {}
        self._applying = False
        self._start_slices(list(gathered.pages))

    def _merge(self, gathered: Gathered) -> dict[str, Page]:
        after: dict[str, Page] = {}
        for done, (key, found) in enumerate(gathered.pages.items()):
            self._progress(done, len(gathered.pages))
            before = self._before[key]
            page = before if isinstance(before, Page) else before()
            self._before[key] = page
            changed = merged(page, found, self._wishes.existing)
            if changed is not None:
                after[key] = changed
        return after

    def _on_merged(self, gathered: Gathered, after: dict[str, Page]) -> None:
        self._after = after
        if self._apply_next:
            self._change()
        else:
            self._end(partial(self.previewed.emit, self._preview(gathered)))

    def _preview(self, gathered: Gathered) -> ImportPreview:
        return ImportPreview(
            form=gathered.form,
            pages=len(gathered.pages),
            boxes=gathered.boxes,
            changed=len(self._after),
            conflicts=sum(isinstance(page, Page) and bool(page.boxes) for page in self._before.values()),
            missing=len(gathered.missing),
            copyable=len({page.target for page in gathered.copyable}),
            new_boxes=sum(len(page.boxes) for page in gathered.copyable),
            linkable=any(isinstance(page.picture, Path) for page in gathered.copyable)
            and not (self._source is not None and self._source.is_archive),
            problems=list(gathered.reading.problems),
        )

    # --- changing the project --------------------------------------------------------------------------------------

    def _bring(self, gathered: Gathered, folder: Path, how: Bringing) -> tuple[int, list[Trouble]]:
        before = len(gathered.reading.problems)
        brought = bring_pictures(gathered, folder, how, self._progress)
        return len(brought), gathered.reading.problems[before:]

    def _on_brought(self, done: tuple[int, list[Trouble]]) -> None:
        self._brought, troubles = done
        if not self._brought:
            self._change()
            return
        self._troubles = troubles
        self._waits_for_pages = True
        self._session.refresh()

    @pyqtSlot()
    def _on_session_pages_listed(self) -> None:
        if self._waits_for_pages:
            self._waits_for_pages = False
            self._apply_next = True
            self._read()

    @pyqtSlot(object)
    def _on_session_failed(self, error: StudioError) -> None:
        if self._waits_for_pages:
            self._waits_for_pages = False
            self._end(partial(self.failed.emit, error))

    def _is_waiting(self) -> bool:
        waits, self._waits_for_pages = self._waits_for_pages, False
        return waits

    def _change(self) -> None:
        self._apply_next = False
        self._applying = True
        self._changed = 0
        self._start_slices(list(self._after))

    def _take(self, key: str) -> bool:
        store = self._session.store
        if store is None:
            return False
        if key not in store.places:  # its image has gone meanwhile
            if self._gathered is not None:
                self._gathered.pages.pop(key, None)
            return True
        if self._applying:
            return self._change_page(key)
        self._before[key] = store.snapshot(key)
        return True

    def _change_page(self, key: str) -> bool:
        store, gathered, before = self._session.store, self._gathered, self._before[key]
        if store is None or gathered is None:
            return False
        page: Page | None = self._after[key]
        now = store.page(key)
        if not (isinstance(before, Page) and same_labels(before, now)):
            # somebody, such as automatic labelling, changed the page since the preview
            page = merged(now, gathered.pages[key], self._wishes.existing)
        if page is None:
            return True
        done = self._session.change_pages({key: page}, STEP)
        self._changed += len(done)
        return bool(done)

    def _taken(self) -> None:
        gathered, store, source = self._gathered, self._session.store, self._source
        if gathered is None or store is None or source is None:
            self._end(self.stopped.emit)
        elif not self._applying:
            self._in_background(partial(self._merge, gathered), partial(self._on_merged, gathered))
        else:
            self._gathered = None
            finish = partial(self._finish, gathered, store.folder, source.path)
            self._in_background(finish, lambda done: self._end(partial(self.finished.emit, done)))

    def _finish(self, gathered: Gathered, project: Path, source: Path) -> Imported:
        """Keeps what has to be said; a log that cannot be written is no reason to hide what came in."""
        if self._how is None:
            tell_left(gathered)
        problems = [*self._troubles, *gathered.reading.problems]
        summary, log_file = summary_of(self._changed, self._brought), None
        try:
            log_file = write_log(project, source, self._words(summary), [self._words(one) for one in problems])
        except StudioError as error:
            log.warning("the log of an import cannot be written: %s", error)
        return Imported(self._changed, self._brought, problems, log_file)
