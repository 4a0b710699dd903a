"""Walking from line to line: the queue's order if there is one, the canvas following, and the layout of review mode."""

from __future__ import annotations

from PyQt5.QtCore import QObject, QPointF, pyqtSlot
from PyQt5.QtWidgets import QBoxLayout, QSplitter, QWidget

from ocrstudio.core.geometry import bounds, quad_size
from ocrstudio.core.page import Box
from ocrstudio.services.project_session import ProjectSession
from ocrstudio.services.queues import QueueController
from ocrstudio.ui.pages.annotate.canvas import Canvas
from ocrstudio.ui.pages.annotate.crops import lying_quad
from ocrstudio.ui.pages.annotate.line_editor import LineEditor
from ocrstudio.ui.pages.annotate.review_panel import ReviewPanel

# A line less high than this on the canvas cannot be read there; it is shown this high then.
READABLE_PX, SHOWN_PX = 14, 30
# Share of the height that the canvas keeps in review mode.
CANVAS_SHARE = 0.46


class ReviewMode(QObject):
    """Moves the line editor between its two places, and lets the canvas follow the line.

    Args:
        session: The open project.
        canvas: Follows.
        editor: Its steps go through the queue while there is one.
        queues: The queue.
        panel: Where the editor is in review mode.
        beside: Where it is otherwise: the first place of this layout.
        split: The splitter of canvas and panel.
        aside: Hidden in review mode.
        parent: Owner.
    """

    def __init__(
        self,
        session: ProjectSession,
        canvas: Canvas,
        editor: LineEditor,
        queues: QueueController,
        panel: ReviewPanel,
        beside: QBoxLayout,
        split: QSplitter,
        aside: QWidget,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._document = session.document
        self._canvas, self._editor, self._queues = canvas, editor, queues
        self._panel, self._beside, self._split, self._aside = panel, beside, split, aside
        self._on = False
        editor.step = self.step
        self._document.selection_changed.connect(self.follow)
        queues.changed.connect(self._show_place)
        panel.hide()

    @property
    def is_on(self) -> bool:
        """Whether the page shows review mode."""
        return self._on

    def switch(self, on: bool) -> None:
        """Turns review mode on or off; what is being typed goes on being typed."""
        if on == self._on:
            return
        self._on = on
        typing = self._editor.field.hasFocus()
        self._aside.setVisible(not on)
        self._editor.set_large(on)
        if on:
            self._panel.take(self._editor)
            self._panel.show()
            height = self._split.height()
            self._split.setSizes([round(height * CANVAS_SHARE), round(height * (1 - CANVAS_SHARE))])
        else:
            self._beside.insertWidget(0, self._editor)
            self._panel.hide()
        self._editor.show()
        self._show_place()
        if on and self._document.current_id is None:
            self._document.select_neighbour(1)
        if on or typing:
            self._editor.start()
        self.follow()

    def step(self, step: int) -> bool:
        """Goes to the next (1) or previous (-1) line: of the queue while there is one, else of the page.

        Returns:
            Whether there was one.
        """
        if self._queues.is_active:
            return self._queues.next() if step > 0 else self._queues.previous()
        return self._document.select_neighbour(step)

    @pyqtSlot()
    def follow(self) -> None:
        """Brings the line being typed into the canvas's view, large enough to be read."""
        box = self._document.current_box
        if box is None or not self._canvas.has_image or not (self._on or self._editor.field.hasFocus()):
            return
        height = _height(box) * self._canvas.view.scale
        if 0 < height < READABLE_PX:
            left, top, right, bottom = bounds(box.points)
            middle = self._canvas.to_canvas((left + right) / 2, (top + bottom) / 2)
            self._canvas.zoom(SHOWN_PX / height, QPointF(middle))
        self._canvas.reveal_selection()

    @pyqtSlot()
    def _show_place(self) -> None:
        number, count = self._queues.position
        self._panel.show_queue(number, count if self._queues.is_ready else 0)


def _height(box: Box) -> float:
    """Height of a line in image pixels."""
    found = lying_quad(box)
    return min(quad_size(found[0])) if found is not None else 0.0
