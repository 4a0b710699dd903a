"""The 22 ways in which PPOCRLabel loses work or annoys, each tried here; the number is that of the table.

What PPOCRLabel 3.1.6 does is in each test's first line, as measured on the running program.
"""

from __future__ import annotations

import errno
import json
import os
import random
import shutil
from dataclasses import replace

import pytest
from killing import lost_edits, trace
from project_parts import label_line, make_project, save_page_image
from PyQt5.QtCore import QSettings

from ocrstudio.core.page import Box, PageState
from ocrstudio.formats import atomic
from ocrstudio.formats.rec_export import LIST_FILE
from ocrstudio.formats.store import ProjectStore
from ocrstudio.services.auto_label import AutoLabeler
from ocrstudio.services.project_session import ProjectSession
from ocrstudio.services.settings import Settings
from tests.gui.annotate_parts import FakeRecognizer

NAMES = tuple(f"p{number}.png" for number in range(1, 8))
KEYS = tuple(f"pages/{name}" for name in NAMES)
QUAD = ((20.0, 20.0), (80.0, 20.0), (80.0, 40.0), (20.0, 40.0))
HEXAGON = ((20.0, 30.0), (40.0, 20.0), (60.0, 20.0), (80.0, 30.0), (60.0, 40.0), (40.0, 40.0))


@pytest.fixture
def session(qtbot):
    made = ProjectSession()
    yield made
    made.close()


def opened(session: ProjectSession, folder) -> ProjectSession:
    session.open(folder)
    assert session.wait_until_open()
    return session


def go(qtbot, session: ProjectSession, key: str) -> None:
    session.open_page(key)
    qtbot.waitUntil(lambda: session.document.page is not None and session.document.page.key == key)


def labels(folder) -> str:
    return (folder / "Label.txt").read_text(encoding="utf-8")


def texts_on_disk(folder, key: str) -> list[str]:
    store = ProjectStore.open(folder)
    found = [box.text for box in store.page(key).boxes]
    store.close()
    return found


def test_row_01_labels_without_file_state_are_kept(qtbot, session, tmp_path):
    """Label.txt 7 lines, no fileState.txt, close: 7 -> 0 lines there."""
    written = "".join(label_line(key, f"text of {key}") for key in KEYS)
    folder = make_project(tmp_path, NAMES, label=written)
    opened(session, folder)
    go(qtbot, session, KEYS[3])
    session.document.set_text(session.document.page.boxes[0].id, "new")
    session.close()
    assert labels(folder) == written.replace(f"text of {KEYS[3]}", "new")


def test_row_02_and_03_and_04_a_kill_loses_no_confirmed_edit(tmp_path):
    """4 checked pages, kill -9: 0 of 4 on disk there; 7 edited again: 0 of 7; a kill while writing: 5 of 10 lines."""
    chance = random.Random(4)
    pristine = make_project(tmp_path, NAMES, label="".join(label_line(key, "one", "two") for key in KEYS))
    shutil.copytree(pristine, tmp_path / "whole" / "pages")
    whole = trace(tmp_path / "whole" / "pages", seed=7)
    confirmed = 0
    for trial in range(4):
        folder = tmp_path / f"trial{trial}" / "pages"
        shutil.copytree(pristine, folder)
        done, faults = lost_edits(folder, 7, whole, chance)
        assert faults == []
        confirmed += done
    assert confirmed > 0


def test_row_05_a_full_disk_loses_nothing(qtbot, session, tmp_path, monkeypatch):
    """Disk full on save: Label.txt 5 -> 2 lines, the last one cut, and the folder never opens again there."""
    written = "".join(label_line(key, "text") for key in KEYS)
    folder = make_project(tmp_path, NAMES, label=written)
    opened(session, folder)
    go(qtbot, session, KEYS[0])
    session.document.set_text(session.document.page.boxes[0].id, "typed")
    with monkeypatch.context() as full:

        def refuse(*_: object) -> None:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        full.setattr(atomic, "write_all", refuse)
        with qtbot.waitSignal(session.save_failed):
            session.save()
    assert labels(folder) == written
    assert texts_on_disk(folder, KEYS[0]) == ["typed"]
    assert session.save()
    assert "typed" in labels(folder)


