"""Dividing pages."""

from collections import Counter

import pytest

from ocrstudio.core.errors import DatasetError, StudioError
from ocrstudio.core.split import (
    PARTS,
    SplitItem,
    joined_groups,
    lacking_characters,
    named_groups,
    parse_ratio,
    part_sizes,
    split_items,
    torn_groups,
)


def split_pages(keys, ratio, seed):
    return split_items([SplitItem(key) for key in keys], ratio, seed)


@pytest.mark.parametrize(
    ("ratio", "shares"),
    [
        ("6:2:2", (0.6, 0.2, 0.2)),
        ("80:10:10", (0.8, 0.1, 0.1)),
        ("0.8/0.1/0.1", (0.8, 0.1, 0.1)),
        (" 8 : 1 : 1 ", (0.8, 0.1, 0.1)),
        ("9:1", (0.9, 0.1, 0)),
        ((7, 2, 1), (0.7, 0.2, 0.1)),
        ("1:0:0", (1, 0, 0)),
    ],
)
def test_ratios(ratio, shares):
    assert parse_ratio(ratio) == pytest.approx(shares)


@pytest.mark.parametrize(
    "ratio", ["", "6", "6:2:2:1", "a:b:c", "-1:1:1", "0:1:1", "nan:1:1", "inf:1:1", "6:2:", (), (1, None, 2)]
)
def test_what_is_no_ratio_is_refused(ratio):
    with pytest.raises(DatasetError, match="6:2:2"):
        parse_ratio(ratio)


@pytest.mark.parametrize(
    ("count", "ratio", "sizes"),
    [
        (10, "6:2:2", (6, 2, 2)),
        (100, "80:10:10", (80, 10, 10)),
        (5, "6:2:2", (3, 1, 1)),
        # 1.8, 0.6, 0.6: the fractions .8, .6, .6 get the two pages left over
        (3, "6:2:2", (2, 1, 0)),
        # 4.2, 1.4, 1.4: the page left over goes to the first of the equal fractions .4
        (7, "6:2:2", (4, 2, 1)),
        (11, "1:1:1", (4, 4, 3)),
        (1, "6:2:2", (1, 0, 0)),
        (2, "6:2:2", (1, 1, 0)),
        (0, "6:2:2", (0, 0, 0)),
        # nothing for val by the numbers, but a run without validation is blind
        (10, "1:0:0", (9, 1, 0)),
        (2, "98:1:1", (1, 1, 0)),
        (3, "1:0:100", (1, 1, 1)),
        (2, "1:0:100", (1, 1, 0)),
    ],
)
def test_sizes_by_largest_remainder(count, ratio, sizes):
    assert part_sizes(count, ratio) == sizes


@pytest.mark.parametrize("count", [*range(30), 97, 1000])
@pytest.mark.parametrize("ratio", ["6:2:2", "8:1:1", "0.7/0.15/0.15", "1:0:0", "1:1:98"])
def test_every_page_is_in_exactly_one_part(count, ratio):
    keys = [f"p/{number}.png" for number in range(count)]
    parts = split_pages(keys, ratio, seed=3)
    assert tuple(parts) == PARTS
    assert sorted(parts["train"] + parts["val"] + parts["test"]) == sorted(keys)
    assert sum(part_sizes(count, ratio)) == count
    if count >= 2:
        assert parts["train"]
        assert parts["val"]


def test_the_same_seed_gives_the_same_parts_whatever_the_order_of_the_pages():
    keys = [f"p/{number}.png" for number in range(20)]
    assert split_pages(keys, "6:2:2", 7) == split_pages(keys[::-1], "6:2:2", 7)
    assert split_pages(keys, "6:2:2", 7) != split_pages(keys, "6:2:2", 8)
    assert split_pages(keys + keys, "6:2:2", 7) == split_pages(keys, "6:2:2", 7)


def test_a_seed_means_the_same_on_every_machine():
    # random.Random(0) gives .844 .758 .421 .259 .511 .405 .784 .303 for keys 0 to 7; the smallest come first
    keys = [f"{number}" for number in range(8)]
    assert split_pages(keys, "6:2:2", 0) == {"train": ["2", "3", "4", "5", "7"], "val": ["1", "6"], "test": ["0"]}


