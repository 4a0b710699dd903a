"""Which lines match: plain text, words, patterns, states, confidence, characters."""

from __future__ import annotations

import pytest

from ocrstudio.core.lines import box_mark, folder_of, key_classes, page_lines, same_lines
from ocrstudio.core.page import Box, Page, PageState
from ocrstudio.core.search import (
    LineFilter,
    LineKind,
    Matcher,
    SearchError,
    TextRule,
    find_changes,
    find_lines,
    kind_of,
    matching_rows,
    page_passes,
    unknown_in,
)


def quad(left: float, top: float) -> tuple[tuple[float, float], ...]:
    return ((left, top), (left + 60, top), (left + 60, top + 20), (left, top + 20))


def page_of(*texts: str, key: str = "pages/p.png", state: PageState = PageState.EDITED, note: str = "", **box) -> Page:
    boxes = tuple(Box(quad(10, 30 * row), text, **box) for row, text in enumerate(texts))
    return Page(key, key.partition("/")[2], boxes, state, note)


def rows(page: Page, **wanted) -> list[int]:
    wanted_lines = LineFilter(**wanted)
    matcher = Matcher(wanted_lines.rule) if wanted_lines.rule else None
    return matching_rows(page_lines(page), wanted_lines, matcher)


@pytest.mark.parametrize(
    ("rule", "text", "spans"),
    [
        (TextRule("ab"), "AB xab", [(0, 2), (4, 6)]),
        (TextRule("ab", case=True), "AB xab", [(4, 6)]),
        (TextRule("ä"), "Ärger", [(0, 1)]),
        (TextRule("1.5"), "1x5 1.5", [(4, 7)]),
        (TextRule("cat", whole_word=True), "cat concat cat's cats", [(0, 3), (11, 14)]),
        (TextRule("cat", whole_word=True), "一cat二", [(1, 4)]),
        (TextRule("二", whole_word=True), "一二三", [(1, 2)]),
        (TextRule("12", whole_word=True), "112 12元", [(4, 6)]),
        (TextRule("(a", whole_word=True), "x(a x(ab", [(1, 3)]),
        (TextRule(r"\d+", regex=True), "a1b22", [(1, 2), (3, 5)]),
        (TextRule(r"x*", regex=True), "axxb", [(1, 3)]),
        (TextRule(r"a|b", regex=True, whole_word=True), "a ab b", [(0, 1), (5, 6)]),
        (TextRule(r"\p{Han}", regex=True), "a中b", [(1, 2)]),
    ],
)
def test_where_a_text_matches(rule: TextRule, text: str, spans: list[tuple[int, int]]) -> None:
    matcher = Matcher(rule)
    assert matcher.spans(text) == spans
    assert matcher.contains(text) is bool(spans)


def test_plain_replacement_is_taken_as_it_is() -> None:
    assert Matcher(TextRule("a.")).rewritten("a. ab a.", r"\1").text == r"\1 ab \1"


def test_pattern_replacement_knows_groups() -> None:
    rule = TextRule(r"(\d+)-(?P<last>\d+)", regex=True)
    assert Matcher(rule).rewritten("1-2, 3-4", r"\g<last>/\1").text == "2/1, 4/3"


def test_rewriting_tells_what_went_and_what_came() -> None:
    after = Matcher(TextRule("b")).rewritten("abcb", "xyz")
    assert (after.text, after.gone, after.come) == ("axyzcxyz", ((1, 2), (3, 4)), ((1, 4), (5, 8)))


def test_changes_leave_out_lines_that_stay_the_same() -> None:
    pages = [page_lines(page_of("ab", "x", "b"))]
    found = find_changes(pages, TextRule("b"), "b")
    assert len(found) == 0
    found = find_changes(pages, TextRule("b"), "")
    assert [row for _, row in found] == [0, 2]
    assert found.by_page(bytes([0, 1])) == [(pages[0], [2])]
    assert (found.page_count(bytes([1, 1])), found.page_count(bytes([0, 0]))) == (1, 0)


def test_pattern_that_also_matches_nothing_replaces_only_what_is_there() -> None:
    assert Matcher(TextRule("x*", regex=True)).rewritten("axb", "-").text == "a-b"


def test_unknown_group_in_the_replacement_is_told() -> None:
    with pytest.raises(SearchError, match="replacement is not complete"):
        Matcher(TextRule("a", regex=True)).rewritten("a", r"\3")


@pytest.mark.parametrize("pattern", ["(", "[a", "a{2,1}", "*", "a)(b", "(?P<x>a)(?P<x", "\\"])
def test_broken_pattern_is_told_plainly(pattern: str) -> None:
    with pytest.raises(SearchError) as caught:
        Matcher(TextRule(pattern, regex=True, whole_word=True))
    assert "pattern is not complete" in caught.value.text()
    assert caught.value.values["place"] >= 1


