"""Whether a labelled set is large enough to tell which of two models is better.

Source: M. Bisani and H. Ney, "Bootstrap estimates for confidence intervals in ASR performance evaluation", ICASSP 2004:
the units of a test set, each with the errors of both systems, are drawn again and again with replacement; how the
difference of the error rates varies over the draws is how sure it is. Both models are judged on the same units of each
draw (paired), so that units which are hard for both do not blur the difference. Lines of one page are read alike well,
so the units are pages wherever pages are known.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

DRAWS = 4000
SEED = 20040517
# The middle part of the draws that the interval holds.
CONFIDENCE = 0.95
# Fewer units than this vary too little from draw to draw, so that the interval would look surer than it is.
FEWEST_UNITS = 10
# Draws that are weighed together: a few megabytes at most.
_WEIGHTS_AT_ONCE = 2_000_000
# Sets larger than this nobody labels; so much as "never".
LARGEST_SET = 1_000_000

# Sums over units (draws, counts) -> the measure of each draw (draws,).
Measure = Callable[[NDArray[np.float64]], NDArray[np.float64]]
Counts = Sequence[Sequence[float]]


@dataclass(frozen=True)
class Difference:
    """How a measure of a second model differs from that of a first one.

    Attributes:
        first, second: The measure of each, on the whole set.
        low, high: The interval that holds 95 % of the draws' differences (second minus first).
        units: How many pages or lines were drawn from.
        higher: Share of the draws in which the second one's was higher; ties count half.
    """

    first: float
    second: float
    low: float
    high: float
    units: int
    higher: float

    @property
    def value(self) -> float:
        """The second one's minus the first one's."""
        return self.second - self.first

    @property
    def is_sure(self) -> bool:
        """Whether the interval leaves no doubt which one's is higher."""
        return self.units >= FEWEST_UNITS and (self.low > 0 or self.high < 0)

    @property
    def units_needed(self) -> int | None:
        """About how many units would show a difference as large as this one.

        The interval shrinks with the root of the number of units; it must become shorter than the difference.

        Returns:
            None if there is no difference, or no set that anybody could label would show it.
        """
        half = (self.high - self.low) / 2
        if not self.value or not half:
            return None
        needed = max(FEWEST_UNITS, math.ceil(self.units * (half / abs(self.value)) ** 2))
        return needed if needed <= LARGEST_SET else None


def ratio(sums: NDArray[np.float64]) -> NDArray[np.float64]:
    """One sum by another, of columns such as (errors, characters), which is CER; 0 where there is none to divide by."""
    errors, whole = sums[:, 0], sums[:, 1]
    return np.divide(errors, whole, out=np.zeros_like(errors), where=whole > 0)


def hmean(sums: NDArray[np.float64]) -> NDArray[np.float64]:
    """Harmonic mean of precision and recall, of columns (matched, truths, found): twice matched by truths and found."""
    both = sums[:, 1] + sums[:, 2]
    return np.divide(2 * sums[:, 0], both, out=np.zeros_like(both), where=both > 0)


def compare(first: Counts, second: Counts, measure: Measure, *, draws: int = DRAWS, seed: int = SEED) -> Difference:
    """The paired bootstrap.

    Args:
        first: Counts of the first model, one row a unit.
        second: Those of the second one on the same units, in the same order.
        measure: Of summed counts.
        draws: How often units are drawn.
        seed: The same seed gives the same interval.

    Raises:
        ValueError: If there are no units, or the models do not have the same ones.
    """
    ones, others = np.asarray(first, np.float64), np.asarray(second, np.float64)
    if not len(ones) or ones.shape != others.shape or ones.ndim != 2:
        raise ValueError(f"units of shape {ones.shape} and {others.shape} cannot be compared")
    units = len(ones)
    random = np.random.default_rng(seed)
    step = max(1, _WEIGHTS_AT_ONCE // units)
    found = []
    for start in range(0, draws, step):
        size = min(step, draws - start)
        # how often each unit is drawn
        weights = random.multinomial(units, np.full(units, 1 / units), size=size).astype(np.float64)
        found.append(measure(weights @ others) - measure(weights @ ones))
    differences = np.concatenate(found)
    tail = (1 - CONFIDENCE) / 2
    low, high = np.quantile(differences, [tail, 1 - tail])
    whole = [float(measure(rows.sum(axis=0, keepdims=True))[0]) for rows in (ones, others)]
    higher = float(np.mean(differences > 0) + np.mean(differences == 0) / 2)
    return Difference(whole[0], whole[1], float(low), float(high), units, higher)
