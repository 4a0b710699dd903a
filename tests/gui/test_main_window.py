"""The whole window, offscreen: pages, routes between them, language, look, drops, closing."""

from __future__ import annotations

import importlib
import shutil
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from PyQt5 import sip
from PyQt5.QtCore import QMimeData, QPoint, QPointF, QSize, Qt, QUrl
from PyQt5.QtGui import QDragEnterEvent, QDropEvent, QKeySequence
from PyQt5.QtTest import QTest
from PyQt5.QtWidgets import QAction, QApplication, QFileDialog, QLabel, QMessageBox, QPushButton, QSplitter, QTreeWidget

from ocrstudio.core.errors import ProjectError
from ocrstudio.core.page import Box, PageState
from ocrstudio.core.run_state import RunState
from ocrstudio.formats.run_folder import Engine
from ocrstudio.services.project_session import ProjectSession
from ocrstudio.services.recognizer import Recognizer
from ocrstudio.services.settings import Settings, WindowState
from ocrstudio.ui import actions as specs
from ocrstudio.ui import i18n, preloading, theme
from ocrstudio.ui.actions import StudioAction
from ocrstudio.ui.dialogs.import_labels import ImportDialog
from ocrstudio.ui.main_window import PAGE_CLASSES, MainWindow
from tests.unit.pdf_parts import text_pdf

WAIT_MS = 15000
QUAD = ((1.0, 1.0), (30.0, 1.0), (30.0, 9.0), (1.0, 9.0))


@pytest.fixture
def make_window(qtbot, qapp, tmp_path):
    made = []

    def make() -> MainWindow:
        settings = Settings(tmp_path / "settings.ini")
        theme.apply(qapp, settings.theme, settings.font_percent)
        window = MainWindow(ProjectSession(), Recognizer(), settings, WindowState(tmp_path / "window.ini"))
        made.append(window)
        window.show()
        qtbot.waitExposed(window)
        return window

    yield make
    for window in made:
        window._may_close = True
        window.close()
        window.deleteLater()
    i18n.switch_language(qapp, "en")
    theme.apply(qapp, "light", 100)


@pytest.fixture
def window(make_window):
    return make_window()


def open_project(window: MainWindow, folder: Path) -> bool:
    window.open_project(folder)
    return window._session.wait_until_open(WAIT_MS)


def action(window: MainWindow, name: str) -> QAction:
    return window.findChild(QAction, name)


def message(window: MainWindow) -> str:
    return window.findChild(object, "windowMessage").text


def box_named(qtbot, name: str) -> QMessageBox:
    found = []

    def look() -> bool:
        found[:] = [w for w in QApplication.topLevelWidgets() if w.objectName() == name and w.isVisible()]
        return bool(found)

    qtbot.waitUntil(look, timeout=WAIT_MS)
    return found[0]


# --- pages -----------------------------------------------------------------------------------------------------------


def test_only_the_first_page_is_built_at_the_start(window):
    assert window.current_page == "annotate"
    assert list(window._pages) == ["annotate"]


def test_every_page_opens_by_its_key_and_marks_its_button(qtbot, qapp, window):
    before = {id(widget) for widget in qapp.topLevelWidgets()}
    for number, name in enumerate(PAGE_CLASSES, start=1):
        qtbot.keyClick(window, Qt.Key.Key_0 + number, Qt.KeyboardModifier.ControlModifier)
        assert window.current_page == name
        assert action(window, f"show{name.capitalize()}").isChecked()
    # They would be deleted whenever Python collects garbage.
    ownerless = [one for one in qapp.topLevelWidgets() if sip.ispyowned(one) and id(one) not in before]
    assert [(type(one).__name__, one.objectName()) for one in ownerless] == []
    if window.page("setup").is_checking:
        qtbot.waitUntil(lambda: not window.page("setup").is_checking, timeout=WAIT_MS)


def test_no_two_commands_of_a_page_share_a_key():
    for name in PAGE_CLASSES:
        own = ()
        if importlib.util.find_spec(f"ocrstudio.ui.pages.{name}.actions"):
            own = importlib.import_module(f"ocrstudio.ui.pages.{name}.actions").ACTIONS
        keys = Counter(
            key.toString(QKeySequence.SequenceFormat.PortableText)
            for spec in (*specs.ACTIONS, *own)
            for key in spec.key_sequences()
        )
        assert [key for key, count in keys.items() if count > 1] == [], name
        assert "" not in keys, f"{name} has a shortcut that Qt cannot read"


