"""Pictures of what the model gets wrong, renewed at each evaluation."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PyQt5.QtCore import QAbstractListModel, QModelIndex, QSize, Qt, QTimer, pyqtSlot
from PyQt5.QtGui import QHideEvent, QShowEvent
from PyQt5.QtWidgets import QAbstractItemView, QListView, QStackedWidget, QVBoxLayout, QWidget

from ocrstudio.core.errors import StudioError
from ocrstudio.formats.run_folder import RunFolder
from ocrstudio.formats.wrong import WRONG_FILE, Wrong, WrongLine, WrongPage, read_wrong
from ocrstudio.services.background import Background, Job
from ocrstudio.services.page_decoding import decode
from ocrstudio.ui.pages.train.wrong_delegate import PAGE_PX, WIDEST_PICTURE_PX, WrongDelegate
from ocrstudio.ui.widgets.opener import open_place
from ocrstudio.ui.widgets.parts import GRID, label
from ocrstudio.ui.widgets.reading_paint import Picture
from ocrstudio.ui.widgets.translated import TranslatedWidget

# How often the run's folder is looked at while somebody looks at the pictures.
LOOK_MS = 2000
# Pixels of a kept picture for each that the list shows: sharp on fine screens.
SHARPNESS = 2
Stamp = tuple[int, int]


class _Items(QAbstractListModel):
    """The mistakes; `UserRole` gives each itself."""

    def __init__(self) -> None:
        super().__init__()
        self.items: tuple[WrongLine | WrongPage, ...] = ()

    def show(self, items: tuple[WrongLine | WrongPage, ...]) -> None:
        self.beginResetModel()
        self.items = items
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.items)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        item = self.items[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return item
        if role == Qt.ItemDataRole.ToolTipRole:
            return str(item.image)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{item.expected} / {item.read}" if isinstance(item, WrongLine) else item.image.name
        return None


class WrongLines(TranslatedWidget):
    """Looks into the folder of a run now and then, as long as it is seen itself."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._run: RunFolder | None = None
        self._stamp: Stamp | None = None
        self._wrong: Wrong | None = None
        self._is_checkout = False
        self._pictures: dict[Path, Picture] = {}
        self._background = Background(self, threads=1)
        self._look: Job | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.refresh)
        self.model = _Items()
        self._summary = label("muted", "wrongSummary", wrap=True)
        self._empty = label("muted", "wrongEmpty", wrap=True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.view = QListView()
        self.view.setObjectName("wrongList")
        self.view.setModel(self.model)
        self._delegate = WrongDelegate(self._picture)
        self.view.setItemDelegate(self._delegate)
        self.view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.view.setResizeMode(QListView.ResizeMode.Adjust)
        self.view.activated.connect(self._on_view_activated)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self.view)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, GRID, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(self._summary)
        column.addWidget(self._stack, 1)
        self.say(self.view.setAccessibleName, lambda: self.tr("What the model gets wrong"))
        self.say(lambda _: self._show_words(), lambda: "")

    def show_run(self, run: RunFolder | None) -> None:
        """Shows what the latest evaluation of a run got wrong; None for a log without a folder."""
        if run == self._run and run is not None:
            return
        self._run, self._stamp, self._wrong = run, None, None
        self._background.drop()
        self._look = None
        self._pictures.clear()
        self.model.show(())
        self._is_checkout = False
        self._show_words()
        self.refresh()

    @pyqtSlot()
    def refresh(self) -> None:
        """Takes over a newer evaluation, if there is one and somebody looks."""
        if self._run is None or not self.isVisible():
            return
        if self._look is not None and not self._look.ended.is_set():
            return  # a slow folder is not asked faster than it answers: no picture would ever have its turn
        self._look = self._background.run(partial(_look, self._run, self._stamp), partial(self._on_looked, self._run))

    def close_background(self) -> None:
        """Calls nobody back any more."""
        self._timer.stop()
        self._background.close()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._timer.start()
        self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    def _on_looked(self, run: RunFolder, found: tuple[bool, Stamp | None, Wrong | None]) -> None:
        is_checkout, stamp, wrong = found
        if run != self._run:
            return
        changed = is_checkout != self._is_checkout
        self._is_checkout = is_checkout
        if stamp is not None and stamp != self._stamp:
            self._stamp, self._wrong = stamp, wrong
            bar = self.view.verticalScrollBar()
            place = bar.value() if bar is not None else 0
            self.model.show(wrong.items if wrong is not None else ())
            if bar is not None:
                bar.setValue(place)
            changed = True
        if changed:
            self._show_words()

    def _show_words(self) -> None:
        wrong = self._wrong
        self._stack.setCurrentWidget(self.view if wrong is not None and wrong.items else self._empty)
        self._summary.setText(self._summary_words(wrong) if wrong is not None and wrong.items else "")
        self._summary.setVisible(bool(self._summary.text()))
        self._empty.setText(self._empty_words(wrong))

    def _summary_words(self, wrong: Wrong) -> str:
        if wrong.task == "det":
            text = self.tr("Step {step}, epoch {epoch}: boxes are wrong on {wrong} of {all} validation pages.")
        else:
            text = self.tr("Step {step}, epoch {epoch}: {wrong} of {all} validation lines are read wrong.")
        words = text.format(step=wrong.step, epoch=wrong.epoch, wrong=wrong.wrong, all=wrong.measured)
        if wrong.wrong > len(wrong.items):
            words += " " + self.tr("These are the worst {count}.").format(count=len(wrong.items))
        return words

    def _empty_words(self, wrong: Wrong | None) -> str:
        if self._run is None:
            return self.tr("A log says how much is wrong, but not what. Runs of this program's own engine tell it.")
        if wrong is not None:
            return self.tr("The latest evaluation found nothing wrong.")
        if self._is_checkout:
            return self.tr(
                "This run is trained by a PaddleOCR checkout, which tells how many lines it reads wrong but not which. "
                "Try its model on the Test page, or train with this program's own engine."
            )
        return self.tr("What the model gets wrong appears here after the first evaluation.")

    # --- pictures --------------------------------------------------------------------------------------------------

    def _picture(self, row: int) -> Picture:
        path = self.model.items[row].image
        known = self._pictures.get(path)
        if known is None:
            known = self._pictures[path] = Picture()
            self._background.run(partial(_decoded, path), partial(self._on_decoded, path))
        return known

    def _on_decoded(self, path: Path, picture: Picture) -> None:
        self._pictures[path] = picture
        viewport = self.view.viewport()
        if viewport is not None:
            viewport.update()

    @pyqtSlot(QModelIndex)
    def _on_view_activated(self, index: QModelIndex) -> None:
        open_place(self.model.items[index.row()].image, self)


def _look(run: RunFolder, known: Stamp | None) -> tuple[bool, Stamp | None, Wrong | None]:
    """On a thread: whether a checkout trains the run, the file's stamp, and its content if it is a new one."""
    is_checkout = run.engine.is_paddleocr
    try:
        status = (run.path / WRONG_FILE).stat()
    except OSError:
        return is_checkout, None, None
    stamp = (status.st_mtime_ns, status.st_size)
    return is_checkout, stamp, read_wrong(run.path) if stamp != known else None


def _decoded(path: Path) -> Picture:
    """On a thread: a picture as large as the list shows it."""
    try:
        page = decode(path)
    except StudioError as error:
        return Picture(failure=str(error))
    width, height = page.size
    scale = min(1.0, SHARPNESS * WIDEST_PICTURE_PX / width, SHARPNESS * PAGE_PX / height)
    size = QSize(max(1, round(width * scale)), max(1, round(height * scale)))
    smooth = Qt.TransformationMode.SmoothTransformation
    return Picture(page.level_for(scale).scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, smooth), width)
