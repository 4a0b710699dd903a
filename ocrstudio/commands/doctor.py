"""`ocrstudio doctor`: looks at the machine and says what is there, what is missing and how to mend it."""

from __future__ import annotations

import argparse
import importlib.util
import logging
import os
import re
import shutil
import sys
from importlib import metadata
from pathlib import Path
from typing import Any

from ocrstudio import paths
from ocrstudio.commands.reporting import Report
from ocrstudio.core import doctor

LOGGER = logging.getLogger(__name__)

GIGABYTE = 1024**3
PACKAGES = (
    "paddlepaddle",
    "paddlepaddle-gpu",
    "onnx",
    "onnxruntime",
    "onnxruntime-gpu",
    "rapidocr",
    "numpy",
    "PyQt5",
    *doctor.OPENCV_BUILDS,
)
MARKS = {"ok": "ok     ", "warning": "warning", "error": "error  "}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`--project` is the only argument."""
    parser.add_argument(
        "--project", type=Path, help="folder whose disk is looked at; default: where the program keeps its own"
    )


def run(options: argparse.Namespace, report: Report) -> dict[str, Any]:
    """Prints one line a check, with its fix below it if one is needed."""
    facts = gather(options.project)
    checks = doctor.check_all(facts)
    for check in checks:
        title, found, wanted = (check.text(text) for text in (check.title, check.found, check.wanted))
        report.line(f"{MARKS[check.status]}  {title}: {found} (wanted: {wanted})")
        if check.advice:
            report.line(f"         {check.text(check.advice)}")
        if check.command:
            report.line(f"         {check.command}")
    return {"status": doctor.worst(checks), "checks": [check.as_dict() for check in checks]}


def gather(project: Path | None = None) -> doctor.Facts:
    """Everything that `core.doctor` judges. Imports no model runtime: a broken one would take the report with it.

    Args:
        project: Folder whose disk is looked at; None takes the folder of the program's own projects.
    """
    gpus, driver, driver_cuda = _gpus()
    shm = Path("/dev/shm")  # noqa: S108 - the kernel's fixed place
    return doctor.Facts(
        python=(sys.version_info.major, sys.version_info.minor, sys.version_info.micro),
        bits=64 if sys.maxsize > 2**32 else 32,
        executable=sys.executable,
        packages={name: _version(name) for name in PACKAGES},
        paddle_cuda=_paddle_cuda(),
        gpus=gpus,
        driver=driver,
        driver_cuda=driver_cuda,
        models=_models(),
        disk_free_gb=shutil.disk_usage(_existing(project or paths.user_data())).free / GIGABYTE,
        shm_gb=shutil.disk_usage(shm).total / GIGABYTE if shm.is_dir() else None,
        memory_gb=_memory(),
        display=_display(),
    )


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def _package_folder(name: str) -> Path | None:
    """Where a package is installed, found without importing it."""
    try:
        spec = importlib.util.find_spec(name)
    except (ImportError, ValueError) as error:
        LOGGER.info("%s cannot be found: %s", name, error)
        return None
    places = list(spec.submodule_search_locations or []) if spec is not None else []
    return Path(places[0]) if places else None


def _paddle_cuda() -> str:
    """CUDA version that the installed Paddle was built for; "" for a CPU build or none."""
    folder = _package_folder("paddle")
    if folder is None:
        return ""
    try:
        text = (folder / "version" / "__init__.py").read_text(encoding="utf-8")
    except OSError as error:
        LOGGER.info("Paddle does not say how it was built: %s", error)
        return ""
    found = re.search(r"^cuda_version\s*=\s*'([\d.]+)'", text, re.MULTILINE)
    return found[1] if found else ""


def _models() -> tuple[str, ...]:
    folder = _package_folder("rapidocr")
    return tuple(sorted(file.stem for file in (folder / "models").glob("PP-OCR*.onnx"))) if folder is not None else ()


def _gpus() -> tuple[tuple[doctor.Gpu, ...], str, str]:
    """Cards, driver version, highest CUDA version: what `nvidia-smi` would print, asked from the driver itself."""
    try:
        import pynvml
    except ImportError as error:
        LOGGER.info("the driver cannot be asked: %s", error)
        return (), "", ""
    try:
        pynvml.nvmlInit()
    except pynvml.NVMLError as error:
        LOGGER.info("no NVIDIA driver: %s", error)
        return (), "", ""
    try:
        driver = _text(pynvml.nvmlSystemGetDriverVersion())
        number = pynvml.nvmlSystemGetCudaDriverVersion_v2()
        handles = [pynvml.nvmlDeviceGetHandleByIndex(index) for index in range(pynvml.nvmlDeviceGetCount())]
        cards = tuple(
            doctor.Gpu(_text(pynvml.nvmlDeviceGetName(card)), pynvml.nvmlDeviceGetMemoryInfo(card).total / GIGABYTE)
            for card in handles
        )
    except pynvml.NVMLError as error:
        LOGGER.warning("the NVIDIA driver does not answer: %s", error)
        return (), "?", ""
    finally:
        pynvml.nvmlShutdown()
    return cards, driver, f"{number // 1000}.{number % 1000 // 10}"


def _text(value: str | bytes) -> str:
    # Older bindings answer in bytes.
    return value.decode("utf-8", errors="replace") if isinstance(value, bytes) else value


def _memory() -> float:
    import psutil

    return float(psutil.virtual_memory().total) / GIGABYTE


def _display() -> str:
    if not sys.platform.startswith("linux"):
        return "desktop"
    names = ("WAYLAND_DISPLAY", "DISPLAY", "QT_QPA_PLATFORM")
    return next((os.environ[name] for name in names if os.environ.get(name)), "")


def _existing(folder: Path) -> Path:
    """The nearest folder upwards that exists; the disk is the same."""
    for place in (folder, *folder.absolute().parents):
        if place.is_dir():
            return place
    return Path.cwd()
