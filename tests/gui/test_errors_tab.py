"""The error workbench: what is read wrong, and what is done about it."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import QLabel, QPushButton, QWidget

from ocrstudio.core.evaluation import Evaluation, LineReading, LineTable, MeasuredData, MeasuredModel, figures_of
from ocrstudio.core.page import Box, PageState
from ocrstudio.formats.evaluation import write_evaluation
from ocrstudio.formats.retention import retention_list
from ocrstudio.formats.store import ProjectStore
from ocrstudio.services.error_workbench import LabelledChoice, Offer
from ocrstudio.services.project_session import ProjectSession
from ocrstudio.ui.pages.test.errors_label_dialog import LabelDialog
from ocrstudio.ui.pages.test.errors_lines_panel import Shown
from ocrstudio.ui.pages.test.errors_tab import ErrorsTab

BOXES = (
    Box(((10, 10), (90, 10), (90, 30), (10, 30)), "100"),
    Box(((10, 40), (90, 40), (90, 60), (10, 60)), "right"),
    Box(((10, 70), (90, 70), (90, 90), (10, 90)), "a b"),
)
READ = ("1OO", "right", "ab")


def _picture(file: Path) -> None:
    file.write_bytes(cv2.imencode(".png", np.full((100, 100, 3), 200, np.uint8))[1].tobytes())


def _evaluation(data: MeasuredData, lines: list[LineReading]) -> Evaluation:
    table = LineTable(lines)
    return Evaluation(MeasuredModel("bundled", "standard", "00" * 32), data, table, figures=figures_of(table))


@pytest.fixture
def project(tmp_path):
    """A project with one checked page, and the folder of an evaluation of its lines."""
    folder = tmp_path / "project"
    folder.mkdir()
    _picture(folder / "a.png")
    store = ProjectStore.open(folder)
    page = store.page(store.keys[0])
    store.put(replace(page, boxes=BOXES, state=PageState.CHECKED))
    store.save()
    store.close()
    return folder


@pytest.fixture
def session(project, qtbot):
    made = ProjectSession()
    made.open(project)
    assert made.wait_until_open()
    yield made
    made.close()


def _own_lines(project: Path, *, scores=(0.95, 1.0, 0.5), read=READ) -> Path:
    data = MeasuredData("project", str(project), "", str(project), "11" * 32)
    lines = [
        LineReading(str(place), "a.png", box.text, text, score, page="project/a.png", points=box.points, size=(80, 20))
        for place, (box, text, score) in enumerate(zip(BOXES, read, scores, strict=True))
    ]
    return write_evaluation(project / ".ocrstudio" / "evaluations", _evaluation(data, lines))


@pytest.fixture
def tab(session, qtbot):
    made = ErrorsTab(session)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    yield made
    made.close()


def _open(qtbot, tab: ErrorsTab, file: Path) -> None:
    with qtbot.waitSignal(tab.workbench.analysed, timeout=10_000):
        tab.workbench.open(file)


def _texts(session) -> list[str]:
    return [box.text for box in session.store.page("project/a.png").boxes]


def visible_words(widget: QWidget) -> str:
    return " ".join(one.text() for one in widget.findChildren(QLabel) if one.isVisible())


def visible_buttons(widget: QWidget) -> list[QPushButton]:
    return [one for one in widget.findChildren(QPushButton) if one.isVisible()]


def test_figures_matrix_and_lines_show_an_evaluation(qtbot, tab, project):
    _open(qtbot, tab, _own_lines(project))

    assert tab.figures.values["wrong"].text() == "2 / 3"
    assert (tab.matrix.rows, tab.matrix.columns) == (["0", " "], ["O", ""])
    assert [tab.panel.view.lines.line(row).truth for row in range(tab.panel.view.lines.total)] == ["100", "a b"]
    qtbot.waitUntil(lambda: tab.panel.view.picture(tab.panel.view.lines.line(0)).image is not None)


def test_a_click_on_a_cell_shows_its_lines_and_the_chip_brings_all_back(qtbot, tab, project):
    _open(qtbot, tab, _own_lines(project))

    qtbot.mouseClick(tab.matrix, Qt.MouseButton.LeftButton, pos=tab.matrix.cell(1, 1).center())

    assert tab.panel.shown == Shown("confusion", confusion=(" ", ""))
    assert [tab.panel.view.lines.line(0).truth] == ["a b"]
    assert tab.panel.chip.isVisible()
    assert "left out" in tab.panel.chip.text()
    qtbot.mouseClick(tab.panel.chip, Qt.MouseButton.LeftButton)
    assert tab.panel.view.lines.total == 2


def test_a_bar_shows_its_lines_and_spaces_can_be_ignored(qtbot, tab, project):
    _open(qtbot, tab, _own_lines(project))
    bars = tab.charts.bars["confidence"]
    tab._sides.setCurrentIndex(1)

    bars.chosen.emit("confidence", 1)
    assert [tab.panel.view.lines.line(0).truth] == ["a b"]

    with qtbot.waitSignal(tab.workbench.analysed):
        tab.figures.switches["spaces"].click()
    assert tab.figures.values["wrong"].text() == "1 / 3"
    assert tab.panel.view.lines.total == 1


def test_a_corrected_label_goes_into_the_project_and_can_be_undone(qtbot, tab, session, project):
    _open(qtbot, tab, _own_lines(project))
    tab.panel.view.setCurrentIndex(tab.panel.view.lines.index(0))

    qtbot.mouseClick(tab.panel.fix, Qt.MouseButton.LeftButton)
    dialog = tab.findChild(LabelDialog)
    qtbot.mouseClick(dialog.findChild(type(tab.panel.fix), "takeReading"), Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(tab.workbench.analysed):
        qtbot.keyClick(dialog.edit, Qt.Key.Key_Return)

    assert _texts(session) == ["1OO", "right", "a b"]
    assert session.store.state("project/a.png") is PageState.CHECKED
    assert tab.figures.values["wrong"].text() == "1 / 3"
    assert "corrected: 1" in tab.message.text
    session.document.undo_stack.undo()
    assert _texts(session) == ["100", "right", "a b"]


def test_lines_are_left_out_of_training(qtbot, tab, session, project):
    _open(qtbot, tab, _own_lines(project))
    tab.panel.view.selectAll()

    with qtbot.waitSignal(tab.mending.fixes.finished):
        qtbot.mouseClick(tab.panel.exclude, Qt.MouseButton.LeftButton)

    assert _texts(session) == ["###", "right", "###"]
    assert sorted(tab.panel.view.lines.notes) == [0, 2]


def test_a_line_that_was_edited_meanwhile_is_left_alone(qtbot, tab, session, project):
    _open(qtbot, tab, _own_lines(project))
    page = session.store.page("project/a.png")
    session.change_page("project/a.png", page.with_box(replace(page.boxes[0], text="other")), "Edit text")

    with qtbot.waitSignal(tab.mending.fixes.finished) as told:
        tab.mending.fixes.apply(tab.workbench.evaluation, {0: "new"})

    assert (told.args[0].lost, told.args[0].texts) == (1, {})
    assert _texts(session)[0] == "other"


def test_lines_of_a_dataset_of_the_project_are_found_by_their_names(qtbot, tab, session, project):
    dataset = project / ".ocrstudio" / "datasets" / "one"
    (dataset / "rec" / "test").mkdir(parents=True)
    data = MeasuredData("dataset", str(dataset), "test", str(dataset / "rec"), "22" * 32)
    lines = [LineReading("0", "test/a_2.png", "a b", "ab", 0.9), LineReading("1", "test/z_0.png", "x", "y", 0.9)]
    _open(qtbot, tab, write_evaluation(project / "kept", _evaluation(data, lines)))

    with qtbot.waitSignal(tab.mending.fixes.finished) as told:
        tab.mending.fixes.apply(tab.workbench.evaluation, {0: "ab", 1: "y"})

    assert _texts(session) == ["100", "right", "ab"]
    assert told.args[0].lost == 1


def test_a_foreign_list_is_never_written_to(qtbot, tab, tmp_path):
    file = tmp_path / "lines.txt"
    file.write_text("a.png\tone\nb.png\ttwo\nc.png\tthree\n", encoding="utf-8")
    before = file.read_bytes()
    data = MeasuredData("list", str(file), "", str(tmp_path), "33" * 32)
    lines = [LineReading(name, f"{name}.png", text, "x", 0.9) for name, text in (("a", "one"), ("b", "two"))]
    _open(qtbot, tab, write_evaluation(tmp_path / "kept", _evaluation(data, lines)))

    for change in ({0: "One"}, {1: None}):
        with qtbot.waitSignal(tab.mending.fixes.finished):
            assert tab.mending.fixes.apply(tab.workbench.evaluation, change)

    assert file.read_bytes() == before
    assert (tmp_path / "lines.corrected.txt").read_text(encoding="utf-8") == "a.png\tOne\nc.png\tthree\n"
    assert "lines.corrected.txt" in tab.message.text


def test_lines_go_into_the_retention_list_and_the_next_config(qtbot, tab, project):
    _open(qtbot, tab, _own_lines(project))
    tab.panel.view.selectAll()

    with qtbot.waitSignal(tab.mending.told):
        qtbot.mouseClick(tab.panel.retain, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(tab.values_requested) as wanted:
        tab.message.action_requested.emit()

    file = retention_list(project)
    assert file.read_text(encoding="utf-8") == "0.png\t100\n2.png\ta b\n"
    assert (file.parent / "0.png").is_file()
    assert wanted.args[0]["Global.retention_list"] == [file.as_posix()]


def test_more_lines_are_asked_for_with_the_characters_that_were_read_wrong(qtbot, tab, project):
    _open(qtbot, tab, _own_lines(project))
    tab.panel.view.setCurrentIndex(tab.panel.view.lines.index(0))

    with qtbot.waitSignal(tab.synthesis_requested) as wanted:
        qtbot.mouseClick(tab.panel.synthesise, Qt.MouseButton.LeftButton)
    assert wanted.args == ["0"]


@pytest.mark.parametrize(("name", "start"), [("report.html", b"<!DOCTYPE html>"), ("report.pdf", b"%PDF")])
def test_a_report_is_saved(qtbot, tab, project, monkeypatch, name, start):
    _open(qtbot, tab, _own_lines(project))
    file = project / name
    monkeypatch.setattr(
        "ocrstudio.ui.pages.test.errors_mending.QFileDialog.getSaveFileName", lambda *_: (str(file), "")
    )

    with qtbot.waitSignal(tab.mending.told, timeout=20_000):
        qtbot.mouseClick(tab.choice.report, Qt.MouseButton.LeftButton)

    assert file.read_bytes().startswith(start)
    assert [path.name for path in project.iterdir() if path.name.endswith(".part")] == []


def _child(file: Path, evaluation: Path) -> list[str]:
    file.write_text(
        "import json, sys\n"
        "print(json.dumps({'v': 1, 'type': 'stage', 'name': 'eval', 'done': 1, 'total': 3}))\n"
        f"print(json.dumps({{'v': 1, 'type': 'done', 'result': {{'file': {json.dumps(str(evaluation))},"
        " 'asked': sys.argv[1:]}}))\n",
        encoding="utf-8",
    )
    return [sys.executable, str(file)]


def test_a_second_model_that_agrees_makes_labels_doubtful(qtbot, session, project, tmp_path):
    first = _own_lines(project)
    tab = ErrorsTab(session, program=_child(tmp_path / "child.py", first))
    qtbot.addWidget(tab)
    with qtbot.waitSignal(tab.workbench.offered):
        tab.show()
    # what was measured last is there again
    qtbot.waitUntil(lambda: tab.figures.values["wrong"].text() == "2 / 3")
    assert tab.choice.labelled.kind == "project"

    with qtbot.waitSignal(tab.workbench.analysed, timeout=20_000):
        qtbot.mouseClick(tab.choice.measure, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(tab.workbench.analysed, timeout=20_000):
        tab.choice.second_chosen.emit("another")

    assert tab.panel.shown.what == "doubtful"
    assert [tab.panel.view.lines.line(row).truth for row in range(tab.panel.view.lines.total)] == ["100"]
    tab.close()


def test_a_model_without_errors_is_praised_and_the_next_thing_offered(qtbot, tab, project):
    _open(qtbot, tab, _own_lines(project, read=[box.text for box in BOXES]))

    assert tab.no_errors.isVisible()
    assert not tab.panel.isVisible()
    assert "3 lines, not one error." in visible_words(tab.no_errors)
    assert tab.choice.report.isEnabled()
    assert not tab.choice.seconds.isEnabled(), "no error can be the label's"
    with qtbot.waitSignal(tab.read_requested) as wanted:
        qtbot.mouseClick(tab.no_errors.read_button, Qt.MouseButton.LeftButton)
    assert wanted.args == ["bundled"]


def test_errors_that_do_not_count_come_back(qtbot, tab, project):
    _open(qtbot, tab, _own_lines(project, read=("100", "right", "ab")))
    spaces = tab.figures.switches["spaces"]
    with qtbot.waitSignal(tab.workbench.analysed):
        spaces.click()
    assert "3 lines, not one error that counts." in visible_words(tab.no_errors)
    with qtbot.waitSignal(tab.workbench.analysed):
        spaces.click()
    assert tab.panel.isVisible()


def test_without_lines_to_measure_on_the_button_leads_to_where_they_come_from(qtbot, tab, session, tmp_path):
    offered = Offer((), (LabelledChoice("project", str(session.folder)),))
    tab.workbench.offered.emit(offered)
    assert visible_buttons(tab.empty) == [], "there is a checked page"
    key = session.keys[0]
    session.change_page(key, replace(session.store.page(key), state=PageState.EDITED), "Not checked")
    tab.workbench.offered.emit(offered)
    (check,) = visible_buttons(tab.empty)
    with qtbot.waitSignal(tab.page_requested) as wanted:
        qtbot.mouseClick(check, Qt.MouseButton.LeftButton)
    assert wanted.args == ["annotate"]
    session.close()
    tab.workbench.offered.emit(Offer((), ()))
    (opener,) = visible_buttons(tab.empty)
    with qtbot.waitSignal(tab.open_requested):
        qtbot.mouseClick(opener, Qt.MouseButton.LeftButton)
