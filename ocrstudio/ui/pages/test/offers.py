"""A message whose button does something."""

from __future__ import annotations

from collections.abc import Callable

from PyQt5.QtCore import pyqtSlot
from PyQt5.QtWidgets import QWidget

from ocrstudio.ui.widgets.message_bar import Kind, MessageBar


class Offers(MessageBar):
    """Shows one message at a time; what its button does goes with it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work: Callable[[], None] | None = None
        self.action_requested.connect(self._on_action_requested)

    def offer(
        self,
        text: Callable[[], str],
        action: Callable[[], str],
        work: Callable[[], None],
        *,
        kind: Kind = "warn",
    ) -> None:
        """Shows a message with a button.

        Args:
            text: Gives the sentence, as for `show_message`.
            action: Gives the text of the button.
            work: What the button does.
            kind: good, warn or bad.
        """
        self.show_message(kind, text, action=action)
        self._work = work

    def clear(self) -> None:
        """Takes the message away."""
        self._work = None
        super().clear()

    @pyqtSlot()
    def _on_action_requested(self) -> None:
        work = self._work
        self.clear()
        if work is not None:
            work()
