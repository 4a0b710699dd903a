"""Three-way merge: what each pair of changes becomes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ocrstudio.core.agreement import agreement
from ocrstudio.core.box_matching import match_boxes, overlap
from ocrstudio.core.merge import ConflictKind, merge_pages
from ocrstudio.core.page import Box, Page, PageState
from ocrstudio.core.team import plan_merge


def box(row: int, text: str = "", *, left: float = 10, width: float = 100, touched: bool = True, **extra) -> Box:
    """A line of 20 pixels height in a row of 30."""
    top = row * 30.0
    points = ((left, top), (left + width, top), (left + width, top + 20), (left, top + 20))
    return Box(points, text, touched=touched).with_extra(**extra)


def page(*boxes: Box, state: PageState = PageState.EDITED, note: str = "", file: str = "a.png") -> Page:
    return Page(f"f/{file}", file, boxes, state, note)


def texts(merged: Page) -> list[str]:
    return [one.text for one in merged.boxes]


def test_overlap_is_shared_by_joint_area():
    assert overlap(box(0), box(0)) == 1
    assert overlap(box(0), box(0, left=60)) == pytest.approx(50 * 20 / (150 * 20))
    assert overlap(box(0), box(1)) == 0


def test_each_box_is_matched_once_and_the_best_first():
    ones = [box(0, "a"), box(0, "b", left=20), box(3, "c")]
    others = [box(3, "c"), box(0, "b", left=18), box(9, "z")]
    assert match_boxes(ones, others) == {1: 1, 2: 0}


def test_equal_outlines_are_matched_by_their_text():
    ones = [box(0, "first"), box(0, "second")]
    assert match_boxes(ones, ones[::-1]) == {0: 1, 1: 0}


def test_many_boxes_are_matched_each_with_its_own():
    rows = [box(row, f"line {row}", left=10 + column * 150) for row in range(50) for column in range(10)]
    assert match_boxes(rows, rows[::-1]) == {place: len(rows) - 1 - place for place in range(len(rows))}


def test_changes_of_one_side_are_taken_without_a_question():
    base = page(box(0, "one"), box(1, "two"), box(2, "three"))
    ours = page(box(0, "ONE"), box(1, "two"), box(2, "three"))
    theirs = page(box(0, "one"), box(1, "two!"), box(3, "new", left=300))
    merged = merge_pages(base, ours, theirs)
    assert not merged.conflicts
    assert texts(merged.page()) == ["ONE", "two!", "new"]
    assert merged.taken == 3  # a text, a deletion, a new box


def test_text_and_outline_of_one_box_are_merged_each_by_itself():
    base = page(box(0, "one"))
    merged = merge_pages(base, page(box(0, "ONE")), page(box(0, "one", left=14)))
    assert not merged.conflicts
    only = merged.page().boxes[0]
    assert (only.text, only.points[0]) == ("ONE", (14, 0))


def test_further_keys_are_merged_key_by_key():
    base = page(box(0, "one", key_cls="date"))
    merged = merge_pages(base, page(box(0, "one", key_cls="total")), page(box(0, "one", key_cls="date", id=4)))
    assert not merged.conflicts
    assert dict(merged.page().boxes[0].extra) == {"key_cls": "total", "id": 4}


@pytest.mark.parametrize(
    ("ours", "theirs", "kind"),
    [
        (box(0, "ONE"), box(0, "0ne"), ConflictKind.TEXT),
        (box(0, "one", left=14), box(0, "one", left=5), ConflictKind.OUTLINE),
        (box(0, "one", key_cls="a"), box(0, "one", key_cls="b"), ConflictKind.KEYS),
        (None, box(0, "0ne"), ConflictKind.DELETED_OURS),
        (box(0, "ONE"), None, ConflictKind.DELETED_THEIRS),
    ],
)
def test_what_both_changed_is_a_decision(ours, theirs, kind):
    base = page(box(0, "one"), state=PageState.CHECKED)
    here, there = (page(*([one] if one else []), state=PageState.CHECKED) for one in (ours, theirs))
    merged = merge_pages(base, here, there)
    assert [conflict.kind for conflict in merged.conflicts] == [kind]
    assert merged.page().state is PageState.EDITED
    assert texts(merged.page(["ours"])) == texts(here)
    assert texts(merged.page(["theirs"])) == texts(there)
    assert merged.page(["theirs"]).state is PageState.CHECKED


def test_both_drew_the_same_line():
    base = page()
    same = merge_pages(base, page(box(0, "one")), page(box(0, "one", left=12)))
    assert texts(same.page()) == ["one"]
    other = merge_pages(base, page(box(0, "one")), page(box(0, "0ne", left=12)))
    assert other.conflicts[0].kind is ConflictKind.ADDED
    assert texts(other.page(["both"])) == ["one", "0ne"]
    unread = merge_pages(base, page(box(0, "")), page(box(0, "one")))
    assert texts(unread.page()) == ["one"]


def test_a_person_beats_a_recogniser():
    base = page(box(0, "0ne", touched=False), state=PageState.AUTO)
    typed = page(box(0, "one"))
    read_again = page(box(0, "One", touched=False), state=PageState.AUTO)
    assert (
        texts(merge_pages(base, read_again, typed).page()) == ["one"] or merge_pages(base, read_again, typed).conflicts
    )
    assert texts(merge_pages(None, page(box(0, "0ne", touched=False)), typed).page()) == ["one"]
    assert texts(merge_pages(None, typed, page(box(0, "0ne", touched=False))).page()) == ["one"]


def test_without_a_beginning_every_difference_is_a_decision_and_nothing_is_deleted():
    merged = merge_pages(None, page(box(0, "one"), box(1, "two")), page(box(0, "0ne"), box(2, "three")))
    assert len(merged.conflicts) == 1
    assert texts(merged.page()) == ["one", "three", "two"]
    assert set(texts(merged.page(["both"]))) == {"one", "0ne", "two", "three"}


def test_new_boxes_stand_where_they_follow_their_neighbour():
    base = page(box(0, "one"), box(2, "three"))
    theirs = page(box(0, "one"), box(1, "two"), box(2, "three"), box(3, "four"))
    assert texts(merge_pages(base, base, theirs).page()) == ["one", "two", "three", "four"]
    first = page(box(5, "zero"), box(0, "one"), box(2, "three"))
    assert texts(merge_pages(base, base, first).page()) == ["zero", "one", "three"]


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "merged"),
    [
        (PageState.NEW, PageState.NEW, PageState.CHECKED, PageState.CHECKED),
        (PageState.CHECKED, PageState.EDITED, PageState.CHECKED, PageState.EDITED),
        (PageState.AUTO, PageState.EDITED, PageState.CHECKED, PageState.CHECKED),
        (PageState.AUTO, PageState.CHECKED, PageState.REJECTED, PageState.REJECTED),
    ],
)
def test_the_state_that_somebody_changed_counts(base, ours, theirs, merged):
    pages = [page(box(0, "one"), state=state) for state in (base, ours, theirs)]
    assert merge_pages(*pages).page().state is merged


def test_both_notes_are_kept():
    base = page(note="start")
    assert merge_pages(base, page(note="start"), page(note="blurred")).page().note == "blurred"
    assert merge_pages(base, page(note="mine"), page(note="yours")).page().note == "mine\nyours"


def test_nothing_to_merge_is_the_very_page():
    ours = page(box(0, "one"))
    assert merge_pages(page(box(0, "one")), ours, page(box(0, "one"))).page() is ours


def test_agreement_by_hand():
    one = page(box(0, "abcd"), box(1, "efgh"), box(2, "only here"))
    other = page(box(0, "abcd"), box(1, "efxh"))
    found = agreement([(one, other)])
    assert (found.ours, found.theirs, found.matched, found.equal_texts) == (3, 2, 2, 1)
    assert found.cer == pytest.approx(1 / 8)
    assert found.boxes == pytest.approx(2 * 2 / 5)
    assert found.texts == pytest.approx(1 / 2)
    nothing = agreement([])
    assert (nothing.cer, nothing.boxes, nothing.texts) == (0, 1, 1)


def test_a_plan_counts_only_pages_that_both_worked_on():
    base = {name: page(box(0, "one"), file=name) for name in ("a.png", "b.png", "c.png")}
    ours = [
        page(box(0, "ONE"), file="a.png"),
        page(box(0, "one"), file="b.png"),
        page(box(0, "one"), file="c.png"),
    ]
    theirs = {
        "a.png": page(box(0, "0ne"), file="a.png"),
        "b.png": page(box(0, "uno"), file="b.png"),
        "c.png": page(box(0, "one"), file="c.png"),
        "gone.png": page(box(0, "x"), file="gone.png"),
    }
    plan = plan_merge(base, ours, theirs)
    assert set(plan.merges) == {"a.png", "b.png"}
    assert (plan.conflicts, plan.taken, plan.unknown) == (1, 1, ("gone.png",))
    assert plan.agreement.pages == 1
    assert {file: texts(one) for file, one in plan.pages({}).items()} == {"b.png": ["uno"]}
    assert texts(plan.pages({"a.png": ["theirs"]})["a.png"]) == ["0ne"]


def test_polygons_and_unknown_keys_come_through():
    corners = ((10.0, 0.0), (60.0, -4.0), (110.0, 0.0), (110.0, 20.0), (60.0, 16.0), (10.0, 20.0))
    base = page(replace(box(0, "one", font="serif"), points=corners))
    theirs = page(replace(base.boxes[0], text="uno"))
    merged = merge_pages(base, base, theirs).page().boxes[0]
    assert (merged.text, merged.points, dict(merged.extra)) == ("uno", corners, {"font": "serif"})
