"""A project on disk: a folder of images with PPOCRLabel's files and our journal.

Truth is `Label.txt` plus the journal. An edit is confirmed once `put` returns: from then on a killed process, a full
disk or a failed save loses nothing, because opening the folder again replays the journal.
"""

from __future__ import annotations

import os
from collections import OrderedDict
from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, GeometryError, ProjectError
from ocrstudio.core.page import Box, Page, PageState
from ocrstudio.formats import ppocr_label
from ocrstudio.formats.atomic import make_folder, read_error, write_all, write_atomic, write_error
from ocrstudio.formats.images import list_images
from ocrstudio.formats.journal import Journal, JournalContent, read_journal
from ocrstudio.formats.label_table import fingerprint
from ocrstudio.formats.ppocr_label import LineError
from ocrstudio.formats.project_lock import ProjectLock
from ocrstudio.formats.scores import PageScores, page_scores, read_scores, write_scores
from ocrstudio.formats.store_files import Problem, ProjectFiles
from ocrstudio.paths import STATE_DIR

__all__ = ["LabelFileChanged", "Problem", "ProjectStore"]

JOURNAL_FILE = "journal.jsonl"
SCORES_FILE = "scores.jsonl"
SETTINGS_FILE = "project.yaml"
REJECTED_FILE = "rejected_lines.txt"
_SETTINGS = "# OCR Studio project\nversion: 1\n"
# Parsed pages that nobody changed are dropped beyond this number: ten thousand pages would fill the memory.
_PARSED_PAGES = 512

CUT_EDIT = QT_TRANSLATE_NOOP(
    "Errors",
    "The program was ended while it wrote this edit; the page is as it was before. The rest is kept in {file}.",
)
LOST_EDIT = QT_TRANSLATE_NOOP("Errors", "This line is no edit that the program knows. It is kept in {file}.")
ORPHAN_EDIT = QT_TRANSLATE_NOOP("Errors", "There is no image {page} in the folder. The edit is kept in {file}.")
BOTH_EDITED = QT_TRANSLATE_NOOP(
    "Errors",
    "Another program changed {page} after the last session ended without saving. "
    "Your edits are shown; the other program's line is kept in {file} when you save.",
)
MOVED = QT_TRANSLATE_NOOP(
    "Errors", "A line of {page} that could not be read was moved to {file} when the page was saved."
)
ODD_NAME = QT_TRANSLATE_NOOP(
    "Errors", "The file name {page} cannot be written to Label.txt. Rename the file to label it."
)


class LabelFileChanged(ProjectError):  # noqa: N818 - named for what happened, as the window asks about it
    """Another program changed a label file since it was read. Nothing was written; see `merge_from_disk`."""


