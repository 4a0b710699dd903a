"""Characters by name, never by number."""

import pytest

from ocrstudio.core.charset import Charset, characters_of, narrowed


def test_classes_are_blank_then_characters_then_space():
    charset = Charset(("a", "b", "Ⅻ"))
    assert charset.classes == 5
    assert charset.labels == ("", "a", "b", "Ⅻ", " ")
    assert charset.encode("b Ⅻa") == [2, 4, 3, 1]
    assert Charset(("a", "b"), use_space=False).classes == 3
    assert Charset(("a", "b"), use_space=False).encode("a b") == [1, 2]


@pytest.mark.parametrize(
    ("indices", "text"),
    [
        ([], ""),
        ([0, 0, 0], ""),
        ([1, 1, 1], "a"),
        ([1, 0, 1], "aa"),
        ([1, 1, 0, 1, 2, 2, 0, 3], "aab "),
        ([0, 2, 0, 0, 2, 1], "bba"),
    ],
)
def test_repeats_collapse_and_then_blanks_go(indices, text):
    assert Charset(("a", "b")).decode(indices) == text


def test_unknown_characters_are_left_out_and_can_be_named():
    charset = Charset(("a",))
    assert charset.encode("xay") == [1]
    assert charset.unknown("xaxy y") == ["x", "y"]
    assert charset.index("x") is None
    assert charset.unknown("") == []


def test_a_space_in_the_dictionary_keeps_its_own_output():
    charset = Charset((" ", "a"))
    assert charset.encode("a a") == [2, 1, 2]


def test_narrowing_keeps_the_bases_order_and_appends_new_characters_by_code_point():
    base = Charset(("z", "a", "Ⅱ", "Ⅰ", "a"))
    charset = narrowed(base, ["Ⅰ a", "Ⅻ", "é Ⅱ"])
    assert charset.characters == ("a", "Ⅱ", "Ⅰ", "é", "Ⅻ")
    assert charset.use_space
    assert narrowed(base, []).characters == ()


def test_the_plain_space_is_no_dictionary_line_but_other_spaces_are():
    assert characters_of(["a b", "\u3000"]) == {"a", "b", "\u3000"}
