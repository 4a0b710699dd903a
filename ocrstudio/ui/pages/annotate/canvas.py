"""The page with its boxes: draw, select, reshape and link them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from PyQt5.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt, pyqtSignal, pyqtSlot
from PyQt5.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPaintEvent, QPolygonF
from PyQt5.QtWidgets import QWidget

from ocrstudio.core.geometry import bounds, order_quad, polygon_area
from ocrstudio.core.page import Box, Point
from ocrstudio.services.document import AnnotationDocument
from ocrstudio.ui.pages.annotate.boxes_view import Bounds
from ocrstudio.ui.pages.annotate.labels import Labels
from ocrstudio.ui.pages.annotate.link_tool import LinkTool
from ocrstudio.ui.pages.annotate.overlay import Overlay
from ocrstudio.ui.pages.annotate.picture import Picture
from ocrstudio.ui.pages.annotate.rotated_tool import RotatedTool
from ocrstudio.ui.pages.annotate.select_tool import SelectTool
from ocrstudio.ui.pages.annotate.tools import Pointer, PolygonTool, QuadTool, RectTool, Tool
from ocrstudio.ui.widgets.parts import paint_focus

# Boxes this thin on the canvas are hit a little beside their outline.
SLACK_PX = 6
# Highlights, handles and halos reach this far beyond a box.
OVERLAY_MARGIN_PX = 12
# The handle that turns a box stands this far beyond it.
TURN_MARGIN_PX = 44
# Up to so many changed boxes only their surroundings are painted again.
FEW_BOXES = 24
NUDGES = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
LONG_NUDGE = 10
# What belongs to a gesture while there is one.
GESTURE_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape, Qt.Key.Key_Backspace)


class Canvas(Picture):
    """Shows the document's page and turns gestures into edits of the document."""

    edit_requested = pyqtSignal()  # the text of the selected box
    check_requested = pyqtSignal()  # Space: check the page and go on
    box_added = pyqtSignal(str)  # id of a box just drawn
    tool_changed = pyqtSignal(str)  # see `set_tool`
    hidden_changed = pyqtSignal(int)  # how many boxes are hidden
    vertex_changed = pyqtSignal(object)  # the corner that the arrow keys move, from 0, or None: they move the box

    def __init__(self, document: AnnotationDocument, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.document = document
        self.hovered: str | None = None
        self.previews: dict[str, QPolygonF] = {}
        self.pointer: QPoint | None = None
        self._overlay = Overlay(self)
        made: tuple[Tool, ...] = (
            SelectTool(self),
            RectTool(self),
            QuadTool(self),
            PolygonTool(self),
            RotatedTool(self),
            LinkTool(self),
        )
        self._tools = {tool.name: tool for tool in made}
        self._tool: Tool = self._tools["select"]
        self._highlighted: tuple[str, ...] = ()
        self._vertex: int | None = None
        self._is_square = False
        self._links_wanted = False
        self._space_held = False
        self._space_used = False
        self.setObjectName("canvas")
        document.boxes_changed.connect(self._on_document_boxes_changed)
        document.selection_changed.connect(self._on_document_selection_changed)
        document.page_replaced.connect(self._on_document_page_replaced)

    # --- what is shown ---------------------------------------------------------------------------------------------

    def set_labels(self, labels: str) -> None:
        """Chooses what stands above each box: "none", "text", "number" (place in the list) or "key" (key class).

        With "key" the boxes have their classes' colours, too.
        """
        self.layers.labels = Labels(labels)
        self._repaint_all()

    def set_key_classes(self, names: Iterable[str]) -> None:
        """Takes over the project's key classes: their order gives them their colours."""
        self.layers.classes = tuple(names)
        self._repaint_all()

    def set_low_confidence(self, value: float) -> None:
        """Takes over below which confidence, 0 to 1, a box that nobody touched is doubtful."""
        self.boxes.set_low_confidence(value)
        self._repaint_all()

    def set_links_visible(self, visible: bool) -> None:
        """Shows or hides the arrows between linked boxes."""
        self._links_wanted = visible
        self._show_links()

    def _show_links(self) -> None:
        """Links show when they are wanted, and while they are drawn."""
        shown = self._links_wanted or self._tool.name == "link"
        if shown != self.layers.links:
            self.layers.links = shown
            self._repaint_all()

    def set_square(self, square: bool) -> None:
        """Whether rectangles are drawn as squares, as they are with Shift."""
        self._is_square = square

    @property
    def is_square(self) -> bool:
        """Whether rectangles are drawn as squares."""
        return self._is_square

    def box_at(self, point: Point) -> Box | None:
        """The box under an image point, unless it is hidden."""
        return self.boxes.at(point, SLACK_PX / self.view.scale)

    # --- hiding ----------------------------------------------------------------------------------------------------

    def hide_boxes(self, ids: Iterable[str]) -> None:
        """Hides boxes, so that the picture under them is seen; they cannot be hit until they are shown again.

        Another page, and boxes that are new, are not hidden.
        """
        if self.boxes.hide(ids):
            self._hidden_changed()

    def set_boxes_hidden(self, hidden: bool) -> None:
        """Hides all boxes of the page, or shows them all."""
        if hidden:
            self.hide_boxes([box.id for box in self.boxes.boxes])
        else:
            self.show_all_boxes()

    def show_all_boxes(self) -> None:
        """Shows the hidden boxes again."""
        if self.boxes.show_all():
            self._hidden_changed()

    @property
    def hidden_count(self) -> int:
        """How many boxes are hidden."""
        return len(self.boxes.hidden)

    def _hidden_changed(self) -> None:
        self._tool.cancel()
        if not self.boxes.is_shown(self.hovered):
            self.hovered = None
        self._repaint_all()
        self.hidden_changed.emit(self.hidden_count)

    # --- the chosen corner -----------------------------------------------------------------------------------------

    @property
    def vertex(self) -> int | None:
        """The corner of the selected box that the arrow keys move; None if they move the box."""
        return self._vertex

    def select_vertex(self, index: int | None) -> bool:
        """Lets the arrow keys move one corner of the selected box.

        Args:
            index: The corner, from 0; None for the whole box.

        Returns:
            False if not exactly one box is selected or it has no such corner.
        """
        box = self.document.current_box if len(self.document.selection) == 1 else None
        if index is not None and (box is None or not 0 <= index < len(box.points)):
            return False
        if index != self._vertex:
            self._vertex = index
            if box is not None:
                self._update_box(box.id)
            self.vertex_changed.emit(index)
        return True

    # --- tools -----------------------------------------------------------------------------------------------------

    @property
    def tool(self) -> str:
        """The tool in use, see `set_tool`."""
        return self._tool.name

    def set_tool(self, name: str) -> None:
        """Takes up another tool; a gesture under way is dropped.

        Args:
            name: "select", "rect", "quad", "polygon", "rotated" or "link".
        """
        self._tool.cancel()
        changed = self._tools[name] is not self._tool
        self._tool = self._tools[name]
        self._set_hovered(None)
        self.setCursor(self._tool.cursor)
        self.update()
        if changed:
            self._show_links()
            self.tool_changed.emit(name)

    def add_box(self, corners: Sequence[Point]) -> None:
        """Adds a drawn box to the document and takes up the select tool."""
        if abs(polygon_area(corners)) < 1:
            return  # a line: there is nothing in it to read
        if len(corners) == 4:
            corners = order_quad(corners)
        box_id = self.document.add_box(corners)
        self.set_tool("select")
        if box_id is not None:
            self.box_added.emit(box_id)

    def erase(self) -> None:
        """Takes back the last corner of an outline being drawn, or deletes the chosen corner or the selected boxes.

        A box keeps four corners: choosing one of them and deleting deletes the box.
        """
        if self._tool.erase():
            return
        box = self.document.current_box
        if self._vertex is not None and box is not None and len(box.points) > 4:
            index = self._vertex
            self.select_vertex(None)
            self.document.remove_vertex(box.id, index)
        else:
            self.document.remove_boxes(self.document.selection)

    def update_sketch(self, corners: Iterable[QPointF]) -> None:
        """Repaints around the corners of a preview."""
        area = QPolygonF(list(corners)).boundingRect().toAlignedRect()
        self.update(area.adjusted(-OVERLAY_MARGIN_PX, -OVERLAY_MARGIN_PX, OVERLAY_MARGIN_PX, OVERLAY_MARGIN_PX))

    def show_instead(self, outlines: Mapping[str, QPolygonF]) -> None:
        """Shows boxes with other outlines (image pixels) while they are dragged; an empty mapping ends that."""
        touched = {*self.previews, *outlines}
        many = len(touched) > FEW_BOXES
        if not many:
            for box_id in touched:
                self._update_box(box_id)
        if self.boxes.set_aside(outlines):
            self._repaint_boxes([bounds(box.points) for box in map(self.boxes.find, touched) if box is not None])
        self.previews = dict(outlines)
        if many:
            self.update()
            return
        for box_id in outlines:
            self._update_box(box_id)

    # --- view ------------------------------------------------------------------------------------------------------

    def focus_box(self) -> None:
        """Zooms to the selected boxes."""
        chosen = [box for box in map(self.boxes.find, self.document.selection) if box is not None]
        if chosen and self.has_image:
            self.view.focus(*bounds([point for box in chosen for point in box.points]))
            self._view_changed()

    def reveal_selection(self) -> None:
        """Moves the picture so that the box being worked on is visible."""
        box = self.boxes.find(self.document.current_id)
        if box is not None and self.has_image and not self._tool.is_active:
            self.reveal(*bounds(box.points))

    # --- document --------------------------------------------------------------------------------------------------

    @pyqtSlot()
    def _on_document_page_replaced(self) -> None:
        self._tool.cancel()
        self.show_instead({})
        self.hovered = None
        if self.boxes.show_all():
            self.hidden_changed.emit(0)

    @pyqtSlot()
    def _on_document_boxes_changed(self) -> None:
        hidden = self.hidden_count
        changed = self.boxes.update(self.document.page)
        if not self.boxes.is_shown(self.hovered):
            self.hovered = None
        box = self.document.current_box
        if self._vertex is not None and (box is None or self._vertex >= len(box.points)):
            self.select_vertex(None)
        self._repaint_boxes(changed)
        if hidden != self.hidden_count:
            self.update()
            self.hidden_changed.emit(self.hidden_count)

    @pyqtSlot()
    def _on_document_selection_changed(self) -> None:
        selection = self.document.selection
        touched = {*self._highlighted, *selection}
        if len(touched) > FEW_BOXES:
            self.update()
        else:
            for box_id in touched:
                self._update_box(box_id)
        if self._vertex is not None and selection != self._highlighted:
            self._vertex = None
            self.vertex_changed.emit(None)
        self._highlighted = selection
        self.reveal_selection()

    def _repaint_all(self) -> None:
        self.layers.invalidate_boxes()
        self.update()

    def _repaint_boxes(self, places: Sequence[Bounds] | None) -> None:
        """Paints some places (image pixels) again; the whole canvas for many, or for None."""
        if places is None or len(places) > FEW_BOXES or self.layers.labels is not Labels.NONE or self.layers.links:
            self._repaint_all()
            return
        for left, top, right, bottom in places:
            area = QRectF(self.to_canvas(left, top), self.to_canvas(right, bottom)).toAlignedRect()
            area.adjust(-OVERLAY_MARGIN_PX, -OVERLAY_MARGIN_PX, OVERLAY_MARGIN_PX, OVERLAY_MARGIN_PX)
            self.layers.invalidate_boxes(area)
            self.update(area)

    def point_at(self, box: Box | None) -> None:
        """Shows that the pointer is on a box, or on none."""
        self._set_hovered(box.id if box is not None else None)

    def _set_hovered(self, box_id: str | None) -> None:
        if box_id != self.hovered:
            for changed in (self.hovered, box_id):
                if changed is not None:
                    self._update_box(changed)
            self.hovered = box_id

    def _update_box(self, box_id: str) -> None:
        """Repaints around a box, and where the handle stands that turns it."""
        preview = self.previews.get(box_id)
        if preview is not None:
            rect = preview.boundingRect()
            left, top, right, bottom = rect.left(), rect.top(), rect.right(), rect.bottom()
        elif (box := self.boxes.find(box_id)) is not None:
            left, top, right, bottom = bounds(box.points)
        else:
            return
        area = QRectF(self.to_canvas(left, top), self.to_canvas(right, bottom)).toAlignedRect()
        margin = TURN_MARGIN_PX
        self.update(area.adjusted(-margin, -margin, margin, margin))

    # --- painting --------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if not self.has_image:
            painter.fillRect(event.rect(), self.layers.background)
            self._overlay.paint_message(painter)
            paint_focus(self, painter)
            return
        self.layers.paint(painter, event.rect())
        self._overlay.paint(painter, event.rect())
        self._tool.paint(painter)
        if self._tool.crosshair:
            self._overlay.paint_crosshair(painter)
        self._overlay.paint_hidden_note(painter)
        paint_focus(self, painter)

    @property
    def handles(self) -> SelectTool | None:
        """The tool that shows handles, if it is in use."""
        return self._tool if isinstance(self._tool, SelectTool) else None

    # --- mouse -----------------------------------------------------------------------------------------------------

    def _pointer_of(self, event: QMouseEvent) -> Pointer:
        point = QPointF(event.pos())
        return Pointer(point, self.to_image(point), event.modifiers())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self.has_image:
            return
        left = event.button() == Qt.MouseButton.LeftButton
        if event.button() == Qt.MouseButton.MiddleButton or (left and self._space_held):
            self._space_used = True
            self.start_pan(event)
        elif left:
            self._tool.press(self._pointer_of(event))
        elif event.button() == Qt.MouseButton.RightButton and not self._tool.is_active:
            box = self.box_at(self._pointer_of(event).image)  # what the menu is about
            if box is not None and box.id not in self.document.selection:
                self.document.select((box.id,))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not self.has_image:
            return
        if self.is_panning:
            self.go_on_panning(event)
            return
        pointer = self._pointer_of(event)
        if self._tool.crosshair:
            self._move_crosshair(event.pos())
        elif not self._tool.is_active:
            self.point_at(self.box_at(pointer.image))
        if not self._space_held:
            self._tool.move(pointer)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.is_panning and event.button() in (Qt.MouseButton.MiddleButton, Qt.MouseButton.LeftButton):
            self.end_pan()
            self.setCursor(Qt.CursorShape.OpenHandCursor if self._space_held else self._tool.cursor)
        elif event.button() == Qt.MouseButton.LeftButton and self.has_image:
            self._tool.release(self._pointer_of(event))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.has_image and not self._space_held:
            self._tool.double_click(self._pointer_of(event))

    def leaveEvent(self, event: QEvent) -> None:
        self._move_crosshair(None)
        if not self._tool.is_active:
            self._set_hovered(None)
        super().leaveEvent(event)

    def _move_crosshair(self, to: QPoint | None) -> None:
        for point in (self.pointer, to):
            if point is not None:
                self.update(QRect(point.x() - 1, 0, 3, self.height()))
                self.update(QRect(0, point.y() - 1, self.width(), 3))
        self.pointer = QPoint(to) if to is not None else None

    # --- keys ------------------------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Takes the keys of a gesture before the commands that have the same ones."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and self._needs(event):
            event.accept()
            return True
        return super().event(event)

    def _needs(self, event: QKeyEvent) -> bool:
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() == Qt.Key.Key_Space and modifiers == Qt.KeyboardModifier.NoModifier:
            return True
        return self._tool.is_active and (event.key() in GESTURE_KEYS or event.matches(QKeySequence.StandardKey.Undo))

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802  (Qt's name)
        # Tab walks through the boxes if the command for it has another key, too; without boxes it goes on.
        return self.document.select_neighbour(1 if forward else -1) or (
            not self.document.boxes and super().focusNextPrevChild(forward)
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        plain = not event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        if key in NUDGES and plain:
            self._nudge(Qt.Key(key), far=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            if not self._tool.finish() and self.document.current_id is not None:
                self.edit_requested.emit()
        elif key == Qt.Key.Key_Escape:
            event.setAccepted(self._escape())
        elif (key == Qt.Key.Key_Backspace or event.matches(QKeySequence.StandardKey.Undo)) and self._tool.erase():
            event.accept()
        elif key == Qt.Key.Key_Space and plain:
            if not event.isAutoRepeat() and not self._tool.is_active:
                self._space_held, self._space_used = True, False
                self.setCursor(Qt.CursorShape.OpenHandCursor)
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Space or event.isAutoRepeat() or not self._space_held:
            super().keyReleaseEvent(event)
            return
        self._space_held = False
        self.setCursor(self._tool.cursor)
        if not self._space_used:  # it was no drag
            self.check_requested.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._space_held = False
        super().focusOutEvent(event)

    def _nudge(self, key: Qt.Key, *, far: bool) -> None:
        step = LONG_NUDGE if far else 1
        dx, dy = NUDGES[key]
        if self._vertex is not None and self.document.current_id is not None:
            self.document.nudge_vertex(self.document.current_id, self._vertex, dx * step, dy * step)
        elif self.document.selection:
            self.document.move_boxes(self.document.selection, dx * step, dy * step, nudge=True)
        else:
            self.pan(-dx * step * 8, -dy * step * 8)

    def _escape(self) -> bool:
        """Steps back from the gesture, the tool, the corner or the selection; whether there was one."""
        if self._tool.cancel():
            return True
        if self._tool.name != "select":
            self.set_tool("select")
        elif self._vertex is not None:
            self.select_vertex(None)
        elif self.document.selection:
            self.document.select(())
        else:
            return False
        return True
