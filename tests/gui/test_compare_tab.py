"""Two models side by side: on pictures line by line, on a labelled set by numbers that say how sure they are."""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path

import pytest
from page_parts import FakeSession, drop, drop_files, save_picture
from PIL import Image
from PyQt5.QtCore import QMimeData, Qt
from PyQt5.QtGui import QImage, QTextDocument

from ocrstudio.formats.bundle import ModelInfo
from ocrstudio.services.settings import Settings
from ocrstudio.ui.pages.test.compare_lines import GAP, marked
from ocrstudio.ui.pages.test.compare_tab import CompareTab

WAIT_MS = 15000
# Reads as the model is called; compares as `ocrstudio compare` does.
CHILD = """
import json, sys, time
from pathlib import Path
def say(kind, **fields):
    print(json.dumps({"v": 1, "type": kind, **fields}), flush=True)
def line(top, text):
    return {"points": [[10, top], [180, top], [180, top + 20], [10, top + 20]], "text": text, "score": 0.9}
arguments = [one for one in sys.argv[1:] if one != "--protocol"]
if arguments[0] == "compare":
    say("stage", name="eval_1", done=3, total=40)
    if "slow" in arguments:
        time.sleep(60)
    if "broken" in arguments:
        say("failed", what="{name} is broken.", values={"name": "broken"})
        sys.exit(1)
    rows = {"first": 0.052, "second": 0.021, "low": -0.05, "high": -0.012, "unit": "line", "units": 400, "lines": 400,
            "second_higher": 0.0}
    figures = {"cer": 0.05, "acc": 0.8, "norm_edit_dis": 0.9, "lines_per_s": 20.0}
    say("done", result={
        "task": "rec", "lines": 400, "unread": 0, "speeds_together": True, "data": {},
        "models": [{"name": "a", "figures": figures}, {"name": "b", "figures": {**figures, "lines_per_s": 40.0}}],
        "measures": [{"name": "cer", **rows}],
        "counts": {"both_right": 300, "first_only": 10, "second_only": 60, "both_wrong": 30},
        "differing": [{"image": "a.png", "page": "", "truth": "No. 12", "first": "No.12", "second": "No. 12",
                       "edits": [1, 0]}],
        "asked": arguments[1:]})
    sys.exit(0)
model = "bundled"
for raw in sys.stdin:
    request = json.loads(raw)
    if request["type"] == "load_model":
        model = request["model"]
        if "unusable" in model:
            say("failed", id=0, what="{file} holds no model.", values={"file": model})
        else:
            say("model_ready", model=model, name=model, characters=9, seconds=0.1)
    elif request["type"] == "recognize_page":
        name = Path(request["image"]).name
        if name.startswith("bad"):
            say("failed", id=request["id"], what="{file} is damaged.", values={"file": name})
            continue
        lines = [line(10, "same"), line(40, "Chapter 1")]
        if model != "bundled" and not name.startswith("equal"):
            lines = [lines[0], line(41, "Chapter l"), line(70, "more")]
        say("page_read", id=request["id"], image=request["image"], width=200, height=100, lines=lines,
            seconds=0.2 if model == "bundled" else 0.1)
"""


@pytest.fixture
def tab(qtbot, tmp_path, monkeypatch):
    monkeypatch.setattr("ocrstudio.formats.model_list.base_files", lambda base: [])
    script = tmp_path / "child.py"
    script.write_text(CHILD)
    made = CompareTab(FakeSession(), Settings(tmp_path / "settings.ini"), program=[sys.executable, str(script)])
    qtbot.addWidget(made)
    made.resize(1200, 800)
    made.show()
    qtbot.waitUntil(lambda: made.models.choosers[0]["rec"].combo.count() > 0, timeout=WAIT_MS)
    yield made
    made.close()


def choose(tab: CompareTab, model: str) -> None:
    tab.models.choose(1, "rec", model)


def compared(tab: CompareTab) -> list:
    return tab.pictures.comparison.pictures


def until_read(qtbot, tab: CompareTab, count: int) -> None:
    qtbot.waitUntil(lambda: len(compared(tab)) == count and all(one.is_done for one in compared(tab)), timeout=WAIT_MS)


def texts(tab: CompareTab) -> list:
    return list(tab.pictures.lines.lines.rows)


