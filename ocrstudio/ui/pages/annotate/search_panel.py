"""Find lines in the whole project: live while typing, a click opens page and box."""

from __future__ import annotations

from dataclasses import replace

from PyQt5.QtCore import QModelIndex, QRect, QSize, Qt, pyqtSignal, pyqtSlot
from PyQt5.QtGui import QColor, QFont, QKeyEvent, QPainter, QShowEvent
from PyQt5.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ocrstudio.core.errors import StudioError
from ocrstudio.core.lines import NO_SCORE, PageLines
from ocrstudio.core.search import Hit, Hits, LineFilter, Matcher, SearchError, Span, TextRule
from ocrstudio.services.line_index import LineIndex
from ocrstudio.services.line_search import LineSearch
from ocrstudio.services.project_session import ProjectSession
from ocrstudio.services.timers import single_shot
from ocrstudio.ui import theme
from ocrstudio.ui.i18n import in_words
from ocrstudio.ui.icons import icon
from ocrstudio.ui.pages.annotate.filter_form import TYPING_DELAY_MS, FilterForm
from ocrstudio.ui.widgets.parts import GRID, SearchField, label
from ocrstudio.ui.widgets.stepwise_model import StepwiseListModel
from ocrstudio.ui.widgets.translated import TranslatedWidget
from ocrstudio.ui.widgets.uniform_list import UniformListView

HIT_ROLE = int(Qt.ItemDataRole.UserRole)
SPANS_ROLE = HIT_ROLE + 1
# Edits elsewhere are shown in the results this long after the last one.
AGAIN_DELAY_MS = 600


class HitModel(StepwiseListModel):
    """The lines that were found."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hits = Hits()
        self._matcher: Matcher | None = None

    @property
    def total(self) -> int:
        """How many lines were found."""
        return len(self._hits)

    def data(self, index: QModelIndex, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        if not 0 <= index.row() < len(self._hits):
            return None
        page, row = self._hits[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return page.texts[row]
        if role == HIT_ROLE:
            return self._hits[index.row()]
        if role == SPANS_ROLE:
            return self._spans(page.texts[row])
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{page.texts[row]}\n{page.key.partition('/')[2]} · {row + 1}"
        return None

    def set_hits(self, hits: Hits, rule: TextRule | None) -> None:
        """Shows other lines; the rule's matches are marked in them."""

        def change() -> None:
            self._hits = hits
            self._matcher = Matcher(rule) if rule is not None else None

        self.refill(change)

    def row_of(self, hit: Hit) -> int:
        """The row of the same line of the same page, -1 if it is not among those shown."""
        wanted = (hit[0].key, hit[1])
        shown = self._hits[: self.rowCount()]
        return next((n for n, (page, row) in enumerate(shown) if (page.key, row) == wanted), -1)

    def _spans(self, text: str) -> list[Span]:
        try:
            return self._matcher.spans(text) if self._matcher is not None else []
        except SearchError:
            return []  # finding it went well within the limit; only the marks are missing