def test_no_two_commands_share_an_id():
    ids = Counter(spec.id for spec in specs.ACTIONS)
    for name in PAGE_CLASSES:
        if importlib.util.find_spec(f"ocrstudio.ui.pages.{name}.actions"):
            ids.update(spec.id for spec in importlib.import_module(f"ocrstudio.ui.pages.{name}.actions").ACTIONS)
    assert [name for name, count in ids.items() if count > 1] == []


def test_keys_dialog_lists_the_commands_of_every_page(qtbot, window):
    action(window, "showKeys").trigger()
    dialog = window.findChild(object, "keysDialog")
    tree = dialog.findChild(QTreeWidget)
    texts = {
        tree.topLevelItem(i).child(j).text(0)
        for i in range(tree.topLevelItemCount())
        for j in range(tree.topLevelItem(i).childCount())
    }
    assert {"Open folder", "Undo", "Check and next"} <= texts
    dialog.close()


def test_about_box_names_version_and_licence(qtbot, window):
    action(window, "showAbout").trigger()
    box = box_named(qtbot, "aboutBox")
    assert "General Public License" in box.informativeText()
    box.close()


# --- projects --------------------------------------------------------------------------------------------------------


def test_opened_project_is_in_title_status_and_recent_list(qtbot, window, image_folder):
    folder = image_folder(2)
    assert open_project(window, folder)
    assert folder.name in window.windowTitle()
    assert window.findChild(QLabel, "statusProject").text() == str(folder)
    assert window.findChild(QLabel, "statusSaved").text() == "All saved"
    assert window._settings.recent_projects == [str(folder)]


def test_missing_folder_gives_one_sentence_and_leaves_the_window_as_it_was(qtbot, window, image_folder, tmp_path):
    folder = image_folder(1)
    open_project(window, folder)
    window.open_project(tmp_path / "gone")
    qtbot.waitUntil(lambda: not window._session.is_opening, timeout=WAIT_MS)
    assert "There is no folder" in message(window)
    assert str(tmp_path / "gone") in message(window)
    assert folder.name in window.windowTitle()


def test_empty_folder_gives_one_sentence_with_the_remedy(window, tmp_path):
    (tmp_path / "nothing here").mkdir()
    assert not open_project(window, tmp_path / "nothing here")
    assert "holds no images" in message(window)
    assert "Choose a folder" in message(window)


def test_folder_is_chosen_in_a_dialog(window, image_folder, monkeypatch):
    folder = image_folder(1)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    window.page("annotate").open_folder_requested.emit()
    window._session.wait_until_open(WAIT_MS)
    assert folder.name in window.windowTitle()


def test_sample_project_is_copied_and_opened_ready_for_every_step(qtbot, window, isolated_home):
    window.page("annotate").open_sample_requested.emit()
    qtbot.waitUntil(lambda: window._session.store is not None, timeout=30000)
    store = window._session.store
    assert isolated_home in store.folder.parents
    states = Counter(store.state(key) for key in store.keys)
    assert states[PageState.CHECKED] >= 20
    assert states[PageState.NEW] >= 3


def test_folder_from_the_command_line_opens_after_the_window_is_painted(qtbot, make_window, image_folder):
    folder = image_folder(1)
    window = make_window()
    window.open_when_painted([folder])
    qtbot.waitUntil(lambda: folder.name in window.windowTitle(), timeout=WAIT_MS)


def test_pictures_from_the_command_line_are_read(qtbot, make_window, image_folder, monkeypatch):
    picture = image_folder(1) / "page0.png"
    window = make_window()
    added = []
    monkeypatch.setattr(window.page("test"), "add_files", added.append)
    window.open_when_painted([picture])
    qtbot.waitUntil(lambda: added == [[picture]], timeout=WAIT_MS)
    assert window.current_page == "test"


def test_undo_works_on_the_annotate_page_only(qtbot, window, image_folder):
    open_project(window, image_folder(1))
    qtbot.waitUntil(lambda: window._session.document.page is not None, timeout=WAIT_MS)
    window._session.document.add_box(Box(points=QUAD, text="a").points)
    assert action(window, "undo").isEnabled()
    window.show_page("dataset")
    assert not action(window, "undo").isEnabled()
    window.show_page("annotate")
    action(window, "undo").trigger()
    assert window._session.document.page.boxes == ()
    assert action(window, "redo").isEnabled()


