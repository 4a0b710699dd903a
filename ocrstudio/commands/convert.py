"""`ocrstudio convert --base PP-OCRv4_mobile_rec --out DIR`: weights that PaddleOCR's own training starts from."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from ocrstudio.commands.reporting import Report


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declares the command's arguments."""
    parser.add_argument("--base", required=True, help="PP-OCRv4_mobile_rec or PP-OCRv4_mobile_det")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder for the .pdparams file")
    parser.add_argument("--dict", type=Path, metavar="FILE", help="another dictionary, grafted by character (rec)")
    parser.add_argument(
        "--samples",
        type=Path,
        metavar="LIST",
        help="list of lines or pages that will be trained on: the network then jumps less at the first step",
    )
    parser.add_argument(
        "--data-dir", type=Path, metavar="DIR", help="where the images of LIST are (default: beside it)"
    )
    parser.add_argument("--no-space", action="store_true", help="for training with use_space_char: false")


def run(options: argparse.Namespace, report: Report) -> dict[str, Any]:
    """Writes the weights and says what to set in the config.

    Raises:
        StudioError: If the base cannot be converted or something cannot be read or written.
    """
    from ocrstudio.engine.paddle_runtime import require_paddle

    require_paddle()
    from ocrstudio.engine.convert import pretrained_for_checkout
    from ocrstudio.engine.convert_statistics import Samples

    report.stage("convert")
    samples = Samples(options.samples, options.data_dir or options.samples.parent) if options.samples else None
    prefix = pretrained_for_checkout(
        options.base, options.dict, options.out, use_space=not options.no_space, samples=samples
    )
    report.line(f"Global.pretrained_model: {prefix}")
    if options.dict is not None:
        report.line(f"Global.character_dict_path: {options.dict}")
    return {"pretrained_model": str(prefix)}
