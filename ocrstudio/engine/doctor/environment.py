"""What a Python environment holds, asked by running a script of the standard library alone in it."""

from __future__ import annotations

import json
import logging
import os
import re
import runpy
import subprocess
import sys
from pathlib import Path
from typing import Any

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, EngineError
from ocrstudio.paths import resources

LOGGER = logging.getLogger(__name__)

SCRIPT = "environment.py"
_MARK = "ocrstudio-environment "
_LIMIT_S = 20
# Ours point into our own packages; the environment has others.
_NOT_INHERITED = ("PYTHONHOME", "PYTHONPATH", "__PYVENV_LAUNCHER__")
_BUILT = re.compile(r"^(cuda_version|cudnn_version)\s*=\s*'([\d.]+)'", re.MULTILINE)
_CARDS = re.compile(r"^compiled_cuda_archs\s*=\s*\[([^\]]*)\]", re.MULTILINE)

NOT_RUNNABLE = QT_TRANSLATE_NOOP("Errors", "{python} does not answer as a Python interpreter ({reason}).")
CHOOSE = QT_TRANSLATE_NOOP("Errors", "Choose another interpreter, or repair this environment.")


def script(name: str) -> str:
    """The source of a script that runs in foreign environments."""
    return (resources() / "doctor" / name).read_text(encoding="utf-8")


def plain_environ() -> dict[str, str]:
    """Environment variables for a foreign interpreter."""
    return {**{name: value for name, value in os.environ.items() if name not in _NOT_INHERITED}, "PYTHONUTF8": "1"}


def environment(python: Path | None = None) -> dict[str, Any]:
    """What an environment holds; the keys are those of `resources/doctor/environment.py`.

    Args:
        python: Its interpreter; None is our own, which also answers inside a bundled program.

    Raises:
        EngineError: If it does not answer.
    """
    if python is None:
        told: dict[str, Any] = runpy.run_path(str(resources() / "doctor" / SCRIPT))["collect"]()
        return told
    try:
        finished = subprocess.run(
            [str(python), "-X", "utf8", "-c", script(SCRIPT)],
            env=plain_environ(),
            cwd=Path.home(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_LIMIT_S,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        reason = getattr(error, "strerror", None) or "no answer in time"
        raise EngineError(NOT_RUNNABLE, CHOOSE, python=python, reason=reason) from error
    for line in finished.stdout.decode("utf-8", errors="replace").splitlines():
        _, mark, answer = line.partition(_MARK)
        if mark:
            try:
                told = json.loads(answer)
            except ValueError:
                break
            return told
    LOGGER.info("%s said: %s", python, finished.stderr.decode("utf-8", errors="replace")[-2000:])
    raise EngineError(NOT_RUNNABLE, CHOOSE, python=python, reason=f"exit code {finished.returncode}")


def is_own(python: Path | None) -> bool:
    """Whether an interpreter is the one that runs this program."""
    # not resolved: the link is what makes a virtual environment
    return python is None or os.path.normcase(python.absolute()) == os.path.normcase(sys.executable)


def paddle_build(version_text: str) -> tuple[str, str, tuple[float, ...]]:
    """CUDA, cuDNN ("" for a CPU build) and compute capabilities that an installed Paddle was built for."""
    built = {match[1]: match[2] for match in _BUILT.finditer(version_text)}
    cards = _CARDS.search(version_text)
    # 86 means 8.6, 120 means 12.0
    codes = re.findall(r"\d+", cards[1]) if cards else []
    return (
        built.get("cuda_version", ""),
        built.get("cudnn_version", ""),
        tuple(sorted(int(code) / 10 for code in codes if int(code) >= 10)),
    )


def places(told: dict[str, Any], key: str) -> list[str]:
    """Paths of an answer."""
    found = told.get(key)
    return [str(path) for path in found] if isinstance(found, list) else []


def shortened(paths: list[str], prefix: str) -> tuple[str, ...]:
    """Paths below the environment, with forward slashes and without what all have in common."""
    short = []
    for path in paths:
        plain = path.replace("\\", "/")
        _, site, below = plain.partition("/site-packages/")
        root = prefix.replace("\\", "/").rstrip("/") + "/"
        short.append(below if site else plain.removeprefix(root))
    return tuple(short)
