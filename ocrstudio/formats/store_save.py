"""One save of a project, from the pages as they were when it began. Its slow part runs on any thread."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from ocrstudio.core.errors import QT_TRANSLATE_NOOP
from ocrstudio.core.page import Page
from ocrstudio.formats import ppocr_label
from ocrstudio.formats.atomic import make_folder, write_all, write_atomic, write_error
from ocrstudio.formats.scores import PageScores, page_scores
from ocrstudio.formats.store_content import ProjectContent
from ocrstudio.formats.store_files import Problem
from ocrstudio.paths import STATE_DIR

SETTINGS_FILE = "project.yaml"
_SETTINGS = "# OCR Studio project\nversion: 1\n"
REJECTED_FILE = "rejected_lines.txt"
MOVED = QT_TRANSLATE_NOOP(
    "Errors", "A line of {page} that could not be read was moved to {file} when the page was saved."
)


class PendingSave:
    """Made by `ProjectStore.begin_save`; give it back to `ProjectStore.finish_save`, whether `write` succeeded or not.

    Attributes:
        pages: What is saved, by page key, in the order of the list.
        journal_size: Bytes of the journal that are saved by it.
        rejected: Lines that go to `rejected_lines.txt` before anything is overwritten.
        kept: How many of them are there.
        is_done: Whether everything is on disk.
        scores: The scores of all pages afterwards.
        problems: What a person should know about it.
    """

    def __init__(
        self, content: ProjectContent, pages: dict[str, Page], rejected: Sequence[bytes], journal_size: int
    ) -> None:
        self.pages = pages
        self.journal_size = journal_size
        self.rejected = list(rejected)
        self.kept = 0
        self.is_done = False
        self.scores: dict[str, PageScores] = dict(content.scores.pages)
        self.problems: list[Problem] = []
        self._content = content

    def write(self) -> None:
        """Writes the files, each in one step; on any thread, but one at a time.

        Raises:
            LabelFileChanged: If another program changed one of them since it was read; it was not overwritten.
            ProjectError: If a file could not be written.
        """
        content, root = self._content, self._content.index.root
        content.files.check()
        settings = root / STATE_DIR / SETTINGS_FILE
        if not settings.exists():
            make_folder(settings.parent)  # somebody may have deleted it while the project was open
            write_atomic(settings, _SETTINGS)
        payloads = {key: ppocr_label.format_payload(page.boxes) for key, page in self.pages.items()}
        for key, page in self.pages.items():
            self.scores[key] = page_scores(page, payloads[key] if page.boxes else None)
        tables, given_way = content.files.updated(self.pages.values(), payloads)
        self._keep_rejected(root / STATE_DIR / REJECTED_FILE, given_way)
        for files, own in tables.items():
            files.write(own)
        content.scores.save(self.scores.values())
        self.is_done = True

    def _keep_rejected(self, path: Path, given_way: Sequence[bytes]) -> None:
        """Lines that give way are on disk elsewhere before the file that held them is replaced."""
        lines = [*self.rejected, *given_way]
        if not lines:
            return
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
        self.kept = len(self.rejected)
        for line in given_way:
            page = line.partition(b"\t")[0].decode("utf-8", errors="replace")
            self.problems.append(Problem(ppocr_label.LABEL_FILE, 0, MOVED, {"page": page, "file": REJECTED_FILE}))
