"""Twenty steps of a training, timed in a child, to tell how long all of it will take."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, EngineError
from ocrstudio.core.training_rules import Speed, known_speed
from ocrstudio.engine.checkout.child import Child
from ocrstudio.engine.checkout.commands import own_command
from ocrstudio.formats.config import TrainConfig
from ocrstudio.formats.run_folder import Engine
from ocrstudio.protocol import messages

STEPS = 20
# The first step also builds what later ones use.
_WARM_UP = 1
_LIMIT_S = 600.0
_WAIT_S = 0.2

TOO_SLOW = QT_TRANSLATE_NOOP("Errors", "No step of the training came to an end within {minutes} minutes.")
NO_STEPS = QT_TRANSLATE_NOOP("Errors", "The training could not be timed: {reason}.")


def time_steps(config: TrainConfig, engine: Engine, stage: Callable[[str, int, int], None]) -> Speed:
    """Trains some steps in a folder that is deleted again.

    Args:
        config: Of the run; not changed.
        engine: What is to train.
        stage: Told ("time", steps done, steps in all).

    Returns:
        Samples a second of this machine. What twenty steps do not show (evaluation, steps whose features are kept)
        is in proportion to them as it was measured elsewhere.

    Raises:
        StudioError: If the training fails or takes too long for a single step.
    """
    own = config.raw_copy()
    for key, value in (("print_batch_step", 1), ("log_smooth_window", 1), ("save_epoch_step", 0)):
        own.set(f"Global.{key}", value)
    with tempfile.TemporaryDirectory(prefix="ocrstudio-timing-", ignore_cleanup_errors=True) as scratch:
        file = Path(scratch) / "timing.yml"
        own.save(file)
        records = _records(["train", str(file), "--protocol", "--out", scratch, *_named(engine)], stage)
    return _speed(own, engine, records)


def _named(engine: Engine) -> list[str]:
    """The arguments that name an engine."""
    if not engine.is_paddleocr:
        return []
    return ["--engine", f"{engine.kind}:{engine.checkout}", "--python", str(engine.python)]


def _records(arguments: list[str], stage: Callable[[str, int, int], None]) -> list[dict[str, Any]]:
    """The training steps as the child tells them."""
    child = Child(own_command("ocrstudio", *arguments, cwd=Path.cwd()))
    deadline = time.monotonic() + _LIMIT_S
    records: list[dict[str, Any]] = []
    last = ""
    try:
        stage("time", 0, STEPS)
        while child.exit_code is None and time.monotonic() < deadline and len(records) < STEPS + _WARM_UP:
            for line in child.lines(_WAIT_S):
                last = line.text
                _take(None if line.error else messages.decode(line.text), records)
                if len(records) >= STEPS + _WARM_UP:
                    break
            stage("time", min(len(records), STEPS), STEPS)
        if child.exit_code is not None:
            for line in child.rest():
                _take(None if line.error else messages.decode(line.text), records)
    finally:
        child.close()
    if len(records) <= _WARM_UP:
        if time.monotonic() >= deadline:
            raise EngineError(TOO_SLOW, minutes=round(_LIMIT_S / 60))
        raise EngineError(NO_STEPS, reason=last.rstrip(".") or "no answer")
    return records[_WARM_UP:]


def _take(message: messages.Message | None, records: list[dict[str, Any]]) -> None:
    """Keeps a step; a failure of the training is ours.

    Raises:
        EngineError: If the child says that it failed.
    """
    if isinstance(message, messages.Failed):
        raise EngineError(message.what, message.remedy, **message.values)
    if isinstance(message, messages.Metric) and message.record.get("kind") == "train":
        records.append(message.record)


def _speed(config: TrainConfig, engine: Engine, records: list[dict[str, Any]]) -> Speed:
    own, frozen = not engine.is_paddleocr, config.get("Global.freeze", "none") != "none"
    copies = config.get("Train.dataset.augment_copies") or 3
    # while the features of a version are computed, steps are slow; later ones find them
    early = [one for one in records if frozen and own and one.get("epoch", 1) <= copies]
    late = [one for one in records if one not in early]
    backbone = str(config.get("Architecture.Backbone.name") or "")
    usual = known_speed(config.task, backbone, own_engine=own, frozen=frozen) or Speed(1.0, 4.0, 0.4 if frozen else 0.0)
    if not early:
        learn = _samples_a_second(late)
        return Speed(learn, learn * usual.read / usual.learn)
    # such a step computes features and learns from them
    first = _samples_a_second(early)
    learn = _samples_a_second(late) if late else first * usual.learn / (usual.first or usual.learn)
    return Speed(learn, first * usual.read / (usual.first or usual.read), first)


def _samples_a_second(records: list[dict[str, Any]]) -> float:
    seconds = sum(float(one.get("batch_cost") or 0.0) for one in records)
    return sum(float(one.get("samples") or 0.0) for one in records) / max(1e-6, seconds)
