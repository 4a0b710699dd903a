"""An ONNX file of a recogniser or a detector made a bundle: its dictionary, how it is used, its card."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, EngineError
from ocrstudio.engine.det.boxes import BoxRules, ResizeRules
from ocrstudio.engine.inference_yml import detection_yml, recognition_yml
from ocrstudio.engine.nets.weights import CHARACTER_KEY, INSTALL_RAPIDOCR, NO_RAPIDOCR
from ocrstudio.formats.atomic import write_atomic
from ocrstudio.formats.bundle import DICT_FILE, INFERENCE_FILE, ONNX_FILE, Task, write_card
from ocrstudio.formats.dictionary import read_classes, write_dictionary

CANNOT_RUN = QT_TRANSLATE_NOOP("Errors", "The model {name} cannot be used: {reason}.")
OTHER_USE = QT_TRANSLATE_NOOP("Errors", "The model {name} neither reads lines nor finds them.")
CHOOSE_OCR = QT_TRANSLATE_NOOP("Errors", "Choose a text recognition or text detection model.")
NO_CHARACTERS = QT_TRANSLATE_NOOP("Errors", "The model {name} reads text, but the list of its characters is missing.")
NAME_DICTIONARY = QT_TRANSLATE_NOOP("Errors", "Name the dictionary that it was trained with.")
WRONG_CHARACTERS = QT_TRANSLATE_NOOP(
    "Errors", "The dictionary does not belong to the model {name}: it has {characters} characters, the model {outputs}."
)
_HEIGHT = 48


@dataclass(frozen=True)
class OnnxModel:
    """What was found out about a model."""

    task: Task
    characters: int


def complete(folder: Path, name: str, origin: str, dictionary: Path | None = None) -> OnnxModel:
    """Adds to a folder with `model.onnx` what makes it a bundle that reads or finds lines here.

    Args:
        folder: May hold `dict.txt` and `inference.yml` already.
        name: For its card.
        origin: Where it comes from, for its card.
        dictionary: The characters, if somebody named them; else those in the folder or in the model itself.

    Raises:
        EngineError: If the model cannot be loaded, does something else, or its characters are missing or another's.
        StudioError: If a file cannot be read or written.
    """
    outputs, height, inside = _look_into(folder / ONNX_FILE, name)
    task: Task = "rec" if len(outputs) == 3 else "det"
    characters: tuple[str, ...] = ()
    if task == "rec":
        if dictionary is not None or (folder / DICT_FILE).is_file():
            characters = read_classes(dictionary or folder / DICT_FILE)
        elif inside:
            characters = tuple(inside.split("\n"))
        else:
            raise EngineError(NO_CHARACTERS, NAME_DICTIONARY, name=name)
        # blank, the dictionary and, in most models, the space
        if outputs[2] not in (len(characters) + 1, len(characters) + 2):
            values = {"name": name, "characters": len(characters), "outputs": outputs[2] - 1}
            raise EngineError(WRONG_CHARACTERS, NAME_DICTIONARY, **values)
        write_dictionary(folder / DICT_FILE, characters)
    if not (folder / INFERENCE_FILE).is_file():
        is_rec = task == "rec"
        yml = recognition_yml(name, characters, height) if is_rec else detection_yml(name, BoxRules(), ResizeRules())
        write_atomic(folder / INFERENCE_FILE, yml)
    card = {"name": name, "task": task, "architecture": name, "characters": len(characters), "source": origin}
    write_card(folder, card)
    return OnnxModel(task, len(characters))


def _look_into(file: Path, name: str) -> tuple[tuple[int, ...], int, str]:
    """The shape of its answer to a blank picture, the height of its lines, and the dictionary that it carries."""
    try:
        import numpy as np
        from onnxruntime import InferenceSession
    except ImportError as error:
        raise EngineError(NO_RAPIDOCR, INSTALL_RAPIDOCR) from error
    try:
        session = InferenceSession(str(file), providers=["CPUExecutionProvider"])
        taken = session.get_inputs()[0]
        answered = session.get_outputs()[0].shape
        shape = _blank_shape(taken.shape, _HEIGHT if len(answered or ()) == 3 else 64)
        outputs = tuple(session.run(None, {taken.name: np.zeros(shape, np.float32)})[0].shape)
        inside = session.get_modelmeta().custom_metadata_map.get(CHARACTER_KEY, "")
    # WORKAROUND: onnxruntime raises bare Exceptions of its own kinds on damaged files
    except Exception as error:
        lines = [line.strip() for line in str(error).splitlines() if line.strip()]
        reason = lines[-1][:200].rstrip(".") if lines else type(error).__name__
        raise EngineError(CANNOT_RUN, CHOOSE_OCR, name=name, reason=reason) from error
    if len(outputs) not in (3, 4) or (len(outputs) == 4 and outputs[1] != 1):
        raise EngineError(OTHER_USE, CHOOSE_OCR, name=name)
    return outputs, shape[2], str(inside)


def _blank_shape(wanted: list[Any], height: int) -> tuple[int, ...]:
    """A picture that the model takes; where it leaves a size open, one that fits."""
    fallback = (1, 3, height, 320)
    sizes = list(wanted) if len(wanted) == 4 else [None] * 4
    return tuple(
        size if isinstance(size, int) and size > 0 else other for size, other in zip(sizes, fallback, strict=True)
    )
