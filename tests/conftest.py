"""What every test gets: its own home, a hidden screen, one font, and a look at what it leaves behind."""

from __future__ import annotations

import functools
import os
import sys
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

# Before any Qt import: a test never opens a window on somebody's desktop unless asked to.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("QT_LOGGING_RULES", "qt.qpa.xcb*=false")

REPOSITORY = Path(__file__).resolve().parent.parent
QT_FIXTURES = frozenset({"qapp", "qtbot", "qtmodeltester"})
MODAL_LIMIT_MS = 20_000
MODAL_POLL_MS = 200
SETTLE_MS = 5000
PATIENCE_MS = 30_000


def pytest_configure(config: pytest.Config) -> None:
    """Declares the marker of tests that open a dialog on purpose."""
    config.addinivalue_line("markers", "modal: keeps a modal dialog open for longer than the guard allows")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks tests by what they use and where they live."""
    for item in items:
        folder = Path(item.path).relative_to(REPOSITORY / "tests").parts[0]
        if folder in ("e2e", "engine"):
            item.add_marker(folder)
        elif QT_FIXTURES & set(getattr(item, "fixturenames", ())):
            item.add_marker("gui")


@pytest.fixture(autouse=True)
def isolated_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder that is the test's own, so that no setting leaks in or out."""
    home = tmp_path_factory.mktemp("home")
    for name, folder in {
        "HOME": home,
        "USERPROFILE": home,
        "APPDATA": home / "appdata",
        "LOCALAPPDATA": home / "localappdata",
        # Windows itself is asked for its folders otherwise
        "WIN_PD_OVERRIDE_LOCAL_APPDATA": home / "localappdata",
        "XDG_CONFIG_HOME": home / "config",
        "XDG_CACHE_HOME": home / "cache",
        "XDG_DATA_HOME": home / "data",
        "XDG_STATE_HOME": home / "state",
    }.items():
        monkeypatch.setenv(name, str(folder))
    # The children must find the package from any working folder.
    monkeypatch.setenv("PYTHONPATH", str(REPOSITORY))
    monkeypatch.delenv("OCRSTUDIO_STARTUP_PROBE", raising=False)
    return home


@pytest.fixture
def image_folder(tmp_path: Path) -> Callable[..., Path]:
    """Makes a folder of small white pictures, `page0.png` and so on, its path with spaces and non-ASCII letters."""

    def make(count: int = 3, name: str = "my pages Ⅻ 图") -> Path:
        from PIL import Image

        folder = tmp_path / name
        folder.mkdir()
        for number in range(count):
            Image.new("RGB", (64, 48), "white").save(folder / f"page{number}.png")
        return folder

    return make


@pytest.fixture(scope="session")
def qapp_cls() -> type:
    """The application's class, with Qt's plugins found wherever the environment lies."""
    from PyQt5.QtWidgets import QApplication

    from ocrstudio.ui import qt_files

    qt_files.find_plugins()
    return QApplication


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    """The program's name as Qt sees it."""
    return ["ocrstudio"]


@pytest.fixture
def qtbot(qapp: object, request: pytest.FixtureRequest) -> object:
    """Pytest-qt's, which waits longer, whatever a test says: a busy machine is no reason to fail.

    Nobody waits for what has come.
    """
    from PyQt5.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from ocrstudio.ui.dressing import dress_window

    class PatientBot(QtBot):
        def addWidget(self, widget: QWidget, **options: object) -> None:  # noqa: N802
            # In the program all but dialogs lies in something that is dressed.
            if widget.isWindow():
                dress_window(widget)
            super().addWidget(widget, **options)

        def waitUntil(self, callback: Callable, *, timeout: int = PATIENCE_MS) -> None:  # noqa: N802
            super().waitUntil(callback, timeout=max(timeout, PATIENCE_MS))

        def waitSignal(self, signal: object, *, timeout: int = PATIENCE_MS, **options: object) -> object:  # noqa: N802
            return super().waitSignal(signal, timeout=max(timeout, PATIENCE_MS), **options)

        def waitSignals(self, signals: object, *, timeout: int = PATIENCE_MS, **options: object) -> object:  # noqa: N802
            return super().waitSignals(signals, timeout=max(timeout, PATIENCE_MS), **options)

        def waitExposed(self, widget: object, *, timeout: int = PATIENCE_MS) -> object:  # noqa: N802
            return super().waitExposed(widget, timeout=max(timeout, PATIENCE_MS))

        def waitActive(self, widget: object, *, timeout: int = PATIENCE_MS) -> object:  # noqa: N802
            return super().waitActive(widget, timeout=max(timeout, PATIENCE_MS))

    return PatientBot(request)


@pytest.fixture(scope="session", autouse=True)
def _session_look(request: pytest.FixtureRequest) -> None:
    """Loads the bundled font and the light theme, so that text looks (and breaks) the same everywhere."""
    if not any(QT_FIXTURES & set(getattr(item, "fixturenames", ())) for item in request.session.items):
        return
    request.getfixturevalue("qapp")
    from PyQt5.QtGui import QFontDatabase

    from ocrstudio.ui import theme

    for font in sorted((REPOSITORY / "resources" / "fonts").glob("*.[ot]t[fc]")):
        QFontDatabase.addApplicationFont(str(font))
    theme.apply(request.getfixturevalue("qapp"), "light", 100)


