"""What a page shows while it has nothing to show: one plain sentence and the button that changes it."""

from __future__ import annotations

from collections.abc import Callable

from PyQt5.QtCore import QEvent, QSize, Qt
from PyQt5.QtGui import QResizeEvent
from PyQt5.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from ocrstudio.ui.icons import icon
from ocrstudio.ui.widgets.parts import GRID, button, label, row
from ocrstudio.ui.widgets.translated import TranslatedWidget

ICON_PX = 72
MINIMUM_TEXT_PX = 320


class EmptyState(TranslatedWidget):
    """An icon, a heading, a sentence and buttons in the middle of an empty page.

    Args:
        icon_name: qtawesome's name.
        title: Gives the heading: `lambda: self.tr("...")`.
        hint: Gives the sentence that says what to do next.
        parent: Owner.
        role: Colour of the icon, a field of `theme.Colors`.
    """

    def __init__(
        self,
        icon_name: str,
        title: Callable[[], str],
        hint: Callable[[], str],
        parent: QWidget | None = None,
        role: str = "border",
    ) -> None:
        super().__init__(parent)
        self._icon_name, self._role = icon_name, role
        self._picture = QLabel()
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        heading, sentence = label("title", "emptyTitle", wrap=True), label("muted", "emptyHint", wrap=True)
        for text in (heading, sentence):
            text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        sentence.setMinimumWidth(MINIMUM_TEXT_PX)
        self._buttons = row(None, None, spacing=GRID)
        column = QVBoxLayout(self)
        column.setSpacing(2 * GRID)
        column.addStretch(2)
        column.addWidget(self._picture)
        column.addWidget(heading)
        column.addWidget(sentence)
        column.addLayout(self._buttons)
        column.addStretch(3)
        self.say(heading.setText, title)
        self.say(sentence.setText, hint)
        self._draw()

    def add_button(self, name: str, text: Callable[[], str], icon_name: str = "", role: str = "primary") -> QPushButton:
        """Adds a button; connect its `clicked`."""
        made = button(name, icon_name, role)
        self.say(made.setText, text)
        self._buttons.insertWidget(self._buttons.count() - 1, made)
        return made

    def minimumSizeHint(self) -> QSize:
        """As high as the text is at this width, not at the least one, at which it has the most lines."""
        least, inside = super().minimumSizeHint(), self.layout()
        if inside is not None and self.width() > least.width():
            least.setHeight(inside.minimumHeightForWidth(self.width()))
        return least

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._draw()
        super().changeEvent(event)

    def _draw(self) -> None:
        self._picture.setPixmap(icon(self._icon_name, self._role).pixmap(ICON_PX, ICON_PX))
