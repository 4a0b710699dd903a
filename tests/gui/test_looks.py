"""Every page in large and small text: nothing cut, nothing wider than a small screen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PyQt5.QtWidgets import QTabWidget, QWidget

from ocrstudio.services.project_session import ProjectSession
from ocrstudio.services.recognizer import Recognizer
from ocrstudio.services.settings import Settings, WindowState
from ocrstudio.ui import i18n, theme, window_place
from ocrstudio.ui.main_window import PAGE_CLASSES, MainWindow
from tests.gui.looking import cut_texts
from tests.gui.project_parts import label_line, make_project

SCREEN = (1280, 800)
RAIL_AND_BARS = (100, 80)  # what the window itself takes of it
WAIT_MS = 15000
# Without a project the pages say little; in English words are longest, in Chinese letters are highest.
LOOKS = {"empty": [(200, "en")], "project": [(100, "en"), (150, "en"), (200, "zh_CN"), (200, "en")]}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return make_project(tmp_path_factory.mktemp("looks"), label=label_line("pages/p1.png", "one", "two"))


@pytest.fixture
def window(qtbot, qapp, tmp_path, monkeypatch) -> Iterator[MainWindow]:
    # The screen of the tests is a small one, on which the window would be maximised.
    monkeypatch.setattr(window_place, "FIRST_SIZE", (600, 400))
    settings = Settings(tmp_path / "settings.ini")
    made = MainWindow(ProjectSession(), Recognizer(), settings, WindowState(tmp_path / "window.ini"))
    qtbot.addWidget(made)
    made.resize(*SCREEN)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made._may_close = True
    made.close()
    i18n.switch_language(qapp, "en")
    theme.apply(qapp, "light", 100)


def shown_parts(qtbot, page: QWidget) -> Iterator[str]:
    """Shows one tab of the page after the other; its name, or "" for the page as it came."""
    qtbot.wait(50)
    yield ""
    for tabs in [tabs for tabs in page.findChildren(QTabWidget) if tabs.isVisible()]:
        for place in range(1, tabs.count()):
            tabs.setCurrentIndex(place)
            qtbot.wait(30)
            yield tabs.tabText(place)
        tabs.setCurrentIndex(0)


def settled_cuts(qtbot, page: QWidget) -> list[str]:
    """What is cut for good: lists come from threads, and layouts follow in their own time."""
    cut = list(cut_texts(page))
    for _ in range(200):
        if not cut:
            break
        qtbot.wait(50)
        cut = list(cut_texts(page))
    return cut


@pytest.mark.parametrize("case", LOOKS)
def test_no_text_is_cut_and_all_pages_fit_a_small_screen(qtbot, qapp, window, folder, case):
    if case == "project":
        window.open_project(folder)
        assert window._session.wait_until_open(WAIT_MS)
    found = []
    for percent, language in LOOKS[case]:
        i18n.switch_language(qapp, language)
        theme.apply(qapp, "light", percent)
        for name in PAGE_CLASSES:
            window.show_page(name)
            page = window.page(name)
            for part in shown_parts(qtbot, page):
                place = f"{percent} % {language} {name} {part}"
                least = page.minimumSizeHint()
                room = [whole - taken for whole, taken in zip(SCREEN, RAIL_AND_BARS, strict=True)]
                if least.width() > room[0] or (percent <= 150 and least.height() > room[1]):
                    found.append(f"{place}: asks for {least.width()} x {least.height()}")
                found += [f"{place}: {told}" for told in settled_cuts(qtbot, page)]
    assert not found, "\n".join(found)
