"""Which lines an epoch shows, and which of them share a batch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ocrstudio.core.sampling import drawn
from ocrstudio.engine.settings import LINE_SHAPE
from ocrstudio.engine.task import World, shard

# What a line is padded to when it is read, and when it is learned unless the config says otherwise.
MIN_WIDTH = LINE_SHAPE[2]


def bucketed(widths: Sequence[int], batch_size: int, random: np.random.Generator | None) -> list[list[int]]:
    """Groups items of equal padded width into batches.

    Args:
        widths: The padded width of each item.
        batch_size: Items per batch at `MIN_WIDTH`; wider batches are smaller, so that memory stays the same.
        random: Shuffles items and batches; None keeps the order.

    Returns:
        Lists of indices; every index once.
    """
    by_width: dict[int, list[int]] = {}
    for index, width in enumerate(widths):
        by_width.setdefault(width, []).append(index)
    batches = []
    for width in sorted(by_width):
        members = by_width[width]
        if random is not None:
            random.shuffle(members)
        size = max(1, batch_size * MIN_WIDTH // max(MIN_WIDTH, width))
        batches += [members[start : start + size] for start in range(0, len(members), size)]
    if random is not None:
        random.shuffle(batches)
    return batches


@dataclass(frozen=True)
class Share:
    """Lists of lines, one after the other, and how much of each an epoch shows (`core.sampling.drawn`)."""

    counts: tuple[int, ...]
    ratios: tuple[float, ...]

    def lines(self, seed: int, epoch: int) -> list[int]:
        """The lines of an epoch; one may come several times."""
        starts = np.cumsum([0, *self.counts])
        parts = drawn(self.counts, self.ratios, seed, epoch)
        return [int(start) + place for start, part in zip(starts, parts, strict=False) for place in part]


class BatchPlan:
    """The batches of every epoch: the same ones for the same seed and number, and equally many in every epoch.

    Args:
        widths: The padded width of each line.
        batch_size: See `bucketed`.
        seed: Of order and draws; None: all lines in their order (evaluation).
        share: What an epoch shows; None: every line once.
        shuffle: Whether the order is drawn anew for every epoch.
        world: Which part of each epoch is this process's.
    """

    def __init__(
        self,
        widths: Sequence[int],
        batch_size: int,
        *,
        seed: int | None,
        share: Share | None = None,
        shuffle: bool = True,
        world: World | None = None,
    ) -> None:
        self._widths, self._size, self._seed = tuple(widths), batch_size, seed
        self._share, self._shuffle, self._world = share, shuffle, world or World()
        first = self._epoch(1)
        self.samples = sum(map(len, first))
        self._count = len(first)
        self.steps = len(shard(first, self._world))

    def batches(self, number: int) -> list[list[int]]:
        """Lines of each batch of an epoch (from 1)."""
        batches = self._epoch(number)
        # Other draws fall into the widths otherwise. The rate's schedule counts on equal epochs: what is too much is
        # left out (the order is random), what is missing is made up by the first ones.
        extra = [batches[place % len(batches)] for place in range(self._count - len(batches))]
        return shard([*batches[: self._count], *extra], self._world)

    def _epoch(self, number: int) -> list[list[int]]:
        if self._seed is None:
            return bucketed(self._widths, self._size, None)
        lines = self._share.lines(self._seed, number) if self._share else list(range(len(self._widths)))
        random = np.random.default_rng((self._seed, number)) if self._shuffle else None
        batches = bucketed([self._widths[line] for line in lines], self._size, random)
        return [[lines[place] for place in batch] for batch in batches]
