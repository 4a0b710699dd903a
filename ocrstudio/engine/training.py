"""One training run from its folder to its bundle: puts the parts together and keeps their order."""

from __future__ import annotations

import contextlib
import os
import time
import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, EngineError, ProjectError, StudioError
from ocrstudio.engine.checkpoint import (
    Progress,
    checkpoint_exists,
    load_moments,
    load_progress,
    load_weights_into,
    save_checkpoint,
    save_progress,
)
from ocrstudio.engine.distributed import CONNECTION_BROKE, RANK_VARIABLE, Group, launched, needs_launch
from ocrstudio.engine.paddle_runtime import known_failure, require_paddle
from ocrstudio.engine.report import QuietReport, Send, TrainReport
from ocrstudio.engine.settings import BACKBONES, TrainSettings
from ocrstudio.engine.task import Stopped, Task, TaskContext
from ocrstudio.formats.config import TrainConfig
from ocrstudio.formats.metrics_log import forget_after
from ocrstudio.formats.preflight import preflight, refuse
from ocrstudio.formats.run_folder import BUILTIN, RunFolder
from ocrstudio.formats.wrong import write_wrong

if TYPE_CHECKING:
    from ocrstudio.engine.graft import Graft
    from ocrstudio.engine.learner import Learner
    from ocrstudio.engine.loop import Training

STOPPED_EARLY = QT_TRANSLATE_NOOP("Errors", "Training was stopped before it began; nothing was learned.")
# A small dataset is looked through in this time: what is wrong with it is told before Paddle, which takes seconds.
QUICK_LOOK_S = 0.3
# New characters that the log names.
NAMED_CHARACTERS = 200


def run_training(
    run: RunFolder,
    send: Send,
    stopped: Callable[[], bool] = lambda: False,
    *,
    resume: bool = False,
) -> dict[str, Any]:
    """Trains the run of a folder and exports its best weights.

    If it is to train on several devices, it starts Paddle's launcher and waits. In a process that this launcher started
    it trains along with the others; only the first of them reports, saves and exports.

    Args:
        run: Its `config.yml` says what to do; everything the run makes goes into it.
        send: Takes protocol messages.
        stopped: Asked between batches; True ends the run early but orderly.
        resume: Go on from the checkpoint `latest`.

    Returns:
        outcome (finished or stopped), run, steps, seconds per stage; if something was learned, the measures of the best
        evaluation, best_epoch and bundle.

    Raises:
        StudioError: If the run cannot start or breaks; it is in the log and the metrics then too.
    """
    config = run.config()
    first = not launched() or os.environ.get(RANK_VARIABLE, "0") == "0"
    # a process that trains along says nothing: the first one speaks for all
    report = TrainReport(run, send, config.get("Global.epoch_num", 0)) if first else cast("TrainReport", QuietReport())
    try:
        settings = TrainSettings.of(config)
        several = needs_launch(settings.devices, settings.nodes)
        if not launched():
            _look_first(run, config, report, stopped, meanwhile=(lambda: None) if several else require_paddle)
        if not several:
            require_paddle()
            report.config(config.plain())
            if config.get("Global.checkpoints"):
                report.info("Global.checkpoints is not used by this engine: resume the run itself", level="WARNING")
            from paddle.utils import unique_name

            # checkpoints name the optimiser's tensors after a counter: it must start anew with every run
            with unique_name.guard():
                return _Run(run, settings, report, stopped).go(resume)
    except StudioError as error:
        report.info(str(error), level="ERROR")
        report.failed(error)
        raise
    except Exception as error:
        # boundary: what Paddle raises has no common type, and the window must hear of it
        report.info(traceback.format_exc(), level="ERROR")
        readable = _explained(error)
        report.failed(readable)
        raise readable from error
    finally:
        report.close()
    from ocrstudio.engine.launching import run_launched

    return run_launched(run, settings, send, stopped, resume=resume)


