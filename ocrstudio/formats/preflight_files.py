"""The weights a run starts from and the folder it writes to, looked at before it starts."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from ocrstudio.core.charset import Charset
from ocrstudio.core.errors import QT_TRANSLATE_NOOP, StudioError
from ocrstudio.core.findings import Cure, Finding
from ocrstudio.formats.base_models import base_model
from ocrstudio.formats.bundle import BUNDLED, ONNX_FILE
from ocrstudio.formats.config import TrainConfig
from ocrstudio.formats.model_catalogue import CatalogueModel, catalogue
from ocrstudio.formats.model_store import stored_weights
from ocrstudio.formats.pdparams import read_tensors
from ocrstudio.formats.rec_list import read_lines

_ENDINGS = (".pdparams", ".pdopt", ".states")
# A key that only weights of this backbone have, as the trainable networks of both generations name it.
_FINGERPRINTS = {
    "MobileNetV1Enhance": "backbone.conv1._conv.weight",
    "MobileNetV3": "backbone.conv.conv.weight",
    "PPLCNetV3": "backbone.blocks2.0.",
}
# Bytes of the weights by backbone, rec and det, for the estimate of what a run writes; others are taken for large.
_WEIGHTS = {
    ("MobileNetV1Enhance", "rec"): 140_000_000,
    ("MobileNetV3", "det"): 2_500_000,
    ("PPLCNetV3", "rec"): 135_000_000,
    ("PPLCNetV3", "det"): 14_500_000,
}
_LARGE = 150_000_000
# PaddleOCR writes weights and twice their size of optimiser: best (twice), latest; and we keep a copy of the latest.
_COPIES = 4
_BUILTIN_BYTES = {"rec": 300_000_000, "det": 100_000_000}

URL = QT_TRANSLATE_NOOP("Errors", "{file}, line {line}: {key} would be downloaded from {value}.")
LEAVE_EMPTY = QT_TRANSLATE_NOOP("Errors", "Leave it empty, or name weights that are on this computer.")
NOT_FETCHED = QT_TRANSLATE_NOOP("Errors", "{file}, line {line}: the weights {model} are not on this computer.")
FETCH = QT_TRANSLATE_NOOP("Errors", "Download them on the Setup page or with: ocrstudio models fetch {model}.")
NO_WEIGHTS = QT_TRANSLATE_NOOP("Errors", "{file}, line {line}: there are no weights {weights}.")
CORRECT_WEIGHTS = QT_TRANSLATE_NOOP("Errors", "Correct {key}, or leave it empty.")
NAME_BUNDLE = QT_TRANSLATE_NOOP("Errors", "Name a bundle of this program in {key}, or a base model, or leave it empty.")
BROKEN_WEIGHTS = QT_TRANSLATE_NOOP("Errors", "{file}, line {line}: the weights cannot be used: {reason}")
OTHER_NETWORK = QT_TRANSLATE_NOOP(
    "Errors", "{file}, line {line}: {weights} are the weights of another network than {backbone}."
)
OTHER_CLASSES = QT_TRANSLATE_NOOP(
    "Errors",
    "{file}, line {line}: {weights} know {found} characters and marks, the dictionary asks for {wanted}, "
    "so the last layer starts at random.",
)
EXTEND = QT_TRANSLATE_NOOP("Errors", "Carry the known characters over with: ocrstudio dict extend.")
NOT_RESUMABLE = QT_TRANSLATE_NOOP(
    "Errors", "{file}, line {line}: {weights} know {found} characters and marks, the dictionary asks for {wanted}."
)
USE_PRETRAINED = QT_TRANSLATE_NOOP("Errors", "Name them in Global.pretrained_model, not in Global.checkpoints.")
IS_FILE = QT_TRANSLATE_NOOP("Errors", "{folder} is a file, so no run can be written there.")
NOT_WRITABLE = QT_TRANSLATE_NOOP("Errors", "{folder} cannot be written to.")
OTHER_FOLDER = QT_TRANSLATE_NOOP("Errors", "Choose another folder for the run.")
DISK_FULL = QT_TRANSLATE_NOOP(
    "Errors", "{folder}: the run needs about {needed} MB, but the disk has only {free} MB left."
)
FREE_SPACE = QT_TRANSLATE_NOOP("Errors", "Free some space, or choose a folder on another disk.")
DISK_SHORT = QT_TRANSLATE_NOOP(
    "Errors", "{folder}: with all the checkpoints it keeps, the run needs about {needed} MB; the disk has {free} MB."
)
FEWER = QT_TRANSLATE_NOOP("Errors", "Raise Global.save_epoch_step, so that fewer are kept.")
NO_OLD_LINES = QT_TRANSLATE_NOOP("Errors", "{file}, line {line}: there is no list {list}.")
CORRECT_KEY = QT_TRANSLATE_NOOP("Errors", "Correct {key}, or leave it empty.")
WITHOUT_LIST = QT_TRANSLATE_NOOP("Errors", "Train without it: leave {key} empty")
SET_EMPTY = QT_TRANSLATE_NOOP("Errors", "Start without these weights: set {key} to null")
USE_BASE = QT_TRANSLATE_NOOP("Errors", "Start from the weights that the program brings along")
GRAFT = QT_TRANSLATE_NOOP("Errors", "Carry the known characters over into new weights and start from those")
SET_STEP = QT_TRANSLATE_NOOP("Errors", "Keep fewer numbered checkpoints")


def weight_findings(config: TrainConfig, root: Path, charset: Charset | None) -> list[Finding]:
    """What is wrong with the weights that a config of PaddleOCR names.

    Args:
        config: The config.
        root: Folder that relative paths are resolved against.
        charset: The characters to learn; None if unknown.
    """
    found: list[Finding] = []
    for key in ("Global.pretrained_model", "Global.checkpoints"):
        value = config.get(key)
        if not isinstance(value, str) or not value or (key.endswith("model") and base_model(value, config.task)):
            continue
        place: dict[str, object] = {"file": config.source, "line": config.line_of(key), "key": key, "value": value}
        here = stored_weights(value)
        if here is not None:
            value = str(here)
        elif (known := _downloadable(value)) is not None:
            place["model"] = known.id
            found.append(Finding("fatal", NOT_FETCHED, FETCH, place, "weights", (), Cure(SET_EMPTY, {key: None})))
            continue
        if value.startswith(("http://", "https://")):
            found.append(Finding("fatal", URL, LEAVE_EMPTY, place, "weights", (), Cure(SET_EMPTY, {key: None})))
            continue
        prefix = str(root / value)
        file = Path(next((prefix[: -len(end)] for end in _ENDINGS if prefix.endswith(end)), prefix) + ".pdparams")
        place["weights"] = file
        if not file.is_file():
            found.append(
                Finding("fatal", NO_WEIGHTS, CORRECT_WEIGHTS, place, "weights", (), Cure(SET_EMPTY, {key: None}))
            )
            continue
        try:
            shapes = {name: tensor.shape for name, tensor in read_tensors(file).items()}
        except StudioError as error:
            values = {**place, "reason": error.text()}
            found.append(Finding("fatal", BROKEN_WEIGHTS, CORRECT_WEIGHTS, values, "weights-file"))
            continue
        found += _fit(config, key, place, shapes, charset, root)
    return found


def _downloadable(value: str) -> CatalogueModel | None:
    """The weights of the catalogue that a config names by their id or address."""
    known = catalogue().of_url(value) if "://" in value else catalogue().get(value)
    return known if known is not None and known.form == "training" and ("://" in value or known.id == value) else None


def bundle_findings(config: TrainConfig) -> list[Finding]:
    """Whether the weights that a config names for the built-in engine exist."""
    key = "Global.pretrained_model"
    value = config.get(key)
    if not isinstance(value, str) or not value or base_model(value, config.task):
        return []
    file = Path(value) / ONNX_FILE if Path(value).is_dir() else Path(value)
    if file.is_file():
        return []
    place = {"file": config.source, "line": config.line_of(key), "key": key, "weights": file}
    return [Finding("fatal", NO_WEIGHTS, NAME_BUNDLE, place, "weights", (), Cure(USE_BASE, {key: BUNDLED}))]


def old_line_findings(config: TrainConfig) -> list[Finding]:
    """Lists of old lines, mixed in or read against forgetting, that are not there or cannot be read as they are."""
    found = []
    for key, folder in (("Global.retention_list", "Global.retention_dir"), ("Train.replay_list", "Train.replay_dir")):
        value, root = config.get(key), config.get(folder)
        for one in [value] if isinstance(value, str) else value if isinstance(value, list) else []:
            place = {"file": config.source, "line": config.line_of(key), "key": key, "list": one}
            what = NO_OLD_LINES
            if Path(str(one)).is_file():
                try:
                    read_lines([str(one)], str(root or "") or Path(str(one)).parent)
                    continue
                except StudioError as error:
                    what, place = error.what, {**place, **error.values}
            cure = Cure(WITHOUT_LIST, {key: []})
            found.append(Finding("fatal", what, CORRECT_KEY, place, "old-lines", (), cure))
    return found


def _fit(
    config: TrainConfig,
    key: str,
    place: Mapping[str, object],
    shapes: Mapping[str, tuple[int, ...]],
    charset: Charset | None,
    root: Path,
) -> list[Finding]:
    """Whether weights are those of the config's network and of its dictionary."""
    for name, backbone in _backbones(config).items():
        wanted = (f"{name}." if name else "") + _FINGERPRINTS.get(backbone, "")
        if backbone in _FINGERPRINTS and not any(one.startswith(wanted) for one in shapes):
            values = {**place, "backbone": f"{name} {backbone}".strip()}
            return [Finding("fatal", OTHER_NETWORK, CORRECT_WEIGHTS, values, "weights-network")]
    if charset is None:
        return []
    sizes = {shape[-1] for name, shape in shapes.items() if name.endswith("ctc_head.fc.bias")}
    other = next((size for size in sizes if size != charset.classes), None)
    if other is None:
        return []
    values = {**place, "found": other, "wanted": charset.classes}
    if key == "Global.checkpoints":
        moved = {"Global.checkpoints": None, "Global.pretrained_model": place["value"]}
        return [
            Finding(
                "fatal", NOT_RESUMABLE, USE_PRETRAINED, values, "weights-characters", (), Cure(USE_PRETRAINED, moved)
            )
        ]
    return [Finding("warning", OTHER_CLASSES, EXTEND, values, "weights-characters", (), _graft(config, root, place))]


