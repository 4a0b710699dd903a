"""What is to be told about a model: what it reads, what it was trained on, how good it was, and where it lies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timezone
from pathlib import Path
from types import MappingProxyType

from ocrstudio.core.errors import StudioError
from ocrstudio.core.scripts import scripts
from ocrstudio.formats.base_models import BASE_MODELS, package_folder
from ocrstudio.formats.bundle import DICT_FILE, MODEL_FILES, ModelInfo, needs_paddle, read_card
from ocrstudio.formats.dictionary import read_classes
from ocrstudio.formats.inference_folder import is_inference_folder, read_inference_folder
from ocrstudio.formats.model_list import base_folder
from ocrstudio.formats.run_folder import CONFIG_FILE, RunFolder

# Counted once, because the dictionary of the bundled model lies inside its ONNX file; a test counts again.
BUNDLED_SCRIPTS: Mapping[str, int] = MappingProxyType(
    {"han": 15908, "other": 1881, "latin": 601, "kana": 235, "greek": 62, "digits": 20}
)
_BUNDLED_FILES = {"rec": "models/PP-OCRv6_rec_small.onnx", "det": "models/PP-OCRv6_det_small.onnx"}


@dataclass(frozen=True)
class TrainedOn:
    """What a run learnt from.

    Attributes:
        name: Of the dataset's folder, or of the list.
        samples: Lines or pages of the list; 0 if it is not there any more.
    """

    name: str
    samples: int


@dataclass(frozen=True)
class ModelCard:
    """One model, for people.

    Attributes:
        info: As in the list.
        scripts: Script -> number of characters, most first; see `core.scripts`.
        trained_on: Of a run of the project.
        base: Name of the model that the training started from, "" if unknown.
        epochs: How many the training took; 0 if unknown.
        created: ISO time of the training, or else of the model's file; "" if neither is known.
        size: Bytes of what is loaded.
        place: The folder with it.
        runs_with_paddle: Paddle itself runs it, which is slower to load.
    """

    info: ModelInfo
    scripts: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    trained_on: tuple[TrainedOn, ...] = ()
    base: str = ""
    epochs: int = 0
    created: str = ""
    size: int = 0
    place: Path | None = None
    runs_with_paddle: bool = False


def model_card(info: ModelInfo) -> ModelCard:
    """Looks up what is known of a model. Reads the disk; what cannot be read counts as unknown."""
    if info.path is None:
        package = package_folder("rapidocr")
        file = package / _BUNDLED_FILES[info.task] if package is not None else None
        known = BUNDLED_SCRIPTS if info.task == "rec" else {}
        return ModelCard(info, known, created=_time(file), size=_size(file), place=file.parent if file else None)
    try:
        card = read_card(info.path)
    except StudioError:
        card = {}
    run = next((RunFolder(one) for one in (info.path, info.path.parent) if (one / CONFIG_FILE).is_file()), None)
    files = [info.path / name for name in MODEL_FILES if (info.path / name).is_file()]
    if run is not None and not files:
        files = sorted(run.path.glob("best_accuracy.pdparams"))
    epochs = card.get("epochs")
    return ModelCard(
        info,
        scripts(_characters(info)) if info.task == "rec" else {},
        _trained_on(run) if run is not None else (),
        str(card.get("base_model") or ""),
        epochs if isinstance(epochs, int) else 0,
        info.created or _time(files[0] if files else None),
        sum(_size(file) for file in files),
        info.path,
        needs_paddle(card),
    )


def _characters(info: ModelInfo) -> tuple[str, ...]:
    if info.path is None:
        return ()
    try:
        if (info.path / DICT_FILE).is_file():
            return read_classes(info.path / DICT_FILE)
        base = next((one for one in BASE_MODELS if one.name == info.reference), None)
        folder = base_folder(base) if base is not None else None
        if folder is None and is_inference_folder(info.path):
            folder = read_inference_folder(info.path)
    except StudioError:
        return ()
    return (folder.characters or ()) if folder is not None else ()


def _trained_on(run: RunFolder) -> tuple[TrainedOn, ...]:
    try:
        lists = run.config().get("Train.dataset.label_file_list") or []
    except StudioError:
        return ()
    return tuple(_list(Path(str(name))) for name in ([lists] if isinstance(lists, str) else lists))


def _list(file: Path) -> TrainedOn:
    # datasets of the program: NAME/rec/train.txt
    name = file.parent.parent.name if file.parent.name in ("rec", "det") else file.name
    try:
        with file.open("rb") as lines:
            return TrainedOn(name, sum(1 for line in lines if line.strip()))
    except OSError:
        return TrainedOn(name, 0)


def _size(file: Path | None) -> int:
    try:
        return file.stat().st_size if file is not None else 0
    except OSError:
        return 0


def _time(file: Path | None) -> str:
    try:
        return datetime.fromtimestamp(file.stat().st_mtime, timezone.utc).isoformat(timespec="seconds") if file else ""
    except OSError:
        return ""
