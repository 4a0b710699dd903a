"""The document: undo steps, selection, and what happens when the disk says no."""

import json
import random
import signal
import subprocess
import sys
from dataclasses import replace

import pytest
from project_parts import label_line, make_project

from ocrstudio.core.entities import linked_pairs
from ocrstudio.core.errors import ProjectError
from ocrstudio.core.page import Box, Orientation, PageState
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
    document.nudge_vertex(first, 2, 20, 10)
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


OTHER = ((200.0, 100.0), (260.0, 100.0), (260.0, 120.0), (200.0, 120.0))
HEXAGON = ((100.0, 50.0), (110.0, 48.0), (120.0, 50.0), (120.0, 60.0), (110.0, 58.0), (100.0, 60.0))

# What a person can do to the boxes "one", "two", "three" of a page, and what the Edit menu calls it.
STEPS = {
    "Add box": lambda document, one, two: document.add_box(SQUARE),
    "Duplicate boxes": lambda document, one, two: document.duplicate_boxes([one, two]),
    "Paste boxes": lambda document, one, two: document.paste_boxes([Box(OTHER, "x")]),
    "Copy boxes from another page": lambda document, one, two: document.copy_boxes_from(
        replace(document.page, boxes=(Box(OTHER, "x"),))
    ),
    "Split box": lambda document, one, two: document.split_box(one, 0.5),
    "Merge boxes": lambda document, one, two: document.merge_boxes([one, two]),
    "Move box": lambda document, one, two: document.move_boxes([one], 1, 1),
    "Move boxes": lambda document, one, two: document.move_boxes([one, two], 1, 1),
    "Rotate boxes": lambda document, one, two: document.rotate_boxes([one, two], 5),
    "Expand boxes": lambda document, one, two: document.expand_boxes([one, two], 3),
    "Shrink boxes": lambda document, one, two: document.expand_boxes([one, two], -3),
    "Convert to rectangle": lambda document, one, two: (
        document.set_points(one, HEXAGON) and document.to_rectangles([one])
    ),
    "Resize box": lambda document, one, two: document.set_points(one, HEXAGON),
    "Move corner": lambda document, one, two: document.nudge_vertex(one, 2, 1, 1),
    "Add corner": lambda document, one, two: document.add_vertex(one, 0, (50, 15)),
    "Remove corner": lambda document, one, two: document.set_points(one, HEXAGON) and document.remove_vertex(one, 5),
    "Delete box": lambda document, one, two: document.remove_boxes([one]),
    "Delete boxes": lambda document, one, two: document.remove_boxes([one, two]),
    "Move lines": lambda document, one, two: document.move_in_list([one], 2),
    "Sort in reading order": lambda document, one, two: (
        document.move_in_list([one], 3) and document.sort_reading_order()
    ),
    "Edit text": lambda document, one, two: document.set_texts({one: "1", two: "2"}),
    "Read text again": lambda document, one, two: document.set_read_texts({one: ("1", 0.5), two: ("2", 0.5)}),
    "Set key": lambda document, one, two: document.set_key_class([one, two], "date"),
    "Set orientation": lambda document, one, two: document.set_orientation([one, two], Orientation.DRAWN),
    "Link boxes": lambda document, one, two: document.link(one, two),
    "Remove links": lambda document, one, two: document.link(one, two) and document.unlink([two]),
    "Check page": lambda document, one, two: document.set_state(PageState.CHECKED),
    "Change page state": lambda document, one, two: document.set_state(PageState.REJECTED),
    "Edit note": lambda document, one, two: document.set_note("look again"),
    "Label automatically": lambda document, one, two: document.apply_auto_labels([Box(OTHER, "auto", score=0.5)]),
    "Anything": lambda document, one, two: document.replace_page(document.page.without([one]), "Anything"),
}