def test_both_readings_of_a_picture_stand_side_by_side_and_say_which_is_faster(tab, qtbot, tmp_path):
    choose(tab, "mine")
    assert drop_files(tab.pictures, [save_picture(tmp_path / "page.png")])
    until_read(qtbot, tab, 1)
    assert texts(tab) == [("same", "same"), ("Chapter 1", "Chapter l"), (None, "more")]
    signs = [tab.pictures.lines.lines.index(row, 0).data() for row in range(3)]
    assert signs == ["=", "≠", "≠"]
    assert tab.pictures.summary.text() == "2 of 3 lines differ. B is 2.0 times as fast (A 0.2 s, B 0.1 s)."
    assert not tab.pictures.progress.isVisible()


def test_the_next_difference_is_found_by_key_and_goes_on_to_the_next_picture(tab, qtbot, tmp_path):
    choose(tab, "mine")
    names = ("page.png", "equal.png", "last.png")
    tab.add_files([save_picture(tmp_path / name) for name in names])
    until_read(qtbot, tab, 3)
    qtbot.waitUntil(lambda: len(texts(tab)) == 3, timeout=WAIT_MS)
    tab.activateWindow()
    found = []
    for _ in range(4):
        qtbot.keyClick(tab.pictures.lines, Qt.Key.Key_F4)
        found.append((tab.pictures.pictures.currentIndex(), tab.pictures.lines.currentIndex().row()))
    assert found == [(0, 1), (0, 2), (2, 1), (2, 2)]
    qtbot.keyClick(tab.pictures.lines, Qt.Key.Key_F4, Qt.KeyboardModifier.ShiftModifier)
    assert tab.pictures.lines.currentIndex().row() == 1
    assert tab.pictures.view._selected == 1


def test_another_model_reads_only_its_own_side_again(tab, qtbot, tmp_path):
    tab.add_files([save_picture(tmp_path / "page.png")])
    until_read(qtbot, tab, 1)
    assert tab.pictures.summary.text().startswith("A and B are the same model.")
    first = compared(tab)[0].lines[0]
    choose(tab, "mine")
    qtbot.waitUntil(lambda: len(texts(tab)) == 3, timeout=WAIT_MS)
    assert compared(tab)[0].lines[0] is first


def test_a_bad_picture_or_none_at_all_is_told_and_the_others_are_compared(tab, qtbot, tmp_path):
    choose(tab, "mine")
    (tmp_path / "letter.docx").write_text("no picture")
    tab.add_files([tmp_path / "letter.docx", save_picture(tmp_path / "bad.png"), save_picture(tmp_path / "good.png")])
    until_read(qtbot, tab, 2)
    assert tab.message.text == "letter.docx is not a picture. Save it as JPG or PNG and try again."
    assert tab.pictures.summary.text() == "bad.png is damaged."
    assert compared(tab)[1].differences == 2


def test_pages_of_a_pdf_in_an_archive_and_a_dropped_picture_are_compared_like_files(tab, qtbot, tmp_path):
    choose(tab, "mine")
    sheet = Image.new("RGB", (120, 80), "white")
    sheet.save(tmp_path / "scan.pdf", save_all=True, append_images=[sheet])
    with zipfile.ZipFile(tmp_path / "all 图.zip", "w") as packed:
        packed.write(save_picture(tmp_path / "z.png"), "z.png")
        packed.write(tmp_path / "scan.pdf", "scan.pdf")
    assert drop_files(tab.pictures, [tmp_path / "all 图.zip"])
    until_read(qtbot, tab, 3)
    unpacked = compared(tab)[0].source.path.parent
    names = [tab.pictures.pictures.itemText(place) for place in range(3)]
    assert names == ["scan.pdf, page 1: 2 differ", "scan.pdf, page 2: 2 differ", "z.png: 2 differ"]
    qtbot.waitUntil(lambda: tab.pictures.view._image is not None, timeout=WAIT_MS)
    data = QMimeData()
    data.setImageData(QImage(40, 30, QImage.Format.Format_RGB32))
    assert drop(tab.pictures, data)
    until_read(qtbot, tab, 4)
    copy = compared(tab)[3].source.path
    assert copy.is_file()
    tab.pictures.start_over()
    assert not unpacked.exists()
    assert not copy.exists()


