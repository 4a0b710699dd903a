"""The characters that a recognition model knows."""

from __future__ import annotations

from ocrstudio.core.errors import EngineError
from ocrstudio.engine.nets.weights import (
    CHARACTER_KEY,
    INSTALL_RAPIDOCR,
    NO_RAPIDOCR,
    NOT_OUR_GRAPH,
    USE_OUR_GRAPH,
    model_file,
)


def known_characters(model: str) -> tuple[str, ...]:
    """The dictionary inside a model, in the order of its outputs; the space is not in it.

    Args:
        model: "bundled", a bundle folder, or an ONNX file.

    Raises:
        EngineError: If there is no such model, it cannot be loaded, or it carries no dictionary.
    """
    path = model_file(model)
    try:
        from onnxruntime import InferenceSession
    except ImportError as error:
        raise EngineError(NO_RAPIDOCR, INSTALL_RAPIDOCR) from error
    try:
        session = InferenceSession(str(path), providers=["CPUExecutionProvider"])
        characters = session.get_modelmeta().custom_metadata_map[CHARACTER_KEY]
    # WORKAROUND: onnxruntime raises bare Exceptions of its own kinds on damaged files
    except Exception as error:
        raise EngineError(NOT_OUR_GRAPH, USE_OUR_GRAPH, file=path) from error
    return tuple(characters.split("\n"))
