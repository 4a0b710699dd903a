"""How far each character's row of the output layer goes in a step."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import paddle
from numpy.typing import NDArray

from ocrstudio.core.charset import BLANK, Charset


def paces(
    known: Charset, wanted: Charset, texts: Iterable[str], *, freeze_unseen: bool, new: float
) -> NDArray[np.float32] | None:
    """Multiples of a step, one for each output.

    Args:
        known: What the model knew.
        wanted: The characters of the output layer.
        texts: Of all training lines, old ones that are mixed in included.
        freeze_unseen: Whether the rows of characters that stand in none of these texts stay as they are.
        new: Multiple for characters that the model did not know.

    Returns:
        (classes,); None if every row goes like all others.
    """
    found = np.ones(wanted.classes, np.float32)
    had = set(known.labels)
    found[[place for place, label in enumerate(wanted.labels) if label not in had]] = new
    if freeze_unseen:
        seen = {BLANK, *(place for text in texts for place in wanted.encode(text))}
        found[[place for place in range(wanted.classes) if place not in seen]] = 0.0
    return None if (found == 1.0).all() else found


class RowPace:
    """Corrects the optimiser's steps.

    Adam's steps are equally long however small a gradient is. So each of them pushes the rows of characters that stand
    in no line a little further down, until they are forgotten; and rows of new characters, which begin far below all
    others (`engine.graft`), need hundreds of steps to get up, in which the rest forgets.

    Args:
        head: The output layer, `paddle.nn.Linear`.
        multiples: See `paces`.
    """

    def __init__(self, head: Any, multiples: NDArray[np.float32]) -> None:
        self._head, self._multiples = head, paddle.to_tensor(multiples)

    @contextmanager
    def stepping(self) -> Iterator[None]:
        """Around a step of the optimiser."""
        parameters = (self._head.weight, self._head.bias)  # (features, classes), (classes,)
        before = [parameter.detach().clone() for parameter in parameters]
        yield
        with paddle.no_grad():
            for parameter, old in zip(parameters, before, strict=True):
                parameter.set_value(old + (parameter - old) * self._multiples)
