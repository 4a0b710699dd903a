"""The page list with folders and filters, the search over all lines, and the strip of the queue."""

from __future__ import annotations

import shutil

import pytest
from annotate_parts import label_line, make_project
from PyQt5.QtCore import Qt
from PyQt5.QtTest import QTest

from ocrstudio.core.page import PageState
from ocrstudio.core.search import Hits, TextRule
from ocrstudio.services.line_index import LineIndex
from ocrstudio.services.project_session import ProjectSession
from ocrstudio.services.queues import QueueController, QueueKind
from ocrstudio.ui.pages.annotate.page_list import PagePanel
from ocrstudio.ui.pages.annotate.page_rows import COUNT_ROLE, FOLDER_ROLE, KEY_ROLE, NOTE_ROLE
from ocrstudio.ui.pages.annotate.queue_bar import CHOICES, QueueBar
from ocrstudio.ui.pages.annotate.search_panel import SPANS_ROLE, SearchPanel
from ocrstudio.ui.widgets.stepwise_model import STEP_ROWS

P1, P2, P3 = "pages/p1.png", "pages/p2.png", "pages/p3.png"


class Listing:
    """An open project with its page panel."""

    def __init__(self, qtbot, folder) -> None:
        self.qtbot = qtbot
        self.session = ProjectSession()
        self.index = LineIndex(self.session)
        self.panel = PagePanel(self.session, self.index)
        self.search = SearchPanel(self.session, self.index)
        self.queues = QueueController(self.session, self.index)
        for widget in (self.panel, self.search):
            qtbot.addWidget(widget)
            widget.resize(300, 600)
            widget.show()
        with qtbot.waitSignal(self.session.page_opened):
            self.session.open(folder)
        if not self.index.is_built:
            with qtbot.waitSignal(self.index.built):
                self.index.require()

    @property
    def rows(self) -> list[str]:
        model = self.panel.model
        return [model.index(row).data() for row in range(model.rowCount())]

    def await_rows(self, *names: str) -> None:
        self.qtbot.waitUntil(lambda: self.rows == list(names))

    def click(self, view, row: int) -> None:
        place = view.visualRect(view.model().index(row)).center()
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)

    @property
    def hits(self) -> list[str]:
        model = self.search.model
        return [model.index(row).data() for row in range(model.rowCount())]

    def find(self, text: str) -> None:
        self.search.open_search()
        self.search.field.clear()
        QTest.keyClicks(self.search.field, text)

    def close(self) -> None:
        self.panel.close_workers()
        self.search.close_workers()
        for part in (self.queues, self.index, self.session):
            part.close()


@pytest.fixture
def listing(qtbot, tmp_path):
    label = label_line(P1, "Invoice 12", "Total") + label_line(P2, "invoice 7", "Ⅻ 世界")
    made = Listing(qtbot, make_project(tmp_path, label=label, states=f"{P1}\t1\n"))
    yield made
    made.close()


@pytest.fixture
def folders(qtbot, tmp_path):
    folder = make_project(tmp_path, ("p1.png",))
    for sub in ("one", "two"):
        (folder / sub).mkdir()
        for name in ("a.png", "b.png"):
            shutil.copyfile(folder / "p1.png", folder / sub / name)
    (folder / "one" / "Label.txt").write_text(label_line("one/a.png", "inside"), encoding="utf-8")
    made = Listing(qtbot, folder)
    yield made
    made.close()


# --- folders -------------------------------------------------------------------------------------------------------


def test_pages_stand_below_the_headers_of_their_folders(folders) -> None:
    assert folders.rows == ["Project folder", "p1.png", "one", "a.png", "b.png", "two", "a.png", "b.png"]
    header = folders.panel.model.index(2)
    assert header.data(FOLDER_ROLE) == "one"
    assert header.data(COUNT_ROLE) == 2
    assert header.data(KEY_ROLE) is None
    assert not header.flags() & Qt.ItemFlag.ItemIsSelectable


def test_click_on_a_header_closes_and_opens_its_folder(folders) -> None:
    folders.click(folders.panel.list, 2)
    assert folders.rows == ["Project folder", "p1.png", "one", "two", "a.png", "b.png"]
    folders.click(folders.panel.list, 2)
    assert len(folders.rows) == 8
    assert folders.session.current_key == P1


