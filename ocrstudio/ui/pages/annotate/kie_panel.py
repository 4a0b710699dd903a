"""Keys and values (key information extraction): the class of the selected boxes, and what they are linked with."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt5.QtCore import QEvent, QObject, Qt, pyqtSignal, pyqtSlot
from PyQt5.QtGui import QColor, QIcon, QKeyEvent, QPainter, QPixmap, QShowEvent
from PyQt5.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ocrstudio.core.page import Box
from ocrstudio.services.document import AnnotationDocument
from ocrstudio.services.settings import Settings
from ocrstudio.ui.actions import StudioAction
from ocrstudio.ui.pages.annotate.key_colors import key_color
from ocrstudio.ui.pages.annotate.toolbar import tool_button
from ocrstudio.ui.widgets.parts import GRID, label, row
from ocrstudio.ui.widgets.translated import TranslatedWidget

DOT_PX = 14
# The keys 1 to 9 give a class each.
NUMBERED = 9


class KiePanel(TranslatedWidget):
    """A field with the known classes, and the links of the box being worked on.

    Args:
        document: The open page.
        settings: Holds the list of classes.
        link: The tool that links boxes.
        unlink: Removes the links of the selected boxes.
    """

    left = pyqtSignal()  # the keyboard goes back to the canvas
    classes_changed = pyqtSignal(object)  # list[str]: see `classes`

    def __init__(
        self,
        document: AnnotationDocument,
        settings: Settings,
        link: StudioAction,
        unlink: StudioAction,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("kiePanel")
        self._document, self._settings = document, settings
        self._in_use: tuple[str, ...] = ()
        self.combo = QComboBox()
        self.combo.setObjectName("keyClass")
        self.combo.setEditable(True)
        self.combo.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self._field = self.combo.lineEdit() or QLineEdit()
        for part in (self.combo, self._field):  # the field hands the keyboard on to the box around it
            part.installEventFilter(self)
        self._words = label("muted")
        self._links = label("hint", "keyLinks", wrap=True)
        frame = QFrame()
        frame.setProperty("role", "card")
        column = QVBoxLayout(frame)
        column.setContentsMargins(GRID, GRID, GRID, GRID)
        column.setSpacing(GRID - 2)
        line = row(self._words)
        line.addWidget(self.combo, 1)
        column.addLayout(line)
        second = QHBoxLayout()
        second.setSpacing(2)
        second.addWidget(self._links, 1)
        second.addWidget(tool_button(link))
        second.addWidget(tool_button(unlink))
        column.addLayout(second)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame)
        self.say(self._words.setText, lambda: self.tr("Key"))
        self.say(
            self.combo.setToolTip,
            lambda: self.tr("What the selected boxes are. The keys 1 to 9 on the picture choose from the list."),
        )
        self.say(self._field.setPlaceholderText, lambda: self.tr("Type or choose a key"))
        self._words.setBuddy(self.combo)
        self.combo.activated.connect(self._on_combo_activated)
        document.selection_changed.connect(self._refresh)
        document.boxes_changed.connect(self._refresh)
        self._fill()

    @property
    def classes(self) -> list[str]:
        """The classes to choose from: the list of the user, then others that the project uses."""
        return list(dict.fromkeys((*self._settings.key_classes, *self._in_use)))

    def show_classes_in_use(self, names: Sequence[str]) -> None:
        """Offers the classes that the project's labels have."""
        if tuple(names) != self._in_use:
            self._in_use = tuple(names)
            self._fill()

    def start(self) -> None:
        """Puts the keyboard into the field."""
        self._field.setFocus(Qt.FocusReason.OtherFocusReason)
        self._field.selectAll()

    def give(self, name: str) -> None:
        """Gives the selected boxes a class; an empty name takes it away. A new one joins the list."""
        name = name.strip()
        if not self._document.selection:
            return
        self._document.set_key_class(self._document.selection, name)
        if name and name not in self.classes:
            self._settings.key_classes = [*self._settings.key_classes, name]
            self._fill()

    def give_number(self, number: int) -> bool:
        """Gives the selected boxes the class of a number key, 1 to 9; False if the list is shorter."""
        if not 1 <= number <= min(NUMBERED, len(self.classes)) or not self._document.selection:
            return False
        self.give(self.classes[number - 1])
        return True

    def _fill(self) -> None:
        self.combo.blockSignals(True)
        self.combo.clear()
        self.combo.addItem(_dot(QColor(Qt.GlobalColor.transparent)), self.tr("No key"), "")
        for number, name in enumerate(self.classes, start=1):
            words = f"{name}    {number}" if number <= NUMBERED else name
            self.combo.addItem(_dot(key_color(name, self.classes)), words, name)
        self.combo.blockSignals(False)
        self._refresh()
        self.classes_changed.emit(self.classes)

    @pyqtSlot()
    def _refresh(self) -> None:
        if self.isHidden():
            return
        box = self._document.current_box
        self.setEnabled(box is not None)
        if not self._field.isModified() or not self._field.hasFocus():
            self.combo.setCurrentIndex(self.combo.findData(box.key_class) if box is not None else 0)
            self._field.setText(box.key_class if box is not None else "")
            self._field.setModified(False)
        self._links.setText(self._links_text(box))

    def _links_text(self, box: Box | None) -> str:
        page = self._document.page
        if box is None or page is None or box.entity is None:
            return self.tr("No links")
        partners = {one if other == box.entity else other for one, other in box.links if box.entity in (one, other)}
        texts = [other.text or "…" for other in page.boxes if other.entity in partners and other.id != box.id]
        return self.tr("Linked with {texts}").format(texts="  ·  ".join(texts)) if texts else self.tr("No links")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._field.setModified(False)
                self.give(self._field.text())
                self.left.emit()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self._field.setModified(False)
                self._refresh()
                self.left.emit()
                return True
        return super().eventFilter(watched, event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._refresh()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._fill()

    @pyqtSlot(int)
    def _on_combo_activated(self, index: int) -> None:
        self._field.setModified(False)
        self.give(str(self.combo.itemData(index) or ""))
        self.left.emit()


def _dot(color: QColor) -> QIcon:
    picture = QPixmap(DOT_PX, DOT_PX)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    painter.drawEllipse(1, 1, DOT_PX - 2, DOT_PX - 2)
    painter.end()
    return QIcon(picture)
