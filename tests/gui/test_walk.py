"""A walk through the whole window in both languages: no text is left in the other one, whatever was open before."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from PyQt5.QtTest import QTest
from PyQt5.QtWidgets import QAction, QApplication, QDialog, QPushButton, QTabWidget

from ocrstudio.services import background
from ocrstudio.services.project_session import ProjectSession
from ocrstudio.services.recognizer import Recognizer
from ocrstudio.services.sample_project import open_sample
from ocrstudio.services.settings import Settings, WindowState
from ocrstudio.ui import actions as specs
from ocrstudio.ui import i18n, theme
from ocrstudio.ui.main_window import PAGE_CLASSES, MainWindow
from tests.gui.visible_texts import Text, texts_of
from tests.unit.test_log_reading import log_lines

WAIT_MS = 30_000
# Commands that open a dialog and do nothing else.
DIALOGS = (
    specs.IMPORT_LABELS,
    specs.EXPORT_LABELS,
    specs.EXPORT_CROPS,
    specs.PACKAGE,
    specs.MERGE,
    specs.REPLACE,
    specs.PREFERENCES,
    specs.SHOW_HELP,
    specs.SHOW_WELCOME,
    specs.SHOW_KEYS,
    specs.SHOW_ABOUT,
)
# (page, button) -> dialogs of pages.
BUTTONS = (("config", "recipeButton"), ("dataset", "editDictionary"))
HAN = re.compile(r"[\u3400-\u9fff]")
CHINESE = re.compile(r"[\u3400-\u9fff，。：；！？（）“”]")
WORD = re.compile(r"[A-Za-z]{2,}")
# Loads, counts and times are others at the next look.
FIGURE = re.compile(r"\d")
# Names, units and notations, which are the same in every language: a text made of them alone is no English.
NAMES = re.compile(
    r"\b(?:OCR Studio|PP-OCRv\d\w*|ppocrv\d\w*|PaddleOCR|PaddleX|Paddle|PPOCRLabel|PAGE-XML|ALTO-XML|X-AnyLabeling"
    r"|labelme|COCO-Text|COCO"
    r"|YOLO-OBB|DOTA|text_det|JSON Lines|JSON|LMDB|PDF|CSV|PNG|Markdown|Python|NumPy|OpenCV|OpenMP"
    r"|Linux|Windows"
    r"|English|Hugging Face|Epoch|Hmean|CER|acc|loss|CPU"
    r"|Aa|GB|MB|KB|Ctrl|Alt|Shift|nvcc|offscreen|null|true|false|backbone"
    r"|U\+[0-9A-F]+|\d+\.x)\b"
)
# Paths, keys of configs, versions of packages, processors.
NOTATION = re.compile(
    r"^(?:\.{0,2}/.*|\w:[\\/].*|\w+(?:\.\w+)+|[\w-]+ [\d.]+|.*\.(?:so|txt|yml|jpg)|AMD .*|Intel.*)$", re.DOTALL
)
# Qt and pyqtgraph make them; no user sees them: scrollers of tabs, a menu that our plots switch off.
INNER = ("ScrollLeftButton", "ScrollRightButton")
INNER_ACTIONS = {"Export", "Export..."}
# What this computer has is named as it names itself.
FOUND = ("checkFound",)
# What is being worked on is another at every look.
PASSING = ("environmentBox", "splitVerdict", "statusActivity", "zoomText", "QHeaderView < comparedLines")


@pytest.fixture
def window(qtbot, qapp, tmp_path) -> Iterator[MainWindow]:
    settings = Settings(tmp_path / "settings.ini")
    made = MainWindow(ProjectSession(), Recognizer(), settings, WindowState(tmp_path / "window.ini"))
    made.show()
    qtbot.waitExposed(made)
    made.open_project(open_sample(tmp_path / "1"))
    assert made._session.wait_until_open(WAIT_MS)
    (tmp_path / "train.log").write_text("\n".join(log_lines()), encoding="utf-8")
    made.page("train")._opener.open(tmp_path / "train.log")
    tile = made.page("train").view.tiles
    qtbot.waitUntil(lambda: tile.number("epoch") == "40 / 40", timeout=WAIT_MS)
    yield made
    made._may_close = True
    made.close()
    made.deleteLater()
    i18n.switch_language(qapp, "en")
    theme.apply(qapp, "light", 100)


def walk(qtbot, window: MainWindow) -> set[Text]:
    """Goes everywhere and collects what stands there."""
    found: set[Text] = set()
    window.show_problems()
    for name in PAGE_CLASSES:
        window.show_page(name)
        for tabs in window.page(name).findChildren(QTabWidget):
            for place in range(tabs.count()):
                tabs.setCurrentIndex(place)
        come_to_rest(qtbot)
    qtbot.waitUntil(lambda: not window.page("setup").is_checking, timeout=WAIT_MS)
    come_to_rest(qtbot)
    found |= texts_of(window)
    for spec in DIALOGS:
        window.findChild(QAction, spec.id).trigger()
        found |= _dialogs(qtbot)
    for page, button in BUTTONS:
        window.show_page(page)
        window.page(page).findChild(QPushButton, button).click()
        found |= _dialogs(qtbot)
    return found


def come_to_rest(qtbot) -> None:
    """Waits until the threads have nothing more to tell, so that two walks see the same."""
    QTest.qWait(100)
    qtbot.waitUntil(lambda: not background._started, timeout=WAIT_MS)


def _shown_dialogs() -> list[QDialog]:
    return [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()]


def _dialogs(qtbot) -> set[Text]:
    """The texts of the open dialogs, which are closed."""
    qtbot.waitUntil(lambda: bool(_shown_dialogs()), timeout=WAIT_MS)
    come_to_rest(qtbot)
    found: set[Text] = set()
    for dialog in _shown_dialogs():
        found |= texts_of(dialog)
        dialog.close()
    QTest.qWait(50)
    return found


def english(text: str) -> bool:
    """Whether a text is in plain English, as a whole."""
    if CHINESE.search(text):
        return False
    lines = [NAMES.sub("", line) for line in text.splitlines() if not NOTATION.match(line.strip())]
    return any(WORD.search(line) for line in lines)


def of_qt(place: str, text: str) -> bool:
    """Whether a text belongs to a part that a user never meets."""
    return place.startswith(INNER) or (place == "action" and text in INNER_ACTIONS)


def is_data(place: str, text: str) -> bool:
    """Whether Chinese in an English window is a language's own name, or characters of the labels."""
    rest = re.sub(r"简体中文|\b\S\b", "", text)
    return HAN.search(rest) is None


def test_no_text_is_left_in_the_other_language(qtbot, window):
    before = walk(qtbot, window)
    window._settings.language = "zh_CN"
    come_to_rest(qtbot)
    chinese = walk(qtbot, window)
    window._settings.language = "en"
    come_to_rest(qtbot)
    after = walk(qtbot, window)
    untranslated = {(place, text) for place, text in chinese if english(text) and not of_qt(place, text)}
    assert {one for one in untranslated if not one[0].startswith(FOUND)} == set()
    left = {(place, text) for place, text in after if HAN.search(text) and not is_data(place, text)}
    assert left == set()
    lost = {one for one in before - after if not one[0].startswith(PASSING) and not FIGURE.search(one[1])}
    assert lost == set(), "texts that did not come back with the language"
