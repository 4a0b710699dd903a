"""The networks that can be trained: their weights, their modules, their exported form; by name.

Every network is rebuilt in its deployed form: branches that PaddleOCR trains side by side are one convolution here.
`Source.tensors` and `network.state_dict()` use the same names.

Shapes: rec images (N, 3, 48, W) BGR in -1..1 -> logits (N, W / 8, classes); W is a multiple of 8.
det images (N, 3, H, W) BGR, normalised with ImageNet's means; H and W are multiples of 32. In evaluation mode ->
shrink map (N, 1, H, W) in 0..1; in training mode -> `db_head.Maps(shrink, threshold, binary)` of that shape each.
"""

# Paddle comes without types: its Layer is Any to mypy
# mypy: disable-error-code="misc"

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ocrstudio.core.charset import Charset
from ocrstudio.core.errors import QT_TRANSLATE_NOOP, EngineError
from ocrstudio.engine.nets import ppocrv4_onnx
from ocrstudio.engine.nets.onnx_graph import GraphWriter, folded
from ocrstudio.engine.nets.paddle_files import read_paddle_weights
from ocrstudio.engine.nets.weights import (
    ARCHITECTURE_KEY,
    CHARACTER_KEY,
    NOT_OUR_DETECTOR,
    NOT_OUR_GRAPH,
    TASK_KEY,
    USE_OUR_GRAPH,
    Tensors,
    graph_tensors,
    import_onnx,
    initializers,
    metadata,
    onnx_file,
    package_file,
    read_graph,
)
from ocrstudio.formats.atomic import write_atomic
from ocrstudio.formats.base_models import REC, base_model
from ocrstudio.formats.dictionary import read_dictionary

if TYPE_CHECKING:
    import onnx
    from paddle import nn


@dataclass(frozen=True)
class Source:
    """Weights to start from.

    Attributes:
        architecture: Name of the base model (`formats.base_models`) whose network this is.
        task: "rec" or "det".
        path: The file that the weights came from.
        tensors: `state_dict` name -> float32 array, running statistics of batch normalisation included. A detection
            network's threshold head is not among them: it lives in training only.
        charset: The characters of the output layer; None for det.
    """

    architecture: str
    task: str
    path: Path
    tensors: Tensors
    charset: Charset | None

    @cached_property
    def digest(self) -> str:
        """Hexadecimal digest of architecture and weights: equal for equal weights, wherever they lie."""
        digest = hashlib.sha256(self.architecture.encode())
        for name, array in self.tensors.items():
            digest.update(name.encode() + np.ascontiguousarray(array).tobytes())
        return digest.hexdigest()


@dataclass(frozen=True)
class FeatureShape:
    """One output of a backbone: (N, `channels`, H / `stride_h`, W / `stride_w`)."""

    channels: int
    stride_h: int
    stride_w: int


def _pyramid(*channels: int) -> tuple[FeatureShape, ...]:
    return tuple(FeatureShape(count, 4 << level, 4 << level) for level, count in enumerate(channels))


# What the neck takes, by architecture; the order is that of the outputs of `backbone_onnx` and of `network.backbone`.
FEATURES: dict[str, tuple[FeatureShape, ...]] = {
    "PP-OCRv6_small_rec": (FeatureShape(384, 48, 8),),
    "PP-OCRv4_mobile_rec": (FeatureShape(480, 48, 8),),
    "PP-OCRv6_small_det": _pyramid(48, 96, 192, 384),
    "PP-OCRv4_mobile_det": _pyramid(12, 18, 42, 360),
}


# The rec output layer, by state_dict name; only it depends on the dictionary.
HEAD = ("head.weight", "head.bias")
# Trained here only: the deployed detectors have no such branch.
THRESHOLD, BINARIZE = "head.threshold.", "head.binarize."
# The layers that take a backbone's outputs, in their order; PP-OCRv6's backbone is what comes before them.
_NECK_ENTRIES = {
    "PP-OCRv6_small_rec": ("neck.shortcut.conv.weight",),
    "PP-OCRv6_small_det": tuple(f"neck.lateral.{level}.conv.weight" for level in reversed(range(4))),
}
_ONNX_SOURCES = tuple(_NECK_ENTRIES)


