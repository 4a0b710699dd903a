"""Which models a command reads pages with."""

from __future__ import annotations

import argparse
from pathlib import Path

from ocrstudio.formats.bundle import BUNDLED, CARD_FILE
from ocrstudio.formats.run_folder import BUNDLE_DIR


def add_models(parser: argparse.ArgumentParser) -> None:
    """Adds --model and --detector."""
    for name, task in (("--model", "reads the lines"), ("--detector", "finds the lines")):
        parser.add_argument(
            name,
            default=BUNDLED,
            type=_bundle_of,
            metavar=name[2].upper(),
            help=f"what {task}: bundled (default), or the folder of a bundle or of a run",
        )


def _bundle_of(place: str) -> str:
    """A run stands for the bundle that it exported."""
    bundle = Path(place) / BUNDLE_DIR
    return str(bundle) if (bundle / CARD_FILE).is_file() else place