@pytest.fixture(scope="session")
def _collector(qapp: object) -> Iterator[object]:
    """Cyclic garbage goes as it does in the program: between two events and, as most tests have none, between tests."""
    from ocrstudio.services.collector import Collector

    collector = Collector()
    yield collector
    collector.close()


@pytest.fixture(autouse=True)
def _nothing_survives(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fails a test that leaves a running thread or process or a visible window, and one that meets a stray dialog."""
    if not QT_FIXTURES & set(request.fixturenames):
        yield
        return
    app = request.getfixturevalue("qapp")
    request.getfixturevalue("_collector").collect()
    _started()
    guard = _ModalGuard(expected=request.node.get_closest_marker("modal") is not None)
    before = {id(widget) for widget in app.topLevelWidgets()}
    yield
    guard.stop()
    _settle(app, lambda: not _survivors(app, before))
    survivors = _survivors(app, before)
    _sweep(app, before)
    _restore_look(app)
    assert not guard.closed, f"unexpected dialogs: {guard.closed}"
    assert not survivors, f"left behind: {survivors}"


class _ModalGuard:
    """Closes a modal dialog that stays open, so that a test fails instead of hanging."""

    def __init__(self, *, expected: bool) -> None:
        from PyQt5.QtCore import QTimer

        self.closed: list[str] = []
        self._waited_ms = 0
        self._timer = QTimer()
        self._timer.timeout.connect(self._look)
        if not expected:
            self._timer.start(MODAL_POLL_MS)

    def _look(self) -> None:
        from PyQt5.QtWidgets import QApplication

        modal = QApplication.activeModalWidget()
        self._waited_ms = self._waited_ms + MODAL_POLL_MS if modal is not None else 0
        if modal is not None and self._waited_ms >= MODAL_LIMIT_MS:
            text = modal.text() if hasattr(modal, "text") else modal.windowTitle()
            self.closed.append(f"{type(modal).__name__}: {text}")
            modal.close()
            self._waited_ms = 0

    def stop(self) -> None:
        self._timer.stop()


def _survivors(app: object, before: set[int]) -> list[str]:
    """Names of what a finished test should have closed."""
    from PyQt5.QtCore import QProcess

    left = [
        f"window {type(widget).__name__} {widget.objectName()!r}"
        for widget in app.topLevelWidgets()
        if id(widget) not in before and widget.isVisible()
    ]
    for thing in _running():
        told = f"{thing.program()} {thing.arguments()}" if isinstance(thing, QProcess) else ""
        left.append(f"{type(thing).__name__} {told}")
    return left


@functools.cache
def _started() -> weakref.WeakSet:
    """The processes and threads that Qt is asked to start from the first call on: looking for them takes long."""
    from PyQt5.QtCore import QProcess, QThread

    started = weakref.WeakSet()
    for kind in (QProcess, QThread):

        def start(self: object, *arguments: object, real: Callable = kind.start) -> None:
            started.add(self)
            real(self, *arguments)

        kind.start = start
    return started


def _running() -> list[object]:
    from PyQt5 import sip
    from PyQt5.QtCore import QProcess

    alive = [thing for thing in _started() if not sip.isdeleted(thing)]
    return [
        thing
        for thing in alive
        if (thing.state() != QProcess.ProcessState.NotRunning if isinstance(thing, QProcess) else thing.isRunning())
    ]


def _settle(app: object, done: object) -> None:
    """Gives deleteLater and ending children a moment."""
    from PyQt5.QtCore import QCoreApplication, QDeadlineTimer, QEvent
    from PyQt5.QtTest import QTest

    deadline = QDeadlineTimer(SETTLE_MS)
    while True:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        if done() or deadline.hasExpired():
            return
        QTest.qWait(20)


def _sweep(app: object, before: set[int]) -> None:
    """Ends what survived, so that the next test is not blamed for it."""
    from PyQt5.QtCore import QProcess

    for thing in _running():
        if isinstance(thing, QProcess):
            thing.blockSignals(True)
            thing.kill()
            thing.waitForFinished(1000)
    for widget in app.topLevelWidgets():
        if id(widget) not in before and widget.isVisible():
            widget.hide()
            widget.deleteLater()


def _restore_look(app: object) -> None:
    from ocrstudio.ui import theme

    theme.apply(app, "light", 100)


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Saves a picture of every visible window when a test fails; the report says where."""
    outcome = yield
    report = outcome.get_result()
    if report.when != "call" or not report.failed or "PyQt5.QtWidgets" not in sys.modules:
        return
    from PyQt5.QtWidgets import QApplication

    if QApplication.instance() is None:
        return
    folder = Path(os.environ.get("OCRSTUDIO_TEST_SCREENSHOTS", REPOSITORY / "build" / "failed-tests"))
    folder.mkdir(parents=True, exist_ok=True)
    name = "".join(letter if letter.isalnum() else "-" for letter in item.nodeid)[-120:]
    for number, widget in enumerate(widget for widget in QApplication.topLevelWidgets() if widget.isVisible()):
        path = folder / f"{name}-{number}.png"
        widget.grab().save(str(path))
        report.sections.append(("screenshot", str(path)))
