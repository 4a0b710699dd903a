"""Examples of synthetic lines for the window: one child that keeps labels and fonts between two wishes."""

from __future__ import annotations

import argparse
import threading
import traceback
from collections.abc import Callable, Iterable

from ocrstudio.commands import synth
from ocrstudio.commands.synth_supplies import Supplies, preview
from ocrstudio.core.errors import QT_TRANSLATE_NOOP, StudioError
from ocrstudio.protocol import messages

Send = Callable[[messages.Message], None]

UNEXPECTED = QT_TRANSLATE_NOOP("Errors", "The examples could not be made because of an unexpected error: {reason}.")
CHANGE = QT_TRANSLATE_NOOP("Errors", "Change something and look again; the details say more.")


class _Latest:
    """The window's latest wish, read by a thread: those that it overtakes are never worked on."""

    def __init__(self) -> None:
        self._wish: messages.ShowExamples | None = None
        self._changed = threading.Condition()
        self._closed = False

    def fill_from(self, lines: Iterable[str]) -> None:
        """Reads until the lines end; runs in a thread of its own."""
        for line in lines:
            message = messages.decode(line)
            if isinstance(message, messages.ShowExamples):
                with self._changed:
                    self._wish = message
                    self._changed.notify()
        with self._changed:
            self._closed = True
            self._changed.notify()

    def next(self) -> messages.ShowExamples | None:
        """The next wish, waiting for it; None when the window has closed the connection."""
        with self._changed:
            self._changed.wait_for(lambda: self._wish is not None or self._closed)
            wish, self._wish = self._wish, None
            return None if self._closed else wish


def serve(lines: Iterable[str], send: Send) -> None:
    """Answers every wish that is the latest with `Examples` or `Failed`, until `lines` end."""
    latest = _Latest()
    threading.Thread(target=latest.fill_from, args=(lines,), daemon=True, name="wishes").start()
    parser = argparse.ArgumentParser(prog="ocrstudio synth", exit_on_error=False)
    synth.add_arguments(parser)
    supplies, revision = Supplies(), 0
    while (wish := latest.next()) is not None:
        if wish.revision != revision:
            supplies.forget()
            revision = wish.revision
        try:
            options = parser.parse_args(wish.arguments)
            maker, about = supplies.maker(options)
            send(messages.Examples(wish.id, preview(maker, options.preview or 0, about)))
        except StudioError as error:
            values = {name: str(value) for name, value in error.values.items()}
            send(messages.Failed(wish.id, error.what, error.remedy, values, traceback.format_exc()))
        except (Exception, SystemExit) as error:  # noqa: BLE001  (boundary of the process: the next wish must be served)
            reason = f"{type(error).__name__}: {error}"
            send(messages.Failed(wish.id, UNEXPECTED, CHANGE, {"reason": reason}, traceback.format_exc()))
