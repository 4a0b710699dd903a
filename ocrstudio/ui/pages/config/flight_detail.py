"""One check of the flight check: what was found, what can be done, and the rows it is about."""

from __future__ import annotations

from pathlib import Path

from PyQt5.QtCore import QAbstractTableModel, QModelIndex, QObject, QSize, Qt, pyqtSignal, pyqtSlot
from PyQt5.QtGui import QImage, QImageReader, QPixmap, QResizeEvent
from PyQt5.QtWidgets import QWIDGETSIZE_MAX, QHeaderView, QLabel, QTableView, QVBoxLayout, QWidget

from ocrstudio.core.findings import Place
from ocrstudio.services.background import Background
from ocrstudio.services.flight_check import Line, Told
from ocrstudio.ui.icons import icon
from ocrstudio.ui.pages.config.flight_words import MARKS, cure_of, sentences, title_of, verdict_word
from ocrstudio.ui.widgets.parts import GRID, button, label, row, scrolled
from ocrstudio.ui.widgets.translated import TranslatedWidget

FILE, LINE, TEXT = range(3)
ICON_PX = 24
# Sentences above a table scroll beyond this; they are mostly one or two.
MOST_TEXT_HEIGHT = 240
PICTURE_HEIGHT = 96


class PlacesModel(QAbstractTableModel):
    """Places, one a row: file, line, what stands there."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._places: tuple[Place, ...] = ()

    def show(self, places: tuple[Place, ...]) -> None:
        """Takes other places."""
        self.beginResetModel()
        self._places = places
        self.endResetModel()

    def place(self, index: QModelIndex) -> Place | None:
        """What a row shows."""
        return self._places[index.row()] if index.isValid() else None

    def rowCount(self, parent: QModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._places)

    def columnCount(self, parent: QModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else 3

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = int(Qt.ItemDataRole.DisplayRole)
    ) -> object:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (self.tr("File"), self.tr("Line"), self.tr("What stands there"))[section]
        return None

    def data(self, index: QModelIndex, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        if not index.isValid():
            return None
        place = self._places[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            # one line a row, whatever stands in a broken list
            text = " ".join(place.text.split())
            return (Path(place.file).name, str(place.line or ""), text)[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{place.file}\n{place.text}" if place.file else place.text
        return None


class FlightDetail(TranslatedWidget):
    """What the chosen check says."""

    repair_requested = pyqtSignal(str)  # id of the check

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line: Line | None = None
        self._mark, self._title = QLabel(), label("subtitle", "flightTitle", wrap=True)
        self._verdict = label("muted", "flightVerdict")
        self._sentences = QWidget()
        self._said = QVBoxLayout(self._sentences)
        self._said.setContentsMargins(0, 0, 0, 0)
        self._said.setSpacing(GRID)
        self._area = scrolled(self._sentences)
        self._cures = QVBoxLayout()
        self._cures.setSpacing(GRID)
        self._rows = label("muted", "flightRows")
        self.model = PlacesModel(self)
        self.table = self._build_table()
        self._background = Background(self, threads=1)
        self.picture = QLabel()
        self.picture.setObjectName("flightPicture")
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.picture.setFixedHeight(PICTURE_HEIGHT)
        head = row(self._mark, spacing=GRID + 4)
        head.addWidget(self._title, 1)
        head.addWidget(self._verdict)
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID, 0, 0, 0)
        column.setSpacing(GRID + 4)
        column.addLayout(head)
        column.addWidget(self._area, 1)
        column.addLayout(self._cures)
        column.addWidget(self._rows)
        column.addWidget(self.table, 2)
        column.addWidget(self.picture)
        selection = self.table.selectionModel()
        if selection is not None:
            selection.currentRowChanged.connect(self._on_current_row_changed)
        self.say(lambda _: self._refresh(), str)

    def _build_table(self) -> QTableView:
        table = QTableView()
        table.setObjectName("flightPlaces")
        table.setModel(self.model)
        table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        table.setTabKeyNavigation(False)
        self.say(table.setAccessibleName, lambda: self.tr("Where it is"))
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        vertical, horizontal = table.verticalHeader(), table.horizontalHeader()
        if vertical is not None and horizontal is not None:
            vertical.hide()
            vertical.setDefaultSectionSize(3 * GRID + 4)
            horizontal.setStretchLastSection(True)
            horizontal.setSectionResizeMode(FILE, QHeaderView.ResizeMode.Interactive)
            horizontal.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        table.setColumnWidth(FILE, 150)
        table.setColumnWidth(LINE, 70)
        return table

    def show_line(self, line: Line | None) -> None:
        """Shows a check; None shows nothing."""
        self._line = line
        self._refresh()

    def _refresh(self) -> None:
        line = self._line
        for layout in (self._said, self._cures):
            _empty(layout)
        self.setVisible(line is not None)
        if line is None:
            return
        role, icon_name = MARKS[line.verdict]
        self._mark.setPixmap(icon(icon_name, role).pixmap(ICON_PX, ICON_PX))
        self._title.setText(title_of(line))
        self._verdict.setText(verdict_word(line.verdict))
        for told in line.told:
            self._say(sentences(told))
        if not line.told:
            self._say(self._nothing_found(line))
        self._said.addStretch(1)
        if line.verdict in ("fail", "poor"):
            for cure in line.cures:
                self._cures.addLayout(row(self._cure_button(line, cure), None))
        self.model.show(line.places)
        self.table.setVisible(bool(line.places))
        self.picture.setVisible(any(place.picture for place in line.places))
        self._show_picture(line.places[0] if line.places else None)
        shown = len(line.places)
        hidden = line.rows > shown
        text = self.tr("{count} rows; the first {shown}:") if hidden else self.tr("{count} rows:")
        self._rows.setText(text.format(count=line.rows, shown=shown))
        self._rows.setVisible(bool(line.places))
        self._fit()

    @pyqtSlot(QModelIndex, QModelIndex)
    def _on_current_row_changed(self, index: QModelIndex, _before: QModelIndex) -> None:
        self._show_picture(self.model.place(index))

    def _show_picture(self, place: Place | None) -> None:
        """Shows what a row is about; it is read on a thread, as pages may be large."""
        self._background.drop()
        self.picture.clear()
        if place is not None and place.picture:
            path, size = place.picture, QSize(max(1, self.width() - 4 * GRID), PICTURE_HEIGHT)
            self._background.run(lambda: read_scaled(path, size), self._on_picture_read)

    def _on_picture_read(self, image: QImage | None) -> None:
        if image is None:
            self.picture.setText(self.tr("The picture cannot be shown."))
        else:
            self.picture.setPixmap(QPixmap.fromImage(image))

    def close_picture(self) -> None:
        """Ends the reading of pictures."""
        self._background.close()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Leaves the room that the sentences do not need to the table."""
        if self._line is None or not self._line.places:
            self._area.setMinimumHeight(0)
            self._area.setMaximumHeight(QWIDGETSIZE_MAX)
            return
        width = max(1, self._area.width() - 2 * GRID)
        texts = [item.widget() for place in range(self._said.count()) if (item := self._said.itemAt(place)) is not None]
        wanted = sum(text.heightForWidth(width) + GRID for text in texts if text is not None)
        self._area.setFixedHeight(min(MOST_TEXT_HEIGHT, wanted + GRID))

    def _nothing_found(self, line: Line) -> str:
        if line.verdict == "open":
            return self.tr("This could not be looked at: something else has to be put right first.")
        return self.tr("Nothing to say against it.")

    def _say(self, text: str) -> None:
        shown = label(wrap=True)
        shown.setText(text)
        shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._said.addWidget(shown)

    def _cure_button(self, line: Line, told: Told) -> QWidget:
        made = button(f"flightRepair-{line.id}", "fa5s.wrench", "primary")
        made.setText(cure_of(told))
        made.setToolTip(self.tr("Writes new files beside yours and names them in the config; nothing is lost."))
        made.clicked.connect(lambda: self.repair_requested.emit(line.id))
        return made


def read_scaled(path: str, size: QSize) -> QImage | None:
    """A picture made to fit, never larger than it is; None if it cannot be read."""
    reader = QImageReader(path)
    reader.setAutoTransform(True)
    whole = reader.size()
    if whole.isValid() and (whole.width() > size.width() or whole.height() > size.height()):
        # JPEG is decoded at about that size, which is fast
        reader.setScaledSize(whole.scaled(size, Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    return None if image.isNull() else image


def _empty(layout: QVBoxLayout) -> None:
    while layout.count():
        item = layout.takeAt(0)
        if item is None:
            return
        inner = item.layout()
        widget = item.widget()
        if widget is not None:
            widget.deleteLater()
        elif inner is not None:
            while inner.count():
                child = inner.takeAt(0)
                if child is not None and (one := child.widget()) is not None:
                    one.deleteLater()
