"""What is known of one key of a training config: what it may hold, what it does, and who says so."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Literal

from ocrstudio.core.errors import QT_TRANSLATE_NOOP

Kind = Literal["int", "float", "bool", "text", "texts", "lists", "steps", "ratios", "ints"]
NO_DEFAULT: Any = object()

# Where a rule comes from.
GUIDE = QT_TRANSLATE_NOOP("ConfigFields", "PaddleOCR's guide on fine-tuning")
FAQ = QT_TRANSLATE_NOOP("ConfigFields", "PaddleOCR's FAQ")
CODE = QT_TRANSLATE_NOOP("ConfigFields", "PaddleOCR's source code, 2.8 and 3.x")
RUNS = QT_TRANSLATE_NOOP("ConfigFields", "measured in runs of PaddleOCR 2.8 and 3.x")
OWN = QT_TRANSLATE_NOOP("ConfigFields", "this program's engine")
OWN_RUNS = QT_TRANSLATE_NOOP("ConfigFields", "measured in runs of this program's engine")

_PLACE = re.compile(r"\.\d+\.([A-Za-z]\w*)")


@dataclass(frozen=True)
class Field:
    """One key. `label`, `meaning`, `unit`, `source` and `choice_words` are texts of the context "ConfigFields".

    Attributes:
        key: Dotted path; entries of a list of named parts go by their names: `transforms[RecResizeImg].image_shape`.
        kind: `texts` is a list of texts, `lists` one text or a list of them, `steps` a whole number or a list of two,
            `ratios` a number of 0 or more or a list of them, `ints` a list of `count` whole numbers.
        minimum: Smallest number; None for no limit.
        maximum: Largest number; None for no limit.
        above: Whether the number must be larger than `minimum`, not equal to it.
        choices: The only texts allowed; empty for any.
        optional: Whether null is allowed.
        label: What it is; empty for a key that has no row in the form.
        meaning: What it does.
        unit: What its number counts.
        default: What holds where the key is missing, or stands in the configs of PaddleOCR.
        source: Where the rule comes from.
        choice_words: A text for each of `choices`.
        task: "rec" or "det" if only one of them has the key.
        engine: "builtin" or "paddleocr" if only one of them reads it.
        path: "file" or "folder" if it is one.
        count: How many numbers an `ints` has.
    """

    key: str
    kind: Kind
    minimum: float | None = None
    maximum: float | None = None
    above: bool = False
    choices: tuple[str, ...] = ()
    optional: bool = False
    label: str = ""
    meaning: str = ""
    unit: str = ""
    default: Any = NO_DEFAULT
    source: str = ""
    choice_words: tuple[str, ...] = ()
    task: Literal["", "rec", "det"] = ""
    engine: Literal["", "builtin", "paddleocr"] = ""
    path: Literal["", "file", "folder"] = ""
    count: int = 0


def general(key: str) -> str:
    """A key by the names of its list entries instead of their places.

    `Train.dataset.transforms.3.RecResizeImg.image_shape` is `Train.dataset.transforms[RecResizeImg].image_shape`.
    """
    return _PLACE.sub(r"[\1]", key)
