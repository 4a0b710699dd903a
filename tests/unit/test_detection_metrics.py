"""Precision, recall and Hmean of found boxes, on tables worked out by hand."""

from __future__ import annotations

import pytest

from ocrstudio.core.detection_metrics import PageMatch, detection_score, match_page


def box(x: float, y: float, width: float = 10, height: float = 10) -> list[tuple[float, float]]:
    return [(x, y), (x + width, y), (x + width, y + height), (x, y + height)]


CROSSED = [(0, 0), (10, 10), (10, 0), (0, 10)]


@pytest.mark.parametrize(
    ("truths", "ignored", "found", "expected"),
    [
        ([], [], [], (0, 0, 0)),
        ([box(0, 0)], [False], [box(0, 0)], (1, 1, 1)),
        ([box(0, 0), box(50, 0)], [False, False], [box(0, 0)], (2, 1, 1)),
        ([box(0, 0)], [False], [box(0, 0), box(50, 0)], (1, 2, 1)),
        # shifted by a third: 200/3 of 400/3 is one half exactly, which is not enough
        ([box(0, 0, 9, 9)], [False], [box(3, 0, 9, 9)], (1, 1, 0)),
        ([box(0, 0, 9, 9)], [False], [box(2.9, 0, 9, 9)], (1, 1, 1)),
        # two halves of one line: neither is more than half of it
        ([box(0, 0, 20, 10)], [False], [box(0, 0, 10, 10), box(10, 0, 10, 10)], (1, 2, 0)),
        # a found box counts once, though it covers two equal true ones
        ([box(0, 0), box(0, 0)], [False, False], [box(0, 0)], (2, 1, 1)),
        # ignored: neither found nor missed counts
        ([box(0, 0)], [True], [box(0, 0)], (0, 0, 0)),
        ([box(0, 0)], [True], [], (0, 0, 0)),
        # exactly half of it in the ignored region: it still counts
        ([box(0, 0)], [True], [box(5, 0)], (0, 1, 0)),
        ([box(0, 0)], [True], [box(4.9, 0)], (0, 0, 0)),
        # inside an ignored region nothing counts, though it would match a true box there too
        ([box(0, 0), box(0, 0)], [True, False], [box(0, 0)], (1, 0, 0)),
        # crossed polygons are on neither side
        ([CROSSED], [False], [CROSSED], (0, 0, 0)),
        # a flat box encloses nothing
        ([box(0, 0)], [False], [box(0, 0, 10, 0)], (1, 0, 0)),
        # polygons of other than four points
        ([[(0, 0), (20, 0), (20, 10), (10, 12), (0, 10)]], [False], [box(0, 0, 20, 10)], (1, 1, 1)),
    ],
)
def test_counts_of_a_page(truths, ignored, found, expected) -> None:
    assert match_page(truths, ignored, found) == PageMatch(*expected)


def test_boxes_that_were_overlooked_or_invented_are_named() -> None:
    truths = [CROSSED, box(0, 0), box(50, 0), box(90, 0)]
    found = [box(200, 0), CROSSED, box(50, 0), box(90, 1), box(91, 1)]
    match = match_page(truths, [False, False, False, True], found)
    assert (match.missed, match.false) == ((1,), (0,))


def test_score_counts_all_boxes_of_all_pages_alike() -> None:
    score = detection_score([PageMatch(4, 2, 2), PageMatch(6, 8, 3)])
    assert (score.precision, score.recall) == (0.5, 0.5)
    assert score.hmean == pytest.approx(0.5)
    uneven = detection_score([PageMatch(10, 5, 4)])
    assert (uneven.precision, uneven.recall) == (0.8, 0.4)
    assert uneven.hmean == pytest.approx(2 * 0.8 * 0.4 / 1.2)


@pytest.mark.parametrize("pages", [[], [PageMatch(0, 0, 0)], [PageMatch(3, 0, 0)], [PageMatch(0, 3, 0)]])
def test_nothing_to_divide_by_is_zero(pages) -> None:
    score = detection_score(pages)
    assert (score.precision, score.recall, score.hmean) == (0.0, 0.0, 0.0)
