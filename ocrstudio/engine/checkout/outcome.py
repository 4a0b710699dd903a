"""Whether a training of PaddleOCR succeeded: judged by its steps and its files, because its exit code tells little.

It ends with 0 when there was nothing to train, after a last epoch that was not saved, and when a resumed run was
complete already; it never ends by itself when its loader dies.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, EngineError
from ocrstudio.core.failures import Diagnosis
from ocrstudio.engine.checkout.guardian import NOT_STARTED

Ended = Literal["itself", "stopped", "stuck"]

KILLED = 137
CRASHED = (134, 139)
SEE_LOG = QT_TRANSLATE_NOOP("Errors", "The log says more; what was saved before is kept.")
RESUME = QT_TRANSLATE_NOOP("Errors", "What was saved before is kept: resume the run.")
# How much of a tool's output is kept to tell why it ended.
LAST_LINES = 60
_RAISED = re.compile(r"[\w.]*(?:Error|Exception|Interrupt|Exit)\b.*")


@dataclass(frozen=True)
class Facts:
    """What is known when the training is over.

    Attributes:
        ended: By itself, stopped on request, or ended by the watchdog.
        exit_code: 128 + n after signal n.
        steps: Steps that were trained now.
        epoch: Complete epochs that are saved; those of earlier trainings included.
        epochs: Of the whole run; 0 if the training never told.
        resumed_epoch: Epochs that were complete when it began.
        silence: Seconds without a sign of life, for `stuck`.
        last_lines: The end of its output.
    """

    ended: Ended
    exit_code: int
    steps: int
    epoch: int
    epochs: int
    resumed_epoch: int = 0
    silence: float = 0.0
    last_lines: Sequence[str] = ()


def judge(facts: Facts, diagnosis: Diagnosis) -> None:
    """Accepts a training that finished or was stopped.

    Raises:
        EngineError: If it failed; says why and what to do.
    """
    if facts.ended == "stopped":
        return
    cause = diagnosis.cause
    if facts.ended == "stuck":
        if cause is not None:
            raise cause.error()
        what = QT_TRANSLATE_NOOP("Errors", "Training was ended: it neither said nor did anything for {seconds} s.")
        remedy = QT_TRANSLATE_NOOP("Errors", "Check labels, images and dictionary, or set num_workers to 1 or more.")
        raise EngineError(what, remedy, seconds=round(facts.silence))
    failed = facts.exit_code != 0
    if cause is not None and (failed or not facts.steps):
        raise cause.error()
    if failed:
        raise _unknown_end(facts)
    if not facts.steps:
        raise _no_step(facts)
    if facts.epoch < facts.epochs:
        what = QT_TRANSLATE_NOOP("Errors", "Training ended after {epoch} of {epochs} saved epochs.")
        raise EngineError(what, RESUME, epoch=facts.epoch, epochs=facts.epochs)


def raised(lines: Sequence[str]) -> str:
    """The exception that a tool ended with, told among its last lines; "" if none is.

    It need not be the last of them: what waits in the buffer of the standard output is written after a traceback.
    """
    found = [line for line in lines if _RAISED.match(line)]
    return found[-1].strip().rstrip(".")[:300] if found else ""


def _unknown_end(facts: Facts) -> EngineError:
    if facts.exit_code == KILLED:
        what = QT_TRANSLATE_NOOP("Errors", "The system ended the training, most likely for lack of memory.")
        remedy = QT_TRANSLATE_NOOP("Errors", "Set a smaller Train.loader.batch_size_per_card and resume the run.")
        return EngineError(what, remedy)
    if facts.exit_code == NOT_STARTED:
        what = QT_TRANSLATE_NOOP("Errors", "The training could not be started: {reason}.")
        remedy = QT_TRANSLATE_NOOP("Errors", "Choose the checkout's Python interpreter again.")
        return EngineError(what, remedy, reason=(facts.last_lines or ("?",))[-1].rstrip("."))
    if facts.exit_code in CRASHED:
        return EngineError(QT_TRANSLATE_NOOP("Errors", "Paddle crashed while it was training."), RESUME)
    reason = raised(facts.last_lines)
    if reason:
        what = QT_TRANSLATE_NOOP("Errors", "PaddleOCR's training broke off: {reason}.")
        return EngineError(what, SEE_LOG, reason=reason)
    what = QT_TRANSLATE_NOOP("Errors", "PaddleOCR's training ended with exit code {code}.")
    return EngineError(what, SEE_LOG, code=facts.exit_code)


def _no_step(facts: Facts) -> EngineError:
    if facts.resumed_epoch and facts.resumed_epoch >= facts.epochs:
        what = QT_TRANSLATE_NOOP("Errors", "The run is complete: all of its {epochs} epochs are trained.")
        remedy = QT_TRANSLATE_NOOP("Errors", "Set a larger Global.epoch_num to train on.")
        return EngineError(what, remedy, epochs=facts.resumed_epoch)
    what = QT_TRANSLATE_NOOP("Errors", "PaddleOCR ended without training a single step.")
    remedy = QT_TRANSLATE_NOOP("Errors", "Add lines or set a smaller batch; on Windows an epoch's last batch is lost.")
    return EngineError(what, remedy)
