"""Saves results: in the form of the last time, or in one from the menu beside it."""

from __future__ import annotations

from PyQt5.QtCore import QCoreApplication, QEvent, pyqtSignal, pyqtSlot
from PyQt5.QtWidgets import QAction, QMenu, QWidget

from ocrstudio.formats.results.kinds import FORMATS, SaveFormat
from ocrstudio.services.settings import Settings
from ocrstudio.ui.icons import icon
from ocrstudio.ui.widgets.parts import button, row
from ocrstudio.ui.widgets.translated import TranslatedWidget

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
# The style leaves no room for it beside the text.
NO_ARROW = "QPushButton::menu-indicator { image: none; width: 0; }"


def title_of(form: SaveFormat) -> str:
    """A form's name in the language in use."""
    return QCoreApplication.translate("Formats", form.title)


class SaveButton(TranslatedWidget):
    """A button that remembers the last form, and one that opens a menu of all of them."""

    save_requested = pyqtSignal(str)  # key of `FORMATS`

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self.last = button("saveButton", role="primary")
        self.last.clicked.connect(self.save_again)
        self.others = button("saveOthersButton")
        self.others.setStyleSheet(NO_ARROW)
        self.say(self.others.setText, lambda: self.tr("As…"))
        self.say(self.others.setToolTip, lambda: self.tr("Save in another form"))
        self.menu = QMenu(self)
        self.menu.setToolTipsVisible(True)
        for form in FORMATS.values():
            action = self.menu.addAction(icon(ICONS[form.id]), "")
            if action is not None:
                action.setObjectName(f"save_{form.id}")
                action.setData(form.id)
        self.menu.triggered.connect(self._on_menu_triggered)
        self.others.setMenu(self.menu)
        self.setLayout(row(self.last, self.others))
        self._fill()

    def _fill(self) -> None:
        last = FORMATS[self._settings.saving_format]
        self.last.setIcon(icon(ICONS[last.id], "accent_text"))
        self.last.setText(self.tr("Save: {kind}…").format(kind=title_of(last)))
        self.last.setToolTip(QCoreApplication.translate("Formats", last.about))
        for action in self.menu.actions():
            form = FORMATS[action.data()]
            action.setText(f"{title_of(form)}…")
            action.setToolTip(QCoreApplication.translate("Formats", form.about))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._fill()

    @pyqtSlot()
    def save_again(self) -> None:
        """Saves in the form of the last time."""
        if self.isEnabled():
            self.save_requested.emit(self._settings.saving_format)

    @pyqtSlot(QAction)
    def _on_menu_triggered(self, action: QAction) -> None:
        self._settings.saving_format = str(action.data())
        self._fill()
        self.save_requested.emit(self._settings.saving_format)
