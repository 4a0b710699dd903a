"""Takes pictures in, whichever tab they come to: files, folders, archives, PDF files, and what is on the clipboard."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PyQt5.QtCore import QMimeData, QObject, pyqtSignal, pyqtSlot
from PyQt5.QtGui import QImage
from PyQt5.QtWidgets import QFileDialog, QInputDialog, QLineEdit, QWidget

from ocrstudio.core.errors import StudioError
from ocrstudio.formats.archives import is_archive_name
from ocrstudio.formats.exchange.import_source import ImportSource
from ocrstudio.formats.images import EXTENSIONS
from ocrstudio.formats.pdf_pages import PDF_EXTENSION
from ocrstudio.formats.picture_source import PictureSource, shown_name
from ocrstudio.services.background import Background
from ocrstudio.services.settings import Settings
from ocrstudio.ui.pages.test.incoming import Found, expand, files_of, image_of, locked_fault, store_pasted

Arrived = tuple[PictureSource, StudioError | None]


class Arrivals(QObject):
    """Reads the disk on a thread, asks for passwords, and removes the copies that it makes.

    Args:
        settings: Remembers the last folder.
        parent: Owner, over whom questions are asked; it calls `close`.
    """

    came = pyqtSignal(object)  # list[Arrived]: pictures, each with the reason if it cannot be read
    pasted = pyqtSignal(object)  # PictureSource: a picture that was no file before
    refused = pyqtSignal(object)  # StudioError: what is wrong as a whole, or why a picture could not be kept

    def __init__(self, settings: Settings, parent: QWidget) -> None:
        super().__init__(parent)
        self._settings, self._window = settings, parent
        self._passwords: dict[Path, str] = {}
        self._archives: list[ImportSource] = []
        self._copies: list[Path] = []
        self._background = Background(self)

    def take_files(self, paths: Sequence[Path]) -> None:
        """Takes local files and folders, in any mixture; `came` follows, and `refused` where something is wrong."""
        wanted = [Path(path) for path in paths]
        if wanted:
            self._settings.reading_folder = str(wanted[0] if wanted[0].is_dir() else wanted[0].parent)
            passwords = dict(self._passwords)
            archives = {path: ImportSource([path], None) for path in wanted if is_archive_name(path.name)}
            self._archives += archives.values()
            self._background.run(lambda: expand(wanted, passwords, archives), self._on_found)

    def take(self, data: QMimeData | None) -> bool:
        """Takes what was dropped or copied; False if there is nothing to take."""
        files = files_of(data) if data is not None else []
        image = image_of(data) if data is not None and not files else None
        if files:
            self.take_files(files)
        elif image is not None:
            self.take_image(image)
        return bool(files) or image is not None

    @pyqtSlot(QImage)
    def take_image(self, image: QImage) -> None:
        """Takes a picture that is no file; `pasted` or `refused` follows."""
        kept = QImage(image)
        self._background.run(lambda: store_pasted(kept), self._on_stored)

    @pyqtSlot()
    def choose_pictures(self) -> None:
        """Lets the user choose files."""
        patterns = " ".join(f"*{suffix}" for suffix in (*sorted(EXTENSIONS), PDF_EXTENSION))
        kinds = ";;".join(
            (self.tr("Pictures and PDF files ({patterns})").format(patterns=patterns), self.tr("All files (*)"))
        )
        files, _ = QFileDialog.getOpenFileNames(
            self._window, self.tr("Choose pictures"), self._settings.reading_folder, kinds
        )
        self.take_files([Path(file) for file in files])

    @pyqtSlot()
    def choose_folder(self) -> None:
        """Lets the user choose a folder of pictures."""
        title = self.tr("Choose a folder of pictures")
        folder = QFileDialog.getExistingDirectory(self._window, title, self._settings.reading_folder)
        if folder:
            self.take_files([Path(folder)])

    def forget(self) -> None:
        """Forgets passwords and removes copies: they may be private, and nobody expects them on the disk later."""
        self._passwords.clear()
        for archive in self._archives:
            archive.close()
        for copy in self._copies:
            copy.unlink(missing_ok=True)
        self._archives, self._copies = [], []

    def close(self) -> None:
        """Calls nobody back any more, and leaves nothing behind."""
        self._background.close()
        self.forget()

    def _on_found(self, found: Found) -> None:
        self.came.emit(list(found.pictures))
        if found.problem is not None:
            self.refused.emit(found.problem)
        for path in found.locked:
            self._ask_password(path, wrong=path in found.wrong)

    def _ask_password(self, path: Path, *, wrong: bool) -> None:
        """Asks for the password of a PDF until it is right, or the user does not know it."""
        text = self.tr("That was not the password of {file}. Try again:") if wrong else self.tr("Password of {file}:")
        asked = text.format(file=shown_name(path))
        password, known = QInputDialog.getText(
            self._window, self.tr("Protected PDF"), asked, QLineEdit.EchoMode.Password
        )
        if known and password:
            self._passwords[path] = password
            self.take_files([path])
        else:
            self.came.emit([(PictureSource(path), locked_fault(path))])

    def _on_stored(self, result: Path | StudioError) -> None:
        if isinstance(result, StudioError):
            self.refused.emit(result)
            return
        self._copies.append(result)
        self.pasted.emit(PictureSource(result))
