"""Metrics against values worked out by hand."""

import pytest

from ocrstudio.core.metrics import accuracy, cer, edit_distance, norm_edit_dis


@pytest.mark.parametrize(
    ("one", "other", "edits"),
    [("", "", 0), ("abc", "", 3), ("kitten", "sitting", 3), ("Ⅻ", "XII", 3), ("发票", "发 票", 1), ("ab", "ba", 2)],
)
def test_edit_distance(one, other, edits):
    assert edit_distance(one, other) == edits


@pytest.mark.parametrize(
    ("pairs", "value"),
    [
        ([], 0.0),
        ([("", "")], 0.0),
        ([("", "x")], 1.0),
        ([("abcd", "abcd")], 0.0),
        ([("abcd", "")], 1.0),
        ([("a", "xyz")], 3.0),
        # 1 + 0 + 2 edits of 4 + 6 + 2 characters: long lines weigh more
        ([("abcd", "abxd"), ("Ⅰ Ⅱ Ⅻ!", "Ⅰ Ⅱ Ⅻ!"), ("ab", "")], 3 / 12),
    ],
)
def test_cer_divides_all_edits_by_all_true_characters(pairs, value):
    assert cer(pairs) == pytest.approx(value)


def test_accuracy_counts_lines_without_any_error_as_paddleocr_does():
    pairs = [("ab", "ab"), ("a b", "ab"), ("x", "y"), ("", "")]
    assert accuracy(pairs) == pytest.approx(2 / 4.00001)
    assert accuracy(pairs, ignore_space=True) == pytest.approx(3 / 4.00001)
    # values of real logs: never quite 1
    assert accuracy([("a", "a")] * 5) == pytest.approx(0.999998, abs=1e-7)
    assert accuracy([("a", "a")] * 40) == pytest.approx(0.9999997500000625, abs=1e-15)


def test_norm_edit_dis_is_the_mean_similarity_as_paddleocr_computes_it():
    # distances: 1/4, 2/3, 0, 1
    pairs = [("abcd", "abxd"), ("a", "abc"), ("", ""), ("", "q")]
    assert norm_edit_dis(pairs) == pytest.approx(1 - (0.25 + 2 / 3 + 0 + 1) / 4.00001)
    assert norm_edit_dis([("a b", "ab")], ignore_space=True) == pytest.approx(1)


def test_without_lines_the_values_are_those_paddleocr_prints():
    assert accuracy([]) == 0
    assert norm_edit_dis([]) == 1


def test_generators_are_accepted():
    assert cer((text, text) for text in "abc") == 0
