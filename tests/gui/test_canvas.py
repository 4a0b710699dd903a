"""Drawing, selecting and reshaping with the real mouse and keys."""

import numpy as np
import pytest
from annotate_parts import Annotating, label_line, make_project
from PyQt5.QtCore import QEvent, QObject, QPoint, QPointF, QRect, Qt
from PyQt5.QtGui import QColor, QImage, QWheelEvent
from PyQt5.QtTest import QTest
from PyQt5.QtWidgets import QApplication

from ocrstudio.core.geometry import bounds
from ocrstudio.core.page import Box, PageState
from ocrstudio.core.shaping import with_corner
from ocrstudio.ui.pages.annotate.boxes_view import BoxesView
from ocrstudio.ui.pages.annotate.outlines import LinePixels

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def work(qtbot, tmp_path, isolated_home):
    made = Annotating(qtbot, make_project(tmp_path, label=label_line("pages/p1.png", "one", "two")), isolated_home)
    yield made
    made.close()


class PaintWatcher(QObject):
    """Notes which parts of a widget are painted."""

    def __init__(self):
        super().__init__()
        self.painted = []

    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            self.painted.append(event.rect())
        return False


def near(points, expected, slack=1.0):
    """Whether points are where the mouse was, within a canvas pixel."""
    pairs = zip(points, expected, strict=True)
    return all(abs(x - ex) <= slack and abs(y - ey) <= slack for (x, y), (ex, ey) in pairs)


@pytest.mark.parametrize(
    ("start", "end"),
    [((120, 90), (220, 130)), ((220, 130), (120, 90)), ((220, 90), (120, 130)), ((120, 130), (220, 90))],
)
def test_w_and_a_drag_in_any_direction_draw_a_box_in_reading_order(work, start, end):
    work.draw(start, end)
    assert near(work.boxes[-1].points, ((120, 90), (220, 90), (220, 130), (120, 130)))
    assert work.document.selection == (work.boxes[-1].id,)
    assert work.canvas.tool == "select"


def test_a_box_drawn_beyond_the_picture_ends_at_its_edge(work):
    work.draw((250, 150), (306, 204))
    assert near(work.boxes[-1].points, ((250, 150), (300, 150), (300, 200), (250, 200)))


def test_a_click_without_a_drag_draws_nothing(work):
    work.key(Qt.Key.Key_W)
    work.click(150, 100)
    assert len(work.boxes) == 2


def test_escape_drops_the_box_being_drawn(work):
    window = work.page.window().windowHandle()
    work.key(Qt.Key.Key_W)
    QTest.mousePress(window, Qt.MouseButton.LeftButton, NONE, work.at(120, 90))
    QTest.mouseMove(window, work.at(200, 130))
    work.key(Qt.Key.Key_Escape)
    QTest.mouseRelease(window, Qt.MouseButton.LeftButton, NONE, work.at(200, 130))
    assert len(work.boxes) == 2


@pytest.mark.parametrize("end", ["first corner", "return", "double click"])
def test_a_polygon_is_closed_by_its_first_corner_return_or_a_double_click(work, end):
    corners = [(120, 90), (200, 95), (230, 120), (190, 150), (125, 140)]
    work.canvas.set_tool("polygon")
    for corner in corners[: -1 if end == "double click" else None]:
        work.click(*corner)
    if end == "first corner":
        work.click(*corners[0])
    elif end == "return":
        work.key(Qt.Key.Key_Return)
    else:
        window = work.page.window().windowHandle()
        work.click(*corners[-1])
        QTest.mouseDClick(window, Qt.MouseButton.LeftButton, NONE, work.at(*corners[-1]))
    assert near(work.boxes[-1].points, corners)


