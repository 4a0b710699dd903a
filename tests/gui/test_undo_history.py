"""Undo steps that outlive their page, their session and their process."""

import json
import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from project_parts import label_line, make_project

from ocrstudio.core.page import Box, PageState
from ocrstudio.formats.store import ProjectStore
from ocrstudio.services import undo
from ocrstudio.services.undo import PageCommand, Snapshot, UndoHistory, shown_step

SQUARE = ((10.5, 10.5), (50.5, 10.5), (50.5, 30.5), (10.5, 30.5))


class Desk:
    """A page with its history, as the document holds them."""

    def __init__(self, folder, key="pages/p1.png"):
        self.store = ProjectStore.open(folder)
        self.history = UndoHistory()
        self.history.attach(self.store.history, self.restore)
        self.page = None
        self.selection = ()
        self.open(key)

    def open(self, key):
        if self.page is not None:
            self.history.leave(self.page)
        self.page = self.store.page(key)
        self.history.open(self.page)

    def restore(self, snapshot):
        self.page = snapshot.page
        self.selection = snapshot.selection
        self.store.put(self.page)

    def change(self, step, boxes, merge_key=None, **values):
        after = replace(self.page, boxes=tuple(boxes), **values)
        command = PageCommand(step, Snapshot(self.page, ()), Snapshot(after, ()), self.restore, merge_key)
        self.history.push(command)

    def type(self, text):
        self.change("Edit text", [replace(self.page.boxes[0], text=text), *self.page.boxes[1:]])

    @property
    def texts(self):
        return [box.text for box in self.page.boxes]

    def close(self, *, save=True):
        if save:
            self.store.save()
        self.store.close()


@pytest.fixture
def folder(tmp_path):
    return make_project(tmp_path, label=label_line("pages/p1.png", "one", "two"))


@pytest.mark.parametrize("save", [True, False], ids=["saved", "only in the journal"])
def test_undo_and_redo_survive_a_restart(qapp, folder, save):
    desk = Desk(folder)
    desk.type("typed")
    desk.change("Add box", [*desk.page.boxes, Box(SQUARE, "drawn", touched=True)])
    desk.change("Check page", desk.page.boxes, state=PageState.CHECKED, note="done")
    desk.history.undo()
    desk.close(save=save)
    again = Desk(folder)
    assert again.history.undoText() == "Add box"
    assert again.history.redoText() == "Check page"
    again.history.redo()
    assert (again.page.state, again.page.note) == (PageState.CHECKED, "done")
    for texts in (["typed", "two", "drawn"], ["typed", "two"], ["one", "two"]):
        again.history.undo()
        assert again.texts == texts
    assert not again.history.canUndo()
    for _ in range(3):
        again.history.redo()
    assert again.texts == ["typed", "two", "drawn"]
    assert again.page.boxes[2].points == SQUARE
    again.close()


def test_steps_that_merged_are_one_step_after_a_restart_too(qapp, folder):
    desk = Desk(folder)
    start = desk.page.boxes[0].points
    for dx in (1, 2, 3):
        moved = replace(desk.page.boxes[0], points=tuple((x + dx, y) for x, y in start))
        desk.change("Move box", [moved, desk.page.boxes[1]], ("nudge",))
    assert desk.history.count() == 1
    desk.close()
    again = Desk(folder)
    assert again.history.count() == 1
    again.history.undo()
    assert again.page.boxes[0].points == start
    again.close()


def test_another_step_after_undo_ends_what_could_be_redone(qapp, folder):
    desk = Desk(folder)
    desk.type("a")
    desk.type("b")
    desk.history.undo()
    desk.type("c")
    desk.close()
    again = Desk(folder)
    assert not again.history.canRedo()
    again.history.undo()
    again.history.undo()
    assert again.texts[0] == "one"
    again.close()


def test_a_page_that_another_program_changed_begins_a_new_history(qapp, folder):
    desk = Desk(folder)
    desk.type("mine")
    desk.close()
    (folder / "Label.txt").write_text(label_line("pages/p1.png", "theirs"), encoding="utf-8")
    again = Desk(folder)
    assert not again.history.canUndo()
    again.type("new")
    again.history.undo()
    assert again.texts == ["theirs"]
    again.close()


def test_histories_of_many_pages_leave_the_memory_and_come_back(qapp, tmp_path, monkeypatch):
    monkeypatch.setattr(undo, "REMEMBERED_PAGES", 2)
    names = tuple(f"p{number}.png" for number in range(1, 7))
    desk = Desk(make_project(tmp_path, names=names, label=label_line("pages/p1.png", "one")))
    desk.type("typed")
    for key in desk.store.keys[1:]:
        desk.open(key)
        assert not desk.history.canUndo()
        desk.change("Add box", [Box(SQUARE, "x", touched=True)])
    assert len(desk.history._entries) == 2
    desk.open("pages/p1.png")
    desk.history.undo()
    assert desk.texts == ["one"]
    desk.close()


