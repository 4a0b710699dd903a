"""A new dictionary on an old output layer: rows are moved by character, never by index.

The classes of a CTC layer are blank, the dictionary's characters, space. Appending one moves the space, removing
one moves all that follow: copying rows by index would hand every character the memory of another.

A new character must not win anywhere before training. Its row is a mixture of rows that stay (weights at least 0, sum
1), so whatever the features are, its logit is the same mixture of theirs and cannot exceed the largest; where the layer
has a bias it is lowered further. That is a proof for every image, not for those tried.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ocrstudio.core.charset import Charset

# How far below its mixture a new character starts in a layer with bias, in logits.
NEW_CHARACTER_MARGIN = 4.0
# Known rows in the mixture of a character without look-alike: each new one gets others, so that two can learn
# different things.
MIXED_ROWS = 64
# Share of the look-alike in the mixture of a layer without bias; the rest keeps it below.
LOOK_ALIKE_SHARE = 0.5


@dataclass(frozen=True)
class Move:
    """Which row of the new layer comes from where.

    Attributes:
        here: Rows of the new layer that have a memory.
        there: Their rows in the old one; same length.
        fresh: New row -> row of its look-alike in the old layer, None without one.
        mixable: Old rows of characters that stay: what new rows are mixed of.
        total: Rows of the new layer.
    """

    here: NDArray[np.int64]
    there: NDArray[np.int64]
    fresh: dict[int, int | None]
    mixable: NDArray[np.int64]
    total: int


@dataclass(frozen=True)
class Graft:
    """The output layer for a new dictionary.

    Attributes:
        weight: (features, classes) float32.
        bias: (classes,) float32.
        kept: Characters that brought their old rows.
        new: Characters that start without memory, or from their look-alike.
    """

    weight: NDArray[np.float32]
    bias: NDArray[np.float32]
    kept: tuple[str, ...]
    new: tuple[str, ...]


def moved(old: Charset, new: Charset, *, before: int, after: int, look_alikes: Mapping[str, str] | None = None) -> Move:
    """Where the rows of a layer go when its dictionary changes.

    A character that a dictionary holds twice (a space line and the appended space) keeps both: the n-th goes to the
    n-th.

    Args:
        old: The dictionary of the layer.
        new: The wanted one.
        before: Special classes before the characters (CTC's blank: 1).
        after: Special classes behind them (SAR's).
        look_alikes: New character -> known character; one that is left out does not count, for what would keep a row
            made from it below the rows that stay?
    """
    have, want = old.labels[1:], new.labels[1:]
    places: dict[str, list[int]] = {}
    for number, label in enumerate(have):
        places.setdefault(label, []).append(before + number)
    staying_labels = set(want)
    first = {label: numbers[0] for label, numbers in places.items() if label in staying_labels}
    pairs = [(number, number) for number in range(before)]
    fresh: dict[int, int | None] = {}
    for number, label in enumerate(want, start=before):
        if places.get(label):
            pairs.append((number, places[label].pop(0)))
        else:
            fresh[number] = first.get((look_alikes or {}).get(label, ""))
    staying = [there for _, there in pairs[before:]]
    pairs += [(before + len(want) + number, before + len(have) + number) for number in range(after)]
    here, there = np.array(pairs, np.int64).T.reshape(2, -1)
    # a dictionary that shares nothing with the old one has nobody to disturb
    mixable = np.array(staying or range(before + len(have)), np.int64)
    return Move(here, there, fresh, mixable, before + len(want) + after)


def grafted_rows(
    rows: NDArray[np.float32], move: Move, *, share: float, lower: float = 0.0, seed: int = 0
) -> NDArray[np.float32]:
    """The new layer's rows.

    Args:
        rows: (old classes, ...): a row for each class.
        move: What goes where.
        share: How much of a new row is its look-alike's, if it has one; the rest is the mixture.
        lower: What is taken off new rows (for a bias).
        seed: Chooses the mixtures; the same for weight and bias of a layer.

    Returns:
        (new classes, ...), float32; rows with a memory are the old ones, bit for bit.
    """
    random = np.random.default_rng(seed)
    result = np.empty((move.total, *rows.shape[1:]), np.float32)
    result[move.here] = rows[move.there]
    for number, model in move.fresh.items():
        count = min(MIXED_ROWS, len(move.mixable))
        mixture = rows[random.choice(move.mixable, count, replace=False)].mean(axis=0, dtype=np.float64)
        row = mixture if model is None else share * rows[model] + (1 - share) * mixture
        result[number] = row - lower
    return result


def graft_head(
    weight: NDArray[np.float32],
    bias: NDArray[np.float32],
    old: Charset,
    new: Charset,
    *,
    seed: int = 0,
    look_alikes: Mapping[str, str] | None = None,
) -> Graft:
    """Builds the CTC output layer of another dictionary from an existing one.

    Args:
        weight: (features, old classes).
        bias: (old classes,).
        old: The dictionary of `weight` and `bias`.
        new: The wanted dictionary.
        seed: Of the mixtures that characters without memory start from.
        look_alikes: New character -> known character whose row it starts from; it still starts below that one.

    Returns:
        The layer; the logits of every kept character, of blank and of space are exactly the old ones.
    """
    had = set(old.characters)
    alike = {name: model for name, model in (look_alikes or {}).items() if {model} <= had & set(new.characters)}
    move = moved(old, new, before=1, after=0, look_alikes=alike)
    new_weight = np.ascontiguousarray(grafted_rows(weight.T, move, share=1.0, seed=seed).T)
    new_bias = grafted_rows(bias, move, share=1.0, lower=NEW_CHARACTER_MARGIN, seed=seed)
    kept, added, _ = told_apart(old.characters, new.characters)
    return Graft(new_weight, new_bias, kept, added)


def told_apart(old: Sequence[str], new: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Characters of two dictionaries that stay, are new, and are left out; each in its dictionary's order."""
    had, wanted = set(old), set(new)
    return (
        tuple(character for character in new if character in had),
        tuple(character for character in new if character not in had),
        tuple(character for character in old if character not in wanted),
    )
