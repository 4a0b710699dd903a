"""The samples of a config's Eval lists, as an export and an evaluation go through them: each once, as it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ocrstudio.core.charset import Charset
from ocrstudio.core.detection_metrics import PageMatch, match_page
from ocrstudio.engine.det.boxes import ResizeRules, normalised, scaled
from ocrstudio.engine.det.data import PageStore, read_pages
from ocrstudio.engine.rec.crops import CropStore
from ocrstudio.engine.rec.data import Batch, CropBatches
from ocrstudio.engine.settings import ListSource
from ocrstudio.formats.rec_list import read_lines

Boxes = Sequence[NDArray[np.int32]]


@dataclass(frozen=True)
class PageInput:
    """A page for the detector.

    Attributes:
        name: What an error calls it.
        image: (1, 3, H, W), scaled and normalised.
        height, width: Of the page itself, pixels.
    """

    name: str
    image: NDArray[np.float32]
    height: int
    width: int


class ValLines:
    """Lines of text; `StudioError` if their lists or pictures cannot be read."""

    def __init__(self, source: ListSource) -> None:
        self._source = source
        self._lines = read_lines(source.lists, source.data_dir)

    def __len__(self) -> int:
        return len(self._lines)

    @property
    def names(self) -> list[str]:
        """What an error calls each line."""
        return [line.image.name for line in self._lines]

    def batches(self, charset: Charset) -> Iterator[Batch]:
        """The crops, as wide as they are, in a fixed order."""
        texts = [line.text for line in self._lines]
        store = CropStore(self._lines)
        return CropBatches.for_evaluation(store, texts, charset, self._source.batch_size, self._source.workers).epoch(0)


class ValPages:
    """Pages with known boxes; `StudioError` if their lists or pictures cannot be read."""

    def __init__(self, source: ListSource) -> None:
        self.samples = [sample for part in read_pages(source) for sample in part]

    def __len__(self) -> int:
        return len(self.samples)

    @property
    def names(self) -> list[str]:
        """What an error calls each page."""
        return [sample.image.name for sample in self.samples]

    def inputs(self, rules: ResizeRules) -> Iterator[PageInput]:
        """The pages one by one: each has its own size."""
        store = PageStore(self.samples, cache_bytes=0)
        for place, name in enumerate(self.names):
            page = store[place]
            image = normalised(scaled(page, rules))[np.newaxis]
            yield PageInput(name, image, page.shape[0], page.shape[1])

    def matches(self, found: Sequence[Boxes]) -> list[PageMatch]:
        """How the boxes that were found on every page compare with the true ones."""
        return [
            match_page(sample.polygons, sample.ignored, [box.tolist() for box in boxes])
            for sample, boxes in zip(self.samples, found, strict=True)
        ]
