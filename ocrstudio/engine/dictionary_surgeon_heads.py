"""The layers of PaddleOCR's recognition networks that have a row for each character, found in a `.pdparams` by name.

How the rows are ordered (n characters, the space among them if it is used):

| layer | before | the characters | behind | axis |
|---|---|---|---|---|
| CTC `head.fc`, `ctc_head.fc` | blank | n | | last |
| NRTR `tgt_word_prj`, `embedding.embedding` | blank, unknown, start, end | n | one unused | last, first |
| SAR `decoder.embedding` | | n | unknown, start/end, padding | first |
| SAR `decoder.prediction` | | n | unknown, start/end | last |

A distillation checkpoint holds one network per prefix (`Student.`, `Teacher.`), each with its own such layers.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ocrstudio.core.charset import Charset
from ocrstudio.core.errors import QT_TRANSLATE_NOOP, EngineError
from ocrstudio.engine.graft import LOOK_ALIKE_SHARE, NEW_CHARACTER_MARGIN, Move, grafted_rows, moved

Tensors = dict[str, NDArray[Any]]


@dataclass(frozen=True)
class Kind:
    """One kind of layer with a row for each character.

    Attributes:
        head: "CTC", "NRTR" or "SAR".
        pattern: Which tensors it is, by the end of their names.
        axis: The axis of the rows.
        before: Special classes in front of the characters.
        after: Special classes behind them.
        share: Of a look-alike in a new row (see `graft.grafted_rows`).
        lower: What is taken off a new row.
        output: Whether it says which character is read; otherwise it is what the decoder is told about the last one.
    """

    head: str
    pattern: re.Pattern[str]
    axis: int
    before: int
    after: int
    share: float = 1.0
    lower: float = 0.0
    output: bool = True


KINDS = (
    Kind("CTC", re.compile(r"(^|[._])head\.fc2?\.weight$"), 1, 1, 0),
    Kind("CTC", re.compile(r"(^|[._])head\.fc2?\.bias$"), 0, 1, 0, lower=NEW_CHARACTER_MARGIN),
    # no bias: only the mixture keeps a new character down
    Kind("NRTR", re.compile(r"(^|\.)tgt_word_prj\.weight$"), 1, 4, 1, share=LOOK_ALIKE_SHARE),
    Kind("NRTR", re.compile(r"(^|\.)embedding\.embedding\.weight$"), 0, 4, 1, output=False),
    Kind("SAR", re.compile(r"(^|\.)decoder\.prediction\.weight$"), 1, 0, 2),
    Kind("SAR", re.compile(r"(^|\.)decoder\.prediction\.bias$"), 0, 0, 2, lower=NEW_CHARACTER_MARGIN),
    Kind("SAR", re.compile(r"(^|\.)decoder\.embedding\.weight$"), 0, 0, 3, output=False),
)
NO_HEAD = QT_TRANSLATE_NOOP("Errors", "{file} has no CTC, NRTR or SAR layer whose rows are characters.")
CHOOSE_REC = QT_TRANSLATE_NOOP("Errors", "Choose the weights of a recognition network.")
WRONG_DICTIONARY = QT_TRANSLATE_NOOP(
    "Errors", "{file} reads {classes} characters ({tensor}), but its dictionary {dictionary} has {lines} lines."
)
CHOOSE_DICTIONARY = QT_TRANSLATE_NOOP("Errors", "Give the dictionary that these weights were trained with.")


def layers_of(tensors: Mapping[str, NDArray[Any]]) -> dict[str, Kind]:
    """The tensors that have a row for each character, by name, in the file's order."""
    return {
        name: kind
        for name, array in tensors.items()
        for kind in KINDS
        if kind.pattern.search(name) and array.ndim == (1 if name.endswith("bias") else 2)
    }


