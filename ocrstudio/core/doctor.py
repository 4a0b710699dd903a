"""Rules that turn facts about a machine into lines a person can act on. No fact is gathered here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from ocrstudio.core.errors import QT_TRANSLATE_NOOP

Status = Literal["ok", "warning", "error"]

PYTHON_MIN, PYTHON_BELOW = (3, 10), (3, 14)
# The CPU build that trains and whose exports run with default flags.
PADDLE_CPU = "3.2.2"
PADDLE_GPU = "2.6.2"
# 3.3 trains, but the detectors it exports neither run nor convert.
PADDLE_BROKEN_FROM = (3, 3)
NUMPY_BELOW = (2, 4)
DISK_WANTED_GB, DISK_NEEDED_GB = 5.0, 1.0
SHM_WANTED_GB = 1.0
MEMORY_WANTED_GB = 4.0
OPENCV_BUILDS = ("opencv-python-headless", "opencv-python", "opencv-contrib-python", "opencv-contrib-python-headless")
OPENCV_WANTED = "opencv-python-headless"
# The fields of a check that are texts.
TEMPLATES = ("title", "found", "wanted", "advice")


@dataclass(frozen=True)
class Gpu:
    """One graphics card, as the driver tells it."""

    name: str
    memory_gb: float


@dataclass(frozen=True)
class Facts:
    """What was found on a machine.

    Attributes:
        python: Version.
        bits: 64 or 32.
        executable: The interpreter, for commands that fix something.
        packages: Distribution name to version; None or missing: not installed.
        paddle_cuda: CUDA version that Paddle was built for, "" for a CPU build.
        gpus: Cards that the driver knows.
        driver: The driver's version, "" if there is none.
        driver_cuda: Highest CUDA version the driver can run, such as "12.4"; "" if unknown.
        models: Names of the recognition and detection weights that were found.
        disk_free_gb: Where projects made by the program go.
        shm_gb: Size of /dev/shm; None where there is no such thing.
        memory_gb: Main memory.
        display: What the window would open on: a display's name, "desktop" on Windows and macOS, "" for none.
    """

    python: tuple[int, int, int]
    bits: int = 64
    executable: str = "python"
    packages: Mapping[str, str | None] = field(default_factory=dict)
    paddle_cuda: str = ""
    gpus: tuple[Gpu, ...] = ()
    driver: str = ""
    driver_cuda: str = ""
    models: tuple[str, ...] = ()
    disk_free_gb: float = 0.0
    shm_gb: float | None = None
    memory_gb: float = 0.0
    display: str = ""


@dataclass(frozen=True)
class Check:
    """One line of the report. All texts are templates of the context "Doctor"; `values` fill them.

    Attributes:
        id: Stable name for tests and scripts.
        status: ok, warning (something works less well) or error (something will not work).
        title: What was looked at.
        found: What is.
        wanted: What should be.
        advice: What to do, "" if nothing.
        command: A command that does it, "" if there is none. Never translated.
        values: For the templates.
    """

    id: str
    status: Status
    title: str
    found: str
    wanted: str
    advice: str = ""
    command: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)

    def text(self, template: str) -> str:
        """One of the templates in English."""
        return template.format(**self.values)

    def as_dict(self) -> dict[str, Any]:
        """For --json, in English; the window takes `templates` and `values` and says it in its own language."""
        templates = {name: getattr(self, name) for name in TEMPLATES}
        english = {name: self.text(template) for name, template in templates.items()}
        return {**asdict(self), **english, "templates": templates}


def check_all(facts: Facts) -> list[Check]:
    """Every line of the report, in the order of the work."""
    return [
        _python(facts),
        _paddle(facts),
        _gpu(facts),
        _recognition(facts),
        _models(facts),
        _opencv(facts),
        _numpy(facts),
        _memory(facts),
        _disk(facts),
        *_shm(facts),
        _display(facts),
    ]


def version_tuple(text: str) -> tuple[int, ...]:
    """Leading numbers of a version: "3.2.2.post1" gives (3, 2, 2)."""
    numbers: list[int] = []
    for part in text.split("."):
        digits = part[: len(part) - len(part.lstrip("0123456789"))]
        if not digits:
            break
        numbers.append(int(digits))
    return tuple(numbers)


def worst(checks: Iterable[Check]) -> Status:
    """error before warning before ok."""
    found = {check.status for check in checks}
    return "error" if "error" in found else "warning" if "warning" in found else "ok"


def _pip(facts: Facts, *packages: str, uninstall: bool = False) -> str:
    quoted = " ".join(f'"{name}"' if set(name) & set("<>=[") else name for name in packages)
    return f'"{facts.executable}" -m pip {"uninstall -y" if uninstall else "install"} {quoted}'


def _python(facts: Facts) -> Check:
    good = PYTHON_MIN <= facts.python[:2] < PYTHON_BELOW and facts.bits == 64
    return Check(
        "python",
        "ok" if good else "error",
        QT_TRANSLATE_NOOP("Doctor", "Python"),
        QT_TRANSLATE_NOOP("Doctor", "{version}, {bits} bit"),
        QT_TRANSLATE_NOOP("Doctor", "3.10 to 3.13, 64 bit"),
        "" if good else QT_TRANSLATE_NOOP("Doctor", "Install Python 3.11 (64 bit) and set OCR Studio up with it."),
        values={"version": ".".join(map(str, facts.python)), "bits": facts.bits},
    )


def _paddle(facts: Facts) -> Check:
    cpu, gpu = facts.packages.get("paddlepaddle"), facts.packages.get("paddlepaddle-gpu")
    title = QT_TRANSLATE_NOOP("Doctor", "Paddle (training)")
    wanted = QT_TRANSLATE_NOOP("Doctor", "one of paddlepaddle and paddlepaddle-gpu")
    install_cpu = _pip(facts, f"paddlepaddle=={PADDLE_CPU}", "onnx>=1.16")
    if cpu and gpu:
        found = QT_TRANSLATE_NOOP("Doctor", "paddlepaddle {cpu} and paddlepaddle-gpu {gpu} at once")
        advice = QT_TRANSLATE_NOOP("Doctor", "They overwrite each other. Remove both, then install one of them again.")
        command = _pip(facts, "paddlepaddle", "paddlepaddle-gpu", uninstall=True)
        return Check("paddle", "error", title, found, wanted, advice, command, {"cpu": cpu, "gpu": gpu})
    version = cpu or gpu
    if not version:
        found = QT_TRANSLATE_NOOP("Doctor", "not installed")
        advice = QT_TRANSLATE_NOOP("Doctor", "Annotating and reading work without it; training needs it.")
        return Check("paddle", "warning", title, found, wanted, advice, install_cpu)
    values = {"version": version, "cuda": facts.paddle_cuda}
    found = (
        QT_TRANSLATE_NOOP("Doctor", "{version}, built for CUDA {cuda}")
        if facts.paddle_cuda
        else QT_TRANSLATE_NOOP("Doctor", "{version}, for the processor only")
    )
    if version_tuple(version)[:2] >= PADDLE_BROKEN_FROM:
        advice = QT_TRANSLATE_NOOP("Doctor", "Detectors exported by this version do not run. Install the proven one.")
        return Check("paddle", "warning", title, found, wanted, advice, install_cpu, values)
    if not facts.packages.get("onnx"):
        advice = QT_TRANSLATE_NOOP("Doctor", "Training also needs the package onnx.")
        return Check("paddle", "warning", title, found, wanted, advice, _pip(facts, "onnx>=1.16"), values)
    return Check("paddle", "ok", title, found, wanted, values=values)


def _gpu(facts: Facts) -> Check:
    title = QT_TRANSLATE_NOOP("Doctor", "Graphics card")
    wanted = QT_TRANSLATE_NOOP("Doctor", "optional; an NVIDIA card speeds training up")
    if not facts.gpus:
        found = (
            QT_TRANSLATE_NOOP("Doctor", "driver {driver}, but no card answers")
            if facts.driver
            else QT_TRANSLATE_NOOP("Doctor", "no NVIDIA card or driver")
        )
        if facts.paddle_cuda:
            advice = QT_TRANSLATE_NOOP(
                "Doctor", "Paddle is built for a graphics card. Install the card's driver, or the processor's Paddle."
            )
            command = _pip(facts, "paddlepaddle-gpu", uninstall=True)
            return Check("gpu", "error", title, found, wanted, advice, command, {"driver": facts.driver})
        return Check("gpu", "ok", title, found, wanted, values={"driver": facts.driver})
    values = {
        "cards": ", ".join(f"{card.name} ({card.memory_gb:.0f} GB)" for card in facts.gpus),
        "driver": facts.driver,
        "cuda": facts.driver_cuda or "?",
        "built": facts.paddle_cuda,
    }
    found = QT_TRANSLATE_NOOP("Doctor", "{cards}, driver {driver}, CUDA up to {cuda}")
    if not facts.paddle_cuda:
        advice = QT_TRANSLATE_NOOP(
            "Doctor", "Training does not use the card, because Paddle is missing or for the processor only."
        )
        command = _pip(facts, f"paddlepaddle-gpu>={PADDLE_GPU}")
        if facts.packages.get("paddlepaddle"):
            command = f"{_pip(facts, 'paddlepaddle', uninstall=True)} && {command}"
        return Check("gpu", "warning", title, found, wanted, advice, command, values)
    if facts.driver_cuda and version_tuple(facts.paddle_cuda)[:2] > version_tuple(facts.driver_cuda)[:2]:
        advice = QT_TRANSLATE_NOOP(
            "Doctor", "Paddle is built for CUDA {built}, newer than the driver can run. Update the card's driver."
        )
        return Check("gpu", "error", title, found, wanted, advice, "", values)
    return Check("gpu", "ok", title, found, wanted, values=values)


def _recognition(facts: Facts) -> Check:
    names = ("rapidocr", "onnxruntime")
    runtime = facts.packages.get("onnxruntime") or facts.packages.get("onnxruntime-gpu")
    missing = [name for name, there in zip(names, (facts.packages.get("rapidocr"), runtime), strict=True) if not there]
    title = QT_TRANSLATE_NOOP("Doctor", "Reading")
    wanted = QT_TRANSLATE_NOOP("Doctor", "the packages rapidocr and onnxruntime")
    if missing:
        found = QT_TRANSLATE_NOOP("Doctor", "missing: {missing}")
        advice = QT_TRANSLATE_NOOP("Doctor", "Without them nothing can be read or auto-labelled.")
        command = _pip(facts, *missing)
        return Check("recognition", "error", title, found, wanted, advice, command, {"missing": ", ".join(missing)})
    found = QT_TRANSLATE_NOOP("Doctor", "rapidocr {rapidocr}, onnxruntime {onnxruntime}")
    values = {"rapidocr": facts.packages.get("rapidocr"), "onnxruntime": runtime}
    return Check("recognition", "ok", title, found, wanted, values=values)


def _models(facts: Facts) -> Check:
    title = QT_TRANSLATE_NOOP("Doctor", "Models")
    wanted = QT_TRANSLATE_NOOP("Doctor", "PP-OCRv6 small, which comes with rapidocr")
    complete = all(any(f"PP-OCRv6_{part}_small" in name for name in facts.models) for part in ("det", "rec"))
    if complete:
        found = "{models}"
        return Check("models", "ok", title, found, wanted, values={"models": ", ".join(facts.models)})
    found = (
        QT_TRANSLATE_NOOP("Doctor", "only {models}")
        if facts.models
        else QT_TRANSLATE_NOOP("Doctor", "no weights were found")
    )
    advice = QT_TRANSLATE_NOOP("Doctor", "Install rapidocr again; the weights are part of the package.")
    command = _pip(facts, "--force-reinstall", "--no-deps", "rapidocr>=3.10,<4")
    return Check("models", "error", title, found, wanted, advice, command, {"models": ", ".join(facts.models)})


def _opencv(facts: Facts) -> Check:
    builds = [name for name in OPENCV_BUILDS if facts.packages.get(name)]
    title = QT_TRANSLATE_NOOP("Doctor", "OpenCV")
    wanted = QT_TRANSLATE_NOOP("Doctor", "opencv-python-headless alone")
    values = {"builds": ", ".join(f"{name} {facts.packages[name]}" for name in builds)}
    if not builds:
        found = QT_TRANSLATE_NOOP("Doctor", "not installed")
        advice = QT_TRANSLATE_NOOP("Doctor", "Pictures cannot be cut into lines without it.")
        return Check("opencv", "error", title, found, wanted, advice, _pip(facts, OPENCV_WANTED))
    found = "{builds}"
    if builds == [OPENCV_WANTED]:
        return Check("opencv", "ok", title, found, wanted, values=values)
    advice = QT_TRANSLATE_NOOP(
        "Doctor",
        "Several builds share one folder, and those with windows bring Qt plugins that clash with ours. "
        "If something fails, remove them and install the one without windows.",
    )
    command = f"{_pip(facts, *builds, uninstall=True)} && {_pip(facts, OPENCV_WANTED)}"
    return Check("opencv", "warning", title, found, wanted, advice, command, values)


def _numpy(facts: Facts) -> Check:
    version = facts.packages.get("numpy") or ""
    good = bool(version) and version_tuple(version) < NUMPY_BELOW
    return Check(
        "numpy",
        "ok" if good else "warning" if version else "error",
        QT_TRANSLATE_NOOP("Doctor", "NumPy"),
        "{version}" if version else QT_TRANSLATE_NOOP("Doctor", "not installed"),
        QT_TRANSLATE_NOOP("Doctor", "below 2.4"),
        "" if good else QT_TRANSLATE_NOOP("Doctor", "Newer versions make the training of detectors hang."),
        "" if good else _pip(facts, "numpy>=1.26,<2.4"),
        {"version": version},
    )


def _memory(facts: Facts) -> Check:
    good = facts.memory_gb >= MEMORY_WANTED_GB
    return Check(
        "memory",
        "ok" if good else "warning",
        QT_TRANSLATE_NOOP("Doctor", "Memory"),
        QT_TRANSLATE_NOOP("Doctor", "{size} GB"),
        QT_TRANSLATE_NOOP("Doctor", "4 GB or more"),
        "" if good else QT_TRANSLATE_NOOP("Doctor", "Train with small batches and close other programs."),
        values={"size": f"{facts.memory_gb:.1f}"},
    )


def _disk(facts: Facts) -> Check:
    free = facts.disk_free_gb
    return Check(
        "disk",
        "ok" if free >= DISK_WANTED_GB else "warning" if free >= DISK_NEEDED_GB else "error",
        QT_TRANSLATE_NOOP("Doctor", "Disk"),
        QT_TRANSLATE_NOOP("Doctor", "{size} GB free"),
        QT_TRANSLATE_NOOP("Doctor", "5 GB or more"),
        "" if free >= DISK_WANTED_GB else QT_TRANSLATE_NOOP("Doctor", "Make room: datasets, runs and models are kept."),
        values={"size": f"{free:.1f}"},
    )


def _shm(facts: Facts) -> list[Check]:
    if facts.shm_gb is None:
        return []
    good = facts.shm_gb >= SHM_WANTED_GB
    advice = QT_TRANSLATE_NOOP(
        "Doctor", "Training with several loaders can stop with a bus error. In Docker, start with more: --shm-size=8g"
    )
    return [
        Check(
            "shm",
            "ok" if good else "warning",
            QT_TRANSLATE_NOOP("Doctor", "Shared memory"),
            QT_TRANSLATE_NOOP("Doctor", "{size} GB in /dev/shm"),
            QT_TRANSLATE_NOOP("Doctor", "1 GB or more"),
            "" if good else advice,
            values={"size": f"{facts.shm_gb:.2f}"},
        )
    ]


def _display(facts: Facts) -> Check:
    found = "{display}" if facts.display else QT_TRANSLATE_NOOP("Doctor", "none")
    return Check(
        "display",
        "ok" if facts.display else "warning",
        QT_TRANSLATE_NOOP("Doctor", "Display"),
        found,
        QT_TRANSLATE_NOOP("Doctor", "any, for the window"),
        "" if facts.display else QT_TRANSLATE_NOOP("Doctor", "Every step also works as a command: ocrstudio --help"),
        values={"display": facts.display},
    )
