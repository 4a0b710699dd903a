"""Which Python environment is looked at: this program's own, or another one of this computer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PyQt5.QtCore import QEvent, Qt, pyqtSignal, pyqtSlot
from PyQt5.QtGui import QIcon
from PyQt5.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QWidget

from ocrstudio.services.jobs import OneJob
from ocrstudio.ui.icons import icon
from ocrstudio.ui.pages.setup.check_row import LIGHTS
from ocrstudio.ui.widgets.parts import GRID, LongChoice, button, label
from ocrstudio.ui.widgets.translated import TranslatedWidget

OWN = ""


class EnvironmentBar(TranslatedWidget):
    """A list of interpreters, filled in the background, and a way to choose any other.

    Args:
        program: Replaces the command's program; for tests.
        parent: Owner; it calls `close`.
    """

    chosen = pyqtSignal()  # `python` is another one

    def __init__(self, program: list[str] | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._job = OneJob(self, program)
        self.found: list[dict[str, Any]] = []
        title = label("strong")
        self.box = LongChoice()
        self.box.setObjectName("environmentBox")
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.box.setMinimumContentsLength(24)
        title.setBuddy(self.box)
        self.other_button = button("otherEnvironmentButton", "fa5b.python")
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(GRID)
        line.addWidget(title)
        line.addWidget(self.box, 1)
        line.addWidget(self.other_button)
        self.say(title.setText, lambda: self.tr("Environment:"))
        self.say(self.other_button.setText, lambda: self.tr("Another…"))
        self.say(self.box.setAccessibleName, lambda: self.tr("Environment that is looked at"))
        self.say(
            self.box.setToolTip,
            lambda: self.tr(
                "The built-in engine trains in the program's own, a PaddleOCR checkout in the one it was given."
            ),
        )
        self.say(lambda _text: self._fill(), str)
        self.box.currentIndexChanged.connect(self._on_box_changed)
        self.other_button.clicked.connect(self._on_other_clicked)

    @property
    def python(self) -> str:
        """The interpreter to look at, `OWN` for this program's."""
        return str(self.box.currentData() or OWN)

    def look(self) -> None:
        """Lists the environments of this computer, in a child; does nothing while it does."""
        # the list only saves typing: without it, any interpreter can still be chosen
        self._job.start(["doctor", "--environments"], self._take, lambda _failed: None)

    def shut_down(self) -> None:
        """Ends what is under way."""
        self._job.close()

    def _take(self, result: dict[str, Any]) -> None:
        known = {one["python"] for one in result.get("environments", [])}
        self.found = [*result.get("environments", []), *(one for one in self.found if one["python"] not in known)]
        self._fill()

    def _fill(self) -> None:
        chosen = self.python
        self.box.blockSignals(True)
        self.box.clear()
        own = next((one for one in self.found if one.get("role") == "own"), None)
        self.box.addItem(self._icon(own or {}), self._text(own or {"role": "own"}), OWN)
        for one in self.found:
            if one is not own:
                self.box.addItem(self._icon(one), self._text(one), one["python"])
                self.box.setItemData(self.box.count() - 1, one["python"], Qt.ItemDataRole.ToolTipRole)
        self.box.setCurrentIndex(max(0, self.box.findData(chosen)))
        self.box.blockSignals(False)

    def _icon(self, one: dict[str, Any]) -> QIcon:
        """Its light; none while nobody knows."""
        role, name = LIGHTS.get(str(one.get("status")), ("", ""))
        return icon(name, role) if name else QIcon()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._fill()

    def _text(self, one: dict[str, Any]) -> str:
        kinds = {
            "own": self.tr("This program's own"),
            "checkout": self.tr("Checkout: {name}"),
            "made": self.tr("Made here: {name}"),
            "conda": self.tr("conda: {name}"),
            "venv": self.tr("Virtual environment: {name}"),
            "system": self.tr("System: {name}"),
        }
        name = kinds.get(str(one.get("role")), "{name}").format(name=one.get("name", ""))
        if one.get("problem"):
            return self.tr("{name} – does not answer").format(name=name)
        if not one.get("version"):
            return name
        if not one.get("paddle"):
            return self.tr("{name} – Python {version}, no Paddle").format(name=name, version=one["version"])
        return self.tr("{name} – Python {version}, Paddle {paddle}").format(
            name=name, version=one["version"], paddle=one["paddle"]
        )

    @pyqtSlot()
    def _on_box_changed(self) -> None:
        self.chosen.emit()

    @pyqtSlot()
    def _on_other_clicked(self) -> None:
        file, _ = QFileDialog.getOpenFileName(self, self.tr("Choose a Python interpreter"), str(Path.home()))
        if file:
            self.choose(file)

    def choose(self, python: str) -> None:
        """Looks at another interpreter, listed or not."""
        if self.box.findData(python) < 0:
            self.found.append({"python": python, "role": "", "name": python})
            self._fill()
        self.box.setCurrentIndex(self.box.findData(python))
