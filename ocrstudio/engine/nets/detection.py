"""What both detection networks share: the pyramid neck, the head of differentiable binarisation, the whole.

Paper: Liao et al., Real-time Scene Text Detection with Differentiable Binarization, AAAI 2020. The head's threshold
branch lives in training only: the deployed models do not have it, so it starts as a copy of the binarising branch.
"""

# Paddle comes without types: its Layer is Any to mypy
# mypy: disable-error-code="misc"

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import paddle
from paddle import nn
from paddle.nn import functional as F  # noqa: N812  (the name that every Paddle user knows)

from ocrstudio.engine.nets.blocks import Conv2D, Enlarge, FrozenNorm, SqueezeExcite
from ocrstudio.engine.nets.convolution import enlarged

PYRAMID_CHANNELS = 96
LEVEL_CHANNELS = PYRAMID_CHANNELS // 4
# Slope of the neck's hard sigmoids; the backbones use 1 / 6.
SLOPE = 0.2
# How steeply the binary map changes around the threshold (the paper's k).
STEEPNESS = 50.0


class Maps(NamedTuple):
    """What the network says in training, each (N, 1, H, W) in 0..1."""

    shrink: paddle.Tensor
    threshold: paddle.Tensor
    binary: paddle.Tensor


class ExcitedConv(nn.Layer):
    """Convolution without bias whose result gets its squeeze-excited self added.

    Args:
        channels_in: Of the input.
        channels_out: Of the output.
        kernel: Of the convolution; with `depthwise` of the depthwise convolution before a 1 x 1 one.
        depthwise: See kernel.
    """

    def __init__(self, channels_in: int, channels_out: int, kernel: int = 1, *, depthwise: bool = False) -> None:
        super().__init__()
        self.depthwise = None
        if depthwise:
            self.depthwise = Conv2D(channels_in, channels_in, kernel, padding=kernel // 2, groups=channels_in)
            kernel = 1
        self.conv = Conv2D(channels_in, channels_out, kernel, padding=kernel // 2, bias_attr=False)
        self.squeeze = SqueezeExcite(channels_out, SLOPE)

    def forward(self, x: paddle.Tensor) -> paddle.Tensor:
        x = self.conv(x if self.depthwise is None else self.depthwise(x))
        return x + self.squeeze(x)


class PyramidNeck(nn.Layer):
    """Four feature maps, strides 4 to 32, to one of 96 channels at stride 4.

    Args:
        channels: Of the feature maps, from stride 4 to stride 32.
        kernel: Of the convolutions on each level.
        depthwise: Whether those are depthwise.
    """

    def __init__(self, channels: Sequence[int], kernel: int, *, depthwise: bool) -> None:
        super().__init__()
        # both lists from coarse to fine, the order in which the sources use them
        self.lateral = nn.LayerList([ExcitedConv(count, PYRAMID_CHANNELS) for count in reversed(channels)])
        self.levels = nn.LayerList(
            [ExcitedConv(PYRAMID_CHANNELS, LEVEL_CHANNELS, kernel, depthwise=depthwise) for _ in channels]
        )

    def forward(self, features: Sequence[paddle.Tensor]) -> paddle.Tensor:
        # Paddle's tracer knows no zip with `strict`
        sums: list[paddle.Tensor] = []
        for level, layer in enumerate(self.lateral):
            lateral = layer(features[-1 - level])
            sums.append(lateral + enlarged(sums[-1], 2) if level > 0 else lateral)
        last = len(self.levels) - 1
        outputs = []
        for level, layer in enumerate(self.levels):
            x = layer(sums[level])
            outputs.append(enlarged(x, 1 << (last - level)) if level < last else x)
        return paddle.concat(outputs, axis=1)


class MapBranch(nn.Layer):
    """Pyramid features (N, 96, H / 4, W / 4) to one map (N, 1, H, W) in 0..1.

    Args:
        normed: Whether batch normalisation follows the first two layers (then the first has no bias); where the source
            has it folded into them, it stays folded.
    """

    def __init__(self, *, normed: bool) -> None:
        super().__init__()
        bias = False if normed else None
        self.conv = Conv2D(PYRAMID_CHANNELS, LEVEL_CHANNELS, 3, padding=1, bias_attr=bias)
        self.norm1 = FrozenNorm(LEVEL_CHANNELS) if normed else nn.Identity()
        self.enlarge1 = Enlarge(LEVEL_CHANNELS, LEVEL_CHANNELS)
        self.norm2 = FrozenNorm(LEVEL_CHANNELS) if normed else nn.Identity()
        self.enlarge2 = Enlarge(LEVEL_CHANNELS, 1)

    def forward(self, x: paddle.Tensor) -> paddle.Tensor:
        x = F.relu(self.norm1(self.conv(x)))
        x = F.relu(self.norm2(self.enlarge1(x)))
        return F.sigmoid(self.enlarge2(x))


class BinarisingHead(nn.Layer):
    """The shrink map in evaluation mode, all three maps in training mode."""

    def __init__(self, *, normed: bool) -> None:
        super().__init__()
        self.binarize = MapBranch(normed=normed)
        self.threshold = MapBranch(normed=normed)

    def forward(self, x: paddle.Tensor) -> paddle.Tensor | Maps:
        shrink = self.binarize(x)
        if not self.training:
            return shrink
        threshold = self.threshold(x)
        return Maps(shrink, threshold, F.sigmoid(STEEPNESS * (shrink - threshold)))


class DetectionNetwork(nn.Layer):
    """Backbone, neck and head.

    Args:
        backbone: Images (N, 3, H, W) to the list of feature maps.
        channels: Of the feature maps.
        kernel: See `PyramidNeck`.
        depthwise: See `PyramidNeck`.
        normed: See `MapBranch`.
    """

    def __init__(
        self, backbone: nn.Layer, channels: Sequence[int], *, kernel: int, depthwise: bool, normed: bool
    ) -> None:
        super().__init__()
        self.backbone = backbone
        self.neck = PyramidNeck(channels, kernel, depthwise=depthwise)
        self.head = BinarisingHead(normed=normed)

    def forward(self, images: paddle.Tensor) -> paddle.Tensor | Maps:
        return self.read_features(self.backbone(images))

    def read_features(self, features: Sequence[paddle.Tensor]) -> paddle.Tensor | Maps:
        """The maps from the backbone's four feature maps."""
        return self.head(self.neck(features))


class DeployedDetector(nn.Layer):
    """The network as it is exported: images (N, 3, H, W) to the shrink map (N, 1, H, W)."""

    def __init__(self, network: DetectionNetwork) -> None:
        super().__init__()
        self.backbone, self.neck, self.binarize = network.backbone, network.neck, network.head.binarize

    def forward(self, images: paddle.Tensor) -> paddle.Tensor:
        return self.binarize(self.neck(self.backbone(images)))
