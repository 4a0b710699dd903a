"""Two readings of one picture, line by line beside each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ocrstudio.core.box_matching import match_boxes
from ocrstudio.core.page import Box
from ocrstudio.core.reading_order import reading_order


@dataclass(frozen=True)
class LinePair:
    """A line of the picture.

    Attributes:
        first, second: What each reading has there; None if it has nothing.
    """

    first: Box | None
    second: Box | None

    @property
    def differs(self) -> bool:
        """Whether the readings do not say the same."""
        return self.first is None or self.second is None or self.first.text != self.second.text

    @property
    def box(self) -> Box:
        """The one that shows where the line is."""
        found = self.first or self.second
        if found is None:
            raise ValueError("a pair of nothing")
        return found


def pair_lines(first: Sequence[Box], second: Sequence[Box]) -> list[LinePair]:
    """Pairs the lines of two readings that lie in the same place; the others stay alone. In reading order."""
    twins = match_boxes(first, second)
    pairs = [LinePair(box, second[twins[place]] if place in twins else None) for place, box in enumerate(first)]
    alone = set(range(len(second))) - set(twins.values())
    pairs += [LinePair(None, second[place]) for place in sorted(alone)]
    by_box = {pair.box.id: pair for pair in pairs}
    return [by_box[box.id] for box in reading_order([pair.box for pair in pairs])]
