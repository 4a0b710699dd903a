"""Timers that fire once."""

from __future__ import annotations

from collections.abc import Callable

from PyQt5.QtCore import QObject, QTimer, pyqtBoundSignal


def single_shot(parent: QObject, interval_ms: int, slot: Callable[..., None] | pyqtBoundSignal) -> QTimer:
    """A timer that calls `slot` once, so long after each start; starting it again begins anew.

    Args:
        parent: Owner.
        interval_ms: Milliseconds.
        slot: Called, or emitted if it is a signal, in the owner's thread.
    """
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(interval_ms)
    timer.timeout.connect(slot)
    return timer
