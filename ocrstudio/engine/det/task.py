"""Detection as the training loop sees it: pages in, losses and measures out."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import paddle

from ocrstudio.core.detection_metrics import PageMatch, detection_score, match_page
from ocrstudio.engine.det.boxes import boxes_of_map, normalised, scaled
from ocrstudio.engine.det.data import EpochOrder, PageBatch, PageStore, PieceBatches, read_pages
from ocrstudio.engine.det.features import FeatureBatches, FeatureExtractor, FeatureTable, pages_table, pieces_table
from ocrstudio.engine.det.loss import detection_losses
from ocrstudio.engine.det.maps import draw_maps
from ocrstudio.engine.det.rules import DetRules
from ocrstudio.engine.nets.catalogue import THRESHOLD
from ocrstudio.engine.network import freeze
from ocrstudio.engine.prefetch import prefetched
from ocrstudio.engine.task import Batches, Measures, StepResult, TaskContext
from ocrstudio.formats.wrong import Wrong, WrongPage, wrong_pages

MEASURES = ("precision", "recall", "hmean")


def _begin_with_even_threshold(network: Any) -> None:
    """Makes a threshold map that nobody has trained 0.5 everywhere, the middle of what it has to learn.

    A copy of the shrink map, which it would be otherwise, is as wrong as a threshold can be: the binary map then says
    nothing, and the first hundred steps would take a good shrink map apart to mend that.
    """
    last = network.head.threshold.enlarge2
    last.weight.set_value(paddle.zeros_like(last.weight))
    last.bias.set_value(paddle.zeros_like(last.bias))


def build_det_task(context: TaskContext) -> DetTask:
    """Reads the lists and pictures of a run and makes the task of them.

    Args:
        context: Its network holds the weights that the run starts from, also if it will go on from a checkpoint.

    Raises:
        StudioError: If a list or a picture cannot be used; names list and line.
        Stopped: If somebody asked to stop.
    """
    rules = DetRules.of(context.settings)
    lists = read_pages(context.settings.train)
    train = PageStore([sample for part in lists for sample in part])
    val = PageStore([sample for part in read_pages(context.settings.val) for sample in part])
    for store in (train, val):
        _decode(context, store)
    return DetTask(context, rules, train, val, [len(part) for part in lists])


def _decode(context: TaskContext, store: PageStore) -> None:
    def progress(done: int) -> None:
        context.check_stop()
        context.stage("load", done, len(store))

    store.decode(context.settings.train.workers, progress)


class DetTask:
    """See `engine.task.Task`.

    Args:
        context: Of the run.
        rules: What the config says about detection.
        train: Pages to learn from, those of the lists one after the other.
        val: Pages to measure on.
        counts: How many of `train` each list has.
    """

    def __init__(
        self, context: TaskContext, rules: DetRules, train: PageStore, val: PageStore, counts: list[int]
    ) -> None:
        self.network, self.rules, self.val = context.network, rules, val
        self.indicator = context.settings.indicator
        self._context, self._settings = context, context.settings
        self._pages, self._counts = train, counts
        self._source = context.settings.train
        self._frozen = context.settings.frozen
        if not any(name.startswith(THRESHOLD) for name in context.source.tensors):
            _begin_with_even_threshold(context.network)
        self._extract = FeatureExtractor(context.source) if self._frozen else None
        self._val_table: FeatureTable | None = None
        self._wrong: list[WrongPage] = []
        self._make_batches()

    def _make_batches(self) -> None:
        settings = self._settings
        order = EpochOrder(self._counts, self._source, settings.seed, self._context.world)
        workers, pages, rules = self._source.workers, self._pages, self.rules
        self.train: Batches = PieceBatches(pages, order, rules, settings.seed, workers)
        self._val_table = None
        if self._extract is not None:
            source = self._context.source
            table = pieces_table(self._extract, source, pages, rules, settings.copies, settings.seed)
            self.train = FeatureBatches(table, pages, order, rules, settings.copies, settings.seed, workers)
            self._val_table = pages_table(self._extract, source, self.val, rules)

    @property
    def val_samples(self) -> int:
        """Pages that `evaluate` measures."""
        return len(self.val)

    @property
    def val_steps(self) -> int:
        """As many: pages are of different sizes."""
        return len(self.val)

    def begin_epoch(self, number: int) -> None:
        """Lets everything learn after the epochs in which only a part of it did (`Global.freeze_epochs`)."""
        if not self._frozen or not 0 < self._settings.freeze_epochs < number:
            return
        self._frozen, self._extract = False, None
        freeze(self.network, "none")
        self._make_batches()
        self._context.log(f"epoch {number}: from here on everything learns", "INFO")

    def loss(self, batch: PageBatch) -> StepResult:
        """The loss of differentiable binarisation."""
        target = {name: paddle.to_tensor(values) for name, values in batch.target().items()}
        parts = detection_losses(self._maps(batch), target, self.rules.loss)
        return StepResult(sum(parts.values()), parts, len(batch.maps))

    def _maps(self, batch: PageBatch) -> tuple[paddle.Tensor, paddle.Tensor, paddle.Tensor]:
        inputs = [paddle.to_tensor(one) for one in batch.inputs]
        found = self.network.read_features(inputs) if batch.from_backbone else self.network(inputs[0])
        return found.shrink, found.threshold, found.binary

    def stepping(self) -> AbstractContextManager[None]:
        """Nothing is corrected."""
        return nullcontext()

    def evaluate(self, progress: Callable[[int], None]) -> Measures:
        """Finds the texts on the validation pages; the loss is that of the whole pages."""
        matches: list[PageMatch] = []
        losses: list[float] = []
        self._wrong.clear()
        self.network.eval()
        # the threshold map is needed for the loss; nothing else depends on the mode of the head
        self.network.head.train()
        started = time.perf_counter()
        jobs = [partial(self._val_batch, page) for page in range(len(self.val))]
        try:
            with paddle.no_grad():
                for page, batch in enumerate(prefetched(jobs, self._source.workers)):
                    match, loss = self._measure(page, batch)
                    matches.append(match)
                    losses.append(loss)
                    progress(page + 1)
        finally:
            self.network.head.eval()
        score = detection_score(matches)
        fps = len(matches) / max(1e-9, time.perf_counter() - started)
        return {**vars(score), "loss": float(np.mean(losses)), "fps": fps}

    def _measure(self, page: int, batch: PageBatch) -> tuple[PageMatch, float]:
        maps = self._maps(batch)
        target = {name: paddle.to_tensor(values) for name, values in batch.target().items()}
        loss = float(sum(detection_losses(maps, target, self.rules.loss).values()))
        width, height = self.val.size(page)
        score_map = maps[0].astype("float32").numpy()[0, 0]
        found = boxes_of_map(score_map, height, width, self.rules.boxes)
        sample = self.val.samples[page]
        boxes = [points.tolist() for points in found]
        match = match_page(sample.polygons, sample.ignored, boxes)
        missed = tuple(sample.polygons[place] for place in match.missed)
        self._wrong.append(WrongPage(sample.image, missed, tuple(boxes[place] for place in match.false)))
        return match, loss

    def _val_batch(self, page: int) -> PageBatch:
        image = scaled(self.val[page], self.rules.resize) if self._val_table is None else None
        width, height = self.val.size(page)
        new_height, new_width = self.rules.resize.size(height, width)
        scale = np.array([new_width / width, new_height / height])
        polygons = [polygon * scale for polygon in self.val.polygons[page]]
        maps = draw_maps(polygons, self.val.samples[page].ignored, new_height, new_width, self.rules.maps)
        if image is not None:
            return PageBatch((normalised(image)[None],), (maps,))
        assert self._val_table is not None  # noqa: S101  (then there is no image)
        return PageBatch(tuple(one[None] for one in self._val_table.get(page)), (maps,), from_backbone=True)

    def rank(self, measures: Measures) -> tuple[float, ...]:
        """The indicator, then the other measures, then the loss."""
        others = [measures[name] for name in ("hmean", *MEASURES) if name != self.indicator]
        return (measures[self.indicator], *others, -measures["loss"])

    def objection(self, measures: Measures, first: Measures) -> str:
        """Nothing speaks against an evaluation that ranks highest."""
        return ""

    def keep_best(self, folder: Path) -> None:
        """Nothing but the weights belongs to an evaluation."""

    def wrong(self) -> Wrong:
        """The validation pages on which boxes were overlooked or invented."""
        return wrong_pages(len(self.val), self._wrong)

    def halve_batch(self) -> bool:
        """See `engine.task.Task`; evaluations look at one page at a time anyway."""
        if self._source.batch_size == 1:
            return False
        self._source = replace(self._source, batch_size=self._source.batch_size // 2)
        self._make_batches()
        return True

    def close(self) -> None:
        """Drops the pages; threads end with the iterators."""
        self._pages = PageStore([])
        self._extract = self._val_table = None
