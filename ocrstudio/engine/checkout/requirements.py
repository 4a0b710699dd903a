"""What a checkout of PaddleOCR needs beside its own code, and the commands that install it into an environment."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ocrstudio.core.doctor_builds import numbers
from ocrstudio.core.doctor_facts import Facts, Fix, pip_install
from ocrstudio.core.doctor_training import build_for, companions, install_paddle
from ocrstudio.core.errors import QT_TRANSLATE_NOOP, EngineError
from ocrstudio.core.requirements import parse_requirements, unmet
from ocrstudio.engine.doctor.interpreters import ENVIRONMENTS_DIR
from ocrstudio.formats.checkout import Checkout
from ocrstudio.formats.checkout_python import PROVEN_PADDLE, needed_packages
from ocrstudio.paths import user_data

FILE = "requirements.txt"
NO_BASE = QT_TRANSLATE_NOOP("Errors", "No Python was found that a new environment could be made with.")
OWN = QT_TRANSLATE_NOOP("Errors", "What PaddleOCR needs would clash with the packages that this program runs on.")
USE_NEW = QT_TRANSLATE_NOOP("Errors", "Take a new environment (--new), or another one (--python).")
INSTALL_PYTHON = QT_TRANSLATE_NOOP("Errors", "Install Python 3.11 from python.org, then try again.")


@dataclass(frozen=True)
class Plan:
    """What would be done.

    Attributes:
        python: The interpreter of the environment afterwards.
        unmet: Requirements that it does not meet now, as people read them.
        fix: The commands; those of a new environment begin by making it.
    """

    python: Path
    unmet: tuple[str, ...]
    fix: Fix

    def as_dict(self) -> dict[str, Any]:
        """For --json."""
        return {
            "python": str(self.python),
            "unmet": list(self.unmet),
            "commands": [Fix((step,)).text for step in self.fix.steps],
        }


def new_environment(checkout: Checkout) -> Path:
    """Folder of a checkout's own environment."""
    return user_data() / ENVIRONMENTS_DIR / checkout.path.name


def plan(checkout: Checkout, facts: Facts, fresh: Path | None = None) -> Plan:
    """The commands that make an environment able to train with a checkout.

    Args:
        checkout: Decides which Paddle and which packages.
        facts: Of the environment; with `fresh`, of this machine.
        fresh: Folder of an environment to be made first.

    Raises:
        EngineError: If there is nothing to make it with, or it would go into the environment of this program.
    """
    steps: list[tuple[str, ...]] = []
    packages = {name.lower(): version for name, version in facts.packages.items() if version}
    python = Path(facts.executable)
    if fresh is not None:
        python = fresh / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
        if getattr(sys, "frozen", False):
            raise EngineError(NO_BASE, INSTALL_PYTHON)
        steps.append((sys.executable, "-m", "venv", str(fresh)))
        packages = {}
    elif facts.is_own:
        # its OpenCV brings Qt plugins, its older versions other Paddle and NumPy
        raise EngineError(OWN, USE_NEW)
    there = Facts(
        python=facts.python,
        executable=str(python),
        is_own=False,
        packages=packages,
        system=facts.system,
        gpus=facts.gpus,
        driver=facts.driver,
        driver_cuda=facts.driver_cuda,
    )
    numpy = PROVEN_PADDLE[checkout.major][1]
    if not _has_paddle(checkout, there):
        steps.extend(_paddle_steps(checkout, there))
    steps.append(pip_install(there, *_wanted(checkout), numpy))
    return Plan(python, tuple(_unmet(checkout, packages)), Fix(tuple(steps)))


def _has_paddle(checkout: Checkout, facts: Facts) -> bool:
    """Whether there is one Paddle of the generation that the checkout was tried with."""
    proven = numbers(PROVEN_PADDLE[checkout.major][0].partition("==")[2])
    version = numbers(facts.paddle)
    return bool(version) and not facts.has_both_wheels and version[0] == proven[0] and version[:2] <= proven[:2]


def _paddle_steps(checkout: Checkout, facts: Facts) -> tuple[tuple[str, ...], ...]:
    if checkout.major >= 3:
        return install_paddle(facts, build_for(facts)).steps
    # Paddle 2 for cards needs CUDA and cuDNN of the system; the doctor offers it where they are
    wheel, numpy = PROVEN_PADDLE[checkout.major]
    return (pip_install(facts, wheel, numpy, *companions(facts)),)


def _wanted(checkout: Checkout) -> tuple[str, ...]:
    file = checkout.path / FILE
    return ("-r", str(file)) if file.is_file() else tuple(sorted(needed_packages(checkout)))


def _unmet(checkout: Checkout, packages: dict[str, str]) -> list[str]:
    try:
        text = (checkout.path / FILE).read_text(encoding="utf-8", errors="replace")
    except OSError:
        text = "\n".join(sorted(needed_packages(checkout)))
    wheel, numpy = PROVEN_PADDLE[checkout.major]
    found = unmet([*parse_requirements(text), *parse_requirements(numpy)], packages)
    told = [f"{one.text} ({there})" if there else one.text for one, there in found]
    paddle = any(name in packages for name in ("paddlepaddle", "paddlepaddle-gpu"))
    return list(dict.fromkeys(([] if paddle else [wheel]) + told))
