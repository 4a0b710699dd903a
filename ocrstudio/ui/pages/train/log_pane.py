"""The trainer's own words: searchable, by severity, following the end unless the reader has scrolled away."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path

from PyQt5.QtCore import QEvent, QPoint, Qt, pyqtSignal, pyqtSlot
from PyQt5.QtGui import QKeySequence
from PyQt5.QtWidgets import QButtonGroup, QFileDialog, QMenu, QPushButton, QShortcut, QVBoxLayout, QWidget

from ocrstudio.core.errors import StudioError
from ocrstudio.core.log_lines import Level, LogLines
from ocrstudio.formats.atomic import write_atomic
from ocrstudio.services.timers import single_shot
from ocrstudio.ui.pages.train.log_view import LogView, fixed_font
from ocrstudio.ui.widgets.flow import FlowWidget
from ocrstudio.ui.widgets.parts import GRID, SearchField, button, label
from ocrstudio.ui.widgets.translated import TranslatedWidget

MAX_LINES = 200_000
# A talkative trainer prints hundreds of lines a second; the eye is served ten times a second.
FLUSH_MS = 100
# Of a long log so many lines are taken over at a time, for so long; then the window does what else there is.
LINES_AT_A_TIME = 500
BUDGET_S = 0.015
LOG_TEXT = 0.92  # of the size of other text
SEARCH_CHARS = 26


class LogPane(TranslatedWidget):
    """Shows the last `MAX_LINES` lines."""

    save_failed = pyqtSignal(object)  # StudioError: the log could not be written to the chosen file

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._waiting: list[str] = []
        self._lines = LogLines(MAX_LINES)
        self._timer = single_shot(self, 0, self._on_timer_timeout)
        self.view = LogView(self._lines)
        self.view.setObjectName("logText")
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.view.customContextMenuRequested.connect(self._on_menu_requested)
        self.view.followed.connect(self._on_view_followed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, GRID, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(self._build_bar())
        column.addWidget(self.view, 1)
        self.say(self.view.setAccessibleName, lambda: self.tr("Log of the training"))
        self._set_font()

    def _build_bar(self) -> FlowWidget:
        bar = FlowWidget(GRID)
        self._levels = QButtonGroup(self)
        self._level_buttons: dict[Level, QPushButton] = {}
        for level, name in ((Level.PLAIN, "All"), (Level.WARNING, "Warnings"), (Level.ERROR, "Errors")):
            chosen = button(f"log{name}Button")
            chosen.setCheckable(True)
            self._levels.addButton(chosen, int(level))
            self._level_buttons[level] = chosen
            bar.flow.addWidget(chosen)
        self._level_buttons[Level.PLAIN].setChecked(True)
        self._levels.idToggled.connect(self._on_level_toggled)
        self.say(self._level_buttons[Level.PLAIN].setText, lambda: self.tr("All lines"))
        self.say(lambda _: self._show_counts(), lambda: "")
        self._search = SearchField("logSearch")
        self.say(self._search.setPlaceholderText, lambda: self.tr("Search (Ctrl+Shift+F)"))
        self.say(self._search.setAccessibleName, lambda: self.tr("Search the log (Ctrl+Shift+F)"))
        self._search.textChanged.connect(self._on_search_changed)
        self._search.returnPressed.connect(self.find_next)
        before = self._small_button("logPreviousButton", "fa5s.chevron-up", self.find_previous)
        self.say(before.setToolTip, lambda: self.tr("Previous match"))
        self.say(before.setAccessibleName, lambda: self.tr("Previous match"))
        after = self._small_button("logNextButton", "fa5s.chevron-down", self.find_next)
        self.say(after.setToolTip, lambda: self.tr("Next match"))
        self.say(after.setAccessibleName, lambda: self.tr("Next match"))
        self._found = label("hint", "logSearchResult")
        self._end = self._small_button("logEndButton", "fa5s.arrow-down", self.view.go_to_end, "quiet")
        self.say(self._end.setText, lambda: self.tr("Follow"))
        self.say(self._end.setToolTip, lambda: self.tr("Show the end of the log, and new lines as they come"))
        self._end.hide()
        save = self._small_button("logSaveButton", "fa5s.save", self.save)
        self.say(save.setToolTip, lambda: self.tr("Save these lines…"))
        self.say(save.setAccessibleName, lambda: self.tr("Save these lines…"))
        for widget in (self._search, before, after, save, self._found, self._end):
            bar.flow.addWidget(widget)
        shortcut = QShortcut(QKeySequence("Ctrl+Shift+F"), self)
        shortcut.activated.connect(self._search.setFocus)
        return bar

    def _small_button(self, name: str, icon: str, slot: Callable[[], None], role: str = "") -> QPushButton:
        made = button(name, icon, role)
        made.clicked.connect(slot)
        return made

    def _set_font(self) -> None:
        self.view.use_font(fixed_font(self, LOG_TEXT))
        self._search.setFixedWidth(self._search.fontMetrics().averageCharWidth() * SEARCH_CHARS + 4 * GRID)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_search"):
            self._set_font()

    @property
    def is_at_end(self) -> bool:
        """Whether new lines scroll into view by themselves."""
        return self.view.is_at_end

    def lines(self) -> list[str]:
        """What is shown."""
        self.flush()
        return [self.view.text(row) for row in range(self.view.rows)]

    def clear(self) -> None:
        """Empties the pane for another run."""
        self._waiting.clear()
        self._lines.clear()
        self._found.clear()
        self.view.show_level(Level(self._levels.checkedId()))
        self._show_counts()

    @pyqtSlot(str)
    def add(self, text: str) -> None:
        """Takes one line or several; they appear within a tenth of a second."""
        self.add_lines(text.split("\n"))

    def add_lines(self, lines: Sequence[str]) -> None:
        """The same with lines; of very many, those on the screen appear after a moment and the others meanwhile."""
        self._waiting.extend(lines[-MAX_LINES:])
        del self._waiting[:-MAX_LINES]
        if not self._timer.isActive():
            self._timer.start(FLUSH_MS)

    @pyqtSlot()
    def flush(self) -> None:
        """Shows all that waits, without moving what the reader is looking at."""
        self._timer.stop()
        self._take(len(self._waiting))

    @pyqtSlot()
    def _on_timer_timeout(self) -> None:
        started = time.perf_counter()
        while self._waiting and time.perf_counter() - started < BUDGET_S:
            self._take(LINES_AT_A_TIME)
        if self._waiting:
            self._timer.start(0)

    def _take(self, count: int) -> None:
        if not self._waiting:
            return
        lines, self._waiting = self._waiting[:count], self._waiting[count:]
        before = self._lines.counts[1:]
        self.view.lines_added(self._lines.add(lines))
        if before != self._lines.counts[1:]:
            self._show_counts()

    def _show_counts(self) -> None:
        warnings, errors = self._lines.counts[Level.WARNING], self._lines.counts[Level.ERROR]
        texts = {
            Level.WARNING: self.tr("Warnings and errors {count}").format(count=warnings + errors or ""),
            Level.ERROR: self.tr("Errors {count}").format(count=errors or ""),
        }
        for level, text in texts.items():
            self._level_buttons[level].setText(text.strip())

    # --- searching -------------------------------------------------------------------------------------------------

    @pyqtSlot()
    def find_next(self) -> None:
        """Selects the next match, from the top again after the last."""
        self._find(backward=False)

    @pyqtSlot()
    def find_previous(self) -> None:
        """Selects the match before, from the end again after the first."""
        self._find(backward=True)

    def _find(self, *, backward: bool, again: bool = True) -> None:
        wanted = self._search.text()
        found = not wanted or self.view.find(wanted, backward=backward, again=again)
        self._found.setText("" if found else self.tr("Not found"))

    @pyqtSlot(str)
    def _on_search_changed(self, text: str) -> None:
        # Typing on looks for the longer word from where the shorter one was found.
        self.view.mark(text)
        self._find(backward=False, again=False)

    # --- levels, copying, saving -----------------------------------------------------------------------------------

    @pyqtSlot(int, bool)
    def _on_level_toggled(self, level: int, chosen: bool) -> None:
        if chosen:
            self.view.show_level(Level(level))

    @pyqtSlot(bool)
    def _on_view_followed(self, follows: bool) -> None:
        self._end.setVisible(not follows)

    @pyqtSlot(QPoint)
    def _on_menu_requested(self, point: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for text, slot, enabled in (
            (self.tr("Copy"), self.view.copy, bool(self.view.selected_text())),
            (self.tr("Select all"), self.view.select_all, bool(self.view.rows)),
            (self.tr("Save these lines…"), self.save, bool(self.view.rows)),
        ):
            action = menu.addAction(text)
            if action is not None:
                action.setEnabled(enabled)
                action.triggered.connect(slot)
        menu.popup(self.view.mapToGlobal(point))

    @pyqtSlot()
    def save(self) -> None:
        """Writes the shown lines to a file that the user chooses."""
        title, kinds = self.tr("Save the log"), self.tr("Text (*.txt *.log)")
        chosen, _ = QFileDialog.getSaveFileName(self, title, "log.txt", kinds)
        if not chosen:
            return
        try:
            write_atomic(Path(chosen), "\n".join([*self.lines(), ""]))
        except StudioError as error:
            self.save_failed.emit(error)