def test_pattern_that_would_run_for_ever_is_given_up() -> None:
    matcher = Matcher(TextRule(r"(a|aa)+(?<=b)", regex=True))
    matcher.limit(0.01)
    with pytest.raises(SearchError, match="takes too long"):
        matcher.spans("a" * 100)
    with pytest.raises(SearchError, match="takes too long"):
        matcher.contains("b")  # the time is gone, whatever follows


def test_confidence_leaves_out_what_a_person_typed() -> None:
    boxes = [Box(quad(0, 30 * n), "x", score=score) for n, score in enumerate([0.9, 0.5, None])]
    page = Page("pages/p.png", "p.png", tuple(boxes))
    assert rows(page, score_to=0.9) == [0, 1]
    assert rows(page, score_from=0.9) == [0]
    assert rows(page, score_from=0.0, score_to=0.5) == [1]


def test_any_of_the_characters_is_enough() -> None:
    assert rows(page_of("abc", "Ⅻ世", "世", ""), characters=frozenset("Ⅻc")) == [0, 1]


def test_kinds_of_text() -> None:
    page = page_of("", "  ", "TEMPORARY", "待识别", "###", "*", "text")
    assert rows(page, kind=LineKind.EMPTY) == [0, 1]
    assert rows(page, kind=LineKind.PLACEHOLDER) == [2, 3]
    assert rows(page, kind=LineKind.IGNORED) == [4, 5]
    assert kind_of("text") is None


def test_touched_and_key_class() -> None:
    boxes = (
        Box(quad(0, 0), "a", touched=True).with_extra(key_cls="name"),
        Box(quad(0, 30), "b").with_extra(key_cls="date"),
        Box(quad(0, 60), "c"),
    )
    page = Page("pages/p.png", "p.png", boxes)
    assert rows(page, touched=True) == [0]
    assert rows(page, touched=False) == [1, 2]
    assert rows(page, key_class="date") == [1]
    assert rows(page, key_class="") == [2]
    assert key_classes([page_lines(page)]) == ["date", "name"]


def test_folder_state_and_note_choose_pages() -> None:
    page = page_lines(page_of("a", key="pages/sub/deep/p.png", state=PageState.CHECKED, note="look"))
    assert folder_of(page.key) == "sub/deep"
    assert page_passes(page, LineFilter(folder="sub", with_note=True, states=frozenset({PageState.CHECKED})))
    assert not page_passes(page, LineFilter(folder="su"))
    assert not page_passes(page, LineFilter(states=frozenset({PageState.NEW})))
    assert not page_passes(page_lines(page_of("a")), LineFilter(with_note=True))


def test_every_part_of_a_filter_must_hold() -> None:
    page = page_of("abc", "abd", score=0.5)
    assert rows(page, rule=TextRule("ab"), characters=frozenset("d"), score_to=0.6) == [1]


def test_search_goes_through_all_pages_in_order_and_can_be_stopped() -> None:
    pages = [page_lines(page_of("x1", "y", "x2", key=f"pages/{n}.png")) for n in range(3)]
    assert [(page.key, row) for page, row in find_lines(pages, LineFilter(TextRule("x")))] == [
        (f"pages/{n}.png", row) for n in range(3) for row in (0, 2)
    ]
    many = pages * 20_000
    assert len(find_lines(many, LineFilter(TextRule("x")), lambda: True)) < 2 * len(many)


def test_mark_of_an_outline_forgets_parts_of_a_pixel() -> None:
    assert box_mark([(1.9, 2.2), (5, 6), (7, 8)]) == box_mark([(1, 2), (5.5, 6.1), (7, 8)])
    assert box_mark([(1, 2), (5, 6), (7, 8)]) != box_mark([(2, 1), (5, 6), (7, 8)])
    assert box_mark([(1e300, -1e300)] * 3) != box_mark([(1e300, 1e300)] * 3)


@pytest.mark.parametrize(
    ("before", "after", "same"),
    [
        ([1, 2, 3], [1, 3], {0: 0, 2: 1}),  # deleted
        ([1, 2, 3], [1, 9, 3], {0: 0, 1: 1, 2: 2}),  # moved
        ([1, 2, 3], [3, 1, 2], {0: 1, 1: 2, 2: 0}),  # sorted
        ([1, 2], [1, 2, 9], {0: 0, 1: 1}),  # added
        ([1, 1], [1, 1], {0: 0, 1: 1}),  # one above the other
        ([1, 2, 3], [], {}),
    ],
)
def test_lines_are_known_again_after_an_edit(before: list[int], after: list[int], same: dict[int, int]) -> None:
    def lines(tops: list[int]):
        boxes = tuple(Box(quad(0, 100 * top), str(top)) for top in tops)
        return page_lines(Page("pages/p.png", "p.png", boxes))

    assert same_lines(lines(before), lines(after)) == same


def test_unknown_characters_are_named_once_and_spaces_never() -> None:
    assert unknown_in("a Ⅻ b\u3000Ⅻ", frozenset("ab")) == ["Ⅻ"]
