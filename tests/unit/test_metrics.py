"""Metrics against values worked out by hand."""

import pytest

from ocrstudio.core.metrics import accuracy, cer, character_scores, edit_distance, norm_edit_dis, total_score


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


def test_each_character_is_counted_where_it_stands():
    # "abba" read as "aba": one b is lost; "cab" read as "cxb": a taken for x; "" read as "b": one too many
    scores = character_scores([("abba", "aba"), ("cab", "cxb"), ("", "b")])

    table = {name: (one.truth, one.read, one.right, dict(one.read_as)) for name, one in scores.items()}
    assert table == {
        "a": (3, 2, 2, {"x": 1}),
        "b": (3, 3, 2, {"": 1}),
        "c": (1, 1, 1, {}),
        "x": (0, 1, 0, {}),
    }
    assert scores["a"].precision == 1
    assert scores["a"].recall == pytest.approx(2 / 3)
    assert scores["b"].precision == pytest.approx(2 / 3)
    assert scores["x"].precision == scores["x"].recall == 0


def test_all_characters_together():
    total = total_score(character_scores([("abba", "aba"), ("cab", "cxb"), ("", "b")]).values())

    assert (total.truth, total.read, total.right) == (7, 7, 5)
    assert total.precision == total.recall == pytest.approx(5 / 7)


def test_without_texts_there_are_no_characters():
    assert character_scores([("", "")]) == {}
    assert total_score([]).precision == total_score([]).recall == 0
