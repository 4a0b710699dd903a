"""What both recognition networks share: the transformer blocks of their necks, the head, the whole."""

# Paddle comes without types: its Layer is Any to mypy
# mypy: disable-error-code="misc"

from __future__ import annotations

import paddle
from paddle import nn
from paddle.nn import functional as F  # noqa: N812  (the name that every Paddle user knows)

NECK_CHANNELS = 120
HEADS = 8
DROPOUT = 0.1


class Attention(nn.Layer):
    """Self-attention over the time steps."""

    def __init__(self) -> None:
        super().__init__()
        self.qkv = nn.Linear(NECK_CHANNELS, 3 * NECK_CHANNELS)
        self.out = nn.Linear(NECK_CHANNELS, NECK_CHANNELS)
        self.drop = nn.Dropout(DROPOUT)

    def forward(self, x: paddle.Tensor) -> paddle.Tensor:
        size = NECK_CHANNELS // HEADS
        parts = self.qkv(x).reshape([0, -1, 3, HEADS, size]).transpose([2, 0, 3, 1, 4])
        query, key, value = parts[0] * size**-0.5, parts[1], parts[2]
        weights = F.softmax(paddle.matmul(query, key, transpose_y=True), axis=-1)
        mixed = paddle.matmul(weights, value).transpose([0, 2, 1, 3]).reshape([0, -1, NECK_CHANNELS])
        return self.drop(self.out(mixed))


class TransformerBlock(nn.Layer):
    """Attention and a two-layer perceptron, each normalised first and added to its input."""

    def __init__(self) -> None:
        super().__init__()
        self.norm1 = nn.LayerNorm(NECK_CHANNELS, epsilon=1e-5)
        self.attention = Attention()
        self.norm2 = nn.LayerNorm(NECK_CHANNELS, epsilon=1e-5)
        self.widen = nn.Linear(NECK_CHANNELS, 2 * NECK_CHANNELS)
        self.narrow = nn.Linear(2 * NECK_CHANNELS, NECK_CHANNELS)
        self.drop = nn.Dropout(DROPOUT)

    def forward(self, x: paddle.Tensor) -> paddle.Tensor:
        x = x + self.attention(self.norm1(x))
        hidden = self.drop(F.silu(self.widen(self.norm2(x))))
        return x + self.drop(self.narrow(hidden))


class RecognitionNetwork(nn.Layer):
    """Backbone, neck and head; returns logits.

    Args:
        backbone: Images (N, 3, 48, W) to features (N, C, 1, W / 8).
        neck: Features to time steps that know their neighbours: (N, T, 120).
        classes: Blank, characters, space.
    """

    def __init__(self, backbone: nn.Layer, neck: nn.Layer, classes: int) -> None:
        super().__init__()
        self.backbone = backbone
        self.neck = neck
        self.head = nn.Linear(NECK_CHANNELS, classes)

    def forward(self, images: paddle.Tensor) -> paddle.Tensor:
        return self.read_features(self.backbone(images))

    def read_features(self, features: paddle.Tensor) -> paddle.Tensor:
        """Logits (N, T, classes) from the backbone's features (N, C, 1, T)."""
        return self.head(self.neck(features))


class DeployedRecognizer(nn.Layer):
    """The network as it is exported: images (N, 3, 48, W) to probabilities (N, W / 8, classes)."""

    def __init__(self, network: RecognitionNetwork) -> None:
        super().__init__()
        self.network = network

    def forward(self, images: paddle.Tensor) -> paddle.Tensor:
        return F.softmax(self.network(images), axis=2)