BROKEN_LINES = {
    "no tab": b'pages/p2.png [{"transcription": "a"}]\n',
    "cut": b'pages/p2.png\t[{"transcription": "a", "poi',
    "blank": b"\n",
    "extra tab": b'pages/p2.png\t[{"transcription": "a\tb", "points": [[1,2],[3,2],[3,4],[1,4]]}]\n',
    "missing points": b'pages/p2.png\t[{"transcription": "a"}]\n',
    "gbk": 'pages/p2.png\t[{"transcription": "文字"}]\n'.encode("gbk"),
    "bom": b"\xef\xbb\xbf" + label_line("pages/p2.png", "a").encode(),
    "backslash": label_line("pages\\p2.png", "a").encode(),
    "twice": (label_line("pages/p2.png", "a") + label_line("pages/p2.png", "b")).encode(),
    "code": b"pages/p2.png\t__import__('os').system('touch executed')\n",
}


@pytest.mark.parametrize("name", sorted(BROKEN_LINES))
def test_row_06_a_malformed_line_stops_nothing_and_is_kept(qtbot, session, tmp_path, name, monkeypatch):
    """13 malformed lines: abort on open, or silent loss on close there."""
    monkeypatch.chdir(tmp_path)
    folder = make_project(tmp_path)
    raw = BROKEN_LINES[name] + (b"" if BROKEN_LINES[name].endswith(b"\n") else b"\n")
    (folder / "Label.txt").write_bytes(raw + label_line("pages/p3.png", "kept").encode())
    opened(session, folder)
    go(qtbot, session, "pages/p1.png")
    session.document.add_box(QUAD, "new")
    session.close()
    after = (folder / "Label.txt").read_bytes()
    assert raw in after
    assert texts_on_disk(folder, "pages/p1.png") == ["new"]
    assert texts_on_disk(folder, "pages/p3.png") == ["kept"]
    assert not (tmp_path / "executed").exists()


@pytest.mark.qt_log_ignore("JPEG", extend=True)
@pytest.mark.parametrize("content", [b"", b"garbage", b"GIF89a", b"<svg/>", b"\xff\xd8\xff\xe0 cut", None])
def test_row_07_one_bad_image_stops_nothing(qtbot, session, tmp_path, content):
    """A 0-byte, garbage, gif or svg image: abort when it is reached, with the edits just confirmed there."""
    folder = make_project(tmp_path)
    (folder / "p2.png").write_bytes(content or b"")
    opened(session, folder)
    go(qtbot, session, "pages/p1.png")
    session.document.add_box(QUAD, "typed")
    if content is None:
        (folder / "p2.png").unlink()
    session.next_page()
    qtbot.waitUntil(lambda: session.document.page.key == "pages/p2.png")
    assert session.image is None
    assert "p2.png" in str(session.image_error)
    session.next_page()
    qtbot.waitUntil(lambda: session.document.page.key == "pages/p3.png")
    assert texts_on_disk(folder, "pages/p1.png") == ["typed"]


def test_row_08_leaving_a_page_keeps_its_edits_whichever_way(qtbot, session, tmp_path):
    """Unsaved edits, then Previous or the list, answer Cancel: it moves anyway, the edits are gone there."""
    folder = make_project(tmp_path)
    opened(session, folder)
    go(qtbot, session, "pages/p2.png")
    session.document.add_box(QUAD, "typed")
    session.previous_page()
    qtbot.waitUntil(lambda: session.document.page.key == "pages/p1.png")
    go(qtbot, session, "pages/p3.png")
    assert [box.text for box in session.store.page("pages/p2.png").boxes] == ["typed"]
    assert texts_on_disk(folder, "pages/p2.png") == ["typed"]


