"""One training run from its folder to its bundle: puts the parts together and keeps their order."""

from __future__ import annotations

import contextlib
import io
import json
import os
import shutil
import time
import traceback
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ocrstudio.core.charset import Charset
from ocrstudio.core.errors import QT_TRANSLATE_NOOP, EngineError, StudioError
from ocrstudio.engine.checkpoint import (
    Progress,
    checkpoint_exists,
    load_optimizer_into,
    load_progress,
    load_weights_into,
    save_checkpoint,
)
from ocrstudio.engine.nets.weights import import_onnx
from ocrstudio.engine.report import Send, TrainReport
from ocrstudio.engine.settings import TrainSettings
from ocrstudio.engine.stopping import keep_signal_handlers
from ocrstudio.formats.atomic import write_atomic
from ocrstudio.formats.metrics_log import read_metrics
from ocrstudio.formats.run_folder import RunFolder

if TYPE_CHECKING:
    from ocrstudio.engine.loop import Batches, Training
    from ocrstudio.engine.nets.ppocrv6_rec import RecognitionNetwork

NO_PADDLE = QT_TRANSLATE_NOOP("Errors", "Training needs Paddle, which is not installed.")
INSTALL_PADDLE = QT_TRANSLATE_NOOP(
    "Errors", 'Install it with: pip install "paddlepaddle==3.2.2" onnx - or start the program with installer/run.sh.'
)
STOPPED_EARLY = QT_TRANSLATE_NOOP("Errors", "Training was stopped before it began; nothing was learned.")


def require_paddle() -> None:
    """Makes sure that training can run.

    Raises:
        EngineError: If Paddle or onnx is missing; says how to install them.
    """
    # read by OpenMP when the runtime is loaded, which happens here at the earliest
    os.environ.setdefault("OMP_NUM_THREADS", str(os.cpu_count() or 1))
    os.environ.setdefault("GLOG_minloglevel", "2")
    try:
        # it complains about compilers and threads, which only people who extend it need to know
        with warnings.catch_warnings(), contextlib.redirect_stderr(io.StringIO()), keep_signal_handlers():
            warnings.simplefilter("ignore")
            import paddle

            # its own handlers would print a C++ trace and die where we save and stop
            paddle.disable_signal_handler()
    except ImportError as error:
        raise EngineError(NO_PADDLE, INSTALL_PADDLE) from error
    # views instead of copies make attention three times slower on a CPU; versions before 2.6 do not know the flag
    with contextlib.suppress(ValueError):
        paddle.set_flags({"FLAGS_use_stride_kernel": False})
    import_onnx()


def run_training(
    run: RunFolder, send: Send, stopped: Callable[[], bool] = lambda: False, *, resume: bool = False
) -> dict[str, Any]:
    """Trains the run of a folder and exports its best weights.

    Args:
        run: Its `config.yml` says what to do; everything the run makes goes into it.
        send: Takes protocol messages.
        stopped: Asked between batches; True ends the run early but orderly.
        resume: Go on from the checkpoint `latest`.

    Returns:
        outcome (finished or stopped), run, bundle, the best evaluation's measures, steps, seconds per stage.

    Raises:
        StudioError: If the run cannot start or breaks; it is in the log and the metrics then too.
    """
    config = run.config()
    settings = TrainSettings.of(config)
    report = TrainReport(run, send, settings.epochs)
    try:
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
        report.end("failed", str(error))
        raise
    except Exception as error:
        # boundary: what Paddle raises has no common type, and the window must hear of it
        report.info(traceback.format_exc(), level="ERROR")
        readable = _explained(error)
        report.end("failed", str(readable))
        raise readable from error
    finally:
        report.close()


def _explained(error: Exception) -> EngineError:
    """A failure of the runtime as a sentence with a remedy."""
    text = str(error).strip()
    if isinstance(error, MemoryError) or "ResourceExhausted" in text or "out of memory" in text.lower():
        what = QT_TRANSLATE_NOOP("Errors", "Training ran out of memory.")
        remedy = QT_TRANSLATE_NOOP("Errors", "Set a smaller Train.loader.batch_size_per_card, or close other programs.")
        return EngineError(what, remedy)
    what = QT_TRANSLATE_NOOP("Errors", "Training broke off because of an unexpected error: {reason}.")
    remedy = QT_TRANSLATE_NOOP("Errors", "The log says more; the checkpoints from before are kept.")
    return EngineError(what, remedy, reason=text.splitlines()[-1][:300] if text else type(error).__name__)