def _look_first(
    run: RunFolder,
    config: TrainConfig,
    report: TrainReport,
    stopped: Callable[[], bool],
    meanwhile: Callable[[], None],
) -> None:
    """Looks at config, lists and pictures; what takes longer than a moment goes on while Paddle is loaded.

    Args:
        run: Is written to.
        config: Of the run.
        report: Told what was found.
        stopped: Asked now and then; the rest is then left undone.
        meanwhile: Called in this thread if the look takes long.

    Raises:
        ConfigError: If the run would fail.
    """
    with ThreadPoolExecutor(1, "preflight") as pool:
        look = pool.submit(
            preflight,
            config,
            BUILTIN,
            save_dir=run.path,
            progress=lambda done, total: report.stage("load", done, total),
            cancelled=stopped,
        )
        if wait([look], timeout=QUICK_LOOK_S).not_done:
            meanwhile()
        findings = look.result()
    first_fatal = next((finding for finding in findings if finding.is_fatal), None)
    for finding in findings:
        # that one is told as the run's failure
        if finding is not first_fatal:
            report.notify(finding)
    refuse(findings)


def _explained(error: Exception) -> EngineError:
    """A failure of the runtime as a sentence with a remedy."""
    from ocrstudio.engine.loop import out_of_memory

    text = str(error).strip()
    if out_of_memory(error):
        what = QT_TRANSLATE_NOOP("Errors", "Training ran out of memory.")
        remedy = QT_TRANSLATE_NOOP("Errors", "Set a smaller Train.loader.batch_size_per_card, or close other programs.")
        return EngineError(what, remedy)
    known = known_failure(error)
    if known is not None:
        return known
    if launched() and any(name in text.lower() for name in ("gloo", "nccl")):
        remedy = QT_TRANSLATE_NOOP("Errors", "Its output in the run's folder workers says why.")
        return EngineError(CONNECTION_BROKE, remedy)
    what = QT_TRANSLATE_NOOP("Errors", "Training broke off because of an unexpected error: {reason}.")
    remedy = QT_TRANSLATE_NOOP("Errors", "The log says more; the checkpoints from before are kept.")
    return EngineError(what, remedy, reason=text.splitlines()[-1][:300] if text else type(error).__name__)


@dataclass
class _Clock:
    """Seconds per stage."""

    seconds: dict[str, float] = field(default_factory=dict)
    _since: float = 0.0
    _name: str = ""

    def enter(self, name: str) -> None:
        now = time.perf_counter()
        if self._name:
            self.seconds[self._name] = round(self.seconds.get(self._name, 0.0) + now - self._since, 2)
        self._name, self._since = name, now


@dataclass(frozen=True)
class CheckpointKeeper:
    """Writes the checkpoints of a run (`loop.Keeper`).

    Attributes:
        run: Where to.
        task: Whose network.
        learner: Its moments.
        report: Told what was saved.
    """

    run: RunFolder
    task: Task
    learner: Learner
    report: TrainReport

    def save(self, name: str, progress: Progress) -> None:
        """See `loop.Keeper`."""
        prefix = self.run.checkpoint(name)
        save_checkpoint(prefix, self.task.network.state_dict(), self.learner.moments, progress)
        if name == "best_accuracy":
            self.task.keep_best(self.run.path)
        self.report.saved("iter_epoch" if name.startswith("iter_epoch") else name, prefix)

    def save_progress(self, name: str, progress: Progress) -> None:
        """See `loop.Keeper`."""
        save_progress(self.run.checkpoint(name), progress)

    def save_wrong(self, step: int, epoch: int) -> None:
        """See `loop.Keeper`. It is for looking at: a disk that refuses it does not end the training."""
        try:
            write_wrong(self.run.path, replace(self.task.wrong(), step=step, epoch=epoch))
        except ProjectError as error:
            self.report.info(str(error), level="WARNING")

    def good(self) -> str:
        """The checkpoints that can be gone on from."""
        return good_checkpoints(self.run)