# --- weights ----------------------------------------------------------------------------------------------------------


def load_source(model: str, task: str) -> Source:
    """Reads the weights that a training starts from.

    Args:
        model: As in `Global.pretrained_model`: "bundled", the name of a base model, a bundle folder, or an ONNX file of
            this program.
        task: "rec" or "det".

    Raises:
        EngineError: If the package, the file or the network is missing or another; says what to do.
    """
    base = base_model(model, task)
    if base is None:
        return _load_onnx(onnx_file(model), task)
    if base.task != task:
        what = QT_TRANSLATE_NOOP("Errors", "{model} does not fit: the config trains a model for {task}.")
        remedy = QT_TRANSLATE_NOOP("Errors", "Choose another Global.pretrained_model or Architecture.model_type.")
        raise EngineError(what, remedy, model=model, task=task)
    files = [package_file(base.package, name) for name in base.files]
    if base.name in _ONNX_SOURCES:
        return _load_onnx(files[0], task)
    tensors = _named(base.name, read_paddle_weights(files[0], files[1]), files[0])
    charset = Charset(tuple(read_dictionary(files[2]))) if task == REC else None
    return Source(base.name, task, files[0], tensors, charset)


def _load_onnx(path: Path, task: str) -> Source:
    """An ONNX file: of ours, or of the rapidocr package, whose metadata do not name the network."""
    model = read_graph(path, task)
    notes = metadata(model)
    architecture = notes.get(ARCHITECTURE_KEY, f"PP-OCRv6_small_{task}")
    if architecture not in FEATURES or notes.get(TASK_KEY, task) != task:
        raise _foreign(path, task)
    if architecture in _ONNX_SOURCES:
        tensors = _named(architecture, graph_tensors(model), path)
    else:
        tensors = _fitted(initializers(model), tensor_shapes(architecture), path, task)
    if task != REC:
        return Source(architecture, task, path, tensors, None)
    if CHARACTER_KEY not in notes:
        raise _foreign(path, task)
    charset = Charset(tuple(notes[CHARACTER_KEY].split("\n")))
    if tensors[HEAD[1]].shape[0] != charset.classes:
        raise _foreign(path, task)
    return Source(architecture, task, path, tensors, charset)


def _foreign(path: Path, task: str) -> EngineError:
    return EngineError(NOT_OUR_GRAPH if task == REC else NOT_OUR_DETECTOR, USE_OUR_GRAPH, file=path)


def _named(architecture: str, arrays: Tensors, path: Path) -> Tensors:
    """Tensors in the order of the source's graph under the names of the network: its modules stand in that order."""
    shapes, task = tensor_shapes(architecture), architecture[-3:]
    if len(shapes) != len(arrays):
        raise _foreign(path, task)
    return _fitted(dict(zip(shapes, arrays.values(), strict=True)), shapes, path, task)


def _fitted(tensors: Tensors, shapes: dict[str, tuple[int | None, ...]], path: Path, task: str) -> Tensors:
    """The tensors in the network's shapes; EngineError if one is missing or another."""
    fitted: Tensors = {}
    for name, shape in shapes.items():
        array = tensors.get(name)
        if array is None:
            raise _foreign(path, task)
        # an ONNX graph keeps the bias of a convolution as (1, C, 1, 1)
        array = array.reshape(array.shape[1]) if array.ndim == 4 and len(shape) == 1 else array
        wanted = [has if size is None else size for size, has in zip(shape, array.shape, strict=False)]
        if list(array.shape) != wanted:
            raise _foreign(path, task)
        fitted[name] = np.ascontiguousarray(array, np.float32)
    return fitted


