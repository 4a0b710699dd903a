"""The system ends the program: with the session or the terminal, or by `kill`. Nobody can be asked; time is short."""

from __future__ import annotations

import os
import signal
import socket

from PyQt5.QtCore import QObject, QSocketNotifier, pyqtSlot

from ocrstudio.ui.main_window import MainWindow

MOST_BYTES = 64
SIGNALS = (signal.SIGTERM, signal.SIGHUP)


class Termination(QObject):
    """On SIGTERM and SIGHUP saves the labels and where the window stands; then the signal does what it always does.

    A training that runs goes on, as after a window that was killed.

    Args:
        window: What is saved.
    """

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        # Python's own handlers wait until some Python code runs; a byte in a socket wakes Qt at once.
        self._ours, self._pythons = socket.socketpair()
        for end in (self._ours, self._pythons):
            end.setblocking(False)
        signal.set_wakeup_fd(self._pythons.fileno(), warn_on_full_buffer=False)
        for number in SIGNALS:
            if signal.getsignal(number) is not signal.SIG_IGN:  # as under `nohup`
                signal.signal(number, lambda _number, _frame: None)
        self._notifier = QSocketNotifier(self._ours.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_notifier_activated)

    @pyqtSlot()
    def _on_notifier_activated(self) -> None:
        for number in self._ours.recv(MOST_BYTES):
            if number in SIGNALS:
                self._window.keep_all()
                signal.signal(number, signal.SIG_DFL)
                os.kill(os.getpid(), number)
