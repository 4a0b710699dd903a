"""The tools beside rectangle and polygon, the corners of boxes, and hiding, with the real mouse and keys."""

import math

import pytest
from annotate_parts import Annotating, label_line, make_project, save_page_image
from PyQt5.QtCore import QPointF, Qt
from PyQt5.QtTest import QTest

from ocrstudio.core.geometry import bounds, distance
from ocrstudio.services import page_decoding
from ocrstudio.ui.pages.annotate.handles import TURN_STEM_PX, Handles
from ocrstudio.ui.pages.annotate.key_colors import PALETTE, key_color
from ocrstudio.ui.pages.annotate.picture import DETAIL_DELAY_MS

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier
HEXAGON = ((100, 60), (140, 50), (200, 60), (200, 110), (150, 120), (100, 110))


@pytest.fixture
def work(qtbot, tmp_path, isolated_home):
    made = Annotating(qtbot, make_project(tmp_path, label=label_line("pages/p1.png", "one", "two")), isolated_home)
    yield made
    made.close()


def near(points, expected, slack=1.0):
    """Whether points are where the mouse was, within a canvas pixel."""
    pairs = zip(points, expected, strict=True)
    return all(abs(x - ex) <= slack and abs(y - ey) <= slack for (x, y), (ex, ey) in pairs)


def press(work, at, keys=NONE):
    QTest.mousePress(work.page.window().windowHandle(), Qt.MouseButton.LeftButton, keys, work.at(*at))


def move(work, to):
    QTest.mouseMove(work.page.window().windowHandle(), work.at(*to))


def release(work, at, keys=NONE):
    QTest.mouseRelease(work.page.window().windowHandle(), Qt.MouseButton.LeftButton, keys, work.at(*at))


def double_click(work, at):
    work.click(*at)
    QTest.mouseDClick(work.page.window().windowHandle(), Qt.MouseButton.LeftButton, NONE, work.at(*at))


# --- drawing --------------------------------------------------------------------------------------------------------


def test_a_quad_is_finished_by_its_fourth_corner_and_stored_in_reading_order(work):
    work.canvas.set_tool("quad")
    for corner in ((230, 140), (120, 130), (125, 90), (235, 100)):
        work.click(*corner)
    assert near(work.boxes[-1].points, ((125, 90), (235, 100), (230, 140), (120, 130)))
    assert work.canvas.tool == "select"


def test_backspace_takes_back_a_corner_of_a_quad(work):
    work.canvas.set_tool("quad")
    for corner in ((120, 90), (290, 10)):
        work.click(*corner)
    work.key(Qt.Key.Key_Backspace)
    for corner in ((230, 92), (232, 130), (118, 128)):
        work.click(*corner)
    assert near(work.boxes[-1].points, ((120, 90), (230, 92), (232, 130), (118, 128)))


@pytest.mark.parametrize("drawn", ["shift", "ctrl", "always"])
def test_squares_are_drawn_with_a_key_or_always(work, drawn):
    work.canvas.set_square(drawn == "always")
    work.key(Qt.Key.Key_W)
    keys = {"shift": SHIFT, "ctrl": CTRL, "always": NONE}[drawn]
    press(work, (120, 90), keys)
    release(work, (180, 110), keys)
    left, top, right, bottom = bounds(work.boxes[-1].points)
    assert right - left == pytest.approx(bottom - top)
    assert right - left == pytest.approx(60, abs=1)


def test_a_square_stays_one_at_the_edge_of_the_picture(work):
    work.canvas.set_square(True)
    work.key(Qt.Key.Key_W)
    work.drag((250, 170), (299, 190))
    left, top, right, bottom = bounds(work.boxes[-1].points)
    assert bottom == 200
    assert right - left == pytest.approx(bottom - top)