def test_status_tells_edits_that_are_not_in_the_files_yet(qtbot, window, image_folder):
    open_project(window, image_folder(1))
    session = window._session
    key = session.keys[0]
    session.store.put(replace(session.store.page(key), boxes=(Box(points=QUAD),), state=PageState.EDITED))
    session.page_changed.emit(key)
    saved = window.findChild(QLabel, "statusSaved")
    assert saved.text() == "Edits are safe, files follow"
    action(window, "save").trigger()
    qtbot.waitUntil(lambda: saved.text() == "All saved", timeout=WAIT_MS)


def test_failed_save_is_told_above_and_below_until_one_succeeds(window, image_folder):
    open_project(window, image_folder(1))
    window._session.save_failed.emit(ProjectError("{file} is full.", file="disk"))
    assert message(window) == "disk is full."
    assert window.findChild(QLabel, "statusSaved").text().startswith("Not saved yet")
    window._session.saved.emit()
    assert message(window) == ""
    assert window.findChild(QLabel, "statusSaved").text() == "All saved"


def test_labels_changed_by_another_program_can_be_merged(qtbot, window, image_folder):
    folder = image_folder(2)
    open_project(window, folder)
    session = window._session
    store, (first, second) = session.store, session.keys
    store.put(replace(store.page(first), boxes=(Box(points=QUAD, text="ours"),), state=PageState.CHECKED))
    (folder / "Label.txt").write_text(
        f'{second}\t[{{"transcription": "theirs", "points": [[1,1],[9,1],[9,9],[1,9]], "difficult": false}}]\n',
        encoding="utf-8",
    )
    assert not session.save()
    merge = window.findChild(object, "windowMessage").findChild(object, "messageAction")
    with qtbot.waitSignal(session.merged, timeout=WAIT_MS):
        qtbot.mouseClick(merge, Qt.MouseButton.LeftButton)
    text = (folder / "Label.txt").read_text(encoding="utf-8")
    assert "ours" in text
    assert "theirs" in text
    assert "Merged" in message(window)


# --- from page to page -----------------------------------------------------------------------------------------------


def test_written_dataset_goes_to_the_config_page(window, image_folder, tmp_path):
    open_project(window, image_folder(1))
    window.show_page("dataset")
    dataset = tmp_path / "set"
    (dataset / "rec").mkdir(parents=True)
    (dataset / "split.json").write_text("{}")
    window.page("dataset").dataset_written.emit(str(dataset))
    assert window.current_page == "config"
    assert window.page("config").draft.dataset() == dataset


def test_requested_training_goes_to_the_train_page(window, monkeypatch, tmp_path):
    started = []
    train = window.page("train")
    monkeypatch.setattr(train, "start_training", lambda *asked: started.append(asked))
    window.page("config").train_requested.emit(str(tmp_path / "c.yml"), Engine())
    assert window.current_page == "train"
    assert started == [(tmp_path / "c.yml", Engine())]


def test_pages_send_the_user_where_the_next_step_is(window):
    window.page("config").dataset_requested.emit()
    assert window.current_page == "dataset"
    window.page("train").config_requested.emit()
    assert window.current_page == "config"


def test_trained_model_is_used_for_reading_from_then_on(window, tmp_path):
    window.page("train").model_trained.emit(str(tmp_path))
    assert window._recognizer.model == str(tmp_path)
    assert window.current_page == "test"


def test_status_tells_that_training_runs(window):
    activity = window.findChild(QLabel, "statusActivity")
    window.page("train").training_changed.emit(RunState.RUNNING)
    assert activity.text() == "Training"
    window.page("train").training_changed.emit(RunState.STOPPING)
    assert activity.text() == "Training is stopping"
    window.page("train").training_changed.emit(RunState.FINISHED)
    assert activity.text() == ""


# --- drops -----------------------------------------------------------------------------------------------------------


def drop(window: MainWindow, *paths: Path) -> bool:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    actions = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(40, 40), actions, data, buttons, keys)
    QApplication.sendEvent(window, enter)
    if enter.isAccepted():
        event = QDropEvent(QPointF(40, 40), actions, data, buttons, keys)
        event.setDropAction(Qt.DropAction.MoveAction)  # as a file manager proposes on the same disk
        QApplication.sendEvent(window, event)
        assert event.dropAction() == Qt.DropAction.CopyAction, "the file manager would delete what it believes moved"
    return enter.isAccepted()


