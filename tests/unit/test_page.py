"""Boxes and pages, and automatic labels that respect people's work."""

from dataclasses import replace

import pytest

from ocrstudio.core.box_matching import merge_auto_labels
from ocrstudio.core.page import Box, Orientation, Page, PageState


def box(x, text="a", **values):
    return Box(((x, 0), (x + 10, 0), (x + 10, 10), (x, 10)), text, **values)


def page(*boxes, state=PageState.NEW):
    return Page("f/p.png", "p.png", tuple(boxes), state)


@pytest.mark.parametrize(
    ("text", "readable"),
    [("Ⅻ", True), (" a ", True), ("", False), ("  ", False), ("###", False), ("*", False), ("**", True)]
    + [(text, False) for text in ("TEMPORARY", "待识别", "NULL", "锁定框：待检测")],
)
def test_only_real_text_can_be_trained_on(text, readable):
    assert box(0, text).is_readable is readable


def test_boxes_are_replaced_and_removed_by_id():
    one, two = box(0), box(20)
    both = page(one, two)
    assert [box.text for box in both.with_box(replace(two, text="b")).boxes] == [one.text, "b"]
    assert both.without([one.id]).boxes == (two,)


def test_an_untouched_page_takes_the_found_boxes():
    merged = merge_auto_labels(page(box(0, "old"), state=PageState.AUTO), [box(50, "new", score=0.5)])
    assert [one.text for one in merged.boxes] == ["new"]
    assert merged.state is PageState.AUTO


def test_a_touched_box_stays_exactly_as_it_is_and_hides_what_was_found_under_it():
    mine = box(0, "mine", touched=True)
    found = [box(2, "over mine"), box(7, "beside mine"), box(40, "elsewhere")]
    merged = merge_auto_labels(page(mine, box(20, "auto"), state=PageState.EDITED), found)
    assert [one.text for one in merged.boxes] == ["mine", "beside mine", "elsewhere"]
    assert merged.boxes[0] is mine
    assert merged.state is PageState.EDITED


@pytest.mark.parametrize("state", [PageState.EDITED, PageState.REJECTED])
def test_a_page_that_a_person_worked_on_keeps_its_state(state):
    assert merge_auto_labels(page(state=state), [box(0)]).state is state


def test_a_checked_page_stays_checked_only_if_no_box_comes_that_nobody_saw():
    checked = page(box(0, "mine", touched=True), state=PageState.CHECKED)
    assert merge_auto_labels(checked, [box(0, "same place")]) == checked
    assert merge_auto_labels(checked, [box(50, "not seen")]).state is PageState.EDITED


def test_a_box_without_area_hides_nothing():
    line = Box(((0, 5), (10, 5), (5, 5)), touched=True)
    assert len(merge_auto_labels(page(line), [box(0)]).boxes) == 2


@pytest.mark.parametrize(
    ("value", "orientation"),
    [("drawn", Orientation.DRAWN), ("turned", Orientation.TURNED), ("auto", Orientation.AUTO)]
    + [(value, Orientation.AUTO) for value in ("sideways", 90, None, ["drawn"])],
)
def test_an_unknown_orientation_counts_as_automatic(value, orientation):
    assert box(0, extra={"orientation": value}).orientation is orientation


@pytest.mark.parametrize(("value", "entity"), [(0, 0), (7, 7), (True, None), ("7", None), (7.0, None), (None, None)])
def test_only_whole_numbers_are_entities(value, entity):
    assert box(0, extra={"id": value}).entity == entity


@pytest.mark.parametrize(
    ("value", "links"),
    [([[0, 1], [2, 3]], ((0, 1), (2, 3))), ([[0, "1"], [0], 5, [1, 2]], ((1, 2),)), ("01", ()), (None, ()), ({}, ())],
)
def test_links_are_pairs_of_entities_and_nothing_else(value, links):
    assert box(0, extra={"linking": value}).links == links


def test_a_key_class_is_a_name():
    assert box(0, extra={"key_cls": "date"}).key_class == "date"
    assert box(0, extra={"key_cls": 5}).key_class == ""
    assert box(0).key_class == ""


def test_keys_that_are_set_or_removed_leave_all_others_alone_even_empty_ones():
    before = box(0, extra={"self": 1, "nothing": None, "deep": {"a": [1]}, "id": 4})
    after = before.with_extra(key_cls="date", id=None)
    assert dict(after.extra) == {"self": 1, "nothing": None, "deep": {"a": [1]}, "key_cls": "date"}
    assert dict(before.extra)["id"] == 4
    assert after.id == before.id