@pytest.mark.parametrize("base", [((120, 100), (220, 130)), ((220, 130), (120, 100))])
def test_a_rotated_rectangle_is_a_base_line_and_a_height(work, base):
    work.canvas.set_tool("rotated")
    press(work, base[0])
    move(work, (170, 115))
    release(work, base[1])
    move(work, (200, 150))
    work.click(206, 158)
    points = work.boxes[-1].points
    assert len(points) == 4
    assert distance(points[0], points[2]) == pytest.approx(distance(points[1], points[3]))  # all angles are right
    assert near(points[:2], ((120, 100), (220, 130)))
    assert work.canvas.tool == "select"


def test_with_shift_a_base_line_lies_at_a_multiple_of_fifteen_degrees(work):
    work.canvas.set_tool("rotated")
    press(work, (120, 100), SHIFT)
    release(work, (220, 131), SHIFT)
    work.click(206, 168)
    (x0, y0), (x1, y1) = work.boxes[-1].points[:2]
    assert math.degrees(math.atan2(y1 - y0, x1 - x0)) == pytest.approx(15)


def test_a_rotated_rectangle_keeps_its_angles_at_the_edge_of_the_picture(work):
    work.canvas.set_tool("rotated")
    press(work, (200, 100))
    release(work, (280, 130))
    work.click(230, 199)
    points = work.boxes[-1].points
    assert distance(points[0], points[2]) == pytest.approx(distance(points[1], points[3]))


def test_escape_drops_a_rotated_rectangle_before_it_takes_the_tool_away(work):
    work.canvas.set_tool("rotated")
    press(work, (120, 100))
    release(work, (220, 130))
    work.key(Qt.Key.Key_Escape)
    assert work.canvas.tool == "rotated"
    work.click(200, 150)
    work.key(Qt.Key.Key_Escape)
    assert len(work.boxes) == 2
    assert work.canvas.tool == "select"


def test_a_drag_between_two_boxes_links_them(work):
    work.canvas.set_tool("link")
    work.drag((40, 30), (50, 60))
    key, value = work.boxes
    assert (key.entity, value.entity) in key.links
    assert work.canvas.boxes.links == [(0, 1)]
    assert work.canvas.tool == "link"


@pytest.mark.parametrize("end", ["background", "same box", "escape"])
def test_a_link_needs_another_box_and_escape_drops_it(work, end):
    work.canvas.set_tool("link")
    press(work, (40, 30))
    move(work, (50, 60))
    if end == "escape":
        work.key(Qt.Key.Key_Escape)
    release(work, {"background": (250, 150), "same box": (60, 32), "escape": (50, 60)}[end])
    assert not any(box.links for box in work.boxes)


# --- corners --------------------------------------------------------------------------------------------------------


def test_arrows_move_the_chosen_corner_alone(work, qtbot):
    work.click(40, 30)
    with qtbot.waitSignal(work.canvas.vertex_changed):
        assert work.canvas.select_vertex(1)
    work.key(Qt.Key.Key_Right)
    work.key(Qt.Key.Key_Up, SHIFT)
    assert work.boxes[0].points == ((20, 20), (81, 10), (80, 40), (20, 40))
    work.canvas.select_vertex(None)
    work.key(Qt.Key.Key_Right)
    assert work.boxes[0].points[0] == (21, 20)


def test_a_corner_is_chosen_only_of_one_selected_box_that_has_it(work):
    assert not work.canvas.select_vertex(0)
    work.click(40, 30)
    assert not work.canvas.select_vertex(4)
    assert work.canvas.select_vertex(3)
    work.click(40, 60)
    assert work.canvas.vertex is None
    work.click(40, 30, keys=CTRL)
    assert not work.canvas.select_vertex(0)


def test_a_click_on_a_corner_chooses_it_and_escape_lets_it_go(work):
    work.click(40, 30)
    work.click(80, 40)
    assert work.canvas.vertex == 2
    work.key(Qt.Key.Key_Escape)
    assert work.canvas.vertex is None
    assert work.document.selection == (work.boxes[0].id,)


