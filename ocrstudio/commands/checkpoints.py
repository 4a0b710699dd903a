"""Which checkpoint of a run a command is about: `RUN@latest`, or `--checkpoint latest`."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, ProjectError
from ocrstudio.formats.run_folder import CONFIG_FILE, MANIFEST_FILE, RunFolder

BEST = "best_accuracy"
_NAMES = re.compile(r"best_accuracy|latest|iter_epoch_\d+")


def add_checkpoint(parser: argparse.ArgumentParser) -> None:
    """Adds --checkpoint."""
    parser.add_argument(
        "--checkpoint",
        metavar="NAME",
        help="best_accuracy (default), latest or iter_epoch_N; RUN@NAME does the same",
    )


def chosen(place: Path, checkpoint: str | None) -> tuple[Path, str]:
    """Takes `RUN@NAME` apart.

    Args:
        place: A run folder, its config, another file, or any of them with @NAME behind it.
        checkpoint: From --checkpoint; counts before what stands behind the @.

    Returns:
        The place, of a run always its folder, and the checkpoint's name.

    Raises:
        ProjectError: If there is no such name, or the run has no such checkpoint.
    """
    before, at, behind = place.name.rpartition("@")
    if at and not place.exists():
        place, checkpoint = place.with_name(before), checkpoint or behind
    if place.is_file() and place.name == CONFIG_FILE and (place.parent / MANIFEST_FILE).is_file():
        place = place.parent
    name = checkpoint or BEST
    if place.is_dir() and name not in (known := _there(RunFolder.open(place).path)):
        what = QT_TRANSLATE_NOOP("Errors", "{folder} has no checkpoint {name}.")
        remedy = QT_TRANSLATE_NOOP("Errors", "It has: {known}.")
        if not known:
            remedy = QT_TRANSLATE_NOOP("Errors", "It has none yet: train it until its first checkpoint.")
        raise ProjectError(what, remedy, folder=place, name=name, known=", ".join(known))
    return place, name


def _there(run: Path) -> list[str]:
    """The names of the checkpoints in a folder."""
    files = run.glob("*.pdparams")
    return sorted(file.stem for file in files if _NAMES.fullmatch(file.stem))
