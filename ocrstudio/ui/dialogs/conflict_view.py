"""One decision of a merge: what stands here and what a colleague made of it, side by side."""

from __future__ import annotations

import html
from collections.abc import Callable

from PyQt5.QtCore import QRect, QSize, Qt, pyqtSignal, pyqtSlot
from PyQt5.QtGui import QColor, QImage, QPainter, QPaintEvent
from PyQt5.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ocrstudio.core.merge import Choice, Conflict, ConflictKind
from ocrstudio.core.page import Box
from ocrstudio.core.text_difference import pieces
from ocrstudio.ui import theme
from ocrstudio.ui.widgets.parts import GRID, label
from ocrstudio.ui.widgets.translated import TranslatedWidget

CROP_SIZE = QSize(420, 96)
TEXT_POINTS_SCALE = 1.5


def marked(text: str, other: str, style: str) -> str:
    """The text as rich text, with the characters that the other text does not have in a style.

    Args:
        text: What is shown.
        other: What it is compared with.
        style: CSS that Qt's rich text knows.
    """
    parts = []
    for piece, is_shared in pieces(text, other):
        shown = html.escape(piece).replace(" ", "&nbsp;")
        parts.append(shown if is_shared else f'<span style="{style}">{shown}</span>')
    return "".join(parts)


class CropPicture(QWidget):
    """A crop, as large as it fits."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image: QImage | None = None
        self.setMinimumSize(CROP_SIZE.width() // 2, CROP_SIZE.height())

    def show_image(self, image: QImage | None) -> None:
        """Shows a picture, or nothing."""
        self._image = image
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        used = theme.colors()
        painter = QPainter(self)
        for hint in (QPainter.RenderHint.Antialiasing, QPainter.RenderHint.SmoothPixmapTransform):
            painter.setRenderHint(hint)
        painter.setPen(QColor(used.border))
        painter.setBrush(QColor(used.window))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 6, 6)
        if self._image is None:
            return
        room = self.rect().adjusted(6, 6, -6, -6)
        size = self._image.size().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
        target = QRect(room.topLeft(), size)
        target.moveCenter(room.center())
        painter.drawImage(target, self._image)


class _Side(TranslatedWidget):
    """Whose version it is, its crop, its text."""

    def __init__(self, name: str, title: Callable[[], str]) -> None:
        super().__init__()
        heading = label("subtitle")
        self.say(heading.setText, title)
        self.crop = CropPicture()
        self.text = QLabel()
        self.text.setObjectName(f"{name}Text")
        self.text.setTextFormat(Qt.TextFormat.RichText)
        self.text.setWordWrap(True)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.take = QPushButton()
        self.take.setObjectName(f"{name}Take")
        self.take.setCheckable(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        for widget in (heading, self.crop, self.text, self.take):
            column.addWidget(widget)

    def show_box(self, box: Box | None, other: Box | None) -> None:
        """Shows the text of a box with what differs from the other's in a colour."""
        used = theme.colors()
        size = self.font().pointSizeF() * TEXT_POINTS_SCALE
        self.text.setStyleSheet(f"font-size: {size:.1f}pt;")
        faint = f'<i style="color:{used.muted}">{{}}</i>'
        if box is None:
            gone = self.tr("The box was deleted.")
            self.text.setText(faint.format(html.escape(gone)))
            return
        style = f"background-color:{used.warn_soft};color:{used.warn}"
        words = marked(box.text, other.text if other is not None else box.text, style)
        if not words:
            nothing = self.tr("No text")
            words = faint.format(html.escape(nothing))
        if box.key_class:
            words += "<br/>" + faint.format(html.escape(box.key_class))
        self.text.setText(words)


class ConflictView(TranslatedWidget):
    """Shows a conflict and takes the decision."""

    decided = pyqtSignal(str)  # a Choice

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._conflict: Conflict | None = None
        self._name = ""
        self.what = label("hint", "conflictWhat", wrap=True)
        self.ours = _Side("ours", lambda: self.tr("Here"))
        self.theirs = _Side("theirs", lambda: self._name or self.tr("Colleague"))
        self.both = QPushButton()
        self.both.setObjectName("bothTake")
        self.both.setCheckable(True)
        sides = QHBoxLayout()
        sides.setSpacing(2 * GRID)
        sides.addWidget(self.ours, 1)
        sides.addWidget(self.theirs, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(self.what)
        column.addLayout(sides)
        column.addWidget(self.both)
        column.addStretch(1)
        self.say(self.what.setText, self._sentence)
        for button, key, text in (
            (self.ours.take, "1", lambda: self.tr("Keep this (1)")),
            (self.theirs.take, "2", lambda: self.tr("Take this (2)")),
            (self.both, "3", lambda: self.tr("Keep both boxes (3)")),
        ):
            self.say(button.setText, text)
            button.setShortcut(key)
            button.clicked.connect(self._on_button_clicked)

    def show_conflict(self, conflict: Conflict | None, choice: Choice | None, name: str) -> None:
        """Shows a decision and how it was taken; nothing for None."""
        self._conflict, self._name = conflict, name
        self.setEnabled(conflict is not None)
        self.what.setText(self._sentence())
        for side, box, other in (
            (self.ours, conflict.ours if conflict else None, conflict.theirs if conflict else None),
            (self.theirs, conflict.theirs if conflict else None, conflict.ours if conflict else None),
        ):
            side.show_box(box, other)
            side.crop.show_image(None)
        self.both.setVisible(conflict is not None and conflict.kind is ConflictKind.ADDED)
        for button, own in ((self.ours.take, "ours"), (self.theirs.take, "theirs"), (self.both, "both")):
            button.setChecked(choice == own)

    def show_crops(self, ours: QImage | None, theirs: QImage | None) -> None:
        """Shows the pictures of both boxes, once they are cut out."""
        self.ours.crop.show_image(ours)
        self.theirs.crop.show_image(theirs)

    def _sentence(self) -> str:
        if self._conflict is None:
            return ""
        return {
            ConflictKind.TEXT: self.tr("Both gave this line another text."),
            ConflictKind.OUTLINE: self.tr("Both changed the outline of this box."),
            ConflictKind.KEYS: self.tr("Both changed the key class or a link of this box."),
            ConflictKind.ADDED: self.tr("Both drew a box here and typed different texts."),
            ConflictKind.DELETED_OURS: self.tr("The box was deleted here and changed by the colleague."),
            ConflictKind.DELETED_THEIRS: self.tr("The box was changed here and deleted by the colleague."),
        }[self._conflict.kind]

    @pyqtSlot()
    def _on_button_clicked(self) -> None:
        choices = {self.ours.take: "ours", self.theirs.take: "theirs", self.both: "both"}
        sender = self.sender()
        for button, choice in choices.items():
            if button is sender:
                self.decided.emit(choice)
