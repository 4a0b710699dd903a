"""Puts the window together: hooks for what goes wrong, settings, language, look, services, window."""

from __future__ import annotations

import faulthandler
import gc
import logging
import os
import socket
import sys
import time
import traceback
from collections.abc import Sequence
from functools import partial
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import TYPE_CHECKING

from ocrstudio import paths
from ocrstudio.formats.crash_report import CRASH_FILE, LOG_FILE

if TYPE_CHECKING:
    from PyQt5.QtWidgets import QApplication

    from ocrstudio.services.settings import Settings
    from ocrstudio.ui.main_window import MainWindow

LOG_LIMIT_BYTES, LOGS_KEPT = 2_000_000, 2
# So long after the window was closed the process ends, whatever a thread is still doing: everything is saved by then.
LAST_WORK_MS = 10_000
AT_REST_MS = 300
# What a first visit is most likely to be of.
PRELOADED = ("test", "dataset", "config", "train", "setup")
PROBE_VARIABLE = "OCRSTUDIO_STARTUP_PROBE"
# What a window process must never load; the startup probe looks for them.
RUNTIMES = ("paddle", "onnxruntime", "rapidocr", "onnx", "cv2")

NO_DISPLAY = (
    "ocrstudio: there is no display to open a window on. "
    "Run `ocrstudio demo` to see the whole loop in the terminal, or `ocrstudio --help` for all commands."
)
NO_QT = (
    "ocrstudio: the window's libraries cannot be loaded ({error}). "
    "On Debian and Ubuntu: sudo apt install libgl1 libegl1 libdbus-1-3 libxkbcommon-x11-0 libxcb-icccm4 "
    "libxcb-image0 libxcb-keysyms1 libxcb-randr0 libxcb-render-util0 libxcb-shape0 libxcb-xinerama0"
)


def main(places: Sequence[str] = ()) -> int:
    """Opens the window and stays until it is closed.

    Args:
        places: A folder of images to open, or pictures to read; none opens the window empty.

    Returns:
        Exit code: 0, or 1 when no window can be opened (one line on stderr says why).
    """
    # Until everything that stays has been made there is nothing to collect.
    gc.disable()
    if not has_display():
        sys.stderr.write(NO_DISPLAY + "\n")
        return 1
    log_file = start_log()
    try:
        from PyQt5.QtWidgets import QApplication
    except ImportError as error:
        sys.stderr.write(NO_QT.format(error=error) + "\n")
        return 1
    from ocrstudio.formats.atomic import hurry_here
    from ocrstudio.services.background import wait_for_threads
    from ocrstudio.services.collector import Collector
    from ocrstudio.ui.hooks import install_hooks, tell_last_crash
    from ocrstudio.ui.preloading import Preloading

    hurry_here()
    app = make_application()
    teller = install_hooks(app, log_file)
    try:
        window = make_window(app)
    except Exception as error:  # noqa: BLE001  (whatever it is must be seen: without a window no hook can show it)
        return tell_failed_start(error, log_file)
    teller.error_met.connect(window.save_after_error)
    if os.environ.get(PROBE_VARIABLE):
        window.painted.connect(_report_start)
    else:
        window.painted.connect(lambda: tell_last_crash(window, log_file.parent))
        window.painted.connect(Preloading(PRELOADED, window.build_page, window).start)
        if places:
            window.open_when_painted([Path(place).absolute() for place in places])
        else:
            window.painted.connect(window.help.welcome_if_new)
    window.show()
    if os.name == "posix":
        from ocrstudio.ui.termination import Termination

        Termination(window)
    collector = Collector(app)
    code = int(QApplication.exec_())
    collector.close()
    if not wait_for_threads(LAST_WORK_MS):
        # A very large picture is being decoded for nobody. The interpreter must not end under a thread.
        logging.shutdown()
        os._exit(code)
    return code


def tell_failed_start(error: Exception, log_file: Path) -> int:
    """Says why there is no window: in the log, on stderr, and in a box that stays until it is closed.

    Returns:
        Exit code 1.
    """
    from ocrstudio.ui.dialogs.error_box import show_start_error

    details = "".join(traceback.format_exception(error))
    logging.getLogger(__name__).error("the window could not be made\n%s", details)
    sys.stderr.write(f"ocrstudio: the window could not be opened: {error!r}. The details are in {log_file}.\n")
    show_start_error(f"{type(error).__name__}: {error}", details, log_file)
    return 1


def has_display() -> bool:
    """Whether Qt will find a screen; without one it aborts the process, which no hook can catch."""
    environment = os.environ
    if environment.get("QT_QPA_PLATFORM") or not sys.platform.startswith("linux"):
        return True
    if environment.get("WAYLAND_DISPLAY"):
        if not environment.get("DISPLAY"):
            # Qt 5 would still look for an X server first.
            environment["QT_QPA_PLATFORM"] = "wayland"
        return True
    display = environment.get("DISPLAY", "")
    # A forwarded display (host:number) is left to Qt; a local one can be tried.
    return _answers(display[1:].split(".")[0]) if display.startswith(":") else bool(display)


