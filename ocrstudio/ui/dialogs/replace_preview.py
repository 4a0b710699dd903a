"""The lines that replacing would change: before and after one above the other, each with a check box."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PyQt5.QtCore import QEvent, QModelIndex, QPointF, QRect, QRectF, QSize, Qt, pyqtSignal
from PyQt5.QtGui import QColor, QFont, QKeyEvent, QMouseEvent, QPainter, QPen
from PyQt5.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ocrstudio.core.lines import PageLines
from ocrstudio.core.search import Hits, Matcher, Rewriting, SearchError, Span, TextRule
from ocrstudio.ui import theme
from ocrstudio.ui.widgets.parts import GRID
from ocrstudio.ui.widgets.stepwise_model import StepwiseListModel
from ocrstudio.ui.widgets.uniform_list import UniformListView

HIT_ROLE = int(Qt.ItemDataRole.UserRole)
AFTER_ROLE = HIT_ROLE + 1
BOX_PX = 18


class PreviewModel(StepwiseListModel):
    """The changes, and which of them are wanted."""

    counted = pyqtSignal()  # other changes, or other ones chosen

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hits = Hits()
        self._chosen = bytearray()
        self._counts = (0, 0)
        self._matcher: Matcher | None = None
        self._replacement = ""

    @property
    def total(self) -> int:
        """How many lines would change."""
        return len(self._hits)

    def data(self, index: QModelIndex, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        if not 0 <= index.row() < len(self._hits):
            return None
        page, row = self._hits[index.row()]
        if role == HIT_ROLE:
            return page, row
        if role == AFTER_ROLE:
            return self._after(page.texts[row])
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if self._chosen[index.row()] else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.DisplayRole:
            return self._after(page.texts[row]).text
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{page.texts[row]}\n{self._after(page.texts[row]).text}\n{page.key.partition('/')[2]}"
        return None

    def set_changes(self, hits: Hits, chosen: bytearray, rule: TextRule | None, replacement: str) -> None:
        """Shows other changes.

        Args:
            hits: The lines.
            chosen: 1 for each that is wanted; the model keeps it.
            rule, replacement: What is done to them; worked out again for the lines that are painted.
        """

        def change() -> None:
            self._hits, self._chosen = hits, chosen
            self._matcher = Matcher(rule) if rule is not None else None
            self._replacement = replacement

        self.refill(change)
        self._tell()

    def rewriter(self) -> Callable[[str], str]:
        """A function that does to a line what is shown now, whatever is shown later."""
        matcher, replacement = self._matcher, self._replacement
        return lambda text: _rewriting(matcher, replacement, text).text

    def choices(self) -> tuple[Hits, bytes]:
        """The changes and which of them are chosen; for `carried_over`."""
        return self._hits, bytes(self._chosen)

    def choose_all(self, wanted: bool) -> None:
        """Chooses all lines or none."""
        self._chosen = bytearray([wanted]) * len(self._hits)
        if self.rowCount():
            self.dataChanged.emit(self.index(0), self.index(self.rowCount() - 1))
        self._tell()

    def toggle(self, index: QModelIndex) -> None:
        """Chooses a line, or leaves it out."""
        if index.isValid():
            self._chosen[index.row()] ^= 1
            self.dataChanged.emit(index, index)
            self._tell()

    def chosen(self) -> list[tuple[PageLines, list[int]]]:
        """The rows of the lines that are wanted, page by page."""
        return self._hits.by_page(self._chosen)

    def chosen_counts(self) -> tuple[int, int]:
        """How many lines are chosen, and on how many pages."""
        return self._counts

    def _after(self, text: str) -> Rewriting:
        return _rewriting(self._matcher, self._replacement, text)

    def _tell(self) -> None:
        self._counts = (sum(self._chosen), self._hits.page_count(self._chosen))
        self.counted.emit()


def carried_over(old: Hits, chosen: bytes, new: Hits) -> bytearray:
    """Which of new changes are chosen: all but the lines that were left out before. For any thread."""
    left_out = {(page.key, row) for (page, row), is_chosen in zip(old, chosen, strict=True) if not is_chosen}
    if not left_out:
        return bytearray([1]) * len(new)
    return bytearray((page.key, row) not in left_out for page, row in new)


def _rewriting(matcher: Matcher | None, replacement: str, text: str) -> Rewriting:
    try:
        return matcher.rewritten(text, replacement) if matcher is not None else Rewriting(text)
    except SearchError:
        return Rewriting(text)  # it was found within the limit: a machine that busy leaves the line alone


class PreviewDelegate(QStyledItemDelegate):
    """Paints check box, the line before with what goes, the line after with what comes, and where it stands."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        return QSize(200, 2 * option.fontMetrics.height() + 14)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        hit, after = index.data(HIT_ROLE), index.data(AFTER_ROLE)
        if not isinstance(hit, tuple) or not isinstance(after, Rewriting):
            return
        page: PageLines = hit[0]
        row: int = hit[1]
        used = theme.colors()
        is_chosen = index.data(int(Qt.ItemDataRole.CheckStateRole)) == Qt.CheckState.Checked
        painter.save()
        if bool(option.state & QStyle.StateFlag.State_Selected):
            painter.fillRect(option.rect, QColor(used.accent_soft))
        elif bool(option.state & QStyle.StateFlag.State_MouseOver):
            painter.fillRect(option.rect, QColor(used.hover))
        area = option.rect.adjusted(GRID, 6, -GRID, -6)
        _paint_check_box(painter, QRect(area.left(), area.center().y() - BOX_PX // 2, BOX_PX, BOX_PX), is_chosen)
        height = option.fontMetrics.height()
        place = f"{page.key.partition('/')[2]} · {row + 1}"
        room = area.width() // 4
        place = option.fontMetrics.elidedText(place, Qt.TextElideMode.ElideLeft, room)
        right = QRect(area.right() - room, area.top(), room, area.height())
        painter.setPen(QColor(used.muted))
        painter.drawText(right, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), place)
        left = area.left() + BOX_PX + GRID
        width = area.width() - room - BOX_PX - 2 * GRID
        before = page.texts[row]
        painter.setOpacity(1.0 if is_chosen else 0.5)
        upper, lower = QRect(left, area.top(), width, height), QRect(left, area.top() + height + 2, width, height)
        _paint_line(painter, upper, before, after.gone, used.bad, used.bad_soft, is_gone=True)
        _paint_line(painter, lower, after.text, after.come, used.good, used.good_soft, is_gone=False)
        painter.restore()


def _paint_check_box(painter: QPainter, area: QRect, is_on: bool) -> None:
    """As the style sheet's check boxes, which a delegate cannot ask for."""
    used = theme.colors()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(used.accent if is_on else used.muted), 1.2))
    painter.setBrush(QColor(used.accent if is_on else used.sunken))
    frame = QRectF(area).adjusted(1, 1, -1, -1)
    painter.drawRoundedRect(frame, 3, 3)
    if is_on:
        painter.setPen(QPen(QColor(used.accent_text), 2))
        at = frame.center()
        painter.drawPolyline(at + QPointF(-4, 0), at + QPointF(-1, 3), at + QPointF(4, -3))
    painter.restore()


