"""What leaks between the parts of a dataset: pages, pictures, and lines learned of pages that are tested.

A page leaks when lines of it are in two parts of recognition, or when its lines are learned while the page itself is
validated or tested. PPOCRLabel's script divides pages and crops by themselves, so that nearly every page leaks.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ocrstudio.core.picture_rules import page_of
from ocrstudio.core.split import PARTS


@dataclass(frozen=True)
class PartFiles:
    """The pictures that the lists of a dataset name, as part to names with forward slashes."""

    det: Mapping[str, Sequence[str]] = field(default_factory=dict)
    rec: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Leaks:
    """What was found.

    Attributes:
        pages: All pages that the lists name or that lines were cut from.
        torn: Pages with lines in several parts of recognition, sorted.
        crossed: Pages that are validated or tested in detection and learned in recognition, sorted.
        same_pictures: Pairs of pictures with the same content in different parts.
        counts: Part to (pages of detection, lines of recognition).
    """

    pages: int
    torn: tuple[str, ...]
    crossed: tuple[str, ...]
    same_pictures: tuple[tuple[str, str], ...] = ()
    counts: Mapping[str, tuple[int, int]] = field(default_factory=dict)

    @property
    def leaking(self) -> set[str]:
        """Pages that leak by what their files are called."""
        return {*self.torn, *self.crossed}

    @property
    def share(self) -> float:
        """Pages that leak, as a share of all."""
        return len(self.leaking) / self.pages if self.pages else 0.0

    @property
    def is_clean(self) -> bool:
        """Whether nothing was found."""
        return not (self.torn or self.crossed or self.same_pictures)


def leaks_by_name(files: PartFiles) -> Leaks:
    """Finds pages in several parts by the names of their pictures.

    Crops are called after their page by this program and by PPOCRLabel (`core.picture_rules.page_of`).
    """
    det = {part: {stem_of(name) for name in files.det.get(part, ())} for part in PARTS}
    rec = {part: {page_of(name) for name in files.rec.get(part, ())} - {""} for part in PARTS}
    torn = _in_several(rec.values())
    crossed: set[str] = set()
    for tested in PARTS[1:]:
        crossed |= det[tested] & rec["train"]
    pages = set().union(*det.values(), *rec.values())
    counts = {part: (len(files.det.get(part, ())), len(files.rec.get(part, ()))) for part in PARTS}
    return Leaks(len(pages), tuple(sorted(torn)), tuple(sorted(crossed)), counts=counts)


def _in_several(parts: Iterable[set[str]]) -> set[str]:
    seen: set[str] = set()
    several: set[str] = set()
    for pages in parts:
        several |= seen & pages
        seen |= pages
    return several


def stem_of(name: str) -> str:
    """The file's name without folder and ending."""
    return name.rpartition("/")[2].rpartition(".")[0]
