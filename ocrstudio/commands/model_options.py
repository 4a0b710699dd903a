"""`--model` and `--detector`: which models a command reads pages with."""

from __future__ import annotations

import argparse

from ocrstudio.formats.bundle import BUNDLED


def add_models(parser: argparse.ArgumentParser) -> None:
    """Adds --model and --detector."""
    add_reader(parser)
    _add(parser, "--detector", "finds the lines")


def add_reader(parser: argparse.ArgumentParser) -> None:
    """Adds --model."""
    _add(parser, "--model", "reads the lines")


def _add(parser: argparse.ArgumentParser, name: str, task: str) -> None:
    parser.add_argument(
        name,
        default=BUNDLED,
        metavar=name[2].upper(),
        help=f"what {task}: bundled (default), a name of `ocrstudio models usable`, or the folder of a bundle, of a "
        "run, or of an inference model of PaddleOCR",
    )
