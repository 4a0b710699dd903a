"""Undo histories on disk: deltas, cut and foreign lines, pages that are not as they were left."""

import errno
import itertools
from dataclasses import replace

import pytest
from small_projects import SQUARE, box, labelled, make_folder

from ocrstudio.core.page import Box, Page, PageState
from ocrstudio.formats import atomic, history
from ocrstudio.formats.history import HistoryError, HistoryFiles, PageHistory, applied, delta
from ocrstudio.formats.store import ProjectStore


def moved(one, dx=1.0):
    return replace(one, points=tuple((x + dx, y) for x, y in one.points))


def page(*texts, **values):
    return Page("pages/p1.png", "p1.png", tuple(box(text) for text in texts), **values)


def add(steps, before, after, name="Edit text"):
    steps.add(steps.index + 1, name, (before, ()), (after, tuple(one.id for one in after.boxes[:1])))


def walked(steps, here, count):
    """The texts of the page while `count` steps are taken back one by one."""
    seen = []
    for place in range(count):
        here, _ = steps.steps[steps.index - 1 - place].undone(here)
        seen.append([one.text for one in here.boxes])
    return seen


@pytest.mark.parametrize(
    "change",
    [
        lambda boxes: boxes,
        lambda boxes: boxes[1:],
        lambda boxes: boxes[::-1],
        lambda boxes: (*boxes, box("new", score=0.5)),
        lambda boxes: (boxes[0], moved(boxes[1]), *boxes[2:]),
        lambda boxes: (replace(boxes[2], text="x\ud800\t"), boxes[0].with_extra(key_cls="a", linking=[[1, 2]])),
        lambda boxes: (),
    ],
)
def test_a_delta_gives_the_page_after_it_and_its_inverse_the_one_before(change):
    before = tuple(box(text, score=0.25, touched=False) for text in "abcd")
    after = change(before)
    forth, back = delta(before, after), delta(after, before)
    assert without_ids(applied(before, forth)) == without_ids(after)
    assert without_ids(applied(after, back)) == without_ids(before)
    stay = {one.id for one in before} & {one.id for one in after}
    assert {one.id for one in applied(before, forth)} & {one.id for one in before} == stay


def without_ids(boxes):
    return [replace(one, id="") for one in boxes]


def test_a_delta_of_one_box_among_many_is_small():
    before = tuple(box(str(number)) for number in range(2000))
    after = (*before[:700], moved(before[700]), *before[701:])
    assert delta(before, after)[0::2] == [[0, 700], [701, 2000]]


@pytest.mark.parametrize("parts", [[[0, 3]], [[-1, 1]], [[1, 1]], [{"of": 9}], [{}], [7], [["a", "b"]], [{"of": "x"}]])
def test_a_delta_that_does_not_fit_is_refused(parts):
    with pytest.raises(HistoryError):
        applied((box("a"), box("b")), parts)


def test_steps_come_back_with_text_state_note_and_selection(tmp_path):
    steps = HistoryFiles(tmp_path).page("p1.png")
    first = page("a", state=PageState.NEW)
    second = replace(first, boxes=(replace(first.boxes[0], text="b"),), state=PageState.EDITED, note="look")
    steps.add(1, "Edit text", (first, (first.boxes[0].id,)), (second, ()))
    again = HistoryFiles(tmp_path).page("p1.png")
    reread = page("b", state=PageState.EDITED, note="look")
    assert again.fits(reread)
    back, selection = again.steps[0].undone(reread)
    assert (back.boxes[0].text, back.state, back.note) == ("a", PageState.NEW, "")
    assert selection == (back.boxes[0].id,)
    assert again.steps[0].name == "Edit text"
    forth, selection = again.steps[0].done(back)
    assert (forth.boxes[0].text, forth.state, forth.note, selection) == ("b", PageState.EDITED, "look", ())


def test_steps_taken_back_stay_to_be_redone_until_another_step_takes_their_place(tmp_path):
    a, b, c, d = page("a"), page("b"), page("c"), page("d")
    steps = HistoryFiles(tmp_path).page("p1.png")
    add(steps, a, b)
    add(steps, b, c)
    steps.move(1)
    again = HistoryFiles(tmp_path).page("p1.png")
    assert (again.index, len(again.steps)) == (1, 2)
    assert again.fits(b)
    assert again.steps[1].done(b)[0].boxes[0].text == "c"
    add(again, b, d, "Another")
    third = HistoryFiles(tmp_path).page("p1.png")
    assert [step.name for step in third.steps] == ["Edit text", "Another"]
    assert walked(third, d, 2) == [["b"], ["a"]]


def test_a_step_that_grew_takes_its_own_place(tmp_path):
    steps = HistoryFiles(tmp_path).page("p1.png")
    first = page("a")
    for dx in (1, 2, 3):
        after = replace(first, boxes=(moved(first.boxes[0], dx),))
        steps.add(1, "Move box", (first, ()), (after, ()))
    again = HistoryFiles(tmp_path).page("p1.png")
    assert len(again.steps) == 1
    assert again.steps[0].undone(after)[0].boxes[0].points == SQUARE


