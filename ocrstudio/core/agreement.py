"""How far two annotators agree about the same pages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ocrstudio.core.box_matching import match_boxes
from ocrstudio.core.metrics import edit_distance
from ocrstudio.core.page import Page


@dataclass(frozen=True)
class Agreement:
    """Two versions of one page, or of many.

    Attributes:
        pages: How many were compared.
        ours: Boxes of our version.
        theirs: Boxes of the other version.
        matched: Boxes that both have (shared area at least half the joint area).
        equal_texts: Matched boxes of the same text.
        characters: Characters of our texts in the matched boxes.
        edits: Edits that turn these into the other version's texts.
    """

    pages: int = 0
    ours: int = 0
    theirs: int = 0
    matched: int = 0
    equal_texts: int = 0
    characters: int = 0
    edits: int = 0

    @property
    def cer(self) -> float:
        """Edits per character of our version: the character error rate of one annotator measured by the other."""
        return self.edits / self.characters if self.characters else float(self.edits > 0)

    @property
    def boxes(self) -> float:
        """Share of boxes that both drew: twice the matched ones by all of both (F1); 1 if neither drew any."""
        drawn = self.ours + self.theirs
        return 2 * self.matched / drawn if drawn else 1.0

    @property
    def texts(self) -> float:
        """Share of the matched boxes whose texts are equal; 1 without any."""
        return self.equal_texts / self.matched if self.matched else 1.0


def agreement(pairs: Iterable[tuple[Page, Page]]) -> Agreement:
    """The agreement over pages.

    Args:
        pairs: (our version, the other version) of each page that both annotators worked on.
    """
    pages = ours = theirs = matched = equal = characters = edits = 0
    for one, other in pairs:
        found = match_boxes(one.boxes, other.boxes)
        texts = [(one.boxes[place].text, other.boxes[twin].text) for place, twin in found.items()]
        pages += 1
        ours += len(one.boxes)
        theirs += len(other.boxes)
        matched += len(found)
        equal += sum(mine == yours for mine, yours in texts)
        characters += sum(len(mine) for mine, _ in texts)
        edits += sum(edit_distance(mine, yours) for mine, yours in texts)
    return Agreement(pages, ours, theirs, matched, equal, characters, edits)
