"""The dataset page: live preview, writing through the real command, cancelling, failing."""

from __future__ import annotations

import json
import shutil
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from PyQt5.QtCore import Qt

from ocrstudio.core.page import Box, PageState
from ocrstudio.services.project_session import ProjectSession
from ocrstudio.services.settings import Settings
from ocrstudio.ui.pages.dataset.page import DatasetPage

CHILD = [sys.executable, str(Path(__file__).parent / "scripted_child.py")]
QUAD = ((1.0, 1.0), (60.0, 1.0), (60.0, 20.0), (1.0, 20.0))
WAIT_MS = 20000


@pytest.fixture
def session(qtbot):
    made = ProjectSession()
    yield made
    made.close()


@pytest.fixture
def page(qtbot, session, tmp_path):
    kept = []  # whoever closes the page at the end holds it weakly: it must not go by itself before

    def make(program: list[str] | None = None) -> DatasetPage:
        made = DatasetPage(session, Settings(tmp_path / "settings.ini"), program=program)
        kept.append(made)
        qtbot.addWidget(made)
        made.resize(1100, 800)
        made.show()
        return made

    yield make
    kept.clear()


@pytest.fixture
def project(session, image_folder):
    """Six pages, five of them checked."""
    folder = image_folder(6)
    session.open(folder)
    assert session.wait_until_open()
    store = session.store
    for key in store.keys[:5]:
        boxes = (Box(points=QUAD, text="Ⅻ", touched=True), Box(points=QUAD, text="day", touched=True))
        store.put(replace(store.page(key), boxes=boxes, state=PageState.CHECKED))
    session.save()
    return folder


def preview(made: DatasetPage) -> list[list[str]]:
    table = made.split.table
    return [[table.item(line, place).text() for place in range(5)] for line in range(3)]


def test_page_without_a_project_says_what_to_do(qtbot, page):
    made = page()
    button = made.findChild(object, "openFolderFromDataset")
    assert button.isVisible()
    with qtbot.waitSignal(made.open_requested):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_where_nothing_is_checked_the_button_leads_to_the_pages(qtbot, page, session, image_folder):
    session.open(image_folder(2))
    assert session.wait_until_open()
    made = page()
    button = made.split.pages_button
    qtbot.waitUntil(button.isVisible, timeout=WAIT_MS)
    assert not made.split.table.isVisible(), "it would hold nothing but dashes"
    assert not made.split.write_button.isVisible()
    with qtbot.waitSignal(made.page_requested) as wanted:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert wanted.args == ["annotate"]
    key = session.keys[0]
    box = Box(points=QUAD, text="day", touched=True)
    session.change_page(key, replace(session.store.page(key), boxes=(box,), state=PageState.CHECKED), "Check")
    qtbot.waitUntil(made.split.write_button.isEnabled, timeout=WAIT_MS)
    assert not button.isVisible()
    qtbot.waitUntil(lambda: preview(made)[0][0] == "1", timeout=WAIT_MS)


def test_checked_pages_that_cannot_be_used_are_told_as_such(qtbot, page, session, image_folder):
    folder = image_folder(1)
    session.open(folder)
    assert session.wait_until_open()
    key = session.keys[0]
    box = Box(points=QUAD, text="day", touched=True)
    session.change_page(key, replace(session.store.page(key), boxes=(box,), state=PageState.CHECKED), "Check")
    picture = folder / "page0.png"
    picture.write_bytes(picture.read_bytes()[:60])
    made = page()
    hint = made.split._hint
    qtbot.waitUntil(lambda: hint.text().startswith("None of the 1 checked pages can be used"), timeout=WAIT_MS)
    assert not made.split.write_button.isVisible()


def test_preview_follows_every_keystroke(qtbot, page, project):
    made = page()
    qtbot.waitUntil(lambda: preview(made)[0] == ["3", "6", "6", "4", "0"], timeout=WAIT_MS)
    edit = made.split.form.ratio_edit
    edit.selectAll()
    qtbot.keyClicks(edit, "2:2:1")
    qtbot.waitUntil(lambda: [line[0] for line in preview(made)] == ["2", "2", "1"], timeout=WAIT_MS)
    qtbot.keyClicks(edit, ":")
    assert preview(made)[0][0] == "–"
    assert not made.split.write_button.isEnabled()
    assert "6:2:2" in made.findChild(object, "splitHint").text()


def test_hint_names_what_is_left_out(qtbot, page, project):
    made = page()
    qtbot.waitUntil(lambda: not made.statistics.is_counting, timeout=WAIT_MS)
    assert made.findChild(object, "splitHint").text().startswith("1 pages are left out")


def test_project_without_checked_pages_cannot_be_split(qtbot, page, session, image_folder):
    session.open(image_folder(3))
    assert session.wait_until_open()
    made = page()
    qtbot.waitUntil(lambda: not made.statistics.is_counting, timeout=WAIT_MS)
    assert not made.split.write_button.isEnabled()
    assert "There are none yet" in made.findChild(object, "splitHint").text()


@pytest.mark.parametrize("name", ["a/b", "..", " ", ""])
def test_name_that_is_no_folder_name_is_refused(qtbot, page, project, name):
    made = page()
    qtbot.waitUntil(lambda: made.split.write_button.isEnabled(), timeout=WAIT_MS)
    made.split.form.name_edit.setText(name)
    assert not made.split.write_button.isEnabled()


