"""Python's search for garbage in cycles, kept to the moments at which the window's thread has nothing else to do.

Left to itself it happens wherever something is made: also in a handler that Qt calls while it goes through its list of
all widgets, which it does for every new style sheet. A widget without a parent that is found to be garbage then is
deleted at once, Qt goes on to it, and the program is gone. Between two events nobody holds such a list.
"""

from __future__ import annotations

import gc
import time

from PyQt5.QtCore import QObject, Qt, QTimer
from PyQt5.QtGui import QGuiApplication

LOOK_EVERY_MS = 500
# With fewer new objects than this, net of those that went by themselves, there is nothing to look for.
WORTH_A_LOOK = 5_000
# Looking at this many takes 10 to 20 ms; at those of a large project, 200 ms.
MOST_AT_ONCE = 100_000
LOOKS_PER_SECOND_LOOK = 8
# Dialogs and the like, which have grown old before nobody needs them.
OLD_EVERY_S = 60.0
WHOLE_EVERY_S = 600.0


class Collector(QObject):
    """Collects in the thread that makes it, from its event loop; `collect` does so where there is none.

    No collection looks at more than `MOST_AT_ONCE` objects, so that none is felt: what a project that is being read
    brings at once is put aside without a look, for it goes by itself when the project is closed. All that was put aside
    is looked through when the program is not in use.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        # what stays for as long as the program lives
        gc.freeze()
        self._looked_at = 0
        self._looks = 0
        self._old_at = self._whole_at = time.monotonic()
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY_MS)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def collect(self) -> None:
        """Looks at what is new, if it is enough to be worth it."""
        new = gc.get_count()[0]
        if new < WORTH_A_LOOK:
            return
        if self._looked_at + new > MOST_AT_ONCE:
            gc.freeze()
            self._looked_at = self._looks = 0
            return
        self._looked_at += new
        self._looks += 1
        if self._looks < LOOKS_PER_SECOND_LOOK:
            gc.collect(0)
        else:
            gc.collect(1)
            self._looked_at = self._looks = 0

    def collect_old(self) -> None:
        """Looks at what has outlived earlier looks, too, unless that is too much; then it is put aside."""
        if len(gc.get_objects(generation=2)) > MOST_AT_ONCE:
            gc.freeze()
        else:
            gc.collect()
        self._looked_at = self._looks = 0
        self._old_at = time.monotonic()

    def collect_all(self) -> None:
        """Looks at everything, which takes a tenth of a second and more."""
        gc.unfreeze()
        gc.collect()
        gc.freeze()
        self._looked_at = self._looks = 0
        self._whole_at = time.monotonic()

    def close(self) -> None:
        """Hands collecting back to Python, for the end of the program."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()

    def _look(self) -> None:
        in_use = QGuiApplication.applicationState() == Qt.ApplicationState.ApplicationActive
        if not in_use and time.monotonic() - self._whole_at > WHOLE_EVERY_S:
            self.collect_all()
        elif time.monotonic() - self._old_at > OLD_EVERY_S:
            self.collect_old()
        else:
            self.collect()
