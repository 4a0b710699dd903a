"""The flight check in the config page: what is checked, what it means for the start, and the window with all of it."""

from __future__ import annotations

from collections.abc import Callable

from PyQt5.QtCore import QObject, pyqtSignal, pyqtSlot
from PyQt5.QtWidgets import QWidget

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, ConfigError, StudioError
from ocrstudio.services.flight_check import FlightCheck, Subject
from ocrstudio.ui.pages.config.flight_dialog import FlightDialog
from ocrstudio.ui.pages.config.flight_strip import NAMED, FlightStrip
from ocrstudio.ui.pages.config.flight_words import title_of

WOULD_FAIL = QT_TRANSLATE_NOOP("Errors", "This training would fail: {names}.")
SEE_CHECKS = QT_TRANSLATE_NOOP("Errors", "All checks… says why, and repairs what can be repaired.")


class FlightGate(QObject):
    """Lets a training start only after its check, and not if it would fail.

    Args:
        owner: The page; owns the strip too.
        program: Replaces the check's program; for tests.
    """

    changed = pyqtSignal()  # what keeps the training from starting may be something else
    settings_ready = pyqtSignal(object)  # dict: config key to the value that a repair asks for, ABSENT for none
    restore_requested = pyqtSignal()  # the last repair is to be taken back

    def __init__(self, owner: QWidget, program: list[str] | None = None) -> None:
        super().__init__(owner)
        self._owner = owner
        self.check = FlightCheck(self, program)
        self.strip = FlightStrip(self.check)
        self.dialog: FlightDialog | None = None
        self._start: Callable[[], None] | None = None
        self.strip.shown.connect(self.show_all)
        self.check.changed.connect(self._on_check_changed)

    def watch(self, subject: Subject | None) -> None:
        """Checks this from now on; a start that waits for another config's check is forgotten."""
        self.check.look(subject)

    @property
    def is_starting(self) -> bool:
        """Whether a start waits for the check."""
        return self._start is not None

    @property
    def is_poor(self) -> bool:
        """Whether the training would go through, but could be better."""
        return self.check.report is not None and self.check.report.worst == "poor"

    def obstacle(self) -> StudioError | None:
        """Why the training must not start; None if nothing is known against it."""
        report = self.check.report
        if report is None or not report.fails:
            return None
        failing = report.of("fail")
        names = ", ".join(title_of(line) for line in failing[:NAMED])
        more = f" +{len(failing) - NAMED}" if len(failing) > NAMED else ""
        return ConfigError(WOULD_FAIL, SEE_CHECKS, names=names + more)

    def start(self, start: Callable[[], None]) -> None:
        """Calls `start` now if the check is over, or when it is; not if the training would fail.

        A stale check is made anew first.

        A check that breaks off keeps nobody from starting: the engine looks once more by itself.
        """
        if not self.check.is_busy and self.check.is_stale:
            self.check.again()
        if self.check.is_busy:
            self._start = start
            self.check.hurry()
            self.changed.emit()
        elif self.obstacle() is None:
            start()

    def look_again(self) -> None:
        """Makes a stale check anew: the page is back, and lists may have been written meanwhile."""
        if self.check.report is not None and self.check.is_stale and not self.check.is_busy:
            self.check.again()

    @pyqtSlot()
    def show_all(self) -> None:
        """Opens the window with every check, or brings it to the front."""
        if self.dialog is None:
            self.dialog = FlightDialog(self.check, self._owner)
            self.dialog.panel.settings_ready.connect(self.settings_ready)
            self.dialog.panel.restore_requested.connect(self.restore_requested)
        self.dialog.show()
        self.dialog.raise_()
        self.dialog.activateWindow()

    def close(self) -> None:
        """Ends the check."""
        self._start = None
        if self.dialog is not None:
            self.dialog.panel.detail.close_picture()
            self.dialog.close()
        self.check.close()

    @pyqtSlot()
    def _on_check_changed(self) -> None:
        start = self._start
        if start is not None and not self.check.is_busy:
            self._start = None
            if self.obstacle() is None:
                start()
        elif start is not None and self.check.report is None and self.check.is_waiting:
            # the config was changed after all
            self._start = None
        self.changed.emit()
