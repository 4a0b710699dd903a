"""Entities and links."""

import pytest

from ocrstudio.core.entities import linked, linked_pairs, unlinked, with_new_entities, without_links_to
from ocrstudio.core.page import Box, Page


def box(name, entity=None, *links, **extra):
    if entity is not None:
        extra["id"] = entity
    if links:
        extra["linking"] = [list(link) for link in links]
    return Box(((0, 0), (9, 0), (9, 9), (0, 9)), name, extra=extra, id=name)


def page(*boxes):
    return Page("f/p.png", "p.png", boxes)


def extras(page):
    return {one.id: dict(one.extra) for one in page.boxes}


def test_a_link_gives_both_boxes_the_smallest_free_entities_and_stands_in_both():
    after = linked(page(box("a", 1), box("k"), box("v")), "k", "v")
    assert extras(after) == {
        "a": {"id": 1},
        "k": {"id": 2, "linking": [[2, 0]]},
        "v": {"id": 0, "linking": [[2, 0]]},
    } or (extras(after) == {"a": {"id": 1}, "k": {"id": 0, "linking": [[0, 2]]}, "v": {"id": 2, "linking": [[0, 2]]}})
    assert linked_pairs(after.boxes) == [("k", "v")]
    assert [one.touched for one in after.boxes] == [False, True, True]


def test_entities_that_links_mention_are_not_given_to_others():
    after = linked(page(box("a", 5, (5, 0)), box("k"), box("v")), "k", "v")
    assert sorted(one.entity for one in after.boxes) == [1, 2, 5]


def test_the_same_link_twice_changes_nothing():
    once = linked(page(box("k"), box("v")), "k", "v")
    assert linked(once, "k", "v") is once


def test_a_link_the_other_way_round_is_turned():
    turned = linked(linked(page(box("k"), box("v")), "k", "v"), "v", "k")
    assert linked_pairs(turned.boxes) == [("v", "k")]


@pytest.mark.parametrize(("one", "other"), [("k", "k"), ("k", "nobody"), ("nobody", "v"), ("k", "odd")])
def test_what_cannot_be_linked_stays_as_it_is(one, other):
    before = page(box("k"), box("v"), box("odd", id="A-1"))
    assert linked(before, one, other) is before


def test_two_boxes_of_one_entity_cannot_be_linked():
    before = page(box("k", 3), box("v", 3))
    assert linked(before, "k", "v") is before


def test_pairs_leave_out_links_to_nobody_and_count_each_once():
    boxes = [box("k", 0, (0, 1), (0, 9)), box("v", 1, (0, 1)), box("w", 1)]
    assert linked_pairs(boxes) == [("k", "v")]


def test_unlinking_leaves_other_links_and_everything_that_is_no_link():
    before = page(
        box("k", 0, (0, 1), (0, 2)),
        box("v", 1, (0, 1), note="kept"),
        Box(((0, 0),), id="w", extra={"linking": ["?", [0, 1]]}),
    )
    after = unlinked(before, ["v"])
    assert extras(after) == {
        "k": {"id": 0, "linking": [[0, 2]]},
        "v": {"id": 1, "linking": [], "note": "kept"},
        "w": {"linking": ["?"]},
    }
    assert unlinked(after, ["v"]) == after


def test_boxes_without_links_stay_the_very_same_objects():
    before = page(box("a", 0), box("b", 1), box("k", 2, (2, 3)), box("v", 3, (2, 3)))
    after = without_links_to(before, [before.boxes[3]])
    assert [one is other for one, other in zip(before.boxes, after.boxes, strict=True)] == [True, True, False, False]


def test_copies_get_entities_of_their_own_and_keep_the_links_among_them():
    originals = [box("k", 0, (0, 1), (0, 2)), box("v", 1, (0, 1)), box("none"), box("odd", id="A-1")]
    copies = with_new_entities(originals, [*originals, box("w", 2)])
    assert [dict(copy.extra) for copy in copies] == [
        {"id": 3, "linking": [[3, 4]]},
        {"id": 4, "linking": [[3, 4]]},
        {},
        {"id": "A-1"},
    ]