def test_row_09_a_duplicate_stays(qtbot, session, tmp_path):
    """Ctrl+C duplicates, next, previous: the duplicate is gone there."""
    folder = make_project(tmp_path, label=label_line("pages/p1.png", "one"), states="pages/p2.png\t1\n")
    opened(session, folder)
    go(qtbot, session, "pages/p1.png")
    session.document.duplicate_boxes([session.document.page.boxes[0].id])
    go(qtbot, session, "pages/p2.png")
    go(qtbot, session, "pages/p1.png")
    assert [box.text for box in session.document.page.boxes] == ["one", "one"]


def test_row_10_automatic_labels_are_on_disk_page_by_page(qtbot, session, tmp_path):
    """A kill in the 5th of 6 auto-recognised images: Cache.cach 0 bytes, all lost there."""
    folder = make_project(tmp_path, NAMES)
    opened(session, folder)
    recognizer = FakeRecognizer()
    labeler = AutoLabeler(session, recognizer)
    labeler.label_pages(list(KEYS[:6]))
    for number in range(4):
        recognizer.answer((f"line {number}", (20, 20, 80, 40)))
    # nothing was saved; this is what another process finds after a kill
    assert [texts_on_disk(folder, key) for key in KEYS[:6]] == [["line 0"], ["line 1"], ["line 2"], ["line 3"], [], []]
    labeler.close()


def test_row_11_two_windows_on_one_folder_erase_nothing(qtbot, session, tmp_path):
    """Two windows on one folder: the last to close wins there."""
    folder = make_project(tmp_path)
    opened(session, folder)
    other = ProjectSession()
    opened(other, folder)
    go(qtbot, session, "pages/p1.png")
    session.document.add_box(QUAD, "first window")
    go(qtbot, other, "pages/p2.png")
    with qtbot.waitSignal(other.document.failed) as refused:
        other.document.add_box(QUAD, "second window")
    assert "another window" in str(refused.args[0])
    session.close()
    other.document.add_box(QUAD, "second window")
    other.close()
    assert texts_on_disk(folder, "pages/p1.png") == ["first window"]
    assert texts_on_disk(folder, "pages/p2.png") == ["second window"]


def test_row_12_deleted_automatic_boxes_stay_deleted(qtbot, session, tmp_path):
    """Delete all auto boxes, Check, open again: they come back there."""
    folder = make_project(tmp_path, cache=label_line("pages/p1.png", "auto", "matic"))
    opened(session, folder)
    go(qtbot, session, "pages/p1.png")
    session.document.remove_boxes([box.id for box in session.document.page.boxes])
    session.check_and_next()
    session.close()
    again = ProjectStore.open(folder)
    assert (again.page("pages/p1.png").boxes, again.state("pages/p1.png")) == ((), PageState.CHECKED)
    again.close()


def test_row_13_a_smaller_folder_opens_from_a_late_page(qtbot, session, tmp_path):
    """Open a smaller folder while at image 9: abort there."""
    large = make_project(tmp_path, tuple(f"p{number}.png" for number in range(1, 11)))
    (tmp_path / "small").mkdir()
    small = make_project(tmp_path / "small", ("only.png",))
    opened(session, large)
    go(qtbot, session, "pages/p9.png")
    session.document.add_box(QUAD, "typed")
    opened(session, small)
    qtbot.waitUntil(lambda: session.document.page is not None)
    assert session.document.page.file == "only.png"
    assert texts_on_disk(large, "pages/p9.png") == ["typed"]


