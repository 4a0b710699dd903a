"""How a training is asked to stop: a message, the end of stdin, or a signal; all mean "save and stop"."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from types import FrameType

from ocrstudio.protocol import messages

# SIGHUP: the terminal was closed; Windows has none.
STOP_SIGNALS = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))
_ALWAYS = (signal.SIGINT, signal.SIGTERM)


class StopRequest:
    """Set from a thread or a signal handler, looked at between batches."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def __call__(self) -> bool:
        """Whether somebody asked to stop."""
        return self._event.is_set()

    def set(self) -> None:
        """Asks to stop."""
        self._event.set()

    def listen(self, lines: Iterable[str]) -> None:
        """Starts a thread that waits for a Stop message; the end of the lines means that the window is gone."""
        threading.Thread(target=self._listen, args=(lines,), daemon=True, name="stop").start()

    def _listen(self, lines: Iterable[str]) -> None:
        for line in lines:
            if isinstance(messages.decode(line), messages.Stop):
                break
        self.set()

    @contextmanager
    def on_signals(self) -> Iterator[None]:
        """Within it, SIGINT (Ctrl+C), SIGTERM and SIGHUP ask to stop instead of ending the process.

        A SIGHUP that is ignored stays so: `nohup` wants that.
        """

        def ask(_number: int, _frame: FrameType | None) -> None:
            self.set()

        with keep_signal_handlers():
            if threading.current_thread() is threading.main_thread():
                for number in STOP_SIGNALS:
                    if number in _ALWAYS or signal.getsignal(number) is not signal.SIG_IGN:
                        signal.signal(number, ask)
            yield


@contextmanager
def keep_signal_handlers() -> Iterator[None]:
    """Whatever happens within it, these signals do afterwards what they did before."""
    if threading.current_thread() is not threading.main_thread():
        # Python lets only its main thread set them
        yield
        return
    before = {number: signal.getsignal(number) for number in STOP_SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            # None: set by something that is not Python, and out of its reach
            if handler is not None:
                signal.signal(number, handler)
