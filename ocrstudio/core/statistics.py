"""What the labels of a project are like: how long, how large, how sure; and what is odd about them, line by line.

Every figure is kept page by page, so that an edit costs one page, and so that the lines behind a figure can be named.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ocrstudio.core import text_rules
from ocrstudio.core.errors import GeometryError
from ocrstudio.core.geometry import bounding_quad, order_quad, quad_size
from ocrstudio.core.lines import PageLines, page_lines
from ocrstudio.core.orientation import turns
from ocrstudio.core.page import Page, PageState
from ocrstudio.core.search import LineKind, kind_of

# Where the bars of each distribution begin; the last one has no end.
EDGES: dict[str, tuple[float, ...]] = {
    "length": (1, 2, 4, 7, 11, 16, 21, 26, 41, 81),  # characters
    "width": (0, 32, 64, 128, 256, 384, 512, 768, 1024, 2048),  # pixels of the straightened line
    "height": (0, 8, 12, 16, 24, 32, 48, 64, 96, 128),  # pixels
    "aspect": (0, 0.5, 1, 2, 4, 8, 12, 16, 25, 40),  # width / height
    "score": (0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99),  # the recogniser's confidence
}
NONE = 255
# Recognition needs a character about so often.
FEW = 10
LEAST_HEIGHT = 8

Ref = tuple[PageLines, int]


@dataclass(frozen=True)
class Oddity:
    """Something about lines (or pages) that a person should see.

    Attributes:
        id: Its name.
        rewrite: Mends the text; None where only a person can tell.
        removable: Nothing is lost without the boxes that have it.
    """

    id: str
    rewrite: Callable[[str], str] | None = None
    removable: bool = False

    @property
    def repair(self) -> Callable[[str], str | None] | None:
        """Gives the text of a line as it should be, None for a box that goes; None if only a person can mend it."""
        return (lambda _text: None) if self.removable else self.rewrite


def _plain_spaces(text: str) -> str:
    return " ".join(part for part in text.split(" ") if part)


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


# In the order in which a person is told.
ODDITIES: dict[str, Oddity] = {
    one.id: one
    for one in (
        Oddity("empty"),
        Oddity("placeholder"),
        Oddity("ignored"),
        Oddity("twice", removable=True),
        Oddity("flat", removable=True),
        Oddity("small"),
        Oddity("long"),
        Oddity("turned"),
        Oddity("spaces", _plain_spaces),
        Oddity("invisible", text_rules.without_invisible),
        Oddity("decomposed", _composed),
        Oddity("wide", text_rules.usual_width),
    )
}
_KINDS = {LineKind.EMPTY: "empty", LineKind.PLACEHOLDER: "placeholder", LineKind.IGNORED: "ignored"}
# Longer ones are cut off by a training with PaddleOCR's max_text_length.
_LONGEST = 25


@dataclass(frozen=True)
class PageFigures:
    """One page.

    Attributes:
        lines: Its texts, scores and marks.
        bars: Distribution to the bar of each line, `NONE` for lines that it does not count.
        odd: Oddity to the rows that have it.
        characters: How often the readable lines have which, without spaces.
        readable: How many lines recognition can learn.
    """

    lines: PageLines
    bars: Mapping[str, bytes]
    odd: Mapping[str, tuple[int, ...]]
    characters: Mapping[str, int]
    readable: int


def page_figures(page: Page) -> PageFigures:
    """Looks at every box of a page."""
    lines = page_lines(page)
    bars = {name: bytearray([NONE]) * len(page.boxes) for name in EDGES}
    odd: dict[str, list[int]] = {}
    characters: Counter[str] = Counter()
    readable = 0
    seen: set[tuple[int, str]] = set()
    for row, box in enumerate(page.boxes):
        kind = kind_of(box.text)
        found = [] if kind is None else [_KINDS[kind]]
        same = (lines.marks[row], box.text)
        if same in seen:
            found.append("twice")
        seen.add(same)
        width, height = line_size(box.points)
        if not width or not height:
            found.append("flat")
        else:
            if turns(width, height, box.text, box.orientation):
                found.append("turned")
                width, height = height, width
            _put(bars, row, width, height)
        if kind is None:
            readable += 1
            text = box.text.strip()
            characters.update(text)
            bars["length"][row] = _bar("length", len(text))
            found += _odd_text(box.text)
            if 0 < min(width, height) < LEAST_HEIGHT:
                found.append("small")
        if box.score is not None:
            bars["score"][row] = _bar("score", box.score)
        for name in found:
            odd.setdefault(name, []).append(row)
    for blank in " \t\r\n":  # lists hold a space in place of the others
        characters.pop(blank, None)
    frozen = {name: bytes(values) for name, values in bars.items()}
    return PageFigures(lines, frozen, {name: tuple(rows) for name, rows in odd.items()}, characters, readable)


def _put(bars: Mapping[str, bytearray], row: int, width: float, height: float) -> None:
    bars["width"][row] = _bar("width", width)
    bars["height"][row] = _bar("height", height)
    bars["aspect"][row] = _bar("aspect", width / height)


def _bar(name: str, value: float) -> int:
    return max(0, bisect_right(EDGES[name], value) - 1)


def _odd_text(text: str) -> Iterator[str]:
    if len(text.strip()) > _LONGEST:
        yield "long"
    if text_rules.edge_spaces(text):
        yield "spaces"
    if text.isascii() and text.isprintable():
        return
    if text_rules.invisible(text):
        yield "invisible"
    if text_rules.is_decomposed(text):
        yield "decomposed"
    if text_rules.wide_letters(text):
        yield "wide"


def line_size(points: tuple[tuple[float, float], ...]) -> tuple[float, float]:
    """Width and height in pixels of the straightened box; zeros if it encloses nothing."""
    if len(points) == 4 and points[0][1] == points[1][1] and points[1][0] == points[2][0]:
        # an upright rectangle, as most are
        return abs(points[1][0] - points[0][0]), abs(points[2][1] - points[1][1])
    try:
        return quad_size(order_quad(points if len(points) == 4 else bounding_quad(points)))
    except GeometryError:
        return 0.0, 0.0


@dataclass
class Statistics:
    """The figures of many pages; add and remove pages as they change.

    Attributes:
        pages, boxes, readable: Counts.
        states: Pages by state.
        characters: How often the readable lines have which.
        bars: Distribution to how many lines each bar has.
        odd: Oddity to how many lines have it.
    """

    pages: int = 0
    boxes: int = 0
    readable: int = 0
    states: Counter[PageState] = field(default_factory=Counter)
    characters: Counter[str] = field(default_factory=Counter)
    bars: dict[str, list[int]] = field(
        default_factory=lambda: {name: [0] * len(edges) for name, edges in EDGES.items()}
    )
    odd: Counter[str] = field(default_factory=Counter)

    def add(self, page: PageFigures, step: int = 1) -> None:
        """Counts a page; with step -1 it goes."""
        self.pages += step
        self.boxes += step * len(page.lines.texts)
        self.readable += step * page.readable
        self.states[page.lines.state] += step
        for character, count in page.characters.items():
            left = self.characters[character] + step * count
            if left:
                self.characters[character] = left
            else:
                del self.characters[character]
        for name, values in page.bars.items():
            counts = self.bars[name]
            for value in values:
                if value != NONE:
                    counts[value] += step
        for name, rows in page.odd.items():
            self.odd[name] += step * len(rows)

    def add_all(self, pages: Sequence[PageFigures]) -> None:
        """Counts many pages at once, in half of the time."""
        self.pages += len(pages)
        self.states.update(page.lines.state for page in pages)
        for page in pages:
            self.boxes += len(page.lines.texts)
            self.readable += page.readable
            for character, count in page.characters.items():
                self.characters[character] += count
            for name, rows in page.odd.items():
                self.odd[name] += len(rows)
        for name, counts in self.bars.items():
            for value, count in Counter(b"".join(page.bars[name] for page in pages)).items():
                if value != NONE:
                    counts[value] += count

    def merge(self, other: Statistics) -> None:
        """Counts the pages of another, too."""
        self.pages += other.pages
        self.boxes += other.boxes
        self.readable += other.readable
        self.states.update(other.states)
        self.characters.update(other.characters)
        self.odd.update(other.odd)
        for name, counts in other.bars.items():
            self.bars[name] = [own + count for own, count in zip(self.bars[name], counts, strict=True)]

    def rare(self, few: int = FEW) -> list[tuple[str, int]]:
        """Characters that occur fewer times than that, the rarest first."""
        found = [(character, count) for character, count in self.characters.items() if count < few]
        return sorted(found, key=lambda item: (item[1], item[0]))


def lines_in_bar(pages: Iterable[PageFigures], name: str, bar: int) -> list[Ref]:
    """The lines that a bar of a distribution counts."""
    return [(page.lines, row) for page in pages for row, value in enumerate(page.bars[name]) if value == bar]


def odd_lines(pages: Iterable[PageFigures], oddity: str) -> list[Ref]:
    """The lines that have an oddity."""
    return [(page.lines, row) for page in pages for row in page.odd.get(oddity, ())]


def lines_with(pages: Iterable[PageFigures], character: str) -> list[Ref]:
    """The readable lines that have a character."""
    return [
        (page.lines, row)
        for page in pages
        if character in page.characters
        for row, text in enumerate(page.lines.texts)
        if character in text and kind_of(text) is None
    ]