@pytest.mark.parametrize("name", STEPS)
def test_everything_a_person_does_is_one_step_that_is_undone_and_done_again(document, store, name):
    before = document.page
    one, two = (box.id for box in before.boxes[:2])
    assert STEPS[name](document, one, two)
    after = document.page
    assert document.undo_stack.undoText() == name
    assert store.page(before.key) == after
    document.undo()
    document.redo()
    assert document.page == after
    while document.undo_stack.canUndo():
        document.undo()
    assert document.page == before


@pytest.mark.parametrize("name", [name for name in STEPS if name not in ("Check page",)])
def test_with_a_full_disk_nothing_a_person_does_happens(document, store, monkeypatch, name):
    before = document.page
    disk = FullDisk(store, monkeypatch)
    disk.is_full = True
    one, two = (box.id for box in before.boxes[:2])
    assert not STEPS[name](document, one, two)
    assert document.page is before
    assert document.undo_stack.count() == 0


@pytest.mark.parametrize("name", STEPS)
def test_without_a_page_nothing_happens(name):
    empty = AnnotationDocument()
    if name not in ("Copy boxes from another page", "Anything"):
        assert not STEPS[name](empty, "one", "two")
    assert empty.page is None
    assert not empty.undo_stack.canUndo()


NOTHING = {
    "duplicate": lambda document: document.duplicate_boxes(["nobody"]),
    "paste": lambda document: document.paste_boxes([]),
    "copy": lambda document: document.copy_boxes_from(document.page),
    "split": lambda document: document.split_box("nobody", 0.5),
    "merge": lambda document: document.merge_boxes([document.page.boxes[0].id]),
    "move": lambda document: document.move_boxes(["nobody"], 5, 5),
    "rotate": lambda document: document.rotate_boxes([document.page.boxes[0].id], 0),
    "vertex": lambda document: document.nudge_vertex(document.page.boxes[0].id, 4, 1, 1),
    "nudge": lambda document: document.nudge_vertex("nobody", 0, 1, 1),
    "remove corner": lambda document: document.remove_vertex(document.page.boxes[0].id, 0),
    "remove": lambda document: document.remove_boxes(["nobody"]),
    "sort": lambda document: document.sort_reading_order(),
    "text": lambda document: document.set_text(document.page.boxes[0].id, "one"),
    "key": lambda document: document.set_key_class(["nobody"], "date"),
    "link": lambda document: document.link(document.page.boxes[0].id, document.page.boxes[0].id),
    "unlink": lambda document: document.unlink([document.page.boxes[0].id]),
    "note": lambda document: document.set_note(""),
    "other page": lambda document: document.replace_page(replace(document.page, key="pages/p2.png"), "Anything"),
}


@pytest.mark.parametrize("name", NOTHING)
def test_what_changes_nothing_is_no_step(document, name):
    before = document.page
    assert not NOTHING[name](document)
    assert document.page is before
    assert document.undo_stack.count() == 0


def test_new_boxes_are_selected_and_undo_selects_what_was_selected(document):
    first = document.page.boxes[0].id
    document.select([first])
    copies = document.duplicate_boxes([first])
    assert document.selection == copies
    assert [box.text for box in document.selected_boxes] == ["one"]
    document.undo()
    assert document.selection == (first,)


def test_both_parts_of_a_split_box_are_selected_the_first_to_be_worked_on(document):
    first = document.page.boxes[0].id
    parts = document.split_box(first, 0.5, 1)
    assert [document.find(part).text for part in parts] == ["o", "ne"]
    assert document.current_id == first
    assert document.merge_boxes(parts) == first
    assert [box.text for box in document.page.boxes] == ["o ne", "two", "three"]


def test_nudges_of_one_corner_are_one_step_and_of_another_a_second(document):
    box = document.page.boxes[0]
    for _ in range(3):
        document.nudge_vertex(box.id, 2, 1, 0)
    document.nudge_vertex(box.id, 1, 0, -100)
    points = document.find(box.id).points
    assert (points[2], points[1]) == ((box.points[2][0] + 3, box.points[2][1]), (box.points[1][0], 0))
    assert document.undo_stack.count() == 2