def test_whatever_a_file_is_cut_to_the_steps_before_the_cut_are_there(tmp_path):
    pages = [page(text) for text in "abcd"]
    steps = HistoryFiles(tmp_path).page("p1.png")
    for before, after in itertools.pairwise(pages):
        add(steps, before, after)
    steps.move(2)
    path = next(tmp_path.iterdir())
    data = path.read_bytes()
    for cut in range(len(data)):
        path.write_bytes(data[:cut])
        whole = data[:cut].count(b"\n") - 1 + (data[cut : cut + 1] == b"\n")
        known = PageHistory(path, "p1.png")
        assert len(known.steps) == min(max(whole, 0), 3)
        if known.steps:
            assert walked(known, pages[known.index], known.index)[-1] == ["a"]
            add(known, pages[known.index], page("e"))
            assert [step.name for step in PageHistory(path, "p1.png").steps] == ["Edit text"] * (known.index)


@pytest.mark.parametrize(
    "garbage", [b"\x00" * 200, b"[]", b'{"n":99}', b'{"n":1,"from":"x"}', b"\xff\xfe", b'{"n":' + b"9" * 5000 + b"}"]
)
def test_garbage_between_steps_costs_no_step(tmp_path, garbage):
    a, b, c = page("a"), page("b"), page("c")
    steps = HistoryFiles(tmp_path).page("p1.png")
    add(steps, a, b)
    path = next(tmp_path.iterdir())
    path.write_bytes(path.read_bytes() + garbage + b"\n")
    add(steps, b, c)
    again = PageHistory(path, "p1.png")
    assert again.fits(c)
    assert walked(again, c, 2) == [["b"], ["a"]]


def test_a_lost_step_ends_the_history_there(tmp_path):
    a, b, c, d = page("a"), page("b"), page("c"), page("d")
    steps = HistoryFiles(tmp_path).page("p1.png")
    for before, after in ((a, b), (b, c), (c, d)):
        add(steps, before, after)
    path = next(tmp_path.iterdir())
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join([*lines[:2], *lines[3:]]))
    again = PageHistory(path, "p1.png")
    assert again.fits(d)
    assert walked(again, d, again.index) == [["c"]]
    add(again, d, a)
    assert walked(PageHistory(path, "p1.png"), a, 2) == [["d"], ["c"]]


def test_a_step_is_never_used_on_boxes_that_it_was_not_made_for(tmp_path):
    a, b, other = page("a"), page("b"), page("other")
    steps = HistoryFiles(tmp_path).page("p1.png")
    add(steps, a, b)
    for way in (steps.steps[0].done, steps.steps[0].undone):
        with pytest.raises(HistoryError, match="not as the step needs it"):
            way(other)
    assert steps.is_at(b)
    assert not steps.is_at(a)


def test_a_history_one_move_behind_or_ahead_follows_the_page(tmp_path):
    a, b, c = page("a"), page("b"), page("c")
    steps = HistoryFiles(tmp_path).page("p1.png")
    add(steps, a, b)
    add(steps, b, c)
    behind = HistoryFiles(tmp_path).page("p1.png")
    assert behind.fits(b)
    assert behind.index == 1
    assert not HistoryFiles(tmp_path).page("p1.png").fits(a)


def test_a_history_of_another_state_of_the_page_is_set_aside(tmp_path):
    a, b = page("a"), page("b")
    steps = HistoryFiles(tmp_path).page("p1.png")
    add(steps, a, b)
    again = HistoryFiles(tmp_path).page("p1.png")
    assert not again.fits(page("from elsewhere"))
    again.begin_anew()
    assert again.steps == []
    assert [path.name.endswith(".old.jsonl") for path in tmp_path.iterdir()] == [True]
    add(again, b, a)
    assert len(HistoryFiles(tmp_path).page("p1.png").steps) == 1


def test_a_full_disk_ends_the_history_on_disk_and_nothing_else(tmp_path, monkeypatch):
    a, b, c = page("a"), page("b"), page("c")
    steps = HistoryFiles(tmp_path).page("p1.png")
    add(steps, a, b)

    def full(*_):
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(atomic.os, "write", full)
    add(steps, b, c)
    monkeypatch.undo()
    assert not steps.is_kept
    assert walked(steps, c, 2) == [["b"], ["a"]]
    assert HistoryFiles(tmp_path).page("p1.png").steps == []


def test_a_history_full_of_moves_is_shortened_when_it_opens(tmp_path, monkeypatch):
    monkeypatch.setattr(history, "WASTE_BYTES", 500)
    a, b = page("a"), page("b")
    steps = HistoryFiles(tmp_path).page("p1.png")
    add(steps, a, b)
    for _ in range(100):
        steps.move(0)
        steps.move(1)
    steps.move(0)
    size = next(tmp_path.iterdir()).stat().st_size
    again = HistoryFiles(tmp_path).page("p1.png")
    assert next(tmp_path.iterdir()).stat().st_size < size - 500
    assert (again.index, len(again.steps)) == (0, 1)
    assert again.fits(a)


def test_a_history_fits_the_page_that_came_back_from_the_label_file(tmp_path):
    """Points are whole pixels there."""
    folder = make_folder(tmp_path, names=("p1.png",))
    labelled(folder, [["a"]])
    store = ProjectStore.open(folder)
    before = store.page("pages/p1.png")
    after = replace(before, boxes=(*before.boxes, Box(tuple((x + 0.6, y + 0.4) for x, y in SQUARE), "b", touched=True)))
    store.put(after)
    add(store.history.page("p1.png"), before, after)
    store.save()
    store.close()
    again = ProjectStore.open(folder)
    steps = again.history.page("p1.png")
    assert steps.fits(again.page("pages/p1.png"))
    assert walked(steps, again.page("pages/p1.png"), 1) == [["a"]]