def good_checkpoints(run: RunFolder) -> str:
    """Names the checkpoints of a run that can be read, with epoch and step; "none" if there are none."""
    found = []
    for name in ("latest", "best_accuracy"):
        with contextlib.suppress(StudioError):
            progress = load_progress(run.checkpoint(name))
            found.append(f"{name} (epoch {progress.epoch}, step {progress.step})")
    return ", ".join(found) or "none"


class _Run:
    def __init__(
        self, run: RunFolder, settings: TrainSettings, report: TrainReport, stopped: Callable[[], bool]
    ) -> None:
        self.run, self.settings, self.report, self.stopped = run, settings, report, stopped
        self.clock = _Clock()

    def go(self, resume: bool) -> dict[str, Any]:
        from ocrstudio.engine.loop import train
        from ocrstudio.engine.network import choose_device

        if resume:
            self._require_checkpoint()
        self._enter("load")
        self.device = choose_device(self.settings.use_gpu, self.settings.devices)
        self.group = Group()
        task: Task | None = None
        with contextlib.suppress(Stopped):
            task = self._task()
        # all or none: who stays would wait for the others for ever
        if self.group.any(task is None) or task is None:
            return self._stopped_before_training()
        with contextlib.closing(task):
            training = self._training(task, resume)
            self._announce(training)
            self._enter("train")
            outcome = train(training, self.report, self.stopped)
        best = training.progress.best
        result = {"outcome": outcome, "run": str(self.run.path), "steps": training.progress.step}
        if not self.group.world.is_first:
            return result
        if not best or not training.progress.step:
            return self._stopped_before_training()
        result |= best
        try:
            result |= self._export(training)
        except Stopped:
            outcome = result["outcome"] = "stopped"
            self.report.info("stopped before the model was written; export it with: ocrstudio export-model RUN")
        self.clock.enter("")
        self.report.end(outcome)
        return {**result, "seconds": self.clock.seconds}

    def _enter(self, stage: str) -> None:
        self.clock.enter(stage)
        self.report.stage(stage)

    def _check_stop(self) -> None:
        if self.stopped():
            raise Stopped

    def _task(self) -> Task:
        """The network with its starting weights, and what it is to learn."""
        import paddle

        from ocrstudio.engine.nets.catalogue import load_source
        from ocrstudio.engine.network import build_network, freeze

        settings = self.settings
        paddle.seed(settings.seed)
        self.source = load_source(settings.base_model, settings.task)
        named = ((settings.plain.get("Architecture") or {}).get("Backbone") or {}).get("name")
        trained = BACKBONES.get(self.source.architecture[:8], named)
        if named and named != trained:
            self.report.info(
                f"Architecture.Backbone is {named}, but {self.source.architecture} is trained, which has {trained}: "
                "Global.pretrained_model decides",
                level="WARNING",
            )
        self.charset = settings.charset(self.source.charset) if self.source.charset else None
        network, graft = build_network(self.source, self.charset, settings.seed, settings.look_alikes)
        self._tell_graft(graft)
        self._check_stop()
        freeze(network, settings.freeze)
        context = TaskContext(
            settings=settings,
            source=self.source,
            network=network,
            charset=self.charset,
            stage=self._task_stage,
            log=lambda text, level: self.report.info(text, level=level),
            check_stop=self._check_stop,
            device=self.device,
            world=self.group.world,
        )
        return build_task(context)

    def _task_stage(self, name: str, done: int, total: int) -> None:
        if name != self.clock._name:
            self.clock.enter(name)
        self.report.stage(name, done, total)

    def _tell_graft(self, graft: Graft | None) -> None:
        if graft is None:
            return
        self.report.info(f"dictionary: {len(graft.kept)} characters keep what they know, {len(graft.new)} are new")
        if graft.new:
            self.report.info("new characters: " + " ".join(graft.new[:NAMED_CHARACTERS]))

    def _training(self, task: Task, resume: bool) -> Training:
        from ocrstudio.engine.learner import Learner
        from ocrstudio.engine.loop import Training

        learner = Learner(task, self.settings, self.device, self.group)
        if self.settings.use_amp and not learner.mixed:
            self.report.info("Global.use_amp needs a graphics card: training in full precision", level="WARNING")
        keeper = CheckpointKeeper(self.run, task, learner, self.report)
        batch_size = self.settings.train.batch_size
        progress = self._resume(task, learner) if resume else Progress(batch_size=batch_size)
        self.group.same_weights(task.network)
        return Training(task, learner, self.settings, keeper, self.group, progress)

    def _require_checkpoint(self) -> None:
        if not checkpoint_exists(self.run.checkpoint("latest")):
            what = QT_TRANSLATE_NOOP("Errors", "{folder} has no checkpoint to go on from.")
            raise EngineError(what, QT_TRANSLATE_NOOP("Errors", "Start the run anew."), folder=self.run.path)

    def _resume(self, task: Task, learner: Learner) -> Progress:
        latest = self.run.checkpoint("latest")
        progress = load_progress(latest)
        progress.use_batch_size(self.settings.train.batch_size)
        for _ in range(progress.halvings):
            task.halve_batch()
        # the part of the network that learns decides whose moments there are
        task.begin_epoch(min(progress.epoch + 1, self.settings.epochs))
        load_weights_into(task.network, latest)
        learner.restore(load_moments(latest))
        if progress.epoch_steps and progress.epoch_steps != task.train.steps:
            # another batch size, or other lines: as far into the epoch as before
            progress.skip = round(progress.skip * task.train.steps / progress.epoch_steps)
        if self.group.world.is_first:
            self.report.best = dict(progress.best)
            forget_after(self.run.metrics_path, progress.step)
        self.report.info(f"resume from {latest}: epoch {progress.epoch}, step {progress.step}")
        if progress.best:
            name = task.indicator
            self.report.info(f"best so far: {name} {progress.best.get(name, 0.0):.4f}, kept from before")
        return progress

    def _announce(self, training: Training) -> None:
        import paddle

        task = training.task
        self.report.info(f"train with paddle {paddle.__version__} and device {self.device}")
        if self.group.world.size > 1:
            self.report.info(f"{self.group.world.size} processes train together")
        self.report.info(f"train dataloader has {task.train.steps} iters")
        self.report.info(f"valid dataloader has {task.val_steps} iters")
        if not training.progress.step:
            self.report.info(f"load pretrain successful from {self.source.path}")
        self.report.start(
            {
                "task": self.settings.task,
                "indicator": task.indicator,
                "epochs": self.settings.epochs,
                "steps_per_epoch": task.train.steps,
                "device": self.device,
                "processes": self.group.world.size,
                "train_samples": task.train.samples,
                "val_samples": task.val_samples,
                "characters": len(self.charset.characters) if self.charset else 0,
            }
        )

    def _stopped_before_training(self) -> dict[str, Any]:
        self.clock.enter("")
        self.report.info(STOPPED_EARLY)
        self.report.end("stopped", STOPPED_EARLY)
        return {"outcome": "stopped", "run": str(self.run.path), "steps": 0, "seconds": self.clock.seconds}

    def _export(self, training: Training) -> dict[str, Any]:
        from ocrstudio.engine.bundle import export_network

        asked_before = self.stopped()

        def stage(name: str, done: int, total: int) -> None:
            # stopped while training: the best weights are still exported; stopped now: that is not what is wanted
            if not asked_before:
                self._check_stop()
            self._task_stage(name, done, total)

        self._enter("export")
        network, best = training.task.network, training.progress.best
        load_weights_into(network, self.run.checkpoint("best_accuracy"))
        result = export_network(self.run, self.settings, network, self.source, self.charset, stage=stage, best=best)
        self.report.saved("bundle", Path(result["bundle"]))
        return result


def build_task(context: TaskContext) -> Task:
    """The task that the settings name."""
    if context.settings.task == "det":
        from ocrstudio.engine.det.task import build_det_task

        return build_det_task(context)
    from ocrstudio.engine.rec.task import build_rec_task

    return build_rec_task(context)
