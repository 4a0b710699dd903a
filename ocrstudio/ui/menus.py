"""The menu bar and what its choices do to the settings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path

from PyQt5.QtCore import QEvent, QObject, Qt, pyqtSignal, pyqtSlot
from PyQt5.QtWidgets import QAction, QActionGroup, QMainWindow, QMenu, QMenuBar, QToolButton

from ocrstudio.services.settings import Settings
from ocrstudio.ui import actions as specs
from ocrstudio.ui import theme
from ocrstudio.ui.actions import ActionSpec, StudioAction
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
        self._settings = settings
        bar = window.menuBar()
        if bar is None:
            raise RuntimeError("the window has no menu bar")
        titles = ("file", "edit", "boxes", "page", "view", "go", "help")
        self._menus = {title: _menu(bar, listed=True) for title in titles}
        # Ways of one choice, which would make a menu too long to be read: they are in a menu of their own.
        self._direction = _menu(bar)
        self._direction.setIcon(icon("fa5s.text-height"))
        self._inner = {"direction": (self._menus["boxes"], self._direction)}
        self._page_actions: dict[str, list[tuple[QMenu, QAction]]] = {}
        self._shown_page = ""
        self._recent, self._language, self._theme = (_menu(bar) for _ in range(3))
        self._recent.setIcon(icon("fa5s.history"))
        self._language.setIcon(icon("fa5s.language"))
        self._theme.setIcon(icon("fa5s.adjust"))
        self._fill(actions)
        corner = QToolButton()
        corner.setObjectName("helpCorner")
        corner.setDefaultAction(actions[specs.SHOW_HELP.id])
        corner.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        bar.setCornerWidget(corner)
        self._theme_actions = self._choices(self._theme, ("system", *theme.PALETTES), self._on_theme_triggered)
        self._language_actions = self._choices(self._language, ("system", *LANGUAGES), self._on_language_triggered)
        for action_id, slot in (
            (specs.LARGER.id, partial(self._change_font, FONT_STEP)),
            (specs.SMALLER.id, partial(self._change_font, -FONT_STEP)),
            (specs.NORMAL.id, partial(self._change_font, None)),
        ):
            actions[action_id].triggered.connect(slot)
        self._recent.aboutToShow.connect(self._on_recent_about_to_show)
        for title in ("boxes", "page"):
            self._menus[title].setEnabled(False)
        self.retranslate()

    def _fill(self, actions: Mapping[str, StudioAction]) -> None:
        file, edit, view = (self._menus[title] for title in ("file", "edit", "view"))
        file.addAction(actions[specs.OPEN_FOLDER.id])
        file.addMenu(self._recent)
        file.addAction(actions[specs.OPEN_SAMPLE.id])
        file.addSeparator()
        file.addAction(actions[specs.SAVE.id])
        for group in (specs.EXCHANGE, specs.TEAM, (specs.PREFERENCES, specs.QUIT)):
            file.addSeparator()
            file.addActions([actions[spec.id] for spec in group])
        edit.addActions([actions[spec.id] for spec in (specs.UNDO, specs.REDO)])
        edit.addSeparator()
        edit.addAction(actions[specs.REPLACE.id])
        view.addActions([actions[spec.id] for spec in (specs.PROBLEMS, specs.FULL_SCREEN)])
        view.addSeparator()
        view.addMenu(self._language)
        view.addMenu(self._theme)
        view.addActions([actions[spec.id] for spec in (specs.LARGER, specs.SMALLER, specs.NORMAL)])
        self._menus["go"].addActions([actions[spec.id] for spec in specs.PAGES])
        helping = (specs.SHOW_HELP, specs.SHOW_WELCOME, specs.SHOW_KEYS, specs.SHOW_ABOUT)
        self._menus["help"].addActions([actions[spec.id] for spec in helping])

    # --- commands of the page in front -----------------------------------------------------------------------------

    def add_page_commands(
        self, page: str, groups: Iterable[Iterable[ActionSpec]], actions: Mapping[str, QAction]
    ) -> None:
        """Takes a page's commands into the menus that they name; they are there while the page is in front.

        A command in a menu hears its key on every page, so it must not stay there when another page comes to the front.

        Args:
            page: Name of the page.
            groups: Its tables; a line in the menu parts them.
            actions: Its commands by id.
        """
        entries: list[tuple[QMenu, QAction]] = []
        for group in groups:
            for title in dict.fromkeys(spec.menu for spec in group if spec.menu):
                of_group = [actions[spec.id] for spec in group if spec.menu == title]
                if title in self._inner:
                    menu, inner = self._inner[title]
                    inner.addActions(of_group)
                    opener = inner.menuAction()
                    of_group = [opener] if opener is not None else []
                else:
                    menu = self._menus[title]
                entries += [(menu, action) for action in of_group]
                line = QAction(self)
                line.setSeparator(True)
                entries.append((menu, line))
        self._page_actions[page] = entries

    def show_page_commands(self, page: str) -> None:
        """Puts the commands of a page into the menus, instead of those of the page before."""
        if page == self._shown_page:
            return
        for menu, action in self._page_actions.get(self._shown_page, ()):
            menu.removeAction(action)
        self._shown_page = page
        # The window's own commands of the two menus: undo and redo stay above a page's, all of the view's below.
        below = {self._menus["view"]: 0, self._menus["edit"]: 3}
        anchors = {menu: menu.actions()[place] for menu, place in below.items()}
        for menu, action in self._page_actions.get(page, ()):
            menu.insertAction(anchors.get(menu), action)
        for title in ("boxes", "page"):
            self._menus[title].setEnabled(not self._menus[title].isEmpty())

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
        # Their letters are `MENU_LETTERS` of `services.shortcuts`, in every language.
        self._menus["file"].setTitle(self.tr("&File"))
        self._menus["edit"].setTitle(self.tr("&Edit"))
        self._menus["boxes"].setTitle(self.tr("&Boxes"))
        self._menus["page"].setTitle(self.tr("&Page"))
        self._menus["view"].setTitle(self.tr("&View"))
        self._menus["go"].setTitle(self.tr("&Go"))
        self._menus["help"].setTitle(self.tr("&Help"))
        self._recent.setTitle(self.tr("Open &recent"))
        self._language.setTitle(self.tr("Lan&guage"))
        self._theme.setTitle(self.tr("&Theme"))
        self._direction.setTitle(self.tr("Direction of the text"))
        self._language_actions["system"].setText(self.tr("As the desktop"))
        self._theme_actions["system"].setText(self.tr("As the desktop"))
        self._theme_actions["light"].setText(self.tr("Light"))
        self._theme_actions["dark"].setText(self.tr("Dark"))
        self._theme_actions["contrast"].setText(self.tr("High contrast"))
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
            is_there = Path(folder).is_dir()
            shown = folder if is_there else self.tr("{folder} (not there)").format(folder=folder)
            action = self._recent.addAction(shown.replace("&", "&&"))
            if action is not None:
                action.setEnabled(is_there)
                action.triggered.connect(partial(self.project_requested.emit, folder))
        if self._recent.isEmpty():
            nothing = self._recent.addAction(self.tr("No project yet"))
            if nothing is not None:
                nothing.setEnabled(False)
            return
        self._recent.addSeparator()
        clear = self._recent.addAction(self.tr("Clear this list"))
        if clear is not None:
            clear.setObjectName("clearRecent")
            clear.triggered.connect(self._on_clear_recent_triggered)

    @pyqtSlot()
    def _on_clear_recent_triggered(self) -> None:
        self._settings.recent_projects = []


def _menu(bar: QMenuBar, *, listed: bool = False) -> QMenu:
    """A menu that looks as the bar does; one that is not listed in it belongs to another menu."""
    menu = QMenu(bar)
    menu.setToolTipsVisible(False)
    if listed:
        bar.addAction(menu.menuAction())
    return menu
