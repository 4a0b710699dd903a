"""One line of the doctor's report: a light, a word, what is, what is wanted, and the fix."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from PyQt5.QtCore import QCoreApplication, QEvent, Qt, pyqtSignal, pyqtSlot
from PyQt5.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QWidget

from ocrstudio.ui.icons import icon
from ocrstudio.ui.widgets.parts import GRID, button, label
from ocrstudio.ui.widgets.translated import TranslatedWidget

LIGHTS = {
    "ok": ("good", "fa5s.check-circle"),
    "warning": ("warn", "fa5s.exclamation-triangle"),
    "error": ("bad", "fa5s.times-circle"),
}
LIGHT_PX = 20


class CheckRow(TranslatedWidget):
    """Shows one entry of `ocrstudio doctor --json`.

    Args:
        check: With `id`, `status`, `templates`, `values` and `command`.
        parent: Owner.
    """

    copied = pyqtSignal(str)  # the command that now is on the clipboard

    def __init__(self, check: Mapping[str, Any], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"check-{check.get('id', '')}")
        self._check = check
        self._role, self._icon_name = LIGHTS.get(str(check.get("status")), LIGHTS["warning"])
        self._light = QLabel()
        self._word = label(self._role, "checkWord")
        title = label("subtitle")
        found, wanted = label(name="checkFound", wrap=True), label("hint", wrap=True)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, GRID, 0, GRID)
        grid.setHorizontalSpacing(2 * GRID)
        grid.setVerticalSpacing(GRID // 2)
        grid.addLayout(self._build_light(), 0, 0, 2, 1, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(title, 0, 1, 2, 1, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(found, 0, 2)
        grid.addWidget(wanted, 1, 2)
        grid.setColumnMinimumWidth(0, 110)
        grid.setColumnMinimumWidth(1, 190)
        grid.setColumnStretch(2, 1)
        if check.get("templates", {}).get("advice"):
            advice = label(self._role, "checkAdvice", wrap=True)
            grid.addWidget(advice, 2, 2)
            self.say(advice.setText, partial(self._text, "advice"))
        if check.get("command"):
            grid.addLayout(self._build_command(str(check["command"])), 3, 2)
        self.say(title.setText, partial(self._text, "title"))
        self.say(found.setText, partial(self._text, "found"))
        self.say(wanted.setText, lambda: self.tr("Wanted: {wanted}").format(wanted=self._text("wanted")))
        self.say(self._word.setText, self._word_text)
        self._draw()

    def _build_light(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(GRID)
        line.addWidget(self._light)
        line.addWidget(self._word)
        line.addStretch(1)
        return line

    def _build_command(self, command: str) -> QHBoxLayout:
        edit = QLineEdit(command)
        edit.setObjectName("checkCommand")
        edit.setReadOnly(True)
        edit.setProperty("role", "mono")
        edit.setCursorPosition(0)
        copy = button("copyCommandButton", "fa5s.copy")
        self.say(copy.setText, lambda: self.tr("Copy"))
        self.say(edit.setAccessibleName, lambda: self.tr("Command that mends it"))
        copy.clicked.connect(self._on_copy_clicked)
        line = QHBoxLayout()
        line.setSpacing(GRID)
        line.addWidget(edit, 1)
        line.addWidget(copy)
        return line

    def _text(self, name: str) -> str:
        template = str(self._check.get("templates", {}).get(name, ""))
        return (
            QCoreApplication.translate("Doctor", template).format(**self._check.get("values", {})) if template else ""
        )

    def _word_text(self) -> str:
        words = {"ok": self.tr("Good"), "warning": self.tr("Notice"), "error": self.tr("Problem")}
        return words.get(str(self._check.get("status")), "")

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._draw()

    def _draw(self) -> None:
        self._light.setPixmap(icon(self._icon_name, self._role).pixmap(LIGHT_PX, LIGHT_PX))

    @pyqtSlot()
    def _on_copy_clicked(self) -> None:
        clipboard = QApplication.clipboard()
        command = str(self._check.get("command", ""))
        if clipboard is not None:
            clipboard.setText(command)
        self.copied.emit(command)
