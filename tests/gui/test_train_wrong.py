"""The pictures of what a model gets wrong: shown, renewed, and why there are none."""

import threading
from dataclasses import replace

import pytest
from PIL import Image
from PyQt5.QtCore import Qt

from ocrstudio.core.text_difference import pieces
from ocrstudio.formats.config import TrainConfig
from ocrstudio.formats.run_folder import PADDLEOCR, Engine, RunFolder
from ocrstudio.formats.wrong import WRONG_FILE, WrongPage, write_wrong, wrong_lines, wrong_pages
from ocrstudio.ui.pages.train import wrong_lines as module
from ocrstudio.ui.pages.train.wrong_lines import WrongLines

WAIT_MS = 10000


@pytest.fixture
def run(tmp_path):
    return RunFolder.create(tmp_path / "runs", "lines", TrainConfig.template())


@pytest.fixture
def shown(qtbot, monkeypatch):
    monkeypatch.setattr(module, "LOOK_MS", 50)
    widget = WrongLines()
    qtbot.addWidget(widget)
    widget.resize(800, 300)
    widget.show()
    yield widget
    widget.close_background()


def write_lines(run, *pairs, step=5):
    images = []
    for place in range(len(pairs)):
        images.append(run.path / f"{place}.png")
        Image.new("RGB", (200, 48), "white").save(images[-1])
    write_wrong(run.path, replace(wrong_lines(images, pairs), step=step, epoch=1))


def test_lines_appear_and_are_renewed_at_each_evaluation(shown, run, qtbot):
    shown.show_run(run)
    assert "after the first evaluation" in shown._empty.text()
    write_lines(run, ("1948-A", "1948 A"), ("same", "same"), ("Ⅻ", "XII"))
    qtbot.waitUntil(lambda: shown.model.rowCount() == 2, timeout=WAIT_MS)
    assert shown._summary.text() == "Step 5, epoch 1: 2 of 3 validation lines are read wrong."
    qtbot.waitUntil(lambda: sum(one.image is not None for one in shown._pictures.values()) == 2, timeout=WAIT_MS)
    assert shown.model.index(0).data(Qt.ItemDataRole.AccessibleTextRole) == "Ⅻ / XII"
    write_lines(run, ("1948-A", "1948-A"), step=10)
    qtbot.waitUntil(lambda: shown.model.rowCount() == 0, timeout=WAIT_MS)
    assert shown._empty.text() == "The latest evaluation found nothing wrong."


def test_pages_are_shown_with_their_boxes_and_a_missing_picture_is_named(shown, run, qtbot):
    Image.new("RGB", (300, 200), "white").save(run.path / "page.png")
    box = ((10.0, 10.0), (90.0, 10.0), (90.0, 30.0), (10.0, 30.0))
    pages = [WrongPage(run.path / "page.png", (box,), (box,)), WrongPage(run.path / "gone.png", (box,), ())]
    write_wrong(run.path, wrong_pages(9, pages))
    shown.resize(800, 600)
    shown.show_run(run)
    qtbot.waitUntil(lambda: shown.model.rowCount() == 2, timeout=WAIT_MS)
    assert "2 of 9 validation pages" in shown._summary.text()
    gone = run.path / "gone.png"
    qtbot.waitUntil(lambda: bool(shown._pictures.get(gone) and shown._pictures[gone].failure), timeout=WAIT_MS)
    assert "gone.png" in shown._pictures[gone].failure


def test_a_run_that_cannot_tell_says_why(shown, qtbot, tmp_path):
    engine = Engine(PADDLEOCR, tmp_path, tmp_path / "python")
    checkout = RunFolder.create(tmp_path / "runs", "checkout", TrainConfig.template(), engine=engine)
    shown.show_run(checkout)
    qtbot.waitUntil(lambda: "PaddleOCR checkout" in shown._empty.text(), timeout=WAIT_MS)
    shown.show_run(None)
    assert shown._empty.text().startswith("A log says how much is wrong")


def test_another_run_does_not_show_the_mistakes_of_the_one_before(shown, run, qtbot, tmp_path):
    write_lines(run, ("a", "b"))
    shown.show_run(run)
    qtbot.waitUntil(lambda: shown.model.rowCount() == 1, timeout=WAIT_MS)
    shown.show_run(RunFolder.create(tmp_path / "runs", "other", TrainConfig.template()))
    assert shown.model.rowCount() == 0
    (run.path / WRONG_FILE).unlink()
    shown.show_run(run)
    qtbot.wait(200)
    assert shown.model.rowCount() == 0


def test_a_slow_folder_is_asked_again_only_when_it_has_answered(shown, run, qtbot, monkeypatch):
    go_on, real = threading.Event(), module._look
    monkeypatch.setattr(module, "_look", lambda *asked: go_on.wait(WAIT_MS / 1000) and real(*asked))
    write_lines(run, ("a", "b"))
    shown.show_run(run)
    for _ in range(3):
        shown.refresh()
    assert len(shown._background._lane.jobs()) == 1
    go_on.set()
    qtbot.waitUntil(lambda: shown.model.rowCount() == 1, timeout=WAIT_MS)


def test_differences_are_found_character_by_character():
    assert pieces("1948-A", "1948 A") == [("1948", True), ("-", False), ("A", True)]
    assert pieces("a b", "ab") == [("a", True), (" ", False), ("b", True)]
    assert pieces("", "x") == []
