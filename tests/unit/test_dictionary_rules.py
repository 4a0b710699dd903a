"""Dictionaries: what they know of some labels, what is wrong with them, how they are merged and compared."""

from __future__ import annotations

from ocrstudio.core.dictionary_rules import (
    KnownDictionary,
    compared,
    coverage,
    in_ranges,
    mended,
    merged,
    problems_of,
    surprising,
    too_few,
)

COUNTS = {"a": 90, "Ⅻ": 6, "Ⅺ": 3, "合": 1, " ": 500}


def test_coverage_counts_occurrences_and_names_what_is_new():
    found = coverage(COUNTS, KnownDictionary("m", ("a", "合")))
    assert found.characters == 4
    assert found.new == ("Ⅻ", "Ⅺ")
    assert found.share == 0.91
    assert coverage({}, KnownDictionary("m", ())).share == 1.0


def test_rare_characters_come_first_and_spaces_never():
    assert too_few(COUNTS, 50) == ["合", "Ⅺ", "Ⅻ"]
    assert too_few({"a": 200}) == []


def test_what_people_do_not_expect_a_model_to_know_is_said_in_ranges():
    known = frozenset("aⅠⅡⅢⅫ€合")
    assert surprising(dict.fromkeys("aⅠⅡⅢⅫ€合Ⅴ", 1), known) == ["€", "Ⅰ", "Ⅱ", "Ⅲ", "Ⅻ"]
    assert in_ranges("ⅢⅠⅡⅫ€") == "€ Ⅰ–Ⅲ Ⅻ"
    assert in_ranges("ab") == "a b"
    assert in_ranges("") == ""


def test_every_kind_of_problem_is_named_by_line():
    lines = ["a", "", "a", " ", "ab", "e\u0301", "x\u200b", "Ⅰ", "I", "l", "1", "\ud800", "\u3000"]
    found = {(one.line, one.kind, one.other) for one in problems_of(lines)}
    assert found == {
        (2, "empty", 0),
        (3, "repeated", 1),
        (4, "space", 0),
        (5, "several", 0),
        (6, "decomposed", 0),
        (7, "invisible", 0),
        (8, "look_alike", 11),
        (12, "no_text", 0),
    }


def test_mending_keeps_the_order_and_all_that_can_be_an_output():
    assert mended(["b", "", "a", "b", " ", "e\u0301", "\u200b", "\ud800", "\u3000"]) == ["b", "a", "é", "\u3000"]
    assert problems_of(mended(["", "a", "a"])) == []


def test_merging_leaves_the_first_dictionarys_outputs_where_they_are():
    assert merged(["b", "a"], ["a", "c"], ["Ⅻ", "b"]) == ["b", "a", "c", "Ⅻ"]


def test_comparing_tells_new_gone_and_moved():
    found = compared(["a", "b", "c"], ["a", "c", "d"])
    assert (found.added, found.removed, found.moved) == (("d",), ("b",), 1)
