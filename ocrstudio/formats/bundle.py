"""Bundles: folders with a model that reads lines of text (rec) or finds them (det), and the card that says what it is.

A bundle holds `inference.json` or `inference.pdmodel`, `inference.pdiparams`, `inference.yml` (PaddleOCR 3.x loads the
folder as `model_dir`), `model.onnx` (RapidOCR), for rec `dict.txt`, and `card.json`.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, FormatError, StudioError
from ocrstudio.formats.atomic import read_bytes, replace_folder, write_atomic, write_error
from ocrstudio.formats.run_folder import BUNDLE_DIR, list_runs
from ocrstudio.paths import STATE_DIR

BUNDLED = "bundled"
BUNDLED_NAME = "PP-OCRv6 small"
# Characters of the model inside the rapidocr wheel, blank and space not counted.
BUNDLED_CHARACTERS = 18708
CARD_FILE = "card.json"
ONNX_FILE = "model.onnx"
DICT_FILE = "dict.txt"
INFERENCE_FILE = "inference.yml"
Task = Literal["rec", "det"]


@dataclass(frozen=True)
class ModelInfo:
    """A model one can choose by name.

    Attributes:
        name: What the user sees.
        path: The bundle's folder; None for the model that comes with the program.
        characters: How many it knows; 0 for det.
        created: ISO time, "" if unknown.
        scores: What it reached when it was exported: acc, cer, norm_edit_dis; precision, recall, hmean.
        kind: "bundled" or "bundle".
        task: "rec" reads lines, "det" finds them.
        architecture: The base model whose network it is, "" if the card does not say.
    """

    name: str
    path: Path | None
    characters: int
    created: str = ""
    scores: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    kind: Literal["bundled", "bundle"] = "bundle"
    task: Task = "rec"
    architecture: str = ""

    @property
    def model(self) -> str:
        """What the recogniser's messages call it: "bundled" or the folder."""
        return BUNDLED if self.path is None else str(self.path)


def list_models(project: Path | None, task: Task = "rec") -> list[ModelInfo]:
    """The models to choose from: the one that comes with the program, then the project's bundles, newest first.

    Args:
        project: The project folder, or None without one.
        task: Of the models.

    Returns:
        Bundles whose card or model file is missing or broken are left out.
    """
    found = [model_info(path) for path in _bundles(project)] if project else []
    usable = [info for info in found if info is not None and info.task == task]
    bundled = ModelInfo(BUNDLED_NAME, None, BUNDLED_CHARACTERS if task == "rec" else 0, kind="bundled", task=task)
    return [bundled, *sorted(usable, key=lambda info: info.created, reverse=True)]


def model_info(bundle: Path) -> ModelInfo | None:
    """What the card of a bundle says, or None if the folder is no usable bundle."""
    try:
        card = read_card(bundle)
    except StudioError:
        return None
    if not (bundle / ONNX_FILE).is_file():
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
        architecture=str(card.get("architecture") or ""),
    )


def task_of(card: Mapping[str, Any]) -> Task:
    """What the model of a card does; cards of the time before detection say nothing and mean "rec"."""
    return "det" if card.get("task") == "det" else "rec"


def read_card(bundle: Path) -> dict[str, Any]:
    """The card of a bundle.

    Raises:
        ProjectError: If there is none or it cannot be read.
        FormatError: If it is not a JSON object.
    """
    path = bundle / CARD_FILE
    try:
        card = json.loads(read_bytes(path).decode("utf-8"))
    except (ValueError, RecursionError):
        card = None
    if not isinstance(card, dict):
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


def _bundles(project: Path) -> Iterator[Path]:
    state = project / STATE_DIR
    for run in list_runs(state / "runs"):
        if (run.bundle_dir / CARD_FILE).is_file():
            yield run.path / BUNDLE_DIR
    models = state / "models"
    if models.is_dir():
        # names with a dot belong to copies that are under way
        found = (path for path in sorted(models.iterdir()) if not path.name.startswith("."))
        yield from (path for path in found if (path / CARD_FILE).is_file())