@dataclass
class _Clock:
    """Seconds per stage."""

    seconds: dict[str, float]
    _since: float = 0.0
    _name: str = ""

    def enter(self, name: str) -> None:
        now = time.perf_counter()
        if self._name:
            self.seconds[self._name] = round(self.seconds.get(self._name, 0.0) + now - self._since, 2)
        self._name, self._since = name, now


class _Run:
    def __init__(
        self, run: RunFolder, settings: TrainSettings, report: TrainReport, stopped: Callable[[], bool]
    ) -> None:
        self.run, self.settings, self.report, self.stopped = run, settings, report, stopped
        self.clock = _Clock({})

    def go(self, resume: bool) -> dict[str, Any]:
        from ocrstudio.engine.loop import train

        self._enter("load")
        self._load()
        self._enter("features")
        batches = self._batches()
        if batches is None:
            return self._stopped_before_training()
        training = self._training(*batches)
        if resume:
            self._resume(training)
        self._announce(training)
        self._enter("train")
        finished = train(training, self.report, self.stopped)
        result = self._export(training)
        self.clock.enter("")
        outcome = "finished" if finished else "stopped"
        self.report.end("finished" if finished else "stopped")
        measures = {
            name: training.progress.best[name] for name in ("acc", "norm_edit_dis", "cer", "loss", "best_epoch")
        }
        return {
            "outcome": outcome,
            "run": str(self.run.path),
            "steps": training.progress.step,
            **measures,
            **result,
            "seconds": self.clock.seconds,
        }

    def _enter(self, stage: str) -> None:
        self.clock.enter(stage)
        self.report.stage(stage)

    def _load(self) -> None:
        """Lists, crops, source weights, network."""
        import paddle

        from ocrstudio.engine.nets.weights import load_source, model_file
        from ocrstudio.engine.network import build_network, choose_device
        from ocrstudio.engine.rec.data import CropStore, learnable, read_lines

        settings = self.settings
        self.device = choose_device(settings.use_gpu)
        paddle.seed(settings.seed)
        train_lines = read_lines(settings.train.lists, settings.train.data_dir)
        val_lines = read_lines(settings.val.lists, settings.val.data_dir)
        self.source = load_source(model_file(settings.base_model))
        self.charset: Charset = settings.charset(self.source.charset)
        everything = CropStore(train_lines)
        self._decode(everything)
        learnt = learnable(train_lines, everything, self.charset)
        self._warn_left_out(len(train_lines) - len(learnt), [line.text for line in train_lines])
        if not learnt:
            what = QT_TRANSLATE_NOOP(
                "Errors", "None of the {count} training lines can be learned with this dictionary."
            )
            remedy = QT_TRANSLATE_NOOP("Errors", "Use the dictionary of the dataset, or the base model's.")
            raise EngineError(what, remedy, count=len(train_lines))
        self.train_store = everything.chosen(learnt)
        self.train_texts = [train_lines[line].text for line in learnt]
        self.val_store = CropStore(val_lines)
        self._decode(self.val_store)
        self.val_texts = [line.text for line in val_lines]
        self.val_names = [line.image.name for line in val_lines]
        self.network, graft = build_network(self.source, self.charset, settings.seed, settings.look_alikes)
        if graft is not None:
            self.report.info(f"dictionary: {len(graft.kept)} characters keep what they know, {len(graft.new)} are new")
            if graft.new:
                self.report.info("new characters: " + " ".join(graft.new[:200]))

    def _decode(self, store: Any) -> None:
        for line in range(len(store)):
            _ = store[line]
            self.report.stage("load", line + 1, len(store))

    def _warn_left_out(self, count: int, texts: list[str]) -> None:
        if not count:
            return
        unknown = sorted({character for text in texts for character in self.charset.unknown(text)})
        detail = f"; characters that the dictionary lacks: {' '.join(unknown[:200])}" if unknown else ""
        self.report.info(
            f"{count} training lines are left out (empty, too long for their width, or unknown characters){detail}",
            level="WARNING",
        )

    def _batches(self) -> tuple[Batches, Batches] | None:
        """Training and validation batches; None if the run was stopped while the features were computed."""
        from ocrstudio.engine.rec.data import CropBatches
        from ocrstudio.engine.rec.features import FeatureBatches, FeaturePlan, feature_table

        settings, charset = self.settings, self.charset
        sizes = settings.train.batch_size, settings.val.batch_size
        if not settings.frozen:
            return (
                CropBatches(self.train_store, self.train_texts, charset, sizes[0], seed=settings.seed),
                CropBatches(self.val_store, self.val_texts, charset, sizes[1], seed=None),
            )
        lines = len(self.train_texts) * settings.copies
        total = lines + len(self.val_texts)
        train = feature_table(
            FeaturePlan(self.source.path, self.train_store, settings.copies, settings.seed),
            lambda done, _: self.report.stage("features", done, total),
            stopped=self.stopped,
        )
        val = train and feature_table(
            FeaturePlan(self.source.path, self.val_store, 1, settings.seed),
            lambda done, _: self.report.stage("features", lines + done, total),
            stopped=self.stopped,
        )
        if train is None or val is None:
            return None
        return (
            FeatureBatches(train, self.train_texts, charset, sizes[0], seed=settings.seed),
            FeatureBatches(val, self.val_texts, charset, sizes[1], seed=None),
        )

    def _training(self, train: Batches, val: Batches) -> Training:
        from ocrstudio.engine.loop import Training
        from ocrstudio.engine.network import make_optimizer

        settings, network = self.settings, self.network
        if settings.frozen:
            for parameter in network.backbone.parameters():
                parameter.stop_gradient = True
        optimizer, schedule = make_optimizer(network, settings, train.steps)
        return Training(
            network=network,
            forward=network.read_features if settings.frozen else network,
            optimizer=optimizer,
            schedule=schedule,
            train=train,
            val=val,
            charset=self.charset,
            epochs=settings.epochs,
            eval_every=settings.eval_every,
            print_every=settings.print_every,
            indicator=settings.indicator,
            ignore_space=settings.ignore_space,
            save=lambda name, progress: self._save(network, optimizer, name, progress),
            progress=Progress(),
        )

    def _save(self, network: RecognitionNetwork, optimizer: Any, name: str, progress: Progress) -> None:
        save_checkpoint(self.run.checkpoint(name), network, optimizer, progress)
        self.report.saved(name, self.run.checkpoint(name))
        every = self.settings.save_every
        if name == "latest" and every and not progress.skip and progress.epoch % every == 0:
            kept = self.run.checkpoint(f"iter_epoch_{progress.epoch}")
            save_checkpoint(kept, network, optimizer, progress)
            self.report.saved("iter_epoch", kept)

    def _resume(self, training: Training) -> None:
        latest = self.run.checkpoint("latest")
        if not checkpoint_exists(latest):
            what = QT_TRANSLATE_NOOP("Errors", "{folder} has no checkpoint to go on from.")
            raise EngineError(what, QT_TRANSLATE_NOOP("Errors", "Start the run anew."), folder=self.run.path)
        load_weights_into(training.network, latest)
        load_optimizer_into(training.optimizer, latest)
        training.progress = load_progress(latest)
        self.report.best = dict(training.progress.best)
        self._forget_after(training.progress.step)
        self.report.info(f"resume from {latest}")

    def _forget_after(self, step: int) -> None:
        """Drops records of steps that the checkpoint does not contain: they will be made again."""
        if self.run.metrics_path.is_file():
            records = [
                r for r in read_metrics(self.run.metrics_path) if r.get("kind") != "end" and r.get("step", 0) <= step
            ]
            lines = (json.dumps(record, ensure_ascii=False) + "\n" for record in records)
            write_atomic(self.run.metrics_path, "".join(lines))

    def _announce(self, training: Training) -> None:
        import paddle

        self.report.info(f"train with paddle {paddle.__version__} and device {self.device}")
        self.report.info(f"train dataloader has {training.train.steps} iters")
        self.report.info(f"valid dataloader has {training.val.steps} iters")
        if not training.progress.step:
            self.report.info(f"load pretrain successful from {self.source.path}")
        self.report.start(
            {
                "epochs": self.settings.epochs,
                "steps_per_epoch": training.train.steps,
                "device": self.device,
                "train_samples": training.train.samples,
                "val_samples": training.val.samples,
                "characters": len(self.charset.characters),
            }
        )

    def _stopped_before_training(self) -> dict[str, Any]:
        self.clock.enter("")
        self.report.info(STOPPED_EARLY)
        self.report.end("stopped", STOPPED_EARLY)
        return {"outcome": "stopped", "run": str(self.run.path), "steps": 0, "seconds": self.clock.seconds}

    def _export(self, training: Training) -> dict[str, Any]:
        from ocrstudio.engine.bundle import Exporter

        exporter = Exporter(self.run, self.settings, self.source, self.charset, self.report.stage)
        self._enter("export")
        load_weights_into(self.network, self.run.checkpoint("best_accuracy"))
        folder = exporter.write(self.network)
        try:
            self._enter("parity")
            measures = exporter.prove(self.network, folder, self.val_store, self.val_texts, self.val_names)
            bundle = exporter.release(folder, measures, int(training.progress.best["best_epoch"]))
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        self.report.saved("bundle", bundle)
        return {"bundle": str(bundle), "parity_lines": len(self.val_texts)}
