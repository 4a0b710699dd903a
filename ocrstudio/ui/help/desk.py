"""What the window offers to those who are new or stuck: help, keys, the welcome of the first start."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PyQt5.QtCore import QObject, pyqtSlot
from PyQt5.QtWidgets import QAction

from ocrstudio.services.settings import Settings
from ocrstudio.services.shortcuts import Shortcuts
from ocrstudio.ui import actions as specs
from ocrstudio.ui.dialogs.about import show_about

if TYPE_CHECKING:
    from ocrstudio.ui.help.window import HelpWindow
    from ocrstudio.ui.main_window import MainWindow


class HelpDesk(QObject):
    """Opens help, keys and welcome, and carries out what is chosen there.

    Args:
        window: Shows the pages; its owner.
        settings: The user's choices.
        shortcuts: The keys that the help names.
        actions: The window's commands by id.
        key_headings: Makes the commands of all pages known to `shortcuts`, and gives the headings of their groups.
    """

    def __init__(
        self,
        window: MainWindow,
        settings: Settings,
        shortcuts: Shortcuts,
        actions: Mapping[str, QAction],
        key_headings: Callable[[], Mapping[str, str]],
    ) -> None:
        super().__init__(window)
        self._window, self._settings, self._shortcuts, self._actions = window, settings, shortcuts, actions
        self._key_headings = key_headings
        self._help: HelpWindow | None = None
        for spec, slot in (
            (specs.SHOW_HELP, self.show),
            (specs.SHOW_WELCOME, self.show_welcome),
            (specs.SHOW_KEYS, self.show_keys),
            (specs.SHOW_ABOUT, self._on_show_about_triggered),
        ):
            actions[spec.id].triggered.connect(slot)

    @pyqtSlot()
    def show(self) -> None:
        """Opens the help at the topic of the page in front."""
        self.show_topic(self._window.current_page)

    def show_topic(self, topic: str, anchor: str = "") -> None:
        """Opens the help at a topic of `topics.TOPICS`, or at a heading's id of it."""
        if self._help is None:
            from ocrstudio.ui.help.window import HelpWindow

            self._key_headings()
            self._help = HelpWindow(self._shortcuts, self._window)
            self._help.wish_met.connect(self._on_wish_met)
        self._help.go_to(topic, anchor)
        self._help.show()
        self._help.raise_()
        self._help.activateWindow()

    @pyqtSlot(str)
    def show_term(self, term: str) -> None:
        """Opens the glossary at a term's id."""
        self.show_topic("glossary", term)

    @pyqtSlot()
    def show_keys(self) -> None:
        """Opens the list of all keys."""
        from ocrstudio.ui.dialogs.keys import KeysDialog

        KeysDialog(self._shortcuts, self._settings, self._key_headings(), self._window).open()

    @pyqtSlot()
    def _on_show_about_triggered(self) -> None:
        show_about(self._window)

    @pyqtSlot()
    def welcome_if_new(self) -> None:
        """Shows the welcome when the program is started for the first time."""
        if self._settings.is_fresh and not self._settings.welcomed:
            self.show_welcome()

    @pyqtSlot()
    def show_welcome(self) -> None:
        """Shows the welcome."""
        from ocrstudio.ui.dialogs.welcome import WelcomeDialog

        self._settings.welcomed = True
        dialog = WelcomeDialog(self._settings, self._window)
        dialog.chosen.connect(self._on_welcome_chosen)
        dialog.open()

    @pyqtSlot(str)
    def _on_welcome_chosen(self, way: str) -> None:
        from ocrstudio.ui.dialogs import welcome

        if way in (welcome.READ, welcome.SETUP):
            self._window.show_page("test" if way == welcome.READ else "setup")
            return
        commands = {
            welcome.LABEL: specs.OPEN_FOLDER,
            welcome.BRING: specs.IMPORT_LABELS,
            welcome.SAMPLE: specs.OPEN_SAMPLE,
        }
        self._actions[commands[way].id].trigger()

    @pyqtSlot(str, str)
    def _on_wish_met(self, kind: str, name: str) -> None:
        if kind == "page":
            self._window.show_page(name)
            self._window.activateWindow()
        else:
            self._actions[name].trigger()
