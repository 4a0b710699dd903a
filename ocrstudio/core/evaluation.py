"""What one model read in the lines of one labelled set, line by line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from ocrstudio.core import metrics
from ocrstudio.core.metrics import edit_distance
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

    @property
    def cer(self) -> float:
        """Its character error rate."""
        return edit_distance(self.truth, self.read) / max(1, len(self.truth))


@dataclass(frozen=True)
class MeasuredModel:
    """The model of an evaluation.

    Attributes:
        model: "bundled", the path of a bundle's folder, or that of a run's.
        name: What the user calls it.
        sha256: Of its weights.
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
    lines: Sequence[LineReading]
    unread: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    created: str = ""
    figures: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))


def figures_of(lines: Sequence[LineReading]) -> dict[str, float]:
    """What `Evaluation.figures` holds, of some lines."""
    pairs = [(line.truth, line.read) for line in lines]
    seconds = sum(line.seconds for line in lines)
    return {
        "acc": metrics.accuracy(pairs),
        "acc_ignore_space": metrics.accuracy(pairs, ignore_space=True),
        "norm_edit_dis": metrics.norm_edit_dis(pairs),
        "cer": metrics.cer(pairs),
        "lines_per_s": len(lines) / seconds if seconds > 0 else 0.0,
    }
