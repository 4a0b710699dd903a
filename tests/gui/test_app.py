"""Starting: no display, no runtimes in the window's process, errors of the program itself."""

from __future__ import annotations

import logging
import os
import re
import signal
import subprocess
import sys
import threading
from pathlib import Path
from types import SimpleNamespace

import pytest
from project_parts import make_project
from PyQt5.QtCore import Qt, QTimer, QtMsgType
from PyQt5.QtWidgets import QApplication, QFileDialog, QMessageBox, QPushButton, QWidget

from ocrstudio import app as start
from ocrstudio.formats.crash_report import take_crash
from ocrstudio.services.sample_project import open_sample
from ocrstudio.services.settings import WindowState
from ocrstudio.ui import hooks
from ocrstudio.ui.dialogs.crash_report import CrashReportDialog
from ocrstudio.ui.hooks import ErrorTeller, on_qt_message, tell_last_crash

LIMIT_S = 60


def run(*arguments: str, **environment: str | None) -> subprocess.CompletedProcess:
    variables = {**os.environ, **{name: value for name, value in environment.items() if value is not None}}
    for name, value in environment.items():
        if value is None:
            variables.pop(name, None)
    command = [sys.executable, "-m", "ocrstudio", *arguments]
    return subprocess.run(command, env=variables, capture_output=True, text=True, timeout=LIMIT_S, check=False)


NOTHING = {"DISPLAY": None, "WAYLAND_DISPLAY": None, "QT_QPA_PLATFORM": None}


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux runs without a display")
@pytest.mark.parametrize("display", [None, ":987"])
def test_without_a_display_one_line_offers_the_demo(display):
    ended = run(**{**NOTHING, "DISPLAY": display})
    assert ended.returncode == 1
    assert ended.stdout == ""
    (line,) = ended.stderr.splitlines()
    assert "ocrstudio demo" in line


def test_window_is_painted_before_any_runtime_is_loaded():
    ended = run(QT_QPA_PLATFORM="offscreen", OCRSTUDIO_STARTUP_PROBE="1")
    assert ended.returncode == 0, ended.stderr
    found = re.search(r"painted after ([\d.]+) s; \d+ MB; runtimes loaded: (.*)", ended.stderr)
    assert found, ended.stderr
    assert found[2] == "none"
    assert 0 < float(found[1]) < LIMIT_S


def test_no_page_of_the_window_loads_a_runtime():
    """All pages shown with a project open: the window's process stays free of Paddle, ONNX and OpenCV."""
    code = """
import sys
from pathlib import Path
from PyQt5.QtTest import QTest
from ocrstudio import app as start
from ocrstudio.ui.main_window import PAGE_CLASSES
app = start.make_application()
window = start.make_window(app)
window.show()
window.open_project(Path(sys.argv[1]))
for name in PAGE_CLASSES:
    window.show_page(name)
    QTest.qWait(200)
print([name for name in ("paddle", "onnxruntime", "rapidocr", "onnx", "cv2") if name in sys.modules])
window.close()
"""
    samples = Path(__file__).resolve().parents[2] / "resources" / "samples"
    command = [sys.executable, "-c", code, str(samples)]
    ended = subprocess.run(
        command,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ended.stdout.strip() == "[]", ended.stderr


def test_start_up_imports_no_plots_pictures_or_configs():
    code = (
        "import sys\nfrom ocrstudio import app as start\nqt = start.make_application()\n"
        "window = start.make_window(qt)\nwindow.show()\nqt.processEvents()\n"
        "late = ('pyqtgraph', 'PIL', 'ruamel.yaml', 'cv2', 'rapidfuzz')\n"
        "print([name for name in late if name in sys.modules])\nwindow.close()"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=LIMIT_S,
        check=False,
    )
    assert ended.stdout.strip() == "[]", ended.stderr


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="X11 and Wayland")
def test_wayland_without_x_is_told_to_qt(monkeypatch):
    for name in NOTHING:
        monkeypatch.delenv(name, raising=False)
    assert not start.has_display()
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert start.has_display()
    assert os.environ["QT_QPA_PLATFORM"] == "wayland"


