"""Turning a page: image and boxes together, undone together, and mended after a kill in between."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image
from project_parts import label_line, make_project

from ocrstudio.core.page import PageState
from ocrstudio.formats.rotate import LossyRotation
from ocrstudio.formats.store import ProjectStore
from ocrstudio.services.project_session import ProjectSession

KEY = "pages/p1.png"


def size(folder, name="p1.png"):
    with Image.open(folder / name) as picture:
        return picture.size


@pytest.fixture
def folder(tmp_path):
    return make_project(tmp_path, label=label_line(KEY, "one", "two"))


@pytest.fixture
def session(qtbot, folder):
    made = ProjectSession()
    with qtbot.waitSignal(made.page_opened):
        made.open(folder)
    yield made
    made.close()


def turned(qtbot, session, work):
    with qtbot.waitSignal(session.page_opened):
        work()
    return session.document.page


def test_image_and_boxes_turn_together_and_back_again(qtbot, session, folder):
    before = session.document.page
    page = turned(qtbot, session, lambda: session.turner.turn([session.current_key], 1))
    assert size(folder) == (200, 300)
    assert session.image.size == (200, 300)
    assert page.boxes[0].points[0] == (180, 20), "what was top left is top right"
    assert session.document.undo_stack.undoText() == "Turn page"
    back = turned(qtbot, session, session.document.undo)
    assert size(folder) == (300, 200)
    assert [box.points for box in back.boxes] == [box.points for box in before.boxes]
    assert [box.text for box in back.boxes] == ["one", "two"]
    again = turned(qtbot, session, session.document.redo)
    assert [box.points for box in again.boxes] == [box.points for box in page.boxes]
    assert session.save()
    assert not (folder / ".ocrstudio" / "turning.json").exists()


def test_turning_can_be_undone_after_a_restart(qtbot, session, folder):
    turned(qtbot, session, lambda: session.turner.turn([session.current_key], -1))
    session.close()
    with qtbot.waitSignal(session.page_opened):
        session.open(folder)
    if session.document.page.key != KEY:
        turned(qtbot, session, lambda: session.open_page(KEY))
    assert session.document.page.boxes[0].points[0] == (20, 280)
    page = turned(qtbot, session, session.document.undo)
    assert (page.boxes[0].points[0], size(folder)) == ((20, 20), (300, 200))


def test_a_checked_page_without_boxes_can_be_turned_and_undone(qtbot, session, folder):
    turned(qtbot, session, lambda: session.open_page("pages/p3.png"))
    session.document.set_state(PageState.CHECKED)
    page = turned(qtbot, session, lambda: session.turner.turn([session.current_key], 1))
    assert (page.state, size(folder, "p3.png")) == (PageState.CHECKED, (200, 300))
    turned(qtbot, session, session.document.undo)
    assert size(folder, "p3.png") == (300, 200)


def test_steps_before_a_turn_that_cannot_be_undone_are_not_mixed_with_the_turned_boxes(qtbot, session, folder):
    document = session.document
    document.move_boxes([document.page.boxes[0].id], 5, 5)
    document.set_text(document.page.boxes[0].id, "typed")
    page = turned(qtbot, session, lambda: session.turner.turn([session.current_key], 1))
    picture = (folder / "p1.png").read_bytes()
    (folder / "p1.png").write_bytes(b"no picture any more")
    with qtbot.waitSignals([session.turner.ended, session.page_opened]):
        document.undo()
    (folder / "p1.png").write_bytes(picture)
    document.undo()  # without a picture nothing can be turned
    assert document.page.boxes == page.boxes
    turned(qtbot, session, lambda: session.open_page("pages/p2.png"))
    assert turned(qtbot, session, lambda: session.open_page(KEY)).boxes == page.boxes
    assert document.undo_stack.undoText() == "Turn page", "it is still done"
    back = turned(qtbot, session, document.undo)
    assert (size(folder), back.boxes[0].points[0]) == ((300, 200), (25, 25))
    document.undo()
    assert document.page.boxes[0].text == "one"
    assert document.page.boxes[1].points == ((20, 50), (80, 50), (80, 70), (20, 70))
    assert page.boxes[1].points[0] == (150, 20)


def test_a_picture_that_would_lose_by_it_is_turned_only_when_allowed(qtbot, session, folder):
    Image.effect_noise((300, 200), 50).convert("RGB").save(folder / "p1.png", "WEBP", quality=50)
    before = (folder / "p1.png").read_bytes()
    with qtbot.waitSignals([session.turner.ended, session.page_opened]) as told:
        assert session.turner.turn([session.current_key], 1)
    (report,) = next(told.args for told in told.all_signals_and_args if len(told.args) == 1 and told.args[0] != KEY)
    assert isinstance(report.refused[KEY], LossyRotation)
    assert (report.turns, report.done) == (1, [])
    assert (folder / "p1.png").read_bytes() == before
    assert session.document.page.boxes[0].points[0] == (20, 20)
    turned(qtbot, session, lambda: session.turner.turn([KEY], 1, allow_lossy=True))
    assert size(folder) == (200, 300)


def test_a_page_is_not_turned_while_it_is_being_turned(qtbot, session, folder):
    with qtbot.waitSignal(session.page_opened):
        assert session.turner.turn([session.current_key], 1)
        assert not session.turner.turn([session.current_key], 1)
        session.open_page(KEY)
    assert size(folder) == (200, 300)


def test_going_to_another_page_meanwhile_leaves_it_turned(qtbot, session, folder):
    with qtbot.waitSignal(session.page_changed):
        session.turner.turn([session.current_key], 1)
        session.open_page("pages/p2.png")
    assert session.store.page(KEY).boxes[0].points[0] == (180, 20)
    page = turned(qtbot, session, lambda: session.open_page(KEY)) if session.current_key != KEY else None
    assert page.boxes[0].points[0] == (180, 20)
    assert session.image.size == (200, 300)


KILLED = """
import os, signal, sys
from pathlib import Path
from ocrstudio.formats import rotate, store_turn
from ocrstudio.formats.store import ProjectStore
from ocrstudio.core.edits import turned_page

