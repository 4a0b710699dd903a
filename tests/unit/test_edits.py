"""Edits of pages against values worked out by hand; what nobody knows must come through all of them."""

from dataclasses import replace

import pytest

from ocrstudio.core import edits, entities
from ocrstudio.core.page import Box, Orientation, Page, PageState
from ocrstudio.core.shaping import rectangle, turned_about_centre

SIZE = (300, 200)
HEXAGON = ((100.0, 50.0), (110.0, 48.0), (120.0, 50.0), (120.0, 60.0), (110.0, 58.0), (100.0, 60.0))
FLAT = ((5.0, 5.0), (50.0, 50.0), (90.0, 90.0), (120.0, 120.0))  # encloses nothing
STRANGE = {"colour": "red", "self": None, "deep": {"list": [1, {"x": "y"}]}}


def box(name, points, **values):
    return Box(points=tuple((float(x), float(y)) for x, y in points), text=name, id=name, **values)


def page(*boxes, state=PageState.AUTO, **values):
    return Page("f/p.png", "p.png", boxes, state, **values)


def word(name, left, top, width=40, height=20, **values):
    return box(name, rectangle((left, top), (left + width, top + height)), **values)


def names(one):
    return [made.text for made in one.boxes]


def places(one):
    return [made.points for made in one.boxes]


@pytest.mark.parametrize(
    ("state", "after"),
    [
        (PageState.NEW, PageState.EDITED),
        (PageState.AUTO, PageState.EDITED),
        (PageState.REJECTED, PageState.EDITED),
        (PageState.CHECKED, PageState.CHECKED),
    ],
)
def test_an_edited_page_is_edited_unless_it_is_checked(state, after):
    assert edits.moved(page(word("a", 0, 0), state=state), ["a"], 1, 1, SIZE).state is after


# --- outlines --------------------------------------------------------------------------------------------------------


def test_boxes_move_together_and_only_they_are_touched():
    after = edits.moved(
        page(word("a", 0, 0, score=0.5), word("b", 50, 50), word("c", 240, 100)), ["a", "c"], 50, 10, SIZE
    )
    assert [one.points[0] for one in after.boxes] == [(20, 10), (50, 50), (260, 110)]
    assert [one.touched for one in after.boxes] == [True, False, True]
    assert after.boxes[0].score == 0.5


def test_a_polygon_moves_with_all_its_corners():
    after = edits.moved(page(box("p", HEXAGON)), ["p"], 10, 1, SIZE)
    assert after.boxes[0].points == tuple((x + 10, y + 1) for x, y in HEXAGON)


def test_points_outside_are_clamped_by_an_edit_of_that_box_and_by_no_other():
    outside = word("out", -10, -5)
    before = page(outside, word("a", 50, 50))
    assert edits.expanded_boxes(before, ["a"], 3, SIZE).boxes[0] is outside
    assert edits.with_texts(before, {"out": "x"}).boxes[0].points == outside.points
    assert edits.in_reading_order(before).boxes[0] is outside
    assert edits.expanded_boxes(before, ["out"], 1, SIZE).boxes[0].points == rectangle((0, 0), (31, 16))


def test_expanding_stays_in_the_image_and_shrinking_never_ends_at_nothing():
    before = page(word("a", 1, 1), box("p", HEXAGON))
    grown = edits.expanded_boxes(before, ["a", "p"], 3, SIZE)
    assert grown.boxes[0].points == rectangle((0, 0), (44, 24))
    assert len(grown.boxes[1].points) == 6
    assert edits.expanded_boxes(page(word("a", 10, 10)), ["a"], -3, SIZE).boxes[0].points == rectangle(
        (13, 13), (47, 27)
    )
    assert edits.expanded_boxes(before, ["a"], -10, SIZE) is before


def test_any_box_becomes_the_upright_rectangle_around_it():
    before = page(box("p", HEXAGON), word("a", 10, 10))
    after = edits.rectangles(before, ["p", "a"], SIZE)
    assert places(after) == [rectangle((100, 48), (120, 60)), before.boxes[1].points]
    assert after.boxes[1] is before.boxes[1]


def test_boxes_turn_each_about_its_own_middle():
    after = edits.rotated_boxes(page(word("a", 50, 50), word("b", 150, 50)), ["a", "b"], 90, SIZE)
    assert list(after.boxes[0].points[0]) == pytest.approx([80, 40])
    assert list(after.boxes[1].points[0]) == pytest.approx([180, 40])


