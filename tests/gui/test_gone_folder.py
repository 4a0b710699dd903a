"""A project whose folder is moved or deleted while it is open: told once, nothing lost, nothing made in its place."""

from __future__ import annotations

import shutil
from contextlib import closing
from dataclasses import replace
from types import SimpleNamespace

import pytest

from ocrstudio import paths
from ocrstudio.core.errors import FormatError
from ocrstudio.core.page import Box, PageState
from ocrstudio.formats.exchange.import_into import ImportWishes, import_into
from ocrstudio.formats.exchange.import_source import ImportSource
from ocrstudio.formats.store import ProjectStore
from ocrstudio.services import gone_folder
from ocrstudio.services.project_session import ProjectSession
from ocrstudio.ui.session_messages import SessionMessages
from ocrstudio.ui.widgets.message_bar import MessageBar

QUAD = ((1.0, 1.0), (30.0, 1.0), (30.0, 9.0), (1.0, 9.0))
WAIT_MS = 20000


@pytest.fixture
def session(qtbot, image_folder):
    made = ProjectSession()
    made.open(image_folder(3))
    assert made.wait_until_open()
    yield made
    made.close()


@pytest.fixture
def bars(qtbot, session):
    """The bar of what comes and goes, and that of what stands."""
    made = MessageBar(), MessageBar()
    for one in made:
        qtbot.addWidget(one)
    SessionMessages(session, *made)
    return made


@pytest.fixture
def bar(bars):
    return bars[1]


def edit(session: ProjectSession, place: int, text: str) -> bool:
    page = session.store.page(session.keys[place])
    box = Box(QUAD, text, touched=True)
    return session.change_page(page.key, replace(page, boxes=(box,), state=PageState.EDITED), "Replace text")


def texts(folder) -> list[str]:
    store = ProjectStore.open(folder)
    found = [box.text for key in store.keys for box in store.page(key).boxes]
    store.close()
    return found


def test_edits_move_with_the_folder_and_come_back_where_it_is_opened(qtbot, session, bar):
    folder, moved = session.folder, session.folder.with_name("moved")
    assert edit(session, 0, "before")
    folder.rename(moved)
    qtbot.waitUntil(lambda: "in its journal" in bar.text, timeout=WAIT_MS)
    assert not edit(session, 1, "after"), "it could be kept nowhere"
    assert not session.save()
    assert "in its journal" in bar.text, "what failed because of it does not hide why"
    session.open(moved)
    assert session.wait_until_open()
    assert session.folder == moved
    assert bar.text == ""
    assert [box.text for box in session.store.page(session.keys[0]).boxes] == ["before"]
    assert not folder.exists(), "no second project without pictures"


def test_nothing_else_takes_the_place_of_what_stands(qtbot, session, bars):
    other, standing = bars
    folder, away = session.folder, session.folder.with_name("away")
    folder.rename(away)
    qtbot.waitUntil(lambda: "Everything was saved" in standing.text, timeout=WAIT_MS)
    session.failed.emit(FormatError("{file} is broken.", file="page.png"))
    session.label_file_changed.emit(FormatError("{file} was changed.", file="Label.txt"))
    assert "was changed" in other.text
    assert "Everything was saved" in standing.text


def test_unsaved_edits_of_a_deleted_folder_are_kept_in_a_file_that_can_be_brought_in(qtbot, session, bar, tmp_path):
    folder = session.folder
    backup = shutil.copytree(folder, tmp_path / "backup" / folder.name)
    assert edit(session, 0, "kept")
    shutil.rmtree(folder)
    qtbot.waitUntil(lambda: "Label.txt" in bar.text, timeout=WAIT_MS)
    kept = next(paths.kept_edits().rglob("Label.txt"))
    session.close()
    assert not folder.exists()
    with closing(ImportSource([kept], backup)) as source:
        import_into(source, backup, ImportWishes(), None)
    assert texts(backup) == ["kept"]


def test_unsaved_edits_are_kept_also_when_the_project_is_closed_before_anybody_noticed(session):
    assert edit(session, 0, "kept")
    shutil.rmtree(session.folder)
    session.close()
    (kept,) = paths.kept_edits().rglob("Label.txt")
    assert "kept" in kept.read_text(encoding="utf-8")


def test_edits_that_can_be_kept_nowhere_are_told_with_the_reason(session, bar, tmp_path, monkeypatch):
    (tmp_path / "file").touch()
    monkeypatch.setattr(paths, "kept_edits", lambda: tmp_path / "file" / "kept")
    assert edit(session, 0, "lost")
    shutil.rmtree(session.folder)
    assert not session.save()
    assert "is gone" in bar.text
    assert "a file is where a folder should be" in bar.text


def test_a_folder_that_comes_back_is_worked_on_and_saved(qtbot, session, bar):
    folder, away = session.folder, session.folder.with_name("away")
    folder.rename(away)
    qtbot.waitUntil(lambda: "Everything was saved" in bar.text, timeout=WAIT_MS)
    away.rename(folder)
    with qtbot.waitSignal(session.gone_folder.returned, timeout=WAIT_MS):
        session.gone_folder.look()
    assert "is back" in bar.text
    assert edit(session, 1, "after")
    assert session.save()
    session.close()
    assert texts(folder) == ["after"]


def test_a_folder_further_up_that_is_renamed_is_noticed_too(qtbot, tmp_path, monkeypatch):
    monkeypatch.setattr(gone_folder, "AGAIN_MS", 20)
    folder = tmp_path / "far up" / "up" / "project"
    folder.mkdir(parents=True)
    watch = gone_folder.GoneFolder()
    watch.attach(SimpleNamespace(folder=folder, unsaved=lambda: ({}, False)))
    with qtbot.waitSignal(watch.vanished, timeout=WAIT_MS):
        (tmp_path / "far up").rename(tmp_path / "elsewhere")
    with qtbot.waitSignal(watch.returned, timeout=WAIT_MS):
        (tmp_path / "elsewhere").rename(tmp_path / "far up")
    watch.attach(None)
    assert not watch._timer.isActive()
