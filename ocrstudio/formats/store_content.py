"""All that the files of a project say, read in one go; takes long for large projects, so it runs on any thread."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, ProjectError
from ocrstudio.core.page import PageState
from ocrstudio.formats.atomic import read_error, write_atomic
from ocrstudio.formats.scores import PageScores, read_scores, write_scores
from ocrstudio.formats.store_files import Problem, ProjectFiles
from ocrstudio.formats.store_index import PageIndex, list_project
from ocrstudio.paths import STATE_DIR

JOURNAL_FILE = "journal.jsonl"
SCORES_FILE = "scores.jsonl"

ODD_NAME = QT_TRANSLATE_NOOP(
    "Errors", "The file name {page} cannot be written to Label.txt. Rename the file to label it."
)
NOT_SEARCHED = QT_TRANSLATE_NOOP("Errors", "The folder could not be searched for images: {reason}.")
OWN_JOURNAL = QT_TRANSLATE_NOOP(
    "Errors",
    "The folder {folder} was edited by itself and not saved. Open and save that folder by itself first; "
    "its unsaved edits are not shown here.",
)

_Stamp = tuple[int, int]
_NO_FILE: _Stamp = (-1, -1)


class ScoreBook:
    """`scores.jsonl` as it was last read or written.

    Attributes:
        pages: Page key to its scores.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._stamp = _NO_FILE
        self.pages: dict[str, PageScores] = {}
        self._others: list[PageScores] = []

    def load(self, page_of: Callable[[str], str | None]) -> bool:
        """Reads the file unless it is as it was last time; tells whether it was read.

        Args:
            page_of: Turns a key of the file into a page's. Scores of pages that are not there now are kept too.
        """
        loaded = _load(self._path, self._stamp)
        if loaded is None:
            return False
        data, self._stamp = loaded
        self.pages, self._others = {}, []
        for key, scores in read_scores(data).items():
            page = page_of(key)
            if page is None:
                self._others.append(scores)
            else:
                self.pages[page] = scores if page == key else scores.moved_to(page)
        return True

    def start_from(self, path: Path, page_of: Callable[[str], str | None]) -> None:
        """Takes the scores of another file for pages that have none."""
        loaded = _load(path, _NO_FILE)
        for key, scores in read_scores(loaded[0] if loaded else b"").items():
            page = page_of(key)
            if page is not None:
                self.pages.setdefault(page, scores)

    def save(self, pages: Iterable[PageScores]) -> None:
        """Writes the file. `ProjectError` if that fails."""
        status = write_atomic(self._path, write_scores([*pages, *self._others]))
        self._stamp = (status.st_size, status.st_mtime_ns)


def _load(path: Path, known: _Stamp) -> tuple[bytes, _Stamp] | None:
    try:
        status = path.stat()
        stamp = (status.st_size, status.st_mtime_ns)
        return None if stamp == known else (path.read_bytes(), stamp)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise read_error(path, error) from error


class ProjectContent:
    """What the files of a folder say, the journal excepted. Made by `read_content`.

    Attributes:
        index: The pages.
        files: PPOCRLabel's files.
        scores: `scores.jsonl`.
        states: Page key to how far it has come.
        problems: What a person should know about the files.
        changed: Pages that are not as they were in the content read before this one.
    """

    def __init__(self, root: Path, before: ProjectContent | None) -> None:
        state_dir = root / STATE_DIR
        self.index = PageIndex(root, list_project(root))
        self.files = ProjectFiles(self.index)
        self.scores = ScoreBook(state_dir / SCORES_FILE)
        self.scores.load(self.files.page_of)
        self._start_from_folders(root)
        self.states = {key: self.files.state(key, self.scores.pages.get(key)) for key in self.index.keys}
        self.changed = [key for key in self.states if before is not None and self._differs(key, before)]
        self.problems = [*self._index_problems(), *self._unsaved_folders(root), *self.files.problems()]

    def state(self, key: str) -> PageState:
        """How far a page has come according to the files."""
        return self.files.state(key, self.scores.pages.get(key))

    def _differs(self, key: str, before: ProjectContent) -> bool:
        if key not in before.states:
            return False
        return self.states[key] is not before.state(key) or self.files.payload(key) != before.files.payload(key)

    def _index_problems(self) -> list[Problem]:
        shown = [file.encode("utf-8", "replace").decode("utf-8") for file in self.index.odd]
        odd = [Problem(file, 0, ODD_NAME, {"page": file}) for file in shown]
        return odd + [Problem(folder, 0, NOT_SEARCHED, {"reason": why}) for folder, why in self.index.unreadable]

    def _start_from_folders(self, root: Path) -> None:
        """A folder that was a project by itself brings its scores along."""
        for folder in filter(None, self.index.folders):

            def page_of(key: str, folder: str = folder) -> str | None:
                return self.index.page_in(folder, key) if key.count("/") == 1 else None

            self.scores.start_from(root / folder / STATE_DIR / SCORES_FILE, page_of)

    def _unsaved_folders(self, root: Path) -> list[Problem]:
        found = []
        for folder in filter(None, self.index.folders):
            try:
                size = (root / folder / STATE_DIR / JOURNAL_FILE).stat().st_size
            except OSError:
                continue
            if size:
                path = f"{folder}/{STATE_DIR}/{JOURNAL_FILE}"
                found.append(Problem(path, 0, OWN_JOURNAL, {"folder": folder}))
        return found


def read_content(folder: Path, before: ProjectContent | None = None) -> ProjectContent:
    """Searches a folder of images and reads its label files. Writes nothing.

    Args:
        folder: The folder.
        before: What was read from it earlier; then `changed` names the pages that differ.

    Raises:
        ProjectError: If there is no such folder, it holds no images, or its files cannot be read.
    """
    if not folder.is_dir():
        raise ProjectError(
            QT_TRANSLATE_NOOP("Errors", "There is no folder {folder}."),
            QT_TRANSLATE_NOOP("Errors", "Choose the folder that holds your images."),
            folder=folder,
        )
    content = ProjectContent(folder, before)
    if not content.index.keys and not content.index.odd:
        raise ProjectError(
            QT_TRANSLATE_NOOP("Errors", "{folder} holds no images."),
            QT_TRANSLATE_NOOP(
                "Errors", "Choose a folder with JPEG, PNG, BMP, TIFF or WebP files in it or in its folders."
            ),
            folder=folder,
        )
    return content
