"""Queues: what they hold, and walking through them while pages are edited."""

from __future__ import annotations

import json

import pytest
from annotate_parts import FakeRecognizer, label_line, make_project
from PyQt5.QtCore import Qt
from PyQt5.QtTest import QTest

from ocrstudio.core.page import PageState
from ocrstudio.services.known_characters import KnownCharacters
from ocrstudio.services.line_index import LineIndex
from ocrstudio.services.project_session import ProjectSession
from ocrstudio.services.queues import QueueController, QueueKind
from ocrstudio.services.readings import Readings
from ocrstudio.ui.pages.annotate.queue_bar import QueueBar

P1, P2, P3 = "pages/p1.png", "pages/p2.png", "pages/p3.png"


class Walking:
    """A session with all that queues need; p1 has lines a to c, p2 has d and e, all labelled automatically."""

    def __init__(self, qtbot, tmp_path) -> None:
        self.qtbot = qtbot
        cache = label_line(P1, "a", "b", "c") + label_line(P2, "d", "e")
        self.folder = make_project(tmp_path, cache=cache)
        self.session = ProjectSession()
        self.index = LineIndex(self.session)
        self.recognizer = FakeRecognizer()
        self.recognizer.model = "bundled"
        self.readings = Readings(self.session, self.recognizer, self.index)
        self.known = KnownCharacters(self.index)
        self.queues = QueueController(self.session, self.index, self.readings, self.known)
        with qtbot.waitSignal(self.session.page_opened):
            self.session.open(self.folder)

    @property
    def document(self):
        return self.session.document

    @property
    def here(self) -> tuple[str, str]:
        """The open page and the text of the selected box."""
        box = self.document.current_box
        return self.document.page.key, box.text if box is not None else ""

    def start(self, kind: QueueKind, length: int) -> None:
        self.queues.start(kind)
        self.qtbot.waitUntil(lambda: self.queues.is_ready)
        assert self.queues.position[1] == length

    def arrive(self, key: str, text: str) -> None:
        self.qtbot.waitUntil(lambda: self.here == (key, text))

    def open(self, key: str) -> None:
        with self.qtbot.waitSignal(self.session.page_opened):
            self.session.open_page(key)

    def close(self) -> None:
        for part in (self.queues, self.known, self.readings, self.index, self.session):
            part.close()


@pytest.fixture
def walking(qtbot, tmp_path):
    made = Walking(qtbot, tmp_path)
    yield made
    made.close()


def test_untouched_lines_across_pages(walking) -> None:
    walking.start(QueueKind.LINES, 5)
    walking.arrive(P1, "a")
    assert walking.queues.position == (1, 5)
    assert walking.queues.next()
    assert walking.queues.next()
    walking.arrive(P1, "c")
    assert walking.queues.next()
    walking.arrive(P2, "d")
    assert walking.queues.previous()
    walking.arrive(P1, "c")
    assert walking.queues.position == (3, 5)


def test_queue_ends_on_both_sides(walking) -> None:
    walking.start(QueueKind.LINES, 5)
    assert not walking.queues.previous()
    for _ in range(4):
        assert walking.queues.next()
    assert not walking.queues.next()
    walking.arrive(P2, "e")


def test_queue_in_project_order_begins_at_the_open_page(walking) -> None:
    walking.open(P2)
    walking.start(QueueKind.LINES, 5)
    walking.arrive(P2, "d")
    assert walking.queues.position == (4, 5)


def test_mended_line_stays_in_its_place(walking) -> None:
    walking.start(QueueKind.LINES, 5)
    walking.arrive(P1, "a")
    walking.document.set_text(walking.document.current_id, "A")
    walking.queues.next()
    walking.arrive(P1, "b")
    walking.queues.previous()
    walking.arrive(P1, "A")
    assert walking.queues.position == (1, 5)


def test_deleted_line_is_skipped_and_comes_back_with_undo(walking) -> None:
    walking.start(QueueKind.LINES, 5)
    walking.arrive(P1, "a")
    walking.document.remove_boxes([walking.document.page.boxes[1].id])
    walking.queues.next()
    walking.arrive(P1, "c")
    walking.document.undo()
    walking.queues.previous()
    walking.arrive(P1, "b")
    assert walking.queues.position == (2, 5)


