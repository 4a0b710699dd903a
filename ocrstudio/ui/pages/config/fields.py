"""The rows of the form in their groups, and how a key is told in words. What a key is says `formats.config_fields`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PyQt5.QtCore import QCoreApplication

from ocrstudio.core.errors import QT_TRANSLATE_NOOP
from ocrstudio.formats.config_field import NO_DEFAULT, Field
from ocrstudio.formats.config_fields import FIELDS, field_of
from ocrstudio.formats.config_table import DATA, FORGETTING, PICTURES, START
from ocrstudio.formats.config_table_learning import LEARNING, MACHINE, RHYTHM
from ocrstudio.formats.config_yaml import flow

CONTEXT = "ConfigFields"


@dataclass(frozen=True)
class FormGroup:
    """Rows that belong together, under a heading of the context "ConfigFields"."""

    title: str
    fields: tuple[Field, ...]


def _group(title: str, table: tuple[Field, ...]) -> FormGroup:
    return FormGroup(title, tuple(field for field in table if field.label))


GROUPS = (
    _group(QT_TRANSLATE_NOOP("ConfigFields", "What it learns from"), DATA),
    _group(QT_TRANSLATE_NOOP("ConfigFields", "How it learns"), LEARNING),
    _group(QT_TRANSLATE_NOOP("ConfigFields", "What it starts with, and where it goes"), START),
    _group(QT_TRANSLATE_NOOP("ConfigFields", "What it shall not forget"), FORGETTING),
    _group(QT_TRANSLATE_NOOP("ConfigFields", "How often it is looked at"), RHYTHM),
    _group(QT_TRANSLATE_NOOP("ConfigFields", "Pictures and boxes"), PICTURES),
    _group(QT_TRANSLATE_NOOP("ConfigFields", "Where it runs"), MACHINE),
)
ROWS = tuple(field for group in GROUPS for field in group.fields)
_ONLY = {
    "builtin": QT_TRANSLATE_NOOP("ConfigFields", "Only this program's engine reads it."),
    "paddleocr": QT_TRANSLATE_NOOP("ConfigFields", "Only PaddleOCR's own trainer reads it."),
}


def said(template: str) -> str:
    """A text of the context "ConfigFields" in the language in use."""
    return QCoreApplication.translate(CONTEXT, template) if template else ""


def limits(field: Field) -> str:
    """The numbers that a key may hold, such as "1 to 100000"; empty if there is no limit."""
    low, high = _number(field.minimum), _number(field.maximum)
    if field.choices:
        return ", ".join(field.choices)
    if low and high and field.above:
        return said(QT_TRANSLATE_NOOP("ConfigFields", "more than {low}, at most {high}")).format(low=low, high=high)
    if low and high:
        return said(QT_TRANSLATE_NOOP("ConfigFields", "{low} to {high}")).format(low=low, high=high)
    return said(QT_TRANSLATE_NOOP("ConfigFields", "{low} or more")).format(low=low) if low else ""


def explained(field: Field, template_value: Any = NO_DEFAULT) -> str:
    """All that is known of a key, one thing a line, for a tooltip."""
    parts = [said(field.meaning), ""]
    if field.unit:
        parts.append(said(QT_TRANSLATE_NOOP("ConfigFields", "Unit: {unit}")).format(unit=said(field.unit)))
    if limits(field):
        parts.append(said(QT_TRANSLATE_NOOP("ConfigFields", "Limits: {limits}")).format(limits=limits(field)))
    if field.default is not NO_DEFAULT:
        usual = said(QT_TRANSLATE_NOOP("ConfigFields", "Usual: {value}"))
        parts.append(usual.format(value=shown(field.default)))
    if template_value is not NO_DEFAULT:
        template = said(QT_TRANSLATE_NOOP("ConfigFields", "In the template: {value}"))
        parts.append(template.format(value=shown(template_value)))
    if field.engine:
        parts.append(said(_ONLY[field.engine]))
    if field.source:
        source = said(QT_TRANSLATE_NOOP("ConfigFields", "Source: {source}"))
        parts.append(source.format(source=said(field.source)))
    parts.append(field.key)
    return "\n".join(parts)


def shown(value: Any) -> str:
    """A value as YAML writes it, on one line."""
    return flow(value)


def label_of(key: str) -> str:
    """What a key is called in the form; empty if it has no row there."""
    field = field_of(key)
    return said(field.label) if field is not None else ""


def explained_key(key: str) -> str:
    """See `explained`; the key itself if nothing is known of it."""
    field = field_of(key)
    return explained(field) if field is not None and field.label else key


def addable(task: str, engine: str) -> list[Field]:
    """The rows whose keys a config may be given although it lacks them.

    Args:
        task: The config's `model_type`.
        engine: "builtin" or "paddleocr".
    """
    return [
        field
        for field in FIELDS.values()
        if field.label and field.default is not NO_DEFAULT and "[" not in field.key and is_used(field.key, task, engine)
    ]


def is_used(key: str, task: str, engine: str) -> bool:
    """Whether an engine makes anything of a key in a config of this task; see `addable`. Unknown keys may be of use."""
    field = field_of(key)
    return field is None or (field.task in ("", task) and field.engine in ("", engine))


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.0f}" if value == int(value) else f"{value:g}"
