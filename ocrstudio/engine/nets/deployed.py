"""The networks as they are exported."""

# Paddle comes without types: its Layer is Any to mypy
# mypy: disable-error-code="misc"

from __future__ import annotations

import paddle
from paddle import nn
from paddle.nn import functional as F  # noqa: N812  (the name that every Paddle user knows)


class DeployedRecognizer(nn.Layer):
    """Images (N, 3, 48, W) to probabilities (N, W / 8, classes)."""

    def __init__(self, network: nn.Layer) -> None:
        super().__init__()
        self.network = network

    def forward(self, images: paddle.Tensor) -> paddle.Tensor:
        return F.softmax(self.network(images), axis=2)


class DeployedDetector(nn.Layer):
    """Images (N, 3, H, W) to the shrink map (N, 1, H, W)."""

    def __init__(self, network: nn.Layer) -> None:
        super().__init__()
        self.backbone, self.neck, self.binarize = network.backbone, network.neck, network.head.binarize

    def forward(self, images: paddle.Tensor) -> paddle.Tensor:
        return self.binarize(self.neck(self.backbone(images)))
