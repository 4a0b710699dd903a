"""Which values the keys of a training config may have, so that a wrong one is named before a run starts with it."""

from __future__ import annotations

import math
from typing import Any

from ocrstudio.core.errors import QT_TRANSLATE_NOOP
from ocrstudio.formats.config_field import Field, general
from ocrstudio.formats.config_table import DATA, FORGETTING, PICTURES, START
from ocrstudio.formats.config_table_learning import LEARNING, MACHINE, RHYTHM

SECTIONS = ("Global", "Optimizer", "Architecture", "Loss", "PostProcess", "Metric", "Train", "Eval")
FIELDS = {
    field.key: field for group in (DATA, START, PICTURES, FORGETTING, LEARNING, RHYTHM, MACHINE) for field in group
}

NOT_INT = QT_TRANSLATE_NOOP("Errors", "{place}{key} must be a whole number, not {value}.")
NOT_FLOAT = QT_TRANSLATE_NOOP("Errors", "{place}{key} must be a number, not {value}.")
NOT_BOOL = QT_TRANSLATE_NOOP("Errors", "{place}{key} must be true or false, not {value}.")
NOT_TEXT = QT_TRANSLATE_NOOP("Errors", "{place}{key} must be text, not {value}.")
NOT_TEXTS = QT_TRANSLATE_NOOP("Errors", "{place}{key} must be a list of file names, not {value}.")
NOT_STEPS = QT_TRANSLATE_NOOP("Errors", "{place}{key} must be a whole number or a list of two, not {value}.")
NOT_INTS = QT_TRANSLATE_NOOP("Errors", "{place}{key} must be a list of {limit} whole numbers, not {value}.")
NOT_RATIOS = QT_TRANSLATE_NOOP("Errors", "{place}{key} must be a number of 0 or more or a list of them, not {value}.")
TOO_SMALL = QT_TRANSLATE_NOOP("Errors", "{place}{key} must be {limit} or more, not {value}.")
TOO_LARGE = QT_TRANSLATE_NOOP("Errors", "{place}{key} must be {limit} or less, not {value}.")
NOT_ABOVE = QT_TRANSLATE_NOOP("Errors", "{place}{key} must be more than {limit}, not {value}.")
NO_CHOICE = QT_TRANSLATE_NOOP("Errors", "{place}{key} must be one of {limit}, not {value}.")


def field_of(key: str) -> Field | None:
    """What is known of a key; list entries may be called by their place or by their name."""
    return FIELDS.get(general(key))


def fault(key: str, value: Any) -> tuple[str, dict[str, object]] | None:
    """Why a value does not fit its key.

    Args:
        key: Dotted path; unknown keys fit everything.
        value: A plain value.

    Returns:
        A template of the Errors context with its values (all but `place`), or None if the value fits.
    """
    field = field_of(key)
    if field is None or (value is None and field.optional):
        return None
    values: dict[str, object] = {"key": key, "value": repr(value)}
    if field.kind in ("int", "float"):
        return _number_fault(field, value, values)
    if field.kind == "ints":
        return _ints_fault(field, value, values)
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


def _ints_fault(field: Field, value: Any, values: dict[str, object]) -> tuple[str, dict[str, object]] | None:
    if not isinstance(value, list) or len(value) != field.count or not all(_is_int(part) for part in value):
        return NOT_INTS, {**values, "limit": field.count}
    if min(value) < (field.minimum or 0):
        return TOO_SMALL, {**values, "limit": f"{field.minimum:g}"}
    return None


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
