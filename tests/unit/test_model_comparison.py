"""Pairs of lines, and the verdict about two models."""

from __future__ import annotations

import pytest

from ocrstudio.core.detection_metrics import PageMatch
from ocrstudio.core.evaluation import LineReading
from ocrstudio.core.line_pairs import pair_lines
from ocrstudio.core.model_comparison import Compared, compare_lines, compare_pages, verdict_text
from ocrstudio.core.page import Box
from ocrstudio.core.text_difference import pieces, pieces_and_gaps

NAMES = ("old", "new")


def box(top: float, text: str, left: float = 10) -> Box:
    return Box(((left, top), (left + 100, top), (left + 100, top + 20), (left, top + 20)), text)


def test_lines_in_the_same_place_are_pairs_and_the_others_stay_alone_in_reading_order():
    pairs = pair_lines([box(0, "a"), box(30, "b"), box(90, "c")], [box(31, "B"), box(1, "a"), box(60, "new")])
    assert [(one.first and one.first.text, one.second and one.second.text) for one in pairs] == [
        ("a", "a"), ("b", "B"), (None, "new"), ("c", None),
    ]  # fmt: skip
    assert [one.differs for one in pairs] == [False, True, True, True]
    assert pair_lines([], []) == []


def readings(wrong: int, count: int = 400, pages: int = 0) -> list[LineReading]:
    """Lines of ten characters; the first `wrong` have one wrong."""
    return [
        LineReading(
            str(number), "i", "0123456789", "012345678x" if number < wrong else "0123456789", 1.0,
            page=str(number % pages) if pages else "",
        )
        for number in range(count)
    ]  # fmt: skip


def test_the_better_model_is_named_with_the_difference_and_its_interval():
    cer, acc, similarity = compare_lines(readings(80), readings(40))
    assert (cer.name, cer.unit, cer.lines, cer.better) == ("cer", "line", 400, 1)
    assert (acc.better, similarity.better) == (1, 1)
    assert cer.difference.first == pytest.approx(0.02)
    text = verdict_text(cer, NAMES)
    assert text.startswith("new is better: CER 1.0 points lower (2.0 % → 1.0 %; 95 % interval of the difference: 0.")
    assert verdict_text(acc, NAMES).startswith("new is better: acc 10.0 points higher (80.0 % → 90.0 %;")
    back = compare_lines(readings(40), readings(80))[0]
    assert verdict_text(back, NAMES).startswith("old is better: CER 1.0 points lower (2.0 % → 1.0 %;")


def test_a_set_that_is_too_small_says_how_many_lines_would_be_needed():
    few = compare_lines(readings(5, 40), list(reversed(readings(4, 40))))[0]
    text = verdict_text(few, NAMES)
    assert few.better == -1
    assert few.lines_needed > 400
    assert text.startswith("No difference that this set could show: CER 1.2 % and 1.0 % (95 % interval")
    assert "lines would be needed" in text
    assert verdict_text(compare_lines(readings(9), readings(9))[0], NAMES).startswith("No difference: CER ")
    tiny = verdict_text(compare_lines(readings(5, 5), readings(0, 5))[0], NAMES)
    assert tiny == "Too few lines to say which is better: 5 are here, at least 10 are needed (CER 10.0 % and 0.00 %)."


def test_pages_are_drawn_where_they_are_known_and_many_enough():
    assert compare_lines(readings(80, pages=25), readings(40, pages=25))[0].unit == "page"
    assert compare_lines(readings(80, pages=25), readings(40, pages=25))[0].difference.units == 25
    assert compare_lines(readings(80, pages=4), readings(40, pages=4))[0].unit == "line"


def test_detectors_are_judged_by_hmean_over_pages():
    (hmean,) = compare_pages([PageMatch(10, 10, 8)] * 30, [PageMatch(10, 10, 9)] * 30)
    assert (hmean.difference.first, hmean.difference.second) == (0.8, 0.9)
    assert verdict_text(hmean, NAMES).startswith("new is better: Hmean 10.0 points higher (80.0 % → 90.0 %;")
    few = compare_pages([PageMatch(10, 10, 8)] * 3, [PageMatch(10, 10, 9)] * 3)[0]
    assert verdict_text(few, NAMES).startswith("Too few pages to say which is better: 3 are here")


def test_a_comparison_survives_json():
    cer = compare_lines(readings(8), readings(4))[0]
    assert Compared.from_dict(cer.as_dict()) == cer


def test_gaps_are_shown_where_the_truth_has_more():
    assert pieces_and_gaps("No.12", "No. 12") == [("No.", True), ("", False), ("12", True)]
    assert pieces_and_gaps("", "a") == [("", False)]
    assert pieces("No.12", "No. 12") == [("No.", True), ("12", True)]
