"""Notices trainings that wait for ever: PaddleOCR's loader may die while the training goes on waiting for it."""

from __future__ import annotations

import os
import time
from collections.abc import Callable

from ocrstudio.engine.checkout.child import Effort

SILENCE_ENV = "OCRSTUDIO_TRAIN_SILENCE_S"
SILENCE_S = 60.0
# A quiet batch may take as long as so many of the last ones.
BATCHES = 10
# Waiting threads look around a few times a second; work uses a good part of a core.
_IDLE_CPU = 0.02
_LOOK_S = 1.0


class Watchdog:
    """Measures how long a training has neither said nor done anything.

    Args:
        effort: What its processes have done so far.
        clock: For tests.
    """

    def __init__(self, effort: Callable[[], Effort], clock: Callable[[], float] = time.monotonic) -> None:
        self._effort, self._clock = effort, clock
        self.limit = _from_environment()
        self.batch_cost = 0.0
        self._alive_at = self._looked_at = clock()
        self._last = Effort(0.0, 0)

    def heard(self) -> None:
        """There was output."""
        self._alive_at = self._clock()

    @property
    def allowed(self) -> float:
        """Seconds of silence that are allowed now."""
        return max(self.limit, BATCHES * self.batch_cost)

    @property
    def silent(self) -> float:
        """Seconds without output, use of the processor or of disks."""
        now = self._clock()
        if now - self._looked_at >= _LOOK_S:
            effort = self._effort()
            worked = effort.cpu - self._last.cpu > _IDLE_CPU * (now - self._looked_at)
            # other numbers than before: also processes that came or went
            if worked or effort.disk != self._last.disk or effort.cpu < self._last.cpu:
                self._alive_at = now
            self._last, self._looked_at = effort, now
        return now - self._alive_at

    @property
    def stuck(self) -> bool:
        """Whether it is time to end the training."""
        return self.silent > self.allowed


def _from_environment() -> float:
    try:
        return max(0.1, float(os.environ.get(SILENCE_ENV, "")))
    except ValueError:
        return SILENCE_S
