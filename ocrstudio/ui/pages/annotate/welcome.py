"""What the Annotate page shows while no project is open: a place to drop a folder, and the folders of last time."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PyQt5.QtCore import QEvent, QRectF, QSize, Qt, pyqtSignal, pyqtSlot
from PyQt5.QtGui import QColor, QPainter, QPaintEvent, QPen
from PyQt5.QtWidgets import QLabel, QVBoxLayout, QWidget

from ocrstudio.services.settings import Settings
from ocrstudio.ui import theme
from ocrstudio.ui.icons import icon
from ocrstudio.ui.widgets.parts import GRID, button, label, row
from ocrstudio.ui.widgets.translated import TranslatedWidget

ICON_PX = 80
SHOWN_RECENT = 5
AREA_WIDTH_PX, AREA_HEIGHT_PX = 720, 380


class DropArea(TranslatedWidget):
    """The dashed area. The window takes the drop itself, wherever it lands."""

    def minimumSizeHint(self) -> QSize:
        return super().minimumSizeHint().expandedTo(QSize(AREA_WIDTH_PX // 2, AREA_HEIGHT_PX))

    def paintEvent(self, event: QPaintEvent) -> None:
        used = theme.colors()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(QColor(used.muted), 2)
        pen.setDashPattern([5, 4])
        painter.setPen(pen)
        painter.setBrush(QColor(used.panel))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(2, 2, -2, -2), 16, 16)


class Welcome(TranslatedWidget):
    """Invites to open a folder of images."""

    open_folder_requested = pyqtSignal()
    open_sample_requested = pyqtSignal()
    project_requested = pyqtSignal(str)  # one of the recent folders

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("annotateEmpty")
        self._settings = settings
        self._picture = QLabel()
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        title, hint = label("huge", "emptyTitle", wrap=True), label("muted", "emptyHint", wrap=True)
        for text in (title, hint):
            text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.open_button = button("emptyOpenFolder", "fa5s.folder-open", "big")
        sample = button("emptyOpenSample", "fa5s.magic", "quiet")
        area = DropArea()
        inside = QVBoxLayout(area)
        inside.setContentsMargins(5 * GRID, 4 * GRID, 5 * GRID, 4 * GRID)
        inside.setSpacing(2 * GRID)
        inside.addStretch(1)
        for widget in (self._picture, title, hint):
            inside.addWidget(widget)
        inside.addSpacing(GRID)
        inside.addLayout(row(None, self.open_button, None))
        inside.addLayout(row(None, sample, None))
        inside.addStretch(1)
        area.setMaximumWidth(AREA_WIDTH_PX)
        self._recent_title = label("muted", "recentTitle")
        self._recent_title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._recent = QVBoxLayout()
        self._recent.setSpacing(0)
        line = row(None)
        line.addWidget(area, 10)
        line.addStretch(1)
        column = QVBoxLayout(self)
        column.setSpacing(GRID)
        column.addStretch(2)
        column.addLayout(line)
        column.addSpacing(2 * GRID)
        column.addWidget(self._recent_title)
        column.addLayout(self._recent)
        column.addStretch(3)
        self.say(title.setText, lambda: self.tr("Drop a folder of images here"))
        self.say(
            hint.setText,
            lambda: self.tr(
                "Your images stay as they are. The labels are kept beside them, in files that PPOCRLabel can open too."
            ),
        )
        self.say(self.open_button.setText, lambda: self.tr("Open folder…"))
        self.say(sample.setText, lambda: self.tr("Open the sample project"))
        self.say(self._recent_title.setText, lambda: self.tr("Opened before"))
        self.open_button.clicked.connect(self.open_folder_requested)
        sample.clicked.connect(self.open_sample_requested)
        settings.changed.connect(self._on_settings_changed)
        self._draw()
        self._list_recent()

    def _list_recent(self) -> None:
        while (item := self._recent.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        folders = [Path(name) for name in self._settings.recent_projects[:SHOWN_RECENT]]
        self._recent_title.setVisible(bool(folders))
        for folder in folders:
            made = button(f"recent-{folder.name}", "fa5s.history", "quiet")
            made.setText(folder.name)
            made.setToolTip(str(folder))
            made.clicked.connect(partial(self.project_requested.emit, str(folder)))
            self._recent.addWidget(made, 0, Qt.AlignmentFlag.AlignHCenter)

    @pyqtSlot(str)
    def _on_settings_changed(self, key: str) -> None:
        if key == "recent_projects":
            self._list_recent()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._draw()
        super().changeEvent(event)

    def _draw(self) -> None:
        self._picture.setPixmap(icon("fa5s.folder-open", "accent").pixmap(ICON_PX, ICON_PX))
