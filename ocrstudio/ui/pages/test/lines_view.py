"""The text of a picture in large type, line by line, with how sure the reader is of each."""

from __future__ import annotations

from PyQt5.QtCore import QAbstractListModel, QModelIndex, QRect, QRectF, QSize, Qt, pyqtSignal
from PyQt5.QtGui import QColor, QFont, QFontMetrics, QMouseEvent, QPainter, QPen, QResizeEvent
from PyQt5.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ocrstudio.ui import theme
from ocrstudio.ui.pages.test.results import Picture, TextLine
from ocrstudio.ui.pages.test.words import PENS, ROLES, outline_color, trust_words, widest_trust_words

LINE_ROLE = int(Qt.ItemDataRole.UserRole)
TEXT_SCALE, SMALLEST_SCALE, LARGEST_SCALE = 1.5, 1.0, 4.0
PAD_PX = 10
BAR_PX = 5
ITEM_MARGINS = (2, 1, -2, -1)
ROOM_PX = 100_000
# The word stands beside the text only if it leaves the text this much of the width.
WORDS_SHARE = 0.4


class LinesModel(QAbstractListModel):
    """The lines of one picture; an edit is a correction."""

    corrected = pyqtSignal(int)  # index of the line

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture: Picture | None = None

    def rowCount(self, parent: QModelIndex | None = None) -> int:
        if self._picture is None or (parent is not None and parent.isValid()):
            return 0
        return len(self._picture.lines)

    def line(self, index: int) -> TextLine:
        """The line of a row."""
        if self._picture is None:
            raise IndexError(index)
        return self._picture.lines[index]

    def data(self, index: QModelIndex, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        if not index.isValid() or self._picture is None:
            return None
        line = self._picture.lines[index.row()]
        if role == LINE_ROLE:
            return line
        if role in (int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.EditRole)):
            return line.text
        if role == int(Qt.ItemDataRole.AccessibleTextRole):
            return f"{line.text}, {trust_words(line)}"
        return None

    def setData(self, index: QModelIndex, value: object, role: int = int(Qt.ItemDataRole.EditRole)) -> bool:
        if not index.isValid() or self._picture is None or role != int(Qt.ItemDataRole.EditRole):
            return False
        self._picture.correct(index.row(), str(value))
        self.dataChanged.emit(index, index)
        self.corrected.emit(index.row())
        return True

    def flags(self, index: QModelIndex) -> Qt.ItemFlags:
        return super().flags(index) | Qt.ItemFlag.ItemIsEditable

    def show_picture(self, picture: Picture | None) -> None:
        """Shows another picture's lines, or the same one's anew."""
        self.beginResetModel()
        self._picture = picture
        self.endResetModel()