def _answers(number: str) -> bool:
    """Whether a local X server listens, at its abstract or its file address."""
    for address in (f"\0/tmp/.X11-unix/X{number}", f"/tmp/.X11-unix/X{number}"):  # noqa: S108 - X11's fixed place
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
            try:
                connection.connect(address)
            except OSError:
                continue
            return True
    return False


def start_log() -> Path:
    """Sends the program's log and a hard crash's traceback to a file of the user's cache; its path."""
    folder = paths.user_cache() / "logs"
    log_file = folder / LOG_FILE
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler: logging.Handler = RotatingFileHandler(
            log_file, maxBytes=LOG_LIMIT_BYTES, backupCount=LOGS_KEPT, encoding="utf-8"
        )
        # Kept open for as long as the process lives: the handler writes to its descriptor while Python is down.
        faulthandler.enable((folder / CRASH_FILE).open("a", encoding="utf-8"))
    except OSError as error:
        sys.stderr.write(f"ocrstudio: no log file: {error}\n")
        handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    return log_file


def make_application() -> QApplication:
    """The one application object, with its name and a screen of any density."""
    from PyQt5.QtCore import Qt
    from PyQt5.QtWidgets import QApplication

    from ocrstudio.ui import qt_files

    # cv2 sets it when some other package imports it first, and its plugins are not ours.
    os.environ.pop("QT_QPA_PLATFORM_PLUGIN_PATH", None)
    qt_files.find_plugins()
    # Nothing here is drawn by OpenGL, whose driver would take 50 MB of memory at the first painting on X11.
    os.environ.setdefault("QT_XCB_GL_INTEGRATION", "none")
    QApplication.setAttribute(Qt.ApplicationAttribute.AA_EnableHighDpiScaling)
    QApplication.setAttribute(Qt.ApplicationAttribute.AA_UseHighDpiPixmaps)
    app = QApplication(sys.argv[:1])
    app.setApplicationName("ocrstudio")
    app.setApplicationDisplayName("OCR Studio")
    app.setDesktopFileName("ocrstudio")
    return app


def make_window(app: QApplication) -> MainWindow:
    """The window with its services, not shown yet."""
    from PyQt5.QtGui import QIcon

    from ocrstudio.services.project_session import ProjectSession
    from ocrstudio.services.recognizer import Recognizer
    from ocrstudio.services.settings import Settings, WindowState
    from ocrstudio.ui import i18n, theme
    from ocrstudio.ui.fonts import use_fonts
    from ocrstudio.ui.main_window import MainWindow

    settings = Settings(parent=app)
    i18n.switch_language(app, settings.language)
    use_fonts(app)
    theme.apply(app, settings.theme, settings.font_percent)
    app.setWindowIcon(QIcon(str(paths.resources() / "icons" / "ocrstudio.png")))
    session, recognizer = ProjectSession(app), Recognizer(app)
    window = MainWindow(session, recognizer, settings, WindowState())
    window.painted.connect(partial(_follow_desktop, app, settings))
    return window


def _follow_desktop(app: QApplication, settings: Settings) -> None:
    from PyQt5.QtCore import QTimer

    def follow() -> None:
        from ocrstudio.ui.desktop_look import DesktopLook

        DesktopLook(app, settings)

    # It asks other processes: only once the window can be used.
    QTimer.singleShot(AT_REST_MS, follow)


def _report_start() -> None:
    """The startup benchmark's answer: seconds to the first picture, memory, and which runtimes were loaded."""
    from PyQt5.QtWidgets import QApplication

    loaded = [name for name in RUNTIMES if name in sys.modules]
    seconds = seconds_since_start()
    told = f"painted after {seconds:.3f} s; {resident_mb():.0f} MB; runtimes loaded: {', '.join(loaded) or 'none'}\n"
    sys.stderr.write(told)
    QApplication.quit()


def resident_mb() -> float:
    """Memory of this process that is not swapped out, in megabytes (10^6 bytes), as a task manager shows it."""
    if sys.platform.startswith("linux"):
        # Field 2 of statm, in pages; loading psutil would add to what is measured.
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
    import psutil

    return float(psutil.Process().memory_info().rss) / 1e6


def seconds_since_start() -> float:
    """Age of this process, the interpreter's own start included."""
    if sys.platform.startswith("linux"):
        # Field 22 of stat: clock ticks since boot. psutil rounds the moment of boot to whole seconds.
        ticks = int(
            Path("/proc/self/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()[19]
        )
        return time.clock_gettime(time.CLOCK_BOOTTIME) - ticks / os.sysconf("SC_CLK_TCK")
    import psutil

    return time.time() - psutil.Process().create_time()