def test_folder_of_the_page_that_opens_opens_too(folders) -> None:
    folders.click(folders.panel.list, 2)
    with folders.qtbot.waitSignal(folders.session.page_opened):
        folders.session.open_page("pages/one/b.png")
    assert len(folders.rows) == 8
    assert folders.panel.list.currentIndex().data(KEY_ROLE) == "pages/one/b.png"


def test_click_on_a_page_below_a_header_opens_it(folders) -> None:
    with folders.qtbot.waitSignal(folders.session.page_opened):
        folders.click(folders.panel.list, 3)
    assert folders.session.document.page.key == "pages/one/a.png"


def test_pages_of_one_folder(folders) -> None:
    form = folders.panel.form
    assert [form.folder.itemData(row) for row in range(form.folder.count())] == [None, "one", "two"]
    form.folder.setCurrentIndex(1)
    folders.await_rows("one", "a.png", "b.png")


def test_name_filter_knows_folders(folders) -> None:
    folders.panel.filter.setText("two/")
    assert folders.rows == ["two", "a.png", "b.png"]


# --- filters -------------------------------------------------------------------------------------------------------


def test_pages_by_text_of_their_lines(listing) -> None:
    listing.panel.form.text.setText("INVOICE")
    listing.await_rows("p1.png", "p2.png")
    listing.panel.form.text.setText("total")
    listing.await_rows("p1.png")
    listing.panel.form.reset()
    listing.await_rows("p1.png", "p2.png", "p3.png")


def test_pages_by_character_and_confidence(listing) -> None:
    listing.panel.form.characters.setText("Ⅻ")
    listing.await_rows("p2.png")
    listing.panel.form.reset()
    with listing.qtbot.waitSignal(listing.session.page_opened):
        listing.session.open_page(P1)
    document = listing.session.document
    document.set_read_texts({document.page.boxes[0].id: ("Invoice", 0.4)})
    listing.index.refresh()
    listing.panel.form.score_to.setValue(50)
    listing.await_rows("p1.png")


def test_note_is_marked_and_filtered(listing) -> None:
    listing.session.document.set_note("ask about the stamp")
    listing.panel.form.note.setChecked(True)
    key = listing.session.document.page.key
    listing.await_rows(key.rpartition("/")[2])
    index = listing.panel.model.index_of(key)
    assert index.data(NOTE_ROLE) == "ask about the stamp"
    assert "ask about the stamp" in index.data(Qt.ItemDataRole.ToolTipRole)


def test_another_project_starts_without_filters(listing, tmp_path) -> None:
    listing.panel.form.text.setText("total")
    listing.await_rows("p1.png")
    (tmp_path / "other").mkdir()
    with listing.qtbot.waitSignal(listing.session.page_opened):
        listing.session.open(make_project(tmp_path / "other", ("q.png",)))
    listing.await_rows("q.png")
    assert not listing.panel.form.is_used


def test_progress_counts_follow_the_work(listing) -> None:
    shown = listing.panel.findChild(object, "pageCountsText")
    assert shown.text() == "1 edited · 1 without labels · 4 lines"
    listing.session.open_page(P3)
    listing.qtbot.waitUntil(lambda: listing.session.document.page.key == P3)
    listing.session.document.set_state(PageState.CHECKED)
    assert shown.text() == "1 edited · 4 lines"


def test_lines_are_counted_anew_when_a_text_comes(listing) -> None:
    shown = listing.panel.findChild(object, "pageCountsText")
    listing.session.document.add_box(((1.0, 1.0), (30.0, 1.0), (30.0, 9.0), (1.0, 9.0)))
    listing.qtbot.waitUntil(lambda: shown.text().endswith("5 lines"))


# --- searching lines -----------------------------------------------------------------------------------------------


def test_lines_are_found_while_typing(listing) -> None:
    listing.find("inv")
    listing.qtbot.waitUntil(lambda: listing.hits == ["Invoice 12", "invoice 7"])
    assert listing.search.count.text() == "2 lines"
    assert listing.search.model.index(0).data(SPANS_ROLE) == [(0, 3)]
    QTest.mouseClick(listing.search.case, Qt.MouseButton.LeftButton)
    listing.qtbot.waitUntil(lambda: listing.hits == ["invoice 7"])


def test_click_on_a_line_opens_page_and_box(listing) -> None:
    listing.find("invoice 12")
    listing.qtbot.waitUntil(lambda: listing.hits == ["Invoice 12"])
    with listing.qtbot.waitSignal(listing.search.line_chosen):
        listing.click(listing.search.list, 0)
    assert listing.session.document.page.key == P1
    assert listing.session.document.current_box.text == "Invoice 12"


