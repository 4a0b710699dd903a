"""What a helper needs to see of a run, in one file: shown word for word before it is saved."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PyQt5.QtCore import QCoreApplication, Qt, pyqtSlot
from PyQt5.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QHeaderView,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QSplitter,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ocrstudio.formats.run_folder import RunFolder
from ocrstudio.protocol.messages import Failed
from ocrstudio.services.jobs import OneJob
from ocrstudio.ui.widgets.dialog import ButtonBox, Dialog
from ocrstudio.ui.widgets.message_bar import MessageBar
from ocrstudio.ui.widgets.parts import GRID, label, row

EXTENSION = ".zip"
SIZE_PX = (820, 560)
# Of a long file the beginning is shown: it was scrubbed as a whole.
PREVIEW_CHARACTERS = 100_000
NAME, SIZE, WHAT = range(3)


class ReportDialog(Dialog):
    """Lists the files of a report with their content, and saves them as one.

    Args:
        run: The run.
        parent: Owner.
        program: Replaces the program that collects; for tests.
    """

    def __init__(self, run: RunFolder, parent: QWidget | None = None, program: list[str] | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("reportDialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Collect for a report"))
        self.resize(*SIZE_PX)
        self._run = run
        self._job = OneJob(self, program)
        self._entries: list[dict[str, Any]] = []
        self._build()
        self._collect()

    def _build(self) -> None:
        words = label("hint", wrap=True)
        words.setText(
            self.tr(
                "These files go into one zip file that you can give to somebody who helps. Passwords, keys, names of "
                "people and computers, e-mail addresses and your folders are taken out. Look through them first."
            )
        )
        self.files = QTreeWidget()
        self.files.setObjectName("reportFiles")
        self.files.setRootIsDecorated(False)
        self.files.setAccessibleName(self.tr("Files of the report"))
        self.files.setHeaderLabels([self.tr("File"), self.tr("Size"), self.tr("What it is")])
        header = self.files.header()
        if header is not None:
            header.setSectionResizeMode(NAME, QHeaderView.ResizeMode.ResizeToContents)
            header.setSectionResizeMode(SIZE, QHeaderView.ResizeMode.ResizeToContents)
        self.preview = QPlainTextEdit()
        self.preview.setObjectName("reportPreview")
        self.preview.setReadOnly(True)
        self.preview.setAccessibleName(self.tr("Content of the file"))
        self.preview.setProperty("role", "mono")
        self.preview.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self.files)
        split.addWidget(self.preview)
        split.setSizes([250, 250])
        split.setChildrenCollapsible(False)
        self.labels = QCheckBox(self.tr("Also my labels and dictionary"))
        self.labels.setObjectName("reportLabels")
        self.pictures = QCheckBox(self.tr("Also some of my pictures"))
        self.pictures.setObjectName("reportPictures")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setRange(0, 0)
        self.message = MessageBar()
        self.buttons = ButtonBox(ButtonBox.StandardButton.Close)
        self.save_button = QPushButton(self.tr("Save…"))
        self.save_button.setObjectName("reportSave")
        self.save_button.setProperty("role", "primary")
        self.buttons.addButton(self.save_button, ButtonBox.ButtonRole.ActionRole)
        column = QVBoxLayout(self)
        column.setSpacing(2 * GRID)
        column.addWidget(words)
        column.addWidget(split, 1)
        column.addLayout(row(self.labels, self.pictures, None, spacing=2 * GRID))
        for widget in (self.bar, self.message, self.buttons):
            column.addWidget(widget)
        self.files.currentItemChanged.connect(self._on_files_current_changed)
        self.labels.toggled.connect(self._collect)
        self.pictures.toggled.connect(self._collect)
        self.save_button.clicked.connect(self._on_save_clicked)
        self.buttons.rejected.connect(self.reject)

    # --- collecting --------------------------------------------------------------------------------------------------

    @pyqtSlot()
    def _collect(self, out: Path | None = None) -> None:
        """Has the child collect, and write if there is a place for it."""
        self._job.close()
        arguments = ["runs", "report", str(self._run.path), *(["--out", str(out)] if out is not None else [])]
        chosen = ((self.labels, "--labels"), (self.pictures, "--pictures"))
        arguments += [option for box, option in chosen if box.isChecked()]
        self.save_button.setEnabled(False)
        self.message.clear()
        self.bar.show()
        self._job.start(arguments, self._take_entries, self._take_failure)

    def _take_entries(self, result: dict[str, Any]) -> None:
        self.bar.hide()
        self.save_button.setEnabled(True)
        self._entries = [entry for entry in result.get("entries", []) if isinstance(entry, dict)]
        chosen = self.files.indexOfTopLevelItem(self.files.currentItem()) if self.files.currentItem() else 0
        self.files.clear()
        for entry in self._entries:
            what = QCoreApplication.translate("Support", str(entry.get("what", "")))
            size = self.tr("{size} KB").format(size=max(1, round(int(entry.get("size") or 0) / 1024)))
            item = QTreeWidgetItem([str(entry.get("name", "")), size, what])
            item.setTextAlignment(SIZE, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter))
            self.files.addTopLevelItem(item)
        self.files.setCurrentItem(self.files.topLevelItem(min(chosen, len(self._entries) - 1)))
        out = str(result.get("out") or "")
        if out:
            self.message.show_message("good", lambda: self.tr("Saved as {file}.").format(file=Path(out).name))

    def _take_failure(self, failed: Failed) -> None:
        self.bar.hide()
        self.save_button.setEnabled(bool(self._entries))
        self.message.show_error(failed)

    def done(self, code: int) -> None:
        self._job.close()
        super().done(code)

    # --- the user says -----------------------------------------------------------------------------------------------

    @pyqtSlot(QTreeWidgetItem, QTreeWidgetItem)
    def _on_files_current_changed(self, item: QTreeWidgetItem | None, _previous: QTreeWidgetItem | None) -> None:
        place = self.files.indexOfTopLevelItem(item) if item is not None else -1
        entry = self._entries[place] if 0 <= place < len(self._entries) else {}
        text = str(entry.get("text", ""))
        if entry and not text:
            text = self.tr("(a picture)")
        self.preview.setPlainText(text[:PREVIEW_CHARACTERS])

    @pyqtSlot()
    def _on_save_clicked(self) -> None:
        name = f"{self._run.name}-report{EXTENSION}"
        kinds = self.tr("Zip files (*{extension})").format(extension=EXTENSION)
        chosen, _ = QFileDialog.getSaveFileName(self, self.windowTitle(), str(Path.home() / name), kinds)
        if chosen:
            out = Path(chosen)
            self._collect(out if out.suffix.lower() == EXTENSION else out.with_name(out.name + EXTENSION))
