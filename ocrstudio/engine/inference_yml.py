"""PaddleOCR 3.x's `inference.yml`: what it must know of an exported model, and what we read back from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, fields
from io import StringIO
from pathlib import Path
from typing import Any, TypeVar

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, FormatError
from ocrstudio.engine.det.boxes import MEAN, SPREAD, BoxRules, ResizeRules
from ocrstudio.formats.atomic import read_bytes

NOT_INFERENCE = QT_TRANSLATE_NOOP("Errors", "{file} does not say how the boxes of its model are found.")
EXPORT_AGAIN = QT_TRANSLATE_NOOP("Errors", "Export the model again.")

Rules = TypeVar("Rules", BoxRules, ResizeRules)
Step = dict[str, Any]


def recognition_yml(model_name: str, characters: Sequence[str], height: int = 48) -> str:
    """The text for a recognition model.

    Args:
        model_name: Of the base model; PaddleOCR refuses a folder whose name is not the one it was asked for.
        characters: The dictionary; blank and the space are not in it, PaddleOCR adds both.
        height: Of the lines, in pixels.
    """
    steps: list[Step] = [
        {"DecodeImage": {"channel_first": False, "img_mode": "BGR"}},
        {"MultiLabelEncode": {"gtc_encode": "NRTRLabelEncode"}},
        {"RecResizeImg": {"image_shape": [3, height, 320]}},
        {"KeepKeys": {"keep_keys": ["image", "label_ctc", "label_gtc", "length", "valid_ratio"]}},
    ]
    return _text(model_name, steps, {"name": "CTCLabelDecode", "character_dict": list(characters)})


def detection_yml(model_name: str, boxes: BoxRules, resize: ResizeRules) -> str:
    """The text for a detection model.

    PaddleOCR 3.x takes the thresholds from it, and of the scaling `resize_long`, which it reads as the limit of the
    longer side; its whole pipeline scales by its own rule unless it is told another one.

    Args:
        model_name: Of the base model.
        boxes: From the map to boxes.
        resize: How pages are scaled.
    """
    scaling: dict[str, Any] = asdict(resize)
    if resize.limit_type != "min":
        scaling["resize_long"] = resize.limit_side_len
    mean, std = ([round(float(value), 3) for value in values] for values in (MEAN, SPREAD))
    steps: list[Step] = [
        {"DecodeImage": {"channel_first": False, "img_mode": "BGR"}},
        {"DetLabelEncode": None},
        {"DetResizeForTest": scaling},
        {"NormalizeImage": {"mean": mean, "std": std, "scale": "1./255.", "order": "hwc"}},
        {"ToCHWImage": None},
        {"KeepKeys": {"keep_keys": ["image", "shape", "polys", "ignore_tags"]}},
    ]
    return _text(model_name, steps, {"name": "DBPostProcess", **asdict(boxes)})


def read_detection_rules(file: Path) -> tuple[BoxRules, ResizeRules]:
    """What `detection_yml` wrote.

    Raises:
        ProjectError: If the file cannot be read.
        FormatError: If it is not of that kind.
    """
    try:
        content = YAML(typ="safe", pure=True).load(read_bytes(file).decode("utf-8"))
        steps = {name: value for step in content["PreProcess"]["transform_ops"] for name, value in step.items()}
        post = content["PostProcess"]
        if post["name"] != "DBPostProcess":
            raise ValueError(post["name"])
        return _rules(BoxRules, post), _rules(ResizeRules, steps["DetResizeForTest"] or {})
    except (YAMLError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise FormatError(NOT_INFERENCE, EXPORT_AGAIN, file=file) from error


def _rules(kind: type[Rules], values: dict[str, Any]) -> Rules:
    """Known keys only, each of its default's type."""
    known: dict[str, Any] = {item.name: type(item.default) for item in fields(kind)}
    return kind(**{name: known[name](value) for name, value in values.items() if name in known})


def _text(model_name: str, steps: list[Step], post: Step) -> str:
    content = {"Global": {"model_name": model_name}, "PreProcess": {"transform_ops": steps}, "PostProcess": post}
    return written(content)


def written(content: Step) -> str:
    """A mapping as the YAML that PaddleOCR reads."""
    yaml = YAML(typ="safe", pure=True)
    yaml.default_flow_style = False
    yaml.allow_unicode = True
    # PaddleOCR reads YAML 1.1, where `no` and `1:20` must be quoted to stay texts
    yaml.version = (1, 1)
    out = StringIO()
    yaml.dump(content, out)
    return out.getvalue()
