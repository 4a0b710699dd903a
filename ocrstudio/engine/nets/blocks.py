"""Building blocks that several networks share.

All of them are written for fine-tuning the deployed form: batch normalisation keeps the running statistics of the
source, because the batches of one project are too small and too alike to replace them, and because training and
evaluation then see the same function. Its gains and biases learn.
"""

# Paddle comes without types: its Layer is Any to mypy
# mypy: disable-error-code="misc"

from __future__ import annotations

import paddle
from paddle import nn
from paddle.nn import functional as F  # noqa: N812  (the name that every Paddle user knows)

from ocrstudio.engine.nets.convolution import affine, convolve


class Conv2D(nn.Conv2D):
    """A convolution with the parameters of Paddle's own, computed the fastest way for the device."""

    def forward(self, x: paddle.Tensor) -> paddle.Tensor:
        y = convolve(x, self.weight, self._stride, self._padding, self._groups)
        return y if self.bias is None else affine(y, None, self.bias)


class Enlarge(nn.Conv2DTranspose):
    """Transposed convolution with a 2 x 2 kernel and stride 2: every pixel becomes four."""

    def __init__(self, channels_in: int, channels_out: int) -> None:
        super().__init__(channels_in, channels_out, 2, stride=2)

    def forward(self, x: paddle.Tensor) -> paddle.Tensor:
        return affine(F.conv2d_transpose(x, self.weight, stride=2), None, self.bias)


class FrozenNorm(nn.BatchNorm2D):
    """Batch normalisation by the source's running statistics, in training too."""

    def forward(self, x: paddle.Tensor) -> paddle.Tensor:
        return F.batch_norm(x, self._mean, self._variance, self.weight, self.bias, training=False, epsilon=1e-5)


class ConvNorm(nn.Layer):
    """Convolution without bias that keeps the size at stride 1, then normalisation; no activation."""

    def __init__(
        self,
        channels_in: int,
        channels_out: int,
        kernel: tuple[int, int] = (1, 1),
        *,
        stride: int = 1,
        groups: int = 1,
    ) -> None:
        super().__init__()
        padding = (kernel[0] // 2, kernel[1] // 2)
        self.conv = Conv2D(
            channels_in, channels_out, kernel, stride=stride, padding=padding, groups=groups, bias_attr=False
        )
        self.norm = FrozenNorm(channels_out)

    def forward(self, x: paddle.Tensor) -> paddle.Tensor:
        return self.norm(self.conv(x))


class SqueezeExcite(nn.Layer):
    """Scales every channel by a weight between 0 and 1 that depends on the channels' means over the whole image.

    Args:
        channels: Of the image.
        slope: Of the hard sigmoid.
    """

    def __init__(self, channels: int, slope: float = 1 / 6) -> None:
        super().__init__()
        self.conv1 = nn.Conv2D(channels, channels // 4, 1)
        self.conv2 = nn.Conv2D(channels // 4, channels, 1)
        self.slope = slope

    def forward(self, x: paddle.Tensor) -> paddle.Tensor:
        # in two steps: one sum over all pixels of a page, one after the other in float32, loses the third digit
        means = x.mean(axis=3, keepdim=True).mean(axis=2, keepdim=True)
        return x * F.hardsigmoid(self.conv2(F.relu(self.conv1(means))), slope=self.slope)