def test_return_walks_through_the_lines(listing) -> None:
    listing.find("i")
    listing.qtbot.waitUntil(lambda: len(listing.hits) == 2)
    for key, text in ((P1, "Invoice 12"), (P2, "invoice 7")):
        QTest.keyClick(listing.search.field, Qt.Key.Key_Return)
        listing.qtbot.waitUntil(lambda key=key: listing.session.document.page.key == key)
        listing.qtbot.waitUntil(lambda text=text: getattr(listing.session.document.current_box, "text", "") == text)


def test_long_results_are_shown_bit_by_bit(listing) -> None:
    page = listing.index.page(P1)
    hits = Hits([page])
    hits.add(0, [0] * (STEP_ROWS + 5))
    model = listing.search.model
    model.set_hits(hits, None)
    assert (model.rowCount(), model.total) == (STEP_ROWS, STEP_ROWS + 5)
    assert model.show_row(STEP_ROWS + 4).data() == "Invoice 12"
    assert model.rowCount() == STEP_ROWS + 5
    assert not model.show_row(STEP_ROWS + 5).isValid()


def test_broken_pattern_is_told_below_the_field(listing) -> None:
    QTest.mouseClick(listing.search.regex, Qt.MouseButton.LeftButton)
    listing.find("(")
    listing.qtbot.waitUntil(lambda: "pattern is not complete" in listing.search.count.text())
    assert listing.search.count.property("role") == "bad"
    listing.find(r"\d{2}")
    listing.qtbot.waitUntil(lambda: listing.hits == ["Invoice 12"])
    assert listing.search.count.property("role") == "hint"


def test_results_follow_edits(listing) -> None:
    listing.find("invoice")
    listing.qtbot.waitUntil(lambda: len(listing.hits) == 2)
    document = listing.session.document
    document.set_text(document.page.boxes[0].id, "gone")
    listing.qtbot.waitUntil(lambda: len(listing.hits) == 1)


def test_lines_by_filters_alone(listing) -> None:
    listing.search.form.characters.setText("世")
    listing.qtbot.waitUntil(lambda: listing.hits == ["Ⅻ 世界"])
    listing.search.form.reset()
    listing.qtbot.waitUntil(lambda: listing.hits == [])
    assert listing.search.count.text() == ""


def test_escape_closes_the_search_and_replace_is_handed_on(listing) -> None:
    listing.find("abc")
    with listing.qtbot.waitSignal(listing.search.replace_requested) as asked:
        QTest.mouseClick(listing.search.replace, Qt.MouseButton.LeftButton)
    assert asked.args == [TextRule("abc")]
    with listing.qtbot.waitSignal(listing.search.closed):
        QTest.keyClick(listing.search.field, Qt.Key.Key_Escape)
    assert listing.search.isHidden()


# --- the strip of the queue ----------------------------------------------------------------------------------------


def test_queue_is_chosen_and_walked_with_the_mouse(listing) -> None:
    bar = QueueBar(listing.queues)
    listing.qtbot.addWidget(bar)
    bar.show()
    assert bar.next.isHidden()
    bar.chooser.activated.emit(CHOICES.index(QueueKind.PAGES))
    listing.qtbot.waitUntil(lambda: bar.place.text() == "1 of 2")
    QTest.mouseClick(bar.next, Qt.MouseButton.LeftButton)
    assert bar.place.text() == "2 of 2"
    assert not bar.next.isEnabled()
    listing.qtbot.waitUntil(lambda: listing.session.document.page.key == P3)
    QTest.mouseClick(bar.previous, Qt.MouseButton.LeftButton)
    assert bar.place.text() == "1 of 2"
    QTest.mouseClick(bar.stop, Qt.MouseButton.LeftButton)
    assert bar.next.isHidden()
    assert bar.chooser.currentIndex() == 0


def test_empty_queue_says_why(listing) -> None:
    bar = QueueBar(listing.queues)
    listing.qtbot.addWidget(bar)
    bar.chooser.activated.emit(CHOICES.index(QueueKind.WORST))
    listing.qtbot.waitUntil(lambda: bar.place.text() == "Nothing to do")
    bar.chooser.activated.emit(CHOICES.index(QueueKind.DISAGREES))
    listing.qtbot.waitUntil(lambda: bar.place.text().startswith("Nothing. Compare"))
