"""Review by keyboard: one line with all the room there is, where one stands, and the keys that help."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PyQt5.QtCore import QEvent, QRectF, QSize, Qt, pyqtSlot
from PyQt5.QtGui import QColor, QKeySequence, QPainter, QPaintEvent, QShowEvent
from PyQt5.QtWidgets import QAction, QFrame, QSizePolicy, QVBoxLayout, QWidget

from ocrstudio.services.project_session import ProjectSession
from ocrstudio.ui import theme
from ocrstudio.ui.pages.annotate import actions as specs
from ocrstudio.ui.pages.annotate.command_state import place_of
from ocrstudio.ui.widgets.parts import GRID, Dot, ElidedLabel, label, row
from ocrstudio.ui.widgets.translated import TranslatedWidget

KEY_PADDING_PX = 6


class KeyHints(QWidget):
    """Keys and what they do, in one row; those that find no room are left out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("keyHints")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._hints: Sequence[tuple[str, str]] = ()

    def show_hints(self, hints: Sequence[tuple[str, str]]) -> None:
        """Shows (key, what it does); hints without a key are left out."""
        self._hints = tuple((key, words) for key, words in hints if key)
        self.setAccessibleName("; ".join(f"{key}: {words}" for key, words in self._hints))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, self.fontMetrics().height() + 8)

    def paintEvent(self, event: QPaintEvent) -> None:
        used, metrics = theme.colors(), self.fontMetrics()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left, height = 0.5, self.height() - 1
        centred = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        for key, words in self._hints:
            cap = metrics.horizontalAdvance(key) + 2 * KEY_PADDING_PX
            said = metrics.horizontalAdvance(words)
            if left + cap + KEY_PADDING_PX + said > self.width():
                break
            area = QRectF(left, 0.5, cap, height)
            painter.setPen(QColor(used.border))
            painter.setBrush(QColor(used.window))
            painter.drawRoundedRect(area, 5, 5)
            painter.setPen(QColor(used.text))
            painter.drawText(area, int(Qt.AlignmentFlag.AlignCenter), key)
            painter.setPen(QColor(used.muted))
            painter.drawText(QRectF(area.right() + KEY_PADDING_PX, 0, said + 2, self.height()), centred, words)
            left = area.right() + KEY_PADDING_PX + said + 2 * GRID


class ReviewPanel(TranslatedWidget):
    """The card under the canvas in review mode. The line editor is put into it while it is shown.

    Args:
        session: The open project.
        actions: Their keys are told.
    """

    def __init__(self, session: ProjectSession, actions: Mapping[str, QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("reviewPanel")
        self._session, self._actions = session, actions
        self._place = (0, 0)
        self._state = Dot("new")
        self._page = ElidedLabel("reviewPage")
        self._page.setProperty("role", "muted")
        self.queue = label("subtitle", "reviewQueue")
        self._hints = KeyHints()
        self._frame = QFrame()
        self._frame.setProperty("role", "card")
        self._column = QVBoxLayout(self._frame)
        self._column.setContentsMargins(2 * GRID, GRID + 4, 2 * GRID, GRID + 4)
        self._column.setSpacing(GRID)
        header = row(self._state, self._page, spacing=GRID)
        header.setStretch(1, 1)
        header.addWidget(self.queue)
        self._column.addLayout(header)
        self._column.addWidget(self._hints)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._frame)
        document = session.document
        document.boxes_changed.connect(self._refresh)
        session.page_opened.connect(self._refresh)

    def take(self, editor: QWidget) -> None:
        """Puts the line editor between the header and the keys."""
        self._column.insertWidget(1, editor, 1)

    def show_queue(self, number: int, count: int) -> None:
        """Shows the place in the queue; without a queue (0 entries) the place on the page says enough."""
        self._place = (number, count)
        self.queue.setText(
            self.tr("{number} of {count}").format(number=number, count=count) if count and number else ""
        )

    @pyqtSlot()
    @pyqtSlot(str)
    def _refresh(self, _key: str = "") -> None:
        page = self._session.document.page
        if page is None or self.isHidden():
            return
        self._state.set_role(page.state.value)
        self._page.show_text(
            self.tr("{file}, page {number} of {count}").format(
                file=page.file, number=place_of(self._session) + 1, count=len(self._session.keys)
            )
        )

    def _show_hints(self) -> None:
        def key(action_id: str) -> str:
            # A key that is text would be typed: in the field only the others work.
            sequences = [key for key in self._actions[action_id].shortcuts() if not _is_text(key)]
            return sequences[0].toString(QKeySequence.SequenceFormat.NativeText) if sequences else ""

        names = QKeySequence.SequenceFormat.NativeText
        enter, tab, escape = (QKeySequence(k).toString(names) for k in ("Return", "Tab", "Esc"))
        self._hints.show_hints(
            (
                (enter, self.tr("right, next line")),
                (tab, self.tr("skip")),
                (key(specs.CHECK_NEXT.id), self.tr("page is right")),
                (key(specs.UNREADABLE.id), self.tr("unreadable")),
                (key(specs.REREAD.id), self.tr("read again")),
                (key(specs.PALETTE.id), self.tr("characters")),
                (key(specs.DELETE.id), self.tr("delete the box")),
                (escape, self.tr("to the picture")),
            )
        )

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show_hints()
        self._refresh()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._show_hints()
            self.show_queue(*self._place)
            self._refresh()
        elif event.type() == QEvent.Type.PaletteChange:
            self.update()


def _is_text(key: QKeySequence) -> bool:
    """Whether a key press without Ctrl, Alt or a function key types something, moves the cursor or erases."""
    code = key[0]
    command = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    plain = code & ~int(Qt.KeyboardModifier.KeyboardModifierMask)
    return not code & int(command) and not Qt.Key.Key_F1 <= plain <= Qt.Key.Key_F35
