"""The training loop. It knows tasks, steps and evaluations; no files, no config keys, no pictures."""

from __future__ import annotations

import contextlib
import math
import time
from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import Any, Literal, Protocol, cast

import paddle

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, EngineError
from ocrstudio.engine.checkpoint import BrokenWeightsError, Progress
from ocrstudio.engine.distributed import Group
from ocrstudio.engine.learner import Learned, Learner
from ocrstudio.engine.settings import TrainSettings
from ocrstudio.engine.task import Level, Measures, Stopped, Task

Outcome = Literal["finished", "stopped"]
# Seconds that an evaluation still gets when somebody asks to stop in the middle of it; a short one is worth the wait.
EVALUATION_GRACE_S = 5.0
LOSS_BROKE = QT_TRANSLATE_NOOP("Errors", "Training broke at step {step}: the loss is no longer a number.")
LOWER_RATE = QT_TRANSLATE_NOOP(
    "Errors", "Set a lower Optimizer.lr.learning_rate and start again; good checkpoints from before: {checkpoints}."
)
OUT_OF_MEMORY = QT_TRANSLATE_NOOP("Errors", "Training ran out of memory at step {step} with batch size {size}.")
SMALLER_BATCH = QT_TRANSLATE_NOOP(
    "Errors",
    "Close other programs or set a smaller Train.loader.batch_size_per_card, then resume; "
    "good checkpoints from before: {checkpoints}.",
)


class Reporter(Protocol):
    """Where the loop's news go (`report.TrainReport`)."""

    def info(self, text: str, level: Level = "INFO") -> None: ...

    def train_step(self, record: dict[str, Any]) -> None: ...

    def evaluated(self, record: dict[str, Any], best: dict[str, float], verdict: str) -> None: ...

    def notice(self, record: dict[str, Any]) -> None: ...

    def stage(self, name: str, done: int, total: int) -> None: ...


class Keeper(Protocol):
    """Where checkpoints go."""

    def save(self, name: str, progress: Progress) -> None:
        """Writes the network and the optimiser as they are now."""
        ...

    def save_progress(self, name: str, progress: Progress) -> None:
        """Replaces what a checkpoint of this step knows about the run."""
        ...

    def save_wrong(self, step: int, epoch: int) -> None:
        """Writes what the evaluation at this step got wrong."""
        ...

    def good(self) -> str:
        """Names the checkpoints there are, for a message."""
        ...


@dataclass
class Training:
    """Everything a run consists of.

    Attributes:
        task: What is learned.
        learner: Takes the steps.
        settings: How long, how often, when to stop.
        keeper: Writes checkpoints.
        group: The processes that train together.
        progress: How far the run is; changed in place.
    """

    task: Task
    learner: Learner
    settings: TrainSettings
    keeper: Keeper
    group: Group
    progress: Progress


def out_of_memory(error: BaseException) -> bool:
    """Whether memory ran out: Python's own error, or what Paddle says on a processor or a graphics card."""
    text = str(error)
    return isinstance(error, MemoryError) or "ResourceExhausted" in text or "out of memory" in text.lower()


def train(run: Training, report: Reporter, stopped: Callable[[], bool]) -> Outcome:
    """Trains until the last epoch, until nothing improves any more, or until `stopped` says so.

    When it returns, `latest` holds the last step; the weights it began with and every epoch have been evaluated. Asked
    to stop between batches, it saves, evaluates and returns; asked in the middle of an evaluation that is not done
    within `EVALUATION_GRACE_S`, it returns without that evaluation.

    Args:
        run: Changed in place: weights, optimiser, progress.
        report: Gets steps and evaluations.
        stopped: Asked between batches.

    Raises:
        EngineError: If the loss is no longer a number, memory ran out twice, or a checkpoint cannot be written. The
            checkpoints are then those from before.
    """
    return _Loop(run, report, stopped).go()


def _copied(network: Any) -> dict[str, Any]:
    return {name: tensor.detach().clone() for name, tensor in network.state_dict().items()}


