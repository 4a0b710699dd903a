"""Where corrections of pictures go: into the open project, or into one of the user's own for all other pictures."""

from __future__ import annotations

import os
from collections import deque
from dataclasses import dataclass
from pathlib import Path

from PyQt5.QtCore import QObject, pyqtSignal, pyqtSlot

from ocrstudio import paths
from ocrstudio.core.errors import QT_TRANSLATE_NOOP, StudioError
from ocrstudio.core.page import Box, Page
from ocrstudio.core.teaching import with_correction
from ocrstudio.formats.atomic import make_folder, read_bytes, write_atomic
from ocrstudio.formats.crops import encode_image
from ocrstudio.formats.free_place import numbered
from ocrstudio.formats.lesson import Material, corrections_of, earlier_parts, material_of
from ocrstudio.formats.picture_source import PictureSource, shown_name
from ocrstudio.services.background import Background, tried
from ocrstudio.services.project_session import ProjectSession

CORRECT_STEP = QT_TRANSLATE_NOOP("Steps", "Correct a line that was read")
# How often the folder is listed for a picture that was just copied there.
MOST_LOOKS = 2
NOT_KEPT = QT_TRANSLATE_NOOP("Errors", "The correction of {file} could not be kept: it does not show up in {folder}.")
TRY_AGAIN = QT_TRANSLATE_NOOP("Errors", "Look whether that folder can be written to, then correct the line again.")
TAKE_BACK_STEP = QT_TRANSLATE_NOOP("Steps", "Take a correction back")


@dataclass(frozen=True)
class Correction:
    """A line of a picture as a person says it is.

    Attributes:
        picture: Where it comes from, and how a person turned it.
        read: All lines that were read on it.
        index: The corrected one.
        text: What it says.
    """

    picture: PictureSource
    read: tuple[Box, ...]
    index: int
    text: str


@dataclass(frozen=True)
class _Step:
    correction: Correction
    session: ProjectSession
    before: Page
    after: Page


