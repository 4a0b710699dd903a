"""Joining and cutting texts."""

import pytest

from ocrstudio.core.texts import guessed_cut, is_wide, joined, parted


@pytest.mark.parametrize(
    ("texts", "whole"),
    [
        ([], ""),
        (["", "  "], ""),
        (["Invoice", "No."], "Invoice No."),
        (["发票", "号码"], "发票号码"),
        (["共", "12", "页"], "共12页"),
        (["東京", "Tokyo", "Japan"], "東京Tokyo Japan"),
        (["서울", "특별시"], "서울 특별시"),
        (["Ⅻ", "IV"], "Ⅻ IV"),
        (["one ", " two"], "one two"),
        (["a", "", "b"], "a b"),
        (["###", "b"], "b"),
        (["a", "待识别", "b"], "a b"),
        (["###", "###"], "###"),
        (["TEMPORARY", ""], "TEMPORARY"),
        (["（一）", "x"], "（一）x"),
    ],
)
def test_joined(texts, whole):
    assert joined(texts) == whole


@pytest.mark.parametrize(
    ("text", "index", "parts"),
    [
        ("one two", 3, ("one", "two")),
        ("one two", 4, ("one", "two")),
        ("发票号码", 2, ("发票", "号码")),
        ("abc", 0, ("", "abc")),
        ("abc", 3, ("abc", "")),
        ("abc", 99, ("abc", "")),
        ("abc", -4, ("", "abc")),
        ("", 5, ("", "")),
        ("###", 1, ("###", "###")),
        ("*", 0, ("*", "*")),
        ("待识别", 2, ("待识别", "待识别")),
    ],
)
def test_parted(text, index, parts):
    assert parted(text, index) == parts


@pytest.mark.parametrize(
    ("text", "share", "parts"),
    [
        ("abcdefgh", 0.5, ("abcd", "efgh")),
        ("abcdefgh", 0.25, ("ab", "cdefgh")),
        ("发票号码", 0.5, ("发票", "号码")),
        ("发票ab", 1 / 3, ("发", "票ab")),
        ("发票ab", 5 / 6, ("发票a", "b")),
        ("Invoice number", 0.5, ("Invoice", "number")),
        ("one two three", 0.3, ("one", "two three")),
        ("one two three", 0.6, ("one two", "three")),
        ("a incomprehensibilities", 0.5, ("a incompreh", "ensibilities")),
        ("", 0.5, ("", "")),
        ("x", 0.1, ("", "x")),
        ("x", 0.9, ("x", "")),
    ],
)
def test_the_guess_follows_the_picture(text, share, parts):
    assert parted(text, guessed_cut(text, share)) == parts


def test_a_mark_stays_on_its_letter():
    text = "e\u0301" * 4
    for tenth in range(11):
        assert guessed_cut(text, tenth / 10) % 2 == 0


@pytest.mark.parametrize(
    ("letter", "wide"),
    [("中", True), ("カ", True), ("，", True), ("Ａ", True), ("a", False), ("한", False), ("", False)],
)
def test_scripts_without_spaces_are_known(letter, wide):
    assert is_wide(letter) is wide
