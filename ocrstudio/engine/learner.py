"""One step of learning: forward, back, clip, and the optimiser with its learning rate."""

# Paddle comes without types: its classes are Any to mypy
# mypy: disable-error-code="misc"

from __future__ import annotations

import math
import warnings
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import paddle

from ocrstudio.engine.distributed import Group
from ocrstudio.engine.network import training_mode
from ocrstudio.engine.settings import Schedule, TrainSettings
from ocrstudio.engine.task import StepResult, Task

# Chance (dropout) at step n comes from a seed of its own, so that a resumed run draws what it would have drawn.
STEPS_PER_SEED = 1_000_003
# Epochs in which the rate climbs again once everything learns.
UNFREEZING_WARMUP = 0.5


def rate_at(schedule: Schedule, epochs: int, steps_per_epoch: int, step: float) -> float:
    """The learning rate of a step, counted as PaddleOCR counts it.

    It climbs from 0 over round(warmup_epochs * steps_per_epoch) steps. Cosine and Linear begin only then, but are
    spread over all steps of the run, so that they end a little above their end value if there is a warm-up.
    If everything learns after some epochs, the schedule begins anew there with its second rate and a short warm-up.

    Args:
        schedule: What it looks like.
        epochs: Of the run.
        steps_per_epoch: Batches of an epoch.
        step: Batches since the start of the run.
    """
    if schedule.frozen_epochs:
        frozen = min(schedule.frozen_epochs, epochs)
        if step < frozen * steps_per_epoch:
            return rate_at(replace(schedule, frozen_epochs=0), frozen, steps_per_epoch, step)
        second = replace(schedule, frozen_epochs=0, rate=schedule.unfrozen_rate, warmup_epochs=UNFREEZING_WARMUP)
        return rate_at(second, epochs - frozen, steps_per_epoch, step - frozen * steps_per_epoch)
    warmup = round(schedule.warmup_epochs * steps_per_epoch)
    if step < warmup:
        return schedule.rate * step / warmup
    done = min(1.0, (step - warmup) / max(1, epochs * steps_per_epoch))
    if schedule.name == "Cosine":
        return schedule.rate * (1 + math.cos(math.pi * done)) / 2
    if schedule.name == "Linear":
        return float((schedule.rate - schedule.end_rate) * (1 - done) ** schedule.power + schedule.end_rate)
    return schedule.rate


class _Rate(paddle.optimizer.lr.LRScheduler):
    """A schedule that is told the rate; Paddle's optimisers and PaddleOCR's checkpoints want one."""

    def __init__(self, rate: float) -> None:
        self._rate = rate
        super().__init__(rate)

    def get_lr(self) -> float:
        return self._rate

    def use(self, rate: float) -> None:
        self._rate = rate
        self.step()


@dataclass(frozen=True)
class Learned:
    """What a step did.

    Attributes:
        loss: The loss that was minimised.
        parts: See `task.StepResult`.
        rate: The learning rate.
        result: The task's own.
    """

    loss: float
    parts: dict[str, float]
    rate: float
    result: StepResult


class Learner:
    """Network and optimiser of a run.

    Args:
        task: What is learned.
        settings: Optimiser, schedule, precision, frozen parts.
        device: "cpu" or "gpu:N".
        group: Whose gradients are averaged.
    """

    def __init__(self, task: Task, settings: TrainSettings, device: str, group: Group) -> None:
        self._task, self._settings, self._group = task, settings, group
        self._network = task.network
        for parameter in self._network.backbone.parameters():
            parameter.optimize_attr["learning_rate"] = settings.schedule.backbone_rate
        # Paddle leaves alone what has stop_gradient, and a task may change that between epochs
        self._parameters = list(self._network.parameters())
        self._rate = _Rate(settings.schedule.rate)
        self._optimizer = self._make_optimizer()
        self.mixed = settings.use_amp and device != "cpu"
        self._restored: dict[str, Any] = {}
        self._scaler = paddle.amp.GradScaler(enable=self.mixed, init_loss_scaling=1024.0)

    def _make_optimizer(self) -> paddle.optimizer.Optimizer:
        settings = self._settings
        decoupled = settings.optimizer == "AdamW"
        return getattr(paddle.optimizer, settings.optimizer)(
            self._rate,
            beta1=settings.betas[0],
            beta2=settings.betas[1],
            parameters=self._parameters,
            weight_decay=settings.l2 if decoupled else paddle.regularizer.L2Decay(settings.l2),
            grad_clip=paddle.nn.ClipGradByGlobalNorm(settings.clip_norm),
        )

    def begin(self) -> None:
        """Puts the network into training mode."""
        training_mode(self._network)

    def learn(self, batch: Any, step: int, place: float) -> Learned:
        """One batch.

        Nothing is changed if the loss is no finite number; the caller has to look at it.

        Args:
            batch: Of the task.
            step: Number of the step, from 1: seeds what is left to chance.
            place: Epochs done so far, with the part of the present one: decides the rate.
        """
        settings, steps = self._settings, self._task.train.steps
        paddle.seed((settings.seed * STEPS_PER_SEED + step * self._group.world.size + self._group.world.rank) % 2**31)
        rate = rate_at(settings.schedule, settings.epochs, steps, place * steps)
        with warnings.catch_warnings(), paddle.amp.auto_cast(enable=self.mixed):
            # said by every batch normalisation that learns
            warnings.filterwarnings("ignore", message="When training, we now always track global mean")
            result = self._task.loss(batch)
        learned = Learned(float(result.total), {name: float(part) for name, part in result.parts.items()}, rate, result)
        if math.isfinite(learned.loss):
            self._scaler.scale(result.total).backward()
            self._group.average_gradients([one for one in self._parameters if not one.stop_gradient])
            self._rate.use(rate)
            with self._task.stepping():
                self._scaler.step(self._optimizer)
            self._scaler.update()
            self._optimizer.clear_grad()
            self._restored = {}
        return learned

    def forget_gradients(self) -> None:
        """Frees what a step that broke off has left behind."""
        self._optimizer.clear_grad()
        if paddle.is_compiled_with_cuda():
            paddle.device.cuda.empty_cache()

    @property
    def moments(self) -> dict[str, Any]:
        """The optimiser's state, for a checkpoint."""
        # Paddle makes its tensors with the first step; until then what was restored is all there is
        return self._restored or dict(self._optimizer.state_dict())

    def restore(self, moments: Mapping[str, Any]) -> None:
        """Takes over the optimiser's state of a checkpoint."""
        if not moments:
            return
        complete = dict(moments)
        beta1, beta2 = self._settings.betas
        for parameter in self._parameters:
            # what was frozen then and learns later begins anew; Paddle refuses a state in which it is missing
            for name, value in (("moment1", 0.0), ("moment2", 0.0)):
                complete.setdefault(f"{parameter.name}_{name}_0", np.full(parameter.shape, value, np.float32))
            for name, value in (("beta1_pow_acc", beta1), ("beta2_pow_acc", beta2)):
                complete.setdefault(f"{parameter.name}_{name}_0", np.full([1], value, np.float32))
        self._optimizer.set_state_dict(dict(complete))
        self._restored = dict(moments)
