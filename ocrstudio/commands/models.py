"""Which models a command reads pages with."""

from __future__ import annotations

import argparse

from ocrstudio.formats.bundle import BUNDLED


def add_models(parser: argparse.ArgumentParser) -> None:
    """Adds --model and --detector."""
    for name, task in (("--model", "reads the lines"), ("--detector", "finds the lines")):
        parser.add_argument(
            name,
            default=BUNDLED,
            metavar=name[2].upper(),
            help=f"what {task}: bundled (default), or the folder of a bundle",
        )
