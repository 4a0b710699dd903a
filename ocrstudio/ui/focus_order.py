"""Tab goes where the eye goes: from top to bottom, within a line from left to right, one part after the other.

Qt goes in the order in which widgets were made, which for lists, plots and forms that come and go is no order at all.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from PyQt5.QtCore import QRect, Qt
from PyQt5.QtWidgets import (
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QGraphicsView,
    QLayout,
    QLayoutItem,
    QMainWindow,
    QScrollArea,
    QWidget,
)

# What is inside of them is theirs.
WHOLES = (QAbstractItemView, QAbstractSpinBox, QComboBox, QGraphicsView)
SHARED_HEIGHT = 0.5  # of the lower one of two that stand in one line


@dataclass
class _Part:
    """A widget, or several laid out together, and where: in pixels of the widget that holds them."""

    area: QRect
    widget: QWidget | None = None
    inner: list[_Part] = field(default_factory=list)


def move_focus(window: QWidget, *, forward: bool) -> bool:
    """Gives the keyboard to the next or previous widget that takes it by Tab, and brings it into view.

    Returns:
        Whether there is one.
    """
    now = window.focusWidget()
    order = tab_order(window, now)  # one that has just been disabled keeps its place
    if not order:
        return False
    wanted = order[(_place(order, now, forward=forward) + (1 if forward else -1)) % len(order)]
    wanted.setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
    reveal(wanted)
    return True


def _place(order: list[QWidget], now: QWidget | None, *, forward: bool) -> int:
    """Where the keyboard is: at a widget of `order`, at the beginning of what holds some, or before all."""
    while now is not None:
        if now in order:
            return order.index(now)
        inside = [place for place, one in enumerate(order) if now.isAncestorOf(one)]
        if inside:
            return inside[0] - forward
        now = now.parentWidget()  # a list's own editor, the field inside of a box of choices
    return -forward


def reveal(widget: QWidget) -> None:
    """Scrolls everything that holds a widget so that it is in view."""
    holder = widget.parentWidget()
    while holder is not None:
        if isinstance(holder, QScrollArea):
            holder.ensureWidgetVisible(widget)
        holder = holder.parentWidget()


def tab_order(window: QWidget, also: QWidget | None = None) -> list[QWidget]:
    """The widgets of a window that take the keyboard by Tab now, and `also`, in the order of the eye."""
    return [widget for widget in _walk(window) if takes_tab(widget) or widget is also]


def _walk(widget: QWidget) -> Iterator[QWidget]:
    yield widget
    if not isinstance(widget, WHOLES):
        yield from _walk_parts(_parts(widget))


def _walk_parts(parts: list[_Part]) -> Iterator[QWidget]:
    for part in _by_eye(parts):
        yield from _walk(part.widget) if part.widget is not None else _walk_parts(part.inner)


def takes_tab(widget: QWidget) -> bool:
    """Whether Tab stops at a widget."""
    by_tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return by_tab and widget.isEnabled() and widget.isVisible() and widget.focusProxy() is None


def _parts(widget: QWidget) -> list[_Part]:
    """What stands directly in a widget: what its layout holds, as it is nested, and what is outside of it."""
    layout = None if isinstance(widget, QMainWindow) else widget.layout()  # its layout does not tell what it holds
    parts = _laid_out(layout) if layout is not None else []
    taken = {part.widget for part in _leaves(parts)}
    for child in widget.children():
        if isinstance(child, QWidget) and child not in taken and child.isVisible() and not child.isWindow():
            parts.append(_Part(child.geometry(), child))
    return parts


def _laid_out(layout: QLayout) -> list[_Part]:
    parts = []
    for place in range(layout.count()):
        item = layout.itemAt(place)
        part = _part(item) if item is not None else None
        if part is not None:
            parts.append(part)
    return parts


def _part(item: QLayoutItem) -> _Part | None:
    widget, layout = item.widget(), item.layout()
    if widget is not None:
        return _Part(widget.geometry(), widget) if widget.isVisible() else None
    if layout is None:
        return None
    inner = _laid_out(layout)
    area = QRect()
    for part in inner:
        area = area.united(part.area)
    return _Part(area, None, inner) if inner else None


def _leaves(parts: list[_Part]) -> list[_Part]:
    return [leaf for part in parts for leaf in (_leaves(part.inner) if part.widget is None else [part])]


def _by_eye(parts: list[_Part]) -> list[_Part]:
    """Line by line; in one line stand those that share most of the lower one's height."""
    lines: list[list[_Part]] = []
    for part in sorted(parts, key=lambda one: (one.area.top(), one.area.left())):
        if lines and _in_line(lines[-1][0].area, part.area):
            lines[-1].append(part)
        else:
            lines.append([part])
    return [part for line in lines for part in sorted(line, key=lambda one: one.area.left())]


def _in_line(one: QRect, other: QRect) -> bool:
    shared = min(one.bottom(), other.bottom()) - max(one.top(), other.top()) + 1
    return shared > SHARED_HEIGHT * min(one.height(), other.height())