class _Loop:
    def __init__(self, run: Training, report: Reporter, stopped: Callable[[], bool]) -> None:
        self._run, self._report, self._stopped = run, report, stopped
        self._task, self._progress, self._group = run.task, run.progress, run.group
        self._settings = run.settings
        self._started, self._first_place = time.perf_counter(), self._place(run.progress.epoch + 1)
        self._evaluated_epoch = -1
        # the weights that a new run begins with, until they have been measured
        self._start: dict[str, Any] | None = None

    def go(self) -> Outcome:
        progress = self._progress
        try:
            if self._group.any(self._stopped()):
                return "stopped"
            if progress.evaluated < 0 and progress.step:
                self._with_memory(progress.epoch, lambda: self._evaluate(progress.epoch))
            elif progress.evaluated < 0:
                self._start = _copied(self._task.network)
            for epoch in range(progress.epoch + 1, self._settings.epochs + 1):
                ended = self._epoch(epoch)
                if ended is not None:
                    return ended
        except Stopped:
            if self._start is not None:
                # nothing was saved yet
                self._save("latest")
            self._report.info(f"stopped during an evaluation; the state of step {progress.step} is saved")
            return "stopped"
        except BrokenWeightsError as error:
            raise self._broken() from error
        return "finished"

    def _place(self, epoch: int) -> float:
        """Epochs done so far, with the part of the present one."""
        return epoch - 1 + self._progress.skip / max(1, self._task.train.steps)

    def _epoch(self, epoch: int) -> Outcome | None:
        """One epoch and what follows it; how the run ended, None if it goes on."""
        progress, settings = self._progress, self._settings
        asked = self._with_memory(epoch, lambda: self._batches(epoch))
        if not asked:
            progress.epoch, progress.skip = epoch, 0
        last = epoch == settings.epochs or asked
        # running statistics are each process's own until now
        self._group.same_weights(self._task.network)
        self._save("latest")
        if asked:
            self._report.info(f"stopped at step {progress.step}, saved as latest")
        due = epoch % settings.eval_epochs == 0 and self._evaluated_epoch != epoch
        if (due or last) and progress.evaluated != progress.step:
            self._with_memory(epoch, lambda: self._evaluate(epoch))
            self._save_progress("latest")
        if settings.save_every and not asked and epoch % settings.save_every == 0:
            self._save(f"iter_epoch_{epoch}")
        if self._enough():
            return "finished"
        if asked or (epoch < settings.epochs and self._asked()):
            return "stopped"
        return None

    def _asked(self) -> bool:
        """Whether somebody asked to stop while an evaluation went on."""
        if not self._group.any(self._stopped()):
            return False
        self._report.info(f"stopped after the evaluation of step {self._progress.step}, which is saved as latest")
        return True

    def _with_memory(self, epoch: int, work: Callable[[], Any]) -> Any:
        """Does something; if memory runs out for the first time, halves the batch size and does it again."""
        while True:
            try:
                return work()
            except Exception as error:
                # boundary: what Paddle raises when memory runs out has no type of its own
                if not out_of_memory(error):
                    raise
                self._halve(epoch, error)

    def _halve(self, epoch: int, error: BaseException) -> None:
        progress, settings = self._progress, self._settings
        size = settings.train.batch_size >> progress.halvings
        steps = self._task.train.steps
        self._run.learner.forget_gradients()
        if progress.halvings or self._group.world.size > 1 or not self._task.halve_batch():
            checkpoints = self._run.keeper.good()
            raise EngineError(
                OUT_OF_MEMORY, SMALLER_BATCH, step=progress.step + 1, size=size, checkpoints=checkpoints
            ) from error
        progress.halvings += 1
        # as far into the epoch as before
        progress.skip = round(progress.skip * self._task.train.steps / max(1, steps))
        smaller = max(1, size // 2)
        text = f"memory ran out at step {progress.step + 1}: going on with batch size {smaller} instead of {size}"
        self._report.info(text, level="WARNING")
        place = {"step": progress.step, "epoch": epoch}
        self._report.notice({"name": "out_of_memory", **place, "batch_size": smaller, "message": text})

    def _batches(self, epoch: int) -> bool:
        """Learns what is left of an epoch; whether somebody asked to stop."""
        progress, settings = self._progress, self._settings
        self._task.begin_epoch(epoch)
        self._run.learner.begin()
        mark = time.perf_counter()
        with contextlib.closing(cast("Generator[Any]", self._task.train.epoch(epoch, progress.skip))) as batches:
            for batch in batches:
                read = time.perf_counter()
                learned = self._run.learner.learn(batch, progress.step + 1, self._place(epoch))
                if not math.isfinite(learned.loss):
                    raise self._broken()
                progress.step += 1
                progress.skip += 1
                now = time.perf_counter()
                if progress.step % settings.print_every == 0:
                    self._tell(epoch, learned, read - mark, now - mark)
                done, steps = progress.skip, self._task.train.steps
                self._report.stage("train", (epoch - 1) * steps + done, settings.epochs * steps)
                if self._group.any(self._stopped()):
                    return True
                if self._start is not None:
                    self._evaluate_start(self._start)
                if self._due_by_steps():
                    self._save("latest")
                    self._evaluate(epoch)
                    self._save_progress("latest")
                    self._run.learner.begin()
                    if self._enough():
                        break
                mark = time.perf_counter()
        return False

    def _tell(self, epoch: int, learned: Learned, reader_cost: float, batch_cost: float) -> None:
        progress, result = self._progress, learned.result
        measures = result.measures() if self._settings.measure_batches and self._group.world.is_first else {}
        place = self._place(epoch)
        spent = (time.perf_counter() - self._started) / max(1e-9, place - self._first_place)
        self._report.train_step(
            {"lr": learned.rate, **measures, **learned.parts, "loss": learned.loss}
            | {"step": progress.step, "epoch": epoch, "reader_cost": reader_cost, "batch_cost": batch_cost}
            | {"samples": result.samples, "ips": result.samples / max(1e-9, batch_cost)}
            | {"eta": round((self._settings.epochs - place) * spent)}
        )

    def _due_by_steps(self) -> bool:
        start, every = self._settings.eval_start, self._settings.eval_steps
        step = self._progress.step
        return every > 0 and step > start and (step - start) % every == 0

    def _enough(self) -> bool:
        """Whether nothing has improved for as long as the settings allow."""
        patience = self._settings.early_stop
        if not self._group.any(0 < patience <= self._progress.stale):
            return False
        best = int(self._progress.best.get("best_epoch", 0))
        self._report.info(f"early stop: {patience} evaluations without improvement; the best is that of epoch {best}")
        return True

    def _evaluate_start(self, weights: dict[str, Any]) -> None:
        """Measures the weights that the run began with, as step 0.

        That comes after the first step, so that whoever waits for it need not wait for the evaluation too.
        """
        network, progress = self._task.network, self._progress
        learned, step, skip = _copied(network), progress.step, progress.skip
        network.set_state_dict(weights)
        progress.step = progress.skip = 0
        try:
            self._evaluate(0)
            self._start = None
        finally:
            network.set_state_dict(learned)
            progress.step, progress.skip = step, skip
        self._run.learner.begin()

    def _evaluate(self, epoch: int) -> None:
        """Measures the network and keeps it if it was never better; only the first process does."""
        progress = self._progress
        gone = False
        if self._group.world.is_first:
            try:
                self._judge(epoch, self._measure())
            except Stopped:
                gone = True
        if self._group.any(gone):
            raise Stopped
        progress.evaluated, self._evaluated_epoch = progress.step, epoch

    def _measure(self) -> Measures:
        total = self._task.val_samples
        # asked before it began: then it is the evaluation that the stop itself wants
        asked_before, deadline = self._stopped(), math.inf

        def heard(done: int) -> None:
            nonlocal deadline
            self._report.stage("eval", done, total)
            if not asked_before and self._stopped():
                now = time.perf_counter()
                deadline = min(deadline, now + EVALUATION_GRACE_S)
                if now >= deadline:
                    raise Stopped

        self._task.network.eval()
        with paddle.no_grad():
            return self._task.evaluate(heard)

    def _judge(self, epoch: int, measures: Measures) -> None:
        progress = self._progress
        objection = self._task.objection(measures, progress.first or measures)
        is_best = not objection and (not progress.best or self._task.rank(measures) > self._task.rank(progress.best))
        verdict = self._verdict(measures, is_best, objection)
        progress.first = progress.first or dict(measures)
        progress.stale = 0 if is_best else progress.stale + 1
        progress.evaluated = progress.step
        if is_best:
            progress.best = {**measures, "best_epoch": epoch}
            self._run.keeper.save("best_accuracy", progress)
        record = {**measures, "step": progress.step, "epoch": epoch, "best": is_best}
        self._report.evaluated(record, progress.best, verdict)
        self._run.keeper.save_wrong(progress.step, epoch)

    def _verdict(self, measures: Measures, is_best: bool, objection: str) -> str:
        """Why an evaluation is the best one so far, or not."""
        name, best = self._task.indicator, self._progress.best
        here = f"{name} {measures.get(name, 0.0):.4f} at step {self._progress.step}"
        if not best:
            return f"{here} is the best so far: it is the first evaluation"
        there = f"{best.get(name, 0.0):.4f} of epoch {int(best.get('best_epoch', 0))}"
        if objection:
            return f"{here} cannot be the best: {objection}; the best is still {there}"
        if is_best and measures.get(name) == best.get(name):
            return f"{here} is the best so far: equal to {there}, but other measures are better"
        if is_best:
            return f"{here} is the best so far: it was {there}"
        return f"{here} is not better than {there}"

    def _save(self, name: str) -> None:
        self._progress.epoch_steps = self._task.train.steps
        if self._group.world.is_first:
            self._run.keeper.save(name, self._progress)
        self._group.wait()

    def _save_progress(self, name: str) -> None:
        if self._group.world.is_first:
            self._run.keeper.save_progress(name, self._progress)
        self._group.wait()

    def _broken(self) -> EngineError:
        return EngineError(LOSS_BROKE, LOWER_RATE, step=self._progress.step + 1, checkpoints=self._run.keeper.good())
