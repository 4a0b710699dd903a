"""The menu bar and what its choices do to the settings."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from PyQt5.QtCore import QEvent, QObject, pyqtSignal, pyqtSlot
from PyQt5.QtWidgets import QAction, QActionGroup, QMainWindow, QMenu, QWidget

from ocrstudio.services.settings import Settings
from ocrstudio.ui import actions as specs
from ocrstudio.ui.actions import StudioAction
from ocrstudio.ui.i18n import LANGUAGES
from ocrstudio.ui.icons import icon

FONT_STEP = 10


class WindowMenus(QObject):
    """Builds the window's menus and keeps their texts and check marks right.

    Args:
        window: Owner of the menu bar.
        settings: Where language, theme and text size are kept.
        actions: The window's commands by id.
    """

    project_requested = pyqtSignal(str)  # folder of a recent project

    def __init__(self, window: QMainWindow, settings: Settings, actions: Mapping[str, StudioAction]) -> None:
        super().__init__(window)
        self._window, self._settings = window, settings
        bar = window.menuBar()
        if bar is None:
            raise RuntimeError("the window has no menu bar")
        self._file, self._edit, self._view, self._go, self._help = (_menu(bar) for _ in range(5))
        self._recent, self._language, self._theme = (_menu(None, window) for _ in range(3))
        self._recent.setIcon(icon("fa5s.history"))
        self._language.setIcon(icon("fa5s.language"))
        self._theme.setIcon(icon("fa5s.adjust"))
        self._fill(actions)
        self._theme_actions = self._choices(self._theme, ("system", "light", "dark"), self._on_theme_triggered)
        self._language_actions = self._choices(self._language, ("system", *LANGUAGES), self._on_language_triggered)
        for action_id, slot in (
            (specs.LARGER.id, partial(self._change_font, FONT_STEP)),
            (specs.SMALLER.id, partial(self._change_font, -FONT_STEP)),
            (specs.NORMAL.id, partial(self._change_font, None)),
        ):
            actions[action_id].triggered.connect(slot)
        self._recent.aboutToShow.connect(self._on_recent_about_to_show)
        self.retranslate()

    def _fill(self, actions: Mapping[str, StudioAction]) -> None:
        self._file.addAction(actions[specs.OPEN_FOLDER.id])
        self._file.addMenu(self._recent)
        self._file.addAction(actions[specs.OPEN_SAMPLE.id])
        self._file.addSeparator()
        self._file.addAction(actions[specs.SAVE.id])
        self._file.addSeparator()
        self._file.addAction(actions[specs.QUIT.id])
        self._edit.addActions([actions[specs.UNDO.id], actions[specs.REDO.id]])
        self._view.addMenu(self._language)
        self._view.addMenu(self._theme)
        self._view.addSeparator()
        self._view.addActions([actions[spec.id] for spec in (specs.LARGER, specs.SMALLER, specs.NORMAL)])
        self._go.addActions([actions[spec.id] for spec in specs.PAGES])
        self._help.addActions([actions[specs.SHOW_KEYS.id], actions[specs.SHOW_ABOUT.id]])

    def _choices(self, menu: QMenu, keys: tuple[str, ...], slot: object) -> dict[str, QAction]:
        group = QActionGroup(menu)
        made = {}
        for key in keys:
            action = group.addAction(LANGUAGES.get(key, key))
            if action is None:
                continue
            action.setCheckable(True)
            action.setData(key)
            action.setObjectName(f"choose-{key}")
            menu.addAction(action)
            made[key] = action
        group.triggered.connect(slot)  # type: ignore[arg-type]  # one of two slots below
        return made

    def retranslate(self) -> None:
        """Sets every text again and marks the choices in force."""
        self._file.setTitle(self.tr("&File"))
        self._edit.setTitle(self.tr("&Edit"))
        self._view.setTitle(self.tr("&View"))
        self._go.setTitle(self.tr("&Go"))
        self._help.setTitle(self.tr("&Help"))
        self._recent.setTitle(self.tr("Open &recent"))
        self._language.setTitle(self.tr("Lan&guage"))
        self._theme.setTitle(self.tr("&Theme"))
        self._language_actions["system"].setText(self.tr("As the desktop"))
        self._theme_actions["system"].setText(self.tr("As the desktop"))
        self._theme_actions["light"].setText(self.tr("Light"))
        self._theme_actions["dark"].setText(self.tr("Dark"))
        self._language_actions[self._settings.language].setChecked(True)
        self._theme_actions[self._settings.theme].setChecked(True)

    def event(self, event: QEvent) -> bool:
        # The window hands the change of language on to all its children, this object included.
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        return super().event(event)

    @pyqtSlot(QAction)
    def _on_theme_triggered(self, action: QAction) -> None:
        self._settings.theme = action.data()

    @pyqtSlot(QAction)
    def _on_language_triggered(self, action: QAction) -> None:
        self._settings.language = action.data()

    def _change_font(self, step: int | None) -> None:
        self._settings.font_percent = 100 if step is None else self._settings.font_percent + step

    @pyqtSlot()
    def _on_recent_about_to_show(self) -> None:
        self._recent.clear()
        for folder in self._settings.recent_projects:
            action = self._recent.addAction(folder.replace("&", "&&"))
            if action is not None:
                action.setEnabled(Path(folder).is_dir())
                action.triggered.connect(partial(self.project_requested.emit, folder))
        if self._recent.isEmpty():
            nothing = self._recent.addAction(self.tr("No project yet"))
            if nothing is not None:
                nothing.setEnabled(False)


def _menu(bar: QWidget | None, owner: QWidget | None = None) -> QMenu:
    menu = QMenu(owner or bar)
    menu.setToolTipsVisible(False)
    if bar is not None:
        bar.addAction(menu.menuAction())
    return menu