def test_row_14_and_15_a_deleted_image_takes_no_label_along(qtbot, session, tmp_path):
    """Edit, then delete the image: abort there; without `trash` only the labels go, and file names are executed."""
    name = "$(touch executed).png"
    folder = make_project(tmp_path, ("p1.png", name, "p3.png"))
    opened(session, folder)
    go(qtbot, session, f"pages/{name}")
    session.document.add_box(QUAD, "typed")
    (folder / name).unlink()
    session.refresh()
    qtbot.waitUntil(lambda: f"pages/{name}" not in session.keys)
    session.close()
    assert not list(tmp_path.rglob("executed"))
    save_page_image(folder / name)
    assert texts_on_disk(folder, f"pages/{name}") == ["typed"]


def test_row_16_a_read_only_folder_can_be_looked_at(qtbot, session, tmp_path, monkeypatch):
    """A read-only folder: abort on open there."""
    folder = make_project(tmp_path, label=label_line("pages/p1.png", "one"))
    real = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: False if mode == os.W_OK else real(path, mode))
    opened(session, folder)
    go(qtbot, session, "pages/p1.png")
    with qtbot.waitSignal(session.document.failed) as refused:
        session.document.add_box(QUAD, "typed")
    assert "read-only" in str(refused.args[0])
    assert [box.text for box in session.document.page.boxes] == ["one"]


def test_row_17_settings_that_cannot_be_written_hold_up_no_label(qtbot, session, tmp_path, monkeypatch):
    """Settings file not writable at close: abort before the labels are saved there."""
    monkeypatch.setattr(QSettings, "status", lambda _self: QSettings.Status.AccessError)
    monkeypatch.setattr(QSettings, "sync", lambda _self: None)
    settings = Settings(tmp_path / "nowhere" / "settings.ini")
    settings.theme = "dark"
    folder = make_project(tmp_path)
    opened(session, folder)
    go(qtbot, session, "pages/p1.png")
    session.document.add_box(QUAD, "typed")
    session.close()
    assert texts_on_disk(folder, "pages/p1.png") == ["typed"]


def test_row_18_words_are_text_and_text_is_no_program(qtbot, session, tmp_path, monkeypatch):
    """The words true, false and null are altered and code in Label.txt is executed there."""
    monkeypatch.chdir(tmp_path)
    words = ("true", "false", "null and nullable, falsehood", "untrue", "__import__('os').system('touch executed')")
    folder = make_project(tmp_path, label=label_line("pages/p1.png", *words))
    opened(session, folder)
    go(qtbot, session, "pages/p1.png")
    session.document.set_state(PageState.CHECKED)
    session.document.add_box(QUAD, "true")
    session.close()
    assert texts_on_disk(folder, "pages/p1.png") == [*words, "true"]
    assert not (tmp_path / "executed").exists()


def test_row_19_polygons_move_are_read_and_exported_whole(qtbot, session, tmp_path):
    """A 6-point polygon: only 4 points move, re-recognition flattens it, its page's further crops are dropped there."""
    from ocrstudio.formats.rec_export import export_recognition

    folder = make_project(tmp_path)
    opened(session, folder)
    go(qtbot, session, "pages/p1.png")
    polygon = session.document.add_box(HEXAGON, "curved")
    session.document.add_box(((20.0, 60.0), (80.0, 60.0), (80.0, 80.0), (20.0, 80.0)), "straight")
    for _ in range(10):
        session.document.move_boxes([polygon], 1, 0, nudge=True)
    assert session.document.find(polygon).points == tuple((x + 10, y) for x, y in HEXAGON)
    session.document.set_read_texts({polygon: ("read again", 0.9)})
    assert len(session.document.find(polygon).points) == 6
    session.document.set_state(PageState.CHECKED)
    session.close()
    store = ProjectStore.open(folder)
    export_recognition(store, tmp_path / "out", lambda _done, _total: None)
    store.close()
    lines = (tmp_path / "out" / LIST_FILE).read_text(encoding="utf-8").splitlines()
    assert [line.split("\t")[1] for line in lines] == ["read again", "straight"]


