"""The session: opening, turning pages, saving, and files that others change or break."""

import json
import os
import shutil
import threading
from dataclasses import replace

import pytest
from project_parts import label_line, make_project

from ocrstudio.core.errors import ProjectError
from ocrstudio.core.page import PageState
from ocrstudio.formats.store import PendingSave
from ocrstudio.protocol.messages import PageRead
from ocrstudio.services import folder_watch, project_saver
from ocrstudio.services.project_session import ProjectSession

SQUARE = ((10, 10), (50, 10), (50, 30), (10, 30))


@pytest.fixture
def session(qapp):
    made = ProjectSession()
    yield made
    made.close()


def opened(qtbot, session, folder):
    with qtbot.waitSignal(session.page_opened):
        assert session.open(folder)
    return session


def labels(folder):
    """Page key to texts, as Label.txt has them."""
    lines = (folder / "Label.txt").read_text("utf-8").splitlines()
    return {key: [box["transcription"] for box in json.loads(boxes)] for key, boxes in (x.split("\t") for x in lines)}


def test_opening_goes_to_the_first_page_that_is_not_checked(qtbot, session, tmp_path):
    folder = make_project(tmp_path, label=label_line("pages/p1.png", "one"), states="pages/p1.png\t1\n")
    opened(qtbot, session, folder)
    assert session.document.page.key == "pages/p2.png"
    assert session.image.size == (300, 200)
    assert session.progress() == (1, 3)


def test_looking_at_a_project_writes_nothing_into_its_folder(qtbot, session, tmp_path):
    folder = make_project(tmp_path, label=label_line("pages/p1.png", "one"))
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    opened(qtbot, session, folder)
    with qtbot.waitSignal(session.page_opened):
        session.next_page()
    session.close()
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_a_folder_without_images_is_told_and_the_open_project_stays(qtbot, session, tmp_path):
    opened(qtbot, session, make_project(tmp_path))
    (tmp_path / "empty").mkdir()
    told = []
    session.failed.connect(told.append)
    with qtbot.waitSignal(session.open_failed) as failed:
        session.open(tmp_path / "empty")
    assert "empty" in str(told[0])
    assert failed.args == [str(tmp_path / "empty")]
    assert session.document.page.key == "pages/p1.png"


def test_checking_goes_on_to_the_next_page(qtbot, session, tmp_path):
    opened(qtbot, session, make_project(tmp_path))
    with qtbot.waitSignal(session.page_opened):
        assert session.check_and_next()
    assert session.store.state("pages/p1.png") is PageState.CHECKED
    assert session.document.page.key == "pages/p2.png"


def test_a_page_that_is_still_loading_cannot_be_checked(qtbot, session, tmp_path, monkeypatch):
    opened(qtbot, session, make_project(tmp_path))
    monkeypatch.setattr(session._loader, "cached", lambda path: None)
    monkeypatch.setattr(session._loader, "request", lambda path: None)
    session.next_page()
    assert session.is_loading
    assert not session.check_and_next()
    assert session.store.state("pages/p1.png") is PageState.NEW


def test_edits_reach_label_txt_a_moment_after_the_last_one(qtbot, session, tmp_path, monkeypatch):
    monkeypatch.setattr(project_saver, "SAVE_DELAY_MS", 50)
    session = ProjectSession()
    folder = make_project(tmp_path)
    opened(qtbot, session, folder)
    with qtbot.waitSignal(session.saved):
        session.document.add_box(SQUARE, "new")
    assert labels(folder) == {"pages/p1.png": ["new"]}
    session.close()


def test_what_was_saved_is_there_after_reopening(qtbot, session, tmp_path):
    folder = make_project(tmp_path)
    opened(qtbot, session, folder)
    session.document.add_box(SQUARE, "Ⅳ №1")
    session.document.set_state(PageState.CHECKED)
    page = session.document.page
    session.close()
    again = ProjectSession()
    with qtbot.waitSignal(again.page_opened):
        again.open(folder)
    with qtbot.waitSignal(again.page_opened):
        again.open_page("pages/p1.png")
    assert [(box.text, box.points) for box in again.document.page.boxes] == [(b.text, b.points) for b in page.boxes]
    assert again.document.page.state is PageState.CHECKED
    again.close()


