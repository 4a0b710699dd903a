"""What the backbone says about pieces of pages, computed once: training neck and head needs nothing else.

Features are computed when a batch first needs them, so that the first step comes at once; `feature_file` keeps them for
later epochs and for later runs on the same pages.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from ocrstudio.engine.det.augment import seen
from ocrstudio.engine.det.boxes import normalised, scaled
from ocrstudio.engine.det.data import EpochOrder, PageBatch, PageBatches, PageStore, maps_of
from ocrstudio.engine.det.maps import Maps
from ocrstudio.engine.det.rules import DetRules
from ocrstudio.engine.feature_file import FeatureFile, feature_key
from ocrstudio.engine.nets.catalogue import FEATURES, FeatureShape, Source, backbone_onnx
from ocrstudio.engine.onnx_session import open_session

Image = NDArray[np.uint8]
Features = list[NDArray[np.float32]]

# Changes whenever features of the same pages would come out differently.
VERSION = 1


class FeatureExtractor:
    """A network up to the end of its backbone, as an ONNX graph: several times faster than Paddle's forward pass.

    Args:
        source: The weights.
    """

    def __init__(self, source: Source) -> None:
        self._session = open_session(backbone_onnx(source))
        self._input = self._session.get_inputs()[0].name
        self.shapes: tuple[FeatureShape, ...] = FEATURES[source.architecture]

    def __call__(self, image: Image) -> Features:
        """The feature maps (C, H / s, W / s) of a picture (H, W, 3) BGR."""
        found = self._session.run(None, {self._input: normalised(image)[None]})
        return [np.asarray(one[0], np.float32) for one in found]


class FeatureTable:
    """Features of numbered pictures, each computed when it is first asked for; threads may share it.

    Args:
        extract: The backbone.
        sizes: Height and width of each picture.
        picture: Makes picture number n, (H, W, 3) BGR.
        key: Names the file of all of them.

    Raises:
        EngineError: If the file cannot be made.
    """

    def __init__(
        self,
        extract: FeatureExtractor,
        sizes: Sequence[tuple[int, int]],
        picture: Callable[[int], Image],
        key: str,
    ) -> None:
        self._extract, self._sizes, self._picture = extract, tuple(sizes), picture
        self._file = FeatureFile(key, [sum(map(np.prod, self._shapes(size))) for size in self._sizes])

    def _shapes(self, size: tuple[int, int]) -> list[tuple[int, int, int]]:
        height, width = size
        return [(one.channels, height // one.stride_h, width // one.stride_w) for one in self._extract.shapes]

    def get(self, number: int) -> Features:
        """The feature maps (C, H / s, W / s) of a picture, in the precision of the file."""
        row = self._file.get(number)
        if row is None:
            self._file.put(number, self._extract(self._picture(number)))
            # rounded as the next epoch will find it
            row = self._file.get(number)
        shapes = self._shapes(self._sizes[number])
        ends = np.cumsum([np.prod(shape) for shape in shapes])
        parts = np.split(np.asarray(row), ends[:-1])
        return [part.reshape(shape) for part, shape in zip(parts, shapes, strict=True)]


def pieces_table(
    extract: FeatureExtractor, source: Source, store: PageStore, rules: DetRules, copies: int, seed: int
) -> FeatureTable:
    """Features of `copies` pieces of each page; number `copy * pages + page`."""
    pages = len(store)

    def picture(number: int) -> Image:
        copy, page = divmod(number, pages)
        return seen(store[page], store.view(page, rules, (seed, copy, page)), rules.augment.size)

    width, height = rules.augment.size
    about = (VERSION, "pieces", source.digest, rules.augment, copies, seed)
    labels = [repr((sample.polygons, sample.ignored)).encode() for sample in store.samples]
    return FeatureTable(extract, [(height, width)] * (pages * copies), picture, _key(about, store, labels))


def pages_table(extract: FeatureExtractor, source: Source, store: PageStore, rules: DetRules) -> FeatureTable:
    """Features of whole pages as they are measured."""
    sizes = [scaled_size(store, page, rules) for page in range(len(store))]
    about = (VERSION, "pages", source.digest, rules.resize)
    return FeatureTable(extract, sizes, lambda page: scaled(store[page], rules.resize), _key(about, store, []))


def scaled_size(store: PageStore, page: int, rules: DetRules) -> tuple[int, int]:
    """Height and width of a page as it is measured."""
    width, height = store.size(page)
    return rules.resize.size(height, width)


def _key(about: tuple[object, ...], store: PageStore, labels: Sequence[bytes]) -> str:
    pictures = [hashlib.sha256(sample.image.read_bytes()).digest() for sample in store.samples]
    return feature_key([repr(about).encode(), *pictures, *labels])


class FeatureBatches(PageBatches):
    """Batches of features for training neck and head; each epoch shows the next copy of every page.

    Args:
        table: See `pieces_table`.
        store: The pages.
        order: Which pages share a batch.
        rules: Of the pieces and their targets.
        copies: Pieces of each page.
        seed: Of the table.
        workers: Threads that compute and read ahead; 0: none.
    """

    def __init__(
        self,
        table: FeatureTable,
        store: PageStore,
        order: EpochOrder,
        rules: DetRules,
        copies: int,
        seed: int,
        workers: int,
    ) -> None:
        super().__init__(order, workers)
        self._table, self._store, self._rules = table, store, rules
        self._copies, self._seed = copies, seed

    def _batch(self, pages: Sequence[tuple[int, int]], number: int) -> PageBatch:
        chosen = [((number - 1 + before) % self._copies, page) for page, before in pages]
        features = [self._table.get(copy * len(self._store) + page) for copy, page in chosen]
        inputs = tuple(np.stack(level) for level in zip(*features, strict=True))
        return PageBatch(inputs, tuple(self._maps(copy, page) for copy, page in chosen), from_backbone=True)

    def _maps(self, copy: int, page: int) -> Maps:
        return maps_of(self._store.view(page, self._rules, (self._seed, copy, page)), self._rules)
