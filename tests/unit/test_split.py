"""Dividing pages."""

import pytest

from ocrstudio.core.errors import DatasetError
from ocrstudio.core.split import PARTS, parse_ratio, part_sizes, split_pages


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
