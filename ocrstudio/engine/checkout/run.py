"""A run that PaddleOCR trains, from its config to its bundle: started, watched, kept safe and judged from outside."""

from __future__ import annotations

import contextlib
import math
import re
import shutil
import time
import traceback
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, EngineError, StudioError
from ocrstudio.core.failures import Diagnosis
from ocrstudio.engine.checkout.backup import (
    BEST,
    LATEST,
    Backups,
    BackupThread,
    Start,
    choose_start,
    fault,
    files_of,
    mixed,
    read_states,
)
from ocrstudio.engine.checkout.child import Child, Line
from ocrstudio.engine.checkout.commands import train_command
from ocrstudio.engine.checkout.news import News, Send
from ocrstudio.engine.checkout.outcome import LAST_LINES, SEE_LOG, Ended, Facts, judge
from ocrstudio.engine.checkout.ready import make_ready
from ocrstudio.engine.checkout.release import NO_MEASURE, release, score
from ocrstudio.engine.checkout.watch import Watchdog
from ocrstudio.engine.task import Stopped
from ocrstudio.formats.atomic import write_atomic
from ocrstudio.formats.log_line import body
from ocrstudio.formats.log_records import LogRecords
from ocrstudio.formats.metrics_log import forget_after, read_metrics
from ocrstudio.formats.run_failure import failed_record
from ocrstudio.formats.run_folder import RunFolder

_BAR = re.compile(r"\d+%\|.*\| (?P<done>\d+)/(?P<total>\d+) \[")
_WAIT_S = 0.2
# The loader thread has died; its traceback is still on its way.
_LAST_WORDS_S = 0.5
# After so many lines of its logger the training has surely written its own files.
_SETTLED_AFTER = 4

NOTHING_SAVED = QT_TRANSLATE_NOOP("Errors", "Stopped before PaddleOCR saved anything; nothing was learned.")
STOPPED = QT_TRANSLATE_NOOP(
    "Errors",
    "Stopped; PaddleOCR saves only at an epoch's end: kept is the state after epoch {epoch}, step {step}.",
)
NOT_WRITTEN = QT_TRANSLATE_NOOP(
    "Errors", "Stopped before the model was written; export it with: ocrstudio export-model RUN."
)
BETTER_KEPT = QT_TRANSLATE_NOOP("Errors", "PaddleOCR took a worse evaluation for the best one; the better is put back.")
MENDED = QT_TRANSLATE_NOOP("Errors", "{file} was cut off while saving; its copy of epoch {epoch} takes its place.")
BROKE_OFF = QT_TRANSLATE_NOOP("Errors", "Training broke off because of an unexpected error: {reason}.")
OTHER_START = QT_TRANSLATE_NOOP("Errors", "{file} cannot be used; the run goes on from {name}, epoch {epoch}.")


def run_checkout_training(
    run: RunFolder,
    send: Send,
    stopped: Callable[[], bool] = lambda: False,
    *,
    resume: bool = False,
    devices: str = "",
) -> dict[str, Any]:
    """Trains the run of a folder with the checkout that its manifest names, and exports its best weights.

    Args:
        run: Its `config.yml` says what to do; everything the run makes goes into it.
        send: Takes protocol messages.
        stopped: Asked several times a second; True ends the training at once (PaddleOCR saves nothing then).
        resume: Go on from the last whole checkpoint.
        devices: Numbers of GPUs, "" for the config's choice.

    Returns:
        outcome (finished or stopped), run, steps, the best evaluation's measures, bundle, warnings.

    Raises:
        StudioError: If the run cannot start or fails; it is in the log and the metrics then too, if they can be
            written.
    """
    news = News(run, send)
    supervisor = _Supervisor(run, news, stopped, devices)
    try:
        return supervisor.go(resume)
    except StudioError as error:
        news.say(str(error), "ERROR")
        supervisor.end("failed", **failed_record(error))
        raise
    except Exception as error:
        # boundary: whatever it is, the window must hear of it
        for line in traceback.format_exc().splitlines():
            news.line(line)
        readable = EngineError(BROKE_OFF, SEE_LOG, reason=str(error).rstrip(".") or type(error).__name__)
        supervisor.end("failed", **failed_record(readable))
        raise readable from error
    finally:
        news.close()


