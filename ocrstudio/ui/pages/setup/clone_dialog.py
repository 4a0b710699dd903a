"""Which PaddleOCR to clone: address, and tag or branch out of those that are there."""

from __future__ import annotations

from typing import Any

from PyQt5.QtCore import Qt, pyqtSignal, pyqtSlot
from PyQt5.QtGui import QCloseEvent
from PyQt5.QtWidgets import QComboBox, QFormLayout, QVBoxLayout, QWidget

from ocrstudio.formats.checkout import MIRROR, PROVEN_TAG, REPOSITORY
from ocrstudio.protocol.messages import Failed
from ocrstudio.services.jobs import OneJob
from ocrstudio.ui.i18n import translated
from ocrstudio.ui.widgets.dialog import Dialog
from ocrstudio.ui.widgets.parts import GRID, button, label, row

_WIDTH_PX = 620


class CloneDialog(Dialog):
    """Lists the tags of an address in the background; one that is known can be typed at once.

    Args:
        parent: Owner.
        program: Replaces the command's program; for tests.
    """

    clone_requested = pyqtSignal(str, str)  # tag or branch, address

    def __init__(self, parent: QWidget | None = None, program: list[str] | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("cloneDialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Clone PaddleOCR"))
        self.setMinimumWidth(_WIDTH_PX)
        self._job = OneJob(self, program)
        self.address = QComboBox()
        self.address.setObjectName("cloneAddress")
        self.address.setEditable(True)
        self.address.addItems([REPOSITORY, MIRROR])
        self.tag = QComboBox()
        self.tag.setObjectName("cloneTag")
        self.tag.setEditable(True)
        self.tag.addItem(PROVEN_TAG)
        self.note = label("hint", "cloneNote", wrap=True)
        clone, close = button("cloneAccept", "fa5s.cloud-download-alt", "primary"), button("cloneReject")
        clone.setText(self.tr("Clone"))
        clone.setDefault(True)
        close.setText(self.tr("Cancel"))
        form = QFormLayout()
        form.setSpacing(GRID)
        form.addRow(self.tr("Address:"), self.address)
        form.addRow(self.tr("Tag or branch:"), self.tag)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        column.setSpacing(GRID)
        column.addLayout(form)
        column.addWidget(self.note)
        column.addLayout(row(None, clone, close))
        clone.clicked.connect(self._on_clone_clicked)
        close.clicked.connect(self.reject)
        self.address.activated.connect(self.look)
        edit = self.address.lineEdit()
        if edit is not None:
            edit.editingFinished.connect(self.look)
        self._asked = ""
        self.look()

    @pyqtSlot()
    def look(self) -> None:
        """Asks the address for its tags, unless it was asked last."""
        address = self.address.currentText().strip()
        if not address or address == self._asked:
            return
        self._job.close()
        self._asked = address
        self.note.setText(self.tr("Asking for tags and branches…"))
        self._job.start(["checkout", "tags", "--url", address], self._show_tags, self._show_failure)

    def done(self, result: int) -> None:
        """Nothing goes on once it is closed."""
        self._job.close()
        super().done(result)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._job.close()
        super().closeEvent(event)

    def _show_tags(self, result: dict[str, Any]) -> None:
        wanted = self.tag.currentText()
        self.tag.clear()
        self.tag.addItems([str(name) for name in result.get("tags", [])])
        self.tag.setCurrentText(wanted)
        self.note.setText(
            self.tr("Tags come first, the newest at the top; this program was tried with {tag}.").format(
                tag=result.get("proven", PROVEN_TAG)
            )
        )

    def _show_failure(self, failed: Failed) -> None:
        what, _ = translated(failed)
        self.note.setText(self.tr("The list is not there: {reason} A tag can be typed.").format(reason=what))

    @pyqtSlot()
    def _on_clone_clicked(self) -> None:
        tag, address = self.tag.currentText().strip(), self.address.currentText().strip()
        if tag and address:
            self.accept()
            self.clone_requested.emit(tag, address)
