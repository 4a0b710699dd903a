"""Everything that is wrong with the open project and the settings, in one list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Literal

from PyQt5.QtCore import QObject, pyqtSignal, pyqtSlot

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, StudioError
from ocrstudio.formats import ppocr_label, store_files
from ocrstudio.formats.store import Problem
from ocrstudio.services.project_session import ProjectSession
from ocrstudio.services.settings import Settings
from ocrstudio.services.shortcuts import Shortcuts
from ocrstudio.services.timers import single_shot

Kind = Literal["file", "image", "settings"]

_MEND_LINE = QT_TRANSLATE_NOOP(
    "Errors", "Label the page again here, or mend the line in a text editor and open the folder again."
)
_NOTHING = QT_TRANSLATE_NOOP("Errors", "Nothing needs to be done.")
# What to do about a line of a project's file, by the sentence that says what is wrong.
REMEDIES: Mapping[str, str] = {
    ppocr_label.EMPTY: _NOTHING,
    ppocr_label.NO_TAB: _MEND_LINE,
    ppocr_label.NOT_A_LIST: _MEND_LINE,
    ppocr_label.BROKEN_JSON: _MEND_LINE,
    ppocr_label.NOT_UTF8: QT_TRANSLATE_NOOP(
        "Errors", "Save the file as UTF-8 in a text editor and open the folder again, or label the page again here."
    ),
    store_files.MISSING: QT_TRANSLATE_NOOP("Errors", "Put the image back under this name, or leave the labels there."),
    store_files.RENAMED: _NOTHING,
    store_files.HIDDEN: QT_TRANSLATE_NOOP("Errors", "Delete the line that is wrong in a text editor, or leave both."),
}


def is_harmless(problem: Problem) -> bool:
    """Whether a line is only told: nobody has to do anything about it."""
    return REMEDIES.get(problem.template) == _NOTHING


@dataclass(frozen=True)
class Entry:
    """One thing that is wrong; `ui.i18n.translated` gives its sentences.

    Attributes:
        kind: Of the project's files, of an image, or of the settings.
        file: Path within the project, or the settings file.
        line: Counted from 1; 0 for the whole file.
        what: English template of context "Errors".
        remedy: Another; may be empty.
        values: Named values for both.
        key: The page it is about, if that is known already.
    """

    kind: Kind
    file: str
    line: int
    what: str
    remedy: str = ""
    values: Mapping[str, object] = field(default_factory=dict)
    key: str = ""


class ProblemList(QObject):
    """Gathers the problems of the session, of images as they are looked at, and of the settings.

    Args:
        session: The open project.
        settings: The user's choices.
        shortcuts: The user's keys.
        parent: Owner.

    Attributes:
        entries: All problems: the project's files first, then images, then settings.
    """

    changed = pyqtSignal()  # `entries` is another list; told once per turn of the event loop

    def __init__(
        self, session: ProjectSession, settings: Settings, shortcuts: Shortcuts, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._settings, self._shortcuts = session, settings, shortcuts
        self._images: dict[str, Entry] = {}
        self.entries: list[Entry] = []
        self._timer = single_shot(self, 0, self._gather)
        session.project_opened.connect(self._on_session_project_changed)
        session.project_closed.connect(self._on_session_project_changed)
        session.page_opened.connect(self._on_session_page_opened)
        session.problems_found.connect(self._gather_soon)
        settings.problem_found.connect(self._gather_soon)
        shortcuts.changed.connect(self._gather_soon)
        self._gather()

    def page_of(self, entry: Entry) -> str | None:
        """The page that an entry is about, or None.

        A line of a label file is looked up in the file, so call it when somebody wants to go there.
        """
        folder = self._session.folder
        if folder is None or entry.kind == "settings":
            return None
        keys = self._session.keys
        page = str(entry.values.get("page", ""))
        for key in (entry.key, page, f"{folder.name}/{page}", f"{folder.name}/{entry.file}"):
            if key and key in keys:
                return key
        named = _key_in_line(folder / entry.file, entry.line) if entry.line else ""
        key = "/".join((folder.name, *Path(entry.file).parent.parts, named.rpartition("/")[2]))
        return key if named and key in keys else None

    @pyqtSlot()
    @pyqtSlot(object)
    def _gather_soon(self, _what: object = None) -> None:
        # Many lines may be found wrong in one go while pages are looked at.
        if not self._timer.isActive():
            self._timer.start(0)

    @pyqtSlot()
    def _gather(self) -> None:
        self._timer.stop()
        files = [_of_problem(problem) for problem in self._session.store.problems] if self._session.store else []
        settings = _of_errors((*self._settings.problems, *self._shortcuts.problems), str(self._settings.path))
        entries = [*files, *self._images.values(), *settings]
        if entries != self.entries:
            self.entries = entries
            self.changed.emit()

    @pyqtSlot()
    @pyqtSlot(str)
    def _on_session_project_changed(self, _folder: str = "") -> None:
        self._images.clear()
        self._gather_soon()

    @pyqtSlot(str)
    def _on_session_page_opened(self, key: str) -> None:
        error = self._session.image_error
        if error is not None:
            file = key.partition("/")[2]
            self._images[key] = Entry("image", file, 0, error.what, error.remedy, dict(error.values), key)
            self._gather_soon()
        elif self._images.pop(key, None) is not None:
            self._gather_soon()


def _of_problem(problem: Problem) -> Entry:
    remedy = REMEDIES.get(problem.template, "")
    return Entry("file", problem.file, problem.line, problem.template, remedy, dict(problem.values))


def _of_errors(errors: Iterable[StudioError], file: str) -> list[Entry]:
    return [Entry("settings", file, 0, error.what, error.remedy, dict(error.values)) for error in errors]


def _key_in_line(path: Path, number: int) -> str:
    """What stands before the tab in a line of a label file; empty if there is no such line."""
    try:
        with path.open("rb") as file:
            line = next(islice(file, number - 1, number), b"")
    except OSError:
        return ""
    return line.partition(b"\t")[0].decode("utf-8", errors="replace").strip().replace("\\", "/")
