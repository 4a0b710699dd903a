"""The setup page: traffic lights for everything the program needs, each with its fix."""

from __future__ import annotations

from typing import Any

from PyQt5.QtCore import pyqtSlot
from PyQt5.QtGui import QCloseEvent, QShowEvent
from PyQt5.QtWidgets import QFrame, QProgressBar, QVBoxLayout, QWidget

from ocrstudio.protocol.messages import Failed
from ocrstudio.services.checkouts import Checkouts
from ocrstudio.services.jobs import CommandJob
from ocrstudio.services.settings import Settings
from ocrstudio.ui.pages.setup.check_row import CheckRow
from ocrstudio.ui.pages.setup.checkouts_card import CheckoutsCard
from ocrstudio.ui.widgets.message_bar import MessageBar
from ocrstudio.ui.widgets.parts import GRID, button, card, label, row, scrolled
from ocrstudio.ui.widgets.translated import TranslatedWidget


class SetupPage(TranslatedWidget):
    """Runs the doctor on the first visit and whenever it is asked to.

    Args:
        settings: Unused so far; every page gets it.
        parent: Owner.
        program: Replaces the command's program; for tests.
    """

    def __init__(self, settings: Settings, parent: QWidget | None = None, program: list[str] | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("setupPage")
        self._settings, self._program = settings, program
        self._job: CommandJob | None = None
        self._status = ""
        self.rows: list[CheckRow] = []
        title, hint = label("title"), label("muted", wrap=True)
        self.summary = label("subtitle", "setupSummary", wrap=True)
        self.again_button = button("checkAgainButton", "fa5s.sync-alt")
        self.message = MessageBar()
        self._progress = QProgressBar()
        self._progress.setRange(0, 0)
        self._progress.setTextVisible(False)
        self._card = card(spacing=0)
        self._card.hide()
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 3 * GRID)
        column.setSpacing(GRID)
        column.addLayout(row(title, None, self.again_button))
        self._checkouts = Checkouts(self, program)
        self.checkouts_card = CheckoutsCard(self._checkouts)
        self.checkouts_card.failed.connect(self.message.show_error)
        for widget in (hint, self.message, self._progress, self.summary, self._card, self.checkouts_card):
            column.addWidget(widget)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(content))
        self.say(title.setText, lambda: self.tr("Setup"))
        self.say(
            hint.setText,
            lambda: self.tr(
                "What this computer has, and what is missing. Run a command in a terminal, then check again."
            ),
        )
        self.say(self.again_button.setText, lambda: self.tr("Check again"))
        self.say(self.summary.setText, self._summary_text)
        self.again_button.clicked.connect(self.check)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._checkouts.reload()
        if not self.rows and self._job is None:
            self.check()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._job is not None:
            self._job.close()
            self._job = None
        self._checkouts.close()
        super().closeEvent(event)

    @property
    def is_checking(self) -> bool:
        """Whether the doctor is at work."""
        return self._job is not None

    @pyqtSlot()
    def check(self) -> None:
        """Looks at the machine again, in a child process."""
        if self._job is not None:
            return
        self.message.clear()
        self._job = CommandJob(["doctor"], self, self._program)
        self._job.done.connect(self._on_job_done)
        self._job.failed.connect(self._on_job_failed)
        self._show_checking(True)
        self._job.start()

    def _show_checking(self, checking: bool) -> None:
        self._progress.setVisible(checking)
        self.again_button.setEnabled(not checking)
        self.summary.setText(self._summary_text())

    @pyqtSlot(object)
    def _on_job_done(self, result: dict[str, Any]) -> None:
        self._status = str(result.get("status", ""))
        self._fill(result.get("checks", []))
        self._end_job()

    @pyqtSlot(object)
    def _on_job_failed(self, failed: Failed) -> None:
        self._end_job()
        self.message.show_error(failed)

    def _end_job(self) -> None:
        if self._job is not None:
            self._job.deleteLater()
            self._job = None
        self._show_checking(False)

    def _fill(self, checks: list[dict[str, Any]]) -> None:
        column = self._card.layout()
        while column is not None and column.count():
            item = column.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.rows = []
        # What needs a hand comes first; the order of the work is kept within.
        order = {"error": 0, "warning": 1}
        for check in sorted(checks, key=lambda one: order.get(str(one.get("status")), 2)):
            if self.rows and column is not None:
                line = QFrame()
                line.setProperty("role", "line")
                line.setFixedHeight(1)
                column.addWidget(line)
            made = CheckRow(check)
            made.copied.connect(self._on_row_copied)
            self.rows.append(made)
            if column is not None:
                column.addWidget(made)
        self._card.setVisible(bool(self.rows))

    @pyqtSlot(str)
    def _on_row_copied(self, _command: str) -> None:
        self.message.show_message(
            "good", lambda: self.tr("Copied. Paste it into a terminal, run it, start OCR Studio again and check again.")
        )

    def _summary_text(self) -> str:
        if self._job is not None:
            return self.tr("Looking at this computer…")
        return {
            "ok": self.tr("Everything is ready."),
            "warning": self.tr("Everything needed is there; something could be better."),
            "error": self.tr("Something is missing."),
        }.get(self._status, "")