@dataclass(frozen=True)
class Best:
    """The best evaluation of the whole run: what it measured, after which epoch."""

    measures: dict[str, float]
    epoch: int


class _Supervisor:
    def __init__(self, run: RunFolder, news: News, stopped: Callable[[], bool], devices: str) -> None:
        self.run, self.news, self.stopped, self.devices = run, news, stopped, devices
        self.backups = Backups(run.path)
        self.copies = BackupThread(self.backups)
        self.diagnosis = Diagnosis(str(run.engine.python or "python"))
        self.last_lines: deque[str] = deque(maxlen=LAST_LINES)
        self.start: Start | None = None
        self.best: Best | None = None
        self.logged = self.steps = self.saved_epoch = 0
        self.last_evaluation: dict[str, Any] = {}
        self.records = LogRecords()
        self.config_text = b""

    def go(self, resume: bool) -> dict[str, Any]:
        began = time.time()
        self.news.stage("load")
        if resume:
            self._go_on()
        else:
            self._begin()
        make_ready(self.run, self.news, self.stopped, resume=resume)
        self.config_text = self.run.config_path.read_bytes()
        command = train_command(
            self.run.engine, self.run, resume=self.start.prefix if self.start else None, devices=self.devices
        )
        try:
            child = Child(command)
        except OSError as error:
            what = QT_TRANSLATE_NOOP("Errors", "The training could not be started: {reason}.")
            raise EngineError(what, reason=error.strerror or str(error)) from error
        try:
            ended, silence = self._watch(child)
            exit_code = child.exit_code or 0
        finally:
            child.close()
            self.copies.close()
            self._restore_config()
        facts = Facts(
            ended,
            exit_code,
            self.steps,
            self.saved_epoch,
            self.records.epochs,
            self.start.epoch if self.start else 0,
            silence,
            tuple(self.last_lines),
        )
        judge(facts, self.diagnosis)
        return self._finish(facts, time.time() - began)

    # --- before -------------------------------------------------------------------------------------------------------

    def _begin(self) -> None:
        """A new run: what an earlier attempt in the same folder left is no part of it."""
        forget_after(self.run.metrics_path, -1)
        shutil.rmtree(self.backups.folder, ignore_errors=True)

    def _go_on(self) -> None:
        start = self.start = choose_start(self.run.path, self._step_of)
        if start.restored:
            self.news.notice(MENDED, file=start.broken[0] if start.broken else start.name, epoch=start.epoch)
        elif start.broken:
            self.news.notice(OTHER_START, file=", ".join(start.broken), name=start.name, epoch=start.epoch)
        forget_after(self.run.metrics_path, start.step)
        self.saved_epoch = start.epoch
        indicator = str(self.run.config().get("Metric.main_indicator") or "acc")
        self.best = self._best_so_far(indicator)
        self.records = LogRecords(start.step, self.best.measures.get(indicator) if self.best else None)
        self.news.say(f"resume from {start.name}: epoch {start.epoch}, step {start.step}")

    def _step_of(self, epoch: int) -> int:
        """The last step of an epoch, as the records tell it."""
        if not self.run.metrics_path.is_file():
            return 0
        trained = (one for one in read_metrics(self.run.metrics_path) if one.get("kind") == "train")
        return max((int(one["step"]) for one in trained if one.get("epoch", 0) <= epoch and "step" in one), default=0)

    def _best_so_far(self, indicator: str) -> Best | None:
        """The best evaluation; its files are put back if something worse or half has overwritten them."""
        kept = self.backups.newest(BEST)
        states = read_states(self.run.path / BEST)
        found = states.get("best_model_dict")
        measures = _measures(found) if isinstance(found, dict) else {}
        epoch = int(states.get("epoch") or 0)
        if kept is None:
            return Best(measures, epoch) if measures else None
        whole = not fault(self.run.path / BEST) and not mixed(self.run.path / BEST)
        if whole and measures.get(indicator, -math.inf) > kept.measures.get(indicator, -math.inf):
            # saved right before everything was killed: there was no time for a copy
            offset = self._step_of(epoch) - int(states.get("global_step") or 0)
            self.backups.keep(BEST, max(0, offset), measures)
            return Best(measures, epoch)
        same = all(measures.get(name) == value for name, value in kept.measures.items() if name in measures)
        if not measures or not same or not whole:
            self.backups.restore(BEST)
        return Best(kept.measures, kept.epoch)

    # --- while it trains ----------------------------------------------------------------------------------------------

    def _watch(self, child: Child) -> tuple[Ended, float]:
        """Until the training has ended: by itself, because it was asked to, or because it never would."""
        dog = Watchdog(child.effort)
        ended: Ended = "itself"
        silence = 0.0
        gave_up_at = 0.0
        while child.exit_code is None:
            for line in child.lines(_WAIT_S):
                dog.heard()
                self._take(line, dog)
                if self.stopped():
                    break
            if self.stopped():
                ended = "stopped"
                break
            if self.diagnosis.stuck:
                gave_up_at = gave_up_at or time.monotonic()
                if time.monotonic() - gave_up_at > _LAST_WORDS_S:
                    ended = "stuck"
                    break
            elif dog.stuck:
                ended, silence = "stuck", dog.silent
                break
        child.kill()
        for line in child.rest():
            self._take(line, dog)
        return ended, silence

    def _take(self, line: Line, dog: Watchdog) -> None:
        text = line.text
        bar = _BAR.search(text) if line.error else None
        if bar:
            self.news.stage("eval" if "eval" in text else "load", int(bar.group("done")), int(bar.group("total")))
            return
        self.last_lines.append(text)
        self.news.line(text)
        if body(text):
            self.logged += 1
            if self.logged == _SETTLED_AFTER:
                self.news.log.settle()
                self._restore_config()
        failure = self.diagnosis.feed(text)
        if failure is not None and failure.kind in ("warning", "sample"):
            self.news.warn(failure)
        for record in self.records.feed(text):
            self._tell(record, dog)

    def _restore_config(self) -> None:
        """PaddleOCR writes its own form of the config over ours, without comments and with what `-o` said."""
        # a disk that is full or gone: the training will say so itself
        with contextlib.suppress(OSError, StudioError):
            if self.run.config_path.read_bytes() != self.config_text:
                write_atomic(self.run.config_path, self.config_text)

    def _tell(self, record: dict[str, Any], dog: Watchdog) -> None:
        kind = record["kind"]
        if kind == "saved":
            self._saved(record)
            return
        if kind == "start":
            record = {**record, **_sizes(self.run)}
        elif kind == "train":
            self.steps = record["step"] - self.records.offset
            dog.batch_cost = float(record.get("batch_cost") or 0.0)
        elif kind == "eval":
            self.steps = max(self.steps, record["step"] - self.records.offset)
            self.last_evaluation = record
        self.news.record(record)
        if kind != "eval":
            self.news.stage("train", self.records.step, self.records.epochs * self.records.steps_per_epoch)

    def _saved(self, record: dict[str, Any]) -> None:
        name = record["name"]
        if name == LATEST:
            self.saved_epoch = record["epoch"]
            self.copies.keep(LATEST, self.records.offset)
        elif name == BEST:
            self._best_saved(record)
        self.news.saved("iter_epoch" if name.startswith("iter_epoch") else name, self.run.checkpoint(name))

    def _best_saved(self, record: dict[str, Any]) -> None:
        evaluation = self.last_evaluation
        if evaluation.get("best") or self.best is None:
            self.best = Best(_measures(evaluation), record["epoch"])
            self.copies.keep(BEST, self.records.offset, self.best.measures)
            return
        self.copies.wait()  # which may take long, and the training goes on
        on_disk = read_states(self.run.path / BEST).get("best_model_dict") or {}
        if on_disk.get(self.records.indicator) != evaluation.get(self.records.indicator):
            # the next evaluation was saved already; what it means is told by its own lines
            return
        with contextlib.suppress(StudioError):
            if self.backups.restore(BEST) is not None:
                self.news.notice(BETTER_KEPT)

    # --- after --------------------------------------------------------------------------------------------------------

    def _finish(self, facts: Facts, seconds: float) -> dict[str, Any]:
        outcome = "stopped" if facts.ended == "stopped" else "finished"
        result: dict[str, Any] = {"outcome": outcome, "run": str(self.run.path), "steps": self.records.step}
        message = ""
        if outcome == "stopped":
            message = self._tell_stopped()
        try:
            result |= self._released(asked_before=outcome == "stopped")
        except Stopped:
            outcome = result["outcome"] = "stopped"
            message = NOT_WRITTEN
            self.news.notice(NOT_WRITTEN)
        if self.best is not None:
            result |= self.best.measures
            result["best_epoch"] = self.best.epoch
        result["warnings"] = [failure.text() for failure in self.diagnosis.warnings]
        result["seconds"] = {"all": round(seconds, 1)}
        self.end(outcome, message)
        return result

    def _released(self, *, asked_before: bool) -> dict[str, Any]:
        """Scores what never was and exports the best; see `release`, also for what it raises.

        Args:
            asked_before: Whether the training itself was stopped: its best weights are still exported. A stop that
                came when it had ended means the export.
        """

        def stopped() -> bool:
            return not asked_before and self.stopped()

        name = self._exported_checkpoint()
        if name == LATEST and self.best is None:
            self._evaluate_once(stopped)
        measures = self.best.measures if self.best else {}
        return release(self.run, self.news, name, measures, stopped) if name else {}

    def end(self, outcome: str, message: str, **more: Any) -> None:
        """The last record of the run, `more` in it; the window hears it even if the disk takes nothing any more."""
        best_epoch = self.best.epoch if self.best is not None else 0
        with contextlib.suppress(StudioError):
            record = {"kind": "end", "outcome": outcome, "best_epoch": best_epoch, "message": message, **more}
            self.news.record(record)

    def _exported_checkpoint(self) -> str:
        """The best one; the last one if nothing was ever evaluated; "" if nothing was saved."""
        for name in (BEST, LATEST):
            if files_of(self.run.path / name)[0].is_file():
                if fault(self.run.path / name) or mixed(self.run.path / name):
                    # the end may have come in the middle of a save
                    with contextlib.suppress(StudioError):
                        self.backups.restore(name)
                if not fault(self.run.path / name):
                    return name
        return ""

    def _tell_stopped(self) -> str:
        if not self.saved_epoch:
            self.news.notice(NOTHING_SAVED)
            return NOTHING_SAVED
        kept = self.backups.newest(LATEST)
        step = kept.step if kept is not None else 0
        self.news.notice(STOPPED, epoch=self.saved_epoch, step=step)
        return STOPPED.format(epoch=self.saved_epoch, step=step)

    def _evaluate_once(self, stopped: Callable[[], bool]) -> None:
        """A run whose evaluations never came due is scored once, with the checkout's own tool."""
        self.news.stage("eval")
        measures = score(self.run, self.news, LATEST, stopped, self.devices)
        if measures:
            self.best = Best(measures, self.saved_epoch)
            self.news.record(
                {"kind": "eval", **measures, "step": self.records.step, "epoch": self.saved_epoch, "best": True}
            )


def _measures(values: Mapping[str, Any]) -> dict[str, float]:
    """The numbers that tell how well a model does."""
    numbers = {k: v for k, v in values.items() if isinstance(v, (int, float)) and not isinstance(v, bool)}
    return {name: float(value) for name, value in numbers.items() if name not in NO_MEASURE}


def _sizes(run: RunFolder) -> dict[str, int]:
    """Samples of the run's lists and characters of its dictionary, as far as they can be counted."""
    config = run.config()
    counted = {
        "train_samples": config.get("Train.dataset.label_file_list"),
        "val_samples": config.get("Eval.dataset.label_file_list"),
        "characters": config.get("Global.character_dict_path"),
    }
    sizes = {}
    for name, files in counted.items():
        paths = [files] if isinstance(files, str) else files or []
        places = [(run.engine.checkout or Path()) / path for path in paths]
        with contextlib.suppress(OSError):
            sizes[name] = sum(_lines(place) for place in places)
    return sizes


def _lines(path: Path) -> int:
    with path.open("rb") as file:
        return sum(1 for line in file if line.strip())
