"""Recognition as the training loop sees it: lines in, losses and measures out."""

from __future__ import annotations

import math
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import paddle

from ocrstudio.core import metrics
from ocrstudio.core.charset import Charset
from ocrstudio.core.errors import QT_TRANSLATE_NOOP, EngineError
from ocrstudio.engine.nets.catalogue import backbone_onnx
from ocrstudio.engine.network import freeze
from ocrstudio.engine.rec.anchor import Anchor
from ocrstudio.engine.rec.augment import Augmentation
from ocrstudio.engine.rec.characters import write_characters
from ocrstudio.engine.rec.crops import CropStore, joined
from ocrstudio.engine.rec.data import Batch, CropBatches, objections
from ocrstudio.engine.rec.evaluate import Evaluation, Forward, ctc_losses, evaluate, measure, read_logits
from ocrstudio.engine.rec.features import FeatureBatches, FeatureExtractor, FeatureTable
from ocrstudio.engine.rec.plan import MIN_WIDTH, BatchPlan, Share
from ocrstudio.engine.rec.retention import REPLAY_LINES, OldLines, listed, synthesised
from ocrstudio.engine.rec.row_pace import RowPace, paces
from ocrstudio.engine.rec.versions import LineVersions
from ocrstudio.engine.task import Batches, Measures, StepResult, TaskContext
from ocrstudio.formats.rec_list import read_lines
from ocrstudio.formats.wrong import Wrong, wrong_lines

# Lines left out that the log names one by one.
NAMED = 20
# What a fall of the retention's accuracy may come to by rounding.
TOLERANCE = 1e-6


@dataclass(frozen=True)
class Lines:
    """All lines of a run, decoded.

    Attributes:
        train: To learn from: those of the lists, then those that are replayed.
        share: How much of each list an epoch shows.
        val: To measure on.
        retained: Old ones to measure on; None if there are none.
        first_old: The first of `train` that is replayed.
    """

    train: CropStore
    share: Share
    val: CropStore
    retained: CropStore | None
    first_old: int


def build_rec_task(context: TaskContext) -> RecTask:
    """Reads the lists and pictures of a run and makes the task of them.

    Args:
        context: Its network holds the weights that the run starts from, also if it will go on from a checkpoint.

    Raises:
        StudioError: If a list or a picture cannot be used; names list and line.
        Stopped: If somebody asked to stop.
    """
    assert context.charset is not None  # noqa: S101  (recognisers have one)
    reader = _BaseReader(context)
    train, counts = _train_lines(context, context.charset)
    settings = context.settings
    val = CropStore(read_lines(settings.val.lists, settings.val.data_dir))
    _decode(context, val)
    first_old, ratios = sum(counts), settings.train.ratios
    # that an epoch shows, few lines several times: as many old ones are wanted as it shows of these
    new = sum(round(count * ratio) for count, ratio in zip(counts, ratios, strict=True))
    old = _old_lines(context, context.charset, reader.read, new)
    if old.replayed is not None:
        counts, ratios = (
            (*counts, len(old.replayed)),
            (*ratios, settings.retention.replay_ratio * new / len(old.replayed)),
        )
        train = joined(train, old.replayed)
    return RecTask(context, Lines(train, Share(counts, ratios), val, old.scored, first_old), reader)


def _train_lines(context: TaskContext, charset: Charset) -> tuple[CropStore, tuple[int, ...]]:
    """The lines that can be learned, and how many there are of each list."""
    source = context.settings.train
    parts = [read_lines([name], source.data_dir) for name in source.lists]
    store = CropStore([sample for part in parts for sample in part])
    _decode(context, store)
    bad = objections(store, charset, context.settings.line_width)
    for line in list(bad)[:NAMED]:
        sample = store.samples[line]
        context.log(f"{sample.source}, line {sample.line} is left out: {bad[line]}", "WARNING")
    if len(bad) > NAMED:
        context.log(f"{len(bad)} lines are left out; the others are not named", "WARNING")
    good = [line for line in range(len(store)) if line not in bad]
    if not good:
        what = QT_TRANSLATE_NOOP(
            "Errors", "None of the {count} training lines can be learned: {file}, line {line}: {cause}."
        )
        remedy = QT_TRANSLATE_NOOP("Errors", "Use the dictionary of the dataset, or extend the base model's.")
        first = store.samples[0]
        raise EngineError(what, remedy, count=len(store), file=first.source, line=first.line, cause=bad[0])
    limit = context.settings.max_text_length
    longer = sum(len(store.samples[line].text) > limit for line in good)
    if longer:
        context.log(
            f"{longer} lines are longer than Global.max_text_length ({limit}): they are learned all the same, as far "
            "as their pictures have room; PaddleOCR would leave them out",
            "INFO",
        )
    lists = [number for number, part in enumerate(parts) for _ in part]
    counts = [0] * len(parts)
    for line in good:
        counts[lists[line]] += 1
    return store.chosen(good), tuple(counts)


