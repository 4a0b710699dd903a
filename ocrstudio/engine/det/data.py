"""Pages and the pieces of them that a training step learns from."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, EngineError, StudioError
from ocrstudio.core.sampling import drawn
from ocrstudio.engine.det.augment import View, random_view, seen
from ocrstudio.engine.det.boxes import normalised
from ocrstudio.engine.det.maps import Maps, draw_maps
from ocrstudio.engine.det.rules import DetRules
from ocrstudio.engine.prefetch import prefetched
from ocrstudio.engine.settings import ListSource
from ocrstudio.engine.task import World, shard
from ocrstudio.formats.crops import read_image
from ocrstudio.formats.det_list import PageSample, read_det_list, unusable

# Decoded pages kept in memory; the rest is read again every time.
CACHE_BYTES = 1 << 30

Image = NDArray[np.uint8]


@dataclass(frozen=True)
class PageBatch:
    """What one training step gets.

    Attributes:
        inputs: One array of images (N, 3, H, W), or what the backbone makes of them: (N, C, H / s, W / s) each.
        maps: Targets of each piece.
        from_backbone: Whether `inputs` are features.
    """

    inputs: tuple[NDArray[np.float32], ...]
    maps: tuple[Maps, ...]
    from_backbone: bool = False

    def target(self) -> dict[str, NDArray[np.float32]]:
        """The targets as `loss.detection_losses` takes them: (N, H, W) float32 each."""
        names = ("shrink", "shrink_mask", "threshold", "threshold_mask")
        return {name: np.stack([getattr(maps, name) for maps in self.maps]).astype(np.float32) for name in names}


def read_pages(source: ListSource) -> list[list[PageSample]]:
    """The pages of each list.

    Raises:
        ProjectError: If a list cannot be read.
        FormatError: If a line is malformed or its picture missing; names list and line.
        EngineError: If the lists hold no page at all.
    """
    lists = [read_det_list(Path(name), Path(source.data_dir)) for name in source.lists]
    if not any(lists):
        what = QT_TRANSLATE_NOOP("Errors", "{file} lists no pages.")
        remedy = QT_TRANSLATE_NOOP("Errors", "Check some pages on the Annotate page and split the project again.")
        raise EngineError(what, remedy, file=", ".join(source.lists))
    return lists


class PageStore:
    """Pages of lists, decoded once as far as memory allows; threads may share it."""

    def __init__(self, samples: Sequence[PageSample], cache_bytes: int = CACHE_BYTES) -> None:
        self.samples = tuple(samples)
        self.polygons = [[np.array(points, np.float64) for points in sample.polygons] for sample in self.samples]
        self._room = cache_bytes
        self._cache: dict[int, Image] = {}
        self._sizes: dict[int, tuple[int, int]] = {}
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self.samples)

    def __getitem__(self, index: int) -> Image:
        """The page, (height, width, 3) BGR; `FormatError` with list and line if its picture cannot be read."""
        with self._lock:
            if index in self._cache:
                return self._cache[index]
        try:
            page = read_image(self.samples[index].image)
        except StudioError as error:
            raise unusable(self.samples[index], error) from error
        with self._lock:
            self._sizes[index] = (page.shape[1], page.shape[0])
            if index not in self._cache and self._room >= page.nbytes:
                self._cache[index] = page
                self._room -= page.nbytes
        return page

    def size(self, index: int) -> tuple[int, int]:
        """Width and height of a page."""
        if index not in self._sizes:
            _ = self[index]
        return self._sizes[index]

    def decode(self, workers: int, progress: Callable[[int], None]) -> None:
        """Reads every page once, so that a damaged one is told before anything is learned."""
        jobs = [partial(self.size, index) for index in range(len(self))]
        for done, _ in enumerate(prefetched(jobs, workers), start=1):
            progress(done)

    def view(self, index: int, rules: DetRules, key: tuple[int, ...]) -> View:
        """A random view of a page, the same one for the same key."""
        ignored = self.samples[index].ignored
        return random_view(self.size(index), self.polygons[index], ignored, rules.augment, np.random.default_rng(key))


def maps_of(view: View, rules: DetRules) -> Maps:
    """The targets of a view."""
    width, height = rules.augment.size
    return draw_maps(view.polygons, view.ignored, height, width, rules.maps)


class EpochOrder:
    """Which pages each batch of an epoch shows to this process.

    Args:
        counts: Pages of each list; the store has them one after the other.
        source: Ratios, batch size, shuffling.
        seed: Of the run.
        world: This process.
    """

    def __init__(self, counts: Sequence[int], source: ListSource, seed: int, world: World) -> None:
        self._starts = np.concatenate([[0], np.cumsum(counts)[:-1]])
        self._counts, self._source, self._seed, self._world = tuple(counts), source, seed, world
        self.samples = sum(map(len, drawn(self._counts, source.ratios, seed, 1)))
        if not self.samples:
            what = QT_TRANSLATE_NOOP("Errors", "{key} leaves no page to learn from.")
            remedy = QT_TRANSLATE_NOOP("Errors", "Write 1.0 for the lists that are to be used.")
            raise EngineError(what, remedy, key="Train.dataset.ratio_list")

    def batches(self, number: int) -> list[list[tuple[int, int]]]:
        """The pages of each batch in epoch `number` (from 1): place in the store, and how often it came before."""
        chosen = drawn(self._counts, self._source.ratios, self._seed, number)
        pages = [int(start) + place for start, places in zip(self._starts, chosen, strict=True) for place in places]
        if self._source.shuffle:
            np.random.default_rng((self._seed, number)).shuffle(pages)
        before: Counter[int] = Counter()
        counted = []
        for page in pages:
            counted.append((page, before[page]))
            before[page] += 1
        size = self._source.batch_size
        return shard([counted[start : start + size] for start in range(0, len(counted), size)], self._world)


class PageBatches(ABC):
    """Epochs of batches, made by several threads ahead of their use."""

    def __init__(self, order: EpochOrder, workers: int) -> None:
        self._order, self._workers = order, workers

    @property
    def samples(self) -> int:
        """How many pages an epoch shows, over all processes."""
        return self._order.samples

    @property
    def steps(self) -> int:
        """Batches per epoch."""
        return len(self._order.batches(1))

    def epoch(self, number: int, skip: int = 0) -> Iterator[PageBatch]:
        """The batches of one epoch, the same ones for the same number; `skip` leaves out the first ones."""
        jobs = [partial(self._batch, pages, number) for pages in self._order.batches(number)[skip:]]
        return prefetched(jobs, self._workers)

    @abstractmethod
    def _batch(self, pages: Sequence[tuple[int, int]], number: int) -> PageBatch:
        """A batch: (page, how often it was shown before in this epoch) of its samples, and the number of the epoch."""


class PieceBatches(PageBatches):
    """Batches of images for training the whole network, augmented anew every epoch."""

    def __init__(self, store: PageStore, order: EpochOrder, rules: DetRules, seed: int, workers: int) -> None:
        super().__init__(order, workers)
        self._store, self._rules, self._seed = store, rules, seed

    def _batch(self, pages: Sequence[tuple[int, int]], number: int) -> PageBatch:
        width, height = self._rules.augment.size
        inputs = np.empty((len(pages), 3, height, width), np.float32)
        maps = []
        for out, (page, before) in zip(inputs, pages, strict=True):
            # a page that an epoch shows twice shows two pieces
            view = self._store.view(page, self._rules, (self._seed, number, page, before))
            normalised(seen(self._store[page], view, self._rules.augment.size), out)
            maps.append(maps_of(view, self._rules))
        return PageBatch((inputs,), tuple(maps))