def test_a_turned_box_at_the_edge_comes_back_in_unharmed():
    after = edits.rotated_boxes(page(word("a", 0, 0)), ["a"], 90, SIZE)
    xs, ys = zip(*after.boxes[0].points, strict=True)
    assert (min(xs), max(xs), min(ys), max(ys)) == pytest.approx((10, 30, 0, 40))


def test_corners_are_added_and_removed_down_to_four():
    before = page(word("a", 10, 10))
    five = edits.with_corner_added(before, "a", 1, (60, 20), SIZE)
    assert five.boxes[0].points == ((10, 10), (50, 10), (60, 20), (50, 30), (10, 30))
    assert edits.with_corner_removed(five, "a", 2, SIZE).boxes[0].points == before.boxes[0].points
    assert edits.with_corner_removed(before, "a", 2, SIZE) is before
    assert edits.with_corner_removed(five, "a", 5, SIZE) is five
    last = edits.with_corner_added(before, "a", 3, (0, 20), SIZE)
    assert last.boxes[0].points == ((10, 10), (50, 10), (50, 30), (10, 30), (0, 20))


def test_a_page_turns_with_its_image():
    before = page(word("a", 10, 20), box("p", HEXAGON), state=PageState.CHECKED)
    right = edits.turned_page(before, SIZE, 1)
    assert right.boxes[0].points == ((180, 10), (180, 50), (160, 50), (160, 10))
    assert len(right.boxes[1].points) == 6
    assert edits.turned_page(before, SIZE, 2).boxes[0].points[0] == (290, 180)
    assert edits.turned_page(before, SIZE, -1).boxes[0].points[0] == (20, 290)
    assert right.state is PageState.CHECKED
    assert not right.boxes[0].touched
    assert edits.turned_page(right, (200, 300), 3) == before
    assert edits.turned_page(before, SIZE, 4) is before


def test_upright_and_turned_boxes_change_places_with_a_quarter_turn():
    before = page(word("a", 0, 0, extra={"orientation": "drawn"}), word("b", 0, 50, extra={"orientation": "turned"}))
    after = edits.turned_page(before, SIZE, 1)
    assert [one.orientation for one in after.boxes] == [Orientation.TURNED, Orientation.DRAWN]
    assert [one.orientation for one in edits.turned_page(before, SIZE, 2).boxes] == [
        Orientation.DRAWN,
        Orientation.TURNED,
    ]


# --- copies ----------------------------------------------------------------------------------------------------------


def test_a_duplicate_lies_a_little_off_and_has_a_name_of_its_own():
    before = page(word("a", 10, 10, score=0.9), word("b", 100, 10))
    after = edits.duplicated(before, ["a"], SIZE)
    copy = after.boxes[2]
    assert names(after) == ["a", "b", "a"]
    assert copy.points == rectangle((15, 15), (55, 35))
    assert (copy.score, copy.touched) == (None, True)
    assert copy.id not in ("a", "b")


@pytest.mark.parametrize(
    ("left", "top", "where"),
    [(257, 10, (260, 15)), (260, 180, (255, 175)), (258, 178, (253, 173)), (0, 180, (5, 180))],
)
def test_a_duplicate_at_the_edge_stays_in_the_image_and_is_still_seen(left, top, where):
    copy = edits.duplicated(page(word("a", left, top)), ["a"], SIZE).boxes[1]
    assert copy.points[0] == where
    assert copy.points[2] == (where[0] + 40, where[1] + 20)


def test_pasting_keeps_the_place_and_goes_aside_where_it_is_taken():
    other = [word("a", 10, 10), word("b", 60, 10)]
    after = edits.pasted(page(), other, SIZE)
    assert places(after) == [one.points for one in other]
    again = edits.pasted(after, other, SIZE)
    assert [one.points[0] for one in again.boxes[2:]] == [(15, 15), (65, 15)]
    assert [one.points[0] for one in edits.pasted(again, other, SIZE).boxes[4:]] == [(20, 20), (70, 20)]
    assert len({one.id for one in again.boxes}) == 4


def test_what_is_pasted_on_a_smaller_page_comes_inside():
    after = edits.pasted(page(), [word("a", 280, 190), box("wide", rectangle((0, 0), (500, 20)))], (100, 50))
    assert places(after) == [rectangle((60, 30), (100, 50)), rectangle((0, 0), (100, 20))]


def test_pasting_over_and_over_in_a_corner_ends():
    full = page(word("a", 260, 180))
    assert len(edits.pasted(full, [word("x", 260, 180)], SIZE).boxes) == 2


