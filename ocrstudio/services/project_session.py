"""The open project: which page is shown, when labels go to disk, and what the window must ask about."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PyQt5.QtCore import QObject, QTimer, pyqtSignal, pyqtSlot

from ocrstudio.core.errors import StudioError
from ocrstudio.core.page import Box, PageState, merge_auto_labels
from ocrstudio.formats.store import LabelFileChanged, ProjectStore
from ocrstudio.protocol.messages import PageRead
from ocrstudio.services.document import AnnotationDocument
from ocrstudio.services.page_images import PageImage, PageImageLoader

# Edits are in the journal at once; PPOCRLabel's files follow this long after the last one.
SAVE_DELAY_MS = 2000
# A project that is edited without a pause is saved after this long all the same.
SAVE_LATEST_MS = 20_000
# The next page's labels are read when a page has been open for so long.
PARSE_DELAY_MS = 250


class ProjectSession(QObject):
    """Opens folders and pages, keeps the document and the store together, and saves.

    A page becomes the open one only when its picture has been decoded or has proved unreadable, so picture and boxes
    always belong together.
    """

    project_opened = pyqtSignal(str)  # folder
    project_closed = pyqtSignal()
    page_opened = pyqtSignal(str)  # key; its picture, or the reason why there is none, is there too
    page_changed = pyqtSignal(str)  # key of any page whose boxes or state changed
    commit_requested = pyqtSignal()  # views hand over what is typed but not confirmed, before page or project change
    saved = pyqtSignal()
    save_failed = pyqtSignal(object)  # StudioError; saving is tried again after the next edit
    label_file_changed = pyqtSignal(object)  # LabelFileChanged: saving waits for `merge_from_disk`
    merged = pyqtSignal(object)  # list[str]: keys of pages that both sides had edited
    problems_found = pyqtSignal(object)  # list[Problem] of the store
    failed = pyqtSignal(object)  # StudioError: an edit or a folder was refused

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.store: ProjectStore | None = None
        self.document = AnnotationDocument(self)
        self.image: PageImage | None = None
        self.image_error: StudioError | None = None
        self._wanted_key: str | None = None
        self._places: dict[str, int] = {}
        self._checked: set[str] = set()
        self._known_problems = 0
        self._conflict = False
        self._loader = PageImageLoader(self)
        self._save_timer = _single_shot(self, SAVE_DELAY_MS)
        self._latest_save_timer = _single_shot(self, SAVE_LATEST_MS)
        self._parse_timer = _single_shot(self, PARSE_DELAY_MS)
        self._parse_timer.timeout.connect(self._on_parse_timer_timeout)
        self._save_timer.timeout.connect(self._on_save_due)
        self._latest_save_timer.timeout.connect(self._on_save_due)
        self._loader.loaded.connect(self._on_image_loaded)
        self.document.committed.connect(self._on_committed)
        self.document.failed.connect(self.failed)

    # --- project ---------------------------------------------------------------------------------------------------

    @property
    def folder(self) -> Path | None:
        """The open project's folder."""
        return self.store.folder if self.store is not None else None

    @property
    def keys(self) -> Sequence[str]:
        """All page keys in the order of the list."""
        return self.store.keys if self.store is not None else ()

    @property
    def has_conflict(self) -> bool:
        """Whether saving waits because another program changed the label files."""
        return self._conflict

    def open(self, folder: Path | str) -> bool:
        """Opens a folder of images and its first page that is not checked.

        Args:
            folder: The folder.

        Returns:
            Whether it is open; otherwise `failed` said why and the project that was open stays open.
        """
        folder = Path(folder)
        if self.folder is not None and _same(folder, self.folder):
            # The lock on a folder belongs to one store at a time, and reopening must see what was typed.
            self.close()
        try:
            store = ProjectStore.open(folder)
        except StudioError as error:
            self.failed.emit(error)
            return False
        self.close()
        self.store = store
        self._places = {key: place for place, key in enumerate(store.keys)}
        self._count_checked(store)
        self.document.attach(store)
        self._known_problems = 0
        self._conflict = False
        self.project_opened.emit(str(store.folder))
        if store.dirty:
            self._start_save_timers()  # the journal brought back edits of a session that was killed
        self._tell_problems()
        unchecked = (key for key in store.keys if store.state(key) is not PageState.CHECKED)
        first = next(unchecked, store.keys[0] if store.keys else None)
        if first is not None:
            self.open_page(first)
        return True

    def close(self) -> None:
        """Saves and closes the project; edits that cannot be saved stay in the journal."""
        self._loader.close()
        if self.store is None:
            return
        self.commit_requested.emit()
        self.save()
        store, self.store = self.store, None
        self._save_timer.stop()
        self._latest_save_timer.stop()
        self._wanted_key = None
        self._parse_timer.stop()
        self._places = {}
        self._checked.clear()
        self.image = None
        self.image_error = None
        self.document.attach(None)
        store.close()
        self.project_closed.emit()

    # --- pages -----------------------------------------------------------------------------------------------------

    @property
    def current_key(self) -> str | None:
        """The page that was asked for last; it may still be loading."""
        return self._wanted_key

    @property
    def is_loading(self) -> bool:
        """Whether the page that was asked for last is not shown yet."""
        page = self.document.page
        return self._wanted_key is not None and (page is None or page.key != self._wanted_key)

    def open_page(self, key: str) -> None:
        """Shows a page as soon as its picture is decoded; `page_opened` says when.

        Args:
            key: One of the project's keys; anything else is ignored.
        """
        if self.store is None or key not in self._places:
            return
        self._wanted_key = key
        page = self.document.page
        if page is not None and page.key == key:
            return
        path = self.store.image_path(key)
        image = self._loader.cached(path)
        if image is not None:
            self._swap(key, image)
        else:
            self._loader.request(path)

    def next_page(self) -> bool:
        """Goes to the next page of the list; False at its end."""
        return self._step(1)

    def previous_page(self) -> bool:
        """Goes to the previous page of the list; False at its start."""
        return self._step(-1)

    def check_and_next(self) -> bool:
        """Marks the open page as checked and goes on.

        Returns:
            False if nothing was checked: no page is open, it could not be stored, or the next page is still loading,
            so that nobody confirms a page without having seen it.
        """
        if self.document.page is None or self.is_loading:
            return False
        self.commit_requested.emit()
        self.document.set_state(PageState.CHECKED)
        if self.document.page.state is not PageState.CHECKED:
            return False
        self.next_page()
        return True

    def progress(self) -> tuple[int, int]:
        """How many pages are checked, and how many there are."""
        return len(self._checked), len(self._places)

    def apply_auto_labels(self, key: str, read: PageRead) -> bool:
        """Puts a recogniser's answer on a page without changing anything a person touched.

        Args:
            key: The page that was read; it need not be the open one.
            read: The answer; its points are in pixels of the page's image.

        Returns:
            Whether the page changed; a page that cannot be stored is told by `failed`.
        """
        if self.store is None or key not in self._places:
            return False
        found = [box_of_line(line) for line in read.lines]
        page = self.document.page
        if page is not None and page.key == key:
            self.commit_requested.emit()
            return self.document.apply_auto_labels(found)
        page = self.store.page(key)
        merged = merge_auto_labels(page, found)
        if merged == page:
            return False
        try:
            self.store.put(merged)
        except StudioError as error:
            self.failed.emit(error)
            return False
        self._on_committed(key)
        return True

    def _count_checked(self, store: ProjectStore) -> None:
        self._checked = {key for key in store.keys if store.state(key) is PageState.CHECKED}

    def _step(self, step: int) -> bool:
        keys = self.keys
        if self._wanted_key is None or not keys:
            return False
        index = self._places[self._wanted_key] + step
        if not 0 <= index < len(keys):
            return False
        self.open_page(keys[index])
        return True

    @pyqtSlot(object, object)
    def _on_image_loaded(self, path: Path, result: PageImage | StudioError) -> None:
        if self.store is None or self._wanted_key is None or self.store.image_path(self._wanted_key) != path:
            return
        if self.is_loading:
            self._swap(self._wanted_key, result)

    def _swap(self, key: str, picture: PageImage | StudioError) -> None:
        self.commit_requested.emit()
        if self.store is None:
            return
        page = self.store.page(key)
        self.image = picture if isinstance(picture, PageImage) else None
        self.image_error = None if isinstance(picture, PageImage) else picture
        self.document.load(page, self.image.size if self.image is not None else None)
        self._tell_problems()
        self.page_opened.emit(key)
        self._prefetch_neighbours(self.store, key)

    def _prefetch_neighbours(self, store: ProjectStore, key: str) -> None:
        index = self._places[key]
        places = [place for place in (index + 1, index + 2, index - 1) if 0 <= place < len(store.keys)]
        self._loader.prefetch(store.image_path(store.keys[place]) for place in places)
        self._parse_timer.start()

    @pyqtSlot()
    def _on_parse_timer_timeout(self) -> None:
        """The labels of the next page are read while nobody waits for them."""
        place = self._places.get(self._wanted_key or "", -1) + 1
        if self.store is not None and 0 < place < len(self.store.keys):
            self.store.page(self.store.keys[place])

    # --- saving ----------------------------------------------------------------------------------------------------

    def save(self) -> bool:
        """Writes the edits to PPOCRLabel's files now.

        Returns:
            Whether everything is saved; otherwise `save_failed` or `label_file_changed` said why.
        """
        if self.store is None:
            return True
        self.commit_requested.emit()
        return self._write(self.store)

    def merge_from_disk(self) -> bool:
        """Takes over what another program wrote, keeps the pages edited here, and saves.

        Returns:
            Whether everything is saved. `merged` names the pages that both sides had edited.
        """
        if self.store is None:
            return False
        try:
            both = self.store.merge_from_disk()
        except StudioError as error:
            self.failed.emit(error)
            return False
        self._conflict = False
        self._known_problems = 0
        self._count_checked(self.store)
        self.document.reload()
        for key in self.store.keys:
            self.page_changed.emit(key)
        done = self.save()
        self.merged.emit(both)
        return done

    @pyqtSlot(str)
    def _on_committed(self, key: str) -> None:
        if self.store is not None and self.store.state(key) is PageState.CHECKED:
            self._checked.add(key)
        else:
            self._checked.discard(key)
        self._start_save_timers()
        self.page_changed.emit(key)

    def _start_save_timers(self) -> None:
        if self._conflict:
            return
        self._save_timer.start()
        if not self._latest_save_timer.isActive():
            self._latest_save_timer.start()

    @pyqtSlot()
    def _on_save_due(self) -> None:
        if self.store is not None and self.store.dirty and not self._conflict:
            self._write(self.store)

    def _write(self, store: ProjectStore) -> bool:
        self._save_timer.stop()
        self._latest_save_timer.stop()
        try:
            store.save()
        except LabelFileChanged as error:
            self._conflict = True
            self.label_file_changed.emit(error)
            return False
        except StudioError as error:
            self.save_failed.emit(error)
            return False
        self._conflict = False
        self._tell_problems()
        self.saved.emit()
        return True

    def _tell_problems(self) -> None:
        """The store finds more problems while pages are parsed; each new lot is told once."""
        if self.store is not None and len(self.store.problems) != self._known_problems:
            self._known_problems = len(self.store.problems)
            if self.store.problems:
                self.problems_found.emit(list(self.store.problems))


def box_of_line(line: dict[str, object]) -> Box:
    """The box of one line of a recogniser's answer (`points`, `text`, `score`)."""
    points = line.get("points")
    score = line.get("score")
    corners = points if isinstance(points, list) else []
    return Box(
        points=tuple((float(x), float(y)) for x, y in corners),
        text=str(line.get("text", "")),
        score=float(score) if isinstance(score, (int, float)) else None,
    )


def _same(one: Path, other: Path) -> bool:
    try:
        return one.resolve() == other.resolve()
    except OSError:
        return False


def _single_shot(parent: QObject, interval_ms: int) -> QTimer:
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(interval_ms)
    return timer
