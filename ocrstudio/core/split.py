"""Dividing pages into train, val and test."""

from __future__ import annotations

import math
import random
import re
from collections.abc import Sequence

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, DatasetError

PARTS = ("train", "val", "test")
_SEPARATOR = re.compile(r"\s*[:/,;\s]\s*")


def parse_ratio(ratio: str | Sequence[float]) -> tuple[float, float, float]:
    """The shares of train, val and test, summing to 1.

    Args:
        ratio: "6:2:2", "80:10:10", "0.8/0.1/0.1", or the three numbers. Two numbers mean no test part.

    Raises:
        DatasetError: If it is no such ratio, a number is negative, or train gets nothing.
    """
    try:
        texts = _SEPARATOR.split(ratio.strip()) if isinstance(ratio, str) else list(ratio)
        shares = [float(text) for text in texts]
    except (TypeError, ValueError):
        shares = []
    if len(shares) == 2:
        shares.append(0.0)
    good = len(shares) == 3 and all(math.isfinite(share) and share >= 0 for share in shares) and shares[0] > 0
    if not good:
        raise DatasetError(
            QT_TRANSLATE_NOOP("Errors", "{ratio} is no ratio of train, val and test."),
            QT_TRANSLATE_NOOP("Errors", "Write it like 6:2:2 or 80:10:10; train must get something."),
            ratio=ratio,
        )
    total = sum(shares)
    return shares[0] / total, shares[1] / total, shares[2] / total


def part_sizes(count: int, ratio: str | Sequence[float]) -> tuple[int, int, int]:
    """How many of `count` pages go to train, val and test: largest remainder, earlier parts first on a tie.

    With two pages or more, train and val get at least one each, because a run without either ends without a word.

    Raises:
        DatasetError: If the ratio is none.
    """
    shares = parse_ratio(ratio)
    exact = [share * count for share in shares]
    # 0.2 * 5 is 1 up to rounding, and must not lose its page for that
    sizes = [math.floor(value + 1e-9) for value in exact]
    by_remainder = sorted(range(3), key=lambda part: (-round(exact[part] - sizes[part], 9), part))
    for part in by_remainder[: count - sum(sizes)]:
        sizes[part] += 1
    if count >= 2:
        for needed in (0, 1):
            if sizes[needed] == 0:
                donor = max((part for part in range(3) if part != needed), key=lambda part: (sizes[part], part))
                sizes[donor] -= 1
                sizes[needed] += 1
    return sizes[0], sizes[1], sizes[2]


def split_pages(keys: Sequence[str], ratio: str | Sequence[float], seed: int) -> dict[str, list[str]]:
    """Divides pages into parts; the same keys, ratio and seed always give the same parts.

    Args:
        keys: Page keys, in any order; each once.
        ratio: See `parse_ratio`.
        seed: Any whole number.

    Returns:
        "train", "val" and "test", each sorted; together exactly `keys`, no page in two parts.

    Raises:
        DatasetError: If the ratio is none.
    """
    # Python promises that random() gives the same numbers for a seed in every version, but not that shuffle() does
    drawn = random.Random(seed)  # noqa: S311 - repeatable on purpose
    shuffled = sorted(sorted(set(keys)), key=lambda _: drawn.random())
    train, val, _ = part_sizes(len(shuffled), ratio)
    cuts = (shuffled[:train], shuffled[train : train + val], shuffled[train + val :])
    return {part: sorted(chosen) for part, chosen in zip(PARTS, cuts, strict=True)}