def test_row_20_undo_has_no_limit_knows_texts_and_survives_a_restart(qtbot, session, tmp_path):
    """Undo: 10 steps of geometry only, no redo, lost on image change there."""
    folder = make_project(tmp_path)
    opened(session, folder)
    go(qtbot, session, "pages/p1.png")
    box_id = session.document.add_box(QUAD, "")
    for number in range(30):
        session.document.set_text(box_id, f"text {number}")
    session.close()
    opened(session, folder)
    go(qtbot, session, "pages/p1.png")
    for number in range(28, -1, -1):
        session.document.undo()
        assert session.document.page.boxes[0].text == f"text {number}"
    session.document.undo()
    session.document.undo()
    assert session.document.page.boxes == ()
    session.close()
    opened(session, folder)
    go(qtbot, session, "pages/p1.png")
    while session.document.undo_stack.canRedo():
        session.document.redo()
    assert [box.text for box in session.document.page.boxes] == ["text 29"]


def test_row_21_no_page_is_dirty_for_being_looked_at_and_nobody_is_asked(qtbot, session, tmp_path):
    """A modal question on leaving a page, even when points were only clamped on load there."""
    outside = json.dumps([{"transcription": "wide", "points": [[-5, 5], [900, 5], [900, 30], [-5, 30]]}])
    folder = make_project(tmp_path, label=f"pages/p1.png\t{outside}\n", states="pages/p1.png\t1\n")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    opened(session, folder)
    go(qtbot, session, "pages/p1.png")
    go(qtbot, session, "pages/p2.png")
    assert not session.store.dirty
    session.close()
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    opened(session, folder)
    go(qtbot, session, "pages/p1.png")
    session.document.add_box(QUAD, "typed")
    go(qtbot, session, "pages/p2.png")
    assert session.store.state("pages/p1.png") is PageState.CHECKED
    session.close()
    assert outside[1:-2] in labels(folder)


def test_row_22_an_empty_folder_is_told_and_the_window_goes_on(qtbot, session, tmp_path):
    """An empty folder: fine there, and here."""
    (tmp_path / "empty").mkdir()
    with qtbot.waitSignal(session.failed) as told:
        session.open(tmp_path / "empty")
    assert "holds no images" in str(told.args[0])
    assert list((tmp_path / "empty").iterdir()) == []
    opened(session, make_project(tmp_path))
    assert len(session.keys) == 3


def test_unknown_keys_and_untouched_lines_come_back_byte_for_byte(qtbot, session, tmp_path):
    """Unknown keys of re-checked pages are dropped there."""
    odd = '[{"mine": {"a": [1, 2]}, "transcription": "x",  "points": [[1,2],[9,2],[9,8],[1,8]], "id": 4}]'
    written = f"pages/p1.png\t{odd}\npages/p2.png\t{odd}\r\n"
    folder = make_project(tmp_path, label=written)
    opened(session, folder)
    go(qtbot, session, "pages/p1.png")
    session.document.set_text(session.document.page.boxes[0].id, "y")
    session.close()
    first, second = (folder / "Label.txt").read_bytes().split(b"\n", 1)
    assert second == f"pages/p2.png\t{odd}\r\n".encode()
    kept = json.loads(first.split(b"\t")[1])[0]
    assert (kept["transcription"], kept["mine"], kept["id"]) == ("y", {"a": [1, 2]}, 4)


def test_an_untouched_box_of_a_touched_page_keeps_its_fractions(qtbot, session, tmp_path):
    """Points are cut to whole pixels for the label file, as PPOCRLabel does; the journal keeps what was drawn."""
    folder = make_project(tmp_path)
    opened(session, folder)
    go(qtbot, session, "pages/p1.png")
    drawn = replace(Box(QUAD), points=tuple((x + 0.75, y) for x, y in QUAD)).points
    session.document.add_box(drawn, "a")
    store = ProjectStore.open(folder)
    assert store.page("pages/p1.png").boxes[0].points == drawn
    store.close()
