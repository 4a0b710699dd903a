"""The palette of characters that no keyboard has: used lately, unknown to the model, and rows by kind."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt5.QtCore import QCoreApplication, QEvent, QRect, Qt, pyqtSignal, pyqtSlot
from PyQt5.QtGui import QKeyEvent
from PyQt5.QtWidgets import (
    QFrame,
    QPlainTextEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ocrstudio.services.settings import Settings
from ocrstudio.ui.icons import icon
from ocrstudio.ui.pages.annotate.character_grid import CharacterGrid
from ocrstudio.ui.pages.annotate.palette_rows import (
    STANDARD_ROWS,
    PaletteRow,
    describe,
    matches,
    parse_rows,
    with_recent,
    written,
)
from ocrstudio.ui.widgets.dialog import ButtonBox, Dialog
from ocrstudio.ui.widgets.parts import GRID, SearchField, label, row, scrolled
from ocrstudio.ui.widgets.translated import TranslatedWidget

HEIGHT_LETTERS, LEAST_LETTERS = 10, 3  # of the characters' area, in heights of the text font


class _Filter(SearchField):
    """Finds characters by name; Down goes to them, Return takes the first, Esc leaves."""

    down = pyqtSignal()
    left = pyqtSignal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Tab):
            self.down.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class CharacterPalette(TranslatedWidget):
    """Characters to click or to reach by keyboard.

    Args:
        settings: Holds the user's own rows and the characters used last.
    """

    chosen = pyqtSignal(str)
    left = pyqtSignal()  # Esc: the keyboard goes back to the text
    close_requested = pyqtSignal()

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("characterPalette")
        self._settings = settings
        self._unknown: tuple[str, ...] = ()
        self.grid = CharacterGrid()
        self.filter = _Filter("paletteFilter")
        self._edit = _small_button("editPaletteRows", "fa5s.pencil-alt")
        self._close = _small_button("closePalette", "fa5s.times")
        self._hint = label("hint", "paletteHint")
        self._area = scrolled(self.grid)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        frame = QFrame()
        frame.setProperty("role", "card")
        column = QVBoxLayout(frame)
        column.setContentsMargins(GRID, GRID, GRID, GRID)
        column.setSpacing(GRID - 2)
        column.addLayout(row(self.filter, self._edit, self._close, spacing=2))
        column.addWidget(self._area, 1)
        column.addWidget(self._hint)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame)
        self.say(self.filter.setPlaceholderText, lambda: self.tr("Find a character"))
        self.say(self.filter.setToolTip, lambda: self.tr("By its name or number: roman, arrow, U+2163…"))
        self.say(self._edit.setToolTip, lambda: self.tr("Choose the rows of the palette"))
        self.say(self._close.setToolTip, lambda: self.tr("Close the palette"))
        self.filter.textChanged.connect(self._fill)
        self.filter.returnPressed.connect(self._on_filter_return_pressed)
        self.filter.down.connect(self.start)
        for source in (self.filter, self.grid):
            source.left.connect(self.left)
        self.grid.chosen.connect(self._on_grid_chosen)
        self.grid.current_moved.connect(self._on_grid_current_moved)
        self._edit.clicked.connect(self._on_edit_clicked)
        self._close.clicked.connect(self.close_requested)
        settings.changed.connect(self._on_settings_changed)
        self._scale()
        self._fill()

    def show_unknown(self, characters: Sequence[str]) -> None:
        """Offers characters of the project that the model's dictionary lacks."""
        if tuple(characters) != self._unknown:
            self._unknown = tuple(characters)
            self._fill()

    @pyqtSlot()
    def start(self) -> None:
        """Gives the keyboard to the characters."""
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def rows(self) -> list[PaletteRow]:
        """What the palette holds now, names translated."""
        own = parse_rows(self._settings.palette_rows)
        shown = own or [PaletteRow(_translated(one.name), one.characters) for one in STANDARD_ROWS]
        lead = [
            PaletteRow(self.tr("Recently used"), tuple(self._settings.recent_characters)),
            PaletteRow(self.tr("Not in the model's dictionary"), self._unknown),
        ]
        return [one for one in (*lead, *shown) if one.characters]

    @pyqtSlot()
    @pyqtSlot(str)
    def _fill(self, _text: str = "") -> None:
        wanted = self.filter.text()
        rows = [PaletteRow(one.name, tuple(c for c in one.characters if matches(c, wanted))) for one in self.rows()]
        self.grid.show_rows([one for one in rows if one.characters])
        found = self.grid.characters
        if wanted.strip() and found:
            self._hint.setText(f"{found[0]}   {describe(found[0])}")
        elif wanted.strip():
            self._hint.setText(self.tr("No character of the palette is called that."))
        self._hint.setVisible(bool(wanted.strip()))

    def _take(self, character: str) -> None:
        self.chosen.emit(character)
        self._settings.recent_characters = "".join(with_recent(self._settings.recent_characters, character))

    @pyqtSlot(str)
    def _on_grid_chosen(self, character: str) -> None:
        self._take(character)

    @pyqtSlot()
    def _on_filter_return_pressed(self) -> None:
        if self.filter.text().strip() and self.grid.characters:
            self._take(self.grid.characters[0])
            self.filter.clear()

    @pyqtSlot(QRect)
    def _on_grid_current_moved(self, area: QRect) -> None:
        self._area.ensureVisible(area.center().x(), area.center().y(), area.width(), area.height())

    @pyqtSlot()
    def _on_edit_clicked(self) -> None:
        dialog = PaletteRowsDialog(written(self._own_or_standard()), self)
        dialog.accepted.connect(self._on_dialog_accepted)
        self._dialog = dialog
        dialog.open()

    def _own_or_standard(self) -> list[PaletteRow]:
        own = parse_rows(self._settings.palette_rows)
        return own or [PaletteRow(_translated(one.name), one.characters) for one in STANDARD_ROWS]

    @pyqtSlot()
    def _on_dialog_accepted(self) -> None:
        self._settings.palette_rows = written(parse_rows(self._dialog.lines()))

    @pyqtSlot(str)
    def _on_settings_changed(self, key: str) -> None:
        if key in ("palette_rows", "recent_characters"):
            self._fill()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._fill()
        elif event.type() == QEvent.Type.FontChange and hasattr(self, "_area"):
            self._scale()

    def _scale(self) -> None:
        letter = self.fontMetrics().height()
        self._area.setMinimumHeight(letter * LEAST_LETTERS)
        self._area.setMaximumHeight(letter * HEIGHT_LETTERS)


class PaletteRowsDialog(Dialog):
    """The rows as text, one a line.

    Args:
        lines: `Name: characters` each.
    """

    def __init__(self, lines: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("paletteRowsDialog")
        self.setWindowTitle(self.tr("Rows of the palette"))
        self.resize(620, 360)
        explained = label("hint", wrap=True)
        explained.setText(
            self.tr("One row a line: its name, a colon, its characters. Leave it all empty for the usual rows.")
        )
        self.text = QPlainTextEdit("\n".join(lines))
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(self.windowTitle())
        buttons = ButtonBox()
        for which in (ButtonBox.StandardButton.Ok, ButtonBox.StandardButton.Cancel):
            buttons.addButton(which)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        for widget in (explained, self.text, buttons):
            column.addWidget(widget)

    def lines(self) -> list[str]:
        """What stands there now."""
        return self.text.toPlainText().splitlines()


def _translated(name: str) -> str:
    return QCoreApplication.translate("Palette", name)


def _small_button(name: str, icon_name: str) -> QToolButton:
    made = QToolButton()
    made.setObjectName(name)
    made.setIcon(icon(icon_name, "muted"))
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return made
