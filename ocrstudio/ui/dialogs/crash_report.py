"""Shows what a helper would get about a crash, and saves or copies it if the user wants."""

from __future__ import annotations

from pathlib import Path

from PyQt5.QtCore import Qt
from PyQt5.QtGui import QGuiApplication
from PyQt5.QtWidgets import QFileDialog, QPlainTextEdit, QVBoxLayout, QWidget

from ocrstudio.core.errors import StudioError
from ocrstudio.formats.atomic import write_atomic
from ocrstudio.ui.dialogs.ask import ask
from ocrstudio.ui.i18n import in_words
from ocrstudio.ui.widgets.dialog import Dialog
from ocrstudio.ui.widgets.parts import GRID, button, label, row

SIZE = (760, 520)


class CrashReportDialog(Dialog):
    """The report, word for word.

    Args:
        text: What `formats.crash_report.crash_report` made.
        parent: Owner.
    """

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("crashReport")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Report on the crash"))
        self.resize(*SIZE)
        hint = label("hint", wrap=True)
        hint.setText(
            self.tr(
                "This is what helps whoever mends the program. Names, folders and passwords were taken out. "
                "Nothing is sent: save it and attach it where you ask for help."
            )
        )
        self.shown = QPlainTextEdit(text)
        self.shown.setReadOnly(True)
        self.shown.setProperty("role", "mono")
        self.shown.setAccessibleName(self.tr("Report"))
        save, copy, close = (button(name) for name in ("saveReport", "copyReport", "closeReport"))
        save.setProperty("role", "primary")
        save.setText(self.tr("Save…"))
        copy.setText(self.tr("Copy"))
        close.setText(self.tr("Close"))
        save.clicked.connect(self.save)
        copy.clicked.connect(self.copy)
        close.clicked.connect(self.reject)
        column = QVBoxLayout(self)
        column.setSpacing(GRID)
        column.addWidget(hint)
        column.addWidget(self.shown, 1)
        column.addLayout(row(save, copy, None, close))

    def copy(self) -> None:
        """Puts the report on the clipboard."""
        clipboard = QGuiApplication.clipboard()
        if clipboard is not None:
            clipboard.setText(self.shown.toPlainText())

    def save(self) -> None:
        """Lets the user choose a file and writes the report."""
        name, _ = QFileDialog.getSaveFileName(
            self, self.windowTitle(), "ocrstudio-report.txt", self.tr("Text files (*.txt)")
        )
        if not name:
            return
        try:
            write_atomic(Path(name), self.shown.toPlainText())
        except StudioError as error:
            what = in_words(error)
            ask(self, "askReportFailed", what, [(self.tr("Close"), None)])