def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)

store = ProjectStore.open(Path(sys.argv[1]))
page = store.page("pages/p1.png")
moment = sys.argv[2]
if moment == "before the image":
    rotate.RotationPlan.apply = die
pending = store.begin_turn(page.key, 1, (300, 200))
pending.write(allow_lossy=False)
if moment == "before the boxes":
    die()
if moment == "before the end":
    store_turn.PendingTurn.clear = die
store.finish_turn(pending, turned_page(page, (300, 200), 1))
die()
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="kill -9 is for Unix")
@pytest.mark.parametrize("moment", ["before the image", "before the boxes", "before the end", "after it"])
def test_a_kill_in_between_leaves_boxes_that_fit_the_image(folder, moment):
    ended = subprocess.run([sys.executable, "-c", KILLED, str(folder), moment], capture_output=True, timeout=60)
    assert ended.returncode == -signal.SIGKILL, ended.stderr.decode()
    expected = {(300, 200): (20, 20), (200, 300): (180, 20)}[size(folder)]
    assert (size(folder) == (300, 200)) == (moment == "before the image")
    for _ in range(2):  # opening alone writes nothing, so the second time is like the first
        store = ProjectStore.open(folder)
        assert store.page(KEY).boxes[0].points[0] == expected
        store.close()
    store = ProjectStore.open(folder)
    store.put(store.page("pages/p2.png"))
    store.save()
    store.close()
    assert not (folder / ".ocrstudio" / "turning.json").exists()
    again = ProjectStore.open(folder)
    assert again.page(KEY).boxes[0].points[0] == expected
    assert again.problems == []


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"v":1}', b"\x00" * 50])
def test_a_note_of_a_turn_that_cannot_be_read_is_nothing(folder, content):
    (folder / ".ocrstudio").mkdir()
    (folder / ".ocrstudio" / "turning.json").write_bytes(content)
    store = ProjectStore.open(folder)
    assert store.page(KEY).boxes[0].points[0] == (20, 20)
    store.put(store.page(KEY))
    store.save()
    store.close()


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="kill -9 is for Unix")
def test_an_image_changed_since_a_cut_turn_is_told(folder):
    subprocess.run([sys.executable, "-c", KILLED, str(folder), "before the boxes"], capture_output=True, check=False)
    Image.new("RGB", (10, 10)).save(folder / "p1.png")
    store = ProjectStore.open(folder)
    assert "Look whether its boxes fit" in str(store.problems[0])
    assert store.page(KEY).boxes[0].points[0] == (20, 20)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write everywhere")
def test_an_image_that_cannot_be_written_is_told_and_stays(qtbot, session, folder):
    Path(folder).chmod(0o500)
    with qtbot.waitSignals([session.turner.ended, session.page_opened]):
        session.turner.turn([session.current_key], 1)
    Path(folder).chmod(0o700)
    assert size(folder) == (300, 200)
