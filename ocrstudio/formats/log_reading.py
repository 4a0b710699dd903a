"""A whole log as a history, fast: a hundred megabytes in a few seconds.

Nearly all lines of a long log are steps of one and the same form. That form is learned from the first of them; lines
that fit it are read as columns, all others one by one by `WholeLog`.
"""

from __future__ import annotations

import math
import re
from array import array
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from ocrstudio.core.run_history import PLACE_FIELDS, RunHistory, clock_seconds
from ocrstudio.formats.log_line import seconds_of
from ocrstudio.formats.log_records import DIVIDED, WholeLog
from ocrstudio.formats.log_text import read_blocks

# Rows that are turned into columns at a time; more of them fall out of the processor's cache.
_ROWS = 1000
# Texts are looked up rather than read if so many are the same, on average.
_FEW = 3
# The last lines of a log, for reading.
TAIL_LINES = 50_000
_STEP = re.compile(
    r"\[(\d{4}/\d\d/\d\d \d\d:\d\d:\d\d)\] (\S+) INFO: epoch: \[\d+/\d+\], (?:global_step|iters?): \d+, (.*?)(,\s*)?"
)
_FIELD = re.compile(r"([A-Za-z_]\w*): (\S+?)( [A-Za-z/]+)?(?:, |$)")
_ETA = re.compile(r"eta: (?:-?\d+ days?, )?\d+:\d\d:\d\d")
_UNIT_OF_STEP = r"(?:global_step|iters?): (\d+), "


@dataclass(frozen=True)
class OpenedLog:
    """What a log tells.

    Attributes:
        history: Everything it measured; empty if it is no log of a training.
        tail: Its last lines, at most `TAIL_LINES`.
    """

    history: RunHistory
    tail: list[str]


def read_log(path: Path) -> OpenedLog:
    """Reads a log of PaddleOCR or of ours, of several runs into the same folder too.

    Args:
        path: The file; any encoding, cut and with other output in between.

    Raises:
        ProjectError: If the file cannot be read.
    """
    reader = _HistoryReader()
    tail: deque[str] = deque(maxlen=TAIL_LINES)
    for lines, cut in read_blocks(path):
        tail.extend(lines)
        reader.read(_without_last_field(lines) if cut else lines)
    return OpenedLog(reader.finish(), list(tail))


def _without_last_field(lines: list[str]) -> list[str]:
    """A step whose line has no end may have lost digits of its last number."""
    return [line.rpartition(", ")[0] if "epoch: [" in line else line for line in lines]


class _StepForm:
    """The form of a step's line: the names of its values, in their order.

    Attributes:
        names: As the records call them, for each group after time, epoch, epochs and step.
        match: Of a line of this form.
    """

    def __init__(self, line: str) -> None:
        self.names: list[str] = []
        found = _STEP.fullmatch(line)
        self.match: Callable[[str], re.Match[str] | None] = _never
        if found is None:
            return
        pattern = [r"\[(.{19})\] " + re.escape(found[2]) + r" INFO: epoch: \[(\d+)/(\d+)\], " + _UNIT_OF_STEP]
        fields = _ETA.sub("eta: 0:00:00", found[3])
        end = 0
        for place, field in enumerate(_FIELD.finditer(fields)):
            if field.start() != end:
                return
            end = field.end()
            name, unit = field[1], field[3] or ""
            value = r"((?:-?\d+ days?, )?\d+:\d\d:\d\d)" if name == "eta" else "([^, ]+)"
            pattern.append(f"{', ' if place else ''}{name}: {value}{re.escape(unit)}")
            self.names.append(name.removeprefix("avg_"))
        if end != len(fields) or len(set(self.names)) != len(self.names):
            return
        self.match = re.compile("".join(pattern) + re.escape(found[4] or "") + r"\r?").fullmatch


def _never(_line: str) -> None:
    return None


