"""Convolutions for training on a CPU, forwards and back, in a third of the processor time of Paddle's own.

Forwards, onnxruntime computes them. Back, the input's gradient is such a convolution too, with the kernel turned round.
The kernel's gradient of a depthwise convolution is made of products of sums that BLAS computes: on padded rows laid end
to end every shift of the kernel is one offset, and nothing is copied. That of a dense convolution is one product of
matrices, for which the output's gradient, having fewer channels than the input, is laid out once per shift.

Stride is reduced to stride 1 on the way back: gradients go to their places on a map of the unstrided size, zeros in
between.
"""

# Paddle comes without types: its PyLayer is Any to mypy
# mypy: disable-error-code="misc"

from __future__ import annotations

from typing import Any

import numpy as np
import paddle
from numpy.typing import NDArray
from paddle.autograd import PyLayer

from ocrstudio.engine.nets.onnx_convolution import convolved

Array = NDArray[np.float32]
Pair = tuple[int, int]

# Values that are multiplied at once: as many as a processor's second cache holds.
BLOCK = 1 << 16


class FastConvolution(PyLayer):
    """`F.conv2d` of float32 on a CPU: no bias, odd kernel, padded to keep the size at stride 1, dense or depthwise."""

    @staticmethod
    def forward(ctx: Any, x: paddle.Tensor, weight: paddle.Tensor, stride: Pair, groups: int) -> paddle.Tensor:
        """(N, C, H, W), (C', C / groups, h, w) -> (N, C', H', W'); groups is 1 or C = C'."""
        ctx.save_for_backward(x, weight)
        ctx.stride, ctx.groups = stride, groups
        ctx.wants = not x.stop_gradient, not weight.stop_gradient
        return paddle.to_tensor(convolved(x.numpy(), weight.numpy(), stride, groups))

    @staticmethod
    def backward(ctx: Any, gradient: paddle.Tensor) -> tuple[paddle.Tensor | None, paddle.Tensor | None]:
        """Gradients of input and kernel, None for what does not learn."""
        x, weight = ctx.saved_tensor()
        dy = gradient.numpy() if ctx.stride == (1, 1) else spread(gradient.numpy(), x.shape[2:], ctx.stride)
        dx = dw = None
        if ctx.wants[0]:
            turned = weight.numpy()[:, :, ::-1, ::-1]
            dx = paddle.to_tensor(
                convolved(dy, turned if ctx.groups > 1 else turned.swapaxes(0, 1), (1, 1), ctx.groups)
            )
        if ctx.wants[1]:
            kernel = (weight.shape[2], weight.shape[3])
            dw = depthwise_gradient(x.numpy(), dy, kernel) if ctx.groups > 1 else dense_gradient(x, dy, kernel)
        return dx, dw


def spread(gradient: Array, size: list[int], stride: Pair) -> Array:
    """The gradient of the output as if the stride had been 1: zeros where no output was taken."""
    whole = np.zeros((*gradient.shape[:2], *size), np.float32)
    whole[:, :, :: stride[0], :: stride[1]] = gradient
    return whole


def depthwise_gradient(x: Array, dy: Array, kernel: Pair) -> paddle.Tensor:
    """The kernel's gradient (C, 1, h, w).

    Args:
        x: (N, C, H, W).
        dy: Of the output at stride 1: (N, C, H, W).
        kernel: (h, w), both odd.
    """
    _, channels, height, width = x.shape
    down, right = kernel[0] // 2, kernel[1] // 2
    wide = width + 2 * right
    total = np.zeros((channels, *kernel), np.float32)
    block = max(1, BLOCK // (height * wide))
    # the last shifts look a few values beyond the last row; there the gradient is zero
    rows = np.zeros((block, (height + 2 * down) * wide + kernel[1]), np.float32)
    flat = np.zeros((block, height * wide), np.float32)
    inside = rows[:, down * wide : (height + down) * wide].reshape(block, height, wide)
    for image, gradient in zip(x, dy, strict=True):
        for start in range(0, channels, block):
            part = slice(start, start + block)
            count = len(image[part])
            inside[:count, :, right : right + width] = image[part]
            flat.reshape(block, height, wide)[:count, :, :width] = gradient[part]
            for i in range(kernel[0]):
                for j in range(kernel[1]):
                    offset = i * wide + j
                    shifted = rows[:count, None, offset : offset + height * wide]
                    total[part, i, j] += np.matmul(shifted, flat[:count, :, None])[:, 0, 0]
    return paddle.to_tensor(total[:, None])


def dense_gradient(x: paddle.Tensor, dy: Array, kernel: Pair) -> paddle.Tensor:
    """The kernel's gradient (C', C, h, w).

    Args:
        x: (N, C, H, W).
        dy: Of the output at stride 1: (N, C', H, W).
        kernel: (h, w), both odd.
    """
    _, channels, height, width = dy.shape
    down, right = kernel[0] // 2, kernel[1] // 2
    padded = np.zeros((channels, height + 2 * down, width + 2 * right), np.float32)
    inside = padded[:, down : down + height, right : right + width]
    shifts = np.empty((*kernel, channels, height, width), np.float32)
    total = paddle.zeros([kernel[0] * kernel[1] * channels, x.shape[1]])
    for image, gradient in zip(x, dy, strict=True):
        inside[:] = gradient
        for i in range(kernel[0]):
            for j in range(kernel[1]):
                # what the output's pixel takes from i rows below, this pixel gives to the output i rows above
                top, left = 2 * down - i, 2 * right - j
                shifts[i, j] = padded[:, top : top + height, left : left + width]
        matrix = paddle.to_tensor(shifts.reshape(-1, height * width))
        total += paddle.matmul(matrix, image.flatten(1), transpose_y=True)
    return total.reshape([*kernel, channels, -1]).transpose([2, 3, 0, 1])
