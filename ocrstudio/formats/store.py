"""A project on disk: a folder of images with PPOCRLabel's files and our journal.

Truth is `Label.txt` plus the journal. An edit is confirmed once `put` returns: from then on a killed process, a full
disk or a failed save loses nothing, because opening the folder again replays the journal. Images may lie in folders
within the project; each of them has PPOCRLabel's files of its own, while journal and scores are the project's.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, GeometryError, ProjectError
from ocrstudio.core.page import Page, PageState
from ocrstudio.formats.atomic import make_folder
from ocrstudio.formats.history import HistoryFiles
from ocrstudio.formats.journal import Journal, encode_record
from ocrstudio.formats.label_table import fingerprint
from ocrstudio.formats.ppocr_label import BoxTexts, LineError
from ocrstudio.formats.project_gone import gone, is_there
from ocrstudio.formats.project_lock import ProjectLock
from ocrstudio.formats.scores import PageScores
from ocrstudio.formats.store_content import JOURNAL_FILE, ProjectContent, read_content
from ocrstudio.formats.store_files import LabelFileChanged, Problem
from ocrstudio.formats.store_pages import SavedPages, parsed, saved_boxes
from ocrstudio.formats.store_replay import Replayed, page_record, replay, replay_orphans
from ocrstudio.formats.store_save import PendingSave
from ocrstudio.formats.store_turn import NOT_KNOWN, CutTurn, PendingTurn, being_turned, clear_turn, read_turn
from ocrstudio.paths import STATE_DIR

__all__ = ["LabelFileChanged", "PendingSave", "Problem", "ProjectStore"]


class ProjectStore:
    """The pages of one folder. Make it with `open`, on any thread; then use it on one thread only.

    Attributes:
        folder: The folder of images.
        problems: What a person should know about the files; grows while pages are looked at.
        read_only: Whether edits cannot be kept here.
        history: The undo histories of the pages.
    """

    def __init__(self, content: ProjectContent) -> None:
        self.folder = content.index.root
        self.read_only = not os.access(self.folder, os.W_OK)
        self._state_dir = self.folder / STATE_DIR
        self._content = content
        self._texts = BoxTexts()
        self._journal = Journal(self._state_dir / JOURNAL_FILE)
        self.history = HistoryFiles(self._state_dir / "history")
        self._lock = ProjectLock(self._state_dir / "lock")
        self._states = content.states
        self._saved = SavedPages()
        self._changed: dict[str, Page] = {}
        self._saving: PendingSave | None = None
        self._to_reject: list[bytes] = []
        self._saved_elsewhere: set[str] = set()  # changed pages that came from a journal which has them no more
        self._orphans: dict[str, list[bytes]] = {}  # lines of the journal whose pages are not there now
        self._outside: set[str] = set()
        self._turning = ""  # key of the page whose image is just being turned
        self._turned: set[str] = set()  # names of turns whose boxes have followed
        self._mended: list[Page] = []
        self._journal_size = 0
        self.problems = list(content.problems)

    @classmethod
    def open(cls, folder: Path) -> ProjectStore:
        """Opens a folder of images and replays what an earlier session could not save. Writes nothing.

        Args:
            folder: The folder; the folders in it are searched too, except hidden ones, links and PPOCRLabel's output.

        Raises:
            ProjectError: If there is no such folder, it holds no images, or its files cannot be read.
        """
        store = cls(read_content(Path(folder).absolute().resolve()))
        store._replay()
        turn = read_turn(store._state_dir)
        if turn is not None:
            store._mend_turn(turn)
        store._outside.clear()
        return store

    # --- what there is ---------------------------------------------------------------------------------------------

    @property
    def keys(self) -> list[str]:
        """Page keys in the order of the list: the folder's own pages first, in natural order of their names."""
        return self._content.index.keys

    @property
    def places(self) -> Mapping[str, int]:
        """Page key to its place in `keys`."""
        return self._content.index.places

    @property
    def folders(self) -> list[str]:
        """The folders that hold pages, by their path within the project; "" is the project's own."""
        return self._content.index.folders

    @property
    def files(self) -> frozenset[str]:
        """Paths within the project of all images that were found in it."""
        return self._content.index.listed

    @property
    def dirty(self) -> bool:
        """Whether there are edits that are not yet in PPOCRLabel's files."""
        return bool(self._changed or self._to_reject or self._saving)

    def unsaved(self) -> tuple[dict[str, Page], bool]:
        """The pages that are edited and not saved, by key, and whether the journal that had them is lost."""
        saving = self._saving.pages if self._saving is not None else {}
        return {**saving, **self._changed}, self._journal.is_lost

    def file_of(self, key: str) -> str:
        """Path of a page's image within the project, parted by forward slashes; KeyError if there is no such page."""
        return self._content.index.file_of(key)

    def image_path(self, key: str) -> Path:
        """Where the image of a page is; KeyError if there is no such page."""
        return self.folder / self._content.index.file_of(key)

    @property
    def states(self) -> Mapping[str, PageState]:
        """Page key to how far it has come, in the order of the list; to be read at once, as edits change it."""
        return self._states

    def state(self, key: str) -> PageState:
        """How far a page has come; costs nothing."""
        return self._states[key]

    def note(self, key: str) -> str:
        """What people wrote about a page; its labels are not parsed for that."""
        page = self._held(key)
        if page is not None:
            return page.note
        scores = self._content.scores.pages.get(key)
        return scores.note if scores is not None else ""

    def box_count(self, key: str) -> int:
        """How many boxes a page has; its labels are not parsed for that."""
        page = self._held(key)
        if page is not None:
            return len(page.boxes)
        return self._saved.box_count(key, self._content)

    def checked_order(self) -> list[str]:
        """Keys of the checked pages, in the order they were checked in (that of `fileState.txt`)."""
        ordered = dict.fromkeys(self._content.files.checked_order() + self.keys)
        return [key for key in ordered if self._states[key] is PageState.CHECKED]

    def page(self, key: str) -> Page:
        """The page of that key; KeyError if there is none.

        A page whose line cannot be read has no boxes; the line stays in the file and is named in `problems`.
        """
        page = self._held(key)
        if page is None:
            file = self._content.index.file_of(key)
            boxes, problem = saved_boxes(self._content, key)
            if problem is not None:
                self.problems.append(problem)
            page = Page(key, file, boxes, self._states[key], self.note(key))
            self._saved.keep(page)
        return page

    def snapshot(self, key: str) -> Callable[[], Page]:
        """A function that gives the page as it is now, whatever happens to it later, and may run on any thread.

        It parses the labels without keeping them. A line that cannot be read gives a page without boxes.
        """
        page = self._held(key)
        if page is not None:
            known = page
            return lambda: known
        name, line = self._content.files.source(key)
        payload = None if line is None or line.fault else line.payload
        empty = Page(key, self._content.index.file_of(key), (), self._states[key], self.note(key))
        scores = self._content.scores.pages.get(key)

        def parse() -> Page:
            try:
                return empty if payload is None else replace(empty, boxes=parsed(name, payload, scores))
            except LineError:
                return empty

        return parse

    def origin(self, key: str) -> tuple[str, bytes, PageScores | None] | None:
        """File, labels and scores that a page is read from; None while edits of it are in memory only."""
        if key in self._changed or (self._saving is not None and key in self._saving.pages):
            return None
        name, line = self._content.files.source(key)
        return name, b"" if line is None or line.fault else line.payload, self._content.scores.pages.get(key)

    # --- editing ---------------------------------------------------------------------------------------------------

    def put(self, page: Page, *, turn: str = "") -> None:
        """Takes over an edited page. When this returns, the edit is on disk.

        Args:
            page: One of this project's pages. A NEW page with boxes becomes EDITED if one is touched, else AUTO.
            turn: Name of the turn of the image that the boxes follow.

        Raises:
            KeyError: If the page is not of this project.
            ProjectError: If the edit could not be written; nothing changed, in memory or on disk.
            GeometryError: If a point is not finite.
        """
        if page.key not in self._states:
            raise KeyError(page.key)
        if page.key == self._turning and not turn:
            raise being_turned(page.key)
        if page.state is PageState.NEW and page.boxes:
            touched = any(box.touched for box in page.boxes)
            page = replace(page, state=PageState.EDITED if touched else PageState.AUTO)
        self._prepare()
        time = datetime.now(timezone.utc).isoformat(timespec="milliseconds")
        record = {"t": time, "was": fingerprint(self._content.files.payload(page.key)), **page_record(page)}
        if turn:
            record["turn"] = turn
        try:
            self._journal.append(record, self._texts.of(page.boxes))
        except ValueError as error:
            raise GeometryError(
                QT_TRANSLATE_NOOP("Errors", "A box of {page} has a point that is not a number."),
                QT_TRANSLATE_NOOP("Errors", "Undo the last step."),
                page=page.key,
            ) from error
        self._take(page)

    def begin_turn(self, key: str, turns: int, size: tuple[int, int] | None = None) -> PendingTurn:
        """Begins to turn a page's image; then call `write` of the result on any thread, and `finish_turn` here.

        Args:
            key: The page; until `finish_turn` nothing else is stored of it.
            turns: Quarters clockwise.
            size: Width and height of the image in pixels as it is shown now; None: `write` looks.

        Raises:
            ProjectError: If nothing can be written in the folder.
        """
        self._prepare()
        self._turning = key
        return PendingTurn(self._state_dir, key, self.file_of(key), self.image_path(key), turns, size)

    def finish_turn(self, pending: PendingTurn, page: Page | None) -> None:
        """Ends a turn; `page` has the turned boxes, None if the image was not turned.

        Raises:
            ProjectError: If the boxes could not be stored: they follow when the project is opened again.
        """
        self._turning = ""
        if pending.is_done and page is not None:
            self.put(page, turn=pending.name)
        if not pending.is_done or page is not None:
            pending.clear()

    def is_turning(self, key: str) -> bool:
        """Whether a page's image is just being turned."""
        return key == self._turning

    def begin_sync(self) -> Callable[[], None] | None:
        """What makes the edits so far survive a power cut, to be called on any thread; None if there is nothing."""
        return self._journal.begin_sync()

    def taken_from_outside(self) -> list[str]:
        """Keys of pages that became different since the last call because another window had edited them."""
        keys, self._outside = self._outside, set()
        return [key for key in self.keys if key in keys] if keys else []

    def add_problem(self, problem: Problem) -> None:
        """Adds something that a person should know to `problems`, once."""
        if problem not in self.problems:
            self.problems.append(problem)

    # --- saving ----------------------------------------------------------------------------------------------------

    def begin_save(self) -> PendingSave | None:
        """Begins to save what is edited by now; later edits go on and are saved the next time.

        Returns:
            What is to be saved; None if there is nothing or a save is under way. Call its `write` on any thread, then
            `finish_save` here. Takes a few milliseconds.

        Raises:
            ProjectError: If nothing can be written in the folder.
        """
        if not (self._changed or self._to_reject) or self._saving is not None:
            return None
        self._prepare()
        # Pages that are new to a file go into it in the order of the list, whatever order they were worked on in.
        pages = {key: self._changed[key] for key in sorted(self._changed, key=self._content.index.places.__getitem__)}
        self._saving = PendingSave(self._content, pages, self._to_reject, self._journal.size)
        self._changed = {}
        return self._saving

    def finish_save(self, pending: PendingSave) -> None:
        """Ends a save. If it failed its pages are dirty again; the journal has them in any case.

        Raises:
            ProjectError: If the journal could not be shortened; the edits are saved all the same.
        """
        self._saving = None
        del self._to_reject[: pending.kept]
        self.problems += pending.problems
        if not pending.is_done:
            self._changed = {**pending.pages, **self._changed}
            return
        self._content.scores.pages = pending.scores
        for key, page in pending.pages.items():
            if key not in self._changed:
                self._saved.keep(page)
        waiting = b"".join(line.rstrip(b"\n") + b"\n" for lines in self._orphans.values() for line in lines)
        self._journal.mark_saved(pending.journal_size, waiting)
        self._journal_size = self._journal.size

    def save(self) -> None:
        """Writes the edits to PPOCRLabel's files, each in one step, and empties the journal.

        Raises:
            LabelFileChanged: If another program changed one of them since it was read; it was not overwritten.
            ProjectError: If a file could not be written; the edits stay in the journal and `dirty` stays true.
        """
        pending = self.begin_save()
        if pending is None:
            return
        try:
            pending.write()
        finally:
            self.finish_save(pending)

    # --- other programs --------------------------------------------------------------------------------------------

    def take_over(self, content: ProjectContent) -> list[str]:
        """Goes on with what is on disk now, keeping the pages that were edited here as they are here.

        Args:
            content: From `read_again`, called on any thread while nothing was being saved.

        Returns:
            Keys of pages that both sides edited: the edits made here count, and the other program's lines are kept in
            `rejected_lines.txt` by the next save. Edits of pages that are gone wait in the journal for their return.
        """
        old, self._content = self._content, content
        self.problems = list(content.problems)
        both = []
        changed, self._changed = self._changed, {}
        for key, page in changed.items():
            if key in self._saved_elsewhere:
                continue
            if key not in content.states:
                record = {"was": fingerprint(old.files.payload(key)), **page_record(page)}
                self._orphans[key] = [encode_record(record, self._texts.of(page.boxes))]
                continue
            self._changed[key] = page
            before = (old.files.payload(key), old.state(key))
            if (content.files.payload(key), content.state(key)) != before:
                both.append(key)
                self._reject_line_of(key)
        self._outside.update(content.changed)
        self._saved_elsewhere.clear()
        self._states = content.states
        self._states.update((key, page.state) for key, page in self._changed.items())
        self._saved.clear()
        self._take_replayed(replay_orphans(self._orphans, content))
        return both

    def read_again(self) -> ProjectContent:
        """What the folder holds now, for `take_over`. Slow, and safe on any thread while nothing is being saved.

        Raises:
            ProjectError: If the folder or its files cannot be read.
        """
        return read_content(self.folder, self._content)

    def close(self) -> None:
        """Closes the journal and lets other windows edit the folder. Unsaved edits stay in the journal."""
        self._journal.close()
        self._lock.release()

    # --- reading ---------------------------------------------------------------------------------------------------

    def _held(self, key: str) -> Page | None:
        """The page as it is in memory."""
        page = self._changed.get(key)
        if page is None and self._saving is not None:
            page = self._saving.pages.get(key)
        return page if page is not None else self._saved.get(key)

    # --- the journal -----------------------------------------------------------------------------------------------

    def _replay(self) -> None:
        found = replay(self._journal.path, self._content)
        self._journal_size = found.size
        self._take_replayed(found)

    def _take_replayed(self, found: Replayed) -> None:
        self._orphans = found.orphans
        self.problems += found.problems
        self._to_reject += found.rejected
        self._turned |= found.turned
        for page in found.pages:
            self._outside.add(page.key)
            self._take(page)

    def _prepare(self) -> None:
        """Before a write: is the folder there, may we, is nobody else at it, did nobody leave edits since we looked?"""
        if not is_there(self.folder):
            raise gone(self.folder)
        if self.read_only:
            raise ProjectError(
                QT_TRANSLATE_NOOP("Errors", "{folder} is read-only, so edits cannot be kept there."),
                QT_TRANSLATE_NOOP("Errors", "Copy the folder to a place you may write to and open it there."),
                folder=self.folder,
            )
        if self._lock.is_held:
            return
        make_folder(self._state_dir)
        self._lock.acquire()
        if self._content.scores.load(self._content.files.page_of):
            self._outside.update(self._saved.keys)
            self._forget_unchanged()
        if self._journal.size != self._journal_size:
            # Nothing was edited here before there was a lock: another window saved what an earlier replay brought.
            self._saved_elsewhere = set(self._changed)
            self._to_reject.clear()
            self._replay()
        turn = read_turn(self._state_dir)
        if turn is not None:
            self._mend_turn(turn)
            for page in self._mended:
                self.put(page, turn=turn.name)
            self._mended.clear()
            clear_turn(self._state_dir)

    def _mend_turn(self, turn: CutTurn) -> None:
        """An earlier session was killed while it turned an image: the boxes follow."""
        key = self._content.files.page_of(f"{self.folder.name}/{turn.file}")
        if key is None or turn.name in self._turned:
            return
        is_turned = turn.has_image(self.image_path(key))
        if is_turned:
            page = turn.page(self.page(key))
            self._turned.add(turn.name)
            self._mended.append(page)
            self._take(page)
        elif is_turned is None:
            self.add_problem(Problem(turn.file, 0, NOT_KNOWN))

    def _forget_unchanged(self) -> None:
        """Pages not edited here are taken again from the files and scores when somebody looks at them."""
        self._saved.clear()
        self._states = {key: self._content.state(key) for key in self.keys}
        self._states.update((key, page.state) for key, page in self._changed.items())

    def _take(self, page: Page) -> None:
        self._changed[page.key] = page
        self._saved_elsewhere.discard(page.key)
        self._saved.forget(page.key)
        self._states[page.key] = page.state

    def _reject_line_of(self, key: str) -> None:
        line = self._content.files.source(key)[1]
        if line is not None:
            self._to_reject.append(line.raw)
