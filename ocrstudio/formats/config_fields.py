"""Which values the keys of a training config may have, so that a wrong one is named before a run starts with it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Literal

from ocrstudio.core.errors import QT_TRANSLATE_NOOP

SECTIONS = ("Global", "Optimizer", "Architecture", "Loss", "PostProcess", "Metric", "Train", "Eval")


@dataclass(frozen=True)
class Field:
    """What a key may hold.

    Attributes:
        key: Dotted path.
        kind: `texts` is a list of texts, `lists` one text or a list of them, `steps` a whole number or a list of two,
            `ratios` a number of 0 or more or a list of them.
        minimum: Smallest number; None for no limit.
        maximum: Largest number; None for no limit.
        above: Whether the number must be larger than `minimum`, not equal to it.
        choices: The only texts allowed; empty for any.
        optional: Whether null is allowed.
    """

    key: str
    kind: Literal["int", "float", "bool", "text", "texts", "lists", "steps", "ratios"]
    minimum: float | None = None
    maximum: float | None = None
    above: bool = False
    choices: tuple[str, ...] = ()
    optional: bool = False


FIELDS = {
    field.key: field
    for field in (
        Field("Global.epoch_num", "int", 1, 100_000),
        Field("Global.use_gpu", "bool"),
        Field("Global.seed", "int", 0, 2**32 - 1, optional=True),
        Field("Global.freeze", "text", choices=("none", "backbone", "neck")),
        Field("Global.freeze_epochs", "int", 0, 100_000, optional=True),
        Field("Global.use_amp", "bool"),
        Field("Global.devices", "text", optional=True),
        Field("Global.nnodes", "int", 1, 10_000, optional=True),
        Field("Global.master", "text", optional=True),
        Field("Global.early_stop_patience", "int", 0, 100_000, optional=True),
        Field("Global.retention_list", "lists", optional=True),
        Field("Global.retention_dir", "text", optional=True),
        Field("Global.retention_lines", "int", 0, 100_000, optional=True),
        Field("Global.retention_max_drop", "float", 0, 1, optional=True),
        Field("Global.log_smooth_window", "int", 1, 100_000),
        Field("Global.print_batch_step", "int", 1, 1_000_000),
        Field("Global.save_model_dir", "text", optional=True),
        Field("Global.save_epoch_step", "int", 0, 100_000),
        Field("Global.eval_batch_step", "steps", 0),
        Field("Global.eval_batch_epoch", "int", 1, 100_000, optional=True),
        Field("Global.pretrained_model", "text", optional=True),
        Field("Global.checkpoints", "text", optional=True),
        Field("Global.character_dict_path", "text", optional=True),
        Field("Global.max_text_length", "int", 1, 10_000),
        Field("Global.use_space_char", "bool"),
        Field("Optimizer.clip_norm_global", "float", 0, 1e9, above=True, optional=True),
        Field("Optimizer.lr.learning_rate", "float", 0, 10, above=True),
        Field("Optimizer.lr.unfrozen_learning_rate", "float", 0, 10, above=True, optional=True),
        Field("Optimizer.lr.warmup_epoch", "float", 0, 100_000),
        Field("Optimizer.lr.end_lr", "float", 0, 10, optional=True),
        Field("Optimizer.lr.backbone_rate", "float", 0, 100, optional=True),
        Field("Optimizer.regularizer.factor", "float", 0, 10),
        Field("Optimizer.weight_decay", "float", 0, 10, optional=True),
        Field("Architecture.model_type", "text"),
        Field("Metric.main_indicator", "text"),
        Field("Metric.ignore_space", "bool"),
        Field("Train.dataset.data_dir", "text"),
        Field("Train.dataset.label_file_list", "texts"),
        Field("Train.dataset.ratio_list", "ratios", 0, optional=True),
        Field("Train.dataset.augment_copies", "int", 1, 1000, optional=True),
        Field("Train.replay_list", "lists", optional=True),
        Field("Train.replay_dir", "text", optional=True),
        Field("Train.replay_ratio", "float", 0, 1000, optional=True),
        Field("Train.loader.batch_size_per_card", "int", 1, 100_000),
        Field("Train.loader.num_workers", "int", 0, 1_000),
        Field("Eval.dataset.data_dir", "text"),
        Field("Eval.dataset.label_file_list", "texts"),
        Field("Eval.dataset.ratio_list", "ratios", 0, optional=True),
        Field("Eval.loader.batch_size_per_card", "int", 1, 100_000),
        Field("Eval.loader.num_workers", "int", 0, 1_000),
    )
}

NOT_INT = QT_TRANSLATE_NOOP("Errors", "{place}{key} must be a whole number, not {value}.")
NOT_FLOAT = QT_TRANSLATE_NOOP("Errors", "{place}{key} must be a number, not {value}.")
NOT_BOOL = QT_TRANSLATE_NOOP("Errors", "{place}{key} must be true or false, not {value}.")
NOT_TEXT = QT_TRANSLATE_NOOP("Errors", "{place}{key} must be text, not {value}.")
NOT_TEXTS = QT_TRANSLATE_NOOP("Errors", "{place}{key} must be a list of file names, not {value}.")
NOT_STEPS = QT_TRANSLATE_NOOP("Errors", "{place}{key} must be a whole number or a list of two, not {value}.")
NOT_RATIOS = QT_TRANSLATE_NOOP("Errors", "{place}{key} must be a number of 0 or more or a list of them, not {value}.")
TOO_SMALL = QT_TRANSLATE_NOOP("Errors", "{place}{key} must be {limit} or more, not {value}.")
TOO_LARGE = QT_TRANSLATE_NOOP("Errors", "{place}{key} must be {limit} or less, not {value}.")
NOT_ABOVE = QT_TRANSLATE_NOOP("Errors", "{place}{key} must be more than {limit}, not {value}.")
NO_CHOICE = QT_TRANSLATE_NOOP("Errors", "{place}{key} must be one of {limit}, not {value}.")


def fault(key: str, value: Any) -> tuple[str, dict[str, object]] | None:
    """Why a value does not fit its key.

    Args:
        key: Dotted path; unknown keys fit everything.
        value: A plain value.

    Returns:
        A template of the Errors context with its values (all but `place`), or None if the value fits.
    """
    field = FIELDS.get(key)
    if field is None or (value is None and field.optional):
        return None
    values: dict[str, object] = {"key": key, "value": repr(value)}
    if field.kind in ("int", "float"):
        return _number_fault(field, value, values)
    template = _FAULTS[field.kind](value)
    if template:
        return template, values
    if field.choices and value not in field.choices:
        return NO_CHOICE, {**values, "limit": ", ".join(field.choices)}
    return None


def _is_int(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _number_fault(field: Field, value: Any, values: dict[str, object]) -> tuple[str, dict[str, object]] | None:
    if field.kind == "int" and not _is_int(value):
        return NOT_INT, values
    if not (_is_int(value) or isinstance(value, float)) or not math.isfinite(value):
        return NOT_FLOAT, values
    if field.minimum is not None:
        if field.above and value <= field.minimum:
            return NOT_ABOVE, {**values, "limit": f"{field.minimum:g}"}
        if value < field.minimum:
            return TOO_SMALL, {**values, "limit": f"{field.minimum:g}"}
    if field.maximum is not None and value > field.maximum:
        return TOO_LARGE, {**values, "limit": f"{field.maximum:.0f}"}
    return None


def _steps_fault(value: Any) -> str:
    if _is_int(value) or (isinstance(value, list) and len(value) == 2 and all(_is_int(part) for part in value)):
        return ""
    return NOT_STEPS


def _texts_fault(value: Any) -> str:
    # PaddleOCR takes one text for a list of characters and works by accident only
    return "" if isinstance(value, list) and value and all(isinstance(part, str) for part in value) else NOT_TEXTS


def _lists_fault(value: Any) -> str:
    return "" if isinstance(value, str) or value == [] else _texts_fault(value)


def _ratios_fault(value: Any) -> str:
    ratios = value if isinstance(value, list) and value else [value]
    return "" if all(_is_ratio(ratio) for ratio in ratios) else NOT_RATIOS


def _is_ratio(value: Any) -> bool:
    return (_is_int(value) or isinstance(value, float)) and math.isfinite(value) and value >= 0


_FAULTS = {
    "bool": lambda value: "" if isinstance(value, bool) else NOT_BOOL,
    "text": lambda value: "" if isinstance(value, str) else NOT_TEXT,
    "texts": _texts_fault,
    "lists": _lists_fault,
    "ratios": _ratios_fault,
    "steps": _steps_fault,
}
