"""One button that saves results: in the form of the last time, or in one from its menu."""

from __future__ import annotations

from PyQt5.QtCore import QCoreApplication, QEvent, Qt, pyqtSignal, pyqtSlot
from PyQt5.QtWidgets import QAction, QMenu, QToolButton, QWidget

from ocrstudio.formats.results.kinds import FORMATS, SaveFormat
from ocrstudio.services.settings import Settings
from ocrstudio.ui.icons import icon

ICONS = {
    "txt": "fa5s.file-alt",
    "docx": "fa5s.file-word",
    "pdf": "fa5s.file-pdf",
    "md": "fa5s.file-alt",
    "csv": "fa5s.file-csv",
    "json": "fa5s.file-code",
    "jsonl": "fa5s.file-code",
    "ppocrlabel": "fa5s.folder-plus",
}


def title_of(form: SaveFormat) -> str:
    """A form's name in the language in use."""
    return QCoreApplication.translate("Formats", form.title)


class SaveButton(QToolButton):
    """Remembers the last form; the arrow beside it opens a menu of all of them."""

    save_requested = pyqtSignal(str)  # key of `FORMATS`

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("saveButton")
        self._settings = settings
        self.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._choices = QMenu(self)
        self._choices.setToolTipsVisible(True)
        for form in FORMATS.values():
            action = self._choices.addAction(icon(ICONS[form.id]), "")
            if action is not None:
                action.setObjectName(f"save_{form.id}")
                action.setData(form.id)
        self._choices.triggered.connect(self._on_choices_triggered)
        self.setMenu(self._choices)
        self.clicked.connect(self._on_clicked)
        self._fill()

    def _fill(self) -> None:
        last = FORMATS[self._settings.saving_format]
        self.setIcon(icon(ICONS[last.id]))
        self.setText(self.tr("Save: {kind}…").format(kind=title_of(last)))
        self.setToolTip(QCoreApplication.translate("Formats", last.about))
        for action in self._choices.actions():
            form = FORMATS[action.data()]
            action.setText(f"{title_of(form)}…")
            action.setToolTip(QCoreApplication.translate("Formats", form.about))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._fill()

    @pyqtSlot()
    def _on_clicked(self) -> None:
        self.save_requested.emit(self._settings.saving_format)

    @pyqtSlot(QAction)
    def _on_choices_triggered(self, action: QAction) -> None:
        self._settings.saving_format = str(action.data())
        self._fill()
        self.save_requested.emit(self._settings.saving_format)