class ProjectStore:
    """The pages of one folder. Make it with `open`.

    Attributes:
        folder: The folder of images.
        keys: Page keys in natural order of the file names.
        problems: What a person should know about the files; grows while pages are looked at.
        read_only: Whether edits cannot be kept here.
    """

    def __init__(self, folder: Path, names: list[str]) -> None:
        self.folder = folder
        self.problems: list[Problem] = []
        self.read_only = not os.access(folder, os.W_OK)
        self._state_dir = folder / STATE_DIR
        self._files_by_key = self._usable(names)
        self.keys = list(self._files_by_key)
        self._order = {key: place for place, key in enumerate(self.keys)}
        self._key_by_file = {file: key for key, file in self._files_by_key.items()}
        self._journal = Journal(self._state_dir / JOURNAL_FILE)
        self._lock = ProjectLock(self._state_dir / "lock")
        self._files = ProjectFiles(folder, self._page_of)
        self._scores_stamp = (-1, -1)
        self._scores: dict[str, PageScores] = {}
        self._load_scores()
        self._states = {key: self._files.state(key, self._scores.get(key)) for key in self.keys}
        self._parsed: OrderedDict[str, Page] = OrderedDict()
        self._changed: dict[str, Page] = {}
        self._counts: dict[str, int] = {}
        self._to_reject: list[bytes] = []
        self._journal_size = 0
        self.problems += self._files.problems()

    @classmethod
    def open(cls, folder: Path) -> ProjectStore:
        """Opens a folder of images and replays what an earlier session could not save. Writes nothing.

        Args:
            folder: The folder; sub-folders are not searched.

        Raises:
            ProjectError: If there is no such folder, it holds no images, or its files cannot be read.
        """
        folder = Path(folder).absolute()
        if not folder.is_dir():
            raise ProjectError(
                QT_TRANSLATE_NOOP("Errors", "There is no folder {folder}."),
                QT_TRANSLATE_NOOP("Errors", "Choose the folder that holds your images."),
                folder=folder,
            )
        folder = folder.resolve()
        names = list_images(folder)
        if not names:
            raise ProjectError(
                QT_TRANSLATE_NOOP("Errors", "{folder} holds no images."),
                QT_TRANSLATE_NOOP("Errors", "Choose a folder with JPEG, PNG, BMP, TIFF or WebP files directly in it."),
                folder=folder,
            )
        store = cls(folder, names)
        store._replay()
        return store

    @property
    def dirty(self) -> bool:
        """Whether there are edits that `save` has not yet written to PPOCRLabel's files."""
        return bool(self._changed or self._to_reject)

    def image_path(self, key: str) -> Path:
        """Where the image of a page is."""
        return self.folder / self._files_by_key[key]

    def state(self, key: str) -> PageState:
        """How far a page has come; costs nothing."""
        return self._states[key]

    def box_count(self, key: str) -> int:
        """How many boxes a page has; its labels are not parsed for that."""
        page = self._changed.get(key) or self._parsed.get(key)
        if page is not None:
            return len(page.boxes)
        if key not in self._counts:
            payload = self._files.payload(key)
            line = self._files.table(key)[1].line(key)
            usable = payload is not None and line is not None and not line.fault
            self._counts[key] = ppocr_label.count_boxes(payload) if usable and payload else 0
        return self._counts[key]

    def checked_order(self) -> list[str]:
        """Keys of the checked pages, in the order they were checked in (that of `fileState.txt`)."""
        saved = sorted(self._files.states.places.items(), key=lambda item: item[1][-1])
        ordered = dict.fromkeys([key for key, _ in saved] + self.keys)
        return [key for key in ordered if self._states[key] is PageState.CHECKED]

    def page(self, key: str) -> Page:
        """The page of that key; KeyError if there is none.

        A page whose line cannot be read has no boxes; the line stays in the file and is named in `problems`.
        """
        page = self._changed.get(key) or self._parsed.get(key)
        if page is None:
            page = Page(key, self._files_by_key[key], self._saved_boxes(key), self._states[key])
            self._parsed[key] = page
            self._counts.pop(key, None)
            if len(self._parsed) > _PARSED_PAGES:
                self._parsed.popitem(last=False)
        return page

    def put(self, page: Page) -> None:
        """Takes over an edited page. When this returns, the edit is on disk.

        Args:
            page: One of this project's pages. A NEW page with boxes becomes EDITED if one is touched, else AUTO.

        Raises:
            KeyError: If the page is not of this project.
            ProjectError: If the edit could not be written; nothing changed, in memory or on disk.
            GeometryError: If a point is not finite.
        """
        if page.key not in self._files_by_key:
            raise KeyError(page.key)
        if page.state is PageState.NEW and page.boxes:
            touched = any(box.touched for box in page.boxes)
            page = replace(page, state=PageState.EDITED if touched else PageState.AUTO)
        self._prepare()
        record = {
            "t": datetime.now(timezone.utc).isoformat(timespec="milliseconds"),
            "page": page.key,
            "was": fingerprint(self._files.payload(page.key)),
            "state": page.state.value,
            "boxes": [ppocr_label.box_record(box) for box in page.boxes],
        }
        try:
            self._journal.append(record)
        except ValueError as error:
            raise GeometryError(
                QT_TRANSLATE_NOOP("Errors", "A box of {page} has a point that is not a number."),
                QT_TRANSLATE_NOOP("Errors", "Undo the last step."),
                page=page.key,
            ) from error
        self._take(page)

    def save(self) -> None:
        """Writes the edits to PPOCRLabel's files, each in one step, and empties the journal.

        Raises:
            LabelFileChanged: If another program changed one of them since it was read; nothing was written.
            ProjectError: If a file could not be written; the edits stay in the journal and `dirty` stays true.
        """
        if not self.dirty:
            return
        self._prepare()
        changed = self._files.changed_outside()
        if changed is not None:
            raise LabelFileChanged(
                QT_TRANSLATE_NOOP("Errors", "{file} was changed by another program since it was opened here."),
                QT_TRANSLATE_NOOP("Errors", "Merge both versions to save; nothing was overwritten."),
                file=self.folder / changed,
            )
        payloads = {key: ppocr_label.format_payload(page.boxes) for key, page in self._changed.items()}
        fresh = {key: page_scores(page, payloads[key] if page.boxes else None) for key, page in self._changed.items()}
        scores = {**self._scores, **fresh}
        self._write_files(payloads)
        write_atomic(self._state_dir / SCORES_FILE, write_scores(scores.values()))
        status = (self._state_dir / SCORES_FILE).stat()
        self._scores_stamp = (status.st_size, status.st_mtime_ns)
        self._journal.clear()
        self._journal_size = 0
        self._scores = scores
        for key, page in self._changed.items():
            self._parsed[key] = page
        self._changed.clear()

    def merge_from_disk(self) -> list[str]:
        """Takes over what another program wrote, and keeps the pages edited here as they are here.

        Returns:
            Keys of pages that both sides edited: the edits made here count, and the other program's lines are kept in
            `rejected_lines.txt` by the next `save`.

        Raises:
            ProjectError: If the files cannot be read.
        """
        before = {key: (self._files.payload(key), self._files_state(key)) for key in self._changed}
        self._files.read()
        self._load_scores()
        both = []
        for key, old in before.items():
            if (self._files.payload(key), self._files_state(key)) != old:
                both.append(key)
                self._reject_line_of(key)
        self._forget_unchanged()
        self.problems = [*self._odd_names(), *self._files.problems()]
        return both

    def close(self) -> None:
        """Closes the journal and lets other windows edit the folder. Unsaved edits stay in the journal."""
        self._journal.close()
        self._lock.release()

    # --- reading ---------------------------------------------------------------------------------------------------

    def _usable(self, names: list[str]) -> dict[str, str]:
        """Page key to file name, without the names that a line of `Label.txt` cannot hold."""
        self._odd = [name for name in names if not _can_be_key(name)]
        self.problems += self._odd_names()
        odd = set(self._odd)
        return {f"{self.folder.name}/{name}": name for name in names if name not in odd}

    def _odd_names(self) -> list[Problem]:
        shown = [name.encode("utf-8", "replace").decode("utf-8") for name in self._odd]
        return [Problem(name, 0, ODD_NAME, {"page": name}) for name in shown]

    def _page_of(self, key: str) -> str | None:
        """The page that a key of a file means: by the whole key, or by the file name after the folder was renamed."""
        if key in self._files_by_key:
            return key
        return self._key_by_file.get(key.rpartition("/")[2])

    def _load_scores(self) -> bool:
        """Reads the scores unless they are as they were last time; tells whether they were read."""
        path = self._state_dir / SCORES_FILE
        try:
            status = path.stat()
            if (status.st_size, status.st_mtime_ns) == self._scores_stamp:
                return False
            data = path.read_bytes()
        except FileNotFoundError:
            return False
        except OSError as error:
            raise read_error(path, error) from error
        self._scores_stamp = (status.st_size, status.st_mtime_ns)
        found = read_scores(data).items()
        self._scores = {page: scores for key, scores in found if (page := self._page_of(key)) is not None}
        return True

    def _files_state(self, key: str) -> PageState:
        return self._files.state(key, self._scores.get(key))

    def _saved_boxes(self, key: str) -> tuple[Box, ...]:
        payload = self._files.payload(key)
        if payload is None:
            return ()
        name, table = self._files.table(key)
        line = table.line(key)
        if line is None or line.fault:
            return ()
        try:
            boxes = ppocr_label.parse_boxes(payload, touched=name == ppocr_label.LABEL_FILE)
        except LineError as error:
            line.fault = ppocr_label.BROKEN_JSON
            self.problems.append(Problem(name, line.number, ppocr_label.BROKEN_JSON, {"reason": str(error)}))
            return ()
        scores = self._scores.get(key)
        return scores.apply(boxes) if scores and scores.labels == fingerprint(payload) else boxes

    # --- the journal -----------------------------------------------------------------------------------------------

    def _replay(self) -> None:
        content = read_journal(self._journal.path)
        self._journal_size = content.size
        self._replay_unreadable(content)
        for key, record in content.records.items():
            page = self._page_of(key)
            if page is None:
                self._keep_record(record, ORPHAN_EDIT, page=key)
                continue
            try:
                boxes = tuple(ppocr_label.box_from_record(box, n) for n, box in enumerate(record["boxes"], start=1))
                state = PageState(record["state"])
            except (LineError, ValueError, KeyError, TypeError, AttributeError):
                self._keep_record(record, LOST_EDIT)
                continue
            self._check_base(page, boxes, record)
            self._take(Page(page, self._files_by_key[page], boxes, state))

    def _replay_unreadable(self, content: JournalContent) -> None:
        for place, (number, raw) in enumerate(content.unreadable, start=1):
            is_cut = content.is_cut and place == len(content.unreadable)
            template = CUT_EDIT if is_cut else LOST_EDIT
            self._problem(JOURNAL_FILE, number, template, file=REJECTED_FILE)
            self._to_reject.append(raw + b"\n")

    def _keep_record(self, record: dict[str, Any], template: str, **values: object) -> None:
        from ocrstudio.formats.journal import encode_record

        self._problem(JOURNAL_FILE, 0, template, file=REJECTED_FILE, **values)
        self._to_reject.append(encode_record(record))

    def _check_base(self, key: str, boxes: tuple[Box, ...], record: dict[str, Any]) -> None:
        """Another program may have edited the page between the crash and now: its line must not vanish unseen."""
        payload = self._files.payload(key)
        if record.get("was") in (None, fingerprint(payload)):
            return
        if payload == ppocr_label.format_payload(boxes) or (payload is None and not boxes):
            return  # the save had come as far as this file
        self._problem(ppocr_label.LABEL_FILE, 0, BOTH_EDITED, page=key, file=REJECTED_FILE)
        self._reject_line_of(key)

    def _prepare(self) -> None:
        """Before the first write: may we, is nobody else at it, and did nobody else leave edits since we looked?"""
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
        settings = self._state_dir / SETTINGS_FILE
        if not settings.exists():
            write_atomic(settings, _SETTINGS)
        if self._load_scores():
            self._forget_unchanged()
        size = self._journal.path.stat().st_size if self._journal.path.exists() else 0
        if size != self._journal_size:
            self._replay()

    def _forget_unchanged(self) -> None:
        """Pages not edited here are read again from the files and scores when somebody looks at them."""
        self._parsed.clear()
        self._counts.clear()
        for key in self.keys:
            if key not in self._changed:
                self._states[key] = self._files_state(key)

    # --- writing ---------------------------------------------------------------------------------------------------

    def _take(self, page: Page) -> None:
        self._changed[page.key] = page
        self._parsed.pop(page.key, None)
        self._states[page.key] = page.state

    def _write_files(self, payloads: dict[str, bytes]) -> None:
        in_labels = {PageState.EDITED, PageState.CHECKED}
        in_cache = {PageState.AUTO, PageState.EDITED, PageState.REJECTED}
        label_changes: dict[str, bytes | None] = {}
        cache_changes: dict[str, bytes | None] = {}
        state_changes: dict[str, bytes | None] = {}
        # Pages that are new to a file go into it in the order of the list, whatever order they were worked on in.
        for key in sorted(self._changed, key=self._order.__getitem__):
            page = self._changed[key]
            payload = payloads[key] if page.boxes else None
            if payload != self._files.labels.payload(key) or page.state not in in_labels:
                label_changes[key] = payload if page.state in in_labels else None
            if payload != self._files.cache.payload(key) or page.state not in in_cache:
                cache_changes[key] = payload if page.state in in_cache else None
            if (page.state is PageState.CHECKED) != (key in self._files.states.places):
                state_changes[key] = b"1" if page.state is PageState.CHECKED else None
        labels, rejected_labels = self._files.labels.updated(label_changes)
        cache, rejected_cache = self._files.cache.updated(cache_changes)
        states, _ = self._files.states.updated(state_changes)
        self._keep_rejected([*rejected_labels, *rejected_cache])
        self._files.write(labels, cache, states)

    def _keep_rejected(self, lines: list[bytes]) -> None:
        """Lines that give way are on disk elsewhere before the file that held them is replaced."""
        lines = [*self._to_reject, *lines]
        if not lines:
            return
        path = self._state_dir / REJECTED_FILE
        data = b"".join(line.rstrip(b"\r\n") + b"\n" for line in lines)
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0), 0o666)
            try:
                write_all(descriptor, data)
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
        except OSError as error:
            raise write_error(path, error) from error
        for line in lines[len(self._to_reject) :]:
            page = line.partition(b"\t")[0].decode("utf-8", errors="replace")
            self._problem(ppocr_label.LABEL_FILE, 0, MOVED, page=page, file=REJECTED_FILE)
        self._to_reject.clear()

    def _reject_line_of(self, key: str) -> None:
        line = self._files.table(key)[1].line(key)
        if line is not None:
            self._to_reject.append(line.raw)

    def _problem(self, file: str, line: int, template: str, /, **values: object) -> None:
        self.problems.append(Problem(file, line, template, values))


def _can_be_key(name: str) -> bool:
    """Whether a file name fits into a label line: valid Unicode, no tab, no line end."""
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return not any(char in name for char in "\t\r\n")
