"""Boxes and pages, and automatic labels that respect people's work."""

from dataclasses import replace

import pytest

from ocrstudio.core.page import Box, Page, PageState, merge_auto_labels


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


def test_boxes_are_found_replaced_and_removed_by_id():
    one, two = box(0), box(20)
    both = page(one, two)
    assert both.box(two.id) is two
    assert both.with_box(replace(two, text="b")).box(two.id).text == "b"
    assert both.without([one.id]).boxes == (two,)
    with pytest.raises(KeyError):
        both.box("nobody")


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


@pytest.mark.parametrize("state", [PageState.EDITED, PageState.CHECKED, PageState.REJECTED])
def test_a_page_that_a_person_worked_on_keeps_its_state(state):
    assert merge_auto_labels(page(state=state), [box(0)]).state is state


def test_a_box_without_area_hides_nothing():
    line = Box(((0, 5), (10, 5), (5, 5)), touched=True)
    assert len(merge_auto_labels(page(line), [box(0)]).boxes) == 2
