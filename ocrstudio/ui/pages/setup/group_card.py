"""One group of the doctor's report as a card: its own light, how it stands in words, and its lines."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PyQt5.QtCore import QEvent, pyqtSignal
from PyQt5.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from ocrstudio.ui.icons import icon
from ocrstudio.ui.pages.setup.check_row import LIGHTS, CheckRow
from ocrstudio.ui.widgets.parts import GRID, card, label, row
from ocrstudio.ui.widgets.translated import TranslatedWidget

_LIGHT_PX = 24


class GroupCard(TranslatedWidget):
    """Hidden while it has no lines.

    Args:
        name: Of `core.doctor_facts.Group`.
        title: Gives the heading in the language in use.
        action: A button beside the heading.
        parent: Owner.
    """

    copied = pyqtSignal(str)  # the command that now is on the clipboard
    fix_requested = pyqtSignal(object)  # the check: dict

    def __init__(
        self, name: str, title: Callable[[], str], action: QPushButton | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName(f"group-{name}")
        self.rows: list[CheckRow] = []
        self._light = QLabel()
        self._title = label("subtitle")
        self.standing = label("muted", f"standing-{name}")
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        frame = card(spacing=GRID // 2)
        column = frame.layout()
        head = row(self._light, self._title, self.standing, None)
        if action is not None:
            head.addWidget(action)
        if isinstance(column, QVBoxLayout):
            column.addLayout(head)
            column.addLayout(self._lines)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame)
        self.say(self._title.setText, title)
        self.say(self.standing.setText, self._standing_text)
        self.hide()

    @property
    def status(self) -> str:
        """ok, warning or error: that of the worst line."""
        found = {str(one.check.get("status")) for one in self.rows}
        return next((status for status in ("error", "warning") if status in found), "ok")

    def show_checks(self, checks: Sequence[Mapping[str, Any]], *, details: bool) -> None:
        """Shows these lines, the worst first; the order of the work is kept within."""
        while self._lines.count():
            item = self._lines.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        order = {"error": 0, "warning": 1}
        self.rows = [CheckRow(check) for check in sorted(checks, key=lambda one: order.get(str(one.get("status")), 2))]
        for made in self.rows:
            line = QFrame()
            line.setProperty("role", "line")
            line.setFixedHeight(1)
            self._lines.addWidget(line)
            made.copied.connect(self.copied)
            made.fix_requested.connect(self.fix_requested)
            made.show_reason(details)
            self._lines.addWidget(made)
        self.standing.setText(self._standing_text())
        self._draw()
        self.setVisible(bool(self.rows))

    def show_details(self, shown: bool) -> None:
        """Whether good lines also say what is wanted and why."""
        for one in self.rows:
            one.show_reason(shown)

    def _standing_text(self) -> str:
        problems = sum(one.check.get("status") == "error" for one in self.rows)
        notices = sum(one.check.get("status") == "warning" for one in self.rows)
        if problems and notices:
            return self.tr("problems: {problems}, notices: {notices}").format(problems=problems, notices=notices)
        if problems:
            return self.tr("problems: {problems}").format(problems=problems)
        return self.tr("notices: {notices}").format(notices=notices) if notices else self.tr("all good")

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._draw()

    def _draw(self) -> None:
        role, name = LIGHTS[self.status]
        self._light.setPixmap(icon(name, role).pixmap(_LIGHT_PX, _LIGHT_PX))
