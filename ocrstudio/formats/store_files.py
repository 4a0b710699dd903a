"""PPOCRLabel's three files of each folder as they were last read or written, and what they say about each page."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from types import MappingProxyType

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, ProjectError
from ocrstudio.core.page import Page, PageState
from ocrstudio.formats import ppocr_label
from ocrstudio.formats.atomic import read_error, write_atomic
from ocrstudio.formats.label_table import LabelTable, fingerprint
from ocrstudio.formats.ppocr_label import LabelLine
from ocrstudio.formats.scores import PageScores
from ocrstudio.formats.store_index import PageIndex


@dataclass(frozen=True)
class Problem:
    """Something in a project's files that a person should know.

    Attributes:
        file: Path within the project, or within its `.ocrstudio`.
        line: Counted from 1; 0 for the whole file.
        template: English template of the Errors context.
        values: Named values for the template.
    """

    file: str
    line: int
    template: str
    values: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def what(self) -> str:
        """The English sentence, values filled in."""
        return self.template.format(**self.values) if self.values else self.template

    def __str__(self) -> str:
        place = AT_LINE.format(file=self.file, line=self.line) if self.line else self.file
        return f"{place}: {self.what}"


@dataclass(frozen=True)
class _Stamp:
    """What a file looked like. If this differs the content is compared: a copied or touched file has not changed."""

    size: int
    mtime_ns: int


def _stamp_of(status: os.stat_result) -> _Stamp:
    return _Stamp(status.st_size, status.st_mtime_ns)


class LabelFileChanged(ProjectError):  # noqa: N818 - named for what happened, as the window asks about it
    """Another program changed a label file since it was read. It was not overwritten; see `merge_from_disk`."""


@dataclass(frozen=True)
class _Tables:
    """The content of the three files of one folder."""

    labels: LabelTable
    cache: LabelTable
    states: LabelTable


_IN_LABELS = frozenset({PageState.EDITED, PageState.CHECKED})
_IN_CACHE = frozenset({PageState.AUTO, PageState.EDITED, PageState.REJECTED})

AT_LINE = QT_TRANSLATE_NOOP("Errors", "{file}, line {line}")
MISSING = QT_TRANSLATE_NOOP("Errors", "There is no image {page} in the folder. Its labels are kept as they are.")
RENAMED = QT_TRANSLATE_NOOP(
    "Errors",
    "{count} lines name another folder ({folder}). They are matched by file name and get the new name when edited.",
)
HIDDEN = QT_TRANSLATE_NOOP("Errors", "A later line for {page} counts instead of this one. It is kept as it is.")


class FolderFiles:
    """The three files of one folder of a project.

    Args:
        index: The pages of the project.
        folder: The folder within the project, "" for the project's own.
    """

    NAMES = (ppocr_label.LABEL_FILE, ppocr_label.CACHE_FILE, ppocr_label.STATE_FILE)

    def __init__(self, index: PageIndex, folder: str) -> None:
        self._index = index
        self._inner = folder
        self._prefix = f"{folder}/" if folder else ""
        self._folder = index.root / folder
        self._stamps: dict[str, _Stamp | None] = {}
        self.labels = LabelTable([])
        self.cache = LabelTable([])
        self.states = LabelTable([])
        self._former: set[str] | None = None
        self.read()

    def read(self) -> None:
        """Reads all three from disk; missing ones are empty. `ProjectError` if one cannot be read."""
        self.labels = self._build(ppocr_label.LABEL_FILE, ppocr_label.read_lines)
        self.cache = self._build(ppocr_label.CACHE_FILE, ppocr_label.read_lines)
        self.states = self._build(ppocr_label.STATE_FILE, ppocr_label.read_states)

    def _build(self, name: str, read: Callable[[bytes], list[LabelLine]]) -> LabelTable:
        data, self._stamps[name] = self._load(name)
        return LabelTable.build(read(data), self._page_of, self._index.line_key)

    def _page_of(self, line_key: str) -> str | None:
        return self._index.page_in(self._inner, line_key)

    def check(self) -> None:
        """Raises `LabelFileChanged` if another program changed a file since it was read or written here."""
        for name in self.NAMES:
            self._check(name)

    def _check(self, name: str) -> None:
        known = self._stamps[name]
        path = self._folder / name
        try:
            found = path.stat()
        except FileNotFoundError:
            if known is not None:
                raise self._changed(name) from None
            return
        except OSError as error:
            raise read_error(path, error) from error
        if known is None:
            raise self._changed(name)
        if _stamp_of(found) != known:
            data, fresh = self._load(name)
            if fresh is None or data != self._table(name).data():
                raise self._changed(name)
            self._stamps[name] = fresh

    def _changed(self, name: str) -> LabelFileChanged:
        return LabelFileChanged(
            QT_TRANSLATE_NOOP("Errors", "{file} was changed by another program since it was opened here."),
            QT_TRANSLATE_NOOP("Errors", "Merge both versions to save; nothing was overwritten."),
            file=self._folder / name,
        )

    def updated(self, pages: Iterable[Page], payloads: Mapping[str, bytes]) -> tuple[_Tables, list[bytes]]:
        """The three tables with some pages as they are now.

        Args:
            pages: Pages of this folder, in the order in which new ones go into the files.
            payloads: Page key to what follows the tab of its line.

        Returns:
            The tables, and the lines that had to give way although nobody could read them.
        """
        label_changes: dict[str, bytes | None] = {}
        cache_changes: dict[str, bytes | None] = {}
        state_changes: dict[str, bytes | None] = {}
        for page in pages:
            key = page.key
            payload = payloads[key] if page.boxes else None
            if payload != self.labels.payload(key) or page.state not in _IN_LABELS:
                label_changes[key] = payload if page.state in _IN_LABELS else None
            if payload != self.cache.payload(key) or page.state not in _IN_CACHE:
                cache_changes[key] = payload if page.state in _IN_CACHE else None
            if (page.state is PageState.CHECKED) != (key in self.states.places):
                state_changes[key] = b"1" if page.state is PageState.CHECKED else None
        labels, rejected_labels = self.labels.updated(label_changes, self._index.line_key)
        cache, rejected_cache = self.cache.updated(cache_changes, self._index.line_key)
        states, _ = self.states.updated(state_changes, self._index.line_key)
        return _Tables(labels, cache, states), [*rejected_labels, *rejected_cache]

    def write(self, tables: _Tables) -> None:
        """Writes those of the three whose content changed. Raises what `check` does, and `ProjectError` if it fails."""
        if self._write(ppocr_label.CACHE_FILE, self.cache, tables.cache):
            self.cache = tables.cache
        if self._write(ppocr_label.LABEL_FILE, self.labels, tables.labels):
            self.labels = tables.labels
        if self._write(ppocr_label.STATE_FILE, self.states, tables.states):
            self.states = tables.states

    def _write(self, name: str, old: LabelTable, new: LabelTable) -> bool:
        if new is old and self._stamps[name] is not None:
            return False
        path = self._folder / name
        # a large project takes seconds to write: the other program must not lose what it saves meanwhile
        status = write_atomic(path, new.data(), before_replacing=partial(self._check, name))
        self._stamps[name] = _stamp_of(status)
        return True

    def _table(self, name: str) -> LabelTable:
        tables = (self.labels, self.cache, self.states)
        return tables[self.NAMES.index(name)]

    def source(self, page: str) -> tuple[str, LabelLine | None]:
        """The line that counts for a page and its file's name: a checked page without labels there has no boxes."""
        line = self.labels.line(page)
        if line is not None or page in self.states.places:
            return ppocr_label.LABEL_FILE, line
        return ppocr_label.CACHE_FILE, self.cache.line(page)

    def state(self, page: str, scores: PageScores | None) -> PageState:
        """How far a page has come according to the files, and to `scores` where the files cannot say it."""
        if page in self.states.places:
            return PageState.CHECKED
        if page in self.labels.places:
            return PageState.EDITED
        if (
            scores is not None
            and scores.state in (PageState.REJECTED, PageState.EDITED)
            and scores.labels == fingerprint(self.cache.payload(page))
        ):
            return scores.state
        return PageState.AUTO if page in self.cache.places else PageState.NEW

    def had_name(self, name: str) -> bool:
        """Whether lines for pages of this folder say that it was called so when they were written."""
        if self._former is None:
            tables = (self.labels, self.cache, self.states)
            keys = (table.lines[place].key or "" for table in tables for [*_, place] in table.places.values())
            self._former = {key.rpartition("/")[0].rpartition("/")[2] for key in keys} - {self._folder.name}
        return name in self._former

    def problems(self) -> list[Problem]:
        """Everything in the files that a person should know, as far as it shows without parsing the labels."""
        found: list[Problem] = []
        tables = zip(self.NAMES, (self.labels, self.cache, self.states), strict=True)
        for name, table in tables:
            found += self._problems_of(self._prefix + name, table)
        return found

    def _problems_of(self, name: str, table: LabelTable) -> list[Problem]:
        found: list[Problem] = []
        renamed: dict[str, int] = {}
        counted = {places[-1] for places in table.places.values()}
        hidden = {place: page for page, places in table.places.items() for place in places[:-1]}
        for place, line in enumerate(table.lines):
            if line.fault:
                found.append(Problem(name, line.number, line.fault))
            elif place in hidden:
                found.append(Problem(name, line.number, HIDDEN, {"page": hidden[place]}))
            elif place in counted:
                folder = (line.key or "").rpartition("/")[0]
                if folder not in (self._folder.name, self._folder.as_posix()):  # some versions write whole paths
                    renamed[folder] = renamed.get(folder, 0) + 1
            elif line.key is not None:
                found.append(Problem(name, line.number, MISSING, {"page": line.key}))
        return [*found, *(Problem(name, 0, RENAMED, {"count": n, "folder": folder}) for folder, n in renamed.items())]

    def _load(self, name: str) -> tuple[bytes, _Stamp | None]:
        path = self._folder / name
        try:
            with path.open("rb") as file:
                status = os.fstat(file.fileno())  # before reading: what is written meanwhile must count as a change
                data = file.read()
        except FileNotFoundError:
            return b"", None
        except OSError as error:
            raise read_error(path, error) from error
        return data, _stamp_of(status)


