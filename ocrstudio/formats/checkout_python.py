"""The Python interpreter of a PaddleOCR checkout: found, and asked what it can do by running it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from ocrstudio.core import proven
from ocrstudio.core.errors import QT_TRANSLATE_NOOP, ProjectError
from ocrstudio.core.findings import Finding
from ocrstudio.formats.checkout import Checkout

# Importing Paddle takes 2 to 8 s, from a cold disk more.
TIMEOUT = 60.0
POLL_S = 0.2
# Package of requirements.txt -> the module that PaddleOCR's training imports from it.
_MODULES = {
    "numpy": "numpy",
    "opencv-python": "cv2",
    "shapely": "shapely",
    "scikit-image": "skimage",
    "imgaug": "imgaug",
    "albumentations": "albumentations",
    "pyclipper": "pyclipper",
    "lmdb": "lmdb",
    "tqdm": "tqdm",
    "rapidfuzz": "rapidfuzz",
    "pillow": "PIL",
    "pyyaml": "yaml",
    "requests": "requests",
    "packaging": "packaging",
    "cython": "Cython",
}
# What training, evaluation and export were seen to work with, by the checkout's generation.
PROVEN_PADDLE = {2: (proven.WHEEL_2, proven.NUMPY_2), 3: (proven.WHEEL, proven.NUMPY)}
_NAME = re.compile(r"^\s*([A-Za-z0-9][\w.-]*)")
# What the child prints before anything that may crash, and after it.
_MARK = "ocrstudio-answer "
_PROBE = f"""
import importlib.util, json, sys
names = json.loads(sys.argv[1])
def tell(**facts):
    print({_MARK!r} + json.dumps(facts), flush=True)
def try_import(name):
    try:
        return __import__(name), ""
    except BaseException as error:
        return None, type(error).__name__ + ": " + str(error).strip().split(chr(10))[0][:300]
missing = [name for name in names if importlib.util.find_spec(name) is None]
tell(version="%d.%d.%d" % sys.version_info[:3], missing=missing)
numpy, why = try_import("numpy")
tell(numpy=getattr(numpy, "__version__", ""))
if "cv2" not in missing:
    tell(broken={{"cv2": try_import("cv2")[1]}})
paddle, why = try_import("paddle")
tell(paddle=getattr(paddle, "__version__", ""), paddle_error=why)
if paddle is not None:
    gpu = bool(paddle.is_compiled_with_cuda())
    tell(gpu_build=gpu)
    tell(gpus=int(paddle.device.cuda.device_count()) if gpu else 0)
