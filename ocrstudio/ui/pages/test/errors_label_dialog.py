"""The label of one line, put right with its picture in sight."""

from __future__ import annotations

from PyQt5.QtCore import Qt, pyqtSignal, pyqtSlot
from PyQt5.QtGui import QImage, QPixmap
from PyQt5.QtWidgets import QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ocrstudio.core.evaluation import LineReading
from ocrstudio.ui.widgets.dialog import ButtonBox, Dialog
from ocrstudio.ui.widgets.parts import GRID, label, row

WIDTH_PX = 640
PICTURE_PX = 120


class LabelDialog(Dialog):
    """Asks for the text that really stands there."""

    corrected = pyqtSignal(int, str)  # number of the line, text

    def __init__(self, number: int, line: LineReading, image: QImage | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("labelDialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Correct the label"))
        self.setMinimumWidth(WIDTH_PX)
        self._number, self._line = number, line
        picture = QLabel()
        picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        picture.setMinimumHeight(PICTURE_PX)
        if image is not None:
            ratio = min((WIDTH_PX - 4 * GRID) / image.width(), PICTURE_PX / image.height())
            size = image.size() * min(3.0, ratio)
            picture.setPixmap(
                QPixmap.fromImage(image).scaled(
                    size, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
                )
            )
        read = label("muted", wrap=True)
        read.setText(self.tr("The model read: {text}").format(text=line.read))
        words = label("hint")
        words.setText(self.tr("What stands there:"))
        self.edit = QLineEdit(line.truth)
        self.edit.setObjectName("labelEdit")
        words.setBuddy(self.edit)
        take = QPushButton(self.tr("Take what was read"))
        take.setObjectName("takeReading")
        take.setAutoDefault(False)  # Return corrects the label
        take.clicked.connect(self._on_take_clicked)
        buttons = ButtonBox(ButtonBox.StandardButton.Cancel)
        save = QPushButton(self.tr("Correct the label"))
        save.setObjectName("saveLabel")
        save.setProperty("role", "primary")
        save.setDefault(True)
        buttons.addButton(save, ButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setSpacing(GRID)
        for widget in (picture, read, words):
            column.addWidget(widget)
        column.addLayout(row(self.edit, take))
        column.addSpacing(GRID)
        column.addWidget(buttons)
        self.edit.selectAll()
        self.edit.setFocus()

    def accept(self) -> None:
        text = self.edit.text().strip()
        if text and text != self._line.truth:
            self.corrected.emit(self._number, text)
        super().accept()

    @pyqtSlot()
    def _on_take_clicked(self) -> None:
        self.edit.setText(self._line.read)
        self.edit.setFocus()