def test_turns_by_a_key_are_one_step(document):
    box = document.page.boxes[0]
    for _ in range(4):
        document.rotate_boxes([box.id], 1, nudge=True)
    assert document.undo_stack.count() == 1
    document.undo()
    assert document.find(box.id).points == box.points


def test_a_note_leaves_state_and_boxes_alone(document, store):
    before = document.page
    document.set_note("面积 unclear")
    assert store.page(before.key).note == "面积 unclear"
    assert (document.page.boxes, document.page.state) == (before.boxes, before.state)


def test_boxes_of_a_page_of_another_size_come_to_the_same_relative_place(document, store):
    first = document.page
    document.load(store.page("pages/p2.png"), (600, 400))
    added = document.copy_boxes_from(first)
    assert [document.find(box_id).points[0] for box_id in added] == [(40, 40), (40, 100), (40, 160)]
    assert {document.find(box_id).text for box_id in added} == {""}


def test_links_and_keys_are_in_the_label_file(document, store):
    one, two, _ = (box.id for box in document.page.boxes)
    document.link(one, two)
    document.set_key_class([one], "question")
    assert linked_pairs(document.page.boxes) == [(one, two)]
    store.save()
    first, second, third = json.loads((store.folder / "Label.txt").read_text("utf-8").partition("\t")[2])
    assert (first["id"], first["linking"], first["key_cls"]) == (0, [[0, 1]], "question")
    assert (second["id"], second["linking"]) == (1, [[0, 1]])
    assert "id" not in third


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


def test_what_was_done_before_a_restart_is_undone_after_it(document, store):
    before = document.page
    first, second, _ = (box.id for box in before.boxes)
    document.split_box(first, 0.5, 1)
    document.set_text(second, "typed")
    document.link(first, second)
    store.close()
    opened = ProjectStore.open(store.folder)
    again = AnnotationDocument()
    again.attach(opened)
    again.load(opened.page(before.key), SIZE)
    assert again.undo_stack.undoText() == "Link boxes"
    while again.undo_stack.canUndo():
        again.undo()
    assert [(box.points, box.text, dict(box.extra)) for box in again.page.boxes] == [
        (box.points, box.text, dict(box.extra)) for box in before.boxes
    ]
    while again.undo_stack.canRedo():
        again.redo()
    assert [box.text for box in again.page.boxes] == ["o", "ne", "typed", "three"]
    assert len(linked_pairs(again.page.boxes)) == 1
    opened.close()


@pytest.mark.parametrize("seed", range(3))
def test_any_sequence_of_edits_is_undone_to_the_first_and_redone_to_the_last(document, store, seed):
    chance = random.Random(seed)
    strange = {"colour": "red", "nothing": None}
    before = replace(document.page, boxes=tuple(replace(box, extra=strange) for box in document.page.boxes))
    store.put(before)
    document.load(before, SIZE)
    edits = [edit for name, edit in STEPS.items() if not name.startswith(("Delete", "Anything", "Label"))]
    for _ in range(60):
        ids = [box.id for box in document.page.boxes]
        document.select(chance.sample(ids, min(2, len(ids))))
        chance.choice(edits)(document, *chance.choices(ids, k=2))
        if len(document.page.boxes) > 12:
            document.remove_boxes(ids[6:])
    after = document.page
    for box in after.boxes:
        assert all(0 <= x <= SIZE[0] and 0 <= y <= SIZE[1] for x, y in box.points)
    entities = [box.entity for box in after.boxes if box.entity is not None]
    assert len(entities) == len({*entities})
    kept = [box for box in after.boxes if box.id in {old.id for old in before.boxes}]
    assert all({name: box.extra[name] for name in strange} == strange for box in kept)
    while document.undo_stack.canUndo():
        document.undo()
    assert document.page == before
    while document.undo_stack.canRedo():
        document.redo()
    assert document.page == after
    assert store.page(after.key) == after
