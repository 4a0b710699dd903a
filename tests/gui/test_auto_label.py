"""Automatic labelling with a recogniser that answers when told."""

import threading
from dataclasses import replace

import pytest
from annotate_parts import Annotating, label_line, make_project
from PyQt5.QtCore import Qt

from ocrstudio.core.page import PageState
from ocrstudio.formats.store_turn import PendingTurn
from ocrstudio.services.recognizer import NOT_STARTED_WHAT

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def work(qtbot, tmp_path, isolated_home):
    names = ("p1.png", "p2.png", "p3.png", "p4.png")
    made = Annotating(qtbot, make_project(tmp_path, names), isolated_home)
    yield made
    made.close()


def texts(work, key):
    return [box.text for box in work.session.store.page(key).boxes]


def test_ctrl_l_labels_the_open_page_as_one_undo_step(work):
    work.key(Qt.Key.Key_L, CTRL)
    work.recognizer.answer(("found", (20, 20, 100, 40)), ("more", (20, 60, 100, 80)))
    assert [box.text for box in work.boxes] == ["found", "more"]
    assert work.document.page.state is PageState.AUTO
    assert work.document.undo_stack.count() == 1
    work.document.undo()
    assert work.boxes == ()
    assert work.document.page.state is PageState.NEW


def test_a_touched_box_is_never_overwritten(work):
    work.draw((20, 20), (100, 40))
    work.document.set_text(work.boxes[0].id, "mine")
    mine = work.boxes[0]
    work.recognizer.cancel()
    work.key(Qt.Key.Key_L, CTRL)
    work.recognizer.answer(("theirs", (21, 21, 99, 39)), ("other", (20, 100, 100, 120)))
    assert work.boxes[0] == mine
    assert [box.text for box in work.boxes] == ["mine", "other"]


def test_text_typed_while_the_page_is_being_read_is_kept(work):
    work.document.add_box(((20, 20), (100, 20), (100, 40), (20, 40)))
    work.key(Qt.Key.Key_L, CTRL)
    work.page.editor.start()
    work.page.editor.field.setText("typed")
    work.recognizer.answer(("theirs", (20, 20, 100, 40)))
    assert [box.text for box in work.boxes] == ["typed"]


def test_all_untouched_pages_are_labelled_and_each_is_on_disk_at_once(work):
    work.document.add_box(((20, 20), (100, 20), (100, 40), (20, 40)), "mine")
    work.key(Qt.Key.Key_L, CTRL | SHIFT)
    assert not work.page.run_bar.isHidden()
    work.recognizer.answer(("second", (20, 20, 100, 40)))
    assert "second" in (work.session.folder / ".ocrstudio" / "journal.jsonl").read_text("utf-8")
    work.recognizer.answer(("third", (20, 20, 100, 40)))
    work.recognizer.answer(("fourth", (20, 20, 100, 40)))
    assert work.page.run_bar.isHidden()
    assert [texts(work, f"pages/p{n}.png") for n in (1, 2, 3, 4)] == [["mine"], ["second"], ["third"], ["fourth"]]
    assert "3 pages" in work.page.message.text


def test_a_page_that_is_upside_down_is_offered_to_be_turned_until_it_is(work, qtbot):
    work.key(Qt.Key.Key_L, CTRL)
    work.recognizer.answer(("found", (20, 20, 100, 40)), ("more", (20, 60, 100, 80)), turn=2)
    message = work.page.message
    assert "upside down" in message.text
    first, second = work.session.keys[:2]
    for key, said in ((second, False), (first, True)):
        with qtbot.waitSignal(work.session.page_opened):
            work.session.open_page(key)
        assert ("upside down" in message.text) is said
    before = work.boxes[0].points
    with qtbot.waitSignal(work.session.page_opened):
        message.findChild(object, "messageAction").click()
    assert (message.text, work.boxes[0].points != before) == ("", True)


def test_a_run_over_many_pages_ends_with_its_own_words(work):
    work.key(Qt.Key.Key_L, CTRL | SHIFT)
    for _ in range(4):
        work.recognizer.answer(("found", (20, 20, 100, 40)), turn=2)
    assert "4 pages are labelled" in work.page.message.text


