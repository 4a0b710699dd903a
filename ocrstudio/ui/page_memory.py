"""Projects that open at the page where one left them."""

from __future__ import annotations

import json

from PyQt5.QtCore import QByteArray, QObject, pyqtSlot

from ocrstudio.services.project_session import ProjectSession
from ocrstudio.services.settings import WindowState

KEPT = 50  # projects, the latest
PLACE = "pages"


class PageMemory(QObject):
    """Notes the page that is open in each project, and tells the session where to begin.

    Args:
        state: Where the pages are kept; a program that is killed loses none.
        session: Its projects.
        parent: Owner.
    """

    def __init__(self, state: WindowState, session: ProjectSession, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state, self._session = state, session
        self._pages = self._read()
        session.page_left_in = self._pages.get
        session.page_opened.connect(self._on_session_page_opened)

    def _read(self) -> dict[str, str]:
        try:
            kept = json.loads(bytes(self._state.get(PLACE)) or b"{}")
        except ValueError:
            return {}
        pairs = kept.items() if isinstance(kept, dict) else ()
        return {folder: key for folder, key in pairs if isinstance(key, str)}

    @pyqtSlot(str)
    def _on_session_page_opened(self, key: str) -> None:
        folder = str(self._session.folder)
        self._pages.pop(folder, None)
        self._pages[folder] = key
        while len(self._pages) > KEPT:
            del self._pages[next(iter(self._pages))]
        self._state.put(PLACE, QByteArray(json.dumps(self._pages).encode()))
