"""The points of a curve as they are drawn: a million of them, of which a screen shows some thousand.

For every four points the smallest and the largest value are kept, for every four of these again, and so on. What a
screen has room for is then found in any part of a curve without looking at all of its points, and no peak is lost.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ocrstudio.core.run_table import RunTable

Floats = NDArray[np.float64]

_FACTOR = 4
# Takes some 10 ms: the window must not stand still for a log of a million steps.
_ROWS_AT_A_TIME = 200_000
# Powers of the smoothing weight are taken within blocks; beyond this ratio they would lose digits.
_LARGEST_RATIO = 1e8
_LONGEST_BLOCK = 4096


class Buffer:
    """Numbers that grow at the end without being copied each time."""

    def __init__(self) -> None:
        self._room: Floats = np.empty(1024)
        self._count = 0

    def __len__(self) -> int:
        return self._count

    @property
    def values(self) -> Floats:
        """A view, valid until the next change."""
        return self._room[: self._count]

    def extend(self, values: Floats) -> None:
        """Adds numbers at the end."""
        needed = self._count + len(values)
        if needed > len(self._room):
            room = np.empty(max(needed, 2 * len(self._room)))
            room[: self._count] = self.values
            self._room = room
        self._room[self._count : needed] = values
        self._count = needed


class Peaks:
    """Values with their smallest and largest in blocks of 4, 16, 64..."""

    def __init__(self) -> None:
        self.raw = Buffer()
        self._levels: list[tuple[Buffer, Buffer]] = []

    def extend(self, values: Floats) -> None:
        """Adds values at the end."""
        self.raw.extend(values)
        low = high = self.raw.values
        level = 0
        while len(low) >= _FACTOR:
            if level == len(self._levels):
                self._levels.append((Buffer(), Buffer()))
            lows, highs = self._levels[level]
            start, end = len(lows) * _FACTOR, len(low) // _FACTOR * _FACTOR
            if end > start:
                lows.extend(_folded(low[start:end], np.minimum))
                highs.extend(_folded(high[start:end], np.maximum))
            low, high = lows.values, highs.values
            level += 1

    def outline(self, first: int, last: int, most: int) -> tuple[NDArray[np.intp], Floats]:
        """The values of a range, or the extremes of its blocks if there are too many.

        Args:
            first, last: The range, `last` excluded.
            most: Blocks at most, about.

        Returns:
            Places and values, ascending by place; of a block both extremes stand at the same place.
        """
        level = 0
        while (last - first) > most * _FACTOR**level and level < len(self._levels):
            level += 1
        if level == 0:
            places = np.arange(first, last)
            return places, self.raw.values[first:last]
        size = _FACTOR**level
        lows, highs = self._levels[level - 1]
        begin, end = -(-first // size), min(last // size, len(lows))
        if end <= begin:
            return self._block_edges(first, last)
        middle = (np.arange(begin, end) * size + size // 2).repeat(2)
        inner = np.empty(2 * (end - begin))
        inner[0::2], inner[1::2] = lows.values[begin:end], highs.values[begin:end]
        parts = [self._block_edges(first, begin * size), (middle, inner), self._block_edges(end * size, last)]
        return np.concatenate([one for one, _ in parts]), np.concatenate([one for _, one in parts])

    def _block_edges(self, first: int, last: int) -> tuple[NDArray[np.intp], Floats]:
        values = self.raw.values[first:last]
        if not len(values):
            return np.empty(0, np.intp), np.empty(0)
        places = np.array([first, first, last - 1, last - 1])
        return places, np.array([values[0], values.min(), values.max(), values[-1]])


def _folded(values: Floats, pick: np.ufunc) -> Floats:
    pairs = pick(values[0::2], values[1::2])
    return np.asarray(pick(pairs[0::2], pairs[1::2]))


class Smoothing:
    """An exponential moving average without the pull towards its beginning (bias correction), fed piece by piece.

    Args:
        weight: Of what came before, 0 to below 1.

    Source: Kingma and Ba, "Adam", section 3: the average divided by 1 - weight^n.
    """

    def __init__(self, weight: float) -> None:
        self.weight = weight
        self._average, self._count = 0.0, 0
        decay = -np.log(weight) if weight else np.inf
        self._block = max(1, min(_LONGEST_BLOCK, int(np.log(_LARGEST_RATIO) / decay)))
        self._corrected = int(-np.log(np.finfo(np.float64).eps) / decay) + 1

    def feed(self, values: Floats) -> Floats:
        """The averages after each of the values."""
        if not self.weight:
            return values
        out = np.empty(len(values))
        whole = len(values) // self._block * self._block
        out[:whole] = self._rows(values[:whole].reshape(-1, self._block)).reshape(-1)
        if whole < len(values):
            out[whole:] = self._rows(values[whole:].reshape(1, -1)).reshape(-1)
        # later on the correction is 1 to all digits, and powers are dear
        corrected = max(0, min(len(values), self._corrected - self._count))
        counts = np.arange(self._count + 1, self._count + corrected + 1)
        out[:corrected] /= 1 - self.weight**counts
        self._count += len(values)
        return out

    def _rows(self, rows: Floats) -> Floats:
        """Averages of (rows, block), each row going on from the one before."""
        powers = self.weight ** np.arange(rows.shape[1])
        local = np.cumsum(rows / powers, axis=1) * powers * (1 - self.weight)
        carried = np.empty(len(rows))
        average, step = self._average, float(self.weight ** rows.shape[1])
        for row, last in enumerate(local[:, -1].tolist()):
            carried[row] = average
            average = step * average + last
        self._average = average
        return np.asarray(local + carried[:, None] * powers * self.weight)


class CurvePoints:
    """One column of a table, ready to be drawn.

    Args:
        table: Grows while the run goes on.
        name: The column.
        weight: Of the smoothing; 0 for none.

    Attributes:
        steps, times: Of each point.
        raw, smooth: Values as they are, and smoothed; the same object without smoothing.
        changes: The table's when its points were taken over.
    """

    def __init__(self, table: RunTable, name: str, weight: float = 0.0) -> None:
        self._table, self._name = table, name
        self.weight = weight
        self._begin()

    def _begin(self) -> None:
        self._rows, self.changes = 0, self._table.changes
        self.steps, self.times = Buffer(), Buffer()
        self.raw = Peaks()
        self.smooth = Peaks() if self.weight else self.raw
        self._smoothing = Smoothing(self.weight)

    def __len__(self) -> int:
        return len(self.steps)

    def take_news(self) -> bool:
        """Takes over what the table has got since the last time, of very much only a part.

        Returns:
            Whether there is more to take over.
        """
        table = self._table
        if table.changes != self.changes:
            self._begin()
        if len(table) == self._rows:
            return False
        start = self._rows
        end = self._rows = min(len(table), start + _ROWS_AT_A_TIME)
        # slices of an array are copies: a view would forbid the table to grow
        steps, times, values = (
            np.frombuffer(column[start:end], np.float64)
            for column in (table.steps, table.times, table.columns[self._name])
        )
        there = ~np.isnan(values)
        if not there.all():
            steps, times, values = steps[there], times[there], values[there]
        self.steps.extend(steps)
        self.times.extend(times)
        self.raw.extend(values)
        if self.weight:
            self.smooth.extend(self._smoothing.feed(values))
        return end < len(table)
