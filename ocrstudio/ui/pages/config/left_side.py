"""The left side of the config page: the form, every value, and what differs from the template, one search for all."""

from __future__ import annotations

from PyQt5.QtGui import QKeySequence
from PyQt5.QtWidgets import QLineEdit, QShortcut, QTabWidget, QVBoxLayout, QWidget

from ocrstudio.ui.icons import icon
from ocrstudio.ui.pages.config.difference_view import DifferenceView
from ocrstudio.ui.pages.config.form import ConfigForm
from ocrstudio.ui.pages.config.overrides_bar import OverridesBar
from ocrstudio.ui.pages.config.value_tree import ValueTree
from ocrstudio.ui.widgets.low_screen import HeightOfShown
from ocrstudio.ui.widgets.parts import GRID, SearchField
from ocrstudio.ui.widgets.translated import TranslatedWidget

FORM, TREE, DIFFERENCES = range(3)


class LeftSide(TranslatedWidget):
    """Three tabs."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.form = ConfigForm()
        self.tree = ValueTree()
        self.differences = DifferenceView()
        self.overrides = OverridesBar()
        self._count = 0
        self._search = SearchField("findSetting")
        self._search.addAction(icon("fa5s.search", "muted"), QLineEdit.ActionPosition.LeadingPosition)
        self.tabs = QTabWidget()
        self.tabs.setObjectName("configTabs")
        self.tabs.setDocumentMode(True)
        compared = QWidget()
        column = QVBoxLayout(compared)
        column.setContentsMargins(0, GRID, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(self.differences, 1)
        column.addWidget(self.overrides)
        for widget in (self.form, self.tree, compared):
            self.tabs.addTab(widget, "")
        HeightOfShown(self.tabs)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(GRID)
        outer.addWidget(self._search)
        outer.addWidget(self.tabs, 1)
        self.say(self._search.setPlaceholderText, lambda: self.tr("Find a setting or a value"))
        self.say(self._search.setAccessibleName, lambda: self.tr("Find a setting or a value"))
        self.say(self._name_tabs, str)
        self._search.textChanged.connect(self.form.set_filter)
        self._search.textChanged.connect(self.tree.set_filter)
        self.tabs.currentChanged.connect(lambda place: self._search.setVisible(place != DIFFERENCES))
        QShortcut(QKeySequence("Ctrl+Shift+F"), self, self._search.setFocus)

    def show_count(self, count: int) -> None:
        """How many values differ from the template, on the tab."""
        self._count = count
        self._name_tabs("")

    def _name_tabs(self, _: str) -> None:
        names = (self.tr("Settings"), self.tr("All values"), self.tr("Differences ({count})").format(count=self._count))
        for place, name in enumerate(names):
            self.tabs.setTabText(place, name)
