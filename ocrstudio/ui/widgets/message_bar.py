"""One message above a page: what happened, what to do, and the technical rest behind a button."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Literal

from PyQt5.QtCore import Qt, pyqtSignal, pyqtSlot
from PyQt5.QtGui import QTextDocument
from PyQt5.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextDocumentLayout,
    QPlainTextEdit,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ocrstudio.ui import theme
from ocrstudio.ui.i18n import SaysWhat, in_words
from ocrstudio.ui.icons import icon
from ocrstudio.ui.widgets.parts import GRID, button
from ocrstudio.ui.widgets.translated import TranslatedWidget

Kind = Literal["good", "warn", "bad"]
DETAILS_PX = 180  # at most
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
        for each in (self._action_button, self._details_button, self._close_button):
            # A click leaves the keyboard where it was: what goes with its message would hand it to a neighbour.
            each.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._details = QPlainTextEdit()
        self._details.setObjectName("messageDetailsText")
        self._details.setReadOnly(True)
        self._told = QTextDocument(self._details)
        self._told_lines = QPlainTextDocumentLayout(self._told)
        self._told.setDocumentLayout(self._told_lines)
        self._told_lines.documentSizeChanged.connect(self._fit_details)
        self._details.setDocument(self._told)
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
        line.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
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

    @pyqtSlot()
    def _fit_details(self) -> None:
        """As high as their lines, up to a limit; the rest scrolls. Lines with Chinese are higher than others."""
        block = self._told.begin()
        height = 2 * (self._details.frameWidth() + self._told.documentMargin())
        while block.isValid() and height < DETAILS_PX:
            height += self._told_lines.blockBoundingRect(block).height()
            block = block.next()
        self._details.setFixedHeight(min(DETAILS_PX, math.ceil(height)))

    @property
    def text(self) -> str:
        """What is shown, empty when nothing is."""
        return "" if self.isHidden() else self._text.text()

    @property
    def is_offering(self) -> bool:
        """Whether the message shown has a button, which would be lost with it."""
        return self._action is not None and not self.isHidden()

    def offers(self, action: Callable[[], str]) -> bool:
        """Whether the button of the message shown is this one; for a bar on which several show theirs."""
        return self._action is action

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