class _HistoryReader:
    def __init__(self) -> None:
        self._history, self._records = RunHistory(), WholeLog()
        self._form: _StepForm | None = None
        self._rows: list[tuple[str, ...]] = []
        self._lines: list[str] = []

    def read(self, lines: list[str]) -> None:
        match = self._form.match if self._form is not None else _never
        rows, kept = self._rows, self._lines
        for line in lines:
            found = match(line)
            if found is not None:
                rows.append(found.groups())
                kept.append(line)
                if len(rows) >= _ROWS:
                    self._take_rows()
                continue
            if "] " not in line:
                continue
            self._take_rows()
            self._feed(line)
            if "epoch: [" in line and self._records.is_training:
                self._form = _StepForm(line.rstrip("\r"))
                match = self._form.match

    def finish(self) -> RunHistory:
        self._take_rows()
        if self._records.end is not None:
            self._history.add(self._records.end)
        return self._history

    def _feed(self, line: str) -> None:
        for record in self._records.feed(line):
            self._history.add(record)

    def _take_rows(self) -> None:
        if not self._rows:
            return
        rows, lines = self._rows[:], self._lines[:]
        self._rows.clear()
        self._lines.clear()
        if not self._add_columns(rows):
            for line in lines:
                self._feed(line)

    def _add_columns(self, rows: list[tuple[str, ...]]) -> bool:
        """Adds rows of the present form; False if one of them needs a closer look."""
        assert self._form is not None  # noqa: S101  (it gave the rows)
        records, table = self._records, self._history.tables["train"]
        stamps, epochs, _, steps, *values = zip(*rows, strict=True)
        own = [records.own_step, *map(int, steps)]
        if any(before >= after for before, after in pairwise(own)):
            return False
        if len(table) and records.offset + own[1] <= table.steps[-1]:
            return False
        try:
            times = _moments(stamps)
            columns = {
                name: _numbers(column)
                for name, column in zip(self._form.names, values, strict=True)
                if name not in PLACE_FIELDS
            }
        except ValueError:
            return False
        self._mend_costs(own, columns)
        for column in columns.values():
            if not math.isfinite(sum(column)):
                column[:] = array("d", [one if math.isfinite(one) else math.nan for one in column])
        epoch_numbers = list(map(int, epochs))
        last = {name: column[-1] for name, column in columns.items()}
        place = {"kind": "train", "time": times[-1], "epoch": epoch_numbers[-1], "step": records.offset + own[-1]}
        if "eta" in self._form.names:
            place["eta"] = clock_seconds(values[self._form.names.index("eta")][-1])
        steps_done = [records.offset + step for step in own[1:]]
        self._history.add_steps(steps_done, times, epoch_numbers, columns, {**place, **last})
        records.skip_to(own[-1], epoch_numbers[-1])
        return True

    def _mend_costs(self, own: list[int], columns: dict[str, array[float]]) -> None:
        """See `LogRecords`: the last line of an epoch divides by more steps than there were."""
        every = self._records.print_every
        if not every:
            return
        for row, (before, after) in enumerate(pairwise(own)):
            if after - before < every:
                for name in DIVIDED:
                    if name in columns:
                        columns[name][row] = round(columns[name][row] * every / (after - before), 6)


def _moments(stamps: Sequence[str]) -> list[float]:
    """Seconds since 1970 of many prefixes' times; a calendar is asked once a minute. `ValueError` as `seconds_of`."""
    minutes = {minute: seconds_of(f"{minute}:00") for minute in {stamp[:16] for stamp in stamps}}
    first, start = next(iter(minutes.items()))
    seconds = {second: seconds_of(f"{first}:{second}") - start for second in {stamp[17:] for stamp in stamps}}
    return [minutes[stamp[:16]] + seconds[stamp[17:]] for stamp in stamps]


def _numbers(texts: Sequence[str]) -> array[float]:
    """Many texts as numbers; where few are different, each of these is read once. `ValueError` if one is none."""
    different = set(texts)
    if len(different) * _FEW > len(texts):
        return array("d", map(float, texts))
    known = {text: float(text) for text in different}
    return array("d", map(known.__getitem__, texts))
