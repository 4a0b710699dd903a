"""The models: finding, downloading, importing and removing them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PyQt5.QtCore import QEvent, QModelIndex, Qt, pyqtSignal, pyqtSlot
from PyQt5.QtGui import QResizeEvent, QShowEvent
from PyQt5.QtWidgets import QAbstractItemView, QFileDialog, QHeaderView, QLineEdit, QTableView, QVBoxLayout, QWidget

from ocrstudio.core.dictionary_rules import Coverage
from ocrstudio.core.errors import StudioError
from ocrstudio.formats.proxy import check_proxy
from ocrstudio.services.model_shelf import ModelRow, ModelShelf
from ocrstudio.services.settings import Settings
from ocrstudio.ui.dialogs.ask import ask
from ocrstudio.ui.pages.setup.model_detail import ModelDetail
from ocrstudio.ui.pages.setup.model_words import megabytes
from ocrstudio.ui.pages.setup.models_filter import ModelsFilter
from ocrstudio.ui.pages.setup.models_table import (
    CHARACTERS,
    KIND,
    LANGUAGE,
    NAME,
    SIZE,
    STATE,
    ModelsTable,
    StateDelegate,
)
from ocrstudio.ui.widgets.message_bar import MessageBar
from ocrstudio.ui.widgets.parts import GRID, button, card, label, row
from ocrstudio.ui.widgets.translated import TranslatedWidget

if TYPE_CHECKING:
    from ocrstudio.services.line_index import LineIndex

ROWS_SHOWN = 10
# Of the columns, in average characters; names get what room there is, and languages the rest.
WIDTHS = {STATE: 16, KIND: 26, SIZE: 10, CHARACTERS: 15}
SHORT_NAME, LONG_NAME, LANGUAGES_WISHED = 30, 46, 24


class ModelsCard(TranslatedWidget):
    """A table of all models, what is known about the chosen one, and the way in for files.

    Args:
        settings: Proxy and preferred source.
        parent: Owner; it calls `close_work`.
        program: Replaces the commands' program; for tests.
        catalogue_file: Instead of the program's own catalogue.
    """

    try_requested = pyqtSignal(str)  # folder of a model that the Test page shall use

    def __init__(
        self,
        settings: Settings,
        parent: QWidget | None = None,
        program: list[str] | None = None,
        catalogue_file: Path | None = None,
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self._lines: Callable[[], LineIndex] | None = None
        self._index: LineIndex | None = None
        self._wanted = ""  # model that is to be chosen as soon as it is listed
        self.shelf = ModelShelf(settings, self, program, catalogue_file)
        self.filter = ModelsFilter()
        self.model = ModelsTable(self)
        self.table = QTableView()
        self.table.setObjectName("modelsTable")
        self.empty = label("muted", "modelsEmpty", wrap=True)
        self.all_button = button("showAllModels", "fa5s.filter")
        self.detail = ModelDetail(settings)
        self.message = MessageBar()
        self.file_button = button("importModelFile", "fa5s.file-import")
        self.folder_button = button("importModelFolder", "fa5s.folder-plus")
        self.proxy = QLineEdit(settings.proxy)
        self.proxy.setObjectName("modelProxy")
        self._build()
        self._connect()

    def _build(self) -> None:
        title, hint, count = label("subtitle"), label("hint", wrap=True), label("muted", "modelsCount", wrap=True)
        proxy_words = label("muted")
        proxy_words.setBuddy(self.proxy)
        self._count = count
        self._build_table()
        frame = card(title, hint, self.message, self.filter, self.table)
        column = frame.layout()
        if isinstance(column, QVBoxLayout):
            column.addWidget(self.empty)
            column.addLayout(row(self.all_button, None))
            column.addWidget(count)
            column.addWidget(self.detail)
            column.addLayout(row(self.file_button, self.folder_button, None, proxy_words, self.proxy))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame)
        self.empty.hide()
        self.all_button.hide()
        self.proxy.setMinimumWidth(220)
        self.say(title.setText, lambda: self.tr("Models"))
        self.say(
            hint.setText,
            lambda: self.tr(
                "Models of PaddleOCR to read with and to train from. What is downloaded or imported here is there for "
                "every project; nothing is ever sent."
            ),
        )
        self.say(self.table.setAccessibleName, lambda: self.tr("Models"))
        self.say(self.all_button.setText, lambda: self.tr("Show all models"))
        self.say(self.file_button.setText, lambda: self.tr("Import a file…"))
        self.say(
            self.file_button.setToolTip,
            lambda: self.tr("Without a network: an archive from PaddleOCR's pages, a .pdparams or an .onnx file."),
        )
        self.say(self.folder_button.setText, lambda: self.tr("Import a folder…"))
        self.say(proxy_words.setText, lambda: self.tr("Proxy"))
        self.say(self.proxy.setPlaceholderText, lambda: self.tr("the system's"))
        self.say(self.proxy.setToolTip, lambda: self.tr("http://host:port, or “direct” for none"))
        self.say(self._say_count, lambda: "")

    def _build_table(self) -> None:
        self.table.setModel(self.model)
        self.table.setItemDelegateForColumn(STATE, StateDelegate(self.table))
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setTabKeyNavigation(False)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.table.setTabKeyNavigation(False)
        self.table.setShowGrid(False)
        self.table.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.table.setWordWrap(False)  # names would break at their dashes
        side, head = self.table.verticalHeader(), self.table.horizontalHeader()
        if side is not None and head is not None:
            side.hide()
            head.setHighlightSections(False)
            head.setMinimumSectionSize(9 * GRID)
            head.setSectionResizeMode(LANGUAGE, QHeaderView.ResizeMode.Stretch)
        self._fit_table()

    def _fit_table(self) -> None:
        """Sizes by the font; by the text of every row it would take longer than a frame."""
        metrics = self.table.fontMetrics()
        height, side = metrics.height() + 2 * GRID, self.table.verticalHeader()
        if side is not None:
            side.setDefaultSectionSize(height)
        room = self.table.width() // metrics.averageCharWidth() - sum(WIDTHS.values()) - LANGUAGES_WISHED
        name = min(LONG_NAME, max(SHORT_NAME, room))
        for column, characters in {NAME: name, **WIDTHS}.items():
            self.table.setColumnWidth(column, characters * metrics.averageCharWidth())
        self.table.setFixedHeight((ROWS_SHOWN + 1) * height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_table()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit_table()

    def _connect(self) -> None:
        self.filter.changed.connect(self._refill)
        self.all_button.clicked.connect(self.filter.clear)
        self.table.activated.connect(self._on_table_activated)
        selection = self.table.selectionModel()
        if selection is not None:
            selection.currentRowChanged.connect(self._on_current_row_changed)
        self.shelf.listed.connect(self._refill)
        self.shelf.row_changed.connect(self._on_shelf_row_changed)
        self.shelf.arrived.connect(self._on_shelf_arrived)
        self.shelf.coverage_told.connect(self._on_shelf_coverage_told)
        self.shelf.checkouts_told.connect(self._on_shelf_checkouts_told)
        self.shelf.failed.connect(self.message.show_error)
        self.shelf.importing_changed.connect(self._on_shelf_importing_changed)
        self.detail.fetch_requested.connect(self.shelf.fetch)
        self.detail.pause_requested.connect(self.shelf.pause)
        self.detail.call_off_requested.connect(self.shelf.call_off)
        self.detail.try_requested.connect(self._try)
        self.detail.remove_requested.connect(self._on_detail_remove_requested)
        self.file_button.clicked.connect(self._on_file_button_clicked)
        self.folder_button.clicked.connect(self._on_folder_button_clicked)
        self.proxy.editingFinished.connect(self._on_proxy_editing_finished)

    def use_lines(self, lines: Callable[[], LineIndex]) -> None:
        """Compares models with the labels of the open project from now on.

        Args:
            lines: Gives their index, which may be made by that.
        """
        self._lines = lines

    def close_work(self) -> None:
        """Ends the downloads; what came is kept."""
        self.shelf.close()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.shelf.reload()

    # --- what is shown ---------------------------------------------------------------------------------------------

    @property
    def chosen(self) -> ModelRow | None:
        """The model whose row is chosen."""
        return self.model.row_at(self.table.currentIndex())

    @pyqtSlot()
    def _refill(self) -> None:
        before = self._wanted or (self.chosen.id if self.chosen is not None else "")
        shown = [one for one in self.shelf.rows.values() if self.filter.takes(one)]
        self.model.show_rows(shown)
        place = self.model.place_of(before)
        if place >= 0:
            self._wanted = ""
            self.table.selectRow(place)
        self._show_chosen()
        self.table.setVisible(bool(shown))
        is_lost = not shown and bool(self.shelf.rows)
        self.empty.setVisible(is_lost)
        self.all_button.setVisible(is_lost)
        self._say_count()

    def _say_count(self, _text: str = "") -> None:
        self.empty.setText(self.tr("No model is like that. Ask for less, or import one that you have."))
        here = sum(one.state in ("here", "bundled") for one in self.shelf.rows.values())
        text = self.tr("{shown} of {count} models shown, {here} on this computer")
        shown = self.model.rowCount()
        self._count.setText(text.format(shown=shown, count=len(self.shelf.rows), here=here) if shown else "")

    @pyqtSlot(QModelIndex, QModelIndex)
    def _on_current_row_changed(self, _now: QModelIndex, _before: QModelIndex) -> None:
        self._show_chosen()

    def _show_chosen(self) -> None:
        chosen = self.chosen
        self.detail.show_row(chosen)
        if chosen is not None:
            self.shelf.tell_checkouts(chosen.id)
        if chosen is not None and chosen.task == "rec" and self._lines is not None:
            self._compare(chosen.id)

    def _compare(self, model_id: str) -> None:
        if self._index is None and self._lines is not None:
            self._index = self._lines()
            self._index.built.connect(self._on_index_built)
        if self._index is None:
            return
        if self._index.is_built:
            self.shelf.tell_coverage(model_id, self._index.pages())
        else:
            self._index.require()

    @pyqtSlot()
    def _on_index_built(self) -> None:
        if self.isVisible():
            self._show_chosen()

    @pyqtSlot(str, object)
    def _on_shelf_coverage_told(self, model_id: str, found: Coverage | None) -> None:
        if self.chosen is not None and self.chosen.id == model_id:
            self.detail.show_coverage(found)

    @pyqtSlot(str, object)
    def _on_shelf_checkouts_told(self, model_id: str, found: list[str] | None) -> None:
        if self.chosen is not None and self.chosen.id == model_id:
            self.detail.show_checkouts(found)

    @pyqtSlot(str)
    def _on_shelf_row_changed(self, model_id: str) -> None:
        changed = self.shelf.rows[model_id]
        self.model.change_row(changed)
        if self.chosen is not None and self.chosen.id == model_id:
            self.detail.show_row(changed)

    @pyqtSlot(str, bool)
    def _on_shelf_arrived(self, model_id: str, was_imported: bool) -> None:
        self._wanted = model_id if was_imported else ""
        self.message.show_message("good", lambda: self.tr("{name} is on this computer now.").format(name=model_id))

    @pyqtSlot(bool)
    def _on_shelf_importing_changed(self, busy: bool) -> None:
        self.file_button.setEnabled(not busy)
        self.folder_button.setEnabled(not busy)
        if busy:
            self.message.show_message("good", lambda: self.tr("Importing…"))
        else:
            self.message.clear()

    # --- what the user does ----------------------------------------------------------------------------------------

    @pyqtSlot(QModelIndex)
    def _on_table_activated(self, index: QModelIndex) -> None:
        chosen = self.model.row_at(index)
        if chosen is not None and chosen.is_busy:
            self.shelf.pause(chosen.id)
        elif chosen is not None:
            self.shelf.fetch(chosen.id)

    @pyqtSlot(str)
    def _try(self, model_id: str) -> None:
        found = self.shelf.rows.get(model_id)
        if found is not None and found.stored is not None:
            self.try_requested.emit(str(found.stored.path))

    @pyqtSlot(str)
    def _on_detail_remove_requested(self, model_id: str) -> None:
        found = self.shelf.rows.get(model_id)
        if found is None or found.stored is None:
            return
        question = self.tr("Remove {name} from this computer?").format(name=model_id)
        more = self.tr("{folder} is deleted, {size}.").format(
            folder=found.stored.path, size=megabytes(found.size_bytes)
        )
        if found.model is not None:
            more += " " + self.tr("It can be downloaded again.")
        answers = [(self.tr("Remove"), partial(self.shelf.remove, model_id)), (self.tr("Keep"), None)]
        ask(self.window() or self, "removeModelQuestion", question, answers, explanation=more, default=1)

    @pyqtSlot()
    def _on_file_button_clicked(self) -> None:
        kinds = self.tr("Models (*.tar *.tar.gz *.tgz *.zip *.pdparams *.onnx)")
        file, _ = QFileDialog.getOpenFileName(self, self.tr("Choose the file of a model"), str(Path.home()), kinds)
        if file:
            self.shelf.import_model(Path(file))

    @pyqtSlot()
    def _on_folder_button_clicked(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, self.tr("Choose the folder of a model"), str(Path.home()))
        if folder:
            self.shelf.import_model(Path(folder))

    @pyqtSlot()
    def _on_proxy_editing_finished(self) -> None:
        try:
            self._settings.proxy = check_proxy(self.proxy.text())
        except StudioError as error:
            self.message.show_error(error)
            self.proxy.setText(self._settings.proxy)