def test_backspace_takes_back_the_last_corner_and_escape_all_of_them(work):
    work.canvas.set_tool("polygon")
    for corner in ((120, 90), (200, 95), (290, 10)):
        work.click(*corner)
    work.key(Qt.Key.Key_Backspace)
    work.click(190, 150)
    work.key(Qt.Key.Key_Return)
    assert near(work.boxes[-1].points, ((120, 90), (200, 95), (190, 150)))
    work.canvas.set_tool("polygon")
    work.click(120, 90)
    work.key(Qt.Key.Key_Escape)
    work.key(Qt.Key.Key_Return)
    assert len(work.boxes) == 3


def test_a_quad_clicked_from_any_corner_is_stored_in_reading_order(work):
    work.canvas.set_tool("polygon")
    for corner in ((230, 140), (120, 130), (125, 90), (235, 100)):
        work.click(*corner)
    work.key(Qt.Key.Key_Return)
    assert near(work.boxes[-1].points, ((125, 90), (235, 100), (230, 140), (120, 130)))


def test_a_drag_moves_a_box_in_one_undo_step(work):
    before = work.boxes
    work.drag((40, 30), (90, 70))
    assert near(work.boxes[0].points, ((70, 60), (130, 60), (130, 80), (70, 80)))
    assert work.document.undo_stack.count() == 1
    work.document.undo()
    assert work.boxes == before


def test_a_corner_handle_resizes_a_rectangle(work):
    work.click(40, 30)
    work.drag((80, 40), (120, 45))
    assert near(work.boxes[0].points, ((20, 20), (120, 20), (120, 45), (20, 45)))


def test_a_corner_dragged_with_ctrl_takes_the_opposite_one_the_other_way(work):
    work.click(40, 30)
    work.drag((80, 40), (90, 45), keys=CTRL)
    assert near(work.boxes[0].points, ((10, 15), (90, 15), (90, 45), (10, 45)))


def test_at_the_edge_a_symmetric_resize_keeps_the_middle(work):
    work.click(40, 30)
    work.drag((80, 40), (100, 48), keys=CTRL)
    left, top, right, bottom = bounds(work.boxes[0].points)
    assert left == 0
    assert near([((left + right) / 2, (top + bottom) / 2)], [(50, 30)], 0.01)


def test_a_corner_dragged_with_shift_moves_alone(work):
    work.click(40, 30)
    work.drag((80, 40), (100, 48), keys=SHIFT)
    assert near(work.boxes[0].points, ((20, 20), (80, 20), (100, 48), (20, 40)))


def test_a_side_handle_moves_one_side(work):
    work.click(40, 30)
    work.drag((80, 30), (110, 33))
    assert near(work.boxes[0].points, ((20, 20), (110, 20), (110, 40), (20, 40)))


def test_delete_removes_the_selected_boxes_and_undo_brings_them_back(work):
    before = work.boxes
    work.click(40, 30)
    work.click(40, 60, keys=CTRL)
    assert len(work.document.selection) == 2
    work.key(Qt.Key.Key_Delete)
    assert work.boxes == ()
    work.document.undo()
    assert work.boxes == before


def test_shift_drag_selects_what_it_encloses(work):
    work.drag((5, 5), (150, 100), keys=SHIFT)
    assert work.document.selection == tuple(box.id for box in work.boxes)


def test_a_click_on_the_background_selects_nothing_and_a_drag_moves_the_view(work):
    work.click(40, 30)
    work.click(250, 150)
    assert work.document.selection == ()
    before = work.canvas.view.origin
    work.drag((250, 150), (270, 160))
    assert work.canvas.view.origin != before
    assert len(work.boxes) == 2


def test_arrows_nudge_by_one_pixel_and_with_shift_by_ten(work):
    work.click(40, 30)
    work.key(Qt.Key.Key_Right)
    work.key(Qt.Key.Key_Down, SHIFT)
    assert work.boxes[0].points[0] == (21, 30)