class HitDelegate(QStyledItemDelegate):
    """Paints the text with its matches marked, below it where it stands and how sure the recogniser was."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        return QSize(120, 2 * option.fontMetrics.height() + 14)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        used = theme.colors()
        hit = index.data(HIT_ROLE)
        if not isinstance(hit, tuple):
            return
        page: PageLines = hit[0]
        row: int = hit[1]
        painter.save()
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected or bool(option.state & QStyle.StateFlag.State_MouseOver):
            painter.fillRect(option.rect, QColor(used.accent_soft if selected else used.hover))
        area = option.rect.adjusted(GRID, 6, -GRID, -6)
        upper = QRect(area.left(), area.top(), area.width(), option.fontMetrics.height())
        _paint_marked(painter, upper, page.texts[row], index.data(SPANS_ROLE) or [])
        font = QFont(option.font)
        font.setPointSizeF(font.pointSizeF() * theme.TEXT_SIZES["small"])
        painter.setFont(font)
        painter.setPen(QColor(used.muted))
        lower = QRect(area.left(), upper.bottom() + 2, area.width(), area.bottom() - upper.bottom())
        score = page.scores[row]
        number = f"{score * 100:.0f}%" if score != NO_SCORE else ""
        metrics = painter.fontMetrics()
        painter.drawText(lower, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), number)
        width = lower.width() - metrics.horizontalAdvance(number) - GRID
        place = metrics.elidedText(f"{page.key.partition('/')[2]} · {row + 1}", Qt.TextElideMode.ElideLeft, width)
        painter.drawText(lower, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), place)
        painter.restore()


def _paint_marked(painter: QPainter, area: QRect, text: str, spans: list[Span]) -> None:
    """One line of text, its matches on a coloured ground; begins near the first match if that lies far right."""
    used = theme.colors()
    metrics = painter.fontMetrics()
    shown = text.replace("\n", " ").replace("\t", " ")
    start = 0
    if spans and metrics.horizontalAdvance(shown[: spans[0][1]]) > area.width():
        start = max(0, spans[0][0] - 8)
    lead = "…" if start else ""
    x = area.left()
    painter.setPen(QColor(used.text))
    pieces = [(lead, False)]
    at = start
    for first, last in spans:
        pieces += [(shown[at:first], False), (shown[first:last], True)]
        at = last
    pieces.append((shown[at:], False))
    for piece, is_match in pieces:
        if not piece or x > area.right():
            continue
        left = area.right() - x
        width = metrics.horizontalAdvance(piece)
        if width > left:
            piece = metrics.elidedText(piece, Qt.TextElideMode.ElideRight, left)
            width = left
        if is_match:
            painter.fillRect(QRect(x, area.top(), width, area.height()), QColor(used.warn_soft))
            painter.setPen(QColor(used.warn))
        painter.drawText(QRect(x, area.top(), width, area.height()), int(Qt.AlignmentFlag.AlignVCenter), piece)
        painter.setPen(QColor(used.text))
        x += width


class SearchPanel(TranslatedWidget):
    """The find field with its switches, further filters, and the lines that match.

    Args:
        session: The open project.
        index: Its lines.
        parent: Owner; it calls `close_workers`.
    """

    line_chosen = pyqtSignal()  # the line is being opened: the keyboard belongs to it
    closed = pyqtSignal()  # Escape or the cross
    replace_requested = pyqtSignal(object)  # TextRule | None: replace what is being looked for

    def __init__(self, session: ProjectSession, index: LineIndex, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._index = session, index
        self._asked = LineFilter()
        self._to_select: Hit | None = None
        self.field = SearchField("searchField")
        self.case, self.word, self.regex = (
            _switch("Aa", "searchCase"),
            _switch("W", "searchWord"),
            _switch(".*", "searchRegex"),
        )
        self.more = _switch("", "searchMore")
        self.more.setIcon(icon("fa5s.filter", "text", "accent"))
        self.replace = QToolButton()
        self.replace.setObjectName("searchReplace")
        self.replace.setIcon(icon("fa5s.exchange-alt"))
        self.cross = QToolButton()
        self.cross.setObjectName("searchClose")
        self.cross.setIcon(icon("fa5s.times", "muted"))
        self.form = FilterForm(index, with_states=True)
        self.count = label("hint", "searchCount", wrap=True)
        self.model = HitModel(self)
        self.list = UniformListView()
        self.list.setObjectName("searchHits")
        self.list.setModel(self.model)
        self.list.setItemDelegate(HitDelegate(self.list))
        self._search = LineSearch(index, self)
        self._typing_timer = single_shot(self, TYPING_DELAY_MS, self._ask)
        self._again_timer = single_shot(self, AGAIN_DELAY_MS, self._ask)
        self._select_timer = single_shot(self, 0, self._on_select_due)
        self._count_text: tuple[str, int] | StudioError = ("", 0)
        self._build()
        self._name()
        self._connect()

    def open_search(self) -> None:
        """Shows the panel with the keyboard in the field."""
        self.show()
        self.field.selectAll()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def rule(self) -> TextRule | None:
        """What text is being looked for."""
        text = self.field.text()
        if not text:
            return None
        return TextRule(text, self.case.isChecked(), self.word.isChecked(), self.regex.isChecked())

    def close_workers(self) -> None:
        """Stops the worker; the owner calls it before the panel goes."""
        self._typing_timer.stop()
        self._again_timer.stop()
        self._select_timer.stop()
        self._search.close()

    def _build(self) -> None:
        first = QHBoxLayout()
        first.setSpacing(GRID // 2)
        first.addWidget(self.field, 1)
        first.addWidget(self.cross)
        second = QHBoxLayout()
        second.setSpacing(GRID // 2)
        for widget in (self.case, self.word, self.regex, self.more, self.replace):
            second.addWidget(widget)
        second.addStretch(1)
        self._form_frame = QFrame()
        self._form_frame.setProperty("role", "card")
        inside = QVBoxLayout(self._form_frame)
        inside.setContentsMargins(GRID, GRID, GRID, GRID)
        inside.addWidget(self.form)
        self._form_frame.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID, GRID, 0, GRID)
        column.setSpacing(GRID)
        column.addLayout(first)
        column.addLayout(second)
        column.addWidget(self._form_frame)
        column.addWidget(self.count)
        column.addWidget(self.list, 1)

    def _name(self) -> None:
        self.say(self.field.setPlaceholderText, lambda: self.tr("Find lines in the whole project"))
        self.say(self.case.setToolTip, lambda: self.tr("Capital and small letters differ"))
        self.say(self.word.setToolTip, lambda: self.tr("Whole words only"))
        self.say(self.regex.setToolTip, lambda: self.tr("Regular expression"))
        self.say(self.more.setToolTip, lambda: self.tr("More filters: state, confidence, characters, folder, notes"))
        self.say(self.replace.setToolTip, lambda: self.tr("Replace in the whole project"))
        self.say(self.cross.setToolTip, lambda: self.tr("Close the search"))
        self.say(self.count.setText, self._count_sentence)

    def _connect(self) -> None:
        self.field.textChanged.connect(self._on_typed)
        for switch in (self.case, self.word, self.regex):
            switch.toggled.connect(self._on_typed)
        self.more.toggled.connect(self._form_frame.setVisible)
        self.form.filter_changed.connect(self._ask)
        self.replace.clicked.connect(self._on_replace_clicked)
        self.cross.clicked.connect(self._on_close)
        self._search.found.connect(self._on_search_found)
        self._search.failed.connect(self._on_search_failed)
        self.list.clicked.connect(self._on_list_clicked)
        self.list.activated.connect(self._on_list_clicked)
        self._index.changed.connect(self._on_index_changed)
        self._session.page_opened.connect(self._on_session_page_opened)

    def _count_sentence(self) -> str:
        if isinstance(self._count_text, StudioError):
            return in_words(self._count_text)
        kind, count = self._count_text
        if kind == "searching":
            return self.tr("Looking…")
        if kind == "found":
            return self.tr("{count} lines").format(count=f"{count:,}") if count else self.tr("No line matches")
        return ""

    def _tell(self, what: tuple[str, int] | StudioError) -> None:
        self._count_text = what
        theme.mark(self.count, "bad" if isinstance(what, StudioError) else "hint")
        self.count.setText(self._count_sentence())

    @pyqtSlot()
    @pyqtSlot(bool)
    @pyqtSlot(str)
    def _on_typed(self, _what: object = None) -> None:
        self._typing_timer.start()

    @pyqtSlot()
    def _ask(self) -> None:
        self._typing_timer.stop()
        self._again_timer.stop()
        rule, form = self.rule(), self.form.value()
        self.more.setIcon(icon("fa5s.filter", "accent" if self.form.is_used else "text", "accent"))
        if rule is None and not self.form.is_used:
            self._search.cancel()
            self.model.set_hits(Hits(), None)
            self._tell(("", 0))
            return
        self._asked = replace(form, rule=rule)
        if not self._index.is_built or not self.model.rowCount():
            self._tell(("searching", 0))
        self._search.search(self._asked)

    @pyqtSlot(object)
    def _on_search_found(self, hits: Hits) -> None:
        current = self.list.currentIndex().data(HIT_ROLE)
        self.model.set_hits(hits, self._asked.rule)
        self._tell(("found", len(hits)))
        if isinstance(current, tuple):
            self.list.setCurrentIndex(self.model.index(self.model.row_of(current)))

    @pyqtSlot(object)
    def _on_search_failed(self, error: StudioError) -> None:
        self.model.set_hits(Hits(), None)
        self._tell(error)

    @pyqtSlot(object)
    def _on_index_changed(self, _keys: object) -> None:
        if self.isVisible():
            self._again_timer.start()

    @pyqtSlot(QModelIndex)
    def _on_list_clicked(self, index: QModelIndex) -> None:
        hit = index.data(HIT_ROLE)
        if not isinstance(hit, tuple):
            return
        self._session.commit_requested.emit()
        self._to_select = hit
        page = self._session.document.page
        if page is not None and page.key == hit[0].key and not self._session.is_loading:
            self._on_select_due()
        else:
            self._session.open_page(hit[0].key)

    @pyqtSlot(str)
    def _on_session_page_opened(self, _key: str) -> None:
        # Not at once: whoever shows the new page may select a line of its own.
        self._select_timer.start()

    @pyqtSlot()
    def _on_select_due(self) -> None:
        hit, page = self._to_select, self._session.document.page
        if hit is None or page is None or page.key != hit[0].key:
            return
        self._to_select = None
        lines = self._index.page(page.key)
        marks = list(lines.marks) if lines is not None else []
        mark = hit[0].marks[hit[1]]
        row = hit[1] if hit[1] < len(marks) and marks[hit[1]] == mark else marks.index(mark) if mark in marks else -1
        if 0 <= row < len(page.boxes):
            self._session.document.select((page.boxes[row].id,))
        self.line_chosen.emit()

    @pyqtSlot()
    def _on_replace_clicked(self) -> None:
        self.replace_requested.emit(self.rule())

    @pyqtSlot()
    def _on_close(self) -> None:
        self.hide()
        self.closed.emit()

    def showEvent(self, event: QShowEvent) -> None:
        self._index.require()
        self._again_timer.start()
        super().showEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._on_close()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.field.hasFocus():
            row = max(0, self.list.currentIndex().row() + 1) if self.list.currentIndex().isValid() else 0
            place = self.model.show_row(row)
            if place.isValid():
                self.list.setCurrentIndex(place)
                self._on_list_clicked(place)
        else:
            super().keyPressEvent(event)


def _switch(text: str, name: str) -> QToolButton:
    made = QToolButton()
    made.setObjectName(name)
    made.setText(text)
    made.setCheckable(True)
    return made
