"""Corrections on their way into a project, and lessons with a scripted trainer."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest
from page_parts import save_picture
from PyQt5.QtWidgets import QLabel

from ocrstudio.core.page import Box, PageState
from ocrstudio.core.shaping import rectangle
from ocrstudio.core.teaching import LEARN, TEST, Lesson, Reading
from ocrstudio.formats.lesson import Learned, read_lesson
from ocrstudio.formats.picture_source import PictureSource
from ocrstudio.formats.run_folder import list_runs
from ocrstudio.formats.store import ProjectStore
from ocrstudio.services.auto_label import AutoLabeler
from ocrstudio.services.line_index import LineIndex
from ocrstudio.services.project_session import ProjectSession
from ocrstudio.services.queues import QueueController, QueueKind
from ocrstudio.services.recognizer import Recognizer
from ocrstudio.services.taught_pages import Correction, TaughtPages
from ocrstudio.services.teaching import Step, Teaching
from ocrstudio.ui.pages.annotate.teach_loop import TeachLoop
from ocrstudio.ui.pages.test.results import Picture, ReadState, TextLine
from ocrstudio.ui.pages.test.teach_panel import TeachPanel
from ocrstudio.ui.widgets.lesson_result import LessonResult
from ocrstudio.ui.widgets.message_bar import MessageBar

HERE = Path(__file__).parent
WAIT_MS = 20000
LINES = 12


def outline(row: int):
    return rectangle((10, 5 + 20 * row), (180, 20 + 20 * row))


READ = tuple(Box(outline(row), f"l{row}", 0.9) for row in range(LINES))


@pytest.fixture
def session(qtbot):
    made = ProjectSession()
    yield made
    made.close()


@pytest.fixture
def taught(session, tmp_path):
    made = TaughtPages(session, folder=tmp_path / "taught pages")
    yield made
    made.close()


@pytest.fixture
def picture(tmp_path):
    folder = tmp_path / "my pictures Ⅻ"
    folder.mkdir()
    return save_picture(folder / "slip.png", 200, 300)


def correct(qtbot, taught, picture, row=0, text="one"):
    with qtbot.waitSignal(taught.counted, timeout=WAIT_MS):
        taught.correct(Correction(PictureSource(picture), READ, row, text))


def stored(folder: Path):
    """Texts of the confirmed boxes of each page, as a program would find them that opens the folder now."""
    store = ProjectStore.open(folder)
    pages = {Path(key).name: store.page(key) for key in store.keys}
    store.close()
    return {name: [box.text for box in page.boxes if box.is_confirmed] for name, page in pages.items()}, pages


def test_a_picture_from_anywhere_is_copied_and_its_line_confirmed_at_once(qtbot, taught, picture, tmp_path):
    correct(qtbot, taught, picture)
    # nothing was saved yet: the journal has it, as after a kill
    confirmed, pages = stored(tmp_path / "taught pages")
    assert confirmed == {"slip.png": ["one"]}
    assert len(pages["slip.png"].boxes) == LINES
    assert pages["slip.png"].state is PageState.EDITED
    assert taught.new == 1


def test_corrected_again_it_is_one_line_and_taken_back_it_is_none(qtbot, taught, picture, tmp_path):
    correct(qtbot, taught, picture, text="one")
    correct(qtbot, taught, picture, text="two")
    assert stored(tmp_path / "taught pages")[0] == {"slip.png": ["two"]}
    assert taught.new == 1
    with qtbot.waitSignal(taught.taken_back):
        assert taught.take_back()
    assert stored(tmp_path / "taught pages")[0] == {"slip.png": ["one"]}
    assert taught.take_back()
    assert stored(tmp_path / "taught pages")[0] == {"slip.png": []}
    assert taught.new == 0
    assert not taught.take_back()


def test_pictures_of_one_name_stay_apart_and_the_same_one_comes_once(qtbot, taught, picture, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    save_picture(other / "slip.png", 200, 310)
    same = tmp_path / "same.png"
    same.write_bytes(picture.read_bytes())
    correct(qtbot, taught, picture)
    correct(qtbot, taught, other / "slip.png", text="two")
    turned = PictureSource(picture, turn=1)
    with qtbot.waitSignal(taught.counted, timeout=WAIT_MS):
        taught.correct(Correction(turned, READ[:3], 1, "three"))
    assert stored(tmp_path / "taught pages")[0] == {
        "slip.png": ["one"],
        "slip (2).png": ["two"],
        "slip turned 1.png": ["three"],
    }
    assert taught.new == 3


def test_many_corrections_in_a_row_are_all_kept(qtbot, taught, picture, tmp_path):
    other = save_picture(tmp_path / "b.png", 200, 320)
    kept = []
    taught.kept.connect(kept.append)
    for row in range(4):
        taught.correct(Correction(PictureSource(picture), READ, row, f"a{row}"))
        taught.correct(Correction(PictureSource(other), READ, row, f"b{row}"))
    qtbot.waitUntil(lambda: len(kept) == 8 and taught.new == 8, timeout=WAIT_MS)
    assert stored(tmp_path / "taught pages")[0] == {
        "slip.png": [f"a{row}" for row in range(4)],
        "b.png": [f"b{row}" for row in range(4)],
    }


def test_a_picture_of_the_open_project_is_corrected_there(qtbot, session, taught, picture, tmp_path):
    session.open(picture.parent)
    assert session.wait_until_open()
    correct(qtbot, taught, picture)
    assert not (tmp_path / "taught pages").exists()
    key = session.keys[0]
    assert [box.text for box in session.store.page(key).boxes if box.is_confirmed] == ["one"]
    qtbot.waitUntil(lambda: not session.is_loading, timeout=WAIT_MS)
    session.document.undo_stack.undo()
    assert session.store.page(key).boxes == ()


def test_a_place_that_cannot_be_written_is_told(qtbot, session, picture, tmp_path):
    (tmp_path / "file").write_text("in the way")
    taught = TaughtPages(session, folder=tmp_path / "file" / "taught")
    with qtbot.waitSignal(taught.failed, timeout=WAIT_MS):
        taught.correct(Correction(PictureSource(picture), READ, 0, "one"))
    with qtbot.waitSignal(taught.failed, timeout=WAIT_MS):
        taught.correct(Correction(PictureSource(tmp_path / "gone.png"), READ, 0, "one"))
    assert taught.new == 0
    taught.close()


# --- the strip and a lesson ------------------------------------------------------------------------------------------


@pytest.fixture
def make_panel(qtbot, session, taught, tmp_path):
    made = []

    def make(outcome="better", trainer="normal"):
        python, message, recognizer = sys.executable, MessageBar(), Recognizer()
        teaching = Teaching(
            program=[python, str(HERE / "fake_trainer.py"), trainer],
            helper=[python, str(HERE / "fake_teacher.py"), outcome],
        )
        panel = TeachPanel(session, recognizer, message, taught=taught, teaching=teaching)
        panel.message = message
        qtbot.addWidget(panel)
        qtbot.addWidget(message)
        panel.show()
        made.append(panel)
        return panel

    yield make
    for panel in made:
        panel.close_work()


def shown(path: Path) -> Picture:
    lines = [TextLine(box.points, box.text, 0.9, as_read=box.text) for box in READ]
    return Picture(PictureSource(path), ReadState.READ, lines, model="bundled")


def type_in(panel: TeachPanel, picture: Picture, row: int, text: str) -> None:
    picture.correct(row, text)
    panel.correct(picture, row)


def teach(qtbot, panel: TeachPanel, path: Path) -> Picture:
    picture = shown(path)
    for row in range(LINES):
        type_in(panel, picture, row, f"right {row}")
    qtbot.waitUntil(lambda: panel.taught.new == LINES, timeout=WAIT_MS)
    assert panel.start.isVisible()
    return picture


def test_nothing_is_offered_before_there_are_enough(qtbot, make_panel, picture):
    panel = make_panel()
    assert not panel._offer.isVisible()
    shown_picture = shown(picture)
    type_in(panel, shown_picture, 0, "right")
    qtbot.waitUntil(lambda: panel.taught.new == 1, timeout=WAIT_MS)
    assert panel._text.text().startswith("1 correction is kept")
    assert not panel.start.isVisible()
    panel.undo.click()
    assert panel.taught.new == 0
    assert (shown_picture.lines[0].text, shown_picture.lines[0].corrected) == ("l0", False)
    assert not panel._offer.isVisible()


def test_a_lesson_that_helped_offers_its_model_and_only_then_switches(qtbot, make_panel, picture, tmp_path):
    panel = make_panel("better")
    teach(qtbot, panel, picture)
    assert panel._text.text().startswith("You corrected 12 lines. The program can learn from them: about 1 minute")
    chosen = []
    panel.model_chosen.connect(chosen.append)
    with qtbot.waitSignal(panel.teaching.learned, timeout=WAIT_MS):
        panel.start.click()
        assert panel.teaching.step is Step.PREPARING
    assert panel.result.isVisible()
    assert panel.result.use.isVisible()
    assert chosen == []
    run = list_runs(tmp_path / "taught pages" / ".ocrstudio" / "runs")[0]
    assert read_lesson(run).kept_lines == 100
    panel.result.use.click()
    assert chosen == [str(run.bundle_dir)]
    # what was learned is not offered again
    qtbot.waitUntil(lambda: panel.taught.new == 0, timeout=WAIT_MS)
    assert not panel.start.isVisible()


def test_a_lesson_that_did_not_help_offers_no_model(qtbot, make_panel, picture):
    panel = make_panel("same")
    teach(qtbot, panel, picture)
    with qtbot.waitSignal(panel.teaching.learned, timeout=WAIT_MS):
        panel.start.click()
    assert panel.result._headline.text() == "It does not read better yet, so the old one stays."
    assert "More corrections will help" in panel.result._advice.text()
    assert not panel.result.use.isVisible()
    panel.result.keep.click()
    assert not panel.result.isVisible()


def test_a_lesson_can_be_cancelled_and_begun_again(qtbot, make_panel, picture):
    panel = make_panel("better", "patient")
    teach(qtbot, panel, picture)
    panel.start.click()
    qtbot.waitUntil(lambda: panel.teaching.step is Step.LEARNING, timeout=WAIT_MS)
    assert panel.progress.isVisible()
    assert "left" in panel.progress._text.text()
    with qtbot.waitSignal(panel.teaching.cancelled, timeout=WAIT_MS):
        panel.progress.cancel.click()
    assert "your corrections are kept" in panel.message.text
    assert panel.start.isVisible()


def test_a_lesson_that_breaks_off_says_so(qtbot, make_panel, picture):
    panel = make_panel("better", "crash")
    teach(qtbot, panel, picture)
    with qtbot.waitSignal(panel.teaching.failed, timeout=WAIT_MS):
        panel.start.click()
    assert panel.message.text
    assert panel.start.isVisible()
    assert not panel.result.isVisible()


# --- the annotator's loop --------------------------------------------------------------------------------------------


@pytest.fixture
def loop(qtbot, session, tmp_path):
    """A project with a checked page of twelve lines and a page that was labelled automatically."""
    folder = tmp_path / "pages"
    folder.mkdir()
    for name in ("checked.png", "open.png"):
        save_picture(folder / name, 200, 300)
    store = ProjectStore.open(folder)
    for page_key, state in zip(store.keys, (PageState.CHECKED, PageState.AUTO), strict=True):
        store.put(replace(store.page(page_key), boxes=READ, state=state))
    store.save()
    store.close()
    session.open(folder)
    assert session.wait_until_open()
    python, message = sys.executable, MessageBar()
    recognizer = Recognizer(program=[python, str(HERE / "fake_reader.py"), str(tmp_path)])
    labeler, index = AutoLabeler(session, recognizer), LineIndex(session)
    queues = QueueController(session, index)
    teaching = Teaching(
        program=[python, str(HERE / "fake_trainer.py"), "normal"],
        helper=[python, str(HERE / "fake_teacher.py"), "better"],
    )
    made = TeachLoop(session, recognizer, labeler, queues, message, teaching=teaching)
    made.recognizer, made.queues, made.message, made.folder = recognizer, queues, message, folder
    for widget in (made, message):
        qtbot.addWidget(widget)
    made.show()
    yield made
    made.close_work()
    for part in (queues, labeler, index, recognizer):
        part.close()


def test_the_loop_leads_from_checked_lines_to_the_worst_of_the_others(qtbot, session, loop):
    with qtbot.waitSignal(loop.teaching.learned, timeout=WAIT_MS):
        loop.start()
        assert loop.is_busy
    assert not loop.is_busy
    assert loop.recognizer.model == "bundled"
    loop.result.use.click()
    qtbot.waitUntil(lambda: loop.queues.is_ready, timeout=WAIT_MS)
    assert loop.queues.kind is QueueKind.WORST
    assert loop.queues.position == (1, LINES)
    assert Path(loop.recognizer.model).name == "bundle"
    texts = {Path(key).name: [box.text for box in session.store.page(key).boxes] for key in session.keys}
    assert texts == {"checked.png": [box.text for box in READ], "open.png": ["quad of open.png"] * LINES}


def test_too_few_checked_lines_are_told(qtbot, session, loop):
    key = session.keys[0]
    session.change_page(key, replace(session.store.page(key), boxes=READ[:4]), "Edit text")
    with qtbot.waitSignal(loop.teaching.failed, timeout=WAIT_MS):
        loop.start()
    assert loop.message.text.startswith("4 lines of")
    assert "until there are 10" in loop.message.text


def test_a_corrected_line_that_was_read_turned_is_told_not_to_be_learned(make_panel, picture):
    panel = make_panel()
    line = TextLine(outline(0), "right", 0.9, corrected=True, turn=2, as_read="wrong")
    panel.correct(Picture(PictureSource(picture), ReadState.READ, [line]), 0)
    assert panel.message.text.endswith("nothing is learned from it.")
    assert panel.taught.new == 0
    assert not panel.taught.can_take_back


@pytest.mark.parametrize(
    ("kept", "use", "keep"), [(0.97, "primary", ""), (0.91, "", "primary"), (0.85, "hidden", "")]
)  # of lines of other texts, all of which were read before
def test_a_model_that_reads_other_texts_worse_is_not_advised(qtbot, kept, use, keep):
    result = LessonResult()
    qtbot.addWidget(result)
    better = (Reading("a", LEARN, "12", "1Z", "12"), Reading("b", TEST, "34", "3A", "34"))
    result.show_learned(Learned(Lesson(better, 1.0, kept, 100), Path("bundle"), {}))
    assert f"{round(100 * kept)} of 100" in [shown.text() for shown in result.findChildren(QLabel)]
    assert ("hidden" if result.use.isHidden() else result.use.property("role")) == use
    assert result.keep.property("role") == keep
