"""Texts that follow the language while the window is open."""

from __future__ import annotations

from collections.abc import Callable

from PyQt5.QtCore import QEvent
from PyQt5.QtWidgets import QWidget


class TranslatedWidget(QWidget):
    """A widget whose texts are set through `say`, so that a change of language sets them all again."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts: list[tuple[Callable[[str], object], Callable[[], str]]] = []

    def say(self, setter: Callable[[str], object], text: Callable[[], str]) -> None:
        """Calls `setter(text())` now and again after every change of language.

        Args:
            setter: A bound method of a child widget, such as `button.setText`.
            text: Returns the translated text: `lambda: self.tr("Start")`.
        """
        self._texts.append((setter, text))
        setter(text())

    def say_all(self) -> None:
        """Sets all texts again, for those that tell of something that has changed."""
        for setter, text in self._texts:
            setter(text())

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.say_all()
        super().changeEvent(event)