def test_moved_and_added_boxes_do_not_shift_the_queue(walking) -> None:
    walking.start(QueueKind.LINES, 5)
    walking.arrive(P1, "a")
    boxes = walking.document.page.boxes
    walking.document.move_boxes([boxes[1].id], 7, 0)
    walking.document.add_box([(150, 150), (180, 150), (180, 170), (150, 170)], "new")
    walking.document.remove_boxes([boxes[0].id])
    walking.queues.next()
    walking.arrive(P1, "b")
    walking.queues.next()
    walking.arrive(P1, "c")
    walking.queues.next()
    walking.arrive(P2, "d")


def test_queue_goes_on_after_the_user_went_elsewhere(walking) -> None:
    walking.start(QueueKind.LINES, 5)
    walking.arrive(P1, "a")
    walking.open(P3)
    walking.queues.next()
    walking.arrive(P1, "b")


def test_picture_of_the_next_page_in_the_queue_is_decoded_ahead(walking, monkeypatch) -> None:
    asked = []
    monkeypatch.setattr(walking.session, "prefetch", asked.extend)
    walking.start(QueueKind.LINES, 5)
    walking.arrive(P1, "a")
    assert asked == [P2]


def test_pages_that_are_not_checked(walking) -> None:
    walking.document.set_state(PageState.CHECKED)
    walking.start(QueueKind.PAGES, 2)
    walking.arrive(P2, "")
    walking.queues.next()
    walking.arrive(P3, "")


def test_checked_pages_have_no_untouched_lines(walking) -> None:
    walking.document.set_state(PageState.CHECKED)
    walking.start(QueueKind.LINES, 2)
    walking.arrive(P2, "d")


def test_worst_confidence_comes_first(walking) -> None:
    ids = [box.id for box in walking.document.page.boxes]
    walking.document.set_read_texts({ids[0]: ("good", 0.98), ids[2]: ("bad", 0.31)})
    walking.start(QueueKind.WORST, 2)
    walking.arrive(P1, "bad")
    walking.queues.next()
    walking.arrive(P1, "good")


def test_unknown_characters_of_a_dictionary(walking, tmp_path) -> None:
    dictionary = tmp_path / "dict.txt"
    dictionary.write_text("a\nb\nd\n", encoding="utf-8")
    walking.known.set_dictionary(dictionary)
    walking.start(QueueKind.UNKNOWN, 2)
    walking.arrive(P1, "c")
    walking.queues.next()
    walking.arrive(P2, "e")
    walking.qtbot.waitUntil(lambda: walking.known.unknown == ["c", "e"])


def test_disagreements_come_by_weight(walking) -> None:
    walking.readings.compare([P1, P2])
    walking.qtbot.waitUntil(lambda: len(walking.recognizer.asked) == 2)
    square = (20, 20, 80, 40)
    walking.recognizer.answer(("a", square), ("X", square), ("c", square), score=0.5)
    walking.recognizer.answer(("quite different", square), ("e", square), score=0.9)
    assert not walking.readings.is_running
    walking.start(QueueKind.DISAGREES, 2)
    walking.arrive(P2, "d")
    walking.queues.next()
    walking.arrive(P1, "b")
    mark = walking.index.page(P1).marks[1]
    assert walking.readings.reading(P1, mark) == ("X", 0.5)
    assert walking.document.page.boxes[1].text == "b"


def test_what_the_model_read_is_taken_over_by_a_button(walking) -> None:
    walking.readings.compare([P2])
    walking.qtbot.waitUntil(lambda: len(walking.recognizer.asked) == 1)
    walking.recognizer.answer(("D", (20, 20, 80, 40)), ("e", (20, 50, 80, 70)))
    bar = QueueBar(walking.queues)
    walking.qtbot.addWidget(bar)
    bar.resize(300, 100)
    bar.show()
    assert bar.take.isHidden()
    walking.start(QueueKind.DISAGREES, 1)
    walking.arrive(P2, "d")
    assert not bar.take.isHidden()
    assert walking.queues.model_text == "D"
    QTest.mouseClick(bar.take, Qt.MouseButton.LeftButton)
    assert walking.here == (P2, "D")
    walking.document.select(())
    assert not walking.queues.take_model_text()


def test_empty_queue_says_so_and_can_be_left(walking) -> None:
    walking.start(QueueKind.WORST, 0)
    assert walking.queues.is_active
    assert not walking.queues.next()
    walking.queues.stop()
    assert not walking.queues.is_active


