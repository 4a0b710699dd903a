"""All pictures of this sitting, each with a sentence that says how it went."""

from __future__ import annotations

from PyQt5.QtCore import QAbstractListModel, QModelIndex, QRectF, QSize, Qt, pyqtSignal, pyqtSlot
from PyQt5.QtGui import QColor, QFont, QFontMetrics, QPainter
from PyQt5.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ocrstudio.ui import theme
from ocrstudio.ui.pages.test.results import Picture, ReadState, Trust
from ocrstudio.ui.pages.test.words import picture_words

PICTURE_ROLE = int(Qt.ItemDataRole.UserRole)
SIGNS = {ReadState.WAITING: "…", ReadState.FAILED: "✕", ReadState.CANCELLED: "–"}
SIGN_PX = 22
MOST_LINES = 8


class PicturesModel(QAbstractListModel):
    """Pictures in the order they came."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pictures: list[Picture] = []

    def rowCount(self, parent: QModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.pictures)

    def data(self, index: QModelIndex, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        if not index.isValid():
            return None
        picture = self.pictures[index.row()]
        if role == PICTURE_ROLE:
            return picture
        if role in (int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.AccessibleTextRole)):
            return f"{picture.path.name}: {picture_words(picture)}"
        if role == int(Qt.ItemDataRole.ToolTipRole):
            return f"{picture.path}\n{picture_words(picture)}"
        return None

    def append(self, pictures: list[Picture]) -> None:
        """Adds pictures at the end."""
        first = len(self.pictures)
        self.beginInsertRows(QModelIndex(), first, first + len(pictures) - 1)
        self.pictures.extend(pictures)
        self.endInsertRows()

    def clear(self) -> None:
        """Forgets all pictures."""
        self.beginResetModel()
        self.pictures = []
        self.endResetModel()

    def refresh(self, row: int) -> None:
        """The picture in that row has changed."""
        self.dataChanged.emit(self.index(row), self.index(row))


class _PictureDelegate(QStyledItemDelegate):
    """A sign, the name, and the sentence in as many lines as it needs."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        picture: Picture = index.data(PICTURE_ROLE)
        view = self.parent()
        viewport = view.viewport() if isinstance(view, QListView) else None
        width = viewport.width() - 4 if viewport is not None else 220
        room = width - SIGN_PX - 24
        text = option.fontMetrics.boundingRect(0, 0, room, 10_000, _WRAP, picture_words(picture))
        # The fonts of some scripts are taller than the list's own font says.
        below = min(text.height(), MOST_LINES * option.fontMetrics.height())
        return QSize(width, option.fontMetrics.height() + below + 20)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        picture: Picture = index.data(PICTURE_ROLE)
        used = theme.colors()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = option.rect.adjusted(3, 1, -3, -1)
        if option.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            chosen = bool(option.state & QStyle.StateFlag.State_Selected)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(used.accent_soft if chosen else used.hover))
            painter.drawRoundedRect(area, 6, 6)
        inner = area.adjusted(8, 7, -8, -7)
        line_height = option.fontMetrics.height()
        bold = QFont(option.font)
        bold.setWeight(QFont.Weight.DemiBold)
        painter.setFont(bold)
        sign, role = _sign(picture)
        painter.setPen(QColor(getattr(used, role)))
        painter.drawText(QRectF(inner.left(), inner.top(), SIGN_PX, line_height), _LEFT, sign)
        left, room = inner.left() + SIGN_PX, inner.width() - SIGN_PX
        name = QFontMetrics(bold).elidedText(picture.path.name, Qt.TextElideMode.ElideMiddle, room)
        painter.setPen(QColor(used.text))
        painter.drawText(QRectF(left, inner.top(), room, line_height + 2), _LEFT, name)
        painter.setFont(option.font)
        painter.setPen(QColor(used.bad if picture.problem is not None else used.muted))
        below = QRectF(left, inner.top() + line_height + 2, room, inner.height() - line_height - 2)
        painter.drawText(below, _WRAP, picture_words(picture))
        painter.restore()


_LEFT = int(Qt.AlignmentFlag.AlignLeft)
_WRAP = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop) | int(Qt.TextFlag.TextWordWrap)


def _sign(picture: Picture) -> tuple[str, str]:
    """The sign before a name and the field of `Colors` for it."""
    if picture.state is not ReadState.READ:
        return SIGNS[picture.state], "bad" if picture.state is ReadState.FAILED else "muted"
    doubtful = any(line.trust in (Trust.CHECK, Trust.UNSURE) for line in picture.lines)
    return ("?", "warn") if doubtful else ("✓", "good")


class PicturesList(QListView):
    """The list at the left; shown when there is more than one picture."""

    picture_chosen = pyqtSignal(int)  # row

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("picturesList")
        self.pictures = PicturesModel(self)
        self.setModel(self.pictures)
        self.setItemDelegate(_PictureDelegate(self))
        self.setMouseTracking(True)
        self.setMinimumWidth(200)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setLayoutMode(QListView.LayoutMode.Batched)  # thousands of pictures must not hold the window up
        selection = self.selectionModel()
        if selection is not None:
            selection.currentChanged.connect(self._on_current_changed)

    @pyqtSlot(QModelIndex, QModelIndex)
    def _on_current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid():
            self.picture_chosen.emit(current.row())
