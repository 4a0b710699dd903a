"""A project opens where one left it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PyQt5.QtCore import QByteArray

from ocrstudio.core.page import PageState
from ocrstudio.services.project_session import ProjectSession
from ocrstudio.services.settings import WindowState
from ocrstudio.ui.page_memory import PageMemory


@pytest.fixture
def reopened(qtbot, tmp_path):
    """A function that opens a folder in a new session, as after a restart."""
    made: list[ProjectSession] = []

    def reopen(folder) -> ProjectSession:
        for session in made:
            session.close()
        session = ProjectSession()
        made.append(session)
        PageMemory(WindowState(tmp_path / "window.ini"), session, session)
        session.open(folder)
        assert session.wait_until_open()
        return session

    yield reopen
    for session in made:
        session.close()


def test_project_opens_at_the_page_left_last_or_the_next_to_check(qtbot, reopened, image_folder):
    folder = image_folder(5)
    session = reopened(folder)
    keys = session.keys
    assert session.current_key == keys[0]
    session.open_page(keys[2])
    qtbot.waitUntil(lambda: not session.is_loading)
    session = reopened(folder)
    assert session.current_key == keys[2]
    qtbot.waitUntil(lambda: not session.is_loading)
    session.store.put(replace(session.store.page(keys[2]), state=PageState.CHECKED))
    assert reopened(folder).current_key == keys[3]


@pytest.mark.parametrize("kept", [b"", b"nonsense", b"[1]", b'{"a": 3}'])
def test_what_was_kept_may_be_broken(reopened, image_folder, tmp_path, kept):
    WindowState(tmp_path / "window.ini").put("pages", QByteArray(kept))
    session = reopened(image_folder(1))
    assert session.current_key == session.keys[0]
