"""The very large place to drop a picture on."""

from __future__ import annotations

from PyQt5.QtCore import QEvent, QRectF, Qt, pyqtSignal
from PyQt5.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PyQt5.QtWidgets import QLabel, QVBoxLayout, QWidget

from ocrstudio.ui import theme
from ocrstudio.ui.icons import icon
from ocrstudio.ui.widgets.parts import GRID, button, label, row
from ocrstudio.ui.widgets.translated import TranslatedWidget

ICON_PX = 96
RADIUS_PX = 18


class DropArea(TranslatedWidget):
    """Says what to do; a click anywhere on it chooses pictures. The page takes the drops themselves."""

    pictures_requested = pyqtSignal()
    folder_requested = pyqtSignal()
    screen_requested = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("dropArea")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._hot = False
        self._picture = QLabel()
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        heading = label("huge", "dropHeading", wrap=True)
        hint = label("muted", "dropHint", wrap=True)
        for text in (heading, hint):
            text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.say(heading.setText, lambda: self.tr("Drop a picture here"))
        self.say(hint.setText, lambda: self.tr("or a PDF, a folder or a zip file, or paste a picture with Ctrl+V"))
        self.say(self.setAccessibleName, lambda: self.tr("Drop a picture here"))
        pictures = button("choosePicturesButton", "fa5s.image", "big")
        folder = button("chooseFolderButton", "fa5s.folder-open")
        self.say(pictures.setText, lambda: self.tr("Choose pictures…"))
        self.say(folder.setText, lambda: self.tr("Choose a folder…"))
        screen = button("takeScreenButton", "fa5s.crop-alt")
        self.say(screen.setText, lambda: self.tr("Part of the screen…"))
        self.say(screen.setToolTip, lambda: self.tr("Draw a rectangle around text anywhere on the screen."))
        pictures.clicked.connect(self.pictures_requested)
        folder.clicked.connect(self.folder_requested)
        screen.clicked.connect(self.screen_requested)
        for made in (pictures, folder, screen):
            made.setCursor(Qt.CursorShape.ArrowCursor)
        column = QVBoxLayout(self)
        column.setSpacing(2 * GRID)
        column.addStretch(3)
        column.addWidget(self._picture)
        column.addWidget(heading)
        column.addWidget(hint)
        column.addSpacing(GRID)
        column.addLayout(row(None, pictures, None))
        column.addLayout(row(None, folder, screen, None, spacing=2 * GRID))
        column.addStretch(4)
        self._draw()

    def set_hot(self, hot: bool) -> None:
        """Lights up while something is held above it."""
        if hot != self._hot:
            self._hot = hot
            self._draw()
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        used = theme.colors()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(QColor(used.accent if self._hot or self.hasFocus() else used.muted), 2.5)
        pen.setStyle(Qt.PenStyle.CustomDashLine)
        pen.setDashPattern([4, 4])
        painter.setPen(pen)
        painter.setBrush(QColor(used.accent_soft if self._hot else used.panel))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(2, 2, -2, -2), RADIUS_PX, RADIUS_PX)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.pos()):
            self.pictures_requested.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.pictures_requested.emit()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_picture"):
            self._draw()

    def _draw(self) -> None:
        role = "accent" if self._hot else "muted"
        self._picture.setPixmap(icon("fa5s.images", role).pixmap(ICON_PX, ICON_PX))