@cache
def tensor_shapes(architecture: str) -> dict[str, tuple[int | None, ...]]:
    """`state_dict` name -> shape of what the deployed form has, in graph order; None stands for the classes of rec."""
    import paddle
    from paddle.utils import unique_name

    # asking must leave no trace: neither in the names that checkpoints use nor in the random numbers of a run
    state = paddle.get_rng_state()
    with unique_name.guard():
        network = build(architecture, 2 if architecture.endswith(REC) else None)
    paddle.set_rng_state(state)
    shapes = {
        name: tuple(tensor.shape) for name, tensor in network.state_dict().items() if not name.startswith(THRESHOLD)
    }
    if architecture.endswith(REC):
        shapes |= {HEAD[0]: (shapes[HEAD[0]][0], None), HEAD[1]: (None,)}
    return shapes


# --- networks ---------------------------------------------------------------------------------------------------------


def build(architecture: str, classes: int | None = None) -> nn.Layer:
    """A network with random weights.

    rec networks have `backbone`, `neck`, `head` and `read_features(features)`, the logits from one feature tensor.
    det networks have the same; their `read_features(features)` takes the list of four.

    Args:
        architecture: Name of a base model.
        classes: Of a rec network: blank, characters, space. None for det.
    """
    from ocrstudio.engine.nets import ppocrv4_det, ppocrv4_rec, ppocrv6_det, ppocrv6_rec

    if architecture == "PP-OCRv6_small_det":
        return ppocrv6_det.detection_network()
    if architecture == "PP-OCRv4_mobile_det":
        return ppocrv4_det.detection_network()
    recognition = ppocrv6_rec if architecture == "PP-OCRv6_small_rec" else ppocrv4_rec
    return recognition.recognition_network(classes)


def load_tensors(network: nn.Layer, tensors: Tensors) -> None:
    """Puts weights into a network that `build` made; a missing threshold head is filled from the binarising head.

    Raises:
        EngineError: If a tensor is missing or has another shape.
    """
    values: Tensors = {}
    for name, tensor in network.state_dict().items():
        array = tensors.get(name)
        if array is None and name.startswith(THRESHOLD):
            array = tensors.get(name.replace(THRESHOLD, BINARIZE))
        if array is None or list(array.shape) != list(tensor.shape):
            what = QT_TRANSLATE_NOOP("Errors", "The weights do not fit the network: {name}.")
            raise EngineError(what, USE_OUR_GRAPH, name=name)
        values[name] = array
    network.set_state_dict(values)


def deployed(network: nn.Layer) -> nn.Layer:
    """The network as it is exported, in evaluation mode: probabilities for rec, the shrink map for det."""
    from ocrstudio.engine.nets.detection import DeployedDetector, DetectionNetwork
    from ocrstudio.engine.nets.recognition import DeployedRecognizer

    kind = DeployedDetector if isinstance(network, DetectionNetwork) else DeployedRecognizer
    made = kind(network)
    made.eval()
    return made


def input_spec(architecture: str) -> Any:
    """The `paddle.static.InputSpec` of the deployed network's only input, `x`."""
    import paddle

    return paddle.static.InputSpec([None, 3, 48 if architecture.endswith(REC) else None, None], "float32", name="x")


# --- ONNX -------------------------------------------------------------------------------------------------------------


def write_onnx(network: nn.Layer, source: Source, charset: Charset | None, file: Path) -> None:
    """Writes the deployed form as an ONNX file that `load_source`, onnxruntime and RapidOCR read; without a converter.

    Batch, height (det) and width are dynamic. A rec file carries its dictionary as metadata `character`.

    Args:
        network: What was trained.
        source: What it started from.
        charset: Of the rec network's output layer; None for det.
        file: Where to.

    Raises:
        EngineError: If the result is not a valid ONNX model, or the file cannot be written.
    """
    onnx = import_onnx()
    tensors = {
        name: np.asarray(tensor.numpy(), np.float32)
        for name, tensor in network.state_dict().items()
        if not name.startswith(THRESHOLD)
    }
    notes = {ARCHITECTURE_KEY: source.architecture, TASK_KEY: source.task}
    if charset is not None:
        notes[CHARACTER_KEY] = "\n".join(charset.characters)
    if source.architecture in _ONNX_SOURCES:
        model = _refilled(source, tensors)
        onnx.helper.set_model_props(model, {**metadata(model), **notes})
    else:
        graph = GraphWriter(tensors)
        if source.task == REC:
            output = ppocrv4_onnx.rec_output(graph, ppocrv4_onnx.rec_features(graph))
            shape = ["N", "W / 8", tensors[HEAD[1]].shape[0]]
            model = graph.model(["N", 3, 48, "W"], {output: shape}, notes)
        else:
            output = ppocrv4_onnx.det_output(graph, ppocrv4_onnx.det_features(graph))
            model = graph.model(["N", 3, "H", "W"], {output: ["N", 1, "H", "W"]}, notes)
    try:
        onnx.checker.check_model(model)
    except onnx.checker.ValidationError as error:
        what = QT_TRANSLATE_NOOP("Errors", "The exported ONNX model is not valid: {reason}.")
        raise EngineError(what, reason=str(error).splitlines()[0]) from error
    write_atomic(file, model.SerializeToString())