class TaughtPages(QObject):
    """Keeps corrections one after the other; each is in the project's journal when `kept` tells of it.

    Args:
        session: The open project, whose pictures are corrected in it.
        parent: Owner; it calls `close`.
        folder: Where pictures are copied to that lie in no open project; None takes a folder of the user's data.
    """

    kept = pyqtSignal(object)  # Correction
    taken_back = pyqtSignal(object)  # Correction
    counted = pyqtSignal()  # `new` is another number
    failed = pyqtSignal(object)  # StudioError: a correction was not kept

    def __init__(self, session: ProjectSession, parent: QObject | None = None, folder: Path | None = None) -> None:
        super().__init__(parent)
        self._session, self._own = session, ProjectSession(self)
        self._folder = Path(os.path.realpath(folder or paths.taught_pages()))
        self._waiting: deque[Correction] = deque()
        self._copies: dict[PictureSource, str] = {}  # picture to the name of its copy
        self._fetching: PictureSource | None = None
        self._looks = 0
        self._steps: list[_Step] = []
        self._target: ProjectSession | None = None
        self._found: dict[str, set[str]] | None = None  # page key to its corrected lines, in the target's project
        self._earlier: set[str] = set()
        self._generation = 0
        self._background = Background(self, threads=1)
        session.project_opened.connect(self._on_session_project_changed)
        session.project_closed.connect(self._on_session_project_changed)
        for signal in (session.pages_listed, self._own.project_opened, self._own.pages_listed):
            signal.connect(self._on_pages_listed)
        self._own.failed.connect(self._on_own_failed)
        self._own.save_failed.connect(self.failed)

    @property
    def new(self) -> int:
        """How many lines are corrected, in the project of the last correction, that no lesson there has had."""
        return len(set().union(*self._found.values()) - self._earlier) if self._found else 0

    @property
    def can_take_back(self) -> bool:
        """Whether there is a correction of this sitting to be undone."""
        return bool(self._steps)

    def correct(self, correction: Correction) -> None:
        """Keeps a correction; `kept` or `failed` follows. Corrected again, the same box gets the new text."""
        self._waiting.append(correction)
        self._advance()

    def take_back(self) -> bool:
        """Undoes the last correction of this sitting; False if its page has changed since, or there is none."""
        while self._steps:
            step = self._steps.pop()
            if step.session.store is None or step.after.key not in step.session.store.places:
                continue
            if _page_of(step.session, step.after.key).boxes != step.after.boxes:
                continue
            if step.session.change_page(step.after.key, step.before, TAKE_BACK_STEP):
                self._count_page(step.session, step.after.key)
                self.taken_back.emit(step.correction)
                return True
        self.counted.emit()
        return False

    def material(self) -> Material | None:
        """What the project of the last correction holds to learn from; None without a correction."""
        return material_of(self._target.store) if self._target is not None and self._target.store is not None else None

    def recount(self) -> None:
        """Looks anew which lines are corrected, as after a lesson; `counted` follows."""
        material, target = self.material(), self._target
        self._generation += 1
        if material is None or target is None:
            self._found = None
            return
        generation = self._generation
        self._background.run(lambda: tried(lambda: _count(material)), lambda found: self._on_counted(generation, found))

    def close(self) -> None:
        """Saves what is kept; what still waits is dropped."""
        self._waiting.clear()
        self._background.close()
        self._own.close()

    # --- one after the other ---------------------------------------------------------------------------------------

    def _advance(self) -> None:
        while self._waiting and self._fetching is None:
            correction = self._waiting[0]
            place = self._place(correction.picture)
            if place is None:
                self._fetch(correction.picture)
                return
            self._waiting.popleft()
            self._keep(correction, *place)

    def _place(self, picture: PictureSource) -> tuple[ProjectSession, str] | None:
        """The session that has a picture or its copy, and its page's key there."""
        copy = self._copies.get(picture)
        places = [(self._host(), self._folder / copy)] if copy else []
        # a page of a PDF and a picture that was turned by hand lie in no project as they were read
        if not picture.page and not picture.turn:
            places.insert(0, (self._session, picture.path))
        for session, file in places:
            if session.folder is None or session.store is None:
                continue
            try:
                inside = Path(os.path.realpath(file)).relative_to(session.folder)
            except ValueError:
                continue
            key = f"{session.folder.name}/{inside.as_posix()}"
            if key in session.store.places:
                return session, key
        return None

    def _host(self) -> ProjectSession:
        """The session of the user's own project: a folder belongs to one session at a time."""
        return self._session if self._session.folder == self._folder else self._own

    def _fetch(self, picture: PictureSource) -> None:
        """Copies a picture into the user's own project, and has its page listed there."""
        self._fetching, self._looks = picture, 0
        folder = self._folder
        self._background.run(lambda: tried(lambda: _copied(picture, folder)), self._on_copied)

    def _on_copied(self, made: str | StudioError) -> None:
        if self._fetching is None:
            return
        if isinstance(made, StudioError):
            self._give_up(made)
            return
        self._copies[self._fetching] = made
        self._on_pages_listed()

    @pyqtSlot()
    @pyqtSlot(str)
    def _on_pages_listed(self, _folder: str = "") -> None:
        picture, host = self._fetching, self._host()
        if picture is None or picture not in self._copies:
            return
        if self._place(picture) is not None:
            self._fetching = None
            self._advance()
        elif self._looks >= MOST_LOOKS:
            self._give_up(StudioError(NOT_KEPT, TRY_AGAIN, file=picture.name, folder=self._folder))
        elif host.store is not None:
            self._looks += 1
            host.refresh()
        elif not host.is_opening:
            self._looks += 1
            host.open(self._folder)

    @pyqtSlot(object)
    def _on_own_failed(self, error: StudioError) -> None:
        self._give_up(error)

    def _give_up(self, error: StudioError) -> None:
        """Drops what waits of the picture that cannot be kept."""
        picture, self._fetching = self._fetching, None
        if picture is not None:
            self._waiting = deque(one for one in self._waiting if one.picture != picture)
            self._copies.pop(picture, None)
        self.failed.emit(error)
        self._advance()

    def _keep(self, correction: Correction, session: ProjectSession, key: str) -> None:
        session.commit_requested.emit()
        before = _page_of(session, key)
        after = with_correction(before, correction.read, correction.index, correction.text)
        if after != before and not session.change_page(key, after, CORRECT_STEP):
            return  # the session has told why
        self._steps.append(_Step(correction, session, before, _page_of(session, key)))
        if self._target is not session:
            self._target, self._found = session, None
        self.kept.emit(correction)
        self._count_page(session, key)

    # --- counting --------------------------------------------------------------------------------------------------

    def _count_page(self, session: ProjectSession, key: str) -> None:
        if session is not self._target:
            return
        if self._found is None:
            self.recount()
            return
        self._found[key] = corrections_of(_page_of(session, key))
        self.counted.emit()

    def _on_counted(self, generation: int, found: tuple[dict[str, set[str]], set[str]] | StudioError) -> None:
        if generation != self._generation or isinstance(found, StudioError):
            return
        self._found, self._earlier = found
        self.counted.emit()

    @pyqtSlot()
    @pyqtSlot(str)
    def _on_session_project_changed(self, _folder: str = "") -> None:
        if self._own.folder is not None and self._session.folder == self._own.folder:
            self._own.close()
        if self._target is not None and self._target.store is None:
            self._target, self._found = None, None
            self._generation += 1
        self._steps = [step for step in self._steps if step.session is not self._session]
        self.counted.emit()


def _page_of(session: ProjectSession, key: str) -> Page:
    """A page as it is now, which need not be the open one."""
    page, store = session.document.page, session.store
    if page is not None and page.key == key:
        return page
    return store.page(key) if store is not None else Page(key, "")


def _count(material: Material) -> tuple[dict[str, set[str]], set[str]]:
    found: dict[str, set[str]] = {}
    for name in material.corrections():
        found.setdefault(name.rpartition("#")[0], set()).add(name)
    return found, set(earlier_parts(material.runs_dir))


def _copied(picture: PictureSource, folder: Path) -> str:
    """Copies a picture, as it was read, under a name that is free, unless the very picture is there; its name."""
    name = shown_name(picture.path)
    if picture.page or picture.turn:
        page, turn = f" p{picture.page}" if picture.page else "", f" turned {picture.turn}" if picture.turn else ""
        name = f"{Path(name).stem}{page}{turn}.png"
        data = encode_image(picture.read(), ".png")
    else:
        data = read_bytes(picture.path)
    make_folder(folder)
    for place in numbered(folder / name):
        if not place.exists():
            write_atomic(place, data)
            break
        if place.stat().st_size == len(data) and read_bytes(place) == data:
            break
    return place.name
