"""The values of a config that people change, as data: where they stand, how they look, what they mean."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ocrstudio.core.errors import QT_TRANSLATE_NOOP

Kind = Literal["whole", "number", "small", "choice", "switch", "files", "dictionary"]


@dataclass(frozen=True)
class FormField:
    """One row of the form. `label`, `hint` and the texts of `choices` are of the context "ConfigFields".

    Attributes:
        key: Dotted path in the config.
        kind: Which editor it gets; `small` is a number far below 1 that may be typed as 5e-4.
        label: What it is.
        hint: What it does, with its unit: the tooltip and the line below.
        limits: Smallest and largest number.
        choices: (value, text).
    """

    key: str
    kind: Kind
    label: str
    hint: str
    limits: tuple[float, float] = (0, 2**31 - 1)
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class FormGroup:
    """Rows that belong together, under a heading of the context "ConfigFields"."""

    title: str
    fields: tuple[FormField, ...]


GROUPS = (
    FormGroup(
        QT_TRANSLATE_NOOP("ConfigFields", "What it learns from"),
        (
            FormField(
                "Train.dataset.label_file_list",
                "files",
                QT_TRANSLATE_NOOP("ConfigFields", "Training list"),
                QT_TRANSLATE_NOOP(
                    "ConfigFields", "List files of the dataset: a picture's path, a tab, and its text or its boxes."
                ),
            ),
            FormField(
                "Eval.dataset.label_file_list",
                "files",
                QT_TRANSLATE_NOOP("ConfigFields", "Validation list"),
                QT_TRANSLATE_NOOP("ConfigFields", "Read after every epoch to find the best one; never learnt."),
            ),
            FormField(
                "Global.character_dict_path",
                "dictionary",
                QT_TRANSLATE_NOOP("ConfigFields", "Characters"),
                QT_TRANSLATE_NOOP(
                    "ConfigFields", "A model of only your characters learns several times faster but reads no others."
                ),
            ),
        ),
    ),
    FormGroup(
        QT_TRANSLATE_NOOP("ConfigFields", "How it learns"),
        (
            FormField(
                "Global.epoch_num",
                "whole",
                QT_TRANSLATE_NOOP("ConfigFields", "Epochs"),
                QT_TRANSLATE_NOOP(
                    "ConfigFields", "How often every line or page is seen. A handful of pages needs 10 to 30."
                ),
                (1, 100_000),
            ),
            FormField(
                "Global.freeze",
                "choice",
                QT_TRANSLATE_NOOP("ConfigFields", "What changes"),
                QT_TRANSLATE_NOOP(
                    "ConfigFields",
                    "With few samples, leave the part that sees shapes alone: fast, and it forgets less.",
                ),
                choices=(
                    ("backbone", QT_TRANSLATE_NOOP("ConfigFields", "All but the part that sees shapes")),
                    ("neck", QT_TRANSLATE_NOOP("ConfigFields", "Only the last layer")),
                    ("none", QT_TRANSLATE_NOOP("ConfigFields", "The whole model")),
                ),
            ),
            FormField(
                "Train.loader.batch_size_per_card",
                "whole",
                QT_TRANSLATE_NOOP("ConfigFields", "Batch size"),
                QT_TRANSLATE_NOOP(
                    "ConfigFields", "Lines or pages learnt at once. Smaller needs less memory and changes more."
                ),
                (1, 100_000),
            ),
            FormField(
                "Optimizer.lr.learning_rate",
                "small",
                QT_TRANSLATE_NOOP("ConfigFields", "Learning rate"),
                QT_TRANSLATE_NOOP(
                    "ConfigFields", "Size of each step. Halve it if the loss jumps; 0.0005 suits most projects."
                ),
                (0, 10),
            ),
            FormField(
                "Optimizer.lr.warmup_epoch",
                "number",
                QT_TRANSLATE_NOOP("ConfigFields", "Warm-up epochs"),
                QT_TRANSLATE_NOOP("ConfigFields", "Epochs in which the learning rate climbs from 0."),
                (0, 100_000),
            ),
        ),
    ),
    FormGroup(
        QT_TRANSLATE_NOOP("ConfigFields", "Where it runs"),
        (
            FormField(
                "Global.use_gpu",
                "switch",
                QT_TRANSLATE_NOOP("ConfigFields", "Use the graphics card"),
                QT_TRANSLATE_NOOP("ConfigFields", "Needs a Paddle built for it; the Setup page tells."),
            ),
            FormField(
                "Global.seed",
                "whole",
                QT_TRANSLATE_NOOP("ConfigFields", "Seed"),
                QT_TRANSLATE_NOOP("ConfigFields", "The same number on the same machine gives the same run."),
            ),
        ),
    ),
)

FIELDS = tuple(field for group in GROUPS for field in group.fields)
