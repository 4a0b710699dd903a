"""The open project: which page is shown, when labels go to disk, and what the window must ask about."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path

from PyQt5.QtCore import QEventLoop, QObject, QTimer, pyqtSignal, pyqtSlot

from ocrstudio.core.box_matching import merge_auto_labels
from ocrstudio.core.errors import QT_TRANSLATE_NOOP, StudioError
from ocrstudio.core.page import Page, PageState
from ocrstudio.formats.store import ProjectStore
from ocrstudio.formats.store_content import ProjectContent
from ocrstudio.protocol.messages import PageRead
from ocrstudio.services.document import AnnotationDocument
from ocrstudio.services.folder_watch import FolderWatch
from ocrstudio.services.found_boxes import box_of_line
from ocrstudio.services.gone_folder import GoneFolder
from ocrstudio.services.page_images import PageImage, PageImageLoader
from ocrstudio.services.page_turner import PageTurner
from ocrstudio.services.project_reader import ProjectReader
from ocrstudio.services.project_saver import ProjectSaver
from ocrstudio.services.read_ahead import ReadAhead

LABEL_STEP = QT_TRANSLATE_NOOP("Steps", "Label automatically")


class ProjectSession(QObject):
    """Opens folders and pages, keeps the document and the store together, and saves.

    A page becomes the open one only when its picture has been decoded or has proved unreadable, so picture and boxes
    always belong together. What takes long (opening, saving, reading the folder again) runs on a worker.
    """

    opening = pyqtSignal(str)  # folder; `project_opened` or `open_failed` follows
    open_failed = pyqtSignal(str)  # folder; `failed` said why, and the project that was open stays open
    project_opened = pyqtSignal(str)  # folder
    project_closed = pyqtSignal()
    page_opened = pyqtSignal(str)  # key; its picture, or the reason why there is none, is there too
    page_changed = pyqtSignal(str)  # key of any page whose boxes, state or note changed
    commit_requested = pyqtSignal()  # views hand over what is typed but not confirmed, before page or project change
    saved = pyqtSignal()
    save_failed = pyqtSignal(object)  # StudioError; saving is tried again after the next edit
    label_file_changed = pyqtSignal(object)  # LabelFileChanged: saving waits for `merge_from_disk`
    merged = pyqtSignal(object)  # list[str]: keys of pages that both sides had edited; they have been saved
    folder_changed = pyqtSignal(int, int)  # images that appeared in the folder and that vanished: offer `refresh`
    pages_listed = pyqtSignal()  # `keys` is another list after `refresh`
    problems_found = pyqtSignal(object)  # list[Problem] of the store
    failed = pyqtSignal(object)  # StudioError: an edit or a folder was refused

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.store: ProjectStore | None = None
        self.document = AnnotationDocument(self)
        self.image: PageImage | None = None
        self.image_error: StudioError | None = None
        self._wanted_key: str | None = None
        self._places: Mapping[str, int] = {}
        self._checked: set[str] = set()
        self._known_problems = 0
        # The page at which one left a project's folder, as far as somebody remembers.
        self.page_left_in: Callable[[str], str | None] = lambda _folder: None
        self._opening: Path | None = None
        self._reader = ProjectReader(self)
        self._loader = PageImageLoader(self)
        self._ahead = ReadAhead(self._loader, self)
        self._saver = ProjectSaver(self)
        self._watch = FolderWatch(self)
        self.gone_folder = GoneFolder(self)
        self.turner = PageTurner(self.document, self)
        self._loader.loaded.connect(self._on_image_loaded)
        self.document.committed.connect(self._on_committed)
        self.document.failed.connect(self.failed)
        self._saver.saved.connect(self._on_saver_saved)
        self._saver.save_failed.connect(self.save_failed)
        self._saver.label_file_changed.connect(self.label_file_changed)
        self._watch.noticed.connect(self.folder_changed)
        self._watch.unlisted.connect(self.gone_folder.look)
        self.gone_folder.returned.connect(self._on_folder_returned)
        self.turner.turned.connect(self._on_committed)
        self.turner.leaving.connect(self.commit_requested)
        self.turner.finished.connect(self._on_turner_finished)

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
    def is_opening(self) -> bool:
        """Whether a folder is being opened."""
        return self._opening is not None

    def open(self, folder: Path | str) -> bool:
        """Begins to open a folder of images; then its first page that is not checked opens, or the one left last.

        What is edited in the open project is saved first; it stays open until the other one is ready.

        Args:
            folder: The folder.

        Returns:
            True: `opening` has been emitted, and `project_opened` or `failed` and `open_failed` follows.
        """
        self._opening = folder = Path(folder)
        self.opening.emit(str(folder))
        self.commit_requested.emit()
        if self.folder is not None and os.path.realpath(folder) == str(self.folder):
            # The lock on a folder belongs to one store at a time, and reopening must see what was typed.
            self.close()
            self._opening = folder
        self._saver.start(lambda _done: self._read_project(folder))
        return True

    def _read_project(self, folder: Path) -> None:
        if folder is self._opening:
            self._reader.open(folder, partial(self._on_project_read, folder))

    def _on_project_read(self, folder: Path, store: ProjectStore | StudioError) -> None:
        if folder is not self._opening:  # another folder was asked for meanwhile
            return
        self._opening = None
        if isinstance(store, StudioError):
            self.failed.emit(store)
            self.open_failed.emit(str(folder))
            return
        self.close()
        self.store = store
        self._list_pages(store)
        self.document.attach(store)
        self._saver.attach(store)
        self._watch.attach(store)
        self.gone_folder.attach(store)
        self.turner.attach(store)
        self._ahead.attach(store)
        self._known_problems = 0
        self.project_opened.emit(str(store.folder))
        if store.dirty:
            self._saver.note_edit()  # the journal brought back edits of a session that was killed
        self._tell_problems()
        first = self._first_page(store.keys)
        if first is not None:
            self.open_page(first)

    def _first_page(self, keys: Sequence[str]) -> str | None:
        """Where work goes on: the page left last or, as far as it is checked, the next that is not."""
        place = self._places.get(self.page_left_in(str(self.folder)) or "", 0)
        unchecked = (key for key in (*keys[place:], *keys[:place]) if key not in self._checked)
        return next(unchecked, keys[place] if keys else None)

    def wait_until_open(self, milliseconds: int = 10_000) -> bool:
        """Lets events through until the folder is open or refused; for tests and scripts.

        Args:
            milliseconds: How long at most.

        Returns:
            Whether a project is open and none is being opened.
        """
        loop = QEventLoop()
        self.project_opened.connect(loop.quit)
        self.open_failed.connect(loop.quit)
        QTimer.singleShot(milliseconds, loop.quit)
        if self.is_opening:
            loop.exec()
        return self.store is not None and not self.is_opening

    def close(self) -> None:
        """Saves and closes the project; edits that cannot be saved stay in the journal."""
        self._opening = None
        self._reader.cancel()
        self._loader.close()
        if self.store is None:
            return
        self.commit_requested.emit()
        self._saver.release()
        self._finish_saving()
        store, self.store = self.store, None
        self._saver.attach(None)
        self._watch.attach(None)
        self.gone_folder.attach(None)
        self.turner.attach(None)
        self._ahead.attach(None)
        self._wanted_key = None
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
        if key == self.turner.key:
            return  # opens when its image has been turned
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
        return self.change_page(key, merge_auto_labels(self.store.page(key), found), LABEL_STEP)

    def change_page(self, key: str, page: Page, step: str) -> bool:
        """Changes a page, open or not, as one step that can be undone there.

        Args:
            key: The page.
            page: As it should be.
            step: English name of the step, of the context "Steps".

        Returns:
            Whether the page changed; a page that cannot be stored is told by `failed`.
        """
        if self.store is None or key not in self._places:
            return False
        shown = self.document.page
        if shown is not None and shown.key == key:
            return self.document.replace_page(page, step)
        before = self.store.page(key)
        if page == before:
            return False
        try:
            self.store.put(page)
        except StudioError as error:
            self.failed.emit(error)
            return False
        self.document.undo_stack.record(step, before, self.store.page(key))
        self._on_committed(key)
        return True

    def change_pages(self, changes: Mapping[str, Page], step: str) -> list[str]:
        """Changes many pages, each as one step that can be undone there; stops at the first that cannot be stored.

        About half a millisecond a page: whoever changes hundreds hands them over in slices.

        Returns:
            Keys of the pages that changed.
        """
        done = []
        for key, page in changes.items():
            if self.change_page(key, page, step):
                done.append(key)
            elif self.store is None or self.store.page(key) != page:
                break
        return done

    def prefetch(self, keys: Iterable[str]) -> None:
        """Decodes the pictures of pages that will probably be opened next."""
        self._ahead.prefetch(keys)

    @pyqtSlot(str)
    def _on_turner_finished(self, key: str) -> None:
        if key == self._wanted_key:
            self.open_page(key)

    def _list_pages(self, store: ProjectStore) -> None:
        self._places = store.places
        self._checked = {key for key, state in store.states.items() if state is PageState.CHECKED}

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
        if self.is_loading and self._wanted_key != self.turner.key:  # else it opens when its image has been turned
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
        self._ahead.follow(key)

    # --- saving ----------------------------------------------------------------------------------------------------

    def start_save(self, then: Callable[[bool], None] | None = None) -> None:
        """Begins to write the edits to PPOCRLabel's files; `saved`, `save_failed` or `label_file_changed` follows.

        Args:
            then: Called afterwards with whether everything is saved.
        """
        self.commit_requested.emit()
        self._saver.start(then)

    def save(self) -> bool:
        """Writes the edits to PPOCRLabel's files and waits for the end, as when the window closes.

        Returns:
            Whether everything is saved; otherwise `save_failed` or `label_file_changed` said why.
        """
        self.commit_requested.emit()
        self._reader.finish()  # somebody may be reading the files
        return self._finish_saving()

    def _finish_saving(self) -> bool:
        done = self._saver.finish()
        if not done:
            # its folder may be why
            self.gone_folder.look_now()
        return done

    def merge_from_disk(self) -> None:
        """Takes over what another program wrote, keeps the pages edited here, and saves; then emits `merged`."""
        self.commit_requested.emit()
        self._read_again(lambda both: self._saver.start(lambda _done: self.merged.emit(both)))

    def refresh(self) -> None:
        """Lists images that appeared in the folder or vanished from it; then emits `pages_listed`.

        What is edited is saved first; if that fails nothing is listed, and the signals of saving said why.
        """
        self.start_save(lambda done: self._read_again(lambda _both: None) if done else None)

    def _read_again(self, then: Callable[[list[str]], None]) -> None:
        if self.store is not None and not self.is_opening:
            self._saver.hold()
            self._reader.read_again(self.store, partial(self._on_content_read, self.store, then))

    def _on_content_read(
        self, store: ProjectStore, then: Callable[[list[str]], None], content: ProjectContent | StudioError
    ) -> None:
        if store is not self.store:
            return
        if isinstance(content, StudioError):
            self._saver.release()
            self.failed.emit(content)
            return
        old = store.keys
        both = store.take_over(content)
        self._saver.release(is_merged=True)
        self._known_problems = 0
        self._list_pages(store)
        if store.keys != old:
            self._on_pages_listed(old)
        self._tell_changes_from_outside()
        self._tell_problems()
        then(both)

    def _on_pages_listed(self, old: Sequence[str]) -> None:
        self._watch.attach(self.store)
        if self._wanted_key is not None and self._wanted_key not in self._places:
            # The open page's image is gone: its neighbour in the list takes its place.
            following = [key for key in old[old.index(self._wanted_key) :] if key in self._places]
            self._wanted_key = None
            self.document.clear()
            self.pages_listed.emit()
            if self.keys:
                self.open_page(following[0] if following else self.keys[-1])
            return
        self.pages_listed.emit()

    def _tell_changes_from_outside(self) -> None:
        """Pages that another program or window edited are shown as they are now."""
        if self.store is None:
            return
        changed = self.store.taken_from_outside()
        self.document.reload(changed)
        for key in changed:
            self.page_changed.emit(key)

    @pyqtSlot(str)
    def _on_committed(self, key: str) -> None:
        if self.store is not None and self.store.state(key) is PageState.CHECKED:
            self._checked.add(key)
        else:
            self._checked.discard(key)
        self._saver.note_edit()
        self.page_changed.emit(key)
        self._tell_changes_from_outside()

    @pyqtSlot()
    def _on_folder_returned(self) -> None:
        self._watch.attach(self.store)
        self._watch.look()
        if self.store is not None and self.store.dirty:
            self._saver.note_edit()

    @pyqtSlot()
    def _on_saver_saved(self) -> None:
        self._tell_problems()
        self.saved.emit()

    def _tell_problems(self) -> None:
        """The store finds more problems while pages are parsed; each new lot is told once."""
        if self.store is not None and len(self.store.problems) != self._known_problems:
            self._known_problems = len(self.store.problems)
            if self.store.problems:
                self.problems_found.emit(list(self.store.problems))
