"""Where a model goes wrong: how many lines of each length, size, sharpness, place and confidence it reads wrong."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ocrstudio.core.evaluation import LineTable
from ocrstudio.core.search import Breath

# Where each bar begins. Lengths in characters, heights of crops in pixels, blur as in `LineReading`, shares of 1.
EDGES: dict[str, tuple[float, ...]] = {
    "length": (0, 5, 10, 15, 20, 30, 40, 60),
    "height": (0, 16, 20, 24, 32, 48, 64, 96),
    "blur": (0, 100, 200, 400, 800, 1600, 3200),
    "confidence": (0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98),
    "across": (0, 0.2, 0.4, 0.6, 0.8),
    "down": (0, 0.2, 0.4, 0.6, 0.8),
}
# A line of which nobody knows the value is in no bar.
NOWHERE = 255


@dataclass(frozen=True)
class ErrorGroup:
    """Lines by one of their properties.

    Attributes:
        name: A key of `EDGES`.
        edges: Where each bar begins.
        lines: How many lines each bar has.
        wrong: How many of them were read wrong.
        places: The bar of each line, or `NOWHERE`.
    """

    name: str
    edges: tuple[float, ...]
    lines: tuple[int, ...]
    wrong: tuple[int, ...]
    places: bytes

    @property
    def is_known(self) -> bool:
        """Whether there is anything to show."""
        return any(self.lines)

    def share(self, bar: int) -> float:
        """Share of a bar's lines that were read wrong."""
        return self.wrong[bar] / self.lines[bar] if self.lines[bar] else 0.0


def error_groups(lines: LineTable, edits: Sequence[int]) -> list[ErrorGroup]:
    """Groups the lines of an evaluation. May run on a thread beside the window's.

    Args:
        lines: All of them.
        edits: How many errors each has.
    """
    values: dict[str, Iterable[float]] = {
        "length": map(len, lines.truths),
        "height": (height if height > 0 else -1 for height in lines.heights),
        "blur": lines.blurs,
        "confidence": lines.scores,
        "across": lines.lefts,
        "down": lines.tops,
    }
    return [_grouped(name, edges, values[name], edits) for name, edges in EDGES.items()]


def _grouped(name: str, edges: tuple[float, ...], values: Iterable[float], edits: Sequence[int]) -> ErrorGroup:
    count, wrong = [0] * len(edges), [0] * len(edges)
    places = bytearray()
    breath = Breath()
    for value, errors in zip(values, edits, strict=True):
        breath.take()
        if value < 0:
            places.append(NOWHERE)
            continue
        bar = bisect_right(edges, value) - 1
        places.append(bar)
        count[bar] += 1
        wrong[bar] += errors > 0
    return ErrorGroup(name, edges, tuple(count), tuple(wrong), bytes(places))