def test_boxes_of_another_page_come_scaled_without_text_and_only_once():
    other = [word("a", 10, 10, score=0.9, extra=STRANGE)]
    after = edits.copied_from(page(), other, (600, 200), SIZE)
    assert places(after) == [rectangle((20, 10), (100, 30))]
    assert (names(after), after.boxes[0].touched, dict(after.boxes[0].extra)) == ([""], True, STRANGE)
    assert edits.copied_from(after, other, (600, 200), SIZE) is after
    assert names(edits.copied_from(page(), other, SIZE, texts=True)) == ["a"]
    assert places(edits.copied_from(page(), other, (30, 30))) == [rectangle((0, 10), (30, 30))]


def test_copies_keep_entities_unique_and_links_among_themselves():
    linked = entities.linked(page(word("k", 0, 0), word("v", 50, 0)), "k", "v")
    after = edits.duplicated(linked, ["k", "v"], SIZE)
    pairs = entities.linked_pairs(after.boxes)
    assert len({one.entity for one in after.boxes}) == 4
    assert pairs == [("k", "v"), (after.boxes[2].id, after.boxes[3].id)]
    alone = edits.pasted(linked, linked.boxes[:1], SIZE)
    assert entities.linked_pairs(alone.boxes) == [("k", "v")]


# --- the list --------------------------------------------------------------------------------------------------------


def test_a_removed_box_takes_its_links_along():
    linked = entities.linked(page(word("k", 0, 0), word("v", 50, 0, extra=STRANGE), word("w", 90, 0)), "k", "v")
    linked = entities.linked(linked, "w", "v")
    after = edits.removed(linked, ["k"])
    assert entities.linked_pairs(after.boxes) == [("w", "v")]
    assert {**after.boxes[0].extra, **STRANGE} == dict(after.boxes[0].extra)
    assert all(0 not in pair or after.boxes[0].entity == 0 for one in after.boxes for pair in one.links)


def test_a_link_stays_while_another_box_has_the_entity():
    before = page(
        word("k", 0, 0, extra={"id": 0, "linking": [[0, 1]]}),
        word("v", 50, 0, extra={"id": 1}),
        word("w", 90, 0, extra={"id": 1}),
    )
    assert entities.linked_pairs(edits.removed(before, ["v"]).boxes) == [("k", "w")]


@pytest.mark.parametrize(
    ("moving", "row", "listed"),
    [
        ("c", 0, "cabde"),
        ("a", 5, "bcdea"),
        ("a", 2, "bacde"),
        ("ec", 1, "acebd"),
        ("bd", 3, "acbde"),
        ("e", 99, "abcde"),
        ("a", -3, "abcde"),
        ("b", 1, "abcde"),
        ("b", 2, "abcde"),
        ("x", 0, "abcde"),
    ],
)
def test_lines_move_to_the_row_where_they_are_dropped(moving, row, listed):
    before = page(*[word(name, 0, 0) for name in "abcde"])
    after = edits.moved_in_list(before, list(moving), row)
    assert "".join(names(after)) == listed
    assert (after is before) == (listed == "abcde")


def test_the_list_is_put_in_reading_order():
    before = page(word("c", 0, 60), word("b", 50, 2), word("a", 0, 0))
    after = edits.in_reading_order(before)
    assert names(after) == ["a", "b", "c"]
    assert edits.in_reading_order(after) is after


# --- split and merge -------------------------------------------------------------------------------------------------


def test_a_line_is_split_with_its_text():
    before = page(word("x", 0, 100), word("one two", 10, 10, score=0.7), word("y", 0, 150))
    after = edits.split(before, "one two", 0.5)
    assert names(after) == ["x", "one", "two", "y"]
    assert places(after)[1:3] == [rectangle((10, 10), (30, 30)), rectangle((30, 10), (50, 30))]
    assert [(one.score, one.touched) for one in after.boxes[1:3]] == [(None, True)] * 2
    assert after.boxes[1].id == "one two"
    assert names(edits.split(before, "one two", 0.5, 1))[1:3] == ["o", "ne two"]


def test_a_line_written_downwards_is_split_across():
    after = edits.split(page(word("发票号码", 10, 10, 20, 80)), "发票号码", 0.25)
    assert names(after) == ["发", "票号码"]
    assert places(after) == [rectangle((10, 10), (30, 30)), rectangle((10, 30), (30, 90))]


