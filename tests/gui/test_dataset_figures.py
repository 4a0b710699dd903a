"""Figures of the dataset page: each opens the lines behind it, and what can be mended is mended and taken back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PyQt5.QtCore import QPoint, Qt

from ocrstudio.core.page import Box, PageState
from ocrstudio.services.project_session import ProjectSession
from ocrstudio.services.settings import Settings
from ocrstudio.ui.pages.dataset.page import DatasetPage

WAIT_MS = 20000


def quad(top: float) -> tuple[tuple[float, float], ...]:
    return ((1.0, top), (60.0, top), (60.0, top + 10), (1.0, top + 10))


@pytest.fixture
def page(qtbot, image_folder, tmp_path):
    session = ProjectSession()
    session.open(image_folder(3))
    assert session.wait_until_open()
    store = session.store
    texts = [["Ⅻ", " a  b", ""], ["day"] * 1, ["a b", "x\u200by"]]
    for key, lines in zip(store.keys, texts, strict=True):
        boxes = tuple(Box(quad(2.0 + 12 * n), text, touched=True) for n, text in enumerate(lines))
        store.put(replace(store.page(key), boxes=boxes, state=PageState.CHECKED))
    made = DatasetPage(session, Settings(tmp_path / "settings.ini"))
    qtbot.addWidget(made)
    made.resize(1100, 900)
    made.show()
    qtbot.waitUntil(lambda: made.findChild(object, "odd-empty").text() == "1", timeout=WAIT_MS)
    yield made
    made.close()
    session.close()


def listed(page: DatasetPage) -> list[str]:
    model = page.desk.list.list.model()
    return [model.index(row).data() for row in range(model.rowCount())]


def test_a_bar_opens_its_lines_and_a_click_the_line(qtbot, page):
    histogram = page.figures.histograms["length"]
    area = histogram.bar_area(1)  # two or three characters
    qtbot.mouseClick(histogram, Qt.MouseButton.LeftButton, pos=QPoint(area.center().x(), 20))
    assert [text.split("    ")[0] for text in listed(page)] == ["day", "a b", "x\u200by"]
    view = page.desk.list.list
    session = page._session
    with qtbot.waitSignal(page.page_requested) as asked:
        place = view.visualRect(view.model().index(1)).center()
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert asked.args == ["annotate"]
    qtbot.waitUntil(lambda: session.document.page is not None and bool(session.document.selection), timeout=WAIT_MS)
    assert session.document.page.key == session.keys[2]
    assert session.document.current_box.text == "a b"


def test_oddities_and_rare_characters_open_their_lines(qtbot, page):
    qtbot.mouseClick(page.findChild(object, "show-empty"), Qt.MouseButton.LeftButton)
    assert [text.strip() for text in listed(page)] == ["page0.png · 3"]
    page.figures.character_chosen.emit("Ⅻ")
    assert [text.split("    ")[0] for text in listed(page)] == ["Ⅻ"]


def test_a_repair_mends_every_line_and_can_be_taken_back(qtbot, page):
    store = page._session.store
    key = store.keys[0]
    qtbot.mouseClick(page.findChild(object, "repair-spaces"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: store.page(key).boxes[1].text == "a b", timeout=WAIT_MS)
    qtbot.waitUntil(lambda: "1 lines on 1 pages" in page.message.text, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: page.findChild(object, "odd-spaces").text() == "0", timeout=WAIT_MS)
    assert not page.findChild(object, "repair-spaces").isVisible()
    qtbot.mouseClick(page.message.findChild(object, "messageAction"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: store.page(key).boxes[1].text == " a  b", timeout=WAIT_MS)
    qtbot.waitUntil(lambda: page.findChild(object, "odd-spaces").text() == "1", timeout=WAIT_MS)


def test_a_repair_asked_for_while_another_is_at_work_says_so(qtbot, page):
    page.figures.repair_requested.emit("spaces")
    page.figures.repair_requested.emit("invisible")
    assert "0 of 1 pages" in page.message.text
    qtbot.waitUntil(lambda: "1 lines on 1 pages" in page.message.text, timeout=WAIT_MS)
    store = page._session.store
    assert store.page(store.keys[2]).boxes[1].text == "x\u200by"


def test_boxes_that_are_there_twice_are_removed_and_come_back(qtbot, page):
    store = page._session.store
    key = store.keys[1]
    first = store.page(key).boxes[0]
    flat = Box(((1.0, 40.0), (60.0, 40.0), (60.0, 40.0), (1.0, 40.0)), "flat", touched=True)
    store.put(replace(store.page(key), boxes=(first, Box(first.points, first.text, touched=True), flat)))
    page._session.page_changed.emit(key)
    qtbot.waitUntil(lambda: page.findChild(object, "odd-twice").text() == "1", timeout=WAIT_MS)
    qtbot.mouseClick(page.findChild(object, "repair-twice"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: [box.text for box in store.page(key).boxes] == ["day", "flat"], timeout=WAIT_MS)
    qtbot.waitUntil(lambda: "1 lines on 1 pages" in page.message.text, timeout=WAIT_MS)
    qtbot.mouseClick(page.message.findChild(object, "messageAction"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "1 lines are as they were" in page.message.text, timeout=WAIT_MS)
    assert [box.text for box in store.page(key).boxes] == ["day", "day", "flat"]
    # the number may still be the one from before the repair, so both must have come to rest
    qtbot.waitUntil(lambda: not page.statistics.is_counting, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: page.findChild(object, "odd-twice").text() == "1", timeout=WAIT_MS)
    qtbot.mouseClick(page.findChild(object, "repair-flat"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: [box.text for box in store.page(key).boxes] == ["day", "day"], timeout=WAIT_MS)


def test_every_number_opens_the_pages_behind_it(qtbot, page):
    store = page._session.store
    store.put(replace(store.page(store.keys[1]), boxes=(), state=PageState.REJECTED))
    page._session.page_changed.emit(store.keys[1])
    qtbot.waitUntil(lambda: page.findChild(object, "count-rejected").text() == "1", timeout=WAIT_MS)
    names = ["page0.png", "page1.png", "page2.png"]
    for name, expected in (
        ("total-pages", names),
        ("total-boxes", [names[0], names[2]]),
        ("total-lines", [names[0], names[2]]),
        ("count-rejected", [names[1]]),
        ("count-checked", [names[0], names[2]]),
        ("count-auto", []),
    ):
        qtbot.mouseClick(page.findChild(object, name), Qt.MouseButton.LeftButton)
        assert listed(page) == expected
    page.dictionary.lines_requested.emit("Ⅻ")
    assert [text.split("    ")[0] for text in listed(page)] == ["Ⅻ"]
