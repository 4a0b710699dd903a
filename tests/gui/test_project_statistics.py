"""Counting between clicks gives the same numbers as the split that is written."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from ocrstudio.core.errors import DatasetError
from ocrstudio.core.page import Box, PageState
from ocrstudio.core.split_plan import SplitOptions
from ocrstudio.formats.crops import encode_image
from ocrstudio.formats.dataset_plan import plan_split
from ocrstudio.formats.dataset_sources import close_sources, open_sources
from ocrstudio.formats.dataset_writing import as_written, write_split
from ocrstudio.services import project_statistics
from ocrstudio.services.project_session import ProjectSession
from ocrstudio.services.project_statistics import ProjectStatistics, is_ratio

QUAD = ((1.0, 1.0), (30.0, 1.0), (30.0, 9.0), (1.0, 9.0))


@pytest.fixture
def session(qtbot, image_folder):
    made = ProjectSession()
    folder = image_folder(8)
    (folder / "page6.png").write_bytes(b"no picture")
    made.open(folder)
    assert made.wait_until_open()
    store = made.store
    for number, key in enumerate(store.keys[:7]):
        texts = ["Ⅻ a", "###", f"line {number}"]
        boxes = tuple(Box(points=QUAD, text=text, touched=True) for text in texts)
        if number == 0:  # not checked, but one of its lines is known to be right
            boxes = (boxes[0].with_extra(confirmed=True), *boxes[1:])
        state = PageState.EDITED if number == 0 else PageState.CHECKED
        store.put(replace(store.page(key), boxes=boxes, state=state))
    yield made
    made.close()


@pytest.fixture
def statistics(qtbot, session):
    made = ProjectStatistics(session)
    made.set_active(True)
    qtbot.waitUntil(lambda: not made.is_counting, timeout=10000)
    yield made
    made.close()


def test_totals_count_boxes_readable_lines_and_characters(statistics):
    totals = statistics.totals()
    assert (totals.boxes, totals.readable) == (21, 14)
    assert totals.characters["Ⅻ"] == 7
    assert " " not in totals.characters


def test_a_picture_that_breaks_off_counts_as_little_as_the_split_takes_it(qtbot, session, statistics, tmp_path):
    qtbot.waitUntil(lambda: not statistics.is_looking, timeout=10000)
    before = statistics.usable_count()
    broken = session.folder / "page3.png"
    whole = broken.read_bytes()
    broken.write_bytes(whole[:60])
    key = next(key for key in session.keys if key.endswith("page3.png"))
    session.page_changed.emit(key)
    qtbot.waitUntil(lambda: statistics.usable_count() == before - 1, timeout=10000)
    plan = plan_split(session.store, SplitOptions())
    written = as_written(plan, write_split(plan, tmp_path / "out"))
    with qtbot.waitSignal(statistics.divided, timeout=10000) as told:
        statistics.ask(SplitOptions())
    assert told.args[0].division.counts == written.division.counts
    broken.write_bytes(whole)
    session.page_changed.emit(key)
    qtbot.waitUntil(lambda: statistics.usable_count() == before, timeout=10000)


def test_pages_are_counted_by_state(statistics):
    states = statistics.states()
    assert (states[PageState.CHECKED], states[PageState.EDITED], states[PageState.NEW]) == (6, 1, 1)


def preview(qtbot, statistics, options):
    with qtbot.waitSignal(statistics.divided, timeout=10000) as told:
        statistics.ask(options)
    return told.args[0]


def test_preview_is_what_the_split_writes(qtbot, statistics, session):
    qtbot.waitUntil(lambda: not statistics.is_looking, timeout=10000)
    for ratio, seed in (("6:2:2", 0), ("1:1:1", 7), ("80:20", 3)):
        options = SplitOptions(ratio, seed)
        plan = plan_split(session.store, options)
        assert preview(qtbot, statistics, options).division == plan.division
        assert sorted(statistics.usable()) == sorted(key for keys in plan.parts.values() for key in keys)


def test_confirmed_lines_of_a_page_that_is_not_checked_are_usable_and_remembered(qtbot, statistics, session):
    assert session.keys[0] in statistics.usable()
    assert statistics.confirmed_count() == 1
    statistics._keep()
    again = ProjectStatistics(session)
    again.set_active(True)
    qtbot.waitUntil(lambda: not again.is_counting, timeout=10000)
    assert (again.confirmed_count(), again.usable()) == (1, statistics.usable())
    again.close()


def test_checked_page_with_an_unreadable_picture_is_not_usable(statistics, session):
    unreadable = next(key for key in session.keys if key.endswith("page6.png"))
    assert session.store.state(unreadable) is PageState.CHECKED
    assert unreadable not in statistics.usable()


def test_change_of_a_page_is_counted_again(qtbot, statistics, session):
    key = session.keys[1]
    session.store.put(replace(session.store.page(key), boxes=(), state=PageState.CHECKED))
    session.page_changed.emit(key)
    qtbot.waitUntil(lambda: statistics.totals().boxes == 18, timeout=10000)
    assert key not in statistics.usable()


def test_nothing_is_counted_while_nobody_looks(qtbot, session):
    idle = ProjectStatistics(session)
    qtbot.wait(50)
    assert idle.is_counting
    assert idle.totals().boxes == 0


def test_closing_the_project_empties_the_numbers(statistics, session):
    session.close()
    assert statistics.totals().boxes == 0
    assert sum(statistics.states().values()) == 0


@pytest.mark.parametrize(
    ("text", "good"), [("6:2:2", True), ("80 10 10", True), ("a:b", False), ("", False), ("0:1:1", False)]
)
def test_ratios(text, good):
    assert is_ratio(text) is good


def test_wish_that_cannot_be_met_is_answered_with_the_reason(qtbot, statistics):
    told = preview(qtbot, statistics, SplitOptions(by="name", pattern="(("))
    assert told.division is None
    assert "pattern" in str(told.error)


def test_pages_that_show_the_same_stay_together(qtbot, statistics, session):
    store = session.store
    striped = np.zeros((48, 64, 3), np.uint8)
    striped[:, ::9] = 255
    for key in session.keys[1:3]:
        store.image_path(key).write_bytes(encode_image(striped, ".png"))
        session.page_changed.emit(key)
    qtbot.waitUntil(lambda: not statistics.is_counting and not statistics.is_looking, timeout=10000)
    told = preview(qtbot, statistics, SplitOptions("1:1:1", 0))
    assert told.alike == 2
    assert set(told.division.groups) == set(session.keys[1:3])
    assert any(set(session.keys[1:3]) <= set(keys) for keys in told.division.parts.values())


@pytest.fixture
def others(tmp_path):
    """A folder of line pictures, and a set of synthetic ones."""
    made = []
    for name, synthetic in (("loose", False), ("made", True)):
        folder = tmp_path / name / "rec"
        folder.mkdir(parents=True)
        lines = []
        for number in range(3):
            (folder / f"{number}.png").write_bytes(encode_image(np.full((12, 40, 3), 60 * number, np.uint8), ".png"))
            lines.append(f"{number}.png\t{name} {number}\n")
        (folder / "train.txt").write_text("".join(lines), encoding="utf-8")
        if synthetic:
            (folder.parent / "synthetic.json").write_text("{}", encoding="utf-8")
        made.append(folder.parent)
    return made


def test_preview_counts_the_added_folders_as_the_split_does(qtbot, statistics, session, others):
    qtbot.waitUntil(lambda: not statistics.is_looking, timeout=10000)
    statistics.add_folders([str(folder) for folder in others])
    assert statistics.added.is_reading
    qtbot.waitUntil(lambda: not statistics.added.is_reading and not statistics.is_looking, timeout=10000)
    options = SplitOptions("6:2:2", 5)
    sources = open_sources([session.store.folder, *others])
    told = preview(qtbot, statistics, options)
    assert told.division == plan_split(sources, options).division
    close_sources(sources)
    assert sum(told.division.counts[part].synthetic for part in ("val", "test")) == 0
    assert told.division.counts["train"].synthetic == 3
    statistics.add_folders([])
    assert preview(qtbot, statistics, options).division == plan_split(session.store, options).division


def test_folders_that_cannot_be_added_are_told(qtbot, statistics, session, tmp_path):
    with pytest.raises(DatasetError):
        statistics.add_folders([str(session.store.folder)])
    (tmp_path / "empty").mkdir()
    with qtbot.waitSignal(statistics.added.read, timeout=10000):
        statistics.add_folders([str(tmp_path / "empty")])
    assert "empty" in str(statistics.added.error)
    assert not statistics.added.is_reading


def test_a_defect_in_counting_does_not_keep_the_other_pages_waiting(qtbot, session, monkeypatch):
    monkeypatch.setattr(project_statistics, "SLICE_PAGES", 2)
    whole, calls = project_statistics.count_pages, []

    def fails_once(sources, cache):
        calls.append(len(sources))
        if len(calls) == 1:
            raise RuntimeError("a defect")
        return whole(sources, cache)

    monkeypatch.setattr(project_statistics, "count_pages", fails_once)
    made = ProjectStatistics(session)
    made.set_active(True)
    qtbot.waitUntil(lambda: not made.is_counting, timeout=10000)
    assert made.totals().boxes == 15
    made.close()
