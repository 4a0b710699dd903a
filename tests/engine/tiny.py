"""A task that learns in milliseconds: points of two clouds, told apart by three small layers."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

import numpy as np
import paddle
from paddle import nn

from ocrstudio.engine.checkpoint import Progress, load_moments, load_progress, load_weights_into
from ocrstudio.engine.distributed import Group
from ocrstudio.engine.learner import Learner
from ocrstudio.engine.loop import Training
from ocrstudio.engine.network import freeze
from ocrstudio.engine.settings import TrainSettings
from ocrstudio.engine.task import StepResult, World, shard
from ocrstudio.engine.training import CheckpointKeeper
from ocrstudio.formats.config import TrainConfig
from ocrstudio.formats.run_folder import RunFolder
from ocrstudio.formats.wrong import Wrong

ALONE = World()


class TinyNetwork(nn.Layer):
    def __init__(self):
        super().__init__()
        self.backbone = nn.Sequential(nn.Linear(2, 8), nn.BatchNorm1D(8), nn.ReLU())
        self.neck = nn.Sequential(nn.Linear(8, 8), nn.Dropout(0.2), nn.ReLU())
        self.head = nn.Linear(8, 2)

    def forward(self, points):
        return self.head(self.neck(self.backbone(points)))


class TinyBatches:
    def __init__(self, points, classes, size, seed, world):
        self.points, self.classes, self.size, self.seed, self.world = points, classes, size, seed, world
        self.samples = len(points)

    def _order(self, number):
        order = np.random.default_rng((self.seed, number)).permutation(self.samples)
        return shard([order[start : start + self.size] for start in range(0, self.samples, self.size)], self.world)

    @property
    def steps(self):
        return len(self._order(0))

    def epoch(self, number, skip=0):
        for chosen in self._order(number)[skip:]:
            yield self.points[chosen], self.classes[chosen]


class TinyTask:
    """Its evaluations can be scripted, its steps can fail."""

    indicator = "acc"

    def __init__(self, settings, world=ALONE, scores=(), fail=None):
        paddle.seed(settings.seed)
        self.network = TinyNetwork()
        freeze(self.network, settings.freeze)
        random = np.random.default_rng(7)
        self.classes = random.integers(0, 2, 64)
        self.points = (random.normal(0, 1, (64, 2)) + 2 * self.classes[:, None]).astype(np.float32)
        self._settings, self._world = settings, world
        self.size = settings.train.batch_size
        self.scores = list(scores)
        self.fail = fail or (lambda step: None)
        self.calls = 0
        self.retained: list[float] = []
        self.began: list[int] = []
        self.halved = 0

    @property
    def train(self):
        return TinyBatches(self.points, self.classes, self.size, self._settings.seed, self._world)

    val_samples = 64
    val_steps = 1

    def begin_epoch(self, number):
        self.began.append(number)

    def loss(self, batch):
        self.calls += 1
        self.fail(self.calls)
        points, classes = batch
        logits = self.network(paddle.to_tensor(points))
        loss = nn.functional.cross_entropy(logits, paddle.to_tensor(classes))
        right = (logits.argmax(axis=1).numpy() == classes).mean()
        return StepResult(loss, {"CTCLoss": loss}, len(points), lambda: {"acc": float(right)})

    def stepping(self):
        return nullcontext()

    def evaluate(self, progress):
        logits = self.network(paddle.to_tensor(self.points)).numpy()
        progress(64)
        acc = self.scores.pop(0) if self.scores else float((logits.argmax(axis=1) == self.classes).mean())
        return {"acc": acc, "loss": float(np.square(logits).mean()), "fps": 1.0}

    def rank(self, measures):
        return (measures["acc"],)

    def objection(self, measures, first):
        return "" if measures["acc"] <= 1.0 else f"{measures['acc']} is too good, it began with {first['acc']}"

    def keep_best(self, folder):
        (Path(folder) / "best.txt").write_text("best")

    def wrong(self):
        return Wrong("rec", 64, 0, ())

    def halve_batch(self):
        if self.size == 1:
            return False
        self.size, self.halved = self.size // 2, self.halved + 1
        return True

    def close(self):
        pass


class Listener:
    """A report that only remembers."""

    def __init__(self):
        self.lines, self.steps, self.evaluations, self.notices, self.kept = [], [], [], [], []
        self.verdicts = []

    def info(self, text, level="INFO"):
        self.lines.append(text)

    def train_step(self, record):
        self.steps.append(record)

    def evaluated(self, record, best, verdict):
        self.evaluations.append(record)
        self.verdicts.append(verdict)

    def notice(self, record):
        self.notices.append(record)

    def stage(self, name, done=0, total=0):
        pass

    def saved(self, kind, path):
        self.kept.append(kind)


def tiny_settings(**values):
    """Settings of a short run; `Global__epoch_num=3` sets Global.epoch_num."""
    config = TrainConfig.template()
    defaults = {
        "Global__epoch_num": 3,
        "Global__freeze": "none",
        "Optimizer__lr__learning_rate": 0.01,
        "Optimizer__lr__warmup_epoch": 0,
        "Train__loader__batch_size_per_card": 8,
    }
    for name, value in {**defaults, **values}.items():
        config.set(name.replace("__", "."), value)
    return TrainSettings.of(config)


def tiny_training(folder, settings, *, resume=False, group=None, report=None, **task_options):
    """Everything of a run of the tiny task, saved in `folder`; with `resume` as the program resumes one."""
    run, listener = RunFolder(Path(folder)), report or Listener()
    group = group or Group()
    task = TinyTask(settings, group.world, **task_options)
    learner = Learner(task, settings, "cpu", group)
    progress = Progress(batch_size=settings.train.batch_size)
    if resume:
        latest = run.checkpoint("latest")
        progress = load_progress(latest)
        progress.use_batch_size(settings.train.batch_size)
        for _ in range(progress.halvings):
            task.halve_batch()
        load_weights_into(task.network, latest)
        learner.restore(load_moments(latest))
    keeper = CheckpointKeeper(run, task, learner, listener)
    return Training(task, learner, settings, keeper, group, progress), listener


def weights_of(training):
    return {name: tensor.numpy().copy() for name, tensor in training.task.network.state_dict().items()}
