"""The lines of a project as crops and texts: where to, which pages, and what came of it."""

from __future__ import annotations

from pathlib import Path

from PyQt5.QtCore import QCoreApplication, pyqtSlot
from PyQt5.QtGui import QShowEvent
from PyQt5.QtWidgets import (
    QButtonGroup,
    QFileDialog,
    QListWidget,
    QProgressBar,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from ocrstudio.core.errors import StudioError
from ocrstudio.formats.dataset import Skipped
from ocrstudio.formats.rec_export import CROP_DIR, LIST_FILE, RecExport
from ocrstudio.services.crop_export import CropExporter
from ocrstudio.services.project_session import ProjectSession
from ocrstudio.ui import theme
from ocrstudio.ui.i18n import in_words
from ocrstudio.ui.widgets.dialog import ButtonBox, Dialog
from ocrstudio.ui.widgets.opener import open_place
from ocrstudio.ui.widgets.parts import GRID, ElidedLabel, button, label, row

SIZE_PX = (620, 440)
# More lines than anybody reads would take seconds to lay out.
SHOWN_SKIPPED = 500


class CropExportDialog(Dialog):
    """Exports the crops of the open project as PPOCRLabel does, without stopping the window.

    Args:
        session: The open project.
        parent: Owner.
    """

    def __init__(self, session: ProjectSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("cropExportDialog")
        self.setWindowTitle(self.tr("Export crops for recognition"))
        self.resize(*SIZE_PX)
        self._out = session.folder or Path.home()
        self._exporter = CropExporter(session, self)
        self._checked = self._exporter.checked_keys()
        self._labelled = self._exporter.labelled_keys()
        self._build()
        self._exporter.progressed.connect(self._on_exporter_progressed)
        self._exporter.finished.connect(self._on_exporter_finished)
        self._exporter.failed.connect(self._on_exporter_failed)
        self._exporter.cancelled.connect(self._on_exporter_cancelled)
        self.set_out(self._out)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setSpacing(GRID)
        about = label("muted", wrap=True)
        about.setText(
            self.tr("Cuts out every line that has a text and writes {list} and {folder}, as PPOCRLabel does.").format(
                list=LIST_FILE, folder=CROP_DIR
            )
        )
        column.addWidget(about)
        self.folder = ElidedLabel("cropExportFolder")
        self.folder_button = button("cropExportChoose", "fa5s.folder-open")
        self.folder_button.setText(self.tr("Folder…"))
        line = row(self.folder, self.folder_button)
        line.setStretchFactor(self.folder, 1)
        column.addLayout(line)
        self.checked = QRadioButton(self.tr("Checked pages ({count})").format(count=len(self._checked)))
        self.checked.setObjectName("cropExportChecked")
        self.labelled = QRadioButton(
            self.tr("All labelled pages ({count}), checked or not").format(count=len(self._labelled))
        )
        self.labelled.setObjectName("cropExportLabelled")
        group = QButtonGroup(self)
        for choice in (self.checked, self.labelled):
            group.addButton(choice)
            column.addWidget(choice)
        (self.checked if self._checked or not self._labelled else self.labelled).setChecked(True)
        self.said = label("muted", "cropExportSaid", wrap=True)
        self.progress = QProgressBar()
        self.progress.setObjectName("cropExportProgress")
        self.progress.setTextVisible(False)
        self.progress.hide()
        self.skipped = QListWidget()
        self.skipped.setObjectName("cropExportSkipped")
        self.skipped.setWordWrap(True)
        self.skipped.hide()
        for widget in (self.said, self.progress):
            column.addWidget(widget)
        column.addWidget(self.skipped, 1)
        column.addStretch(0)
        self._build_buttons(column)

    def _build_buttons(self, column: QVBoxLayout) -> None:
        self.buttons = ButtonBox()
        self.open_folder = button("cropExportOpen", "fa5s.folder-open", role="quiet")
        self.open_folder.setText(self.tr("Open folder"))
        self.go = button("cropExportGo", role="primary")
        self.go.setText(self.tr("Export"))
        self.go.setDefault(True)
        self.stop = button("cropExportStop")
        self.stop.setText(self.tr("Stop"))
        self.shut = button("cropExportClose")
        self.shut.setText(self.tr("Close"))
        for one in (self.open_folder, self.go, self.stop):
            self.buttons.addButton(one, ButtonBox.ButtonRole.ActionRole)
        self.buttons.addButton(self.shut, ButtonBox.ButtonRole.RejectRole)
        for one in (self.folder_button, self.open_folder, self.stop, self.shut):
            one.setAutoDefault(False)  # Return always means Export
        column.addWidget(self.buttons)
        self.folder_button.clicked.connect(self._on_folder_clicked)
        self.go.clicked.connect(self._on_go_clicked)
        self.stop.clicked.connect(self._exporter.cancel)
        self.open_folder.clicked.connect(self._on_open_clicked)
        self.shut.clicked.connect(self.reject)

    def set_out(self, out: Path) -> None:
        """Writes into that folder."""
        self._out = out
        self.folder.show_text(str(out))
        self.open_folder.hide()
        if (out / LIST_FILE).exists():
            text = self.tr(
                "{list} there will be replaced. Crops that are there already stay unless they have the same name."
            )
            self._say(text.format(list=LIST_FILE), "warn")
        else:
            self._say(self.tr("Nothing that is in the folder will be deleted."), "muted")

    @pyqtSlot()
    def _on_folder_clicked(self) -> None:
        name = QFileDialog.getExistingDirectory(self, self.tr("Folder for the crops"), str(self._out))
        if name:
            self.set_out(Path(name))

    @pyqtSlot()
    def _on_go_clicked(self) -> None:
        keys = self._checked if self.checked.isChecked() else self._labelled
        self.skipped.clear()
        self.skipped.hide()
        self.progress.setRange(0, len(keys))
        self.progress.setValue(0)
        self._say(self.tr("Writing…"), "muted")
        self._show_running(running=True)
        if not self._exporter.start(self._out, keys):
            self._show_running(running=False)
            self._say(self.tr("No project is open."), "warn")

    @pyqtSlot()
    def _on_open_clicked(self) -> None:
        open_place(self._out, self)

    @pyqtSlot(int, int)
    def _on_exporter_progressed(self, done: int, total: int) -> None:
        self.progress.setRange(0, total)
        self.progress.setValue(done)

    @pyqtSlot(object)
    def _on_exporter_finished(self, result: RecExport) -> None:
        self._show_running(running=False)
        text = self.tr("{lines} lines of {pages} pages were written.").format(lines=result.lines, pages=result.pages)
        if result.skipped:
            text += " " + self.tr("{count} were left out:").format(count=len(result.skipped))
        self._say(text, "warn" if result.skipped else "good")
        self.skipped.addItems([_reason(one) for one in result.skipped[:SHOWN_SKIPPED]])
        if len(result.skipped) > SHOWN_SKIPPED:
            self.skipped.addItem(self.tr("… and {count} more").format(count=len(result.skipped) - SHOWN_SKIPPED))
        self.skipped.setVisible(bool(result.skipped))
        self.open_folder.show()

    @pyqtSlot(object)
    def _on_exporter_failed(self, error: StudioError) -> None:
        self._show_running(running=False)
        self._say(in_words(error), "bad")

    @pyqtSlot()
    def _on_exporter_cancelled(self) -> None:
        self._show_running(running=False)
        self._say(self.tr("Stopped. The earlier list, if there is one, is as it was."), "warn")

    def _show_running(self, *, running: bool) -> None:
        self.progress.setVisible(running)
        self.stop.setVisible(running)
        for widget in (self.go, self.folder_button, self.checked, self.labelled):
            widget.setEnabled(not running)
        if running:
            self.open_folder.hide()

    def _say(self, text: str, role: str) -> None:
        self.said.setText(text)
        theme.mark(self.said, role)

    def showEvent(self, event: QShowEvent) -> None:
        # A box of buttons shows all that it holds when it is polished.
        super().showEvent(event)
        self.stop.hide()
        self.open_folder.hide()

    def done(self, result: int) -> None:
        """Ends what runs; closing, Escape and the button all come here."""
        self._exporter.close()
        super().done(result)


def _reason(skipped: Skipped) -> str:
    """A page and why it, or a box of it, was left out; in the language in use."""
    template = QCoreApplication.translate("Errors", skipped.template)
    return f"{skipped.page}: {template.format(**skipped.values)}"