def test_ctrl_and_a_click_on_a_side_handle_add_a_corner(work):
    work.click(40, 30)
    work.click(50, 20, keys=CTRL)
    assert near(work.boxes[0].points, ((20, 20), (50, 20), (80, 20), (80, 40), (20, 40)))


def test_a_double_click_on_the_side_of_a_polygon_adds_a_corner(work):
    box_id = work.document.add_box(HEXAGON)
    double_click(work, (200, 95))
    points = work.document.find(box_id).points
    assert len(points) == 7
    assert near([points[3]], [(200, 95)])


def test_a_double_click_on_a_rectangle_edits_its_text(work, qtbot):
    work.click(40, 30)
    with qtbot.waitSignal(work.canvas.edit_requested):
        double_click(work, (45, 24))
    assert len(work.boxes[0].points) == 4


@pytest.mark.parametrize("way", ["ctrl and click", "delete"])
def test_corners_of_a_polygon_are_removed_down_to_four(work, way):
    box_id = work.document.add_box(HEXAGON)
    for corner in ((100, 60), (140, 50)):
        if way == "delete":
            work.click(*corner)
            work.key(Qt.Key.Key_Delete)
        else:
            work.click(*corner, keys=CTRL)
    assert near(work.document.find(box_id).points, HEXAGON[2:])
    work.click(200, 60, keys=CTRL)
    assert len(work.document.find(box_id).points) == 4


def test_the_turning_handle_turns_a_quad_and_shift_snaps(work):
    box_id = work.document.add_box(((120, 90), (220, 90), (220, 120), (120, 120)))
    stem = TURN_STEM_PX / work.canvas.view.scale
    handle = (170, 90 - stem)
    press(work, handle)
    move(work, (180, 85))
    release(work, (180, 85), SHIFT)
    (x0, y0), (x1, y1), *_ = work.document.find(box_id).points
    assert math.degrees(math.atan2(y1 - y0, x1 - x0)) == pytest.approx(30)
    assert distance((x0, y0), (x1, y1)) == pytest.approx(100, abs=1)
    work.document.undo()
    assert work.document.find(box_id).points[0] == (120, 90)


def test_keys_of_a_gesture_win_over_commands_with_the_same_keys(work):
    work.canvas.set_tool("polygon")
    for corner in ((120, 90), (200, 95), (290, 10)):
        work.click(*corner)
    work.key(Qt.Key.Key_Z, CTRL)
    work.click(190, 150)
    work.key(Qt.Key.Key_Return)
    assert near(work.boxes[-1].points, ((120, 90), (200, 95), (190, 150)))


def test_the_turning_handle_stands_below_where_there_is_no_room_above(work):
    canvas = work.canvas.rect()
    corners = [QPointF(100, 10), QPointF(200, 10), QPointF(200, 40), QPointF(100, 40)]
    assert Handles(corners, canvas).at(QPointF(150, 40 + TURN_STEM_PX)).kind == "turn"


# --- hiding ---------------------------------------------------------------------------------------------------------


def test_hidden_boxes_cannot_be_hit_until_all_are_shown(work, qtbot):
    with qtbot.waitSignal(work.canvas.hidden_changed) as heard:
        work.canvas.hide_boxes([work.boxes[0].id])
    assert heard.args == [1]
    work.click(40, 30)
    assert work.document.selection == ()
    work.click(40, 60)
    assert work.document.selection == (work.boxes[1].id,)
    work.canvas.show_all_boxes()
    work.click(40, 30)
    assert work.document.selection == (work.boxes[0].id,)


def test_all_boxes_hidden_leave_the_bare_picture_and_new_ones_are_seen(work):
    before = work.canvas.grab().toImage()
    work.canvas.set_boxes_hidden(True)
    assert work.canvas.hidden_count == 2
    assert work.canvas.grab().toImage() != before
    work.draw((120, 90), (220, 130))
    assert work.canvas.hidden_count == 2
    assert work.canvas.box_at((150, 100)) is work.boxes[-1]
    work.canvas.set_boxes_hidden(False)
    assert work.canvas.hidden_count == 0


