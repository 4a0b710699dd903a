"""The operations of the networks that Paddle has a faster way for on a CPU than its own."""

from __future__ import annotations

from typing import Any

import paddle
from paddle.nn import functional as F  # noqa: N812  (the name that every Paddle user knows)

from ocrstudio.engine.nets.fast_convolution import FastConvolution


def learns_on_cpu(x: paddle.Tensor) -> bool:
    """Whether an operation is one of a training on a CPU: not of an export, not on a GPU, not without gradients."""
    return bool(paddle.in_dynamic_mode() and paddle.is_grad_enabled() and x.place.is_cpu_place())


def convolve(x: paddle.Tensor, weight: paddle.Tensor, stride: Any, padding: Any, groups: int = 1) -> paddle.Tensor:
    """`F.conv2d` without bias; `groups` is 1, or the number of channels."""
    stride, padding = _pair(stride), _pair(padding)
    kernel = (weight.shape[2], weight.shape[3])
    keeps_size = padding == (kernel[0] // 2, kernel[1] // 2) and kernel[0] % 2 == kernel[1] % 2 == 1
    fast = groups > 1 or (kernel != (1, 1) and stride == (1, 1))
    if keeps_size and fast and learns_on_cpu(x):
        return FastConvolution.apply(x, weight, stride, groups)
    return F.conv2d(x, weight, None, stride, padding, groups=groups)


def _pair(value: Any) -> tuple[int, int]:
    return (value, value) if isinstance(value, int) else (value[0], value[1])


def affine(x: paddle.Tensor, scale: paddle.Tensor | None, shift: paddle.Tensor) -> paddle.Tensor:
    """scale * x + shift for every channel.

    Batch normalisation with mean 0 and variance 1 is that, and on a CPU, forwards and backwards, several times faster
    than broadcasting.

    Args:
        x: (N, C, H, W).
        scale: (C,); ones if None.
        shift: (C,).
    """
    channels = shift.shape[0]
    zeros, ones = paddle.zeros([channels], x.dtype), paddle.ones([channels], x.dtype)
    if scale is None:
        scale = paddle.ones([channels], x.dtype)
        # Paddle computes the shift's gradient only together with the scale's
        scale.stop_gradient = False
    return F.batch_norm(x, zeros, ones, scale, shift, training=False, epsilon=0.0)


def enlarged(x: paddle.Tensor, times: int) -> paddle.Tensor:
    """Every pixel as a square of `times` x `times` pixels."""
    if not learns_on_cpu(x):
        return F.interpolate(x, scale_factor=times, mode="nearest")
    # a product with ones widens the rows, copies follow: several times faster than Paddle's interpolation
    count, channels, height, width = x.shape
    widening = paddle.eye(width, dtype=x.dtype).unsqueeze(2).expand([width, width, times]).reshape([width, -1])
    rows = paddle.matmul(x, widening).unsqueeze(3)
    return paddle.concat([rows] * times, axis=3).reshape([count, channels, height * times, width * times])