class ProjectFiles:
    """The files of all folders of a project. Reading them takes long in a large project, so it may run on any thread.

    Args:
        index: The pages of the project.
    """

    def __init__(self, index: PageIndex) -> None:
        self._index = index
        self._folders = {folder: FolderFiles(index, folder) for folder in dict.fromkeys(("", *index.folders))}

    def check(self) -> None:
        """Raises `LabelFileChanged` if another program changed a file since it was read or written here."""
        for files in self._folders.values():
            files.check()

    def updated(
        self, pages: Iterable[Page], payloads: Mapping[str, bytes]
    ) -> tuple[dict[FolderFiles, _Tables], list[bytes]]:
        """What `write` takes, and the lines that give way; see `FolderFiles.updated`."""
        by_folder: dict[FolderFiles, list[Page]] = {}
        for page in pages:
            by_folder.setdefault(self._of(page.key), []).append(page)
        rejected: list[bytes] = []
        changes = {}
        for files, own in by_folder.items():
            changes[files], lines = files.updated(own, payloads)
            rejected += lines
        return changes, rejected

    def source(self, page: str) -> tuple[str, LabelLine | None]:
        """The line that counts for a page, and its file's path within the project."""
        folder = self._index.folder_of(page)
        name, line = self._folders[folder].source(page)
        return (f"{folder}/{name}" if folder else name), line

    def page_of(self, key: str) -> str | None:
        """The page that a key of the project's own files means, also after its folder was renamed.

        That folders hold files of the same name says nothing: only lines that still have the old name do.
        """
        page = self._index.page_of(key)
        folder, slash, file = key.partition("/")[2].rpartition("/")
        if page is not None or not slash or (self._index.root / folder).is_dir():
            return page
        name = folder.rpartition("/")[2]
        found = [
            now for now in self._index.folders if self._index.page_in(now, file) and self._folders[now].had_name(name)
        ]
        return self._index.page_in(found[0], file) if len(found) == 1 else None

    def payload(self, page: str) -> bytes | None:
        """The labels that count for a page; None without a line."""
        line = self._of(page).source(page)[1]
        return None if line is None else line.payload

    def state(self, page: str, scores: PageScores | None) -> PageState:
        """How far a page has come; see `FolderFiles.state`."""
        return self._of(page).state(page, scores)

    def checked_order(self) -> list[str]:
        """Keys of the pages that the files call checked, in the order of each `fileState.txt`."""
        order: list[str] = []
        for files in self._folders.values():
            places = sorted(files.states.places.items(), key=lambda item: item[1][-1])
            order += [page for page, _ in places]
        return order

    def problems(self) -> list[Problem]:
        """Everything in the files that a person should know."""
        return [problem for files in self._folders.values() for problem in files.problems()]

    def _of(self, page: str) -> FolderFiles:
        return self._folders[self._index.folder_of(page)]