def test_a_model_that_cannot_be_used_is_told(tab, qtbot, tmp_path):
    tab.add_files([save_picture(tmp_path / "page.png")])
    until_read(qtbot, tab, 1)
    choose(tab, "unusable")
    qtbot.waitUntil(lambda: tab.message.text == "unusable holds no model.", timeout=WAIT_MS)


def test_starting_over_forgets_the_pictures_and_rests_the_children_when_hidden(tab, qtbot, tmp_path):
    tab.add_files([save_picture(tmp_path / "page.png")])
    until_read(qtbot, tab, 1)
    tab.pictures.start_over()
    assert compared(tab) == []
    assert tab.pictures.empty.isVisible()
    tab.hide()
    assert all(reader._process is None for reader in tab.pictures.comparison.readers)


def labelled(tab: CompareTab, tmp_path: Path) -> None:
    """A project with one dataset."""
    lines = tmp_path / "p" / ".ocrstudio" / "datasets" / "first" / "rec" / "test.txt"
    lines.parent.mkdir(parents=True)
    lines.write_text("a.png\tNo. 12\nb.png\tx\n")
    tab.show_way(1)
    tab._session.open_folder(tmp_path / "p")


def test_on_a_labelled_set_a_sentence_says_which_is_better_and_how_sure(tab, qtbot, tmp_path):
    labelled(tab, tmp_path)
    choose(tab, "mine")
    panel = tab.labelled
    qtbot.waitUntil(lambda: panel.start_button.isEnabled(), timeout=WAIT_MS)
    assert panel.data.itemText(0) == "first, test part (2 lines)"
    qtbot.mouseClick(panel.start_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: panel.outcome.isVisible(), timeout=WAIT_MS)
    assert panel._result["asked"] == ["bundled", "mine", "--data", str(tmp_path / "p/.ocrstudio/datasets/first"),
                                      "--part", "test"]  # fmt: skip
    assert panel.verdict.text() == (
        "mine is better: CER 3.1 points lower (5.2 % → 2.1 %; 95 % interval of the difference: 1.2 to 5.0 points)."
    )
    cells = [panel.table.item(0, column).text() for column in range(5)]
    assert cells == ["CER ↓", "5.20 %", "2.10 %", "-3.10 (-5.00 … -1.20)", "B ✓"]
    assert panel.table.item(1, 3).text() == "B × 2.0"
    assert panel.lines.lines.rows == [("No. 12", "No.12", "No. 12")]
    assert "only in B: 60" in panel.notes.text()


def test_two_equal_models_a_failure_and_a_cancelled_comparison_leave_the_page_as_it_was(tab, qtbot, tmp_path):
    labelled(tab, tmp_path)
    panel = tab.labelled
    qtbot.waitUntil(lambda: panel.start_button.isEnabled(), timeout=WAIT_MS)
    panel.start()
    assert tab.message.text == "Choose two different models to compare."
    choose(tab, "broken")
    panel.start()
    qtbot.waitUntil(lambda: tab.message.text == "broken is broken.", timeout=WAIT_MS)
    choose(tab, "slow")
    panel.start()
    qtbot.waitUntil(lambda: panel.progress.text == "Model A: 3 of 40", timeout=WAIT_MS)
    panel.progress.cancel.click()
    qtbot.waitUntil(lambda: not panel.is_running, timeout=WAIT_MS)
    assert not panel.outcome.isVisible()
    assert panel.start_button.isEnabled()


def test_the_newest_model_of_ones_own_is_proposed_beside_the_standard_one(tab):
    own = ModelInfo("invoices", Path("/runs/1/bundle"), 9, "2026-11-22T15:00:00+00:00", kind="run")
    tab.models._on_known({"rec": [*tab.models._known["rec"], own], "det": tab.models._known["det"]})
    assert [tab.models.model(side, "rec") for side in (0, 1)] == ["bundled", "/runs/1/bundle"]


def plain(html: str) -> str:
    document = QTextDocument()
    document.setHtml(html)
    return document.toPlainText()


def test_differences_are_marked_by_more_than_colour(qapp):
    shown = marked("<Ref. 1>", "<Ref.1>", "nothing")
    assert "text-decoration:underline" in shown
    assert plain(shown) == "<Ref.␣1>"
    assert plain(marked(None, "a", "nothing")) == "nothing"
    assert plain(marked("Ref.1", "Ref. 1", "nothing", is_truth=True)) == f"Ref.{GAP}1"
    assert "underline" not in marked("same", "same", "nothing", is_truth=True)
