"""A new NRTR decoder for PP-OCRv4's recognition network: packages leave it out, because it helps training only.

Facts (names, shapes, what starts how) were read off the trainable network: 384 wide, 4 layers, a vocabulary of blank,
unknown, start, end, characters and one unused class.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

FEATURES, WIDTH, LAYERS, POSITIONS = 480, 384, 4, 5000
# Classes of the vocabulary beyond those of the CTC layer.
MORE_CLASSES = 4
_LINEARS = {
    "self_attn.qkv": (WIDTH, 3 * WIDTH),
    "self_attn.out_proj": (WIDTH, WIDTH),
    "cross_attn.q": (WIDTH, WIDTH),
    "cross_attn.kv": (WIDTH, 2 * WIDTH),
    "cross_attn.out_proj": (WIDTH, WIDTH),
    "mlp.fc1": (WIDTH, 4 * WIDTH),
    "mlp.fc2": (4 * WIDTH, WIDTH),
}


def fresh_decoder(classes: int, random: np.random.Generator) -> dict[str, NDArray[np.float32]]:
    """The tensors of `head.before_gtc` and `head.gtc_head` at the start of a training.

    Args:
        classes: Of the CTC layer: blank, characters, space.
        random: Source of the weights.
    """
    vocabulary = classes + MORE_CLASSES
    embedding = _normal(random, (vocabulary, WIDTH))
    embedding[0] = 0.0  # padding
    tensors = {
        "head.before_gtc.1.fc.weight": _uniform(random, (FEATURES, WIDTH)),
        "head.gtc_head.embedding.embedding.weight": embedding,
        "head.gtc_head.positional_encoding.pe": _positions(),
        "head.gtc_head.tgt_word_prj.weight": _normal(random, (WIDTH, vocabulary)),
    }
    for layer in range(LAYERS):
        tensors.update(_decoder_layer(f"head.gtc_head.decoder.{layer}", random))
    return tensors


def _decoder_layer(name: str, random: np.random.Generator) -> Iterator[tuple[str, NDArray[np.float32]]]:
    for part, shape in _LINEARS.items():
        yield f"{name}.{part}.weight", _uniform(random, shape)
        yield f"{name}.{part}.bias", np.zeros(shape[1], np.float32)
    for number in (1, 2, 3):
        yield f"{name}.norm{number}.weight", np.ones(WIDTH, np.float32)
        yield f"{name}.norm{number}.bias", np.zeros(WIDTH, np.float32)


def _uniform(random: np.random.Generator, shape: tuple[int, int]) -> NDArray[np.float32]:
    """Glorot's uniform start of a linear layer."""
    limit = np.sqrt(6.0 / sum(shape))
    return random.uniform(-limit, limit, shape).astype(np.float32)


def _normal(random: np.random.Generator, shape: tuple[int, int]) -> NDArray[np.float32]:
    return random.normal(0.0, WIDTH**-0.5, shape).astype(np.float32)


def _positions() -> NDArray[np.float32]:
    """Sines and cosines of each position, (positions, 1, width); Vaswani et al., Attention Is All You Need, 2017."""
    rates = np.exp(np.arange(0, WIDTH, 2) * (-np.log(10000.0) / WIDTH))
    angles = np.arange(POSITIONS)[:, None] * rates
    table = np.empty((POSITIONS, 1, WIDTH), np.float32)
    table[:, 0, 0::2], table[:, 0, 1::2] = np.sin(angles), np.cos(angles)
    return table
