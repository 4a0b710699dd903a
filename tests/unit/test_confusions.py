"""Which characters are taken for which."""

from __future__ import annotations

import pytest

from ocrstudio.core.confusions import NOTHING, Ignoring, are_alike, comparable, confusions, differences


@pytest.mark.parametrize(
    ("truth", "read", "found"),
    [
        ("abc", "abc", []),
        ("10", "1O", [("0", "O")]),
        ("a b", "ab", [(" ", NOTHING)]),
        ("ab", "a b", [(NOTHING, " ")]),
        ("", "xy", [(NOTHING, "x"), (NOTHING, "y")]),
        ("xy", "", [("x", NOTHING), ("y", NOTHING)]),
        ("barn", "bam", [("rn", "m")]),
        ("Part Ⅷ.", "Part VIII.", [("Ⅷ", "VIII")]),
        # longer than any confusion: character by character
        ("abcdef", "XYZ", [("a", "X"), ("b", "Y"), ("c", "Z"), ("d", NOTHING), ("e", NOTHING), ("f", NOTHING)]),
        ("图书馆", "图节馆", [("书", "节")]),
    ],
)
def test_differences_are_paired_as_a_reader_would(truth, read, found):
    assert differences(truth, read) == found


def test_an_accent_is_a_part_of_its_character():
    assert differences("e\u0301t", "et") == [("e\u0301", "e")]
    assert differences("👍🏽!", "👍!") == [("👍🏽", "👍")]


@pytest.mark.parametrize(
    ("ignoring", "truth", "read"),
    [
        (Ignoring(case=True), "ABC", "abc"),
        (Ignoring(width=True), "ＡＢ１，", "AB1,"),
        (Ignoring(spaces=True), "a  b\u3000c", "abc"),
        (Ignoring(punctuation=True), "a-b, c.", "ab c"),
        (Ignoring(True, True, True, True), "Ａ. B", "a·b"),
    ],
)
def test_what_is_ignored_makes_no_difference(ignoring, truth, read):
    assert differences(truth, read, ignoring) == []
    assert differences(truth, read) != []
    assert comparable(truth, ignoring) == comparable(read, ignoring)


def test_counts_say_how_often_and_in_which_lines():
    found = confusions([("100", "1OO"), ("10", "10"), ("0", "O"), ("b a", "ba")])

    assert found.worst() == [(("0", "O"), 3), ((" ", NOTHING), 1)]
    assert found.lines["0", "O"] == [0, 0, 2]
    assert found.truths["0"] == 4


def test_characters_that_look_the_same_are_known():
    assert are_alike(("Ⅵ", "VI"))
    assert are_alike(("Ａ", "A"))
    assert not are_alike(("0", "O"))


def test_half_a_character_breaks_nothing():
    assert differences("a\ud800", "a") == [("\ud800", NOTHING)]
