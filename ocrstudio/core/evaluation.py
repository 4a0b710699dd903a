"""What one model read in the lines of one labelled set, line by line."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import eq
from types import MappingProxyType
from typing import Literal, overload

from ocrstudio.core import metrics
from ocrstudio.core.page import Orientation, Point

SetKind = Literal["list", "dataset", "project"]


@dataclass(frozen=True, slots=True)
class LineReading:
    """A line whose text is known, and what a model read there.

    Attributes:
        mark: Of the picture: the same as long as the picture is. By it readings of several models are compared.
        image: The crop or, with `points`, the page's picture; relative to `MeasuredData.root`.
        truth: What stands there.
        read: What the model read.
        score: Its confidence, 0 to 1.
        confidences: In per cent, one for each character of `read`; empty if the model does not tell.
        page: Key of the page in its project, or its name as far as the crop's name tells; "" if nobody knows.
        points: Outline on the page in pixels; empty for a crop.
        orientation: How the outline is cut out.
        size: Width and height of the crop, pixels; (0, 0) if unknown.
        blur: Variance of the Laplacian of the crop at a height of 48 pixels: small is blurred; below 0 is unknown.
        at: Middle of the line as shares of the page's width and height; None if unknown.
        seconds: What reading it took, as its share of a batch.
    """

    mark: str
    image: str
    truth: str
    read: str
    score: float
    confidences: bytes = b""
    page: str = ""
    points: tuple[Point, ...] = ()
    orientation: Orientation = Orientation.AUTO
    size: tuple[int, int] = (0, 0)
    blur: float = -1.0
    at: tuple[float, float] | None = None
    seconds: float = 0.0

    @property
    def is_right(self) -> bool:
        """Whether it was read without any error."""
        return self.truth == self.read


class LineTable(Sequence[LineReading]):
    """Many readings as plain columns: a hundred thousand objects take long to make, to keep and to throw away.

    Attributes:
        marks, images, truths, reads, scores, pages, widths, heights, blurs: One a line, as in `LineReading`.
        lefts, tops: `LineReading.at`; below 0 where it is None.
    """

    def __init__(self, lines: Iterable[LineReading] = ()) -> None:
        self.marks: list[str] = []
        self.images: list[str] = []
        self.truths: list[str] = []
        self.reads: list[str] = []
        self.pages: list[str] = []
        self.scores, self.blurs, self.seconds = array("d"), array("d"), array("d")
        self.lefts, self.tops = array("d"), array("d")
        self.widths, self.heights = array("l"), array("l")
        self._confidences: list[bytes] = []
        self._outlines: list[bytes] = []
        self._orientations: list[Orientation] = []
        self._shared: dict[str, str] = {}
        for line in lines:
            self.append(line)

    def append(self, line: LineReading) -> None:
        """Adds a line at the end."""
        self.marks.append(line.mark)
        # the lines of a page name it again and again
        self.images.append(self._shared.setdefault(line.image, line.image))
        self.pages.append(self._shared.setdefault(line.page, line.page))
        self.truths.append(line.truth)
        self.reads.append(line.read)
        self.scores.append(line.score)
        self.blurs.append(line.blur)
        self.seconds.append(line.seconds)
        left, top = line.at or (-1.0, -1.0)
        self.lefts.append(left)
        self.tops.append(top)
        self.widths.append(line.size[0])
        self.heights.append(line.size[1])
        self._confidences.append(line.confidences)
        self._outlines.append(array("d", [value for point in line.points for value in point]).tobytes())
        self._orientations.append(line.orientation)

    def __len__(self) -> int:
        return len(self.marks)

    @overload
    def __getitem__(self, place: int) -> LineReading: ...

    @overload
    def __getitem__(self, place: slice) -> LineTable: ...

    def __getitem__(self, place: int | slice) -> LineReading | LineTable:
        if isinstance(place, slice):
            return LineTable(self[one] for one in range(*place.indices(len(self))))
        values = array("d", self._outlines[place])
        return LineReading(
            self.marks[place],
            self.images[place],
            self.truths[place],
            self.reads[place],
            self.scores[place],
            self._confidences[place],
            self.pages[place],
            tuple(zip(values[::2], values[1::2], strict=True)),
            self._orientations[place],
            (self.widths[place], self.heights[place]),
            self.blurs[place],
            None if self.lefts[place] < 0 else (self.lefts[place], self.tops[place]),
            self.seconds[place],
        )

    def __eq__(self, other: object) -> bool:
        return isinstance(other, LineTable) and len(other) == len(self) and all(map(eq, self, other))

    __hash__ = None  # type: ignore[assignment]  # it grows

    def relabel(self, place: int, truth: str) -> None:
        """Gives a line another text."""
        self.truths[place] = truth


@dataclass(frozen=True)
class MeasuredModel:
    """The model of an evaluation.

    Attributes:
        model: "bundled", the path of a bundle's folder, or that of a run's.
        name: What the user calls it.
        sha256: Of its weights, its dictionary and its settings.
        checkpoint: Which one of a run; "" for what was exported.
    """

    model: str
    name: str
    sha256: str
    checkpoint: str = ""


@dataclass(frozen=True)
class MeasuredData:
    """The labelled set of an evaluation.

    Attributes:
        kind: A recognition list, a part of a dataset, or the checked pages of a project.
        place: The list's file, or the folder; absolute.
        part: Of a dataset: train, val or test.
        root: Folder that pictures are relative to; absolute.
        sha256: Of all pictures' marks and texts.
    """

    kind: SetKind
    place: str
    part: str
    root: str
    sha256: str


@dataclass(frozen=True)
class Evaluation:
    """One model on one labelled set.

    Attributes:
        model, data: Which.
        lines: All lines that could be read, in the order of the set.
        unread: Picture -> why it could not be read, of those that could not.
        created: ISO time.
        figures: acc, acc_ignore_space, norm_edit_dis, cer (shares of 1), lines_per_s.
    """

    model: MeasuredModel
    data: MeasuredData
    lines: LineTable
    unread: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    created: str = ""
    figures: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))


def figures_of(lines: LineTable) -> dict[str, float]:
    """What `Evaluation.figures` holds, of some lines."""
    pairs = list(zip(lines.truths, lines.reads, strict=True))
    seconds = sum(lines.seconds)
    return {
        "acc": metrics.accuracy(pairs),
        "acc_ignore_space": metrics.accuracy(pairs, ignore_space=True),
        "norm_edit_dis": metrics.norm_edit_dis(pairs),
        "cer": metrics.cer(pairs),
        "lines_per_s": len(lines) / seconds if seconds > 0 else 0.0,
    }


def percents(confidences: Sequence[float] | None, text: str) -> bytes:
    """Confidences (0 to 1) as whole per cent; empty unless there is one for each character."""
    if confidences is None or len(confidences) != len(text):
        return b""
    return bytes(min(100, max(0, round(100 * one))) for one in confidences)
