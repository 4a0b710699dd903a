"""Commands that change what is seen and what the mouse does, never the labels."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from PyQt5.QtCore import QObject, pyqtSlot
from PyQt5.QtWidgets import QAction, QActionGroup

from ocrstudio.ui.pages.annotate import actions as specs
from ocrstudio.ui.pages.annotate.canvas import Canvas
from ocrstudio.ui.pages.annotate.command_state import Now

TOOLS = {
    specs.SELECT.id: "select",
    specs.RECT.id: "rect",
    specs.QUAD.id: "quad",
    specs.POLYGON.id: "polygon",
    specs.ROTATED.id: "rotated",
    specs.LINK.id: "link",
}


class ViewCommands(QObject):
    """The slots of the tools, the zoom and of what is shown on the canvas."""

    def __init__(self, canvas: Canvas, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._canvas = canvas
        self._actions: Mapping[str, QAction] = {}
        self._shows_keys = False

    def slots(self) -> dict[str, Callable[..., Any]]:
        """Command id to what it does; the tools are taken up by `own`."""
        canvas = self._canvas
        return {
            specs.DRAW_SQUARES.id: canvas.set_square,
            specs.HIDE.id: partial(canvas.set_boxes_hidden, True),
            specs.SHOW.id: canvas.show_all_boxes,
            specs.HIDE_SELECTED.id: self._hide_selected,
            specs.SHOW_TEXTS.id: self._on_show_texts_triggered,
            specs.SHOW_NUMBERS.id: self._on_show_numbers_triggered,
            specs.SHOW_LINKS.id: canvas.set_links_visible,
            specs.ZOOM_IN.id: canvas.zoom_in,
            specs.ZOOM_OUT.id: canvas.zoom_out,
            specs.FIT.id: canvas.fit,
            specs.FIT_WIDTH.id: canvas.fit_width,
            specs.ACTUAL_SIZE.id: canvas.actual_size,
            specs.FOCUS_BOX.id: canvas.focus_box,
        }

    def own(self, actions: Mapping[str, QAction]) -> None:
        """Takes over the finished actions: the tools become one choice of several."""
        self._actions = actions
        group = QActionGroup(self)
        for action_id in TOOLS:
            group.addAction(actions[action_id])
        actions[specs.SELECT.id].setChecked(True)
        group.triggered.connect(self._on_tool_triggered)
        self._canvas.tool_changed.connect(self._on_canvas_tool_changed)

    def enabled(self, now: Now) -> dict[str, bool]:
        """Command id to whether it can do something."""
        count, hidden = len(now.boxes), self._canvas.hidden_count
        drawable = (
            *TOOLS,
            *(specs.DRAW_SQUARES.id, specs.ZOOM_IN.id, specs.ZOOM_OUT.id, specs.FIT.id, specs.FIT_WIDTH.id),
            specs.ACTUAL_SIZE.id,
        )
        return {
            **dict.fromkeys(drawable, now.drawable),
            specs.LINK.id: now.drawable and count > 1,
            specs.HIDE.id: hidden < count,
            specs.SHOW.id: hidden > 0,
            specs.HIDE_SELECTED.id: bool(now.selected),
            specs.FOCUS_BOX.id: now.drawable and bool(now.selected),
        }

    def show_keys(self, shown: bool) -> None:
        """Shows the key class above each box, and the links, while neither texts nor numbers are asked for."""
        self._shows_keys = shown
        self._actions[specs.SHOW_LINKS.id].setChecked(shown)
        self._canvas.set_links_visible(shown)
        self._show_labels()

    def _show_labels(self) -> None:
        if self._actions[specs.SHOW_NUMBERS.id].isChecked():
            self._canvas.set_labels("number")
        elif self._actions[specs.SHOW_TEXTS.id].isChecked():
            self._canvas.set_labels("text")
        else:
            self._canvas.set_labels("key" if self._shows_keys else "none")

    def _on_show_texts_triggered(self) -> None:
        self._actions[specs.SHOW_NUMBERS.id].setChecked(False)
        self._show_labels()

    def _on_show_numbers_triggered(self) -> None:
        self._actions[specs.SHOW_TEXTS.id].setChecked(False)
        self._show_labels()

    def _hide_selected(self) -> None:
        self._canvas.hide_boxes(self._canvas.document.selection)

    @pyqtSlot(QAction)
    def _on_tool_triggered(self, action: QAction) -> None:
        self._canvas.set_tool(TOOLS[action.objectName()])

    @pyqtSlot(str)
    def _on_canvas_tool_changed(self, tool: str) -> None:
        for action_id, name in TOOLS.items():
            if name == tool:
                self._actions[action_id].setChecked(True)