class _LineDelegate(QStyledItemDelegate):
    """A bar in the colour of the box on the picture, the text, and at its right sign, word and number."""

    def __init__(self, view: LinesView) -> None:
        super().__init__(view)
        self._view = view

    def large(self, option: QStyleOptionViewItem) -> QFont:
        """The font of the text."""
        font = QFont(option.font)
        font.setPointSizeF(option.font.pointSizeF() * self._view.text_scale)
        return font

    def number_width(self, option: QStyleOptionViewItem) -> int:
        """Room for the place of a line in the order of reading."""
        model = self._view.model()
        if not self._view.numbered or model is None:
            return 0
        return option.fontMetrics.horizontalAdvance(str(10 * max(1, model.rowCount())))

    def areas(self, area: QRect, option: QStyleOptionViewItem) -> tuple[QRect, QRect]:
        """Where the text and where the word about it may be, within an item's area: side by side if there is room."""
        number = self.number_width(option)
        inner = area.adjusted(PAD_PX + BAR_PX + PAD_PX + number, PAD_PX, -PAD_PX, -PAD_PX)
        words = option.fontMetrics.horizontalAdvance(widest_trust_words()) + PAD_PX
        if words <= WORDS_SHARE * inner.width():
            beside = inner.adjusted(inner.width() - words, 0, 0, 0)
            # On the height of the text's first line.
            beside.setHeight(QFontMetrics(self.large(option)).height())
            return inner.adjusted(0, 0, -words, 0), beside
        height = option.fontMetrics.height() + 2
        return inner.adjusted(0, 0, 0, -height), inner.adjusted(0, inner.height() - height, 0, 0)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        viewport = self._view.viewport()
        width = viewport.width() if viewport is not None else 300
        large = QFontMetrics(self.large(option))
        whole = QRect(0, 0, width, ROOM_PX)
        room, _ = self.areas(whole.adjusted(*ITEM_MARGINS), option)
        text = large.boundingRect(QRect(0, 0, room.width(), ROOM_PX), _WRAP, str(index.data()))
        return QSize(width, max(text.height(), large.height()) + whole.height() - room.height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        line: TextLine = index.data(LINE_ROLE)
        used = theme.colors()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = option.rect.adjusted(*ITEM_MARGINS)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen or index.row() == self._view.pointed_row:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(used.accent_soft if chosen else used.hover))
            painter.drawRoundedRect(area, 6, 6)
        pen = QPen(QColor(outline_color(line.trust)), BAR_PX, PENS[line.trust])
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        left = area.left() + PAD_PX + BAR_PX // 2
        painter.drawLine(left, area.top() + PAD_PX, left, area.bottom() - PAD_PX)
        text_area, words_area = self.areas(area, option)
        if self._view.numbered:
            painter.setPen(QColor(used.muted))
            painter.setFont(option.font)
            first = QRectF(left + BAR_PX + 2, text_area.top(), 200, QFontMetrics(self.large(option)).height())
            painter.drawText(first, int(Qt.AlignmentFlag.AlignVCenter), str(index.row() + 1))
        painter.setFont(self.large(option))
        painter.setPen(QColor(used.text))
        painter.drawText(QRectF(text_area), _WRAP, line.text)
        painter.setFont(option.font)
        painter.setPen(QColor(getattr(used, ROLES[line.trust])))
        painter.drawText(QRectF(words_area), int(Qt.AlignmentFlag.AlignVCenter), trust_words(line))
        painter.restore()

    def createEditor(self, parent: QWidget | None, option: QStyleOptionViewItem, index: QModelIndex) -> QWidget | None:
        editor = super().createEditor(parent, option, index)
        if editor is not None:
            editor.setObjectName("lineEditor")
            editor.setFont(self.large(option))
        return editor

    def updateEditorGeometry(self, editor: QWidget | None, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        if editor is not None:
            editor.setGeometry(option.rect.adjusted(BAR_PX + PAD_PX, 1, -4, -1))


_WRAP = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop) | int(Qt.TextFlag.TextWordWrap)


class LinesView(QListView):
    """The list; its text can be made larger and smaller."""

    row_pointed = pyqtSignal(int)  # row under the pointer, -1 when it has left

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("textLines")
        self.text_scale = TEXT_SCALE
        self.pointed_row = -1
        self.numbered = True
        self.setItemDelegate(_LineDelegate(self))
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        triggers = QListView.EditTriggers()
        triggers |= QListView.EditTrigger.DoubleClicked
        triggers |= QListView.EditTrigger.EditKeyPressed
        self.setEditTriggers(triggers)

    def scale_text(self, factor: float) -> None:
        """Makes the text larger or smaller."""
        self.text_scale = min(LARGEST_SCALE, max(SMALLEST_SCALE, self.text_scale * factor))
        self.scheduleDelayedItemsLayout()

    def show_numbers(self, shown: bool) -> None:
        """Whether each line carries its place in the order of reading."""
        self.numbered = shown
        self.scheduleDelayedItemsLayout()

    def point_at(self, row: int) -> None:
        """Lights up a row that is pointed at on the picture; -1 for none."""
        if row != self.pointed_row:
            self.pointed_row = row
            viewport = self.viewport()
            if viewport is not None:
                viewport.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        row = self.indexAt(event.pos()).row()
        if row != self.pointed_row:
            self.point_at(row)
            self.row_pointed.emit(row)

    def leaveEvent(self, event: object) -> None:
        self.point_at(-1)
        self.row_pointed.emit(-1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()  # lines wrap at another width now