def test_edits_of_a_killed_session_come_back_and_are_saved(qtbot, session, tmp_path, monkeypatch):
    folder = make_project(tmp_path)
    opened(qtbot, session, folder)
    session.document.add_box(SQUARE, "unsaved")
    session.store.close()  # the lock goes as it does with a killed process; nothing is saved
    monkeypatch.setattr(project_saver, "SAVE_DELAY_MS", 50)
    again = ProjectSession()
    with qtbot.waitSignals([again.page_opened, again.saved]):
        again.open(folder)
    assert labels(folder) == {"pages/p1.png": ["unsaved"]}
    again.close()
    monkeypatch.setattr(session.store, "begin_save", lambda: None)


@pytest.mark.parametrize("content", [b"", b"this is no picture"])
def test_an_unreadable_picture_is_named_and_the_session_goes_on(qtbot, session, tmp_path, content):
    folder = make_project(tmp_path)
    (folder / "p1.png").write_bytes(content)
    opened(qtbot, session, folder)
    assert session.image is None
    assert "p1.png" in str(session.image_error)
    with qtbot.waitSignal(session.page_opened):
        session.next_page()
    assert session.image is not None
    assert session.image_error is None


def test_merging_another_page_leaves_the_open_pages_undo_steps(qtbot, session, tmp_path):
    folder = make_project(tmp_path, label=label_line("pages/p1.png", "one", "two"))
    document = opened(qtbot, session, folder).document
    document.set_text(document.page.boxes[0].id, "typed")
    assert session.save()
    with (folder / "Label.txt").open("a") as file:
        file.write(label_line("pages/p3.png", "theirs"))
    with qtbot.waitSignal(session.merged):
        session.merge_from_disk()
    document.undo()
    assert [box.text for box in document.page.boxes] == ["one", "two"]
    assert session.save()
    assert labels(folder) == {"pages/p1.png": ["one", "two"], "pages/p3.png": ["theirs"]}


def test_a_label_file_changed_by_another_program_is_merged_not_overwritten(qtbot, session, tmp_path):
    folder = make_project(tmp_path, label=label_line("pages/p2.png", "two"), states="pages/p2.png\t1\n")
    opened(qtbot, session, folder)
    session.document.add_box(SQUARE, "mine")
    theirs = label_line("pages/p2.png", "theirs") + label_line("pages/p3.png", "three")
    (folder / "Label.txt").write_text(theirs, encoding="utf-8")
    with qtbot.waitSignal(session.label_file_changed):
        assert not session.save()
    assert (folder / "Label.txt").read_text("utf-8") == theirs
    with qtbot.waitSignal(session.merged):
        session.merge_from_disk()
    assert labels(folder) == {"pages/p1.png": ["mine"], "pages/p2.png": ["theirs"], "pages/p3.png": ["three"]}


def test_a_failed_save_keeps_the_file_and_is_tried_again(qtbot, session, tmp_path, monkeypatch):
    folder = make_project(tmp_path, label=label_line("pages/p1.png", "one"))
    opened(qtbot, session, folder)
    before = (folder / "Label.txt").read_bytes()
    session.document.add_box(SQUARE, "new")
    with monkeypatch.context() as full:

        def refuse(pending):
            raise ProjectError("{file} could not be written: the disk is full.", file=folder / "Label.txt")

        full.setattr(PendingSave, "write", refuse)
        with qtbot.waitSignal(session.save_failed):
            assert not session.save()
    assert (folder / "Label.txt").read_bytes() == before
    assert session.save()
    assert labels(folder) == {"pages/p1.png": ["one", "new"]}


def test_malformed_lines_are_told_and_kept(qtbot, session, tmp_path):
    folder = make_project(tmp_path, label="pages/p1.png\t[{broken\n" + label_line("pages/p2.png", "two"))
    with qtbot.waitSignal(session.problems_found) as told:
        session.open(folder)
        qtbot.waitUntil(lambda: session.document.page is not None)
        session.document.add_box(SQUARE)
    assert told.args[0][0].line == 1
    session.save()
    kept = (folder / "Label.txt").read_text("utf-8") + "".join(
        path.read_text("utf-8") for path in (folder / ".ocrstudio").glob("rejected*")
    )
    assert "pages/p1.png\t[{broken" in kept
    qtbot.waitUntil(lambda: not session.is_loading)


def test_automatic_labels_of_a_page_that_is_not_open_go_to_its_journal(qtbot, session, tmp_path):
    opened(qtbot, session, make_project(tmp_path))
    line = {"text": "found", "score": 0.7, "points": [[20, 20], [100, 20], [100, 40], [20, 40]]}
    with qtbot.waitSignal(session.page_changed) as changed:
        assert session.apply_auto_labels("pages/p3.png", PageRead(lines=[line]))
    assert changed.args == ["pages/p3.png"]
    assert session.store.state("pages/p3.png") is PageState.AUTO
    assert "found" in (session.store.folder / ".ocrstudio" / "journal.jsonl").read_text("utf-8")