def test_log_goes_to_the_users_cache_and_a_large_one_is_set_aside(isolated_home, monkeypatch):
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    monkeypatch.setattr(start.faulthandler, "enable", lambda file: file.close())
    monkeypatch.setattr(start, "LOG_LIMIT_BYTES", 10)
    try:
        path = start.start_log()
        logging.getLogger("test").warning("something for the log")
        assert "something for the log" in path.read_text(encoding="utf-8")
        assert isolated_home in path.parents
        logging.getLogger("test").warning("something more")
        assert "something for the log" in path.with_name("ocrstudio.log.1").read_text(encoding="utf-8")
    finally:
        for handler in [handler for handler in root.handlers if handler not in before]:
            root.removeHandler(handler)
            handler.close()
        root.setLevel(level)


def error_boxes() -> list[QApplication]:
    return [widget for widget in QApplication.topLevelWidgets() if widget.objectName() == "programError"]


@pytest.fixture
def teller(qtbot, tmp_path):
    made = ErrorTeller(tmp_path / "log.txt")
    yield made
    for box in error_boxes():
        box.close()


def test_error_in_the_program_is_told_in_one_sentence(qtbot, teller, caplog):
    try:
        raise ValueError("a broken slot")
    except ValueError as error:
        teller.on_error(type(error), error, error.__traceback__)
    qtbot.waitUntil(lambda: any(box.isVisible() for box in error_boxes()))
    (box,) = [box for box in error_boxes() if box.isVisible()]
    assert "labels are safe" in box.text()
    assert "a broken slot" in box.detailedText()
    assert "a broken slot" in caplog.text


def test_error_in_a_thread_is_told_in_the_windows_thread(qtbot, teller, monkeypatch):
    monkeypatch.setattr(threading, "excepthook", teller.on_thread_error)

    def work() -> None:
        raise RuntimeError("in a thread")

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: any(box.isVisible() for box in error_boxes()))


def test_error_in_a_slot_saves_first_and_the_window_goes_on(image_folder):
    """The real program in a process of its own: PyQt ends it on an error in a slot unless the hook is there."""
    code = """
import sys
from pathlib import Path
from PyQt5.QtCore import QTimer
from PyQt5.QtTest import QTest
from PyQt5.QtWidgets import QApplication
from ocrstudio import app as start
from ocrstudio.services.background import wait_for_threads
from ocrstudio.ui.hooks import install_hooks
app = start.make_application()
teller = install_hooks(app, Path(sys.argv[2]))
window = start.make_window(app)
teller.error_met.connect(window.save_after_error)
window.show()
window.open_project(Path(sys.argv[1]))
session = window._session
session.wait_until_open()
while session.document.page is None:
    QTest.qWait(20)
session.document.add_box(((1.0, 1.0), (30.0, 1.0), (30.0, 9.0), (1.0, 9.0)))
def boom():
    raise RuntimeError("a broken slot")
for _ in range(3):
    QTimer.singleShot(0, boom)
label = Path(sys.argv[1]) / "Label.txt"
for _ in range(2000):
    QTest.qWait(20)
    if label.is_file():
        break
boxes = [widget for widget in QApplication.topLevelWidgets() if widget.objectName() == "programError"]
print(label.is_file() and "30" in label.read_text(), len(boxes), "a broken slot" in boxes[0].detailedText())
for box in boxes:
    box.close()
window.close()
wait_for_threads(10_000)  # as the program itself does
"""
    folder = image_folder(1)
    ended = subprocess.run(
        [sys.executable, "-c", code, str(folder), str(folder.parent / "log.txt")],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=LIMIT_S,
        check=False,
    )
    # Sooner than the two seconds after which an edit is saved anyway.
    assert ended.stdout.strip() == "True 1 True", ended.stderr
    assert ended.returncode == 0


@pytest.mark.modal
def test_window_that_cannot_be_made_is_told_on_the_screen(qapp, monkeypatch, tmp_path, capsys):
    shown = []

    def read() -> None:
        (box,) = [widget for widget in error_boxes() if widget.isVisible()]
        shown.append((box.text(), box.informativeText(), box.detailedText()))
        box.close()

    def fail(_app: QApplication) -> None:
        QTimer.singleShot(100, read)
        raise RuntimeError("no such theme")

    monkeypatch.setattr(start, "has_display", lambda: True)
    monkeypatch.setattr(start, "start_log", lambda: tmp_path / "log.txt")
    monkeypatch.setattr(start, "make_application", lambda: qapp)
    monkeypatch.setattr(start, "make_window", fail)
    monkeypatch.setattr(hooks, "install_hooks", lambda _app, _log: None)
    assert start.main() == 1
    ((what, about, details),) = shown
    assert "could not be opened" in what
    assert "no such theme" in about
    assert "Traceback" in details
    assert "no such theme" in capsys.readouterr().err


