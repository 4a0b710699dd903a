"""The pages of the project: a list that asks for nothing it does not show, with filters and the progress."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection
from functools import partial

from PyQt5.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPoint, Qt, pyqtSignal, pyqtSlot
from PyQt5.QtWidgets import (
    QApplication,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QMenu,
    QProgressBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ocrstudio.core.lines import folder_of
from ocrstudio.core.page import PageState
from ocrstudio.core.search import find_lines, page_passes
from ocrstudio.services.background import Background
from ocrstudio.services.line_index import LineIndex
from ocrstudio.services.project_session import ProjectSession
from ocrstudio.ui.icons import icon
from ocrstudio.ui.pages.annotate.filter_form import STATES, FilterForm
from ocrstudio.ui.pages.annotate.page_list_view import PageListView
from ocrstudio.ui.pages.annotate.page_rows import (
    COUNT_ROLE,
    FOLDER_ROLE,
    KEY_ROLE,
    STATE_ROLE,
    PageDelegate,
    PageListModel,
)
from ocrstudio.ui.widgets.parts import GRID, SearchField, button, label
from ocrstudio.ui.widgets.translated import TranslatedWidget

__all__ = ["COUNT_ROLE", "STATE_ROLE", "PagePanel"]
NO_BREAK = "\N{NO-BREAK SPACE}"


class PagePanel(TranslatedWidget):
    """Filters, list and progress of the pages.

    Args:
        session: The open project.
        index: Its lines; without it pages can be filtered by name and state only.
        parent: Owner.
    """

    page_chosen = pyqtSignal()  # with a plain click or Return: the keyboard belongs to the canvas again
    chosen_changed = pyqtSignal()  # `chosen` may give others

    def __init__(self, session: ProjectSession, index: LineIndex | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._index = session, index
        self.menu: QMenu | None = None  # of the right mouse button, for the pages that are chosen
        self._following = False
        self._states: dict[str, PageState] = {}
        self._counted: Counter[PageState] = Counter()
        self._selected: tuple[str, ...] = ()
        self._wanted: frozenset[str] | None = None
        self._search = 0
        self._background = Background(self, threads=1)
        self.model = PageListModel(session, self)
        self.model.describe = self._describe
        self.model.name_of_root = lambda: self.tr("Project folder")
        self.filter = SearchField("pageFilter")
        self.states = QComboBox()
        # As wide as the panel, not as its longest name: large letters would take the picture's room.
        self.states.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.states.setMinimumContentsLength(6)
        self.states.setObjectName("pageStateFilter")
        self.states.addItems([""] * len(STATES))
        self.more = QToolButton()
        self.more.setObjectName("pageMoreFilters")
        self.more.setCheckable(True)
        self.more.setIcon(icon("fa5s.filter", "text", "accent"))
        self.form = FilterForm(index, with_text=True) if index is not None else None
        self.list = PageListView()
        self.list.setObjectName("pageList")
        self.list.setModel(self.model)
        self._selection = QItemSelectionModel(self.model, self)
        self.list.setSelectionModel(self._selection)
        self.list.setItemDelegate(PageDelegate(self.list))
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._progress_text = label("hint", "pageProgressText", wrap=True)
        self._counts_text = label("hint", "pageCountsText", wrap=True)
        self._progress = QProgressBar()
        self._progress.setObjectName("pageProgress")
        self._progress.setTextVisible(False)
        self._build()
        self.say(self.filter.setPlaceholderText, lambda: self.tr("Find a page"))
        self.say(self.filter.setAccessibleName, lambda: self.tr("Find a page"))
        self.say(self.filter.setToolTip, lambda: self.tr("Show the pages whose name contains this"))
        self.say(self.more.setToolTip, lambda: self.tr("More filters: text, confidence, characters, folder, notes"))
        self.say(self.more.setAccessibleName, lambda: self.tr("More filters"))
        self.say(self.states.setAccessibleName, lambda: self.tr("Which pages are shown"))
        self.say(self.list.setAccessibleName, lambda: self.tr("Pages"))
        self.say(self._name_filters, lambda: "")
        self.say(self._progress_text.setText, self._progress_sentence)
        self.say(self._counts_text.setText, self._counts_sentence)
        self._connect()
        if session.store is not None:
            self._on_session_project_changed()

    def close_workers(self) -> None:
        """Stops the worker; the owner calls it before the panel goes."""
        self._background.close()

    # --- what is chosen --------------------------------------------------------------------------------------------

    @property
    def selected(self) -> tuple[str, ...]:
        """The pages that are selected, in the order of the list."""
        return self._selected

    def chosen(self) -> tuple[str, ...]:
        """The pages that a command is about: those selected while the list has the keyboard, else the open one.

        Whoever works on the canvas sees one page, so there no key acts on others.
        """
        if self._selected and self.list.has_keyboard:
            return self._selected
        page = self._session.document.page
        return (page.key,) if page is not None else ()

    @pyqtSlot()
    def select_all(self) -> None:
        """Selects every page that the list shows; the open one stays."""
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self.list.selectAll()

    def _select(self, keys: Collection[str]) -> None:
        spans = QItemSelection()
        for first, last in self.model.spans_of(keys):
            spans.select(self.model.index(first), self.model.index(last))
        self._selection.select(spans, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    @pyqtSlot()
    def _on_selection_changed(self) -> None:
        spans = sorted((span.top(), span.bottom()) for span in self._selection.selection())
        self._selected = tuple(key for span in spans for key in self.model.keys_in(*span))
        self._progress_text.setText(self._progress_sentence())
        self.chosen_changed.emit()

    # --- building --------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID, GRID, 0, GRID)
        column.setSpacing(GRID)
        line = QHBoxLayout()
        line.setSpacing(GRID // 2)
        line.addWidget(self.states, 1)
        line.addWidget(self.more)
        if self.form is None:
            self.more.hide()
        column.addWidget(self.filter)
        column.addLayout(line)
        self._form_frame = QFrame()
        self._form_frame.setProperty("role", "card")
        inside = QVBoxLayout(self._form_frame)
        inside.setContentsMargins(GRID, GRID, GRID, GRID)
        if self.form is not None:
            inside.addWidget(self.form)
            self._reset = button("pageResetFilters", "fa5s.times", "quiet")
            self.say(self._reset.setText, lambda: self.tr("Clear filters"))
            inside.addWidget(self._reset)
        self._form_frame.hide()
        for widget in (self._form_frame, self.list, self._progress_text, self._progress, self._counts_text):
            column.addWidget(widget)
        column.setStretchFactor(self.list, 1)

    def _connect(self) -> None:
        self.filter.textChanged.connect(self._on_filter_changed)
        self.states.currentIndexChanged.connect(self._on_filter_changed)
        self.list.clicked.connect(self._on_list_clicked)
        self.list.customContextMenuRequested.connect(self._on_list_menu_requested)
        self._selection.currentChanged.connect(self._on_current_changed)
        self._selection.selectionChanged.connect(self._on_selection_changed)
        self.list.keyboard_changed.connect(self.chosen_changed)
        self.list.left.connect(self.page_chosen)
        session = self._session
        session.project_opened.connect(self._on_session_project_changed)
        session.project_closed.connect(self._on_session_project_changed)
        session.page_opened.connect(self._on_session_page_opened)
        session.page_changed.connect(self._on_session_page_changed)
        session.pages_listed.connect(self._on_session_pages_listed)
        if self.form is not None and self._index is not None:
            self.more.toggled.connect(self._form_frame.setVisible)
            self.form.filter_changed.connect(self._find_wanted)
            self._reset.clicked.connect(self.form.reset)
            self._index.built.connect(self._on_index_built)
            self._index.changed.connect(self._on_index_changed)

    # --- texts -----------------------------------------------------------------------------------------------------

    def _name_filters(self, _unused: str) -> None:
        names = (
            self.tr("All pages"),
            self.tr("Not checked yet"),
            self.tr("Without labels"),
            self.tr("Labelled automatically"),
            self.tr("Edited"),
            self.tr("Checked"),
            self.tr("Left out"),
        )
        for place, name in enumerate(names):
            self.states.setItemText(place, name)

    def _describe(self, state: PageState) -> str:
        return {
            PageState.NEW: self.tr("No labels yet"),
            PageState.AUTO: self.tr("Labelled automatically, nobody has looked yet"),
            PageState.EDITED: self.tr("Edited, not checked yet"),
            PageState.CHECKED: self.tr("Checked"),
            PageState.REJECTED: self.tr("Left out of the dataset"),
        }[state]

    def _progress_sentence(self) -> str:
        checked, total = self._session.progress()
        if not total:
            return ""
        text = self.tr("{checked} of {total} pages checked").format(checked=checked, total=total)
        if len(self._selected) > 1:
            selected = self.tr("{count} selected").format(count=f"{len(self._selected):,}")
            text += " · " + selected.replace(" ", NO_BREAK)
        return text

    def _counts_sentence(self) -> str:
        if not self._states:
            return ""
        counted = self._counted
        parts = [
            (counted[PageState.EDITED], self.tr("{count} edited")),
            (counted[PageState.AUTO], self.tr("{count} automatic")),
            (counted[PageState.NEW], self.tr("{count} without labels")),
            (counted[PageState.REJECTED], self.tr("{count} left out")),
        ]
        if self._index is not None and self._index.is_built:
            parts.append((self._index.line_count(), self.tr("{count} lines")))
        return " · ".join(text.format(count=f"{count:,}") for count, text in parts if count)

    def _show_progress(self) -> None:
        checked, total = self._session.progress()
        self._progress_text.setText(self._progress_sentence())
        self._counts_text.setText(self._counts_sentence())
        self._progress.setMaximum(max(1, total))
        self._progress.setValue(checked)

    # --- filters ---------------------------------------------------------------------------------------------------

    @pyqtSlot()
    @pyqtSlot(int)
    @pyqtSlot(str)
    def _on_filter_changed(self, _what: object = None) -> None:
        states = STATES[max(0, self.states.currentIndex())]
        self._refill(partial(self.model.set_filter, self.filter.text().strip(), states, self._wanted))

    @pyqtSlot()
    def _find_wanted(self) -> None:
        """Finds the pages that the further filters ask for, on the worker."""
        if self.form is None or self._index is None:
            return
        self._search += 1
        number, wanted = self._search, self.form.value()
        self.more.setIcon(icon("fa5s.filter", "accent" if self.form.is_used else "text", "accent"))
        if not self.form.is_used:
            self._on_wanted(number, None)
            return
        if not self._index.is_built:
            self._index.require()  # `built` brings us here again
            return
        pages = self._index.pages()

        def find() -> frozenset[str]:
            if not wanted.asks_for_lines:
                return frozenset(page.key for page in pages if page_passes(page, wanted))
            return frozenset(page.key for page, _ in find_lines(pages, wanted, lambda: number != self._search))

        self._background.run(find, lambda keys: self._on_wanted(number, keys))

    def _on_wanted(self, number: int, keys: frozenset[str] | None) -> None:
        if number == self._search and keys != self._wanted:
            self._wanted = keys
            self._on_filter_changed()

    @pyqtSlot(object)
    def _on_index_changed(self, _keys: object) -> None:
        self._counts_text.setText(self._counts_sentence())

    @pyqtSlot()
    def _on_index_built(self) -> None:
        self._counts_text.setText(self._counts_sentence())
        if self.form is not None and self.form.is_used:
            self._find_wanted()

    # --- the session -----------------------------------------------------------------------------------------------

    def _follow(self, *, is_among: bool) -> None:
        """Marks the row of the page that is open or was asked for; among others that stay selected, or alone."""
        index = self.model.index_of(self._session.current_key or "")
        self._following = True
        if not index.isValid():
            self._selection.clearCurrentIndex()
        elif index != self.list.currentIndex():
            if is_among:
                self._selection.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
            else:
                self.list.setCurrentIndex(index)
            self.list.scrollTo(index)
        self._following = False

    def _refill(self, change: Callable[[], None]) -> None:
        """Changes what the list shows; what was selected and is still shown stays selected."""
        selected = self._selected
        self._following = True  # a list that is filled again must not open its first page
        change()
        self._select(selected)
        self._on_selection_changed()  # the list forgets without a word
        self._following = False
        self._follow(is_among=bool(self._selected))

    def _count(self) -> None:
        store = self._session.store
        self._states = dict(store.states) if store is not None else {}
        self._counted = Counter(self._states.values())

    @pyqtSlot()
    @pyqtSlot(str)
    def _on_session_project_changed(self, _folder: str = "") -> None:
        self._following = True
        self.filter.clear()
        self.states.setCurrentIndex(0)
        if self.form is not None:
            self.form.reset()
            self.more.setChecked(False)
        self._search += 1
        self._wanted = None
        self.model.forget_folders()
        self.model.set_filter("", None)
        self._on_selection_changed()
        self._following = False
        self._count()
        self._show_progress()

    @pyqtSlot()
    def _on_session_pages_listed(self) -> None:
        self._count()
        self._refill(self.model.refresh)
        self._show_progress()

    @pyqtSlot(str)
    def _on_session_page_opened(self, key: str) -> None:
        if self.model.is_hidden(key):
            self._refill(partial(self.model.toggle_folder, folder_of(key)))
        self._follow(is_among=key in self._selected)
        if not self.model.index_of(key).isValid():
            self._selection.clearSelection()

    @pyqtSlot(str)
    def _on_session_page_changed(self, key: str) -> None:
        store = self._session.store
        if store is None or key not in self._states:
            return
        state = store.state(key)
        self._counted[self._states[key]] -= 1
        self._counted[state] += 1
        self._states[key] = state
        self.model.update_page(key)
        self._show_progress()

    @pyqtSlot(QModelIndex, QModelIndex)
    def _on_current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        key = current.data(KEY_ROLE) if current.isValid() else None
        if not self._following and isinstance(key, str):
            self._session.open_page(key)

    @pyqtSlot(QModelIndex)
    def _on_list_clicked(self, index: QModelIndex) -> None:
        folder = index.data(FOLDER_ROLE)
        if isinstance(folder, str):
            self._refill(partial(self.model.toggle_folder, folder))
        elif not QApplication.keyboardModifiers():  # who selects several has more to do here
            self.page_chosen.emit()

    @pyqtSlot(QPoint)
    def _on_list_menu_requested(self, place: QPoint) -> None:
        if self.menu is not None and isinstance(self.list.indexAt(place).data(KEY_ROLE), str):
            self.menu.popup(self.list.mapToGlobal(place))