def _decode(context: TaskContext, store: CropStore) -> None:
    def progress(done: int, total: int) -> None:
        context.check_stop()
        context.stage("load", done, total)

    store.decode(progress)


def _old_lines(context: TaskContext, charset: Charset, read: Callable[[CropStore], list[str]], new: int) -> OldLines:
    """The user's own lists, or lines in the fonts at hand that the model reads as it is now."""
    settings, retention = context.settings, context.settings.retention
    known = context.source.charset
    scored = listed(retention.lists, retention.data_dir) if retention.lists else None
    replayed = listed(retention.replay_lists, retention.replay_dir) if retention.replay_lists else None
    if scored is None and retention.lines:
        scored = synthesised(known, charset, retention.lines, settings.seed, read)
        _tell(context, "read at every evaluation", scored)
    if replayed is None and retention.replay_ratio > 0:
        count = min(REPLAY_LINES, max(1, math.ceil(retention.replay_ratio * new)))
        replayed = synthesised(known, charset, count, settings.seed + 1, read)
        _tell(context, "mixed into training", replayed)
    for store in (scored, replayed):
        if store is not None:
            _decode(context, store)
    if replayed is not None:
        bad = objections(replayed, charset, settings.line_width)
        good = [line for line in range(len(replayed)) if line not in bad]
        replayed = replayed.chosen(good) if good else None
    return OldLines(scored, replayed if retention.replay_ratio > 0 else None)


def _tell(context: TaskContext, purpose: str, store: CropStore | None) -> None:
    count = 0 if store is None else len(store)
    context.log(f"retention: {count} lines of old characters, typeset and {purpose}", "INFO" if count else "WARNING")


class _BaseReader:
    """Reads lines with the weights that the run starts from; the backbone's graph is made when it is first needed."""

    def __init__(self, context: TaskContext) -> None:
        self._context = context
        self._extract: FeatureExtractor | None = None

    @property
    def extract(self) -> FeatureExtractor:
        if self._extract is None:
            self._extract = FeatureExtractor(backbone_onnx(self._context.source))
        return self._extract

    def extract_once(self) -> FeatureExtractor:
        """The same, but not kept if it is not there: its memory is wanted for training."""
        return self._extract or FeatureExtractor(backbone_onnx(self._context.source))

    def is_backbone_of(self, network: Any) -> bool:
        """Whether a network's backbone is still the one that the run starts from."""
        tensors = self._context.source.tensors
        return all(
            np.array_equal(tensor.numpy(), tensors[f"backbone.{name}"])
            for name, tensor in network.backbone.state_dict().items()
        )

    def batches(self, store: CropStore, charset: Charset) -> FeatureBatches:
        """Features of lines as they are."""
        versions = LineVersions(store, [sample.text for sample in store.samples], charset)
        table = FeatureTable(self.extract, versions, 1, self._context.source.digest)
        plan = BatchPlan(versions.widths, self._context.settings.val.batch_size, seed=None)
        return FeatureBatches(table, plan, plain=True)

    def read(self, store: CropStore) -> list[str]:
        charset = self._context.charset or Charset(())
        network, texts = self._context.network, [""] * len(store)
        network.eval()
        with paddle.no_grad():
            for batch in self.batches(store, charset).epoch(0):
                self._context.check_stop()
                logits = network.read_features(paddle.to_tensor(batch.inputs))
                for line, text in zip(batch.lines, read_logits(logits, charset), strict=True):
                    texts[line] = text
        return texts


