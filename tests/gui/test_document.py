"""The document: undo steps, selection, and what happens when the disk says no."""

import json
import signal
import subprocess
import sys
from dataclasses import replace

import pytest
from annotate_parts import label_line, make_project

from ocrstudio.core.errors import ProjectError
from ocrstudio.core.page import Box, PageState
from ocrstudio.core.shaping import clamped_shift
from ocrstudio.formats.store import ProjectStore
from ocrstudio.services.document import AnnotationDocument

SQUARE = ((10, 10), (50, 10), (50, 30), (10, 30))
SIZE = (300, 200)


@pytest.fixture
def store(qapp, tmp_path):
    opened = ProjectStore.open(make_project(tmp_path, label=label_line("pages/p1.png", "one", "two", "three")))
    yield opened
    opened.close()


@pytest.fixture
def document(store):
    made = AnnotationDocument()
    made.attach(store)
    made.load(store.page("pages/p1.png"), SIZE)
    return made


def test_an_edit_is_in_the_journal_before_the_signal_says_so(document, store):
    seen = []
    journal = store.folder / ".ocrstudio" / "journal.jsonl"
    document.boxes_changed.connect(lambda: seen.append(json.loads(journal.read_text("utf-8").splitlines()[-1])))
    document.add_box(SQUARE, "new")
    assert [len(record["boxes"]) for record in seen] == [4]


def test_undoing_everything_brings_the_page_back_and_leaves_the_file_as_it_was(document, store):
    file = store.folder / "Label.txt"
    before, page = file.read_bytes(), document.page
    first = page.boxes[0].id
    document.add_box(SQUARE)
    document.move_boxes([first], 5, 5)
    document.move_vertex(first, 2, (120, 60))
    document.set_text(first, "changed")
    document.remove_boxes([page.boxes[1].id])
    document.set_state(PageState.CHECKED)
    assert document.undo_stack.count() == 6
    while document.undo_stack.canUndo():
        document.undo()
    assert document.page == page
    store.save()
    assert file.read_bytes() == before


def test_redo_does_again_what_undo_took_back(document):
    document.set_text(document.page.boxes[0].id, "changed")
    after = document.page
    document.undo()
    document.redo()
    assert document.page == after


def test_nudges_that_follow_each_other_are_one_step(document):
    box = document.page.boxes[0]
    for _ in range(5):
        document.move_boxes([box.id], 1, 0, nudge=True)
    assert document.find(box.id).points[0] == (25, 20)
    assert document.undo_stack.count() == 1
    document.undo()
    assert document.find(box.id).points == box.points


def test_a_box_moves_no_further_than_the_edge_of_the_image(document):
    box = document.page.boxes[0]
    document.move_boxes([box.id], -500, 1000)
    assert document.find(box.id).points == ((0, 180), (60, 180), (60, 200), (0, 200))


def test_boxes_that_move_together_keep_their_distance():
    assert clamped_shift([[(0, 0), (10, 10)], [(50, 50), (60, 60)]], 100, 100, (100, 80)) == (40, 20)


def test_typed_text_drops_the_recognisers_score_and_marks_the_box(document, store):
    page = replace(document.page, boxes=(Box(SQUARE, "auto", score=0.5),), state=PageState.AUTO)
    store.put(page)
    document.load(page, SIZE)
    document.set_text(page.boxes[0].id, "typed")
    box = document.page.boxes[0]
    assert (box.text, box.score, box.touched) == ("typed", None, True)
    assert document.page.state is PageState.EDITED


def test_an_edit_of_a_checked_page_leaves_it_checked(document):
    document.set_state(PageState.CHECKED)
    document.set_text(document.page.boxes[0].id, "corrected")
    assert document.page.state is PageState.CHECKED


def test_checking_a_page_protects_its_boxes_from_automatic_labelling(document, store):
    page = replace(document.page, boxes=(Box(SQUARE, "auto", score=0.9),), state=PageState.AUTO)
    store.put(page)
    document.load(page, SIZE)
    document.set_state(PageState.CHECKED)
    document.apply_auto_labels([Box(SQUARE, "worse", score=0.99)])
    assert [box.text for box in document.page.boxes] == ["auto"]


def test_automatic_labels_never_replace_a_touched_box_and_are_one_undo_step(document):
    touched = document.page.boxes
    document.apply_auto_labels(
        [Box(touched[0].points, "other", score=0.9), Box(((200, 100), (260, 100), (260, 120), (200, 120)), "new")]
    )
    assert [box.text for box in document.page.boxes] == ["one", "two", "three", "new"]
    document.undo()
    assert document.page.boxes == touched


def test_the_first_reading_of_a_new_box_belongs_to_the_step_that_drew_it(document):
    box_id = document.add_box(SQUARE)
    document.set_read_texts({box_id: ("read", 0.8)}, first_reading=True)
    assert document.find(box_id).text == "read"
    document.undo()
    assert document.find(box_id) is None


