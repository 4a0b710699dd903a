"""What the session has to say, as messages above the pages."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt5.QtCore import QCoreApplication, QObject, pyqtSlot

from ocrstudio.core.errors import StudioError
from ocrstudio.services.project_session import ProjectSession
from ocrstudio.ui.widgets.message_bar import MessageBar

translate = QCoreApplication.translate


class SessionMessages(QObject):
    """Shows refused folders, failed saves, and files that another program changed, with a button that merges them.

    Args:
        session: The open project.
        bar: Where the messages appear; also its owner.
    """

    def __init__(self, session: ProjectSession, bar: MessageBar) -> None:
        super().__init__(bar)
        self._session, self._bar = session, bar
        session.failed.connect(self.show_error)
        session.save_failed.connect(self._on_session_save_failed)
        session.saved.connect(self._on_session_saved)
        session.label_file_changed.connect(self._on_session_label_file_changed)
        session.merged.connect(self._on_session_merged)
        bar.action_requested.connect(self._on_bar_action_requested)
        self._is_about_saving = False

    @pyqtSlot(object)
    def show_error(self, error: StudioError) -> None:
        """Shows an error until it is closed or replaced."""
        self._is_about_saving = False
        self._bar.show_error(error)

    @pyqtSlot(object)
    def _on_session_save_failed(self, error: StudioError) -> None:
        self._bar.show_error(error)
        self._is_about_saving = True

    @pyqtSlot()
    def _on_session_saved(self) -> None:
        if self._is_about_saving:
            self._bar.clear()
            self._is_about_saving = False

    @pyqtSlot(object)
    def _on_session_label_file_changed(self, error: StudioError) -> None:
        self._bar.show_error(error, kind="warn", action=lambda: translate("SessionMessages", "Merge both"))

    @pyqtSlot()
    def _on_bar_action_requested(self) -> None:
        self._bar.clear()
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
