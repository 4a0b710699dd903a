"""What the session has to say, as messages above the pages."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt5.QtCore import QCoreApplication, QObject, pyqtSignal, pyqtSlot

from ocrstudio.core.errors import StudioError
from ocrstudio.formats.project_gone import ProjectGoneError
from ocrstudio.services.project_session import ProjectSession
from ocrstudio.ui.widgets.message_bar import MessageBar

translate = QCoreApplication.translate


class SessionMessages(QObject):
    """Shows refused folders, failed saves, and files that another program changed, with a button that takes them over.

    That the project's folder is gone stands in a bar of its own, so that nothing else takes its place. What fails
    because of it is told as that, with a way to find the folder again.

    Args:
        session: The open project.
        bar: Where the messages appear; also its owner.
        standing: Where it stands that the folder is gone, above the others.
    """

    find_requested = pyqtSignal()  # the user wants to show where the project's folder is now

    def __init__(self, session: ProjectSession, bar: MessageBar, standing: MessageBar) -> None:
        super().__init__(bar)
        self._session, self._bar, self._standing = session, bar, standing
        session.failed.connect(self.show_error)
        session.save_failed.connect(self._on_session_save_failed)
        session.saved.connect(self._on_session_saved)
        session.label_file_changed.connect(self._on_session_label_file_changed)
        session.merged.connect(self._on_session_merged)
        session.folder_changed.connect(self._on_session_folder_changed)
        session.pages_listed.connect(self._on_session_pages_listed)
        session.project_opened.connect(standing.clear)
        session.gone_folder.vanished.connect(self._on_folder_vanished)
        session.gone_folder.returned.connect(self._on_folder_returned)
        bar.action_requested.connect(self._on_bar_action_requested)
        standing.action_requested.connect(self.find_requested)
        self._about = ""  # "saving", "images": what the message that is shown would be taken away by

    @pyqtSlot(object)
    def show_error(self, error: StudioError) -> None:
        """Shows an error until it is closed or replaced."""
        if isinstance(error, ProjectGoneError):
            self._session.gone_folder.look()
            error = self._session.gone_folder.error or error
            self._on_folder_vanished(error)
            return
        self._about = ""
        self._bar.show_error(error)

    @pyqtSlot(object)
    def _on_session_save_failed(self, error: StudioError) -> None:
        self.show_error(error)
        if not isinstance(error, ProjectGoneError):
            self._about = "saving"

    @pyqtSlot(object)
    def _on_folder_vanished(self, error: StudioError) -> None:
        self._standing.show_error(error, action=lambda: translate("SessionMessages", "Find the folder…"))

    @pyqtSlot()
    def _on_folder_returned(self) -> None:
        self._standing.show_message(
            "good",
            lambda: translate("SessionMessages", "The project's folder is back; work goes on where it stopped."),
        )

    @pyqtSlot()
    def _on_session_saved(self) -> None:
        if self._about == "saving":
            self._bar.clear()
            self._about = ""

    @pyqtSlot(object)
    def _on_session_label_file_changed(self, error: StudioError) -> None:
        self._about = ""
        self._bar.show_error(error, kind="warn", action=lambda: translate("SessionMessages", "Merge both"))

    @pyqtSlot(int, int)
    def _on_session_folder_changed(self, added: int, gone: int) -> None:
        if self._bar.text and self._about != "images":
            return  # what is told there is more urgent; the next look at the folder tells it again

        def text() -> str:
            told = translate("SessionMessages", "Images in the folder: {added} new, {gone} no longer there.")
            return told.format(added=added, gone=gone)

        self._bar.show_message("warn", text, action=lambda: translate("SessionMessages", "Update the list"))
        self._about = "images"

    @pyqtSlot()
    def _on_session_pages_listed(self) -> None:
        if self._about == "images":
            self._bar.clear()
            self._about = ""

    @pyqtSlot()
    def _on_bar_action_requested(self) -> None:
        self._bar.clear()
        if self._about == "images":
            self._about = ""
            self._session.refresh()
        else:
            self._session.merge_from_disk()

    @pyqtSlot(object)
    def _on_session_merged(self, both: Sequence[str]) -> None:
        if both:
            pages = ", ".join(both)
            self._bar.show_message(
                "warn",
                lambda: translate(
                    "SessionMessages", "Merged. Pages changed on both sides show your edits: {pages}."
                ).format(pages=pages),
            )
        else:
            self._bar.show_message(
                "good", lambda: translate("SessionMessages", "Merged: the other program's pages are shown now.")
            )