def test_what_was_found_before_the_image_was_turned_is_read_again(work, qtbot):
    work.key(Qt.Key.Key_L, CTRL)
    with qtbot.waitSignal(work.session.page_opened):
        work.session.turner.turn([work.session.current_key], 1)
    work.recognizer.answer(("as it lay", (20, 20, 100, 40)))
    assert work.boxes == ()
    work.recognizer.answer(("as it stands", (150, 20, 170, 100)))
    assert [box.text for box in work.boxes] == ["as it stands"]
    assert work.page.run_bar.isHidden()


def test_nothing_is_put_on_a_page_while_its_image_is_being_turned(work, qtbot, monkeypatch):
    go_on, write = threading.Event(), PendingTurn.write
    monkeypatch.setattr(PendingTurn, "write", lambda turn, **how: go_on.wait(20) and write(turn, **how))
    work.key(Qt.Key.Key_L, CTRL)
    page = work.document.page
    with qtbot.waitSignal(work.session.page_opened):
        work.session.turner.turn([work.session.current_key], 1)
        work.recognizer.answer(("as it lay", (20, 20, 100, 40)))
        with qtbot.waitSignal(work.session.failed):
            assert not work.session.change_page(page.key, replace(page, note="lost"), "Edit note")
        go_on.set()
    work.recognizer.answer(("asked while it turned", (20, 20, 100, 40)))
    assert work.boxes == ()
    work.recognizer.answer(("as it stands", (150, 20, 170, 100)))
    assert [box.text for box in work.boxes] == ["as it stands"]


def test_a_page_checked_while_it_was_being_read_stays_as_it_was_checked(work):
    work.key(Qt.Key.Key_L, CTRL | SHIFT)
    assert work.document.set_state(PageState.CHECKED)
    work.recognizer.answer(("nobody saw this", (20, 20, 100, 40)))
    assert (work.boxes, work.document.page.state) == ((), PageState.CHECKED)


def test_a_page_that_fails_is_named_at_the_end_and_stops_nothing(work):
    work.key(Qt.Key.Key_L, CTRL | SHIFT)
    work.recognizer.answer(("first", (20, 20, 100, 40)))
    work.recognizer.fail()
    work.recognizer.answer(("third", (20, 20, 100, 40)))
    work.recognizer.answer(("fourth", (20, 20, 100, 40)))
    assert "p2.png" in work.page.message.text
    assert "3 of 4" in work.page.message.text
    assert work.session.store.state("pages/p2.png") is PageState.NEW


def test_cancel_stops_at_once_and_keeps_what_was_read(work, qtbot):
    work.key(Qt.Key.Key_L, CTRL | SHIFT)
    work.recognizer.answer(("first", (20, 20, 100, 40)))
    under_way = work.recognizer.asked[0]
    qtbot.mouseClick(work.page.run_bar.cancel_button, Qt.MouseButton.LeftButton)
    work.recognizer.asked.append(under_way)
    work.recognizer.answer(("late", (20, 20, 100, 40)))
    assert texts(work, "pages/p1.png") == ["first"]
    assert texts(work, "pages/p2.png") == []
    assert work.recognizer.asked == []
    assert "1 of 4" in work.page.message.text


def test_a_recogniser_that_cannot_start_is_told_once(work):
    work.key(Qt.Key.Key_L, CTRL | SHIFT)
    work.recognizer.fail(NOT_STARTED_WHAT, nothing="")
    assert work.page.run_bar.isHidden()
    assert "could not be started" in work.page.message.text


def test_requests_that_someone_else_cancelled_are_asked_again(work):
    work.key(Qt.Key.Key_L, CTRL | SHIFT)
    work.recognizer.cancel()
    for n in range(4):
        work.recognizer.answer((f"text {n}", (20, 20, 100, 40)))
    assert work.page.run_bar.isHidden()
    assert all(work.session.store.box_count(key) == 1 for key in work.session.keys)


def test_no_text_on_the_page_is_said(work):
    work.key(Qt.Key.Key_L, CTRL)
    work.recognizer.answer()
    assert work.page.message.text == "No text was found on this page."


