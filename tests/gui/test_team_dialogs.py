"""The dialogs of a team: a package out and in, and a merge decided with the mouse and the keyboard."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from PyQt5.QtCore import Qt
from PyQt5.QtTest import QTest

from ocrstudio.core.page import Box, PageState
from ocrstudio.formats.package import unpack, write_package
from ocrstudio.formats.store import ProjectStore
from ocrstudio.services.project_session import ProjectSession
from ocrstudio.ui.dialogs.conflict_view import marked
from ocrstudio.ui.dialogs.merge import MergeDialog
from ocrstudio.ui.dialogs.package import PackageDialog, UnpackDialog
from tests.gui.annotate_parts import make_project

LEFT = Qt.MouseButton.LeftButton


def line(row: int, text: str) -> Box:
    top = 20.0 + row * 40
    return Box(((20.0, top), (100.0, top), (100.0, top + 20), (20.0, top + 20)), text, touched=True)


def change(folder: Path, name: str, *boxes: Box) -> None:
    store = ProjectStore.open(folder)
    page = store.page(f"{store.folder.name}/{name}")
    store.put(replace(page, boxes=boxes, state=PageState.CHECKED))
    store.save()
    store.close()


@pytest.fixture
def session(qtbot):
    made = ProjectSession()
    yield made
    made.close()


@pytest.fixture
def two_versions(tmp_path, session):
    """A project, and a colleague's folder made from its package; both changed."""
    here = make_project(tmp_path)
    change(here, "p1.png", line(0, "one"), line(1, "two"))
    store = ProjectStore.open(here)
    write_package([store.page(key) for key in store.keys], here, tmp_path / "out.zip")
    store.close()
    there = tmp_path / "colleague"
    unpack(tmp_path / "out.zip", there).close()
    change(there, "p1.png", line(0, "0ne"), line(1, "two"), line(2, "three"))
    change(there, "p2.png", line(0, "other page"))
    change(here, "p1.png", line(0, "ONE"), line(1, "two"))
    session.open(here)
    assert session.wait_until_open()
    return here, there


def read_in(qtbot, dialog: MergeDialog, path: Path) -> None:
    dialog.read(path)
    qtbot.waitUntil(lambda: dialog.apply_button.isEnabled() or bool(dialog.message.text))


def texts(session: ProjectSession, name: str) -> list[str]:
    page = session.store.page(f"{session.folder.name}/{name}")
    return [box.text for box in page.boxes]


def test_what_differs_is_marked_and_nothing_is_taken_for_markup():
    assert marked("a<b", "a<c", "color:red") == 'a&lt;<span style="color:red">b</span>'
    assert marked("same", "same", "color:red") == "same"


def test_a_merge_with_one_decision(qtbot, session, two_versions):
    _, there = two_versions
    dialog = MergeDialog(session)
    qtbot.addWidget(dialog)
    dialog.show()
    read_in(qtbot, dialog, there)
    assert dialog.list.count() == 1
    assert "2 changes on 2 pages" in dialog.summary.text()
    assert "80.0% of the boxes agree" in dialog.agreement.text()
    qtbot.waitUntil(lambda: dialog.view.theirs.crop._image is not None)
    QTest.mouseClick(dialog.view.theirs.take, LEFT)
    assert "0 of 1 decisions are open" in dialog.summary.text()
    QTest.mouseClick(dialog.apply_button, LEFT)
    assert texts(session, "p1.png") == ["0ne", "two", "three"]
    assert texts(session, "p2.png") == ["other page"]
    assert session.store.state("pages/p1.png") is PageState.CHECKED
    session.open_page("pages/p1.png")
    qtbot.waitUntil(lambda: session.document.page is not None and session.document.page.file == "p1.png")
    session.document.undo()
    assert texts(session, "p1.png") == ["ONE", "two"]
    dialog.close()


def test_an_open_decision_keeps_ours_and_takes_the_check_mark_back(qtbot, session, two_versions):
    _, there = two_versions
    dialog = MergeDialog(session)
    qtbot.addWidget(dialog)
    read_in(qtbot, dialog, there)
    dialog.apply()
    assert texts(session, "p1.png") == ["ONE", "two", "three"]
    assert session.store.state("pages/p1.png") is PageState.EDITED
    dialog.close()


def test_a_page_edited_while_the_dialog_is_open_is_not_overwritten(qtbot, session, two_versions):
    _, there = two_versions
    dialog = MergeDialog(session)
    qtbot.addWidget(dialog)
    read_in(qtbot, dialog, there)
    page = session.store.page("pages/p1.png")
    assert session.change_page(page.key, replace(page, boxes=(line(0, "typed meanwhile"),)), "Edit text")
    dialog.apply()
    assert texts(session, "p1.png") == ["typed meanwhile"]
    assert texts(session, "p2.png") == ["other page"]
    dialog.close()


def test_all_open_decisions_at_once(qtbot, session, two_versions):
    _, there = two_versions
    dialog = MergeDialog(session)
    qtbot.addWidget(dialog)
    read_in(qtbot, dialog, there)
    dialog.all_choice.setCurrentIndex(2)
    dialog.all_choice.activated.emit(2)
    dialog.apply()
    assert texts(session, "p1.png") == ["0ne", "two", "three"]
    dialog.close()


def test_a_file_that_is_no_package_is_told(qtbot, session, two_versions, tmp_path):
    (tmp_path / "bad.zip").write_bytes(b"nothing")
    dialog = MergeDialog(session)
    qtbot.addWidget(dialog)
    read_in(qtbot, dialog, tmp_path / "bad.zip")
    assert "bad.zip is not a project package" in dialog.message.text
    assert not dialog.apply_button.isEnabled()
    dialog.close()


def test_a_package_is_written_and_opened(qtbot, session, two_versions, tmp_path):
    dialog = PackageDialog(session)
    dialog.annotator.setText("Ann")
    dialog.scope.setCurrentIndex(2)
    dialog.write(tmp_path / "checked")
    qtbot.waitUntil(lambda: "1 pages are in checked.zip" in dialog.message.text)
    with zipfile.ZipFile(tmp_path / "checked.zip") as archive:
        assert "images/p1.png" in archive.namelist()
        assert "images/p2.png" not in archive.namelist()
    dialog.close()
    unpacked = UnpackDialog(session, tmp_path / "checked.zip", tmp_path / "made")
    unpacked.open()
    qtbot.waitUntil(lambda: session.folder == tmp_path / "made", timeout=10_000)
    assert texts(session, "p1.png") == ["ONE", "two"]
