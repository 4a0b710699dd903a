"""Key information extraction on the Annotate page: classes of boxes, shown and given while its command is on."""

from __future__ import annotations

from PyQt5.QtCore import QEvent, QObject, Qt, pyqtSlot
from PyQt5.QtGui import QKeyEvent

from ocrstudio.services.line_index import LineIndex
from ocrstudio.services.project_session import ProjectSession
from ocrstudio.services.settings import Settings
from ocrstudio.ui.actions import StudioAction
from ocrstudio.ui.pages.annotate.canvas import Canvas
from ocrstudio.ui.pages.annotate.kie_panel import KiePanel
from ocrstudio.ui.pages.annotate.view_commands import ViewCommands


class KieMode(QObject):
    """Shows the panel of classes, and lets the keys 1 to 9 on the canvas give them.

    Args:
        session: The open project.
        index: Knows the classes that are in use.
        settings: Remembers whether the mode is on.
        canvas: Its keys are listened to.
        view: Commands that show classes and links on the canvas.
        panel: Shown while the mode is on.
        parent: Owner.
    """

    def __init__(
        self,
        session: ProjectSession,
        index: LineIndex,
        settings: Settings,
        canvas: Canvas,
        view: ViewCommands,
        panel: KiePanel,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._index, self._settings = session, index, settings
        self._canvas, self._view, self._panel = canvas, view, panel
        canvas.installEventFilter(self)
        index.changed.connect(self._on_index_changed)
        index.built.connect(self._on_index_changed)

    def switch(self, action: StudioAction) -> None:
        """Follows the mode's command."""
        self._settings.kie_mode = action.isChecked()
        self.show_mode()

    def show_mode(self) -> None:
        """Shows what the settings say."""
        is_on = self._settings.kie_mode
        self._panel.setVisible(is_on)
        self._panel.classes_changed.emit(self._panel.classes)
        self._view.show_keys(is_on)
        self.require_classes()

    def require_classes(self) -> None:
        """Looks through the open project for the classes in use, if the mode is on."""
        if self._settings.kie_mode and self._session.store is not None:
            self._index.require()

    def give(self, action: StudioAction) -> None:
        """Goes to the field for the class, switching the mode on first."""
        if not action.isChecked():
            action.trigger()
        self._panel.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The keys 1 to 9 on the canvas give the selected boxes a class."""
        if watched is self._canvas and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            digit = event.key() - Qt.Key.Key_0
            plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            if plain and 1 <= digit <= 9 and not self._panel.isHidden() and self._panel.give_number(digit):
                return True
        return super().eventFilter(watched, event)

    @pyqtSlot()
    @pyqtSlot(object)
    def _on_index_changed(self, _keys: object = None) -> None:
        if not self._panel.isHidden():
            self._panel.show_classes_in_use(self._index.key_classes())
