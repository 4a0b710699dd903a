"""What the project holds: pages by state, lines, characters."""

from __future__ import annotations

from functools import partial

from PyQt5.QtCore import Qt, pyqtSignal
from PyQt5.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from ocrstudio.core.page import PageState
from ocrstudio.services.project_statistics import ProjectStatistics
from ocrstudio.ui.pages.dataset.figure_words import named_state
from ocrstudio.ui.widgets.parts import GRID, Dot, StackedBar, button, card, label
from ocrstudio.ui.widgets.translated import TranslatedWidget

ORDER = (PageState.CHECKED, PageState.EDITED, PageState.AUTO, PageState.NEW, PageState.REJECTED)


class StatisticsCard(TranslatedWidget):
    """Shows the numbers of `ProjectStatistics` and follows them; a click on one lists the pages behind it."""

    pages_chosen = pyqtSignal(str)  # see `FiguresDesk.show_pages`
    characters_chosen = pyqtSignal()  # the user wants to see the characters

    def __init__(self, statistics: ProjectStatistics, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._statistics = statistics
        title = label("subtitle")
        self._bar = StackedBar()
        self._counts = {state: button(f"count-{state.value}", "", "quiet") for state in ORDER}
        for state, count in self._counts.items():
            count.clicked.connect(partial(self.pages_chosen.emit, state.value))
        self._numbers = {name: button(f"total-{name}", "", "figure") for name in ("pages", "boxes", "lines")}
        for name, number in self._numbers.items():
            number.clicked.connect(partial(self.pages_chosen.emit, "" if name == "pages" else name))
        self._numbers["characters"] = button("total-characters", "", "figure")
        self._numbers["characters"].clicked.connect(self.characters_chosen)
        frame = card(title, spacing=2 * GRID)
        column = frame.layout()
        if isinstance(column, QVBoxLayout):
            column.addLayout(self._build_numbers())
            column.addWidget(self._bar)
            column.addLayout(self._build_legend())
            column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame)
        self.say(title.setText, lambda: self.tr("This project"))
        statistics.changed.connect(self.refresh)
        self.refresh()

    def _build_numbers(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(4 * GRID)
        grid.setVerticalSpacing(2 * GRID)
        captions = (
            ("pages", lambda: self.tr("pages")),
            ("boxes", lambda: self.tr("boxes")),
            ("lines", lambda: self.tr("lines with text")),
            ("characters", lambda: self.tr("different characters")),
        )
        for place, (name, caption) in enumerate(captions):
            below = label("muted")
            self.say(below.setText, caption)
            self.say(self._numbers[name].setAccessibleName, caption)
            pair = QVBoxLayout()
            pair.setSpacing(0)
            pair.addWidget(self._numbers[name], 0, Qt.AlignmentFlag.AlignLeft)
            pair.addWidget(below)
            grid.addLayout(pair, place // 2, place % 2)
        grid.setColumnStretch(2, 1)
        return grid

    def _build_legend(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(GRID)
        grid.setVerticalSpacing(GRID)
        for place, state in enumerate(ORDER):
            word: QLabel = label()
            self.say(word.setText, partial(named_state, state))
            self.say(self._counts[state].setAccessibleName, partial(named_state, state))
            grid.addWidget(Dot(state.value), place, 0)
            grid.addWidget(word, place, 1)
            grid.addWidget(self._counts[state], place, 2, Qt.AlignmentFlag.AlignRight)
        grid.setColumnStretch(1, 1)
        return grid

    def refresh(self) -> None:
        """Shows the numbers as they are now."""
        states = self._statistics.states()
        totals = self._statistics.totals()
        for state in ORDER:
            self._counts[state].setText(str(states[state]))
        self._bar.set_parts([(state.value, states[state]) for state in ORDER])
        values = {
            "pages": sum(states.values()),
            "boxes": totals.boxes,
            "lines": totals.readable,
            "characters": len(totals.characters),
        }
        for name, value in values.items():
            self._numbers[name].setText(f"{value:,}".replace(",", "\u202f"))
