"""What is shown about the errors of an evaluation."""

from __future__ import annotations

import pytest

from ocrstudio.core.confusions import Ignoring
from ocrstudio.core.error_analysis import analyse, lacking_characters
from ocrstudio.core.error_groups import NOWHERE
from ocrstudio.core.evaluation import Evaluation, LineReading, LineTable, MeasuredData, MeasuredModel


def _evaluation(*lines):
    table = LineTable(
        LineReading(str(number), f"{number}.png", truth, read, score, size=size, blur=blur, at=at)
        for number, (truth, read, score, size, blur, at) in enumerate(lines)
    )
    data = MeasuredData("list", "/list.txt", "", "/", "00")
    return Evaluation(MeasuredModel("bundled", "one", "00"), data, table)


ONE = _evaluation(
    ("100", "1OO", 0.99, (60, 20), 50, (0.5, 0.1)),
    ("right", "right", 1.0, (90, 31), 900, (0.1, 0.9)),
    ("ten chars.", "ten chars,", 0.4, (0, 0), -1, None),
    ("ABC", "abc", 0.95, (50, 15), 4000, (0.99, 1.0)),
)


def test_the_worst_lines_come_first_and_counts_are_right():
    found = analyse(ONE)

    assert list(found.worst) == [3, 0, 2]
    assert found.figures == pytest.approx({"acc": 0.25, "cer": 6 / 21, "norm_edit_dis": (1 / 3 + 1 + 0.9 + 0) / 4})
    assert found.with_confusion("0", "O") == [0]
    assert found.with_confusion("x", "y") == []


def test_what_is_ignored_is_no_error():
    found = analyse(ONE, Ignoring(case=True, punctuation=True))

    assert list(found.worst) == [0]
    assert found.confusions.worst() == [(("0", "o"), 2)]


def test_lines_are_grouped_and_a_bar_finds_its_lines():
    groups = {group.name: group for group in analyse(ONE).groups}

    assert groups["length"].lines[:3] == (2, 1, 1)
    assert groups["height"].places == bytes([2, 3, NOWHERE, 0])
    assert groups["blur"].wrong == (1, 0, 0, 0, 0, 0, 1)
    assert groups["down"].share(0) == 1.0
    assert groups["down"].share(4) == 0.5
    assert analyse(ONE).in_bar("down", 4) == [3]


def test_a_label_is_doubtful_when_two_sure_models_agree_against_it():
    second = _evaluation(
        ("100", "1OO", 0.98, (0, 0), -1, None),
        ("right", "wrong", 1.0, (0, 0), -1, None),
        ("ten chars.", "ten chars,", 0.99, (0, 0), -1, None),  # the first is not sure
        ("ABC", "ABC", 0.99, (0, 0), -1, None),
    )
    assert list(analyse(ONE, second=second).doubtful) == [0]
    assert list(analyse(ONE).doubtful) == []


def test_characters_to_practise_are_those_that_were_taken_for_others():
    assert lacking_characters(analyse(ONE), [0, 2]) == "0."


def test_an_empty_evaluation_has_no_errors():
    found = analyse(_evaluation())
    assert (list(found.worst), found.figures["cer"], found.confusions.worst()) == ([], 0.0, [])