"""

NOT_RUNNABLE = QT_TRANSLATE_NOOP("Errors", "{python} cannot be run as Python ({reason}).")
TOO_SLOW = QT_TRANSLATE_NOOP("Errors", "{python} gave no answer within {seconds} seconds.")
_LATE = "no answer in time"
LATE = QT_TRANSLATE_NOOP("Errors", "PaddlePaddle of {python} took too long to load.")
LESS_BUSY = QT_TRANSLATE_NOOP("Errors", "Close other programs and try again, or choose another interpreter.")
CHOOSE_PYTHON = QT_TRANSLATE_NOOP(
    "Errors", "Choose the interpreter of the environment that PaddleOCR's packages are in."
)
NO_PADDLE = QT_TRANSLATE_NOOP("Errors", "{python} has no PaddlePaddle.")
PADDLE_BROKEN = QT_TRANSLATE_NOOP("Errors", "PaddlePaddle of {python} cannot be loaded ({reason}).")
INSTALL = QT_TRANSLATE_NOOP("Errors", "Install it: {command}.")
MODULES_MISSING = QT_TRANSLATE_NOOP("Errors", "{python} lacks packages that PaddleOCR needs: {names}.")
CV2_BROKEN = QT_TRANSLATE_NOOP("Errors", "OpenCV of {python} cannot be loaded ({reason}).")
NUMPY_HANGS = QT_TRANSLATE_NOOP(
    "Errors", "With NumPy {version} of {python}, detection training of PaddleOCR hangs for ever."
)
NUMPY_OLD_CV2 = QT_TRANSLATE_NOOP("Errors", "NumPy {version} of {python} is too new for PaddleOCR 2.")
DET_EXPORT = QT_TRANSLATE_NOOP(
    "Errors", "Detection models exported with PaddlePaddle {version} cannot be used by PaddleOCR with its own settings."
)
NO_GPU_BUILD = QT_TRANSLATE_NOOP("Errors", "The config asks for a GPU, but {python} has PaddlePaddle for the CPU only.")
NO_GPU = QT_TRANSLATE_NOOP("Errors", "The config asks for a GPU, but Paddle of {python} sees none.")
GPU_OFF = QT_TRANSLATE_NOOP("Errors", "Set Global.use_gpu to false, or install the GPU build of PaddlePaddle.")


@dataclass(frozen=True)
class Interpreter:
    """What an interpreter answered.

    Attributes:
        python: Its executable.
        version: Of Python; empty if it did not run.
        paddle: Version of PaddlePaddle; empty if it has none that can be loaded.
        paddle_error: Why Paddle could not be loaded; empty if it could or is not there.
        gpu_build: Whether its Paddle was built for CUDA.
        gpus: GPUs that its Paddle sees.
        numpy: Version.
        missing: Packages (as pip calls them) that the checkout needs and it lacks.
        cv2_error: Why OpenCV could not be loaded.
        failure: Template of the Errors context if it did not run at all, with `reason`.
        reason: For `failure`.
    """

    python: Path
    version: str = ""
    paddle: str = ""
    paddle_error: str = ""
    gpu_build: bool = False
    gpus: int = 0
    numpy: str = ""
    missing: tuple[str, ...] = ()
    cv2_error: str = ""
    failure: str = ""
    reason: str = ""

    def problems(self, checkout: Checkout, task: str = "", use_gpu: bool = False) -> list[Finding]:
        """What keeps this interpreter from training with a checkout.

        Args:
            checkout: The checkout.
            task: `rec` or `det`; "" leaves out what concerns only one of them.
            use_gpu: Whether the config wants a GPU.
        """
        python = self.python
        if self.failure:
            values = {"python": python, "reason": self.reason, "seconds": self.reason}
            return [Finding("fatal", self.failure, CHOOSE_PYTHON, values)]
        found = [*self._of_paddle(checkout), *self._of_packages()]
        numbers = _numbers(self.numpy)
        if checkout.major == 2 and numbers >= (2, 0) and self.cv2_error:
            found.append(self._fix(NUMPY_OLD_CV2, proven.NUMPY_2, version=self.numpy))
        elif self.cv2_error and "opencv-python" not in self.missing:
            found.append(self._fix(CV2_BROKEN, "opencv-python", reason=self.cv2_error))
        if task == "det" and checkout.major >= 3 and numbers >= (2, 4):
            found.append(self._fix(NUMPY_HANGS, proven.NUMPY, version=self.numpy))
        if task == "det" and _numbers(self.paddle) >= (3, 3):
            found.append(self._fix(DET_EXPORT, proven.WHEEL, severity="warning", version=self.paddle))
        if use_gpu and self.paddle and not self.gpus:
            what = NO_GPU if self.gpu_build else NO_GPU_BUILD
            found.append(Finding("fatal", what, GPU_OFF, {"python": python}))
        return found

    def _of_paddle(self, checkout: Checkout) -> list[Finding]:
        if self.paddle:
            return []
        wanted = PROVEN_PADDLE[checkout.major]
        if self.paddle_error == _LATE:
            return [Finding("fatal", LATE, LESS_BUSY, {"python": self.python})]
        if self.paddle_error:
            return [self._fix(PADDLE_BROKEN, "--force-reinstall", *wanted, reason=self.paddle_error)]
        return [self._fix(NO_PADDLE, *wanted)]

    def _of_packages(self) -> list[Finding]:
        if not self.missing:
            return []
        return [self._fix(MODULES_MISSING, *self.missing, names=", ".join(self.missing))]

    def _fix(self, what: str, *packages: str, severity: str = "fatal", **values: object) -> Finding:
        words = [str(self.python), "-m", "pip", "install", *packages]
        command = " ".join(f'"{word}"' if re.search(r"[\s<>]", word) else word for word in words)
        return Finding(
            "warning" if severity == "warning" else "fatal",
            what,
            INSTALL,
            {"python": self.python, "command": command, **values},
        )


def needed_packages(checkout: Checkout) -> dict[str, str]:
    """Packages that a checkout's training imports (as pip calls them) and their modules.

    Those that its `requirements.txt` names; without one, those that all versions need, and the generation's own
    augmentation library.
    """
    try:
        text = (checkout.path / "requirements.txt").read_text(encoding="utf-8", errors="replace")
    except OSError:
        text = ""
    named = {match.group(1).lower() for line in text.splitlines() if (match := _NAME.match(line))}
    if not named:
        other = "imgaug" if checkout.major >= 3 else "albumentations"
        named = set(_MODULES) - {other}
    return {package: module for package, module in _MODULES.items() if package in named}


def candidates(checkout: Checkout, others: Iterable[Path] = ()) -> list[Path]:
    """Interpreters worth asking, the likeliest first: those inside the checkout, `others`, our own.

    Only existing files; none twice.
    """
    inner = ("Scripts/python.exe", "python.exe") if os.name == "nt" else ("bin/python", "bin/python3")
    inside = [checkout.path / folder / name for folder in (".venv", "venv", "env") for name in inner]
    own = [Path(sys.executable)] if sys.executable else []
    # not resolved: the link is what makes a virtual environment
    found = dict.fromkeys(path.absolute() for path in (*inside, *others, *own) if path.is_file())
    return list(found)


def check_python(
    python: Path, checkout: Checkout, timeout: float = TIMEOUT, cancelled: Callable[[], bool] = lambda: False
) -> Interpreter:
    """Runs an interpreter in the checkout's folder and asks what it has. Takes seconds: call it in the background.

    Args:
        python: The executable, or a folder that is a virtual environment.
        checkout: Decides which packages are asked for.
        timeout: Seconds; then it is killed. What it said until then counts.
        cancelled: Asked several times a second; True kills it at once.

    Returns:
        What it answered; `failure` says why it did not run.
    """
    python = interpreter_in(python)
    needed = needed_packages(checkout)
    arguments = [str(python), "-X", "utf8", "-c", _PROBE, json.dumps(list(needed.values()))]
    env = {name: value for name, value in os.environ.items() if name not in ("PYTHONHOME", "PYTHONPATH")}
    try:
        process = subprocess.Popen(
            arguments,
            cwd=checkout.path,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except OSError as error:
        return Interpreter(python, failure=NOT_RUNNABLE, reason=error.strerror or str(error))
    output, late = _answer(process, timeout, cancelled)
    code = 0 if late else process.returncode
    facts = _facts(output)
    if "version" not in facts:
        failure, reason = (TOO_SLOW, f"{timeout:g}") if late else (NOT_RUNNABLE, f"exit code {code}")
        return Interpreter(python, failure=failure, reason=reason)
    if "paddle" not in facts:
        # it died or hung while it loaded Paddle
        facts["paddle_error"] = _LATE if late else f"exit code {code}"
    return _interpreter(python, facts, needed)


def _answer(process: subprocess.Popen[bytes], timeout: float, cancelled: Callable[[], bool]) -> tuple[bytes, bool]:
    """What a process prints, and whether it was killed for that."""
    deadline = time.monotonic() + timeout
    late = False
    try:
        while True:
            try:
                return process.communicate(timeout=min(POLL_S, timeout))[0], late
            except subprocess.TimeoutExpired:
                if not late and (time.monotonic() > deadline or cancelled()):
                    late = True
                    process.kill()
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()


def interpreter_in(place: Path) -> Path:
    """The executable at a place: the file itself, or that of a virtual environment's folder.

    Raises:
        ProjectError: If there is none.
    """
    place = Path(place).expanduser()
    if place.is_dir():
        for name in ("bin/python", "bin/python3", "Scripts/python.exe", "python.exe"):
            if (place / name).is_file():
                return (place / name).absolute()
    if place.is_file():
        return place.absolute()
    raise ProjectError(QT_TRANSLATE_NOOP("Errors", "There is no Python at {place}."), CHOOSE_PYTHON, place=place)


def _facts(output: bytes) -> dict[str, object]:
    facts: dict[str, object] = {}
    for line in output.decode("utf-8", "replace").splitlines():
        # modules print all kinds of things, even without a line end
        _, mark, answer = line.partition(_MARK)
        if mark:
            try:
                facts.update(json.loads(answer))
            except (ValueError, TypeError):
                continue
    return facts


def _interpreter(python: Path, facts: Mapping[str, object], needed: Mapping[str, str]) -> Interpreter:
    missing, broken, gpus = facts.get("missing"), facts.get("broken"), facts.get("gpus")
    lacking = set(missing) if isinstance(missing, list) else set()
    error = str(facts.get("paddle_error", ""))
    return Interpreter(
        python=python,
        version=str(facts.get("version", "")),
        paddle=str(facts.get("paddle", "")),
        paddle_error="" if "No module named 'paddle'" in error else error,
        gpu_build=facts.get("gpu_build") is True,
        gpus=gpus if isinstance(gpus, int) else 0,
        numpy=str(facts.get("numpy", "")),
        missing=tuple(package for package, module in needed.items() if module in lacking),
        cv2_error=str(broken.get("cv2", "")) if isinstance(broken, dict) else "",
    )


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version)[:2])