def test_the_neighbours_of_a_page_are_decoded_in_advance(qtbot, session, tmp_path):
    opened(qtbot, session, make_project(tmp_path))
    path = session.store.image_path("pages/p2.png")
    qtbot.waitUntil(lambda: session._loader.cached(path) is not None)
    assert session.next_page()
    assert session.document.page.key == "pages/p2.png"


# --- on a worker -----------------------------------------------------------------------------------------------------


def test_opening_is_announced_and_leaves_the_open_project_until_the_other_is_ready(qtbot, session, tmp_path):
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    first, second = make_project(tmp_path / "one"), make_project(tmp_path / "two")
    opened(qtbot, session, first)
    heard = []
    session.opening.connect(lambda folder: heard.append(("opening", folder)))
    session.project_closed.connect(lambda: heard.append(("closed",)))
    session.project_opened.connect(lambda folder: heard.append(("opened", folder)))
    session.document.add_box(SQUARE, "typed")
    session.open(second)
    assert session.is_opening
    assert session.folder == first
    assert session.wait_until_open()
    assert session.folder == second
    assert heard == [("opening", str(second)), ("closed",), ("opened", str(second))]
    assert labels(first) == {"pages/p1.png": ["typed"]}


def test_the_folder_asked_for_last_is_the_one_that_opens(qtbot, session, tmp_path):
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        make_project(tmp_path / name)
    told = []
    session.project_opened.connect(told.append)
    session.open(tmp_path / "one" / "pages")
    session.open(tmp_path / "two" / "pages")
    assert session.wait_until_open()
    qtbot.wait(50)
    assert told == [str(tmp_path / "two" / "pages")]


def test_closing_while_a_folder_opens_leaves_nothing_open(qtbot, session, tmp_path):
    session.open(make_project(tmp_path))
    session.close()
    qtbot.wait(50)
    assert session.store is None
    assert not session.is_opening


def test_reopening_the_open_folder_keeps_what_was_edited(qtbot, session, tmp_path):
    folder = make_project(tmp_path)
    opened(qtbot, session, folder)
    session.document.add_box(SQUARE, "typed")
    opened(qtbot, session, folder)
    assert [box.text for box in session.store.page("pages/p1.png").boxes] == ["typed"]
    session.document.add_box(SQUARE, "and more")
    assert session.save()


@pytest.fixture
def slow_write(monkeypatch):
    """Saves that begin to write only when they are told to."""
    go_on, threads = threading.Event(), []
    real = PendingSave.write

    def write(pending):
        threads.append(threading.current_thread())
        assert go_on.wait(10)
        real(pending)

    monkeypatch.setattr(PendingSave, "write", write)
    yield go_on, threads
    go_on.set()


def test_edits_during_a_save_are_saved_by_the_next(qtbot, session, tmp_path, slow_write):
    go_on, threads = slow_write
    folder = make_project(tmp_path)
    opened(qtbot, session, folder)
    session.document.add_box(SQUARE, "first")
    session.start_save()
    session.document.add_box(SQUARE, "second")
    session.start_save()
    with qtbot.waitSignals([session.saved, session.saved], order="simple"):
        go_on.set()
    assert labels(folder) == {"pages/p1.png": ["first", "second"]}
    assert not session.store.dirty
    assert threading.main_thread() not in threads


def test_closing_waits_for_the_save_under_way_and_saves_the_rest(qtbot, session, tmp_path, slow_write):
    go_on, _ = slow_write
    folder = make_project(tmp_path)
    opened(qtbot, session, folder)
    session.document.add_box(SQUARE, "first")
    session.start_save()
    session.document.add_box(SQUARE, "second")
    threading.Timer(0.1, go_on.set).start()
    session.close()
    assert labels(folder) == {"pages/p1.png": ["first", "second"]}
    assert (folder / ".ocrstudio" / "journal.jsonl").read_bytes() == b""


def test_a_defect_while_saving_is_told_and_the_edits_stay_dirty(qtbot, session, tmp_path, monkeypatch):
    opened(qtbot, session, make_project(tmp_path))
    session.document.add_box(SQUARE, "x")

    def broken(pending):
        raise RuntimeError("a defect")

    with monkeypatch.context() as patched:
        patched.setattr(PendingSave, "write", broken)
        with qtbot.waitSignal(session.save_failed) as told:
            session.start_save()
    assert "a defect" in str(told.args[0])
    assert session.store.dirty
    assert session.save()


