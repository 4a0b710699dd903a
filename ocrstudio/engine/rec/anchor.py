"""Old lines hold the network: what its neck made of them before the training may change little.

The classes of an old line say whether it is still read; its features say so long before it is not. So the loss of the
old lines that are mixed in gets the distance of their features from what they were, as in "less-forgetting learning"
(Jung et al. 2016, arXiv 1607.00122), and new lines can be learned at a higher rate. The head's rows are left to the
loss of the texts, and to `rec.row_pace`.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence
from typing import Any

import paddle


class Anchor:
    """The network as it was.

    Args:
        network: With the weights that the training starts from; copied.
        strength: Multiple of the distance.
    """

    def __init__(self, network: Any, strength: float) -> None:
        self._old, self._strength = copy.deepcopy(network), strength
        self._old.eval()

    def pull(self, features_of: Callable[[Any], Any], features: Any, rows: Sequence[int]) -> Any:
        """What a batch's loss gets.

        Args:
            features_of: The features (lines, steps, channels) that a network's neck makes of the batch.
            features: Those of the network that learns.
            rows: The old lines of the batch; at least one.

        Returns:
            The squared distance by the squared length of the old features, times the share of old lines.
        """
        places = paddle.to_tensor(list(rows))
        with paddle.no_grad():
            before = paddle.gather(features_of(self._old), places).astype("float32")
        apart = paddle.gather(features, places) - before
        share = len(rows) / features.shape[0]
        return self._strength * share * apart.square().mean() / before.square().mean()
