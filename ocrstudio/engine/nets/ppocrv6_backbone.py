"""The blocks of PP-OCRv6 small's backbones in their deployed form.

Facts (kernels, strides, where squeeze-excite and shortcuts sit) were read off the ONNX graphs.
"""

# Paddle comes without types: its Layer is Any to mypy
# mypy: disable-error-code="misc"

from __future__ import annotations

from typing import NamedTuple

import paddle
from paddle import nn
from paddle.nn import functional as F  # noqa: N812  (the name that every Paddle user knows)

from ocrstudio.engine.nets.blocks import Conv2D, SqueezeExcite


class BlockPlan(NamedTuple):
    """One block of the backbone; only blocks with stride (1, 1) and as many channels out as in add a shortcut."""

    channels_in: int
    channels_out: int
    stride: tuple[int, int] = (1, 1)
    squeeze: bool = False


class Stem(nn.Layer):
    """Two paths over the first convolution, joined and brought to a quarter of the image's size.

    Args:
        width: Channels of the first convolution; twice as many come out.
    """

    def __init__(self, width: int) -> None:
        super().__init__()
        self.conv1 = Conv2D(3, width, 3, stride=2, padding=1)
        self.conv2a = Conv2D(width, width // 2, 2)
        self.conv2b = Conv2D(width // 2, width, 2)
        self.conv3 = Conv2D(2 * width, width, 3, stride=2, padding=1)
        self.conv4 = Conv2D(width, 2 * width, 1)

    def forward(self, images: paddle.Tensor) -> paddle.Tensor:
        first = F.relu(self.conv1(images))
        # one more row below and column on the right: 2 x 2 windows that keep the size (ONNX's SAME_UPPER)
        second = F.relu(self.conv2a(F.pad(first, [0, 1, 0, 1])))
        second = F.relu(self.conv2b(F.pad(second, [0, 1, 0, 1])))
        pooled = F.max_pool2d(F.pad(first, [0, 1, 0, 1]), 2, stride=1)
        joined = paddle.concat([pooled, second], axis=1)
        return F.relu(self.conv4(F.relu(self.conv3(joined))))


class Block(nn.Layer):
    """Depthwise convolution, then two pointwise ones with a GELU between, which see one pixel at a time."""

    def __init__(self, plan: BlockPlan) -> None:
        super().__init__()
        width = plan.channels_in
        self.depthwise = Conv2D(width, width, 3, stride=plan.stride, padding=1, groups=width)
        self.squeeze = SqueezeExcite(width) if plan.squeeze else None
        self.widen = Conv2D(width, 2 * width, 1)
        self.narrow = Conv2D(2 * width, plan.channels_out, 1)
        self.shortcut = plan.stride == (1, 1)

    def forward(self, x: paddle.Tensor) -> paddle.Tensor:
        x = self.depthwise(x)
        if self.squeeze is not None:
            x = self.squeeze(x)
        mixed = self.narrow(F.gelu(self.widen(x)))
        return x + mixed if self.shortcut else mixed