def test_queue_ends_with_the_project(walking) -> None:
    walking.start(QueueKind.LINES, 5)
    walking.session.close()
    assert walking.queues.kind is None
    walking.queues.start(QueueKind.LINES)
    assert not walking.queues.is_active


# --- readings ------------------------------------------------------------------------------------------------------


def test_second_run_reads_only_what_is_new(walking) -> None:
    square = (20, 20, 80, 40)
    walking.readings.compare([P1])
    walking.qtbot.waitUntil(lambda: len(walking.recognizer.asked) == 1)
    walking.recognizer.answer(("a", square), ("b", square), ("c", square))
    walking.document.add_box([(150, 150), (180, 150), (180, 170), (150, 170)], "new")
    walking.document.move_boxes([walking.document.page.boxes[0].id], 7, 0)
    reports = []
    walking.readings.finished.connect(reports.append)
    walking.readings.compare([P1, P3])
    assert [len(quads) for _, _, quads in walking.recognizer.asked] == [2]
    walking.recognizer.answer(("a", square), ("new", square))
    assert (reports[0].done, reports[0].total, reports[0].cancelled) == (2, 2, False)
    assert walking.readings.compare([P1])
    assert not walking.recognizer.asked


def test_readings_survive_closing_the_project(walking) -> None:
    square = (20, 20, 80, 40)
    walking.readings.compare([P2])
    walking.qtbot.waitUntil(lambda: len(walking.recognizer.asked) == 1)
    walking.recognizer.answer(("D", square), ("e", square), score=0.8)
    with walking.qtbot.waitSignal(walking.session.page_opened):
        walking.session.close()
        walking.session.open(walking.folder)
    walking.start(QueueKind.DISAGREES, 1)
    walking.arrive(P2, "d")


def test_cancelled_run_keeps_what_was_read(walking) -> None:
    square = (20, 20, 80, 40)
    reports = []
    walking.readings.finished.connect(reports.append)
    walking.readings.compare([P1, P2])
    walking.qtbot.waitUntil(lambda: len(walking.recognizer.asked) == 2)
    walking.recognizer.answer(("a", square), ("b", square), ("c", square))
    walking.readings.cancel()
    assert reports[0].cancelled
    assert reports[0].done == 1
    assert not walking.recognizer.asked
    lines = (walking.folder / ".ocrstudio" / "readings.jsonl").read_text().splitlines()
    assert [json.loads(line)["page"] for line in lines] == [P1]


def test_page_that_cannot_be_read_is_noted_and_the_next_one_follows(walking) -> None:
    reports = []
    walking.readings.finished.connect(reports.append)
    walking.readings.compare([P1, P2])
    walking.qtbot.waitUntil(lambda: len(walking.recognizer.asked) == 2)
    walking.recognizer.fail()
    walking.recognizer.answer(("d", (20, 20, 80, 40)), ("e", (20, 50, 80, 70)))
    assert [name for name, _ in reports[0].failures] == ["p1.png"]
    assert reports[0].done == 1


def test_readings_that_cannot_be_kept_end_the_run(walking) -> None:
    (walking.folder / ".ocrstudio").mkdir(exist_ok=True)
    reports = []
    walking.readings.finished.connect(reports.append)
    walking.readings.compare([P1, P2])
    walking.qtbot.waitUntil(lambda: len(walking.recognizer.asked) == 2)
    (walking.folder / ".ocrstudio" / "readings.jsonl").mkdir()
    walking.recognizer.answer(*[("x", (20, 20, 80, 40))] * 3)
    assert "could not be written" in reports[0].fatal.text()
    assert not walking.recognizer.asked


# --- known characters ----------------------------------------------------------------------------------------------


def test_broken_dictionary_is_told(walking, tmp_path, qtbot) -> None:
    walking.known.set_dictionary(tmp_path / "none.txt")
    with qtbot.waitSignal(walking.known.failed) as told:
        walking.known.require()
    assert "none.txt" in told.args[0].text()


def test_characters_of_a_bundle_follow_the_chosen_model(walking, tmp_path, qtbot) -> None:
    (tmp_path / "dict.txt").write_text("x\ny\n", encoding="utf-8")
    walking.known.set_model(str(tmp_path))
    with qtbot.waitSignal(walking.known.changed):
        walking.known.require()
    assert walking.known.characters == frozenset("xy ")
