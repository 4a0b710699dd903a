"""The session: opening, turning pages, saving, and files that others change or break."""

import json

import pytest
from project_parts import label_line, make_project

from ocrstudio.core.errors import ProjectError
from ocrstudio.core.page import PageState
from ocrstudio.formats.store import PendingSave
from ocrstudio.protocol.messages import PageRead
from ocrstudio.services import project_saver
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