def units(**groups):
    """Items of groups, named by letters: a="3" is a group of three."""
    return [SplitItem(f"{name}{n}", group=name) for name, count in groups.items() for n in range(count)]


def test_groups_stay_whole_and_go_where_most_is_missing():
    # 20 items at 5:3:2 want 10, 6, 4: ten to train, then six to val, three to test, and the single one fills test up
    items = [*units(a=10, b=6, c=3), SplitItem("z")]
    parts = split_items(items, "5:3:2", 0)
    assert {part: sorted({key[0] for key in keys}) for part, keys in parts.items()} == {
        "train": ["a"],
        "val": ["b"],
        "test": ["c", "z"],
    }


def test_one_large_group_leaves_validation_what_there_is():
    parts = split_items([*units(a=9), SplitItem("z")], "1:0:9", 0)
    assert parts["train"] == ["z"] or parts["val"] == ["z"]
    assert len(parts["train"]) + len(parts["val"]) == 10
    assert split_items(units(a=4), "6:2:2", 0) == {"train": ["a0", "a1", "a2", "a3"], "val": [], "test": []}


def test_a_character_of_two_groups_is_learned_and_validated():
    for seed in range(30):
        items = [SplitItem(f"{n}", frozenset("x" if n < 2 else "")) for n in range(10)]
        parts = split_items(items, "6:2:2", seed)
        places = {part for part, keys in parts.items() if {"0", "1"} & set(keys)}
        assert places == {"train", "val"}
        assert [len(keys) for keys in parts.values()] == [6, 2, 2]


def test_many_characters_are_covered_and_sizes_stay_exact():
    # each of 40 characters is on about five of 100 pages, two of them on a page
    items = [SplitItem(f"{n:02}", frozenset(chr(65 + (n * 7 + step) % 40) for step in (0, 13))) for n in range(100)]
    parts = split_items(items, "5:3:2", 1)
    by_key = {item.key: item.characters for item in items}
    assert [len(keys) for keys in parts.values()] == [50, 30, 20]
    for part in ("train", "val"):
        assert len(frozenset().union(*(by_key[key] for key in parts[part]))) == 40


def test_a_settled_test_part_stays_and_the_rest_is_train_and_val():
    items = [SplitItem(f"{n}", part="test" if n < 3 else "train" if n == 9 else "") for n in range(10)]
    parts = split_items(items, "6:2:2", 0)
    assert parts["test"] == ["0", "1", "2"]
    # six free ones at 6:2 are 4.5 and 1.5: the tie goes to train
    assert (len(parts["train"]), len(parts["val"])) == (5 + 1, 1)
    assert "9" in parts["train"]


def test_what_belongs_to_a_page_of_the_test_part_follows_it():
    items = [SplitItem("a", group="g", part="test"), SplitItem("b", group="g"), *(SplitItem(f"{n}") for n in range(8))]
    assert split_items(items, "6:2:2", 0)["test"] == ["a", "b"]


def test_groups_by_name_and_by_look_are_joined_over_steps():
    named = {"a": "doc", "b": "doc", "c": "", "d": "", "e": ""}
    assert joined_groups(named, [("d", "c"), ("c", "b")]) == {"a": "a", "b": "a", "c": "a", "d": "a"}


def test_groups_by_folder_and_by_pattern():
    keys = ["p/x/inv1_1.png", "p/x/inv1_2.png", "p/y/note.png"]
    assert named_groups(keys, "folder") == {keys[0]: "p/x", keys[1]: "p/x", keys[2]: "p/y"}
    assert named_groups(keys, "name", r"^[^_]+(?=_)") == {keys[0]: "inv1", keys[1]: "inv1", keys[2]: ""}
    with pytest.raises(StudioError, match="not complete"):
        named_groups(keys, "name", "((")


def test_torn_groups_and_lacking_characters():
    parts = {"train": ["a", "b"], "val": ["c"], "test": []}
    assert torn_groups(parts, {"a": "1", "c": "1", "b": "2"}) == ["1"]
    counts = {"train": Counter("aab"), "val": Counter("ac"), "test": Counter()}
    assert lacking_characters(counts) == {"train": ["c"], "val": ["b"], "test": ["a", "b", "c"]}
