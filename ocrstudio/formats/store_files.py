"""PPOCRLabel's three files of a project as they were last read or written, and what they say about each page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from ocrstudio.core.errors import QT_TRANSLATE_NOOP
from ocrstudio.core.page import PageState
from ocrstudio.formats import ppocr_label
from ocrstudio.formats.atomic import read_error, write_atomic
from ocrstudio.formats.label_table import LabelTable, fingerprint
from ocrstudio.formats.scores import PageScores


@dataclass(frozen=True)
class Problem:
    """Something in a project's files that a person should know.

    Attributes:
        file: File name within the project.
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


AT_LINE = QT_TRANSLATE_NOOP("Errors", "{file}, line {line}")
MISSING = QT_TRANSLATE_NOOP("Errors", "There is no image {page} in the folder. Its labels are kept as they are.")
RENAMED = QT_TRANSLATE_NOOP(
    "Errors",
    "{count} lines name another folder ({folder}). They are matched by file name and get the new name when edited.",
)
HIDDEN = QT_TRANSLATE_NOOP("Errors", "A later line for {page} counts instead of this one. It is kept as it is.")


class ProjectFiles:
    """The three files of one folder.

    Args:
        folder: The project.
        page_of: Turns an image key of a file into a page key, or None.
    """

    NAMES = (ppocr_label.LABEL_FILE, ppocr_label.CACHE_FILE, ppocr_label.STATE_FILE)

    def __init__(self, folder: Path, page_of: Callable[[str], str | None]) -> None:
        self._folder = folder
        self._page_of = page_of
        self._stamps: dict[str, _Stamp | None] = {}
        self.labels = LabelTable([])
        self.cache = LabelTable([])
        self.states = LabelTable([])
        self.read()

    def read(self) -> None:
        """Reads all three from disk; missing ones are empty. `ProjectError` if one cannot be read."""
        contents = {}
        for name in self.NAMES:
            data, self._stamps[name] = self._load(name)
            contents[name] = data
        self.labels = LabelTable.build(ppocr_label.read_lines(contents[ppocr_label.LABEL_FILE]), self._page_of)
        self.cache = LabelTable.build(ppocr_label.read_lines(contents[ppocr_label.CACHE_FILE]), self._page_of)
        self.states = LabelTable.build(ppocr_label.read_states(contents[ppocr_label.STATE_FILE]), self._page_of)

    def changed_outside(self) -> str | None:
        """The name of a file that another program changed, made or removed since it was read or written here."""
        for name in self.NAMES:
            known = self._stamps[name]
            path = self._folder / name
            try:
                found = path.stat()
            except FileNotFoundError:
                if known is not None:
                    return name
                continue
            except OSError as error:
                raise read_error(path, error) from error
            if known is None:
                return name
            if (found.st_size, found.st_mtime_ns) == (known.size, known.mtime_ns):
                continue
            data, fresh = self._load(name)
            if fresh is None or data != self._table(name).data():
                return name
            self._stamps[name] = fresh
        return None

    def write(self, labels: LabelTable, cache: LabelTable, states: LabelTable) -> None:
        """Writes those of the three whose content changed. `ProjectError` names the first that fails."""
        if self._write(ppocr_label.CACHE_FILE, self.cache, cache):
            self.cache = cache
        if self._write(ppocr_label.LABEL_FILE, self.labels, labels):
            self.labels = labels
        if self._write(ppocr_label.STATE_FILE, self.states, states):
            self.states = states

    def _write(self, name: str, old: LabelTable, new: LabelTable) -> bool:
        if new is old and self._stamps[name] is not None:
            return False
        path = self._folder / name
        write_atomic(path, new.data())
        status = path.stat()
        self._stamps[name] = _Stamp(status.st_size, status.st_mtime_ns)
        return True

    def _table(self, name: str) -> LabelTable:
        tables = (self.labels, self.cache, self.states)
        return tables[self.NAMES.index(name)]

    def payload(self, page: str) -> bytes | None:
        """The labels that count for a page: `Label.txt` first; a checked page without a line there has no boxes."""
        line = self.labels.line(page)
        if line is not None:
            return line.payload
        return None if page in self.states.places else self.cache.payload(page)

    def table(self, page: str) -> tuple[str, LabelTable]:
        """Name and content of the file that `payload` takes a page's labels from."""
        if page in self.labels.places:
            return ppocr_label.LABEL_FILE, self.labels
        return ppocr_label.CACHE_FILE, self.cache

    def state(self, page: str, scores: PageScores | None) -> PageState:
        """How far a page has come according to the files, and to `scores` where the files cannot say it."""
        if page in self.states.places:
            return PageState.CHECKED
        if page in self.labels.places:
            return PageState.EDITED
        told = scores.state if scores and scores.labels == fingerprint(self.cache.payload(page)) else None
        if told in (PageState.REJECTED, PageState.EDITED):
            return told
        return PageState.AUTO if page in self.cache.places else PageState.NEW

    def problems(self) -> list[Problem]:
        """Everything in the files that a person should know, as far as it shows without parsing the labels."""
        found: list[Problem] = []
        tables = zip(self.NAMES, (self.labels, self.cache, self.states), strict=True)
        for name, table in tables:
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
                    if folder != self._folder.name:
                        renamed[folder] = renamed.get(folder, 0) + 1
                elif line.key is not None:
                    found.append(Problem(name, line.number, MISSING, {"page": line.key}))
            found += [Problem(name, 0, RENAMED, {"count": n, "folder": folder}) for folder, n in renamed.items()]
        return found

    def _load(self, name: str) -> tuple[bytes, _Stamp | None]:
        path = self._folder / name
        try:
            with path.open("rb") as file:
                data = file.read()
            status = path.stat()
        except FileNotFoundError:
            return b"", None
        except OSError as error:
            raise read_error(path, error) from error
        return data, _Stamp(status.st_size, status.st_mtime_ns)
