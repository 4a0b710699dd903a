"""The configs of a PaddleOCR checkout as templates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, ConfigError
from ocrstudio.formats.checkout import Checkout
from ocrstudio.formats.config import TrainConfig

TASKS = ("det", "rec")
# A config is a few kilobytes; what a template list shows stands in its first sections.
_READ_LIMIT = 100_000
_SECTION = re.compile(r"^([A-Za-z_]\w*)\s*:")
_VALUE = re.compile(r"^  (\w+)\s*:\s*(?:&\w+\s+)?[\"']?([^\"'#\s]*)")
# The 2.x names of configs that 3.x renamed (the same files but for a few keys).
RENAMED = {
    "ch_PP-OCRv3_det_student": "PP-OCRv3_mobile_det",
    "ch_PP-OCRv3_rec_distillation": "PP-OCRv3_mobile_rec_distillation",
    "ch_PP-OCRv3_rec": "PP-OCRv3_mobile_rec",
    "ch_PP-OCRv4_det_student": "PP-OCRv4_mobile_det",
    "ch_PP-OCRv4_det_teacher": "PP-OCRv4_server_det",
    "ch_PP-OCRv4_rec": "PP-OCRv4_mobile_rec",
    "ch_PP-OCRv4_rec_hgnet": "PP-OCRv4_server_rec",
}

UNKNOWN = QT_TRANSLATE_NOOP("Errors", "The checkout {folder} has no config {name}.")
LIST_THEM = QT_TRANSLATE_NOOP("Errors", "List them with: ocrstudio checkout configs {folder}.")


@dataclass(frozen=True)
class CheckoutTemplate:
    """One config of a checkout.

    Attributes:
        path: The file.
        name: Its path within `configs`, without the ending: "rec/PP-OCRv5/PP-OCRv5_mobile_rec".
        task: PaddleOCR's model type: rec, det, cls, table...; "" if the file does not say.
        algorithm: Such as SVTR_LCNet, DB, Distillation.
        model: `Global.model_name`; "" before 3.x.
    """

    path: Path
    name: str
    task: str
    algorithm: str
    model: str

    def load(self) -> TrainConfig:
        """The config itself as PaddleOCR reads it; `ConfigError` with file and line if it is no YAML, or has tags."""
        return TrainConfig.load(self.path, raw=True)


def list_templates(checkout: Checkout, tasks: tuple[str, ...] = TASKS) -> Iterator[CheckoutTemplate]:
    """The configs of a checkout, one after the other, in the order of their names.

    Only a few lines of each file are looked at, so that a list of hundreds is there at once; whether a config can be
    used shows when it is loaded.

    Args:
        checkout: The checkout.
        tasks: Model types wanted; empty for all.
    """
    home = checkout.path / "configs"
    for path in sorted(path for path in home.rglob("*") if path.suffix in (".yml", ".yaml") and path.is_file()):
        found = _peek(path, home)
        if found is not None and (not tasks or found.task in tasks):
            yield found


def find_template(checkout: Checkout, name: str) -> CheckoutTemplate:
    """One config by its name.

    Args:
        checkout: The checkout.
        name: As `CheckoutTemplate.name`, its last part, with or without ending, or its name in the other generation
            of PaddleOCR (`ch_PP-OCRv3_det_student` is `PP-OCRv3_mobile_det`).

    Raises:
        ConfigError: If there is none.
    """
    plain = re.sub(r"\.ya?ml$", "", name.replace("\\", "/"))
    plain = plain.split("configs/", 1)[-1]
    stem = plain.rsplit("/", 1)[-1]
    other = RENAMED.get(stem) or next((old for old, new in RENAMED.items() if new == stem), "")
    by_stem: dict[str, CheckoutTemplate] = {}
    for template in list_templates(checkout, ()):
        if template.name == plain:
            return template
        by_stem.setdefault(template.path.stem, template)
    for candidate in (stem, other):
        if candidate in by_stem:
            return by_stem[candidate]
    raise ConfigError(UNKNOWN, LIST_THEM, folder=checkout.path, name=name)


def _peek(path: Path, home: Path) -> CheckoutTemplate | None:
    try:
        with path.open("rb") as file:
            text = file.read(_READ_LIMIT).decode("utf-8-sig", "replace")
    except OSError:
        return None  # gone or not to be read: not offered
    section = ""
    values: dict[tuple[str, str], str] = {}
    for line in text.splitlines():
        if head := _SECTION.match(line):
            section = head.group(1)
        elif value := _VALUE.match(line):
            values.setdefault((section, value.group(1)), value.group(2))
    if not any(key[0] == "Architecture" for key in values):
        return None
    return CheckoutTemplate(
        path=path,
        name=path.relative_to(home).with_suffix("").as_posix(),
        task=values.get(("Architecture", "model_type"), ""),
        algorithm=values.get(("Architecture", "algorithm"), ""),
        model=values.get(("Global", "model_name"), ""),
    )
