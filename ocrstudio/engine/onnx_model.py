"""An ONNX file of a recogniser or a detector made a bundle: its dictionary, how it is used, its card."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, EngineError
from ocrstudio.engine.det.boxes import BoxRules, ResizeRules
from ocrstudio.engine.inference_yml import detection_yml, recognition_yml
from ocrstudio.engine.model_folder import CANNOT_RUN, check_dictionary, noise_picture, reason_of
from ocrstudio.engine.nets.weights import CHARACTER_KEY
from ocrstudio.engine.onnx_session import open_session
from ocrstudio.formats.atomic import write_atomic
from ocrstudio.formats.bundle import DICT_FILE, INFERENCE_FILE, ONNX_FILE, Task, write_card
from ocrstudio.formats.dictionary import read_classes, write_dictionary
from ocrstudio.formats.inference_folder import CHOOSE_OCR

OTHER_USE = QT_TRANSLATE_NOOP("Errors", "The model {folder} neither reads lines nor finds them.")
# Of a line and of a page, where a model takes any; pages are multiples of 32.
_LINE_HEIGHT, _PAGE_HEIGHT = 48, 64


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
    answer, height, inside = _look_into(folder / ONNX_FILE, name)
    if len(answer) == 3:
        own = folder / DICT_FILE
        file = dictionary or (own if own.is_file() else None)
        characters = read_classes(file) if file is not None else tuple(inside.split("\n")) if inside else None
        check_dictionary(name, characters, answer[2])
        write_dictionary(own, characters or ())
        yml = recognition_yml(name, characters or (), height)
        found = OnnxModel("rec", len(characters or ()))
    else:
        yml, found = detection_yml(name, BoxRules(), ResizeRules()), OnnxModel("det", 0)
    if not (folder / INFERENCE_FILE).is_file():
        write_atomic(folder / INFERENCE_FILE, yml)
    card = {"name": name, "task": found.task, "architecture": name, "characters": found.characters, "source": origin}
    write_card(folder, card)
    return found


def _look_into(file: Path, name: str) -> tuple[tuple[int, ...], int, str]:
    """The shape of its answer to a picture, the height of that, and the dictionary that it carries."""
    try:
        session = open_session(file)
        taken, answered = session.get_inputs()[0], session.get_outputs()[0]
        picture = noise_picture(taken.shape, _LINE_HEIGHT if len(answered.shape or ()) == 3 else _PAGE_HEIGHT)
        answer = tuple(session.run(None, {taken.name: picture})[0].shape)
        inside = str(session.get_modelmeta().custom_metadata_map.get(CHARACTER_KEY, ""))
    # WORKAROUND: onnxruntime raises bare Exceptions of its own kinds on damaged files
    except Exception as error:
        raise EngineError(CANNOT_RUN, CHOOSE_OCR, folder=name, reason=reason_of(error)) from error
    if len(answer) not in (3, 4) or (len(answer) == 4 and answer[1] != 1):
        raise EngineError(OTHER_USE, CHOOSE_OCR, folder=name)
    return answer, picture.shape[2], inside
