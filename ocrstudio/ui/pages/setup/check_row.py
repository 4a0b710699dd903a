"""One line of the doctor's report: a light, a word, what is, what is wanted and why, and the fix."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from PyQt5.QtCore import QCoreApplication, QEvent, Qt, pyqtSignal, pyqtSlot
from PyQt5.QtGui import QShowEvent
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
# Room for light and word, and for the title.
_LETTERS = (12, 11)
# Long paths have no place to be wrapped at otherwise.
_BREAK = "\u200b"


class CheckRow(TranslatedWidget):
    """Shows one entry of `ocrstudio doctor --json`.

    Args:
        check: With `id`, `status`, `templates`, `values`, `command` and `fix`.
        parent: Owner.
    """

    copied = pyqtSignal(str)  # the command that now is on the clipboard
    fix_requested = pyqtSignal(object)  # the check: dict

    def __init__(self, check: Mapping[str, Any], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"check-{check.get('id', '')}")
        self.check = check
        self._role, self._icon_name = LIGHTS.get(str(check.get("status")), LIGHTS["warning"])
        self._light = QLabel()
        self._word = label(self._role, "checkWord")
        self._title = label("strong", "checkTitle", wrap=True)
        found = label(name="checkFound", wrap=True)
        # the light beside it is a little higher
        self._title.setContentsMargins(0, 1, 0, 0)
        self._reason = label("hint", "checkReason", wrap=True)
        grid = self._grid = QGridLayout(self)
        grid.setContentsMargins(0, GRID, 0, GRID)
        grid.setHorizontalSpacing(2 * GRID)
        grid.setVerticalSpacing(GRID // 2)
        grid.addLayout(self._build_light(), 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self._title, 0, 1, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(found, 0, 2)
        grid.addWidget(self._reason, 1, 2)
        grid.setColumnStretch(1, 2)
        grid.setColumnStretch(2, 7)
        if check.get("templates", {}).get("advice"):
            advice = label(self._role, "checkAdvice", wrap=True)
            grid.addWidget(advice, 2, 2)
            self.say(advice.setText, partial(self._text, "advice"))
        if check.get("command"):
            grid.addLayout(self._build_command(str(check["command"])), 3, 2)
        self.say(self._title.setText, partial(self._text, "title"))
        self.say(found.setText, self._found_text)
        self.say(self._reason.setText, self._reason_text)
        self.say(self._word.setText, self._word_text)
        self.say(self.setToolTip, self._tip_text)
        self.show_reason(False)
        self._draw()

    @property
    def is_good(self) -> bool:
        """Whether nothing is to be done."""
        return self.check.get("status") == "ok"

    def text_of(self, name: str) -> str:
        """One of the check's texts in the language in use."""
        return self._text(name)

    def show_reason(self, shown: bool) -> None:
        """Whether a line that is good also says what is wanted and why; others always do."""
        self._reason.setVisible(shown or not self.is_good)
        self.setToolTip(self._tip_text())

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
        if self.check.get("fix"):
            mend = button("fixButton", "fa5s.wrench")
            self.say(mend.setText, lambda: self.tr("Mend…"))
            self.say(mend.setToolTip, lambda: self.tr("Shows the commands first; then runs them here."))
            self.say(mend.setAccessibleName, lambda: self.tr("Mend: {title}").format(title=self._text("title")))
            mend.clicked.connect(self._on_fix_clicked)
            line.addWidget(mend)
        return line

    def _text(self, name: str) -> str:
        template = str(self.check.get("templates", {}).get(name, ""))
        return QCoreApplication.translate("Doctor", template).format(**self.check.get("values", {})) if template else ""

    def _found_text(self) -> str:
        return self._text("found").replace("/", f"/{_BREAK}").replace("\\", f"\\{_BREAK}")

    def _reason_text(self) -> str:
        wanted = self.tr("Wanted: {wanted}").format(wanted=self._text("wanted"))
        why = self._text("why")
        return self.tr("{wanted}. {why}").format(wanted=wanted, why=why) if why else wanted

    def _tip_text(self) -> str:
        return "" if self._reason.isVisibleTo(self) else self._reason_text()

    def _word_text(self) -> str:
        words = {"ok": self.tr("Good"), "warning": self.tr("Notice"), "error": self.tr("Problem")}
        return words.get(str(self.check.get("status")), "")

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._draw()
        elif event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange, QEvent.Type.LanguageChange):
            self._measure()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._measure()

    def _measure(self) -> None:
        """Columns in letters, alike in all rows; a title is wrapped between words, none of which may be cut."""
        metrics = self._title.fontMetrics()
        for column, letters in enumerate(_LETTERS):
            self._grid.setColumnMinimumWidth(column, letters * metrics.averageCharWidth())
        self._title.setMinimumWidth(max(map(metrics.horizontalAdvance, self._title.text().split()), default=0))

    def _draw(self) -> None:
        self._light.setPixmap(icon(self._icon_name, self._role).pixmap(LIGHT_PX, LIGHT_PX))

    @pyqtSlot()
    def _on_copy_clicked(self) -> None:
        clipboard = QApplication.clipboard()
        command = str(self.check.get("command", ""))
        if clipboard is not None:
            clipboard.setText(command)
        self.copied.emit(command)

    @pyqtSlot()
    def _on_fix_clicked(self) -> None:
        self.fix_requested.emit(self.check)
