"""Pictures and their text side by side, or all of them as a table."""

from __future__ import annotations

from collections.abc import Iterable

from PyQt5.QtCore import Qt, pyqtSignal, pyqtSlot
from PyQt5.QtWidgets import QAction, QMenu, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from ocrstudio.core.errors import StudioError
from ocrstudio.formats.picture_source import PictureSource
from ocrstudio.services.page_images import PageImage
from ocrstudio.services.picture_images import PictureImages
from ocrstudio.services.settings import Settings
from ocrstudio.ui.i18n import in_words
from ocrstudio.ui.pages.test.picture_view import PictureView
from ocrstudio.ui.pages.test.pictures_list import PicturesList
from ocrstudio.ui.pages.test.progress_row import ProgressRow
from ocrstudio.ui.pages.test.results import Picture, ReadState
from ocrstudio.ui.pages.test.results_table import ResultsTable
from ocrstudio.ui.pages.test.save_button import NO_ARROW, SaveButton
from ocrstudio.ui.pages.test.text_panel import TextPanel
from ocrstudio.ui.widgets.flow import flowing
from ocrstudio.ui.widgets.parts import GRID, button
from ocrstudio.ui.widgets.translated import TranslatedWidget


class ResultsArea(TranslatedWidget):
    """Shows the pictures of this sitting; boxes and lines of text point at each other.

    Args:
        settings: Remembers the form of saving.
        parent: Owner.
    """

    line_corrected = pyqtSignal(object, int)  # Picture, index of the line
    turn_requested = pyqtSignal()  # of the picture that is shown
    start_over_requested = pyqtSignal()

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.current: Picture | None = None
        self.images = PictureImages(self)
        self.progress = ProgressRow()
        self.list = PicturesList()
        self.pictures = self.list.pictures
        self.table = ResultsTable(self.pictures)
        self.view = PictureView()
        self.text = TextPanel()
        self.save = SaveButton(settings)
        self.say(self.list.setAccessibleName, lambda: self.tr("Pictures"))
        self.say(self.table.setAccessibleName, lambda: self.tr("All pictures as a table"))
        self.save.setEnabled(False)
        self._build()
        self._connect()

    def _build(self) -> None:
        self.more = button("morePicturesButton", "fa5s.plus")
        self.more.setStyleSheet(NO_ARROW)
        self.say(self.more.setText, lambda: self.tr("More pictures…"))
        self.over = button("startOverButton", "fa5s.broom")
        self.say(self.over.setText, lambda: self.tr("Start over"))
        self.turn = button("turnButton", "fa5s.redo")
        self.say(self.turn.setText, lambda: self.tr("Turn"))
        self.say(self.turn.setToolTip, lambda: self.tr("Turn the picture to the right and read it again."))
        self.numbers = button("numbersButton", "fa5s.list-ol")
        self.numbers.setCheckable(True)
        self.numbers.setChecked(True)
        self.say(self.numbers.setText, lambda: self.tr("Order"))
        self.say(self.numbers.setToolTip, lambda: self.tr("Number the lines in the order in which they are read."))
        self.as_table = button("tableButton", "fa5s.table")
        self.as_table.setCheckable(True)
        self.say(self.as_table.setText, lambda: self.tr("Table"))
        self.say(self.as_table.setToolTip, lambda: self.tr("All pictures as a table, to see what wants a look."))
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setObjectName("resultsSplitter")
        split.setChildrenCollapsible(False)
        split.setHandleWidth(2 * GRID)
        for widget, stretch in ((self.list, 0), (self.view, 3), (self.text, 2)):
            split.addWidget(widget)
            split.setStretchFactor(split.count() - 1, stretch)
        split.setSizes([230, 560, 490])
        self._stack = QStackedWidget()
        self._stack.addWidget(split)
        self._stack.addWidget(self.table)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(flowing(self.more, self.over, self.turn, self.numbers, None, self.as_table, self.save))
        column.addWidget(self.progress)
        column.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self.over.clicked.connect(self.start_over_requested)
        self.turn.clicked.connect(self.turn_requested)
        self.numbers.toggled.connect(self.view.show_numbers)
        self.numbers.toggled.connect(self.text.view.show_numbers)
        self.as_table.toggled.connect(self._on_as_table_toggled)
        self.table.picture_opened.connect(self._on_table_picture_opened)
        self.list.picture_chosen.connect(self._on_picture_chosen)
        self.images.loaded.connect(self._on_image_loaded)
        self.view.line_clicked.connect(self.text.select)
        self.view.line_hovered.connect(self.text.view.point_at)
        self.text.line_chosen.connect(self.view.select)
        self.text.line_pointed.connect(self.view.point_at)
        self.text.line_corrected.connect(self._on_line_corrected)
        self.text.copy_all.clicked.connect(self.text.copy_all_text)
        self.text.copy_line.clicked.connect(self.text.copy_current_line)

    def offer_more(self, actions: Iterable[QAction]) -> None:
        """The ways for more pictures to come in."""
        menu = QMenu(self.more)
        menu.addActions(list(actions))
        self.more.setMenu(menu)

    @property
    def all(self) -> list[Picture]:
        """All pictures, in the order they came."""
        return self.pictures.pictures

    def add(self, new: list[Picture]) -> None:
        """Adds pictures and shows the first of them."""
        self.pictures.append(new)
        several = len(self.all) > 1
        self.list.setVisible(several)
        self.as_table.setVisible(several)
        self.show_picture(new[0])

    def clear(self) -> None:
        """Forgets all pictures."""
        self.pictures.clear()
        self.current = None
        self.as_table.setChecked(False)
        self.save.setEnabled(False)
        self.text.show_picture(None)
        self.view.show_picture(None, ())

    def show_picture(self, picture: Picture) -> None:
        """Shows one of the pictures and its text."""
        self.current = picture
        index = self.pictures.index(self.pictures.row_of(picture), 0)
        if self.list.currentIndex() != index:
            self.list.setCurrentIndex(index)
        self.text.show_picture(picture)
        image = self.images.cached(picture.source)
        notice = self.tr("Opening the picture…")
        if image is None and picture.problem is not None:
            notice = self.tr("This picture cannot be shown.")
        elif image is None:
            self.images.request(picture.source)
        self.view.show_picture(image, picture.lines, notice, turn=picture.source.turn)
        self.turn.setEnabled(picture.state is not ReadState.FAILED)

    def refresh(self, picture: Picture) -> None:
        """Takes over what has become of a picture."""
        row_number = self.pictures.row_of(picture)
        if row_number >= 0:
            self.pictures.refresh(row_number)
        if picture is self.current:
            self.text.show_picture(picture)
            self.view.set_lines(picture.lines)
            self.turn.setEnabled(picture.state is not ReadState.FAILED)
        if picture.state is ReadState.READ:
            self.save.setEnabled(True)

    def close_images(self) -> None:
        """Forgets all pictures in memory."""
        self.images.close()

    @pyqtSlot(bool)
    def _on_as_table_toggled(self, shown: bool) -> None:
        self._stack.setCurrentIndex(int(shown))
        self.turn.setVisible(not shown)
        self.numbers.setVisible(not shown)

    @pyqtSlot(int)
    def _on_table_picture_opened(self, row_number: int) -> None:
        self.as_table.setChecked(False)
        self.show_picture(self.all[row_number])

    @pyqtSlot(int)
    def _on_picture_chosen(self, row_number: int) -> None:
        picture = self.all[row_number]
        if picture is not self.current:
            self.show_picture(picture)

    @pyqtSlot(object, object)
    def _on_image_loaded(self, source: PictureSource, result: PageImage | StudioError) -> None:
        current = self.current
        if current is None or (current.path, current.source.page) != (source.path, source.page):
            return
        if isinstance(result, StudioError):
            self.view.show_picture(None, (), in_words(result))
        else:
            self.view.show_picture(result, current.lines, turn=current.source.turn)
            self.view.select(self.text.current)

    @pyqtSlot(int)
    def _on_line_corrected(self, index: int) -> None:
        if self.current is not None:
            self.view.set_lines(self.current.lines)
            self.pictures.refresh(self.pictures.row_of(self.current))
            self.line_corrected.emit(self.current, index)
