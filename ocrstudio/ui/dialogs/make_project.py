"""A new project of PDF files, of an archive, or of pictures and labels from elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from functools import partial
from pathlib import Path

from PyQt5.QtCore import QCoreApplication, pyqtSlot
from PyQt5.QtWidgets import QFileDialog, QLineEdit, QVBoxLayout, QWidget

from ocrstudio.core.errors import StudioError
from ocrstudio.formats.archives import is_archive_name, without_ending
from ocrstudio.formats.atomic import make_folder
from ocrstudio.formats.exchange.import_into import ImportWishes, import_into
from ocrstudio.formats.exchange.import_log import summary_of, write_log
from ocrstudio.formats.exchange.import_source import ImportSource
from ocrstudio.formats.exchange.merging import no_page_matches
from ocrstudio.formats.exchange.reading import PdfWishes
from ocrstudio.formats.pdf_pages import PdfPasswordError
from ocrstudio.paths import STATE_DIR
from ocrstudio.services.project_session import ProjectSession
from ocrstudio.ui.dialogs.exchange import problem_text
from ocrstudio.ui.dialogs.package import WorkDialog
from ocrstudio.ui.widgets.dialog import ButtonBox
from ocrstudio.ui.widgets.opener import open_place
from ocrstudio.ui.widgets.parts import GRID, button, label


class MakeProjectDialog(WorkDialog):
    """Brings everything into a new folder, and opens it.

    Args:
        session: Opens the project that is made.
        sources: A file, a folder or an archive; or several files.
        folder: Where the project is made; what is in it stays.
        parent: Owner.
    """

    def __init__(
        self, session: ProjectSession, sources: Sequence[Path], folder: Path, parent: QWidget | None = None
    ) -> None:
        super().__init__("makeProjectDialog", parent)
        self._session, self._sources, self._folder = session, list(sources), folder
        self._log: Path | None = None
        self.setWindowTitle(self.tr("New project"))
        words = label(wrap=True)
        name = sources[0].name if len(sources) == 1 else self.tr("{count} files").format(count=len(sources))
        words.setText(self.tr("A project is made of {name} in {folder}.").format(name=name, folder=folder))
        self.password = QLineEdit()
        self.password.setObjectName("makePassword")
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setPlaceholderText(self.tr("Password of the PDF"))
        self.password.hide()
        self.show_log = button("makeLog", "fa5s.file-alt", role="quiet")
        self.show_log.setText(self.tr("Open the list"))
        self.buttons = ButtonBox(ButtonBox.StandardButton.Close)
        self.buttons.addButton(self.show_log, ButtonBox.ButtonRole.ActionRole)
        self.show_log.hide()
        column = QVBoxLayout(self)
        column.setSpacing(2 * GRID)
        for widget in (words, self.bar, self.password, self.message, self.buttons):
            column.addWidget(widget)
        self.buttons.rejected.connect(self.reject)
        self.password.returnPressed.connect(self._start)
        self.show_log.clicked.connect(self._on_log_clicked)
        self._start()

    @pyqtSlot()
    def _start(self) -> None:
        self.password.hide()
        wishes = ImportWishes(pdf=PdfWishes(password=self.password.text()))
        self.work(partial(_make, self._sources, self._folder, wishes, self.progress), self._on_made)

    def _on_made(self, result: object) -> None:
        self.bar.hide()
        if isinstance(result, StudioError):
            self.message.show_error(result)
            self.password.setVisible(isinstance(result, PdfPasswordError))
            return
        self._log = result if isinstance(result, Path) else None
        self._session.open(self._folder)
        if self._log is None:
            self.accept()
            return
        # what was left out wants to be read
        self.show_log.show()
        self.message.show_message(
            "warn", lambda: self.tr("The project is open. Something was left out or needs a look.")
        )

    @pyqtSlot()
    def _on_log_clicked(self) -> None:
        if self._log is not None:
            open_place(self._log, self)


def _make(sources: list[Path], folder: Path, wishes: ImportWishes, progress: Callable[[int, int], None]) -> Path | None:
    """Brings everything in; the file that keeps what was left out, or None. Runs on a thread."""
    make_folder(folder)
    try:
        with closing(ImportSource(sources, folder)) as source:
            done = import_into(source, folder, wishes, "copy", progress=progress)
        if not done.gathered.pages:
            error = no_page_matches(done.gathered, folder)
            error.details = "\n".join(problem_text(problem) for problem in done.problems)
            raise error
    except StudioError:
        for made in (folder / STATE_DIR, folder):  # no empty folders stay
            with suppress(OSError):
                made.rmdir()
        raise
    summary = problem_text(summary_of(len(done.changed), len(done.brought)))
    return write_log(folder, source.path, summary, [problem_text(problem) for problem in done.problems])


def choose_and_make(session: ProjectSession, parent: QWidget, sources: Sequence[Path] = ()) -> MakeProjectDialog | None:
    """Asks for a place, and first for files if there are none, and makes a project there.

    Returns:
        The open dialog, or None if the user chose nothing.
    """
    translate = QCoreApplication.translate
    if not sources:
        names, _ = QFileDialog.getOpenFileNames(parent, translate("MakeProjectDialog", "What to import"))
        sources = [Path(name) for name in names]
        if not sources:
            return None
    first = sources[0]
    stem = without_ending(first.name) if is_archive_name(first.name) else first.stem
    title = translate("MakeProjectDialog", "Name of the new project folder")
    place, _ = QFileDialog.getSaveFileName(parent, title, str(first.with_name(stem)))
    if not place:
        return None
    dialog = MakeProjectDialog(session, sources, Path(place), parent)
    dialog.open()
    return dialog
