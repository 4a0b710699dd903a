"""Commands that mend something: shown first, then run with everything they say, stopped on demand, and checked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PyQt5.QtCore import Qt, pyqtSignal, pyqtSlot
from PyQt5.QtGui import QCloseEvent
from PyQt5.QtWidgets import QPlainTextEdit, QProgressBar, QVBoxLayout, QWidget

from ocrstudio.protocol.messages import Failed
from ocrstudio.services.jobs import CommandJob
from ocrstudio.ui.widgets.dialog import Dialog
from ocrstudio.ui.widgets.message_bar import Kind, MessageBar
from ocrstudio.ui.widgets.parts import GRID, button, label, row

SIZE_PX = (860, 560)
# What pip says of one large package; more is nobody's reading.
_MOST_LINES = 4000
Verdict = Callable[[dict[str, Any]], tuple[Kind, str]]


class FixDialog(Dialog):
    """Runs one fix.

    Args:
        title: What is mended; the window's title.
        commands: For people, one a line; nothing else is run.
        arguments: The subcommand that runs them, and its arguments.
        verdict: Says of the subcommand's result how good it is, and what to tell.
        parent: Owner.
        program: Replaces the subcommand's program; for tests.
    """

    ended = pyqtSignal(object)  # dict of the subcommand, or None if it gave none; whatever happened, look again

    def __init__(
        self,
        title: str,
        commands: Sequence[str],
        arguments: list[str],
        verdict: Verdict,
        parent: QWidget | None = None,
        program: list[str] | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("fixDialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.resize(*SIZE_PX)
        self._verdict = verdict
        self._job: CommandJob | None = CommandJob(arguments, self, program)
        self._is_running = False
        self._followed = 0  # where the bar of the output was left
        intro = label("", "fixIntro", wrap=True)
        intro.setText(self.tr("These commands will be run, nothing else:"))
        self.commands_view = _text("fixCommands", "\n".join(commands))
        self.commands_view.setFixedHeight(
            min(5, len(commands) + 1) * self.commands_view.fontMetrics().lineSpacing() + 4 * GRID
        )
        self.commands_view.setAccessibleName(intro.text())
        self.output = _text("fixOutput", "")
        self.output.setMaximumBlockCount(_MOST_LINES)
        self.output.setPlaceholderText(self.tr("What the commands say appears here."))
        self.output.setAccessibleName(self.tr("Output of the commands"))
        self.message = MessageBar()
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._progress.hide()
        self.run_button = button("fixRun", "fa5s.play", "primary")
        self.run_button.setText(self.tr("Run them"))
        self.cancel_button = button("fixCancel", "fa5s.stop")
        self.cancel_button.setText(self.tr("Stop"))
        self.cancel_button.hide()
        self.close_button = button("fixClose")
        self.close_button.setText(self.tr("Close"))
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        column.setSpacing(GRID)
        for widget in (intro, self.commands_view, self.message, self._progress):
            column.addWidget(widget)
        column.addWidget(self.output, 1)
        column.addLayout(row(None, self.run_button, self.cancel_button, self.close_button))
        self._connect()

    def _connect(self) -> None:
        self.run_button.clicked.connect(self._on_run_clicked)
        self.cancel_button.clicked.connect(self._on_cancel_clicked)
        self.close_button.clicked.connect(self.reject)
        if self._job is not None:
            self._job.log_received.connect(self._on_job_log_received)
            self._job.progressed.connect(self._on_job_progressed)
            self._job.done.connect(self._on_job_done)
            self._job.failed.connect(self._on_job_failed)
            self._job.cancelled.connect(self._on_job_cancelled)

    @property
    def is_running(self) -> bool:
        """Whether the commands are at work."""
        return self._is_running

    def reject(self) -> None:
        """While something runs it is stopped instead; the outcome is told before the dialog can be closed."""
        if self._is_running:
            self._on_cancel_clicked()
        else:
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._is_running and event.spontaneous():
            self._on_cancel_clicked()
            event.ignore()
            return
        self.shut_down()
        super().closeEvent(event)

    def shut_down(self) -> None:
        """Ends what runs and waits for that; for an owner that goes away."""
        if self._job is not None:
            self._job.close()
            self._job = None
        self._is_running = False

    @pyqtSlot()
    def _on_run_clicked(self) -> None:
        if self._job is None or self._is_running:
            return
        self.output.clear()
        self._followed = 0
        self.message.clear()
        self._show_running(True)
        self._job.start()

    @pyqtSlot(str)
    def _on_job_log_received(self, text: str) -> None:
        """Adds a line and follows it, unless somebody has scrolled back."""
        bar = self.output.verticalScrollBar()
        follows = bar is not None and bar.value() >= self._followed
        self.output.appendPlainText(text)
        if bar is not None and follows:
            bar.setValue(bar.maximum())
            self._followed = bar.value()

    @pyqtSlot()
    def _on_cancel_clicked(self) -> None:
        if self._job is not None and self._is_running:
            self.cancel_button.setEnabled(False)
            self._job.cancel()

    def _show_running(self, running: bool) -> None:
        self._is_running = running
        self.run_button.setVisible(not running)
        self.cancel_button.setVisible(running)
        self.cancel_button.setEnabled(running)
        self.close_button.setEnabled(not running)
        self._progress.setVisible(running)
        self._progress.setRange(0, 0)

    @pyqtSlot(str, int, int)
    def _on_job_progressed(self, _name: str, done: int, total: int) -> None:
        # the bar of a single step would jump from nothing to all
        self._progress.setRange(0, total if total > 1 else 0)
        self._progress.setValue(done)

    @pyqtSlot(object)
    def _on_job_done(self, result: dict[str, Any]) -> None:
        self._show_running(False)
        if result.get("stopped"):
            self._tell_stopped()
        else:
            kind, text = self._verdict(result)
            self.message.show_message(kind, lambda: text)
            self.run_button.setText(self.tr("Run them again"))
        self.ended.emit(result)

    @pyqtSlot(object)
    def _on_job_failed(self, failed: Failed) -> None:
        self._show_running(False)
        self.run_button.setText(self.tr("Run them again"))
        self.message.show_error(failed)
        self.ended.emit(None)

    @pyqtSlot()
    def _on_job_cancelled(self) -> None:
        self._show_running(False)
        self._tell_stopped()
        self.ended.emit(None)

    def _tell_stopped(self) -> None:
        self.run_button.setText(self.tr("Run them again"))
        self.message.show_message(
            "warn",
            lambda: self.tr(
                "Stopped. What the last command had begun may be half done: packages may be missing now. The Setup "
                "page is looking again; running the commands again completes it."
            ),
        )


def _text(name: str, content: str) -> QPlainTextEdit:
    made = QPlainTextEdit(content)
    made.setObjectName(name)
    made.setReadOnly(True)
    made.setTabChangesFocus(True)
    made.setProperty("role", "mono")
    return made