def _paint_line(
    painter: QPainter, area: QRect, text: str, spans: Sequence[Span], color: str, ground: str, *, is_gone: bool
) -> None:
    """A line with its differences on a coloured ground, what goes struck through; begins near the first one."""
    metrics = painter.fontMetrics()
    shown = text.replace("\n", " ").replace("\t", " ")
    start = 0
    if spans and metrics.horizontalAdvance(shown[: spans[0][1]]) > area.width():
        start = max(0, spans[0][0] - 8)
    pieces = [("…", False)] if start else []
    at = start
    for first, last in spans:
        pieces += [(shown[at:first], False), (shown[first:last], True)]
        at = last
    pieces.append((shown[at:], False))
    plain = QFont(painter.font())
    struck = QFont(plain)
    struck.setStrikeOut(is_gone)
    x = area.left()
    for piece, differs in pieces:
        left = area.right() - x
        if not piece or left <= 0:
            continue
        width = min(metrics.horizontalAdvance(piece), left)
        place = QRect(x, area.top(), width, area.height())
        if differs:
            painter.fillRect(place, QColor(ground))
        painter.setFont(struck if differs else plain)
        painter.setPen(QColor(color if differs else theme.colors().text))
        piece = metrics.elidedText(piece, Qt.TextElideMode.ElideRight, left)
        painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter), piece)
        x += width
    painter.setFont(plain)


class PreviewList(UniformListView):
    """The list: a click or Space chooses a line or leaves it out."""

    def __init__(self, model: PreviewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("replacePreview")
        self._preview = model
        self.setModel(model)
        self.setItemDelegate(PreviewDelegate(self))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self._preview.toggle(self.indexAt(event.pos()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and event.type() == QEvent.Type.KeyPress:
            self._preview.toggle(self.currentIndex())
        else:
            super().keyPressEvent(event)