def _initializers(model: onnx.ModelProto, source: Source) -> dict[str, str]:
    """`state_dict` name -> name of the initialiser in the graph that the source was read from."""
    arrays, shapes = graph_tensors(model), tensor_shapes(source.architecture)
    if len(arrays) != len(shapes):
        raise _foreign(source.path, source.task)
    return dict(zip(shapes, arrays, strict=True))


def _refilled(source: Source, tensors: Tensors) -> onnx.ModelProto:
    """The source's own graph with other tensors in it."""
    onnx = import_onnx()
    model = read_graph(source.path, source.task)
    names = {theirs: ours for ours, theirs in _initializers(model, source).items()}
    for item in model.graph.initializer:
        if item.name in names:
            array = tensors[names[item.name]]
            # biases of convolutions keep the graph's (1, C, 1, 1); only the head may change its size
            shape = array.shape if names[item.name] in HEAD else tuple(item.dims)
            item.CopyFrom(onnx.numpy_helper.from_array(np.ascontiguousarray(array).reshape(shape), item.name))
    # shapes noted inside the graph are those of the old dictionary; they are optional and can be inferred
    del model.graph.value_info[:]
    if source.task == REC:
        model.graph.output[0].type.tensor_type.shape.dim[2].dim_value = tensors[HEAD[1]].shape[0]
    return model


def backbone_onnx(source: Source) -> bytes:
    """The part from images to what the neck takes, as an ONNX model; input `x`, outputs as `FEATURES` lists them.

    Raises:
        EngineError: If the source's file is gone or was replaced by another.
    """
    if source.architecture in _ONNX_SOURCES:
        return _cut(source)
    graph = GraphWriter(folded(source.tensors))
    rec = source.task == REC
    outputs = ppocrv4_onnx.rec_features(graph) if rec else ppocrv4_onnx.det_features(graph)
    shapes: list[list[str | int | None]] = [
        ["N", shape.channels, None, None] for shape in FEATURES[source.architecture]
    ]
    model = graph.model(["N", 3, 48 if rec else "H", "W"], dict(zip(outputs, shapes, strict=True)), {})
    return bytes(model.SerializeToString())


def _cut(source: Source) -> bytes:
    """The source's graph up to the inputs of the neck's first layers."""
    onnx = import_onnx()
    model = read_graph(source.path, source.task)
    names = _initializers(model, source)
    # a file of ours notes no shapes inside the graph, and the extractor wants those of its outputs
    del model.graph.value_info[:]
    ends = []
    for entry in _NECK_ENTRIES[source.architecture]:
        takers = [node for node in model.graph.node if names[entry] in node.input]
        if len(takers) != 1:
            raise _foreign(source.path, source.task)
        ends.append(str(takers[0].input[0]))
    for end, feature in zip(ends, FEATURES[source.architecture], strict=True):
        shape = ["N", feature.channels, None, None]
        model.graph.value_info.append(onnx.helper.make_tensor_value_info(end, onnx.TensorProto.FLOAT, shape))
    cut = onnx.utils.Extractor(model).extract_model([model.graph.input[0].name], ends)
    return bytes(cut.SerializeToString())
