"""What happens when the program itself fails: the log gets everything, the user one sentence."""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from pathlib import Path
from types import TracebackType

from PyQt5.QtCore import (
    QCoreApplication,
    QMessageLogContext,
    QObject,
    QtMsgType,
    pyqtSignal,
    pyqtSlot,
    qInstallMessageHandler,
)
from PyQt5.QtWidgets import QApplication, QWidget

from ocrstudio.formats.crash_report import crash_report, take_crash
from ocrstudio.services.background import Background
from ocrstudio.ui.dialogs.ask import ask
from ocrstudio.ui.dialogs.error_box import show_program_error

LOGGER = logging.getLogger(__name__)
QT_LOGGER = logging.getLogger("qt")

_QT_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
}


class ErrorTeller(QObject):
    """Carries an error from any thread to the window's thread and shows it there."""

    error_met = pyqtSignal(str, str)  # last line, whole traceback

    def __init__(self, log_file: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._log_file = log_file
        self.error_met.connect(self._on_error_met)

    def on_error(self, kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
        """For `sys.excepthook`: without it PyQt ends the process on an error in a slot."""
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        details = "".join(traceback.format_exception(kind, error, trace))
        LOGGER.error("unexpected error\n%s", details)
        self.error_met.emit(f"{kind.__name__}: {error}", details)

    def on_thread_error(self, args: threading.ExceptHookArgs) -> None:
        """For `threading.excepthook`."""
        self.on_error(args.exc_type, args.exc_value, args.exc_traceback)

    @pyqtSlot(str, str)
    def _on_error_met(self, summary: str, details: str) -> None:
        show_program_error(summary, details, self._log_file)


def on_qt_message(kind: QtMsgType, _context: QMessageLogContext, text: str | None) -> None:
    """For `qInstallMessageHandler`: Qt's warnings join the log."""
    QT_LOGGER.log(_QT_LEVELS.get(kind, logging.ERROR), "%s", text)


def install_hooks(app: QApplication, log_file: Path) -> ErrorTeller:
    """Sets all hooks; the errors of every thread end in the log and in one box."""
    teller = ErrorTeller(log_file, app)
    sys.excepthook = teller.on_error
    threading.excepthook = teller.on_thread_error
    qInstallMessageHandler(on_qt_message)
    return teller


def tell_last_crash(window: QWidget, logs: Path) -> None:
    """Says that the program crashed the last time, if it did, and offers what helps to mend it.

    Args:
        window: On the screen already.
        logs: Folder of the logs.
    """

    def report() -> str:
        crash = take_crash(logs)
        return crash_report(logs, crash) if crash else ""

    def offer(text: str) -> None:
        if text:
            translate = QCoreApplication.translate
            ask(
                window,
                "askAboutCrash",
                translate("ProgramError", "OCR Studio ended unexpectedly the last time. Your labels are safe."),
                [
                    (translate("ProgramError", "Show the report…"), lambda: _show_report(text, window)),
                    (translate("ProgramError", "Close"), None),
                ],
                explanation=translate("ProgramError", "A report helps to mend it. Nothing is sent by itself."),
                default=1,
            )

    Background(window, threads=1).run(report, offer)


def _show_report(text: str, window: QWidget) -> None:
    from ocrstudio.ui.dialogs.crash_report import CrashReportDialog

    CrashReportDialog(text, window).show()
