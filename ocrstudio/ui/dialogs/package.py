"""A project as one file for a colleague, and a project made of such a file."""

from __future__ import annotations

import getpass
import threading
from collections.abc import Callable
from pathlib import Path

from PyQt5.QtCore import QCoreApplication, Qt, pyqtSlot
from PyQt5.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QFormLayout,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, StudioError
from ocrstudio.core.page import Page, PageState
from ocrstudio.formats.package import unpack, write_package
from ocrstudio.services.background import Background
from ocrstudio.services.project_session import ProjectSession
from ocrstudio.ui.i18n import in_words
from ocrstudio.ui.widgets.dialog import ButtonBox, Dialog
from ocrstudio.ui.widgets.message_bar import MessageBar
from ocrstudio.ui.widgets.parts import GRID, label

EXTENSION = ".zip"
LEAST_WIDTH_PX = 480


class Cancelled(StudioError):  # noqa: N818 - it is no failure
    """The user stopped it; nothing was written."""


class WorkDialog(Dialog):
    """A dialog that does one long thing on a thread, with progress, a way to stop it, and a sentence at the end."""

    def __init__(self, name: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(LEAST_WIDTH_PX)
        self._background = Background(self, threads=1)
        self._stop = threading.Event()
        self._tell_progress = self._background.messenger(self._on_progressed)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.hide()
        self.message = MessageBar()

    def work(self, action: Callable[[], object], done: Callable[[object], None]) -> None:
        """Runs `action` on the thread; `done` gets its result or the StudioError it ended with."""
        self._stop.clear()
        self.message.clear()
        self.bar.setRange(0, 0)
        self.bar.show()

        def guarded() -> object:
            try:
                return action()
            except StudioError as error:
                return error

        self._background.run(guarded, done)

    def progress(self, done: int, total: int) -> None:
        """Called on the thread after each picture; ends the work when the user asked for that."""
        if self._stop.is_set():
            raise Cancelled(QT_TRANSLATE_NOOP("Errors", "Stopped; nothing was written."))
        self._tell_progress(done, total)

    def _on_progressed(self, done: int, total: int) -> None:
        self.bar.setRange(0, max(1, total))
        self.bar.setValue(done)

    def done(self, code: int) -> None:
        self._stop.set()
        self._background.close()
        super().done(code)


class PackageDialog(WorkDialog):
    """Writes a project package.

    Args:
        session: The open project.
        parent: Owner.
    """

    def __init__(self, session: ProjectSession, parent: QWidget | None = None) -> None:
        super().__init__("packageDialog", parent)
        self._session = session
        self.setWindowTitle(self.tr("Project package"))
        explanation = label("hint", wrap=True)
        explanation.setText(
            self.tr(
                "One file with pages and labels for a colleague. What comes back is put together with your work by "
                "“Merge a colleague's work”."
            )
        )
        self.scope = QComboBox()
        self.scope.setObjectName("packageScope")
        self.scope.addItem(self.tr("All pages"), None)
        self.scope.addItem(self.tr("Pages that are not checked yet"), frozenset(PageState) - {PageState.CHECKED})
        self.scope.addItem(self.tr("Checked pages"), frozenset({PageState.CHECKED}))
        self.images = QCheckBox(self.tr("With the pictures"))
        self.images.setObjectName("packageImages")
        self.images.setChecked(True)
        self.images.setToolTip(self.tr("Not needed when the colleague has the same pictures, or sends work back."))
        self.annotator = QLineEdit(_user_name())
        self.annotator.setObjectName("packageAnnotator")
        form = QFormLayout()
        form.addRow(self.tr("Pages"), self.scope)
        form.addRow(self.tr("Your name"), self.annotator)
        form.addRow("", self.images)
        self.buttons = ButtonBox(ButtonBox.StandardButton.Close)
        self.write_button = QPushButton(self.tr("Write the package…"))
        self.write_button.setObjectName("packageWrite")
        self.write_button.setProperty("role", "primary")
        self.buttons.addButton(self.write_button, ButtonBox.ButtonRole.ActionRole)
        column = QVBoxLayout(self)
        column.setSpacing(2 * GRID)
        column.addWidget(explanation)
        column.addLayout(form)
        for widget in (self.bar, self.message, self.buttons):
            column.addWidget(widget)
        self.buttons.rejected.connect(self.reject)
        self.write_button.clicked.connect(self._on_write_clicked)

    @pyqtSlot()
    def _on_write_clicked(self) -> None:
        folder = self._session.folder
        if folder is None:
            return
        start = str(folder.parent / f"{folder.name}{EXTENSION}")
        name, _ = QFileDialog.getSaveFileName(
            self, self.windowTitle(), start, self.tr("Project packages (*{extension})").format(extension=EXTENSION)
        )
        if name:
            self.write(Path(name))

    def write(self, out: Path) -> None:
        """Writes the chosen pages to a file on a thread."""
        store = self._session.store
        if store is None:
            return
        if out.suffix.lower() != EXTENSION:
            out = out.with_name(out.name + EXTENSION)
        self._session.commit_requested.emit()
        states = self.scope.currentData()
        snapshots = [store.snapshot(key) for key in store.keys if states is None or store.state(key) in states]
        folder, annotator, images = store.folder, self.annotator.text().strip(), self.images.isChecked()

        def action() -> object:
            pages: list[Page] = [snapshot() for snapshot in snapshots]
            return write_package(pages, folder, out, annotator=annotator, images=images, progress=self.progress)

        self.write_button.setEnabled(False)
        self.work(action, lambda result: self._show(result, out))

    def _show(self, result: object, out: Path) -> None:
        self.bar.hide()
        self.write_button.setEnabled(True)
        if isinstance(result, StudioError):
            self.message.show_message("bad", lambda: in_words(result))
            return
        self.message.show_message(
            "good", lambda: self.tr("{count} pages are in {file}.").format(count=result, file=out.name)
        )


class UnpackDialog(WorkDialog):
    """Makes a project of a package and opens it.

    Args:
        session: Opens the project that is made.
        package: The file.
        folder: A new folder.
        parent: Owner.
    """

    def __init__(self, session: ProjectSession, package: Path, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__("unpackDialog", parent)
        self._session, self._folder = session, folder
        self.setWindowTitle(self.tr("Open a project package"))
        words = label(wrap=True)
        words.setText(self.tr("{file} is unpacked to {folder}.").format(file=package.name, folder=folder))
        self.buttons = ButtonBox(ButtonBox.StandardButton.Cancel)
        self.buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setSpacing(2 * GRID)
        for widget in (words, self.bar, self.message, self.buttons):
            column.addWidget(widget)

        def action() -> object:
            unpack(package, folder, self.progress).close()
            return None

        self.work(action, self._on_unpacked)

    def _on_unpacked(self, result: object) -> None:
        self.bar.hide()
        if isinstance(result, StudioError):
            self.message.show_message("bad", lambda: in_words(result))
            return
        session, folder = self._session, self._folder
        self.accept()
        session.open(folder)


def choose_and_unpack(session: ProjectSession, parent: QWidget) -> UnpackDialog | None:
    """Asks for a package and a place for it, and unpacks it there.

    Returns:
        The open dialog, or None if the user chose nothing.
    """
    translate = QCoreApplication.translate
    kinds = translate("UnpackDialog", "Project packages (*{extension})").format(extension=EXTENSION)
    name, _ = QFileDialog.getOpenFileName(parent, translate("UnpackDialog", "Open a project package"), "", kinds)
    if not name:
        return None
    package = Path(name)
    title = translate("UnpackDialog", "Name of the new project folder")
    place, _ = QFileDialog.getSaveFileName(parent, title, str(package.with_suffix("")))
    if not place:
        return None
    dialog = UnpackDialog(session, package, Path(place), parent)
    dialog.open()
    return dialog


def _user_name() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""