def test_dropped_folder_is_opened_as_a_project(qtbot, window, image_folder):
    folder = image_folder(2)
    assert drop(window, folder)
    qtbot.waitUntil(lambda: folder.name in window.windowTitle(), timeout=WAIT_MS)


def test_dropped_pdf_is_offered_for_import_into_the_open_project(qtbot, window, image_folder, tmp_path):
    assert open_project(window, image_folder(2))
    assert drop(window, text_pdf(tmp_path / "a.pdf"))
    qtbot.waitUntil(lambda: window.findChild(ImportDialog) is not None, timeout=WAIT_MS)
    dialog = window.findChild(ImportDialog)
    qtbot.waitUntil(dialog.go.isEnabled, timeout=WAIT_MS)
    assert "1 pictures become new pages" in dialog.summary.text()
    dialog.close()


def test_dropped_text_file_is_not_accepted(window, tmp_path):
    (tmp_path / "a.txt").write_text("a")
    assert not drop(window, tmp_path / "a.txt")


def test_files_dropped_while_the_test_page_is_in_front_are_read(qtbot, window, image_folder, monkeypatch):
    window.show_page("test")
    added = []
    monkeypatch.setattr(window.page("test"), "add_files", added.append)
    picture = image_folder(1) / "page0.png"
    files = [picture, text_pdf(picture.parent / "a.pdf"), picture.parent / "b.zip"]
    assert drop(window, *files)
    qtbot.waitUntil(lambda: added == [files], timeout=WAIT_MS)


@pytest.mark.parametrize(("answer", "page"), [("answer0", "test"), ("answer1", "annotate"), ("answer2", "annotate")])
def test_pictures_dropped_elsewhere_are_asked_about(qtbot, window, image_folder, monkeypatch, answer, page):
    added = []
    monkeypatch.setattr(window.page("test"), "add_files", added.append)
    folder = image_folder(2)
    drop(window, folder / "page0.png")
    box = box_named(qtbot, "askAboutImages")
    qtbot.mouseClick(box.findChild(object, answer), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.current_page == page, timeout=WAIT_MS)
    assert added == ([(folder / "page0.png",)] if answer == "answer0" else [])
    window._session.wait_until_open(WAIT_MS)
    assert (window._session.folder == folder) is (answer == "answer1")


