"""Which engine trains a run: the built-in one, alone or in several processes, or a PaddleOCR checkout."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ocrstudio.engine.distributed import process_count
from ocrstudio.formats.run_folder import RunFolder
from ocrstudio.protocol import messages


def use_devices(run: RunFolder, devices: str) -> None:
    """Changes a run's `Global.devices`; "" leaves those it has.

    Raises:
        StudioError: If these are no devices, or the config cannot be written.
    """
    if not devices:
        return
    process_count(devices)
    config = run.config()
    config.set("Global.devices", devices)
    # whoever names cards wants them used
    config.set("Global.use_gpu", not devices.startswith("cpu"))
    config.save(run.config_path)


def train(
    run: RunFolder,
    send: Callable[[messages.Message], None],
    stopped: Callable[[], bool] = lambda: False,
    *,
    resume: bool = False,
    devices: str = "",
) -> dict[str, Any]:
    """Trains a run with the engine that its manifest names.

    Args:
        run: Its `config.yml` says what to do; everything the run makes goes into it.
        send: Takes protocol messages.
        stopped: Asked all the time; True ends the run early.
        resume: Go on from where it stopped.
        devices: Numbers of GPUs, such as "0,1": from now on the run's `Global.devices`; "" leaves those it has.

    Returns:
        What `ocrstudio train --json` prints.

    Raises:
        StudioError: If the run cannot start or breaks.
    """
    use_devices(run, devices)
    if run.engine.is_paddleocr:
        from ocrstudio.engine.checkout.run import run_checkout_training

        devices = str(run.config().get("Global.devices") or "")
        return run_checkout_training(run, send, stopped, resume=resume, devices=devices)
    from ocrstudio.engine.training import run_training

    return run_training(run, send, stopped, resume=resume)