def test_a_late_first_reading_never_replaces_typed_text(document):
    box_id = document.add_box(SQUARE)
    document.set_text(box_id, "typed")
    document.set_read_texts({box_id: ("read", 0.8)}, first_reading=True)
    assert document.find(box_id).text == "typed"


def test_deleting_selects_the_next_line(document):
    ids = [box.id for box in document.page.boxes]
    document.remove_boxes([ids[0]])
    assert document.selection == (ids[1],)
    document.undo()
    assert [box.id for box in document.page.boxes] == ids


def test_undo_of_typed_text_goes_back_to_its_line(document):
    first, second = (box.id for box in document.page.boxes[:2])
    document.select([first])
    document.set_text(first, "typed")
    document.select([second])
    document.undo()
    assert document.selection == (first,)


def test_history_waits_while_another_page_is_open(document, store):
    document.set_text(document.page.boxes[0].id, "changed")
    document.load(store.page("pages/p2.png"), SIZE)
    assert not document.undo_stack.canUndo()
    document.load(store.page("pages/p1.png"), SIZE)
    document.undo()
    assert document.page.boxes[0].text == "one"


def test_history_of_a_page_that_changed_meanwhile_is_dropped(document, store):
    document.set_text(document.page.boxes[0].id, "changed")
    document.load(store.page("pages/p2.png"), SIZE)
    page = store.page("pages/p1.png")
    store.put(replace(page, boxes=page.boxes[:1]))
    document.load(store.page("pages/p1.png"), SIZE)
    assert not document.undo_stack.canUndo()


class FullDisk:
    """Lets a store refuse edits."""

    def __init__(self, store, monkeypatch):
        self.is_full = False
        put = store.put

        def refuse(page):
            if self.is_full:
                raise ProjectError("{file} could not be written: the disk is full.", file="journal.jsonl")
            put(page)

        monkeypatch.setattr(store, "put", refuse)


def test_an_edit_that_cannot_be_stored_does_not_happen(document, store, monkeypatch, qtbot):
    disk, before = FullDisk(store, monkeypatch), document.page
    disk.is_full = True
    with qtbot.waitSignal(document.failed) as failed:
        assert document.add_box(SQUARE) is None
    assert "journal.jsonl" in str(failed.args[0])
    assert document.page is before
    assert not document.undo_stack.canUndo()


def test_an_undo_that_cannot_be_stored_leaves_page_and_store_alike(document, store, monkeypatch, qtbot):
    disk = FullDisk(store, monkeypatch)
    document.set_text(document.page.boxes[0].id, "changed")
    disk.is_full = True
    with qtbot.waitSignal(document.failed):
        document.undo()
    assert document.page.boxes[0].text == "changed"
    assert store.page(document.page.key) == document.page
    disk.is_full = False
    document.redo()
    document.undo()
    assert document.page.boxes[0].text == "one"


def test_a_read_only_folder_is_told_and_changes_nothing(document, store, qtbot):
    store.read_only = True  # as a folder is for everybody but root
    before = document.page
    with qtbot.waitSignal(document.failed) as failed:
        assert not document.set_text(before.boxes[0].id, "changed")
    assert str(store.folder) in str(failed.args[0])
    assert document.page is before
    assert not (store.folder / ".ocrstudio").exists()


KILLED = """
import os, signal, sys
from pathlib import Path
from PyQt5.QtCore import QCoreApplication
from ocrstudio.core.page import PageState
from ocrstudio.formats.store import ProjectStore
from ocrstudio.services.document import AnnotationDocument
app = QCoreApplication([])
store = ProjectStore.open(Path(sys.argv[1]))
document = AnnotationDocument()
document.attach(store)
document.load(store.page("pages/p1.png"), (300, 200))
first = document.page.boxes[0].id
document.add_box(((100, 100), (160, 100), (160, 120), (100, 120)), "drawn")
document.set_text(first, "typed")
document.move_boxes([first], 3, 4)
document.set_text(first, "undone")
document.undo()
document.load(store.page("pages/p2.png"), (300, 200))
document.add_box(((10, 10), (60, 10), (60, 30), (10, 30)), "Ⅻ")
document.set_state(PageState.CHECKED)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="kill -9 is for Unix")
def test_a_process_killed_after_an_edit_loses_none_of_them(qapp, tmp_path):
    folder = make_project(tmp_path, label=label_line("pages/p1.png", "one", "two"))
    ended = subprocess.run([sys.executable, "-c", KILLED, str(folder)], capture_output=True, timeout=60)
    assert ended.returncode == -signal.SIGKILL, ended.stderr.decode()
    store = ProjectStore.open(folder)
    first, second = store.page("pages/p1.png"), store.page("pages/p2.png")
    assert [box.text for box in first.boxes] == ["typed", "two", "drawn"]
    assert first.boxes[0].points[0] == (23, 24)
    assert [box.text for box in second.boxes] == ["Ⅻ"]
    assert second.state is PageState.CHECKED
    store.close()
