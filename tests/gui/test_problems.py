"""The problems panel: everything wrong with a project in one place, kept up to date, with the way to the page."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
from PyQt5.QtCore import QObject, Qt, pyqtSignal
from PyQt5.QtTest import QTest
from PyQt5.QtWidgets import QApplication, QLabel, QPushButton

from ocrstudio.core.errors import StudioError
from ocrstudio.formats.store import Problem
from ocrstudio.services.problem_list import ProblemList
from ocrstudio.services.project_session import ProjectSession
from ocrstudio.services.recognizer import Recognizer
from ocrstudio.services.settings import Settings, WindowState
from ocrstudio.services.shortcuts import Shortcuts
from ocrstudio.ui.main_window import MainWindow
from ocrstudio.ui.problems import LINE, WHAT, WHERE, ProblemsPanel
from tests.gui.project_parts import label_line, make_project

WAIT_MS = 15000
LABEL = (
    label_line("pages/p1.png", "one")
    + "no tab in this line\n"
    + label_line("pages/gone.png", "two")
    + 'pages/p2.png\t[{"transcription": broken\n'
)


class FakeSession(QObject):
    """A session that a test fills itself."""

    project_opened = pyqtSignal(str)
    project_closed = pyqtSignal()
    page_opened = pyqtSignal(str)
    problems_found = pyqtSignal(object)

    store = folder = image_error = None
    keys: tuple[str, ...] = ()


@pytest.fixture
def settings(qapp, tmp_path):
    return Settings(tmp_path / "settings.ini")


@pytest.fixture
def session(qtbot):
    made = ProjectSession()
    yield made
    made.close()


@pytest.fixture
def problems(session, settings):
    return ProblemList(session, settings, Shortcuts(settings))


@pytest.fixture
def panel(qtbot, problems):
    made = ProblemsPanel(problems)
    qtbot.addWidget(made)
    made.resize(900, 300)
    made.show()
    qtbot.waitExposed(made)
    return made


def open_project(qtbot, session: ProjectSession, folder: Path) -> None:
    session.open(folder)
    assert session.wait_until_open(WAIT_MS)
    qtbot.waitUntil(lambda: session.document.page is not None, timeout=WAIT_MS)


def rows(panel: ProblemsPanel) -> list[tuple[str, str, str]]:
    model = panel.model
    return [tuple(model.index(r, c).data() for c in (WHERE, LINE, WHAT)) for r in range(model.rowCount())]


def test_empty_panel_says_that_nothing_is_wrong(panel):
    assert panel.list.isHidden() or not panel.list.isVisible()
    assert panel.findChild(QLabel, "emptyTitle").text() == "Nothing is wrong"


def test_every_line_that_is_wrong_has_its_file_line_and_remedy(qtbot, panel, session, tmp_path):
    open_project(qtbot, session, make_project(tmp_path, label=LABEL))
    session.open_page("pages/p2.png")
    qtbot.waitUntil(lambda: len(rows(panel)) == 3, timeout=WAIT_MS)
    assert panel.list.isVisible()
    assert sorted((where, line) for where, line, _ in rows(panel)) == [("Label.txt", str(n)) for n in (2, 3, 4)]
    told = {line: what for _, line, what in rows(panel)}
    assert "no tab" in told["2"]
    assert "text editor" in told["2"]
    assert "pages/gone.png" in told["3"]
    assert "Put the image back" in told["3"]
    assert "Label the page again" in told["4"]
    assert panel.findChild(QLabel, "problemsCount").text() == "3 problems"


def test_image_that_cannot_be_read_joins_when_it_is_looked_at_and_leaves_when_it_is_mended(
    qtbot, panel, session, tmp_path
):
    folder = make_project(tmp_path)
    good = (folder / "p2.png").read_bytes()
    (folder / "p2.png").write_bytes(b"no picture")
    open_project(qtbot, session, folder)
    assert rows(panel) == []
    session.open_page("pages/p2.png")
    qtbot.waitUntil(lambda: [where for where, _, _ in rows(panel)] == ["p2.png"], timeout=WAIT_MS)
    (folder / "p2.png").write_bytes(good)
    open_project(qtbot, session, folder)
    with qtbot.waitSignal(session.page_opened, timeout=WAIT_MS):
        session.open_page("pages/p2.png")
    assert session.image is not None
    qtbot.waitUntil(lambda: rows(panel) == [], timeout=WAIT_MS)


def test_double_click_goes_to_the_page_of_a_line(qtbot, panel, session, tmp_path):
    open_project(qtbot, session, make_project(tmp_path, label=LABEL))
    session.open_page("pages/p2.png")
    qtbot.waitUntil(lambda: len(rows(panel)) == 3, timeout=WAIT_MS)
    place = [line for _, line, _ in rows(panel)].index("4")
    index = panel.model.index(place, WHAT)
    point = panel.list.visualRect(index).center()
    qtbot.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=point)
    with qtbot.waitSignal(panel.page_requested) as asked:
        qtbot.mouseDClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert asked.args == ["pages/p2.png"]


def test_line_of_an_image_that_is_gone_leads_nowhere(qtbot, panel, problems, session, tmp_path):
    open_project(qtbot, session, make_project(tmp_path, label=LABEL))
    qtbot.waitUntil(lambda: len(rows(panel)) >= 2, timeout=WAIT_MS)
    assert [problems.page_of(entry) for entry in problems.entries if entry.line == 3] == [None]


def test_line_in_a_sub_folder_leads_to_its_page(qtbot, problems, session, tmp_path):
    folder = make_project(tmp_path)
    sub = folder / "sub"
    sub.mkdir()
    (sub / "p9.png").write_bytes((folder / "p1.png").read_bytes())
    (sub / "Label.txt").write_text("sub/p9.png\t[broken\n", encoding="utf-8")
    open_project(qtbot, session, folder)
    session.open_page("pages/sub/p9.png")
    qtbot.waitUntil(lambda: bool(problems.entries), timeout=WAIT_MS)
    (entry,) = problems.entries
    assert (entry.file, entry.line) == ("sub/Label.txt", 1)
    assert problems.page_of(entry) == "pages/sub/p9.png"


def test_filter_and_copy_show_what_was_asked_for(qtbot, panel, session, tmp_path):
    open_project(qtbot, session, make_project(tmp_path, label=LABEL))
    session.open_page("pages/p2.png")
    qtbot.waitUntil(lambda: len(rows(panel)) == 3, timeout=WAIT_MS)
    QTest.keyClicks(panel.filter, "GONE")
    assert [line for _, line, _ in rows(panel)] == ["3"]
    assert panel.findChild(QLabel, "problemsCount").text() == "1 of 3 problems"
    qtbot.mouseClick(panel.findChild(QPushButton, "problemsCopy"), Qt.MouseButton.LeftButton)
    copied = QApplication.clipboard().text()
    assert copied.startswith("Label.txt:3: There is no image pages/gone.png")
    assert "\n" not in copied


def test_problems_of_settings_and_keys_are_listed_too(qtbot, panel, settings):
    settings.own_keys = {"x": "F2"}
    settings.problems.append(StudioError("{file}: odd.", "Mend it.", file="settings.ini"))
    settings.problem_found.emit(settings.problems[-1])
    qtbot.waitUntil(lambda: [what for _, _, what in rows(panel)] == ["settings.ini: odd. Mend it."], timeout=WAIT_MS)
    panel.list.setCurrentIndex(panel.model.index(0, 0))
    assert not panel.findChild(QPushButton, "problemsGo").isEnabled()


def test_ten_thousand_lines_are_told_in_one_turn(qtbot, settings):
    session = FakeSession()
    problems = ProblemList(session, settings, Shortcuts(settings))
    heard = []
    problems.changed.connect(lambda: heard.append(len(problems.entries)))

    session.store = SimpleNamespace(problems=[Problem("Label.txt", line, "odd") for line in range(1, 10_001)])
    for _ in range(100):
        session.problems_found.emit([])
    qtbot.waitUntil(lambda: bool(heard), timeout=WAIT_MS)
    assert heard == [10_000]


# --- in the window ---------------------------------------------------------------------------------------------------


@pytest.fixture
def make_window(qtbot, tmp_path):
    made = []

    def make() -> MainWindow:
        settings = Settings(tmp_path / "window-settings.ini")
        window = MainWindow(ProjectSession(), Recognizer(), settings, WindowState(tmp_path / "window.ini"))
        made.append(window)
        window.show()
        qtbot.waitExposed(window)
        qtbot.waitUntil(window.isActiveWindow)
        return window

    yield make
    for window in made:
        window._may_close = True
        window.close()
        window.deleteLater()


def dock(window: MainWindow) -> QObject:
    return window.findChild(QObject, "problemsDock")


def test_status_bar_counts_the_problems_and_opens_the_panel(qtbot, make_window, tmp_path):
    window = make_window()
    count = window.findChild(QPushButton, "statusProblems")
    assert count.isHidden()
    open_project(qtbot, window._session, make_project(tmp_path, label=LABEL))
    qtbot.waitUntil(lambda: not count.isHidden(), timeout=WAIT_MS)
    assert count.text().endswith(" problems")
    qtbot.mouseClick(count, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dock(window) is not None and dock(window).isVisible(), timeout=WAIT_MS)
    assert window._actions["problems"].isChecked()


def test_panel_is_opened_and_closed_by_its_key_and_left_by_escape(qtbot, make_window):
    window = make_window()
    QTest.keyClick(window, Qt.Key.Key_F8)
    assert dock(window).isVisible()
    QTest.keyClick(window, Qt.Key.Key_F8)
    assert not dock(window).isVisible()
    QTest.keyClick(window, Qt.Key.Key_F8)
    panel = dock(window).panel
    panel.filter.setFocus()
    QTest.keyClick(dock(window), Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not dock(window).isVisible(), timeout=WAIT_MS)
    assert not window._actions["problems"].isChecked()


def test_chosen_problem_opens_its_page(qtbot, make_window, tmp_path):
    window = make_window()
    open_project(qtbot, window._session, make_project(tmp_path, label=LABEL))
    window.show_problems()
    window.show_page("dataset")
    dock(window).panel.page_requested.emit("pages/p3.png")
    qtbot.waitUntil(lambda: window._session.document.page.key == "pages/p3.png", timeout=WAIT_MS)
    assert window.current_page == "annotate"


def test_panel_is_open_again_after_a_restart(make_window):
    first = make_window()
    first.show_problems()
    first.close()
    second = make_window()
    assert dock(second).isVisible()
    second.show_problems(False)
    second.close()
    assert dock(make_window()) is None
