"""Which samples of several lists an epoch shows: `label_file_list` with `ratio_list`."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


def drawn(counts: Sequence[int], ratios: Sequence[float], seed: int, epoch: int) -> list[list[int]]:
    """Draws each list's share of an epoch.

    As in PaddleOCR, a list of n samples with ratio r shows round(n * r) different ones, drawn anew for every epoch.
    Beyond that, a ratio above 1 shows every sample as often as its whole part says and draws the rest; a ratio above 0
    shows at least one sample.

    Args:
        counts: Samples of each list.
        ratios: One per list, 0 or more.
        seed: Of the run; the same seed and epoch draw the same samples.
        epoch: From 1.

    Returns:
        For each list the places of its samples, in ascending order.
    """
    chosen = []
    for place, (count, ratio) in enumerate(zip(counts, ratios, strict=True)):
        wanted = max(round(count * ratio), 1 if ratio > 0 and count else 0)
        whole, rest = divmod(wanted, count) if count else (0, 0)
        extra = np.random.default_rng((seed, epoch, place)).choice(count, rest, replace=False) if rest else ()
        chosen.append(sorted([*list(range(count)) * whole, *map(int, extra)]))
    return chosen
