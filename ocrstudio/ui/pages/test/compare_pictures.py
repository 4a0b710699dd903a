"""Two models on the same pictures: boxes on the picture, both texts beside it, and where they differ."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PyQt5.QtCore import Qt, pyqtSlot
from PyQt5.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QHideEvent
from PyQt5.QtWidgets import QAction, QComboBox, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from ocrstudio.core.errors import StudioError
from ocrstudio.formats.picture_source import PictureSource
from ocrstudio.protocol.messages import Failed
from ocrstudio.services.comparison import ComparedPicture, Comparison
from ocrstudio.services.page_decoding import PageImage
from ocrstudio.services.picture_images import PictureImages
from ocrstudio.services.settings import Settings
from ocrstudio.ui.actions import make_action
from ocrstudio.ui.i18n import in_words
from ocrstudio.ui.pages.test import actions as specs
from ocrstudio.ui.pages.test.arrivals import Arrivals, Arrived
from ocrstudio.ui.pages.test.compare_lines import ComparedView
from ocrstudio.ui.pages.test.compare_models import LETTERS, SAME_SPEED, ModelPair
from ocrstudio.ui.pages.test.incoming import can_take
from ocrstudio.ui.pages.test.picture_view import PictureView
from ocrstudio.ui.pages.test.progress_line import ProgressLine
from ocrstudio.ui.pages.test.results import TextLine, source_name
from ocrstudio.ui.widgets.empty_state import EmptyState
from ocrstudio.ui.widgets.flow import flowing
from ocrstudio.ui.widgets.low_screen import HeightOfShown
from ocrstudio.ui.widgets.message_bar import MessageBar
from ocrstudio.ui.widgets.parts import GRID, LongChoice, button, label
from ocrstudio.ui.widgets.translated import TranslatedWidget

WIDEST_PX = 320


class PictureComparison(TranslatedWidget):
    """Drop pictures, see both readings side by side.

    Args:
        pair: The two models.
        message: Where problems are told.
        settings: Remembers the last folder.
        parent: Owner.
        program: Replaces the readers' program; for tests.
    """

    def __init__(
        self,
        pair: ModelPair,
        message: MessageBar,
        settings: Settings,
        parent: QWidget | None = None,
        program: list[str] | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        self._pair, self._message = pair, message
        self._current: ComparedPicture | None = None
        self.arrivals = Arrivals(settings, self)
        self._images = PictureImages(self)
        self.comparison = Comparison(self, program)
        self._build()
        self._connect()

    # --- building --------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.empty = EmptyState(
            "fa5s.columns",
            lambda: self.tr("Drop pictures here"),
            lambda: self.tr(
                "or a PDF, a folder or a zip file. Both models read each picture, and you see where they differ."
            ),
        )
        self._choose = self.empty.add_button("comparePicturesButton", lambda: self.tr("Choose pictures…"), "fa5s.image")
        self.pictures = LongChoice()
        self.pictures.setObjectName("comparedPictures")
        self.pictures.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.pictures.setMaximumWidth(WIDEST_PX)
        self.say(self.pictures.setAccessibleName, lambda: self.tr("Pictures"))
        more, over = button("moreComparedButton", "fa5s.plus"), button("compareOverButton", "fa5s.broom")
        self.say(more.setText, lambda: self.tr("More pictures…"))
        self.say(over.setText, lambda: self.tr("Start over"))
        more.clicked.connect(self.arrivals.choose_pictures)
        over.clicked.connect(self.start_over)
        self.before, self.after = button("lastDifferenceButton"), button("nextDifferenceButton")
        self.summary = label("", "compareSummary", wrap=True)
        self.progress = ProgressLine("comparison")
        self.view = PictureView()
        self.view.show_numbers(False)  # the table has none
        self.lines = ComparedView()
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setObjectName("compareSplitter")
        split.setChildrenCollapsible(False)
        split.setHandleWidth(2 * GRID)
        split.addWidget(self.view)
        split.addWidget(self.lines)
        split.setSizes([480, 620])
        results = QWidget()
        column = QVBoxLayout(results)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(flowing(self.pictures, more, over, None, self.before, self.after))
        column.addWidget(self.summary)
        column.addWidget(self.progress)
        column.addWidget(split, 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.empty)
        self._stack.addWidget(results)
        HeightOfShown(self._stack)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(self._stack)
        self.say(lambda _: self._show_lines(), str)

    def _connect(self) -> None:
        self._choose.clicked.connect(self.arrivals.choose_pictures)
        self.arrivals.came.connect(self._on_arrivals_came)
        self.arrivals.pasted.connect(self._on_arrivals_pasted)
        self.arrivals.refused.connect(self._on_arrivals_refused)
        self._pair.models_chosen.connect(self._on_models_chosen)
        self.pictures.activated.connect(self._on_pictures_activated)
        self.comparison.picture_changed.connect(self._on_picture_changed)
        self.comparison.progress_changed.connect(self._on_progress_changed)
        self.comparison.refused.connect(self._on_refused)
        self.progress.cancel_requested.connect(self.start_over)
        self._images.loaded.connect(self._on_image_loaded)
        self.view.line_clicked.connect(self.lines.selectRow)
        self.lines.row_chosen.connect(self.view.select)
        for spec, shown, slot in (
            (specs.LAST_DIFFERENCE, self.before, self.last_difference),
            (specs.NEXT_DIFFERENCE, self.after, self.next_difference),
        ):
            action = make_action(spec, self, slot)
            shown.setIcon(action.icon())
            shown.clicked.connect(slot)
            # Not when the language changes: the command may get to know of it after this widget.
            action.changed.connect(partial(_take_tip, action, shown))
            _take_tip(action, shown)
        self.say(self.before.setText, lambda: self.tr("Previous difference"))
        self.say(self.after.setText, lambda: self.tr("Next difference"))

    # --- pictures --------------------------------------------------------------------------------------------------

    def add_files(self, paths: Sequence[Path]) -> None:
        """Compares the models on pictures, PDF files, and folders and archives of them; what is no picture is told."""
        self.arrivals.take_files(paths)

    @pyqtSlot(object)
    def _on_arrivals_came(self, came: list[Arrived]) -> None:
        self._message.clear()
        faults = [fault for _, fault in came if fault is not None]
        if len(faults) > 1:
            self._message.show_message(
                "warn",
                lambda: self.tr("Files that cannot be compared: {number}.").format(number=len(faults)),
                details="\n".join(in_words(fault) for fault in faults),
            )
        elif faults:
            self._message.show_error(faults[0], kind="warn")
        self._add([source for source, fault in came if fault is None])

    @pyqtSlot(object)
    def _on_arrivals_pasted(self, source: PictureSource) -> None:
        self._message.clear()
        self._add([source])

    @pyqtSlot(object)
    def _on_arrivals_refused(self, error: StudioError) -> None:
        self._message.show_error(error, kind="warn")

    def _add(self, sources: Sequence[PictureSource]) -> None:
        if sources:
            self._sync(0)
            self._sync(1)
            self._stack.setCurrentIndex(1)
            self.comparison.add(sources)
            self._list_pictures()
            if self._current is None:
                self._show(self.comparison.pictures[0])

    @pyqtSlot()
    def start_over(self) -> None:
        """Forgets all pictures."""
        self.comparison.clear()
        self.arrivals.forget()
        self._current = None
        self.pictures.clear()
        self.view.show_picture(None, ())
        self._show_lines()
        self._stack.setCurrentIndex(0)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if can_take(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        if self.arrivals.take(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    # --- showing ---------------------------------------------------------------------------------------------------

    def _list_pictures(self) -> None:
        self.pictures.clear()
        for one in self.comparison.pictures:
            self.pictures.addItem(self._words(one))
        self.pictures.setVisible(self.pictures.count() > 1)

    def _words(self, picture: ComparedPicture) -> str:
        name = source_name(picture.source)
        if picture.problem is not None:
            return self.tr("{name}: cannot be read").format(name=name)
        if not picture.is_done:
            return self.tr("{name}: being read…").format(name=name)
        if not picture.differences:
            return self.tr("{name}: no difference").format(name=name)
        return self.tr("{name}: {number} differ").format(name=name, number=picture.differences)

    def _show(self, picture: ComparedPicture) -> None:
        self._current = picture
        self.pictures.setCurrentIndex(next(n for n, one in enumerate(self.comparison.pictures) if one is picture))
        image = self._images.cached(picture.source)
        self.view.show_picture(image, self._boxes(), self.tr("Opening the picture…"))
        if image is None:
            self._images.request(picture.source)
        self._show_lines(anew=True)

    def _boxes(self) -> list[TextLine]:
        pairs = self._current.pairs if self._current is not None else []
        # the pen that means "sure" for what both read alike, the one for "unsure" for the rest
        return [TextLine(pair.box.points, pair.box.text, 0.0 if pair.differs else 1.0) for pair in pairs]

    def _show_lines(self, *, anew: bool = False) -> None:
        picture = self._current
        titles = tuple(f"{letter}: {self._pair.name(side)}" for side, letter in enumerate(LETTERS))
        pairs = picture.pairs if picture is not None else []
        rows = [tuple(None if one is None else one.text for one in (pair.first, pair.second)) for pair in pairs]
        self.lines.show_rows(titles, rows, anew=anew)
        self.summary.setText("" if picture is None else self._summary(picture))
        for shown in (self.before, self.after):
            shown.setEnabled(picture is not None and picture.differences > 0)

    def _summary(self, picture: ComparedPicture) -> str:
        if picture.problem is not None:
            return in_words(picture.problem)
        if self._pair.models(0) == self._pair.models(1):
            return self.tr("A and B are the same model. Choose another one above to see where they differ.")
        if not picture.is_done:
            return self.tr("Both models are reading…")
        if not picture.differences:
            said = self.tr("Both read all {number} lines alike.").format(number=len(picture.pairs))
        else:
            said = self.tr("{differ} of {number} lines differ.").format(
                differ=picture.differences, number=len(picture.pairs)
            )
        return f"{said} {self._speed()}"

    def _speed(self) -> str:
        """Which is faster, over all pictures so far: one alone would say little."""
        seconds = self.comparison.seconds
        first, second = (f"{one:.1f}" for one in seconds)
        if min(seconds) <= 0:
            return ""
        faster = 0 if seconds[0] < seconds[1] else 1
        times = max(seconds) / min(seconds)
        if times < SAME_SPEED:
            return self.tr("Both are equally fast (A {first} s, B {second} s).").format(first=first, second=second)
        return self.tr("{letter} is {times} times as fast (A {first} s, B {second} s).").format(
            letter=LETTERS[faster], times=f"{times:.1f}", first=first, second=second
        )

    @pyqtSlot()
    def next_difference(self) -> None:
        """Goes to the next line that differs, on the next picture if there is none on this one."""
        self._go(1)

    @pyqtSlot()
    def last_difference(self) -> None:
        """Goes to the line before that differs."""
        self._go(-1)

    def _go(self, step: int) -> None:
        if self._current is None or self.lines.go_to_difference(step):
            return
        pictures = self.comparison.pictures
        place = next(n for n, one in enumerate(pictures) if one is self._current) + step
        while 0 <= place < len(pictures):
            if pictures[place].differences:
                self._show(pictures[place])
                self.lines.go_to_difference(step)
                return
            place += step

    # --- slots -----------------------------------------------------------------------------------------------------

    def _sync(self, side: int) -> None:
        self.comparison.use(side, *self._pair.models(side))

    @pyqtSlot(int)
    def _on_models_chosen(self, side: int) -> None:
        if self.comparison.pictures:
            self._sync(side)
        self._show_lines()

    @pyqtSlot(int)
    def _on_pictures_activated(self, place: int) -> None:
        self._show(self.comparison.pictures[place])

    @pyqtSlot(object)
    def _on_picture_changed(self, picture: ComparedPicture) -> None:
        for place, one in enumerate(self.comparison.pictures):
            if one is picture and place < self.pictures.count():
                self.pictures.setItemText(place, self._words(one))
        if picture is self._current:
            self.view.set_lines(self._boxes())
            self._show_lines()
        elif self._current is not None:
            self.summary.setText(self._summary(self._current))

    @pyqtSlot(int, int)
    def _on_progress_changed(self, done: int, total: int) -> None:
        if done == total:
            self.progress.hide()
            return
        words = self.tr("{letter} reads picture {number} of {total}…")
        number = min(done // 2 + 1, total // 2)
        self.progress.tell(words.format(letter=LETTERS[done % 2], number=number, total=total // 2), done, total)

    @pyqtSlot(int, object)
    def _on_refused(self, _side: int, failure: Failed) -> None:
        self._message.show_error(failure)

    @pyqtSlot(object, object)
    def _on_image_loaded(self, source: PictureSource, result: PageImage | StudioError) -> None:
        if self._current is None or self._current.source != source:
            return
        if isinstance(result, StudioError):
            self.view.show_picture(None, (), in_words(result))
        else:
            self.view.show_picture(result, self._boxes())
            self.view.select(self.lines.currentIndex().row())

    # --- life ------------------------------------------------------------------------------------------------------

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.comparison.rest()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.comparison.close()
        self.arrivals.close()
        self._images.close()
        super().closeEvent(event)


def _take_tip(action: QAction, shown: QWidget) -> None:
    shown.setToolTip(action.toolTip())
