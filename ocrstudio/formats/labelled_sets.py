"""The labelled sets that an open project offers to measure a model on."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ocrstudio.formats.bundle import Task
from ocrstudio.paths import STATE_DIR

# Of a dataset, the likeliest to be measured on first.
MEASURED_PARTS = ("test", "val", "train")


@dataclass(frozen=True)
class LabelledPlace:
    """One set.

    Attributes:
        place: The dataset's folder, or the project's, whose checked pages count.
        part: test, val or train of a dataset; "" for a project.
        count: Its lines, of detection its pages; 0 where nobody has counted.
    """

    place: Path
    part: str = ""
    count: int = 0


def labelled_places(project: Path | None, task: Task) -> list[LabelledPlace]:
    """The parts of a project's datasets, the newest dataset first, then its checked pages. Reads the disk.

    Args:
        project: The open project, or None.
        task: "rec" or "det".
    """
    if project is None:
        return []
    try:
        there = sorted((project / STATE_DIR / "datasets").iterdir())
        # a hidden one is being written
        folders = [path for path in there if not path.name.startswith(".") and (path / task).is_dir()]
        folders.sort(key=lambda path: path.stat().st_mtime, reverse=True)
    except OSError:
        folders = []
    found = []
    for folder in folders:
        for part in MEASURED_PARTS:
            count = _lines(folder / task / f"{part}.txt")
            if count:
                found.append(LabelledPlace(folder, part, count))
    return [*found, LabelledPlace(project)]


def filled_part(folder: Path) -> str:
    """The first of `MEASURED_PARTS` whose list in a dataset's `rec` or `det` holds anything; test if none does."""
    for part in MEASURED_PARTS:
        file = folder / f"{part}.txt"
        if file.is_file() and file.stat().st_size:
            return part
    return MEASURED_PARTS[0]


def _lines(file: Path) -> int:
    try:
        with file.open("rb") as content:
            return sum(1 for line in content if line.strip())
    except OSError:
        return 0