def test_ctrl_r_reads_the_selected_boxes_again_and_keeps_their_outline(work):
    ids = [work.document.add_box(((20, y), (100, y), (100, y + 20), (20, y + 20)), "old") for y in (20, 60, 100)]
    outlines = [box.points for box in work.boxes]
    work.document.select(ids[:2])
    work.key(Qt.Key.Key_R, CTRL)
    quads = work.recognizer.asked[0][2]
    assert [quad[0] for quad in quads] == [[20, 20], [20, 60]]
    work.recognizer.answer(("a", (20, 20, 100, 40)), ("b", (20, 60, 100, 80)))
    assert [box.text for box in work.boxes] == ["a", "b", "old"]
    assert [box.points for box in work.boxes] == outlines
    work.document.undo()
    assert [box.text for box in work.boxes] == ["old", "old", "old"]


def test_a_drawn_box_is_read_at_once_and_the_reading_belongs_to_its_undo_step(work):
    work.draw((20, 20), (100, 40))
    assert len(work.recognizer.asked) == 1
    work.recognizer.answer(("read", (20, 20, 100, 40)))
    assert [box.text for box in work.boxes] == ["read"]
    work.document.undo()
    assert work.boxes == ()


def test_reading_drawn_boxes_can_be_switched_off(work):
    work.page.actions_by_id["readNewBoxes"].setChecked(False)
    work.draw((20, 20), (100, 40))
    assert work.recognizer.asked == []


def test_an_answer_for_a_closed_project_is_ignored(work):
    work.key(Qt.Key.Key_L, CTRL)
    under_way = work.recognizer.asked[0]
    work.session.close()
    work.recognizer.asked.append(under_way)
    work.recognizer.answer(("late", (20, 20, 100, 40)))
    assert work.session.store is None


def test_labelling_again_replaces_only_what_nobody_touched(qtbot, tmp_path, isolated_home):
    folder = make_project(tmp_path, cache=label_line("pages/p1.png", "auto one", "auto two"))
    work = Annotating(qtbot, folder, isolated_home)
    work.document.set_text(work.boxes[0].id, "corrected")
    work.key(Qt.Key.Key_L, CTRL)
    work.recognizer.answer(("worse", (20, 20, 80, 40)), ("better", (20, 50, 80, 70)))
    assert [box.text for box in work.boxes] == ["corrected", "better"]
    work.close()


def test_reading_all_untouched_lines_again_keeps_outlines_and_what_people_typed(qtbot, tmp_path, isolated_home):
    auto = label_line("pages/p1.png", "one", "two") + label_line("pages/p2.png", "three")
    work = Annotating(qtbot, make_project(tmp_path, cache=auto), isolated_home)
    work.document.set_text(work.boxes[0].id, "mine")
    outline = work.boxes[1].points
    work.page.actions_by_id["rereadUntouched"].trigger()
    assert [len(quads) for _, _, quads in work.recognizer.asked] == [1, 1]
    work.recognizer.answer(("TWO", (0, 0, 9, 9)))
    work.recognizer.answer(("THREE", (0, 0, 9, 9)))
    assert texts(work, "pages/p1.png") == ["mine", "TWO"]
    assert work.boxes[1].points == outline
    assert texts(work, "pages/p2.png") == ["THREE"]
    work.document.undo()
    assert work.boxes[1].text == "two"
    work.close()


def test_a_text_typed_while_it_was_read_again_stays(qtbot, tmp_path, isolated_home):
    work = Annotating(qtbot, make_project(tmp_path, cache=label_line("pages/p1.png", "one")), isolated_home)
    work.document.select([work.boxes[0].id])
    work.page.actions_by_id["rereadBoxes"].trigger()
    work.document.set_text(work.boxes[0].id, "typed meanwhile")
    work.recognizer.answer(("read", (20, 20, 80, 40)))
    assert work.boxes[0].text == "typed meanwhile"
    work.close()


def test_a_polygon_that_is_read_again_stays_a_polygon(work):
    corners = ((20, 20), (60, 15), (100, 20), (100, 40), (60, 45), (20, 40))
    box_id = work.document.add_box(corners)
    work.document.select([box_id])
    work.page.actions_by_id["rereadBoxes"].trigger()
    work.recognizer.answer(("curved", (20, 20, 100, 40)))
    assert work.boxes[0].points == corners
    assert work.boxes[0].text == "curved"


def test_a_reader_that_had_to_be_started_again_is_told(work):
    work.recognizer.restarted.emit("p1.png")
    assert "p1.png" in work.page.message.text
