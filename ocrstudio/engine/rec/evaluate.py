"""How well a network reads lines whose text is known."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import paddle
from numpy.typing import NDArray
from paddle.nn import functional as F  # noqa: N812  (the name that every Paddle user knows)

from ocrstudio.core import metrics
from ocrstudio.core.charset import BLANK, Charset
from ocrstudio.core.evaluation import percents
from ocrstudio.engine.rec.crops import CropStore, straighten
from ocrstudio.engine.rec.data import Batch, CropBatches
from ocrstudio.formats.rec_list import Sample

Forward = Callable[[paddle.Tensor], paddle.Tensor]


@dataclass(frozen=True)
class Evaluation:
    """The result of one evaluation.

    Attributes:
        pairs: (truth, read) of every line.
        lines: Which line of the source each pair is.
        acc: Share of lines read without error (PaddleOCR's `acc`).
        norm_edit_dis: Mean similarity (PaddleOCR's `norm_edit_dis`).
        cer: Character error rate.
        loss: Mean CTC loss of the lines whose text the dictionary can express.
        fps: Lines per second.
    """

    pairs: tuple[tuple[str, str], ...]
    lines: tuple[int, ...]
    acc: float
    norm_edit_dis: float
    cer: float
    loss: float
    fps: float


def ctc_losses(logits: paddle.Tensor, batch: Batch) -> paddle.Tensor:
    """The CTC loss of each line, not divided by its length (as PaddleOCR counts it).

    Args:
        logits: (N, T, classes).
        batch: The lines.

    Returns:
        (N,).
    """
    steps = paddle.full([logits.shape[0]], logits.shape[1], dtype="int64")
    return F.ctc_loss(
        logits.transpose([1, 0, 2]),
        paddle.to_tensor(batch.labels),
        steps,
        paddle.to_tensor(batch.label_lengths),
        blank=0,
        reduction="none",
    ).reshape([-1])


def read_logits(logits: paddle.Tensor, charset: Charset) -> list[str]:
    """The best text of each line of (N, T, classes) logits or probabilities."""
    return decode_rows(paddle.argmax(logits, axis=2).numpy(), charset)


def decode_rows(rows: NDArray[np.int64], charset: Charset) -> list[str]:
    """Texts of (N, T) best classes."""
    return [charset.decode(row) for row in rows.tolist()]


def read_images(
    forward: Forward, images: Sequence[NDArray[np.uint8]], charset: Charset, batch_size: int
) -> list[tuple[str, float, bytes]]:
    """Reads crops of any size with a network.

    Args:
        forward: Inputs of a batch to logits; the network is in evaluation mode.
        images: (height, width, 3) BGR.
        charset: Of the logits.
        batch_size: Of crops of the usual width.

    Returns:
        Text, confidence (the characters' mean, 0 to 1), and the confidence in each character (per cent).
    """
    store = CropStore.of_images([straighten(image) for image in images], [Sample(Path(), "")] * len(images))
    found: list[tuple[str, float, bytes]] = [("", 0.0, b"")] * len(images)
    with paddle.no_grad():
        for batch in CropBatches.for_evaluation(store, [""] * len(images), charset, batch_size).epoch(0):
            shares = F.softmax(forward(paddle.to_tensor(batch.inputs)), axis=2)
            best, rows = paddle.amax(shares, axis=2).numpy(), paddle.argmax(shares, axis=2).numpy()
            for line, row, sure in zip(batch.lines, rows, best, strict=True):
                kept = (row != BLANK) & (row != np.concatenate([[BLANK], row[:-1]]))
                confidences = sure[kept].tolist()
                text = charset.decode(row.tolist())
                found[line] = (text, float(np.mean(confidences or [0.0])), percents(confidences, text))
    return found


def measure(pairs: Sequence[tuple[str, str]], *, ignore_space: bool) -> dict[str, float]:
    """acc, norm_edit_dis and cer of (truth, read) pairs."""
    return {
        "acc": metrics.accuracy(pairs, ignore_space=ignore_space),
        "norm_edit_dis": metrics.norm_edit_dis(pairs, ignore_space=ignore_space),
        "cer": metrics.cer(pairs),
    }


def evaluate(
    forward: Forward,
    batches: Iterable[Batch],
    charset: Charset,
    *,
    ignore_space: bool,
    progress: Callable[[int], None] = lambda done: None,
) -> Evaluation:
    """Reads every line of `batches`.

    Args:
        forward: Inputs of a batch to logits; the network is in evaluation mode.
        batches: The lines.
        charset: Of the logits.
        ignore_space: Whether acc and norm_edit_dis leave spaces out.
        progress: Told the number of lines done.
    """
    started = time.perf_counter()
    pairs: list[tuple[str, str]] = []
    lines: list[int] = []
    losses: list[float] = []
    with paddle.no_grad():
        for batch in batches:
            logits = forward(paddle.to_tensor(batch.inputs))
            pairs += zip(batch.texts, read_logits(logits, charset), strict=True)
            lines += batch.lines
            each = ctc_losses(logits, batch).numpy()
            # a text that is empty, or longer than the time steps, has no finite loss
            losses += each[np.isfinite(each) & (batch.label_lengths > 0)].tolist()
            progress(len(pairs))
    return Evaluation(
        pairs=tuple(pairs),
        lines=tuple(lines),
        **measure(pairs, ignore_space=ignore_space),
        loss=float(np.mean(losses)) if losses else 0.0,
        fps=len(pairs) / max(1e-9, time.perf_counter() - started),
    )
