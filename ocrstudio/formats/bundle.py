"""Bundles: folders with a model that reads lines of text (rec) or finds them (det), and the card that says what it is.

A bundle holds `inference.json` or `inference.pdmodel`, `inference.pdiparams`, `inference.yml` (PaddleOCR 3.x loads the
folder as `model_dir`), `model.onnx` (RapidOCR), for rec `dict.txt`, and `card.json`.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, FormatError, StudioError
from ocrstudio.formats.atomic import read_bytes, replace_folder, write_atomic, write_error
from ocrstudio.formats.json_object import json_object

BUNDLED = "bundled"
BUNDLED_NAME = "PP-OCRv6 small"
# Characters of the model inside the rapidocr wheel, blank and space not counted.
BUNDLED_CHARACTERS = 18708
CARD_FILE = "card.json"
ONNX_FILE = "model.onnx"
DICT_FILE = "dict.txt"
INFERENCE_FILE = "inference.yml"
# What the recogniser loads of a bundle, whichever of them are there.
MODEL_FILES = (ONNX_FILE, "inference.json", "inference.pdmodel", "inference.pdiparams")
Task = Literal["rec", "det"]


Kind = Literal["bundled", "base", "run", "bundle", "folder"]
Need = Literal["", "convert", "export"]


@dataclass(frozen=True)
class ModelInfo:
    """A model one can choose by name.

    Attributes:
        name: What the user sees.
        path: The folder with it: a bundle, a run without one, an inference folder; None for the model that comes with
            the program.
        characters: How many it knows; 0 for det, and where nobody has counted them yet.
        created: ISO time at which it was trained, "" if unknown.
        scores: What it reached when it was exported: acc, cer, norm_edit_dis; precision, recall, hmean.
        kind: Where it comes from: "bundled" with the program, "base" with another package, a "run" of the project, a
            "bundle" that was imported, or an inference "folder".
        task: "rec" reads lines, "det" finds them.
        reference: What the commands and the recogniser's messages call it, where that is not the path.
        need: What must be done before it is used for the first time: "convert" a Paddle model, "export" a run.
        problem: Why it cannot be used; None if it can.
    """

    name: str
    path: Path | None
    characters: int
    created: str = ""
    scores: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    kind: Kind = "bundle"
    task: Task = "rec"
    reference: str = ""
    need: Need = ""
    problem: StudioError | None = field(default=None, compare=False)

    @property
    def model(self) -> str:
        """What the recogniser's messages call it: "bundled", the name of a base model, or the folder."""
        return self.reference or (BUNDLED if self.path is None else str(self.path))

    @property
    def is_ready(self) -> bool:
        """Whether the recogniser can load it within seconds."""
        return self.problem is None and self.need != "export"


def bundled_model(task: Task = "rec") -> ModelInfo:
    """The model that comes with the program."""
    return ModelInfo(BUNDLED_NAME, None, BUNDLED_CHARACTERS if task == "rec" else 0, kind="bundled", task=task)


def model_info(bundle: Path) -> ModelInfo | None:
    """What the card of a bundle says, or None if the folder is no usable bundle."""
    try:
        card = read_card(bundle)
    except StudioError:
        return None
    if not (bundle / ONNX_FILE).is_file() and not needs_paddle(card):
        return None
    scores = card.get("scores")
    numbers = scores.items() if isinstance(scores, dict) else ()
    characters = card.get("characters")
    return ModelInfo(
        name=str(card.get("name") or bundle.parent.name),
        path=bundle,
        characters=characters if isinstance(characters, int) else 0,
        created=str(card.get("created") or ""),
        scores=MappingProxyType({str(k): float(v) for k, v in numbers if isinstance(v, (int, float))}),
        task=task_of(card),
    )


def task_of(card: Mapping[str, Any]) -> Task:
    """What the model of a card does; cards of the time before detection say nothing and mean "rec"."""
    return "det" if card.get("task") == "det" else "rec"


def needs_paddle(card: Mapping[str, Any]) -> bool:
    """Whether Paddle itself runs the model of a card: it could not be turned into ONNX."""
    return card.get("runtime") == "paddle"


def read_card(bundle: Path) -> dict[str, Any]:
    """The card of a bundle.

    Raises:
        ProjectError: If there is none or it cannot be read.
        FormatError: If it is not a JSON object.
    """
    path = bundle / CARD_FILE
    card = json_object(read_bytes(path))
    if card is None:
        raise FormatError(
            QT_TRANSLATE_NOOP("Errors", "{file} is broken: it should describe a model."),
            QT_TRANSLATE_NOOP("Errors", "Export the model again."),
            file=path,
        )
    return card


def write_card(bundle: Path, card: Mapping[str, Any]) -> None:
    """Writes the card: `name`, `created` (ISO), `task`, `architecture`, `characters`, `scores` and what else is known.

    Raises:
        ProjectError: If it cannot be written.
    """
    write_atomic(bundle / CARD_FILE, json.dumps({"v": 1, **card}, ensure_ascii=False, indent=2) + "\n")


def copy_bundle(bundle: Path, out: Path) -> None:
    """Copies a bundle to a folder that does not exist yet or is empty; nobody ever sees a part of it.

    Raises:
        ProjectError: If it cannot be written.
    """
    part = out.with_name(f".{out.name}.part")
    try:
        shutil.rmtree(part, ignore_errors=True)
        shutil.copytree(bundle, part)
        replace_folder(part, out)
    except OSError as error:
        raise write_error(out, error) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