def test_steps_have_no_limit_and_only_the_latest_are_in_memory(qapp, folder, monkeypatch):
    monkeypatch.setattr(undo, "MOST_STEPS", 20)
    monkeypatch.setattr(undo, "FEWEST_STEPS", 10)
    desk = Desk(folder)
    for number in range(100):
        desk.type(str(number))
    assert desk.history.activeStack().count() <= 20
    assert desk.history.count() == 100
    desk.close()
    again = Desk(folder)
    assert again.history.activeStack().count() == 10
    for number in reversed(range(99)):
        assert again.history.canUndo()
        again.history.undo()
        assert again.texts[0] == str(number)
    again.history.undo()
    assert again.texts[0] == "one"
    assert not again.history.canUndo()
    for number in range(100):
        again.history.redo()
        assert again.texts[0] == str(number)
    assert not again.history.canRedo()
    again.close()


def test_a_step_that_cannot_be_used_leaves_the_page_as_it_is(qapp, folder):
    desk = Desk(folder)
    desk.type("typed")
    desk.close()
    path = next((folder / ".ocrstudio" / "history").iterdir())
    path.write_bytes(path.read_bytes().replace(b'"back":[', b'"back":[[0,99],'))
    again = Desk(folder)
    again.history.undo()
    assert again.texts == ["typed", "two"]
    again.close()


def test_a_step_on_a_page_that_is_not_open_can_be_undone_there(qapp, folder):
    desk = Desk(folder, "pages/p2.png")
    before = desk.store.page("pages/p1.png")
    after = replace(before, boxes=(replace(before.boxes[0], text="replaced"), before.boxes[1]))
    desk.store.put(after)
    desk.history.record("Replace text", before, after)
    desk.open("pages/p1.png")
    assert desk.history.undoText() == "Replace text"
    desk.history.undo()
    assert desk.texts == ["one", "two"]
    desk.close()


def test_the_name_of_a_step_is_shown_in_the_language_in_use(qapp, folder):
    from PyQt5.QtCore import QTranslator

    class Chinese(QTranslator):
        def translate(self, context, source, disambiguation=None, n=-1):
            return "移动框" if (context, source) == ("Steps", "Move box") else ""

    translator = Chinese(qapp)
    qapp.installTranslator(translator)
    try:
        assert shown_step("Move box") == "移动框"
        desk = Desk(folder)
        desk.change("Move box", desk.page.boxes[:1])
        assert desk.history.undoText() == "移动框"
        desk.close()
    finally:
        qapp.removeTranslator(translator)
    assert Desk(folder).history.undoText() == "Move box"
    assert "Move box" in next((folder / ".ocrstudio" / "history").iterdir()).read_text()


KILLED = """
import sys
sys.path.insert(0, sys.argv[2])
from PyQt5.QtCore import QCoreApplication
from test_undo_history import Desk
from pathlib import Path
app = QCoreApplication([])
desk = Desk(Path(sys.argv[1]))
for number in range(1_000_000):
    desk.type(str(number))
    sys.stdout.write(f"{number}\\n")
    sys.stdout.flush()
    if number % 7 == 6:
        desk.history.undo()
        desk.store.save()
        desk.history.redo()
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="kill -9 is for Unix")
@pytest.mark.parametrize("after", [1, 20, 60])
def test_undo_survives_kill_9(qapp, folder, after):
    paths = os.pathsep.join(path for path in sys.path if path)
    child = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(folder), str(Path(__file__).parent)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": paths},
    )
    for _ in range(after):
        child.stdout.readline()
    child.send_signal(signal.SIGKILL)
    confirmed = after + len(child.communicate()[0].split()) - 1
    again = Desk(folder)
    number = int(again.texts[0])
    assert number >= confirmed - 1
    if again.history.canUndo():  # killed between storing a step and writing it down: the labels count, not the history
        while again.history.canUndo():
            assert again.texts[0] == str(number)
            again.history.undo()
            number -= 1
        assert again.texts[0] == "one"
    again.close()


def test_no_absolute_path_and_no_content_of_other_pages_is_written(qapp, folder):
    desk = Desk(folder)
    desk.type("typed")
    desk.close()
    lines = next((folder / ".ocrstudio" / "history").iterdir()).read_text().splitlines()
    assert json.loads(lines[0]) == {"v": 1, "page": "p1.png"}
    assert str(folder) not in "".join(lines)
    assert json.loads(lines[1])["forth"] == [{"of": 0, "text": "typed"}, [1, 2]]
