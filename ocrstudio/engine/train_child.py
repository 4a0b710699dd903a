"""Training a run folder as a process of its own: tells whoever looks or listens, stops when told to."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Protocol

from ocrstudio.engine.dispatch import train
from ocrstudio.engine.distributed import launched
from ocrstudio.engine.presence import Presence
from ocrstudio.engine.stopping import StopRequest
from ocrstudio.formats.run_folder import RunFolder
from ocrstudio.formats.run_state import CONSOLE_FILE
from ocrstudio.protocol import messages


class Channel(Protocol):
    """What takes the messages (`commands.reporting.Report`)."""

    def send(self, message: messages.Message) -> None: ...


def serve_training(
    config: Path, lines: Iterable[str], channel: Channel, *, resume: bool, devices: str = ""
) -> dict[str, Any]:
    """Trains until done, or until a Stop message, the end of stdin, a signal or the run folder's control ends it early.

    Args:
        config: The run folder's `config.yml`.
        lines: Messages of whoever started it, one a line (stdin).
        channel: Takes ours; one that is gone is the end of whoever started it, too.
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

    stop.listen(lines)
    return train_run(RunFolder.open(config), send, stop, resume=resume, devices=devices)


def train_detached(config: Path, *, resume: bool, devices: str = "") -> dict[str, Any]:
    """Trains on its own: nobody listens, and whoever is interested looks into the run folder.

    Args:
        config: The run folder's `config.yml`.
        resume: Go on from where the run stopped.
        devices: See `dispatch.train`.

    Returns:
        See `dispatch.train`.
    """
    run = RunFolder.open(config)
    return train_run(run, lambda _: None, StopRequest(), resume=resume, devices=devices, log=CONSOLE_FILE)


def train_run(
    run: RunFolder,
    send: Callable[[messages.Message], None],
    stop: StopRequest,
    *,
    resume: bool = False,
    devices: str = "",
    log: str = "",
) -> dict[str, Any]:
    """Trains a run; signals and the folder's control stop it, and the folder tells how it stands.

    Args:
        run: The folder.
        send: Takes protocol messages.
        stop: Set by whatever else may stop it.
        resume: Go on from where the run stopped.
        devices: See `dispatch.train`.
        log: Name of the file in the folder that holds what is printed; "" for the run's own log.

    Returns:
        See `dispatch.train`.
    """
    with stop.on_signals():
        if launched():
            # one of several processes: the one that started them all speaks for them
            return train(run, send, stop, resume=resume, devices=devices)
        with Presence(run, stop, log or run.log_path.name) as presence:

            def tell(message: messages.Message) -> None:
                presence.send(message)
                send(message)

            return train(run, tell, stop, resume=resume, devices=devices)