def test_tab_walks_through_the_boxes(work):
    for expected in (0, 1, 1):
        work.key(Qt.Key.Key_Tab)
        assert work.document.current_id == work.boxes[expected].id
    work.key(Qt.Key.Key_Backtab, SHIFT)
    assert work.document.current_id == work.boxes[0].id


def test_of_nested_boxes_the_inner_one_is_hit(work):
    outer = work.document.add_box(((100, 50), (280, 50), (280, 180), (100, 180)))
    inner = work.document.add_box(((150, 90), (200, 90), (200, 110), (150, 110)))
    work.click(170, 100)
    assert work.document.selection == (inner,)
    work.click(250, 160)
    assert work.document.selection == (outer,)


def test_ctrl_wheel_zooms_around_the_pointer(work):
    canvas = work.canvas
    at = canvas.to_canvas(200, 60)
    event = QWheelEvent(
        at,
        QPointF(canvas.mapToGlobal(at.toPoint())),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        CTRL,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    before = canvas.view.scale
    QApplication.sendEvent(canvas, event)
    assert canvas.view.scale == pytest.approx(before * 1.25)
    assert near([canvas.to_image(at)], [(200, 60)])


def test_space_checks_the_page_and_space_drag_only_moves_the_view(work, qtbot):
    window = work.page.window().windowHandle()
    before = work.canvas.view.origin
    QTest.keyPress(work.canvas, Qt.Key.Key_Space)
    QTest.mousePress(window, Qt.MouseButton.LeftButton, NONE, work.at(40, 30))
    QTest.mouseMove(window, work.at(60, 50))
    QTest.mouseRelease(window, Qt.MouseButton.LeftButton, NONE, work.at(60, 50))
    QTest.keyRelease(work.canvas, Qt.Key.Key_Space)
    assert work.canvas.view.origin != before
    assert work.document.page.state is not PageState.CHECKED
    with qtbot.waitSignal(work.session.page_opened):
        work.key(Qt.Key.Key_Space)
    assert work.session.store.state("pages/p1.png") is PageState.CHECKED


def test_fit_shows_the_whole_picture_again(work):
    work.canvas.zoom(3)
    work.key(Qt.Key.Key_F, CTRL)
    left, top = work.canvas.to_canvas(0, 0).x(), work.canvas.to_canvas(0, 0).y()
    right, bottom = work.canvas.to_canvas(300, 200).x(), work.canvas.to_canvas(300, 200).y()
    assert left >= 0
    assert top >= 0
    assert right <= work.canvas.width()
    assert bottom <= work.canvas.height()


def test_the_selected_line_is_brought_into_view(work):
    work.canvas.zoom(8, work.canvas.to_canvas(290, 190))
    work.document.select([work.boxes[0].id])
    middle = work.canvas.to_canvas(50, 30)
    assert work.canvas.rect().contains(middle.toPoint())


def test_moving_the_view_paints_what_a_fresh_painting_would(work, qtbot):
    canvas = work.canvas
    canvas.zoom(2)
    canvas.repaint()
    for step in ((13, 7), (-40, -21), (9, 30)):
        canvas.pan(*step)
        canvas.repaint()
    moved = canvas.grab().toImage()
    canvas.layers.invalidate_picture()
    assert canvas.grab().toImage() == moved


def test_mouse_moves_repaint_only_where_something_changes(work, qtbot):
    watcher = PaintWatcher()
    painted = watcher.painted
    work.canvas.installEventFilter(watcher)
    window = work.page.window().windowHandle()
    QTest.mouseMove(window, work.at(250, 150))
    QTest.mouseMove(window, work.at(260, 160))
    qtbot.wait(20)
    assert painted == []
    QTest.mouseMove(window, work.at(40, 30))
    qtbot.waitUntil(lambda: bool(painted))
    whole = work.canvas.rect()
    assert all(rect.width() < whole.width() / 2 for rect in painted)


def test_a_page_with_thousands_of_boxes_can_be_hit_anywhere(work):
    from dataclasses import replace

    boxes = tuple(
        Box(((x, y), (x + 4, y), (x + 4, y + 3), (x, y + 3))) for y in range(0, 195, 4) for x in range(0, 290, 6)
    )
    page = replace(work.document.page, boxes=boxes)
    work.session.store.put(page)
    work.document.load(page, (300, 200))
    shape = work.canvas.box_at((boxes[1234].points[0][0] + 2, boxes[1234].points[0][1] + 1))
    assert shape is boxes[1234]


def test_leaving_the_canvas_ends_the_hover(work, qtbot):
    window = work.page.window().windowHandle()
    QTest.mouseMove(window, work.at(250, 150))
    QTest.mouseMove(window, work.at(40, 30))
    qtbot.waitUntil(lambda: work.canvas.hovered == work.boxes[0].id)
    QApplication.sendEvent(work.canvas, QEvent(QEvent.Type.Leave))
    assert work.canvas.hovered is None


def test_an_edit_paints_what_a_fresh_painting_would(work):
    canvas = work.canvas
    first, second = (box.id for box in work.boxes)
    canvas.repaint()
    work.document.move_boxes([first], 31, 17)
    canvas.repaint()
    work.document.add_box(((100, 90), (180, 95), (175, 140), (98, 130)), "new")
    work.document.select(())
    work.document.remove_boxes([second])
    work.document.select(())
    canvas.repaint()
    edited = canvas.grab().toImage()
    canvas.layers.invalidate_picture()
    assert canvas.grab().toImage() == edited


def test_a_right_click_selects_the_box_that_the_menu_is_about(work):
    # On the widget and not on the window: no menu opens, which a hidden screen could not close again.
    place = work.canvas.to_canvas(40, 60).toPoint()
    QTest.mousePress(work.canvas, Qt.MouseButton.RightButton, NONE, place)
    QTest.mouseRelease(work.canvas, Qt.MouseButton.RightButton, NONE, place)
    assert work.document.selection == (work.boxes[1].id,)


def test_boxes_put_right_one_by_one_are_as_if_all_were_new(work):
    first, second = (box.id for box in work.boxes)
    work.document.set_points(first, with_corner(work.boxes[0].points, 2, (95.0, 47.0)))
    work.document.move_boxes([second], 7, 9)
    patched = work.canvas.boxes
    fresh = BoxesView()
    fresh.set_low_confidence(patched.low_confidence)
    fresh.update(work.document.page)
    rows = np.arange(len(work.boxes))
    assert (patched.segments(rows) == fresh.segments(rows)).all()
    assert [patched.bounds_of(row) for row in rows] == [fresh.bounds_of(row) for row in rows]
    assert patched.looks.tolist() == fresh.looks.tolist()
    assert patched.at((92, 45)) is work.boxes[0]


@pytest.mark.parametrize("dashed", [False, True])
@pytest.mark.parametrize("width", [1, 2])
def test_lines_drawn_in_parts_are_those_drawn_at_once(dashed, width):
    rng = np.random.default_rng(3)
    segments = rng.uniform(-80, 180, (60, 4)).round()
    segments[:20, 3] = segments[:20, 1]  # level
    segments[20:40, 2] = segments[20:40, 0]  # upright
    whole, parts = (QImage(100, 90, QImage.Format.Format_RGB32) for _ in range(2))
    parted = [QRect(0, 0, 37, 90), QRect(37, 0, 63, 41), QRect(37, 41, 63, 49)]
    for image, clips in ((whole, [QRect(0, 0, 100, 90)]), (parts, parted)):
        image.fill(QColor("white"))
        for clip in clips:
            lines = LinePixels(segments, clip, width)
            lines.darken(image)
            lines.draw(image, QColor("red"), dashed=dashed)
    assert whole == parts
    colors = {QColor(whole.pixel(x, y)).name() for x in range(100) for y in range(90)}
    assert {"#ff0000", "#ffffff"} < colors
