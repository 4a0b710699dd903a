"""Config files: a copy of one is edited, the draft is saved, and said so."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PyQt5.QtCore import QObject, pyqtSignal
from PyQt5.QtWidgets import QFileDialog, QWidget

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, ProjectError, StudioError
from ocrstudio.formats.config import read_text
from ocrstudio.formats.config_base import Base, refuse_template
from ocrstudio.services.background import Background
from ocrstudio.services.config_draft import ConfigDraft, Opened, read_opened
from ocrstudio.ui.pages.config.comparing import Comparing
from ocrstudio.ui.widgets.message_bar import MessageBar

QUICK_TO_READ = 10_000  # characters; longer texts are read on a thread


class Filing(QObject):
    """Opens files into the draft and saves it.

    Args:
        draft: The config.
        comparing: Compares the draft with what was opened.
        message: Where it is told how that went.
        parent: Owner, and of the dialogs; it calls `close`.
    """

    opened = pyqtSignal()  # the draft is the copy of a file now

    def __init__(self, draft: ConfigDraft, comparing: Comparing, message: MessageBar, parent: QWidget) -> None:
        super().__init__(parent)
        self._draft, self._comparing, self._message, self._window = draft, comparing, message, parent
        self._background = Background(self, threads=1)

    def close(self) -> None:
        """Drops what is being read."""
        self._background.close()

    def choose(self, start: str) -> None:
        """Asks which file to open."""
        kinds = self.tr("Configs (*.yml *.yaml)")
        file, _ = QFileDialog.getOpenFileName(self._window, self.tr("Open a config"), start, kinds)
        if file:
            self.open(Path(file))

    def open(self, path: Path) -> None:
        """Edits a copy of a config file, broken or not; the file itself stays as it is."""

        def read() -> Opened | StudioError:
            try:
                return read_opened(read_text(path))
            except StudioError as error:
                return _naming(error, path)

        if path.is_file() and path.stat().st_size > QUICK_TO_READ:
            self._background.run(read, partial(self._take, path.name))
        else:
            self._take(path.name, read())

    def save_copy(self, folder: Path) -> None:
        """Asks where to, and saves the draft there."""
        kinds = self.tr("Configs (*.yml *.yaml)")
        start = str(folder / "config.yml")
        file, _ = QFileDialog.getSaveFileName(self._window, self.tr("Save the config as a copy"), start, kinds)
        if file and self.save(Path(file)):
            self._message.show_message("good", lambda: self.tr("Saved as {file}.").format(file=file))

    def save(self, path: Path) -> bool:
        """Saves the draft; whether that could be done. A message says why not."""
        try:
            if self._draft.error is not None:
                raise self._draft.error
            refuse_template(path)
            path.parent.mkdir(parents=True, exist_ok=True)
            self._draft.config.save(path)
        except OSError as error:
            what = QT_TRANSLATE_NOOP("Errors", "{folder} cannot be made: {reason}.")
            self._message.show_error(ProjectError(what, folder=path.parent, reason=error.strerror))
            return False
        except StudioError as error:
            self._message.show_error(error)
            return False
        return True

    def _take(self, name: str, opened: Opened | StudioError) -> None:
        if isinstance(opened, StudioError):
            self._message.show_error(opened)
            return
        self._message.clear()
        if opened.is_mended:
            self._message.show_message(
                "warn",
                lambda: self.tr(
                    "{file} was mended while it was read: of keys that stood twice the last one stays, "
                    "and numbers such "
                    "as 1e-3, which PaddleOCR takes for text, got a point."
                ).format(file=name),
            )
        self._draft.take_opened(opened)
        if self._draft.error is None:
            self._comparing.look_for_base(Base(name, self._draft.text, self._draft.config.plain()))
        self.opened.emit()


def _naming(error: StudioError, path: Path) -> StudioError:
    """The error with the file's name where it says "config"."""
    if "file" in error.values:
        error.values["file"] = path
    return error
