"""How long a window could not do anything."""

from __future__ import annotations

import time
from collections.abc import Callable

BEAT_MS = 5


class Beats:
    """Listens to a timer that should ring every `BEAT_MS`.

    Attributes:
        longest: Seconds for which the window answered nothing.
        longest_work: The processor time that the window's own thread took between two rings, others' work left out.
    """

    def __init__(self, on_beat: Callable[[], None] = lambda: None) -> None:
        from PyQt5.QtCore import Qt, QTimer

        self._on_beat = on_beat
        self.forget()
        self.timer = QTimer()
        self.timer.setTimerType(Qt.TimerType.PreciseTimer)
        self.timer.setInterval(BEAT_MS)
        self.timer.timeout.connect(self._beat)
        self.timer.start()

    def forget(self) -> None:
        """Begins anew."""
        self.longest = self.longest_work = 0.0
        self._last, self._last_work = time.perf_counter(), time.thread_time()

    def _beat(self) -> None:
        now, work = time.perf_counter(), time.thread_time()
        self.longest = max(self.longest, now - self._last - BEAT_MS / 1000)
        self.longest_work = max(self.longest_work, work - self._last_work)
        self._last, self._last_work = now, work
        self._on_beat()
