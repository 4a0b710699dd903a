"""Which pages of a project are trained on, as far as a dataset of it says: the others must stay unseen."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ocrstudio.core.errors import StudioError
from ocrstudio.formats.dataset_folder import SPLIT_FILE, read_split
from ocrstudio.paths import DATASETS_DIR, STATE_DIR


@dataclass(frozen=True)
class TrainingPart:
    """What a dataset of a project trains on.

    Attributes:
        dataset: Its folder.
        files: Of the project, parted by forward slashes: those of the training part.
        held_out: How many pages of the project validate and test.
        by_line: Lines of one page are in several parts; then only the dataset's own lists tell them apart.
    """

    dataset: Path
    files: frozenset[str]
    held_out: int
    by_line: bool = False


def training_part(project: Path) -> TrainingPart | None:
    """The training part of the project's latest dataset; None if it has no dataset that can be read.

    Only the latest counts: a test part that is kept from one dataset to the next is in it, too.
    """
    found: list[tuple[float, str, TrainingPart]] = []
    for split in (project / STATE_DIR / DATASETS_DIR).glob(f"*/{SPLIT_FILE}"):
        try:
            part = _part_of(read_split(split.parent), split.parent, project)
            stamp = split.stat().st_mtime
        except (StudioError, OSError, KeyError, TypeError, AttributeError):
            continue  # not one of ours, or broken: it trains nobody
        if part is not None:
            found.append((stamp, split.parent.name, part))
    return max(found, key=lambda item: item[:2])[2] if found else None


def _part_of(content: dict[str, Any], dataset: Path, project: Path) -> TrainingPart | None:
    names = {
        str(source["name"])
        for source in content["sources"]
        if os.path.realpath(dataset / str(source["path"])) == os.path.realpath(project)
    }
    files: dict[str, frozenset[str]] = {}
    for part in ("train", "val", "test"):
        keys = [str(key).partition("/") for key in content["parts"][part]]
        files[part] = frozenset(file for name, _, file in keys if name in names)
    held_out = files["val"] | files["test"]
    if not files["train"] and not held_out:
        return None
    return TrainingPart(dataset, files["train"] - held_out, len(held_out), content.get("by") == "box")