@pytest.mark.parametrize(
    ("text", "orientation", "size", "down"),
    [
        ("ab", "turned", (40, 20), True),
        ("ab", "auto", (20, 40), True),
        ("ab", "auto", (40, 20), False),
        ("II", "auto", (12, 20), False),
    ],
)
def test_the_reading_direction_is_that_of_the_crop(text, orientation, size, down):
    assert edits.reads_down(word(text, 0, 0, *size, extra={"orientation": orientation})) is down


def test_both_halves_keep_unknown_keys_and_only_the_first_its_links():
    before = entities.linked(page(word("ab", 0, 0, extra=STRANGE, difficult=True), word("v", 90, 0)), "ab", "v")
    first, second, _ = edits.split(before, "ab", 0.5).boxes
    assert {name: second.extra[name] for name in STRANGE} == STRANGE
    assert (first.difficult, second.difficult) == (True, True)
    assert first.extra == before.boxes[0].extra
    assert second.links == ()
    assert second.entity not in (None, first.entity, before.boxes[1].entity)


def test_a_polygon_is_split_without_losing_corners():
    after = edits.split(page(box("ab", HEXAGON)), "ab", 0.25)
    assert sorted(len(one.points) for one in after.boxes) == [4, 6]


@pytest.mark.parametrize(("box_id", "share"), [("a", 0), ("a", 1), ("a", 2.5), ("nobody", 0.5), ("flat", 0.5)])
def test_what_cannot_be_split_stays(box_id, share):
    before = page(word("a", 0, 0), box("flat", FLAT))
    assert edits.split(before, box_id, share) is before


def test_words_are_merged_into_their_line():
    before = page(word("x", 0, 100), word("two", 60, 11), word("y", 0, 150), word("one", 10, 10))
    after = edits.merged(before, ["two", "one"], SIZE)
    assert names(after) == ["x", "one two", "y"]
    whole = after.boxes[1]
    assert whole.points == rectangle((10, 10), (100, 31))
    assert (whole.id, whole.score, whole.touched) == ("two", None, True)


def test_a_slanted_line_is_merged_along_its_slant():
    whole = turned_about_centre(rectangle((100, 100), (200, 120)), 20)
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = whole
    halves = [
        box("a", [(ax, ay), ((ax + bx) / 2, (ay + by) / 2), ((cx + dx) / 2, (cy + dy) / 2), (dx, dy)]),
        box("b", [((ax + bx) / 2, (ay + by) / 2), (bx, by), (cx, cy), ((cx + dx) / 2, (cy + dy) / 2)]),
    ]
    (merged,) = edits.merged(page(*halves), ["a", "b"], SIZE).boxes
    assert [list(point) for point in merged.points] == [pytest.approx(list(point)) for point in whole]


def test_a_split_line_merges_back():
    before = page(word("one two", 10, 10, touched=True), state=PageState.EDITED)
    parts = edits.split(before, "one two", 0.4, 3)
    assert edits.merged(parts, [one.id for one in parts.boxes], SIZE) == before


def test_polygons_are_merged_too():
    (whole,) = edits.merged(page(box("a", HEXAGON), word("b", 130, 50, 20, 10)), ["a", "b"], SIZE).boxes
    xs = [x for x, _ in whole.points]
    assert (min(xs), max(xs)) == (100, 150)
    assert len(whole.points) == 4


def test_a_merged_box_keeps_every_key_and_every_link_of_its_parts():
    before = page(
        word("one", 10, 10, extra={"a": 1, "key_cls": "None", "both": "first"}),
        word("two", 60, 10, extra={"b": None, "key_cls": "date", "both": "second", "id": 3, "linking": [[3, 4], "?"]}),
        word("tri", 110, 10, extra={"id": 5, "linking": [[5, 3], [5, 4]]}),
        word("v", 10, 100, extra={"id": 4, "linking": [[3, 4], [5, 4]]}),
    )
    whole, value = edits.merged(before, ["tri", "two", "one"], SIZE).boxes
    assert dict(whole.extra) == {
        "a": 1, "b": None, "key_cls": "date", "both": "first", "id": 3, "linking": ["?", [3, 4]]
    }  # fmt: skip
    assert dict(value.extra) == {"id": 4, "linking": [[3, 4]]}
    assert whole.id == "one"


@pytest.mark.parametrize("ids", [[], ["a"], ["a", "nobody"]])
def test_one_box_alone_is_merged_with_nothing(ids):
    before = page(word("a", 0, 0), word("b", 50, 0))
    assert edits.merged(before, ids, SIZE) is before


