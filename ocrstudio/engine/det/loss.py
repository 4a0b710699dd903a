"""How far the maps of the network are from those they should be.

Source: "Real-time Scene Text Detection with Differentiable Binarization" (Liao et al., 2020) with PaddleOCR's DBLoss.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ocrstudio.engine.det.rules import LossRules

if TYPE_CHECKING:
    import paddle

_EPSILON = 1e-6


def detection_losses(
    predicted: tuple[paddle.Tensor, paddle.Tensor, paddle.Tensor], target: Mapping[str, paddle.Tensor], rules: LossRules
) -> dict[str, paddle.Tensor]:
    """The parts of the loss, weighted; their sum is what is minimised.

    Args:
        predicted: Shrink, threshold and binary map, (N, 1, H, W) in 0..1 each.
        target: `shrink`, `shrink_mask`, `threshold`, `threshold_mask`, (N, H, W) float32 each.
        rules: Weights.

    Returns:
        Scalars loss_shrink_maps, loss_threshold_maps, loss_binary_maps. A batch without any text has no shrink loss:
        PaddleOCR balances background against text, three pixels to one, and for the Dice loss, a single number for
        all pixels, nothing else remains of that.
    """
    shrink, threshold, binary = (part.squeeze(1) for part in predicted)
    core, mask = target["shrink"], target["shrink_mask"]
    shrink_loss = _dice(shrink, core, mask)
    if rules.balance:
        shrink_loss = shrink_loss * ((core * mask).sum() > 0).astype(shrink_loss.dtype)
    return {
        "loss_shrink_maps": rules.alpha * shrink_loss,
        "loss_threshold_maps": rules.beta * _masked_l1(threshold, target["threshold"], target["threshold_mask"]),
        "loss_binary_maps": _dice(binary, core, mask),
    }


def _dice(predicted: paddle.Tensor, wanted: paddle.Tensor, mask: paddle.Tensor) -> paddle.Tensor:
    """1 - twice the shared part of both by their sum: 0 where they agree, 1 where they share nothing."""
    seen = predicted * mask
    # float32 throughout: half precision cannot count the pixels of a batch
    shared = (seen * wanted).astype("float32").sum()
    both = seen.astype("float32").sum() + (wanted * mask).astype("float32").sum() + _EPSILON
    return 1 - 2 * shared / both


def _masked_l1(predicted: paddle.Tensor, wanted: paddle.Tensor, mask: paddle.Tensor) -> paddle.Tensor:
    """The mean difference where the mask says so."""
    off = ((predicted - wanted).abs() * mask).astype("float32").sum()
    return off / (mask.astype("float32").sum() + _EPSILON)
