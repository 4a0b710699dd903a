"""One message above a page: what happened, what to do, and the technical rest behind a button."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from PyQt5.QtCore import Qt, pyqtSignal, pyqtSlot
from PyQt5.QtWidgets import QFrame, QHBoxLayout, QLabel, QPlainTextEdit, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from ocrstudio.ui import theme
from ocrstudio.ui.i18n import SaysWhat, in_words
from ocrstudio.ui.icons import icon
from ocrstudio.ui.widgets.parts import GRID, button
from ocrstudio.ui.widgets.translated import TranslatedWidget

Kind = Literal["good", "warn", "bad"]
ICONS = {"good": "fa5s.check-circle", "warn": "fa5s.exclamation-triangle", "bad": "fa5s.times-circle"}


class MessageBar(TranslatedWidget):
    """Shows one message until it is closed or another one takes its place. Hidden while there is none."""

    action_requested = pyqtSignal()  # the button of the message was pressed
    closed = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._message: Callable[[], str] | None = None
        self._action: Callable[[], str] | None = None
        self._icon = QLabel()
        self._text = QLabel()
        self._text.setObjectName("messageText")
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        selectable = Qt.TextInteractionFlags() | Qt.TextInteractionFlag.TextSelectableByMouse
        self._text.setTextInteractionFlags(selectable)
        self._text.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self._action_button = button("messageAction")
        self._details_button = button("messageDetails", role="quiet")
        self._details_button.setCheckable(True)
        self._close_button = QToolButton()
        self._close_button.setObjectName("messageClose")
        self._close_button.setIcon(icon("fa5s.times", "muted"))
        self._details = QPlainTextEdit()
        self._details.setObjectName("messageDetailsText")
        self._details.setReadOnly(True)
        self._details.setMaximumHeight(180)
        self._build()
        self.say(self._details_button.setText, lambda: self.tr("Details"))
        for say in (self._close_button.setToolTip, self._close_button.setAccessibleName):
            self.say(say, lambda: self.tr("Close this message"))
        self.say(self._details.setAccessibleName, lambda: self.tr("Details"))
        self.say(self._text.setText, lambda: self._message() if self._message else "")
        self.say(self._action_button.setText, lambda: self._action() if self._action else "")
        self._details_button.toggled.connect(self._details.setVisible)
        self._close_button.clicked.connect(self._on_close_clicked)
        self._action_button.clicked.connect(self.action_requested)
        self.hide()

    def _build(self) -> None:
        self._frame = QFrame()
        line = QHBoxLayout()
        line.setSpacing(GRID)
        line.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self._text, 1)
        for widget in (self._action_button, self._details_button, self._close_button):
            line.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self._frame)
        column.setContentsMargins(GRID + 4, GRID, GRID, GRID)
        column.addLayout(line)
        column.addWidget(self._details)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._frame)

    @property
    def text(self) -> str:
        """What is shown, empty when nothing is."""
        return "" if self.isHidden() else self._text.text()

    @property
    def is_offering(self) -> bool:
        """Whether the message shown has a button, which would be lost with it."""
        return self._action is not None and not self.isHidden()

    def show_message(
        self, kind: Kind, text: Callable[[], str], *, action: Callable[[], str] | None = None, details: str = ""
    ) -> None:
        """Shows a message.

        Args:
            kind: good, warn or bad.
            text: Gives the sentence, again after a change of language: `lambda: self.tr("...")`.
            action: Gives the text of a button; pressing it emits `action_requested`.
            details: Technical text behind the Details button.
        """
        self._message, self._action = text, action
        self._text.setText(text())
        self._action_button.setText(action() if action else "")
        self._action_button.setVisible(action is not None)
        self._details.setPlainText(details)
        self._details_button.setChecked(False)
        self._details_button.setVisible(bool(details))
        self._details.hide()
        self._icon.setPixmap(icon(ICONS[kind], kind).pixmap(20, 20))
        self._frame.setProperty("role", f"message-{kind}")
        theme.repolish(self._frame)
        self.show()

    def show_error(self, error: SaysWhat, *, kind: Kind = "bad", action: Callable[[], str] | None = None) -> None:
        """Shows a `StudioError` or a child's `Failed`: what happened, what to do, and the details if there are any."""
        self.show_message(
            kind,
            lambda: in_words(error),
            action=action,
            details=str(getattr(error, "details", "")).strip(),
        )

    def clear(self) -> None:
        """Takes the message away."""
        self._message = self._action = None
        self.hide()

    @pyqtSlot()
    def _on_close_clicked(self) -> None:
        self.clear()
        self.closed.emit()
