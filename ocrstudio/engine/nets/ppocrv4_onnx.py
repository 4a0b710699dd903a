"""The graphs of PP-OCRv4 mobile: the same layers as in the Paddle modules, told to a `GraphWriter`."""

from __future__ import annotations

import numpy as np

from ocrstudio.engine.nets import ppocrv4_det, ppocrv4_rec
from ocrstudio.engine.nets.detection import SLOPE
from ocrstudio.engine.nets.onnx_graph import INPUT, GraphWriter
from ocrstudio.engine.nets.pplcnet_v3 import BlockPlan
from ocrstudio.engine.nets.recognition import HEADS, NECK_CHANNELS


def _trunk(graph: GraphWriter, plans: tuple[BlockPlan, ...]) -> list[str]:
    """The output of each block of the backbone."""
    x = graph.norm(graph.conv(INPUT, "backbone.stem.conv", stride=(2, 2), bias=False), "backbone.stem.norm")
    outputs = []
    for number, plan in enumerate(plans):
        name = f"backbone.blocks.{number}"
        x = graph.scaled_conv(x, f"{name}.depthwise", stride=plan.stride, groups=plan.channels_in, active=plan.active)
        if plan.squeeze:
            x = graph.squeeze_excite(x, f"{name}.squeeze", 1 / 6)
        x = graph.scaled_conv(x, f"{name}.pointwise", stride=(1, 1), groups=1, active=True)
        outputs.append(x)
    return outputs


def rec_features(graph: GraphWriter) -> list[str]:
    """(N, 480, 1, T) from images (N, 3, 48, W)."""
    last = _trunk(graph, ppocrv4_rec.BLOCKS)[-1]
    return [str(graph.node("AveragePool", last, kernel_shape=[3, 2], strides=[3, 2]))]


def det_features(graph: GraphWriter) -> list[str]:
    """The four feature maps from images (N, 3, H, W)."""
    maps = _trunk(graph, ppocrv4_det.BLOCKS)
    return [graph.conv(maps[tap], f"backbone.outputs.{level}") for level, tap in enumerate(ppocrv4_det.TAPS)]


def rec_output(graph: GraphWriter, features: list[str]) -> str:
    """Probabilities (N, T, classes)."""
    (pooled,) = features

    def conv(x: str, number: int) -> str:
        name = f"neck.conv{number}"
        return graph.silu(graph.norm(graph.conv(x, f"{name}.conv", bias=False), f"{name}.norm"))

    line = graph.constant([2], np.int64)
    steps = graph.node("Transpose", graph.node("Squeeze", conv(conv(pooled, 1), 2), line), perm=[0, 2, 1])
    for number in range(2):
        steps = _transformer_block(graph, steps, f"neck.blocks.{number}")
    steps = graph.layer_norm(steps, "neck.norm", 1e-6)
    mixed = conv(graph.node("Unsqueeze", graph.node("Transpose", steps, perm=[0, 2, 1]), line), 3)
    joined = conv(conv(graph.node("Concat", pooled, mixed, axis=1), 4), 5)
    steps = graph.node("Transpose", graph.node("Squeeze", joined, line), perm=[0, 2, 1])
    return str(graph.node("Softmax", graph.linear(steps, "head"), axis=2))


def _transformer_block(graph: GraphWriter, x: str, name: str) -> str:
    """`transformer.TransformerBlock`, dropout left out."""
    size = NECK_CHANNELS // HEADS
    parts = graph.linear(graph.layer_norm(x, f"{name}.norm1", 1e-5), f"{name}.attention.qkv")
    parts = graph.node("Reshape", parts, graph.constant([0, -1, 3, HEADS, size], np.int64))
    parts = graph.node("Transpose", parts, perm=[2, 0, 3, 1, 4])
    query, key, value = (graph.node("Gather", parts, graph.constant(number, np.int64), axis=0) for number in range(3))
    query = graph.node("Mul", query, graph.constant(size**-0.5))
    scores = graph.node("MatMul", query, graph.node("Transpose", key, perm=[0, 1, 3, 2]))
    mixed = graph.node("MatMul", graph.node("Softmax", scores, axis=-1), value)
    mixed = graph.node("Transpose", mixed, perm=[0, 2, 1, 3])
    mixed = graph.node("Reshape", mixed, graph.constant([0, -1, NECK_CHANNELS], np.int64))
    x = graph.node("Add", x, graph.linear(mixed, f"{name}.attention.out"))
    hidden = graph.silu(graph.linear(graph.layer_norm(x, f"{name}.norm2", 1e-5), f"{name}.widen"))
    return str(graph.node("Add", x, graph.linear(hidden, f"{name}.narrow")))


def det_output(graph: GraphWriter, features: list[str]) -> str:
    """The shrink map (N, 1, H, W)."""

    def excited(x: str, name: str) -> str:
        y = graph.conv(x, f"{name}.conv", bias=False)
        return str(graph.node("Add", y, graph.squeeze_excite(y, f"{name}.squeeze", SLOPE)))

    sums: list[str] = []
    for level, feature in enumerate(reversed(features)):
        lateral = excited(feature, f"neck.lateral.{level}")
        sums.append(str(graph.node("Add", lateral, graph.resize(sums[-1], 2))) if sums else lateral)
    outputs = [excited(total, f"neck.levels.{level}") for level, total in enumerate(sums)]
    times = [1 << level for level in reversed(range(len(outputs)))]
    sized = [graph.resize(x, n) if n > 1 else x for x, n in zip(outputs, times, strict=True)]
    x = graph.node("Concat", *sized, axis=1)
    x = graph.node("Relu", graph.norm(graph.conv(x, "head.binarize.conv", bias=False), "head.binarize.norm1"))
    x = graph.node("Relu", graph.norm(graph.enlarge(x, "head.binarize.enlarge1"), "head.binarize.norm2"))
    return str(graph.node("Sigmoid", graph.enlarge(x, "head.binarize.enlarge2")))
