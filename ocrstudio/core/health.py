"""How a run is doing, told from its own numbers while it goes on and after its end: what is normal, what is not, why.

No rule reads more than the latest rows and a smoothed curve that grows along, so that looking costs the same after ten
steps and after a million. The rules are wary: a sign that comes without need is worse than one that comes a bit late.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from ocrstudio.core import health_words as words
from ocrstudio.core.health_words import Words
from ocrstudio.core.run_history import RunHistory
from ocrstudio.core.run_table import RunTable, finite

State = Literal["good", "info", "warn", "bad"]
Page = Literal["", "config", "dataset", "setup"]
_SEVERITY = {"bad": 0, "warn": 1, "info": 2, "good": 3}

# Rows whose mean is one point of the smoothed curve, and of the values called "now".
BLOCK = 20
# Points of the smoothed curve made at once; of an old run with more rows only so many are looked at.
_BLOCKS_AT_ONCE = 1000
# Rows over which a curve is called flat.
WINDOW = 100
# Rows before which nothing is said about learning.
EARLY = 20
FLAT_CHANGE = 0.03
FALLING_CHANGE = 0.05
EDIT_RISE = 0.02
NO_ACC, PERFECT = 0.001, 0.999
RISES_WARN, RISES_BAD = 1.5, 3.0
# Standard errors that a rise must be above: of many means the lowest is low by chance alone.
CHANCE = 4.0
# A loss this small beside the first one has no more to tell.
LOW_SHARE = 0.1
STALE_EVALUATIONS = 5
OVERFIT_EVALUATIONS, OVERFIT_RISE = 3, 1.1
GAP, GAP_TRAIN = 0.3, 0.9
DATA_INFO, DATA_WARN = 0.3, 0.5
RETENTION_WARN, RETENTION_BAD = 0.02, 0.1
STALL_WARN_S, STALL_BAD_S, FIRST_STEP_S = 60.0, 180.0, 300.0
STALL_WARN_STEPS, STALL_BAD_STEPS = 20, 60
# PaddleOCR's guide to fine-tuning: the rate is in proportion to the batch, 1e-3 for 1024 lines or 64 pages.
RATE, RATE_LINES, RATE_PAGES = 1e-3, 1024, 64
RATE_HIGH, RATE_LOW = 10.0, 0.05
# What is printed as 0.000000.
NO_RATE = 5e-7


@dataclass(frozen=True)
class Expected:
    """What the config asked for, as far as a run can be held to it.

    Attributes:
        use_gpu: Whether a graphics card was to be used.
        first_evaluation: Step of the first evaluation; 0 if it does not depend on steps alone.
    """

    use_gpu: bool = False
    first_evaluation: int = 0

    @classmethod
    def of(cls, get: Callable[[str], Any], *, by_steps_alone: bool) -> Expected:
        """From a config.

        Args:
            get: Gives the value of a key such as `Global.use_gpu`, None if there is none.
            by_steps_alone: Whether evaluations come only at multiples of steps, as PaddleOCR makes them.
        """
        rhythm = get("Global.eval_batch_step")
        parts = rhythm if isinstance(rhythm, list) else [0, rhythm]
        numbers = [part for part in parts if isinstance(part, int) and not isinstance(part, bool)]
        first = sum(numbers) if by_steps_alone and len(numbers) == 2 else 0
        return cls(get("Global.use_gpu") is True, max(0, first))


@dataclass(frozen=True)
class Sign:
    """One thing that the numbers say.

    Attributes:
        id: Stable name for tests and scripts.
        state: good, info (worth knowing), warn (something is not as it should be) or bad (the run is in vain).
        words: Templates of the context "Health": what is, why, what to do.
        values: For the templates.
        page: Where it can be mended, "" if nowhere.
    """

    id: str
    state: State
    words: Words
    values: Mapping[str, Any] = field(default_factory=dict)
    page: Page = ""

    def text(self) -> str:
        """What is, in English."""
        return self.words.what.format(**self.values)


class _Smooth:
    """Means of blocks of rows of one column, and how uncertain each is, made as the rows come."""

    def __init__(self) -> None:
        self.means: list[float] = []
        # standard error of each mean
        self.errors: list[float] = []
        self._row = 0
        self._changes = 0

    def follow(self, table: RunTable, name: str) -> None:
        column = table.columns.get(name)
        if column is None or table.changes != self._changes or len(column) < self._row:
            self.means, self.errors, self._row, self._changes = [], [], 0, table.changes
        if column is None:
            return
        pending = (len(column) - self._row) // BLOCK
        stride = max(1, pending // _BLOCKS_AT_ONCE)
        for number in range(pending):
            if number % stride == 0:
                block = [value for value in column[self._row : self._row + BLOCK] if value == value]
                if block:
                    self.means.append(_mean(block))
                    self.errors.append(_error(block))
            self._row += BLOCK


class HealthWatch:
    """Looks at the history of one run, again and again while it grows."""

    def __init__(self) -> None:
        self._loss = _Smooth()

    def look(
        self,
        history: RunHistory,
        *,
        now: float | None = None,
        heard: float | None = None,
        expected: Expected | None = None,
    ) -> list[Sign]:
        """What the run's numbers say now.

        Args:
            history: Of the same run as before, longer or not.
            now: Seconds since 1970 if the run is under way; None if nobody is training it.
            heard: When it last gave any sign of life, log lines and stages included; seconds since 1970.
            expected: What its config asked for.

        Returns:
            The signs, the most serious first; empty if there is nothing to look at yet.
        """
        self._loss.follow(history.tables["train"], "loss")
        look = _Look(history, self._loss, expected or Expected(), now, heard)
        found = sorted(look.signs(), key=lambda sign: _SEVERITY[sign.state])
        is_bad = bool(found) and found[0].state == "bad"
        return [sign for sign in found if not is_bad or sign.state != "good"]


class _Look:
    """One look: the rules, in the order in which signs of the same severity are told."""

    def __init__(
        self, history: RunHistory, loss: _Smooth, expected: Expected, now: float | None, heard: float | None
    ) -> None:
        self.history, self.loss, self.expected = history, loss, expected
        self.now, self.heard = now, heard
        self.train, self.evaluations = history.tables["train"], history.tables["eval"]
        self.rows = len(self.train)
        self.detects = history.indicator == "hmean"
        # the built-in engine's own rates are proven for weights in their deployed form
        self.is_builtin = "indicator" in (history.start or {})

    def signs(self) -> Iterator[Sign]:
        """All that can be said."""
        if self.history.start is None and not self.rows and not len(self.evaluations):
            yield from self._silent()
            return
        broken = list(self._not_a_number())
        yield from broken
        yield from self._silent()
        if not broken:
            trouble = [*self._rising(), *self._flat()]
            yield from trouble
            yield from self._rate(bool(trouble))
        yield from self._learning_by_heart()
        yield from self._forgetting()
        yield from self._never_evaluated()
        yield from self._no_gain()
        yield from self._wrong_device()
        yield from self._waiting_for_data()
        yield from self._less_memory()
        yield from self._going_well(bool(broken))

    # --- is it alive ------------------------------------------------------------------------------------------------

    def _not_a_number(self) -> Iterator[Sign]:
        last = self.history.last("train") or {}
        if "loss" in last and finite(last["loss"]) is None:
            values = {"step": int(finite(last.get("step")) or 0)}
            yield Sign("nan", "bad", words.NAN, values, "config")

    def _silent(self) -> Iterator[Sign]:
        if self.now is None or self.history.end is not None:
            return
        times = [self.heard, finite((self.history.last("train") or {}).get("time"))]
        alive = max((moment for moment in times if moment is not None), default=None)
        if alive is None:
            return
        silent = self.now - alive
        cost = _mean(_tail(self.train, "batch_cost", BLOCK))
        step = cost if math.isfinite(cost) else 0.0
        values = {"seconds": round(silent)}
        if not self.rows:
            if silent > FIRST_STEP_S:
                yield Sign("no_first_step", "warn", words.NO_FIRST_STEP, values)
        elif silent > max(STALL_BAD_S, STALL_BAD_STEPS * step):
            yield Sign("stalled", "bad", words.STALLED, values)
        elif silent > max(STALL_WARN_S, STALL_WARN_STEPS * step):
            yield Sign("stalled", "warn", words.STALLED, values)

    # --- does it learn ----------------------------------------------------------------------------------------------

    def _rising(self) -> Iterator[Sign]:
        """The smoothed loss is far above its lowest in its last two points, by more than chance."""
        means, errors = self.loss.means, self.loss.errors
        if len(means) < 4:
            return
        least = min(range(len(means) - 2), key=means.__getitem__)
        last = min(len(means) - 2, len(means) - 1, key=means.__getitem__)
        lowest, latest = means[least], means[last]
        if lowest <= 0 or latest < LOW_SHARE * means[0] or latest < RISES_WARN * lowest:
            return
        if latest - lowest <= CHANCE * math.hypot(errors[least], errors[last]):
            return
        state: State = "bad" if latest >= RISES_BAD * lowest else "warn"
        values = {"now": _short(means[-1]), "lowest": _short(lowest)}
        yield Sign("diverging", state, words.DIVERGING, values, "config")

    def _change(self) -> float | None:
        """By which share the loss has fallen over the window; None if there are too few rows."""
        losses = _tail(self.train, "loss", WINDOW)
        if len(losses) < WINDOW:
            return None
        then, now = _mean(losses[:BLOCK]), _mean(losses[-BLOCK:])
        return (then - now) / then if then > 0 else None

    def _edit_rise(self) -> float:
        similar = _tail(self.train, "norm_edit_dis", WINDOW)
        if len(similar) < EARLY:
            return 0.0
        part = max(5, len(similar) // 5)
        return _mean(similar[-part:]) - _mean(similar[:part])

    def _flat(self) -> Iterator[Sign]:
        """Nothing is read right, and neither loss nor similarity moves."""
        change = self._change()
        if change is None or change >= FLAT_CHANGE:
            return
        steps = int(self.train.steps[-1] - self.train.steps[-WINDOW]) + 1
        if self.detects:
            found = _tail(self.evaluations, "hmean", 3)
            if len(found) == 3 and max(found) < 0.01:
                yield Sign("flat", "warn", words.FLAT_DET, {"steps": steps}, "dataset")
            return
        accuracy = _tail(self.train, "acc", WINDOW)
        if accuracy and max(accuracy) < NO_ACC and self._edit_rise() < EDIT_RISE:
            state: State = "bad" if self.rows >= 3 * WINDOW else "warn"
            yield Sign("flat", state, words.FLAT_REC, {"steps": steps}, "dataset")

    def _rate(self, trouble: bool) -> Iterator[Sign]:
        rates = _tail(self.train, "lr", BLOCK)
        batches = sorted(_tail(self.train, "samples", BLOCK))
        if len(rates) < BLOCK:
            return
        progress = self.train.steps[-1] / self.history.steps_total if self.history.steps_total else 0.0
        if max(rates) < NO_RATE:
            if progress < 0.9:
                yield Sign("rate_zero", "warn", words.RATE_ZERO, {"rate": f"{max(rates):.2g}"}, "config")
            return
        if not batches or self.is_builtin:
            return
        batch = batches[len(batches) // 2]
        advised = RATE * batch / (RATE_PAGES if self.detects else RATE_LINES)
        values = {"rate": f"{max(rates):.2g}", "advised": f"{advised:.2g}", "batch": round(batch)}
        change = self._change()
        if trouble and max(rates) > RATE_HIGH * advised:
            yield Sign("rate_high", "warn", words.RATE_HIGH, values, "config")
        elif change is not None and change < FLAT_CHANGE and max(rates) < RATE_LOW * advised and progress < 0.7:
            yield Sign("rate_low", "info", words.RATE_LOW, values, "config")

    def _fell_since(self, step: float) -> bool:
        """Whether the training loss is lower now than at a step, clearly and by more than chance."""
        row = bisect_right(self.train.steps, step)
        column = self.train.columns.get("loss")
        if column is None:
            return False
        then = [value for value in column[max(0, row - WINDOW) : row] if value == value]
        now = _tail(self.train, "loss", min(WINDOW, max(BLOCK, self.rows - row)))
        fall = _mean(then) - _mean(now)
        return fall > FALLING_CHANGE * _mean(then) and fall > 2 * math.hypot(_error(then), _error(now))

    def _learning_by_heart(self) -> Iterator[Sign]:
        """The training lines get better, the validation lines do not."""
        losses = _tail(self.evaluations, "loss", 1000)
        if len(losses) > OVERFIT_EVALUATIONS and len(losses) == len(self.evaluations):
            best = losses.index(min(losses))
            since = len(losses) - 1 - best
            if since >= OVERFIT_EVALUATIONS and min(losses[-2:]) > OVERFIT_RISE * losses[best]:
                step = self.evaluations.steps[best]
                if self._fell_since(step):
                    values = {"count": since, "epoch": self._best_epoch(step)}
                    yield Sign("overfitting", "warn", words.OVERFITTING, values, "dataset")
                    return
        measures = _tail(self.evaluations, self.history.indicator, 1000)
        if not measures or len(measures) != len(self.evaluations):
            return
        best = measures.index(max(measures))
        since = len(measures) - 1 - best
        step = self.evaluations.steps[best]
        if max(measures) < NO_ACC:
            # nothing was ever read right: that is told elsewhere
            return
        if since >= STALE_EVALUATIONS:
            values = {"count": since, "epoch": self._best_epoch(step)}
            if self._fell_since(step) and max(measures) < PERFECT:
                yield Sign("overfitting", "warn", words.STALE_FALLING, values, "dataset")
            elif self.history.end is None:
                yield Sign("plateau", "info", words.PLATEAU, values)
            return
        known = _mean(_tail(self.train, "acc", BLOCK))
        if not self.detects and len(measures) >= 3 and known >= GAP_TRAIN and max(measures) <= known - GAP:
            values = {"train": _percent(known), "val": _percent(max(measures))}
            yield Sign("by_heart", "warn", words.BY_HEART, values, "dataset")

    def _best_epoch(self, step: float) -> Any:
        best = self.history.best or {}
        return best.get("epoch") if best.get("step") == step else self.history.epoch_at(step) or "?"

    def _forgetting(self) -> Iterator[Sign]:
        kept = _tail(self.evaluations, "retention_acc", 1000)
        lines = _tail(self.evaluations, "retention_lines", 1)
        if len(kept) < 2:
            return
        lost = max(kept) - kept[-1]
        if lost < RETENTION_WARN or (lines and lost * lines[-1] < 1.5):
            return
        values = {"before": _percent(max(kept)), "now": _percent(kept[-1])}
        yield Sign("forgetting", "bad" if lost >= RETENTION_BAD else "warn", words.FORGETTING, values, "config")

    # --- is it set up right -----------------------------------------------------------------------------------------

    def _never_evaluated(self) -> Iterator[Sign]:
        if len(self.evaluations) or not self.rows:
            return
        total, first = self.history.steps_total, self.expected.first_evaluation
        if self.history.end is not None:
            if self.history.end.get("outcome") == "finished":
                yield Sign("never_evaluated", "warn", words.NO_EVALUATION, {}, "config")
        elif total and first > total:
            yield Sign("never_evaluated", "warn", words.NEVER_EVALUATES, {"first": first, "total": total}, "config")

    def _no_gain(self) -> Iterator[Sign]:
        end = self.history.end
        measures = _tail(self.evaluations, self.history.indicator, 1000)
        if end is None or end.get("outcome") != "finished" or len(measures) < 2:
            return
        if max(measures[1:]) <= measures[0]:
            yield Sign("no_gain", "warn", words.NO_GAIN, {"value": _percent(measures[0])}, "config")

    def _wrong_device(self) -> Iterator[Sign]:
        device = str((self.history.start or {}).get("device") or "").lower()
        if self.expected.use_gpu and "cpu" in device:
            yield Sign("gpu_unused", "warn", words.GPU_UNUSED, {}, "setup")

    def _waiting_for_data(self) -> Iterator[Sign]:
        if self.rows < EARLY // 2 + 3:
            return
        # the first steps wait for the loaders to start
        count = min(BLOCK, self.rows - 3)
        reading, whole = sum(_tail(self.train, "reader_cost", count)), sum(_tail(self.train, "batch_cost", count))
        share = reading / whole if whole > 0 else 0.0
        if share > DATA_INFO:
            state: State = "warn" if share > DATA_WARN else "info"
            yield Sign("data_bound", state, words.DATA_BOUND, {"share": round(100 * share)}, "config")

    def _less_memory(self) -> Iterator[Sign]:
        for notice in reversed(self.history.notices):
            if notice.get("name") == "out_of_memory":
                values = {"size": notice.get("batch_size", "?"), "step": notice.get("step", "?")}
                yield Sign("less_memory", "info", words.LESS_MEMORY, values, "config")
                return

    # --- what is normal ---------------------------------------------------------------------------------------------

    def _going_well(self, broken: bool) -> Iterator[Sign]:
        end, best = self.history.end, self.history.best
        if broken:
            return
        if end is not None:
            if end.get("outcome") == "finished" and best is not None:
                template = words.FINISHED_DET if self.detects else words.FINISHED_REC
                value = _percent(finite(best.get(self.history.indicator)) or 0.0)
                yield Sign("finished", "good", template, {"value": value, "epoch": best.get("epoch", "?")})
            return
        if self.rows < EARLY:
            yield Sign("early", "good", words.EARLY, {})
            return
        losses = _tail(self.train, "loss", WINDOW)
        part = max(5, len(losses) // 5)
        fell = 1 - _mean(losses[-part:]) / _mean(losses[:part]) if losses and _mean(losses[:part]) > 0 else 0.0
        accuracy = _tail(self.train, "acc", EARLY)
        if accuracy and max(accuracy) < NO_ACC and (fell >= FALLING_CHANGE or self._edit_rise() >= EDIT_RISE):
            similar = _percent(_mean(_tail(self.train, "norm_edit_dis", part) or [0.0]))
            yield Sign("acc_zero_normal", "info", words.ACC_ZERO, {"similar": similar})
        hmeans = _tail(self.evaluations, "hmean", 1000)
        if hmeans and max(hmeans) < 0.01 and fell >= FALLING_CHANGE:
            yield Sign("hmean_zero_normal", "info", words.HMEAN_ZERO, {})
        if fell >= FLAT_CHANGE:
            values = {
                "share": round(100 * fell),
                "steps": int(self.train.steps[-1] - self.train.steps[-len(losses)]) + 1,
            }
            yield Sign("falling", "good", words.FALLING, values)
        else:
            yield Sign("steady", "good", words.STEADY, {})


def _tail(table: RunTable, name: str, count: int) -> list[float]:
    """The last values of a column, at most so many; rows without one are left out."""
    column = table.columns.get(name)
    return [value for value in column[-count:] if value == value] if column is not None and count > 0 else []


def _mean(values: list[float]) -> float:
    return sum(values) / len(values) if values else math.nan


def _error(values: list[float]) -> float:
    """The standard error of their mean."""
    mean = _mean(values)
    return math.sqrt(sum((value - mean) ** 2 for value in values)) / len(values) if values else math.nan


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"


def _short(value: float) -> str:
    return f"{value:.3g}"