def charset_of(tensors: Mapping[str, NDArray[Any]], classes: tuple[str, ...], file: Path, dictionary: Path) -> Charset:
    """The charset of some weights: their dictionary, with the appended space if they have an output for it.

    Args:
        tensors: The weights.
        classes: Lines of their dictionary.
        file: The weights, for messages.
        dictionary: The dictionary, for messages.

    Raises:
        EngineError: If there is no layer with characters, or one has another number of them.
    """
    layers = layers_of(tensors)
    if not layers:
        raise EngineError(NO_HEAD, CHOOSE_REC, file=file)
    use_space: bool | None = None
    for name, kind in layers.items():
        count = tensors[name].shape[kind.axis] - kind.before - kind.after
        more = count - len(classes)
        if more not in (0, 1) or use_space not in (None, bool(more)):
            raise EngineError(
                WRONG_DICTIONARY,
                CHOOSE_DICTIONARY,
                file=file,
                classes=count,
                tensor=name,
                dictionary=dictionary,
                lines=len(classes),
            )
        use_space = bool(more)
    return Charset(classes, bool(use_space))


def character_count(tensors: Mapping[str, NDArray[Any]]) -> int | None:
    """How many characters (space included) the first such layer reads; None if there is none."""
    for name, kind in layers_of(tensors).items():
        return int(tensors[name].shape[kind.axis] - kind.before - kind.after)
    return None


def graft_tensors(
    tensors: Mapping[str, NDArray[Any]], old: Charset, new: Charset, look_alikes: Mapping[str, str]
) -> Tensors:
    """The weights with every layer of characters made for another dictionary; everything else is left as it is.

    Args:
        tensors: All weights of a recognition network, or of several under prefixes.
        old: Their charset.
        new: The wanted one.
        look_alikes: New character -> known one to start from.
    """
    result = dict(tensors)
    for name, kind in layers_of(tensors).items():
        move = moved(old, new, before=kind.before, after=kind.after, look_alikes=look_alikes)
        rows = np.moveaxis(tensors[name], kind.axis, 0)
        grafted = grafted_rows(rows, move, share=kind.share, lower=kind.lower)
        result[name] = np.ascontiguousarray(np.moveaxis(grafted, 0, kind.axis)).astype(tensors[name].dtype)
    return result


@dataclass(frozen=True)
class RowProof:
    """What was checked on the rows of one output layer.

    Attributes:
        layer: Name of its weight.
        head: "CTC", "NRTR" or "SAR".
        kept: Rows that are the old ones, bit for bit.
        changed: Rows of characters that stay but are not (0, or the graft is wrong).
        new: Rows of new characters.
        features: Random features tried.
        won: How often a new character had the largest logit (0, or the graft is wrong).
    """

    layer: str
    head: str
    kept: int
    changed: int
    new: int
    features: int
    won: int


def prove_rows(
    before: Mapping[str, NDArray[Any]],
    after: Mapping[str, NDArray[Any]],
    old: Charset,
    new: Charset,
    *,
    features: int = 500,
) -> list[RowProof]:
    """Compares every output layer before and after: what stays is untouched, what is new wins nowhere.

    The random features are ten times larger than normalised ones; that they suffice follows from the mixture
    (`graft`), they only show it.
    """
    random = np.random.default_rng(0)
    proofs = []
    for name, kind in layers_of(before).items():
        if not kind.output or kind.axis == 0:
            continue
        move = moved(old, new, before=kind.before, after=kind.after)
        bias_name = name.removesuffix("weight") + "bias"
        was, became = before[name], after[name]
        bias = after.get(bias_name, np.zeros(move.total, np.float32))
        same = (became[:, move.here] == was[:, move.there]).all(axis=0)
        if bias_name in before:
            same &= bias[move.here] == before[bias_name][move.there]
        inputs = (10 * random.normal(size=(features, was.shape[0]))).astype(np.float32)
        won = _won(inputs @ became.astype(np.float32) + bias, move)
        proofs.append(RowProof(name, kind.head, int(same.sum()), int((~same).sum()), len(move.fresh), features, won))
    return proofs


def _won(logits: NDArray[np.float32], move: Move) -> int:
    if not move.fresh:
        return 0
    return int((logits[:, list(move.fresh)].max(axis=1) >= logits[:, move.here].max(axis=1)).sum())