def test_interrupt_from_the_terminal_quits(qtbot, teller, monkeypatch):
    # Quitting for real would stop the event loops of all tests that follow.
    asked = []
    monkeypatch.setattr(hooks, "QApplication", SimpleNamespace(quit=lambda: asked.append(True)))
    teller.on_error(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert asked == [True]
    assert error_boxes() == []


def test_warnings_of_qt_join_the_log(caplog):
    on_qt_message(QtMsgType.QtWarningMsg, None, "QThing: odd")
    on_qt_message(QtMsgType.QtCriticalMsg, None, "QThing: bad")
    assert [(record.name, record.levelname) for record in caplog.records] == [("qt", "WARNING"), ("qt", "ERROR")]


def test_sample_project_is_never_overwritten(tmp_path):
    folder = open_sample(tmp_path / "sample Ⅻ")
    label = folder / "Label.txt"
    assert len(list(folder.glob("*.jpg"))) >= 24
    assert label.read_text(encoding="utf-8").startswith("sample Ⅻ/page_01.jpg\t")
    label.write_text("mine", encoding="utf-8")
    assert open_sample(folder) == folder
    assert label.read_text(encoding="utf-8") == "mine"


def test_sample_project_that_cannot_be_copied_is_told(tmp_path):
    from ocrstudio.core.errors import ProjectError

    (tmp_path / "file").write_text("")
    with pytest.raises(ProjectError, match="could not be copied"):
        open_sample(tmp_path / "file" / "sample")


def test_a_crash_is_told_once_with_a_report_without_names(qtbot, tmp_path, monkeypatch):
    logs = tmp_path / "logs"
    code = (
        "import ctypes, faulthandler, sys, pathlib\n"
        "folder = pathlib.Path(sys.argv[1]); folder.mkdir()\n"
        "(folder / 'ocrstudio.log').write_text('opened /home/hortense/invoices')\n"
        "faulthandler.enable((folder / 'crash.log').open('a'))\n"
        "ctypes.string_at(0)"
    )
    ended = subprocess.run([sys.executable, "-c", code, str(logs)], timeout=LIMIT_S, check=False)
    assert ended.returncode != 0
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    tell_last_crash(window, logs)
    qtbot.waitUntil(lambda: window.findChild(QMessageBox, "askAboutCrash") is not None)
    qtbot.mouseClick(window.findChild(QPushButton, "answer0"), Qt.MouseButton.LeftButton)
    dialog = window.findChild(CrashReportDialog)
    text = dialog.shown.toPlainText()
    assert "ctypes" in text
    assert "opened /home/<user>/invoices" in text
    saved = tmp_path / "report.txt"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(saved), ""))
    qtbot.mouseClick(dialog.findChild(QPushButton, "saveReport"), Qt.MouseButton.LeftButton)
    assert saved.read_text(encoding="utf-8") == text
    dialog.close()
    assert take_crash(logs) == ""


@pytest.mark.skipif(os.name != "posix", reason="signals")
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_a_program_that_is_ended_by_the_system_keeps_labels_and_size(tmp_path, name):
    """As at the end of a desktop session, or when a terminal is closed."""
    code = """
import os, signal, sys
from pathlib import Path
from PyQt5.QtCore import QTimer
from PyQt5.QtWidgets import QApplication
from ocrstudio import app as program
from ocrstudio.core.page import PageState
def end():
    (window,) = [widget for widget in QApplication.topLevelWidgets() if widget.objectName() == "mainWindow"]
    window.resize(1234, 777)
    session = window._session
    session.page_opened.connect(lambda _key: (session.document.set_state(PageState.CHECKED),
                                              os.kill(os.getpid(), getattr(signal, sys.argv[2]))))
    session.open(Path(sys.argv[1]))
make = program.make_window
def made(app):
    window = make(app)
    window.painted.connect(end)
    return window
program.make_window = made
sys.exit(program.main())
"""
    folder = make_project(tmp_path)
    command = [sys.executable, "-c", code, str(folder), name]
    variables = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    ended = subprocess.run(command, env=variables, capture_output=True, text=True, timeout=LIMIT_S, check=False)
    assert ended.returncode == -getattr(signal, name), ended.stderr
    assert (folder / "fileState.txt").read_text(encoding="utf-8") == "pages/p1.png\t1\n"
    assert not WindowState().get("geometry").isEmpty()