def test_another_page_hides_nothing(work, qtbot):
    work.canvas.set_boxes_hidden(True)
    with qtbot.waitSignal(work.session.page_opened):
        work.session.next_page()
    assert work.canvas.hidden_count == 0


def test_deleting_hidden_boxes_counts_them_out(work):
    work.canvas.set_boxes_hidden(True)
    work.document.remove_boxes([work.boxes[0].id])
    assert work.canvas.hidden_count == 1


# --- view, labels ---------------------------------------------------------------------------------------------------


def test_the_selected_box_is_looked_at_in_the_middle(work):
    work.document.select([work.boxes[1].id])
    work.canvas.focus_box()
    middle = work.canvas.to_canvas(50, 60)
    assert abs(middle.x() - work.canvas.width() / 2) <= 1
    assert abs(middle.y() - work.canvas.height() / 2) <= 1
    assert work.canvas.view.scale > 2


def test_the_width_stays_fitted_from_page_to_page(work, qtbot):
    work.canvas.fit_width()
    scale = work.canvas.view.scale
    assert work.canvas.to_canvas(300, 0).x() == pytest.approx(work.canvas.width() - 12, abs=1)
    with qtbot.waitSignal(work.session.page_opened):
        work.session.next_page()
    assert work.canvas.view.scale == scale


@pytest.mark.parametrize("labels", ["text", "number", "key"])
def test_labels_are_painted_and_taken_away(work, labels):
    work.document.set_key_class([box.id for box in work.boxes], "date")
    plain = work.canvas.grab().toImage()
    work.canvas.set_labels(labels)
    assert work.canvas.grab().toImage() != plain
    work.canvas.set_labels("none")
    assert work.canvas.grab().toImage() == plain


def test_links_are_painted_when_they_are_wanted(work):
    work.document.link(work.boxes[0].id, work.boxes[1].id)
    work.document.select(())
    plain = work.canvas.grab().toImage()
    work.canvas.set_links_visible(True)
    assert work.canvas.grab().toImage() != plain
    work.canvas.set_links_visible(False)
    assert work.canvas.grab().toImage() == plain


def test_key_classes_have_lasting_colours():
    classes = [f"class {number}" for number in range(len(PALETTE))]
    assert len({key_color(name, classes).rgb() for name in classes}) == len(PALETTE)
    assert key_color("invoice", ("other",)) == key_color("invoice", ("other", "more"))
    assert key_color("other", ("other",)) == key_color("other", ("other", "more"))


def test_zoom_goes_from_one_to_eight_hundred_percent(work):
    work.canvas.zoom(0.0001)
    assert work.canvas.view.scale <= 0.01
    work.canvas.zoom(100_000)
    assert work.canvas.view.scale >= 8
    work.canvas.repaint()


def test_nothing_is_read_again_of_a_picture_that_is_held_whole(work, qtbot):
    work.canvas.zoom(8)
    qtbot.wait(2 * DETAIL_DELAY_MS)
    assert work.canvas.layers.detail is None


def test_a_very_large_picture_becomes_sharp_where_it_is_looked_at(work, qtbot, tmp_path, monkeypatch):
    monkeypatch.setattr(page_decoding, "MAX_DECODED_PIXELS", 10_000)
    save_page_image(tmp_path / "large.png", 900, 600)
    work.canvas.show_image(page_decoding.decode(tmp_path / "large.png"))
    coarse = work.canvas.grab().toImage()
    qtbot.waitUntil(lambda: work.canvas.layers.detail is not None)
    assert work.canvas.grab().toImage() != coarse
    work.canvas.show_image(None)
    assert work.canvas.layers.detail is None
