"""A new dictionary on an old output layer: rows are moved by character, never by index.

The classes of a CTC layer are blank, the dictionary's characters, space. Appending one moves the space, removing
one moves all that follow: copying rows by index would hand every character the memory of another.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ocrstudio.core.charset import Charset

# How far below the lowest known character a new one starts, in logits: far enough that it wins nowhere before training.
NEW_CHARACTER_MARGIN = 4.0
# Scale of a new character's weights, as a share of the known rows' standard deviation: not zero, so that two new
# characters can learn different things.
NEW_CHARACTER_SPREAD = 0.1


@dataclass(frozen=True)
class Graft:
    """The output layer for a new dictionary.

    Attributes:
        weight: (120, classes) float32.
        bias: (classes,) float32.
        kept: Characters that brought their old rows.
        new: Characters that start without memory, or from their look-alike.
    """

    weight: NDArray[np.float32]
    bias: NDArray[np.float32]
    kept: tuple[str, ...]
    new: tuple[str, ...]


def graft_head(
    weight: NDArray[np.float32],
    bias: NDArray[np.float32],
    old: Charset,
    new: Charset,
    *,
    seed: int = 0,
    look_alikes: Mapping[str, str] | None = None,
) -> Graft:
    """Builds the output layer of another dictionary from an existing one.

    Args:
        weight: (features, old classes).
        bias: (old classes,).
        old: The dictionary of `weight` and `bias`.
        new: The wanted dictionary.
        seed: Of the small random weights of characters without memory.
        look_alikes: New character -> known character whose row it starts from; it still starts below that one.

    Returns:
        The layer; the logits of every kept character, of blank and of space are exactly the old ones.
    """
    names, old_index = new.labels, {name: index for index, name in reversed(list(enumerate(old.labels)))}
    random = np.random.default_rng(seed)
    features = weight.shape[0]
    fresh_weight = random.normal(0.0, float(weight.std()) * NEW_CHARACTER_SPREAD, (features, len(names)))
    new_weight = fresh_weight.astype(np.float32)
    new_bias = np.full(len(names), float(bias.min()) - NEW_CHARACTER_MARGIN, np.float32)
    copied = [(here, old_index[name]) for here, name in enumerate(names) if name in old_index]
    here, there = np.array(copied).T
    new_weight[:, here] = weight[:, there]
    new_bias[here] = bias[there]
    for character, model in (look_alikes or {}).items():
        if character in names and character not in old_index and model in old_index:
            new_weight[:, names.index(character)] += weight[:, old_index[model]]
            new_bias[names.index(character)] = bias[old_index[model]] - NEW_CHARACTER_MARGIN
    return Graft(new_weight, new_bias, *_told_apart(new.characters, old_index))


def _told_apart(characters: Sequence[str], known: Mapping[str, int]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    kept = tuple(character for character in characters if character in known)
    return kept, tuple(character for character in characters if character not in known)
