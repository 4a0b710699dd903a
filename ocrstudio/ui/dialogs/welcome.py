"""What is shown at the very first start: language and look, and the ways into the program."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PyQt5.QtCore import QEvent, QSize, Qt, QTimer, pyqtSignal, pyqtSlot
from PyQt5.QtGui import QKeyEvent
from PyQt5.QtWidgets import (
    QGridLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ocrstudio.services.settings import Settings
from ocrstudio.ui.dialogs.look_fields import LookFields
from ocrstudio.ui.icons import icon
from ocrstudio.ui.widgets.dialog import Dialog
from ocrstudio.ui.widgets.parts import GRID, button, label, row, scrolled
from ocrstudio.ui.widgets.translated import TranslatedWidget

# Ways in; the dialog says which one was chosen.
READ, LABEL, BRING, SAMPLE, SETUP = "read", "label", "bring", "sample", "setup"
ICON_PX = 32
WIDTH_LETTERS = 96  # average letters of the text font


class ChoiceButton(QPushButton):
    """A large button: an icon, what it does, and a sentence below."""

    def __init__(self, name: str, icon_name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAutoDefault(False)
        self._icon_name = icon_name
        self._picture, self.title, self.hint = QLabel(), label("subtitle"), label("muted", wrap=True)
        self.title.setWordWrap(True)
        texts = QVBoxLayout()
        texts.setSpacing(GRID // 2)
        texts.addWidget(self.title)
        texts.addWidget(self.hint)
        line = row(self._picture, spacing=2 * GRID)
        line.addLayout(texts, 1)
        line.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        self.setLayout(line)
        for part in (self._picture, self.title, self.hint):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._draw()

    def set_title(self, text: str) -> None:
        """What it does; screen readers say it too."""
        self.title.setText(text)
        self.setAccessibleName(text)

    def set_hint(self, text: str) -> None:
        """The sentence below."""
        self.hint.setText(text)
        self.setAccessibleDescription(text)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        inside = self.layout()
        return inside.totalHeightForWidth(width) if inside is not None else 0

    def sizeHint(self) -> QSize:
        inside = self.layout()
        return inside.totalSizeHint() if inside is not None else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        inside = self.layout()
        return inside.totalMinimumSize() if inside is not None else super().minimumSizeHint()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._draw()
        super().changeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # As a default button of the dialog it would be pressed from the fields above, too.
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def _draw(self) -> None:
        self._picture.setPixmap(icon(self._icon_name, "accent").pixmap(ICON_PX, ICON_PX))


class WelcomeDialog(Dialog):
    """Asks what the user wants to do; language, theme and text size take effect at once.

    Args:
        settings: Read and changed.
        parent: The window.
    """

    chosen = pyqtSignal(str)  # READ, LABEL, BRING, SAMPLE or SETUP, after the dialog was closed

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("welcomeDialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._settings = settings
        self._words = TranslatedWidget()
        column = QVBoxLayout(self._words)
        column.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, GRID)
        column.setSpacing(GRID)
        self._add_greeting(column)
        self._add_look(column)
        self._add_ways(column)
        column.addStretch(1)
        later = button("welcomeLater", role="quiet")
        later.setAutoDefault(False)
        later.clicked.connect(self.reject)
        again = label("hint", wrap=True)
        bottom = row(again, later)
        bottom.setStretch(0, 1)
        bottom.setContentsMargins(3 * GRID, GRID, 3 * GRID, GRID)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, GRID)
        outer.setSpacing(0)
        outer.addWidget(scrolled(self._words))
        outer.addLayout(bottom)
        self._words.say(self.setWindowTitle, lambda: self.tr("Welcome to OCR Studio"))
        self._words.say(later.setText, lambda: self.tr("Look around first"))
        self._words.say(again.setText, lambda: self.tr("The Help menu shows this again."))
        self._ways[READ].setFocus()
        self._fit()

    # --- building --------------------------------------------------------------------------------------------------

    def _add_greeting(self, column: QVBoxLayout) -> None:
        title, sentence = label("title", "welcomeTitle", wrap=True), label("muted", wrap=True)
        self._words.say(title.setText, lambda: self.tr("Welcome to OCR Studio"))
        self._words.say(
            sentence.setText,
            lambda: self.tr("It reads the text of pictures, and learns from you where it reads wrong."),
        )
        column.addWidget(title)
        column.addWidget(sentence)

    def _add_look(self, column: QVBoxLayout) -> None:
        self.look = LookFields("welcome", self._settings, self._words)
        grid = QGridLayout()
        grid.setHorizontalSpacing(2 * GRID)
        grid.setVerticalSpacing(GRID // 2)
        for place, (text, field) in enumerate(self.look.named()):
            name = label("muted")
            name.setBuddy(field)
            self._words.say(name.setText, text)
            self._words.say(field.setAccessibleName, text)
            grid.addWidget(name, 0, place)
            grid.addWidget(field, 1, place)
            grid.setColumnStretch(place, 1)
        column.addSpacing(GRID)
        column.addLayout(grid)

    def _add_ways(self, column: QVBoxLayout) -> None:
        question = label("subtitle", wrap=True)
        self._words.say(question.setText, lambda: self.tr("What do you want to do?"))
        column.addSpacing(2 * GRID)
        column.addWidget(question)
        self._ways: dict[str, ChoiceButton] = {}
        self._add_way(
            column,
            READ,
            "fa5s.search",
            lambda: self.tr("Read the text of pictures"),
            lambda: self.tr("Pictures, PDF files, part of the screen. Nothing to set up."),
        )
        self._add_way(
            column,
            LABEL,
            "fa5s.folder-open",
            lambda: self.tr("Label pictures and train a model"),
            lambda: self.tr("Choose a folder of pictures. They stay as they are."),
        )
        self._add_way(
            column,
            BRING,
            "fa5s.file-import",
            lambda: self.tr("Begin with a PDF, a zip or other labels"),
            lambda: self.tr("A new project is made of what you have, labels of other programs too."),
        )
        self._add_way(
            column,
            SAMPLE,
            "fa5s.magic",
            lambda: self.tr("See how it works"),
            lambda: self.tr("Opens a sample project with 30 small pages, to try everything with."),
        )
        self._add_way(
            column,
            SETUP,
            "fa5s.microchip",
            lambda: self.tr("Set up training and the graphics card"),
            lambda: self.tr("Shows what this computer has and what is missing, and mends it."),
        )

    def _add_way(
        self, column: QVBoxLayout, way: str, icon_name: str, title: Callable[[], str], hint: Callable[[], str]
    ) -> None:
        made = ChoiceButton(f"welcome-{way}", icon_name)
        self._words.say(made.set_title, title)
        self._words.say(made.set_hint, hint)
        made.clicked.connect(partial(self._choose, way))
        column.addWidget(made)
        self._ways[way] = made

    def _choose(self, way: str, _checked: bool = False) -> None:
        self.accept()
        self.chosen.emit(way)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.StyleChange):
            # When the parts have the new texts and sizes as well.
            QTimer.singleShot(0, self._fit)

    @pyqtSlot()
    def _fit(self) -> None:
        letters = self.fontMetrics()
        self.fit(self._words, WIDTH_LETTERS * letters.averageCharWidth(), letters.lineSpacing() + 6 * GRID)
