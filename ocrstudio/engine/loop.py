"""The training loop. It knows batches, a network and where to report; no files, no JSON, no config."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

import paddle

from ocrstudio.core.charset import Charset
from ocrstudio.core.errors import QT_TRANSLATE_NOOP, EngineError
from ocrstudio.engine.checkpoint import Progress
from ocrstudio.engine.nets.ppocrv6_rec import RecognitionNetwork
from ocrstudio.engine.rec.data import Batch
from ocrstudio.engine.rec.evaluate import Evaluation, Forward, ctc_losses, evaluate, measure, read_logits

LOSS_BROKE = QT_TRANSLATE_NOOP("Errors", "Training broke at step {step}: the loss is no longer a number.")
LOWER_RATE = QT_TRANSLATE_NOOP(
    "Errors", "The checkpoints from before are kept. Set a lower Optimizer.lr.learning_rate and start again."
)


class Batches(Protocol):
    """Where batches come from (`data.CropBatches`, `features.FeatureBatches`)."""

    @property
    def samples(self) -> int: ...

    @property
    def steps(self) -> int: ...

    def epoch(self, number: int, skip: int = 0) -> Iterator[Batch]: ...


class Reporter(Protocol):
    """Where the loop's news go (`report.TrainReport`)."""

    def train_step(self, record: dict[str, Any]) -> None: ...

    def evaluated(self, record: dict[str, Any], best: dict[str, float]) -> None: ...

    def stage(self, name: str, done: int, total: int) -> None: ...


@dataclass
class Training:
    """Everything a run consists of.

    Attributes:
        network: In training mode outside evaluations.
        forward: Inputs of a batch to logits: the whole network, or neck and head on features.
        optimizer: Its learning rate is `schedule`.
        schedule: Advanced every step.
        train: Lines to learn from.
        val: Lines to measure on.
        charset: Of the network's head.
        epochs: Of the whole run.
        eval_every: Epochs between evaluations; the last epoch is always evaluated.
        print_every: Steps between reported steps.
        indicator: Measure that decides which evaluation is best: acc or norm_edit_dis.
        ignore_space: See `evaluate`.
        save: Writes a checkpoint: name, progress.
        progress: How far the run is; changed in place.
    """

    network: RecognitionNetwork
    forward: Forward
    optimizer: paddle.optimizer.Optimizer
    schedule: paddle.optimizer.lr.LRScheduler
    train: Batches
    val: Batches
    charset: Charset
    epochs: int
    eval_every: int
    print_every: int
    indicator: str
    ignore_space: bool
    save: Callable[[str, Progress], None]
    progress: Progress


def train(run: Training, report: Reporter, stopped: Callable[[], bool]) -> bool:
    """Trains until the last epoch or until `stopped` says so; then evaluates and saves what there is.

    Args:
        run: Changed in place: weights, optimiser, progress.
        report: Gets steps and evaluations.
        stopped: Asked between batches.

    Returns:
        Whether all epochs were finished.

    Raises:
        EngineError: If the loss is no longer a number. The checkpoints are then those from before.
    """
    progress, started = run.progress, time.perf_counter()
    first_step = progress.step
    if not progress.best:
        evaluate_and_keep(run, report, progress.epoch)
    for epoch in range(progress.epoch + 1, run.epochs + 1):
        run.network.train()
        mark = time.perf_counter()
        for batch in run.train.epoch(epoch, progress.skip):
            read = time.perf_counter()
            record = _step(run, batch, progress.step + 1)
            progress.step += 1
            progress.skip += 1
            now = time.perf_counter()
            if progress.step % run.print_every == 0:
                left = run.epochs * run.train.steps - progress.step
                report.train_step(
                    record
                    | {"step": progress.step, "epoch": epoch, "reader_cost": read - mark, "batch_cost": now - mark}
                    | {"samples": len(batch.texts), "ips": len(batch.texts) / (now - mark)}
                    | {"eta": round(left * (now - started) / (progress.step - first_step))}
                )
            report.stage("train", progress.step, run.epochs * run.train.steps)
            mark = now
            if stopped():
                break
        finished = progress.skip >= run.train.steps
        if finished:
            progress.epoch, progress.skip = epoch, 0
        if stopped() or epoch % run.eval_every == 0 or epoch == run.epochs:
            evaluate_and_keep(run, report, epoch)
        run.save("latest", progress)
        if stopped() and not (finished and epoch == run.epochs):
            return False
    return True


def _step(run: Training, batch: Batch, step: int) -> dict[str, Any]:
    """One batch forward and back."""
    logits = run.forward(paddle.to_tensor(batch.inputs))
    loss = ctc_losses(logits, batch).mean()
    value = float(loss)
    if not math.isfinite(value):
        raise EngineError(LOSS_BROKE, LOWER_RATE, step=step)
    loss.backward()
    rate = float(run.optimizer.get_lr())
    run.optimizer.step()
    run.optimizer.clear_grad()
    run.schedule.step()
    pairs = list(zip(batch.texts, read_logits(logits.detach(), run.charset), strict=True))
    measures = measure(pairs, ignore_space=run.ignore_space)
    return {"lr": rate, "acc": measures["acc"], "norm_edit_dis": measures["norm_edit_dis"], "loss": value}


def evaluate_and_keep(run: Training, report: Reporter, epoch: int) -> Evaluation:
    """Measures the network on the validation lines and saves it if it was never better."""
    progress, total = run.progress, run.val.samples
    run.network.eval()
    result = evaluate(
        run.forward,
        run.val.epoch(0),
        run.charset,
        ignore_space=run.ignore_space,
        progress=lambda done: report.stage("eval", done, total),
    )
    run.network.train()
    record = {"acc": result.acc, "norm_edit_dis": result.norm_edit_dis, "cer": result.cer, "loss": result.loss}
    other = "norm_edit_dis" if run.indicator == "acc" else "acc"
    rank = (record[run.indicator], record[other], -result.loss)
    best = progress.best
    is_best = not best or rank > (best[run.indicator], best[other], -best["loss"])
    if is_best:
        progress.best = record | {"fps": result.fps, "best_epoch": epoch}
        run.save("best_accuracy", progress)
    report.evaluated(
        record | {"step": progress.step, "epoch": epoch, "fps": result.fps, "best": is_best}, progress.best
    )
    return result
