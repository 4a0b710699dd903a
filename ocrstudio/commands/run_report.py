"""`ocrstudio runs report RUN --out FILE.zip`: what somebody who helps needs to see, in one file without secrets."""

from __future__ import annotations

import argparse
import dataclasses
import logging
import sys
from importlib import metadata
from pathlib import Path
from typing import Any

from ocrstudio.commands.reporting import Report
from ocrstudio.core import doctor
from ocrstudio.core.errors import StudioError
from ocrstudio.engine.doctor.gather import gather
from ocrstudio.formats.checkout import find_checkout
from ocrstudio.formats.checkout_python import check_python
from ocrstudio.formats.run_folder import Engine, RunFolder
from ocrstudio.formats.support_zip import collect, write_report

LOGGER = logging.getLogger(__name__)

# Of these the version may explain a failure; others are nobody's business.
PACKAGES = (
    *("paddlepaddle", "paddlepaddle-gpu", "paddle2onnx", "paddleocr", "paddlex", "onnx", "onnxruntime", "rapidocr"),
    *(
        "numpy",
        "opencv-python",
        "opencv-python-headless",
        "opencv-contrib-python",
        "scikit-image",
        "shapely",
        "pyclipper",
    ),
    *(
        "albumentations",
        "imgaug",
        "lmdb",
        "protobuf",
        "pillow",
        "rapidfuzz",
        "ruamel.yaml",
        "PyQt5",
        "pyqtgraph",
        "torch",
    ),
    *("nvidia-cudnn-cu11", "nvidia-cudnn-cu12", "nvidia-cublas-cu12", "nvidia-cuda-runtime-cu12", "psutil"),
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declares what the action takes besides the run."""
    parser.add_argument("--out", type=Path, help="the zip file to write; without it only say what would go in")
    parser.add_argument("--labels", action="store_true", help="also send the beginning of label lists and dictionary")
    parser.add_argument("--pictures", action="store_true", help="also send some of the training pictures")


def run(folder: RunFolder, options: argparse.Namespace, report: Report) -> dict[str, Any]:
    """Collects what explains a run.

    Returns:
        out (the file, "" if none was wanted), entries (name, what, size, text of each).

    Raises:
        StudioError: If the file cannot be written.
    """
    report.stage("read")
    entries = collect(folder, installed=_installed(folder), labels=options.labels, pictures=options.pictures)
    for entry in entries:
        report.line(f"{len(entry.data):>9,}  {entry.name}  ({entry.what})")
    if options.out is not None:
        write_report(entries, options.out)
        report.line(f"written: {options.out}")
    told = [{"name": one.name, "what": one.what, "size": len(one.data), "text": one.text} for one in entries]
    return {"out": str(options.out or ""), "entries": told}


def _installed(folder: RunFolder) -> dict[str, Any]:
    checks = doctor.check_all(gather())
    found: dict[str, Any] = {
        "checks": [{"id": check.id, "status": check.status, "found": check.text(check.found)} for check in checks],
        "python": sys.version.split()[0],
        "packages": {name: version for name in PACKAGES if (version := _version(name))},
    }
    if folder.engine.is_paddleocr:
        found["checkout"] = _checkout(folder.engine)
    return found


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


def _checkout(engine: Engine) -> dict[str, Any]:
    """What the interpreter that trains with a checkout has; the reason if it does not answer."""
    if engine.checkout is None or engine.python is None:
        return {}
    try:
        checkout = find_checkout(engine.checkout)
        return dataclasses.asdict(check_python(engine.python, checkout))
    except StudioError as error:
        LOGGER.info("the interpreter of the checkout cannot be asked: %s", error)
        return {"error": str(error)}
