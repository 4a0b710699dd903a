"""The trainer child: trains the run folder it was given, tells the window, stops when told to."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Protocol

from ocrstudio.engine.dispatch import train
from ocrstudio.engine.stopping import StopRequest
from ocrstudio.formats.run_folder import RunFolder
from ocrstudio.protocol import messages


class Channel(Protocol):
    """What takes the messages (`commands.reporting.Report`)."""

    def send(self, message: messages.Message) -> None: ...


def serve_training(
    config: Path, lines: Iterable[str], channel: Channel, *, resume: bool, devices: str = ""
) -> dict[str, Any]:
    """Trains until done, or until a Stop message, the end of stdin or a signal ends it early.

    Args:
        config: The run folder's `config.yml`.
        lines: The window's messages, one a line (stdin).
        channel: Takes ours; one that is gone is the window's end too.
        resume: Go on from where the run stopped.
        devices: See `dispatch.train`.

    Returns:
        See `dispatch.train`.
    """
    stop = StopRequest()

    def send(message: messages.Message) -> None:
        try:
            channel.send(message)
        except OSError:
            stop.set()

    with stop.on_signals():
        stop.listen(lines)
        return train(RunFolder.open(config), send, stop, resume=resume, devices=devices)
