"""Writes the networks of PP-OCRv4 as ONNX graphs, node by node: no converter is needed, on no version of Paddle.

Initialisers carry the names of the network's `state_dict`, so that a file can be read back for further training;
onnxruntime folds the arithmetic among them away when it loads the file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ocrstudio.engine.nets.weights import Tensors, import_onnx

if TYPE_CHECKING:
    import onnx

OPSET = 17
# The oldest that knows opset 17, so that old runtimes read the file.
IR_VERSION = 8
INPUT = "x"


def folded(tensors: Tensors) -> Tensors:
    """The same network with the scale and shift behind each convolution inside it: two passes less over its result."""
    result = dict(tensors)
    for name in [name.removesuffix(".shift") for name in tensors if name.endswith(".shift")]:
        scale, shift = result.pop(f"{name}.scale"), result.pop(f"{name}.shift")
        result[f"{name}.weight"] = tensors[f"{name}.weight"] * scale
        result[f"{name}.bias"] = tensors[f"{name}.bias"] * scale + shift
    return result


class GraphWriter:
    """A graph under construction; every method adds nodes and returns the name of their result.

    Args:
        tensors: Weights by the names that the methods are given; only those in use go into the graph.
    """

    def __init__(self, tensors: Tensors) -> None:
        self._helper = import_onnx().helper
        self._tensors = tensors
        self._nodes: list[Any] = []
        self._initializers: dict[str, NDArray[Any]] = {}

    def node(self, kind: str, *inputs: str, outputs: int = 1, **attributes: Any) -> Any:
        """One node; the name of its output, or the list of them if there are several."""
        names = [f"{kind}_{len(self._nodes)}_{number}" for number in range(outputs)]
        self._nodes.append(self._helper.make_node(kind, list(inputs), names, **attributes))
        return names if outputs > 1 else names[0]

    def weight(self, name: str) -> str:
        """A tensor of the network."""
        self._initializers[name] = self._tensors[name]
        return name

    def constant(self, values: Any, kind: type[np.generic] = np.float32) -> str:
        """A tensor of the arithmetic."""
        name = f"constant_{len(self._initializers)}"
        self._initializers[name] = np.asarray(values, kind)
        return name

    def model(
        self,
        inputs: Sequence[str | int | None],
        outputs: Mapping[str, Sequence[str | int | None]],
        metadata: Mapping[str, str],
    ) -> onnx.ModelProto:
        """The finished model.

        Args:
            inputs: Shape of `x`; names stand for sizes that may vary.
            outputs: Result -> its shape.
            metadata: What the file says about itself.
        """
        onnx = import_onnx()
        values = [
            self._helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, list(shape))
            for name, shape in ((INPUT, inputs), *outputs.items())
        ]
        arrays = [
            onnx.numpy_helper.from_array(np.asarray(array, order="C"), name)
            for name, array in self._initializers.items()
        ]
        graph = self._helper.make_graph(self._nodes, "ocrstudio", values[:1], values[1:], arrays)
        model = self._helper.make_model(graph, opset_imports=[self._helper.make_opsetid("", OPSET)])
        model.ir_version = IR_VERSION
        self._helper.set_model_props(model, dict(metadata))
        return model

    # --- layers -------------------------------------------------------------------------------------------------------

    def conv(
        self,
        x: str,
        name: str,
        *,
        stride: tuple[int, int] = (1, 1),
        groups: int = 1,
        bias: bool = True,
    ) -> str:
        """`blocks.Conv2D` with padding that keeps the size at stride 1."""
        kernel = self._tensors[f"{name}.weight"].shape[2:]
        pads = [size // 2 for size in kernel] * 2
        weights = [self.weight(f"{name}.weight")] + ([self.weight(f"{name}.bias")] if bias else [])
        return str(
            self.node("Conv", x, *weights, kernel_shape=list(kernel), strides=list(stride), pads=pads, group=groups)
        )

    def norm(self, x: str, name: str) -> str:
        """`blocks.FrozenNorm`."""
        parts = [self.weight(f"{name}.{part}") for part in ("weight", "bias", "_mean", "_variance")]
        return str(self.node("BatchNormalization", x, *parts, epsilon=1e-5))

    def silu(self, x: str) -> str:
        """x * sigmoid(x)."""
        return str(self.node("Mul", x, self.node("Sigmoid", x)))

    def squeeze_excite(self, x: str, name: str, slope: float) -> str:
        """`blocks.SqueezeExcite`."""
        means = self.node("GlobalAveragePool", x)
        hidden = self.node("Relu", self.conv(means, f"{name}.conv1"))
        gate = self.node("HardSigmoid", self.conv(hidden, f"{name}.conv2"), alpha=slope, beta=0.5)
        return str(self.node("Mul", x, gate))

    def scaled_conv(self, x: str, name: str, *, stride: tuple[int, int], groups: int, active: bool) -> str:
        """`pplcnet_v3.ScaledConv`; without scale and shift if `folded` has put them into the convolution."""
        y = self.conv(x, name, stride=stride, groups=groups)
        if f"{name}.scale" in self._tensors:
            y = self.node("Add", self.node("Mul", y, self.weight(f"{name}.scale")), self.weight(f"{name}.shift"))
        if not active:
            return str(y)
        y = self.node("Mul", self.node("HardSwish", y), self.weight(f"{name}.active_scale"))
        return str(self.node("Add", y, self.weight(f"{name}.active_shift")))

    def linear(self, x: str, name: str) -> str:
        """`nn.Linear`."""
        return str(self.node("Add", self.node("MatMul", x, self.weight(f"{name}.weight")), self.weight(f"{name}.bias")))

    def layer_norm(self, x: str, name: str, epsilon: float) -> str:
        """`nn.LayerNorm` over the last axis."""
        gain, bias = self.weight(f"{name}.weight"), self.weight(f"{name}.bias")
        return str(self.node("LayerNormalization", x, gain, bias, axis=-1, epsilon=epsilon))

    def enlarge(self, x: str, name: str) -> str:
        """`blocks.Enlarge`."""
        weights = [self.weight(f"{name}.weight"), self.weight(f"{name}.bias")]
        return str(self.node("ConvTranspose", x, *weights, kernel_shape=[2, 2], strides=[2, 2]))

    def resize(self, x: str, times: int) -> str:
        """`convolution.enlarged`."""
        scales = self.constant([1, 1, times, times])
        return str(
            self.node(
                "Resize",
                x,
                "",
                scales,
                mode="nearest",
                coordinate_transformation_mode="asymmetric",
                nearest_mode="floor",
            )
        )
