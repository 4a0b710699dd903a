"""The weights that a training starts from: the tensors of an ONNX recognition model, in graph order.

The source is PP-OCRv6 small inside the installed `rapidocr` package, or the `model.onnx` of a bundle that a run
exported: both hold the same graph, only the output layer differs in width.
"""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ocrstudio.core.charset import Charset
from ocrstudio.core.errors import QT_TRANSLATE_NOOP, EngineError
from ocrstudio.formats.bundle import BUNDLED

if TYPE_CHECKING:
    import onnx

RECOGNIZER_FILE = "PP-OCRv6_rec_small.onnx"
DETECTOR_FILE = "PP-OCRv6_det_small.onnx"
DIRECTION_FILE = "ch_ppocr_mobile_v2.0_cls_mobile.onnx"
# The metadata entry in which rapidocr looks for the dictionary, one character a line, blank and space left out.
CHARACTER_KEY = "character"
# The average pooling that ends the backbone: what follows is neck and head.
FEATURES_OP = "AveragePool"
NO_RAPIDOCR = QT_TRANSLATE_NOOP("Errors", "The package rapidocr, which carries the models, is not installed.")
INSTALL_RAPIDOCR = QT_TRANSLATE_NOOP("Errors", 'Install it with: pip install "rapidocr>=3.10,<4" onnxruntime')
NO_MODEL_FILE = QT_TRANSLATE_NOOP("Errors", "The model file {file} is missing.")
REINSTALL = QT_TRANSLATE_NOOP("Errors", "Install the models again with: pip install --force-reinstall rapidocr")
NO_ONNX = QT_TRANSLATE_NOOP("Errors", "The package onnx, which training needs to read the weights, is not installed.")
INSTALL_ONNX = QT_TRANSLATE_NOOP("Errors", 'Install it with: pip install "paddlepaddle==3.2.2" onnx')
NOT_OUR_GRAPH = QT_TRANSLATE_NOOP("Errors", "{file} is not a recognition model of the kind that can be trained here.")
USE_OUR_GRAPH = QT_TRANSLATE_NOOP("Errors", "Start from the bundled model, or from a bundle of this program.")


@dataclass(frozen=True)
class SourceModel:
    """An ONNX recognition model taken apart.

    Attributes:
        path: The ONNX file.
        tensors: Initialiser name -> float32 array, in the order in which the graph uses them. Only what can be trained:
            kernels, biases, gains and the running statistics of batch normalisation.
        charset: The characters that the output layer stands for.
    """

    path: Path
    tensors: dict[str, NDArray[np.float32]]
    charset: Charset


def bundled_file(name: str) -> Path:
    """The path of a model inside the installed `rapidocr`, found without importing it.

    Raises:
        EngineError: If the package or the file is missing.
    """
    spec = importlib.util.find_spec("rapidocr")
    if spec is None or not spec.submodule_search_locations:
        raise EngineError(NO_RAPIDOCR, INSTALL_RAPIDOCR)
    path = Path(spec.submodule_search_locations[0]) / "models" / name
    if not path.is_file():
        raise EngineError(NO_MODEL_FILE, REINSTALL, file=path)
    return path


def model_file(model: str) -> Path:
    """The ONNX file of a model name: "bundled", a bundle folder, or an ONNX file itself."""
    if model == BUNDLED:
        return bundled_file(RECOGNIZER_FILE)
    path = Path(model)
    path = path / "model.onnx" if path.is_dir() else path
    if not path.is_file():
        raise EngineError(
            NO_MODEL_FILE,
            QT_TRANSLATE_NOOP("Errors", "Choose the bundled model or a folder that holds a bundle."),
            file=path,
        )
    return path


def import_onnx() -> Any:
    """The `onnx` package; EngineError that says how to install it if it is missing."""
    try:
        import onnx
    except ImportError as error:
        raise EngineError(NO_ONNX, INSTALL_ONNX) from error
    return onnx


def read_graph(path: Path) -> onnx.ModelProto:
    """Loads an ONNX file.

    Raises:
        EngineError: If the file is not an ONNX model.
    """
    onnx = import_onnx()
    from google.protobuf.message import DecodeError  # type: ignore[import-untyped]

    try:
        return onnx.load(str(path))
    except (DecodeError, ValueError) as error:
        raise EngineError(NOT_OUR_GRAPH, USE_OUR_GRAPH, file=path) from error


def load_source(path: Path) -> SourceModel:
    """Takes an ONNX recognition model apart.

    Raises:
        EngineError: If the file has no dictionary in its metadata or is not an ONNX model.
    """
    model = read_graph(path)
    metadata = {item.key: item.value for item in model.metadata_props}
    if CHARACTER_KEY not in metadata:
        raise EngineError(NOT_OUR_GRAPH, USE_OUR_GRAPH, file=path)
    characters = tuple(metadata[CHARACTER_KEY].split("\n"))
    return SourceModel(path, trainable_tensors(model), Charset(characters, use_space=True))


def trainable_tensors(model: onnx.ModelProto) -> dict[str, NDArray[np.float32]]:
    """Every initialiser that is a weight, in the order of its first use; constants of the arithmetic are left out."""
    from onnx import numpy_helper

    arrays = {item.name: item for item in model.graph.initializer}
    found: dict[str, NDArray[np.float32]] = {}
    for node in model.graph.node:
        if node.op_type not in ("Conv", "BatchNormalization", "MatMul", "Add", "Mul"):
            continue
        for name in node.input:
            # scalars are constants of GELU, of normalisation and of the attention's scale
            if name in arrays and name not in found and int(np.prod(arrays[name].dims)) > 1:
                found[name] = numpy_helper.to_array(arrays[name])
    return found


def features_name(model: onnx.ModelProto) -> str:
    """The name of the tensor that the backbone hands to the neck: (N, channels, 1, width / 8)."""
    names = [node.output[0] for node in model.graph.node if node.op_type == FEATURES_OP]
    if len(names) != 1:
        raise EngineError(NOT_OUR_GRAPH, USE_OUR_GRAPH, file="model.onnx")
    return str(names[0])