def test_written_dataset_is_what_the_preview_said_and_can_be_used(qtbot, page, project):
    made = page()
    qtbot.waitUntil(lambda: made.split.write_button.isEnabled(), timeout=WAIT_MS)
    made.split.form.name_edit.setText("first try Ⅻ")
    made.split.form.seed_box.setValue(3)
    qtbot.mouseClick(made.split.write_button, Qt.MouseButton.LeftButton)
    assert made.is_writing
    qtbot.waitUntil(lambda: not made.is_writing, timeout=WAIT_MS)
    folder = project / ".ocrstudio" / "datasets" / "first try Ⅻ"
    split = json.loads((folder / "split.json").read_text(encoding="utf-8"))
    counts = [str(split["counts"][part]["pages"]) for part in ("train", "val", "test")]
    qtbot.waitUntil(lambda: [row[0] for row in preview(made)] == counts, timeout=WAIT_MS)
    assert split["seed"] == 3
    assert "first try Ⅻ" in made.message.text
    use = made.datasets.findChild(object, "useDatasetInConfig")
    with qtbot.waitSignal(made.dataset_written) as offered:
        made.message.findChild(object, "messageAction").click()
    assert (Path(offered.args[0]), made.message.text) == (folder, "")
    with qtbot.waitSignal(made.dataset_written) as used:
        qtbot.mouseClick(use, Qt.MouseButton.LeftButton)
    assert Path(used.args[0]) == folder
    assert "replaced" in made.findChild(object, "splitHint").text()


def test_wishes_reach_the_dataset_and_other_folders_are_added(qtbot, page, project, tmp_path):
    made = page()
    qtbot.waitUntil(lambda: made.split.write_button.isEnabled(), timeout=WAIT_MS)
    other = tmp_path / "synthetic lines"
    other.mkdir()
    (other / "synthetic.json").write_text("{}")
    shutil.copy(project / "page0.png", other / "s.png")
    (other / "rec_gt.txt").write_text("s.png\tÄ\n", encoding="utf-8")
    made.split.form.add_folder(str(other))
    made.split.form.add_folder(str(project))
    qtbot.mouseClick(made.findChild(object, f"splitFolder-{project.name}"), Qt.MouseButton.LeftButton)
    hint = made.findChild(object, "splitHint")
    qtbot.waitUntil(lambda: "1 of the pages and loose lines" in hint.text(), timeout=WAIT_MS)
    made.split.form.by_box.setCurrentIndex(2)
    made.split.form.pattern_edit.setText("page[0-2]")
    made.split.form.layout_boxes["lmdb"].setChecked(True)
    qtbot.mouseClick(made.split.write_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not made.is_writing, timeout=WAIT_MS)
    folder = project / ".ocrstudio" / "datasets" / "dataset"
    split = json.loads((folder / "split.json").read_text(encoding="utf-8"))
    assert (split["by"], split["pattern"], split["layouts"]) == ("name", "page[0-2]", ["lmdb"])
    assert split["counts"]["train"]["synthetic"] == 1
    assert (folder / "lmdb" / "train" / "data.mdb").is_file()
    # its test part can be kept by the next one
    form = made.split.form
    assert form.test_box.itemText(1) == "dataset"
    form.test_box.setCurrentIndex(1)
    assert form.options().test == frozenset(split["parts"]["test"])


def test_leaks_of_a_dataset_are_told(qtbot, page, project, tmp_path):
    made = page()
    for part, name in (("train", "a_1.png"), ("val", "a_2.png"), ("test", "b_1.png")):
        (tmp_path / "rec" / part).mkdir(parents=True)
        shutil.copy(project / "page0.png", tmp_path / "rec" / part / name)
        (tmp_path / "rec" / f"{part}.txt").write_text(f"{part}/{name}\tx\n", encoding="utf-8")
    made.check_dataset(tmp_path)
    qtbot.waitUntil(lambda: not made.is_writing, timeout=WAIT_MS)
    assert "1 of 2 pages" in made.message.text


def test_failure_of_the_command_is_said_on_the_page(qtbot, page, project):
    made = page([*CHILD, "job-failed"])
    qtbot.waitUntil(lambda: made.split.write_button.isEnabled(), timeout=WAIT_MS)
    qtbot.mouseClick(made.split.write_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not made.is_writing, timeout=WAIT_MS)
    assert made.message.text == "a.txt holds no images. Choose another."
    assert made.split.write_button.isEnabled()


def test_writing_can_be_cancelled(qtbot, page, project):
    made = page([*CHILD, "obey-endlessly"])
    qtbot.waitUntil(lambda: made.split.write_button.isEnabled(), timeout=WAIT_MS)
    qtbot.mouseClick(made.split.write_button, Qt.MouseButton.LeftButton)
    cancel = made.findChild(object, "cancelDatasetButton")
    qtbot.waitUntil(cancel.isVisible, timeout=WAIT_MS)
    qtbot.mouseClick(cancel, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not made.is_writing, timeout=WAIT_MS)
    assert "cancelled" in made.message.text


def test_closing_the_page_ends_its_command(qtbot, page, project):
    made = page([*CHILD, "stubborn"])
    qtbot.waitUntil(lambda: made.split.write_button.isEnabled(), timeout=WAIT_MS)
    qtbot.mouseClick(made.split.write_button, Qt.MouseButton.LeftButton)
    made.close()
    assert not made.is_writing


def test_broken_dataset_of_somebody_is_left_out_of_the_list(qtbot, page, project):
    broken = project / ".ocrstudio" / "datasets" / "broken"
    broken.mkdir(parents=True)
    (broken / "split.json").write_text("{")
    made = page()
    assert not made.datasets.isVisible()