def test_boxes_without_area_are_not_merged():
    before = page(box("flat", FLAT), box("other", HEXAGON))
    assert edits.merged(before, ["flat", "other"], SIZE) is before


# --- what a box says -------------------------------------------------------------------------------------------------


def test_texts_that_are_the_same_touch_nothing():
    before = page(word("a", 0, 0, score=0.5), word("b", 50, 0, score=0.5))
    after = edits.with_texts(before, {"a": "a", "b": "c", "nobody": "d"})
    assert after.boxes[0] is before.boxes[0]
    assert (after.boxes[1].text, after.boxes[1].score, after.boxes[1].touched) == ("c", None, True)
    assert edits.with_texts(before, {"a": "a"}) is before


def test_key_class_and_orientation_are_keys_of_the_label_file():
    before = page(word("a", 0, 0, extra=STRANGE))
    named = edits.with_orientation(edits.with_key_class(before, ["a"], "date"), ["a"], Orientation.TURNED)
    assert dict(named.boxes[0].extra) == {**STRANGE, "key_cls": "date", "orientation": "turned"}
    bare = edits.with_orientation(edits.with_key_class(named, ["a"], ""), ["a"], Orientation.AUTO)
    assert dict(bare.boxes[0].extra) == STRANGE
    assert edits.with_key_class(before, ["a"], "") is before
    assert edits.with_orientation(before, ["a"], Orientation.AUTO) is before


# --- nothing gets lost -----------------------------------------------------------------------------------------------

EVERY_EDIT = {
    "moved": lambda one: edits.moved(one, ["a", "p"], 5, 5, SIZE),
    "reshaped": lambda one: edits.reshaped(one, "a", HEXAGON, SIZE),
    "expanded": lambda one: edits.expanded_boxes(one, ["a", "p"], 3, SIZE),
    "rectangles": lambda one: edits.rectangles(one, ["a", "p"], SIZE),
    "rotated": lambda one: edits.rotated_boxes(one, ["a", "p"], 10, SIZE),
    "corner added": lambda one: edits.with_corner_added(one, "p", 0, (105, 45), SIZE),
    "corner removed": lambda one: edits.with_corner_removed(one, "p", 0, SIZE),
    "turned": lambda one: edits.turned_page(one, SIZE, 1),
    "duplicated": lambda one: edits.duplicated(one, ["a", "p"], SIZE),
    "pasted": lambda one: edits.pasted(one, one.boxes, SIZE),
    "copied": lambda one: edits.copied_from(one, edits.moved(one, ["a", "p"], 5, 5, SIZE).boxes, SIZE),
    "split": lambda one: edits.split(one, "a", 0.5),
    "sorted": lambda one: edits.in_reading_order(one),
    "listed": lambda one: edits.moved_in_list(one, ["p"], 0),
    "texts": lambda one: edits.with_texts(one, {"a": "new", "p": "newer"}),
    "key class": lambda one: edits.with_key_class(one, ["a", "p"], "date"),
    "orientation": lambda one: edits.with_orientation(one, ["a", "p"], Orientation.DRAWN),
    "merged": lambda one: edits.merged(one, ["a", "p"], SIZE),
    "linked": lambda one: entities.linked(one, "a", "p"),
}


@pytest.mark.parametrize("name", EVERY_EDIT)
def test_unknown_keys_and_the_note_come_through_every_edit(name):
    strange = (
        {**STRANGE, "orientation": "sideways", "key_cls": ["x"]}
        if name not in ("key class", "orientation")
        else STRANGE
    )
    before = page(word("a", 10, 10, extra=strange), box("p", HEXAGON, extra=strange), note="remember")
    after = EVERY_EDIT[name](before)
    assert after is not before or name == "sorted"
    assert after.note == "remember"
    for one in after.boxes:
        assert {key: one.extra[key] for key in strange} == strange


@pytest.mark.parametrize("name", EVERY_EDIT)
def test_every_edit_bears_boxes_that_enclose_nothing(name):
    before = page(box("a", FLAT), box("p", ((7, 7),) * 6))
    after = EVERY_EDIT[name](before)
    assert {"a", "p"} & {one.id for one in after.boxes}


@pytest.mark.parametrize("name", EVERY_EDIT)
def test_every_edit_of_a_page_without_these_boxes_does_nothing(name):
    before = replace(page(word("other", 200, 20)), boxes=())
    assert EVERY_EDIT[name](before) is before