def test_edits_are_synced_to_the_disk_within_a_second_on_a_worker(qtbot, session, tmp_path, monkeypatch):
    monkeypatch.setattr(project_saver, "SYNC_MS", 20)
    made = ProjectSession()
    opened(qtbot, made, make_project(tmp_path))
    synced = []
    real = os.fsync
    monkeypatch.setattr(os, "fsync", lambda file: (synced.append(threading.current_thread()), real(file)))
    made.document.add_box(SQUARE, "x")
    qtbot.waitUntil(lambda: bool(synced))
    assert synced[0] is not threading.main_thread()
    made.close()


def test_images_that_appear_and_vanish_are_noticed_and_listed(qtbot, session, tmp_path, monkeypatch):
    monkeypatch.setattr(folder_watch, "QUIET_MS", 50)
    session = ProjectSession()
    folder = make_project(tmp_path)
    opened(qtbot, session, folder)
    with qtbot.waitSignal(session.folder_changed) as told:
        shutil.copyfile(folder / "p1.png", folder / "p4.png")
        (folder / "p2.png").unlink()
    assert told.args == [1, 1]
    session.document.add_box(SQUARE, "kept")
    with qtbot.waitSignal(session.pages_listed):
        session.refresh()
    assert list(session.keys) == ["pages/p1.png", "pages/p3.png", "pages/p4.png"]
    assert session.document.page.boxes[0].text == "kept"
    assert session.progress() == (0, 3)
    with qtbot.waitSignal(session.page_opened):
        session.next_page()
    assert session.document.page.key == "pages/p3.png"
    session.close()
    assert labels(folder) == {"pages/p1.png": ["kept"]}


def test_when_the_open_pages_image_vanishes_its_neighbour_opens(qtbot, session, tmp_path):
    folder = make_project(tmp_path)
    opened(qtbot, session, folder)
    session.document.add_box(SQUARE, "labels stay")
    (folder / "p1.png").unlink()
    with qtbot.waitSignals([session.pages_listed, session.page_opened]):
        session.refresh()
    assert session.document.page.key == "pages/p2.png"
    assert labels(folder) == {"pages/p1.png": ["labels stay"]}


def test_a_second_window_shows_what_the_first_one_saved_when_it_begins_to_edit(qtbot, session, tmp_path):
    folder = make_project(tmp_path)
    second = opened(qtbot, ProjectSession(), folder)
    opened(qtbot, session, folder)
    session.document.add_box(
        SQUARE,
        "of the first",
    )
    session.store.close()  # killed: its edit is in the journal only
    changed = []
    second.page_changed.connect(changed.append)
    with qtbot.waitSignal(second.page_opened):
        second.open_page("pages/p3.png")
    second.document.add_box(SQUARE, "of the second")
    assert changed == ["pages/p3.png", "pages/p1.png"]
    assert [box.text for box in second.store.page("pages/p1.png").boxes] == ["of the first"]
    second.close()
    session.store.begin_save = lambda: None


def test_pages_that_are_not_open_are_changed_in_one_step_each(qtbot, session, tmp_path):
    opened(qtbot, session, make_project(tmp_path, label=label_line("pages/p2.png", "old")))
    pages = {key: session.store.page(key) for key in session.keys}
    changes = {key: replace(page, note="seen") for key, page in pages.items()}
    changes["pages/p2.png"] = replace(changes["pages/p2.png"], boxes=())
    assert session.change_pages(changes, "Replace text") == list(session.keys)
    assert session.document.page.note == "seen"
    assert session.document.undo_stack.undoText() == "Replace text"
    with qtbot.waitSignal(session.page_opened):
        session.open_page("pages/p2.png")
    session.document.undo()
    assert [box.text for box in session.document.page.boxes] == ["old"]
    assert session.document.page.note == ""
    assert session.change_pages({"pages/p2.png": session.document.page}, "Replace text") == []


def test_changes_stop_at_the_first_page_that_cannot_be_stored(qtbot, session, tmp_path):
    opened(qtbot, session, make_project(tmp_path))
    session.store.read_only = True
    changes = {key: replace(session.store.page(key), note="seen") for key in session.keys[1:]}
    with qtbot.waitSignal(session.failed):
        assert session.change_pages(changes, "Replace text") == []
    assert session.store.note("pages/p2.png") == ""