class RecTask:
    """See `engine.task.Task`.

    Args:
        context: Of the run.
        lines: To learn from and to measure on.
        reader: Has the backbone of the weights that the run starts from.
    """

    def __init__(self, context: TaskContext, lines: Lines, reader: _BaseReader) -> None:
        assert context.charset is not None  # noqa: S101  (recognisers have one)
        self.network, self.charset, self.lines = context.network, context.charset, lines
        self.indicator = context.settings.indicator
        self._context, self._settings, self._reader = context, context.settings, reader
        self.freeze: str = context.settings.freeze
        self._sizes = context.settings.train.batch_size, context.settings.val.batch_size
        self.pairs: tuple[tuple[str, str], ...] = ()
        # which validation line each pair is
        self._measured: tuple[int, ...] = ()
        settings = context.settings
        multiples = paces(
            context.source.charset or Charset(()),
            context.charset,
            (sample.text for sample in lines.train.samples),
            freeze_unseen=settings.freeze_unseen,
            new=settings.new_pace,
        )
        strength = settings.retention.anchor if len(lines.train) > lines.first_old else 0.0
        # the network still holds the weights that the run starts from
        self._anchor = Anchor(self.network, strength) if strength else None
        self._pace = RowPace(self.network.head, multiples) if multiples is not None else None
        self._make_batches()

    @property
    def val_samples(self) -> int:
        """Lines that `evaluate` reads."""
        return self.val.samples + (self.retained.samples if self.retained else 0)

    @property
    def val_steps(self) -> int:
        """Batches of an evaluation."""
        return self.val.steps + (self.retained.steps if self.retained else 0)

    def begin_epoch(self, number: int) -> None:
        """Lets everything learn after the epochs in which only a part of it did (`Global.freeze_epochs`)."""
        if self.freeze == "none" or not 0 < self._settings.freeze_epochs < number:
            return
        self.freeze = "none"
        freeze(self.network, self.freeze)
        self._make_batches()
        self._context.log(f"epoch {number}: from here on everything learns", "INFO")

    def loss(self, batch: Batch) -> StepResult:
        """CTC, and what holds the old lines."""
        inputs = paddle.to_tensor(batch.inputs)
        features = self._features(self.network, inputs)
        logits = self.network.head(features)
        read = ctc_losses(logits.astype("float32"), batch).mean()
        parts = {"CTCLoss": read}
        old = [row for row, line in enumerate(batch.lines) if line >= self.lines.first_old]
        if self._anchor is not None and old:
            parts["AnchorLoss"] = self._anchor.pull(
                lambda network: self._features(network, inputs), features.astype("float32"), old
            )
        total = sum(parts.values())

        def measures() -> Measures:
            pairs = list(zip(batch.texts, read_logits(logits.detach(), self.charset), strict=True))
            found = measure(pairs, ignore_space=self._settings.ignore_space)
            return {"acc": found["acc"], "norm_edit_dis": found["norm_edit_dis"]}

        return StepResult(total, parts, len(batch.texts), measures)

    def stepping(self) -> AbstractContextManager[None]:
        """See `rec.row_pace`."""
        return nullcontext() if self._pace is None else self._pace.stepping()

    def evaluate(self, progress: Callable[[int], None]) -> Measures:
        """Reads the validation lines, then the retention set."""
        found = self._evaluate(self.val, progress)
        self.pairs, self._measured = found.pairs, found.lines
        score = metrics.total_score(metrics.character_scores(found.pairs).values())
        measures = {"acc": found.acc, "norm_edit_dis": found.norm_edit_dis}
        measures |= {"acc_ignore_space": metrics.accuracy(found.pairs, ignore_space=True), "cer": found.cer}
        measures |= {"char_precision": score.precision, "char_recall": score.recall, "loss": found.loss}
        if self.retained is not None:
            kept = self._evaluate(self.retained, lambda done: progress(self.val.samples + done))
            measures |= {"retention_acc": kept.acc, "retention_cer": kept.cer, "retention_lines": len(kept.pairs)}
        return measures | {"fps": found.fps}

    def _evaluate(self, batches: Batches, progress: Callable[[int], None]) -> Evaluation:
        return evaluate(
            self._reader_now(),
            batches.epoch(1),
            self.charset,
            ignore_space=self._settings.ignore_space,
            progress=progress,
        )

    def _reader_now(self) -> Forward:
        """Inputs of the validation batches to logits; while nothing was learned, the backbone's graph does its part."""
        if self.freeze != "none" or self._context.device != "cpu" or not self._reader.is_backbone_of(self.network):
            return self._forward
        extract = self._reader.extract_once()
        return lambda images: self.network.read_features(paddle.to_tensor(extract(images.numpy())))

    def rank(self, measures: Measures) -> tuple[float, ...]:
        """The indicator, then the other measure, then the loss."""
        other = "norm_edit_dis" if self.indicator == "acc" else "acc"
        return (measures[self.indicator], measures[other], -measures["loss"])

    def objection(self, measures: Measures, first: Measures) -> str:
        """Whether too much was forgotten (`Global.retention_max_drop`)."""
        limit, before = self._settings.retention.max_drop, first.get("retention_acc")
        if limit is None or before is None:
            return ""
        drop = before - measures["retention_acc"]
        if drop <= limit + TOLERANCE:
            return ""
        return f"retention_acc fell by {drop:.4f} to {measures['retention_acc']:.4f}, {limit} is allowed"

    def keep_best(self, folder: Path) -> None:
        """Writes how well each character was read by the evaluation that is the best now."""
        write_characters(folder / "characters.tsv", self.pairs)

    def wrong(self) -> Wrong:
        """The validation lines that were read wrong."""
        samples = self.lines.val.samples
        return wrong_lines([samples[line].image for line in self._measured], self.pairs)

    def halve_batch(self) -> bool:
        """See `engine.task.Task`."""
        if self._sizes[0] == 1:
            return False
        self._sizes = max(1, self._sizes[0] // 2), max(1, self._sizes[1] // 2)
        self._make_batches()
        return True

    def close(self) -> None:
        """Nothing stays open."""

    def _features(self, network: Any, inputs: paddle.Tensor) -> Any:
        """What a network's neck makes of what the batches hold now: (N, T, channels)."""
        return network.neck(inputs if self.freeze != "none" else network.backbone(inputs))

    def _forward(self, inputs: paddle.Tensor) -> Any:
        """Logits of what the batches hold now: features while the backbone is frozen, else images."""
        return self.network(inputs) if self.freeze == "none" else self.network.read_features(inputs)

    def _make_batches(self) -> None:
        settings, lines = self._settings, self.lines
        frozen = self.freeze != "none"
        augmentation = Augmentation.of((settings.plain["Train"]["dataset"].get("transforms")) or ())
        texts = [sample.text for sample in lines.train.samples]
        # features are cheap, and learned from as readers will see them; only learning everything takes its time
        width = MIN_WIDTH if frozen else settings.line_width
        versions = LineVersions(lines.train, texts, self.charset, augmentation, settings.seed, width)
        plan = BatchPlan(
            versions.widths,
            self._sizes[0],
            seed=settings.seed,
            share=lines.share,
            shuffle=settings.train.shuffle,
            world=self._context.world,
        )
        workers = settings.train.workers
        if not frozen:
            self.train: Batches = CropBatches(versions, plan, workers)
        else:
            table = FeatureTable(self._reader.extract, versions, settings.copies, self._context.source.digest)
            self.train = FeatureBatches(table, plan, workers)
        self.val = self._val_batches(lines.val, frozen)
        self.retained = self._val_batches(lines.retained, frozen) if lines.retained is not None else None

    def _val_batches(self, store: CropStore, frozen: bool) -> Batches:
        if not frozen:
            texts = [sample.text for sample in store.samples]
            return CropBatches.for_evaluation(store, texts, self.charset, self._sizes[1], self._settings.val.workers)
        # features are computed when the first evaluation asks for them: the first step need not wait for them
        return self._reader.batches(store, self.charset)