def _backbones(config: TrainConfig) -> dict[str, str]:
    """Name of each network of a distillation to that of its backbone; the network of another config has no name."""
    models = config.get("Architecture.Models")
    if isinstance(models, dict):
        places = {str(name): f"Architecture.Models.{name}.Backbone.name" for name in models}
    else:
        places = {"": "Architecture.Backbone.name"}
    return {name: str(config.get(place) or "") for name, place in places.items()}


def _graft(config: TrainConfig, root: Path, place: Mapping[str, object]) -> Cure | None:
    """Carries what the weights know over to the config's dictionary."""
    dictionary = config.get("Global.character_dict_path")
    if not isinstance(dictionary, str) or not dictionary:
        return None
    weights = Path(str(place["weights"]))
    out = weights.parent / f"{weights.stem}-grafted"
    command = ("dict", "extend", str(weights), "--dict", str(root / dictionary), "--out", str(out))
    return Cure(GRAFT, command=command)


def save_dir_findings(config: TrainConfig, folder: Path, *, lenient: bool) -> list[Finding]:
    """What is wrong with the folder that a run writes to.

    Args:
        config: Says which checkpoints are kept.
        folder: It may not exist yet.
        lenient: PaddleOCR writes there; otherwise the built-in engine, whose files are smaller.
    """
    there = folder
    while not there.exists() and there != there.parent:
        there = there.parent
    values: dict[str, object] = {"file": folder, "folder": folder}
    if not there.is_dir():
        return [Finding("fatal", IS_FILE, OTHER_FOLDER, {**values, "folder": there}, "output")]
    if not os.access(there, os.W_OK | os.X_OK):
        return [Finding("fatal", NOT_WRITABLE, OTHER_FOLDER, values, "output")]
    least, most = _needed_bytes(config, lenient=lenient)
    try:
        free = shutil.disk_usage(there).free
    except OSError:
        return []
    values["free"] = free // 1_000_000
    if free < least:
        return [Finding("fatal", DISK_FULL, FREE_SPACE, {**values, "needed": least // 1_000_000}, "disk")]
    if free < most:
        return [
            Finding(
                "warning",
                DISK_SHORT,
                FEWER,
                {**values, "needed": most // 1_000_000},
                "disk",
                (),
                _fewer(config, free, least),
            )
        ]
    return []


def _fewer(config: TrainConfig, free: int, least: int) -> Cure | None:
    """As many numbered checkpoints as half of what is free holds."""
    epochs, each = config.get("Global.epoch_num"), least // _COPIES
    if not isinstance(epochs, int):
        return None
    kept = max(0, (free - least) // 2 // each)
    step = -(-epochs // kept) if kept else epochs + 1
    return Cure(SET_STEP, {"Global.save_epoch_step": step})


def _needed_bytes(config: TrainConfig, *, lenient: bool) -> tuple[int, int]:
    """Bytes that a run writes at least, and with every numbered checkpoint that it keeps."""
    if not lenient:
        needed = _BUILTIN_BYTES.get(config.task, _LARGE)
        return needed, needed
    checkpoint = 3 * sum(_WEIGHTS.get((name, config.task), _LARGE) for name in _backbones(config).values())
    epochs, each = config.get("Global.epoch_num"), config.get("Global.save_epoch_step")
    numbered = epochs // each if isinstance(epochs, int) and isinstance(each, int) and each > 0 else 0
    return checkpoint * _COPIES, checkpoint * (_COPIES + numbered)
