"""The backbone of PP-OCRv4 mobile in its deployed form.

Every layer is one convolution with bias, a scalar scale and shift, a hard swish, another scalar scale and shift: the
many branches of PaddleOCR's trainable form are folded into the convolution. Facts (kernels, strides, widths, where
squeeze-excite sits) were read off the deployed programs.
"""

# Paddle comes without types: its Layer is Any to mypy
# mypy: disable-error-code="misc"

from __future__ import annotations

from typing import NamedTuple

import paddle
from paddle import nn
from paddle.nn import functional as F  # noqa: N812  (the name that every Paddle user knows)

from ocrstudio.engine.nets.blocks import ConvNorm, SqueezeExcite
from ocrstudio.engine.nets.convolution import affine, convolve

STEM_CHANNELS = 16


class BlockPlan(NamedTuple):
    """One block: a depthwise layer with `kernel` and `stride`, perhaps squeeze-excite, a pointwise layer."""

    channels_in: int
    channels_out: int
    kernel: int
    stride: tuple[int, int] = (1, 1)
    squeeze: bool = False

    @property
    def active(self) -> bool:
        """Whether the depthwise layer ends in an activation: not where it halves height and width."""
        return self.stride != (2, 2)


class ScaledConv(nn.Layer):
    """Convolution, scalar affine map; then, if `active`, hard swish and another scalar affine map.

    The parameters stand in the order of the deployed program.
    """

    def __init__(
        self,
        channels_in: int,
        channels_out: int,
        kernel: int = 1,
        *,
        stride: tuple[int, int] = (1, 1),
        depthwise: bool = False,
        active: bool = True,
    ) -> None:
        super().__init__()
        self.stride, self.padding = stride, kernel // 2
        self.groups = channels_in if depthwise else 1
        self.active = active
        shape = [channels_out, channels_in // self.groups, kernel, kernel]
        self.weight = self.create_parameter(shape, default_initializer=nn.initializer.KaimingNormal())
        self.bias = self.create_parameter([channels_out], is_bias=True)
        self.scale = self.create_parameter([1], default_initializer=nn.initializer.Constant(1.0))
        self.shift = self.create_parameter([1], is_bias=True)
        if active:
            self.active_scale = self.create_parameter([1], default_initializer=nn.initializer.Constant(1.0))
            self.active_shift = self.create_parameter([1], is_bias=True)

    def forward(self, x: paddle.Tensor) -> paddle.Tensor:
        y = convolve(x, self.weight, self.stride, self.padding, self.groups)
        channels = self.bias.shape[0]
        y = affine(y, self.scale.expand([channels]), self.bias * self.scale + self.shift)
        if not self.active:
            return y
        return affine(F.hardswish(y), self.active_scale.expand([channels]), self.active_shift.expand([channels]))


class Block(nn.Layer):
    """See `BlockPlan`."""

    def __init__(self, plan: BlockPlan) -> None:
        super().__init__()
        width = plan.channels_in
        self.depthwise = ScaledConv(width, width, plan.kernel, stride=plan.stride, depthwise=True, active=plan.active)
        self.squeeze = SqueezeExcite(width) if plan.squeeze else None
        self.pointwise = ScaledConv(width, plan.channels_out)

    def forward(self, x: paddle.Tensor) -> paddle.Tensor:
        x = self.depthwise(x)
        if self.squeeze is not None:
            x = self.squeeze(x)
        return self.pointwise(x)


class Trunk(nn.Layer):
    """Stem and blocks; what becomes of their outputs is up to the network."""

    def __init__(self, plans: tuple[BlockPlan, ...]) -> None:
        super().__init__()
        self.stem = ConvNorm(3, STEM_CHANNELS, (3, 3), stride=2)
        self.blocks = nn.LayerList([Block(plan) for plan in plans])

    def stages(self, images: paddle.Tensor) -> list[paddle.Tensor]:
        """The output of each block."""
        outputs = [self.stem(images)]
        for block in self.blocks:
            outputs.append(block(outputs[-1]))
        return outputs[1:]