def test_dropped_pictures_can_come_into_the_open_project(qtbot, window, image_folder, tmp_path):
    assert open_project(window, image_folder(1))
    other = tmp_path / "other"
    other.mkdir()
    shutil.copy(window._session.folder / "page0.png", other / "new.png")
    drop(window, other / "new.png")
    box = box_named(qtbot, "askAboutImages")
    qtbot.mouseClick(box.findChild(object, "answer0"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.findChild(QPushButton, "exchangeGo") is not None, timeout=WAIT_MS)
    go = window.findChild(QPushButton, "exchangeGo")
    qtbot.waitUntil(go.isEnabled, timeout=WAIT_MS)
    qtbot.mouseClick(go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: str(window._session.current_key).endswith("new.png"), timeout=WAIT_MS)


# --- language and look -----------------------------------------------------------------------------------------------


def test_language_is_switched_without_a_restart(qtbot, window, tmp_path, monkeypatch):
    catalogue = tmp_path / "ocrstudio_zh_CN.ts"
    catalogue.write_text(
        "<TS><context><name>Actions</name>"
        "<message><source>&amp;Save</source><translation>保存(&amp;S)</translation></message>"
        "<message><source>Dataset</source><translation>数据集</translation></message></context>"
        "<context><name>WindowMenus</name>"
        "<message><source>&amp;File</source><translation>文件(&amp;F)</translation></message></context>"
        "<context><name>StatusLine</name>"
        "<message><source>No project is open.</source><translation>没有打开的项目。</translation>"
        "</message></context></TS>",
        encoding="utf-8",
    )
    monkeypatch.setattr(i18n, "catalogue_path", lambda language: catalogue)
    window._settings.language = "zh_CN"
    qtbot.waitUntil(lambda: action(window, "save").text() == "保存(&S)", timeout=WAIT_MS)
    qtbot.waitUntil(lambda: window.findChild(QLabel, "statusProject").text() == "没有打开的项目。", timeout=WAIT_MS)
    assert window.menuBar().actions()[0].text() == "文件(&F)"
    assert window.findChild(object, "showDatasetButton").text() == "数据集"
    window._settings.language = "en"
    qtbot.waitUntil(lambda: action(window, "save").text() == "&Save", timeout=WAIT_MS)
    assert window.menuBar().actions()[0].text() == "&File"


def test_theme_and_text_size_follow_the_settings_at_once(qapp, window):
    window._settings.theme = "dark"
    assert theme.colors() is theme.DARK
    assert qapp.palette().window().color().name() == theme.DARK.window
    window._settings.theme = "light"
    assert theme.colors() is theme.LIGHT
    before = qapp.font().pointSizeF()
    action(window, "largerText").trigger()
    action(window, "largerText").trigger()
    assert window._settings.font_percent == 120
    assert qapp.font().pointSizeF() == pytest.approx(before * 1.2)
    action(window, "normalText").trigger()
    assert qapp.font().pointSizeF() == pytest.approx(before)


def test_menus_offer_the_languages_themes_and_recent_projects(window, image_folder):
    folder = image_folder(1)
    open_project(window, folder)
    window.findChild(QAction, "choose-dark").trigger()
    assert window._settings.theme == "dark"
    recent = window._menus._recent
    recent.aboutToShow.emit()
    assert recent.actions()[0].text() == str(folder)
    action(window, "clearRecent").trigger()
    recent.aboutToShow.emit()
    assert [entry.text() for entry in recent.actions()] == ["No project yet"]
    assert window._settings.recent_projects == []


def test_commands_of_a_page_are_in_the_menus_while_it_is_in_front(window):
    menus, duplicate = window._menus._menus, action(window, "duplicateBoxes")
    assert duplicate in menus["edit"].actions()
    assert menus["boxes"].isEnabled()
    window.show_page("dataset")
    assert duplicate not in menus["edit"].actions()
    assert action(window, "undo") in menus["edit"].actions()
    assert not menus["boxes"].isEnabled()
    window.show_page("annotate")
    assert duplicate in menus["edit"].actions()


def test_profile_of_keys_changes_the_commands_at_once(window):
    window._settings.key_profile = "ppocrlabel"
    assert [key.toString() for key in action(window, "duplicateBoxes").shortcuts()] == ["Ctrl+C"]
    assert "Ctrl+C" in action(window, "duplicateBoxes").toolTip()


def test_recent_project_that_is_gone_is_greyed_and_says_so(window, tmp_path):
    window._settings.recent_projects = [str(tmp_path / "gone"), str(tmp_path)]
    window._menus._recent.aboutToShow.emit()
    gone, there = window._menus._recent.actions()[:2]
    assert (gone.isEnabled(), there.isEnabled()) == (False, True)
    assert "not there" in gone.text()


def test_window_and_panels_are_as_wide_as_before_when_the_text_is(qtbot, window, image_folder):
    assert open_project(window, image_folder(2))
    window.setWindowState(Qt.WindowState.WindowNoState)
    window.resize(1100, 700)
    panels = window.page("annotate").findChild(QSplitter, "annotateSplitter")
    qtbot.waitUntil(panels.isVisible, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: window.size() == QSize(1100, 700), timeout=WAIT_MS)
    widths = panels.sizes()
    window._settings.font_percent = 200
    qtbot.waitUntil(lambda: window.width() > 1100, timeout=WAIT_MS)
    window._settings.font_percent = 100
    qtbot.waitUntil(lambda: (window.size(), panels.sizes()) == (QSize(1100, 700), widths), timeout=WAIT_MS)


@pytest.mark.parametrize("percent", [80, 200])
def test_window_fits_a_small_screen_at_every_text_size(qtbot, window, percent):
    window._settings.font_percent = percent
    for name in ("dataset", "config", "setup"):
        window.show_page(name)
        assert window.page(name).minimumSizeHint().height() < 1000
    qtbot.waitUntil(lambda: not window.page("setup").is_checking, timeout=WAIT_MS)


# --- settings and closing --------------------------------------------------------------------------------------------


def test_broken_settings_file_gives_defaults_and_a_message(make_window, tmp_path):
    (tmp_path / "settings.ini").write_bytes(b"\x00 no settings \xff\n")
    window = make_window()
    assert "could not be read" in message(window)
    assert window._settings.theme == "system"


def test_window_comes_back_where_it_was(make_window):
    first = make_window()
    first.setWindowState(Qt.WindowState.WindowNoState)  # on a small screen it fills it at first
    QApplication.processEvents()
    first.setGeometry(30, 40, 1111, 777)
    first.close()
    assert make_window().size() == QSize(1111, 777)


def test_closing_saves_the_labels(window, image_folder):
    folder = image_folder(1)
    open_project(window, folder)
    store, key = window._session.store, window._session.keys[0]
    store.put(replace(store.page(key), boxes=(Box(points=QUAD, text="Ⅻ"),), state=PageState.CHECKED))
    assert window.close()
    assert "Ⅻ" in (folder / "Label.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(("answer", "closes"), [("answer0", True), ("answer1", False)])
def test_closing_asks_when_the_labels_cannot_be_written(qtbot, window, monkeypatch, answer, closes):
    monkeypatch.setattr(window._session, "save", lambda: False)
    assert not window.close()
    box = box_named(qtbot, "askClose")
    assert "journal" in box.informativeText()
    qtbot.mouseClick(box.findChild(object, answer), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not box_is_open(), timeout=WAIT_MS)
    assert window.isVisible() is not closes


def box_is_open() -> bool:
    return any(widget.objectName() == "askClose" and widget.isVisible() for widget in QApplication.topLevelWidgets())


def test_window_stays_when_the_training_is_to_go_on(window, monkeypatch):
    monkeypatch.setattr(window.page("train"), "may_close", lambda: False)
    assert not window.close()
    monkeypatch.setattr(window.page("train"), "may_close", lambda: True)
    assert window.close()


def test_the_directions_of_the_text_are_a_menu_of_their_own(window):
    menus, automatic = window._menus._menus, action(window, "orientAuto")
    inner = next(one.menu() for one in menus["boxes"].actions() if one.menu() is not None)
    assert inner.title() == "Direction of the text"
    assert automatic in inner.actions()
    assert automatic not in menus["boxes"].actions()
    window.show_page("dataset")
    assert inner.menuAction() not in menus["boxes"].actions()
    window.show_page("annotate")
    assert inner.menuAction() in menus["boxes"].actions()


def test_a_tab_that_is_made_later_has_the_users_keys_and_widths(make_window):
    window = make_window()
    window.show_page("test")
    page = window.page("test")
    assert page.findChild(StudioAction, "nextDifference") is None  # who drops a picture did not wait for it
    window._shortcuts.set_keys("nextDifference", ["Ctrl+Alt+9"])
    page.tabs.setCurrentIndex(1)
    assert page.findChild(StudioAction, "nextDifference").shortcut().toString() == "Ctrl+Alt+9"
    assert "splitter-compareSplitter" in window._splitters._known
    assert page.compare.isVisible()


def test_what_pages_need_is_loaded_while_nothing_happens_and_a_broken_module_stops_nothing(qtbot, monkeypatch, caplog):
    assert preloading._modules("ocrstudio.ui.pages.test")[-1] == "ocrstudio.ui.pages.test.page"
    assert "ocrstudio.services.recognizer" in preloading._modules("ocrstudio.services")
    loaded, built = [], []

    def load(name):
        loaded.append(name)
        if name.endswith("broken"):
            raise ImportError(name)

    def build(page):
        if page == "broken":
            raise ImportError(page)
        built.append(page)
        return built.count(page) < 3

    monkeypatch.setattr(preloading, "_modules", lambda package: [package])
    monkeypatch.setattr(preloading, "FIRST_MS", 0)
    loading = preloading.Preloading(("broken", "two"), build)
    monkeypatch.setattr(preloading.importlib, "import_module", load)
    loading.start()
    qtbot.waitUntil(lambda: built == ["two"] * 3)
    assert loaded[:3] == ["ocrstudio.services", "ocrstudio.ui.pages.broken", "ocrstudio.ui.pages.two"]
    assert "broken cannot be imported" in caplog.text


def test_full_screen_ends_by_escape_and_is_not_remembered(qtbot, window, make_window):
    full = action(window, "fullScreen")
    assert [key.toString() for key in full.shortcuts()] == ["F11"]
    full.trigger()
    qtbot.waitUntil(window.isFullScreen, timeout=WAIT_MS)
    QTest.keyClick(window, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not window.isFullScreen(), timeout=WAIT_MS)
    assert not full.isChecked()
    full.trigger()
    qtbot.waitUntil(window.isFullScreen, timeout=WAIT_MS)
    window.close()
    assert not make_window().isFullScreen()


def test_ctrl_o_opens_a_folder_from_every_page(window):
    window.page("test")
    made = window.findChildren(StudioAction)
    assert [one.objectName() for one in made if QKeySequence("Ctrl+O") in one.shortcuts()] == ["openFolder"]
